"""Amounts: no count is below zero, no digit is taken that is none, no goal promises nothing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BASE, ROOT, World
from jiaozhang.build.pipeline import examine, load
from jiaozhang.check.amount_rules import amounts_are_possible
from jiaozhang.files.fields import QUANTITY, Faults, whole_number
from jiaozhang.files.source import Source
from jiaozhang.files.yaml_tree import Document, Scalar
from jiaozhang.ledger.events import range_of

TASK = """
-- content/2025/tasks/001.yaml --
section: 1
title: 新建实验室
text: {text}
deadline: 年底前完成
leaders: [张三]
units: [市科技局, 市财政局]
responsibility: first-leads
clauses:
  - {{id: a, kind: complete, due: 2025-12-31}}
targets:
  - id: t1
    clause: a
    measure: {measure}
    value: {value}
    unit: "{unit}"
    comparison: {comparison}
    counts: {counts}
"""
NOTE = """
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {{title: 通报, publisher: 示例日报}}
figures:
  - {{name: {name}, value: {value}, unit: "{unit}", period: 2025年上半年}}
---
见通报。
"""
COUNTED = ("家", "个", "户", "人", "万人", "公里", "亿元", "吨", "平方米", "件", "项", "亩", "套")
NEVER = ("企业", "实验室", "新增企业", "建成道路", "完成投资", "发电量", "工业增加值", "参保人数")


def figure(world: Callable[[str], World], name: str, value: str, unit: str) -> list[str]:
    return world(NOTE.format(name=name, value=value, unit=unit)).codes()


@pytest.mark.parametrize("name", ["提高标准的村", "利润过亿的企业", "新建温度站", "亏损企业"])
def test_words_of_growth_in_the_name_of_a_thing_are_none_of_its_number(
    name: str, world: Callable[[str], World]
) -> None:
    assert figure(world, name, "-1", "个") == ["below-zero"]
    assert figure(world, name, "-1", "万家") == ["below-zero"]


@pytest.mark.parametrize("unit", COUNTED)
@pytest.mark.parametrize("name", NEVER)
def test_a_count_is_never_negative(name: str, unit: str, world: Callable[[str], World]) -> None:
    assert figure(world, name, "-1", unit) == ["below-zero"]
    assert figure(world, name, "0", unit) == []


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("地区生产总值", "-0.3", "%"),
        ("进出口总额增速", "-12.5", "%"),
        ("进出口总额同比", "-3", "亿元"),
        ("企业净增", "-4", "家"),
        ("常住人口增减", "-1.2", "万人"),
        ("空置面积比上年", "-20", "万平方米"),
        ("规上工业利润", "-3.2", "亿元"),
        ("居民消费价格涨幅", "-0.1", "%"),
        ("能耗强度下降", "-0.5", "%"),
        ("占比提高", "-0.2", "个百分点"),
        ("最低气温", "-12", "℃"),
        ("利润率", "-2.1", "%"),
        ("增长率", "-2.1", "%"),
    ],
)
def test_what_goes_either_way_may_fall_below_zero(
    name: str, value: str, unit: str, world: Callable[[str], World]
) -> None:
    assert figure(world, name, value, unit) == []


@pytest.mark.parametrize(
    "name",
    ["覆盖率", "城镇调查失业率", "优良天数比率", "占比", "清洁能源比重", "研发投入强度", "完成率"],
)
@pytest.mark.parametrize("unit", ["%", "‰", "％"])
def test_a_share_is_never_negative(name: str, unit: str, world: Callable[[str], World]) -> None:
    assert figure(world, name, "-5", unit) == ["below-zero"]


SIGNLESS = st.sampled_from(("completed", "started", "advanced"))


@pytest.mark.slow
@settings(max_examples=40)
@given(
    counts=SIGNLESS,
    measure=st.sampled_from((*NEVER, "净增企业", "增长")),
    value=st.decimals(-(10**9), -1, places=0),
    unit=st.sampled_from((*COUNTED, "%")),
    comparison=st.sampled_from(("exactly", "at-least", "at-most", "about")),
)
def test_what_is_to_be_done_is_never_negative(
    tmp_path_factory: pytest.TempPathFactory,
    counts: str,
    measure: str,
    value: Decimal,
    unit: str,
    comparison: str,
) -> None:
    text = TASK.format(
        text="新建实验室。", measure=measure, value=value, unit=unit,
        comparison=comparison, counts=counts,
    )  # fmt: skip
    assert "below-zero" in World(tmp_path_factory.mktemp("city"), BASE, text).codes()


@pytest.mark.parametrize(
    ("counts", "comparison", "code"),
    [
        ("completed", "exactly", "zero-target"),
        ("started", "at-least", "zero-target"),
        ("advanced", "about", "zero-target"),
        ("added", "at-least", "zero-target"),
        ("level", "at-least", "zero-target"),
        ("added", "exactly", ""),
        ("level", "exactly", ""),
        ("level", "at-most", ""),
        ("completed", "at-most", ""),
    ],
)
def test_a_target_of_zero_has_to_promise_something(
    counts: str, comparison: str, code: str, world: Callable[[str], World]
) -> None:
    said = {"at-least": "0个以上", "at-most": "不超过0个", "about": "0个左右", "exactly": "0个"}
    text = TASK.format(
        text=f"新建实验室{said[comparison]}。", measure="实验室", value="0", unit="个",
        comparison=comparison, counts=counts,
    )  # fmt: skip
    found = world(text).codes()
    assert (code in found) if code else "zero-target" not in found


OTHERS = """
-- content/2025/plans/001.yaml --
- target: t1
  curve: stepped
  steps:
    - {{by: 2025-06-30, value: {value}}}
    - {{by: 2025-12-31, value: 3}}
  source: 示例市科技局工作方案
