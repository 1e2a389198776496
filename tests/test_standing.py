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
from test_measure import DUE, measured, target

from conftest import BASE, FEW_REVIEWS, ROOT, TODAY, World
from jiaozhang.build.pipeline import BuildDay, build, examine, load
from jiaozhang.derive import derive, rollup
from jiaozhang.derive.duties import Tie
from jiaozhang.derive.measure import Pace, expected_on
from jiaozhang.derive.rhythm import is_working_day, period_of, periods_of, working_days_after
from jiaozhang.derive.rollup import wrong_totals
from jiaozhang.derive.schedule import is_month_end, months_after
from jiaozhang.derive.standing import RULES, Parts, keys_for, rules_for, standing_of
from jiaozhang.derive.year import DerivedTask, DerivedYear
from jiaozhang.ledger.events import Milestone
from jiaozhang.ledger.identity import TaskNumber
from jiaozhang.ledger.public import District, Reporting, Rhythm
from jiaozhang.ledger.settings import StandingKey
from jiaozhang.pages.core.marks import DEFAULTS
from jiaozhang.wall.audience import release
from jiaozhang.wording import sentences

# Reports count here without a review: that is the wall's matter, and this side is the intranet's.
ESCAPED = FEW_REVIEWS.replace("{", "{{").replace("}", "}}")
LEDGER = """
-- content/2025/ledger.yaml --
title: 通知
issuer: 示例市人民政府
source: 示例
reporting: {reporting}
sections:
  - {{number: 1, title: 产业}}
""".replace("sections:", f"{ESCAPED}\nsections:")
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
- {id: c1, clause: a, on: 2025-11-01, by: 市政府督查室, evidence: 验收意见}
"""
REOPENED = (
    CLOSED
    + """- {id: c2, clause: a, reopened: 2025-11-20, by: 市政府督查室, reason: 抽查发现一个未建成}
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
    wrong = [f for f in faults if not f.public_only and f.code != "no-contact"]
    assert not wrong, world.said()
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
    # The whole term is told of before the day is past.
    ("behind", "fact", MONTHLY, SUM + report("2025-12", value="9"), "2025-12-31", BOTH),
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
    # Whether a target of about so much is reached is asked only when its day is past.
    ("not-due", "fact", MONTHLY, ABOUT + reports_until(5) + report("2025-06", value="2", unit="%"),
     "2025-07-01", BOTH),
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


def test_the_words_that_a_kind_of_ledger_may_have_in_the_order_of_the_rules() -> None:
    silent = ("reopened", "closed", "disputed", "figure-reached", "recorded", "unrecorded")
    assert keys_for("none") == silent
    order = [
        "reopened", "closed", "disputed", "unjudged", "overdue", "behind", "over", "short",
        "reached", "reported-done", "unreported", "unseen-closure", "unseen-node",
        "unseen-report", "soon", "ahead", "on-plan", "within", "past-due", "pending", "undated",
        "not-due",
    ]  # fmt: skip
    assert list(keys_for("monthly")) == list(keys_for("quarterly")) == order


WORST_FIRST: tuple[Pace, ...] = (
    "missed", "behind", "over", "short", "unjudged", "on-plan", "within", "ahead", "reached",
)  # fmt: skip


def pace_of(*paces: Pace | None, reporting: Reporting = "monthly", node: str = "") -> Pace | None:
    """The pace of a task with targets of these, and perhaps a node that was done or not."""
    targets = tuple(replace(measured(target("exactly", "added")), pace=pace) for pace in paces)
    actual = {"": (), "done": (date(2025, 5, 1),), "open": (None,)}[node]
    nodes = tuple(
        Milestone(TaskNumber(1), "n1", "选址", date(2025, 5, 31), day, None) for day in actual
    )
    parts = Parts(reporting, True, (), targets, nodes, (), (), (), (), (), ())
    return standing_of(parts, date(2025, 6, 1), 30).pace


def test_a_task_is_as_slow_as_the_slowest_of_its_targets() -> None:
    for (at, worse), (beside, better) in itertools.product(enumerate(WORST_FIRST), repeat=2):
        assert pace_of(worse, better) == (worse if at <= beside else better)
        assert pace_of(worse, None) == (None if worse == "reached" else worse)
    assert pace_of() is pace_of(None) is None


