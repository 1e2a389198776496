"""Pages on paper: a unit, a leader and a section on one A4 sheet each, all tasks on one of A3."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from test_browser import POLICY, browser, served, site

from conftest import World
from jiaozhang.files.output_folder import write_tree
from jiaozhang.pages.lists.paper_sheet import ROOM, fitted
from jiaozhang.pages.lists.wall_chart import FORMS

__all__ = ["browser", "site"]

# What is left of a sheet between its margins, in pixels.
A4_WIDTH, A3_WIDTH = 703, 1534


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    yield from served(site, POLICY)


@pytest.fixture
def printed(browser: Browser, tmp_path: Path, tool: Callable[..., str]) -> Callable[[str], Paper]:
    """Print a page as readers do."""
    info, text = tool("pdfinfo"), tool("pdftotext")

    def paper_of(page: str) -> Paper:
        tab = browser.new_page()
        tab.goto(page)
        path = tmp_path / "page.pdf"
        tab.pdf(path=str(path), prefer_css_page_size=True)
        tab.close()
        return Paper(path, info, text)

    return paper_of


class Paper:
    """A printed page as poppler sees it."""

    def __init__(self, path: Path, info: str, text: str) -> None:
        facts = _said(info, str(path))
        self.sheets = int(re.findall(r"Pages:\s+(\d+)", facts)[0])
        points = re.findall(r"Page size:\s+([\d.]+) x ([\d.]+)", facts)[0]
        self.size = tuple(round(float(one) / 72 * 25.4) for one in points)  # in millimetres
        self.text = "".join(_said(text, "-layout", str(path), "-").split())
        boxes = _said(text, "-bbox", str(path), "-")
        self.lowest = max(float(y) for y in re.findall(r'yMax="([\d.]+)"[^>]*>(?!\d+<|/)', boxes))


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _largest(site: Path, kind: str) -> str:
    """The page of a kind with the most tasks on its sheet."""
    pages = {
        path: path.read_text("utf-8").partition('class="sheet-tasks"')[2].partition("</table>")[0]
        for path in site.glob(f"2025/{kind}/*/index.html")
    }
    path = max(pages, key=lambda one: pages[one].count("<tr>"))
    return f"{path.parent.relative_to(site).as_posix()}/"


@pytest.mark.parametrize("kind", ["units", "leaders", "sections"])
def test_the_largest_of_a_kind_is_one_sheet_with_nothing_cut_off(
    browser: Browser, address: str, site: Path, printed: Callable[[str], Paper], kind: str
) -> None:
    page = _largest(site, kind)
    paper = printed(address + page)
    assert (paper.sheets, paper.size) == (1, (210, 297)), page
    html = (site / page / "index.html").read_text("utf-8")
    rows = re.findall(
        r'<tr><th scope="row">(\d+)</th><td class="text">([^<]*)</td><td>([^<]*)</td>', html
    )
    assert len(rows) > 20
    for number, text, finding in rows:
        assert f"{number}{text}{finding}".replace(" ", "") in paper.text, number
    assert "数据截至2026年2月28日" in paper.text
    tab = browser.new_page(viewport={"width": A4_WIDTH, "height": 1000})
    tab.goto(address + page)
    tab.emulate_media(media="print")
    assert tab.eval_on_selector_all(".sheet *", _CUT_OFF) == []
    assert tab.locator("h1").is_hidden()
    tab.emulate_media(media="screen")
    assert tab.locator(".sheet").is_hidden()
    tab.close()


_CUT_OFF = """all => all.filter(e => getComputedStyle(e).display !== "inline"
    && !e.closest("svg") && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML)"""


@given(st.integers(1, 60), st.integers(0, 4), st.integers(0, 30), st.integers(0, 6))
def test_a_sheet_holds_what_stands_on_it(
    tasks: int, lines: int, results: int, records: int
) -> None:
    """Tasks are never left out; figures and records only where there is no room for them."""
    shown, newest = fitted(tasks, lines, results, records)
    assert 0 <= shown <= results
    assert min(records, 2) <= newest <= records
    height = tasks * (46 if tasks > 13 else 104) + lines * 40 + shown * 80 + newest * 48
    assert height <= ROOM or (shown, newest) == (0, min(records, 2))
    if shown < results:
        assert newest == min(records, 2) or height + 80 > ROOM


def _many(count: int) -> str:
    """Tasks with texts and records as long as those of a real notice."""
    return "\n".join(
        f"""-- content/2025/tasks/{number:03}.yaml --
section: {1 + number % 2}
title: 第{number}件要做好的事情
text: 第{number}件要做好的事情，按照安排抓紧推进，{"建设若干项目，" * (number % 4)}年底以前完成。
deadline: 年底前完成
units: [市科技局, 市财政局]
responsibility: first-leads
clauses:
  - {{id: a, kind: complete, due: 2025-12-31}}
-- content/2025/notes/{number:03}/2025-09-30-ribao.md --
---
origin: public-record
date: 2025-09-30
source: {{publisher: 示例日报, title: 第{number}件事情, url: "https://example.org/{number}"}}
---
第{number}件事情到三季度末已经开工建设，完成全年计划的一半以上。
"""
        for number in range(2, count + 1)
    )


def test_more_tasks_than_a_sheet_holds_go_on_on_the_next(
    world: Callable[[str], World], printed: Callable[[str], Paper], tmp_path: Path
) -> None:
    write_tree(tmp_path / "out", world(_many(80)).build().files)
    for address in served(tmp_path / "out", POLICY):
        paper = printed(address + "2025/units/kejiju/")
        assert paper.sheets == 2
        assert all(f"{number}第{number}件要做好的事情" in paper.text for number in range(2, 81))


@pytest.mark.parametrize("count", [12, *(form.most for form in FORMS[:-1])])
def test_a_wall_chart_fills_one_sheet_whatever_the_number_of_tasks(
    world: Callable[[str], World],
    browser: Browser,
    printed: Callable[[str], Paper],
    tmp_path: Path,
    count: int,
) -> None:
    write_tree(tmp_path / "out", world(_many(count)).build().files)
    for address in served(tmp_path / "out", POLICY):
        _is_one_wall_chart(browser, printed(address + "2025/chart/"), address, count, 0.45)


def test_the_wall_chart_of_the_real_ledger_is_one_sheet(
    browser: Browser, address: str, printed: Callable[[str], Paper]
) -> None:
    _is_one_wall_chart(browser, printed(address + "2025/chart/"), address, 132, 0.7)


def _is_one_wall_chart(
    browser: Browser, paper: Paper, address: str, count: int, least: float
) -> None:
    """A3, every task on it, in type that is not shrunk, and no sheet of white paper."""
    assert (paper.sheets, paper.size) == (1, (420, 297))
    assert paper.lowest >= least * 841
    tab = browser.new_page(viewport={"width": A3_WIDTH, "height": 1000})
    tab.goto(address + "2025/chart/")
    tab.emulate_media(media="print")
    assert (
        tab.evaluate("(e => e.scrollWidth - e.clientWidth)(document.querySelector('.wall'))") <= 1
    )
    assert tab.locator(".wall .number").count() == count
    tab.close()
