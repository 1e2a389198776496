"""Figures that are probably slips: each warning at its edge, and what is no slip."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import World

NOTE = """
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {{title: 实验室开工, publisher: 示例日报}}
figures:
{figures}
---
{body}
"""


def warned(world: Callable[[str], World], body: str, *figures: str) -> list[tuple[str, str]]:
    """The warnings about figures, each with what was probably meant."""
    lines = "\n".join(f"  - {{{figure}, period: 2025年1—6月}}" for figure in figures)
    found = world(NOTE.format(figures=lines, body=body)).check()
    assert not [one for one in found if one.level == "error"]
    return [(one.code, dict(one.facts).get("nearest", "")) for one in found]


def rooms(value: str, unit: str = "间", name: str = "手术室") -> str:
    return f"name: {name}, value: {value}, unit: {unit}"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("5间", "5"),
        ("5.5间", "5.5"),
        ("1,200间", "1200"),
        ("五间", "5"),
        ("十二间", "12"),
        ("两间", "2"),
        ("2百间", "200"),
        ("三百间", "300"),
        ("三千间", "3000"),
        ("2万间", "20000"),
        ("1.5万间", "15000"),
        ("10多万间", "100000"),
        ("3亿间", "300000000"),
    ],
)
def test_a_number_of_the_text_is_read_as_it_is_meant(
    world: Callable[[str], World], printed: str, value: str
) -> None:
    body = f"建成手术室{printed}。"
    assert warned(world, body, rooms(value)) == []
    found = warned(world, body, rooms("7"))
    assert [code for code, _ in found] == ["figure-differs"]
    assert float(found[0][1]) in (float(value), float(value) / 10**4, float(value) / 10**8)


@pytest.mark.parametrize("value", ["80", "0.7", "70"])
def test_tenths_and_fractions_of_a_percentage_are_the_same(
    world: Callable[[str], World], value: str
) -> None:
    figure = f"name: 完成率, value: {value}, unit: '%'"
    assert warned(world, "工程完成八成，完成率70%。", figure) == []
    assert warned(world, "工程完成八成，完成率70%。", figure.replace(value, "69")) == [
        ("figure-differs", "70")
    ]


def test_a_figure_without_a_number_beside_it_is_compared_with_the_only_one(
    world: Callable[[str], World],
) -> None:
    only = rooms("5")
    assert warned(world, "已有6间启用。", only) == [("figure-differs", "6")]
    assert warned(world, "已有6间启用，其中3间在城区。", only) == []
    # Two figures in this unit: nobody knows which of them the number is.
    beside = (rooms("8", name="病房"), rooms("3", "元", "费用"))
    assert warned(world, "已有6间启用，花费3元。", only, *beside) == []


def test_two_characters_of_its_name_are_enough_to_stand_beside_a_number(
    world: Callable[[str], World],
) -> None:
    body = "手术楼有5间，病房7间。"
    assert warned(world, body, rooms("6")) == [("figure-differs", "5")]
    assert warned(world, "手工楼有5间，病房7间。", rooms("6")) == []


@pytest.mark.parametrize("body", ["第5间手术室开工。", "手术室没有动工。", "手术室增加5元。"])
def test_what_counts_nothing_of_the_kind_is_not_compared(
    world: Callable[[str], World], body: str
) -> None:
    assert warned(world, body, rooms("6")) == []


def test_the_goal_may_stand_in_the_text(world: Callable[[str], World]) -> None:
    figure = "name: 实验室, value: 2, unit: 个"
    assert warned(world, "实验室3个，正在建设。", figure) == []
    assert warned(world, "实验室4个，正在建设。", figure) == [("figure-differs", "4")]


@pytest.mark.parametrize(("value", "is_far"), [("29", False), ("29.9", False), ("30", True)])
def test_ten_times_a_target_is_far(world: Callable[[str], World], value: str, is_far: bool) -> None:
    figure = f"name: 实验室, value: {value}, unit: 个, target: t1"
    codes = [code for code, _ in warned(world, "进展顺利。", figure)]
    assert codes == (["far-beyond-target"] if is_far else [])


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("完成4%。", ["percent-in-text"]),
        ("完成3%。", []),
        ("完成百分之四。", ["percent-in-text"]),
        ("完成百分之三。", []),
        ("完成4个。", []),
    ],
)
def test_a_percentage_that_only_the_text_has(
    world: Callable[[str], World], body: str, codes: list[str]
) -> None:
    assert [code for code, _ in warned(world, body, rooms("9"))] == codes


def test_a_figure_in_percent_answers_for_the_percentages(world: Callable[[str], World]) -> None:
    for unit in ("'%'", "％", "个百分点"):
        assert warned(world, "增长4%。", f"name: 产值, value: 4, unit: {unit}") == []


def test_the_first_other_number_beside_its_name_is_probably_meant(
    world: Callable[[str], World],
) -> None:
    body = "建成手术室7间，其中手术室9间在北区。"
    assert warned(world, body, rooms("5")) == [("figure-differs", "7")]


def test_a_name_of_two_characters_is_found_beside_its_number(
    world: Callable[[str], World],
) -> None:
    # Another number in the same unit: the name has to tell which is meant.
    body = "新增床位7张，更新桌椅30张。"
    assert warned(world, body, rooms("5", "张", "床位")) == [("figure-differs", "7")]
