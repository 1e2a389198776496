"""Numbers as notices write them: 九, 十二, 三百零五, 一万二千 as well as 9, 12, 305, 12000."""

from __future__ import annotations

import re

_NUMERALS = "零一二三四五六七八九"
_SCALES = {"千": 1000, "百": 100, "十": 10, "": 1}
PATTERN = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"


def chinese_numeral(text: str) -> int | None:
    """Parse a positive integer; None for abbreviated forms such as 三百五.

    >>> [chinese_numeral(n) for n in ("九", "十", "十二", "二十", "三十五", "零")]
    [9, 10, 12, 20, 35, None]
    >>> [chinese_numeral(n) for n in ("两千", "三百零五", "三百五", "一万二千", "一亿", "百")]
    [2000, 305, None, 12000, 100000000, None]
    """
    total = 0
    rest = text.replace("〇", "零").replace("两", "二")
    for mark, scale in (("亿", 10**8), ("万", 10**4)):
        if mark in rest:
            head, _, rest = rest.partition(mark)
            count = _below_ten_thousand(head)
            # After 一万 a number without thousands begins with 零.
            if count is None or (
                rest and rest[1:2] != "千" and rest[0] != "零" and "万" not in rest
            ):
                return None
            total += count * scale
    last = _below_ten_thousand(rest.removeprefix("零") if total else rest) if rest else 0
    return total + last if last is not None and total + last else None


def _below_ten_thousand(text: str) -> int | None:
    if text[:1] == "十":
        text = "一" + text
    found = re.fullmatch(f"((?:零?[{_NUMERALS[1:]}][千百十])*)(零?)([{_NUMERALS[1:]}]?)", text)
    if not text or not found:
        return None
    total, above = 0, 10_000
    pairs = re.findall("(零?)(.)([千百十])", found[1])
    for naught, digit, mark in [*pairs, (found[2], found[3], "")] if found[3] else pairs:
        scale = _SCALES[mark]
        # A skipped place is written 零; without it the number is an abbreviated form.
        if scale >= above or (above < 10_000 and (above > 10 * scale) != bool(naught)):
            return None
        total, above = total + _NUMERALS.index(digit) * scale, scale
    return None if found[2] and not found[3] else total


def number(text: str) -> int | None:
    """Parse a number in either notation."""
    return int(text) if text.isascii() and text.isdecimal() else chinese_numeral(text)
