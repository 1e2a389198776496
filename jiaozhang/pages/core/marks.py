"""Status marks: a shape, a word and a tone for each standing; never a colour alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiaozhang.derive import DerivedTask, DerivedYear
from jiaozhang.derive.rollup import tally
from jiaozhang.ledger.settings import Site, StandingKey, Tone
from jiaozhang.pages.core import addresses


@dataclass(frozen=True, slots=True)
class Mark:
    """`shape` names a symbol of the sprite, `tone` a colour that only underlines the word."""

    word: str
    shape: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class MarkCount:
    """How many tasks stand so, and the list of exactly those; the share is in percent."""

    mark: Mark
    count: int
    address: str
    offset: str
    share: str


# The words and shapes as shipped; site.toml may change each of them.
DEFAULTS: Mapping[StandingKey, Mark] = {
    "reopened": Mark("重新办理", "ring", "watch"),
    "closed": Mark("已销号", "seal", "done"),
    "disputed": Mark("核实不一致", "squares", "watch"),
    "unjudged": Mark("待认定", "wave", "ink"),
    "overdue": Mark("已逾期", "diamond", "late"),
    "behind": Mark("欠序时进度", "down", "watch"),
    "over": Mark("目前超限", "above", "watch"),
    "short": Mark("目前未到目标", "below", "watch"),
    "reached": Mark("数字已到目标，未销号", "flag", "done"),
    "figure-reached": Mark("公开数字达到目标", "pennant", "done"),
    "reported-done": Mark("已报完成", "tick", "main"),
    "unreported": Mark("未报送", "dashed-circle", "mute"),
    "unseen-closure": Mark("到期，未见经审核的销号", "dashed-square", "mute"),
    "unseen-node": Mark("计划日已过，未见经审核的完成记载", "dashed-triangle", "mute"),
    "unseen-report": Mark("未见经审核的报送", "dashed-page", "mute"),
    "soon": Mark("将到期", "clock", "ink"),
    "ahead": Mark("超序时进度", "up", "done"),
    "on-plan": Mark("达序时进度", "equal", "ink"),
    "within": Mark("目前在限内", "between", "ink"),
    "recorded": Mark("有公开记载", "lines", "main"),
    "unrecorded": Mark("暂无公开记载", "hollow", "mute"),
    "past-due": Mark("已到期，还在报送审核期", "hourglass", "mute"),
    "pending": Mark("待触发", "dashed-diamond", "mute"),
    "undated": Mark("日期未载明", "leaf", "mute"),
    "not-due": Mark("未到期", "circle", "mute"),
}


def mark_of(site: Site, key: StandingKey) -> Mark:
    """The mark of a standing, in a city's own words where it has them."""
    plain = DEFAULTS[key]
    own = next((style for style in site.styles if style.key == key), None)
    if own is None:
        return plain
    return Mark(own.word or plain.word, own.shape or plain.shape, own.tone or plain.tone)


def mark_counts(
    site: Site, year: DerivedYear, tasks: Sequence[DerivedTask]
) -> tuple[MarkCount, ...]:
    """Count the standings of some tasks in the order of the rules, as parts of one bar."""
    counts = tally(tasks, year.ledger.reporting)
    found, at = [], 0
    for key, count in counts:
        found.append(
            MarkCount(
                mark_of(site, key),
                count,
                addresses.standing(year.ledger.year, key),
                f"{100 * at / len(tasks):.2f}",
                f"{100 * count / len(tasks):.2f}",
            )
        )
        at += count
    return tuple(found)
