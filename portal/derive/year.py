"""A record on a day: every task with its section, duties, ties to districts, and standing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.derive.duties import Duty, Tie, duties_of, ties_of, units_by_name
from portal.derive.schedule import DerivedClause, Timing, schedule
from portal.record import ClauseKind, Ledger, Record, Section, Task, Year


@dataclass(frozen=True, slots=True)
class DerivedTask:
    """A task with what follows for it on a day.

    `timing` is that of its nearest open clause; `promise` is `complete` when any clause of the
    deadline says 完成, and not only 取得明显进展.
    """

    task: Task
    section: Section
    duties: tuple[Duty, ...]
    ties: tuple[Tie, ...]
    clauses: tuple[DerivedClause, ...]
    timing: Timing
    promise: ClauseKind


@dataclass(frozen=True, slots=True)
class DerivedYear:
    ledger: Ledger
    as_of: date
    tasks: tuple[DerivedTask, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """Everything pages are made of; years stand newest first."""

    record: Record
    years: tuple[DerivedYear, ...]


def derive(record: Record, as_of: Mapping[Year, date]) -> Derived:
    """Derive every year of a record on its own day."""
    return Derived(
        record,
        tuple(_year(record, ledger, as_of[ledger.year]) for ledger in record.ledgers),
    )


def _year(record: Record, ledger: Ledger, as_of: date) -> DerivedYear:
    units = units_by_name(record)
    districts = {district.name: district for district in record.districts}
    sections = {section.number: section for section in ledger.sections}
    seasons = {season.name: season for season in ledger.seasons}

    def one(task: Task) -> DerivedTask:
        duties = duties_of(task, units)
        clauses = tuple(
            schedule(clause, mark, seasons, as_of) for mark, clause in enumerate(task.clauses, 1)
        )
        return DerivedTask(
            task,
            sections[task.section],
            duties,
            ties_of(duties, districts),
            clauses,
            _timing(clauses),
            _promise(task),
        )

    return DerivedYear(ledger, as_of, tuple(one(task) for task in ledger.tasks))


def _timing(clauses: tuple[DerivedClause, ...]) -> Timing:
    """A task is past due only when none of its clauses can still come."""
    timings = {clause.timing for clause in clauses}
    order: tuple[Timing, ...] = ("not-due", "pending", "past-due")
    return next((timing for timing in order if timing in timings), "undated")


def _promise(task: Task) -> ClauseKind:
    says_complete = any(c.kind == "complete" and c.origin == "deadline" for c in task.clauses)
    return "complete" if says_complete else "progress"
