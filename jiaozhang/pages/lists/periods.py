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
from jiaozhang.wording.catalogue import gettext, mark, ngettext
from jiaozhang.wording.joining import join_facts, join_sentences


@dataclass(frozen=True, slots=True)
class StandingChange:
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
    changes: tuple[StandingChange, ...]
    first: bool
    tables: tuple[TaskTable, ...]
    previous: Link | None
    following: Link | None


@dataclass(frozen=True, slots=True)
class _Part:
    """A list on a period's page, the standings of the tasks in it; its words are messages."""

    id: str
    heading: str
    rule: str
    keys: tuple[StandingKey, ...]


# Together they hold every standing once, so that every task of a period is in one list.
PARTS = (
    _Part(
        "late",
        mark("Overdue, behind plan or reopened"),
        mark(
            "Records show that a deadline or plan was not met, that an inspection disagrees, or "
            "that the task was reopened."
        ),
        ("reopened", "disputed", "overdue", "behind", "over", "short"),
    ),
    _Part(
        "unseen",
        mark("No record found"),
        mark(
            "No record of a closure, a milestone or a report was found. That does not mean that "
            "nothing was done."
        ),
        ("unreported", "unseen-closure", "unseen-node", "unseen-report", "unrecorded"),
    ),
    _Part(
        "done",
        mark("Closed, reported done or at the target"),
        mark(
            "Closed is a conclusion; reported done, or a figure that meets the target, still waits "
            "for the closure."
        ),
        ("closed", "reached", "figure-reached", "reported-done"),
    ),
    _Part(
        "on-plan",
        mark("Not below plan"),
        mark(
            "Every target with a figure is at or above plan or within its limit, and every "
            "milestone that is due was reached."
        ),
        ("ahead", "on-plan", "within"),
    ),
    _Part(
        "other",
        mark("Other"),
        mark("Not yet due, without a date, or waiting for a declaration."),
        ("unjudged", "soon", "recorded", "past-due", "pending", "undated", "not-due"),
    ),
)


def period_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(page for year in derived.years for page in _period_pages_of_year(derived, year))


def _period_pages_of_year(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    """A page for each period that has ended, as what is known now shows that day."""
    of = year.ledger.year
    ended = [period for period in year.periods if period.last < year.as_of]
    if not ended:
        return ()
    days = [_day_of(period, year) for period in ended]
    views = [derive_year(derived.record, year.ledger, day) for day in days]
    address = addresses.periods(of)
    lede = join_sentences(gettext("Progress in {year}, period by period.", year=of), _basis(year))
    rows = tuple(
        PeriodRow(
            Link(words.period(period.name), addresses.period(of, period.name)),
            view.as_of.isoformat(),
            mark_counts(derived.record.site, view, view.tasks),
        )
        for period, view in zip(ended, views, strict=True)
    )
    this = Periods(
        frame_of(derived, year),
        head_of(derived, address, gettext("Periods"), lede, "periods"),
        lede,
        rows,
    )
    pages = tuple(_period_page(derived, year, ended, views, at) for at in range(len(ended)))
    return (HtmlPage(address, "periods.html", this, (f"{of}/records",)), *pages)


def _period_page(
    derived: Derived, year: DerivedYear, ended: list[Period], views: list[DerivedYear], at: int
) -> HtmlPage:
    of = year.ledger.year
    period, view = ended[at], views[at]
    address = addresses.period(of, period.name)
    title = gettext("Progress in {period}", period=words.period(period.name))
    own = {part.id: [t for t in view.tasks if t.standing.key in part.keys] for part in PARTS}
    parts = join_facts(
        words.tasks_of(gettext(part.heading), len(own[part.id])) for part in PARTS if own[part.id]
    )
    counts = ngettext(
        "On {day}, of {n} task: {counts}.",
        "On {day}, of {n} tasks: {counts}.",
        len(view.tasks),
        day=words.full_day(view.as_of),
        counts=parts,
    )
    lede = join_sentences(counts, _basis(year))
    site = derived.record.site
    tables = tuple(
        task_table(site, view, part.id, gettext(part.heading), gettext(part.rule), own[part.id])
        for part in PARTS
    )
    this = PeriodPage(
        frame=frame_of(derived, year),
        head=head_of(
            derived,
            address,
            title,
            lede,
            "periods",
            Link(gettext("Periods"), addresses.periods(of)),
        ),
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
    if year.is_whole:
        return gettext(
            "Each period is computed for the day after its reports are due, from the records known "
            "now; later records and corrections change it."
        )
    return gettext(
        "Each period is computed for the day after the review of its reports ends, from the "
        "records known now; later records and corrections change it."
    )


def _changes(
    derived: Derived, before: DerivedYear, after: DerivedYear
) -> tuple[StandingChange, ...]:
    site = derived.record.site
    return tuple(
        StandingChange(
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