def test_finished_nodes_are_on_plan_as_long_as_none_is_late() -> None:
    assert pace_of(node="done") == pace_of("reached", node="done") == "on-plan"
    assert pace_of("behind", node="done") == "behind"
    assert pace_of(node="open") is None
    assert pace_of("ahead", node="open") == "ahead"
    assert pace_of(node="done", reporting="none") is None


TWO = """
-- content/2025/tasks/001.yaml --
section: 1
title: 新建3个实验室
text: 新建3个实验室，启动20个小区改造。
deadline: 年底前完成，新建3个实验室6月底前完成
leaders: [张三]
units: [市科技局]
responsibility: first-leads
clauses:
  - {id: a, kind: complete, due: 2025-06-30, scope: 新建3个实验室}
  - {id: b, kind: complete, due: 2025-12-31}
targets:
  - id: t1
    clause: a
    measure: 实验室
    value: 3
    unit: 个
    comparison: exactly
    verb: 新建
    counts: completed
"""
ALONE = TWO.replace("年底前完成，", "").replace(
    "  - {id: b, kind: complete, due: 2025-12-31}\n", ""
)


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        # A report speaks of the whole task, so of a clause with a scope only where that is all.
        (TWO + report("2025-06"), [False, False]),
        (ALONE + report("2025-06"), [True]),
        (ALONE + report("2025-05"), [False]),
        (ALONE + report("2025-06", "已完成"), [False]),
        (TWO + report("2025-12"), [False, True]),
        (TWO + report("2025-12", "已完成"), [False, False]),
        (TWO + report("2025-11"), [False, False]),
        # A target speaks of its own clause, or where there is one, of that.
        (TWO + report("2025-06", "已完成", "2"), [True, False]),
        (TWO + report("2025-06", "已完成", "3"), [False, False]),
        (TWO.replace("clause: a", "clause: b") + report("2025-12", "已完成", "2"), [False, True]),
        (TWO.replace("    clause: a\n", "") + report("2025-12", "已完成", "2"), [False, False]),
        (ALONE.replace("    clause: a\n", "") + report("2025-12", "已完成", "2"), [True]),
    ],
)
def test_what_shows_that_a_clause_was_not_met(
    world: Callable[[str], World], files: str, shown: list[bool]
) -> None:
    clauses = one(world(MONTHLY + files), "2026-01-01").clauses
    assert [clause.is_shown_open for clause in clauses] == shown
    assert {clause.lapse for clause in clauses} == {"late"}
    released = one(world(MONTHLY + files), "2026-01-01", is_whole=False).clauses
    for clause, is_open in zip(released, shown, strict=True):
        absent = "unseen" if clause.due == date(2025, 6, 30) else "waiting"
        assert clause.lapse == ("late" if is_open else absent)


@pytest.mark.parametrize(
    ("day", "is_shown"), [("2025-12-30", False), ("2025-12-31", True), ("2026-01-01", True)]
)
def test_a_reopening_on_the_due_day_or_later_shows_that_a_clause_was_not_met(
    world: Callable[[str], World], day: str, is_shown: bool
) -> None:
    city = world(MONTHLY + REOPENED.replace("reopened: 2025-11-20", f"reopened: {day}"))
    assert one(city, "2026-01-02").clauses[0].is_shown_open == is_shown
    silent = World(city.folder / "silent", BASE, NONE, REOPENED)
    (clause,) = one(silent, "2026-01-02").clauses
    assert (clause.is_shown_open, clause.lapse) == (False, "silent")


MIXED = """
-- content/2025/tasks/001.yaml --
section: 1
title: 完善机制
text: 完善机制，汛前完工，方案印发后半年内验收。
deadline: 6月底前完成
leaders: [张三]
units: [市科技局]
responsibility: first-leads
clauses:
  - {id: a, kind: complete, due: 2025-06-30}
"""
PENDING = "  - {id: b, kind: complete, origin: body, after: 方案印发, months: 6, scope: 完善机制}\n"
UNDATED = "  - {id: c, kind: complete, origin: body, season: 汛前, scope: 汛前完工}\n"
CLOSED_A = CLOSED.replace("2025-11-01", "2025-04-01")


