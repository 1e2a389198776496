"""Scaffolds: what a person has to fill in is an error until somebody did, line by line."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cli import run
from test_progress import settled

from conftest import BASE, World
from jiaozhang.build.pipeline import examine
from jiaozhang.check.date_rules import last_day, span_of
from jiaozhang.cli.editor_commands import new_note
from jiaozhang.files.placeholders import blank, blank_in

pytestmark = pytest.mark.slow

LEDGER = """
-- content/2025/ledger.yaml --
title: 通知
issuer: 示例市人民政府
source: 示例
reporting: {reporting}
closed: {closed}
sections:
  - {{number: 1, title: 产业}}
"""
FILLED = {
    "status": "正常推进",
    "- {name": "- {name: 建成的实验室, value: 2, unit: 个, period: 2025年1—6月}",
}


def made(
    folder: Path, unit: str | None, reporting: str, today: date, closed: date | None = None
) -> tuple[World, Path, str]:
    world = World(folder, BASE, LEDGER.format(reporting=reporting, closed=closed or "null"))
    filed, _ = examine(world.inputs())
    assert filed is not None
    note = new_note(filed, folder / "content", 1, unit, None, today)
    assert not isinstance(note, str)
    path, text = note
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return world, path, text


def filled(text: str) -> list[str]:
    """The scaffold as somebody fills it in, its example of figures taken out of the comment."""
    lines = text.replace("# figures:", "figures:").replace("#   - {", "  - {").split("\n")
    for at, line in enumerate(lines):
        if blank_in(line) is None or line.startswith("#"):
            continue
        key = line.strip().partition(":")[0]
        indent = line[: len(line) - len(line.lstrip())]
        if key == "- {name":
            lines[at] = indent + FILLED[key]
        elif ":" in line:
            lines[at] = f"{indent}{key}: {FILLED.get(key, '示例')}"
        else:
            lines[at] = "建成2个实验室。"
    return lines


KINDS = st.tuples(
    st.sampled_from(("市科技局", None)),
    st.sampled_from(("monthly", "quarterly")),
    st.dates(date(2024, 12, 1), date(2027, 3, 1)),
    st.none() | st.dates(date(2025, 3, 31), date(2026, 6, 30)),
)


@settings(max_examples=40, deadline=None)
@given(KINDS)
def test_an_untouched_scaffold_fails_at_each_of_its_blanks(
    kind: tuple[str | None, str, date, date | None],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world, path, text = made(Path(folder), *kind)
        blanks = [
            number
            for number, line in enumerate(text.split("\n"), 1)
            if blank_in(line) and not line.startswith("#")
        ]
        told = world.found()
        assert [one.place.line for one in told] == blanks and len(blanks) > 1
        assert {one.code for one in told} == {"not-filled-in"}
        # Filled in, it is a note without a fault; each line left alone is told at its line.
        good, open_ = (
            filled(text),
            text.replace("# figures:", "figures:").replace("#   - {", "  - {"),
        )
        path.write_text("\n".join(good), encoding="utf-8")
        assert world.said() == ""
        for at, line in enumerate(open_.split("\n")):
            if good[at] != line:
                path.write_text("\n".join([*good[:at], line, *good[at + 1 :]]), encoding="utf-8")
                codes = {(one.place.line, one.code) for one in world.found()}
                assert codes == {(at + 1, "not-filled-in")}


@settings(max_examples=60, deadline=None)
@given(KINDS)
def test_the_period_offered_is_the_ledgers_own(
    kind: tuple[str | None, str, date, date | None],
) -> None:
    _, reporting, today, closed = kind
    with tempfile.TemporaryDirectory() as folder:
        world, path, text = made(Path(folder), "市科技局", reporting, today, closed)
        filed, _ = examine(world.inputs())
    assert filed is not None
    found = re.search("^period: (.*)$", text, re.M)
    assert found is not None and found[1].startswith("2025-")
    first, last = span_of(found[1])
    day = date.fromisoformat(path.name[:10])
    assert first <= day <= last <= last_day(filed.ledgers[0])
    if today > span_of("2025-Q1" if reporting == "quarterly" else "2025-01")[1]:
        assert last < today


def test_a_ledger_without_reports_refuses_a_units_and_says_what_to_do(tmp_path: Path) -> None:
    city = settled(World(tmp_path, BASE))
    content = str(tmp_path / "content")
    done = run("new", "note", "--task", "1", "--unit", "市科技局", "--content", content)
    assert done.returncode == 2
    assert "reporting" in done.stderr and "--unit" in done.stderr
    assert not (tmp_path / "content" / "2025" / "notes").exists()
    assert run("new", "note", "--task", "1", "--content", content).returncode == 0
    assert set(city.codes()) == {"not-filled-in"}


@pytest.mark.parametrize("reporting", ["monthly", "quarterly"])
def test_nobody_approves_an_untouched_scaffold(tmp_path: Path, reporting: str) -> None:
    city, path, text = made(tmp_path, "市科技局", reporting, date(2025, 7, 3))
    words = ("--level", "1", "--by", "科室", "--at", "2025-07-03")
    settled(city)
    done = run("approve", str(path), *words, "--content", str(tmp_path / "content"))
    assert done.returncode == 1 and "not-filled-in" in done.stderr
    assert path.read_text(encoding="utf-8") == text


@given(st.text(alphabet="〔〕填写：市政府2025号 关于", max_size=30))
def test_a_document_number_is_no_blank(text: str) -> None:
    assert blank_in(f"津政发〔2025〕1号{text.replace('填', '')}") is None
    assert blank_in(f"{text}{blank('数')}") is not None
