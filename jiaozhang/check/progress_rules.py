"""Rules for progress records: consistent with the promise, the registries and earlier records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.files.nearest import Known, nearest
from jiaozhang.ledger.events import (
    WHOLE,
    Amendment,
    Closure,
    Figure,
    Milestone,
    Note,
    TargetPlan,
    Trigger,
    range_of,
)
from jiaozhang.ledger.filed import Filed, FiledLedger, FiledTask, Kept
from jiaozhang.ledger.identity import TaskNumber
from jiaozhang.ledger.public import SUMS, Blocker, Reporting, Target, Unit
from jiaozhang.ledger.record_kinds import Fact
from jiaozhang.read.note_file import F_BESIDE, F_DIFFERS

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Case:
    """A year's records, and indexes for the rules: tasks and units."""

    filed: Filed
    ledger: FiledLedger
    tasks: Mapping[TaskNumber, FiledTask]
    units: Mapping[str, Unit]
    names: Known

    def place(self, kept: Kept, *path: str | int) -> Place:
        return self.filed.documents[kept.key].place(*kept.path, *path)


def check_progress(filed: Filed) -> Iterator[Diagnostic]:
    """Apply every rule to every year."""
    units = {name: unit for unit in filed.units for name in (unit.name, *unit.aliases)}
    names = Known(units)
    for ledger in filed.ledgers:
        tasks = {task.public.number: task for task in ledger.tasks}
        case = Case(filed, ledger, tasks, units, names)
        for rule in _RULES:
            yield from rule(case)


def _tasks_are_known(case: Case) -> Iterator[Diagnostic]:
    for kept in case.ledger.kept:
        number = kept.fact.task
        if number is not None and number not in case.tasks:
            yield fault("unknown-task", case.place(kept), given=number)
    for at, theme in enumerate(case.ledger.themes):
        document = case.filed.documents[case.ledger.key]
        for index, number in enumerate(theme.tasks):
            if number not in case.tasks:
                place = document.place("themes", at, "tasks", index)
                yield fault("unknown-task", place, given=number)


def _names_are_known(case: Case) -> Iterator[Diagnostic]:
    units, districts = case.names, Known(one.name for one in case.filed.districts)
    for kept in case.ledger.kept:
        fact = kept.fact
        if isinstance(fact, Blocker) and fact.raised_by not in units:
            near = nearest(fact.raised_by, units)
            place = case.place(kept, "raised_by")
            yield fault("unknown-unit", place, given=fact.raised_by, nearest=near)
        if isinstance(fact, Note) and fact.district and fact.district not in districts:
            near = nearest(fact.district, districts)
            place = case.place(kept, "district")
            yield fault("unknown-district", place, given=fact.district, nearest=near)


def _reports_come_from_their_units(case: Case) -> Iterator[Diagnostic]:
    first: dict[tuple[object, ...], str] = {}
    for kept, note in _each(case, Note):
        if note.origin != "report" or note.task not in case.tasks:
            continue
        units = _units_of(case, case.tasks[note.task])
        if note.unit is not None and note.unit not in units:
            place = case.place(kept, "unit")
            near = nearest(note.unit or "", units)
            yield fault("not-its-unit", place, given=note.unit, task=note.task, nearest=near)
        key = (note.task, units.get(note.unit or "", note.unit), note.period)
        if note.unit is not None and note.period and key in first:
            place = case.place(kept, "period")
            yield fault("second-report", place, unit=note.unit, first=first[key])
        first.setdefault(key, kept.key)
        if case.ledger.reporting == "none":
            yield fault("reports-not-taken", case.place(kept, "origin"))
        elif not _is_period_of(note.period or "", case.ledger):
            yield fault(
                "wrong-period",
                case.place(kept, "period"),
                given=note.period,
                year=case.ledger.year,
                reporting=case.ledger.reporting,
            )


