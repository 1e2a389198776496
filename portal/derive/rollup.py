"""Counts of standings over groups of tasks. They always sum to the tasks of the group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from portal.derive.duties import Role
from portal.derive.standing import rules_for
from portal.derive.year import DerivedTask, DerivedYear
from portal.record import Reporting
from portal.settings import StandingKey


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to group tasks; `is_partition` when every task stands in exactly one group."""

    name: str
    groups: Callable[[DerivedTask], Iterable[Hashable]]
    is_partition: bool


def _by_role(role: Role) -> Callable[[DerivedTask], Iterable[Hashable]]:
    return lambda one: {duty.unit.id for duty in one.duties if duty.role == role}


# Adding a grouping is adding a row.
GROUPINGS: tuple[Grouping, ...] = (
    Grouping("section", lambda one: (one.section.number,), True),
    Grouping("standing", lambda one: (one.standing.key,), True),
    Grouping("promise", lambda one: (one.promise,), True),
    Grouping("lead", _by_role("lead"), False),
    Grouping("joint", _by_role("joint"), False),
    Grouping("support", _by_role("support"), False),
    Grouping("district", lambda one: {(t.district.id, t.way) for t in one.ties}, False),
    Grouping("leader", lambda one: one.task.leaders, False),
    Grouping(
        "month", lambda one: {c.due and (c.due.year, c.due.month) for c in one.clauses}, False
    ),
    Grouping("target", lambda one: {t.target.counts for t in one.targets}, False),
)


def tally(
    tasks: Sequence[DerivedTask], reporting: Reporting
) -> tuple[tuple[StandingKey, int], ...]:
    """Count the standings of some tasks, in the order of the rule table, without zeros."""
    counts = Counter(one.standing.key for one in tasks)
    keys = [rule.key for rule in rules_for(reporting)]
    return tuple((key, counts[key]) for key in keys if counts[key])


def grouped(year: DerivedYear, grouping: Grouping) -> dict[Hashable, list[DerivedTask]]:
    """The tasks of each group, in number order."""
    groups: dict[Hashable, list[DerivedTask]] = {}
    for one in year.tasks:
        for key in grouping.groups(one):
            groups.setdefault(key, []).append(one)
    return groups


def wrong_totals(year: DerivedYear) -> Iterator[tuple[str, int, int]]:
    """Every grouping whose counts do not sum: its name, what was counted, what there is."""
    for grouping in GROUPINGS:
        groups = grouped(year, grouping)
        there = sum(len(tasks) for tasks in groups.values())
        counted = sum(
            count for tasks in groups.values() for _, count in tally(tasks, year.ledger.reporting)
        )
        if counted != there or (grouping.is_partition and there != len(year.tasks)):
            yield grouping.name, counted, len(year.tasks) if grouping.is_partition else there
