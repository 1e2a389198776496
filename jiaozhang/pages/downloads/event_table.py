"""The table of events: what was decided or found of a task, of whatever kind, a row each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.ledger.events import (
    Amendment,
    Closure,
    Correction,
    Judgement,
    Trigger,
    Verification,
)
from jiaozhang.pages.downloads.data_columns import NUMBER, OF_TASK, Column, Table
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, mark

Event = Closure | Amendment | Verification | Judgement | Trigger | Correction


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in the words that all events share; `kind` is what readers call it."""

    task: int | None
    kind: str
    on: date
    subject: str | None
    ground: str | None
    by: str | None = None
    old: str | None = None
    new: str | None = None


def _event_row(e: Event) -> EventRow:
    match e:
        case Closure():
            kind = gettext("Reopened") if e.is_reopened else gettext("Closure")
            return EventRow(e.task, kind, e.on, e.clause, e.ground, e.by)
        case Amendment():
            kind, subject = gettext("Amendment"), e.clause or e.target
            return EventRow(e.task, kind, e.on, subject, e.document, e.authority, e.old, e.new)
        case Verification():
            kind, method = gettext("Verification"), words.METHOD[e.method]
            result = words.RESULT[e.result] if e.result else None
            return EventRow(e.task, kind, e.on, method, e.text, new=result)
        case Judgement():
            kind, verdict = gettext("Declaration"), words.VERDICT[e.verdict]
            return EventRow(e.task, kind, e.on, e.target, e.document, e.by, new=verdict)
        case Trigger():
            return EventRow(e.task, gettext("Start of a term"), e.on, e.clause, e.document)
        case Correction():
            kind, old, new = words.CORRECTION[e.kind], e.wrong or e.part, e.right or e.newer
            return EventRow(e.task, kind, e.on, e.of, e.reason, e.by, old, new)


def _events(derived: Derived, year: DerivedYear) -> list[EventRow]:
    """The events of each task kind by kind; corrections come last, since some are of no task."""
    events: list[Event] = []
    for own in (one.own for one in year.tasks):
        events += own.closures
        events += own.amendments
        events += own.verifications
        events += own.judgements
        events += own.triggers
    return [_event_row(event) for event in (*events, *year.corrections)]


EVENTS: Table[EventRow] = Table(
    "events",
    mark(
        "A row for each closing, reopening, amendment, verification, judgement, start of a period, "
        "correction, replacement, part out of date and withdrawal."
    ),
    _events,
    (
        Column("number", NUMBER, lambda r: r.task, "integer"),
        Column(
            "kind",
            mark(
                "Closing, reopening, amendment, verification, judgement, start of a period, "
                "correction, replacement, out of date in part, withdrawal"
            ),
            lambda r: r.kind,
        ),
        Column("date", mark("Day of the event"), lambda r: r.on),
        Column("subject", mark("The deadline, target or record concerned"), lambda r: r.subject),
        Column("old", mark("What it was before, or what is out of date"), lambda r: r.old),
        Column("new", mark("What it is now, or the record that says it"), lambda r: r.new),
        Column("by", mark("Who says so"), lambda r: r.by),
        Column("ground", mark("On what ground"), lambda r: r.ground),
    ),
    references=(OF_TASK,),
)
