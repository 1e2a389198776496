"""What was known on a day. What became known later is neither derived from nor shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from jiaozhang.ledger.events import Node, Progress, Verification
from jiaozhang.ledger.public import Blocker, Ledger, Record, Year


def known_on(record: Record, ledger: Ledger, as_of: date) -> Progress:
    """Return a year's records as far as they were known on a day, oldest first.

    Plans and planned days are known from the start; a node's end from its own day.
    """
    all_ = ledger.progress
    return replace(
        all_,
        notes=tuple(
            sorted((n for n in all_.notes if n.known <= as_of), key=lambda n: (n.on, n.known, n.id))
        ),
        nodes=tuple(_node(node, as_of) for node in all_.nodes),
        closures=tuple(event for event in all_.closures if event.on <= as_of),
        amendments=tuple(
            sorted((a for a in all_.amendments if a.on <= as_of), key=lambda a: (a.on, a.id))
        ),
        verifications=tuple(
            sorted(
                (v for v in _verifications(record, ledger) if v.on <= as_of),
                key=lambda v: (v.on, v.id),
            )
        ),
        triggers=tuple(trigger for trigger in all_.triggers if trigger.on <= as_of),
        judgements=tuple(judgement for judgement in all_.judgements if judgement.on <= as_of),
        corrections=tuple(
            sorted((c for c in all_.corrections if c.on <= as_of), key=lambda c: (c.on, c.id))
        ),
    )


def known_blockers(record: Record, year: Year, as_of: date) -> tuple[Blocker, ...]:
    """The blockers of a year that had come up by a day, where the record knows any."""
    own = record.internal.blockers if record.internal else ()
    return tuple(one for one in own if one.year == year and one.since <= as_of)


def _node(node: Node, as_of: date) -> Node:
    if node.actual is None or node.actual <= as_of:
        return node
    return replace(node, actual=None, evidence=None)


def _verifications(record: Record, ledger: Ledger) -> tuple[Verification, ...]:
    """The public halves; who knows an inspection in full takes it in place of its public half."""
    if record.internal is None:
        return ledger.progress.verifications
    own = [one for one in record.internal.inspections if one.year == ledger.year]
    halves = {one.of for one in own}
    full = tuple(Verification(o.id, o.task, o.on, o.method, o.result, o.found) for o in own)
    return full + tuple(v for v in ledger.progress.verifications if v.id not in halves)
