"""Standing: every row of the rule table, every plan curve, and counts that always sum."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import BASE, ROOT, TODAY, World
from portal import sentences
from portal.derive import derive, rollup
from portal.derive.measure import expected_on
from portal.derive.rhythm import is_working_day, periods_of, working_days_after
from portal.derive.rollup import wrong_totals
from portal.derive.schedule import months_after
from portal.derive.standing import RULES, rules_for
from portal.derive.year import DerivedTask, DerivedYear
from portal.pages.marks import DEFAULTS
from portal.pipeline import Day, build, examine, load
from portal.record import Rhythm
from portal.release import release
from portal.settings import StandingKey

# Reports count here without a review: that is the wall's matter, and this side is the intranet's.
LEDGER = """
-- content/2025/ledger.yaml --
title: 通知
issuer: 示例市人民政府
source: 示例
reporting: {reporting}
sections:
  - {{number: 1, title: 产业}}
"""
REPORT = """
-- content/2025/notes/001/{day}-kejiju.md --
---
origin: report
unit: 市科技局
period: {period}
date: {day}
status: {status}
{more}---
进展如下。
"""
CLOSED = """
-- content/2025/closures/001.yaml --
- {clause: a, on: 2025-11-01, by: 市政府督查室, evidence: 验收意见}
"""
REOPENED = (
    CLOSED
    + """- {clause: a, reopened: 2025-11-20, by: 市政府督查室, reason: 抽查发现一个未建成}
"""
)
DISPUTED = """
-- content/2025/verifications/001-2025-08-01.yaml --
date: 2025-08-01
method: 现场核查
result: 不一致
"""
RECORD = """
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {title: 实验室建成, publisher: 示例日报}
---
第一个实验室建成。
"""
ABOUT = """
-- content/2025/tasks/001.yaml --
section: 1
title: 产值增长5%左右
text: 产值增长5%左右。
deadline: 年底前完成
leaders: [张三]
units: [市科技局]
responsibility: first-leads
clauses:
  - {id: a, kind: complete, due: 2025-12-31}
targets:
  - {id: t1, clause: a, measure: 产值, value: 5, unit: "%", comparison: about, counts: level}
"""
WAITING = """
-- content/2025/tasks/001.yaml --
section: 1
title: 完善机制
text: 完善机制。
deadline: 方案印发后半年内完成
leaders: [张三]
units: [市科技局]
responsibility: first-leads
clauses:
  - {id: a, kind: complete, after: 方案印发, months: 6}
"""
SEASON = """
-- content/2025/tasks/001.yaml --
section: 1
title: 完善机制
text: 完善机制，汛前完工。
leaders: [张三]
units: [市科技局]
responsibility: first-leads
clauses:
  - {id: a, kind: complete, origin: body, season: 汛前, scope: 汛前完工}
"""
SEASONS = "seasons:\n  汛前: {}\n"


def report(period: str, status: str = "正常推进", value: str = "", unit: str = "个") -> str:
    year, month = (int(part) for part in period.split("-"))
    last = months_after(date(year, month, 1), 1) - timedelta(days=1)
    figure = f'{{name: 数, value: {value}, unit: "{unit}", period: {period}, target: t1}}'
    more = f"figures:\n  - {figure}\n" if value else ""
    return REPORT.format(day=last, period=period, status=status, more=more)


def year_of(world: World, as_of: str, is_whole: bool = True) -> DerivedYear:
    filed, faults = examine(world.inputs())
    assert filed, faults
    assert not [f for f in faults if not f.public_only], world.said()
    record = release(filed, "intranet")
    if not is_whole:
        # As if every record had been reviewed: all is released, and something may be missing.
        record = replace(record, internal=None)
    year = record.ledgers[0].year
    return derive(record, {year: date.fromisoformat(as_of)}).years[0]


def one(world: World, as_of: str, is_whole: bool = True) -> DerivedTask:
    return year_of(world, as_of, is_whole).tasks[0]


def reports_until(month: int, status: str = "正常推进") -> str:
    return "".join(report(f"2025-{m:02}", status) for m in range(1, month + 1))


MONTHLY = LEDGER.format(reporting="monthly")
NONE = LEDGER.format(reporting="none")
NODE = """
-- content/2025/nodes/001.yaml --
- {id: n1, text: 完成选址, planned: 2025-05-31}
"""
ADDED = """
-- content/2025/tasks/001.yaml --
section: 1
title: {text}
text: {text}。
deadline: 年底前完成
leaders: [张三]
units: [市科技局]
responsibility: first-leads
clauses:
  - {{id: a, kind: complete, due: 2025-12-31}}
