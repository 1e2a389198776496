"""What follows from a record on a day: roles, ties to districts, and the calendar."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from itertools import product

import pytest

from conftest import World
from jiaozhang.build.pipeline import examine
from jiaozhang.derive import derive
from jiaozhang.derive.notice_words import cut
from jiaozhang.wall.audience import release

TASK = """
-- content/2025/tasks/001.yaml --
section: 1
title: 建设南开医院
text: 建设南开医院，东城区内改造管网，汛前完工。
deadline: {deadline}
leaders: [张三]
units: [{units}]
responsibility: {rule}
clauses:
{clauses}
"""


def task(
    units: str = "市科技局",
    rule: str = "first-leads",
    deadline: str = "年底前完成",
    clauses: str = "  - {id: a, kind: complete, due: 2025-12-31}",
) -> str:
    return TASK.format(units=units, rule=rule, deadline=deadline, clauses=clauses)


def test_the_first_listed_unit_leads_and_the_others_support(
    world: Callable[[str], World],
) -> None:
    site = world(task("市财政局, 市科技局")).build()
    assert "牵头单位市财政局" in site.joined("2025/tasks/001/")
    assert "配合单位市科技局" in site.joined("2025/tasks/001/")
    assert "牵头1项。" in site.joined("2025/units/caizhengju/")
    assert "配合1项。" in site.joined("2025/units/kejiju/")


def test_in_a_joint_task_nobody_leads(world: Callable[[str], World]) -> None:
    site = world(task("市财政局, 市科技局", "joint")).build()
    page = site.joined("2025/tasks/001/")
    assert "共同负责市财政局市科技局" in page
    assert "牵头单位" not in page
    assert "共同负责1项。" in site.joined("2025/units/caizhengju/")


def test_an_alias_leads_to_the_same_page_and_is_shown_as_printed(
    world: Callable[[str], World],
) -> None:
    site = world(task("市科委")).build()
    assert "牵头单位市科委" in site.joined("2025/tasks/001/")
    assert "units/kejiju/" in site.html("2025/tasks/001/")


def test_a_listed_group_reaches_its_members_and_they_support(
    world: Callable[[str], World],
) -> None:
    site = world(task("市科技局, 各区人民政府")).build()
    district = site.joined("2025/districts/xicheng/")
    assert "文件没有点名；经由“各区人民政府”有1项。" in district
    assert "经由合称另有1项。" in site.joined("2025/units/xicheng-zhengfu/")
    assert "经由“各区人民政府”东城区人民政府西城区人民政府" in site.joined("2025/tasks/001/")


def test_the_data_say_through_which_group_and_in_which_role(
    world: Callable[[str], World],
) -> None:
    site = world(task("各区人民政府, 市科技局")).build()
    units = json.loads(site.files["2025/tasks/001/index.json"])["units"]
    assert [(unit["name"], unit["role"], unit["via"]) for unit in units] == [
        ("各区人民政府", "lead", None),
        ("市科技局", "support", None),
        ("东城区人民政府", "support", "gequ"),
        ("西城区人民政府", "support", "gequ"),
    ]


def test_only_a_districts_government_and_its_zones_tie_a_task_to_it(
    world: Callable[[str], World],
) -> None:
    """An enterprise may stand in a district, and a zone beside all of them."""
    units = """
