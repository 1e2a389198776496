"""What the calendar says of a clause on a day. It says nothing of what was achieved."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from portal.record import Clause, Season

Timing = Literal["not-due", "past-due", "pending", "undated"]


@dataclass(frozen=True, slots=True)
class DerivedClause:
    """A clause with its timing; `due` is its day where one is known, `mark` counts from 1."""

    clause: Clause
    timing: Timing
    due: date | None
    mark: int


def schedule(
    clause: Clause, mark: int, seasons: Mapping[str, Season], as_of: date
) -> DerivedClause:
    """Tell where a clause stands on a day.

    A wait that has not begun is pending; a season without a sourced date is undated and is never
    past. The due day itself is not past.
    """
    if clause.after is not None:
        return DerivedClause(clause, "pending", None, mark)
    due = seasons[clause.season].before if clause.season else clause.due
    if due is None:
        return DerivedClause(clause, "undated", None, mark)
    return DerivedClause(clause, "past-due" if due < as_of else "not-due", due, mark)


def is_month_end(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]
