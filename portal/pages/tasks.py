"""重点工作: the complete list, a list for each kind of promise, and every task's page."""

from __future__ import annotations

from dataclasses import dataclass

from portal import words
from portal.derive import Derived, DerivedTask, DerivedYear
from portal.derive.rollup import tally
from portal.pages import addresses
from portal.pages.frame import frame_of, head_of
from portal.pages.marks import mark_of
from portal.pages.page import BytesPage, Frame, Head, HtmlPage, Link, Page
from portal.pages.rows import TaskTable, task_table
from portal.pages.task import task_page
from portal.record import ClauseKind
from portal.settings import StandingKey


@dataclass(frozen=True, slots=True)
class Filter:
    """A question of the filter form: its name in the address, and each answer with its words."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tasks:
    frame: Frame
    head: Head
    lede: str
    table: TaskTable
    filters: tuple[Filter, ...]
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
        if (tasks := tuple(task for task in year.tasks if task.promise == kind))
    )
    lists += _standing_lists(derived, year)
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


def _filters(derived: Derived, year: DerivedYear) -> tuple[Filter, ...]:
    """The questions that tell the tasks apart; one with a single answer is not asked."""
    duties = [duty for one in year.tasks for duty in one.duties]
    units = {duty.unit.id: duty.unit.name for duty in duties}
    roles = {duty.role: words.ROLE[duty.role] for duty in duties}
    ties = {tie.district.id: tie.district for one in year.tasks for tie in one.ties}
    named = {name for one in year.tasks for name in one.task.leaders}
    days = sorted({c.due for one in year.tasks for c in one.clauses if c.due})
    record = derived.record
    questions = (
        ("section", "主要任务", [(str(s.number), s.title) for s in year.ledger.sections]),
        ("unit", "责任单位", [(u.id, u.name) for u in record.units if u.id in units]),
        ("role", "责任", [(role, word) for role, word in words.ROLE.items() if role in roles]),
        ("district", "区", [(d.id, d.name) for d in record.districts if d.id in ties]),
        ("leader", "分管市领导", [(x.name, x.name) for x in record.leaders if x.name in named]),
        (
            "standing",
            "进展状态",
            [(key, mark_of(record.site, key).word) for key, _ in _tally(year)],
        ),
        ("month", "到期月份", [(m, m) for m in dict.fromkeys(f"{day:%Y-%m}" for day in days)]),
    )
    filters = tuple(
        Filter(name, label, (("", "不限"), *options))
        for name, label, options in questions
        if len(options) > 1
    )
    order = (("", "按序号"), ("due", "按到期日"), ("latest", "按最近记载"))
    return (*filters, Filter("sort", "排列", order))


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
    this = Tasks(
        frame_of(derived, year),
        head_of(derived, address, title, lede, "tasks", *trail),
        lede,
        task_table(derived.record.site, year, "tasks", "", "文字照录原文。", tasks),
        _filters(derived, year) if is_whole else (),
        tuple(
            Link(name, f"{addresses.data(of)}tasks.{suffix}")
            for name, suffix in (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"))
            if is_whole
        ),
    )
    return HtmlPage(address, "tasks.html", this, (f"{of}/tasks",))
