"""Reviews: whether a record's trail allows publication, and faults of trails.

Used by the audience filter, which decides, and by the checker, which explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Literal, TypeGuard

from jiaozhang.ledger.events import NODE_END, Closure, Correction, Milestone, Note, Summary
from jiaozhang.ledger.filed import V2, FiledLedger, Kept, Reviewing, Trail
from jiaozhang.ledger.public import ReviewSteps, SealState
from jiaozhang.ledger.record_kinds import Fact, Need, ReviewKind, review_kind_of


def is_withdrawal(fact: Fact) -> TypeGuard[Correction]:
    """Tell whether a record withdraws another one, which takes effect before its reason is
    reviewed.
    """
    return isinstance(fact, Correction) and fact.kind == "withdrawal"


def state_of(kept: Kept, reviewing: Reviewing) -> SealState:
    """The review state of a whole record: public once it has all steps that its kind needs.

    For a withdrawal it is the state of its reason.
    """
    kind = review_kind_of(kept.fact)
    if (
        isinstance(kept.fact, Milestone)
        and not kept.fact.actual
        and not (kept.trail and kept.trail.steps)
    ):
        return plan_state_of(kept, reviewing)
    if kept.internal or _is_secret(kept.trail):
        return "internal"
    if kept.trail is None or kind is None:
        return "public"
    if is_stale(kept.trail) or any(trail_faults(kept, reviewing.levels)):
        return "void"
    has_nothing = is_withdrawal(kept.fact) and not kept.fact.reason
    is_done = has_nothing or _is_done(kept.trail, reviewing.needs[kind], reviewing.levels)
    return "public" if is_done else "pending"


def plan_state_of(kept: Kept, reviewing: Reviewing) -> SealState:
    """The review state of a node's plan: an approval of its end includes the plan."""
    if kept.internal or _is_secret(kept.plan):
        return "internal"
    own = [trail for trail in (kept.plan, kept.trail) if trail and not _is_broken(trail, reviewing)]
    if kept.plan and _is_broken(kept.plan, reviewing):
        return "void"
    need = reviewing.needs["node-plan"]
    open_ = [trail for trail in own if not _is_secret(trail)]
    is_done = any(_is_done(trail, need, reviewing.levels) for trail in open_)
    return "public" if is_done or need == "none" else "pending"


def _is_secret(trail: Trail | None) -> bool:
    return bool(trail and trail.secrecy and trail.secrecy.result == "not-public")


def _is_broken(trail: Trail, reviewing: Reviewing) -> bool:
    return is_stale(trail) or any(faults_of(trail, reviewing.levels))


def _is_done(trail: Trail, need: Need, levels: Sequence[str]) -> bool:
    """Tell whether a valid trail has every required step."""
    if need == "none":
        return True
    return trail.secrecy is not None and (need == "secrecy" or len(trail.reviews) == len(levels))


def left_of(trail: Trail | None, reviewing: Reviewing, kind: ReviewKind) -> ReviewSteps:
    """The review steps that a record still needs."""
    need = reviewing.needs[kind]
    done = len(trail.reviews) if trail else 0
    levels = reviewing.levels[done:] if need == "all" else ()
    return ReviewSteps(tuple(levels), need != "none" and not (trail and trail.secrecy))


# Visibility to the public: now, once the review is complete, or never in this state.
Visibility = Literal["public", "pending", "never"]
FieldPath = tuple[str | int, ...]


def visibility_of(kept: Kept, ledger: FiledLedger, withdrawn: Set[str]) -> Visibility:
    """Whether the public site shows a record, would after its review, or never will."""
    if subject_of(kept) in withdrawn:
        return "never"
    return _visible(state_of(kept, ledger.reviewing))