targets:
  - {{id: t1, clause: a, measure: 规模, value: 10, unit: 个, {more}}}
"""
CAP = ADDED.format(text="规模不超过10个", more="comparison: at-most, counts: level")
FLOOR = ADDED.format(text="规模达到10个", more="comparison: at-least, counts: level")
SUM = ADDED.format(text="规模新增10个", more="comparison: exactly, counts: added")
PUBLIC_FIGURE = """
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {title: 建成, publisher: 示例日报}
figures:
  - {name: 规模, value: 10, unit: 个, period: 2025-06, target: t1}
---
建成10个。
"""
BOTH, WHOLE, RELEASED = (True, False), (True,), (False,)
# Which files, on which day, give which headline word, and what it rests on: in a whole record,
# which hides nothing, and in a released one, of which a part may still wait for its review.
CASES: tuple[tuple[str, str, str, str, str, tuple[bool, ...]], ...] = (
    ("reopened", "fact", MONTHLY, REOPENED, "2025-12-01", BOTH),
    ("reopened", "fact", NONE, REOPENED, "2025-12-01", BOTH),
    ("closed", "fact", MONTHLY, CLOSED, "2026-03-01", BOTH),
    ("closed", "fact", NONE, CLOSED, "2026-03-01", BOTH),
    ("disputed", "fact", MONTHLY, DISPUTED, "2025-09-01", BOTH),
    ("disputed", "fact", NONE, DISPUTED, "2025-09-01", BOTH),
    ("unjudged", "fact", MONTHLY, ABOUT + report("2025-12", value="4.8", unit="%"), "2026-03-01",
     BOTH),
    ("overdue", "fact", MONTHLY, reports_until(12), "2026-03-01", BOTH),
    ("overdue", "absence", MONTHLY, reports_until(11), "2026-01-01", WHOLE),
    ("behind", "fact", MONTHLY, report("2025-06", value="1"), "2025-07-01", BOTH),
    ("behind", "absence", MONTHLY, reports_until(5) + NODE, "2025-06-01", WHOLE),
    ("over", "fact", MONTHLY, CAP + report("2025-06", value="11"), "2025-07-01", BOTH),
    ("short", "fact", MONTHLY, FLOOR + report("2025-06", value="9"), "2025-07-01", BOTH),
    ("reached", "fact", MONTHLY, SUM + report("2025-06", value="10"), "2025-07-01", BOTH),
    ("figure-reached", "fact", NONE, SUM + PUBLIC_FIGURE, "2025-07-01", BOTH),
    ("reported-done", "fact", MONTHLY, reports_until(6, "已完成"), "2025-07-15", BOTH),
    ("unreported", "absence", MONTHLY, "", "2025-03-01", WHOLE),
    ("unseen-closure", "absence", MONTHLY, reports_until(11), "2026-03-01", RELEASED),
    ("unseen-node", "absence", MONTHLY, reports_until(6) + NODE, "2025-07-05", RELEASED),
    ("unseen-report", "absence", MONTHLY, "", "2025-03-01", RELEASED),
    ("soon", "fact", MONTHLY, reports_until(11), "2025-12-05", BOTH),
    ("ahead", "fact", MONTHLY, reports_until(1) + report("2025-02", value="2"), "2025-03-01",
     BOTH),
    ("on-plan", "fact", MONTHLY, reports_until(5) + report("2025-06", value="1.7"), "2025-07-01",
     BOTH),
    ("within", "fact", MONTHLY, CAP + reports_until(5) + report("2025-06", value="10"),
     "2025-07-01", BOTH),
    ("recorded", "fact", NONE, RECORD, "2026-03-01", BOTH),
    ("unrecorded", "absence", NONE, "", "2026-03-01", BOTH),
    ("past-due", "fact", MONTHLY, reports_until(11), "2026-01-01", RELEASED),
    ("pending", "fact", MONTHLY, WAITING, "2025-01-10", BOTH),
    ("undated", "fact", MONTHLY + SEASONS, SEASON, "2025-01-10", BOTH),
    ("not-due", "fact", MONTHLY, "", "2025-01-10", BOTH),
)  # fmt: skip


@pytest.mark.parametrize(("word", "rests", "ledger", "files", "as_of", "sides"), CASES)
def test_a_row_of_the_rule_table(
    world: Callable[[str], World],
    word: str,
    rests: str,
    ledger: str,
    files: str,
    as_of: str,
    sides: tuple[bool, ...],
) -> None:
    for is_whole in sides:
        standing = one(world(ledger + files), as_of, is_whole).standing
        rules = rules_for("none" if ledger == NONE else "monthly", is_whole)
        first = next(rule for rule in rules if rule.holds(standing))
        assert (standing.key, first.rests) == (word, rests)


def test_every_row_of_the_table_has_its_case_on_each_side_and_in_each_kind_of_ledger() -> None:
    shown = {
        (word, rests, ledger == NONE, is_whole)
        for word, rests, ledger, _, _, sides in CASES
        for is_whole in sides
    }
    rows = {
        (rule.key, rule.rests, reporting == "none", is_whole)
        for reporting in ("none", "monthly")
        for is_whole in BOTH
        for rule in rules_for(reporting, is_whole)
    }
    assert shown == rows


# What may be said because nothing is there; any other word needs a record that says it.
ABSENT = {
    True: {"overdue", "behind", "unreported", "unrecorded"},
    False: {"unseen-closure", "unseen-node", "unseen-report", "unrecorded"},
}


@pytest.mark.parametrize("is_whole", BOTH)
def test_each_word_rests_on_a_fact_or_on_an_absence(is_whole: bool) -> None:
    for reporting in ("none", "monthly", "quarterly"):
        rules = rules_for(reporting, is_whole)
        absent = {rule.key for rule in rules if rule.rests == "absence"}
        assert absent <= ABSENT[is_whole]
        if not is_whole:
            assert not absent & {rule.key for rule in rules if rule.rests == "fact"}


def test_every_standing_has_a_word_and_a_shape_of_its_own() -> None:
    marks = [DEFAULTS[key] for key in get_args(StandingKey)]
    assert {rule.key for rule in RULES} == set(DEFAULTS)
    assert len({mark.word for mark in marks}) == len(marks)
    assert len({mark.shape for mark in marks}) == len(marks)


def test_the_last_rule_of_each_kind_always_holds() -> None:
    for is_whole in BOTH:
        assert rules_for("none", is_whole)[-1].key == "unrecorded"
        assert rules_for("monthly", is_whole)[-1].key == "not-due"


def test_without_reports_nobody_is_late_or_behind(world: Callable[[str], World]) -> None:
    standing = one(world(NONE), "2026-03-01").standing
    assert (standing.pace, standing.owed, standing.lapses) == (None, (), {"silent"})
    page = world(NONE).build(as_of="2026-03-01").joined("2025/tasks/001/")
    assert "已到期，未见公开结论" in page
    assert "逾期" not in page and "未报送" not in page


TARGET = """
-- content/2025/tasks/001.yaml --
section: 1
title: 建成100个
text: 建成100个。
deadline: 年底前完成
leaders: [张三]
units: [市科技局]
responsibility: first-leads
clauses:
  - {{id: a, kind: complete, due: 2025-12-31}}
