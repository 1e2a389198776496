"""Reviews: whether a record's trail lets it become public, and what is wrong with a trail.

Used by the wall, which decides, and by the checker, which says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import Literal

from portal.model import V2, Kept, Ledger, Trail
from portal.progress import Closure, Correction, Node, Note
from portal.record import SealState


def state_of(kept: Kept, levels: Sequence[str]) -> SealState:
    """Tell who may know a record: a public one needs every level, in order, of the same text."""
    trail = kept.trail
    if kept.internal or (trail and trail.secrecy and trail.secrecy.result == "不公开"):
        return "internal"
    if trail is None:
        return "public"
    if is_stale(trail) or any(trail_faults(kept, levels)):
        return "void"
    is_complete = len(trail.reviews) == len(levels) and trail.secrecy is not None
    return "public" if is_complete else "pending"


# Whether the public may know a record: now, once its review is complete, or never as it stands.
Visibility = Literal["public", "pending", "never"]


def visibility_of(kept: Kept, ledger: Ledger, withdrawn: Set[str]) -> Visibility:
    """Tell whether the public site shows a record, would after its review, or never will."""
    state = state_of(kept, ledger.levels)
    if state == "internal" or subject_of(kept) in withdrawn:
        return "never"
    return "public" if state == "public" else "pending"


def is_stale(trail: Trail) -> bool:
    """Tell whether a step approved another text than this record has now, or another record."""
    return any(step.digest != trail.digest for step in trail.steps)


# Why the steps of a trail are of another text: of an older form, of another record, or of a
# text that was edited since.
Staleness = Literal["old-digest", "renamed-after-review", "review-void"]


def staleness_of(trail: Trail) -> tuple[Staleness, str] | None:
    """Tell why a trail is void, with the record that was approved; nothing where it is not."""
    stale = [step for step in trail.steps if step.digest != trail.digest]
    if not stale:
        return None
    if any(not step.digest.startswith(V2) for step in stale):
        return "old-digest", trail.name
    others = [step.record for step in stale if step.record not in (None, trail.name)]
    return ("renamed-after-review", others[0] or "") if others else ("review-void", trail.name)


def trail_faults(kept: Kept, levels: Sequence[str]) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Find what a trail breaks, each with the place below its record.

    Levels stand in order without a gap, posts differ, dates ascend, publication comes last.
    """
    trail = kept.trail
    if trail is None:
        return
    reviews = trail.reviews
    for at, entry in enumerate(reviews):
        earlier = reviews[:at]
        if entry.level != at + 1 or entry.level > len(levels):
            yield "review-order", ("reviews", at, "level")
        elif entry.by in [other.by for other in earlier]:
            yield "review-same-post", ("reviews", at, "by")
        elif earlier and entry.at < earlier[-1].at:
            yield "review-dates", ("reviews", at, "at")
    days = [entry.at for entry in reviews] + ([trail.secrecy.at] if trail.secrecy else [])
    published = kept.fact.published if isinstance(kept.fact, Note) else None
    if published and days and published.date() < max(days):
        yield "published-before-review", ("published",)


def subject_of(kept: Kept) -> str:
    """A record's address below its year: `notes/004/2025-06-30-keji`, `nodes/004#n1`.

    An entry of a list that has no id of its own is counted from 1. A folder `internal` is no part
    of the address: pages know a record by what it is and not by where it is kept.
    """
    path = re.sub(r"^\d{4}/(internal/)?", "", kept.key).rpartition(".")[0]
    if isinstance(kept.fact, Node):
        return f"{path}#{kept.fact.id}"
    if isinstance(kept.fact, Closure):
        (index,) = kept.path
        return f"{path}#{int(index) + 1}"
    return path


def withdrawn_of(ledger: Ledger) -> frozenset[str]:
    """The addresses of everything that was taken back.

    A withdrawal holds at once and on any day a site speaks about: an old day brings nothing back.
    """
    return frozenset(
        kept.fact.of
        for kept in ledger.kept
        if isinstance(kept.fact, Correction) and kept.fact.kind == "withdrawal"
    )
