"""Rules for dates of records: within the ledger's time and the period, equal to the file name's.

A record outside would be missing from every page without notice.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice

from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.files.fields import NO_DAY
from jiaozhang.files.yaml_tree import Scalar
from jiaozhang.ledger.events import Correction, Milestone, Note
from jiaozhang.ledger.filed import Filed, FiledLedger, Kept
from jiaozhang.ledger.identity import Year
from jiaozhang.ledger.record_kinds import day_of, kind_of
from jiaozhang.wall.review import FieldPath

_MOST_NAMED = 20
_NAME = re.compile(r"/(?:[0-9]{3}-)?([0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)[-.][^/]*$")


def check_dates(filed: Filed) -> Iterator[Diagnostic]:
    """Check the date of every record against its ledger, its period and its file name."""
    for ledger in filed.ledgers:
        for kept in ledger.kept:
            day, path = _day_of(filed, kept)
            place = _place_of_record(filed, kept, *path)
            if day is not None:
                yield from _day_faults(ledger, kept, day, place)
            yield from _plan_faults(filed, ledger, kept)
            known, path = known_of(kept)
            if known is not None and ledger.closed and known > ledger.closed > NO_DAY:
                place = _place_of_record(filed, kept, *path)
                yield fault("known-after-closed", place, given=known, closed=ledger.closed)


def not_yet(
    filed: Filed, days: Mapping[Year, date], corrected: date, today: date
) -> Iterator[Diagnostic]:
    """Warn about every record that a site for these days, corrected until another, does not show
    yet.

    A site for a day long past omits most of a year: of the records dated between that day and today
    only the first few are listed, the others counted.
    """
    for ledger in filed.ledgers:
        later = [*_later(filed, ledger, days[ledger.year], corrected)]
        named = [one for one, day in later if day > today]
        past = [one for one, day in later if day <= today]
        yield from (*named, *past[:_MOST_NAMED])
        if len(past) > _MOST_NAMED:
            place = filed.documents[ledger.key].source.place()
            count = len(past) - _MOST_NAMED
            yield fault("not-yet-more", place, count=count, as_of=days[ledger.year])


def _later(
    filed: Filed, ledger: FiledLedger, as_of: date, corrected: date
) -> Iterator[tuple[Diagnostic, date]]:
    for kept in ledger.kept:
        last = corrected if isinstance(kept.fact, Correction) else as_of
        for day, path in (known_of(kept), _day_of(filed, kept)):
            if day and day > last:
                place = _place_of_record(filed, kept, *path)
                yield fault("not-yet", place, given=day, as_of=last), day
                break


def _day_of(filed: Filed, kept: Kept) -> tuple[date | None, FieldPath]:
    """A record's date, and the path of its key."""
    day = day_of(kept.fact)
    nodes = (
        (name, filed.documents[kept.key].node(*kept.path, name))
        for name in kind_of(kept.fact).written
    )
    written = (name for name, node in nodes if isinstance(node, Scalar) and not node.is_null)
    return (None if day == NO_DAY else day), tuple(islice(written, 1))


def known_of(kept: Kept) -> tuple[date | None, FieldPath]:
    """The day from which a note is known if that differs from its own day, and its path."""
    note, trail = kept.fact, kept.trail
    if not isinstance(note, Note) or note.known == note.on:
        return None, ()
    if note.published:
        return note.known, ("published",)
    if trail and trail.reviews and note.origin == "report":
        return note.known, ("reviews", len(trail.reviews) - 1, "at")
    return note.known, ("source", "published")


def last_day(ledger: FiledLedger) -> date:
    """The latest date allowed for records of a ledger."""
    closed = ledger.closed if ledger.closed != NO_DAY else None
    return closed or date(ledger.year + 1, 6, 30)


def span_of(period: str) -> tuple[date, date]:
    """The first and the last day of a period, 2025-06 or 2025-Q2."""
    year, part = int(period[:4]), period[5:]
    first, last = (int(part[1]) * 3 - 2, int(part[1]) * 3) if part[0] == "Q" else (int(part),) * 2
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _day_faults(ledger: FiledLedger, kept: Kept, day: date, place: Place) -> Iterator[Diagnostic]:
    written = kept.fact.on_text if isinstance(kept.fact, Note) else day.isoformat()
    found = _NAME.search(kept.key)
    name = found[1] if found else written
    is_same = name.startswith(written) or written.startswith(name)
    misfits = [*_misfits(ledger, kept, day, place)]
    if not is_same:
        named = _last_of(name)
        fits = named is not None and not any(_misfits(ledger, kept, named, place))
        meant = name if fits else ""
        yield fault("date-differs", place, given=written, name=name, nearest=meant)
        misfits = [] if fits else misfits
    yield from misfits[:1]


def _plan_faults(filed: Filed, ledger: FiledLedger, kept: Kept) -> Iterator[Diagnostic]:
    """Report steps planned before the ledger's year: they would be late from the start."""
    step, first = kept.fact, date(ledger.year, 1, 1)
    if isinstance(step, Milestone) and step.planned != NO_DAY and step.planned < first:
        yield fault(
            "planned-before",
            _place_of_record(filed, kept, "planned"),
            given=step.planned,
            year=ledger.year,
            nearest=_in_year(step.planned, ledger, date(ledger.year, 12, 31)),
        )


def _misfits(ledger: FiledLedger, kept: Kept, day: date, place: Place) -> Iterator[Diagnostic]:
    first, last = date(ledger.year, 1, 1), last_day(ledger)
    is_late = day > last and not isinstance(kept.fact, Correction)
    if day < first or is_late:
        yield fault(
            "outside-ledger",
            place,
            given=day,
            year=ledger.year,
            first=first,
            last=last,
            nearest=_in_year(day, ledger, last),
        )
    note = kept.fact
    if isinstance(note, Note) and note.period and note.period.startswith(f"{ledger.year}-"):
        begin, end = span_of(note.period)
        if not begin <= day <= end:
            yield fault(
                "outside-period", place, given=note.on_text, period=note.period, nearest=end
            )


def _in_year(day: date, ledger: FiledLedger, last: date) -> str:
    """The suggested date, with the ledger's year: in January the old year is often typed by
    mistake.

    A date in the following year may be right, and only too late.
    """
    if ledger.year < day.year and day <= date(ledger.year + 1, 6, 30):
        return ""
    try:
        meant = day.replace(year=ledger.year)
    except ValueError:
        return ""
    return meant.isoformat() if meant <= last and meant != day else ""


def _last_of(name: str) -> date | None:
    try:
        year, month, *rest = (int(part) for part in name.split("-"))
        return date(year, month, rest[0] if rest else calendar.monthrange(year, month)[1])
    except ValueError:
        return None


def _place_of_record(filed: Filed, kept: Kept, *path: str | int) -> Place:
    return filed.documents[kept.key].place(*kept.path, *path)
