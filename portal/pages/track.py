"""条款时间线: each clause's term through the year. A term is no progress: its bar is never solid.

The table of clauses beside it says the same in words.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from portal.derive import DerivedTask, DerivedYear

FEWEST = 2  # one clause alone needs no drawing


@dataclass(frozen=True, slots=True)
class TrackRow:
    """A clause: where its term ends, and how far the days since reach, in percent of the year."""

    mark: int
    named: bool
    end: str
    after: str
    label: str


@dataclass(frozen=True, slots=True)
class Track:
    months: tuple[tuple[str, str], ...]
    as_of: str
    rows: tuple[TrackRow, ...]


def track_of(year: DerivedYear, one: DerivedTask) -> Track | None:
    """The track of a task whose clauses fall due on different days."""
    dated = [(clause, clause.due) for clause in one.clauses if clause.due]
    of = year.ledger.year
    if len(dated) < FEWEST or len({due for _, due in dated}) < FEWEST:
        return None
    rows = tuple(
        TrackRow(
            clause.mark,
            clause.clause.scope is not None,
            _percent(of, due),
            _percent(of, year.as_of)
            if due < year.as_of and clause.settlement != "closed"
            else _percent(of, due),
            f"第{clause.mark}条到{due.isoformat()}",
        )
        for clause, due in dated
    )
    months = tuple((f"{month}月", _percent(of, date(of, month, 1))) for month in range(1, 13))
    return Track(months, _percent(of, year.as_of), rows)


def _percent(year: int, day: date) -> str:
    """How much of the year has passed at the end of a day; other years stand at its edges."""
    days = 366 if calendar.isleap(year) else 365
    at = min(max((day - date(year, 1, 1)).days + 1, 0), days)
    return f"{100 * at / days:.2f}"
