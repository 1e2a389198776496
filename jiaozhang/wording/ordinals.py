"""How the chapters of a text are counted."""

from __future__ import annotations

from jiaozhang.wording.catalogue import pgettext

_NUMERALS = "〇一二三四五六七八九"


def ordinal(number: int) -> str:
    """Write 1 to 99 as the language counts chapters: in Chinese 一, 十二, 三十五."""
    if pgettext("how chapters are counted: by figures or by numerals", "figures") != "numerals":
        return str(number)
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
    return ten + (_NUMERALS[ones] if ones else "")
