"""Derive every task of a record for a day: section, duties, records and standing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from jiaozhang.derive.duties import Duty, Tie, duties_of, ties_of, units_by_name
from jiaozhang.derive.finding import Finding, finding_of
from jiaozhang.derive.known import known_on, late_corrections, replaced_by
from jiaozhang.derive.measure import DerivedTarget, Sources, Tolerance, measure
from jiaozhang.derive.rhythm import Period, owed_reports, periods_of, silence_ends
from jiaozhang.derive.schedule import DerivedClause, Events, schedule
from jiaozhang.derive.standing import (
    Parts,
    Standing,
    is_shown_open,
    lapse_of,
    latest_reports,
    standing_of,
)
from jiaozhang.ledger.events import Correction, Milestone, Note, Progress, Recorded
from jiaozhang.ledger.public import (
    ClauseKind,
    District,
    Ledger,
    Record,
    Season,
    Section,
    Task,
    TaskNumber,
    Unit,
    Year,
)
from jiaozhang.ledger.settings import Thresholds


@dataclass(frozen=True, slots=True, eq=False)
class DerivedTask:
    """A task with everything derived for a day.

    `own` contains its records as known on the day, and `late` the corrections made after the ledger
    was closed. `replaced` are the notes that others replace, by id, each with the one that replaces
    it: they are shown, and nothing follows from them any more. `promise` is `complete` if any
    clause of the deadline says 完成, and not only 取得明显进展.
    """

    task: Task
    section: Section
    duties: tuple[Duty, ...]
    ties: tuple[Tie, ...]
    clauses: tuple[DerivedClause, ...]
    targets: tuple[DerivedTarget, ...]
    own: Progress
    standing: Standing
    promise: ClauseKind
    finding: Finding
    late: tuple[Correction, ...]
    replaced: Mapping[str, Note]

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Everything that was corrected in it, oldest first."""
        return (*self.own.corrections, *self.late)

    @property
    def current(self) -> tuple[Note, ...]:
        """Its notes that nothing replaces, oldest first."""
        return tuple(note for note in self.own.notes if note.id not in self.replaced)


