"""The tables of a year's records: notes, their figures, and milestones."""

from __future__ import annotations

from jiaozhang.ledger.events import Figure, Milestone, Note
from jiaozhang.markdown.prose import to_text
from jiaozhang.pages.core import addresses
from jiaozhang.pages.downloads.data_columns import (
    ADDRESS,
    NUMBER,
    OF_TASK,
    Column,
    PartRow,
    Reference,
    Table,
    parts_of,
)
from jiaozhang.wording.catalogue import mark

_RECORD = mark("Identifier of the record")
_RECORD_KEY = ("number", "record")

RECORDS: Table[PartRow[Note]] = Table(
    "records",
    mark("A row for each record; its text is Markdown."),
    parts_of(lambda one: one.own.notes),
    (
        Column("number", NUMBER, lambda r: r.part.task, "integer"),
        Column(
            "record",
            mark("Identifier of the record, its anchor on the page"),
            lambda r: r.part.id,
        ),
        Column(
            "origin",
            mark("report: reported by a unit; public-record: compiled from a public source"),
            lambda r: r.part.origin,
        ),
        Column("unit", mark("The unit that reports"), lambda r: r.part.unit),
        Column("period", mark("The period reported on"), lambda r: r.part.period),
        Column("date", mark("The day or month that it speaks of"), lambda r: r.part.on_text),
        Column("status", mark("How the unit itself judges"), lambda r: r.part.status),
        Column("text", mark("Its text as the page shows it"), lambda r: to_text(r.part.body)),
        Column(
            "source_title",
            mark("Title of the source"),
            lambda r: r.part.source.title if r.part.source else None,
        ),
        Column(
            "publisher",
            mark("Who published the source"),
            lambda r: r.part.source.publisher if r.part.source else None,
        ),
        Column(
            "source_published",
            mark("Day on which the source was published"),
            lambda r: r.part.source.published if r.part.source else None,
            "date",
        ),
        Column(
            "source_url",
            mark("Address of the source"),
            lambda r: r.part.source.url if r.part.source else None,
        ),
        Column(
            "reposted",
            mark("A repost was read"),
            lambda r: "true" if r.part.source and r.part.source.reposted else None,
        ),
        Column("district", mark("The district that it speaks of"), lambda r: r.part.district),
        Column("caveat", mark("A remark on what is counted"), lambda r: r.part.caveat),
        Column(
            "replaced_by",
            mark("The newer record of the task that replaces it"),
            lambda r: r.one.replaced[r.part.id].id if r.part.id in r.one.replaced else None,
        ),
        Column(
            "url",
            ADDRESS,
            lambda r: f"{addresses.task(r.year.ledger.year, r.part.task)}#{r.part.id}",
        ),
    ),
    key=_RECORD_KEY,
    references=(OF_TASK,),
)

FIGURES: Table[PartRow[tuple[Note, Figure]]] = Table(
    "figures",
    mark(
        "A row for each figure of a record; it counts as its target does where target is named, "
        "and is compared with none where beside is."
    ),
    parts_of(lambda one: ((note, figure) for note in one.own.notes for figure in note.figures)),
    (
        Column("number", NUMBER, lambda r: r.part[0].task, "integer"),
        Column("record", _RECORD, lambda r: r.part[0].id),
        Column("name", mark("What is counted"), lambda r: r.part[1].name),
        Column("value", mark("The figure"), lambda r: r.part[1].value, "number"),
        Column("unit", mark("Unit of measurement"), lambda r: r.part[1].unit),
        Column("period", mark("The time that it is of"), lambda r: r.part[1].period),
        Column("target", mark("The target that counts as it does"), lambda r: r.part[1].target),
        Column(
            "beside",
            mark("The target beside which it is shown, though its scope differs"),
            lambda r: r.part[1].beside,
        ),
        Column("differs", mark("How its scope differs"), lambda r: r.part[1].differs),
        Column(
            "release",
            mark("first: published for the first time; revised: a revised figure"),
            lambda r: r.part[1].release,
        ),
    ),
    references=(OF_TASK, Reference(_RECORD_KEY, "records", _RECORD_KEY)),
)

NODES: Table[PartRow[Milestone]] = Table(
    "nodes",
    mark("A row for each milestone."),
    parts_of(lambda one: one.own.nodes),
    (
        Column("number", NUMBER, lambda r: r.part.task, "integer"),
        Column("node", mark("Identifier of the milestone"), lambda r: r.part.id),
        Column("text", mark("What is done by then"), lambda r: r.part.text),
        Column("planned", mark("Planned day"), lambda r: r.part.planned, "date"),
        Column("actual", mark("Actual day"), lambda r: r.part.actual, "date"),
        Column("evidence", mark("What proves it"), lambda r: r.part.evidence),
    ),
    key=("number", "node"),
    references=(OF_TASK,),
)
