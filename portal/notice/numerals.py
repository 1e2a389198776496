"""Numbers as notices write them: 九, 十二, 三十五 as well as 9, 12, 35."""

from __future__ import annotations

import re

_NUMERALS = "〇一二三四五六七八九"
PATTERN = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"


def chinese_numeral(text: str) -> int | None:
    """Read 一 to 九十九, as chapters are counted.

    >>> [chinese_numeral(n) for n in ("九", "十", "十二", "二十", "三十五", "零")]
    [9, 10, 12, 20, 35, None]
    """
    found = re.fullmatch("([二三四五六七八九]?)(十?)([一二三四五六七八九]?)", text)
    if not text or not found or (found[1] and not found[2]):
        return _NUMERALS.index(text) if text and text in _NUMERALS[1:] else None
    tens = _NUMERALS.index(found[1]) if found[1] else (1 if found[2] else 0)
    return tens * 10 + (_NUMERALS.index(found[3]) if found[3] else 0)


def number(text: str) -> int | None:
    """Read a number in either writing."""
    return int(text) if text.isascii() and text.isdecimal() else chinese_numeral(text)