targets:
  - id: t1
    clause: a
    measure: 点位
    value: 100
    unit: 个
    comparison: {comparison}
    counts: {counts}
"""
PLAN = """
-- content/2025/plans/001.yaml --
- {{target: t1, curve: {curve}, source: 实施方案{more}}}
"""
STEPS = PLAN.format(
    curve="stepped",
    more=", steps: [{by: 2025-03-31, value: 20}, {by: 2025-09-30, value: 70}]",
)
SHARES = PLAN.format(curve="seasonal", more=", shares: [0, 0, 1, 1, 2, 2, 2, 1, 1, 0, 0, 0]")


@pytest.mark.parametrize(
    ("plan", "day", "wanted"),
    [
        ("", "2025-01-01", "0.3"),
        ("", "2025-12-31", "100.0"),
        ("", "2026-02-01", "100.0"),
        (STEPS, "2025-03-30", "0.0"),
        (STEPS, "2025-03-31", "20.0"),
        (STEPS, "2025-12-31", "70.0"),
        (SHARES, "2025-02-28", "0.0"),
        (SHARES, "2025-04-30", "20.0"),
        (SHARES, "2025-05-15", "29.7"),
        (SHARES, "2025-12-31", "100.0"),
    ],
)
def test_what_a_plan_wants_by_a_day(
    world: Callable[[str], World], plan: str, day: str, wanted: str
) -> None:
    city = world(MONTHLY + TARGET.format(comparison="exactly", counts="completed") + plan)
    target = one(city, "2025-12-31").targets[0]
    found = expected_on(target, date.fromisoformat(day))
    assert found is not None
    assert str(round(found, 1)) == str(round(Decimal(wanted), 1))


def test_an_authority_may_judge_what_arithmetic_may_not(world: Callable[[str], World]) -> None:
    judged = """
