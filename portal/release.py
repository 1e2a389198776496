"""The wall: the one door through which facts reach a site, and the list of what stays behind.

Everything is removed here, before anything is derived: a count made of hidden facts and filtered
later would still tell. A new field of the filed model must be copied below or named in WITHHELD.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from portal import model
from portal.record import Internal, Ledger, Record, Task

Audience = Literal["public", "intranet"]

# Field by field, what no record carries under its own name, and why.
WITHHELD: Mapping[type, Mapping[str, str]] = {
    model.Task: {
        "unsettled": "a question to an editor; no site is built while one stands",
        "key": "the file's path, for diagnostics",
    },
    model.Ledger: {
        "lock": "digests that guard the texts; checked before the wall",
        "persons": "intranet only: Record.internal",
        "unsettled": "a question to an editor; no site is built while one stands",
        "key": "the file's path, for diagnostics",
    },
    model.Filed: {
        "unsettled": "a question to an editor; no site is built while one stands",
        "documents": "positions in files, for diagnostics and explain",
    },
}


def release(filed: model.Filed, audience: Audience) -> Record:
    """Return what an audience may know of the filed content."""
    return Record(
        site=filed.site,
        units=filed.units,
        districts=filed.districts,
        leaders=filed.leaders,
        ledgers=tuple(_ledger(ledger) for ledger in filed.ledgers),
        internal=_internal(filed) if audience == "intranet" else None,
    )


def _ledger(ledger: model.Ledger) -> Ledger:
    return Ledger(
        year=ledger.year,
        title=ledger.title,
        issuer=ledger.issuer,
        meeting=ledger.meeting,
        number=ledger.number,
        source=ledger.source,
        published=ledger.published,
        stated_count=ledger.stated_count,
        reporting=ledger.reporting,
        closed=ledger.closed,
        sections=ledger.sections,
        seasons=ledger.seasons,
        notice=ledger.notice,
        tasks=tuple(_task(task) for task in ledger.tasks),
    )


def _task(task: model.Task) -> Task:
    return Task(
        number=task.number,
        section=task.section,
        title=task.title,
        summary=task.summary,
        text=task.text,
        deadline=task.deadline,
        leaders=task.leaders,
        units=task.units,
        responsibility=task.responsibility,
        clauses=task.clauses,
        targets=task.targets,
        remarks=task.remarks,
    )


def _internal(filed: model.Filed) -> Internal:
    return Internal(
        persons=tuple(person for ledger in filed.ledgers for _, person in ledger.persons)
    )
