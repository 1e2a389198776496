"""What pages say of corrections: at the entry that is corrected, and by themselves."""

from __future__ import annotations

from collections.abc import Mapping

from jiaozhang.derive import DerivedTask, DerivedYear
from jiaozhang.derive.known import is_late
from jiaozhang.ledger.events import Correction, CorrectionKind, Note
from jiaozhang.ledger.record_kinds import address_of
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.page import Link
from jiaozhang.pages.core.timeline_entry import CorrectionLine
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, mark
from jiaozhang.wording.joining import join_clauses, quoted

# What each kind says at the entry that it corrects; a withdrawn one is on no page.
_AT_ENTRY: Mapping[CorrectionKind, str] = {
    "correction": mark("Corrected on {day}: {wrong} should be {right}. {reason}"),
    "replacement": mark("Replaced by a newer record, as found on {day}: {reason}"),
    "outdated": mark("Found out of date on {day}: “{part}”. {reason}"),
}
_WRONG, _PAST = mark("{by}. Wrong since {day}"), mark("{by}. Out of date since {day}")
_DECIDED: Mapping[CorrectionKind, str] = {
    "correction": _WRONG,
    "replacement": _PAST,
    "outdated": _PAST,
    "withdrawal": _WRONG,
}


def lines_of(year: DerivedYear, one: DerivedTask, subject: str) -> tuple[CorrectionLine, ...]:
    """What was corrected of the record with an address, oldest first."""
    return tuple(
        CorrectionLine(
            gettext(
                _AT_ENTRY[own.kind],
                day=words.full_day(own.on),
                wrong=own.wrong,
                right=own.right,
                part=own.part,
                reason=own.reason,
            ),
            late_mark(year, own),
            newer_record(year, one, own),
        )
        for own in one.corrections
        if own.of == subject and own.kind in _AT_ENTRY
    )


def late_mark(year: DerivedYear, correction: Correction) -> str:
    """The mark of a correction made after its ledger was closed; empty for any other."""
    if not is_late(correction, year.ledger):
        return ""
    return gettext("Corrected after the records closed")


def reason_of(correction: Correction) -> str:
    """Why something was corrected, after the words that are out of date."""
    part = quoted(correction.part) if correction.part else ""
    return join_clauses(text for text in (part, correction.reason) if text)


def decided(correction: Correction) -> str:
    """Who decided, and since when it was wrong or out of date."""
    day = words.full_day(correction.since)
    return gettext(_DECIDED[correction.kind], by=correction.by, day=day)


def newer_record(year: DerivedYear, one: DerivedTask, correction: Correction) -> Link | None:
    """The record that a correction leads to, by its day and place on the task's page."""
    newer = _note_at(one, correction.newer)
    if newer is None:
        return None
    day = words.day_or_month(newer.on_text)
    return Link(gettext("See the record of {day}", day=day), f"{_page(year, one)}#{newer.id}")


def corrected_record(year: DerivedYear, one: DerivedTask, correction: Correction) -> Link:
    """The record of a task that is corrected, or the task itself."""
    number, title, note = one.task.number, one.task.title, _note_at(one, correction.of)
    if note is None:
        said = gettext("Task {number} {title}", number=number, title=title)
        return Link(said, _page(year, one))
    said = gettext(
        "Task {number} {title}: record of {day}",
        number=number,
        title=title,
        day=words.day_or_month(note.on_text),
    )
    return Link(said, f"{_page(year, one)}#{note.id}")


def _note_at(one: DerivedTask, address: str | None) -> Note | None:
    return next((note for note in one.own.notes if address_of(note) == address), None)


def _page(year: DerivedYear, one: DerivedTask) -> str:
    return addresses.task(year.ledger.year, one.task.number)
