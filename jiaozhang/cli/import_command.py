"""The verbs that bring a notice in: `import` into a ledger, `new city` into an empty folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

from jiaozhang.cli.console import label_of, say, say_lines, stops, tell
from jiaozhang.faults.diagnostic import Place
from jiaozhang.faults.escaping import as_line
from jiaozhang.faults.messages import Language
from jiaozhang.files.output_folder import write_file
from jiaozhang.files.source import Tree, read_tree
from jiaozhang.notice.grid import Grid
from jiaozhang.notice.import_plan import ImportPlan, plan_import
from jiaozhang.notice.read_notice import read_grid


def import_notice(notice: Path, year: int, root: Path, accept: bool, language: Language) -> int:
    """Import a notice as the ledger of a year; return the exit code."""
    grid, faults = read_grid(notice, str(notice))
    if stops(language, faults):
        return 1
    return _import_grid(grid, notice, year, root, accept, language)


def new_city(name: str, notice: Path, year: int | None, root: Path, language: Language) -> int:
    """Make a ledger for a city that has none: its settings, registries and first year."""
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        tell(language, "city-exists", folder=root)
        return 2
    grid, faults = read_grid(notice, str(notice))
    if stops(language, faults):
        return 1
    year = year or _year_of(grid)
    if year is None:
        tell(language, "which-year")
        return 2
    code = _import_grid(grid, notice, year, root, False, language)
    if code == 0:
        write_file(root / "site.toml", _site_toml(name).encode())
        say(language, "city-next", folder=label_of(root))
    return code


def _import_grid(
    grid: Grid | None, notice: Path, year: int, root: Path, accept: bool, language: Language
) -> int:
    label = label_of(root)
    tree, faults = read_tree(root, label) if root.is_dir() else (Tree(label, {}, ()), ())
    if stops(language, faults):
        return 1
    plan, faults = plan_import(grid, Place(str(notice)), year, tree.sources, accept)
    if stops(language, faults) or plan is None:
        return 1
    for change in plan.changes:
        write_file(root / change.key, change.text.encode())
    _say_plan(language, plan, label)
    return 1 if plan.conflicts else 0


def _say_plan(language: Language, plan: ImportPlan, label: str) -> None:
    for what, changes in (("kept", plan.kept), ("conflict", plan.conflicts)):
        for change in changes:
            say(language, what, path=f"{label}/{change.key}")
            say_lines(change.difference())
    if plan.doubts:
        say(language, "doubts", count=len(plan.doubts))
    for key, doubt, place in plan.doubts:
        say_lines(as_line(f"  {label}/{key}: {doubt.field}: {doubt.reason} ({place})"))
    if plan.notes:
        say(language, "notes")
    for note in plan.notes:
        say_lines(as_line(f"  {note}"))
    say(
        language,
        "imported",
        written=len(plan.changes),
        unchanged=plan.unchanged,
        kept=len(plan.kept),
        conflicts=len(plan.conflicts),
    )


def _year_of(grid: Grid | None) -> int | None:
    """The year that the lines before the table name first."""
    found = re.search("(20[0-9]{2})年", "".join(grid.above) if grid else "")
    return int(found[1]) if found else None


def _site_toml(name: str) -> str:
    return (
        "# 网站自己的设置。每一项的意思见 docs/fields.md。\n"
        f"name = {json.dumps(f'{name}政府重点工作', ensure_ascii=False)}\n"
        'standing = "unofficial"\n'
    )
