"""Four questions that readers come with: what is late, due next, new, and without any record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Literal

from jiaozhang.derive.year import DerivedTask, DerivedYear

AttentionKey = Literal["lapsed", "next", "recent", "silent"]
# How far `recent` looks back and `next` ahead.
SPAN = timedelta(days=31)


def attention_of(year: DerivedYear) -> Mapping[AttentionKey, tuple[DerivedTask, ...]]:
    """The tasks of each question, in the order of the ledger; questions without any are left out.

    `lapsed`: a deadline has passed and no conclusion is on record. `next`: an open deadline within
    a month of the day of the data, or else the nearest one after it. `recent`: a record became
    known, or speaks of a day, within the month before. `silent`: no record at all.
    """
    found = {key: tuple(one for one in year.tasks if has(year, one)) for key, has in _HAS.items()}
    return {key: tasks for key, tasks in found.items() if tasks}


def _is_lapsed(year: DerivedYear, one: DerivedTask) -> bool:
    return any(clause.is_past_and_open for clause in one.clauses)


def _is_next(year: DerivedYear, one: DerivedTask) -> bool:
    days = [day for task in year.tasks if (day := task.standing.nearest)]
    last = max(year.as_of + SPAN, min(days, default=year.as_of))
    return one.standing.nearest is not None and one.standing.nearest <= last


def _is_recent(year: DerivedYear, one: DerivedTask) -> bool:
    first = year.as_of - SPAN
    return any(max(note.known, note.on) >= first for note in one.own.notes)


def _is_silent(year: DerivedYear, one: DerivedTask) -> bool:
    return not one.own.notes


_HAS: Mapping[AttentionKey, Callable[[DerivedYear, DerivedTask], bool]] = {
    "lapsed": _is_lapsed,
    "next": _is_next,
    "recent": _is_recent,
    "silent": _is_silent,
}
