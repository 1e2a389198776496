"""进展状态: derive the standing of tasks by a published rule table.

Reported, proven and scheduled states are kept apart. The first matching rule determines the
headline word; contradictions are shown, not averaged. Rules are code; words, shapes and colours are
configuration. A rule is based on a fact or on the absence of one. Since unreleased records may
exist, absence on the public site leads only to words that state just that, and only after the date
by which the record should have been reviewed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from jiaozhang.derive.measure import DerivedTarget, Pace
from jiaozhang.derive.rhythm import Owed
from jiaozhang.derive.schedule import DerivedClause, Lapse, Timing
from jiaozhang.ledger.events import (
    Milestone,
    Note,
    ReportedStatus,
    Verification,
    VerificationResult,
)
from jiaozhang.ledger.public import Clause, Reporting, Unit
from jiaozhang.ledger.settings import StandingKey

Evidence = Literal["none", "record", "figure", "node", "checked", "verified", "partly", "disputed"]
Closing = Literal["open", "partly", "closed", "reopened"]
# Whether a rule is based on a record or on the absence of one.
Rests = Literal["fact", "absence"]


@dataclass(frozen=True, slots=True)
class Standing:
    """The standing of a task on a day: the headline `key`, and its components.

    `reports` contains each unit's latest report; `declared` their status if they agree; `timing`
    and `nearest` are state and date of the nearest open clause; `pace` is derived from figures and
    finished nodes. `late` and `owed` contain the nodes and reports whose absence may be stated.
    """

    key: StandingKey
    reports: tuple[Note, ...]
    declared: ReportedStatus | None
    evidence: Evidence
    records: int
    latest: Note | None
    timing: Timing
    nearest: date | None
    is_soon: bool
    lapses: frozenset[Lapse]
    is_shown_late: bool
    pace: Pace | None
    late: tuple[Milestone, ...]
    owed: tuple[Owed, ...]
    closing: Closing


@dataclass(frozen=True, slots=True)
class Parts:
    """Inputs of the rule table for one task.

    `current` are the notes that nothing replaces; `reports` contains each unit's latest. `late`
    contains the nodes that should be completed and whose absence may be stated. `is_whole`: the
    record is unfiltered, so what is missing did not happen.
    """

    reporting: Reporting
    is_whole: bool
    clauses: tuple[DerivedClause, ...]
    targets: tuple[DerivedTarget, ...]
    nodes: tuple[Milestone, ...]
    late: tuple[Milestone, ...]
    notes: tuple[Note, ...]
    current: tuple[Note, ...]
    reports: tuple[Note, ...]
    verifications: tuple[Verification, ...]
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the rule table: its condition, and whether it is based on a fact or on absence.

    It applies to ledgers with unit reports (`reporting`), those of published records only
    (`silent`), or both; and to unfiltered records, filtered ones, or both.
    """

    key: StandingKey
    reporting: bool
    silent: bool
    rests: Rests
    holds: Callable[[Standing], bool]
    whole: bool = True
    released: bool = True


def _whole(key: StandingKey, holds: Callable[[Standing], bool]) -> Rule:
    """A conclusion from absence, valid for unfiltered records only."""
    return Rule(key, True, False, "absence", holds, released=False)


def _released(key: StandingKey, holds: Callable[[Standing], bool]) -> Rule:
    """A word that only states an absence, for filtered records, where a record may await review."""
    return Rule(key, True, False, "absence", holds, whole=False)


# The first matching rule determines the word; the last of each group always matches. For filtered
# records no conclusion follows from an absence: the record may await review.
RULES: tuple[Rule, ...] = (
    Rule("reopened", True, True, "fact", lambda s: s.closing == "reopened"),
    Rule("closed", True, True, "fact", lambda s: s.closing == "closed"),
    Rule("disputed", True, True, "fact", lambda s: s.evidence == "disputed"),
    Rule("unjudged", True, False, "fact", lambda s: bool(s.lapses) and s.pace == "unjudged"),
    Rule("overdue", True, False, "fact", lambda s: s.is_shown_late),
    _whole("overdue", lambda s: "late" in s.lapses),
    Rule("behind", True, False, "fact", lambda s: s.pace in ("behind", "missed")),
    _whole("behind", lambda s: bool(s.late)),
    Rule("over", True, False, "fact", lambda s: s.pace == "over"),
    Rule("short", True, False, "fact", lambda s: s.pace == "short"),
    Rule("reached", True, False, "fact", lambda s: s.pace == "reached"),
    Rule("figure-reached", False, True, "fact", lambda s: s.pace == "reached"),
    Rule("reported-done", True, False, "fact", lambda s: s.declared == "done"),
    _whole("unreported", lambda s: bool(s.owed)),
    _released("unseen-closure", lambda s: "unseen" in s.lapses),
    _released("unseen-node", lambda s: bool(s.late)),
    _released("unseen-report", lambda s: bool(s.owed)),
    Rule("soon", True, False, "fact", lambda s: s.is_soon),
    Rule("ahead", True, False, "fact", lambda s: s.pace == "ahead"),
    Rule("on-plan", True, False, "fact", lambda s: s.pace == "on-plan"),
    Rule("within", True, False, "fact", lambda s: s.pace == "within"),
    Rule("recorded", False, True, "fact", lambda s: s.records > 0),
    Rule("unrecorded", False, True, "absence", lambda s: True),
    Rule("past-due", True, False, "fact", lambda s: "waiting" in s.lapses, whole=False),
    Rule("pending", True, False, "fact", lambda s: s.timing == "pending"),
    Rule("undated", True, False, "fact", lambda s: s.timing == "undated"),
    Rule("not-due", True, False, "fact", lambda s: True),
)


