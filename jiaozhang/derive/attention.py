"""Four questions that readers come with: what is late, due next, new, and without any record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from jiaozhang.derive.year import DerivedTask, DerivedYear

AttentionKey = Literal["lapsed", "next", "recent", "silent"]
# How far `recent` looks back and `next` ahead.
SPAN = timedelta(days=31)


def attention_of(
    year: DerivedYear, among: Sequence[DerivedTask] | None = None
) -> Mapping[AttentionKey, tuple[DerivedTask, ...]]:
    """The tasks of each question, in the order of the ledger; questions without any are left out.

    `among` are the tasks that are asked about: all of the year, unless given.

    `lapsed`: a deadline has passed and no conclusion is on record. `next`: an open deadline within
    a month of the day of the data, or else the nearest one after it. `recent`: a record became
    known, or speaks of a day, within the month before. `silent`: no record at all.
    """
    tasks = year.tasks if among is None else tuple(among)
    last = _last_next(year, tasks)
    found: dict[AttentionKey, tuple[DerivedTask, ...]] = {
        "lapsed": tuple(one for one in tasks if _is_lapsed(one)),
        "next": tuple(
            one for one in tasks if one.standing.nearest and one.standing.nearest <= last
        ),
        "recent": tuple(one for one in tasks if _is_recent(year, one)),
        "silent": tuple(one for one in tasks if not one.own.notes),
    }
    return {key: tasks for key, tasks in found.items() if tasks}


def _is_lapsed(one: DerivedTask) -> bool:
    return any(clause.is_past_and_open for clause in one.clauses)


def _last_next(year: DerivedYear, tasks: Sequence[DerivedTask]) -> date:
    """The last day that is near: a month from the day of the data, or the nearest deadline."""
    days = [one.standing.nearest for one in tasks if one.standing.nearest]
    return max(year.as_of + SPAN, min(days, default=year.as_of))


def _is_recent(year: DerivedYear, one: DerivedTask) -> bool:
    first = year.as_of - SPAN
    return any(max(note.known, note.on) >= first for note in one.own.notes)
