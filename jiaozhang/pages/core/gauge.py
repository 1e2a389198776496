"""A figure beside its target, drawn small: a line, the target as a tick, the figure as a dot.

The range that satisfies the target is a pale band, so that `at least` and `at most` are read alike:
a dot in the band meets the target. The words beside it say the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from jiaozhang.derive.notice_words import is_change, is_rate
from jiaozhang.ledger.public import Comparison, Target
from jiaozhang.wording.catalogue import gettext
from jiaozhang.wording.joining import join_sentences

# The drawing in pixels; dots and bands may reach over the ends of the line, not of the drawing.
WIDTH, HEIGHT = 130, 20
_EDGE, _START, _END = 2, 8, 122
# The share of the line that the largest value takes; from the lower of the values, the shares
# of both, so that some of the line is left before and behind them.
_HIGHEST = Decimal("0.82")
_LOWEST = Decimal("0.22")


@dataclass(frozen=True, slots=True)
class Gauge:
    """Positions from the left, in pixels: the figure, the target, and the other limit of a range.

    `band` is the start and the length of what satisfies the target; None for 左右, which only an
    authority decides. `is_cut`: the line does not start at 0, and is drawn with a break.
    """

    dot: str
    goal: str
    upper: str
    band: tuple[str, str] | None
    is_cut: bool
    line: tuple[str, str] = (str(_START), str(_END))
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class _GaugeScale:
    """Values to pixels: `low` is at the pixel `start`, and a unit is `step` pixels long."""

    low: Decimal
    start: Decimal
    step: Decimal

    def at(self, value: Decimal) -> Decimal:
        return self.start + (value - self.low) * self.step


def gauge(
    value: Decimal,
    goal: Decimal | None,
    upper: Decimal | None,
    comparison: Comparison,
    is_growing: bool = False,
) -> Gauge | None:
    """Draw a figure beside its target; None where the target has no number of its own.

    The line starts at 0. With `is_growing`, a rate of growth, or with a negative number it starts
    from the lowest number drawn: how far a rate is from 0 tells nothing.
    """
    if goal is None or comparison in ("follows", "external"):
        return None
    scale, is_cut = _scale(
        [number for number in (value, goal, upper) if number is not None], is_growing
    )
    band = None if comparison == "about" else _band(scale, goal, upper, comparison == "at-most")
    return Gauge(
        dot=_px(scale.at(value)),
        goal=_px(scale.at(goal)),
        upper="" if upper is None else _px(scale.at(upper)),
        band=band,
        is_cut=is_cut,
    )


def gauge_of(
    target: Target, value: Decimal, goal: Decimal | None, upper: Decimal | None
) -> Gauge | None:
    """The gauge of a figure in the scope of its target; the limits are those after amendments."""
    return gauge(value, goal, upper, target.comparison, is_growth(target))


def is_growth(target: Target) -> bool:
    """Tell whether a target is a rate of change, like 增长5%; a share, like 达到72%, is none."""
    return is_rate(target.unit or "") and is_change(target.verb or "")


def _scale(numbers: list[Decimal], is_growing: bool) -> tuple[_GaugeScale, bool]:
    lowest, highest = min(numbers), max(numbers)
    length = Decimal(_END - _START)
    if lowest >= 0 and not is_growing:
        step = length * _HIGHEST / highest if highest else Decimal(0)
        return _GaugeScale(Decimal(0), Decimal(_START), step), False
    if lowest == highest:
        return _GaugeScale(lowest, _START + length / 2, Decimal(0)), True
    step = length * (_HIGHEST - _LOWEST) / (highest - lowest)
    return _GaugeScale(lowest, _START + length * _LOWEST, step), True


def _band(
    scale: _GaugeScale, goal: Decimal, upper: Decimal | None, is_most: bool
) -> tuple[str, str]:
    """What satisfies a target; without a limit it reaches over the end of the line."""
    first = Decimal(_EDGE) if is_most else scale.at(goal)
    most = goal if is_most else upper
    last = Decimal(WIDTH - _EDGE) if most is None else scale.at(most)
    return _px(first), _px(last - first)


def _px(at: Decimal) -> str:
    return f"{at:.1f}"


def gauge_key(gauges: Iterable[Gauge]) -> str:
    """How some gauges are read, as far as they have it; empty without any."""
    drawn = tuple(gauges)
    return join_sentences(
        gettext("A dot in the pale band meets the target.")
        if any(one.band for one in drawn)
        else "",
        gettext("A dashed line is a target that only an authority declares met.")
        if any(not one.band for one in drawn)
        else "",
        gettext("A line that begins with a break does not start at 0.")
        if any(one.is_cut for one in drawn)
        else "",
    )
