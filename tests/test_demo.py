"""The fictional city: it checks, builds, and is what the importer makes of its notices."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, TODAY, WAITS, Built
from jiaozhang.build.pipeline import BuildDay, Inputs, build, examine, load
from jiaozhang.faults.diagnostic import Place
from jiaozhang.files.source import read_tree
from jiaozhang.ledger.events import Summary
from jiaozhang.ledger.public import Clause, Target
from jiaozhang.notice.import_plan import plan_import
from jiaozhang.notice.read_notice import read_grid
from jiaozhang.wall.audience import Audience

pytestmark = pytest.mark.slow

DEMO = ROOT / "examples" / "demo"


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return load(DEMO, "examples/demo", ROOT / "site.toml", ROOT)


def site(inputs: Inputs, audience: Audience) -> Built:
    filed, faults = examine(inputs)
    # One report waits for its review, to show how that looks.
    assert [(one.code, dict(one.facts)["kind"]) for one in faults] == [(WAITS, "report")]
    assert filed
    built, more = build(filed, inputs, audience, BuildDay(None, TODAY), None)
    assert more == ()
    return Built(built)


def test_both_sites_of_the_demo_build(inputs: Inputs) -> None:
    public, intranet = site(inputs, "public"), site(inputs, "intranet")
    assert "12项重点工作" in public.joined("")
    assert "2024年台账，已归档" in public.text("2024/tasks/001/")
    assert "甲某" in intranet.text("2025/units/kejiju/")
    assert not any("甲某".encode() in content for content in public.files.values())


def test_the_demo_is_found_beside_its_own_settings(inputs: Inputs) -> None:
    assert inputs.site
    assert inputs.site.path == "examples/demo/site.toml"


@pytest.mark.parametrize("year", [2024, 2025])
def test_importing_its_notice_again_changes_nothing(year: int) -> None:
    path = ROOT / "tests" / "data" / f"demo-notice-{year}.txt"
    grid, _ = read_grid(path, path.name)
    tree, _ = read_tree(DEMO, "demo")
    plan, faults = plan_import(grid, Place(path.name), year, tree.sources, accept=False)
    assert faults == ()
    assert plan
    assert plan.changes == () and plan.conflicts == ()


def test_every_kind_of_clause_and_target_is_there(inputs: Inputs) -> None:
    filed, _ = examine(inputs)
    assert filed
    tasks = [task.public for ledger in filed.ledgers for task in ledger.tasks]
    clauses: list[Clause] = [clause for task in tasks for clause in task.clauses]
    targets: list[Target] = [target for task in tasks for target in task.targets]
    assert {clause.kind for clause in clauses} == {"progress", "complete"}
    assert any(clause.after for clause in clauses)
    assert {clause.season for clause in clauses} == {None, "汛前", "供暖季前"}
    assert {target.comparison for target in targets} == {
        "about", "at-least", "at-most", "exactly", "follows", "external",
    }  # fmt: skip
    assert {target.counts for target in targets} == {
        "level", "added", "completed", "started", "advanced", "maintained",
    }  # fmt: skip
    assert {task.responsibility for task in tasks} == {"first-leads", "joint"}
    assert any(task.remarks for task in tasks)
    kept = [one.fact for ledger in filed.ledgers for one in ledger.kept]
    assert any(isinstance(fact, Summary) for fact in kept)


def test_the_chart_holds_every_task_once(inputs: Inputs) -> None:
    html = site(inputs, "public").html("2025/chart/")
    assert [int(n) for n in re.findall(r'class="number">(\d+)<', html)] == list(range(1, 13))


def test_a_season_with_a_sourced_date_has_a_day(inputs: Inputs) -> None:
    assert "2025-11-15" in site(inputs, "public").text("2025/tasks/011/")
    assert "汛前 日期未载明" in site(inputs, "public").text("2025/tasks/008/")


def test_the_public_site_does_not_need_the_internal_folder(tmp_path: Path) -> None:
    shutil.copytree(DEMO, tmp_path / "demo", ignore=shutil.ignore_patterns("internal"))
    without = load(tmp_path / "demo", "demo", ROOT / "site.toml", ROOT)
    whole = load(DEMO, "examples/demo", ROOT / "site.toml", ROOT)
    assert site(without, "public").files == site(whole, "public").files
