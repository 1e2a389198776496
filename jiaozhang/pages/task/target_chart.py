"""Figures against their plan: one line chart a target, with the same numbers as a table.

A chart is narrow enough for a phone and grows from there, so that its text is never smaller than it
is drawn; on wide screens charts stand side by side. What lines mean is said once above them.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from jiaozhang.derive import DerivedTask, DerivedYear
from jiaozhang.derive.measure import PLANNED, DerivedTarget, Reading, expected_on
from jiaozhang.pages.task.chart_labels import Box, ChartLabel, dots_of, line_of, placed
from jiaozhang.pages.task.chart_scale import (
    FLOOR,
    HEIGHT,
    LEFT,
    RIGHT,
    WIDTH,
    ChartScale,
    grid_of,
    scale_of,
    ticks_of,
)
from jiaozhang.pages.task.chart_wishes import Gap, frame_wishes, gap_of, plot_wishes
from jiaozhang.wording import target_sentences, words
from jiaozhang.wording.catalogue import Labels, gettext, mark
from jiaozhang.wording.joining import join_clauses, join_facts, labelled

FEWEST = 2  # readings below this draw no line
_UNCUT = HEIGHT - 22  # without the line that says where the scale starts
_BELOW_AS_OF = 22

KeyKind = Literal["actual", "planned", "goal", "gap", "as-of"]
KEY: Mapping[KeyKind, str] = Labels(
    {
        "actual": mark("figure"),
        "planned": mark("plan"),
        "goal": mark("target"),
        "gap": mark("what is missing"),
        "as-of": mark("day of the data"),
    }
)


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class GapLine:
    """A vertical line from the last figure to what was wanted."""

    x: str
    top: str
    bottom: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A reading in the table: when, how much, and what the plan wanted by then."""

    day: str
    value: str
    wanted: str


@dataclass(frozen=True, slots=True)
class PlanChart:
    """A drawing of `width` by `height` pixels; `planned` and `actual` are the points of lines.

    `is_cut`: the values do not start at 0; a label says where they do.
    """

    name: str
    label: str
    pace: str
    curve: str
    width: int
    height: int
    left: int
    right: int
    floor: int
    goal: str
    as_of: str
    grid: tuple[str, ...]
    ticks: tuple[str, ...]
    planned: str
    actual: str
    dots: tuple[Dot, ...]
    gap: GapLine | None
    is_cut: bool
    labels: tuple[ChartLabel, ...]
    wanted: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class ChartSet:
    """The charts of a task, and the legend of exactly what they draw."""

    key: tuple[tuple[KeyKind, str], ...]
    charts: tuple[PlanChart, ...]


def plan_charts(year: DerivedYear, one: DerivedTask) -> ChartSet:
    """A chart for each target with a goal and enough readings to draw a line."""
    charts = tuple(
        _chart(year, target, target.goal)
        for target in one.targets
        if target.goal is not None and len(target.readings) >= FEWEST
    )
    is_drawn: dict[KeyKind, bool] = {
        "actual": bool(charts),
        "planned": any(chart.planned for chart in charts),
        "goal": bool(charts),
        "gap": any(chart.gap for chart in charts),
        "as-of": bool(charts),
    }
    return ChartSet(tuple((kind, KEY[kind]) for kind in KEY if is_drawn[kind]), charts)