def _figures_name_their_targets(case: Case) -> Iterator[Diagnostic]:
    """A figure is of its target's scope, or beside it for a reason, or refers to none."""
    for kept, note in _each(case, Note):
        targets = _task_of(case, note).public.targets
        for at, figure in enumerate(note.figures):
            for name, given in (("target", figure.target), ("beside", figure.beside)):
                if given and given not in {target.id for target in targets}:
                    yield fault(
                        "unknown-target",
                        case.place(kept, "figures", at, name),
                        given=given,
                        task=f"{note.task:03}",
                        nearest=_meant_target(given, figure, targets),
                    )
            yield from _one_scope(case, kept, at, figure)
            target = next((own for own in targets if own.id == figure.target), None)
            if target and target.unit and target.unit != figure.unit:
                yield fault(
                    "figure-unit",
                    case.place(kept, "figures", at, "unit"),
                    given=figure.unit,
                    wanted=target.unit,
                    target=target.id,
                )


def _one_scope(case: Case, kept: Kept, at: int, figure: Figure) -> Iterator[Diagnostic]:
    """A figure has the scope of a target or differs from it, and then says how."""
    if figure.target and figure.beside:
        place = case.place(kept, "figures", at, "beside")
        yield fault("target-and-beside", place, target=figure.target, beside=figure.beside)
    elif bool(figure.beside) != bool(figure.differs):
        missing = F_DIFFERS if figure.beside else F_BESIDE
        place = case.place(kept, "figures", at)
        yield fault("missing-field", place, field=missing.name, meaning=missing.meaning)


def _meant_target(given: str, figure: Figure, targets: Sequence[Target]) -> str:
    """The target whose id is like the one given, else that counts what the figure counts."""
    measures = {target.measure: target.id for target in targets}
    alike = [target.id for target in targets if target.unit == figure.unit]
    return (
        nearest(given, measures.values())
        or measures.get(nearest(figure.name, measures), "")
        or (alike[0] if len(alike) == 1 else "")
    )


def _parts_are_known(case: Case) -> Iterator[Diagnostic]:
    """Clauses, targets and nodes that records refer to must exist."""
    nodes = {(node.task, node.id) for _, node in _each(case, Milestone)}
    for kept, note in _each(case, Note):
        for at, name in enumerate(note.nodes):
            if (note.task, name) not in nodes:
                yield _unknown_part("node", case.place(kept, "nodes", at), name, note.task)
    for kept in case.ledger.kept:
        number = kept.fact.task
        if number is None or number not in case.tasks:
            continue
        task = case.tasks[number]
        clause = getattr(kept.fact, "clause", None)
        if clause and clause not in {WHOLE, *(c.id for c in task.public.clauses)}:
            yield fault("unknown-clause", case.place(kept, "clause"), given=clause)
        target = getattr(kept.fact, "target", None)
        if target and target not in {t.id for t in task.public.targets}:
            yield _unknown_part("target", case.place(kept, "target"), target, task.public.number)


def _ids_are_unique(case: Case) -> Iterator[Diagnostic]:
    """Notes, nodes and closures of a task need unique ids, used as anchors and in approvals."""
    names: set[tuple[TaskNumber, str]] = set()
    for kept, note in sorted(_each(case, Note), key=lambda pair: pair[0].internal):
        if (note.task, note.id) in names:
            yield fault("duplicate-id", case.place(kept), id=note.id)
        names.add((note.task, note.id))
    nodes = [(kept, entry.id) for kept, entry in _each(case, Milestone)]
    closures = [(kept, entry.id) for kept, entry in _each(case, Closure)]
    for entries in (nodes, closures):
        seen: set[tuple[str, str]] = set()
        for kept, own in entries:
            is_written = case.filed.documents[kept.key].node(*kept.path, "id") is not None
            if is_written and (kept.key, own) in seen:
                yield fault("duplicate-id", case.place(kept, "id"), id=own)
            seen.add((kept.key, own))


def _events_follow_each_other(case: Case) -> Iterator[Diagnostic]:
    """In file order, a clause is closed, then possibly reopened, then closed again."""
    closed: dict[TaskNumber, set[str]] = {}
    for kept, event in _each(case, Closure):
        task = _task_of(case, event)
        named = {c.id for c in task.public.clauses} if event.clause == WHOLE else {event.clause}
        own = closed.setdefault(event.task, set())
        if event.is_reopened and not named & own:
            place = case.place(kept, "clause")
            yield fault("reopened-not-closed", place, clause=event.clause)
        elif not event.is_reopened and named and named <= own:
            yield fault("closed-twice", case.place(kept, "clause"), clause=event.clause)
        own ^= named & own if event.is_reopened else named - own


