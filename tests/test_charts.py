"""Charts of figures against their plan: labels that can be read, an axis that is honest, and words
that say the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from test_measure import DUE, measured, note, target
from test_progress import MONTHLY
from test_standing import TARGET, report

from conftest import World
from jiaozhang.derive.measure import DerivedTarget
from jiaozhang.ledger.public import Comparison, Counts
from jiaozhang.pages.task.chart_labels import Box, Spot, box_of
from jiaozhang.pages.task.target_chart import PlanChart, plan_charts

VALUES = st.one_of(
    st.decimals(0, 150, places=2),
    st.decimals(80, 120, places=1),
    st.decimals(-30, 10_000, places=2),
)
COMPARISONS: st.SearchStrategy[Comparison] = st.sampled_from(
    ["about", "at-least", "at-most", "between", "exactly"]
)
COUNTS: st.SearchStrategy[Counts] = st.sampled_from(["level", "added", "maintained"])
READINGS = st.lists(st.tuples(st.integers(1, 364), VALUES), min_size=2, max_size=12)


@st.composite
def measured_targets(draw: st.DrawFn) -> DerivedTarget:
    one = target(draw(COMPARISONS), draw(COUNTS), base=draw(st.sampled_from([None, None, 130])))
    notes = []
    for day, value in sorted(draw(READINGS)):
        on = date(2025, 1, 1) + timedelta(days=day)
        notes.append(note(str(value), f"截至2025年{on.month}月{on.day}日", on))
    curve = draw(st.sampled_from([None, "linear", "stepped", "seasonal"]))
    return measured(one, *notes, curve=curve)


def chart_of(one: DerivedTarget, as_of: date) -> PlanChart | None:
    year: Any = SimpleNamespace(ledger=SimpleNamespace(year=2025), as_of=as_of)
    task: Any = SimpleNamespace(targets=(one,))
    charts = plan_charts(year, task)
    assert bool(charts.key) == bool(charts.charts)
    return charts.charts[0] if charts.charts else None


@given(one=measured_targets(), as_of=st.dates(date(2025, 3, 1), date(2026, 12, 31)))
def test_labels_are_apart_and_inside(one: DerivedTarget, as_of: date) -> None:
    chart = chart_of(one, as_of)
    if chart is None:
        assert len(one.readings) < 2
        return
    whole = Box(0, 0, chart.width, chart.height)
    assert all(label.box.is_within(whole) for label in chart.labels)
    for label, other in combinations(chart.labels, 2):
        assert not label.box.meets(other.box), (label, other)
    # What a chart is for is always said.
    kinds = [label.kind for label in chart.labels]
    assert {"last", "goal", "as-of"} <= set(kinds)
    assert ("start" in kinds) == chart.is_cut
    assert chart.gap is None or "gap" in kinds or "差" in chart.label or "超" in chart.label
    assert len(chart.rows) == len(chart.dots) == len(one.readings)
    assert all(row.value in chart.label for row in chart.rows)


@given(one=measured_targets())
def test_everything_is_drawn_inside_and_to_scale(one: DerivedTarget) -> None:
    chart = chart_of(one, DUE)
    if chart is None:
        return
    drawn = [(float(dot.x), float(dot.y)) for dot in chart.dots]
    for points in (chart.actual, chart.planned):
        drawn += [tuple(map(float, point.split(","))) for point in points.split()]
    for x, y in drawn:
        assert 0 <= x <= chart.width and 0 <= y <= chart.floor
    heights = sorted(
        (reading.figure.value, -float(dot.y))
        for reading, dot in zip(one.readings, chart.dots, strict=True)
    )
    assert [y for _, y in heights] == sorted(y for _, y in heights)
    if not chart.is_cut and one.readings[-1].figure.value and one.goal:
        share = float(one.readings[-1].figure.value / one.goal)
        ends = chart.floor - float(chart.dots[-1].y), chart.floor - float(chart.goal)
        assert abs(ends[0] - ends[1] * share) < 0.2 * max(1, share)


@given(one=measured_targets())
def test_a_gap_is_what_is_missing(one: DerivedTarget) -> None:
    chart = chart_of(one, DUE)
    if chart is None:
        return
    is_wrong = one.pace in ("missed", "behind", "over", "short")
    assert is_wrong or chart.gap is None
    for label in chart.labels:
        if label.kind == "gap":
            # A gap may be shorter than a tenth of a pixel.
            assert chart.gap and float(chart.gap.top) <= float(chart.gap.bottom)
            size = Decimal(label.text.strip("差超个"))
            wanted = one.readings[-1].figure.value + (size if "差" in label.text else -size)
            expected = {one.goal, one.upper, one.expected}
            assert any(
                known is not None and abs(known - wanted) <= Decimal("0.05") for known in expected
            )


def test_a_box_holds_its_text_at_each_end() -> None:
    start = box_of("差18.7", 14, Spot(100, 50, "start"))
    end = box_of("差18.7", 14, Spot(100, 50, "end"))
    assert start.left == 100 and end.right == 100 and start.top < 50 < start.bottom


def test_charts_have_one_legend_of_what_they_draw(world: Callable[[str], World]) -> None:
    files = TARGET.format(comparison="exactly", counts="completed")
    reports = "".join(report(f"2025-{m:02}", value=str(2 * m)) for m in (1, 2, 3))
    html = (
        world(MONTHLY + files + reports)
        .build("intranet", as_of="2025-05-01")
        .html("2025/tasks/001/")
    )
    key = html[html.index('<ul class="chart-key">') : html.index('<div class="plans">')]
    assert html.count('class="chart-key"') == 1
    for kind in ("actual", "planned", "goal", "gap", "as-of"):
        assert f'class="{kind}"' in key
    chart = html[html.index('<figure class="plan">') : html.index("</figure>")]
    assert 'class="is-last"' in chart and ">6<" in chart and 'class="is-gap"' in chart
    assert "差18.7个" in chart and "计划24.7" in chart
