"""量化指标: every target of a year beside the figure that was published for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.finding import TargetState, target_tally
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.finding_view import FindingRow, finding_row
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.gauge import gauge_key
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link
from jiaozhang.wording import finding_sentences
from jiaozhang.wording.catalogue import gettext, ngettext
from jiaozhang.wording.joining import join_clauses, labelled, sentence


@dataclass(frozen=True, slots=True)
class TargetOfTask:
    """A target with its figure, and the task that promises it."""

    number: int
    task: Link
    row: FindingRow
    state: TargetState


@dataclass(frozen=True, slots=True)
class Targets:
    frame: Frame
    head: Head
    lede: str
    rows: tuple[TargetOfTask, ...]
    key: str


def targets_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    """A page for each year that has targets."""
    return tuple(page for year in derived.years for page in _targets_page(derived, year))


def _targets_page(derived: Derived, year: DerivedYear) -> Iterator[HtmlPage]:
    of = year.ledger.year
    rows = targets_of(year)
    if not rows:
        return
    lede = targets_lede(year)
    head = head_of(derived, addresses.targets(of), gettext("All targets"), lede, "targets")
    key = gauge_key(one.row.gauge for one in rows if one.row.gauge)
    this = Targets(frame_of(derived, year), head, lede, rows, key)
    yield HtmlPage(addresses.targets(of), "targets.html", this, (f"{of}/tasks", f"{of}/records"))


def targets_of(
    year: DerivedYear, among: Iterable[DerivedTask] | None = None
) -> tuple[TargetOfTask, ...]:
    """Every target of some tasks, or of all of a year, in the order of the notice."""
    of = year.ledger.year
    return tuple(
        TargetOfTask(
            one.task.number,
            Link(one.task.title, addresses.task(of, one.task.number)),
            row,
            found.state,
        )
        for one in (year.tasks if among is None else among)
        for found in one.finding.targets
        for row in (finding_row(of, found),)
    )


def targets_lede(year: DerivedYear) -> str:
    """How many targets there are and what figures say of them; the counts add up."""
    counts = target_tally(one.finding for one in year.tasks)
    total = ngettext("{n} target", "{n} targets", sum(counts.values()))
    return sentence(labelled(total, join_clauses(finding_sentences.tally(counts))))


# Of what a selection has room for: one of each of these first, so that it is not all favourable.
_ONE_OF_EACH: tuple[TargetState, ...] = ("unmet", "declared-unmet", "undecided", "differs", "open")


def selected_targets(year: DerivedYear, most: int) -> tuple[TargetOfTask, ...]:
    """Some targets with figures, one a task, in the order of the notice.

    One of each kind of result, then those whose figures can be compared, then the others.
    """
    answered = [one for one in targets_of(year) if one.row.value]
    by_state = {one.state: one for one in reversed(answered)}
    first = [by_state[state] for state in _ONE_OF_EACH if state in by_state]
    compared = [one for one in answered if one.state != "differs"]
    found: dict[int, TargetOfTask] = {}
    for one in (*first, *compared, *answered):
        if len(found) < most:
            found.setdefault(one.number, one)
    return tuple(sorted(found.values(), key=lambda one: one.number))
