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


@dataclass(frozen=True, slots=True)
class _Moment:
    due: date | None = None
    after: str | None = None
    months: int | None = None


def _month_end(year: int, month: int) -> _Moment:
    return _Moment(date(year, month, calendar.monthrange(year, month)[1]))


def _in_month(found: re.Match[str], year: int) -> _Moment | None:
    month = int(found[1])
    return _month_end(year, month) if 1 <= month <= 12 else None


def _after_event(found: re.Match[str], _: int) -> _Moment:
    return _Moment(after=found[1], months=_MONTHS[found[2]])


_MONTHS = {"半年": 6, "一年": 12, "两年": 24, **{f"{n}个月": n for n in range(1, 37)}}
# Adding a way to name a time is adding a row. The first is tried first.
_TIMES: tuple[tuple[str, Callable[[re.Match[str], int], _Moment | None]], ...] = (
    (r"年底前", lambda _, year: _month_end(year, 12)),
    (r"(\d{1,2})月底前", _in_month),
    (rf"([^，；。]+?)后({'|'.join(_MONTHS)})内", _after_event),
)
_RESULT = "|".join(_RESULTS)


def parse_deadline(text: str, year: int) -> tuple[Clause, ...] | None:
    """Turn a printed deadline of a year into clauses a, b, c …; `None` when any part is unknown.

    >>> [(c.kind, str(c.due)) for c in parse_deadline("年底前完成", 2025)]
    [('complete', '2025-12-31')]
    """
    clauses: list[Clause] = []
    rest = text
    while rest:
        clause, rest = _first_clause(rest, year, "abcdefghijklmnopqrstuvwxyz"[len(clauses) % 26])
        if clause is None:
            return None
        clauses.append(clause)
    return tuple(clauses) or None


def _first_clause(text: str, year: int, id_: str) -> tuple[Clause | None, str]:
    """Read one clause off the front of a text; what follows its comma is the rest."""
    best: tuple[int, Clause, str] | None = None
    for pattern, moment_of in _TIMES:
        found = re.search(rf"(?P<time>{pattern})(?P<result>{_RESULT})(?:，|$)", text)
        if not found or (best and found.start() >= best[0]):
            continue
        moment = moment_of(re.fullmatch(pattern, found["time"]) or found, year)
        if moment:
            scope = text[: found.start()] or None
            kind = _RESULTS[found["result"]]
            clause = Clause(
                id_, kind, scope, moment.due, moment.after, moment.months, None, "deadline"
            )
            best = found.start(), clause, text[found.end() :]
    return (best[1], best[2]) if best else (None, "")
