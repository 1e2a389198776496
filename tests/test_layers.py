"""Imports point one way, and nothing behind the wall can reach back over it."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from portal.ledger import filed, public
from portal.wall.audience import WITHHELD

# A module imports only from lines above its own. A package stands for its modules, in any order
# among themselves unless they have lines of their own.
ORDER = """
messages.message
messages.files messages.syntax messages.fields messages.records messages.progress
messages.attachments messages.lint messages.site messages.notice messages.prose
messages
characters
escapes
escaping
folding groups
personal
handed_on
diagnostic
nearest
memory
exif profile
picture
hashed mend blanks urls contrast lint attachment acting pixels bounded pdf text_of striking extras
conserved
slips shown
markdown_inline
markdown_blocks
markdown_html
prose
bounds
source
located
toml spelled
shape
fields
identity
progress settings
record
model
review
read.prose read.kinds read.front read.misnamed
read.trail
read.task read.note read.events read.papers
read.ledger read.registry read.redirects
read.content read
notice.numerals notice.lists notice.limits
notice.amounts notice.deadline notice.lock notice
check.bodies check.echo check.dates
check.promises check.registries check.attachments check.amounts check.sanity
check.progress check.public check.site check.trails
check.redirects
check
notice.grid
notice.columns
notice.sheet
notice.plain notice.items notice.markup notice.office
notice.reading
notice.table notice.duties notice.targets
notice.propose
notice.registries
notice.files notice.yearly
notice.importing
release
derive.duties derive.schedule derive.known derive.rhythm derive.spans
derive.measure
derive.standing
derive.year
derive.rollup derive
words
citing sentences
search.readings search.traditional
search.analyzer search.document
search.index
search
pages
sandbox render links publish beside
pipeline
report
nginx
releases.flush releases.lock releases.log releases.commit releases.compress releases.kept
releases.pin releases.tree releases.carry releases.generator releases.licences releases.limited
releases.sbom releases.extract
releases.store releases.deciding
releases.order releases.vanished releases.verify
releases.account releases.writing releases.trusted releases.hooks
releases.units releases.publishing releases.rollback releases.state releases
explain serve speech arguments approval
migration
intake editing hosting operating
cli
__main__
"""
WALL = "release"
# What no module behind the wall may know; only these few see both sides.
FILED = {
    "source",
    "located",
    "toml",
    "fields",
    "model",
    "read",
    "check",
    "release",
    "notice",
    "review",
}
BOTH_SIDES = {
    "pipeline",
    "explain",
    "serve",
    "cli",
    "report",
    "speech",
    "arguments",
    "intake",
    "editing",
    "approval",
    "migration",
    "operating",
    "__main__",
}

MODULES = sorted((ROOT / "portal").rglob("*.py"))


def test_every_module_has_its_line() -> None:
    lost = [name_of(file) for file in MODULES if rank(name_of(file)) is None]
    assert lost == []


def test_imports_point_upwards() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}:{line}: {name_of(file)} imports {target}"
        for file in MODULES
        for line, target in imports(file)
        if (rank(target) or 0) > (rank(name_of(file)) or 0)
    ]
    assert wrong == []


def test_nothing_behind_the_wall_knows_the_filed_side() -> None:
    wall = rank(WALL) or 0
    behind = [
        file
        for file in MODULES
        if (rank(name_of(file)) or 0) > wall and name_of(file) not in BOTH_SIDES
    ]
    assert len(behind) > 20
    wrong = [
        f"{file.relative_to(ROOT)}:{line}: {target}"
        for file in behind
        for line, target in imports(file)
        if target.split(".")[0] in FILED
    ]
    assert wrong == []


def test_behind_the_wall_types_are_never_bent() -> None:
    wall = rank(WALL) or 0
    wrong = [
        f"{file.relative_to(ROOT)}: {word}"
        for file in MODULES
        if (rank(name_of(file)) or 0) > wall
        for word in ("cast(", "import Any", "# type: ignore")
        if word in file.read_text(encoding="utf-8")
    ]
    assert wrong == []


def test_only_one_module_imports_livereload() -> None:
    users = [
        f.name for f in MODULES if "import livereload" in text(f) or "from livereload" in text(f)
    ]
    assert users == ["serve.py"]


def test_only_the_command_line_asks_the_clock() -> None:
    asking = [f.name for f in MODULES if ".now(" in text(f) or ".today(" in text(f)]
    assert asking == ["cli.py"]


@pytest.mark.parametrize(
    ("filed", "released"),
    [(filed.Task, public.Task), (filed.Ledger, public.Ledger), (filed.Filed, public.Record)],
)
def test_every_field_has_an_answer_to_who_may_see_it(filed: type, released: type) -> None:
    known = {field.name for field in dataclasses.fields(filed)}
    shown = {field.name for field in dataclasses.fields(released)}
    assert known - shown == set(WITHHELD[filed])


def test_of_a_kept_record_only_the_fact_is_released() -> None:
    known = {field.name for field in dataclasses.fields(filed.Kept)}
    assert known - {"fact"} == set(WITHHELD[filed.Kept])


def test_every_filed_class_is_compared() -> None:
    own = {
        value
        for value in vars(filed).values()
        if dataclasses.is_dataclass(value) and value.__module__ == "portal.ledger.filed"
    }
    # These only ever stand inside withheld fields.
    inner = {filed.Unsettled, filed.LockLine, filed.Trail, filed.Approval, filed.Secrecy}
    # How a ledger reviews stays behind, and of a summary that was reviewed the task has the text.
    inner |= {filed.Reviewing, filed.Summary}
    assert own - set(WITHHELD) == inner


@pytest.mark.parametrize("module", [filed, public])
def test_values_cannot_be_changed(module: object) -> None:
    for value in vars(module).values():
        if isinstance(value, type) and dataclasses.is_dataclass(value):
            assert value.__dataclass_params__.frozen, value
            assert hasattr(value, "__slots__"), value


def name_of(file: Path) -> str:
    parts = file.relative_to(ROOT / "portal").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__") or "__init__"


def rank(name: str) -> int | None:
    """The line a module stands on: its own, or that of the package it is in."""
    if name in ("", "__init__"):
        return 0
    lines = [line.split() for line in ORDER.strip().split("\n")]
    own = next((i for i, line in enumerate(lines, 1) if name in line), None)
    package = name.split(".")[0]
    return own or next((i for i, line in enumerate(lines, 1) if package in line), None)


def imports(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(text(file))):
        if isinstance(node, ast.ImportFrom) and node.module == "portal":
            for alias in node.names:
                if (ROOT / "portal" / f"{alias.name}.py").exists():
                    yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("portal."):
            yield node.lineno, (node.module or "").removeprefix("portal.")


def text(file: Path) -> str:
    return file.read_text(encoding="utf-8")
