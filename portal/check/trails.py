"""Rules for reviews: an approval belongs to one record, and to the text that was approved."""

from __future__ import annotations

from collections.abc import Iterator

from portal.diagnostic import Diagnostic, fault
from portal.model import Filed, Kept
from portal.review import staleness_of, subject_of, trail_faults, withdrawn_of


def trails_hold(filed: Filed) -> Iterator[Diagnostic]:
    """Find what is wrong with a trail, of all records that are not internal.

    What was taken back is on no page any more: its trail keeps no site from being built, since
    what leaked has to go at once.
    """
    for ledger in filed.ledgers:
        levels, withdrawn = ledger.levels, withdrawn_of(ledger)
        for kept in ledger.kept:
            if kept.trail is None or kept.internal or subject_of(kept) in withdrawn:
                continue
            yield from _stale(filed, kept)
            for code, path in trail_faults(kept, levels):
                place = filed.documents[kept.key].place(*kept.path, *path)
                yield fault(code, place, levels="、".join(levels))


def _stale(filed: Filed, kept: Kept) -> Iterator[Diagnostic]:
    why = staleness_of(kept.trail) if kept.trail else None
    if why and kept.trail:
        code, was = why
        first = "reviews" if kept.trail.reviews else "secrecy"
        place = filed.documents[kept.key].place(*kept.path, first)
        yield fault(code, place, was=was, now=kept.trail.name)