-- content/units.yaml --
- {slug: jituan, name: 某集团, kind: enterprise, district: 东城区}
- {slug: xinqu, name: 新区管委会, kind: zone}
- {slug: xicheng-zhengfu, name: 西城区人民政府, kind: district, district: 西城区}
"""
    site = world(units + task("某集团, 新区管委会, 西城区人民政府")).build()
    districts = json.loads(site.files["2025/tasks/001/index.json"])["districts"]
    assert [(one["name"], one["via"]) for one in districts] == [("西城区", "named")]


def test_a_member_that_is_named_itself_is_not_reached_twice(
    world: Callable[[str], World],
) -> None:
    site = world(task("东城区人民政府, 各区人民政府")).build()
    assert "文件点名1项：牵头1项。" in site.joined("2025/districts/dongcheng/")
    assert "经由" not in site.joined("2025/districts/dongcheng/").split("责任单位栏")[0]


def test_a_group_nobody_listed_reaches_nobody_and_says_so(
    world: Callable[[str], World],
) -> None:
    site = world(task("市科技局, 有关区人民政府")).build()
    page = site.joined("2025/districts/dongcheng/")
    assert "文件没有点名。" in page
    assert "责任单位写作“有关区人民政府”" in page
    assert "本站不作推定" in site.joined("2025/units/youguanqu/")


def test_a_zone_is_shown_at_its_district_and_not_counted_there(
    world: Callable[[str], World],
) -> None:
    page = world(task("市科技局, 高新区管委会")).build().joined("2025/districts/dongcheng/")
    assert "文件没有点名；位于本区的功能区有1项。" in page
    assert "点名1项" not in page


def test_a_place_in_a_text_is_nobodys_duty(world: Callable[[str], World]) -> None:
    site = world(task()).build()
    assert "文件没有点名。" in site.joined("2025/districts/dongcheng/")
    assert "涉及的区" not in site.joined("2025/tasks/001/")


@pytest.mark.parametrize(
    ("as_of", "word"),
    [("2025-06-01", "未到期"), ("2025-12-31", "未到期"), ("2026-01-01", "已到期")],
)
def test_the_due_day_itself_is_not_past(
    world: Callable[[str], World], as_of: str, word: str
) -> None:
    page = world(task()).build(as_of=as_of).text("2025/tasks/001/")
    assert f"2025-12-31 {word}" in page


@pytest.mark.parametrize(
    ("deadline", "second", "body", "promise"),
    [
        ("年底前取得明显进展", "progress", "progress", "progress"),
        ("年底前完成", "complete", "progress", "complete"),
        # What the body of a task dates is no promise of its deadline.
        ("年底前取得明显进展", "progress", "complete", "progress"),
    ],
)
def test_a_task_promises_to_be_complete_where_its_deadline_says_so(
    world: Callable[[str], World], deadline: str, second: str, body: str, promise: str
) -> None:
    clauses = (
        f"  - {{id: a, kind: {second}, due: 2025-12-31}}\n"
        f"  - {{id: b, kind: {body}, origin: body, due: 2025-06-30, scope: 东城区内改造管网}}"
    )
    city = world(task(deadline=deadline, clauses=clauses))
    filed, _ = examine(city.inputs())
    assert filed, city.said()
    record = release(filed, "public")
    (one,) = derive(record, {record.ledgers[0].year: date(2025, 6, 1)}).years[0].tasks
    assert one.promise == promise


def test_a_wait_is_pending_until_its_event_is_known(world: Callable[[str], World]) -> None:
    clauses = "  - {id: a, kind: complete, after: 方案印发, months: 6}"
    city = world(task(deadline="方案印发后半年内完成", clauses=clauses))
    page = city.build(as_of="2030-01-01").joined("2025/tasks/001/")
    assert "以“方案印发”为起点，还没有查到它的日期。" in page
    assert "待触发" in page


def test_a_season_without_a_sourced_date_is_never_past(world: Callable[[str], World]) -> None:
    clauses = (
        "  - {id: a, kind: complete, due: 2025-12-31}\n"
        "  - {id: b, kind: complete, origin: body, season: 汛前, scope: 汛前完工}"
    )
    page = world(task(clauses=clauses)).build(as_of="2030-01-01").text("2025/tasks/001/")
    assert "汛前 日期未载明" in page


def test_a_season_with_a_source_has_its_day(world: Callable[[str], World]) -> None:
    clauses = (
        "  - {id: a, kind: complete, due: 2025-12-31}\n"
        "  - {id: b, kind: complete, origin: body, season: 汛前, scope: 汛前完工}"
    )
    ledger = """
-- content/2025/ledger.yaml --
title: 通知
issuer: 示例市人民政府
source: 示例
reporting: none
sections: [{number: 1, title: 产业}]
seasons:
  汛前: {before: 2025-05-31, source: 防汛条例}
"""
    page = world(task(clauses=clauses) + ledger).build(as_of="2025-06-01").text("2025/tasks/001/")
    assert "2025-05-31 已到期" in page


CLOSED = """
-- content/2025/ledger.yaml --
title: 通知
issuer: 示例市人民政府
source: 示例
reporting: none
closed: 2025-12-31
sections: [{number: 1, title: 产业}]
"""


def test_a_closed_ledger_speaks_about_its_own_last_day(world: Callable[[str], World]) -> None:
    site = world(task() + CLOSED).build()
    assert "数据截至 2025年12月31日" in site.text("")
    assert "2025-12-31 未到期" in site.text("2025/tasks/001/")


def test_a_given_day_goes_before_a_ledgers_own(world: Callable[[str], World]) -> None:
    site = world(task() + CLOSED).build(as_of="2026-02-01")
    assert "数据截至 2026年2月1日" in site.text("")


@pytest.mark.slow
def test_a_blocker_is_known_from_its_own_day(world: Callable[[str], World]) -> None:
    blocker = """
-- content/2025/internal/blockers/001-x.yaml --
raised_by: 市科技局
needs: 市财政局
since: 2025-05-01
state: 待答复
text: 设备进口通关慢
"""
    city = world(blocker)
    for page in ("2025/tasks/001/", "2025/blockers/"):
        assert "通关慢" not in city.build("intranet", as_of="2025-04-30").text(page)
        assert "通关慢" in city.build("intranet", as_of="2025-05-01").text(page)


@pytest.mark.parametrize("longest", [3, 6, 7])
def test_a_text_is_cut_at_a_mark_or_at_its_length(longest: int) -> None:
    for chars in product("甲，。", repeat=8):
        plain = "".join(chars).rstrip("。")
        marks = [at for at, char in enumerate(plain[:longest]) if char in "，。"]
        beyond = [at for at in marks if at > longest // 3]
        kept = plain[: beyond[-1] if beyond else longest - 1]
        is_short = len(plain) <= longest
        assert cut("".join(chars), longest) == (plain if is_short else f"{kept}……")
