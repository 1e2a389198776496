"""The tables of a year: of each its rows, and every column with its meaning and its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.duties import Duty
from jiaozhang.derive.rollup import GROUPINGS, grouped, tally
from jiaozhang.derive.schedule import DerivedClause
from jiaozhang.ledger.events import Figure, Milestone, Note
from jiaozhang.ledger.public import Target
from jiaozhang.ledger.settings import StandingKey
from jiaozhang.markdown.prose import to_text
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.marks import mark_of
from jiaozhang.pages.downloads.data_columns import (
    NUMBER,
    OF_TASK,
    TASK_KEY,
    Column,
    DataTable,
    Reference,
    Table,
)
from jiaozhang.pages.downloads.event_table import EVENTS
from jiaozhang.pages.downloads.task_columns import ADDRESS, AGAINST_CALENDAR, STANDING, TASKS
from jiaozhang.wording.catalogue import mark

T = TypeVar("T")

_RECORD = mark("Identifier of the record")
_RECORD_KEY = ("number", "record")


@dataclass(frozen=True, slots=True)
class PartRow(Generic[T]):
    """A part of a task: a clause, a duty, a note."""

    year: DerivedYear
    one: DerivedTask
    part: T


@dataclass(frozen=True, slots=True)
class CountRow:
    grouping: str
    group: str
    standing: StandingKey
    word: str
    count: int
    total: int


def _parts_of(
    parts: Callable[[DerivedTask], Iterable[T]],
) -> Callable[[Derived, DerivedYear], list[PartRow[T]]]:
    """Every such part of every task of a year."""
    return lambda _, year: [PartRow(year, one, part) for one in year.tasks for part in parts(one)]


CLAUSES: Table[PartRow[DerivedClause]] = Table(
    "clauses",
    mark("A row for each deadline, those in the text of a task included."),
    _parts_of(lambda one: one.clauses),
    (
        Column("number", NUMBER, lambda r: r.one.task.number, "integer"),
        Column("clause", mark("Identifier of the deadline"), lambda r: r.part.clause.id),
        Column("kind", mark("What is asked for by then"), lambda r: r.part.clause.kind),
        Column(
            "scope", mark("What it covers; empty: the whole task"), lambda r: r.part.clause.scope
        ),
        Column("due", mark("Day on which it is due"), lambda r: r.part.due, "date"),
        Column("after", mark("The event that it counts from"), lambda r: r.part.clause.after),
        Column("months", mark("Within how many months"), lambda r: r.part.clause.months, "integer"),
        Column("season", mark("A time of year without a date"), lambda r: r.part.clause.season),
        Column(
            "origin",
            mark("deadline: from the column of deadlines; body: from the text"),
            lambda r: r.part.clause.origin,
        ),
        Column("timing", AGAINST_CALENDAR, lambda r: r.part.timing),
        Column(
            "settlement",
            mark("open: no closing was seen; closed: closed; reopened: opened again"),
            lambda r: r.part.settlement,
        ),
    ),
    key=("number", "clause"),
    references=(OF_TASK,),
)

TARGETS: Table[PartRow[Target]] = Table(
    "targets",
    mark("A row for each target figure."),
    _parts_of(lambda one: one.task.targets),
    (
        Column("number", NUMBER, lambda r: r.one.task.number, "integer"),
        Column("target", mark("Identifier of the target"), lambda r: r.part.id),
        Column("clause", mark("The deadline that it belongs to"), lambda r: r.part.clause),
        Column("verb", mark("Its verb"), lambda r: r.part.verb),
        Column("measure", mark("What is counted"), lambda r: r.part.measure),
        Column("comparison", mark("How figures compare with it"), lambda r: r.part.comparison),
        Column(
            "value", mark("Its value; of a range the lower end"), lambda r: r.part.value, "number"
        ),
        Column("upper", mark("The upper end of a range"), lambda r: r.part.upper, "number"),
        Column("base", mark("The value that it starts from"), lambda r: r.part.base, "number"),
        Column("unit", mark("Unit of measurement"), lambda r: r.part.unit),
        Column("counts", mark("What counts towards it"), lambda r: r.part.counts),
        Column(
            "follows", mark("The task that it keeps step with"), lambda r: r.part.follows, "integer"
        ),
    ),
    key=("number", "target"),
    references=(OF_TASK, Reference(("follows",), "tasks", TASK_KEY)),
)

RECORDS: Table[PartRow[Note]] = Table(
    "records",
    mark("A row for each record; its text is Markdown."),
    _parts_of(lambda one: one.own.notes),
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
    mark("A row for each figure of a record; it counts as its target does where target is named."),
    _parts_of(lambda one: ((note, figure) for note in one.own.notes for figure in note.figures)),
    (
        Column("number", NUMBER, lambda r: r.part[0].task, "integer"),
        Column("record", _RECORD, lambda r: r.part[0].id),
        Column("name", mark("What is counted"), lambda r: r.part[1].name),
        Column("value", mark("The figure"), lambda r: r.part[1].value, "number"),
        Column("unit", mark("Unit of measurement"), lambda r: r.part[1].unit),
        Column("period", mark("The time that it is of"), lambda r: r.part[1].period),
        Column("target", mark("The target that counts as it does"), lambda r: r.part[1].target),
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
    _parts_of(lambda one: one.own.nodes),
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


def _counts(derived: Derived, year: DerivedYear) -> list[CountRow]:
    """Counts of standings by every grouping; by leader only where something is kept inside."""
    site, reporting = derived.record.site, year.ledger.reporting
    return [
        CountRow(grouping.name, group, key, mark_of(site, key).word, count, len(tasks))
        for grouping in GROUPINGS
        if grouping.name != "leader" or derived.record.internal is not None
        for group, tasks in grouped(year, grouping).items()
        for key, count in tally(tasks, reporting)
    ]


ROLLUPS: Table[CountRow] = Table(
    "rollups",
    mark("How many tasks of each group are how far; the counts of a group sum to its total."),
    _counts,
    (
        Column("grouping", mark("What the tasks are grouped by"), lambda r: r.grouping),
        Column("group", mark("The group"), lambda r: r.group),
        Column("standing", STANDING, lambda r: r.standing),
        Column("word", mark("The words for how far the task is"), lambda r: r.word),
        Column("count", mark("How many tasks"), lambda r: r.count, "integer"),
        Column("total", mark("How many tasks the group has"), lambda r: r.total, "integer"),
    ),
    key=("grouping", "group", "standing"),
)

RESPONSIBILITIES: Table[PartRow[Duty]] = Table(
    "responsibilities",
    mark(
        "A row for each part that a unit has in a task; where a group reaches it, with the group."
    ),
    _parts_of(lambda one: one.duties),
    (
        Column("number", NUMBER, lambda r: r.one.task.number, "integer"),
        Column("unit", mark("The unit"), lambda r: r.part.unit.name),
        Column("unit_id", mark("The unit's name in addresses"), lambda r: r.part.unit.id),
        Column("as_printed", mark("What the notice calls it"), lambda r: r.part.printed),
        Column("role", mark("Its part in the task"), lambda r: r.part.role),
        Column(
            "via",
            mark("The group that reaches it"),
            lambda r: r.part.via.name if r.part.via else None,
        ),
    ),
    references=(OF_TASK,),
)

# Adding a table is adding a row.
TABLES: tuple[DataTable, ...] = (
    TASKS,
    CLAUSES,
    TARGETS,
    RECORDS,
    FIGURES,
    NODES,
    EVENTS,
    ROLLUPS,
    RESPONSIBILITIES,
)
