"""The home of a year: one sentence with the counts, then every way into the ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.derive.rollup import tally
from jiaozhang.derive.schedule import DerivedClause
from jiaozhang.ledger.settings import StandingKey
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import current_year, frame_of, head_of
from jiaozhang.pages.core.marks import MarkCount, mark_counts, mark_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link
from jiaozhang.pages.core.timeline_entry import Entry
from jiaozhang.pages.lists.deadlines import (
    MonthBox,
    Promise,
    due_lede,
    lone_promises,
    month_boxes,
    no_clauses,
)
from jiaozhang.pages.lists.districts import DistrictCard, district_cards, unlisted_groups
from jiaozhang.pages.lists.sections import SectionRow, section_rows, square_note
from jiaozhang.pages.lists.units import UnitRow, unit_rows
from jiaozhang.pages.lists.updates import latest_entries
from jiaozhang.wording import citations, words

MOST_UNITS = 12
MOST_LATEST = 6
# What a headline names first; what it has no room for is named by the bar below it.
_HEADLINE: tuple[StandingKey, ...] = ("closed", "reopened", "behind", "overdue")
_HEADLINE_OF_RECORDS: tuple[StandingKey, ...] = (
    "closed",
    "figure-reached",
    "recorded",
    "unrecorded",
)
MOST_NAMED = 3  # where none of those occurs


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of the headline: how many tasks, and how they stand."""

    lead: str
    count: int
    word: str


@dataclass(frozen=True, slots=True)
class Home:
    frame: Frame
    head: Head
    as_of: str
    basis: str
    total: int
    phrases: tuple[Phrase, ...]
    marks: tuple[MarkCount, ...]
    caveat: tuple[str, ...]
    recorded: int
    latest: tuple[Entry, ...]
    themes: tuple[Link, ...]
    sections: tuple[SectionRow, ...]
    cell_note: str
    months: tuple[MonthBox, ...]
    promises: tuple[Promise, ...]
    due_lede: str
    units: tuple[UnitRow, ...]
    unit_count: int
    districts: tuple[DistrictCard, ...]
    unlisted: str
    deadlines: str
    duty_note: str
    units_address: str
    districts_address: str
    tasks_address: str
    data_address: str
    about_address: str
    updates_address: str


def home_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    """`/` shows the current year; every year, the current one too, also has its own address."""
    current = current_year(derived)
    own = tuple(_page(derived, year, addresses.year(year.ledger.year)) for year in derived.years)
    return (_page(derived, current, addresses.HOME), *own)


def _page(derived: Derived, year: DerivedYear, address: str) -> HtmlPage:
    ledger = year.ledger
    of = ledger.year
    title = f"{of}年{derived.record.site.name}"
    # The current year's page says what the home page says: of the two, the home page counts.
    is_current = year == current_year(derived)
    main = addresses.HOME if is_current else addresses.year(of)
    head = head_of(derived, main, title, ledger.title, "home")
    crumbs = (Link("首页", addresses.HOME), Link(f"{of}年", address))
    rows = unit_rows(derived, year)
    sections = section_rows(derived, year)
    this = Home(
        frame=frame_of(derived, year),
        head=replace(
            head,
            crumbs=crumbs if address else crumbs[:1],
            channel="home" if is_current else "",
            feed=addresses.feed(addresses.updates(of)),
        ),
        as_of=words.full_day(year.as_of),
        basis=f"《{ledger.title}》",
        total=len(year.tasks),
        phrases=_phrases(derived, year),
        marks=mark_counts(derived.record.site, year, year.tasks),
        caveat=_caveat(year),
        recorded=sum(one.standing.records > 0 for one in year.tasks),
        latest=latest_entries(derived, year, MOST_LATEST),
        themes=tuple(Link(t.name, addresses.theme(of, t.slug)) for t in year.ledger.themes),
        sections=sections,
        cell_note=square_note(sections),
        months=month_boxes(year),
        promises=lone_promises(year),
        due_lede=due_lede(year),
        units=tuple(sorted(rows, key=lambda row: -row.lead)[:MOST_UNITS]),
        unit_count=len(rows),
        districts=district_cards(derived, year),
        unlisted=_unlisted(derived, year),
        deadlines=addresses.deadlines(of),
        duty_note=_duty_note(year),
        units_address=addresses.units(of),
        districts_address=addresses.districts(of),
        tasks_address=addresses.tasks(of),
        data_address=addresses.data(of),
        about_address=addresses.ABOUT,
        updates_address=addresses.updates(of),
    )
    return HtmlPage(
        address, "home.html", this, (f"{of}/ledger", f"{of}/tasks", f"{of}/records", "site")
    )


