"""分管市领导: whose tasks, and by when. The public page counts nothing by person.

Counts per leader stand on the intranet only: they hang on what the record keeps inside.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.derive import Derived, DerivedTask, DerivedYear
from portal.pages import addresses
from portal.pages.frame import frame_of, head_of
from portal.pages.page import Frame, Head, HtmlPage, Link
from portal.pages.rows import TaskRow, task_facts, task_row
from portal.record import Leader


@dataclass(frozen=True, slots=True)
class LeaderRow:
    leader: Link
    count: str


@dataclass(frozen=True, slots=True)
class Leaders:
    frame: Frame
    head: Head
    lede: str
    leaders: tuple[LeaderRow, ...]


@dataclass(frozen=True, slots=True)
class LeaderPage:
    frame: Frame
    head: Head
    lede: str
    count: str
    rows: tuple[TaskRow, ...]


def leader_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(page for year in derived.years for page in _of_year(derived, year))


def _of_year(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    of = year.ledger.year
    active = [leader for leader in derived.record.leaders if _tasks(year, leader)]
    if not active:
        return ()
    address = addresses.leaders(of)
    lede = "文件在每一项后面列出的分管市领导。一项可以有几位，先后次序照录原文。"
    index = Leaders(
        frame_of(derived, year),
        head_of(derived, address, "分管市领导", lede, "leaders"),
        lede,
        tuple(
            LeaderRow(
                Link(leader.display, addresses.leader(of, leader.id)),
                _count(derived, _tasks(year, leader)),
            )
            for leader in active
        ),
    )
    pages = tuple(_page(derived, year, leader) for leader in active)
    return (HtmlPage(address, "leaders.html", index, ("leaders", f"{of}/tasks")), *pages)


def _page(derived: Derived, year: DerivedYear, leader: Leader) -> HtmlPage:
    of = year.ledger.year
    address = addresses.leader(of, leader.id)
    tasks = _tasks(year, leader)
    lede = f"{of}年文件列在{leader.display}名下的重点工作，按序号排列。"
    trail = Link("分管市领导", addresses.leaders(of))
    this = LeaderPage(
        frame_of(derived, year),
        head_of(derived, address, leader.display, lede, "leaders", trail),
        lede,
        _count(derived, tasks),
        tuple(task_row(year, task) for task in tasks),
    )
    facts = (f"leader/{leader.id}", *task_facts(year, tasks))
    return HtmlPage(address, "leader.html", this, facts)


def _tasks(year: DerivedYear, leader: Leader) -> list[DerivedTask]:
    return [task for task in year.tasks if leader.name in task.task.leaders]


def _count(derived: Derived, tasks: list[DerivedTask]) -> str:
    return f"{len(tasks)}项" if derived.record.internal is not None else ""
