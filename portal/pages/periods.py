"""期: a month or quarter as it stood when its reports were due. Only where units report.

A past period speaks of its own day, so that it stays as it was: 年初建账、逐月查账.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from portal import sentences, words
from portal.derive import Derived, DerivedTask, DerivedYear, derive_year
from portal.derive.rhythm import Period
from portal.pages import addresses
from portal.pages.frame import frame_of, head_of
from portal.pages.marks import Mark, MarkCount, mark_counts, mark_of
from portal.pages.page import Frame, Head, HtmlPage, Link
from portal.pages.rows import TaskTable, task_link, task_table


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
    """A list on a period's page: which tasks stand in it."""

    id: str
    heading: str
    rule: str
    holds: Callable[[DerivedTask], bool]


_PARTS = (
    _Part(
        "behind",
        "欠序时进度",
        "指标低于计划，或者到期的节点没有完成。",
        lambda one: one.standing.pace == "behind",
    ),
    _Part(
        "on-plan",
        "达到序时进度",
        "指标和节点都不低于计划。",
        lambda one: one.standing.pace in ("on-plan", "ahead"),
    ),
    _Part(
        "unreported",
        "没有报送",
        "到报送的日子没有见到；也可能还在审核。没有报送不等于没有启动。",
        lambda one: bool(one.standing.owed),
    ),
)


def period_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(page for year in derived.years for page in _of_year(derived, year))


def _of_year(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    """A page for each period that has ended; it stays as it was when its reports were due."""
    of = year.ledger.year
    ended = [period for period in year.periods if period.last < year.as_of]
    if not ended:
        return ()
    days = [_day_of(period, year) for period in ended]
    views = [derive_year(derived.record, year.ledger, day) for day in days]
    address = addresses.periods(of)
    lede = f"{of}年逐期的进展。每一期停在报送截止的次日，以后不再改动。"
    rows = tuple(
        PeriodRow(
            Link(sentences.period(period.name), addresses.period(of, period.name)),
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
    title = f"{sentences.period(period.name)}进展"
    reported = sum(not one.standing.owed for one in view.tasks)
    lede = (
        f"数据截至{words.full_day(view.as_of)}。{len(view.tasks)}项里，{reported}项没有欠报，"
        f"{len(view.tasks) - reported}项有单位没有报送。"
    )
    site = derived.record.site
    tables = tuple(
        task_table(site, view, part.id, part.heading, part.rule, filter(part.holds, view.tasks))
        for part in _PARTS
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
    """The day after its reports were due: what is missing then was not reported in time."""
    return min(period.due + timedelta(days=1), year.as_of)


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
    return Link(sentences.period(ended[at].name), addresses.period(of, ended[at].name))
