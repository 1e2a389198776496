"""Imports point one way, and nothing behind the wall can reach back over it."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT
from jiaozhang.build.pipeline import examine, load
from jiaozhang.ledger import filed, public
from jiaozhang.ledger.events import Summary
from jiaozhang.wall.audience import WITHHELD

PACKAGE = ROOT / "jiaozhang"
MODULES = sorted(PACKAGE.rglob("*.py"))
# The packages behind the wall (`lint-imports` holds them to it, and to their order).
BEHIND = ("derive", "wording", "search", "pages", "render", "publisher")


def test_imports_keep_the_contracts() -> None:
    """The order of packages, the wall, and no circles: the contracts stand in pyproject.toml."""
    run = "from importlinter.cli import lint_imports_command as lint; lint()"
    words = [sys.executable, "-c", run, "--no-cache", "--no-logo"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_module_name_stands_twice() -> None:
    names = Counter(file.stem for file in MODULES if file.stem != "__init__")
    assert [name for name, count in names.items() if count > 1] == []


def test_the_architecture_names_every_package_in_the_order_of_the_contracts() -> None:
    drawn = re.search("```\n(.*?)```", (ROOT / "ARCHITECTURE.md").read_text("utf-8"), re.S)
    assert drawn
    told = re.findall(r"(?m)^ ([a-z_]+) {2,}", drawn[1])
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(one["layers"] for one in contracts["contracts"] if one["id"] == "packages")
    ranks = {
        name: at for at, line in enumerate(reversed(layers)) for name in re.findall(r"\w+", line)
    }
    assert sorted(told) == sorted(set(ranks) - {"__main__"})
    assert [ranks[name] for name in told] == sorted(ranks[name] for name in told)


def test_the_publisher_loads_no_page() -> None:
    program = (
        "import sys, jiaozhang.publisher.publish as _\n"
        "rooms = ('jiaozhang.pages', 'jiaozhang.render')\n"
        "print([one for one in sys.modules if one.startswith(rooms)])"
    )
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_behind_the_wall_types_are_never_bent() -> None:
    behind = [file for file in MODULES if file.relative_to(PACKAGE).parts[0] in BEHIND]
    assert len(behind) > 60
    wrong = [
        f"{file.relative_to(ROOT)}: {word}"
        for file in behind
        for word in ("cast(", "import Any", "# type: ignore")
        if word in text(file)
    ]
    assert wrong == []


def test_only_one_module_imports_livereload() -> None:
    users = [
        f.name for f in MODULES if "import livereload" in text(f) or "from livereload" in text(f)
    ]
    assert users == ["preview.py"]


def test_only_the_command_line_asks_the_clock() -> None:
    asking = [f.name for f in MODULES if ".now(" in text(f) or ".today(" in text(f)]
    assert asking == ["clock.py"]


@pytest.mark.parametrize(
    ("filed", "released"),
    [(filed.FiledLedger, public.Ledger), (filed.Filed, public.Record)],
)
def test_every_field_has_an_answer_to_who_may_see_it(filed: type, released: type) -> None:
    known = {field.name for field in dataclasses.fields(filed)}
    shown = {field.name for field in dataclasses.fields(released)}
    assert known - shown == set(WITHHELD[filed])


@pytest.mark.parametrize(("kind", "part"), [(filed.Kept, "fact"), (filed.FiledTask, "public")])
def test_only_one_part_of_it_is_released(kind: type, part: str) -> None:
    known = {field.name for field in dataclasses.fields(kind)}
    assert known - {part} == set(WITHHELD[kind])


def test_what_a_task_says_in_plain_words_comes_over_the_wall_by_itself() -> None:
    """The public part of a filed task is released as it is: what is reviewed must not be in it."""
    demo = ROOT / "examples" / "demo"
    content, _ = examine(load(demo, "demo", demo / "site.toml", ROOT))
    assert content
    tasks = [task for ledger in content.ledgers for task in ledger.tasks]
    kept = [one.fact for ledger in content.ledgers for one in ledger.kept]
    assert any(isinstance(fact, Summary) for fact in kept)
    assert {task.public.summary for task in tasks} == {None}


def test_every_filed_class_is_compared() -> None:
    own = {
        value
        for value in vars(filed).values()
        if dataclasses.is_dataclass(value) and value.__module__ == "jiaozhang.ledger.filed"
    }
    # These only ever stand inside withheld fields.
    inner = {filed.Unsettled, filed.LockLine, filed.Trail, filed.Approval, filed.Secrecy}
    # How a ledger reviews stays behind.
    inner.add(filed.Reviewing)
    assert own - set(WITHHELD) == inner


@pytest.mark.parametrize("module", [filed, public])
def test_values_cannot_be_changed(module: object) -> None:
    for value in vars(module).values():
        if isinstance(value, type) and dataclasses.is_dataclass(value):
            assert value.__dataclass_params__.frozen, value
            assert hasattr(value, "__slots__"), value


def text(file: Path) -> str:
    return file.read_text(encoding="utf-8")
