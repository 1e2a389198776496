"""The axes of a chart: days and values to pixels, and where lines of the grid stand."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from jiaozhang.derive import DerivedYear
from jiaozhang.derive.measure import PLANNED, DerivedTarget
from jiaozhang.pages.core.axis import Axis, axis_of
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext

WIDTH, HEIGHT = 320, 248
LEFT, RIGHT, TOP, FLOOR = 10, 292, 46, 200
_MOST_GRID = 4
_STEPS = (1, 2, 5, 10)
_MOST_MONTHS = 15  # with a tick for each quarter


@dataclass(frozen=True, slots=True)
class ChartScale:
    """Days and values to pixels."""

    axis: Axis
    low: Decimal
    high: Decimal

    def x(self, day: date) -> float:
        return LEFT + (RIGHT - LEFT) * self.axis.share(day) / 100

    def y(self, value: Decimal) -> float:
        share = float((value - self.low) / (self.high - self.low))
        return FLOOR - (FLOOR - TOP) * share


def scale_of(year: DerivedYear, target: DerivedTarget, goal: Decimal) -> ChartScale:
    """From 0 where that shows the figures; else from below the lowest, which the drawing says."""
    values = [*(reading.figure.value for reading in target.readings), goal]
    values += [value for value in (target.upper, target.expected) if value is not None]
    if target.curve in PLANNED:
        values += [Decimal(0)] if target.target.base is None else [target.target.base]
    axis = axis_of(year.ledger.year, year.as_of, (r.day for r in target.readings))
    lowest, highest = min(values), max(values)
    if 0 <= lowest * 2 <= highest:
        return ChartScale(axis, Decimal(0), highest or Decimal(1))
    margin = (highest - lowest) / 10 or abs(highest) / 10 or Decimal(1)
    step = _step(highest - lowest + margin)
    low = ((lowest - margin) / step).to_integral_value(ROUND_FLOOR) * step
    return ChartScale(axis, low, max(highest, low + step))


def _step(span: Decimal) -> Decimal:
    """A round distance between lines of the grid, of which a span has a few."""
    power = Decimal(10) ** (span / _MOST_GRID).adjusted()
    return next(power * n for n in _STEPS if power * n * _MOST_GRID >= span)


def grid_of(scale: ChartScale, goal: Decimal) -> tuple[Decimal, ...]:
    """Round values between the ends of the axis."""
    step = _step(scale.high - scale.low)
    first = int((scale.low / step).to_integral_value(ROUND_FLOOR)) + 1
    last = int((scale.high / step).to_integral_value(ROUND_FLOOR))
    values = (plain(step * at) for at in range(first, last + 1))
    return tuple(value for value in values if value not in (goal, scale.low))


def plain(value: Decimal) -> Decimal:
    """A value without the zeros at its end."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def ticks_of(year: DerivedYear, axis: Axis) -> list[tuple[str, date]]:
    """The ends of quarters, of years where there are many."""
    months = axis.months()
    every = 3 if len(months) <= _MOST_MONTHS else 12
    ends = [m.replace(day=calendar.monthrange(m.year, m.month)[1]) for m in months]
    return [(_end_of(year, day), day) for day in ends if day.month % every == 0]


def _end_of(year: DerivedYear, day: date) -> str:
    name = words.month(day.month)
    if day.year != year.ledger.year:
        name = words.month_of(day.year, day.month)
    return gettext("end of {month}", month=name)
