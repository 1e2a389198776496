"""Rules for what was promised: tasks, clauses, targets, and the registries they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from portal.diagnostic import Diagnostic, Place, fault, nearest
from portal.model import Filed, Ledger, Task, Unsettled
from portal.notice.deadline import parse_deadline
from portal.notice.lock import digest
from portal.record import Clause, Target, Unit

MOST_SUGGESTIONS = 20


def _units_are_consistent(filed: Filed) -> Iterator[Diagnostic]:
    known = _units_by_name(filed)
    districts = [district.name for district in filed.districts]
    for index, unit in enumerate(filed.units):
        if unit.district and unit.district not in districts:
            way = ("units.yaml", index, "district")
            yield _unknown(filed, "district", unit.district, districts, *way)
        if unit.kind == "district" and not unit.district:
            place = _place(filed, "units.yaml", index)
            yield fault("kind-needs", place, kind="district", name=unit.name, field="district")
        if unit.kind == "group" and not unit.member_kind:
            place = _place(filed, "units.yaml", index)
            yield fault("kind-needs", place, kind="group", name=unit.name, field="member_kind")
        if unit.members and not (unit.members_as_of and unit.members_source):
            place = _place(filed, "units.yaml", index, "members")
            yield fault("members-unsourced", place, name=unit.name)
        for at, member in enumerate(unit.members or ()):
            if member not in known:
                yield _unknown(filed, "unit", member, known, "units.yaml", index, "members", at)


def _identities_are_unique(filed: Filed) -> Iterator[Diagnostic]:
    names = [[unit.name, *unit.aliases] for unit in filed.units]
    yield from _repeated(filed, "units.yaml", [[unit.id] for unit in filed.units])
    yield from _repeated(filed, "units.yaml", names)
    yield from _repeated(filed, "districts.yaml", [[d.id] for d in filed.districts])
    yield from _repeated(filed, "leaders.yaml", [[leader.id] for leader in filed.leaders])
    yield from _repeated(filed, "leaders.yaml", [[leader.name] for leader in filed.leaders])
    for ledger in filed.ledgers:
        yield from _repeated(
            filed, ledger.key, [[str(s.number)] for s in ledger.sections], "sections"
        )
    for task in _tasks(filed):
        yield from _repeated(filed, task.key, [[c.id] for c in task.clauses], "clauses")
        yield from _repeated(filed, task.key, [[t.id] for t in task.targets], "targets")


def _leaders_are_known(filed: Filed) -> Iterator[Diagnostic]:
    leaders = [leader.name for leader in filed.leaders]
    for task in _tasks(filed):
        for at, name in enumerate(task.leaders):
            if name not in leaders:
                known = leaders if at < MOST_SUGGESTIONS else []
                yield _unknown(filed, "leader", name, known, task.key, "leaders", at)


def _units_are_known(filed: Filed) -> Iterator[Diagnostic]:
    units = _units_by_name(filed)
    for task in _tasks(filed):
        first: dict[str, str] = {}
        for at, name in enumerate(task.units):
            if name not in units:
                # Looking for what was meant is slow; nobody reads a hundred suggestions.
                known = units if at < MOST_SUGGESTIONS else {}
                yield _unknown(filed, "unit", name, known, task.key, "units", at)
            elif units[name].id in first:
                place = _place(filed, task.key, "units", at)
                yield fault("repeated-unit", place, given=name, first=first[units[name].id])
            else:
                first[units[name].id] = name
    people = {(key, p.unit) for ledger in filed.ledgers for key, p in ledger.persons}
    for key, name in sorted(people):
        if name not in units:
            yield _unknown(filed, "unit", name, units, key, "unit")


def _sections_are_known(filed: Filed) -> Iterator[Diagnostic]:
    for ledger in filed.ledgers:
        sections = {section.number for section in ledger.sections}
        for task in ledger.tasks:
            if task.section not in sections:
                place = _place(filed, task.key, "section")
                yield fault("unknown-section", place, given=task.section)


def _clauses_have_one_date(filed: Filed) -> Iterator[Diagnostic]:
    for ledger in filed.ledgers:
        seasons = {season.name for season in ledger.seasons}
        for task in ledger.tasks:
            for at, clause in enumerate(task.clauses):
                place = _place(filed, task.key, "clauses", at)
                ways = (clause.due, clause.after, clause.season)
                if sum(way is not None for way in ways) != 1 or (
                    (clause.after is None) != (clause.months is None)
                ):
                    yield fault("clause-without-date", place)
                elif clause.season and clause.season not in seasons:
                    place = _place(filed, task.key, "clauses", at, "season")
                    yield fault("unknown-season", place, given=clause.season)


def _clauses_agree_with_the_text(filed: Filed) -> Iterator[Diagnostic]:
    for ledger in filed.ledgers:
        for task in ledger.tasks:
            for at, clause in enumerate(task.clauses):
                if clause.scope and clause.scope not in task.text:
                    place = _place(filed, task.key, "clauses", at, "scope")
                    yield fault("scope-not-in-text", place, scope=clause.scope)
            expected = parse_deadline(task.deadline, ledger.year) if task.deadline else ()
            printed = [clause for clause in task.clauses if clause.origin == "deadline"]
            if expected is not None and _promises(expected) != _promises(printed):
                yield fault(
                    "deadline-differs",
                    _place(filed, task.key, "clauses"),
                    deadline=task.deadline,
                    expected="；".join(_spell(clause) for clause in expected),
                )


def _targets_are_printed(filed: Filed) -> Iterator[Diagnostic]:
    for ledger in filed.ledgers:
        numbers = {task.number for task in ledger.tasks}
        for task in ledger.tasks:
            clauses = [clause.id for clause in task.clauses]
            for at, target in enumerate(task.targets):
                if target.clause and target.clause not in clauses:
                    place = _place(filed, task.key, "targets", at, "clause")
                    yield fault("unknown-clause", place, given=target.clause)
                if target.follows and target.follows not in numbers:
                    place = _place(filed, task.key, "targets", at, "follows")
                    yield fault("unknown-task", place, given=target.follows)
                yield from _target_fault(filed, task, at, target)


def _nothing_is_unsettled(filed: Filed) -> Iterator[Diagnostic]:
    for key, index, entry in filed.unsettled:
        yield _unsettled(_place(filed, key, index, "unsettled"), entry)
    for ledger in filed.ledgers:
        for at, entry in enumerate(ledger.unsettled):
            yield _unsettled(_place(filed, ledger.key, "unsettled", at), entry)
        for task in ledger.tasks:
            for at, entry in enumerate(task.unsettled):
                yield _unsettled(_place(filed, task.key, "unsettled", at), entry)


def _locks_hold(filed: Filed) -> Iterator[Diagnostic]:
    for ledger in filed.ledgers:
        locked = {line.number: line.digest for line in ledger.lock}
        for task in ledger.tasks:
            place = _place(filed, task.key, "text")
            if task.number not in locked:
                yield fault("lock-missing", place, number=task.number, year=ledger.year)
            elif digest(task) != locked[task.number]:
                yield fault("lock-broken", place, number=task.number)


def _ledgers_are_complete(filed: Filed) -> Iterator[Diagnostic]:
    for ledger in filed.ledgers:
        numbers = {int(task.number) for task in ledger.tasks}
        if ledger.stated_count is not None and ledger.stated_count != len(numbers):
            yield fault(
                "count-mismatch",
                _place(filed, ledger.key, "stated_count"),
                stated=ledger.stated_count,
                found=len(numbers),
                which=_which(ledger, numbers),
            )
        folder = filed.documents[ledger.key].source
        for line in ledger.lock:
            if line.number not in numbers:
                path = folder.path.replace("ledger.yaml", "notice.lock")
                yield fault("lock-surplus", Place(path, line.line, 1), number=f"{line.number:03}")


RULES = (
    _identities_are_unique,
    _sections_are_known,
    _clauses_have_one_date,
    _clauses_agree_with_the_text,
    _targets_are_printed,
    _nothing_is_unsettled,
    _locks_hold,
)
# These look names up in registries that have to be whole.
RULES_OF_NAMES = (_units_are_consistent, _leaders_are_known, _units_are_known)
RULES_OF_THE_WHOLE = (_ledgers_are_complete,)


def _tasks(filed: Filed) -> Iterator[Task]:
    return (task for ledger in filed.ledgers for task in ledger.tasks)


def _units_by_name(filed: Filed) -> Mapping[str, Unit]:
    return {name: unit for unit in filed.units for name in (unit.name, *unit.aliases)}


def _place(filed: Filed, key: str, *path: str | int) -> Place:
    return filed.documents[key].place(*path)


def _unknown(
    filed: Filed, kind: str, given: str, known: Iterable[str], key: str, *path: str | int
) -> Diagnostic:
    place = _place(filed, key, *path)
    return fault(f"unknown-{kind}", place, given=given, nearest=nearest(given, known))


def _repeated(filed: Filed, key: str, ids: list[list[str]], *path: str) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for index, own in enumerate(ids):
        for id_ in own:
            if id_ in seen:
                yield fault("duplicate-id", _place(filed, key, *path, index), id=id_)
            seen.add(id_)


def _promises(clauses: Iterable[Clause]) -> list[tuple[object, ...]]:
    """What a deadline promises, without the ids that an editor chose."""
    return sorted(
        (str(c.scope or ""), c.kind, str(c.due or ""), str(c.after or ""), c.months or 0)
        for c in clauses
    )


def _spell(clause: Clause) -> str:
    when = clause.due or f"{clause.after}后{clause.months}个月"
    return f"{clause.scope or '整项'} {clause.kind} {when}"


def _target_fault(filed: Filed, task: Task, at: int, target: Target) -> Iterator[Diagnostic]:
    missing = _missing(target)
    place = _place(filed, task.key, "targets", at)
    if missing:
        yield fault("target-incomplete", place, id=target.id, missing=missing)
    elif target.value is not None and f"{target.value}{target.unit}" not in task.text:
        place = _place(filed, task.key, "targets", at, "value")
        yield fault("value-not-in-text", place, value=target.value, unit=target.unit)


def _missing(target: Target) -> str:
    if target.comparison == "follows":
        return "" if target.follows else "follows"
    if target.comparison == "external":
        return ""
    wanted = (("value", target.value), ("unit", target.unit))
    return "、".join(name for name, value in wanted if value is None)


def _unsettled(place: Place, entry: Unsettled) -> Diagnostic:
    return fault("unsettled", place, field=entry.field, reason=entry.reason)


def _which(ledger: Ledger, numbers: set[int]) -> str:
    """Name the first few numbers that are missing or beyond the stated count."""
    stated = set(range(1, (ledger.stated_count or 0) + 1))
    odd = sorted(stated ^ numbers)
    return "、".join(str(number) for number in odd[:8]) + ("……" if len(odd) > 8 else "")
