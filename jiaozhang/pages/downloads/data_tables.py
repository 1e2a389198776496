"""The tables of a year: of each its rows, and every column with its meaning and its cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.derive.duties import Duty
from jiaozhang.derive.finding import TargetFinding
from jiaozhang.derive.rollup import GROUPINGS, grouped, tally
from jiaozhang.derive.schedule import DerivedClause
from jiaozhang.ledger.settings import StandingKey
from jiaozhang.pages.core.marks import mark_of
from jiaozhang.pages.downloads.data_columns import (
    AGAINST_CALENDAR,
    NUMBER,
    OF_TASK,
    STANDING,
    TASK_KEY,
    Column,
    DataTable,
    PartRow,
    Reference,
    Table,
    parts_of,
)
from jiaozhang.pages.downloads.event_table import EVENTS
from jiaozhang.pages.downloads.record_tables import FIGURES, NODES, RECORDS
from jiaozhang.pages.downloads.task_columns import TASKS, shown_columns
from jiaozhang.wording.catalogue import mark

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class CountRow:
    grouping: str
    group: str
    standing: StandingKey
    word: str
    count: int
    total: int


CLAUSES: Table[PartRow[DerivedClause]] = Table(
    "clauses",
    mark("A row for each deadline, those in the text of a task included."),
    parts_of(lambda one: one.clauses),
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

TARGETS: Table[PartRow[TargetFinding]] = Table(
    "targets",
    mark("A row for each target figure."),
    parts_of(lambda one: one.finding.targets),
    (
        Column("number", NUMBER, lambda r: r.one.task.number, "integer"),
        Column("target", mark("Identifier of the target"), lambda r: r.part.target.target.id),
        Column(
            "clause", mark("The deadline that it belongs to"), lambda r: r.part.target.target.clause
        ),
        Column("verb", mark("Its verb"), lambda r: r.part.target.target.verb),
        Column("measure", mark("What is counted"), lambda r: r.part.target.target.measure),
        Column(
            "comparison",
            mark("How figures compare with it"),
            lambda r: r.part.target.target.comparison,
        ),
        Column(
            "value",
            mark("Its value; of a range the lower end"),
            lambda r: r.part.target.target.value,
            "number",
        ),
        Column(
            "upper",
            mark("The upper end of a range"),
            lambda r: r.part.target.target.upper,
            "number",
        ),
        Column(
            "base",
            mark("The value that it starts from"),
            lambda r: r.part.target.target.base,
            "number",
        ),
        Column("unit", mark("Unit of measurement"), lambda r: r.part.target.target.unit),
        Column("counts", mark("What counts towards it"), lambda r: r.part.target.target.counts),
        Column(
            "follows",
            mark("The task that it keeps step with"),
            lambda r: r.part.target.target.follows,
            "integer",
        ),
        Column(
            "state",
            mark("What published figures say of it"),
            lambda r: r.part.state,
        ),
        *shown_columns(lambda r: r.part.shown),
        Column(
            "differs",
            mark("How the scope of the figure in front differs"),
            lambda r: r.part.shown.figure.differs if r.part.shown else None,
        ),
    ),
    key=("number", "target"),
    references=(OF_TASK, Reference(("follows",), "tasks", TASK_KEY)),
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
    parts_of(lambda one: one.duties),
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
