"""Records: who may know them, what voids a review, what corrections and withdrawals do."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import BASE, FEW_REVIEWS, ROOT, TODAY, Built, World, run
from jiaozhang.build.pipeline import BuildDay, build, examine, load
from jiaozhang.wall.audience import Audience

pytestmark = pytest.mark.slow

MONTHLY = """
-- content/2025/ledger.yaml --
title: 通知
issuer: 示例市人民政府
source: 示例
reporting: monthly
sections:
  - {number: 1, title: 产业}
  - {number: 2, title: 民生}
""".replace("sections:", f"{FEW_REVIEWS}\nsections:")
REPORT = """
-- content/2025/notes/001/2025-06-30-kejiju.md --
---
origin: report
unit: 市科技局
period: 2025-06
date: 2025-06-30
status: 正常推进
problems: 资金没有到位
next: 七月开工
published: 2025-07-04 09:30
---
第一个实验室建成。
"""
RECORD = """
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {title: 实验室建成, publisher: 示例日报, url: https://example.org/a}
caveat: 只说了一个
---
第一个实验室建成，**另两个**在建。
"""
NODES = """
-- content/2025/nodes/001.yaml --
- {id: n1, text: 完成选址, planned: 2025-03-31, actual: 2025-03-20, evidence: 选址批复}
"""
CLOSURES = """
-- content/2025/closures/001.yaml --
# 销号
- {id: c1, clause: a, on: 2025-11-01, by: 市政府督查室, evidence: 验收意见}
"""
FILE = "2025/notes/001/2025-06-30-kejiju.md"
PAGE = "2025/tasks/001/"


@pytest.fixture
def city(world: Callable[[str], World]) -> World:
    return settled(world(MONTHLY + REPORT + RECORD + NODES + CLOSURES))


def settled(world: World) -> World:
    """Put site.toml into the content, where a command looks for it."""
    if (world.folder / "site.toml").exists():
        (world.folder / "site.toml").rename(world.folder / "content" / "site.toml")
    return world


def approve(city: World, level: str, by: str, at: str, *more: str, file: str = FILE) -> str:
    words = ("--level", level, "--by", by, "--at", at, "--content", str(city.folder / "content"))
    done = run("approve", str(city.folder / "content" / file), *words, *more)
    return f"{done.returncode}\n{done.stdout}{done.stderr}"


def approve_all(city: World, *more: str, file: str = FILE) -> None:
    for level, by, at in (
        ("1", "科室", "2025-07-01"),
        ("2", "分管领导", "2025-07-02"),
        ("3", "主要领导", "2025-07-03"),
        ("secrecy", "保密办", "2025-07-03"),
    ):
        assert approve(city, level, by, at, *more, file=file).startswith("0"), level


def edit(city: World, file: str, old: str, new: str) -> None:
    path = city.folder / "content" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_unreviewed_report_shows_on_the_intranet_alone(city: World) -> None:
    assert "七月开工" not in city.build("public").text(PAGE)
    inside = city.build("intranet").joined(PAGE)
    assert "待审" in inside and "七月开工" in inside and "资金没有到位" in inside


def test_a_report_becomes_public_step_by_step(city: World) -> None:
    before = city.build("public").files
    for level, by, at in (("1", "科室", "2025-07-01"), ("2", "分管领导", "2025-07-02")):
        assert approve(city, level, by, at).startswith("0")
        assert city.build("public").files == before
    approve(city, "3", "主要领导", "2025-07-03")
    assert city.build("public").files == before
    approve(city, "secrecy", "保密办", "2025-07-03")
    public = city.build("public").text(PAGE)
    assert "七月开工" in public
    for withheld in ("科室", "主要领导", "保密办", "资金没有到位"):
        assert withheld not in public
        assert withheld in city.build("intranet").text(PAGE)


def test_it_is_known_from_the_moment_it_was_published(city: World) -> None:
    approve_all(city)
    assert "七月开工" not in city.build("public", as_of="2025-07-03").text(PAGE)
    assert "七月开工" in city.build("public", as_of="2025-07-04").text(PAGE)


def test_what_may_not_be_public_stays_inside(city: World) -> None:
    for level, by, at in (("1", "甲", "2025-07-01"), ("2", "乙", "2025-07-01")):
        approve(city, level, by, at)
    approve(city, "3", "丙", "2025-07-01")
    assert approve(city, "secrecy", "丁", "2025-07-01", "--result", "不公开").startswith("0")
    assert "七月开工" not in city.build("public").text(PAGE)
    assert "仅内网" in city.build("intranet").text(PAGE)


@pytest.mark.parametrize(
    ("level", "by", "at", "code"),
    [
        ("1", "主要领导", "2025-07-05", "review-order"),
        ("3", "主要领导", "2025-07-05", "review-order"),
        ("2", "科室", "2025-07-05", "review-same-post"),
        ("2", "分管领导", "2025-06-01", "review-dates"),
        ("2", "分管领导", "2025-07-05", "published-before-review"),
    ],
)
def test_a_step_out_of_turn_is_refused(
    city: World, level: str, by: str, at: str, code: str
) -> None:
    approve(city, "1", "科室", "2025-07-01")
    before = (city.folder / "content" / FILE).read_bytes()
    said = approve(city, level, by, at)
    assert said.startswith("1") and f"[{code}]" in said
    assert (city.folder / "content" / FILE).read_bytes() == before


def test_an_edit_after_the_review_voids_it_and_stops_the_public_site_only(
    city: World, tmp_path: Path
) -> None:
    approve_all(city)
    content = str(city.folder / "content")
    out = tmp_path / "dist"
    words = ("--audience", "all", "--content", content, "--out", str(out))
    assert run("build", *words).returncode == 0
    old = {p: p.read_bytes() for p in out.glob("public/**/*") if p.is_file()}
    edit(city, FILE, "第一个实验室建成", "两个实验室建成")
    done = run("build", *words)
    assert done.returncode == 1
    assert "[review-void]" in done.stderr and "公开版没有写入" in done.stderr
    assert old == {p: p.read_bytes() for p in out.glob("public/**/*") if p.is_file()}
    inside = (out / "intranet" / PAGE / "index.html").read_text(encoding="utf-8")
    assert "待复审" in inside and "两个实验室建成" in inside
    assert run("check", "--content", content).returncode == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: 正常推进", "status: 推进缓慢"),
        ("next: 七月开工", "next: 八月开工"),
        ("problems: 资金没有到位", "problems: 无"),
        ("实验室建成", "实验室建成了"),
    ],
)
def test_every_part_of_a_report_is_covered_by_its_digest(city: World, old: str, new: str) -> None:
    approve_all(city)
    edit(city, FILE, old, new)
    assert set(city.codes()) == {"review-void"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("published: 2025-07-04 09:30", "published: 2025-07-05 10:00"),
        ("第一个实验室建成。\n", "第一个实验室建成。  \n\n"),
        ("next: 七月开工", "next:   七月开工  # 已商定"),
    ],
)
def test_what_nobody_reviewed_may_change(city: World, old: str, new: str) -> None:
    approve_all(city)
    edit(city, FILE, old, new)
    assert city.codes() == []


def test_line_ends_of_another_system_void_nothing(city: World) -> None:
    approve_all(city)
    path = city.folder / "content" / FILE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert city.codes() == []


def test_the_end_of_a_node_needs_a_review_and_its_plan_does_not(city: World) -> None:
    public = city.build("public").joined(PAGE)
    assert "完成选址" in public and "2025-03-20" not in public
    assert "2025-03-20" in city.build("intranet").joined(PAGE)
    approve_all(city, "--entry", "n1", file="2025/nodes/001.yaml")
    assert "计划2025-03-31，实际2025-03-20" in city.build("public").joined(PAGE)


def test_a_closure_needs_a_review(city: World) -> None:
    assert "已销号" not in city.build("public").text(PAGE)
    # An entry in braces is written out; the comment above it stays.
    approve_all(city, "--entry", "1", file="2025/closures/001.yaml")
    text = (city.folder / "content" / "2025/closures/001.yaml").read_text(encoding="utf-8")
    assert text.startswith("# 销号\n- id: c1\n  clause: a\n  on: 2025-11-01\n")
    assert "已销号" in city.build("public").text(PAGE)


def test_approving_what_is_not_there_changes_nothing(city: World) -> None:
    assert approve(city, "1", "甲", "2025-07-01", file="2025/notes/001/x.md").startswith("2")
    wrong = approve(city, "1", "甲", "2025-07-01", "--entry", "n9", file="2025/nodes/001.yaml")
    assert wrong.startswith("2") and "n9" in wrong
    assert approve(city, "1", "甲", "2025-07-01", file="2025/ledger.yaml").startswith("2")


def test_a_record_names_its_source_and_its_caveat(city: World) -> None:
    page = city.build("public").joined(PAGE)
    assert "来源：示例日报，《实验室建成》" in page
    assert "只说了一个" in page and "第一个实验室建成，另两个在建。" in page
    assert 'href="https://example.org/a"' in city.build("public").html(PAGE)


CORRECTION = """
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
WITHDRAWAL = """
-- content/2025/corrections/2025-09-02-chehui.yaml --
kind: withdrawal
of: notes/001/2025-06-30-ribao
date: 2025-09-02
since: 2025-06-30
reason: 来源不实
by: 市政府办公室
"""


def test_a_correction_stands_with_the_record_and_on_its_own_page(
    world: Callable[[str], World],
) -> None:
    site = world(RECORD + CORRECTION).build()
    assert "2025年9月2日更正：两个，应为一个。录入有误" in site.joined(PAGE)
    assert "录入有误" in site.joined("2025/corrections/")
    assert "更正" in site.files["2025/data/events.csv"].decode()


@pytest.mark.parametrize(
    ("since", "codes"),
    [("2025-09-01", []), ("2025-09-02", []), ("2025-09-03", ["correction-order"])],
)
def test_a_slip_may_be_corrected_on_the_very_day_and_not_before(
    world: Callable[[str], World], since: str, codes: list[str]
) -> None:
    correction = CORRECTION.replace("since: 2025-07-01", f"since: {since}")
    assert world(RECORD + correction).codes() == codes


@pytest.mark.parametrize("of", ["notice", "ledger", "tasks/001"])
def test_what_is_printed_may_be_corrected_too(world: Callable[[str], World], of: str) -> None:
    correction = CORRECTION.replace("of: notes/001/2025-06-30-ribao", f"of: {of}")
    assert world(correction).codes() == []


TASK = BASE[BASE.index("-- content/2025/tasks/001.yaml --") :]


@pytest.mark.parametrize(
    ("group", "codes"), [("各区人民政府", []), ("有关区人民政府", ["not-its-unit"])]
)
def test_a_listed_member_of_a_group_may_report_what_the_group_answers_for(
    world: Callable[[str], World], group: str, codes: list[str]
) -> None:
    report = REPORT.replace("unit: 市科技局", "unit: 西城区人民政府")
    assert world(MONTHLY + TASK.replace("市财政局", group) + report).codes() == codes


@pytest.mark.parametrize(
    ("counts", "codes"),
    [
        ("added", []),
        ("completed", []),
        ("started", []),
        ("advanced", []),
        ("level", ["plan-not-cumulative"]),
        ("maintained", ["plan-not-cumulative"]),
    ],
)
def test_only_what_adds_up_has_a_plan(
    world: Callable[[str], World], counts: str, codes: list[str]
) -> None:
    plan = """
-- content/2025/plans/001.yaml --
- {target: t1, curve: linear, source: 实施方案}
"""
    assert world(TASK.replace("counts: completed", f"counts: {counts}") + plan).codes() == codes


@pytest.mark.parametrize("as_of", ["2025-08-01", "2026-01-01"])
def test_a_withdrawn_text_is_gone_at_once_and_on_any_day(
    world: Callable[[str], World], as_of: str
) -> None:
    city = world(RECORD + WITHDRAWAL)
    for audience in ("public", "intranet"):
        site = city.build(audience, as_of=as_of)  # type: ignore[arg-type]
        for path, content in site.files.items():
            assert "另两个".encode() not in content, path
            assert "示例日报".encode() not in content, path
    assert "撤回" in city.build(as_of="2026-01-01").text("2025/corrections/")


def test_a_scaffold_is_written_once(city: World) -> None:
    content = str(city.folder / "content")
    for unit in (("--unit", "市科委"), ()):
        done = run("new", "note", "--task", "1", *unit, "--content", content)
        assert done.returncode == 0, done.stderr
    again = run("new", "note", "--task", "1", "--content", content)
    assert again.returncode == 2 and "已经有了" in again.stderr
    assert run("new", "note", "--task", "9", "--content", content).returncode == 2
    assert run("new", "note", "--task", "1", "--unit", "无", "--content", content).returncode == 2


def test_explain_names_the_file_and_line_of_every_record(city: World) -> None:
    content = str(city.folder / "content")
    told = run("explain", PAGE, "--content", content, "--audience", "intranet").stdout
    assert re.search(r"notes/001/2025-06-30-ribao\.md:4: source\.title = 实验室建成", told)
    assert re.search(r"nodes/001\.yaml:1: \[0\]\.planned = 2025-03-31", told)
    assert re.search(r"closures/001\.yaml:2: \[0\]\.evidence = 验收意见", told)


def test_history_is_gits_account(city: World, tool: Callable[[str], str]) -> None:
    git = [tool("git"), "-C", str(city.folder)]
    identity = ["-c", "user.name=办事员", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    for message in ("建账", "改节点"):
        edit(city, "2025/nodes/001.yaml", "选址", "选址。" if message == "改节点" else "选址")
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, *identity, "commit", "-qm", message], check=True)
    told = run("history", "1", "--content", str(city.folder / "content")).stdout
    assert told.index("改节点") < told.index("建账") and "办事员" in told
    assert "nodes/001.yaml" in told.split("建账")[0]
    shutil.rmtree(city.folder / ".git")
    assert run("history", "1", "--content", str(city.folder / "content")).returncode == 2