def standing_of(parts: Parts, as_of: date, soon_days: int) -> Standing:
    """Derive the standing of a task by the rule table."""
    declared = {report.status for report in parts.reports}
    open_ = [c for c in parts.clauses if c.settlement != "closed"]
    nearest = min((c.due for c in open_ if c.due and c.timing == "not-due"), default=None)
    takes_reports = parts.reporting != "none"
    plain = Standing(
        key="not-due",
        reports=parts.reports,
        declared=declared.pop() if len(declared) == 1 else None,
        evidence=_evidence(parts),
        records=len(parts.notes),
        latest=max(parts.current, key=lambda n: (n.on, n.known, n.id), default=None),
        timing=_timing(open_ or list(parts.clauses)),
        nearest=nearest,
        is_soon=takes_reports and nearest is not None and (nearest - as_of).days <= soon_days,
        lapses=frozenset(c.lapse for c in parts.clauses if c.lapse),
        is_shown_late=any(c.is_shown_open for c in parts.clauses),
        pace=_pace(parts, as_of),
        late=parts.late,
        owed=parts.owed,
        closing=_closing(parts.clauses),
    )
    rules = rules_for(parts.reporting, parts.is_whole)
    return replace(plain, key=next(rule.key for rule in rules if rule.holds(plain)))


def rules_for(reporting: Reporting, is_whole: bool) -> tuple[Rule, ...]:
    """The rules for a kind of ledger and of record, in order."""
    serving = (r for r in RULES if (r.silent if reporting == "none" else r.reporting))
    return tuple(r for r in serving if (r.whole if is_whole else r.released))


def keys_for(reporting: Reporting) -> tuple[StandingKey, ...]:
    """The possible standings in a kind of ledger, in the order of the rules."""
    rules = (rule for is_whole in (True, False) for rule in rules_for(reporting, is_whole))
    wanted = {rule.key for rule in rules}
    return tuple(dict.fromkeys(rule.key for rule in RULES if rule.key in wanted))


def lapse_of(clause: DerivedClause, silence: date | None, as_of: date, is_whole: bool) -> Lapse:
    """What may be stated about an overdue clause that is not closed.

    `silence` is the last day on which a missing closure has no meaning; `None` where units do not
    report, so that it never has.
    """
    if silence is None:
        return "silent"
    if clause.is_shown_open or is_whole:
        return "late"
    return "unseen" if silence < as_of else "waiting"


def missed_by(
    clause: DerivedClause, is_only: bool, targets: Sequence[DerivedTarget]
) -> tuple[DerivedTarget, ...]:
    """The missed targets that show a clause unmet: those that refer to it, or all if it is the only
    one; if it promises only 取得明显进展, just those decided by an authority.
    """
    own = (t for t in targets if t.target.clause == clause.clause.id or is_only)
    is_promised = clause.clause.kind == "complete"
    return tuple(t for t in own if t.pace == "missed" and (t.judgement or is_promised))


def is_shown_open(
    clause: DerivedClause,
    due: date,
    is_only: bool,
    targets: Sequence[DerivedTarget],
    reports: Sequence[Note],
) -> bool:
    """Tell whether records dated on or after the due date show that an overdue clause is not met.

    Such records are a reopening, a figure for the whole term below the target, an authority's
    decision, and, if the clause is the whole task, a unit's latest report that does not say "done".
    For 取得明显进展, figures without a decision and reports of progress are not sufficient.
    """
    if clause.event and clause.event.is_reopened and clause.event.on >= due:
        return True
    if missed_by(clause, is_only, targets):
        return True
    is_whole_task = is_only or clause.clause.scope is None
    reports_since = (report for report in reports if report.on >= due)
    return is_whole_task and any(denies(clause.clause, report) for report in reports_since)


def denies(clause: Clause, report: Note) -> bool:
    """Tell whether a unit's report itself states that a promise was not kept."""
    if clause.kind == "progress":
        return report.status == "not-started"
    return report.status != "done"


def latest_reports(notes: Sequence[Note], units: Mapping[str, Unit]) -> tuple[Note, ...]:
    """Each unit's last report, in order of their first reports; `notes` are sorted oldest first.

    A unit's names are equivalent; only reports have a unit, and lie within their period.
    """
    return tuple({units[note.unit]: note for note in notes if note.unit}.values())


_BY_RESULT: Mapping[VerificationResult, Evidence] = {
    "agrees": "verified",
    "partly": "partly",
    "disagrees": "disputed",
}


def _evidence(parts: Parts) -> Evidence:
    """The strongest evidence; the latest verification overrides everything before it."""
    checks = [v.result for v in parts.verifications]
    if checks and checks[-1]:
        return _BY_RESULT[checks[-1]]
    if checks:
        return "checked"
    if any(node.actual for node in parts.nodes):
        return "node"
    if any(note.figures for note in parts.current):
        return "figure"
    return "record" if parts.current else "none"


def _timing(clauses: Sequence[DerivedClause]) -> Timing:
    """A task is overdue only if none of its open clauses is still to come."""
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


def _pace(parts: Parts, as_of: date) -> Pace | None:
    """The slowest pace of a task's targets and finished nodes.

    It is `reached` only if every target is.
    """
    paces = [target.pace for target in parts.targets if target.pace]
    due = [node for node in parts.nodes if node.actual or node.planned < as_of]
    if parts.reporting != "none" and due and all(node.actual for node in due):
        paces.append("on-plan")
    slowest = next((pace for pace in get_args(Pace) if pace in paces), None)
    is_partly = slowest == "reached" and any(t.pace != "reached" for t in parts.targets)
    return None if is_partly else slowest