-- content/2025/judgements/001.yaml --
- {target: t1, verdict: 达到, on: 2026-01-20, by: 市统计局, document: 统计公报}
"""
    files = MONTHLY + ABOUT + report("2025-12", value="4.8", unit="%") + judged
    assert one(world(files), "2026-01-19").targets[0].pace == "unjudged"
    assert one(world(files), "2026-01-20").targets[0].pace == "reached"
    page = world(files).build("intranet", as_of="2026-02-01").joined("2025/tasks/001/")
    assert "市统计局认定：达到（统计公报）" in page


def test_a_relative_deadline_is_counted_from_its_event(world: Callable[[str], World]) -> None:
    trigger = """
-- content/2025/triggers/001.yaml --
- {clause: a, on: 2025-08-31, document: 示例政发〔2025〕8号}
"""
    city = world(MONTHLY + WAITING + trigger)
    assert one(city, "2025-08-30").standing.timing == "pending"
    clause = one(city, "2025-08-31").clauses[0]
    assert (clause.timing, clause.due) == ("not-due", date(2026, 2, 28))
    page = city.build("intranet", as_of="2025-09-01").joined("2025/tasks/001/")
    assert "从2025-08-31起算，示例政发〔2025〕8号" in page


def test_an_amendment_moves_the_day_and_both_stay_visible(world: Callable[[str], World]) -> None:
    amendment = """
-- content/2025/amendments/001-2025-10-01.yaml --
clause: a
old: 2025-12-31
new: 2026-06-30
authority: 市政府常务会议
document: 第20次会议纪要
date: 2025-10-01
"""
    city = world(amendment)
    assert one(city, "2025-09-30").clauses[0].due == date(2025, 12, 31)
    assert one(city, "2026-01-01").clauses[0].timing == "not-due"
    page = city.build(as_of="2026-01-01").joined("2025/tasks/001/")
    assert "2025-12-312026-06-30" in page
    assert "市政府常务会议批准，第20次会议纪要" in page
    assert "年底前完成" in page


def test_the_nodes_that_should_be_done_are_named(world: Callable[[str], World]) -> None:
    nodes = """
-- content/2025/nodes/001.yaml --
- {id: n1, text: 完成选址, planned: 2025-03-31, actual: 2025-03-20, evidence: 选址批复}
- {id: n2, text: 主体封顶, planned: 2025-05-31}
"""
    city = world(MONTHLY + nodes)
    before, after = one(city, "2025-05-31"), one(city, "2025-06-01")
    assert before.standing.pace == "on-plan" and before.standing.late == ()
    assert after.standing.pace is None and after.standing.late[0].id == "n2"
    # What came later is not known before.
    assert one(city, "2025-03-19").own.nodes[0].actual is None


AMENDED = """
-- content/2025/amendments/001-2025-10-01.yaml --
clause: a
old: 2025-12-31
new: 2026-06-30
authority: 市政府常务会议
document: 第20次会议纪要
date: 2025-10-01
"""
TRIGGERED = """
-- content/2025/triggers/001.yaml --
- {clause: a, on: 2025-08-31, document: 示例政发〔2025〕8号}
"""
JUDGED = """
-- content/2025/judgements/001.yaml --
- {target: t1, verdict: 达到, on: 2025-09-20, by: 市统计局, document: 统计公报}
"""
CORRECTED = """
-- content/2025/corrections/2025-09-02-shuzi.yaml --
kind: correction
of: notes/001/2025-06-30-ribao
date: 2025-09-02
since: 2025-07-01
wrong: 两个
right: 一个
reason: 录入有误
by: 市政府办公室
"""


@pytest.mark.parametrize(
    ("kind", "files", "day"),
    [
        ("notes", RECORD, "2025-06-30"),
        ("closures", CLOSED, "2025-11-01"),
        ("amendments", AMENDED, "2025-10-01"),
        ("verifications", DISPUTED, "2025-08-01"),
        ("triggers", WAITING + TRIGGERED, "2025-08-31"),
        ("judgements", ABOUT + JUDGED, "2025-09-20"),
        ("corrections", RECORD + CORRECTED, "2025-09-02"),
    ],
)
def test_whatever_happened_is_known_on_its_day_and_not_before(
    world: Callable[[str], World], kind: str, files: str, day: str
) -> None:
    city = world(MONTHLY + files)
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    assert getattr(year_of(city, before).progress, kind) == ()
    assert len(getattr(year_of(city, day).progress, kind)) == 1


def test_a_node_is_done_on_the_day_it_was_done(world: Callable[[str], World]) -> None:
    node = """