@pytest.mark.parametrize(
    ("files", "as_of", "timing", "closing"),
    [
        (MIXED + PENDING + UNDATED, "2025-06-30", "not-due", "open"),
        (MIXED + PENDING + UNDATED, "2025-07-01", "pending", "open"),
        (MIXED + UNDATED, "2025-06-30", "not-due", "open"),
        (MIXED + UNDATED, "2025-07-01", "past-due", "open"),
        # What is settled has no time any more, unless all is.
        (MIXED + PENDING + CLOSED_A, "2025-06-30", "pending", "partly"),
        (MIXED + UNDATED + CLOSED_A, "2025-06-30", "undated", "partly"),
        (MIXED + CLOSED_A, "2025-06-30", "not-due", "closed"),
        (MIXED + CLOSED_A, "2025-07-01", "past-due", "closed"),
    ],
)
def test_a_task_is_past_due_only_when_nothing_of_it_can_still_come(
    world: Callable[[str], World], files: str, as_of: str, timing: str, closing: str
) -> None:
    standing = one(world(MONTHLY + SEASONS + files), as_of).standing
    assert (standing.timing, standing.closing) == (timing, closing)


def test_the_nearest_day_is_that_of_an_open_clause_that_still_comes(
    world: Callable[[str], World],
) -> None:
    city = world(MONTHLY + TWO)
    assert one(city, "2025-06-30").standing.nearest == date(2025, 6, 30)
    assert one(city, "2025-07-01").standing.nearest == date(2025, 12, 31)
    assert one(city, "2026-01-01").standing.nearest is None
    assert one(world(MONTHLY + TWO + CLOSED_A), "2025-06-30").standing.nearest == DUE


def test_soon_is_said_only_where_units_report(world: Callable[[str], World]) -> None:
    assert not one(world(NONE), "2025-12-30").standing.is_soon
    assert one(world(MONTHLY), "2025-12-30").standing.is_soon


NODE_DONE = NODE.replace(
    "planned: 2025-05-31", "planned: 2025-05-31, actual: 2025-05-30, evidence: 批复"
)
FOUND = """
-- content/2025/verifications/001-2025-{month}-01.yaml --
date: 2025-{month}-01
method: 现场核查
{result}
"""


def check(month: int, result: str = "") -> str:
    return FOUND.format(month=f"{month:02}", result=result and f"result: {result}")


@pytest.mark.parametrize(
    ("files", "evidence"),
    [
        ("", "none"),
        (RECORD, "record"),
        (PUBLIC_FIGURE, "figure"),
        (PUBLIC_FIGURE + NODE, "figure"),
        (PUBLIC_FIGURE + NODE_DONE, "node"),
        (NODE_DONE + check(8), "checked"),
        (check(8, "一致"), "verified"),
        (check(8, "部分一致"), "partly"),
        (check(8, "不一致"), "disputed"),
        # The latest check outweighs those before it.
        (check(7, "不一致") + check(8, "一致"), "verified"),
        (check(6, "一致") + check(7, "一致") + check(8, "不一致"), "disputed"),
        (check(7, "不一致") + check(8), "checked"),
    ],
)
def test_the_strongest_thing_shown_is_the_evidence(
    world: Callable[[str], World], files: str, evidence: str
) -> None:
    assert one(world(SUM + files), "2025-09-01").standing.evidence == evidence


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


@pytest.mark.slow
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


@pytest.mark.parametrize("is_whole", [False, True])
@pytest.mark.parametrize("kind", ["complete", "progress"])
def test_what_promises_progress_is_not_broken_by_progress(
    world: Callable[[str], World], kind: str, is_whole: bool
) -> None:
    """取得明显进展 is denied by 未启动 alone; 完成 by whatever is not 已完成, or by a number."""
    promised = SUM
    if kind == "progress":
        promised = SUM.replace("kind: complete", "kind: progress").replace(
            "年底前完成", "年底前取得明显进展"
        )
    for status in ("未启动", "正常推进", "推进缓慢", "受阻", "已完成"):
        city = world(MONTHLY + promised + report("2025-12", status, value="9"))
        found = one(city, "2026-01-02", is_whole)
        shown = kind == "complete" or status == "未启动"
        assert found.clauses[0].is_shown_open == found.standing.is_shown_late == shown
        assert found.targets[0].pace == "missed"


