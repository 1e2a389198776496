"""主要任务: the list of sections, and a page for each with all its tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.notice_words import parts_of_title
from jiaozhang.ledger.public import ClauseKind
from jiaozhang.ledger.settings import Site
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.alternates import feed_of, markdown_of
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link, Page
from jiaozhang.pages.core.page_code import page_codes
from jiaozhang.pages.core.task_rows import TaskTable, promise_of, task_facts, task_table
from jiaozhang.pages.core.task_squares import (
    TaskSquare,
    square_key,
    squares_label,
    squares_of,
)
from jiaozhang.pages.lists.overview import Overview, overview_of
from jiaozhang.pages.lists.paper_sheet import PaperSheet, sheet_of
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, ngettext
from jiaozhang.wording.joining import join_facts, join_list


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section with its tasks as cells; `lead_in` is its name up to the last comma."""

    ordinal: str
    lead_in: str
    name: str
    address: str
    cells: tuple[TaskSquare, ...]
    label: str
    recorded: int
    total: int


@dataclass(frozen=True, slots=True)
class Sections:
    frame: Frame
    head: Head
    lede: str
    key: tuple[TaskSquare, ...]
    sections: tuple[SectionRow, ...]


@dataclass(frozen=True, slots=True)
class SectionPage:
    frame: Frame
    head: Head
    ordinal: str
    lede: str
    overview: Overview
    sheet: PaperSheet
    table: TaskTable
    previous: Link | None
    following: Link | None


def section_pages(derived: Derived) -> tuple[Page, ...]:
    """The pages of every year, each with the code that stands on its sheet of paper."""
    pages = tuple(page for year in derived.years for page in _section_pages_of_year(derived, year))
    sheets = (page for page in pages if not addresses.is_list(page.address))
    return (*pages, *(code for page in sheets for code in page_codes(derived, page.address)))


def section_rows(derived: Derived, year: DerivedYear) -> tuple[SectionRow, ...]:
    """Every section in order, its tasks as cells."""
    return tuple(
        _section_row(
            derived.record.site, year, index, [t for t in year.tasks if t.section == section]
        )
        for index, section in enumerate(year.ledger.sections)
    )


def _section_pages_of_year(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    of = year.ledger.year
    address = addresses.sections(of)
    rows = section_rows(derived, year)
    count = len(year.ledger.sections)
    # One section may be ours, of a notice that has none.
    lede = (
        ngettext(
            "The notice divides {n} task into {sections} sections.",
            "The notice divides {n} tasks into {sections} sections.",
            len(year.tasks),
            sections=count,
        )
        if count > 1
        else ngettext(
            "{n} task, not divided any further.",
            "{n} tasks, not divided any further.",
            len(year.tasks),
        )
    )
    index = Sections(
        frame_of(derived, year),
        head_of(derived, address, gettext("Sections"), lede, "sections"),
        lede,
        square_key(cell for row in rows for cell in row.cells),
        rows,
    )
    pages = tuple(_section_page(derived, year, index) for index in range(count))
    facts = (f"{of}/ledger", *task_facts(year, year.tasks))
    return (HtmlPage(address, "sections.html", index, facts), *pages)


def _section_page(derived: Derived, year: DerivedYear, index: int) -> HtmlPage:
    of = year.ledger.year
    section = year.ledger.sections[index]
    address = addresses.section(of, section.number)
    tasks = [task for task in year.tasks if task.section == section]
    lede = _section_lede(tasks)
    overview = overview_of(derived, year, tasks)
    table = task_table(
        derived.record.site,
        year,
        "tasks",
        gettext("Tasks"),
        gettext("In the order of the notice."),
        tasks,
    )
    this = SectionPage(
        frame_of(derived, year),
        head_of(
            derived,
            address,
            section.title,
            lede,
            "sections",
            Link(gettext("Sections"), addresses.sections(of)),
            alternates=(
                feed_of(derived.record.site, of, address, section.title),
                markdown_of(address),
            ),
        ),
        words.ordinal(section.number),
        lede,
        overview,
        sheet_of(
            derived,
            year,
            overview,
            tasks,
            address=address,
            kind=gettext("A section on one sheet"),
            heading=table.heading,
            common=table.common,
        ),
        table,
        _neighbour(year, index - 1),
        _neighbour(year, index + 1),
    )
    return HtmlPage(address, "section.html", this, (f"{of}/ledger", *task_facts(year, tasks)))


def _section_lede(tasks: Sequence[DerivedTask]) -> str:
    """Which tasks there are, and what their deadlines ask for; the parts sum to the whole."""
    if not tasks:
        return gettext("No task is listed in this section.")
    promised = Counter(promise_of(task) for task in tasks)
    order: tuple[ClauseKind | None, ...] = ("complete", "progress", None)
    return ngettext(
        "{numbers}, {n} task; {demands}.",
        "{numbers}, {n} tasks; {demands}.",
        len(tasks),
        numbers=_range([task.task.number for task in tasks]),
        demands=join_facts(_demand(kind, promised[kind]) for kind in order if promised[kind]),
    )


def _demand(kind: ClauseKind | None, count: int) -> str:
    """Of how many tasks the deadline column asks what."""
    if kind == "complete":
        return ngettext("{n} is to be completed", "{n} are to be completed", count)
    if kind == "progress":
        return ngettext(
            "{n} is to make clear progress only", "{n} are to make clear progress only", count
        )
    return ngettext(
        "{n} has nothing in the deadline column", "{n} have nothing in the deadline column", count
    )


def _section_row(site: Site, year: DerivedYear, index: int, tasks: list[DerivedTask]) -> SectionRow:
    section = year.ledger.sections[index]
    lead_in, name = parts_of_title(section.title)
    recorded = sum(task.standing.records > 0 for task in tasks)
    squares = squares_of(site, year, tasks)
    return SectionRow(
        ordinal=words.ordinal(section.number),
        lead_in=lead_in,
        name=name,
        address=addresses.section(year.ledger.year, section.number),
        cells=squares,
        label=squares_label(squares),
        recorded=recorded,
        total=len(tasks),
    )


def _neighbour(year: DerivedYear, index: int) -> Link | None:
    if not 0 <= index < len(year.ledger.sections):
        return None
    section = year.ledger.sections[index]
    return Link(
        words.chapter(section.number, section.title),
        addresses.section(year.ledger.year, section.number),
    )


def _range(numbers: Sequence[int]) -> str:
    """Which numbers there are: 第3至5、9项 leaves out those between."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] + 1 == number:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    said = join_list(
        str(a) if a == b else gettext("{first} to {last}", first=a, last=b) for a, b in runs
    )
    return ngettext("Task {numbers}", "Tasks {numbers}", len(numbers), numbers=said)
