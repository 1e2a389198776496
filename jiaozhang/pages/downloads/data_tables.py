"""The tables of a year: of each its rows, and every column with its meaning and its cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.duties import Duty, Role
from jiaozhang.derive.rollup import GROUPINGS, grouped, tally
from jiaozhang.derive.schedule import DerivedClause
from jiaozhang.ledger.public import Target
from jiaozhang.ledger.settings import Site, StandingKey
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.marks import mark_of
from jiaozhang.pages.downloads.data_columns import (
    ADDRESS,
    NUMBER,
    Column,
    DataTable,
    PartRow,
    SheetColumn,
    Table,
    parts_of,
)
from jiaozhang.pages.downloads.event_table import EVENTS
from jiaozhang.pages.downloads.record_tables import FIGURES, NODES, RECORDS
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import mark, pgettext
from jiaozhang.wording.joining import join_list
from jiaozhang.wording.sentences import reason

_STANDING = mark("How far the task is")
_AGAINST_CALENDAR = mark("Compared with the calendar")
_RECORDS = mark("How many records there are")


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """A task with what its cells are made of."""

    site: Site
    year: DerivedYear
    one: DerivedTask


@dataclass(frozen=True, slots=True)
class CountRow:
    grouping: str
    group: str
    standing: StandingKey
    word: str
    count: int
    total: int


def task_rows(derived: Derived, year: DerivedYear, own: Iterable[DerivedTask]) -> list[TaskRecord]:
    """Some tasks of a year as rows."""
    return [TaskRecord(derived.record.site, year, one) for one in own]


def _cell_of(values: Iterable[str]) -> str:
    return pgettext("between the values of a cell", "; ").join(values)


def _printed(row: TaskRecord, *roles: Role) -> str:
    """The units that are printed with some roles, as they are printed."""
    return join_list(d.printed for d in row.one.duties if d.via is None and d.role in roles)


def _latest(row: TaskRecord) -> str | None:
    latest = row.one.standing.latest
    return latest.on_text if latest else None


TASKS: Table[TaskRecord] = Table(
    "tasks",
    mark("A row for each task; several values are parted by semicolons."),
    lambda derived, year: task_rows(derived, year, year.tasks),
    (
        Column(
            "number",
            NUMBER,
            lambda r: r.one.task.number,
            "integer",
            (SheetColumn(NUMBER, 6, lambda r: int(r.one.task.number)),),
        ),
        Column("section", mark("Number of the section"), lambda r: r.one.section.number, "integer"),
        Column(
            "section_name",
            mark("Title of the section"),
            lambda r: r.one.section.title,
            sheet=(
                SheetColumn(
                    mark("Title of the section"),
                    24,
                    lambda r: words.chapter(r.one.section.number, r.one.section.title),
                ),
            ),
        ),
        Column("title", mark("Short title, taken from the text"), lambda r: r.one.task.title),
        Column(
            "text",
            mark("The text as printed"),
            lambda r: r.one.task.text,
            sheet=(SheetColumn(mark("What the task is"), 60, lambda r: r.one.task.text),),
        ),
        Column(
            "deadline",
            mark("The deadline as printed"),
            lambda r: r.one.task.deadline,
            sheet=(SheetColumn(mark("Deadline of the task"), 30, lambda r: r.one.task.deadline),),
        ),
        Column(
            "leaders",
            mark("Leaders in charge of the task"),
            lambda r: _cell_of(r.one.task.leaders),
            sheet=(
                SheetColumn(
                    mark("Leaders in charge of the task"),
                    14,
                    lambda r: join_list(r.one.task.leaders),
                ),
            ),
        ),
        Column(
            "responsibility",
            mark(
                "first-leads: one unit leads, and stands first in units; "
                "joint: each answers for its own part"
            ),
            lambda r: r.one.task.responsibility,
        ),
        Column(
            "units",
            mark("Units responsible, as printed"),
            lambda r: _cell_of(r.one.task.units),
            sheet=(
                SheetColumn(
                    mark("Who leads or answers jointly"), 24, lambda r: _printed(r, "lead", "joint")
                ),
                SheetColumn(mark("Who supports"), 40, lambda r: _printed(r, "support")),
            ),
        ),
        Column(
            "standing",
            _STANDING,
            lambda r: r.one.standing.key,
            sheet=(
                SheetColumn(_STANDING, 14, lambda r: mark_of(r.site, r.one.standing.key).word),
                SheetColumn(mark("Why the task is there"), 50, lambda r: reason(r.year, r.one)),
            ),
        ),
        Column("timing", _AGAINST_CALENDAR, lambda r: r.one.standing.timing),
        Column(
            "declared",
            mark("What the unit says"),
            lambda r: r.one.standing.declared,
        ),
        Column("evidence", mark("What the evidence shows"), lambda r: r.one.standing.evidence),
        Column(
            "records",
            _RECORDS,
            lambda r: r.one.standing.records,
            "integer",
            (SheetColumn(_RECORDS, 9, lambda r: r.one.standing.records),),
        ),
        Column(
            "latest",
            mark("Day of the latest record; year and month where only the month is known"),
            _latest,
            sheet=(SheetColumn(mark("The latest record"), 13, _latest),),
        ),
        Column("url", ADDRESS, lambda r: addresses.task(r.year.ledger.year, r.one.task.number)),
    ),
)

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
        Column("timing", _AGAINST_CALENDAR, lambda r: r.part.timing),
        Column(
            "settlement",
            mark("open: no closing was seen; closed: closed; reopened: opened again"),
            lambda r: r.part.settlement,
        ),
    ),
)

TARGETS: Table[PartRow[Target]] = Table(
    "targets",
    mark("A row for each target figure."),
    parts_of(lambda one: one.task.targets),
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
        Column("standing", _STANDING, lambda r: r.standing),
        Column("word", mark("The words for how far the task is"), lambda r: r.word),
        Column("count", mark("How many tasks"), lambda r: r.count, "integer"),
        Column("total", mark("How many tasks the group has"), lambda r: r.total, "integer"),
    ),
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
