"""What the labels of a chart say, and where each would like to stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jiaozhang.derive import DerivedYear
from jiaozhang.derive.measure import PLANNED, DerivedTarget
from jiaozhang.pages.task.chart_labels import Spot, Wish, around
from jiaozhang.pages.task.chart_scale import (
    FLOOR,
    LEFT,
    RIGHT,
    WIDTH,
    ChartScale,
    plain,
    ticks_of,
)
from jiaozhang.wording import target_sentences, words
from jiaozhang.wording.catalogue import gettext

TEXT, LARGE = 14, 20  # pixels
_AS_OF_Y, _TICK_Y, _START_Y = 16, FLOOR + 18, FLOOR + 40
# A verdict that says on which side of the plan or the target the last figure is.
_WRONG_SIDE = ("missed", "behind", "over", "short")


@dataclass(frozen=True, slots=True)
class Gap:
    """How far the last figure is from what was wanted by then, or from the target."""

    wanted: Decimal
    value: Decimal

    def said(self, unit: str) -> str:
        amount = f"{words.quantity(abs(self.wanted - self.value))}{unit}"
        if self.value > self.wanted:
            return gettext("{amount} over", amount=amount)
        return gettext("{amount} short", amount=amount)


def gap_of(target: DerivedTarget, goal: Decimal) -> Gap | None:
    """The gap of a target whose last figure is on the wrong side.

    A computed value is taken as it is printed, so that the numbers of a chart agree.
    """
    if target.pace not in _WRONG_SIDE or target.curve == "judged":
        return None
    value, wanted = target.readings[-1].figure.value, goal
    is_planned = target.curve in PLANNED and target.pace in ("behind", "over")
    if is_planned and target.expected is not None:
        wanted = Decimal(target_sentences.rounded(target.expected))
    if target.upper is not None and value > target.upper:
        wanted = target.upper
    return Gap(wanted, value) if wanted != value else None


def frame_wishes(year: DerivedYear, scale: ChartScale, unit: str) -> Iterator[Wish]:
    """The labels outside the plot: the day of the data, ends of months, where values start."""
    said = gettext("Data as of {day}", day=words.full_day(year.as_of))
    x = scale.x(year.as_of)
    edges = (Spot(x, _AS_OF_Y), Spot(WIDTH, _AS_OF_Y, "end"), Spot(0, _AS_OF_Y, "start"))
    yield Wish("as-of", TEXT, (said,), edges)
    for name, day in ticks_of(year, scale.axis):
        yield Wish("tick", TEXT, (name,), (Spot(scale.x(day), _TICK_Y),))
    if scale.low != 0:
        low = words.quantity(plain(scale.low))
        texts = tuple(
            gettext("The scale starts at {value}, not at 0", value=value)
            for value in (low + unit, low)
        )
        yield Wish("start", TEXT, texts, (Spot(LEFT, _START_Y, "start"),))


def plot_wishes(
    target: DerivedTarget,
    goal: Decimal,
    gap: Gap | None,
    scale: ChartScale,
    grid: tuple[Decimal, ...],
) -> Iterator[Wish]:
    """The labels in the plot, what matters most first: what has no room is left out at the end."""
    unit = target.target.unit or ""
    last = target.readings[-1]
    points = [(scale.x(r.day), scale.y(r.figure.value)) for r in target.readings]
    yield Wish("last", LARGE, (words.quantity(last.figure.value),), around(*points[-1], LARGE))
    yield _goal_wish(words.amount(target.target, goal, target.upper), goal, scale)
    if gap:
        yield _gap_wish(gap, scale.x(last.day), scale, unit)
    if target.expected is not None and target.curve in PLANNED:
        said = gettext("planned {amount}", amount=target_sentences.rounded(target.expected))
        spots = _left_first(scale.x(last.day), scale.y(target.expected))
        yield Wish("planned", TEXT, (said,), spots)
    for reading, (x, y) in reversed(list(zip(target.readings, points, strict=True))[:-1]):
        spots = around(x, y, TEXT, distance=6)
        yield Wish("value", TEXT, (words.quantity(reading.figure.value),), spots)
    for value in grid:
        yield Wish(
            "grid", TEXT, (words.quantity(value),), (Spot(LEFT, scale.y(value) - 4, "start"),)
        )


def _goal_wish(wanted: str, goal: Decimal, scale: ChartScale) -> Wish:
    y = scale.y(goal)
    texts = (
        gettext("Target {amount}", amount=wanted),
        gettext("Target {amount}", amount=words.quantity(goal)),
        words.quantity(goal),
    )
    spots = (
        Spot(LEFT, y - 5, "start"),
        Spot(RIGHT, y - 5, "end"),
        Spot((LEFT + RIGHT) / 2, y - 5),
        Spot(LEFT, y + TEXT + 2, "start"),
        Spot(RIGHT, y + TEXT + 2, "end"),
        Spot((LEFT + RIGHT) / 2, y + TEXT + 2),
    )
    return Wish("goal", TEXT, texts, spots)


def _gap_wish(gap: Gap, x: float, scale: ChartScale, unit: str) -> Wish:
    """How much is missing, beside its line."""
    middle = (scale.y(gap.wanted) + scale.y(gap.value)) / 2 + 5
    spots = tuple(
        spot
        for y in (middle, middle - 12, middle + 12)
        for spot in (Spot(x + 7, y, "start"), Spot(x - 7, y, "end"))
    )
    return Wish("gap", TEXT, (gap.said(unit), gap.said("")), spots)


def _left_first(x: float, y: float) -> tuple[Spot, ...]:
    """The spots around a point of a line from the lower left."""
    return (
        Spot(x - 8, y + 2, "end"),
        Spot(x - 8, y - 8, "end"),
        *around(x, y, TEXT),
        Spot(x - 8, y + 18, "end"),
    )
