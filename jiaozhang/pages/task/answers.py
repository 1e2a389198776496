"""How far a task is: the three questions, its nodes, its figures, and what was changed when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.known import known_blockers
from jiaozhang.derive.measure import DerivedTarget
from jiaozhang.derive.schedule import DerivedClause, Lapse
from jiaozhang.ledger.events import Node
from jiaozhang.ledger.settings import Tone
from jiaozhang.pages.core.marks import Mark
from jiaozhang.pages.core.seals import SEALS
from jiaozhang.pages.core.timeline_entry import Entry
from jiaozhang.wording import clause_sentences, sentences, target_sentences, words

_HISTORY = ("调整", "更正", "撤回", "销号", "重新办理")


@dataclass(frozen=True, slots=True)
class Question:
    """单位怎么说, 证据显示, 对照时间: asked apart, never merged into one."""

    question: str
    answer: str
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class NodeStep:
    text: str
    planned: str
    actual: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class ClauseRow:
    mark: int
    named: bool
    scope: str
    promise: str
    due: str
    was: tuple[str, ...]
    state: Mark
    why: str
    origin: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    name: str
    amount: str
    was: tuple[str, ...]
    counts: str
    mark: int | None
    measured: str
    pace: str
    verdict: str


def questions(year: DerivedYear, one: DerivedTask) -> tuple[Question, ...]:
    says, said_why = sentences.says(year, one)
    shows, shown_why = sentences.shows(year, one)
    when, when_why = sentences.calendar(year, one)
    return (
        Question("单位怎么说", says, said_why, "照录单位报送的说法，本站不改。"),
        Question("证据显示", shows, shown_why, "只看查得到出处的记载、数据、节点和核实。"),
        Question("对照时间", when, when_why, "只拿日期和计划比，不代表做没做成。"),
    )


def node_steps(year: DerivedYear, one: DerivedTask) -> tuple[NodeStep, ...]:
    """The planned steps in the order of their days."""
    return tuple(
        NodeStep(
            node.text,
            node.planned.isoformat(),
            node.actual.isoformat() if node.actual else "",
            _node_mark(year, one, node),
        )
        for node in sorted(one.own.nodes, key=lambda node: (node.planned, node.id))
    )


def _node_mark(year: DerivedYear, one: DerivedTask, node: Node) -> Mark:
    """A node's own state: what is not recorded is late only where nothing is hidden."""
    if node.actual:
        return Mark("已完成", "tick", "done")
    if node in one.standing.late:
        if year.is_whole:
            return Mark("未按计划完成", "down", "watch")
        return Mark(sentences.unseen_node(), "dashed-triangle", "mute")
    if node.planned < year.as_of:
        return Mark("计划日已过", "hourglass", "mute")
    return Mark("未到计划日", "circle", "mute")


def clause_rows(year: DerivedYear, one: DerivedTask) -> tuple[ClauseRow, ...]:
    return tuple(_clause_row(year, clause) for clause in one.clauses)


def target_rows(one: DerivedTask) -> tuple[TargetRow, ...]:
    marks = {c.clause.id: c.mark for c in one.clauses}
    return tuple(_target_row(t, marks.get(t.target.clause or "")) for t in one.targets)


def history(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """What was changed, settled or taken back, newest first."""
    return tuple(entry for entry in entries if entry.kind in _HISTORY)


def inside_notes(derived: Derived, year: DerivedYear, one: DerivedTask) -> Iterator[str]:
    """Blockers of a task, where the record knows them."""
    for blocker in known_blockers(derived.record, year.ledger.year, year.as_of):
        if blocker.task == one.task.number:
            answer = f"答复：{blocker.answer}" if blocker.answer else ""
            yield (
                f"{blocker.state}：{blocker.text}（{blocker.raised_by}提出，需要{blocker.needs}，"
                f"{words.full_day(blocker.since)}起）{answer}"
            )


def waiting_notes(derived: Derived, year: DerivedYear, one: DerivedTask) -> Iterator[str]:
    """What of a task waits for its review, where the record knows it."""
    internal = derived.record.internal
    for seal in internal.seals if internal else ():
        is_own = (seal.year, seal.task) == (year.ledger.year, one.task.number)
        if is_own and seal.state in ("pending", "void"):
            left = f"，还差{'、'.join(seal.left)}" if seal.left else ""
            yield f"{SEALS[seal.state]}：{seal.name}（{seal.subject}）{left}"


def _clause_row(year: DerivedYear, derived: DerivedClause) -> ClauseRow:
    clause = derived.clause
    state, why = _state(year, derived)
    return ClauseRow(
        mark=derived.mark,
        named=clause.scope is not None,
        scope=clause.scope or "全项",
        promise=words.KIND[clause.kind],
        due=derived.due.isoformat() if derived.due else words.when(derived, year.ledger.year),
        was=tuple(amendment.old for amendment in derived.amendments),
        state=state,
        why=why,
        origin=clause.origin,
    )


def _state(year: DerivedYear, derived: DerivedClause) -> tuple[Mark, str]:
    """A clause's own state. Who does not report is not called late."""
    event = derived.event
    if event and derived.settlement == "closed":
        return Mark("已销号", "seal", "done"), f"{event.on.isoformat()} {event.by}"
    if event:
        return Mark("重新办理", "ring", "watch"), f"{event.on.isoformat()} {event.ground}"
    counted = derived.trigger
    why = f"从{counted.on.isoformat()}起算，{counted.document}" if counted else ""
    if derived.lapse:
        shape, tone = _LAPSES[derived.lapse]
        hint = "没有销号的记录" if derived.lapse == "late" and not derived.is_shown_open else ""
        return Mark(clause_sentences.LAPSE[derived.lapse], shape, tone), why or hint
    shapes = {"not-due": "circle", "pending": "dashed-diamond", "undated": "leaf"}
    return Mark(words.TIMING[derived.timing], shapes[derived.timing], "mute"), why


_LAPSES: Mapping[Lapse, tuple[str, Tone]] = {
    "silent": ("leaf", "ink"),
    "waiting": ("hourglass", "mute"),
    "unseen": ("dashed-square", "mute"),
    "late": ("diamond", "late"),
}


def _target_row(derived: DerivedTarget, mark: int | None) -> TargetRow:
    target = derived.target
    judgement = derived.judgement
    return TargetRow(
        name=words.target_name(target),
        amount=words.amount(target, derived.goal, derived.upper),
        was=tuple(f"{a.old}{target.unit or ''}" for a in derived.amendments),
        counts=words.COUNTS[target.counts],
        mark=mark,
        measured=target_sentences.measured(derived),
        pace=target_sentences.PACE[derived.pace] if derived.pace and not judgement else "",
        verdict=f"{judgement.by}认定：{judgement.verdict}（{judgement.document}）"
        if judgement
        else "",
    )
