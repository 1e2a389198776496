"""The language of notices: deadlines, duties, figures and titles, as tables and as properties."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhang.notice.deadline_grammar import parse_deadline, propose_deadline
from jiaozhang.notice.duty_grammar import read_duties
from jiaozhang.notice.new_names import kind_of
from jiaozhang.notice.numerals import chinese_numeral
from jiaozhang.notice.propose import propose_title
from jiaozhang.notice.proposed_files import scalar
from jiaozhang.notice.target_grammar import body_seasons, read_targets, remarks
from jiaozhang.wording.words import ordinal

REMARK = "注：除文中有单独表述外，其他每项工作责任单位列第一位的为牵头单位，其他为配合单位。"

DEADLINES = [
    ("年底前完成", [(None, "complete", date(2025, 12, 31))]),
    ("年底前取得明显进展", [(None, "progress", date(2025, 12, 31))]),
    ("2月底前完成", [(None, "complete", date(2025, 2, 28))]),
    (
        "年底前取得明显进展，获批10家3月底前完成，新建实验室6月底前完成",
        [
            (None, "progress", date(2025, 12, 31)),
            ("获批10家", "complete", date(2025, 3, 31)),
            ("新建实验室", "complete", date(2025, 6, 30)),
        ],
    ),
    (
        "年底前取得明显进展，新建学校11所，新增学位1.62万个年底前完成",
        [
            (None, "progress", date(2025, 12, 31)),
            ("新建学校11所，新增学位1.62万个", "complete", date(2025, 12, 31)),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), DEADLINES)
def test_a_printed_deadline_becomes_clauses(
    text: str, expected: list[tuple[str | None, str, date]]
) -> None:
    clauses = parse_deadline(text, 2025)
    assert clauses
    assert [(c.scope, c.kind, c.due) for c in clauses] == expected
    assert [c.id for c in clauses] == list("abc"[: len(clauses)])


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("年内完成", date(2025, 12, 31)),
        ("2025年底前完成", date(2025, 12, 31)),
        ("2025年内完成", date(2025, 12, 31)),
        ("今年底前完成", date(2025, 12, 31)),
        ("2025年年底前完成", date(2025, 12, 31)),
        ("次年底前完成", date(2026, 12, 31)),
        ("9月底完成", date(2025, 9, 30)),
        ("九月底前完成", date(2025, 9, 30)),
        ("2026年6月底前完成", date(2026, 6, 30)),
        ("明年3月底前完成", date(2026, 3, 31)),
        ("一季度末完成", date(2025, 3, 31)),
        ("第三季度完成", date(2025, 9, 30)),
        ("前三季度完成", date(2025, 9, 30)),
        ("上半年完成", date(2025, 6, 30)),
        ("2026年上半年完成", date(2026, 6, 30)),
    ],
)
def test_other_ways_to_name_a_day(text: str, due: date) -> None:
    clauses = parse_deadline(text, 2025)
    assert clauses
    assert [(clause.scope, clause.due) for clause in clauses] == [(None, due)]


@pytest.mark.parametrize(
    ("text", "due", "doubt"),
    [
        ("9月底前", date(2025, 9, 30), "没有写做到什么程度"),
        ("上半年", date(2025, 6, 30), "没有写做到什么程度"),
        ("10月1日前", date(2025, 10, 1), "包不包括"),
        ("10月1日前完成", date(2025, 10, 1), "包不包括"),
        ("长期坚持", None, "没有写到哪一天"),
        ("每季度完成", None, "没有写到哪一天"),
        ("持续推进", None, "没有写到哪一天"),
        ("适时启动", None, "看不懂"),
        ("", None, ""),
    ],
)
def test_a_deadline_that_says_less_is_proposed_with_a_question(
    text: str, due: date | None, doubt: str
) -> None:
    clauses, doubts = propose_deadline(text, 2025)
    assert [clause.due for clause in clauses] == ([due] if due else [])
    assert all(doubt in said for said in doubts)
    assert bool(doubts) == bool(doubt)


@pytest.mark.parametrize(
    ("words", "months"), [("半年", 6), ("三个月", 3), ("一年", 12), ("3个月", 3)]
)
def test_a_wait_counts_from_its_event(words: str, months: int) -> None:
    clauses = parse_deadline(f"实施方案印发后{words}内完成", 2025)
    assert clauses
    (clause,) = clauses
    assert (clause.after, clause.months, clause.due) == ("实施方案印发", months, None)


def test_a_leap_february_ends_on_the_29th() -> None:
    clauses = parse_deadline("2月底前完成", 2028)
    assert clauses
    assert clauses[0].due == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "尽快",
        "13月底前完成",
        "0月底前完成",
        "年底前",
        "年底前完成。",
        "长期坚持",
        "年底前完成，尽快",
    ],
)
def test_a_deadline_that_is_not_understood_claims_nothing(text: str) -> None:
    assert parse_deadline(text, 2025) is None


@given(st.text(alphabet="年底前完成取得明显进展，月0123456789后半内A。", max_size=80))
def test_any_deadline_gives_clauses_that_quote_it_or_nothing(text: str) -> None:
    clauses = parse_deadline(text, 2025)
    if clauses is None:
        return
    assert all(clause.scope is None or clause.scope in text for clause in clauses)
    assert all((clause.due is None) == (clause.after is not None) for clause in clauses)
    assert len({clause.id for clause in clauses}) == min(len(clauses), 26)


@pytest.mark.parametrize("piece", ["年底前完成，", "年底前", "后半年内", "，"])
def test_a_long_deadline_costs_no_more_than_in_proportion(piece: str) -> None:
    def cost(count: int) -> float:
        start = time.process_time()
        parse_deadline(piece * count, 2025)
        return time.process_time() - start

    cost(10)
    # 8 times the text may cost 8 times the time; a square would cost 64 times.
    assert cost(1600) < 30 * cost(200) + 0.05


@pytest.mark.parametrize(
    ("cell", "units", "rule"),
    [
        ("市科技局", ("市科技局",), "first-leads"),
        ("市科技局\n\n市教委", ("市科技局", "市教委"), "first-leads"),
        ("市农业农村委\n市商务局", ("市农业农村委", "市商务局"), "first-leads"),
        ("市侨办、市外办（市港澳办）按职责分工负责", ("市侨办", "市外办（市港澳办）"), "joint"),
        ("市外办（外事、港澳）、市台办按职责分工负责", ("市外办（外事、港澳）", "市台办"), "joint"),
    ],
)
def test_a_unit_cell_names_bodies_and_a_rule(cell: str, units: tuple[str, ...], rule: str) -> None:
    duties = read_duties(cell, REMARK)
    assert (duties.units, duties.rule, duties.doubt) == (units, rule, "")


def test_without_the_remark_nobody_is_said_to_lead() -> None:
    assert "没有注明" in read_duties("市科技局\n市教委", "").doubt
    assert read_duties("市科技局", "").doubt == ""


@pytest.mark.parametrize("cell", ["市科技局等\n市教委", "由市教委配合", "市科技局会同各方"])
def test_a_cell_that_says_more_than_names_is_doubted(cell: str) -> None:
    assert "不像单位名称" in read_duties(cell, REMARK).doubt


@pytest.mark.parametrize(
    ("cell", "units", "rule", "doubt"),
    [
        ("市科技局牵头，市教委、市财政局配合", "市科技局 市教委 市财政局", "first-leads", ""),
        ("由市科技局牵头；市教委参与。", "市科技局 市教委", "first-leads", ""),
        ("市科技局牵头", "市科技局", "first-leads", ""),
        ("市科技局、市教委牵头，市财政局配合", "市科技局 市教委 市财政局", "first-leads", "2家"),
        (
            "市科技局、市教委按职责分工负责，市财政局配合",
            "市科技局 市教委 市财政局",
            "joint",
            "核对",
        ),
        ("省科技厅、工业和信息化厅", "省科技厅 工业和信息化厅", "first-leads", "省略了“省”"),
        ("各责任单位", "各责任单位", "first-leads", "没有说是哪些单位"),
        ("无", "", "first-leads", "没有写责任单位"),
    ],
)
def test_other_ways_to_say_who_answers_are_understood_or_asked(
    cell: str, units: str, rule: str, doubt: str
) -> None:
    duties = read_duties(cell, REMARK)
    assert (" ".join(duties.units), duties.rule) == (units, rule)
    assert doubt in duties.doubt
    assert bool(doubt) == bool(duties.doubt)


@given(st.text(alphabet="市局委办、，；\n（）按职责分工负责牵头配合等无 ", max_size=60))
def test_any_unit_cell_gives_names_that_it_prints(text: str) -> None:
    duties = read_duties(text, REMARK)
    assert all(name and name in text for name in duties.units)
    assert duties.units or duties.doubt


@pytest.mark.parametrize("piece", ["、", "（", "市局、", "（、", "市局（、）"])
def test_a_long_unit_cell_costs_no_more_than_in_proportion(piece: str) -> None:
    def cost(count: int) -> float:
        start = time.process_time()
        read_duties(piece * count, REMARK)
        return time.process_time() - start

    cost(10)
    assert cost(40_000) < 30 * cost(5_000) + 0.1


FIGURES = [
    ("地区生产总值增长5%左右。", "增长", "地区生产总值", "5", "%", "about", "level"),
    ("再获批10家以上全国重点实验室。", "再获批", "全国重点实验室", "10", "家", "at-least", "added"),
    ("启动180个城镇老旧小区改造。", "启动", "城镇老旧小区改造", "180", "个", "exactly", "started"),
    ("新增学位1.62万个。", "新增", "学位", "1.62", "万个", "exactly", "added"),
    ("年均浓度降至38微克/立方米以下", "降至", "年均浓度", "38", "微克/立方米", "at-most", "level"),
    (
        "集装箱吞吐量突破2400万标准箱",
        "突破",
        "集装箱吞吐量",
        "2400",
        "万标准箱",
        "at-least",
        "level",
    ),
    ("巩固368个经济薄弱村", "巩固", "经济薄弱村", "368", "个", "exactly", "maintained"),
]


@pytest.mark.parametrize("row", FIGURES, ids=lambda row: row[0][:8])
def test_a_figure_keeps_its_verb_and_comparison(row: tuple[str, ...]) -> None:
    text, verb, measure, value, unit, comparison, counts = row
    clauses = parse_deadline("年底前完成", 2025) or ()
    (target,) = read_targets(text, clauses).targets
    assert (target.verb, target.measure, str(target.value), target.unit) == (
        verb,
        measure,
        value,
        unit,
    )
    assert (target.comparison, target.counts, target.clause) == (comparison, counts, "a")


def test_a_list_shares_the_verb_of_its_first_item() -> None:
    targets = read_targets("改造燃气管网650公里、供热管网800公里。", ()).targets
    assert [(t.verb, t.measure) for t in targets] == [("改造", "燃气管网"), ("改造", "供热管网")]


@pytest.mark.parametrize(
    "text", ["完善6个国家级经开区运营模式。", "加快构建15分钟服务圈。", "7处险工险段全面改造。"]
)
def test_a_number_that_may_be_no_target_becomes_a_question(text: str) -> None:
    figures = read_targets(text, ())
    assert figures.targets == ()
    assert len(figures.doubts) == 1


@pytest.mark.parametrize("text", ["地铁4号线北段、Z4线一期", "PM2.5治理", "“三个机制”"])
def test_a_number_that_is_a_name_is_left_alone(text: str) -> None:
    figures = read_targets(text, ())
    assert figures.targets == () and figures.doubts == ()


@given(st.text(alphabet="新增改造启动0123456789.个公里%以上左右，。、（）PM", max_size=60))
def test_any_text_gives_targets_that_it_prints(text: str) -> None:
    for target in read_targets(text, ()).targets:
        assert f"{target.value}{target.unit}" in text
        assert target.measure in text


def test_seasons_and_undated_words() -> None:
    assert list(body_seasons("新建泵站，7处汛前完工。")) == [("汛前", "7处汛前完工")]
    assert remarks("推动公园尽早开放，分年度推进，尽早建成") == ("尽早", "分年度")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("固定资产投资增长3%左右。", "固定资产投资增长3%左右"),
        ("做强港口支撑，推动智慧化转变，提升基础设施。", "做强港口支撑，推动智慧化转变"),
        ("完善人才培育、发现、流动、服务机制，推动提质。", "完善人才培育、发现、流动、服务机制"),
    ],
)
def test_a_title_is_the_first_phrase(text: str, title: str) -> None:
    assert propose_title(text) == (title, "")


@given(st.text(alphabet="争创国家示范区，。、“”（）12；", min_size=1, max_size=80))
def test_a_title_is_short_and_doubted_when_it_is_cut(text: str) -> None:
    title, doubt = propose_title(text)
    assert len(title) <= 24
    assert text.startswith(title)
    assert doubt or title.count("“") == title.count("”")


@pytest.mark.parametrize("number", range(1, 100))
def test_chapters_are_counted_both_ways(number: int) -> None:
    assert chinese_numeral(ordinal(number)) == number


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("市科技局", "department"),
        ("东城区人民政府", "district"),
        ("各区人民政府", "group"),
        ("有关区人民政府", "group"),
        ("市安委会各成员单位", "group"),
        ("高新区管委会", "zone"),
        ("市税务局", "central"),
        ("某港集团", "enterprise"),
        ("市总工会", "organisation"),
        ("省科学院研究所联盟", ""),
    ],
)
def test_a_units_kind_is_read_off_its_name_or_asked_for(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.slow
@given(st.text(min_size=1, max_size=40).filter(lambda text: text.isprintable()))
def test_every_text_is_written_so_that_yaml_reads_it_back(text: str) -> None:
    from jiaozhang.files.source import Source
    from jiaozhang.files.yaml_tree import MapNode, Scalar, parse_yaml

    for line in (f"k: {scalar(text)}\n", f"k: [{scalar(text, inside=True)}]\n"):
        document, faults = parse_yaml(Source("f", "f", line))
        assert document, (line, faults)
        assert isinstance(document.root, MapNode)
        node = document.root.entries[0][1]
        value = node if isinstance(node, Scalar) else node.items[0]  # type: ignore[union-attr]
        assert isinstance(value, Scalar)
        assert value.text == text
