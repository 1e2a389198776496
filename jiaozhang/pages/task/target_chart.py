"""Figures against their plan: one line chart a target, with the same numbers as a table.

Text in a scaled drawing grows and shrinks with it, so there is no viewBox: x is in percent, y in
pixels, and every line is a segment of its own.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from jiaozhang.derive import DerivedTask, DerivedYear
from jiaozhang.derive.measure import PLANNED, DerivedTarget, Reading, expected_on
from jiaozhang.pages.core.axis import Axis, axis_of
from jiaozhang.pages.core.gauge import GaugeRow, gauge_rows
from jiaozhang.wording import target_sentences, words
from jiaozhang.wording.catalogue import gettext
from jiaozhang.wording.joining import join_facts, labelled

HEIGHT, TOP, BOTTOM = 220, 18, 28
LEFT, RIGHT = 8, 96
FEWEST = 2  # readings below this draw no line
HALF = 50  # percent of the axis: past it a name stands to the left of its line


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str
    label: str


@dataclass(frozen=True, slots=True)
class CurveSegment:
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A reading in the table: when, how much, and what the plan wanted by then."""

    day: str
    value: str
    wanted: str


@dataclass(frozen=True, slots=True)
class PlanChart:
    name: str
    label: str
    height: int
    floor: int
    left: str
    right: str
    goal: Dot
    low: str
    months: tuple[Dot, ...]
    plan: tuple[CurveSegment, ...]
    actual: tuple[CurveSegment, ...]
    dots: tuple[Dot, ...]
    as_of: str
    is_late: bool
    as_of_name: str
    curve: str
    wanted: str
    rows: tuple[PlanRow, ...]


def single_gauges(one: DerivedTask) -> tuple[GaugeRow, ...]:
    """A gauge for each target whose figures draw no line."""
    return gauge_rows(target for target in one.targets if len(target.readings) < FEWEST)


def plan_charts(year: DerivedYear, one: DerivedTask) -> tuple[PlanChart, ...]:
    """A chart for each target with a goal and enough readings to draw a line."""
    return tuple(
        _chart(year, target)
        for target in one.targets
        if target.goal is not None and len(target.readings) >= FEWEST
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to percent, values to pixels."""

    axis: Axis
    low: Decimal
    high: Decimal

    def x(self, day: date) -> str:
        return f"{LEFT + (RIGHT - LEFT) * self.axis.share(day) / 100:.2f}%"

    def y(self, value: Decimal) -> str:
        share = (value - self.low) / (self.high - self.low)
        return f"{HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share:.1f}"


def _chart(year: DerivedYear, target: DerivedTarget) -> PlanChart:
    of, unit = year.ledger.year, target.target.unit or ""
    goal = target.goal or Decimal(0)
    values = [reading.figure.value for reading in target.readings]
    is_sum = target.curve in PLANNED
    high = max(*values, goal) or Decimal(1)
    low = Decimal(0) if is_sum else min(*values, goal)
    margin = (high - low) / 10 or Decimal(1)
    axis = axis_of(of, year.as_of, (r.day for r in target.readings))
    scale = _Scale(axis, low if is_sum else low - margin, high + margin)
    points = [(scale.x(r.day), scale.y(r.figure.value)) for r in target.readings]
    planned = list(_planned(target, scale)) if is_sum else []
    name = words.target_name(target.target)
    wanted = words.amount(target.target, goal, target.upper)
    rows = tuple(
        PlanRow(
            target_sentences.read_on(reading),
            f"{words.quantity(reading.figure.value)}{unit}",
            _wanted(target, reading, unit),
        )
        for reading in target.readings
    )
    return PlanChart(
        name=name,
        label=labelled(
            gettext("{name}, target {amount}", name=name, amount=wanted),
            join_facts(f"{row.day} {row.value}" for row in rows),
        ),
        height=HEIGHT,
        floor=HEIGHT - BOTTOM,
        left=f"{LEFT}%",
        right=f"{RIGHT}%",
        goal=Dot("0", scale.y(goal), gettext("Target {amount}", amount=wanted)),
        low="" if is_sum else _lowest(scale, unit),
        months=tuple(
            Dot(scale.x(month.replace(day=15)), str(HEIGHT - 8), name)
            for name, month in axis.ticks(of)[::2]
        ),
        plan=_segments(planned),
        actual=_segments(points),
        dots=tuple(Dot(x, y, row.value) for (x, y), row in zip(points, rows, strict=True)),
        as_of=scale.x(year.as_of),
        is_late=axis.share(year.as_of) > HALF,
        as_of_name=gettext("Data as of {day}", day=words.full_day(year.as_of)),
        curve=target_sentences.CURVE[target.curve] if target.curve else "",
        wanted=_wanted_name(target),
        rows=rows,
    )


def _lowest(scale: _Scale, unit: str) -> str:
    low = f"{target_sentences.rounded(scale.low)}{unit}"
    return gettext("The axis starts at {value}", value=low)


def _planned(target: DerivedTarget, scale: _Scale) -> Iterator[tuple[str, str]]:
    """The plan at both ends of each month, so that steps stay steps."""
    for first in scale.axis.months():
        length = calendar.monthrange(first.year, first.month)[1]
        for day in (first, first.replace(day=length)):
            wanted = expected_on(target, day)
            if wanted is not None:
                yield scale.x(day), scale.y(wanted)


def _wanted_name(target: DerivedTarget) -> str:
    """The heading over what was wanted: of a plan by the day, else of the target itself."""
    if target.curve not in PLANNED:
        return gettext("Target")
    if target.target.comparison == "at-most":
        return gettext("Planned at most by that day")
    return gettext("Planned by that day")


def _wanted(target: DerivedTarget, reading: Reading, unit: str) -> str:
    """What the plan wants by the day that a figure speaks of; a dash where it wants nothing."""
    if target.curve == "judged":
        return target_sentences.CURVE[target.curve]
    if target.curve not in PLANNED:
        return words.amount(target.target, target.goal, target.upper)
    wanted = expected_on(target, reading.day)
    return f"{target_sentences.rounded(wanted)}{unit}" if wanted is not None else "—"


def _segments(points: list[tuple[str, str]]) -> tuple[CurveSegment, ...]:
    return tuple(CurveSegment(*one, *other) for one, other in pairwise(points))