def _phrases(derived: Derived, year: DerivedYear) -> tuple[Phrase, ...]:
    """The counts that the headline names. They sum to the tasks of the year: the last part says how
    many are left, where they are of more than one kind."""
    counts = dict(tally(year.tasks, year.ledger.reporting))
    wanted = _HEADLINE if year.ledger.reporting != "none" else _HEADLINE_OF_RECORDS
    named = [key for key in wanted if key in counts]
    others = [key for key in counts if key not in named]
    if not named:
        named = sorted(others, key=lambda key: -counts[key])[:MOST_NAMED]
        others = [key for key in others if key not in named]
    if len(others) == 1:
        named, others = named + others, []
    phrases = [Phrase("", counts[key], mark_of(derived.record.site, key).word) for key in named]
    left = sum(counts[key] for key in others)
    return (*phrases, Phrase("其余", left, "见下")) if left else tuple(phrases)


def _caveat(year: DerivedYear) -> tuple[str, ...]:
    """Say what is known of all clauses, in sentences that add up, and what is not known."""
    pairs = [(one, clause) for one in year.tasks for clause in one.clauses]
    column = [clause for _, clause in pairs if clause.clause.origin == "deadline"]
    parts = "，".join(f"{count}条{word}" for word, count in _clause_counts(year, column) if count)
    body = len(pairs) - len(column)
    sentence = f"时限栏共{len(column)}条时限：{parts}。" if parts else ""
    if body:
        sentence += f"正文里另写有{body}条。" if parts else f"正文里写有{body}条时限。"
    sentence = sentence or no_clauses()
    if year.ledger.reporting == "none":
        return (sentence, "本站只收录具名来源的公开资料，没有接入责任单位报送：")
    if year.is_whole:
        return (sentence, "单位报送和待审的记载都在这里，按期没有见到的标明未报送：")
    return (sentence, "单位报送经审核以后公开；审核期满还没有见到的，只说没有见到：")


def _clause_counts(year: DerivedYear, clauses: list[DerivedClause]) -> tuple[tuple[str, int], ...]:
    past = _past_word(year)
    open_ = [clause for clause in clauses if clause.settlement != "closed"]
    count = Counter(clause.timing for clause in open_)
    return (
        ("已经销号", len(clauses) - len(open_)),
        (past, count["past-due"]),
        ("还没有到期", count["not-due"]),
        ("要等另一件事发生才起算", count["pending"]),
        ("没有日期", count["undated"]),
    )


def _past_word(year: DerivedYear) -> str:
    if year.ledger.reporting == "none":
        return "已经到期，未见公开的完成结论"
    return "已经逾期" if year.is_whole else "已经到期，未见经审核的销号"


def _duty_note(year: DerivedYear) -> str:
    """Where the roles come from, as far as the notice says so."""
    has_joint = any(one.task.responsibility == "joint" for one in year.tasks)
    joint = "写明“按职责分工负责”的不分牵头和配合。" if has_joint else ""
    return f"{citations.who_leads(year.ledger)}{joint}各种责任分开计数，不相加。"


def _unlisted(derived: Derived, year: DerivedYear) -> str:
    groups = unlisted_groups(derived, year)
    if not groups:
        return ""
    names = "、".join(f"“{name}”" for name, _ in groups)
    count = len({task.task.number for _, tasks in groups for task in tasks})
    return f"另有{count}项写给{names}，文件没有列出是哪些区，本站不作推定，也不计数。"
