"""The verbs that import a notice: `import` into a ledger, `new city` into an empty folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

from jiaozhang.cli.console import label_of, print_error, print_lines, print_result, report_faults
from jiaozhang.cli.verb_options import ImportOptions, NewCityOptions
from jiaozhang.cli.working_folder import ledger_folder
from jiaozhang.faults.diagnostic import Place
from jiaozhang.faults.escaping import as_line
from jiaozhang.faults.messages import Language
from jiaozhang.files.output_folder import write_file
from jiaozhang.files.source import Tree, read_tree
from jiaozhang.notice.grid import Grid
from jiaozhang.notice.import_plan import ImportPlan, plan_import
from jiaozhang.notice.read_notice import read_grid
from jiaozhang.processes.exit_codes import Exit


def import_notice(options: ImportOptions) -> Exit:
    """Import a notice as the ledger of a year."""
    grid, faults = read_grid(options.file, str(options.file))
    if report_faults(options.lang, faults):
        return Exit.FAULTY
    root = ledger_folder(options.into)
    return _import_grid(grid, options.file, options.year, root, options.accept, options.lang)


def new_city(options: NewCityOptions) -> Exit:
    """Create a city's ledger from a notice: settings, registries and first year."""
    root, language = options.into or Path(options.name), options.lang
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        print_error(language, "city-exists", folder=root)
        return Exit.MISUSED
    grid, faults = read_grid(options.notice, str(options.notice))
    if report_faults(language, faults):
        return Exit.FAULTY
    year = options.year or _year_in_grid(grid)
    if year is None:
        print_error(language, "which-year")
        return Exit.MISUSED
    code = _import_grid(grid, options.notice, year, root, False, language)
    if code == Exit.FINE:
        write_file(root / "site.toml", _site_toml(options.name).encode())
        print_result(language, "city-next", folder=label_of(root))
    return code


def _import_grid(
    grid: Grid | None, notice: Path, year: int, root: Path, accept: bool, language: Language
) -> Exit:
    label = label_of(root)
    tree, faults = read_tree(root, label) if root.is_dir() else (Tree(label, {}, ()), ())
    if report_faults(language, faults):
        return Exit.FAULTY
    plan, faults = plan_import(grid, Place(str(notice)), year, tree.sources, accept)
    if report_faults(language, faults) or plan is None:
        return Exit.FAULTY
    for change in plan.changes:
        write_file(root / change.key, change.text.encode())
    _print_plan(language, plan, label)
    return Exit.FAULTY if plan.conflicts else Exit.FINE


def _print_plan(language: Language, plan: ImportPlan, label: str) -> None:
    for what, changes in (("kept", plan.kept), ("conflict", plan.conflicts)):
        for change in changes:
            print_result(language, what, path=f"{label}/{change.key}")
            print_lines(change.difference())
    if plan.doubts:
        print_result(language, "doubts", count=len(plan.doubts))
    for key, doubt, place in plan.doubts:
        print_lines(as_line(f"  {label}/{key}: {doubt.field}: {doubt.reason} ({place})"))
    if plan.notes:
        print_result(language, "notes")
    for note in plan.notes:
        print_lines(as_line(f"  {note}"))
    print_result(
        language,
        "imported",
        written=len(plan.changes),
        unchanged=plan.unchanged,
        kept=len(plan.kept),
        conflicts=len(plan.conflicts),
    )


def _year_in_grid(grid: Grid | None) -> int | None:
    """The first year named in the lines before the table."""
    found = re.search("(20[0-9]{2})年", "".join(grid.above) if grid else "")
    return int(found[1]) if found else None


def _site_toml(name: str) -> str:
    return (
        "# 网站自己的设置。每一项的意思见 docs/fields.md。\n"
        f"name = {json.dumps(f'{name}政府重点工作', ensure_ascii=False)}\n"
        'standing = "unofficial"\n'
        "# 读者发现错误写到哪里；改好信箱，去掉这一行开头的井号。\n"
        '# contacts = [{label = "我要纠错", address = "mailto:信箱"}]\n'
    )
