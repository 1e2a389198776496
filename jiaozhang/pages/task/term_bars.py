"""条款时间线: each clause's term through the year. A term is no progress: its bar is never solid.

The table of clauses beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jiaozhang.derive import DerivedTask, DerivedYear
from jiaozhang.derive.schedule import DerivedClause
from jiaozhang.ledger.events import WHOLE
from jiaozhang.pages.core.axis import Axis, axis_of
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext
from jiaozhang.wording.joining import join_list

FEWEST = 2  # one clause alone needs no drawing
HALF = 50


@dataclass(frozen=True, slots=True)
class BarSpan:
    """A stretch of the axis, in percent."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class TrackRow:
    """A clause: where its term ends, and the days past it on which it was not settled."""

    mark: int
    named: bool
    end: str
    open: tuple[BarSpan, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Track:
    """Month labels are centred. `as_of` is the position of the day of the data,
    in percent; `is_late` when past the middle, so that its `name` is written to the left of it."""

    months: tuple[tuple[str, str], ...]
    as_of: str
    is_late: bool
    name: str
    rows: tuple[TrackRow, ...]


def track_of(year: DerivedYear, one: DerivedTask) -> Track | None:
    """The track of a task whose clauses fall due on different days."""
    dated = [(clause, clause.due) for clause in one.clauses if clause.due]
    dues = {due for _, due in dated}
    if len(dated) < FEWEST or len(dues) < FEWEST:
        return None
    of = year.ledger.year
    axis = axis_of(of, year.as_of, dues)
    return Track(
        tuple(
            (name, _percent(axis.share(month.replace(day=15)))) for name, month in axis.ticks(of)
        ),
        _percent(axis.share(year.as_of)),
        axis.share(year.as_of) > HALF,
        gettext("Data as of {day}", day=words.full_day(year.as_of)),
        tuple(_track_row(axis, year.as_of, one, clause, due) for clause, due in dated),
    )


def _track_row(
    axis: Axis, as_of: date, one: DerivedTask, clause: DerivedClause, due: date
) -> TrackRow:
    days = tuple(_open_days(one, clause, due, as_of))
    return TrackRow(
        clause.mark,
        clause.clause.scope is not None,
        _percent(axis.share(due)),
        tuple(
            BarSpan(_percent(axis.start(first)), _percent(axis.share(last))) for first, last in days
        ),
        _label(clause.mark, due, days),
    )


def _label(number: int, due: date, days: Sequence[tuple[date, date]]) -> str:
    """What is drawn of a clause, in words."""
    if not days:
        return gettext("Clause {number}, due {day}", number=number, day=due.isoformat())
    spans = [
        gettext("{first} to {last}", first=first.isoformat(), last=last.isoformat())
        for first, last in days
    ]
    return gettext(
        "Clause {number}, due {day}; no closure found for {spans}",
        number=number,
        day=due.isoformat(),
        spans=join_list(spans),
    )


def _open_days(
    one: DerivedTask, clause: DerivedClause, due: date, as_of: date
) -> Iterator[tuple[date, date]]:
    """The first and the last day of each stretch after its term in which a clause was open."""
    events = [e for e in one.own.closures if e.clause in (clause.clause.id, WHOLE)]
    since: date | None = due + timedelta(days=1)
    for event in events:
        last = event.on - timedelta(days=1)
        if event.is_reopened:
            since = since or max(event.on, due + timedelta(days=1))
        elif since:
            if since <= last:
                yield since, last
            since = None
    if since and since <= as_of:
        yield since, as_of


def _percent(share: float) -> str:
    return f"{share:.2f}"
