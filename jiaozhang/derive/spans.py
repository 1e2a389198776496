"""Parse the period of a figure, as far as its wording states it.

A ceiling, rate or average is met only by a figure for the whole term, and an amount since July is
no sum since January; a period that cannot be parsed never counts as the whole term.
"""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Callable
from datetime import date

_YEAR = r"(?P<year>(?:19|20)\d{2})"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# Prefixes of a period that do not change its last day.
_SINCE = r"(?:截至|截止到?|到|至|.{1,12}[至—~～\-－–])?"

_Ending = Callable[[re.Match[str]], "date | None"]


def _month_end(found: re.Match[str]) -> date | None:
    return _last_of(int(found["year"]), int(found["month"]))


def _half_end(found: re.Match[str]) -> date | None:
    return _last_of(int(found["year"]), 6 if found["half"] in "上前" else 12)


def _quarter_end(found: re.Match[str]) -> date | None:
    return _last_of(int(found["year"]), 3 * _NUMBERS[found["quarter"]])


def _year_end(found: re.Match[str]) -> date | None:
    return date(int(found["year"]), 12, 31)


def _own_day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


_MONTHS = rf"{_YEAR}年(?:(?:1[0-2]|0?[1-9])月?[至到—~～\-－–]+)?{_MONTH}月"
_DAYS = rf"{_YEAR}年(?:[^年]{{1,10}}[至到—~～\-－–]+)?{_MONTH}月(?P<day>\d{{1,2}})日"
# To add a notation, add a row; the pattern must match the whole text.
_SPANS: tuple[tuple[str, _Ending], ...] = (
    (rf"{_YEAR}-{_MONTH}-(?P<day>\d{{2}})", _own_day),
    (rf"{_YEAR}-{_MONTH}", _month_end),
    (rf"{_YEAR}-Q(?P<quarter>[1-4])", _quarter_end),
    (rf"{_YEAR}", _year_end),
    (rf"{_SINCE}{_DAYS}", _own_day),
    (rf"{_SINCE}{_MONTHS}[底末]?", _month_end),
    (rf"{_SINCE}{_YEAR}年(?:第?(?P<quarter>[一二三四1-4])季度)[底末]?", _quarter_end),
    (rf"{_SINCE}{_YEAR}年前(?P<quarter>[二三四2-4])个?季度", _quarter_end),
    (rf"{_SINCE}{_YEAR}年(?P<half>[上下前])半年[底末]?", _half_end),
    (rf"{_SINCE}{_YEAR}年[底末]", _year_end),
    (rf"{_YEAR}年(?:全年|度|全年度)?", _year_end),
)
_PATTERNS = tuple((re.compile(pattern), ending) for pattern, ending in _SPANS)


@functools.lru_cache(maxsize=4096)
def last_day_of(span: str) -> date | None:
    """The last day of a figure's period; None if the wording does not state it.

    >>> last_day_of("2025年1—9月")
    datetime.date(2025, 9, 30)
    >>> last_day_of("2025年7月起") is None
    True
    """
    text = re.sub(r"\s", "", span)
    for pattern, ending in _PATTERNS:
        found = pattern.fullmatch(text)
        if found:
            return ending(found)
    return None


_FROM = re.compile(
    rf"[自从]?{_YEAR}年(?:{_MONTH}月?(?:(?P<day>\d{{1,2}})日?)?|(?:第?(?P<quarter>[一二三四1-4])季度)"
    "|(?P<half>[下])半年)(?:[以之]?[来起]|[至到—~～\\-－–]+.+)?"
)


@functools.lru_cache(maxsize=4096)
def first_day_of(span: str) -> date | None:
    """The first day of a period if the wording states it: a month, a quarter, a range.

    A state on a day, or at the end of a month, has no first day; neither has a reporting period
    (2025-06), which only states when it was reported.

    >>> first_day_of("2025年7—9月")
    datetime.date(2025, 7, 1)
    >>> first_day_of("截至2025年9月") is None
    True
    """
    found = _FROM.fullmatch(re.sub(r"\s", "", span))
    if not found or (found["day"] and found.end("day") >= len(found.string.rstrip("日"))):
        return None
    year = int(found["year"])
    if found["quarter"]:
        return date(year, 3 * _NUMBERS[found["quarter"]] - 2, 1)
    if found["half"]:
        return date(year, 7, 1)
    try:
        return date(year, int(found["month"]), int(found["day"] or 1))
    except ValueError:
        return None


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
