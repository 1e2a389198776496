"""Reading: what a file may look like, and that its text is taken for what was typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import BASE, ROOT, World
from jiaozhang.files import yaml_tree
from jiaozhang.files.fields import Faults
from jiaozhang.files.source import Source, read_file
from jiaozhang.files.toml_tree import parse_toml
from jiaozhang.files.yaml_tree import parse_yaml
from jiaozhang.read.task_file import read_task

TASK = """section: 1
title: 新建3个实验室
text: 新建3个实验室，启动20个小区改造。
deadline: 年底前完成
leaders: [张三]
units: [市科技局, 市财政局]
responsibility: first-leads
clauses:
  - {id: a, kind: complete, due: 2025-12-31}
"""


@pytest.mark.parametrize("how", ["bom", "crlf"])
def test_what_windows_editors_do_to_a_file_changes_nothing(tmp_path: Path, how: str) -> None:
    plain = World(tmp_path / "a", BASE, f"-- content/2025/tasks/001.yaml --\n{TASK}").build()
    odd = World(tmp_path / "b", BASE, f"-- content/2025/tasks/001.yaml ({how}) --\n{TASK}").build()
    assert plain.files == odd.files


def test_the_order_of_keys_changes_no_page(tmp_path: Path) -> None:
    head, clauses = TASK.split("clauses:\n")
    lines = sorted(head.splitlines(keepends=True))
    shuffled = f"clauses:\n{clauses}" + "".join(lines)
    plain = World(tmp_path / "a", BASE, f"-- content/2025/tasks/001.yaml --\n{TASK}").build()
    other = World(tmp_path / "b", BASE, f"-- content/2025/tasks/001.yaml --\n{shuffled}").build()
    assert plain.files == other.files


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["1.10", "010", "no", "10:1", "2025-02-30", "0x1F", "1e3", "yes"])
def test_a_text_is_what_was_typed(world: Callable[[str], World], typed: str) -> None:
    task = TASK.replace("title: 新建3个实验室", f"title: {typed}")
    site = world(f"-- content/2025/tasks/001.yaml --\n{task}").build()
    assert f"<h1>{typed}<" in site.html("2025/tasks/001/")


def test_a_quantity_keeps_its_digits(world: Callable[[str], World]) -> None:
    task = TASK.replace("新建3个", "新建1.10个") + (
        "targets:\n  - {id: t1, clause: a, measure: 实验室, value: 1.10, unit: 个, "
        "comparison: exactly, verb: 新建, counts: completed}\n"
    )
    site = world(f"-- content/2025/tasks/001.yaml --\n{task}").build()
    assert "1.10个" in site.text("2025/tasks/001/")


@pytest.mark.slow
def test_without_its_c_part_yaml_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted((ROOT / "content").rglob("*.yaml"))
    sources = [read_file(file, file.name, file.name)[0] for file in files]
    fast = [parse_yaml(source) for source in sources if source]
    monkeypatch.setattr(yaml_tree, "LOADER", yaml.BaseLoader)
    slow = [parse_yaml(source) for source in sources if source]
    assert len(fast) > 130
    assert fast == slow


def test_people_of_a_unit_nobody_knows_are_a_fault(world: Callable[[str], World]) -> None:
    persons = """
-- content/2025/internal/persons/x.yaml --
unit: 市财证局
persons: [{role: 联络, name: 甲某}]
"""
    said = world(persons).said()
    assert "internal/persons/x.yaml:1:7: error[unknown-unit]" in said
    assert "是不是“市财政局”" in said


def test_a_fault_in_a_registry_is_not_repeated_by_every_task(
    world: Callable[[str], World],
) -> None:
    units = BASE[BASE.index("-- content/units.yaml") : BASE.index("-- content/districts.yaml")]
    assert world(units.replace("name: 市科技局", "nmae: 市科技局")).codes() == ["unknown-key"]
    # What the entry was called is not known now: nobody is told that it is not there.
    assert world(units.replace("name: 市科技局, ", "")).codes() == ["missing-field"]


def test_a_site_without_site_toml_is_told(world: Callable[[str], World]) -> None:
    city = world("")
    (city.folder / "site.toml").unlink()
    (fault,) = city.check()
    assert (fault.code, fault.place.path) == ("no-site", "content")


def test_settings_that_stand_with_the_content_go_first(world: Callable[[str], World]) -> None:
    own = '-- content/site.toml --\nname = "另一个名字"\nstanding = "unofficial"\n'
    assert "另一个名字" in world(own).build().html("")


@given(st.text(alphabet=st.sampled_from("ab:- \n\t[]{}\"'&*!|>#?,%@`。：，1"), max_size=120))
def test_any_yaml_text_gives_a_tree_or_a_diagnostic(text: str) -> None:
    source = Source("f.yaml", "f.yaml", text)
    document, faults = parse_yaml(source)
    assert document is not None or faults
    for fault in faults:
        assert 0 <= fault.place.line <= text.count("\n") + 1
    if document:
        faults_of_fields = Faults(document)
        read_task(document, 1, faults_of_fields)
        assert faults_of_fields.found


@given(st.text(alphabet=st.sampled_from("ab=\n[]{}\"'#.,1 "), max_size=80))
def test_any_toml_text_gives_a_tree_or_a_diagnostic(text: str) -> None:
    document, faults = parse_toml(Source("f.toml", "f.toml", text))
    assert (document is None) == bool(faults)
