"""Rules for what was promised: tasks, clauses, targets, and the lock on their texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.ledger.filed import Filed, FiledLedger, FiledTask, Unsettled
from jiaozhang.ledger.public import Clause, Comparison, Target
from jiaozhang.notice.amounts import PARTS_A_RANGE, amounts_of, is_printed
from jiaozhang.notice.deadline_grammar import parse_deadline
from jiaozhang.notice.limit_words import PARTS_A_FALL, read_limits
from jiaozhang.notice.text_lock import digest


def _ids_are_unique(filed: Filed) -> Iterator[Diagnostic]:
    for ledger in filed.ledgers:
        yield from _repeated(
            filed, ledger.key, [[str(s.number)] for s in ledger.sections], "sections"
        )
    for task in _tasks(filed):
        yield from _repeated(filed, task.key, [[c.id] for c in task.public.clauses], "clauses")
        yield from _repeated(filed, task.key, [[t.id] for t in task.public.targets], "targets")


def _somebody_answers(filed: Filed) -> Iterator[Diagnostic]:
    for task in _tasks(filed):
        if not task.public.units:
            yield fault("empty-value", _place_in(filed, task.key, "units"))


def _sections_are_known(filed: Filed) -> Iterator[Diagnostic]:
    for ledger in filed.ledgers:
        sections = {section.number for section in ledger.sections}
        for task in ledger.tasks:
            if task.public.section not in sections:
                place = _place_in(filed, task.key, "section")
                yield fault("unknown-section", place, given=task.public.section)


def _clauses_have_one_date(filed: Filed) -> Iterator[Diagnostic]:
    for ledger in filed.ledgers:
        seasons = {season.name for season in ledger.seasons}
        for task in ledger.tasks:
            for at, clause in enumerate(task.public.clauses):
                place = _place_in(filed, task.key, "clauses", at)
                if clause.season and clause.season not in seasons:
                    place = _place_in(filed, task.key, "clauses", at, "season")
                    yield fault("unknown-season", place, given=clause.season)
                elif not _has_one_date(ledger, clause):
                    yield fault("clause-without-date", place)


def _has_one_date(ledger: FiledLedger, clause: Clause) -> bool:
    ways = (clause.due, clause.after, clause.season)
    is_season = clause.season is None or clause.season in [s.name for s in ledger.seasons]
    has_wait = (clause.after is None) == (clause.months is None)
    return is_season and has_wait and sum(way is not None for way in ways) == 1


def _clauses_agree_with_the_text(filed: Filed) -> Iterator[Diagnostic]:
    for ledger in filed.ledgers:
        for task in ledger.tasks:
            strange = [
                c for c in task.public.clauses if c.scope and c.scope not in task.public.text
            ]
            for clause in strange:
                at = task.public.clauses.index(clause)
                place = _place_in(filed, task.key, "clauses", at, "scope")
                yield fault("scope-not-in-text", place, scope=clause.scope)
            if strange or any(not _has_one_date(ledger, clause) for clause in task.public.clauses):
                continue  # reported already; comparing would repeat it
            expected = (
                parse_deadline(task.public.deadline, ledger.year) if task.public.deadline else ()
            )
            printed = [clause for clause in task.public.clauses if clause.origin == "deadline"]
            if expected is not None and _promises(expected) != _promises(printed):
                yield fault(
                    "deadline-differs",
                    _place_in(filed, task.key, "clauses"),
                    deadline=task.public.deadline,
                    expected="；".join(_spell(clause, "整项") for clause in expected),
                    expected_en="; ".join(_spell(clause, "(all)") for clause in expected),
                )


def _targets_are_printed(filed: Filed) -> Iterator[Diagnostic]:
    for ledger in filed.ledgers:
        numbers = {task.public.number for task in ledger.tasks}
        for task in ledger.tasks:
            clauses = [clause.id for clause in task.public.clauses]
            for at, target in enumerate(task.public.targets):
                if target.clause and target.clause not in clauses:
                    place = _place_in(filed, task.key, "targets", at, "clause")
                    yield fault("unknown-clause", place, given=target.clause)
                if target.follows and target.follows not in numbers:
                    place = _place_in(filed, task.key, "targets", at, "follows")
                    yield fault("unknown-task", place, given=target.follows)
                yield from _target_fault(filed, task, at, target)


def _nothing_is_unsettled(filed: Filed) -> Iterator[Diagnostic]:
    for key, index, entry in filed.unsettled:
        yield _unsettled(_place_in(filed, key, index, "unsettled"), entry)
    for ledger in filed.ledgers:
        for at, entry in enumerate(ledger.unsettled):
            yield _unsettled(_place_in(filed, ledger.key, "unsettled", at), entry)
        for task in ledger.tasks:
            for at, entry in enumerate(task.unsettled):
                yield _unsettled(_place_in(filed, task.key, "unsettled", at), entry)


def _locks_hold(filed: Filed) -> Iterator[Diagnostic]:
    for ledger in filed.ledgers:
        locked = {line.number: line.digest for line in ledger.lock}
        if ledger.tasks and not ledger.lock:
            # One fault for the file, not one for each of its lines.
            yield fault("no-lock", Place(_lock_of(filed, ledger)), year=ledger.year)
            continue
        for task in ledger.tasks:
            place = _place_in(filed, task.key, "text")
            if task.public.number not in locked:
                yield fault("lock-missing", place, number=task.public.number, year=ledger.year)
            elif digest(task.public) != locked[task.public.number]:
                yield fault("lock-broken", place, number=task.public.number)
        numbers = [line.number for line in ledger.lock]
        for at, line in enumerate(ledger.lock):
            if line.number in numbers[:at]:
                place = Place(_lock_of(filed, ledger), line.line, 1)
                yield fault("duplicate-id", place, id=f"{line.number:03}")


def _lock_of(filed: Filed, ledger: FiledLedger) -> str:
    return filed.documents[ledger.key].source.path.replace("ledger.yaml", "notice.lock")


def _ledgers_are_complete(filed: Filed) -> Iterator[Diagnostic]:
    for ledger in filed.ledgers:
        numbers = {int(task.public.number) for task in ledger.tasks}
        stated = ledger.stated_count
        if stated is not None and stated != len(numbers):
            yield fault(
                "count-mismatch",
                _place_in(filed, ledger.key, "stated_count"),
                stated=stated,
                found=len(numbers),
                which=_which(stated, numbers),
            )
        for line in ledger.lock:
            if line.number not in numbers:
                place = Place(_lock_of(filed, ledger), line.line, 1)
                yield fault("lock-surplus", place, number=f"{line.number:03}")


RULES = (
    _somebody_answers,
    _ids_are_unique,
    _sections_are_known,
    _clauses_have_one_date,
    _clauses_agree_with_the_text,
    _targets_are_printed,
    _nothing_is_unsettled,
    _locks_hold,
    _ledgers_are_complete,
)


def _tasks(filed: Filed) -> Iterator[FiledTask]:
    return (task for ledger in filed.ledgers for task in ledger.tasks)


def _place_in(filed: Filed, key: str, *path: str | int) -> Place:
    return filed.documents[key].place(*path)


def _repeated(filed: Filed, key: str, ids: list[list[str]], *path: str) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for index, own in enumerate(ids):
        for id_ in own:
            if id_ in seen:
                yield fault("duplicate-id", _place_in(filed, key, *path, index), id=id_)
            seen.add(id_)


def _promises(clauses: Iterable[Clause]) -> list[tuple[object, ...]]:
    """A comparable value of each deadline, without the ids chosen by the editor."""
    return sorted(
        (str(c.scope or ""), c.kind, str(c.due or ""), str(c.after or ""), str(c.months or ""))
        for c in clauses
    )


def _spell(clause: Clause, whole: str) -> str:
    when = clause.due or f"{clause.after} + {clause.months}"
    return f"{clause.scope or whole} {clause.kind} {when}"


def _target_fault(filed: Filed, task: FiledTask, at: int, target: Target) -> Iterator[Diagnostic]:
    missing = _missing(target)
    place = _place_in(filed, task.key, "targets", at)
    if missing:
        yield fault("target-incomplete", place, id=target.id, missing=missing)
        return
    if surplus := _surplus(target):
        yield fault("target-surplus", place, id=target.id, surplus=surplus)
        return
    if target.upper is not None and target.value is not None and target.upper <= target.value:
        place = _place_in(filed, task.key, "targets", at, "upper")
        yield fault("range-order", place, lower=target.value, upper=target.upper)
        return
    if target.base is not None and target.value is not None and target.base <= target.value:
        place = _place_in(filed, task.key, "targets", at, "base")
        yield fault("base-not-above", place, base=target.base, value=target.value)
    for field, value, other, parted in _printed(target):
        if not is_printed(value, target.unit or "", task.public.text, other, parted):
            place = _place_in(filed, task.key, "targets", at, field)
            yield fault("value-not-in-text", place, value=value, unit=target.unit)
    said = _said_comparisons(target, task.public.text)
    if said and target.comparison not in said:
        place = _place_in(filed, task.key, "targets", at, "comparison")
        nearest = " 或 ".join(sorted(said))
        yield fault("comparison-differs", place, given=target.comparison, nearest=nearest)


def _said_comparisons(target: Target, text: str) -> set[Comparison]:
    """The comparisons stated next to a target's number; empty if one of its numbers has none."""
    said: set[Comparison] = set()
    for phrase in re.split("[，。；]", text):
        for amount in amounts_of(phrase):
            if (amount.value, amount.upper, amount.unit) != (
                target.value,
                target.upper,
                target.unit,
            ):
                continue
            around = phrase[: amount.start], phrase[amount.end :]
            limits = read_limits(*around, amount.upper is not None)
            if limits.comparison is None or not limits.is_said:
                return set()
            said.add(limits.comparison)
    return said


