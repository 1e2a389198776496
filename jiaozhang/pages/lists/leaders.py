"""分管市领导: whose tasks, how far they are known to be, and by when.

The list counts only what the notice lists, in its order: it neither ranks nor compares persons.
What is late, blocked or owed stands on the intranet alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.ledger.public import Leader
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.marks import Mark, mark_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link, Page
from jiaozhang.pages.core.page_code import page_codes
from jiaozhang.pages.core.task_rows import TaskTable, task_facts, task_link, task_table
from jiaozhang.pages.lists.overview import Overview, overview_of
from jiaozhang.pages.lists.paper_sheet import PaperSheet, sheet_of
from jiaozhang.pages.task.answers import inside_notes
from jiaozhang.wording import sentences, words
from jiaozhang.wording.catalogue import gettext, ngettext
from jiaozhang.wording.joining import join_sentences, labelled


@dataclass(frozen=True, slots=True)
class LeaderRow:
    leader: Link
    count: int


@dataclass(frozen=True, slots=True)
class Leaders:
    frame: Frame
    head: Head
    lede: str
    leaders: tuple[LeaderRow, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """Something on a leader's desk: the task, where it stands, and why it is here."""

    number: int
    task: Link
    mark: Mark
    why: str


@dataclass(frozen=True, slots=True)
class MatterList:
    """A counted list of matters; on the intranet alone."""

    id: str
    heading: str
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class LeaderPage:
    frame: Frame
    head: Head
    lede: str
    overview: Overview
    sheet: PaperSheet
    attention: tuple[MatterList, ...]
    table: TaskTable


def leader_pages(derived: Derived) -> tuple[Page, ...]:
    """The pages of every year, each with the code that stands on its sheet of paper."""
    pages = tuple(page for year in derived.years for page in _leader_pages_of_year(derived, year))
    sheets = (page for page in pages if not addresses.is_list(page.address))
    return (*pages, *(code for page in sheets for code in page_codes(derived, page.address)))


def _leader_pages_of_year(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    of = year.ledger.year
    active = [leader for leader in derived.record.leaders if _tasks(year, leader)]
    if not active:
        return ()
    address = addresses.leaders(of)
    lede = gettext(
        "The city leaders in charge whom the notice lists after each task. A task may have "
        "several; their order is that of the notice."
    )
    index = Leaders(
        frame_of(derived, year),
        head_of(derived, address, gettext("City leaders in charge"), lede, "leaders"),
        lede,
        tuple(
            LeaderRow(
                Link(leader.display, addresses.leader(of, leader.id)),
                len(_tasks(year, leader)),
            )
            for leader in active
        ),
    )
    pages = tuple(_leader_page(derived, year, leader) for leader in active)
    return (HtmlPage(address, "leaders.html", index, ("leaders", f"{of}/tasks")), *pages)


def _leader_page(derived: Derived, year: DerivedYear, leader: Leader) -> HtmlPage:
    of = year.ledger.year
    address = addresses.leader(of, leader.id)
    tasks = _tasks(year, leader)
    lede = ngettext(
        "The notice of {year} lists {n} task under {leader}.",
        "The notice of {year} lists {n} tasks under {leader}.",
        len(tasks),
        year=of,
        leader=leader.display,
    )
    overview = overview_of(derived, year, tasks)
    trail = Link(gettext("City leaders in charge"), addresses.leaders(of))
    table = task_table(
        derived.record.site,
        year,
        "all",
        gettext("All tasks"),
        gettext("In order of number."),
        tasks,
    )
    this = LeaderPage(
        frame_of(derived, year),
        head_of(
            derived,
            address,
            leader.display,
            join_sentences(lede, overview.summary),
            "leaders",
            trail,
        ),
        lede,
        overview,
        sheet_of(
            derived,
            year,
            overview,
            tasks,
            address=address,
            kind=gettext("A city leader's tasks on one sheet"),
            heading=table.heading,
            common=table.common,
        ),
        _attention(derived, year, tasks),
        table,
    )
    facts = (f"leader/{leader.id}", *task_facts(year, tasks))
    return HtmlPage(address, "leader.html", this, facts)


def _attention(
    derived: Derived, year: DerivedYear, tasks: list[DerivedTask]
) -> tuple[MatterList, ...]:
    """What is late, blocked, owed or near, each with its reason."""
    if derived.record.internal is None:
        return ()
    site = derived.record.site

    def matter(one: DerivedTask, why: str) -> Matter:
        mark = mark_of(site, one.standing.key)
        return Matter(one.task.number, task_link(year, one), mark, why)

    late = [matter(o, sentences.calendar(year, o)[1]) for o in tasks if _is_late(o)]
    blocked = [matter(o, why) for o in tasks for why in inside_notes(derived, year, o)]
    owed = [
        matter(o, labelled(w.unit.name, words.period(w.period.name)))
        for o in tasks
        for w in o.standing.owed
    ]
    soon = [matter(o, sentences.reason(year, o)) for o in tasks if o.standing.is_soon]
    lists = (
        (
            "late",
            ngettext(
                "{n} task overdue or behind plan", "{n} tasks overdue or behind plan", len(late)
            ),
            late,
        ),
        ("blocked", ngettext("{n} blocker", "{n} blockers", len(blocked)), blocked),
        ("owed", ngettext("{n} report owed", "{n} reports owed", len(owed)), owed),
        ("soon", ngettext("{n} task due soon", "{n} tasks due soon", len(soon)), soon),
    )
    return tuple(MatterList(id_, name, tuple(matters)) for id_, name, matters in lists if matters)


def _is_late(one: DerivedTask) -> bool:
    standing = one.standing
    is_slow = standing.pace in ("missed", "behind")
    return is_slow or "late" in standing.lapses or bool(standing.late)


def _tasks(year: DerivedYear, leader: Leader) -> list[DerivedTask]:
    return [task for task in year.tasks if leader.name in task.task.leaders]