-- content/2025/nodes/001.yaml --
- {id: n1, text: 完成选址, planned: 2025-03-31, actual: 2025-03-20, evidence: 选址批复}
"""
    city = world(MONTHLY + node)
    assert one(city, "2025-03-19").own.nodes[0].evidence is None
    assert one(city, "2025-03-20").own.nodes[0].actual == date(2025, 3, 20)


def test_a_fact_is_known_from_its_own_day(world: Callable[[str], World]) -> None:
    late = RECORD.replace("publisher: 示例日报", "publisher: 示例日报, published: 2025-07-05")
    assert one(world(late), "2025-07-04").standing.records == 0
    assert one(world(late), "2025-07-05").standing.records == 1


RHYTHM = Rhythm(5, (date(2025, 10, 1), date(2025, 10, 2)), (date(2025, 9, 28),), 10)


def test_a_report_is_due_after_so_many_working_days() -> None:
    # 28 September 2025 is a Sunday on which people work, 1 and 2 October are holidays.
    assert is_working_day(date(2025, 9, 28), RHYTHM)
    assert not is_working_day(date(2025, 10, 1), RHYTHM)
    assert working_days_after(date(2025, 9, 30), 3, RHYTHM) == date(2025, 10, 7)


def test_a_week_has_five_working_days() -> None:
    week = [date(2025, 6, 9) + timedelta(days=n) for n in range(7)]
    assert [is_working_day(day, RHYTHM) for day in week] == [True] * 5 + [False] * 2
    assert working_days_after(week[4], 1, RHYTHM) == date(2025, 6, 16)
    assert working_days_after(week[4], 0, RHYTHM) == week[4]


@pytest.mark.parametrize("reporting", ["monthly", "quarterly"])
def test_a_report_is_owed_from_the_day_after_it_was_due(
    world: Callable[[str], World], reporting: str
) -> None:
    city = world(LEDGER.format(reporting=reporting))
    periods = year_of(city, "2025-01-01").periods
    for at, period in enumerate(periods):
        on, after = (
            [owed.period for owed in one(city, day.isoformat()).standing.owed]
            for day in (period.due, period.due + timedelta(days=1))
        )
        assert on == list(periods[:at])
        assert after == list(periods[: at + 1])


def test_periods_follow_each_other_through_the_year(world: Callable[[str], World]) -> None:
    months = year_of(world(MONTHLY), "2025-01-01").periods
    quarters = year_of(world(LEDGER.format(reporting="quarterly")), "2025-01-01").periods
    assert [p.name for p in months] == [f"2025-{month:02}" for month in range(1, 13)]
    assert [(p.first, p.last) for p in quarters] == [
        (first.first, last.last) for first, last in zip(months[::3], months[2::3], strict=True)
    ]
    for periods in (months, quarters):
        assert (periods[0].first, periods[-1].last) == (date(2025, 1, 1), date(2025, 12, 31))
        for one_, other in itertools.pairwise(periods):
            assert other.first - one_.last == timedelta(days=1)
            assert one_.last < one_.due < other.due


def test_soon_begins_so_many_days_before_and_not_a_day_earlier(
    world: Callable[[str], World],
) -> None:
    site = """
