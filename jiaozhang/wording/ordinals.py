"""How Chinese counts the chapters of a text."""

from __future__ import annotations

_NUMERALS = "〇一二三四五六七八九"


def ordinal(number: int) -> str:
    """Write 1 to 99 as chapters are counted: 一, 十二, 三十五."""
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
    return ten + (_NUMERALS[ones] if ones else "")
