"""Figures against targets: every comparison, way of counting and plan, below, at and above."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import get_args

import pytest

from jiaozhang.derive.measure import DerivedTarget, Pace, Reading, Sources, Tolerance, measure
from jiaozhang.derive.spans import first_day_of, last_day_of
from jiaozhang.ledger.events import (
    Amendment,
    Curve,
    Figure,
    Judgement,
    Note,
    PlanStep,
    TargetPlan,
    Verdict,
)
from jiaozhang.ledger.identity import TaskNumber
from jiaozhang.ledger.public import Comparison, Counts, Target, Year
from jiaozhang.wording.target_sentences import PACE

YEAR, DUE = Year(2025), date(2025, 12, 31)
ONE = TaskNumber(1)
TENTH = Tolerance(10, 10)
HALF, WHOLE = "2025年1—6月", "2025年"
SUM_COUNTS = ("added", "completed", "started", "advanced")
CURVES: tuple[Curve | None, ...] = (None, "linear", "stepped", "seasonal")


def target(
    comparison: Comparison, counts: Counts, verb: str | None = None, base: int | None = None
) -> Target:
    """A target of 100, of a range 100 to 120."""
    upper = Decimal(120) if comparison == "between" else None
    value = None if comparison in ("follows", "external") else Decimal(100)
    start = None if base is None else Decimal(base)
    return Target("t1", "a", "点位", value, "个", comparison, verb, counts, None, upper, start)


def note(value: str, period: str, on: date | None = None) -> Note:
    """A report with one figure, dated at the end of what the figure speaks of."""
    on = on or last_day_of(period) or DUE
    figure = Figure("点位", Decimal(value), "个", period, "t1", "first")
    return Note(
        id=f"{on}", task=ONE, origin="report", unit="市科技局", period=None, on=on,
        on_text=f"{on}", known=on, status=None, published=None, source=None, figures=(figure,),
        nodes=(), district=None, caveat=None, next_step=None, body="",
    )  # fmt: skip


def plan(curve: Curve | None, half: int = 50) -> tuple[TargetPlan, ...]:
    """A plan that wants `half` by the end of June and 100 by the end of the year."""
    if curve is None:
        return ()
    steps = (PlanStep(date(2025, 6, 30), Decimal(half)), PlanStep(DUE, Decimal(100)))
    shares = tuple(Decimal(1) for _ in range(12))
    return (
        TargetPlan(
            ONE,
            "t1",
            curve,
            steps if curve == "stepped" else (),
            shares if curve == "seasonal" else (),
            "实施方案",
        ),
    )


def measured(
    one: Target,
    *notes: Note,
    curve: Curve | None = None,
    due: date | None = DUE,
    tolerance: Tolerance | None = TENTH,
    half: int = 50,
    judgements: tuple[Judgement, ...] = (),
    amendments: tuple[Amendment, ...] = (),
) -> DerivedTarget:
    return measure(
        one, YEAR, due, Sources(notes, amendments, plan(curve, half), judgements), tolerance
    )


# What a figure of the first half, and one of the whole year, says: value → word. By the end of June
# steps and shares want 50, the even plan 49.6 (181 of 365 days); ten more or less are tolerated.
EVEN = {
    "39": "behind", "40": "on-plan", "50": "on-plan", "59": "on-plan", "61": "ahead",
    "99": "ahead", "100": "reached", "101": "reached",
}  # fmt: skip
SUM_AT_THE_END = {"99": "missed", "100": "reached", "101": "reached"}
# What a plan allows by a day is no limit of its own: 51 of at most 100 is not too much.
LIMITS = {"10": "within", "51": "within", "100": "within", "101": "over"}
EXPECTED: dict[str, tuple[dict[str, Pace | str | None], dict[str, Pace | str | None]]] = {
    "sum": (EVEN, SUM_AT_THE_END),
    "sum-range": (
        {"39": "behind", "50": "on-plan", "61": "ahead", "100": "within", "120": "within",
         "121": "over"},
        {"99": "missed", "100": "reached", "120": "reached", "121": "missed"},
    ),
    "ceiling": (LIMITS, {"10": "reached", "100": "reached", "101": "missed"}),
    "range": (
        {"99": "short", "100": "within", "120": "within", "121": "over"},
        {"99": "missed", "100": "reached", "120": "reached", "121": "missed"},
    ),
    "floor": (
        {"99": "short", "100": "within", "101": "within"},
        {"99": "missed", "100": "reached", "101": "reached"},
    ),
    "authority": ({"1": "unjudged", "100": "unjudged"}, {"1": "unjudged", "100": "unjudged"}),
    "untold": ({"1": None, "100": None}, {"1": None, "100": None}),
}  # fmt: skip


def way(comparison: Comparison, counts: Counts) -> str:
    """Which row of EXPECTED a cell of the table is, spelled out once more."""
    if comparison in ("about", "follows"):
        return "authority"
    if comparison == "external":
        return "untold"
    if comparison == "at-most":
        return "ceiling"
    if comparison == "between":
        return "sum-range" if counts in SUM_COUNTS else "range"
    return "sum" if counts in SUM_COUNTS else "floor"


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("counts", get_args(Counts))
@pytest.mark.parametrize("comparison", get_args(Comparison))
def test_every_cell_of_the_table(
    comparison: Comparison, counts: Counts, curve: Curve | None
) -> None:
    one = target(comparison, counts)
    for span, said in zip((HALF, WHOLE), EXPECTED[way(comparison, counts)], strict=True):
        found = {value: measured(one, note(value, span), curve=curve).pace for value in said}
        assert found == said, span


def test_a_ceiling_is_never_ahead_nor_behind_and_a_floor_never_over() -> None:
    for span, value in product((HALF, WHOLE), ("0", "10", "99", "100", "101", "1000")):
        for counts in get_args(Counts):
            cap = measured(target("at-most", counts), note(value, span))
            assert cap.pace in ("within", "over", "reached", "missed")
            floor = measured(target("at-least", counts), note(value, span))
            assert floor.pace not in ("over",)


def test_a_plan_may_allow_more_than_the_goal_on_the_way_down() -> None:
    down = target("at-most", "level")
    for value, pace in (("100", "within"), ("130", "within"), ("131", "over")):
        assert measured(down, note(value, HALF), curve="stepped", half=130).pace == pace


def test_exactly_at_the_tolerance_is_still_on_plan() -> None:
    # Stepped: 50 by the end of June, ten points of tolerance on both sides.
    def pace(value: str) -> Pace | None:
        return measured(target("exactly", "completed"), note(value, HALF), curve="stepped").pace

    assert [pace(value) for value in ("39.99", "40", "60", "60.01")] == [
        "behind",
        "on-plan",
        "on-plan",
        "ahead",
    ]


@pytest.mark.parametrize(
    ("value", "pace"),
    [("185.1", "behind"), ("185", "on-plan"), ("175", "on-plan"), ("165", "on-plan"),
     ("164.9", "ahead"), ("100", "ahead")],
)  # fmt: skip
def test_a_decrease_from_a_base_is_behind_while_too_much_is_left(value: str, pace: Pace) -> None:
    # From 200 down to 100, 175 by the end of June: a tenth of the way is 10.
    down = target("at-most", "level", "减至", 200)
    assert measured(down, note(value, HALF), curve="stepped", half=175).pace == pace


def test_a_decrease_on_its_even_way_starts_at_the_base() -> None:
    down = target("at-most", "level", "减至", 200)
    found = measured(down, note("150", HALF), curve="linear")
    assert found.expected == Decimal(200) - Decimal(100) * 181 / 365
    assert found.pace == "on-plan"
    season = measured(down, note("150", HALF), curve="seasonal")
    assert (season.expected, season.pace) == (150, "on-plan")
    assert measured(down, note("161", HALF), curve="seasonal").pace == "behind"
    assert measured(down, note("100", WHOLE), curve="linear").pace == "reached"
    assert measured(down, note("100.1", WHOLE), curve="linear").pace == "missed"


def test_a_decrease_without_a_plan_has_its_limit_alone() -> None:
    down = target("at-most", "level", "减至", 200)
    assert measured(down, note("100", HALF)).pace == "within"
    assert measured(down, note("101", HALF)).pace == "over"


def test_before_the_first_step_a_decrease_is_at_its_base_and_a_sum_at_nothing() -> None:
    early = note("150", "2025年1—3月")
    ways: dict[int | None, Decimal | None] = {200: Decimal(200), None: None}
    for base, wanted in ways.items():
        down = measured(target("at-most", "level", "减至", base), early, curve="stepped", half=175)
        assert (down.expected, down.pace) == (wanted, "ahead" if base else None)
    assert measured(target("exactly", "added"), early, curve="stepped").expected == 0


def test_a_decrease_has_the_last_step_and_a_sum_the_highest() -> None:
    down = target("at-most", "level", "减至", 200)
    for span, wanted in ((HALF, 175), (WHOLE, 100)):
        found = measured(down, note("150", span), curve="stepped", half=175)
        assert found.expected == wanted
        total = measured(target("exactly", "added"), note("1", span), curve="stepped", half=175)
        assert total.expected == 175


def test_a_negative_figure_of_a_decrease_gives_no_verdict() -> None:
    down = target("at-least", "level", "下降")
    for value in ("-103", "-0.5"):
        assert measured(down, note(value, WHOLE)).pace is None
    for value, pace in (("103", "reached"), ("0.5", "missed"), ("0", "missed")):
        assert measured(down, note(value, WHOLE)).pace == pace
    # What does not go down may well be negative.
    for verb in (None, "增长"):
        assert measured(target("at-least", "level", verb), note("-5", WHOLE)).pace == "missed"


@pytest.mark.parametrize(
    ("span", "pace"),
    [
        ("2025年1—11月", "within"),
        ("2025年1—12月", "reached"),
        ("2025年", "reached"),
        ("截至2025年底", "reached"),
        ("2025年12月起", "within"),
        ("说不清的期间", "within"),
    ],
)
def test_only_a_figure_of_the_whole_term_reaches_a_rate(span: str, pace: Pace) -> None:
    found = measured(target("at-least", "level"), note("100", span, date(2025, 12, 31)))
    assert found.pace == pace


def test_a_figure_of_the_day_itself_ends_the_term() -> None:
    day = date(2025, 9, 30)
    for span, pace in (("2025年1—8月", "within"), ("2025年1—9月", "reached")):
        assert measured(target("at-most", "level"), note("100", span), due=day).pace == pace


def test_a_figure_never_speaks_of_days_after_its_note() -> None:
    early = note("100", "截至2025年12月", date(2025, 12, 10))
    found = measured(target("at-most", "level"), early)
    assert (found.readings[-1].day, found.pace) == (date(2025, 12, 10), "within")


def test_without_a_day_a_sum_can_be_reached_and_nothing_else() -> None:
    open_ = target("exactly", "completed")
    assert measured(open_, note("99", WHOLE), due=None).pace is None
    assert measured(open_, note("100", WHOLE), due=None).pace == "reached"
    assert measured(target("at-most", "level"), note("101", WHOLE), due=None).pace == "over"


@pytest.mark.parametrize("span", ["2024年", "截至2024年11月", "2024年5月至2025年5月"])
def test_a_figure_that_began_before_the_term_is_measured_against_nothing(span: str) -> None:
    for comparison, counts in product(get_args(Comparison), get_args(Counts)):
        for value in ("1", "100", "120", "1000"):
            found = measured(target(comparison, counts), note(value, span))
            assert (found.readings, found.expected, found.pace) == ((), None, None)


@pytest.mark.parametrize(
    "span", ["2025年7—9月", "2025年第三季度", "2025年12月", "2025年下半年", "2025年7月起"]
)
@pytest.mark.parametrize("curve", CURVES)
def test_a_part_of_the_term_is_no_sum_of_it(span: str, curve: Curve | None) -> None:
    """It shows at most that the sum is reached, or that there is too much."""
    told: dict[tuple[str, str], Pace] = {
        ("exactly", "100"): "reached",
        ("exactly", "130"): "reached",
        ("at-least", "100"): "reached",
        ("at-least", "130"): "reached",
        ("between", "100"): "within",
        ("between", "130"): "over",
        ("at-most", "130"): "over",
    }
    since_january = note("40", HALF)
    for comparison, counts, value in product(
        ("exactly", "at-least", "between", "at-most"), SUM_COUNTS, ("1", "99", "100", "130")
    ):
        part = note(value, span, DUE)
        one = target(comparison, counts)  # type: ignore[arg-type]
        assert measured(one, part, curve=curve).pace == told.get((comparison, value))
        if (comparison, value) not in told:
            both = measured(one, since_january, part, curve=curve)
            assert both == measured(one, since_january, curve=curve)


def test_a_month_is_no_whole_term_of_a_rate_but_shows_what_is_kept() -> None:
    last = note("90", "2025年12月", DUE)
    for one, pace in (
        (target("at-most", "level"), "within"),
        (target("at-most", "level", base=120), "reached"),
        (target("at-least", "level"), "short"),
        (target("exactly", "maintained"), "missed"),
    ):
        assert measured(one, last).pace == pace


def test_a_revised_figure_stands_for_the_first() -> None:
    first = note("99", WHOLE, date(2026, 1, 20))
    revised = note("101", WHOLE, date(2026, 1, 5))
    figures = (replace(revised.figures[0], release="revised"),)
    revised = replace(revised, figures=figures)
    for notes in ((first, revised), (revised, first)):
        found = measured(target("at-most", "level"), *notes)
        assert found.readings[-1].figure.value == 101 and found.pace == "missed"


def test_a_target_of_no_clause_is_due_by_the_end_of_the_year() -> None:
    of_all = replace(target("exactly", "completed"), clause=None)
    found = measured(of_all, note("50", HALF), due=None)
    assert (found.curve, found.first, found.due) == ("linear", date(2025, 1, 1), DUE)
    assert (found.expected, found.pace) == (Decimal(100) * 181 / 365, "on-plan")
    assert measured(of_all, note("99", WHOLE), due=None).pace == "missed"


def test_a_term_of_one_day_or_none_wants_all_of_it() -> None:
    first = note("50", "2025-01-01", date(2025, 1, 1))
    for due in (date(2025, 1, 1), date(2024, 12, 31), date(2024, 6, 30)):
        assert measured(target("exactly", "completed"), first, due=due).expected == 100


def test_the_first_day_of_the_year_is_a_day_of_the_year() -> None:
    first = note("100", "2025-01-01", date(2025, 1, 1))
    assert measured(target("exactly", "completed"), first).pace == "reached"


# By which curve a page draws a target that has no plan.
DRAWN: dict[Comparison, tuple[str | None, str | None, str | None]] = {
    # what adds up, what is kept, what has a level
    "exactly": ("linear", "kept", "rate"),
    "at-least": ("linear", "kept", "floor"),
    "at-most": ("ceiling", "ceiling", "ceiling"),
    "between": ("linear", "range", "range"),
    "about": ("judged", "judged", "judged"),
    "follows": ("judged", "judged", "judged"),
    "external": (None, None, None),
}


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("counts", get_args(Counts))
@pytest.mark.parametrize("comparison", get_args(Comparison))
def test_the_curve_of_every_cell(
    comparison: Comparison, counts: Counts, curve: Curve | None
) -> None:
    kind = 0 if counts in SUM_COUNTS else 1 if counts == "maintained" else 2
    drawn = DRAWN[comparison][kind]
    found = measured(target(comparison, counts), note("1", HALF), curve=curve)
    has_plan = curve is not None and drawn not in ("judged", None)
    assert found.curve == (curve if has_plan else drawn)
    assert (found.expected is None) == (drawn in ("judged", None) or found.goal is None)


def test_a_figure_of_the_year_before_is_measured_against_nothing() -> None:
    assert measured(target("exactly", "completed"), note("120", "2024年")).pace is None


def test_the_last_reading_is_the_one_that_speaks_of_the_latest_day() -> None:
    late = note("30", "2025年1—3月", date(2025, 8, 1))
    found = measured(target("exactly", "completed"), note("50", HALF, date(2025, 7, 5)), late)
    assert found.readings[-1].figure.value == 50
    assert found.readings[-1].day == date(2025, 6, 30)
    assert (found.expected, found.pace) == (Decimal(100) * 181 / 365, "on-plan")


def test_where_units_do_not_report_only_the_end_is_told() -> None:
    for comparison, counts in product(get_args(Comparison), get_args(Counts)):
        for span, value in product((HALF, WHOLE), ("1", "100", "110", "1000")):
            one = target(comparison, counts)
            told = measured(one, note(value, span), tolerance=None).pace
            judged = measured(one, note(value, span)).pace
            assert told == (judged if judged in ("reached", "missed", "unjudged") else None)


def test_an_authority_has_the_last_word() -> None:
    paces: dict[Verdict, Pace] = {"met": "reached", "not-met": "missed"}
    for verdict, pace in paces.items():
        said = Judgement(ONE, "t1", verdict, date(2026, 1, 20), "市统计局", "公报")
        for comparison in get_args(Comparison):
            found = measured(target(comparison, "level"), note("1", WHOLE), judgements=(said,))
            assert found.pace == pace


def test_an_amended_range_has_two_new_ends() -> None:
    moved = Amendment("x", ONE, None, "t1", "100—120", "80—90", "市政府", "函", date(2025, 7, 1))
    found = measured(target("between", "level"), note("95", WHOLE), amendments=(moved,))
    assert (found.goal, found.upper, found.pace) == (80, 90, "missed")


def test_the_last_of_several_amendments_and_judgements_counts() -> None:
    def moved(at: int, old: str, new: str) -> Amendment:
        return Amendment(f"{at}", ONE, None, "t1", old, new, "市政府", "函", date(2025, at, 1))

    both = (moved(5, "100", "90"), moved(7, "90", "80"), moved(8, "80", "70"))
    found = measured(target("exactly", "added"), note("75", WHOLE), amendments=both)
    assert (found.goal, found.upper, found.pace) == (70, None, "reached")
    ranges = (moved(5, "100—120", "90—110"), moved(7, "90—110", "80—90"))
    found = measured(target("between", "level"), note("95", WHOLE), amendments=ranges)
    assert (found.goal, found.upper) == (80, 90)
    said = (
        Judgement(ONE, "t1", "met", date(2026, 1, 20), "市统计局", "公报"),
        Judgement(ONE, "t1", "未达到", date(2026, 2, 20), "市统计局", "公报"),
    )
    assert measured(target("about", "level"), judgements=said).pace == "missed"


def test_what_names_another_target_says_nothing_of_this_one() -> None:
    day = date(2025, 7, 1)
    found = measure(
        replace(target("exactly", "added"), id="t2"),
        YEAR,
        DUE,
        Sources(
            (note("100", WHOLE),),
            (Amendment("x", ONE, None, "t1", "100", "50", "市政府", "函", day),),
            plan("stepped"),
            (Judgement(ONE, "t1", "met", day, "市统计局", "公报"),),
        ),
        TENTH,
    )
    assert (found.goal, found.amendments, found.readings) == (100, (), ())
    assert (found.plan, found.judgement, found.pace) == (None, None, None)


def test_what_a_target_follows_is_the_last_figure_of_that_task_with_a_target_of_its_own() -> None:
    two = TaskNumber(2)

    def of(task: TaskNumber, month: int, *values: tuple[str, str | None]) -> Note:
        first = note("0", f"2025-{month:02}")
        figures = tuple(
            replace(first.figures[0], value=Decimal(value), target=target)
            for value, target in values
        )
        return replace(first, task=task, figures=figures)

    others = (
        of(two, 1, ("1", "t1")),
        of(two, 2, ("2", "t1")),
        of(two, 3, ("3", "t1"), ("4", "t2"), ("5", None)),
        of(ONE, 4, ("6", "t1")),
    )

    def followed(one: Target) -> Reading | None:
        return measure(one, YEAR, DUE, Sources((), (), (), (), others), TENTH).followed

    found = followed(replace(target("follows", "level"), follows=two))
    assert found and (found.figure.value, found.day) == (4, date(2025, 3, 31))
    assert followed(replace(target("follows", "level"), follows=TaskNumber(3))) is None
    assert followed(target("exactly", "level")) is None


def test_every_word_for_a_pace_is_its_own() -> None:
    assert set(PACE) == set(get_args(Pace))
    assert len(set(PACE.values())) == len(PACE)


@pytest.mark.parametrize(
    ("span", "last"),
    [
        ("2025-06", "2025-06-30"),
        ("2025-02-28", "2025-02-28"),
        ("2025-Q3", "2025-09-30"),
        ("2025", "2025-12-31"),
        ("2025年", "2025-12-31"),
        ("2025年全年", "2025-12-31"),
        ("2025年上半年", "2025-06-30"),
        ("2025年下半年", "2025-12-31"),
        ("2025年前三季度", "2025-09-30"),
        ("2025年第一季度", "2025-03-31"),
        ("2025年1—2月", "2025-02-28"),
        ("2024年1-2月", "2024-02-29"),
        ("2025年1月至8月25日", "2025-08-25"),
        ("截至2025年9月末", "2025-09-30"),
        ("截至 2025年11月", "2025-11-30"),
        ("2024年5月至2025年5月", "2025-05-31"),
        ("2025年7月起", None),
        ("“十四五”时期", None),
        ("截至2025年8月初", None),
        ("2025-13", None),
        ("2025年2月30日", None),
        ("1—9月", None),
        ("", None),
    ],
)
def test_the_last_day_of_a_span(span: str, last: str | None) -> None:
    assert last_day_of(span) == (date.fromisoformat(last) if last else None)


@pytest.mark.parametrize(
    ("span", "first"),
    [
        ("2025年9月", "2025-09-01"),
        ("2025年7—9月", "2025-07-01"),
        ("2025年三季度", "2025-07-01"),
        ("2025年下半年", "2025-07-01"),
        ("2025年7月起", "2025-07-01"),
        ("自2025年3月以来", "2025-03-01"),
        ("2025年6月24日至26日", "2025-06-24"),
        ("2025年1月至8月25日", "2025-01-01"),
        ("2024年5月至2025年5月", "2024-05-01"),
        ("2025年9月26日", None),
        ("2025年9月底", None),
        ("2025年三季度末", None),
        ("截至2025年9月", None),
        ("2025年前三季度", None),
        ("2025年上半年", None),
        ("2025年", None),
        ("2025-06", None),
        ("2025年2月30日至3月1日", None),
    ],
)
def test_the_first_day_of_a_span(span: str, first: str | None) -> None:
    assert first_day_of(span) == (date.fromisoformat(first) if first else None)


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_the_last_day_of_a_quarter_in_every_way_to_write_it(quarter: int) -> None:
    last = (date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), DUE)[quarter - 1]
    for number in (str(quarter), "一二三四"[quarter - 1]):
        assert last_day_of(f"2025年第{number}季度") == last
        assert last_day_of(f"2025年前{number}季度") == (last if quarter > 1 else None)
        assert last_day_of(f"2025年前{number}个季度") == (last if quarter > 1 else None)
    assert last_day_of(f"2025-Q{quarter}") == last


@pytest.mark.parametrize(("half", "last"), [("上", "06-30"), ("前", "06-30"), ("下", "12-31")])
def test_the_last_day_of_a_half(half: str, last: str) -> None:
    assert last_day_of(f"2025年{half}半年") == date.fromisoformat(f"2025-{last}")