def _triggers_are_awaited(case: Case) -> Iterator[Diagnostic]:
    for kept, trigger in _each(case, Trigger):
        clauses = {clause.id: clause for clause in _task_of(case, trigger).public.clauses}
        clause = clauses.get(trigger.clause)
        if clause and clause.after is None:
            yield fault("not-awaited", case.place(kept, "clause"), clause=trigger.clause)


def _plans_are_for_sums(case: Case) -> Iterator[Diagnostic]:
    for kept, plan in _each(case, TargetPlan):
        target = next((t for t in _task_of(case, plan).public.targets if t.id == plan.target), None)
        # A plan for a level makes sense only if it decreases from a base.
        if target and target.counts not in SUMS and target.base is None:
            yield fault("plan-not-cumulative", case.place(kept, "target"), target=plan.target)
        values = [step.value for step in plan.steps]
        up, down = sorted(values), sorted(values, reverse=True)
        if target and up != down and values == (up if target.base is not None else down):
            yield fault("plan-incomplete", case.place(kept, "steps"), curve=plan.curve)


def _amendments_follow_each_other(case: Case) -> Iterator[Diagnostic]:
    standing: dict[tuple[TaskNumber, str], str] = {}
    for task in case.ledger.tasks:
        standing |= {(task.public.number, c.id): str(c.due) for c in task.public.clauses if c.due}
        standing |= {
            (task.public.number, t.id): _value_of(t)
            for t in task.public.targets
            if t.value is not None
        }
    for kept, amendment in sorted(_each(case, Amendment), key=lambda pair: pair[1].on):
        key = (amendment.task, amendment.clause or amendment.target or "")
        if key in standing and standing[key] != amendment.old:
            place = case.place(kept, "old")
            yield fault("amendment-old", place, given=amendment.old, found=standing[key])
        if bool(range_of(amendment.old)) != bool(range_of(amendment.new)):
            yield fault("amendment-kind", case.place(kept, "new"), old=amendment.old)
        standing[key] = amendment.new


def _value_of(target: Target) -> str:
    """A target's value as written in an amendment: 50, or 5—6 for a range."""
    return f"{target.value}" if target.upper is None else f"{target.value}—{target.upper}"


RecordRule = Callable[[Case], Iterator[Diagnostic]]
_RULES: tuple[RecordRule, ...] = (
    _tasks_are_known,
    _names_are_known,
    _reports_come_from_their_units,
    _figures_name_their_targets,
    _parts_are_known,
    _ids_are_unique,
    _events_follow_each_other,
    _triggers_are_awaited,
    _plans_are_for_sums,
    _amendments_follow_each_other,
)


def _each(case: Case, kind: type[T]) -> Iterator[tuple[Kept, T]]:
    """The records of one kind whose task exists; the others have been reported."""
    for kept in case.ledger.kept:
        known = kept.fact.task is None or kept.fact.task in case.tasks
        if known and isinstance(kept.fact, kind):
            yield kept, kept.fact


def _task_of(case: Case, fact: Fact) -> FiledTask:
    assert fact.task is not None  # noqa: S101 - only corrections may have none
    return case.tasks[fact.task]


def _unknown_part(kind: str, place: Place, given: str, task: TaskNumber) -> Diagnostic:
    return fault(f"unknown-{kind}", place, given=given, task=f"{task:03}")


def _units_of(case: Case, task: FiledTask) -> Mapping[str, str]:
    """Map each name of a unit responsible for a task, directly or in a group, to its slug."""
    by_name = case.units
    # A misspelt name has been reported; the intended unit may still report.
    meant = [name if name in by_name else nearest(name, case.names) for name in task.public.units]
    own = [by_name[name] for name in meant if name]
    own += [by_name[name] for unit in own for name in unit.members or () if name in by_name]
    return {name: unit.id for unit in own for name in (unit.name, *unit.aliases)}


def _is_period_of(period: str, ledger: FiledLedger) -> bool:
    kinds: Mapping[Reporting, bool] = {
        "none": False,
        "monthly": "Q" not in period,
        "quarterly": "Q" in period,
    }
    return period.startswith(f"{ledger.year}-") and kinds[ledger.reporting]
