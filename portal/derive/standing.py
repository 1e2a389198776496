"""进展状态: what is said, shown and scheduled of a task, kept apart; and one published rule table.

The first rule that holds gives the headline word. Disagreement between the parts is shown, not
averaged. The rules are code; their words, shapes and colours are configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from portal.derive.measure import DerivedTarget, Pace
from portal.derive.rhythm import Owed
from portal.derive.schedule import DerivedClause, Timing
from portal.progress import Declared, Node, Note, Verification
from portal.record import Reporting
from portal.settings import StandingKey

Evidence = Literal["none", "record", "figure", "node", "checked", "verified", "partly", "disputed"]
Closing = Literal["open", "partly", "closed", "reopened"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a task stands on a day: the headline `key`, and the five parts it comes from.

    `reports` holds each unit's latest report; `declared` their status when they agree; `timing`
    is that of the nearest open clause, `nearest` its day; `late` the nodes that should be done.
    """

    key: StandingKey
    reports: tuple[Note, ...]
    declared: Declared | None
    evidence: Evidence
    records: int
    latest: Note | None
    timing: Timing
    nearest: date | None
    is_soon: bool
    is_overdue: bool
    pace: Pace | None
    late: tuple[Node, ...]
    owed: tuple[Owed, ...]
    closing: Closing


@dataclass(frozen=True, slots=True)
class Parts:
    """What is known of one task, before a word is found for it."""

    reporting: Reporting
    clauses: tuple[DerivedClause, ...]
    targets: tuple[DerivedTarget, ...]
    nodes: tuple[Node, ...]
    notes: tuple[Note, ...]
    verifications: tuple[Verification, ...]
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the rule table: when it holds, and whether it serves ledgers whose units report
    (`reporting`) and those that only collect what was published (`silent`)."""

    key: StandingKey
    reporting: bool
    silent: bool
    holds: Callable[[Standing], bool]


# The first that holds gives the word; the last row of each kind always holds.
RULES: tuple[Rule, ...] = (
    Rule("reopened", True, True, lambda s: s.closing == "reopened"),
    Rule("closed", True, True, lambda s: s.closing == "closed"),
    Rule("disputed", True, True, lambda s: s.evidence == "disputed"),
    Rule("unjudged", True, False, lambda s: s.is_overdue and s.pace == "unjudged"),
    Rule("overdue", True, False, lambda s: s.is_overdue),
    Rule("behind", True, False, lambda s: s.pace == "behind"),
    Rule("reported-done", True, False, lambda s: s.declared == "已完成"),
    Rule("unreported", True, False, lambda s: bool(s.owed)),
    Rule("soon", True, False, lambda s: s.is_soon),
    Rule("ahead", True, False, lambda s: s.pace == "ahead"),
    Rule("on-plan", True, False, lambda s: s.pace == "on-plan"),
    Rule("recorded", False, True, lambda s: s.records > 0),
    Rule("unrecorded", False, True, lambda s: True),
    Rule("pending", True, False, lambda s: s.timing == "pending"),
    Rule("undated", True, False, lambda s: s.timing == "undated"),
    Rule("not-due", True, False, lambda s: True),
)


def standing_of(parts: Parts, as_of: date, soon_days: int) -> Standing:
    """Derive where a task stands; the rule table gives the word."""
    reports = _latest_reports(parts.notes)
    declared = {report.status for report in reports}
    late = tuple(n for n in parts.nodes if n.actual is None and n.planned < as_of)
    open_ = [c for c in parts.clauses if c.settlement != "closed"]
    nearest = min((c.due for c in open_ if c.due and c.timing == "not-due"), default=None)
    reports_ = parts.reporting != "none"
    plain = Standing(
        key="not-due",
        reports=reports,
        declared=declared.pop() if len(declared) == 1 else None,
        evidence=_evidence(parts),
        records=len(parts.notes),
        latest=max(parts.notes, key=lambda n: (n.on, n.known, n.id), default=None),
        timing=_timing(open_ or list(parts.clauses)),
        nearest=nearest,
        is_soon=reports_ and nearest is not None and (nearest - as_of).days <= soon_days,
        is_overdue=reports_ and any(c.is_overdue for c in parts.clauses),
        pace=_pace(parts, late, as_of) if reports_ else None,
        late=late if reports_ else (),
        owed=parts.owed,
        closing=_closing(parts.clauses),
    )
    return replace(plain, key=next(r.key for r in rules_for(parts.reporting) if r.holds(plain)))


def rules_for(reporting: Reporting) -> tuple[Rule, ...]:
    """The rules that serve a kind of ledger, in their order."""
    return tuple(r for r in RULES if (r.silent if reporting == "none" else r.reporting))


def _latest_reports(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Each unit's report on the latest period, in order of the units' first reports."""
    latest: dict[str, Note] = {}
    for note in notes:
        if note.origin == "report" and note.unit:
            held = latest.get(note.unit)
            if held is None or (note.period or "") >= (held.period or ""):
                latest[note.unit] = note
    return tuple(latest.values())


def _evidence(parts: Parts) -> Evidence:
    """The strongest thing shown; the latest check outweighs everything before it."""
    checks = [v.result for v in parts.verifications]
    if checks and checks[-1]:
        words: dict[str, Evidence] = {
            "一致": "verified",
            "部分一致": "partly",
            "不一致": "disputed",
        }
        return words[checks[-1]]
    if checks:
        return "checked"
    if any(node.actual for node in parts.nodes):
        return "node"
    if any(note.figures for note in parts.notes):
        return "figure"
    return "record" if parts.notes else "none"


def _timing(clauses: Sequence[DerivedClause]) -> Timing:
    """A task is past due only when none of its open clauses can still come."""
    timings = {clause.timing for clause in clauses}
    order: tuple[Timing, ...] = ("not-due", "pending", "past-due")
    return next((timing for timing in order if timing in timings), "undated")


def _closing(clauses: Sequence[DerivedClause]) -> Closing:
    settlements = [clause.settlement for clause in clauses]
    if "reopened" in settlements:
        return "reopened"
    if settlements and all(one == "closed" for one in settlements):
        return "closed"
    return "partly" if "closed" in settlements else "open"


def _pace(parts: Parts, late: Sequence[Node], as_of: date) -> Pace | None:
    """The slowest of a task's targets and nodes."""
    paces: list[Pace] = [target.pace for target in parts.targets if target.pace]
    if late:
        paces.append("behind")
    elif any(node.actual or node.planned <= as_of for node in parts.nodes):
        paces.append("on-plan")
    order: tuple[Pace, ...] = ("behind", "unjudged", "on-plan", "ahead")
    return next((pace for pace in order if pace in paces), None)
