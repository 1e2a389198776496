"""A task can be cited: a line with day and address, a button that copies it, a code in print."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from test_browser import POLICY, served

from conftest import World
from jiaozhang.files.output_folder import write_tree

KNOWN = """
-- site.toml --
name = "示例市重点工作"
standing = "unofficial"
base_url = "https://example.org/zhang"
contacts = [{label = "我要纠错", address = "mailto:office@example.org"}]
"""
LINE = "示例市重点工作（非官方整理）. 第1项：新建3个实验室[EB/OL]. (2026-11-24)[引用日期]. {place}."


def cited(page: str) -> str:
    (found,) = re.findall('<p class="cite" id="citation">(.*?)</p>', page)
    return html.unescape(re.sub("<.*?>", "", found))


def test_a_task_names_its_address_and_has_a_code(world: Callable[[str], World]) -> None:
    site = world(KNOWN).build()
    page = site.html("2025/tasks/001/")
    assert cited(page) == LINE.format(place="https://example.org/zhang/2025/tasks/001/")
    assert 'src="qr.svg"' in page
    codes = [path for path in site.files if path.endswith("qr.svg")]
    code = "2025/tasks/001/qr.svg"
    assert [path for path in codes if "/tasks/" in path] == [code]
    picture = ET.fromstring(site.files[code].decode())  # noqa: S314 - our own
    # A square of modules: 21, 25, 29 …, with four of blank on every side.
    _, _, width, height = (int(part) for part in picture.attrib["viewBox"].split())
    assert width == height and (width - 8 - 17) % 4 == 0
    assert not re.search(r"style=|<script|href=", site.files[code].decode())


def test_another_address_is_another_code(world: Callable[[str], World]) -> None:
    first = world(KNOWN).build().files["2025/tasks/001/qr.svg"]
    other = KNOWN.replace("example.org/zhang", "example.net/zhang")
    assert world(other).build().files["2025/tasks/001/qr.svg"] != first


def test_without_an_address_it_ends_with_site_and_path(world: Callable[[str], World]) -> None:
    site = world().build()
    page = site.html("2025/tasks/001/")
    assert cited(page) == LINE.format(place="示例市重点工作：/2025/tasks/001/")
    assert "qr.svg" not in page
    assert not [path for path in site.files if path.endswith("qr.svg")]


@pytest.fixture(scope="module")
def browser(tool: Callable[..., str]) -> Iterator[Browser]:
    path = tool("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(world: Callable[[str], World], tmp_path: Path) -> Iterator[str]:
    write_tree(tmp_path / "out", world(KNOWN).build().files)
    yield from served(tmp_path / "out", POLICY)


@pytest.mark.slow
def test_the_code_is_loaded_for_print_alone(browser: Browser, address: str) -> None:
    with browser.new_page() as tab:
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(f"{address}2025/tasks/001/", wait_until="networkidle")
        tab.mouse.wheel(0, 10_000)
        tab.wait_for_load_state("networkidle")
        assert asked and not [url for url in asked if url.endswith("qr.svg")]
        paper = tab.pdf(format="A4")
        assert [url for url in asked if url.endswith("qr.svg")] and paper.startswith(b"%PDF")
        tab.emulate_media(media="print")
        assert tab.eval_on_selector(".code img", "img => img.complete && img.naturalWidth > 0")


@pytest.mark.slow
def test_the_button_copies_the_line_with_the_day(browser: Browser, address: str) -> None:
    with browser.new_page() as tab:
        tab.goto(f"{address}2025/tasks/001/")
        tab.click("[data-copy]")
        assert tab.inner_text("[data-copy] + [role=status]") == "已复制。"
        shown = tab.inner_text("#citation")
        assert re.search(r"\(2026-11-24\)\[\d{4}-\d{2}-\d{2}\]\. https://example\.org", shown)
        tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<textarea id=t></textarea>')")
        tab.focus("#t")
        tab.keyboard.press("Control+V")
        assert tab.input_value("#t") == shown


@pytest.mark.slow
def test_without_scripts_the_line_can_be_selected(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}2025/tasks/001/")
    assert not tab.is_visible("[data-copy]")
    assert tab.inner_text("#citation").startswith("示例市重点工作")
    context.close()
