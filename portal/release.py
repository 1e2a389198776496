"""The wall: the one door through which facts reach a site, and the list of what stays behind.

Everything is removed here, before anything is derived: a count made of hidden facts and filtered
later would still tell. A new field of the filed model must be copied below or named in WITHHELD.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, TypeVar

from portal import model
from portal.progress import (
    Amendment,
    Closure,
    Correction,
    Judgement,
    Node,
    Note,
    Plan,
    Progress,
    Trigger,
    Verification,
)
from portal.record import (
    Blocker,
    Inspection,
    Internal,
    Ledger,
    Record,
    Redirect,
    Review,
    Seal,
    Task,
)
from portal.review import state_of, subject_of, withdrawn_of

T = TypeVar("T")

Audience = Literal["public", "intranet"]

# Field by field, what no record carries under its own name, and why.
WITHHELD: Mapping[type, Mapping[str, str]] = {
    model.Task: {
        "unsettled": "a question to an editor; no site is built while one stands",
        "key": "the file's path, for diagnostics",
    },
    model.Ledger: {
        "kept": "split below: open facts into Ledger.progress, the rest into Record.internal",
        "lock": "digests that guard the texts; checked before the wall",
        "persons": "intranet only: Record.internal",
        "unsettled": "a question to an editor; no site is built while one stands",
        "key": "the file's path, for diagnostics",
    },
    model.Kept: {
        "internal": "decides who may know the fact; the intranet reads it off Seal.state",
        "trail": "reviewers' posts: intranet only, as Seal.reviews",
        "problems": "intranet only: Seal.problems",
        "key": "the file's path; its address in the content stands in Seal.subject",
        "path": "the place in the file, for diagnostics and explain",
    },
    model.Filed: {
        "internal_redirects": "intranet only: joined to Record.redirects there",
        "unsettled": "a question to an editor; no site is built while one stands",
        "documents": "positions in files, for diagnostics and explain",
    },
}


def release(filed: model.Filed, audience: Audience) -> Record:
    """Return what an audience may know of the filed content."""
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


def _redirects(filed: model.Filed, audience: Audience) -> tuple[Redirect, ...]:
    own = filed.internal_redirects if audience == "intranet" else ()
    return (*filed.redirects, *own)


def _ledger(ledger: model.Ledger, audience: Audience) -> Ledger:
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
        levels="、".join(ledger.levels),
        notice=ledger.notice,
        tasks=tuple(_task(task) for task in ledger.tasks),
        progress=_progress(ledger, audience),
    )


def _progress(ledger: model.Ledger, audience: Audience) -> Progress:
    """Sort what an audience may know by kind; what was withdrawn is gone for everybody."""
    withdrawn = withdrawn_of(ledger)
    facts = [
        fact
        for kept in ledger.kept
        if subject_of(kept) not in withdrawn
        for fact in _released(kept, ledger, audience)
    ]
    return Progress(
        notes=_of(Note, facts),
        nodes=_of(Node, facts),
        closures=_of(Closure, facts),
        amendments=_of(Amendment, facts),
        verifications=_of(Verification, facts),
        triggers=_of(Trigger, facts),
        judgements=_of(Judgement, facts),
        plans=_of(Plan, facts),
        corrections=_of(Correction, facts),
    )


def _released(kept: model.Kept, ledger: model.Ledger, audience: Audience) -> tuple[model.Fact, ...]:
    """The fact, as much of it as may be known: nothing, all, or a node without its end."""
    if audience == "intranet" or state_of(kept, ledger.levels) == "public":
        return (kept.fact,)
    if isinstance(kept.fact, Node) and not kept.internal:
        return (replace(kept.fact, actual=None, evidence=None),)
    return ()


def _of(kind: type[T], facts: Iterable[model.Fact]) -> tuple[T, ...]:
    return tuple(fact for fact in facts if isinstance(fact, kind))


def _task(task: model.Task) -> Task:
    return Task(
        number=task.number,
        section=task.section,
        title=task.title,
        summary=task.summary,
        text=task.text,
        deadline=task.deadline,
        leaders=task.leaders,
        units=task.units,
        responsibility=task.responsibility,
        clauses=task.clauses,
        targets=task.targets,
        remarks=task.remarks,
    )


def _internal(filed: model.Filed) -> Internal:
    facts = [kept.fact for ledger in filed.ledgers for kept in ledger.kept]
    return Internal(
        persons=tuple(person for ledger in filed.ledgers for _, person in ledger.persons),
        blockers=_of(Blocker, facts),
        inspections=_of(Inspection, facts),
        seals=tuple(
            _seal(kept, ledger)
            for ledger in filed.ledgers
            for kept in ledger.kept
            if kept.trail or kept.internal
        ),
    )


def _seal(kept: model.Kept, ledger: model.Ledger) -> Seal:
    trail = kept.trail
    reviews = [
        Review(name, entry.by, entry.at)
        for name, entry in zip(ledger.levels, trail.reviews if trail else (), strict=False)
    ]
    if trail and trail.secrecy:
        reviews.append(Review("保密审查", trail.secrecy.by, trail.secrecy.at))
    state = state_of(kept, ledger.levels)
    return Seal(ledger.year, subject_of(kept), state, tuple(reviews), kept.problems)
