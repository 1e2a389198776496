"""期: a month or quarter on the day after its reports were to be there. Only where units report.

Until a period is frozen as an edition, a record that comes in later moves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.measure import PLANNED, DerivedTarget, Reading, expected_on
from jiaozhang.derive.past_periods import PastPeriod, past_periods
from jiaozhang.derive.rhythm import Period
from jiaozhang.derive.standing_groups import GROUP_OF, StandingGroup
from jiaozhang.ledger.settings import Site, StandingKey
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.marks import GroupCount, Mark, StandingBar, mark_of, standing_bar
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link
from jiaozhang.pages.core.task_rows import task_link
from jiaozhang.wording import sentences, target_sentences, words
from jiaozhang.wording.catalogue import Labels, gettext, mark, ngettext
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
class PeriodFigure:
    """A figure of the period, and what the plan or the target wanted by then, if anything."""

    name: str
    value: str
    wanted: str


@dataclass(frozen=True, slots=True)
class PeriodTask:
    number: int
    task: Link
    standing: Mark
    figures: tuple[PeriodFigure, ...]
    why: str


@dataclass(frozen=True, slots=True)
class PeriodList:
    """The tasks of a group, and what the group holds."""

    id: str
    heading: str
    rule: str
    rows: tuple[PeriodTask, ...]


@dataclass(frozen=True, slots=True)
class PeriodRow:
    period: Link
    due: str
    marks: StandingBar


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
    headline: str
    lede: str
    marks: StandingBar
    changes: tuple[StandingChange, ...]
    first: bool
    lists: tuple[PeriodList, ...]
    previous: Link | None
    following: Link | None


# What a group holds, said above its list; a verdict only where some task in it has one.
_RULES: Mapping[StandingGroup, str] = Labels(
    {
        "watch": mark(
            "Records show that a deadline, a plan or a limit was not kept, that an inspection "
            "disagrees, or that the task was reopened."
        ),
        "normal": mark(
            "Not yet due or without a date, on plan, within the limit or at the target, or waiting "
            "for a closure, a declaration or a review."
        ),
        "settled": mark("Closed: a conclusion on evidence."),
    }
)
_NOT_SEEN: frozenset[StandingKey] = frozenset(
    ("unreported", "unseen-closure", "unseen-node", "unseen-report")
)


def period_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(page for year in derived.years for page in _period_pages_of_year(derived, year))


def period_rows(derived: Derived, year: DerivedYear) -> tuple[PeriodRow, ...]:
    """How the tasks stood in each period that is over, in order."""
    of = year.ledger.year
    return tuple(
        PeriodRow(
            Link(words.period(past.period.name), addresses.period(of, past.period.name)),
            past.view.as_of.isoformat(),
            standing_bar(derived.record.site, past.view, past.view.tasks),
        )
        for past in past_periods(derived, year)
    )


def _period_pages_of_year(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    """A page for each period that is over, as what is known now shows its day."""
    of = year.ledger.year
    rows = period_rows(derived, year)
    if not rows:
        return ()
    address = addresses.periods(of)
    lede = join_sentences(gettext("Progress in {year}, period by period.", year=of), _basis(year))
    this = Periods(
        frame_of(derived, year),
        head_of(derived, address, gettext("Periods"), lede, "periods"),
        lede,
        rows,
    )
    pages = tuple(_period_page(derived, year, rows, at) for at in range(len(rows)))
    return (HtmlPage(address, "periods.html", this, (f"{of}/records",)), *pages)


def _period_page(
    derived: Derived, year: DerivedYear, rows: tuple[PeriodRow, ...], at: int
) -> HtmlPage:
    of = year.ledger.year
    pasts, row = past_periods(derived, year), rows[at]
    past = pasts[at]
    counts = join_facts(group.spoken for group in row.marks.groups)
    lede = join_sentences(
        ngettext(
            "{n} task, as it stood on {day}.",
            "{n} tasks, as they stood on {day}.",
            len(past.view.tasks),
            day=words.full_day(past.view.as_of),
        ),
        _basis(year),
    )
    headline = gettext("{period}: {counts}.", period=row.period.text, counts=counts)
    this = PeriodPage(
        frame=frame_of(derived, year),
        head=head_of(
            derived,
            row.period.address,
            gettext("Progress in {period}", period=row.period.text),
            join_sentences(headline, lede),
            "periods",
            Link(gettext("Periods"), addresses.periods(of)),
        ),
        headline=headline,
        lede=lede,
        marks=row.marks,
        changes=_changes(derived, pasts[at - 1].view, past.view) if at else (),
        first=not at,
        lists=tuple(_list(derived.record.site, past, group) for group in row.marks.groups),
        previous=rows[at - 1].period if at else None,
        following=rows[at + 1].period if at + 1 < len(rows) else None,
    )
    return HtmlPage(row.period.address, "period.html", this, (f"{of}/records",))


def _list(site: Site, past: PastPeriod, group: GroupCount) -> PeriodList:
    own = [one for one in past.view.tasks if GROUP_OF[one.standing.key] == group.group]
    return PeriodList(
        group.group,
        words.tasks_of(group.word, group.count),
        _rule(group.group, {one.standing.key for one in own}),
        tuple(_task(site, past, one) for one in own),
    )


def _rule(group: StandingGroup, keys: set[StandingKey]) -> str:
    return join_sentences(
        _RULES[group] if keys - _NOT_SEEN else "",
        gettext(
            "A closure, a milestone or a report was not seen, which does not mean that nothing was "
            "done."
        )
        if keys & _NOT_SEEN
        else "",
    )


def _task(site: Site, past: PastPeriod, one: DerivedTask) -> PeriodTask:
    return PeriodTask(
        one.task.number,
        task_link(past.view, one),
        mark_of(site, one.standing.key),
        tuple(_figures(past.period, one)),
        sentences.reason(past.view, one),
    )


def _figures(period: Period, one: DerivedTask) -> Iterator[PeriodFigure]:
    """The figures of a task's records of the period."""
    measured = {(r.note, r.figure): (t, r) for t in one.targets for r in t.readings}
    for note in one.current:
        if period.first <= note.on <= period.last:
            for figure in note.figures:
                known = measured.get((note, figure))
                value = f"{words.quantity(figure.value)}{figure.unit}"
                yield PeriodFigure(figure.name, value, _wanted(*known) if known else "")


def _wanted(target: DerivedTarget, reading: Reading) -> str:
    """What the plan wanted by the day of a figure, else the target."""
    expected = expected_on(target, reading.day) if target.curve in PLANNED else None
    if expected is None:
        goal = words.amount(target.target, target.goal, target.upper)
        return gettext("Target {amount}", amount=goal)
    amount = f"{target_sentences.rounded(expected)}{reading.figure.unit}"
    if target.target.comparison == "at-most":
        return gettext("planned at most {amount}", amount=amount)
    return gettext("planned {amount}", amount=amount)


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
