"""Importing a notice: what it writes, what it asks, what it refuses, what it never touches."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from jiaozhang.build.pipeline import examine, load
from jiaozhang.faults.diagnostic import Diagnostic, Place
from jiaozhang.files.source import Source
from jiaozhang.notice.import_plan import ImportPlan, plan_import
from jiaozhang.notice.plain_grid import read_plain

# → stands for the tab that begins a cell.
NOTICE = """示例市人民政府关于做好
2025年重点工作的通知
各区人民政府：

市政府第3次常务会议确定，将工作分解为3项重点任务。

附件

→序号
→主要任务
→重点工作
→完成时限
→分管市领导
→责任单位

→1
→一、坚持创新，发展产业
→新建3个实验室，推动成果转化。
→年底前完成
→张三
→市科技局

市财政局

→2
→
→完善5个园区机制。
→方案印发后半年内完成
→李　四

张三
→市科技局、市外办（市港澳办）按职责分工负责

→3
→二、改善民生
→改造管网60公里，汛前完成清淤。
→年底前取得明显进展
→李　四
→市水务局
东城区人民政府

注：除文中有单独表述外，其他每项工作责任单位列第一位的为牵头单位，其他为配合单位。
""".replace("→", "\t")


def plan(
    text: str = NOTICE, existing: dict[str, str] | None = None, accept: bool = False
) -> tuple[ImportPlan | None, tuple[Diagnostic, ...]]:
    files = {key: Source(key, key, value) for key, value in (existing or {}).items()}
    grid = read_plain(Source("notice.txt", "notice.txt", text))
    return plan_import(grid, Place("notice.txt"), 2025, files, accept)


def planned(
    text: str = NOTICE, existing: dict[str, str] | None = None, accept: bool = False
) -> ImportPlan:
    made, faults = plan(text, existing, accept)
    assert faults == ()
    assert made
    return made


def written(made: ImportPlan) -> dict[str, str]:
    return {change.key: change.text for change in made.changes}


@pytest.mark.slow
def test_a_city_without_any_registry_gets_a_whole_ledger() -> None:
    files = written(planned())
    assert sorted(files) == [
        "2025/ledger.yaml",
        "2025/notice.lock",
        "2025/notice.md",
        "2025/tasks/001.yaml",
        "2025/tasks/002.yaml",
        "2025/tasks/003.yaml",
        "districts.yaml",
        "leaders.yaml",
        "units.yaml",
    ]
    assert "slug: kejiju\n  name: 市科技局\n  kind: department" in files["units.yaml"]
    assert "name: 李四\n  display: 李　四" in files["leaders.yaml"]
    assert "issuer: 示例市人民政府\nmeeting: 市政府第3次常务会议" in files["2025/ledger.yaml"]
    assert "stated_count: 3" in files["2025/ledger.yaml"]
    assert files["2025/notice.md"].endswith("其他为配合单位。\n")


@pytest.mark.slow
def test_what_is_unsure_is_listed_with_row_and_reason() -> None:
    doubts = [(key, doubt.field, place.line) for key, doubt, place in planned().doubts]
    assert ("2025/tasks/002.yaml", "targets", 25) in doubts
    assert ("2025/tasks/003.yaml", "clauses", 34) in doubts
    task = written(planned())["2025/tasks/003.yaml"]
    assert "unsettled:" in task
    assert "origin: body, season: 汛前, scope: 汛前完成清淤" in task


def test_an_unsettled_ledger_is_no_site_and_a_settled_one_is(tmp_path: Path) -> None:
    write(tmp_path / "content", written(planned()))
    inputs = load(tmp_path / "content", "content", ROOT / "site.toml", ROOT)
    assert {fault.code for fault in examine(inputs)[1]} == {"unsettled", "no-contact"}
    for file in tmp_path.rglob("*.yaml"):
        text = re.sub(r"(?m)^ *unsettled:.*\n(?: +- .*\n)+", "", file.read_text())
        file.write_text(text)
    inputs = load(tmp_path / "content", "content", ROOT / "site.toml", ROOT)
    assert {fault.code for fault in examine(inputs)[1]} == {"no-contact"}


def test_importing_again_changes_nothing() -> None:
    again = planned(existing=written(planned()))
    assert (again.changes, again.kept, again.conflicts) == ((), (), ())
    assert again.unchanged == 9


def test_an_edited_file_is_kept_and_the_difference_shown() -> None:
    files = written(planned())
    files["2025/tasks/001.yaml"] = files["2025/tasks/001.yaml"].replace(
        "title: 新建3个实验室，推动成果转化", "title: 三个实验室"
    )
    again = planned(existing=files)
    assert again.changes == ()
    (kept,) = again.kept
    assert kept.key == "2025/tasks/001.yaml"
    assert "-title: 三个实验室\n+title: 新建3个实验室，推动成果转化" in kept.difference()


def test_a_corrected_notice_is_shown_and_not_taken() -> None:
    files = written(planned())
    corrected = NOTICE.replace("新建3个实验室", "新建4个实验室")
    again = planned(corrected, existing=files)
    assert again.changes == ()
    assert [change.key for change in again.conflicts] == [
        "2025/tasks/001.yaml",
        "2025/notice.lock",
    ]


def test_accepting_a_corrected_notice_keeps_what_a_person_wrote() -> None:
    files = written(planned())
    files["2025/tasks/001.yaml"] = files["2025/tasks/001.yaml"].replace(
        "title: 新建3个实验室，推动成果转化", "title: 实验室\nsummary: 白话"
    )
    corrected = NOTICE.replace("推动成果转化", "推动成果落地")
    accepted = planned(corrected, existing=files, accept=True)
    assert [change.key for change in accepted.changes] == [
        "2025/tasks/001.yaml",
        "2025/notice.lock",
    ]
    task = written(accepted)["2025/tasks/001.yaml"]
    assert "title: 实验室\nsummary: 白话\n" in task
    assert "text: 新建3个实验室，推动成果落地。\n" in task
    assert "unsettled:\n  - {field: text" in task


def test_new_names_go_to_the_end_of_a_registry() -> None:
    files = written(planned())
    mine = "# 我的注释\n- {slug: kejiju, name: 市科技局, kind: department}\n"
    files["units.yaml"] = mine
    again = planned(existing=files)
    assert written(again)["units.yaml"].startswith(mine)
    assert "市财政局" in written(again)["units.yaml"]


REFUSED = [
    ("no-table", "重点工作\n", "主要工作\n", 0),
    ("row-number", "\t2\n\t\n", "\t\n", 25),
    ("row-empty", "\t年底前完成\n", "\t\n", 16),
    ("row-order", "\t3\n\t二", "\t2\n\t二", 34),
    ("row-section", "二、改善民生", "三、改善民生", 35),
    ("row-short", "\t李　四\n\t市水务局\n东城区人民政府\n", "\t李　四\n", 34),
]


@pytest.mark.parametrize(("code", "old", "new", "line"), REFUSED)
def test_a_table_that_cannot_be_read_is_refused_at_its_row(
    code: str, old: str, new: str, line: int
) -> None:
    made, (fault,) = plan(NOTICE.replace(old, new, 1))
    assert made is None
    assert (fault.code, fault.place.line) == (code, line)


@pytest.mark.parametrize("text", ["", "没有表格的通知", "\t", "\n\t\n\t\n"])
def test_a_text_without_a_table_is_refused(text: str) -> None:
    made, (fault,) = plan(text)
    assert made is None
    assert fault.code == "no-table"


@pytest.mark.slow
def test_a_cut_off_notice_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE[: NOTICE.index("\t李　四\n\t市水务局")])
    done = run("import", str(file), "--year", "2025", "--into", str(tmp_path / "content"))
    assert done.returncode == 1
    assert "row-short" in done.stderr
    assert not (tmp_path / "content").exists()


@pytest.mark.slow
def test_the_command_line_tells_what_it_did(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE)
    into = str(tmp_path / "content")
    first = run("import", str(file), "--year", "2025", "--into", into)
    assert first.returncode == 0
    assert "写入 9 个文件" in first.stdout
    assert "tasks/002.yaml: targets" in first.stdout
    again = run("import", str(file), "--year", "2025", "--into", into)
    assert "写入 0 个文件；没有变化 9" in again.stdout
    file.write_text(NOTICE.replace("推动成果转化", "推动成果落地"))
    conflict = run("import", str(file), "--year", "2025", "--into", into)
    assert conflict.returncode == 1
    accepted = run("import", str(file), "--year", "2025", "--into", into, "--accept")
    assert accepted.returncode == 0
    assert "推动成果落地" in (tmp_path / "content/2025/tasks/001.yaml").read_text()


def write(root: Path, files: dict[str, str]) -> None:
    for key, text in files.items():
        (root / key).parent.mkdir(parents=True, exist_ok=True)
        (root / key).write_text(text)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jiaozhang", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
