"""A time that counts from some day is no day of the calendar: 两年内 ends no year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from conftest import World
from jiaozhang.notice.deadline_grammar import holds_span, parse_deadline, propose_deadline

COUNTS = ("半", "一", "两", "三", "五", "十", "二十", "几", "数", "若干", "1", "3", "10", "３")
LENGTHS = ("年", "年半", "个月", "月", "天", "日", "周", "个星期", "个季度", "个工作日", "学年")
WITHIN = ("内", "之内", "以内")
# Before the span: nothing, a start that has no day, a start that is a day of the calendar.
STARTS = ("", "今后", "未来", "用", "在", "2025年起", "自2025年起", "从2025年1月1日起", "近", "每")
RESULTS = ("完成", "取得明显进展")
AROUND = ("{}", "年底前取得明显进展，{}", "{}，年底前完成", "新建学校11所{}", "{}；6月底前完成")

spans = st.builds(
    "".join, st.tuples(st.sampled_from(COUNTS), st.sampled_from(LENGTHS), st.sampled_from(WITHIN))
)


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("start", STARTS)
def test_a_span_without_an_event_is_left_to_a_person(start: str, around: str) -> None:
    for count in COUNTS:
        for length in LENGTHS:
            for within in WITHIN:
                text = around.format(f"{start}{count}{length}{within}完成")
                assert holds_span(text), text
                assert parse_deadline(text, 2025) is None, text
                assert propose_deadline(text, 2025)[0] == (), text


@given(
    st.text(alphabet="年底前内完成取得明显进展，；每第自起后半上下学2025月季度", max_size=30),
    spans,
    st.text(alphabet="，；完成取得明显进展年底前第三季度末6月", max_size=20),
    st.sampled_from(RESULTS),
)
@settings(deadline=None)
@example("", "两年内", "", "完成")
@example("第三季度末", "半年内", "建成，年底前", "完成")
def test_no_text_with_a_span_is_read_as_a_day(
    before: str, span: str, after: str, result: str
) -> None:
    assume(before[-1:] not in "上下0123456789年" or not before)  # 上半年内, 2010年内 are dates
    for clause in parse_deadline(f"{before}{span}{after}{result}", 2025) or ():
        # What was counted from an event has no day; the span stands in no scope either.
        assert not holds_span(clause.scope or ""), clause
        assert clause.due is None or span not in (clause.scope or "")
    whole = parse_deadline(f"{before}{span}{result}", 2025)
    assert whole is None or whole[-1].due is None


@pytest.mark.parametrize(
    ("text", "event", "months"),
    [
        ("开工后半年内完成", "开工", 6),
        ("方案印发后两年内完成", "方案印发", 24),
        ("方案印发以后一年半内完成", "方案印发", 18),
        ("方案印发后18个月之内完成", "方案印发", 18),
        ("自方案印发之日起三年内完成", "方案印发", 36),
        ("从合同签订起3个月内完成", "合同签订", 3),
    ],
)
def test_a_span_after_an_event_counts_from_it(text: str, event: str, months: int) -> None:
    clauses = parse_deadline(text, 2025)
    assert clauses
    assert [(c.scope, c.due, c.after, c.months) for c in clauses] == [(None, None, event, months)]


@pytest.mark.parametrize(
    "text",
    [
        "今后半年内完成",
        "此后三年内完成",
        "2025年6月后半年内完成",
        "自2025年起三年内完成",
        "自即日起三年内完成",
        "方案印发后十年内完成",
        "方案印发后30日内完成",
        "方案印发后3至6个月内完成",
    ],
)
def test_a_span_from_no_event_or_beyond_the_ledger_is_left_to_a_person(text: str) -> None:
    assert parse_deadline(text, 2025) is None
    assert propose_deadline(text, 2025)[0] == ()


TIMES = {
    "年底前": date(2025, 12, 31),
    "年内": date(2025, 12, 31),
    "12月底前": date(2025, 12, 31),
    "3月底前": date(2025, 3, 31),
    "三季度末": date(2025, 9, 30),
    "3季度": date(2025, 9, 30),
    "上半年": date(2025, 6, 30),
    "2026年底前": date(2026, 12, 31),
    "二〇二六年底前": date(2026, 12, 31),
    "二〇二六年6月底前": date(2026, 6, 30),
}
# Left of a time, these make another time of it.
LEFT = (
    "1",
    "十",
    "百",
    "每",
    "两",
    "第",
    "2024—",
    "2024至",
    "去",
    "后",
    "当",
    "近",
    "若干",
    "、",
    "三",
)
# And these are the end of a scope.
SCOPES = ("学校11所", "新增学位1.62万个", "地铁7号线一期", "改革提升行动", "中小学", "购销合同")


@pytest.mark.parametrize("left", LEFT)
def test_a_time_that_goes_on_to_the_left_is_another_time(left: str) -> None:
    for time, due in TIMES.items():
        read = parse_deadline(f"{left}{time}完成", 2025)
        if read:  # 第三季度 is a time itself, and 1 with 2月 is the twelfth month
            assert read[0].scope is None, (left, time, read)
            assert left == "第" or read[0].due != due or left + time == "12月底前"


@pytest.mark.parametrize("scope", SCOPES)
def test_a_time_behind_a_scope_is_read(scope: str) -> None:
    for time, due in TIMES.items():
        read = parse_deadline(f"{scope}{time}完成", 2025)
        assert read, (scope, time)
        assert [(clause.scope, clause.due) for clause in read] == [(scope, due)]


@pytest.mark.parametrize(
    "text",
    ["每季度完成，年底前取得明显进展", "6月底前开工建设，年底前完成", "用两年时间，年底前完成"],
)
def test_a_time_or_result_that_is_not_understood_is_no_scope(text: str) -> None:
    assert parse_deadline(text, 2025) is None


@pytest.mark.slow
@pytest.mark.parametrize("deadline", ["半年内完成", "两年内完成", "3年内完成", "开工后半年内完成"])
def test_a_city_with_a_span_can_be_published(world: Callable[[str], World], deadline: str) -> None:
    when = "after: 开工, months: 6" if "开工" in deadline else "due: 2026-12-31"
    city = world(f"""
-- content/2025/tasks/001.yaml --
section: 1
title: 新建3个实验室
text: 新建3个实验室，启动20个小区改造。
deadline: {deadline}
leaders: [张三]
units: [市科技局, 市财政局]
responsibility: first-leads
clauses:
  - {{id: a, kind: complete, {when}}}
""")
    assert city.check() == ()
    assert deadline in city.build().text("2025/tasks/001/")
