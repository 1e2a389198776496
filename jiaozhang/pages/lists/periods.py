"""期: a month or quarter on the day after its reports were to be there. Only where units report.

A past period speaks of its own day, from what is known now: 年初建账、逐月查账. Until it is frozen
as an edition, a record that comes in later moves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jiaozhang.derive import Derived, DerivedYear, derive_year
from jiaozhang.derive.rhythm import Period
from jiaozhang.ledger.settings import StandingKey
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.marks import Mark, MarkCount, mark_counts, mark_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link
from jiaozhang.pages.core.task_rows import TaskTable, task_link, task_table
from jiaozhang.wording import sentences, words


@dataclass(frozen=True, slots=True)
class Change:
    """A task whose standing is another than a period before."""

    number: int
    task: Link
    before: Mark
    after: Mark
    why: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    period: Link
    due: str
    marks: tuple[MarkCount, ...]


@dataclass(frozen=True, slots=True)
class Periods:
    frame: Frame
    head: Head
    lede: str
    rows: tuple[PeriodRow, ...]


@dataclass(frozen=True, slots=True)
class PeriodPage:
    frame: Frame
    head: Head
    lede: str
    marks: tuple[MarkCount, ...]
    changes: tuple[Change, ...]
    first: bool
    tables: tuple[TaskTable, ...]
    previous: Link | None
    following: Link | None


@dataclass(frozen=True, slots=True)
class _Part:
    """A list on a period's page: the standings of the tasks in it."""

    id: str
    heading: str
    rule: str
    keys: tuple[StandingKey, ...]


# Together they hold every standing once, so that every task of a period is in one list.
PARTS = (
    _Part(
        "late",
        "逾期、欠进度、要重办的",
        "记载表明没有按时限或者计划做到，或者核实不一致、决定重新办理。",
        ("reopened", "disputed", "overdue", "behind", "over", "short"),
    ),
    _Part(
        "unseen",
        "没有见到记载的",
        "没有见到销号、节点完成或者报送的记载。没有见到不等于没有做。",
        ("unreported", "unseen-closure", "unseen-node", "unseen-report", "unrecorded"),
    ),
    _Part(
        "done",
        "销号、报完成、数字到了目标的",
        "已销号的是结论；报完成和数字到了目标，还要等销号。",
        ("closed", "reached", "figure-reached", "reported-done"),
    ),
    _Part(
        "on-plan",
        "不低于计划的",
        "有数字的指标都不低于计划、在限内，到期的节点都已完成。",
        ("ahead", "on-plan", "within"),
    ),
    _Part(
        "other",
        "其他",
        "时限还没有到、没有日期，或者要等认定。",
        ("unjudged", "soon", "recorded", "past-due", "pending", "undated", "not-due"),
    ),
)


def period_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(page for year in derived.years for page in _of_year(derived, year))


def _of_year(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    """A page for each period that has ended, as what is known now shows that day."""
    of = year.ledger.year
    ended = [period for period in year.periods if period.last < year.as_of]
    if not ended:
        return ()
    days = [_day_of(period, year) for period in ended]
    views = [derive_year(derived.record, year.ledger, day) for day in days]
    address = addresses.periods(of)
    lede = f"{of}年逐期的进展。{_basis(year)}"
    rows = tuple(
        PeriodRow(
            Link(words.period(period.name), addresses.period(of, period.name)),
            view.as_of.isoformat(),
            mark_counts(derived.record.site, view, view.tasks),
        )
        for period, view in zip(ended, views, strict=True)
    )
    this = Periods(
        frame_of(derived, year), head_of(derived, address, "各期", lede, "periods"), lede, rows
    )
    pages = tuple(_page(derived, year, ended, views, at) for at in range(len(ended)))
    return (HtmlPage(address, "periods.html", this, (f"{of}/records",)), *pages)


def _page(
    derived: Derived, year: DerivedYear, ended: list[Period], views: list[DerivedYear], at: int
) -> HtmlPage:
    of = year.ledger.year
    period, view = ended[at], views[at]
    address = addresses.period(of, period.name)
    title = f"{words.period(period.name)}进展"
    own = {part.id: [t for t in view.tasks if t.standing.key in part.keys] for part in PARTS}
    counts = "，".join(f"{part.heading}{len(own[part.id])}项" for part in PARTS if own[part.id])
    lede = f"截至{words.full_day(view.as_of)}，{len(view.tasks)}项里：{counts}。{_basis(year)}"
    site = derived.record.site
    tables = tuple(
        task_table(site, view, part.id, part.heading, part.rule, own[part.id]) for part in PARTS
    )
    this = PeriodPage(
        frame=frame_of(derived, year),
        head=head_of(derived, address, title, lede, "periods", Link("各期", addresses.periods(of))),
        lede=lede,
        marks=mark_counts(derived.record.site, view, view.tasks),
        changes=_changes(derived, views[at - 1], view) if at else (),
        first=not at,
        tables=tuple(table for table in tables if table.rows),
        previous=_link(of, ended, at - 1),
        following=_link(of, ended, at + 1),
    )
    return HtmlPage(address, "period.html", this, (f"{of}/records",))


def _day_of(period: Period, year: DerivedYear) -> date:
    """The day after its reports were to be there: what is missing then may be named."""
    return min(period.settled(year.is_whole) + timedelta(days=1), year.as_of)


def _basis(year: DerivedYear) -> str:
    """From when and from what a period is computed: no edition of it has been frozen."""
    until = "报送截止" if year.is_whole else "报送审核期满"
    return f"每一期按{until}的次日、用现在已知的记载推算；以后补记、更正的，会跟着变。"


def _changes(derived: Derived, before: DerivedYear, after: DerivedYear) -> tuple[Change, ...]:
    site = derived.record.site
    return tuple(
        Change(
            new.task.number,
            task_link(after, new),
            mark_of(site, old.standing.key),
            mark_of(site, new.standing.key),
            sentences.reason(after, new),
        )
        for old, new in zip(before.tasks, after.tasks, strict=True)
        if old.standing.key != new.standing.key
    )


def _link(of: int, ended: list[Period], at: int) -> Link | None:
    if not 0 <= at < len(ended):
        return None
    return Link(words.period(ended[at].name), addresses.period(of, ended[at].name))