@dataclass(frozen=True, slots=True, eq=False)
class DerivedYear:
    """A ledger derived for a day; `progress` contains all known records of the year, and `late` the
    corrections made after it was closed.

    `is_whole`: the record is unfiltered, so that what is missing did not happen.
    """

    ledger: Ledger
    as_of: date
    is_whole: bool
    tasks: tuple[DerivedTask, ...]
    progress: Progress
    periods: tuple[Period, ...]
    late: tuple[Correction, ...]

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Everything that was corrected in the year, oldest first."""
        return (*self.progress.corrections, *self.late)


@dataclass(frozen=True, slots=True, eq=False)
class Derived:
    """Everything that pages are made from; years are sorted newest first.

    Compared and hashed by identity: comparing by value would traverse all of it.
    """

    record: Record
    years: tuple[DerivedYear, ...]


def derive(record: Record, as_of: Mapping[Year, date], corrected: date = date.min) -> Derived:
    """Derive every year of a record for its own day.

    `corrected` is the day until which corrections of closed ledgers are known.
    """
    return Derived(
        record,
        tuple(
            derive_year(record, ledger, as_of[ledger.year], corrected) for ledger in record.ledgers
        ),
    )


def derive_year(
    record: Record, ledger: Ledger, as_of: date, corrected: date = date.min
) -> DerivedYear:
    """Derive one year for a day, corrected until another."""
    known = known_on(record, ledger, as_of)
    late = late_corrections(ledger, corrected)
    own = _by_task(known, ledger)
    replaced = replaced_by(known.notes, (*known.corrections, *late))
    context = _Context(
        ledger,
        as_of,
        record.internal is not None,
        units_by_name(record),
        {district.name: district for district in record.districts},
        {section.number: section for section in ledger.sections},
        {season.name: season for season in ledger.seasons},
        periods_of(ledger),
        record.site.thresholds,
        tuple(note for note in known.notes if note.id not in replaced.get(note.task, {})),
        late,
        replaced,
    )
    tasks = tuple(_derived_task(context, task, own[task.number]) for task in ledger.tasks)
    return DerivedYear(ledger, as_of, context.is_whole, tasks, known, context.periods, late)


@dataclass(frozen=True, slots=True)
class _Context:
    """Indexes and settings shared by all tasks of a year; `notes` are those that nothing
    replaces.
    """

    ledger: Ledger
    as_of: date
    is_whole: bool
    units: Mapping[str, Unit]
    districts: Mapping[str, District]
    sections: Mapping[int, Section]
    seasons: Mapping[str, Season]
    periods: tuple[Period, ...]
    thresholds: Thresholds
    notes: tuple[Note, ...]
    late: tuple[Correction, ...]
    replaced: Mapping[TaskNumber, Mapping[str, Note]]


def _derived_task(context: _Context, task: Task, own: Progress) -> DerivedTask:
    as_of, reporting = context.as_of, context.ledger.reporting
    duties = duties_of(task, context.units)
    events = Events(own.triggers, own.amendments, own.closures)
    clauses = tuple(
        schedule(clause, mark, context.seasons, events, as_of)
        for mark, clause in enumerate(task.clauses, 1)
    )
    due = {derived.clause.id: derived.due for derived in clauses}
    replaced = context.replaced.get(task.number, {})
    current = tuple(note for note in own.notes if note.id not in replaced)
    whole = tuple(note for note in current if _is_of_whole(context, task, duties, note))
    sources = Sources(whole, own.amendments, own.plans, own.judgements, context.notes)
    targets = tuple(
        measure(
            target, context.ledger.year, due.get(target.clause or ""), sources, _tolerance(context)
        )
        for target in task.targets
    )
    reports = latest_reports(own.notes, context.units)
    clauses = tuple(_lapsed(context, clause, clauses, targets, reports) for clause in clauses)
    parts = Parts(
        reporting,
        context.is_whole,
        clauses,
        targets,
        own.nodes,
        tuple(node for node in own.nodes if node.actual is None and _is_missed(context, node)),
        own.notes,
        current,
        reports,
        own.verifications,
        tuple(
            owed_reports(task.number, duties, own.notes, context.periods, as_of, context.is_whole)
        ),
    )
    return DerivedTask(
        task,
        context.sections[task.section],
        duties,
        ties_of(duties, context.districts),
        clauses,
        targets,
        own,
        standing_of(parts, as_of, context.thresholds.soon_days),
        _promise(task),
        finding_of(targets, current, whole, context.ledger.year),
        tuple(one for one in context.late if one.task == task.number),
        replaced,
    )


def _is_of_whole(context: _Context, task: Task, duties: tuple[Duty, ...], note: Note) -> bool:
    """Tell whether a note's figures are for the whole task, not only for one of its districts.

    They are if the task names only that district, or only its units are responsible.
    """
    if note.district is None:
        return True
    named = {name for name in context.districts if name in task.text}
    answering = {duty.unit.district for duty in duties if duty.via is None}
    return (note.district in named and len(named) == 1) or answering == {note.district}


def _silence(context: _Context, day: date) -> date | None:
    """The last day on which a missing record has no meaning; None if units do not report."""
    if context.ledger.reporting == "none":
        return None
    return silence_ends(day, context.ledger, context.is_whole)


def _is_missed(context: _Context, node: Milestone) -> bool:
    """Tell whether a node's completion should be recorded by now."""
    silence = _silence(context, node.planned)
    return silence is not None and silence < context.as_of


def _lapsed(
    context: _Context,
    clause: DerivedClause,
    clauses: tuple[DerivedClause, ...],
    targets: tuple[DerivedTarget, ...],
    reports: tuple[Note, ...],
) -> DerivedClause:
    """The clause with its `lapse`, if it is overdue and not closed."""
    due = clause.due
    if due is None or not clause.is_past_and_open:
        return clause
    silence = _silence(context, due)
    is_only = len(clauses) == 1
    is_open = silence is not None and is_shown_open(clause, due, is_only, targets, reports)
    shown = replace(clause, is_shown_open=is_open)
    return replace(shown, lapse=lapse_of(shown, silence, context.as_of, context.is_whole))


def _tolerance(context: _Context) -> Tolerance | None:
    """The tolerance, or None: without reports the pace is not judged."""
    if context.ledger.reporting == "none":
        return None
    return Tolerance(context.thresholds.behind_percent, context.thresholds.ahead_percent)


def _by_task(known: Progress, ledger: Ledger) -> Mapping[TaskNumber, Progress]:
    """Group the records by task."""
    own: dict[TaskNumber, list[Recorded]] = {task.number: [] for task in ledger.tasks}
    for record in known.records:
        if record.task in own:
            own[record.task].append(record)
    return {number: Progress(tuple(records)) for number, records in own.items()}


def _promise(task: Task) -> ClauseKind:
    says_complete = any(c.kind == "complete" and c.origin == "deadline" for c in task.clauses)
    return "complete" if says_complete else "progress"
