"""The audience filter ("wall"): the only way for facts into a site, and the list of withheld
fields.

It runs before anything is derived: a count that includes hidden facts would reveal them even if the
facts were removed later. Each field of the filed model must be copied below or listed in WITHHELD;
the public part of a task is passed through unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from typing import Literal, TypeVar

from jiaozhang.ledger import filed
from jiaozhang.ledger.events import Correction, Milestone, Progress, Recorded, Summary
from jiaozhang.ledger.public import (
    Blocker,
    Inspection,
    Internal,
    Ledger,
    Record,
    Redirect,
    Review,
    ReviewSteps,
    Seal,
    SealState,
)
from jiaozhang.ledger.record_kinds import Fact, ReviewKind, address_of, review_kind_of
from jiaozhang.wall.review import (
    is_withdrawal,
    left_of,
    plan_state_of,
    state_of,
    subject_of,
    withdrawn_of,
)

T = TypeVar("T")

Audience = Literal["public", "intranet"]

# The fields that no record has under their filed name, and why.
WITHHELD: Mapping[type, Mapping[str, str]] = {
    filed.FiledTask: {
        "unsettled": "a question to an editor; no site is built while one stands",
        "key": "the file's path, for diagnostics",
    },
    filed.FiledLedger: {
        "reviewing": "decides who may know a record; Ledger.report_review tells what readers need",
        "kept": "split below: open facts into Ledger.progress, the rest into Record.internal",
        "lock": "digests that guard the texts; checked before the wall",
        "persons": "intranet only: Record.internal",
        "unsettled": "a question to an editor; no site is built while one stands",
        "key": "the file's path, for diagnostics",
    },
    filed.Kept: {
        "internal": "decides who may know the fact; the intranet reads it off Seal.state",
        "trail": "reviewers' posts: intranet only, as Seal.reviews",
        "plan": "the same of a node's plan",
        "problems": "intranet only: Seal.problems",
        "key": "the file's path; its address in the content stands in Seal.subject",
        "path": "the place in the file, for diagnostics and explain",
    },
    filed.Filed: {
        "internal_redirects": "intranet only: joined to Record.redirects there",
        "unsettled": "a question to an editor; no site is built while one stands",
        "documents": "positions in files, for diagnostics and explain",
    },
}


def release(filed: filed.Filed, audience: Audience) -> Record:
    """Return the part of the filed content that an audience may see."""
    return Record(
        site=filed.site,
        units=filed.units,
        districts=filed.districts,
        leaders=filed.leaders,
        aliases=filed.aliases,
        ledgers=tuple(_ledger(ledger, audience) for ledger in filed.ledgers),
        redirects=_redirects(filed, audience),
        internal=_internal(filed) if audience == "intranet" else None,
    )


def _redirects(filed: filed.Filed, audience: Audience) -> tuple[Redirect, ...]:
    own = filed.internal_redirects if audience == "intranet" else ()
    return (*filed.redirects, *own)


def _ledger(ledger: filed.FiledLedger, audience: Audience) -> Ledger:
    facts = _facts(ledger, audience)
    summaries = {summary.task: summary.text for summary in _of(Summary, facts)}
    return Ledger(
        year=ledger.year,
        title=ledger.title,
        issuer=ledger.issuer,
        meeting=ledger.meeting,
        number=ledger.number,
        unstated=ledger.unstated,
        lead_rule=ledger.lead_rule,
        lead_from=ledger.lead_from,
        source=ledger.source,
        published=ledger.published,
        stated_count=ledger.stated_count,
        reporting=ledger.reporting,
        closed=ledger.closed,
        sections=ledger.sections,
        seasons=ledger.seasons,
        themes=ledger.themes,
        rhythm=ledger.rhythm,
        report_review=left_of(None, ledger.reviewing, "report"),
        notice=ledger.notice,
        tasks=tuple(
            replace(task.public, summary=summaries.get(task.public.number)) for task in ledger.tasks
        ),
        progress=Progress(tuple(fact for fact in facts if isinstance(fact, Recorded))),
    )


def _facts(ledger: filed.FiledLedger, audience: Audience) -> list[Fact]:
    """The facts that an audience may see; withdrawn ones are removed for everybody, and with them
    the corrections that quote or name them.
    """
    withdrawn = withdrawn_of(ledger)
    states = _states(ledger)
    return [
        fact
        for kept in ledger.kept
        if subject_of(kept) not in withdrawn and not _names_withdrawn(kept.fact, withdrawn)
        for fact in _released(kept, ledger, audience)
        if audience == "intranet" or not _is_of_hidden(fact, states)
    ]


def _names_withdrawn(fact: Fact, withdrawn: Set[str]) -> bool:
    """Tell whether a correction repeats words of a withdrawn record, or leads to one."""
    if not isinstance(fact, Correction) or fact.kind == "withdrawal":
        return False
    return fact.of in withdrawn or fact.newer in withdrawn


def _states(ledger: filed.FiledLedger) -> Mapping[str, set[SealState]]:
    """The visibility of records that corrections refer to, by address; a list may have several.

    For a node it is that of its plan: a correction must not reveal whether it is done.
    """
    states: dict[str, set[SealState]] = {}
    for kept in ledger.kept:
        if not kept.internal:
            of = plan_state_of if isinstance(kept.fact, Milestone) else state_of
            states.setdefault(subject_of(kept), set()).add(of(kept, ledger.reviewing))
    return states


def _released(kept: filed.Kept, ledger: filed.FiledLedger, audience: Audience) -> tuple[Fact, ...]:
    """The visible part of a fact: none, all, a node without its end, or a withdrawal without its
    reason.
    """
    fact, is_whole = kept.fact, state_of(kept, ledger.reviewing) == "public"
    if audience == "intranet":
        return (fact,)
    if isinstance(fact, Milestone):
        if plan_state_of(kept, ledger.reviewing) != "public":
            return ()
        return (fact if is_whole else fact.without_end(),)
    if is_withdrawal(fact):
        return (fact if is_whole else replace(fact, reason=""),)
    return (fact,) if is_whole else ()


def _is_of_hidden(fact: Fact, states: Mapping[str, set[SealState]]) -> bool:
    """Tell whether a correction refers to a record that was never public, or is not yet.

    A record edited after its review was public before, so its withdrawal is shown.
    """
    if not isinstance(fact, Correction):
        return False
    was_public = {"public", "void"} if fact.kind == "withdrawal" else {"public"}
    is_hidden = not states.get(fact.of, {"public"}) & was_public
    return is_hidden or (fact.newer is not None and states.get(fact.newer) != {"public"})


def _of(kind: type[T], facts: Iterable[Fact]) -> tuple[T, ...]:
    return tuple(fact for fact in facts if isinstance(fact, kind))


def _internal(filed: filed.Filed) -> Internal:
    facts = [kept.fact for ledger in filed.ledgers for kept in ledger.kept]
    reviewing = (
        ledger.year for ledger in filed.ledgers if set(ledger.reviewing.needs.values()) != {"none"}
    )
    return Internal(
        persons=tuple(person for ledger in filed.ledgers for _, person in ledger.persons),
        blockers=_of(Blocker, facts),
        inspections=_of(Inspection, facts),
        reviewing=tuple(reviewing),
        seals=tuple(
            seal
            for ledger in filed.ledgers
            for kept in ledger.kept
            for seal in _seals(kept, ledger)
        ),
    )


def _seals(kept: filed.Kept, ledger: filed.FiledLedger) -> Iterator[Seal]:
    """The review states shown in the intranet; none for a public record without a trail."""
    state = state_of(kept, ledger.reviewing)
    kind = review_kind_of(kept.fact)
    if kind is None:
        return
    if state != "public" or kept.problems or (kept.trail and kept.trail.steps):
        yield _seal(kept, ledger, kind, state, kept.trail)
    if isinstance(kept.fact, Milestone) and kept.fact.actual:
        plan = plan_state_of(kept, ledger.reviewing)
        if plan != "public":
            yield _seal(kept, ledger, "node-plan", plan, kept.plan)


def _seal(
    kept: filed.Kept,
    ledger: filed.FiledLedger,
    kind: ReviewKind,
    state: SealState,
    trail: filed.Trail | None,
) -> Seal:
    own = kept.plan if kind == "node-plan" else trail
    reviews = [
        Review(name, entry.by, entry.at)
        for name, entry in zip(ledger.reviewing.levels, own.reviews if own else (), strict=False)
    ]
    if own and own.secrecy:
        reviews.append(Review(None, own.secrecy.by, own.secrecy.at))
    fact = kept.fact
    subject = address_of(fact) if isinstance(fact, Recorded) else subject_of(kept)
    return Seal(
        ledger.year,
        subject,
        state,
        tuple(reviews),
        kept.problems,
        kind,
        kept.fact.task,
        left_of(own, ledger.reviewing, kind) if state == "pending" else ReviewSteps(),
    )