def visible_parts(
    kept: Kept, ledger: FiledLedger, withdrawn: Set[str]
) -> Mapping[FieldPath, Visibility]:
    """The visibility of each part of a record in its file; a longer path overrides a shorter one.

    A node's plan may be public before its end, a withdrawal before its reason.
    """
    whole = visibility_of(kept, ledger, withdrawn)
    if subject_of(kept) not in withdrawn:
        if isinstance(kept.fact, Milestone):
            plan = _visible(plan_state_of(kept, ledger.reviewing))
            return {kept.path: plan, **{(*kept.path, name): whole for name in NODE_END}}
        if is_withdrawal(kept.fact):
            return {kept.path: "public", (*kept.path, "reason"): whole}
    return {kept.path: whole}


def _visible(state: SealState) -> Visibility:
    if state == "internal":
        return "never"
    return "public" if state == "public" else "pending"


def trails_of(kept: Kept) -> Iterator[tuple[FieldPath, Trail]]:
    """The trails of a record, each with the path of the map that contains its steps."""
    if kept.trail:
        path = ("summary_review",) if isinstance(kept.fact, Summary) else kept.path
        yield path, kept.trail
    if kept.plan:
        yield (*kept.path, "plan_review"), kept.plan


def is_stale(trail: Trail) -> bool:
    """Tell whether a step approved another version of the text, or another record."""
    return any(step.digest != trail.digest for step in trail.steps)


# Why a trail is void: its digest has an older format, belongs to another record, or to a text
# edited since.
Staleness = Literal["old-digest", "renamed-after-review", "review-void"]


def staleness_of(trail: Trail) -> tuple[Staleness, str] | None:
    """Why a trail is void, with the record that was approved; None if it is valid."""
    stale = [step for step in trail.steps if step.digest != trail.digest]
    if not stale:
        return None
    if any(not step.digest.startswith(V2) for step in stale):
        return "old-digest", trail.name
    others = [step.record for step in stale if step.record not in (None, trail.name)]
    return ("renamed-after-review", others[0] or "") if others else ("review-void", trail.name)


def trail_faults(kept: Kept, levels: Sequence[str]) -> Iterator[tuple[str, FieldPath]]:
    """Faults of a record's trails, each with its path below the record."""
    trail = kept.trail
    if trail is None:
        return
    yield from faults_of(trail, levels)
    published = kept.fact.published if isinstance(kept.fact, Note) else None
    days = [step.at for step in trail.steps]
    if published and days and published.date() < max(days):
        yield "published-before-review", ("published",)


def faults_of(trail: Trail, levels: Sequence[str]) -> Iterator[tuple[str, FieldPath]]:
    """Faults of one trail: levels must be complete and in order, posts differ, dates ascend."""
    reviews = trail.reviews
    for at, entry in enumerate(reviews):
        earlier = reviews[:at]
        if entry.level != at + 1 or entry.level > len(levels):
            yield "review-order", ("reviews", at, "level")
        elif entry.by in [other.by for other in earlier]:
            yield "review-same-post", ("reviews", at, "by")
        elif earlier and entry.at < earlier[-1].at:
            yield "review-dates", ("reviews", at, "at")


def subject_of(kept: Kept) -> str:
    """A record's address below its year: `notes/004/2025-06-30-keji`, `nodes/004#n1`.

    List items without an id are numbered from 1. The folder `internal` is no part of the address,
    so that it does not depend on where a record is stored.
    """
    path = re.sub(r"^\d{4}/(internal/)?", "", kept.key).rpartition(".")[0]
    if isinstance(kept.fact, Milestone):
        return f"{path}#{kept.fact.id}"
    if isinstance(kept.fact, Summary):
        return f"{path}#summary"
    if isinstance(kept.fact, Closure):
        (index,) = kept.path
        return f"{path}#{int(index) + 1}"
    return path


def withdrawn_of(ledger: FiledLedger) -> frozenset[str]:
    """The addresses of all withdrawn records.

    A withdrawal applies to sites of any day: building for an earlier day does not restore anything.
    """
    return frozenset(kept.fact.of for kept in ledger.kept if is_withdrawal(kept.fact))