-- site.toml --
name = "示例市重点工作"
standing = "unofficial"
soon_days = 20
"""
    city = world(MONTHLY + site)
    assert not one(city, "2025-12-10").standing.is_soon
    assert one(city, "2025-12-11").standing.is_soon
    assert one(city, "2025-12-31").standing.is_soon
    assert not one(city, "2026-01-01").standing.is_soon


def test_quarters_are_periods_too(world: Callable[[str], World]) -> None:
    filed, _ = examine(world(LEDGER.format(reporting="quarterly")).inputs())
    assert filed
    periods = periods_of(release(filed, "public").ledgers[0])
    assert [p.name for p in periods] == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    assert periods[1].first == date(2025, 4, 1) and periods[1].last == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-01-28", 1, "2025-02-28"),
        ("2025-11-30", 1, "2025-12-30"),
        ("2025-12-31", 1, "2026-01-31"),
        ("2025-12-31", 12, "2026-12-31"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last(day: str, months: int, later: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(later)


@given(day=st.dates(date(1990, 1, 1), date(2150, 1, 1)), months=st.integers(1, 60))
def test_months_after_never_leave_the_month(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_counts_sum_to_the_tasks_and_the_build_fails_otherwise(
    world: Callable[[str], World], monkeypatch: pytest.MonkeyPatch
) -> None:
    city = world(MONTHLY)
    filed, _ = examine(city.inputs())
    assert filed
    record = release(filed, "public")
    year = derive(record, {record.ledgers[0].year: date(2025, 6, 1)}).years[0]
    assert list(wrong_totals(year)) == []
    # A standing that no row of the table counts would be lost from every sum.
    odd = replace(year.tasks[0].standing, key="recorded")
    lost = replace(year, tasks=(replace(year.tasks[0], standing=odd),))
    assert {name for name, _, _ in wrong_totals(lost)} >= {"section", "standing", "lead"}
    monkeypatch.setattr(rollup, "tally", lambda tasks, reporting: ())
    _, faults = build(filed, city.inputs(), "public", Day(date(2025, 6, 1), TODAY), None)
    assert {fault.code for fault in faults} == {"wrong-total"}


def test_a_city_may_use_its_own_words_and_shapes(world: Callable[[str], World]) -> None:
    site = """
-- content/site.toml --
name = "示例市重点工作"
standing = "unofficial"
soon_days = 60
[[standings]]
key = "unrecorded"
word = "没有找到"
shape = "wave"
"""
    html = world(BASE + site).build().html("2025/tasks/001/")
    assert "没有找到" in html and 'href="#g-wave"' in html


def test_without_a_day_to_be_done_by_there_is_no_even_pace(world: Callable[[str], World]) -> None:
    task = """
-- content/2025/tasks/001.yaml --
section: 1
title: 险工险段汛前完工
text: 6处险工险段汛前完工。
leaders: [张三]
units: [市科技局]
responsibility: first-leads
clauses:
  - {id: a, kind: complete, origin: body, season: 汛前, scope: 6处险工险段汛前完工}
targets:
  - id: t1
    clause: a
    measure: 险工险段
    value: 6
    unit: 处
    comparison: exactly
    counts: completed
"""
    files = MONTHLY + SEASONS + task + report("2025-06", value="1", unit="处")
    target = one(world(files), "2025-07-01").targets[0]
    assert (target.curve, target.expected, target.pace) == (None, None, None)


def test_a_chart_says_the_same_as_its_table(world: Callable[[str], World]) -> None:
    files = TARGET.format(comparison="exactly", counts="completed")
    reports = "".join(report(f"2025-{m:02}", value=str(10 * m)) for m in (1, 2, 3))
    html = (
        world(MONTHLY + files + reports)
        .build("intranet", as_of="2025-05-01")
        .html("2025/tasks/001/")
    )
    chart = html[html.index('<figure class="plan">') : html.index("</figure>")]
    assert chart.count("<circle") == 3 and chart.count('class="actual"') == 2
    assert (
        'aria-label="点位，目标100个：2025-01-31 10个，2025-02-28 20个，2025-03-31 30个"' in chart
    )
    assert "24.7个" in chart and "viewBox" not in chart


def test_a_city_may_use_its_own_colours(world: Callable[[str], World]) -> None:
    site = """
