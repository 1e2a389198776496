"""The home of a year: one sentence with the counts, then every way into the ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from portal import words
from portal.derive import Derived, DerivedYear
from portal.derive.schedule import Timing
from portal.pages import addresses
from portal.pages.deadlines import MonthBox, Promise, lone_promises, month_boxes
from portal.pages.districts import DistrictCard, district_cards, unlisted_groups
from portal.pages.frame import current_year, frame_of, head_of
from portal.pages.page import Frame, Head, HtmlPage, Link
from portal.pages.sections import SectionRow, section_rows
from portal.pages.units import UnitRow, unit_rows

MOST_UNITS = 12


@dataclass(frozen=True, slots=True)
class Legend:
    """A part of the bar: what it counts, and the list of exactly those tasks."""

    link: Link
    count: int
    is_solid: bool


@dataclass(frozen=True, slots=True)
class Home:
    frame: Frame
    head: Head
    as_of: str
    basis: str
    total: int
    complete: int
    progress: int
    share: str
    lists: tuple[Legend, ...]
    caveat: tuple[str, ...]
    sections: tuple[SectionRow, ...]
    months: tuple[MonthBox, ...]
    promises: tuple[Promise, ...]
    clause_count: int
    units: tuple[UnitRow, ...]
    unit_count: int
    districts: tuple[DistrictCard, ...]
    unlisted: str
    deadlines: str
    units_address: str
    districts_address: str
    tasks_address: str
    data_address: str
    about_address: str


def home_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    """`/` shows the current year; every year, the current one too, also has its own address."""
    current = current_year(derived)
    own = tuple(_page(derived, year, addresses.year(year.ledger.year)) for year in derived.years)
    return (_page(derived, current, addresses.HOME), *own)


def _page(derived: Derived, year: DerivedYear, address: str) -> HtmlPage:
    ledger = year.ledger
    of = ledger.year
    complete = sum(task.promise == "complete" for task in year.tasks)
    clauses = [clause for task in year.tasks for clause in task.clauses]
    title = f"{of}年{derived.record.site.name}"
    # The current year's page says what the home page says: of the two, the home page counts.
    is_current = year == current_year(derived)
    main = addresses.HOME if is_current else addresses.year(of)
    head = head_of(derived, main, title, ledger.title, "home")
    crumbs = (Link("首页", addresses.HOME), Link(f"{of}年", address))
    rows = unit_rows(derived, year)
    this = Home(
        frame=frame_of(derived, year),
        head=Head(
            title,
            head.description,
            crumbs if address else crumbs[:1],
            "home" if is_current else "",
            head.canonical,
        ),
        as_of=words.full_day(year.as_of),
        basis=f"《{ledger.title}》",
        total=len(year.tasks),
        complete=complete,
        progress=len(year.tasks) - complete,
        share=f"{100 * complete / len(year.tasks) if year.tasks else 0:.2f}",
        lists=_legend(of, complete, len(year.tasks) - complete),
        caveat=_caveat(year),
        sections=section_rows(year),
        months=month_boxes(year),
        promises=lone_promises(year),
        clause_count=sum(c.clause.origin == "deadline" for c in clauses),
        units=tuple(sorted(rows, key=lambda row: -row.lead)[:MOST_UNITS]),
        unit_count=len(rows),
        districts=district_cards(derived, year),
        unlisted=_unlisted(derived, year),
        deadlines=addresses.deadlines(of),
        units_address=addresses.units(of),
        districts_address=addresses.districts(of),
        tasks_address=addresses.tasks(of),
        data_address=addresses.data(of),
        about_address=addresses.ABOUT,
    )
    return HtmlPage(address, "home.html", this, (f"{of}/ledger", f"{of}/tasks", "site"))


def _legend(of: int, complete: int, progress: int) -> tuple[Legend, ...]:
    parts = (
        Legend(Link("写明要完成", addresses.promised(of, "complete")), complete, True),
        Legend(Link("写的是取得明显进展", addresses.promised(of, "progress")), progress, False),
    )
    return tuple(part for part in parts if part.count)


def _caveat(year: DerivedYear) -> tuple[str, ...]:
    """Say what the calendar knows of all clauses, in sentences that add up."""
    clauses = [
        clause
        for task in year.tasks
        for clause in task.clauses
        if clause.clause.origin == "deadline"
    ]
    body = sum(len(task.clauses) for task in year.tasks) - len(clauses)
    count = Counter(clause.timing for clause in clauses)
    said: tuple[tuple[Timing, str], ...] = (
        ("past-due", "已经到期"),
        ("not-due", "还没有到期"),
        ("pending", "要等另一件事发生才起算"),
        ("undated", "没有日期"),
    )
    parts = [f"{count[timing]}条{word}" for timing, word in said if count[timing]]
    sentence = f"时限栏共{len(clauses)}条时限：" + "，".join(parts) + "。"
    if body:
        sentence += f"正文里另写有{body}条。"
    return (sentence, "到期只说日期过了，不说做没做成。")


def _unlisted(derived: Derived, year: DerivedYear) -> str:
    groups = unlisted_groups(derived, year)
    if not groups:
        return ""
    names = "、".join(f"“{name}”" for name, _ in groups)
    count = len({task.task.number for _, tasks in groups for task in tasks})
    return f"另有{count}项写给{names}，文件没有列出是哪些区，本站不作推定，也不计数。"
