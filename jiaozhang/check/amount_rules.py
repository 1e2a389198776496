"""Rules for amounts: counts are not negative, and targets are not trivially met.

Unit and name determine the range of a number: growth rates and balances may be negative, a number
of enterprises may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jiaozhang.faults.diagnostic import Diagnostic, fault
from jiaozhang.ledger.events import Amendment, Note, TargetPlan
from jiaozhang.ledger.filed import Filed, FiledLedger, FiledTask, Kept
from jiaozhang.ledger.public import Counts, Inspection, Target

# Words for quantities that may be negative: changes, balances, levels with a zero of their own.
_TWO_WAY = re.compile(
    "增长|增速|增幅|增减|净(?:增|减|流|迁|利|值|出|进|投|资产)|同比|环比|[比较]上[年季月]|变化|变动|"
    "[涨跌降]幅|涨跌|减少|下降|降低|回落|压减|提升|提高|上升|差额|差值|[顺逆温]差|利润|盈[利余亏]|亏损|"
    "收益|结余|气温|温度|水位|高程|海拔"
)
# The subset of these words that applies to units of counting.
_NET = re.compile("净|增减|增长|同比|环比|[比较]上[年季月]|变化|变动|减少|下降|差额|差值")
_THINGS = re.compile(
    "[万亿千百]*[个家户人名位项件所座栋幢台辆架艘列份宗起支只头株棵场处条次期套村]次?"
)
# A share is not negative, whatever its unit.
_SHARE = re.compile("率(?!先|领)|占比|比重|比例|覆盖|达标|合格|完成度|进度|强度")
_RATES = re.compile("[%％‰]")
_ANY_SIGN = re.compile("百分点|千分点|℃|°C|摄氏度")
_DONE: frozenset[Counts] = frozenset(("completed", "started", "advanced"))


@dataclass(frozen=True, slots=True)
class CheckedAmount:
    """A number in a file: its name and unit, its place, and its target if it has one."""

    value: Decimal
    unit: str
    name: str
    target: Target | None
    key: str
    path: tuple[str | int, ...]


def amounts_are_possible(filed: Filed) -> Iterator[Diagnostic]:
    """Report impossible numbers of targets, figures, plans, amendments and inspections."""
    for one in _amounts(filed):
        place = filed.documents[one.key].place(*one.path)
        if one.value < 0 and not _may_be_negative(one.unit, one.name, one.target):
            yield fault("below-zero", place, given=f"{one.value}{one.unit}", what=one.name)
    for task, at, target in _targets(filed):
        if target.value == 0 and _promises_nothing(target):
            place = filed.documents[task.key].place("targets", at, "value")
            yield fault("zero-target", place, given=f"0{target.unit}")


def _may_be_negative(unit: str, name: str, target: Target | None) -> bool:
    """Tell whether a number with this unit and name, or of this target, may be negative."""
    if target is not None and target.counts in _DONE:
        return False
    words = name if target is None else f"{name} {_words(target)}"
    if _THINGS.fullmatch(unit):
        return bool(_NET.search(words))
    if _TWO_WAY.search(words) or _ANY_SIGN.search(unit):
        return True
    return bool(_RATES.search(unit)) and not _SHARE.search(words)


def _promises_nothing(target: Target) -> bool:
    """Tell whether every outcome meets the target. "No more than 0 added" is a real promise."""
    if target.counts in _DONE:
        return target.comparison in ("about", "at-least", "exactly")
    if target.counts == "added":
        return target.comparison in ("about", "at-least")
    is_floor = target.comparison == "at-least"
    return is_floor and not _may_be_negative(target.unit or "", target.measure, target)


def _words(target: Target) -> str:
    return f"{target.verb or ''}{target.measure}"


def _amounts(filed: Filed) -> Iterator[CheckedAmount]:
    for task, at, target in _targets(filed):
        for field in ("value", "upper", "base"):
            value: Decimal | None = getattr(target, field)
            if value is not None:
                yield _of_target(value, target, task.key, ("targets", at, field))
    for ledger in filed.ledgers:
        for kept in ledger.kept:
            yield from _of_record(kept, ledger)


def _targets(filed: Filed) -> Iterator[tuple[FiledTask, int, Target]]:
    for ledger in filed.ledgers:
        for task in ledger.tasks:
            yield from ((task, at, target) for at, target in enumerate(task.public.targets))


def _of_target(
    value: Decimal, target: Target, key: str, path: tuple[str | int, ...]
) -> CheckedAmount:
    return CheckedAmount(value, target.unit or "", target.measure, target, key, path)


def _of_record(kept: Kept, ledger: FiledLedger) -> Iterator[CheckedAmount]:
    fact = kept.fact
    if isinstance(fact, Note):
        yield from _of_note(fact, kept, ledger)
    elif isinstance(fact, Inspection):
        for at, differs in enumerate(fact.differs):
            for field, value in (("reported", differs.reported), ("found", differs.found)):
                path = (*kept.path, "differs", at, field)
                yield CheckedAmount(value, differs.unit, differs.name, None, kept.key, path)
    elif isinstance(fact, (TargetPlan, Amendment)):
        goal = _target_of(ledger, fact.task, fact.target)
        if goal is not None:
            numbers = _steps(fact) if isinstance(fact, TargetPlan) else _changed(fact)
            for inner, value in numbers:
                yield _of_target(value, goal, kept.key, (*kept.path, *inner))


def _of_note(note: Note, kept: Kept, ledger: FiledLedger) -> Iterator[CheckedAmount]:
    for at, own in enumerate(note.figures):
        goal = _target_of(ledger, note.task, own.target)
        path = (*kept.path, "figures", at, "value")
        yield CheckedAmount(own.value, own.unit, own.name, goal, kept.key, path)


def _steps(plan: TargetPlan) -> Iterator[tuple[Sequence[str | int], Decimal]]:
    for at, step in enumerate(plan.steps):
        yield ("steps", at, "value"), step.value


def _changed(amendment: Amendment) -> Iterator[tuple[Sequence[str | int], Decimal]]:
    for field, text in (("old", amendment.old), ("new", amendment.new)):
        if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
            yield (field,), Decimal(text)


def _target_of(ledger: FiledLedger, task: int | None, id_: str | None) -> Target | None:
    tasks = (one for one in ledger.tasks if one.public.number == task)
    return next((goal for own in tasks for goal in own.public.targets if goal.id == id_), None)
