"""Rules for reviews: an approval is valid for one record with one text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.ledger.events import Milestone
from jiaozhang.ledger.filed import Filed, FiledLedger, Kept, Trail
from jiaozhang.ledger.record_kinds import ReviewKind, review_kind_of
from jiaozhang.wall.review import (
    FieldPath,
    faults_of,
    is_withdrawal,
    plan_state_of,
    staleness_of,
    state_of,
    subject_of,
    trail_faults,
    trails_of,
    withdrawn_of,
)


def trails_hold(filed: Filed) -> Iterator[Diagnostic]:
    """Report faults of trails, for all records that are not internal.

    A withdrawn record is on no page any more, and removing a leak must not be delayed: faults of
    its trail do not stop a build. For the same reason those of a withdrawal's own trail are only
    warnings.
    """
    for ledger in filed.ledgers:
        for kept in _open(ledger):
            for one in _faults(filed, kept, ledger.reviewing.levels):
                yield replace(one, pending=one.pending or is_withdrawal(kept.fact))


def what_waits_is_told(filed: Filed) -> Iterator[Diagnostic]:
    """Warn once for each kind of which records wait for review and are not public yet."""
    for ledger in filed.ledgers:
        waiting: dict[ReviewKind, list[Place]] = {}
        for kept in _open(ledger):
            for kind in _waits(kept, ledger):
                place = filed.documents[kept.key].place(*kept.path)
                waiting.setdefault(kind, []).append(place)
        for kind, places in waiting.items():
            yield fault("waits-for-review", places[0], kind=kind, count=len(places))


def _open(ledger: FiledLedger) -> Iterator[Kept]:
    withdrawn = withdrawn_of(ledger)
    yield from (k for k in ledger.kept if not k.internal and subject_of(k) not in withdrawn)


def _waits(kept: Kept, ledger: FiledLedger) -> Iterator[ReviewKind]:
    """The review kinds that a record waits for; a node's plan and its end are separate."""
    kind = review_kind_of(kept.fact)
    if kind and state_of(kept, ledger.reviewing) == "pending":
        yield kind
    is_done = isinstance(kept.fact, Milestone) and kept.fact.actual
    if is_done and plan_state_of(kept, ledger.reviewing) == "pending":
        yield "node-plan"


def _faults(filed: Filed, kept: Kept, levels: tuple[str, ...]) -> Iterator[Diagnostic]:
    document = filed.documents[kept.key]
    for path, trail in trails_of(kept):
        yield from _stale(filed, kept, path, trail)
        own = trail_faults(kept, levels) if trail is kept.trail else faults_of(trail, levels)
        for code, below in own:
            yield fault(code, document.place(*path, *below), levels="、".join(levels))


def _stale(filed: Filed, kept: Kept, path: FieldPath, trail: Trail) -> Iterator[Diagnostic]:
    why = staleness_of(trail)
    if why:
        code, was = why
        first = "reviews" if trail.reviews else "secrecy"
        place = filed.documents[kept.key].place(*path, first)
        yield fault(code, place, was=was, now=trail.name)
