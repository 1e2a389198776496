"""How well the search finds: recall@10, MRR and queries without a result, in real Chromium.

    .venv/bin/python benchmarks/search_quality.py [--misses] [--half tuned|held] [--write]

The queries of tests/search/queries.jsonl were written from the ledger by people who had not seen
the analyzer. They are split by a hash of the query: the plan of a search is tuned on one half only,
and the figures of both are published in tests/search/baseline.json, which the tests compare.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "tests" / "search" / "queries.jsonl"
BASELINE = QUERIES.with_name("baseline.json")
HALVES = ("tuned", "held")


@dataclass(frozen=True)
class Query:
    text: str
    category: str
    expected: tuple[int, ...]

    @property
    def half(self) -> str:
        return HALVES[hashlib.sha256(self.text.encode()).digest()[0] % 2]


@dataclass(frozen=True)
class Found:
    """What a search showed: tasks in order, and whether any of it was a full match."""

    query: Query
    tasks: tuple[int, ...]
    is_partial: bool

    @property
    def recall(self) -> float:
        there = len(set(self.tasks[:10]) & set(self.query.expected))
        return there / min(10, len(self.query.expected))

    @property
    def reciprocal(self) -> float:
        ranks = (rank for rank, task in enumerate(self.tasks, 1) if task in self.query.expected)
        return 1 / next(ranks, float("inf"))


def queries() -> tuple[Query, ...]:
    lines = QUERIES.read_text(encoding="utf-8").splitlines()
    read = (json.loads(line) for line in lines)
    return tuple(Query(q["query"], q["category"], tuple(q["expected"])) for q in read)


def search(tab: Page, text: str) -> tuple[tuple[int, ...], bool]:
    """Type a query and read the tasks that the page lists, as a visitor sees them."""
    tab.fill("input[type=search]", text)
    done = "[data-search-results][data-search-state=done]"
    tab.wait_for_selector(done, state="attached", timeout=20_000)
    links = tab.eval_on_selector_all(
        "[data-search-results] li a", "links => links.map(link => link.getAttribute('href'))"
    )
    numbers = (re.search(r"/tasks/(\d{3})/", link) for link in links)
    tasks = dict.fromkeys(int(found[1]) for found in numbers if found)
    return tuple(tasks), tab.locator("[data-search-results] .partly").count() > 0


def evaluate(tab: Page, asked: Iterable[Query]) -> list[Found]:
    return [Found(query, *search(tab, query.text)) for query in asked]


def figures(found: Sequence[Found]) -> dict[str, dict[str, float]]:
    """Recall, MRR and the share without a result for each category and for all; for queries that
    should find nothing, the shares that found something in full, and in part."""
    table: dict[str, dict[str, float]] = {}
    categories = sorted({one.query.category for one in found})
    for name in (*categories, "all"):
        own = [f for f in found if f.query.expected and name in (f.query.category, "all")]
        if own:
            table[name] = {
                "queries": len(own),
                "recall": _mean(f.recall for f in own),
                "mrr": _mean(f.reciprocal for f in own),
                "none": _mean(float(not f.tasks) for f in own),
            }
    nothing = [f for f in found if not f.query.expected]
    table["nothing there"] = {
        "queries": len(nothing),
        "full": sum(bool(f.tasks) and not f.is_partial for f in nothing),
        "partial": sum(bool(f.tasks) and f.is_partial for f in nothing),
    }
    return table


def _mean(values: Iterable[float]) -> float:
    own = list(values)
    return round(sum(own) / len(own), 3)


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from jiaozhang.build.pipeline import BuildDay, build, examine, load
    from jiaozhang.files.output_folder import write_tree

    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", action="store_true", help="list what was not found")
    parser.add_argument("--half", choices=HALVES, default=None)
    parser.add_argument("--write", action="store_true", help="write the figures to the baseline")
    options = parser.parse_args()
    inputs = load(ROOT / "content", "content", ROOT / "site.toml", ROOT)
    filed, faults = examine(inputs)
    if filed is None:
        sys.exit(f"content/ has {len(faults)} faults")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site, _ = build(filed, inputs, "public", BuildDay(None, date(2026, 11, 24)), None)
        write_tree(Path(folder) / "site", site.files)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page()
        # From a folder: the index is loaded as it would be anywhere.
        tab.goto(f"file://{folder}/site/search/index.html")
        found = evaluate(tab, queries())
        browser.close()
    for half in (options.half,) if options.half else HALVES:
        own = [one for one in found if one.query.half == half]
        show(half, figures(own))
        if options.misses:
            show_misses(own)
    if options.write:
        BASELINE.write_text(json.dumps(by_half(found), indent=1) + "\n", encoding="utf-8")


def by_half(found: Sequence[Found]) -> dict[str, dict[str, dict[str, float]]]:
    return {half: figures([one for one in found if one.query.half == half]) for half in HALVES}


def show(half: str, table: dict[str, dict[str, float]]) -> None:
    print(f"\n{half:16}{'n':>5}{'recall@10':>11}{'MRR':>8}{'none':>8}")
    for name, row in table.items():
        if "recall" in row:
            rates = f"{row['recall']:11.3f}{row['mrr']:8.3f}{row['none']:8.1%}"
        else:
            rates = f"  found in full {row['full']}, in part {row['partial']}"
        print(f"{name:16}{row['queries']:5}{rates}")


def show_misses(found: Sequence[Found]) -> None:
    for one in found:
        wanted = one.query.expected
        if (wanted and min(one.recall, one.reciprocal) < 1) or (one.tasks and not wanted):
            part = " in part" if one.is_partial else ""
            print(
                f"  {one.query.category} {one.query.text}: wanted {wanted}, {one.tasks[:10]}{part}"
            )


if __name__ == "__main__":
    main()
