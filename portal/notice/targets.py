"""The language of figures: which numbers of a text are targets, with their verb and comparison.

Only a number with a verb of the table and a unit that counts something is proposed. Any other
number becomes a question to a person: 6个国家级经开区 is a scope, 15分钟 a standard of service.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from portal.notice.lists import parts_of
from portal.record import Clause, Comparison, Counts, Target

# Longest first, so that 新建提升 is not read as 新建.
_VERBS: dict[str, Counts] = {
    "新建改扩建": "completed",
    "新建提升": "completed",
    "再获批": "added",
    "再推出": "added",
    "获批": "added",
    "引进": "added",
    "新增": "added",
    "新建": "completed",
    "建成": "completed",
    "建好": "completed",
    "创成": "completed",
    "建设": "completed",
    "改造": "completed",
    "完成": "completed",
    "实施": "completed",
    "启动": "started",
    "推进": "advanced",
    "培育": "advanced",
    "巩固": "maintained",
    "增长": "level",
    "涨幅": "level",
    "降至": "level",
    "达到": "level",
    "突破": "level",
}
_VERB = "|".join(_VERBS)
_COMPARISONS: dict[str, Comparison] = {
    "左右": "about",
    "以上": "at-least",
    "以下": "at-most",
    "以内": "at-most",
    "突破": "at-least",
    "超过": "at-least",
    "不低于": "at-least",
    "不超过": "at-most",
}
_UNIT = "微克/立方米|[万亿]?(?:标准箱|[个家处条所人元亩户套辆件项座张吨])|公里|平方米|[%％]"
# A letter or hyphen before the digits makes them part of a name: PM2.5, Z4.
_NUMBER = r"(?<![A-Za-z0-9.\-])\d+(?:\.\d+)?"
# These follow a number that is part of a name or a rank, not an amount.
_ORDINAL = re.compile("号|期|大|[个]?(?:年|月|日)")


@dataclass(frozen=True, slots=True)
class Figures:
    """The targets proposed, and the numbers a person must decide about (empty when none)."""

    targets: tuple[Target, ...]
    doubts: tuple[str, ...]


def read_targets(text: str, clauses: tuple[Clause, ...]) -> Figures:
    """Propose targets for every amount of a text; each belongs to the clause that quotes it."""
    targets: list[Target] = []
    doubts: list[str] = []
    for phrase in re.split("[，。；]", text):
        verb = ""
        for item in parts_of(phrase, "、"):
            for number in re.finditer(_NUMBER, item):
                if _ORDINAL.match(item, number.end()):
                    continue
                found = _amount(item, number, verb)
                if found is None:
                    doubts.append(item[max(0, number.start() - 8) : number.end() + 12])
                    continue
                id_ = f"t{len(targets) + 1}"
                targets.append(_target(id_, found, _clause_of(item, clauses)))
            # A list shares the verb of its first item: 改造燃气管网650公里、供热管网800公里.
            verb = _last_verb(item) or verb
    return Figures(tuple(targets), tuple(doubts))


@dataclass(frozen=True, slots=True)
class _Amount:
    verb: str
    measure: str
    value: str
    unit: str
    comparison: Comparison


def _amount(item: str, number: re.Match[str], inherited: str) -> _Amount | None:
    """Read verb, measure and comparison around one number of a phrase."""
    unit = re.compile(_UNIT).match(item, number.end())
    if not unit:
        return None
    before, after = item[: number.start()], item[unit.end() :]
    limit = re.match("|".join(_COMPARISONS), after)
    after = after[limit.end() :] if limit else after
    verb = _last_verb(before) or inherited
    comparison = _COMPARISONS.get(limit.group() if limit else verb, "exactly")
    measure = _measure(before, after, verb)
    if not measure or (not verb and not limit):
        return None
    return _Amount(verb, measure, number.group(), unit.group(), comparison)


def _last_verb(text: str) -> str:
    found = re.findall(_VERB, text)
    return found[-1] if found else ""


def _measure(before: str, after: str, verb: str) -> str:
    """What is counted: the words after the number, or those between the verb and it."""
    if after:
        return after
    head, _, tail = before.rpartition(verb) if verb else ("", "", before)
    return tail.strip() or head.strip()


def _target(id_: str, amount: _Amount, clause: str | None) -> Target:
    return Target(
        id=id_,
        clause=clause,
        measure=amount.measure,
        value=Decimal(amount.value),
        unit=amount.unit,
        comparison=amount.comparison,
        verb=amount.verb or None,
        counts=_VERBS.get(amount.verb, "level"),
        follows=None,
    )


def _clause_of(item: str, clauses: tuple[Clause, ...]) -> str | None:
    scoped = [c.id for c in clauses if c.scope and _quotes(item, c.scope)]
    whole = [c.id for c in clauses if not c.scope]
    return next(iter(scoped + whole), None)


def _quotes(item: str, scope: str) -> bool:
    return any(part in item or item in part for part in re.split("[，、]", scope) if part)


def body_seasons(text: str) -> Iterator[tuple[str, str]]:
    """Yield (season, phrase) for every time of year that a text names without a date."""
    for phrase in re.split("[，。；]", text):
        found = re.search("汛前|汛期前|入汛前|供暖季前|采暖季前|入冬前|春耕前", phrase)
        if found:
            yield found.group(), phrase


def remarks(text: str) -> tuple[str, ...]:
    """The words of a text that speak of time without a date."""
    return tuple(dict.fromkeys(re.findall("尽早|尽快|分年度|分步骤|分期分批", text)))
