"""进展状态: what is said, shown and scheduled of a task, kept apart; and one published rule table.

The first rule that holds gives the headline word. Disagreement between the parts is shown, not
averaged. The rules are code; their words, shapes and colours are configuration. Each rests on a
fact or on an absence, and what is not released may be waiting: on the public side absence gives
words that say just that, and only after the day by which the record should have been reviewed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from jiaozhang.derive.measure import DerivedTarget, Pace
from jiaozhang.derive.rhythm import Owed
from jiaozhang.derive.schedule import DerivedClause, Lapse, Timing
from jiaozhang.ledger.events import Declared, Node, Note, Result, Verification
from jiaozhang.ledger.public import Clause, Reporting, Unit
from jiaozhang.ledger.settings import StandingKey

Evidence = Literal["none", "record", "figure", "node", "checked", "verified", "partly", "disputed"]
Closing = Literal["open", "partly", "closed", "reopened"]
# What a word of the table follows from: what a record says, or that there is none.
Rests = Literal["fact", "absence"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a task stands on a day: the headline `key`, and the parts it comes from.

    `reports` holds each unit's latest report; `declared` their status when they agree; `timing`
    is that of the nearest open clause, `nearest` its day; `pace` is what figures and finished nodes
    say. `late` and `owed` hold the nodes and reports whose absence may be named.
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
    lapses: frozenset[Lapse]
    is_shown_late: bool
    pace: Pace | None
    late: tuple[Node, ...]
    owed: tuple[Owed, ...]
    closing: Closing


@dataclass(frozen=True, slots=True)
class Parts:
    """What is known of one task, before a word is found for it.

    `reports` holds each unit's latest. `late` holds the nodes that should be done and whose absence
    may be named. `is_whole` says that the record hides nothing, so that what is not there did not
    happen.
    """

    reporting: Reporting
    is_whole: bool
    clauses: tuple[DerivedClause, ...]
    targets: tuple[DerivedTarget, ...]
    nodes: tuple[Node, ...]
    late: tuple[Node, ...]
    notes: tuple[Note, ...]
    reports: tuple[Note, ...]
    verifications: tuple[Verification, ...]
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the rule table: when it holds, and what it rests on.

    It serves ledgers whose units report (`reporting`), those that only collect what was published
    (`silent`), or both; and records that are whole, those that were released, or both.
    """

    key: StandingKey
    reporting: bool
    silent: bool
    rests: Rests
    holds: Callable[[Standing], bool]
    whole: bool = True
    released: bool = True


def _whole(key: StandingKey, holds: Callable[[Standing], bool]) -> Rule:
    """A verdict that absence gives where nothing is hidden."""
    return Rule(key, True, False, "absence", holds, released=False)


def _released(key: StandingKey, holds: Callable[[Standing], bool]) -> Rule:
    """A word that says just what is absent, where a record may still wait for its review."""
    return Rule(key, True, False, "absence", holds, whole=False)


# The first that holds gives the word; the last row of each kind always holds. On the public side
# no verdict follows from the absence of a record: it may be waiting for its review.
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
    """Derive where a task stands; the rule table gives the word."""
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
        latest=max(parts.notes, key=lambda n: (n.on, n.known, n.id), default=None),
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
    """The rules that serve a kind of ledger and of record, in their order."""
    serving = (r for r in RULES if (r.silent if reporting == "none" else r.reporting))
    return tuple(r for r in serving if (r.whole if is_whole else r.released))


def keys_for(reporting: Reporting) -> tuple[StandingKey, ...]:
    """The words that a kind of ledger may have, in the order of the rules."""
    rules = (rule for is_whole in (True, False) for rule in rules_for(reporting, is_whole))
    wanted = {rule.key for rule in rules}
    return tuple(dict.fromkeys(rule.key for rule in RULES if rule.key in wanted))


def lapse_of(clause: DerivedClause, silence: date | None, as_of: date, is_whole: bool) -> Lapse:
    """What may be said of a clause that is past its day and not closed.

    `silence` is the last day on which a missing closure says nothing; `None` where units do not
    report, so that it never says anything.
    """
    if silence is None:
        return "silent"
    if clause.is_shown_open or is_whole:
        return "late"
    return "unseen" if silence < as_of else "waiting"


def missed_by(
    clause: DerivedClause, is_only: bool, targets: Sequence[DerivedTarget]
) -> tuple[DerivedTarget, ...]:
    """The missed targets of a clause (those that name it, or all where it is the only one) that
    deny it: where it promises no more than 取得明显进展, only those that an authority judged."""
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
    """Tell of a clause that is past and open whether records of its day or later show it not met.

    A reopening does, a figure of the whole term below the target, an authority that says so, and,
    where the clause is the whole task, a unit's own latest report that does not call it done.
    取得明显进展 is not denied by a number that no authority judged, nor by a report that speaks of
    progress.
    """
    if clause.event and clause.event.is_reopened and clause.event.on >= due:
        return True
    if missed_by(clause, is_only, targets):
        return True
    is_whole_task = is_only or clause.clause.scope is None
    reports_since = (report for report in reports if report.on >= due)
    return is_whole_task and any(denies(clause.clause, report) for report in reports_since)


def denies(clause: Clause, report: Note) -> bool:
    """Tell whether a unit's report, by its own word, says that a promise was not kept."""
    if clause.kind == "progress":
        return report.status == "not-started"
    return report.status != "done"


def latest_reports(notes: Sequence[Note], units: Mapping[str, Unit]) -> tuple[Note, ...]:
    """Each unit's last report, in order of the units' first ones; notes come oldest first.

    A unit is one under all of its names; only reports have a unit, and lie within their period.
    """
    return tuple({units[note.unit]: note for note in notes if note.unit}.values())


_BY_RESULT: Mapping[Result, Evidence] = {
    "agrees": "verified",
    "partly": "partly",
    "disagrees": "disputed",
}


def _evidence(parts: Parts) -> Evidence:
    """The strongest thing shown; the latest check outweighs everything before it."""
    checks = [v.result for v in parts.verifications]
    if checks and checks[-1]:
        return _BY_RESULT[checks[-1]]
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


def _pace(parts: Parts, as_of: date) -> Pace | None:
    """The slowest of a task's targets and nodes, as far as figures and finished nodes tell.

    It is reached only when every target is.
    """
    paces = [target.pace for target in parts.targets if target.pace]
    due = [node for node in parts.nodes if node.actual or node.planned < as_of]
    if parts.reporting != "none" and due and all(node.actual for node in due):
        paces.append("on-plan")
    slowest = next((pace for pace in get_args(Pace) if pace in paces), None)
    is_partly = slowest == "reached" and any(t.pace != "reached" for t in parts.targets)
    return None if is_partly else slowest
