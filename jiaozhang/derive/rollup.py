"""Counts of standings over groups of tasks; the counts add up to the number of tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from jiaozhang.derive.duties import Role
from jiaozhang.derive.schedule import DerivedClause
from jiaozhang.derive.standing_groups import GROUP_OF, StandingGroup, ordered_keys
from jiaozhang.derive.year import DerivedTask, DerivedYear
from jiaozhang.ledger.public import Reporting, Unit
from jiaozhang.ledger.settings import StandingKey


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to group tasks; `is_partition` if every task is in exactly one group."""

    name: str
    groups: Callable[[DerivedTask], Iterable[str]]
    is_partition: bool


@dataclass(frozen=True, slots=True)
class GroupTally:
    """How many tasks have each standing of a group, without zeros."""

    group: StandingGroup
    standings: tuple[tuple[StandingKey, int], ...]

    @property
    def count(self) -> int:
        return sum(count for _, count in self.standings)


def _by_role(role: Role) -> Callable[[DerivedTask], Iterable[str]]:
    return lambda one: dict.fromkeys(d.unit.name for d in one.duties if d.role == role)


# To add a grouping, add a row.
GROUPINGS: tuple[Grouping, ...] = (
    Grouping("section", lambda one: (str(one.section.number),), True),
    Grouping("standing", lambda one: (one.standing.key,), True),
    Grouping("promise", lambda one: (one.promise,), True),
    Grouping("lead", _by_role("lead"), False),
    Grouping("joint", _by_role("joint"), False),
    Grouping("support", _by_role("support"), False),
    Grouping(
        "district", lambda one: dict.fromkeys(f"{t.district.name}/{t.way}" for t in one.ties), False
    ),
    Grouping("leader", lambda one: one.task.leaders, False),
    Grouping("month", lambda one: dict.fromkeys(_month(clause) for clause in one.clauses), False),
    Grouping("target", lambda one: dict.fromkeys(t.target.counts for t in one.targets), False),
)


def _month(clause: DerivedClause) -> str:
    return f"{clause.due:%Y-%m}" if clause.due else clause.timing


def tally(
    tasks: Sequence[DerivedTask], reporting: Reporting
) -> tuple[tuple[StandingKey, int], ...]:
    """Count the standings of some tasks, in the one order of a ledger's kind, without zeros."""
    counts = Counter(one.standing.key for one in tasks)
    return tuple((key, counts[key]) for key in ordered_keys(reporting) if counts[key])


def group_tally(tasks: Sequence[DerivedTask], reporting: Reporting) -> tuple[GroupTally, ...]:
    """Count the groups of some tasks in their order, without zeros; they sum to the tasks."""
    runs = groupby(tally(tasks, reporting), key=lambda one: GROUP_OF[one[0]])
    return tuple(GroupTally(group, tuple(counts)) for group, counts in runs)


def tasks_by_unit(year: DerivedYear) -> Mapping[Unit, tuple[DerivedTask, ...]]:
    """The tasks of every responsible unit, in the order of the ledger."""
    found: dict[Unit, dict[int, DerivedTask]] = {}
    for one in year.tasks:
        for duty in one.duties:
            found.setdefault(duty.unit, {})[one.task.number] = one
    return {unit: tuple(own.values()) for unit, own in found.items()}


def grouped(year: DerivedYear, grouping: Grouping) -> dict[str, list[DerivedTask]]:
    """The tasks of each group, sorted by number."""
    groups: dict[str, list[DerivedTask]] = {}
    for one in year.tasks:
        for key in grouping.groups(one):
            groups.setdefault(key, []).append(one)
    return groups


def wrong_totals(year: DerivedYear) -> Iterator[tuple[str, int, int]]:
    """Groupings whose counts do not add up: name, sum of the counts, number of tasks."""
    for grouping in GROUPINGS:
        groups = grouped(year, grouping)
        there = sum(len(tasks) for tasks in groups.values())
        counted = sum(
            count for tasks in groups.values() for _, count in tally(tasks, year.ledger.reporting)
        )
        if counted != there or (grouping.is_partition and there != len(year.tasks)):
            yield grouping.name, counted, len(year.tasks) if grouping.is_partition else there
