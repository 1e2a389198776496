"""Status marks: shape, word and tone of each standing; colour is never the only sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiaozhang.derive import DerivedTask, DerivedYear
from jiaozhang.derive.rollup import group_tally
from jiaozhang.derive.standing_groups import StandingGroup
from jiaozhang.ledger.settings import Site, StandingKey, Tone
from jiaozhang.pages.core import addresses
from jiaozhang.wording.catalogue import Labels, gettext, mark, ngettext


@dataclass(frozen=True, slots=True)
class Mark:
    """`shape` is a symbol of the SVG sprite, `tone` a colour in addition to the word."""

    word: str
    shape: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class MarkCount:
    """The number of tasks with a standing, also in words, and a link to their list."""

    mark: Mark
    count: int
    spoken: str
    address: str


@dataclass(frozen=True, slots=True)
class GroupCount:
    """A part of a bar: a group of standings; `offset` and `share` are in percent of the bar."""

    group: StandingGroup
    word: str
    count: int
    spoken: str
    offset: str
    share: str
    marks: tuple[MarkCount, ...]


@dataclass(frozen=True, slots=True)
class StandingBar:
    """How some tasks stand: groups as parts of a bar, and all their standings, in one order.

    Where units do not report, groups are not named: each of their standings speaks for itself.
    """

    groups: tuple[GroupCount, ...]
    marks: tuple[MarkCount, ...]
    is_named: bool


# The default words and shapes; site.toml may change each of them.
DEFAULTS: Mapping[StandingKey, Mark] = {
    "reopened": Mark(mark("Reopened"), "ring", "watch"),
    "closed": Mark(mark("Closed"), "seal", "done"),
    "disputed": Mark(mark("Inspection disagrees"), "squares", "watch"),
    "unjudged": Mark(mark("Waiting for a declaration"), "wave", "ink"),
    "overdue": Mark(mark("Overdue"), "diamond", "late"),
    "behind": Mark(mark("Behind plan"), "down", "watch"),
    "over": Mark(mark("Over the limit so far"), "above", "watch"),
    "short": Mark(mark("Below the target so far"), "below", "watch"),
    "reached": Mark(mark("Figures on target, not closed"), "flag", "done"),
    "figure-reached": Mark(mark("Published figures on target"), "pennant", "done"),
    "reported-done": Mark(mark("Reported done"), "tick", "main"),
    "unreported": Mark(mark("Not reported"), "dashed-circle", "mute"),
    "unseen-closure": Mark(
        mark("Past its deadline, no reviewed closure found"), "dashed-square", "mute"
    ),
    "unseen-node": Mark(
        mark("Planned day passed, no reviewed record that it was reached"),
        "dashed-triangle",
        "mute",
    ),
    "unseen-report": Mark(mark("No reviewed report found"), "dashed-page", "mute"),
    "soon": Mark(mark("Due soon"), "clock", "ink"),
    "ahead": Mark(mark("Ahead of plan"), "up", "done"),
    "on-plan": Mark(mark("On plan"), "equal", "ink"),
    "within": Mark(mark("Within the limit so far"), "between", "ink"),
    "recorded": Mark(mark("Public records"), "lines", "main"),
    "unrecorded": Mark(mark("No public record yet"), "hollow", "mute"),
    "past-due": Mark(mark("Past its deadline, reports still in review"), "hourglass", "mute"),
    "pending": Mark(mark("Waiting for its starting event"), "dashed-diamond", "mute"),
    "undated": Mark(mark("No date given"), "leaf", "mute"),
    "not-due": Mark(mark("Not yet due"), "circle", "mute"),
}


GROUP: Mapping[StandingGroup, str] = Labels(
    {
        "watch": mark("To watch"),
        "normal": mark("In order"),
        "settled": mark("Settled"),
        "met": mark("Published figures on target"),
        "recorded": mark("Public records"),
        "unrecorded": mark("No public record yet"),
    }
)


def mark_of(site: Site, key: StandingKey) -> Mark:
    """The mark of a standing, in a city's own words where it has them."""
    plain = DEFAULTS[key]
    own = next((style for style in site.styles if style.key == key), None)
    word = gettext(plain.word)
    if own is None:
        return Mark(word, plain.shape, plain.tone)
    return Mark(own.word or word, own.shape or plain.shape, own.tone or plain.tone)


def mark_counts(
    site: Site, year: DerivedYear, tasks: Sequence[DerivedTask]
) -> tuple[MarkCount, ...]:
    """Count the standings of some tasks, in the order of the bars."""
    return standing_bar(site, year, tasks).marks


def standing_bar(site: Site, year: DerivedYear, tasks: Sequence[DerivedTask]) -> StandingBar:
    """Count the groups and standings of some tasks; they sum to the tasks."""
    reporting = year.ledger.reporting
    groups, at = [], 0
    for one in group_tally(tasks, reporting):
        groups.append(
            GroupCount(
                one.group,
                GROUP[one.group],
                one.count,
                _spoken(GROUP[one.group], one.count),
                f"{100 * at / len(tasks):.2f}",
                f"{100 * one.count / len(tasks):.2f}",
                tuple(_mark_count(site, year, key, count) for key, count in one.standings),
            )
        )
        at += one.count
    marks = tuple(mark for group in groups for mark in group.marks)
    return StandingBar(tuple(groups), marks, reporting != "none")


def _mark_count(site: Site, year: DerivedYear, key: StandingKey, count: int) -> MarkCount:
    one = mark_of(site, key)
    return MarkCount(
        one,
        count,
        _spoken(one.word, count),
        addresses.standing(year.ledger.year, key),
    )


def _spoken(word: str, count: int) -> str:
    return ngettext("{n} task: {status}", "{n} tasks: {status}", count, status=word)