-- content/2025/amendments/001-2025-09-01.yaml --
target: t1
old: 3
new: {value}
authority: 市政府
document: 示例
date: 2025-09-01
-- content/2025/verifications/001-2025-09-12.yaml --
date: 2025-09-12
method: 现场核查
-- content/2025/internal/verifications/001-2025-09-12.yaml --
date: 2025-09-12
method: 现场核查
result: 不一致
found: 少一个
differs:
  - {{name: 实验室, reported: {value}, found: {value}, unit: 个}}
"""


def test_every_place_that_holds_a_number_is_asked(world: Callable[[str], World]) -> None:
    found = [one for one in world(OTHERS.format(value=-2)).check() if one.code == "below-zero"]
    assert [(one.place.path.split("/")[2], one.place.line) for one in found] == [
        ("amendments", 3),
        ("internal", 6),
        ("internal", 6),
        ("plans", 4),
    ]
    assert "below-zero" not in world(OTHERS.format(value=2)).codes()


@pytest.mark.slow
def test_the_shipped_ledgers_hold_nothing_of_the_kind(world: Callable[[str], World]) -> None:
    for folder in ("content", "examples/demo"):
        filed, _ = examine(load(ROOT / folder, folder, ROOT / "site.toml", ROOT))
        assert filed is not None
        assert list(amounts_are_possible(filed)) == []


def read(text: str) -> tuple[Decimal | None, bool]:
    faults = Faults(Document(Source("f", "f", text), Scalar(text, 1, 1)))
    value = QUANTITY.read(Scalar(text, 1, 1), faults)
    return value, bool(faults.found)


ODD = ["nan", "NaN", "inf", "-inf", "Infinity", "1e400", "1E5", "0x10", "1_000", "+1", "-0", "-0.0",
       "--1", "1.", ".5", "9" * 13, "9" * 400, "1." + "0" * 400, "١٢", "१", "１２", "一", "½", "²",
       "1 000", "-", "", "−1", "－1", "5%", "1/2", "sNaN", "1e-400"]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_what_is_no_plain_number_is_told(text: str) -> None:
    value, is_told = read(text)
    assert is_told
    assert value is None or (value.is_finite() and abs(value) < 10**12 and str(value) != "-0")


@pytest.mark.slow
@settings(max_examples=400)
@given(st.text(st.sampled_from("0123456789.-+eEnaif_１²٣ ,%−"), max_size=24))
def test_a_number_is_as_it_is_written_or_told(text: str) -> None:
    value, is_told = read(text)
    if not is_told:
        assert text.isascii() and value == Decimal(text)
        assert value.is_finite() and abs(value) < 10**12
        assert value or not value.is_signed()


@settings(max_examples=200)
@given(st.text(st.sampled_from("0123456789٣²１-. "), max_size=8))
def test_a_whole_number_is_ascii(text: str) -> None:
    faults = Faults(Document(Source("f", "f", text), Scalar(text, 1, 1)))
    value = whole_number(0, 99).read(Scalar(text, 1, 1), faults)
    if not faults.found:
        assert text == str(value)


def test_a_range_has_plain_ends() -> None:
    assert range_of("5—6") == (Decimal(5), Decimal(6))
    for odd in ("٣—٤", "-5—6", "5—-6", f"1—{'9' * 20}", "nan—inf"):
        assert range_of(odd) is None


def test_the_verb_of_a_target_tells_that_it_may_be_negative(world: Callable[[str], World]) -> None:
    task = TASK.format(
        text="净增5家企业。",
        measure="企业",
        value=-5,
        unit="家",
        comparison="about",
        counts="level",
    )
    with_verb = task.replace("    counts:", "    verb: 净增\n    counts:")
    assert "below-zero" not in world(with_verb).codes()
    (found,) = [one for one in world(task).check() if one.code == "below-zero"]
    # It is told at the number, which stands behind the measure.
    assert found.place.excerpt.strip() == "value: -5"