def test_the_owed_reports_come_as_files_for_a_mailer(city: World) -> None:
    site = city.build("intranet", as_of="2025-03-01")
    owed = json.loads(site.files["2025/owed/owed.json"])
    assert [row["period"] for row in owed["owed"]] == ["2025-01"]
    assert owed["owed"][0]["unit"] == "市科技局"
    assert "市科技局" in site.files["2025/owed/owed.csv"].decode()
    assert "2025/owed/index.html" not in city.build("public").files


def test_without_reports_there_are_no_periods_and_nothing_is_owed(
    world: Callable[[str], World],
) -> None:
    files = world(BASE).build("intranet").files
    assert not [path for path in files if "/periods/" in path or "/owed/" in path]


def test_a_past_period_moves_with_what_is_known_and_says_so(city: World) -> None:
    approve_all(city)
    basis = "用现在已知的记载推算；以后补记、更正的，会跟着变。"
    early = city.build(as_of="2025-12-20").joined("2025/periods/2025-06/")
    assert basis in early and "不再改动" not in early
    # What a later day adds changes no earlier period; a record found late may.
    assert city.build(as_of="2025-12-31").joined("2025/periods/2025-06/") == early


def test_a_period_speaks_of_the_day_after_what_it_waits_for(city: World) -> None:
    # June is reported by 7 July (five working days) and reviewed by 21 July.
    page = "2025/periods/2025-06/"
    assert "截至2025年7月22日" in city.build(as_of="2025-12-20").joined(page)
    assert "截至2025年7月20日" in city.build(as_of="2025-07-20").joined(page)
    assert "截至2025年7月8日" in city.build("intranet", as_of="2025-12-20").joined(page)