@pytest.mark.slow
@pytest.mark.parametrize(("verdict", "shown"), [("达到", False), ("未达到", True)])
def test_an_authority_denies_progress_too(
    world: Callable[[str], World], verdict: str, shown: bool
) -> None:
    promised = SUM.replace("kind: complete", "kind: progress").replace(
        "年底前完成", "年底前取得明显进展"
    )
    judged = f"""
-- content/2025/judgements/001.yaml --
- {{target: t1, verdict: {verdict}, on: 2026-01-01, by: 市统计局, document: 统计公报}}
"""
    city = world(MONTHLY + promised + report("2025-12", value="9") + judged)
    for is_whole in BOTH:
        found = one(city, "2026-01-02", is_whole)
        assert found.standing.is_shown_late == shown
    said = city.build("intranet", as_of="2026-01-02").text("2025/tasks/001/")
    assert ("市统计局认定：未达到（统计公报）" in said) == shown


@pytest.mark.parametrize(
    ("text", "units", "counts"),
    [
        ("新建规模10个", "[市科技局]", False),
        ("新建规模10个", "[市科技局, 东城区人民政府]", False),
        ("东城区、西城区新建规模10个", "[市科技局]", False),
        ("西城区新建规模10个", "[东城区人民政府]", True),
        ("西城区新建规模10个", "[市科技局]", False),
        ("东城区新建规模10个", "[市科技局]", True),
        ("新建规模10个", "[东城区人民政府]", True),
        ("新建规模10个", "[各区人民政府]", False),
    ],
)
def test_the_figure_of_one_district_is_no_figure_of_the_city(
    world: Callable[[str], World], text: str, units: str, counts: bool
) -> None:
    task = ADDED.format(text=text, more="comparison: exactly, counts: completed")
    for value in ("1", "10"):
        note = PUBLIC_FIGURE.replace("figures:", "district: 东城区\nfigures:").replace(
            "value: 10", f"value: {value}"
        )
        found = one(world(MONTHLY + task.replace("[市科技局]", units) + note), "2025-07-01")
        assert [len(target.readings) for target in found.targets] == [int(counts)]
        assert (found.targets[0].pace is not None) == counts


@pytest.mark.parametrize(
    ("more", "steps", "is_right"),
    [
        ("comparison: at-most, counts: level, base: 20", (15, 10), True),
        ("comparison: at-most, counts: level, base: 20", (10, 15), False),
        ("comparison: exactly, counts: added", (5, 10), True),
        ("comparison: exactly, counts: added", (10, 5), False),
        ("comparison: exactly, counts: added", (5, 10, 7), False),
    ],
)
def test_steps_go_the_way_of_their_target(
    world: Callable[[str], World], more: str, steps: tuple[int, ...], is_right: bool
) -> None:
    """A plan of what comes down from a base goes down, any other one up."""
    task = ADDED.format(text="规模由20个减至10个", more=more)
    listed = ", ".join(f"{{by: 2025-0{6 + at}-28, value: {one}}}" for at, one in enumerate(steps))
    plan = (
        "-- content/2025/plans/001.yaml --\n"
        f"- {{target: t1, curve: stepped, steps: [{listed}], source: 方案}}\n"
    )
    said = world(MONTHLY + task + plan).codes()
    assert said.count("plan-incomplete") == (0 if is_right else 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("task", "row", "rows", "heading"),
    [
        (
            SUM,
            "到2025年6月30日应当有5个（按时间均匀推算）",
            "2025-03-31 2个 2.5个 2025-06-30 4个 5个",
            "到这天应当有",
        ),
        (CAP, "目标10个以下", "2025-03-31 2个 10个以下 2025-06-30 4个 10个以下", "数据 目标"),
    ],
)
def test_a_chart_asks_the_plan_on_the_days_that_the_row_names(
    world: Callable[[str], World], task: str, row: str, rows: str, heading: str
) -> None:
    """A figure of the first half that was told in July is compared with the plan of June."""
    for period, day, value in (("1—3月", "2025-04-20", "2"), ("1—6月", "2025-07-20", "4")):
        task += (
            PUBLIC_FIGURE.replace("period: 2025-06", f"period: 2025年{period}")
            .replace("2025-06-30", day)
            .replace("value: 10", f"value: {value}")
        )
    said = world(MONTHLY + task).build(as_of="2025-08-01").text("2025/tasks/001/")
    assert row in said and rows in said and heading in said


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
    assert len(getattr(one(city, day).own, kind)) == 1


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


