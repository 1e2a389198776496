"""重点工作: the complete list, a list for each kind of promise, and every task's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.rollup import tally
from jiaozhang.ledger.public import ClauseKind
from jiaozhang.ledger.settings import StandingKey
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.marks import mark_of
from jiaozhang.pages.core.page import BytesPage, Frame, Head, HtmlPage, Link, Page
from jiaozhang.pages.core.task_rows import TaskTable, promise_of, task_table
from jiaozhang.pages.lists.filters import Filter, directories_of, filters_of, months_due, months_of
from jiaozhang.pages.task.task_page import task_page
from jiaozhang.wording import words
from jiaozhang.wording.citations import who_leads


@dataclass(frozen=True, slots=True)
class Tasks:
    frame: Frame
    head: Head
    lede: str
    table: TaskTable
    filters: tuple[Filter, ...]
    rare_filters: tuple[Filter, ...]
    directories: tuple[tuple[str, tuple[Link, ...]], ...]
    downloads: tuple[Link, ...]


_PROMISES: tuple[tuple[ClauseKind, str, str], ...] = (
    ("complete", "写明要完成的任务", "时限栏里至少有一条写明“完成”。"),
    ("progress", "写的是取得明显进展的任务", "时限栏里只写“取得明显进展”，没有说做到哪一步算完。"),
)


def task_pages(derived: Derived) -> tuple[Page, ...]:
    return tuple(page for year in derived.years for page in _of_year(derived, year))


def _of_year(derived: Derived, year: DerivedYear) -> tuple[Page, ...]:
    of = year.ledger.year
    whole = _list(
        derived,
        year,
        addresses.tasks(of),
        "全部任务",
        f"{of}年全部{len(year.tasks)}项重点工作，按文件的序号排列。",
        year.tasks,
    )
    lists = tuple(
        _list(derived, year, addresses.promised(of, kind), title, lede, tasks)
        for kind, title, lede in _PROMISES
        if (tasks := tuple(task for task in year.tasks if promise_of(task) == kind))
    )
    lists += _standing_lists(derived, year)
    lists += (*_month_lists(derived, year), *_role_lists(derived, year))
    pages = tuple(task_page(derived, year, index) for index in range(len(year.tasks)))
    return (whole, *lists, *pages, *_attachments(year))


def _attachments(year: DerivedYear) -> tuple[BytesPage, ...]:
    """The pictures and papers of notes, below the task's own address."""
    of = year.ledger.year
    return tuple(
        BytesPage(
            addresses.attachment(of, note.task, note.id, attachment.name),
            attachment.content,
            (f"{of}/records/{note.task}",),
        )
        for one in year.tasks
        for note in one.own.notes
        for attachment in note.attachments
    )


def _standing_lists(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    """A list for each standing that some task has."""
    of = year.ledger.year
    found = []
    for key, count in _tally(year):
        word = mark_of(derived.record.site, key).word
        tasks = tuple(one for one in year.tasks if one.standing.key == key)
        lede = f"{of}年{len(year.tasks)}项重点工作里，{count}项“{word}”。"
        title = f"{word}的任务"
        found.append(_list(derived, year, addresses.standing(of, key), title, lede, tasks))
    return tuple(found)


def _month_lists(derived: Derived, year: DerivedYear) -> Iterator[HtmlPage]:
    """A list for each month in which something falls due."""
    of = year.ledger.year
    for month in months_of(year):
        tasks = tuple(one for one in year.tasks if month in months_due(one))
        name = words.day_or_month(month)
        lede = f"{len(tasks)}项重点工作有时限在{name}到期。"
        yield _list(derived, year, addresses.month(of, month), f"{name}到期的任务", lede, tasks)


def _role_lists(derived: Derived, year: DerivedYear) -> Iterator[HtmlPage]:
    """A list for each role that the notice gives: who leads, who shares, who supports."""
    of = year.ledger.year
    for role in words.ROLE:
        tasks = tuple(
            one for one in year.tasks if any(d.role == role and not d.via for d in one.duties)
        )
        if tasks:
            title = f"有单位{words.ROLE[role]}的任务"
            lede = f"{len(tasks)}项重点工作有单位{words.ROLE[role]}。"
            lede += _JOINT if role == "joint" else who_leads(year.ledger)
            yield _list(derived, year, addresses.role(of, role), title, lede, tasks)


_JOINT = "原文写明“按职责分工负责”，各单位共同负责，不分牵头和配合。"


def _tally(year: DerivedYear) -> tuple[tuple[StandingKey, int], ...]:
    return tally(year.tasks, year.ledger.reporting)


def _list(
    derived: Derived,
    year: DerivedYear,
    address: str,
    title: str,
    lede: str,
    tasks: tuple[DerivedTask, ...],
) -> HtmlPage:
    of = year.ledger.year
    is_whole = address == addresses.tasks(of)
    trail = () if is_whole else (Link("全部任务", addresses.tasks(of)),)
    filters = filters_of(derived, year) if is_whole else ()
    this = Tasks(
        frame_of(derived, year),
        head_of(derived, address, title, lede, "tasks", *trail),
        lede,
        task_table(derived.record.site, year, "tasks", "", "文字照录原文。", tasks),
        tuple(one for one in filters if not one.is_rare),
        tuple(one for one in filters if one.is_rare),
        directories_of(derived, year) if is_whole else (),
        tuple(
            Link(name, f"{addresses.data(of)}tasks.{suffix}")
            for name, suffix in (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"))
            if is_whole
        ),
    )
    return HtmlPage(address, "tasks.html", this, (f"{of}/tasks",))
