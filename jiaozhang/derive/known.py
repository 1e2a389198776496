"""Select what was known on a day. Later information is neither derived from nor shown.

Nothing is collected after a ledger was closed, except that what it says turned out wrong or out of
date: such a correction is known from its own day on, whatever the day of the ledger's data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from jiaozhang.ledger.events import Correction, Note, Progress, Recorded, Verification
from jiaozhang.ledger.identity import TaskNumber
from jiaozhang.ledger.public import Blocker, Ledger, Record, Year
from jiaozhang.ledger.record_kinds import address_of, as_known, in_order


def known_on(record: Record, ledger: Ledger, as_of: date) -> Progress:
    """Return a year's records as known on a day, oldest first, without its late corrections.

    Plans and planned days are known from the start; a node's end from its own day.
    """
    known = (as_known(one, as_of) for one in _records(record, ledger) if not is_late(one, ledger))
    return Progress(in_order(one for one in known if one is not None))


def late_corrections(ledger: Ledger, until: date) -> tuple[Correction, ...]:
    """The corrections made after a ledger was closed and until a day, oldest first."""
    late = (one for one in ledger.progress.corrections if is_late(one, ledger) and one.on <= until)
    return tuple(sorted(late, key=lambda one: (one.on, one.id)))


def is_late(record: Recorded, ledger: Ledger) -> bool:
    """Tell whether a record is a correction made after its ledger was closed."""
    closed = ledger.closed
    return isinstance(record, Correction) and closed is not None and record.on > closed


def replaced_by(
    notes: Iterable[Note], corrections: Iterable[Correction]
) -> Mapping[TaskNumber, Mapping[str, Note]]:
    """The notes that others replace, by task: the id of each with the note that replaces it."""
    by_address = {address_of(note): note for note in notes}
    replaced: dict[TaskNumber, dict[str, Note]] = {}
    for one in corrections:
        old, newer = by_address.get(one.of), by_address.get(one.newer or "")
        if one.kind == "replacement" and old and newer:
            replaced.setdefault(old.task, {})[old.id] = newer
    return replaced


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
