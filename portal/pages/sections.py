"""主要任务: the list of sections, and a page for each with all its tasks."""

from __future__ import annotations

from dataclasses import dataclass

from portal import words
from portal.derive import Derived, DerivedTask, DerivedYear
from portal.pages import addresses
from portal.pages.frame import frame_of, head_of
from portal.pages.marks import Mark, MarkCount, mark_counts, mark_of
from portal.pages.page import Frame, Head, HtmlPage, Link
from portal.pages.rows import TaskTable, task_facts, task_table
from portal.settings import Site


@dataclass(frozen=True, slots=True)
class Cell:
    """One task in a row: solid when something is recorded of it; where units report, its mark."""

    number: int
    is_solid: bool
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section with its tasks as cells; `lead_in` is its name up to the last comma."""

    ordinal: str
    lead_in: str
    name: str
    address: str
    cells: tuple[Cell, ...]
    label: str
    recorded: int
    total: int


@dataclass(frozen=True, slots=True)
class Sections:
    frame: Frame
    head: Head
    lede: str
    sections: tuple[SectionRow, ...]


@dataclass(frozen=True, slots=True)
class SectionPage:
    frame: Frame
    head: Head
    ordinal: str
    lede: str
    marks: tuple[MarkCount, ...]
    table: TaskTable
    previous: Link | None
    following: Link | None


def section_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(page for year in derived.years for page in _of_year(derived, year))


def section_rows(derived: Derived, year: DerivedYear) -> tuple[SectionRow, ...]:
    """Every section in order, its tasks as cells."""
    return tuple(
        _section_row(
            derived.record.site, year, index, [t for t in year.tasks if t.section == section]
        )
        for index, section in enumerate(year.ledger.sections)
    )


def _of_year(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    of = year.ledger.year
    address = addresses.sections(of)
    count = len(year.ledger.sections)
    lede = f"文件把{len(year.tasks)}项重点工作分在{count}个主要任务里。"
    index = Sections(
        frame_of(derived, year),
        head_of(derived, address, "主要任务", lede, "sections"),
        lede,
        section_rows(derived, year),
    )
    pages = tuple(_page(derived, year, index) for index in range(count))
    facts = (f"{of}/ledger", *task_facts(year, year.tasks))
    return (HtmlPage(address, "sections.html", index, facts), *pages)


def _page(derived: Derived, year: DerivedYear, index: int) -> HtmlPage:
    of = year.ledger.year
    section = year.ledger.sections[index]
    address = addresses.section(of, section.number)
    tasks = [task for task in year.tasks if task.section == section]
    complete = sum(task.promise == "complete" for task in tasks)
    lede = (
        f"{_range(tuple(task.task.number for task in tasks))}，共{len(tasks)}项；"
        f"{complete}项写明完成，{len(tasks) - complete}项只写取得明显进展。"
    )
    this = SectionPage(
        frame_of(derived, year),
        head_of(
            derived,
            address,
            section.title,
            lede,
            "sections",
            Link("主要任务", addresses.sections(of)),
            feed=addresses.feed(address),
        ),
        words.ordinal(section.number),
        lede,
        mark_counts(derived.record.site, year, tasks),
        task_table(derived.record.site, year, "tasks", "重点工作", "按文件的序号排列。", tasks),
        _neighbour(year, index - 1),
        _neighbour(year, index + 1),
    )
    return HtmlPage(address, "section.html", this, (f"{of}/ledger", *task_facts(year, tasks)))


def _section_row(site: Site, year: DerivedYear, index: int, tasks: list[DerivedTask]) -> SectionRow:
    section = year.ledger.sections[index]
    lead_in, comma, name = section.title.rpartition("，")
    recorded = sum(task.standing.records > 0 for task in tasks)
    counts = (f"{one.mark.word}{one.count}项" for one in mark_counts(site, year, tasks))
    label = f"{len(tasks)}项：" + "，".join(counts)
    return SectionRow(
        ordinal=words.ordinal(section.number),
        lead_in=lead_in + comma,
        name=name,
        address=addresses.section(year.ledger.year, section.number),
        cells=tuple(_cell(site, year, task) for task in tasks),
        label=label,
        recorded=recorded,
        total=len(tasks),
    )


def _cell(site: Site, year: DerivedYear, one: DerivedTask) -> Cell:
    reports = year.ledger.reporting != "none"
    mark = mark_of(site, one.standing.key) if reports else None
    return Cell(one.task.number, one.standing.records > 0, mark)


def _neighbour(year: DerivedYear, index: int) -> Link | None:
    if not 0 <= index < len(year.ledger.sections):
        return None
    section = year.ledger.sections[index]
    return Link(
        f"{words.ordinal(section.number)}、{section.title}",
        addresses.section(year.ledger.year, section.number),
    )


def _range(numbers: tuple[int, ...]) -> str:
    if not numbers:
        return "没有任务"
    return f"第{numbers[0]}项" if len(numbers) == 1 else f"第{numbers[0]}至{numbers[-1]}项"
