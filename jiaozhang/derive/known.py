"""Select what was known on a day. Later information is neither derived from nor shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jiaozhang.ledger.events import Progress, Recorded, Verification
from jiaozhang.ledger.public import Blocker, Ledger, Record, Year
from jiaozhang.ledger.record_kinds import as_known, in_order


def known_on(record: Record, ledger: Ledger, as_of: date) -> Progress:
    """Return a year's records as known on a day, oldest first.

    Plans and planned days are known from the start; a node's end from its own day.
    """
    known = (as_known(one, as_of) for one in _records(record, ledger))
    return Progress(in_order(one for one in known if one is not None))


def known_blockers(record: Record, year: Year, as_of: date) -> tuple[Blocker, ...]:
    """The blockers of a year that were reported by a day, if the record contains any."""
    own = record.internal.blockers if record.internal else ()
    return tuple(one for one in own if one.year == year and one.since <= as_of)


def _records(record: Record, ledger: Ledger) -> Iterable[Recorded]:
    """The records of a year; a full inspection replaces its public part."""
    if record.internal is None:
        return ledger.progress.records
    own = [one for one in record.internal.inspections if one.year == ledger.year]
    halves = {one.of for one in own}
    full = (Verification(o.id, o.task, o.on, o.method, o.result, o.found) for o in own)
    rest = (
        one
        for one in ledger.progress.records
        if not (isinstance(one, Verification) and one.id in halves)
    )
    return (*full, *rest)
