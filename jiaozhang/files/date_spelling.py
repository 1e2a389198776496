"""Guess days, months, periods and times written in another form, for suggestions.

Nothing here makes a wrongly written date acceptable.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal

# Day 0 of Excel's serial dates (its day 60, 29 February 1900, did not exist).
_EXCEL = date(1899, 12, 30)
_DIGITS = {char: str(at) for at, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_SCALES = {"": 1, "千": 1000, "万": 10**4, "亿": 10**8}
_HAN = "〇零○一二三四五六七八九"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR, _SEP = r"(?P<y>\d{4}|\d{2})", r"[年./\-— ,]"
_DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}{_SEP}+(?P<m>\d{{1,2}})[月./\-— ,]+(?P<d>\d{{1,2}})[日号]?",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<d>\d{1,2})[./\- ](?P<m>\d{1,2})[./\- ](?P<y>\d{4})",
        r"(?P<m>\d{1,2})[./\- ](?P<d>\d{1,2})[./\- ](?P<y>\d{4})",
        r"(?P<m>\d{1,2})[月./\-](?P<d>\d{1,2})[日号]?",
    )
)
_MONTHS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}{_SEP}+(?P<m>\d{{1,2}})月?份?",
        r"(?P<y>\d{4})(?P<m>\d{2})",
        r"(?P<m>\d{1,2})月份?",
    )
)
_QUARTER = re.compile(r"(?:(\d{4})年?[-/. ]?)?(?:第?([一二三四1-4])季度?|[Qq]([1-4]))")
_CLOCK = re.compile(
    r"(\d{1,2})[:点时](\d{1,2})?(?:[:分]\d{0,2}秒?)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?"
)


def meant_day(text: str, year: str = "") -> str:
    """Return the ISO form of a day, or an empty string; `year` completes a day without one."""
    plain = _plain_date(text)
    # A date copied from a spreadsheet comes with a time of midnight.
    plain = re.sub(r"[T ]+0?0:00(:00(\.0+)?)?Z?$", "", plain)
    if re.fullmatch(r"[3-7]\d{4}(\.0+)?", plain):
        return (_EXCEL + timedelta(days=int(plain[:5]))).isoformat()
    for pattern in _DAYS:
        found = pattern.fullmatch(plain)
        day = found and _day(found.groupdict(), year)
        if day:
            return day.isoformat()
    return ""


def meant_month(text: str, year: str = "") -> str:
    """Return a month in the form 2025-06, or an empty string."""
    plain = _plain_date(text)
    for pattern in _MONTHS:
        found = pattern.fullmatch(plain)
        day = found and _day({"d": "1"} | found.groupdict(), year)
        if day:
            return f"{day:%Y-%m}"
    return ""


def meant_period(text: str, year: str = "") -> str:
    """Return a reporting period in the form 2025-06 or 2025-Q2, or an empty string.

    A day gives its month.
    """
    found = _QUARTER.fullmatch(_plain_date(text).replace(" ", ""))
    if found and (found[1] or year):
        return f"{found[1] or year}-Q{_QUARTERS[found[2] or found[3]]}"
    return meant_month(text, year) or meant_day(text, year)[:7]


def meant_moment(text: str, year: str = "") -> str:
    """Return a time in the form 2025-07-04 09:30, or an empty string."""
    plain = _plain_date(text)
    found = re.fullmatch(r"(.*?[^T\s])[T\s]*" + _CLOCK.pattern, plain)
    day = meant_day(found[1], year) if found else ""
    if found and day and int(found[2]) < 24 and int(found[3] or 0) < 60:
        return f"{day} {int(found[2]):02}:{int(found[3] or 0):02}"
    return ""


def meant_quantity(text: str) -> str:
    """The plain digits of a number with separators, a scale or a unit: 1,600, 1.6万, 约30%."""
    plain = unicodedata.normalize("NFKC", text).strip()
    # At most as long as a quantity may be: exact decimal arithmetic is limited.
    digits = r"(-?[0-9]{1,3}(?:[,' ][0-9]{3}){1,3}(?:\.[0-9]{1,6})?|-?[0-9]{1,12}(?:\.[0-9]{1,6})?)"
    found = re.fullmatch(rf"[约近超≈><≥≤+]*{digits}[余多]? ?([千万亿]?)\D{{0,8}}", plain)
    if not found:
        return ""
    number = Decimal(re.sub("[^-0-9.]", "", found[1])) * _SCALES[found[2]]
    meant = str(int(number)) if number == int(number) else format(number, "f")
    return meant if re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", meant) else ""


def _plain_date(text: str) -> str:
    """Convert to half-width, with digits instead of Chinese numerals."""
    plain = unicodedata.normalize("NFKC", text).strip().strip("\"'“”‘’。")
    plain = re.sub(r" *([年月日号./-]) *", r"\1", plain)
    if not re.search(rf"[{_HAN}十][年月日]", plain):
        return plain
    tens = r"([一二三四五六七八九]?)十([一二三四五六七八九]?)"
    plain = re.sub(tens, lambda ten: (ten[1] or "一") + (ten[2] or "〇"), plain)
    return "".join(_DIGITS.get(char, char) for char in plain)


def _day(parts: dict[str, str], year: str) -> date | None:
    own = parts.get("y") or year
    try:
        return date(int(own if len(own) == 4 else f"20{own}"), int(parts["m"]), int(parts["d"]))
    except ValueError:
        return None
