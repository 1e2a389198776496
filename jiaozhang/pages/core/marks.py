"""Status marks: shape, word and tone of each standing; colour is never the only sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiaozhang.derive import DerivedTask, DerivedYear
from jiaozhang.derive.rollup import tally
from jiaozhang.ledger.settings import Site, StandingKey, Tone
from jiaozhang.pages.core import addresses
from jiaozhang.wording.catalogue import gettext, mark, ngettext


@dataclass(frozen=True, slots=True)
class Mark:
    """`shape` is a symbol of the SVG sprite, `tone` a colour in addition to the word."""

    word: str
    shape: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class MarkCount:
    """The number of tasks with a standing, also in words, and a link to their list; the share is in
    percent.
    """

    mark: Mark
    count: int
    spoken: str
    address: str
    offset: str
    share: str


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
    """Count the standings of some tasks in the order of the rules, as parts of one bar."""
    counts = tally(tasks, year.ledger.reporting)
    found, at = [], 0
    for key, count in counts:
        one = mark_of(site, key)
        found.append(
            MarkCount(
                one,
                count,
                ngettext("{n} task: {status}", "{n} tasks: {status}", count, status=one.word),
                addresses.standing(year.ledger.year, key),
                f"{100 * at / len(tasks):.2f}",
                f"{100 * count / len(tasks):.2f}",
            )
        )
        at += count
    return tuple(found)