@pytest.mark.slow
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


@pytest.mark.parametrize("reporting", ["monthly", "quarterly"])
def test_every_day_lies_in_one_period(world: Callable[[str], World], reporting: str) -> None:
    ledger = year_of(world(LEDGER.format(reporting=reporting)), "2025-01-01").ledger
    periods = periods_of(ledger)
    for number in range(365):
        day = date(2025, 1, 1) + timedelta(days=number)
        assert [period for period in periods if period.first <= day <= period.last] == [
            period_of(day, ledger)
        ]
    assert period_of(date(2026, 1, 31), ledger).first == date(2026, 1, 1)


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


@pytest.mark.parametrize(
    ("day", "is_end"),
    [("2025-02-28", True), ("2024-02-28", False), ("2024-02-29", True), ("2025-06-30", True),
     ("2025-07-30", False), ("2025-07-31", True), ("2025-07-01", False)],
)  # fmt: skip
def test_the_last_day_of_a_month_is_its_end(day: str, is_end: bool) -> None:
    assert is_month_end(date.fromisoformat(day)) == is_end


def test_the_last_of_several_amendments_counts(world: Callable[[str], World]) -> None:
    second = AMENDED.replace("2025-10-01", "2025-11-01").replace("2026-06-30", "2026-09-30")
    city = world(AMENDED + second.replace("old: 2025-12-31", "old: 2026-06-30"))
    assert one(city, "2025-10-31").clauses[0].due == date(2026, 6, 30)
    assert one(city, "2025-11-01").clauses[0].due == date(2026, 9, 30)


BOTH_REPORT = (
    BASE[BASE.index("-- content/2025/tasks/001.yaml --") :].replace("first-leads", "joint")
    + REPORT.format(day="2025-06-30", period="2025-06", status="推进缓慢", more="")
    + REPORT.format(day="2025-07-31", period="2025-07", status="已完成", more="")
)


def test_a_unit_that_reports_under_another_of_its_names_is_still_one(
    world: Callable[[str], World],
) -> None:
    """市科委 is an alias of 市科技局: what it said in June is not what it says now."""
    june = BOTH_REPORT.replace("unit: 市科技局", "unit: 市科委", 1)
    standing = one(world(MONTHLY + june), "2025-08-01").standing
    assert [report.period for report in standing.reports] == ["2025-07"]
    assert standing.declared == "done"


def test_units_that_say_different_things_have_no_common_word(
    world: Callable[[str], World],
) -> None:
    other = BOTH_REPORT.replace("unit: 市科技局", "unit: 市财政局", 1)
    standing = one(world(MONTHLY + other), "2025-08-01").standing
    assert [report.unit for report in standing.reports] == ["市财政局", "市科技局"]
    assert standing.declared is None
    agreed = one(world(MONTHLY + other.replace("推进缓慢", "已完成")), "2025-08-01").standing
    assert (agreed.declared, agreed.key) == ("done", "reported-done")


def test_whoever_shares_a_task_owes_a_report_and_whoever_supports_it_does_not(
    world: Callable[[str], World],
) -> None:
    task = BASE[BASE.index("-- content/2025/tasks/001.yaml --") :]
    joint = task.replace("first-leads", "joint").replace("市财政局", "市财政局, 各区人民政府")
    owed = one(world(MONTHLY + joint), "2025-03-01").standing.owed
    names = ["市科技局", "市财政局", "各区人民政府"]
    assert [one_.unit.name for one_ in owed if one_.period.name == "2025-01"] == names


def test_an_inspection_is_known_in_its_own_year_alone(world: Callable[[str], World]) -> None:
    year = MONTHLY.replace("2025", "2024")
    task = BASE[BASE.index("-- content/2025/tasks/001.yaml --") :].replace("2025", "2024")
    inspection = """
-- content/2025/internal/verifications/001-2025-08-01.yaml --
of: 001-2025-08-01
date: 2025-08-01
method: 明查暗访
result: 不一致
by: 督查组
found: 一个未建成
"""
    half = DISPUTED.replace("现场核查", "明查暗访").replace("result: 不一致\n", "")
    city = world(year + "-- content/2024/notice.md --\n通知。\n" + task + half + inspection)
    filed, _ = examine(city.inputs())
    assert filed, city.said()
    record = release(filed, "intranet")
    day = date(2026, 1, 1)
    newer, older = derive(record, {ledger.year: day for ledger in record.ledgers}).years
    assert [one.result for one in newer.progress.verifications] == ["disagrees"]
    assert older.progress.verifications == ()


