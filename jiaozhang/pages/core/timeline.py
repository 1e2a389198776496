"""The timeline of a task: every record as an entry with its own anchor, newest first."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from markupsafe import Markup

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.ledger.events import (
    Amendment,
    Closure,
    Correction,
    Note,
    Recorded,
    Verification,
)
from jiaozhang.ledger.record_kinds import address_of, known_from
from jiaozhang.ledger.settings import Tone
from jiaozhang.markdown.prose import first_words
from jiaozhang.pages.core import addresses, corrections
from jiaozhang.pages.core.note_text import figure_line, note_text, papers_of, report_head
from jiaozhang.pages.core.page import Link
from jiaozhang.pages.core.seals import SEALS
from jiaozhang.pages.core.timeline_entry import EntryKind, ReviewState, TimelineEntry
from jiaozhang.wording import citations, clause_sentences, words
from jiaozhang.wording.catalogue import Labels, gettext, mark, ngettext
from jiaozhang.wording.joining import join_facts, labelled

_KINDS: Mapping[EntryKind, str] = Labels(
    {
        "report": mark("Unit's report"),
        "public-record": mark("Public record"),
        "milestone": mark("Milestone reached"),
        "closure": mark("Closure"),
        "reopening": mark("Reopened"),
        "amendment": mark("Amendment"),
        "verification": mark("Inspection"),
        "judgement": mark("Declaration"),
        "trigger": mark("Start of a term"),
        "correction": mark("Correction"),
        "replacement": mark("Replacement"),
        "outdated": mark("Out of date in part"),
        "withdrawal": mark("Withdrawal"),
    }
)


# Cached by identity (see `Derived`); used by six kinds of pages.
@functools.lru_cache(maxsize=4096)
def entries_of(derived: Derived, year: DerivedYear, one: DerivedTask) -> tuple[TimelineEntry, ...]:
    """Every record of a task as known on the day, newest first, without its late corrections."""
    make = _Maker(derived, year, one)
    found = [
        *(make.note(note) for note in one.own.notes),
        *make.nodes(),
        *(make.closure(at, event) for at, event in enumerate(one.own.closures, 1)),
        *(make.amendment(amendment) for amendment in one.own.amendments),
        *(make.verification(check) for check in one.own.verifications),
        *make.rulings(),
        *(make.correction(c) for c in one.own.corrections),
    ]
    # For the same day, later items in the files are newer.
    found.reverse()
    return tuple(sorted(found, key=lambda entry: entry.on, reverse=True))


def late_entries(
    derived: Derived, year: DerivedYear, one: DerivedTask
) -> tuple[TimelineEntry, ...]:
    """The corrections made of a task after the ledger was closed, newest first."""
    make = _Maker(derived, year, one)
    return tuple(make.correction(correction) for correction in reversed(one.late))


def newest_day(one: DerivedTask) -> date | None:
    """The date of a task's newest entry, without building the entries."""
    own = one.own
    days = (
        *(note.on for note in own.notes),
        *(node.actual for node in own.nodes if node.actual),
        *(closure.on for closure in own.closures),
        *(amendment.on for amendment in own.amendments),
        *(check.on for check in own.verifications),
        *(judgement.on for judgement in own.judgements),
        *(clause.trigger.on for clause in one.clauses if clause.trigger and clause.due),
        *(correction.on for correction in own.corrections),
    )
    return max(days, default=None)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the entries of one task."""

    derived: Derived
    year: DerivedYear
    one: DerivedTask

    def note(self, note: Note) -> TimelineEntry:
        is_report = note.origin == "report"
        plain = self._entry(
            note,
            note.id,
            note.on,
            "report" if is_report else "public-record",
            shape="equal" if is_report else "lines",
            tone="ink" if is_report else "main",
            headline=report_head(note) if is_report else "",
            brief=first_words(note.body),
            source=citations.source_of(note),
        )
        text = note_text(note)
        return replace(
            plain,
            day=words.day_or_month(note.on_text),
            is_dated=len(note.on_text) > len("2025-06"),
            heading=text.heading,
            body=text.body,
            rest=text.rest,
            figures=tuple(figure_line(self.one, figure, note.district) for figure in note.figures),
            files=papers_of(self.year.ledger.year, note),
            url=(note.source.url or "") if note.source else "",
            caveat=note.caveat or "",
            replaced=gettext("Replaced by a newer record") if note.id in self.one.replaced else "",
            next_step=note.next_step or "",
        )

    def nodes(self) -> Iterator[TimelineEntry]:
        for node in self.one.own.nodes:
            if node.actual:
                yield self._entry(
                    node,
                    f"node-{node.id}",
                    node.actual,
                    "milestone",
                    shape="tick",
                    tone="done",
                    headline=node.text,
                    brief=labelled(_KINDS["milestone"], node.text),
                    heading=labelled(_KINDS["milestone"], node.text),
                    source=gettext(
                        "Planned for {day}. Evidence: {evidence}",
                        day=words.full_day(node.planned),
                        evidence=node.evidence,
                    ),
                )

    def closure(self, at: int, event: Closure) -> TimelineEntry:
        name = clause_sentences.clause_name(self.one, event.clause)
        if event.is_reopened:
            head = gettext("{clause} reopened", clause=name)
            source = gettext("{by}. Reason: {ground}", by=event.by, ground=event.ground)
        else:
            head = gettext("{clause} closed", clause=name)
            source = gettext("{by}. Ground: {ground}", by=event.by, ground=event.ground)
        return self._entry(
            event,
            f"closure-{at}",
            event.on,
            "reopening" if event.is_reopened else "closure",
            shape="ring" if event.is_reopened else "seal",
            tone="watch" if event.is_reopened else "done",
            headline=head,
            brief=labelled(head, event.ground),
            source=source,
        )

    def amendment(self, amendment: Amendment) -> TimelineEntry:
        what = _amended(self.one, amendment)
        plain = self._entry(
            amendment,
            f"amendment-{amendment.id}",
            amendment.on,
            "amendment",
            shape="up",
            tone="watch",
            headline=gettext("{what} changed", what=what),
            brief=gettext(
                "{what} changed from {old} to {new}",
                what=what,
                old=amendment.old,
                new=amendment.new,
            ),
            source=gettext(
                "Approved by {authority}, {document}",
                authority=amendment.authority,
                document=amendment.document,
            ),
        )
        return replace(plain, change=(amendment.old, amendment.new))

    def verification(self, check: Verification) -> TimelineEntry:
        is_bad = check.result in ("disagrees", "partly")
        method = words.METHOD[check.method]
        name = gettext("Inspection ({method})", method=method)
        result = words.RESULT[check.result] if check.result else ""
        plain = self._entry(
            check,
            f"verification-{check.id}",
            check.on,
            "verification",
            shape="squares" if is_bad else "tick",
            tone="watch" if is_bad else "ink",
            headline=labelled(method, result) if result else method,
            brief=labelled(name, result) if result else name,
            heading=labelled(name, result) if result else name,
        )
        text = Markup.escape(check.text) if check.text else None
        return replace(plain, body=text, rest=text)

    def rulings(self) -> Iterator[TimelineEntry]:
        """认定 by an authority, and the events from which deadlines are counted."""
        targets = {t.target.id: words.target_name(t.target) for t in self.one.targets}
        for ruling in self.one.own.judgements:
            target, verdict = targets.get(ruling.target, ""), words.VERDICT[ruling.verdict]
            said = gettext("{target} declared: {verdict}", target=target, verdict=verdict)
            yield self._entry(
                ruling,
                f"judgement-{ruling.target}",
                ruling.on,
                "judgement",
                shape="tick" if ruling.verdict == "met" else "down",
                tone="done" if ruling.verdict == "met" else "watch",
                headline=labelled(target, verdict),
                brief=said,
                heading=said,
                source=join_facts((ruling.by, ruling.document)),
            )
        for clause in self.one.clauses:
            if clause.trigger and clause.due:
                event, months = clause.clause.after, clause.clause.months or 0
                day, document = words.full_day(clause.due), clause.trigger.document
                yield self._entry(
                    clause.trigger,
                    f"trigger-{clause.clause.id}",
                    clause.trigger.on,
                    "trigger",
                    shape="clock",
                    tone="ink",
                    headline=gettext(
                        "{event}: the term of clause {number} starts on this day",
                        event=event,
                        number=clause.mark,
                    ),
                    brief=ngettext(
                        "{event}: due within {n} month, by {day}",
                        "{event}: due within {n} months, by {day}",
                        months,
                        event=event,
                        day=day,
                    ),
                    source=ngettext(
                        "{document}. Due within {n} month, by {day}",
                        "{document}. Due within {n} months, by {day}",
                        months,
                        document=document,
                        day=day,
                    ),
                )

    def correction(self, correction: Correction) -> TimelineEntry:
        what, late = _KINDS[correction.kind], corrections.late_mark(self.year, correction)
        reason = corrections.reason_of(correction)
        said = labelled(what, reason) if reason else what
        plain = self._entry(
            correction,
            f"correction-{correction.id}",
            correction.on,
            correction.kind,
            shape="ring",
            tone="watch",
            headline=correction.reason or what,
            brief=labelled(late, said) if late else said,
            heading=said,
            source=corrections.decided(correction),
        )
        change = (correction.wrong or "", correction.right or "")
        is_plain = correction.kind == "correction"
        newer = corrections.newer_record(self.year, self.one, correction)
        return replace(plain, change=change if is_plain else None, late=late, newer=newer)

    def _entry(
        self,
        fact: Recorded,
        id_: str,
        on: date,
        kind: EntryKind,
        *,
        shape: str,
        tone: Tone,
        headline: str,
        brief: str,
        heading: str = "",
        source: str = "",
    ) -> TimelineEntry:
        """Build an entry with the fields common to all; pages link to it by the fact's address.

        `heading` is given where the headline alone does not say what it is about.
        """
        task = self.one.task
        address = addresses.task(self.year.ledger.year, task.number)
        known = _known(fact, on)
        return TimelineEntry(
            id=id_,
            on=on,
            known=known,
            changed=max((known, *self._later(fact))),
            day=words.full_day(on),
            is_dated=True,
            symbol=kind,
            kind=_KINDS[kind],
            shape=shape,
            tone=tone,
            heading=Markup.escape(heading or headline),
            headline=headline,
            brief=brief,
            source=source,
            corrections=corrections.lines_of(self.year, self.one, address_of(fact)),
            inside=self._inside(address_of(fact)),
            task=Link(task.title, f"{address}#{id_}"),
            number=task.number,
        )

    def _later(self, fact: Recorded) -> Iterator[datetime]:
        """When this site published or corrected what was known before."""
        published = fact.published if isinstance(fact, Note) else None
        if published and published.date() <= self.year.as_of:
            yield published
        address = address_of(fact)
        yield from (midnight(one.on) for one in self.one.corrections if one.of == address)

    def _inside(self, subject: str) -> ReviewState | None:
        internal = self.derived.record.internal
        seals = (s for s in internal.seals if s.year == self.year.ledger.year) if internal else ()
        seal = next((s for s in seals if s.subject == subject), None)
        if seal is None:
            return None
        reviews = tuple(
            labelled(words.review_name(r.level), join_facts((r.by, words.full_day(r.at))))
            for r in seal.reviews
        )
        return ReviewState(SEALS[seal.state], reviews, seal.problems or "")


def midnight(day: date) -> datetime:
    """The first moment of a day; of most records only the day is known."""
    return datetime.combine(day, time())


def _known(fact: Recorded, on: date) -> datetime:
    """When a record became known; a time only of what this site published on that very day."""
    day = known_from(fact) or on
    published = fact.published if isinstance(fact, Note) else None
    return published if published and published.date() == day else midnight(day)


def _corrected(correction: Correction) -> str:
    return gettext(
        "Corrected on {day}: {wrong} should be {right}. {reason}",
        day=words.full_day(correction.on),
        wrong=correction.wrong,
        right=correction.right,
        reason=correction.reason,
    )


def _amended(one: DerivedTask, amendment: Amendment) -> str:
    if amendment.clause:
        name = clause_sentences.clause_name(one, amendment.clause)
        return gettext("Deadline of {clause}", clause=name)
    target = next((t for t in one.task.targets if t.id == amendment.target), None)
    return words.target_name(target) if target else ""
