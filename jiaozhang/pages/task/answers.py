"""A task's progress: the three questions, nodes, figures and changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.known import known_blockers
from jiaozhang.derive.measure import DerivedTarget
from jiaozhang.derive.schedule import DerivedClause, Lapse
from jiaozhang.ledger.events import Milestone, Trigger
from jiaozhang.ledger.public import Origin, Seal
from jiaozhang.ledger.settings import Tone
from jiaozhang.pages.core.marks import Mark
from jiaozhang.pages.core.seals import SEALS
from jiaozhang.pages.core.timeline_entry import EntryKind, TimelineEntry
from jiaozhang.wording import clause_sentences, sentences, target_sentences, words
from jiaozhang.wording.catalogue import gettext
from jiaozhang.wording.joining import join_list, join_sentences, labelled

_HISTORY: tuple[EntryKind, ...] = (
    "amendment",
    "correction",
    "replacement",
    "outdated",
    "withdrawal",
    "closure",
    "reopening",
)


@dataclass(frozen=True, slots=True)
class Question:
    """One of 单位怎么说, 证据显示, 对照时间: shown separately, never merged.

    `is_quiet`: there is nothing to answer with.
    """

    question: str
    answer: str
    why: str
    is_quiet: bool = False


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
    origin: Origin


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
    is_asked = year.ledger.reporting != "none" or bool(one.standing.reports)
    return (
        Question(gettext("What do the units say?"), says, said_why, not is_asked),
        Question(gettext("What does the evidence show?"), shows, shown_why),
        Question(gettext("What does the calendar say?"), when, when_why),
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


def _node_mark(year: DerivedYear, one: DerivedTask, node: Milestone) -> Mark:
    """A node's state: a missing completion counts as late only in an unfiltered record."""
    if node.actual:
        return Mark(gettext("Reached"), "tick", "done")
    if node in one.standing.late:
        if year.is_whole:
            return Mark(gettext("Not reached as planned"), "down", "watch")
        return Mark(sentences.unseen_node(), "dashed-triangle", "mute")
    if node.planned < year.as_of:
        return Mark(gettext("Planned day passed"), "hourglass", "mute")
    return Mark(gettext("Planned day to come"), "circle", "mute")


def clause_rows(year: DerivedYear, one: DerivedTask) -> tuple[ClauseRow, ...]:
    return tuple(_clause_row(year, clause) for clause in one.clauses)


def target_rows(year: DerivedYear, one: DerivedTask) -> tuple[TargetRow, ...]:
    """The targets of a task; only where units report is there a plan to measure them by."""
    marks = {c.clause.id: c.mark for c in one.clauses}
    has_plans = year.ledger.reporting != "none"
    return tuple(_target_row(t, marks.get(t.target.clause or ""), has_plans) for t in one.targets)


def history(entries: tuple[TimelineEntry, ...]) -> tuple[TimelineEntry, ...]:
    """Changes, closures and withdrawals, newest first."""
    return tuple(entry for entry in entries if entry.symbol in _HISTORY)


def inside_notes(derived: Derived, year: DerivedYear, one: DerivedTask) -> Iterator[str]:
    """Blockers of a task, in the intranet."""
    for blocker in known_blockers(derived.record, year.ledger.year, year.as_of):
        if blocker.task == one.task.number:
            said = gettext(
                "{state}: {text} (raised by {unit}, needs {needs}, since {day})",
                state=words.BLOCKER[blocker.state],
                text=blocker.text,
                unit=blocker.raised_by,
                needs=blocker.needs,
                day=words.full_day(blocker.since),
            )
            answer = labelled(gettext("Answer"), blocker.answer) if blocker.answer else ""
            yield join_sentences(said, answer)


def waiting_notes(derived: Derived, year: DerivedYear, one: DerivedTask) -> Iterator[str]:
    """A task's records that wait for review, in the intranet."""
    internal = derived.record.internal
    for seal in internal.seals if internal else ():
        is_own = (seal.year, seal.task) == (year.ledger.year, one.task.number)
        if is_own and seal.state in ("pending", "void"):
            yield _waiting(seal)


def _waiting(seal: Seal) -> str:
    state, name = SEALS[seal.state], words.REVIEWED[seal.kind]
    left = words.step_names(seal.left)
    if not left:
        return gettext(
            "{state}: {record} ({address})", state=state, record=name, address=seal.subject
        )
    return gettext(
        "{state}: {record} ({address}), still needs {steps}",
        state=state,
        record=name,
        address=seal.subject,
        steps=join_list(left),
    )


def _clause_row(year: DerivedYear, derived: DerivedClause) -> ClauseRow:
    clause = derived.clause
    state, why = _state(year, derived)
    return ClauseRow(
        mark=derived.mark,
        named=clause.scope is not None,
        scope=clause.scope or gettext("Whole task"),
        promise=words.KIND[clause.kind],
        due=derived.due.isoformat() if derived.due else words.when(derived, year.ledger.year),
        was=tuple(amendment.old for amendment in derived.amendments),
        state=state,
        why=why,
        origin=clause.origin,
    )


def _state(year: DerivedYear, derived: DerivedClause) -> tuple[Mark, str]:
    """A clause's state. Where units do not report, it is never called late."""
    event = derived.event
    if event and derived.settlement == "closed":
        return Mark(gettext("Closed"), "seal", "done"), f"{event.on.isoformat()} {event.by}"
    if event:
        return Mark(gettext("Reopened"), "ring", "watch"), f"{event.on.isoformat()} {event.ground}"
    counted = derived.trigger
    why = _counted_from(counted) if counted else ""
    if derived.lapse:
        shape, tone = _LAPSES[derived.lapse]
        is_unsettled = derived.lapse == "late" and not derived.is_shown_open
        hint = gettext("No record of a closure") if is_unsettled else ""
        return Mark(clause_sentences.LAPSE[derived.lapse], shape, tone), why or hint
    shapes = {"not-due": "circle", "pending": "dashed-diamond", "undated": "leaf"}
    return Mark(words.TIMING[derived.timing], shapes[derived.timing], "mute"), why


def _counted_from(trigger: Trigger) -> str:
    day = trigger.on.isoformat()
    return gettext("Counted from {day}, {document}", day=day, document=trigger.document)


_LAPSES: Mapping[Lapse, tuple[str, Tone]] = {
    "silent": ("leaf", "ink"),
    "waiting": ("hourglass", "mute"),
    "unseen": ("dashed-square", "mute"),
    "late": ("diamond", "late"),
}


def _target_row(derived: DerivedTarget, mark: int | None, has_plans: bool) -> TargetRow:
    target = derived.target
    judgement = derived.judgement
    return TargetRow(
        name=words.target_name(target),
        amount=words.amount(target, derived.goal, derived.upper),
        was=tuple(f"{a.old}{target.unit or ''}" for a in derived.amendments),
        counts=words.COUNTS[target.counts],
        mark=mark,
        measured=target_sentences.measured(derived) if has_plans else "",
        pace=target_sentences.PACE[derived.pace] if derived.pace and not judgement else "",
        verdict=target_sentences.judged(judgement) if judgement else "",
    )
