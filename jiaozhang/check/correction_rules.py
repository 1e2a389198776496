"""Rules for corrections: what they name is there, and was known by then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.files.nearest import Known, nearest
from jiaozhang.ledger.events import Correction, Note
from jiaozhang.ledger.filed import Filed, FiledLedger, Kept
from jiaozhang.ledger.identity import TaskNumber
from jiaozhang.ledger.record_kinds import known_from
from jiaozhang.markdown.prose import to_text
from jiaozhang.wall.review import subject_of


@dataclass(frozen=True, slots=True)
class _Corrected:
    """A year's corrections, and everything outside `internal` that they may name."""

    filed: Filed
    kept: tuple[tuple[Kept, Correction], ...]
    known: Known
    notes: Mapping[str, Note]
    tasks: frozenset[TaskNumber]

    def place(self, kept: Kept, field: str) -> Place:
        return self.filed.documents[kept.key].place(field)


def corrections_hold(filed: Filed) -> Iterator[Diagnostic]:
    """Check the corrections of every year."""
    for ledger in filed.ledgers:
        case = _corrected(filed, ledger)
        for kept, correction in case.kept:
            yield from _names_records(case, kept, correction)
            yield from _leads_to_a_newer_record(case, kept, correction)
            yield from _quotes_what_is_there(case, kept, correction)
        yield from _replaced_once(case)


def _corrected(filed: Filed, ledger: FiledLedger) -> _Corrected:
    open_ = [kept for kept in ledger.kept if not kept.internal]
    tasks = frozenset(task.public.number for task in ledger.tasks)
    named = {f"tasks/{number:03}" for number in tasks} | {"notice", "ledger"}
    return _Corrected(
        filed,
        tuple((kept, kept.fact) for kept in ledger.kept if isinstance(kept.fact, Correction)),
        Known({subject_of(kept) for kept in open_} | named),
        {subject_of(kept): kept.fact for kept in open_ if isinstance(kept.fact, Note)},
        tasks,
    )


def _names_records(case: _Corrected, kept: Kept, correction: Correction) -> Iterator[Diagnostic]:
    # A correction of a task that is not there has been reported.
    if correction.task is not None and correction.task not in case.tasks:
        return
    of = correction.of
    if of not in case.known:
        near = nearest(of, case.known)
        yield fault("unknown-record", case.place(kept, "of"), given=of, nearest=near)
    elif correction.kind in ("replacement", "outdated") and not _is_compiled(case.notes.get(of)):
        yield fault("not-replaceable", case.place(kept, "of"), given=of)
    if correction.on < correction.since:
        yield fault("correction-order", case.place(kept, "date"))


def _is_compiled(note: Note | None) -> bool:
    """Tell whether a record is compiled from a source: what a unit reports is its own word."""
    return note is not None and note.origin == "public-record"


def _leads_to_a_newer_record(
    case: _Corrected, kept: Kept, correction: Correction
) -> Iterator[Diagnostic]:
    if correction.newer is None:
        return
    place, newer = case.place(kept, "newer"), case.notes.get(correction.newer)
    if newer is None:
        near = nearest(correction.newer, case.notes)
        yield fault("unknown-record", place, given=correction.newer, nearest=near)
    elif newer.task != correction.task or correction.newer == correction.of:
        yield fault("not-the-same-task", place, given=correction.newer, of=correction.of)
    else:
        known = known_from(newer)
        if known is not None and known > correction.on:
            yield fault(
                "newer-too-late", place, given=correction.newer, known=known, date=correction.on
            )


def _quotes_what_is_there(
    case: _Corrected, kept: Kept, correction: Correction
) -> Iterator[Diagnostic]:
    """Report a part that the record does not say in its text, its remark or its figures."""
    note = case.notes.get(correction.of)
    if note is None or correction.part is None:
        return
    figures = [word for own in note.figures for word in (own.name, own.period, own.differs or "")]
    said = [to_text(note.body), note.caveat or "", *figures]
    part = _without_blanks(correction.part)
    if not any(part in _without_blanks(text) for text in said):
        yield fault("part-not-there", case.place(kept, "part"), given=correction.of)


def _without_blanks(text: str) -> str:
    return re.sub(r"\s", "", text)


def _replaced_once(case: _Corrected) -> Iterator[Diagnostic]:
    """A record has one that replaces it, and is not replaced by itself through others."""
    newer: dict[str, str] = {}
    first: dict[str, str] = {}
    for kept, correction in case.kept:
        if correction.kind != "replacement" or correction.newer is None:
            continue
        of = correction.of
        if of in newer:
            yield fault("replaced-twice", case.place(kept, "of"), given=of, first=first[of])
            continue
        newer[of], first[of] = correction.newer, kept.key
        at: str | None = correction.newer
        while at is not None and at != of:
            at = newer.get(at)
        if at == of and correction.newer != of:
            del newer[of]
            yield fault("replaced-in-a-circle", case.place(kept, "newer"), given=correction.newer)
