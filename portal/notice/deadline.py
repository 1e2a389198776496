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

from portal.record import Clause, ClauseKind

_RESULTS: dict[str, ClauseKind] = {"取得明显进展": "progress", "完成": "complete"}
_RESULT = f"(?P<result>{'|'.join(_RESULTS)})"


@dataclass(frozen=True, slots=True)
class _Moment:
    due: date | None = None
    after: str | None = None
    months: int | None = None


def _year_end(_: re.Match[str], year: int) -> _Moment:
    return _month_end(year, 12)


def _in_month(found: re.Match[str], year: int) -> _Moment | None:
    month = int(found["month"])
    return _month_end(year, month) if 1 <= month <= 12 else None


def _after_event(found: re.Match[str], _: int) -> _Moment:
    return _Moment(after=found["event"], months=_MONTHS[found["wait"]])


def _month_end(year: int, month: int) -> _Moment:
    return _Moment(date(year, month, calendar.monthrange(year, month)[1]))


_MONTHS = {"半年": 6, "一年": 12, "两年": 24, **{f"{n}个月": n for n in range(1, 37)}}
# Adding a way to name a time is adding a row. Each is tried on the end of a phrase.
_TIMES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], _Moment | None]], ...] = (
    (re.compile(f"年底前{_RESULT}$"), _year_end),
    (re.compile(rf"(?<!\d)(?P<month>\d{{1,2}})月底前{_RESULT}$"), _in_month),
    (re.compile(rf"^(?P<event>.+)后(?P<wait>{'|'.join(_MONTHS)})内{_RESULT}$"), _after_event),
)


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


_ID = "abcdefghijklmnopqrstuvwxyz"


def _promise(phrase: str, year: int) -> tuple[str, ClauseKind, _Moment] | None:
    """Read the time and result at the end of a phrase; what stands before them is its scope."""
    for pattern, moment_of in _TIMES:
        found = pattern.search(phrase)
        moment = moment_of(found, year) if found else None
        if found and moment:
            return phrase[: found.start()], _RESULTS[found["result"]], moment
    return None