-- content/site.toml --
name = "示例市重点工作"
standing = "unofficial"
colours = [{tone = "done", light = "#7a1f1f", dark = "#ffb0a0"}]
"""
    files = world(BASE + site).build().files
    (style,) = [content for path, content in files.items() if path.endswith(".css")]
    assert style.decode().endswith("--done: light-dark(#7a1f1f, #ffb0a0); } }\n")


def test_the_track_shows_terms_and_what_passed_since(world: Callable[[str], World]) -> None:
    task = """
-- content/2025/tasks/001.yaml --
section: 1
title: 新建3个实验室
text: 新建3个实验室，启动20个小区改造。
deadline: 年底前完成，新建3个实验室6月底前完成
leaders: [张三]
units: [市科技局]
responsibility: first-leads
clauses:
  - {id: a, kind: complete, due: 2025-12-31}
  - {id: b, kind: complete, due: 2025-06-30, scope: 新建3个实验室}
"""
    html = world(MONTHLY + task).build(as_of="2025-10-01").html("2025/tasks/001/")
    track = html[html.index('<figure class="track">') : html.index("</figure>")]
    assert 'width="49.59%"' in track and 'x1="49.59%" x2="75.07%"' in track
    assert 'aria-label="第2条到2025-06-30，2025-07-01至2025-10-01没有见到销号"' in track


def test_one_day_needs_no_track(world: Callable[[str], World]) -> None:
    assert 'class="track"' not in world(MONTHLY).build().html("2025/tasks/001/")


# What 对照时间 answers when the headline word comes from the calendar or a plan.
TIMES = {
    "unjudged": {"待认定"},
    "overdue": {"已逾期"},
    "behind": {"欠序时进度", "数字未达目标"},
    "over": {"目前超限"},
    "short": {"目前未到目标"},
    "unseen-closure": {"到期，未见经审核的销号"},
    "unseen-node": {"计划日已过，未见经审核的完成记载"},
    "reached": {"数字达到目标"},
    "ahead": {"超序时进度"},
    "on-plan": {"达序时进度"},
    "within": {"目前在限内"},
    "past-due": {"已到期，还在报送审核期"},
}


@pytest.mark.parametrize("is_whole", BOTH)
def test_the_headline_and_the_calendar_answer_from_the_same_worst(is_whole: bool) -> None:
    inputs = load(ROOT / "examples/demo", "examples/demo", ROOT / "site.toml", ROOT)
    filed, _ = examine(inputs)
    assert filed
    record = release(filed, "intranet" if is_whole else "public")
    seen = set()
    for days in range(0, 900, 11):
        day = date(2024, 1, 1) + timedelta(days=days)
        for year in derive(record, {ledger.year: day for ledger in record.ledgers}).years:
            for task in year.tasks:
                key = task.standing.key
                word, why = sentences.calendar(year, task)
                assert why.endswith("。"), (key, word, why)
                if key in TIMES:
                    seen.add(key)
                    assert word in TIMES[key], (year.ledger.year, task.task.number, day)
    assert len(seen) >= 7


def test_the_track_shows_no_open_day_while_a_clause_was_settled(
    world: Callable[[str], World],
) -> None:
    task = """
-- content/2025/tasks/001.yaml --
section: 1
title: 新建3个实验室
text: 新建3个实验室，启动20个小区改造。
deadline: 年底前完成，新建3个实验室6月底前完成
leaders: [张三]
units: [市科技局]
responsibility: first-leads
clauses:
  - {id: a, kind: complete, due: 2025-12-31}
  - {id: b, kind: complete, due: 2025-06-30, scope: 新建3个实验室}
-- content/2025/closures/001.yaml --
- {clause: b, on: 2025-07-11, by: 市政府督查室, evidence: 验收意见}
- {clause: b, reopened: 2025-09-01, by: 市政府督查室, reason: 抽查}
- {clause: all, on: 2025-09-21, by: 市政府督查室, evidence: 验收意见}
"""
    html = world(MONTHLY + task).build("intranet", "2025-10-01").html("2025/tasks/001/")
    said = "第2条到2025-06-30，2025-07-01至2025-07-10、2025-09-01至2025-09-20没有见到销号"
    assert f'aria-label="{said}"' in html
    assert 'aria-label="第1条到2025-12-31"' in html
