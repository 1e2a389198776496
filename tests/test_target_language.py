"""Figures with their comparison: each number of a text is one target or a question, never less."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from jiaozhang.build.pipeline import examine, load
from jiaozhang.faults.diagnostic import Place
from jiaozhang.files.source import Source
from jiaozhang.files.yaml_tree import parse_yaml
from jiaozhang.notice.amounts import amounts_of, is_printed, numbers_of
from jiaozhang.notice.import_plan import plan_import
from jiaozhang.notice.numerals import chinese_numeral
from jiaozhang.notice.plain_grid import read_plain
from jiaozhang.notice.target_grammar import read_targets


def words(text: str) -> list[str]:
    return text.split()


# Words before a number. A limit says it all; a word that steers is also a verb, and 以下 or 左右
# behind the number may say more.
LIMITS = {
    "at-most": words("不超过 不高于 不多于 不大于 不突破 不得超过 低于 少于 小于 至多 最多 ≤ ＜ <"),
    "at-least": words("不低于 不少于 不小于 不得低于 至少 最少 超过 高于 多于 大于 超 逾 ≥ ＞ >"),
    "about": words("约 大约 大概"),
}
STEERS = {
    "at-most": words("控制在 降至 降到 减至 减到 压减到 压减至 压缩到 下降到 降低到 减少到 缩短至"),
    "at-least": words("达到 力争达到 突破 提高到 提升至 增加到 扩大到"),
}
BEHIND = {
    "at-most": words("以下 以内 之内 及以下"),
    "at-least": words("以上 及以上 或以上"),
    "about": words("左右 上下"),
}
MARKS = ("至", "到", "—", "-", "~", "～", "－", "–")
UNITS = words(
    "个 家 所 处 条 台 艘 架 例 床 张 张床位 家次 人次 万人次 亩 万亩 公顷 公里 km² 平方公里 "
    "万平方米 亿元 万亿元 亿美元 万吨 万吨标准煤 万千瓦 兆瓦 亿千瓦时 标准箱 微克/立方米 吨/日 "
    "% ％ ‰ 个百分点 倍"
)
SAID = {
    **{word: said for table in (LIMITS, STEERS) for said, own in table.items() for word in own},
    "保持在": "",
}
SAID_BEHIND = {word: said for said, own in BEHIND.items() for word in own}
LIMITING = {word for own in LIMITS.values() for word in own}
STEERING = {word for own in STEERS.values() for word in own}
LONGEST_FIRST = sorted(SAID, key=lambda word: -len(word))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("said", LIMITS)
def test_a_limit_before_a_number_is_the_comparison(said: str, unit: str) -> None:
    for word in LIMITS[said]:
        for text in (f"全年新增专项债务{word}50{unit}。", f"新增专项债务{word}1.5{unit}、学位3个"):
            target, *_ = read_targets(text, ()).targets
            assert (target.verb, target.measure, target.unit) == ("新增", "专项债务", unit), text
            assert (target.comparison, target.counts) == (said, "added"), text


@pytest.mark.parametrize("said", STEERS)
def test_a_word_that_steers_is_verb_and_comparison(said: str) -> None:
    for word in STEERS[said]:
        (target,) = read_targets(f"一般债务余额{word}50亿元", ()).targets
        assert (target.measure, target.comparison, target.counts) == ("一般债务余额", said, "level")
        assert target.verb == word.removeprefix("力争")
        (target,) = read_targets(f"一般债务余额{word}50亿元左右", ()).targets
        assert target.comparison == "about"


@pytest.mark.slow
@pytest.mark.parametrize("before", ["", *SAID])
@pytest.mark.parametrize("behind", ["", *SAID_BEHIND])
@pytest.mark.parametrize("frame", ["新增专项债务{}50亿元{}", "失业率{}5.5%{}", "新建{}30所{}学校"])
def test_words_on_both_sides_agree_or_are_asked_about(frame: str, before: str, behind: str) -> None:
    text = frame.format(before, behind)
    figures = read_targets(text, ())
    said = {SAID.get(before, ""), SAID_BEHIND.get(behind, "")} - {""}
    assert len(figures.targets) + len(figures.doubts) == 1
    for target in figures.targets:
        if len(said) < 2:
            assert target.comparison == (said.pop() if said else "exactly")
        else:
            # Of two different words only 左右 behind a word that steers is no contradiction.
            assert (target.comparison, SAID_BEHIND[behind]) == ("about", "about")
            assert before not in LIMITING
        assert target.measure in ("专项债务", "失业率", "学校")
    if figures.doubts and not ("失业率" in text and not said):
        assert len(said) == 2 or before in ("保持在", *STEERING)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("unit", UNITS)
def test_a_range_is_one_target(unit: str, mark: str) -> None:
    for text in (
        f"新增学校10{mark}15{unit}",
        f"新增学校10{unit}{mark}15{unit}",
        f"新增学校10 {mark} 15{unit}",
        f"新增学校１０{mark}１５{unit}之间",
    ):
        (target,) = read_targets(text, ()).targets
        assert (target.measure, target.comparison) == ("学校", "between"), text
        assert (target.value, target.upper, target.unit) == (10, 15, unit), text
        assert is_printed(Decimal(15), unit, text)
        assert read_targets(text, ()).doubts == ()


@pytest.mark.parametrize(
    ("text", "verb", "measure", "comparison", "value", "upper", "base", "unit"),
    [
        ("地区生产总值增长5%至6%。", "增长", "地区生产总值", "between", 5, 6, None, "%"),
        ("培育5个至6个百分点", "", "", "", 0, 0, 0, ""),
        ("研发占比提高5个至6个百分点", "提高", "研发占比", "between", 5, 6, None, "个百分点"),
        ("新增学位5万—6万个", "新增", "学位", "between", 5, 6, None, "万个"),
        ("单位能耗下降3%以上", "下降", "单位能耗", "at-least", 3, None, None, "%"),
        ("单位能耗降低3%", "降低", "单位能耗", "exactly", 3, None, None, "%"),
        ("降低物流成本5%以上", "降低", "物流成本", "at-least", 5, None, None, "%"),
        ("将易积水点由60处减至50处", "减至", "易积水点", "at-most", 50, None, 60, "处"),
        ("重污染天数从10天减少到8天以内", "减少到", "重污染天数", "at-most", 8, None, 10, "天"),
        ("由60减至50处隐患点", "减至", "隐患点", "at-most", 50, None, 60, "处"),
        ("新建三十所学校", "新建", "学校", "exactly", 30, None, None, "所"),
        ("新建三到五所学校", "新建", "学校", "between", 3, 5, None, "所"),
        ("完成投资1,600亿元", "完成", "投资", "exactly", 1600, None, None, "亿元"),
        ("新改建公厕100座", "新改建", "公厕", "exactly", 100, None, None, "座"),
        ("新扩建学校4所", "新扩建", "学校", "exactly", 4, None, None, "所"),
        ("新增学位１２００个", "新增", "学位", "exactly", 1200, None, None, "个"),
        ("新增1000张床位", "新增", "床位", "exactly", 1000, None, None, "张"),
        ("新增养老机构1000张床位", "新增", "养老机构", "exactly", 1000, None, None, "张床位"),
        ("新建5G基站1000个", "新建", "5G基站", "exactly", 1000, None, None, "个"),
        (
            "规模以上工业增加值增长6%以上",
            "增长",
            "规模以上工业增加值",
            "at-least",
            6,
            None,
            None,
            "%",
        ),
        ("推进城中村改造30个", "推进", "城中村改造", "exactly", 30, None, None, "个"),
        ("投资完成2万亿元", "完成", "投资", "exactly", 2, None, None, "万亿元"),
    ],
)
def test_a_figure_is_read_with_all_its_parts(
    text: str,
    verb: str,
    measure: str,
    comparison: str,
    value: int,
    upper: int | None,
    base: int | None,
    unit: str,
) -> None:
    figures = read_targets(text, ())
    if not comparison:
        assert figures.targets == () and figures.doubts
        return
    (target,) = figures.targets
    assert (target.verb, target.measure, target.comparison) == (verb, measure, comparison)
    assert (target.value, target.upper, target.base, target.unit) == (value, upper, base, unit)
    assert figures.doubts == ()


def test_two_amounts_of_an_item_share_its_verb_and_nothing_else() -> None:
    for text, measures in (
        ("新建3个实验室和5个中心", ["实验室", "中心"]),
        ("新建学校4所和幼儿园3所", ["学校", "幼儿园"]),
        ("启动20个小区改造、5个公园", ["小区改造", "公园"]),
    ):
        targets = read_targets(text, ()).targets
        assert [target.measure for target in targets] == measures
        assert len({target.verb for target in targets}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "新增3，200个车位",
        "新增2 400个车位",
        "新增1万2千个车位",
        "新增数十个车位",
        "新增30余个车位",
        "新增近100个车位",
        "新增三五个车位",
        "新增10—15—20个车位",
        "新增15—10个车位",
        "新增—10个车位",
        "新增3、5个车位",
        "不超过5%至6%",
        "增长5%至6%左右",
        "增长-5%",
        "由50处减至60处隐患点",
        "从60所增加到80所学校",
        "推广到10个区",
        "增长百分之五",
        "新增10万人才",
        "新建10万吨级码头3座",
        "每个区建设2所学校",
        "新建学校4所投入使用",
        "新增专项债务50亿元用于园区",
        "减少燃煤100万吨",
        "实施关键技术突破项目10个",
        "完成改造100户",
        "停止新建10个项目",
        "引进和培育企业20家",
        "引进、培育企业20家",
        "启动改造20个小区",
        "压减燃煤50万吨以上",
        "总数突破1.2万家",
        "实施“10个百亿”工程",
        "建设一个中心",
        "幼儿园不少于10所",
    ],
)
def test_a_number_with_more_than_one_reading_is_asked_about(text: str) -> None:
    figures = read_targets(text, ())
    assert figures.targets == ()
    asked = "".join(figures.doubts)
    assert all(text[one.start : one.end] in asked for one in amounts_of(text))
    assert asked


def test_words_that_only_look_like_comparisons_are_left_alone() -> None:
    for measure in ("雷达", "购销合约", "5G基站", "上下游企业", "左右岸堤防", "人均绿地"):
        (target,) = read_targets(f"新建{measure}10个", ()).targets
        assert (target.measure, target.comparison) == (measure, "exactly")
    (target,) = read_targets("引进10个上下游企业", ()).targets
    assert (target.measure, target.comparison) == ("上下游企业", "exactly")


NOUNS = (
    "学校",
    "专项债务",
    "岗位",
    "老旧小区",
    "绿地率",
    "公园",
    "能耗",
    "项目，",
    "、",
    "和",
    "（",
    "）",
)
VERBS = ("新增", "新建", "改造", "推进", "巩固", "增长", "下降", "完善", "由", "将")
PIECES = (
    *NOUNS,
    *VERBS,
    *SAID,
    *SAID_BEHIND,
    *MARKS,
    "之间",
    "，",
    "。",
    "；",
    "的",
    "各",
    "每",
    "余",
)
# `#` stands for a number; each gets one of its own, so that a target names its place.
AMOUNTS = tuple(f"#{unit}" for unit in UNITS) + tuple(f"#{mark}#个" for mark in MARKS) + ("#",)


def numbered(pieces: list[str]) -> str:
    count = 100
    text = ""
    for char in "".join(pieces):
        count += char == "#"
        text += str(count) if char == "#" else char
    return text


soups = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(AMOUNTS)), max_size=14).map(
    numbered
)


@pytest.mark.slow
@given(soups)
@settings(deadline=None, max_examples=400)
@example("新增专项债务不超过101亿元")
@example("增长101%至102%左右")
@example("由101处减至102个")
def test_every_amount_of_a_soup_is_one_target_or_asked_about(text: str) -> None:
    figures = read_targets(text, ())
    unit = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
    for found in re.finditer(rf"(\d+)(?:{unit})", text):
        value = Decimal(found[1])
        claims = [t for t in figures.targets if value in (t.value, t.upper, t.base)]
        asked = any(found[1] in doubt for doubt in figures.doubts)
        assert len(claims) == 1 or (not claims and asked), (text, found[1], figures)


@pytest.mark.slow
@given(soups)
@settings(deadline=None, max_examples=400)
def test_no_word_beside_a_number_is_swallowed_or_passed_over(text: str) -> None:
    for target in read_targets(text, ()).targets:
        assert not any(
            word in target.measure for word in (*SAID, *SAID_BEHIND, *MARKS) if word != "超"
        )
        assert target.measure in text
        if target.upper is not None:
            assert target.comparison == "between" and target.value and target.value < target.upper
            continue
        at = text.index(str(target.value))
        end = at + len(f"{target.value}{target.unit}")
        end += len("床位") * (target.measure == "床位")  # 1000张床位以上: the unit held the noun
        before = next((w for w in LONGEST_FIRST if text[:at].endswith(w)), "")
        behind = next((w for w in SAID_BEHIND if text[end:].startswith(w)), "")
        said = {SAID.get(before, ""), SAID_BEHIND.get(behind, "")} - {""}
        assert target.comparison in (said or {"exactly"}), (text, target)
        if before in LIMITING:
            assert target.comparison == SAID[before], (text, target)


@pytest.mark.slow
@given(soups)
@settings(deadline=None, max_examples=200)
def test_what_is_proposed_is_what_the_checker_finds_printed(text: str) -> None:
    for target in read_targets(text, ()).targets:
        assert target.value is not None and target.unit
        assert is_printed(target.value, target.unit, text) or target.upper is not None
        assert target.upper is None or is_printed(target.upper, target.unit, text)


def test_a_city_of_such_figures_is_accepted_by_the_checker(tmp_path: Path) -> None:
    texts = (
        "地区生产总值增长5%至6%。",
        "新增专项债务不超过50亿元。",
        "将易积水点由60处减至50处。",
        "由60减至50处隐患点。",
        "新建三十所学校，新增学位１２００个。",
        "完成投资1,600亿元，培育10—15家企业。",
        "新增学位5万—6万个，研发占比提高5个至6个百分点。",
    )
    rows = "".join(f"{n}\t{t}\t年底前完成\t张三\t东河区人民政府\n" for n, t in enumerate(texts, 1))
    notice = (
        f"示例市关于2025年重点工作的通知\n序号\t重点工作\t完成时限\t分管市领导\t责任单位\n{rows}"
    )
    grid = read_plain(Source("n", "n", notice))
    plan, _ = plan_import(grid, Place("n"), 2025, {}, accept=False)
    assert plan
    assert [doubt.reason for _, doubt, _ in plan.doubts if doubt.field == "targets"] == []
    for change in plan.changes:
        document, _ = parse_yaml(Source(change.key, change.key, change.text))
        settled = re.sub(r"(?m)^ *unsettled:.*\n(?: +- .*\n)+", "", change.text)
        (tmp_path / change.key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / change.key).write_text(settled)
        assert document or change.key.endswith((".md", ".lock"))
    filed, faults = examine(load(tmp_path, "content", ROOT / "site.toml", ROOT))
    assert {fault.code for fault in faults} == {"no-contact"}
    assert filed
    assert [len(task.public.targets) for task in filed.ledgers[0].tasks] == [1, 1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    ("value", "unit", "text", "printed"),
    [
        ("3", "个", "新建实验室", False),
        ("3", "个", "新建13个", False),
        ("3", "个", "新建3.5个", False),
        ("600", "亿元", "投资1,600亿元", False),
        ("1600", "亿元", "投资1,600亿元", True),
        ("30", "所", "新建三十所", True),
        ("0", "所", "新建三十所", False),
        ("5", "%", "增长５％", True),
        ("5", "％", "增长5%", True),
        ("30", "家", "引进30余家", True),
    ],
)
def test_a_value_is_printed_only_as_a_whole_number(
    value: str, unit: str, text: str, printed: bool
) -> None:
    assert is_printed(Decimal(value), unit, text) is printed


def _spelt(number: int) -> str:
    """A number below ten thousand in words, written out by place."""
    text, has_gap = "", False
    for scale, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            text += ("零" if text and has_gap else "") + "零一二三四五六七八九"[digit] + mark
        has_gap = not digit
    return text


@given(st.integers(1, 9999), st.integers(1, 9999))
@settings(deadline=None)
def test_numbers_in_words_are_read(high: int, low: int) -> None:
    assert chinese_numeral(_spelt(high)) == high
    assert chinese_numeral(f"{_spelt(high)}万") == high * 10_000
    joint = "零" if low < 1000 else ""
    assert chinese_numeral(f"{_spelt(high)}万{joint}{_spelt(low)}") == high * 10_000 + low


@given(st.text(alphabet="零一二三九十百千万亿", max_size=9))
@settings(deadline=None)
def test_any_numeral_is_read_as_what_it_spells_or_not_at_all(text: str) -> None:
    value = chinese_numeral(text)
    if value and value < 10_000:
        assert text.removeprefix("零").replace("一十", "十") == _spelt(value).replace("一十", "十")


@given(st.text(alphabet="0123456789０１,，.．/ 三十百千万亿个%至—-第PM点", max_size=30))
@settings(deadline=None)
def test_numbers_stand_in_their_text_in_order(text: str) -> None:
    found = list(numbers_of(text))
    assert all(one.end <= other.start for one, other in pairwise(found))
    for one in amounts_of(text):
        assert one.upper is None or (one.value is not None and one.value < one.upper)
        assert one.unit in text


@pytest.mark.parametrize(
    "piece", ["不超过", "5%至", "1,000", "三十", "由60处减至", "新增", "（", "和5个"]
)
def test_a_long_text_costs_no_more_than_in_proportion(piece: str) -> None:
    def cost(count: int) -> float:
        start = time.process_time()
        read_targets(piece * count, ())
        return time.process_time() - start

    cost(10)
    # A task's text has at most 2000 characters; a square would cost 64 times for 8 times of it. The
    # best of three: on a busy machine one run may cost twice as much.
    assert min(cost(800) for _ in range(3)) < 40 * min(cost(100) for _ in range(3)) + 0.3