def _printed(target: Target) -> Iterator[tuple[str, Decimal, Decimal | None, str]]:
    """The values that the text must contain: field, value, the value whose unit it shares, unit."""
    if target.value is not None:
        yield "value", target.value, target.upper, PARTS_A_RANGE
    if target.upper is not None:
        yield "upper", target.upper, None, ""
    if target.base is not None:
        yield "base", target.base, target.value, PARTS_A_FALL


def _surplus(target: Target) -> str:
    """The fields that contradict the target's comparison."""
    allowed = _FIELDS_OF.get(target.comparison, ("value", "unit"))
    own = {
        "value": target.value,
        "unit": target.unit,
        "upper": target.upper,
        "base": target.base,
        "follows": target.follows,
    }
    return ", ".join(
        name for name, value in own.items() if value is not None and name not in allowed
    )


# The fields allowed for a comparison; the others have a value with a unit.
_FIELDS_OF: Mapping[Comparison, tuple[str, ...]] = {
    "follows": ("follows",),
    "external": (),
    "between": ("value", "unit", "upper"),
    "at-most": ("value", "unit", "base"),
}


def _missing(target: Target) -> str:
    if target.comparison == "follows":
        return "" if target.follows else "follows"
    if target.comparison == "external":
        return ""
    wanted = [("value", target.value), ("unit", target.unit)]
    if target.comparison == "between":
        wanted.append(("upper", target.upper))
    return ", ".join(name for name, value in wanted if value is None)


def _unsettled(place: Place, entry: Unsettled) -> Diagnostic:
    return fault("unsettled", place, field=entry.field, reason=entry.reason)


def _which(stated: int, numbers: set[int]) -> str:
    """List the first few numbers that are missing or exceed the stated count."""
    odd = sorted(set(range(1, stated + 1)) ^ numbers)
    return ", ".join(str(number) for number in odd[:8]) + ("……" if len(odd) > 8 else "")
