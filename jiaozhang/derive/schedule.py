"""The state of clauses on a day, from calendar, closures and amendments."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jiaozhang.ledger.events import WHOLE, Amendment, Closure, Trigger
from jiaozhang.ledger.public import Clause, Season

Timing = Literal["not-due", "past-due", "pending", "undated"]
Settlement = Literal["open", "closed", "reopened"]
# What may be stated about an overdue clause without closure: nothing (units do not report, or a
# closure may be under review), that no closure is recorded, or that it is late.
Lapse = Literal["silent", "waiting", "unseen", "late"]


@dataclass(frozen=True, slots=True)
class DerivedClause:
    """A clause with everything derived for a day; `mark` is its number from 1.

    `due` is its due date if known, after amendments, or counted from the `trigger`. `settlement` is
    from the last `event` that closed or reopened it. `lapse` is set if it is overdue and not
    closed; `is_shown_open` if a record dated on or after the due date shows that it was not met.
    """

    clause: Clause
    timing: Timing
    due: date | None
    mark: int
    trigger: Trigger | None = None
    amendments: tuple[Amendment, ...] = ()
    settlement: Settlement = "open"
    event: Closure | None = None
    lapse: Lapse | None = None
    is_shown_open: bool = False

    @property
    def is_past_and_open(self) -> bool:
        return self.timing == "past-due" and self.settlement != "closed"


@dataclass(frozen=True, slots=True)
class Events:
    """Records about one task's clauses, in chronological order, as known on a day."""

    triggers: Sequence[Trigger] = ()
    amendments: Sequence[Amendment] = ()
    closures: Sequence[Closure] = ()


def schedule(
    clause: Clause, mark: int, seasons: Mapping[str, Season], events: Events, as_of: date
) -> DerivedClause:
    """Derive the state of a clause on a day.

    A relative deadline without its event is pending; a season without a sourced date is undated and
    never overdue. A clause is not overdue on its due date.
    """
    trigger = next((t for t in events.triggers if t.clause == clause.id), None)
    amendments = tuple(a for a in events.amendments if a.clause == clause.id)
    event = next((e for e in reversed(events.closures) if e.clause in (clause.id, WHOLE)), None)
    due = _due(clause, seasons, trigger, amendments)
    return DerivedClause(
        clause,
        _timing(clause, due, as_of),
        due,
        mark,
        trigger,
        amendments,
        "open" if event is None else "reopened" if event.is_reopened else "closed",
        event,
    )


def _due(
    clause: Clause,
    seasons: Mapping[str, Season],
    trigger: Trigger | None,
    amendments: tuple[Amendment, ...],
) -> date | None:
    if amendments:
        return date.fromisoformat(amendments[-1].new)
    if trigger and clause.months:
        return months_after(trigger.on, clause.months)
    return seasons[clause.season].before if clause.season else clause.due


def _timing(clause: Clause, due: date | None, as_of: date) -> Timing:
    if due is None:
        return "pending" if clause.after is not None else "undated"
    return "past-due" if due < as_of else "not-due"


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_month_end(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]
