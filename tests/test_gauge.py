"""The small drawing of a figure beside its target: it says what `derive.measure` says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_measure import WHOLE, measured, note, target

from conftest import ROOT
from jiaozhang.ledger.public import Comparison
from jiaozhang.pages.core.gauge import HEIGHT, WIDTH, Gauge, gauge, gauge_of, is_growth
from jiaozhang.render.jinja import fill

NUMBERS = st.decimals(-10_000, 10_000, places=2)
AMOUNTS = st.decimals(0, 100_000, places=2)
DRAWN: tuple[Comparison, ...] = ("about", "at-least", "at-most", "between", "exactly")


def is_in_band(one: Gauge) -> bool:
    assert one.band
    start, length = (float(at) for at in one.band)
    return start - 0.05 <= float(one.dot) <= start + length + 0.05


@given(value=AMOUNTS, comparison=st.sampled_from(DRAWN[1:]), is_rate=st.booleans())
def test_a_dot_lies_in_the_band_if_the_figure_meets_the_target(
    value: Decimal, comparison: Comparison, is_rate: bool
) -> None:
    whole = measured(target(comparison, "level"), note(str(value), WHOLE))
    one = gauge(value, whole.goal, whole.upper, comparison, is_rate)
    assert one
    limits = [limit for limit in (whole.goal, whole.upper) if limit is not None]
    is_at_limit = any(round(abs(float(one.dot) - float(at)), 1) <= 0.1 for at in limits_of(one))
    assert limits and (is_at_limit or is_in_band(one) == (whole.pace == "reached"))


def limits_of(one: Gauge) -> list[str]:
    return [at for at in (one.goal, one.upper) if at]


@given(
    value=NUMBERS,
    goal=NUMBERS,
    more=AMOUNTS,
    comparison=st.sampled_from(DRAWN),
    is_rate=st.booleans(),
)
def test_everything_lies_in_the_drawing_and_in_its_order(
    value: Decimal, goal: Decimal, more: Decimal, comparison: Comparison, is_rate: bool
) -> None:
    upper = goal + more if comparison == "between" else None
    one = gauge(value, goal, upper, comparison, is_rate)
    assert one and (one.band is None) == (comparison == "about")
    radius = 5.5  # with its ring
    assert radius <= float(one.dot) <= WIDTH - radius
    assert 2 <= float(one.goal) <= WIDTH - 2 and one.height == HEIGHT
    if one.band:
        start, length = (float(at) for at in one.band)
        assert start >= 0 and length >= 0 and start + length <= WIDTH
    places = sorted((number, float(at)) for number, at in ((value, one.dot), (goal, one.goal)))
    assert places[0][1] <= places[1][1]
    assert one.is_cut == (is_rate or min(value, goal) < 0)


@given(value=AMOUNTS, goal=AMOUNTS.filter(bool))
def test_lengths_from_zero_are_in_proportion(value: Decimal, goal: Decimal) -> None:
    one = gauge(value, goal, None, "at-least")
    assert one
    zero = Decimal(one.line[0])
    assert abs((Decimal(one.dot) - zero) * goal - (Decimal(one.goal) - zero) * value) <= (
        Decimal("0.1") * (goal + value)
    )


@pytest.mark.parametrize("comparison", ["follows", "external"])
def test_a_target_without_a_number_of_its_own_has_no_gauge(comparison: Comparison) -> None:
    assert gauge(Decimal(5), None, None, comparison) is None
    assert gauge(Decimal(5), Decimal(5), None, comparison) is None


@pytest.mark.parametrize(
    ("verb", "unit", "is_cut"),
    [
        ("增长", "%", True),
        ("涨幅", "%", True),
        ("下降", "个百分点", True),
        ("达到", "%", False),
        ("提高到", "%", False),
        (None, "%", False),
        ("增加", "万人", False),
    ],
)
def test_only_rates_of_change_start_from_the_lower_value(
    verb: str | None, unit: str, is_cut: bool
) -> None:
    one = replace(target("at-least", "level", verb), unit=unit)
    assert is_growth(one) is is_cut
    drawn = gauge_of(one, Decimal(90), Decimal(100), None)
    assert drawn and drawn.is_cut is is_cut


def shown(one: Gauge | None) -> str:
    parts = {
        path.relative_to(ROOT / "templates").as_posix(): path.read_text(encoding="utf-8")
        for path in (ROOT / "templates" / "_parts").glob("*.html")
    }
    page = '{% import "_parts/gauge.html" as gauges with context %}{{ gauges.gauge(this) }}'
    return fill({**parts, "page.html": page}, "page.html", one, str, str, str)


def test_nothing_but_shapes_is_drawn_and_readers_of_words_are_spared() -> None:
    met = shown(gauge(Decimal("36.2"), Decimal(38), None, "at-most"))
    assert 'aria-hidden="true"' in met and "<text" not in met
    assert met.count("<rect") == 1 and 'class="goal"' in met and "<path" not in met
    about = shown(gauge(Decimal("4.8"), Decimal(5), None, "about", True))
    assert "<rect" not in about and 'class="goal open"' in about and "<path" in about
    between = shown(gauge(Decimal(5), Decimal(5), Decimal(6), "between"))
    assert between.count('class="goal"') == 2