@pytest.mark.parametrize("audience", ["public", "intranet"])
def test_a_period_lists_every_task_once_and_counts_what_it_lists(audience: Audience) -> None:
    inputs = load(ROOT / "examples/demo", "examples/demo", ROOT / "site.toml", ROOT)
    filed, _ = examine(inputs)
    assert filed
    built, faults = build(filed, inputs, audience, BuildDay(None, TODAY), None)
    assert faults == ()
    pages = {path: page for path, page in Built(built).files.items() if "/periods/2" in path}
    assert len(pages) >= 6
    for path, content in pages.items():
        html = content.decode()
        tables = re.findall(
            '<section class="list" id="(?:watch|normal|settled)".*?</section>', html, re.S
        )
        row = re.compile(r'<b class="number">(\d+)<')
        listed = sorted(int(number) for table in tables for number in row.findall(table))
        tasks = [
            task.public
            for ledger in filed.ledgers
            for task in ledger.tasks
            if ledger.year == int(path[:4])
        ]
        assert listed == sorted(task.number for task in tasks), path
        headline = re.search(r"<h1>[^<]*：([^<]*)。</h1>", html)
        assert headline
        assert sum(map(int, re.findall(r"(\d+)项", headline[1]))) == len(tasks)


def test_the_demo_shows_what_a_leader_must_see() -> None:
    done = run("build", "--audience", "intranet", "--content", str(ROOT / "examples/demo"), "--out",
               str(ROOT / "dist-of-a-test"))  # fmt: skip
    try:
        assert done.returncode == 0, done.stderr
        pages = ROOT / "dist-of-a-test" / "intranet" / "2025" / "leaders"
        page = (pages / "zhouming" / "index.html").read_text(encoding="utf-8")
        for heading in ("逾期或欠进度1项", "有堵点1个"):
            assert heading in page
    finally:
        shutil.rmtree(ROOT / "dist-of-a-test", ignore_errors=True)
