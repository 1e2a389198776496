"""The table of tasks: a row for each, as programs read it, and as people do in the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.duties import Role
from jiaozhang.derive.measure import Reading
from jiaozhang.ledger.settings import Site
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.marks import mark_of
from jiaozhang.pages.core.page import Link
from jiaozhang.pages.downloads.data_columns import (
    ADDRESS,
    AGAINST_CALENDAR,
    NUMBER,
    STANDING,
    TASK_KEY,
    Column,
    SheetColumn,
    Table,
)
from jiaozhang.wording import finding_sentences, words
from jiaozhang.wording.catalogue import gettext, mark, pgettext
from jiaozhang.wording.joining import join_list
from jiaozhang.wording.sentences import reason

R = TypeVar("R")

_FINDING = mark("What is known")
_RECORDS = mark("How many records there are")


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """A task with what its cells are made of."""

    site: Site
    year: DerivedYear
    one: DerivedTask


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


def _page_of(row: TaskRecord) -> str:
    return addresses.task(row.year.ledger.year, row.one.task.number)


def _link_to_page(row: TaskRecord) -> Link | str:
    """A link where the site knows where it is, as a workbook may be anywhere; else the address."""
    base = row.site.base_url
    name = gettext("Task {number}", number=row.one.task.number)
    return Link(name, f"{base}/{_page_of(row)}") if base else _page_of(row)


def shown_columns(shown: Callable[[R], Reading | None]) -> tuple[Column[R], ...]:
    """The figure that stands in front of a task or target, and the record that says it."""

    def of(part: Callable[[Reading], object]) -> Callable[[R], object]:
        return lambda row: part(reading) if (reading := shown(row)) else None

    return (
        Column("figure_name", mark("What the figure in front counts"), of(lambda x: x.figure.name)),
        Column("figure", mark("The figure in front"), of(lambda x: x.figure.value), "number"),
        Column("figure_unit", mark("Unit of the figure in front"), of(lambda x: x.figure.unit)),
        Column("figure_period", mark("The time that it is of"), of(lambda x: x.figure.period)),
        Column("figure_record", mark("The record that says it"), of(lambda x: x.note.id)),
    )


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
            STANDING,
            lambda r: r.one.standing.key,
            sheet=(
                SheetColumn(STANDING, 14, lambda r: mark_of(r.site, r.one.standing.key).word),
                SheetColumn(mark("Why the task is there"), 50, lambda r: reason(r.year, r.one)),
            ),
        ),
        Column("timing", AGAINST_CALENDAR, lambda r: r.one.standing.timing),
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
        Column(
            "finding",
            _FINDING,
            lambda r: finding_sentences.plain(r.one.finding),
            sheet=(SheetColumn(_FINDING, 60, lambda r: finding_sentences.plain(r.one.finding)),),
        ),
        Column(
            "finding_kind",
            mark(
                "target: a figure that answers a target; figure: another figure; "
                "sentence: a record without figures; none: nothing"
            ),
            lambda r: r.one.finding.kind,
        ),
        *shown_columns(lambda r: r.one.finding.figure),
        Column(
            "url",
            ADDRESS,
            _page_of,
            sheet=(SheetColumn(mark("Page of the task"), 24, _link_to_page),),
        ),
    ),
    key=TASK_KEY,
)