def _chart(year: DerivedYear, target: DerivedTarget, goal: Decimal) -> PlanChart:
    scale = scale_of(year, target, goal)
    gap = gap_of(target, goal)
    rows = tuple(_row(target, reading) for reading in target.readings)
    points = [(scale.x(r.day), scale.y(r.figure.value)) for r in target.readings]
    planned = tuple(_planned(target, scale)) if target.curve in PLANNED else ()
    grid = grid_of(scale, goal)
    is_cut = scale.low != 0
    height = HEIGHT if is_cut else _UNCUT
    drawn = (*dots_of(points), *line_of(points), *line_of(planned), _goal_line(scale.y(goal)))
    labels = (
        *placed(frame_wishes(year, scale, target.target.unit or ""), Box(0, 0, WIDTH, height), ()),
        *placed(
            plot_wishes(target, goal, gap, scale, grid), Box(0, _BELOW_AS_OF, WIDTH, FLOOR), drawn
        ),
    )
    named = {label.text for label in labels if label.kind == "grid"}
    return PlanChart(
        name=words.target_name(target.target),
        label=_said(year, target, goal, gap, rows),
        pace=target_sentences.PACE[target.pace] if target.pace else "",
        curve=target_sentences.CURVE[target.curve] if target.curve in PLANNED else "",
        width=WIDTH,
        height=height,
        left=LEFT,
        right=RIGHT,
        floor=FLOOR,
        goal=f"{scale.y(goal):.1f}",
        as_of=f"{scale.x(year.as_of):.1f}",
        # A line whose number has no room says nothing.
        grid=tuple(f"{scale.y(v):.1f}" for v in grid if words.quantity(v) in named),
        ticks=tuple(f"{scale.x(day):.1f}" for _, day in ticks_of(year, scale.axis)),
        planned=_path(planned),
        actual=_path(points),
        dots=tuple(Dot(f"{x:.1f}", f"{y:.1f}") for x, y in points),
        gap=_gap_line(target, gap, scale),
        is_cut=is_cut,
        labels=labels,
        wanted=_wanted_name(target),
        rows=rows,
    )


def _gap_line(target: DerivedTarget, gap: Gap | None, scale: ChartScale) -> GapLine | None:
    if gap is None:
        return None
    top, bottom = sorted((scale.y(gap.wanted), scale.y(gap.value)))
    return GapLine(f"{scale.x(target.readings[-1].day):.1f}", f"{top:.1f}", f"{bottom:.1f}")


def _said(
    year: DerivedYear,
    target: DerivedTarget,
    goal: Decimal,
    gap: Gap | None,
    rows: Sequence[PlanRow],
) -> str:
    """All that a chart shows, in words."""
    is_planned = target.curve in PLANNED
    readings = (
        gettext("{day} {value} (planned {wanted})", day=row.day, value=row.value, wanted=row.wanted)
        if is_planned
        else f"{row.day} {row.value}"
        for row in rows
    )
    parts = (
        join_facts(readings),
        gap.said(target.target.unit or "") if gap else "",
        gettext("Data as of {day}", day=words.full_day(year.as_of)),
    )
    name, amount = words.target_name(target.target), words.amount(target.target, goal, target.upper)
    return labelled(
        gettext("{name}, target {amount}", name=name, amount=amount),
        join_clauses(part for part in parts if part),
    )


def _row(target: DerivedTarget, reading: Reading) -> PlanRow:
    return PlanRow(
        target_sentences.read_on(reading),
        f"{words.quantity(reading.figure.value)}{reading.figure.unit}",
        _wanted(target, reading),
    )


def _planned(target: DerivedTarget, scale: ChartScale) -> Iterator[tuple[float, float]]:
    """The plan at both ends of each month, and on both sides of each step, so that it stays one."""
    days = set()
    for first in scale.axis.months():
        length = calendar.monthrange(first.year, first.month)[1]
        days |= {first, first.replace(day=length)}
    for step in target.plan.steps if target.plan else ():
        days |= {step.by - timedelta(days=1), step.by}
    for day in sorted(day for day in days if scale.axis.first <= day <= scale.axis.last):
        wanted = expected_on(target, day)
        if wanted is not None:
            yield scale.x(day), scale.y(wanted)


def _goal_line(y: float) -> Box:
    return Box(LEFT, y - 1, RIGHT, y + 1)


def _wanted_name(target: DerivedTarget) -> str:
    """The heading over what was wanted: of a plan by the day, else of the target itself."""
    if target.curve not in PLANNED:
        return gettext("Target")
    if target.target.comparison == "at-most":
        return gettext("Planned at most by that day")
    return gettext("Planned by that day")


def _wanted(target: DerivedTarget, reading: Reading) -> str:
    """What the plan wants by the day that a figure speaks of; a dash where it wants nothing."""
    if target.curve == "judged":
        return target_sentences.CURVE[target.curve]
    if target.curve not in PLANNED:
        return words.amount(target.target, target.goal, target.upper)
    wanted = expected_on(target, reading.day)
    return f"{target_sentences.rounded(wanted)}{reading.figure.unit}" if wanted is not None else "—"


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
