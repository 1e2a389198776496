"""The first screen of a list: what is known of some tasks, what is late, next, and without record.

Pages of units, leaders, sections, themes and districts begin with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.attention import attention_of
from jiaozhang.derive.finding import target_tally
from jiaozhang.derive.rollup import tally
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.gauge import gauge_key
from jiaozhang.pages.core.marks import StandingBar, mark_of, standing_bar
from jiaozhang.pages.core.page import Link
from jiaozhang.pages.core.task_squares import (
    FILLED,
    TaskSquare,
    square_key,
    squares_label,
    squares_of,
)
from jiaozhang.pages.core.timeline import entries_of
from jiaozhang.pages.core.timeline_entry import TimelineEntry
from jiaozhang.pages.lists.targets import TargetOfTask, targets_of
from jiaozhang.pages.lists.tasks import attention_title
from jiaozhang.wording import finding_sentences, words
from jiaozhang.wording.catalogue import gettext, ngettext
from jiaozhang.wording.joining import join_clauses, join_facts, labelled, sentence

MOST_NEWEST = 6
MOST_RESULTS = 8
# More numbers than these are no way to a task; the list below has them all.
MOST_NUMBERS = 8


@dataclass(frozen=True, slots=True)
class Concern:
    """A count of tasks in words, and the tasks by their numbers, where they are few."""

    count: int
    text: str
    tasks: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What is known of some tasks.

    `squares` are all tasks in order, `key` their legend, in whose place the `bar`
    of standings stands where units report. `summary` sums tasks and targets;
    `results` are the first targets with a figure, in the order of the notice, and `more` says how
    many there are besides. `publisher` is set where one record says all of them, for one period;
    `concerns` are what is late, due next, and without
    a record; `newest` the records spoken of last.
    """

    squares: tuple[TaskSquare, ...]
    squares_label: str
    key: tuple[TaskSquare, ...]
    bar: StandingBar | None
    summary: str
    results: tuple[TargetOfTask, ...]
    more: str
    publisher: str
    key_of_gauges: str
    concerns: tuple[Concern, ...]
    newest: tuple[TimelineEntry, ...]


def overview_of(
    derived: Derived, year: DerivedYear, tasks: Sequence[DerivedTask], of: str = ""
) -> Overview:
    """Sum up some tasks; `of` counts them in the words of their role."""
    squares = squares_of(derived.record.site, year, tasks)
    found = tuple(one for one in targets_of(year, tasks) if one.row.value)
    results, more = found[:MOST_RESULTS], len(found[MOST_RESULTS:])
    return Overview(
        squares=squares,
        squares_label=squares_label(squares),
        key=square_key(squares),
        bar=standing_bar(derived.record.site, year, tasks)
        if tasks and year.ledger.reporting != "none"
        else None,
        summary=summary_of(derived, year, tasks, of),
        results=results,
        more=ngettext(
            "{n} more figure stands in the list below.",
            "{n} more figures stand in the list below.",
            more,
        )
        if more
        else "",
        publisher=_publisher(results),
        key_of_gauges=gauge_key(one.row.gauge for one in results if one.row.gauge),
        concerns=tuple(_concerns(year, tasks)),
        newest=_newest(derived, year, tasks),
    )


def summary_of(
    derived: Derived, year: DerivedYear, tasks: Sequence[DerivedTask], of: str = ""
) -> str:
    """How many tasks have records, or stand how, and how many targets a figure: both sum.

    Empty without tasks.
    """
    if not tasks:
        return ""
    whole = of or words.tasks(len(tasks))
    said = [labelled(whole, join_facts(_standings(derived, year, tasks)))]
    counts = target_tally(one.finding for one in tasks)
    if counts:
        total = sum(counts.values())
        targets = ngettext("{n} target", "{n} targets", total)
        said.append(labelled(targets, join_facts(finding_sentences.tally(counts))))
    return sentence(join_clauses(said))


def _standings(derived: Derived, year: DerivedYear, tasks: Sequence[DerivedTask]) -> Iterator[str]:
    if year.ledger.reporting == "none":
        silent = sum(one.finding.kind == "none" for one in tasks)
        counts: tuple[tuple[str, int], ...] = (
            (FILLED["half"], len(tasks) - silent),
            (FILLED["hollow"], silent),
        )
    else:
        counts = tuple(
            (mark_of(derived.record.site, key).word, count)
            for key, count in tally(tasks, year.ledger.reporting)
        )
    for word, count in counts:
        if count:
            yield gettext("{n} “{standing}”", n=count, standing=word)


def _publisher(results: Sequence[TargetOfTask]) -> str:
    """Who says all figures, and for which period; empty where that differs."""
    found = {(one.row.said_by.who, one.row.period) for one in results if one.row.said_by}
    if len(found) != 1 or len(results) < 2:
        return ""
    ((source, period),) = found
    return gettext("{source}; about {period}.", source=source, period=period)


def _concerns(year: DerivedYear, tasks: Sequence[DerivedTask]) -> Iterator[Concern]:
    """What is late, due next, and without a record; what is new stands among the newest records."""
    for key, found in attention_of(year, tasks).items():
        text = attention_title(year, key)
        days = [one.standing.nearest for one in found if one.standing.nearest]
        if key == "next" and days:
            text = labelled(text, words.day_in_year(min(days), year.ledger.year))
        if key != "recent":
            yield _concern(year, text, found)


def _concern(year: DerivedYear, text: str, tasks: Sequence[DerivedTask]) -> Concern:
    numbers = tuple(
        Link(str(one.task.number), addresses.task(year.ledger.year, one.task.number))
        for one in tasks
    )
    return Concern(len(tasks), text, numbers if len(numbers) <= MOST_NUMBERS else ())


def _newest(
    derived: Derived, year: DerivedYear, tasks: Iterable[DerivedTask]
) -> tuple[TimelineEntry, ...]:
    entries = (entry for one in tasks for entry in entries_of(derived, year, one))
    newest = sorted(entries, key=lambda entry: (-entry.on.toordinal(), entry.number))
    return tuple(newest[:MOST_NEWEST])
