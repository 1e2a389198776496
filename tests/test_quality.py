"""The code keeps its own rules: types, lint, format, sizes, and documents that are true."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest

from conftest import ROOT


@pytest.mark.parametrize(
    "words",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
    ],
    ids=lambda words: "-".join(words[:2]),
)
def test_the_checkers_find_nothing(words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    # Tables of words and of fields are read by looking up, not from top to bottom.
    tables = {"fields.py", "zh.py"}
    long = {
        file.name: count
        for file in (ROOT / "jiaozhang").rglob("*.py")
        if (count := len(file.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert set(long) <= tables


def test_every_module_says_what_it_is_for() -> None:
    for file in (ROOT / "jiaozhang").rglob("*.py"):
        assert file.read_text(encoding="utf-8").startswith('"""'), file


def test_no_drawer_has_a_name_that_hides_what_is_in_it() -> None:
    banned = {"utils", "helpers", "common", "manager", "handler", "processor", "info"}
    assert not {file.stem for file in (ROOT / "jiaozhang").rglob("*.py")} & banned


def definitions() -> Iterator[tuple[str, str, bool]]:
    """Every type and function at the top of a module: its name, the module, and which it is."""
    for file in sorted((ROOT / "jiaozhang").rglob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                yield node.name, file.stem, True
            elif isinstance(node, ast.FunctionDef):
                yield node.name, file.stem, False
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if name[0].isupper() and not name.isupper():
                    yield name, file.stem, True


def test_a_name_leads_to_one_place() -> None:
    types: dict[str, list[str]] = {}
    functions: dict[str, list[str]] = {}
    for name, module, is_type in definitions():
        (types if is_type else functions).setdefault(name, []).append(module)
    twice = {name: there for name, there in types.items() if len(there) > 1 and name[0] != "_"}
    assert twice == {}
    crowds = {name: there for name, there in functions.items() if len(there) > 5}
    assert crowds == {}