def test_every_task_is_counted_in_each_grouping_it_belongs_to(
    world: Callable[[str], World], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lost count is told by the grouping's name, a lost task by those that hold every task."""
    year = year_of(world(MONTHLY), "2025-06-01")
    odd = replace(year.tasks[0].standing, key="recorded")
    lost = replace(year, tasks=(replace(year.tasks[0], standing=odd),))
    everywhere = {"section", "standing", "promise", "leader", "month", "target"}
    assert {name for name, _, _ in wrong_totals(lost)} == everywhere | {"lead", "support"}
    task = lost.tasks[0]
    alone = replace(lost, tasks=(replace(task, duties=task.duties[:1]),))
    assert {name for name, _, _ in wrong_totals(alone)} == everywhere | {"lead"}
    joint = tuple(replace(duty, role="joint") for duty in task.duties)
    tie = Tie(District("dongcheng", "990101", "东城区"), "named", joint[0])
    shared = replace(lost, tasks=(replace(task, duties=joint, ties=(tie,)),))
    assert {name for name, _, _ in wrong_totals(shared)} == everywhere | {"joint", "district"}
    monkeypatch.setattr(rollup, "grouped", lambda year, grouping: {})
    partitions = [("section", 0, 1), ("standing", 0, 1), ("promise", 0, 1)]
    assert list(wrong_totals(lost)) == partitions


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
    _, faults = build(filed, city.inputs(), "public", BuildDay(date(2025, 6, 1), TODAY), None)
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
    html = world(BASE + site).build().html("about/")
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
    assert chart.count("<circle") == 3 and chart.count('class="actual"') == 1
    assert (
        'aria-label="点位，目标100个：2025-01-31 10个（计划8.5个），2025-02-28 20个（计划16.2个），'
        '2025-03-31 30个（计划24.7个）；数据截至2025年5月1日"'
    ) in chart
    assert '<td class="figure">24.7个</td>' in chart


@pytest.mark.slow
def test_a_city_may_use_its_own_colours(world: Callable[[str], World]) -> None:
    site = """
-- content/site.toml --
name = "示例市重点工作"
standing = "unofficial"
colours = [{tone = "done", light = "#7a1f1f", dark = "#ffb0a0"}]
"""
    files = world(BASE + site).build().files
    (style,) = [c for path, c in files.items() if "/site." in path and path.endswith(".css")]
    dark = "@media screen and (prefers-color-scheme:dark){html{--done:#ffb0a0}}"
    assert style.decode().endswith("html{--done:#7a1f1f}" + dark)


TWO_DAYS = """
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


def test_the_track_shows_terms_and_what_passed_since(world: Callable[[str], World]) -> None:
    html = world(MONTHLY + TWO_DAYS).build(as_of="2025-10-01").html("2025/tasks/001/")
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


@pytest.mark.slow
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
    closures = """
-- content/2025/closures/001.yaml --
- {id: c1, clause: b, on: 2025-07-11, by: 市政府督查室, evidence: 验收意见}
- {id: c2, clause: b, reopened: 2025-09-01, by: 市政府督查室, reason: 抽查}
- {id: c3, clause: all, on: 2025-09-21, by: 市政府督查室, evidence: 验收意见}
"""
    html = (
        world(MONTHLY + TWO_DAYS + closures).build("intranet", "2025-10-01").html("2025/tasks/001/")
    )
    said = "第2条到2025-06-30，2025-07-01至2025-07-10、2025-09-01至2025-09-20没有见到销号"
    assert f'aria-label="{said}"' in html
    assert 'aria-label="第1条到2025-12-31"' in html


@pytest.mark.parametrize("name", ["完成选址", "续签到期的合同"])
def test_the_day_of_a_task_is_told_whatever_words_a_milestone_has(
    world: Callable[[str], World], name: str
) -> None:
    year = year_of(world(MONTHLY + NODE.replace("完成选址", name)), "2026-01-05", is_whole=False)
    word, why = sentences.calendar(year, year.tasks[0])
    assert word == sentences.unseen_node()
    assert name in why and why.endswith("时限已于2025年12月31日到期。")
