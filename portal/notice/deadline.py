"""The language of 完成时限: a printed deadline becomes clauses, or nothing is claimed.

The grammar is a list of (scope, time, result), joined by commas; a comma inside a scope does not
part it. What the grammar does not know is left to a person.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from portal.notice.numerals import PATTERN, number
from portal.record import Clause, ClauseKind

_RESULTS: dict[str, ClauseKind] = {"取得明显进展": "progress", "完成": "complete"}
_RESULT = f"(?P<result>{'|'.join(_RESULTS)})"
_YEAR = "(?:(?P<year>20[0-9]{2})年|(?P<next>次年|明年)|[今本]年)?"


@dataclass(frozen=True, slots=True)
class _Moment:
    due: date | None = None
    after: str | None = None
    months: int | None = None


_MomentOf = Callable[[re.Match[str], int], _Moment | None]


def _year_end(found: re.Match[str], year: int) -> _Moment | None:
    return _month_end(_year_of(found, year), 12)


def _in_month(found: re.Match[str], year: int) -> _Moment | None:
    return _month_end(_year_of(found, year), number(found["month"]) or 0)


def _in_quarter(found: re.Match[str], year: int) -> _Moment | None:
    return _month_end(_year_of(found, year), 3 * (number(found["quarter"]) or 0))


def _in_half(found: re.Match[str], year: int) -> _Moment | None:
    return _month_end(_year_of(found, year), {"上": 6, "下": 12}[found["half"]])


def _after_event(found: re.Match[str], _: int) -> _Moment | None:
    wait = found["wait"]
    months = _WAITS.get(wait) or number(wait.removesuffix("个月"))
    return _Moment(after=found["event"], months=months) if months and months <= 60 else None


def _year_of(found: re.Match[str], year: int) -> int:
    groups = found.groupdict()
    return int(groups["year"]) if groups.get("year") else year + bool(groups.get("next"))


def _month_end(year: int, month: int) -> _Moment | None:
    if not 1 <= month <= 12:
        return None
    return _Moment(date(year, month, calendar.monthrange(year, month)[1]))


_WAITS = {"半年": 6, "一年": 12, "两年": 24}
# What would make 年内 a span of time and not the end of a year: 半年内, 两年内.
_NO_SPAN = "(?<![半一二三四五六七八九十两0-9])"
# Adding a way to name a time is adding a row. Each is tried on the end of a phrase, in this order.
_TIMES: tuple[tuple[str, _MomentOf], ...] = (
    (rf"^(?P<event>.+)后(?P<wait>{'|'.join(_WAITS)}|{PATTERN}个月)内", _after_event),
    (rf"{_YEAR}(?<![0-9])(?P<month>{PATTERN})月[底末](?:以?前)?", _in_month),
    (
        rf"{_YEAR}(?<!每)[第前]?(?P<quarter>[一二三四1-4])季度(?:[底末内]|[底末]?(?:以?前))?",
        _in_quarter,
    ),
    (rf"{_YEAR}(?P<half>[上下])半年(?:[底末内]|[底末]?(?:以?前))?", _in_half),
    (
        rf"{_NO_SPAN}(?:(?P<year>20[0-9]{{2}})年?|(?P<next>次年|明年)|[今本])?"
        "(?:年(?:内|[底末](?:以?前)?)|(?<=年)(?:内|[底末](?:以?前)?))",
        _year_end,
    ),
)
_PROMISES = tuple((re.compile(f"{time}{_RESULT}$"), moment) for time, moment in _TIMES)
_BARE = tuple((re.compile(time), moment) for time, moment in _TIMES)
_DAY = re.compile(rf"{_YEAR}(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日(?:以前|之前|前){_RESULT}?")
_ENDLESS = re.compile("长期|持续|常态|全年|每[年季月周]|常年|不断")


def parse_deadline(text: str, year: int) -> tuple[Clause, ...] | None:
    """Turn a printed deadline of a year into clauses a, b, c …; `None` when any part is unknown.

    >>> [(c.kind, str(c.due)) for c in parse_deadline("年底前完成", 2025)]
    [('complete', '2025-12-31')]
    """
    clauses: list[Clause] = []
    scope: list[str] = []
    for phrase in text.split("，"):
        found = _promise(phrase, year)
        if found is None:
            # No time yet: the phrase begins a scope that a later phrase dates.
            scope.append(phrase)
            continue
        words, kind, moment = found
        scope += [words] if words else []
        clauses.append(
            Clause(
                id=_ID[len(clauses) % len(_ID)],
                kind=kind,
                scope="，".join(scope) or None,
                due=moment.due,
                after=moment.after,
                months=moment.months,
                season=None,
                origin="deadline",
            )
        )
        scope = []
    return tuple(clauses) if clauses and not scope else None


def propose_deadline(text: str, year: int) -> tuple[tuple[Clause, ...], tuple[str, ...]]:
    """Read a deadline as far as it goes: clauses, and what a person has to decide about them."""
    clauses = parse_deadline(text, year) if text else ()
    if clauses is not None:
        return clauses, ()
    day = _DAY.fullmatch(text)
    due = _date(_year_of(day, year), int(day["month"]), int(day["day"])) if day else None
    if due:
        return (_whole(_Moment(due)),), (f"“{text}”包不包括{due.day}日当天？先记到当天",)
    for pattern, moment_of in _BARE:
        found = pattern.fullmatch(text)
        moment = moment_of(found, year) if found else None
        if moment:
            doubt = f"完成时限只写“{text}”，没有写做到什么程度；先按“完成”记"
            return (_whole(moment),), (doubt,)
    if _ENDLESS.search(text):
        return (), (f"“{text[:60]}”没有写到哪一天，先不记时限条款",)
    return (), (f"看不懂完成时限“{text[:60]}”，请照原文写条款",)


def _whole(moment: _Moment) -> Clause:
    when = (moment.due, moment.after, moment.months)
    return Clause("a", "complete", None, *when, None, "deadline")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_ID = "abcdefghijklmnopqrstuvwxyz"


def _promise(phrase: str, year: int) -> tuple[str, ClauseKind, _Moment] | None:
    """Read the time and result at the end of a phrase; what stands before them is its scope."""
    for pattern, moment_of in _PROMISES:
        found = pattern.search(phrase)
        moment = moment_of(found, year) if found else None
        if found and moment:
            return phrase[: found.start()], _RESULTS[found["result"]], moment
    return None
