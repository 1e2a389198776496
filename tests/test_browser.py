"""The pages in a real browser: no console message under the strict policy, no sideways scroll."""

from __future__ import annotations

import csv
import functools
import http.server
import io
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from test_hostile import evil_city, unchecked

from conftest import BASE, ROOT, TODAY, World
from jiaozhang.build.pipeline import BuildDay, build, examine, load
from jiaozhang.files.output_folder import write_tree
from jiaozhang.wall.audience import Audience

pytestmark = pytest.mark.slow

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# One of every kind of page, each the one with most on it.
KINDS = [
    "",
    "2025/sections/",
    "2025/sections/3/",
    "2025/tasks/",
    "2025/tasks/088/",
    "2025/tasks/093/",
    "2025/units/",
    "2025/units/fazhangaigewei/",
    "2025/units/gequ/",
    "2025/districts/",
    "2025/districts/binhai/",
    "2025/leaders/",
    "2025/leaders/liuguiping/",
    "2025/deadlines/",
    "2025/chart/",
    "2025/updates/",
    "2025/corrections/",
    "2025/themes/",
    "2025/themes/livelihood/",
    "2025/tasks/recorded/",
    "2025/tasks/due-2025-06/",
    "2025/tasks/joint/",
    "search/",
    "2025/notice/",
    "2025/data/",
    "about/",
    "map/",
]


# What the intranet of a city whose units report shows besides.
INSIDE = [
    "",
    "2025/tasks/004/",
    "2025/periods/",
    "2025/periods/2025-q3/",
    "2025/blockers/",
    "2025/verifications/",
    "2025/owed/",
    "2025/leaders/hechuan/",
    "2025/corrections/",
    "2025/updates/",
    "about/",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("site"), "content", "public")


def built(folder: Path, content: str, audience: Audience) -> Path:
    inputs = load(ROOT / content, content, ROOT / "site.toml", ROOT)
    filed, _ = examine(inputs)
    assert filed
    write_tree(
        folder / audience, build(filed, inputs, audience, BuildDay(None, TODAY), None)[0].files
    )
    return folder / audience


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    yield from served(site, POLICY)


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(built(tmp_path_factory.mktemp("in"), "examples/demo", "intranet"), POLICY)


def served(site: Path, policy: str) -> Iterator[str]:
    """The site below a sub-path, with the production policy (or none) and nothing else."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return super().translate_path(path.removeprefix("/deep/below"))

        def end_headers(self) -> None:
            if policy:
                self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Handler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/deep/below/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser(tool: Callable[..., str]) -> Iterator[Browser]:
    path = tool("chromium", "chromium-browser", "google-chrome")
    quiet = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=quiet)
        yield browser
        browser.close()


@pytest.mark.parametrize("page", KINDS)
def test_a_page_is_quiet_under_the_strict_policy_and_asks_nobody_else(
    browser: Browser, address: str, page: str
) -> None:
    is_quiet(browser, address, page)


@pytest.mark.parametrize("page", INSIDE)
def test_the_intranets_pages_are_quiet_too(browser: Browser, inside: str, page: str) -> None:
    is_quiet(browser, inside, page)


def is_quiet(browser: Browser, address: str, page: str) -> None:
    tab = browser.new_page()
    messages: list[str] = []
    requests: list[str] = []
    tab.on("console", lambda message: messages.append(message.text))
    tab.on("pageerror", lambda error: messages.append(str(error)))
    tab.on("request", lambda request: requests.append(request.url))
    response = tab.goto(address + page)
    assert response and response.status == 200
    assert messages == []
    assert [url for url in requests if not url.startswith(address)] == []
    assert tab.locator("h1").count() == 1
    # The policy allows no script in a page; its data is none, and the browser holds it unharmed.
    held = tab.evaluate(
        "[...document.querySelectorAll('script:not([src])')].map(s => JSON.parse(s.text)['@type'])"
    )
    assert ("BreadcrumbList" in held) == (page != "")
    tab.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1600])
def test_no_page_scrolls_sideways(browser: Browser, address: str, inside: str, width: int) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 800})
    wide = []
    for page in [*(address + own for own in KINDS), *(inside + own for own in INSIDE)]:
        tab.goto(page)
        if tab.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(page)
    tab.close()
    assert wide == []


def test_the_keyboard_reaches_the_text_first(browser: Browser, address: str) -> None:
    tab = browser.new_page()
    tab.goto(address + "2025/tasks/023/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "跳到正文"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.close()


def test_a_visitor_gets_from_the_home_page_to_a_task_and_its_unit(
    browser: Browser, address: str
) -> None:
    tab = browser.new_page()
    tab.goto(address)
    tab.click(".channels >> text=全部任务")
    tab.click("text=申报国家脑机接口技术创新中心")
    assert tab.text_content("h1") == "争创国家科技成果转移转化示范区……"
    tab.click("dd.strong a")
    assert tab.text_content("h1") == "市科技局"
    tab.close()


def test_without_scripts_and_from_a_folder_a_page_has_its_style(
    browser: Browser, site: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto((site / "2025" / "tasks" / "023" / "index.html").as_uri())
    assert tab.locator(".folio").count() == 1
    sheet = tab.locator("link[rel=stylesheet]").first.get_attribute("href") or ""
    assert (site / "2025" / "tasks" / "023" / sheet).resolve().exists()
    context.close()


def test_the_dark_page_is_dark(browser: Browser, address: str) -> None:
    tab = browser.new_page(color_scheme="dark")
    tab.goto(address)
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 27)"
    tab.close()


def test_nothing_an_editor_can_write_runs_or_calls_out_even_without_a_policy(
    browser: Browser, tmp_path: Path
) -> None:
    """Every class of attack in every text, without the policy that would stop it anyway."""
    city: World = evil_city(tmp_path)
    folder = tmp_path / "dist"
    files = unchecked(city)
    write_tree(folder, files)
    server = served(folder, "")
    address = next(server)
    tab = browser.new_page()
    calls: list[str] = []
    tab.on("dialog", lambda dialog: (calls.append(dialog.message), dialog.dismiss()))
    tab.on("request", lambda request: calls.append(request.url))
    tab.on("pageerror", lambda error: calls.append(str(error)))
    for page in (p for p in files if p.endswith(".html")):
        tab.goto(address + page)
        tab.evaluate("document.querySelectorAll('a,img,svg,p').forEach(e => e.dispatchEvent("
                     "new MouseEvent('mouseover', {bubbles: true})))")  # fmt: skip
        assert tab.evaluate("window.pwned") is None, page
        for link in tab.query_selector_all("main a[href]"):
            scheme = link.evaluate("e => e.protocol")
            assert scheme in ("http:", "https:", "mailto:", "tel:"), (page, scheme)
    tab.close()
    next(server, None)
    host = address.removesuffix("deep/below/")
    assert [call for call in calls if not call.startswith(host)] == []


TABLES = """
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {title: 交付情况, publisher: 示例日报}
---
各区交付：

| 区 | 计划 | 完成率 | 投资 | 其中财政资金 | 去年同期 | 说明 |
| --- | --: | --: | --: | --: | --: | --- |
| 东河区 | 157套 | 84.1% | 10.5 亿元 | 3,200万元 | 62.35亿元 | 其余25套正在验收，预计年底前交付 |
| 西城区 | 1,200套 | 100% | 4.8亿元 | 900万元 | 4.7亿元 | 按计划推进 | 其中1处停工 |

| 指标 | 值 |
| --- | --- |
| 覆盖率 | 98.5% |
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("tables")
    wide = "\n".join(["|" + "10.5万元|" * 12, "|---" * 12 + "|", *["|" + "88.25亿元|" * 12] * 60])
    write_tree(folder / "out", World(folder, BASE, f"{TABLES}\n{wide}\n").build().files)
    yield from served(folder / "out", POLICY)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("elder", [False, True])
def test_a_table_keeps_its_numbers_whole_and_moves_in_its_own_frame(
    browser: Browser, tables: str, width: int, elder: bool
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 800})
    if elder:
        tab.add_init_script("localStorage.setItem('elder', '1')")
    tab.goto(tables + "2025/tasks/001/")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    lines = """cell => {
        const range = document.createRange(); range.selectNodeContents(cell);
        return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size }"""
    cells = tab.locator(".wide :is(td, th)")
    assert cells.count() == 3 * 8 + 2 * 2 + 61 * 12
    for cell in [*cells.all()[: 3 * 8 + 2 * 2], *cells.all()[-12:]]:
        if len(cell.inner_text()) <= 16:
            assert cell.evaluate(lines) <= 1, cell.inner_text()
    # What does not fit is reached with the keyboard alone, and the frames are on the way.
    frame = tab.locator(".wide").last
    frame.focus()
    assert tab.evaluate("document.activeElement.className") == "wide"
    assert frame.evaluate("e => e.scrollWidth > e.clientWidth") is True
    tab.keyboard.press("ArrowRight")
    assert any(
        tab.evaluate("document.activeElement.scrollLeft") > 0 or tab.wait_for_timeout(50)
        for _ in range(60)
    )
    assert tab.locator(".wide").nth(1).evaluate("e => e.scrollWidth <= e.clientWidth") is True
    tab.close()


def test_a_page_with_tables_has_no_barrier(browser: Browser, tables: str) -> None:
    for mode in ("plain", "narrow", "dark"):
        assert axe_findings(browser, [tables + "2025/tasks/001/"], mode) == []


# The kinds of page that every mode is tried on; --full tries them all on every kind.
SHOWN = ["", "2025/tasks/088/", "2025/units/fazhangaigewei/", "2025/tasks/"]


def in_mode(browser: Browser, mode: str) -> Page:
    width = {"narrow": 320, "elder": 390}.get(mode, 1280)
    scheme: Literal["dark", "light"] = "dark" if mode == "dark" else "light"
    tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    if mode in ("elder", "contrast"):
        tab.add_init_script(f"localStorage.setItem('{mode}', '1')")
    return tab


def axe_findings(browser: Browser, addresses: list[str], mode: str) -> list[str]:
    tab, axe, found = in_mode(browser, mode), Axe(), []
    for address in addresses:
        tab.goto(address)
        for fault in axe.run(tab).response["violations"]:
            nodes = [node["target"] for node in fault["nodes"][:3]]
            found.append(f"{mode} {address}: {fault['id']} {nodes}")
    tab.close()
    return found


@pytest.mark.parametrize("mode", ["light", "narrow"])
def test_axe_finds_nothing_on_any_kind_of_page(
    browser: Browser, address: str, inside: str, mode: str
) -> None:
    pages = [*(address + own for own in KINDS), *(inside + own for own in INSIDE)]
    assert axe_findings(browser, pages, mode) == []


@pytest.mark.parametrize("mode", ["dark", "elder", "contrast"])
def test_axe_finds_nothing_in_any_mode(
    browser: Browser, address: str, inside: str, mode: str
) -> None:
    pages = [*(address + own for own in SHOWN), inside + "2025/tasks/004/"]
    assert axe_findings(browser, pages, mode) == []


@pytest.mark.full
@pytest.mark.parametrize("mode", ["dark", "elder", "contrast"])
def test_axe_finds_nothing_in_any_mode_on_any_kind(
    browser: Browser, address: str, inside: str, mode: str
) -> None:
    pages = [*(address + own for own in KINDS), *(inside + own for own in INSIDE)]
    assert axe_findings(browser, pages, mode) == []


def test_a_list_is_filtered_and_its_state_stands_in_the_address(
    browser: Browser, address: str
) -> None:
    tab = browser.new_page()
    tab.goto(address + "2025/tasks/")
    rows = tab.locator("#list tbody tr:visible")
    assert rows.count() == 132
    assert "132项" in (tab.text_content("[role=status]") or "")
    tab.select_option("select[name=unit]", "kejiju")
    tab.select_option("select[name=role]", "lead")
    assert rows.count() == 10
    assert tab.url.endswith("?unit=kejiju&role=lead")
    tab.select_option("select[name=section]", "9")
    assert rows.count() == 0
    assert tab.locator("[data-empty]").is_visible()
    tab.go_back()
    assert rows.count() == 10 and tab.input_value("select[name=section]") == ""
    tab.click("button[type=reset]")
    tab.wait_for_function("document.querySelectorAll('#list tbody tr:not([hidden])').length == 132")
    tab.close()


def test_an_address_with_a_filter_opens_as_it_was_shared(browser: Browser, address: str) -> None:
    tab = browser.new_page()
    tab.goto(address + "2025/tasks/?district=binhai&sort=latest")
    rows = tab.locator("#list tbody tr:visible")
    assert rows.count() == 21  # 16 printed, 2 through 各区, 3 through zones that lie in it alone
    days = rows.evaluate_all("rows => rows.map(row => row.dataset.latest)")
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True) and days[: len(dated)] == dated
    tab.goto(address + "2025/tasks/?unit=nobody")
    assert rows.count() == 132
    tab.close()


def test_a_phone_folds_the_rare_filters_and_a_desk_folds_none(
    browser: Browser, address: str
) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.goto(address + "2025/tasks/")
    asked = "form select:visible"
    folded = "() => document.querySelector('form details').getBoundingClientRect().height < 60"
    assert tab.evaluate(folded)
    assert tab.locator("#list tbody tr").first.bounding_box()["y"] < 844 - 100
    tab.focus("form summary")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.name") == "section"
    assert not tab.evaluate(folded)
    # What is set is never folded away, also where the address set it.
    tab.goto(address + "2025/tasks/?role=lead")
    assert not tab.evaluate(folded) and tab.input_value("select[name=role]") == "lead"
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(address + "2025/tasks/")
    assert tab.locator(asked).count() == 8
    assert not tab.locator("form summary").is_visible()
    tops = tab.eval_on_selector_all(asked, "all => all.map(e => e.getBoundingClientRect().top)")
    assert len(set(tops)) == 2
    tab.close()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_elder_mode_shows_the_answer_on_the_first_screen(
    browser: Browser, address: str, width: int, height: int
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": height})
    tab.add_init_script("localStorage.setItem('elder', '1')")
    tab.goto(address)
    for part in ("h1",):
        box = tab.locator(part).bounding_box()
        assert box and box["y"] + box["height"] <= height, part
    # The headline begins high up, below what leads to every page.
    assert tab.locator("h1").bounding_box()["y"] < height / (3 if width < 1000 else 2)
    tab.close()


@pytest.mark.parametrize("elder", [False, True])
def test_on_a_phone_a_title_stands_in_the_upper_third(
    browser: Browser, address: str, inside: str, elder: bool
) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    if elder:
        tab.add_init_script("localStorage.setItem('elder', '1')")
    low = {}
    for page in [*(address + own for own in KINDS[1:]), *(inside + own for own in INSIDE[1:])]:
        tab.goto(page)
        box = tab.locator("h1").bounding_box()
        assert box
        if box["y"] > 844 / 3 - 30:
            low[page] = box["y"]
    assert low == {}
    # Two lines lead everywhere: the strip, then the name with 搜索 and 目录.
    tab.goto(address + "2025/tasks/088/")
    words = tab.locator(".tools").inner_text().split()
    assert words == (["退出长者模式", "朗读"] if elder else ["长者模式", "小", "中", "大", "朗读"])
    tops = tab.eval_on_selector_all(
        ".site-name, .key", "all => all.map(e => (e.getBoundingClientRect().top +"
        " e.getBoundingClientRect().bottom) / 2)"
    )  # fmt: skip
    assert len(tops) == 3 and max(tops) - min(tops) < 12
    tab.close()


def test_on_a_phone_the_channels_and_tools_are_below_contents(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(address + "2025/tasks/088/")
    assert not tab.locator("nav >> text=责任单位").first.is_visible()
    tab.click(".menu summary")
    for part in ("nav >> text=责任单位", "text=高对比", "[data-size=l]", "text=打印"):
        assert tab.locator(f".menu-sheet >> {part}").is_visible()
    tab.click(".menu-sheet [data-size=l]")
    tab.click(".menu-sheet nav >> text=责任单位")
    assert tab.text_content("h1") == "责任单位"
    assert "size-l" in (tab.get_attribute("html", "class") or "")
    # On the home page the channels are in sight.
    tab.goto(address)
    assert tab.locator(".channels >> text=责任单位").is_visible()
    context.close()


def test_elder_mode_has_sizes_and_a_large_one_of_thirty_pixels(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.add_init_script("localStorage.setItem('elder', '1')")
    tab.goto(address + "2025/tasks/088/")
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    tab.click(".menu summary")
    tab.click(".menu-sheet [data-size=l]")
    assert tab.evaluate(size) >= 29.9
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.click(".menu-sheet [data-size=s]")
    assert 18 <= tab.evaluate(size) < 23
    context.close()


def test_elder_mode_reaches_other_tabs_and_pages_that_back_brings(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    first, second = context.new_page(), context.new_page()
    on = "document.documentElement.classList.contains('elder')"
    first.goto(address)
    second.goto(address + "about/")
    second.click(".tools [data-mode=elder]:visible")
    first.wait_for_function(on)
    # Back to a page that was left before the mode was switched off.
    first.goto(address + "2025/tasks/023/")
    first.click(".tools [data-mode=elder]:visible")
    assert first.evaluate("document.activeElement.textContent") == "长者模式"
    first.go_back()
    first.wait_for_function(f"!{on}")
    # And one that comes out of memory as it was.
    first.evaluate(
        "() => { localStorage.setItem('elder', '1');"
        "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true})); }"
    )
    assert first.evaluate(on)
    context.close()


def test_elder_mode_shows_a_long_list_by_pages_and_prints_it_whole(
    browser: Browser, address: str
) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.goto(address + "2025/tasks/")
    rows, pager = tab.locator("#list tbody tr:visible"), tab.locator("main .pager")
    assert rows.count() == 132 and not pager.is_visible()
    tab.click(".tools [data-mode=elder]:visible")
    assert rows.count() == 20 and "第1页，共7页" in pager.inner_text()
    first = rows.first.inner_text()
    pager.locator("text=下一页").click()
    assert rows.count() == 20 and rows.first.inner_text() != first
    assert rows.first.bounding_box()["y"] < 844
    for _ in range(5):
        pager.locator("text=下一页").click()
    assert rows.count() == 132 - 6 * 20 and pager.locator("text=下一页").is_disabled()
    # A filter begins on the first page of what it leaves.
    tab.select_option("select[name=unit]", "kejiju")
    left = int(re.findall(r"(\d+)项", tab.locator("[role=status]").first.inner_text())[0])
    assert rows.count() == min(left, 20)
    tab.emulate_media(media="print")
    assert rows.count() == left
    tab.close()


SPOKEN = """
window.spoken = []; window.stops = 0;
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", { value: {
  speak: words => { spoken.push(words); }, cancel: () => { stops += 1; } } });
"""


# The words of a page that are in sight, but for what is drawn only.
IN_SIGHT = """() => {
  const page = document.getElementById("main").cloneNode(true);
  document.body.append(page);
  const folded = "details:not([open]) > :not(summary)";
  page.querySelectorAll(`[aria-hidden], ${folded}`).forEach(part => part.remove());
  const unseen = [...page.querySelectorAll("*")].filter(part => !part.getClientRects().length);
  unseen.forEach(part => part.remove());
  const words = page.textContent;
  page.remove();
  return words;
}"""


def test_a_page_is_read_block_by_block_and_can_be_stopped_and_taken_up(
    browser: Browser, address: str
) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.add_init_script(SPOKEN)
    tab.goto(address + "2025/tasks/088/")
    keys = tab.locator("[data-reader]")
    assert not keys.is_visible()
    tab.click("[data-read]")
    said = "spoken.map(words => words.text.trim())"
    end = "spoken[spoken.length - 1].onend()"
    assert keys.inner_text().split() == ["暂停", "从这里读", "停止"]
    for _ in range(4):
        tab.evaluate(end)
    texts = tab.evaluate(said)
    assert len(texts) == 5 and len(set(texts)) == 5
    assert any(tab.text_content("h1").strip("…")[:6] in text for text in texts)
    assert max(len(text) for text in texts) < 600
    tab.click("text=暂停")
    assert keys.inner_text().split() == ["继续", "从这里读", "停止"]
    tab.evaluate(end)  # the voice's own end of what was cut off leads nowhere
    assert len(tab.evaluate(said)) == 5
    tab.click("text=继续")
    assert tab.evaluate(said)[-1] == texts[-1]
    assert tab.locator(".is-read").count() == 1
    tab.evaluate("document.querySelector('.timeline').scrollIntoView({behavior: 'instant'})")
    tab.click("text=从这里读")
    inside = "document.querySelector('.timeline').contains(document.querySelector('.is-read'))"
    assert tab.evaluate(inside)
    tab.click("text=停止")
    assert not keys.is_visible() and tab.locator(".is-read").count() == 0
    # Every word in sight is read once and in its order, and nothing else.
    tab.evaluate("spoken = []")
    tab.click("[data-read]")
    read = tab.evaluate(
        "() => { for (let at = 0; at < spoken.length; at += 1) { spoken[at].onend(); }"
        "return spoken.map(words => words.text).join(''); }"
    )
    assert not keys.is_visible()
    assert re.sub(r"\s", "", read) == re.sub(r"\s", "", tab.evaluate(IN_SIGHT))
    tab.close()


def test_what_is_folded_is_printed(browser: Browser, inside: str) -> None:
    """By the style sheet alone where a browser can be told so; in others the script opens it."""
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(inside + "2025/tasks/008/")
    folded = tab.locator("main details:not([open]) table").first
    assert folded.count() == 1 and not folded.is_visible()
    tab.emulate_media(media="print")
    assert folded.bounding_box()["height"] > 20
    context.close()
    tab = browser.new_page()
    tab.goto(inside + "2025/tasks/008/")
    opened = "document.querySelectorAll('main details[open]').length"
    assert tab.evaluate(opened) == 0
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.evaluate(opened) == tab.locator("main details").count() > 0
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert tab.evaluate(opened) == 0
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_under_forced_colours_pixels_tell_buttons_and_the_current_channel(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    tab = browser.new_page(forced_colors="active", color_scheme=scheme)
    tab.goto(address + "2025/tasks/")

    def inked(part: str, lowest: float = 1.0) -> float:
        """The share of pixels, in the lowest part of an element, that differ from its ground."""
        picture = Image.open(io.BytesIO(tab.locator(part).screenshot())).convert("L")
        top = round(picture.height * (1 - lowest))
        tones = picture.crop((0, top, picture.width, picture.height)).histogram()
        ground = max(range(256), key=tones.__getitem__)
        return sum(n for tone, n in enumerate(tones) if abs(tone - ground) > 100) / sum(tones)

    # The words of a button and its frame.
    for button in (".find button", ".tools [data-print]", ".tools .mode-on", ".tools [data-read]"):
        assert 0.02 < inked(button) < 0.6, button
    # Below the words of a channel is nothing, but for the current one's bar.
    tab.eval_on_selector_all(
        ".channels a", "all => all.forEach(e => { e.style.cssText = 'font-size: 0; width: 40px'; })"
    )
    channels = tab.locator(".channels a").all()
    edges = [Image.open(io.BytesIO(one.screenshot())).convert("L").getextrema() for one in channels]
    drawn = [high - low > 100 for low, high in edges]
    marked = [one.get_attribute("aria-current") is not None for one in channels]
    assert drawn == marked and sum(marked) == 1
    tab.close()


def test_elder_mode_works_without_scripts_by_its_link_alone(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    tab = context.new_page()
    tab.goto(address + "2025/tasks/023/")
    tab.click(".mode-on")
    body = tab.locator("body")
    assert body.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 23
    assert tab.locator(".mode-off").evaluate("e => e.getBoundingClientRect().height") >= 60
    assert body.evaluate("() => document.documentElement.scrollWidth") <= 390
    # Nothing that needs scripts is offered without them.
    assert tab.locator(".tools button:visible, .menu button:visible").count() == 0
    tab.click(".menu summary")
    assert tab.locator(".menu-sheet nav a:visible").count() >= 8
    # It is left by a link too.
    tab.click(".menu summary")
    tab.click(".mode-off")
    assert body.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") < 18
    context.close()


def test_elder_mode_is_kept_from_page_to_page_and_switched_off(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(address)
    tab.click(".mode-on")
    tab.goto(address + "about/")
    assert "elder" in (tab.get_attribute("html", "class") or "")
    small = "e => [...e.querySelectorAll('main *, header *')].filter(n => n.checkVisibility() && "
    small += "[...n.childNodes].some(c => c.nodeType == 3 && c.textContent.trim())"
    small += ").map(n => parseFloat(getComputedStyle(n).fontSize)).reduce((a, b) => Math.min(a, b))"
    assert tab.locator("body").evaluate(small) >= 18
    tab.click(".mode-off")
    tab.reload()
    assert "elder" not in (tab.get_attribute("html", "class") or "")
    tab.goto(address + "#elder")
    assert "elder" in (tab.get_attribute("html", "class") or "")
    context.close()


def test_the_size_of_the_text_and_the_contrast_are_the_readers_choice(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(address)
    size = "() => parseFloat(getComputedStyle(document.body).fontSize)"
    before = tab.evaluate(size)
    tab.click(".tools [data-size=l]")
    assert tab.evaluate(size) > before
    tab.click(".tools [data-mode=contrast]")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    tab.reload()
    assert tab.evaluate(size) > before
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    context.close()


def test_figures_of_districts_sort_by_a_column_and_never_by_value(
    browser: Browser, address: str
) -> None:
    tab = browser.new_page()
    tab.goto(address + "2025/districts/")
    heads = tab.locator(".district-figures th[scope=col]")
    sortable = heads.locator("button").all_inner_texts()
    assert sortable == ["区", "是什么", "期间", "重点工作", "谁说的"]
    tasks = tab.locator(".district-figures td:nth-child(5) a")
    before = tasks.all_inner_texts()
    button = heads.locator("button", has_text="重点工作")
    button.focus()
    tab.keyboard.press("Enter")
    assert tab.locator("th[aria-sort]").all_inner_texts() == ["重点工作"]
    numbers = [int(text[1:-1]) for text in tasks.all_inner_texts()]
    assert numbers == sorted(numbers) and len(numbers) == len(before)
    tab.keyboard.press("Enter")
    assert tab.get_attribute("th[aria-sort]", "aria-sort") == "descending"
    numbers = [int(text[1:-1]) for text in tasks.all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)
    tab.close()


@pytest.mark.parametrize(("page", "most"), [("", 4), ("2025/chart/", 1), ("2025/tasks/023/", 3)])
def test_a_page_prints_on_so_many_sheets(
    browser: Browser, address: str, page: str, most: int
) -> None:
    tab = browser.new_page()
    tab.goto(address + page)
    paper = tab.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == most
    if page == "2025/chart/":
        # A3 landscape, in points.
        assert re.search(rb"/MediaBox \[0 0 1191(\.\d+)? 84[12]", paper)
    tab.close()


def test_a_month_is_not_broken_at_the_side_of_a_sheet(browser: Browser, address: str) -> None:
    tab = browser.new_page(viewport={"width": 680, "height": 900})
    tab.goto(address + "2025/updates/")
    tab.emulate_media(media="print")
    broken = (
        "all => all.filter(e => e.getBoundingClientRect().height > "
        "1.5 * parseFloat(getComputedStyle(e).lineHeight)).map(e => e.textContent)"
    )
    assert tab.locator(".side h2").count() > 10
    assert tab.eval_on_selector_all(".side h2", broken) == []
    tab.close()


def test_the_home_page_says_when_most_falls_due_and_leads_there(
    browser: Browser, address: str
) -> None:
    tab = browser.new_page()
    tab.goto(address)
    part = tab.locator("section:has(#deadlines)")
    boxes = part.locator(".months b").evaluate_all("all => all.map(e => parseInt(e.textContent))")
    said = part.inner_text()
    assert f"共{sum(boxes)}条时限" in said and f"{max(boxes)}条在12月到期" in said
    assert part.locator("caption").is_visible()
    link = part.locator(".months a b").first
    assert "underline" in link.evaluate("e => getComputedStyle(e).textDecorationLine")
    link.click()
    assert tab.locator(":target").is_visible()
    tab.close()


def test_from_a_folder_links_lead_to_files(browser: Browser, site: Path) -> None:
    tab = browser.new_page()
    tab.goto((site / "index.html").as_uri())
    tab.click(".channels >> text=责任单位")
    assert tab.text_content("h1") == "责任单位"
    tab.click("text=市发展改革委")
    assert tab.text_content("h1") == "市发展改革委"
    tab.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(browser: Browser, address: str, width: int) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 800})
    tab.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "entry => { moved += entry.value; })).observe({type: 'layout-shift', buffered: true});"
    )
    moved = {}
    for page in [*SHOWN, "2025/updates/", "2025/chart/"]:
        tab.goto(address + page, wait_until="networkidle")
        moved[page] = tab.evaluate("moved")
    tab.close()
    assert {page: far for page, far in moved.items() if far > 0.01} == {}


@pytest.mark.parametrize(
    "page", ["", "2025/tasks/088/", "2025/tasks/", "search/?q=%E5%9C%B0%E9%93%81", "2025/updates/"]
)
def test_the_keyboard_reaches_every_control_in_order_and_shows_where_it_is(
    browser: Browser, address: str, page: str
) -> None:
    tab = browser.new_page()
    tab.goto(address + page)
    if "?" in page:
        tab.wait_for_selector("[data-search-state=done]", state="attached")
    wanted = tab.evaluate(
        "() => [...document.querySelectorAll('a[href], button, input, select, summary')]"
        ".filter(e => e.checkVisibility() && !e.disabled)"
        ".map((e, at) => { e.dataset.walk = at; return at; })"
    )
    reached = []
    for _ in wanted:
        tab.keyboard.press("Tab")
        at, ring = tab.evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e);"
            "const ring = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth);"
            "return [Number(e.dataset.walk), ring]; }"
        )
        assert ring and ring >= 2, at
        reached.append(at)
    tab.close()
    assert reached == wanted


def test_without_scripts_every_single_filter_is_a_page(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address + "2025/tasks/")
    assert tab.locator("#list tbody tr:visible").count() == 132
    labels = tab.locator(".single summary").all_inner_texts()
    assert labels == [
        "责任单位",
        "区",
        "主要任务",
        "进展状态",
        "责任",
        "分管市领导",
        "到期月份",
        "时限要求",
    ]
    tab.click(".single summary >> text=到期月份")
    tab.click(".single a >> text=2025年3月")
    assert tab.text_content("h1") == "2025年3月到期的任务"
    assert tab.locator(".tasks tbody tr").count() == 1
    tab.go_back()
    tab.click(".single summary >> text=/^责任$/")
    tab.click(".single a >> text=共同负责")
    assert tab.locator(".tasks tbody tr").count() == 15
    context.close()


def test_elder_mode_has_a_large_pointer(browser: Browser, address: str) -> None:
    tab = browser.new_page()
    loaded: list[str] = []
    tab.on("response", lambda answer: loaded.append(f"{answer.status} {answer.url}"))
    tab.goto(address + "#elder")
    assert "pointer." in tab.evaluate("getComputedStyle(document.querySelector('main a')).cursor")
    tab.hover("main a")
    tab.wait_for_timeout(200)
    assert not [line for line in loaded if not line.startswith("200")]
    tab.close()


def test_under_forced_colours_everything_keeps_its_shape(browser: Browser, address: str) -> None:
    """The reader's own colours rule; what says something must differ from what is behind it."""
    tab = browser.new_page(forced_colors="active")
    tab.goto(address)
    colour = "(name, part) => getComputedStyle(document.querySelector(name))[part]"
    paper = tab.evaluate(f"({colour})('body', 'backgroundColor')")
    for name, part in (
        ("h1", "color"),
        (".cells .solid", "borderTopColor"),
        (".cells i:not(.solid)", "borderTopColor"),
        (".gauge rect", "stroke"),
        (".gauge circle", "fill"),
        (".mark .glyph", "stroke"),
        (".find input", "borderTopColor"),
        (".find button", "borderTopColor"),
    ):
        assert tab.evaluate(f"({colour})('{name}', '{part}')") != paper, (name, part)
    tab.close()


def test_chips_narrow_the_list_and_lead_to_pages_without_scripts(
    browser: Browser, address: str
) -> None:
    """Shares add up to the list; each chip's count is what it shows, here and on its own page."""
    tab = browser.new_page()
    tab.goto(address + "2025/tasks/")
    rows = tab.locator("#list tbody tr:visible")
    chips = tab.locator("[data-chip]").all()
    counts = {
        chip.get_attribute("data-chip"): int(chip.locator("b").inner_text()) for chip in chips
    }
    shares = ("own-figure", "other-scope", "no-target", "words", "no-record")
    assert sum(counts.get(key, 0) for key in shares) == counts[""] == rows.count() == 132
    pages = {}
    for chip in chips[1:]:
        key = chip.get_attribute("data-chip")
        pages[key] = chip.evaluate("chip => chip.href")
        chip.click()
        assert rows.count() == counts[key] > 0 and tab.url.endswith(f"?show={key}"), key
        assert tab.locator("[data-chip][aria-current]").count() == 1
    tab.go_back()
    assert rows.count() == counts[list(counts)[-2]]
    for key, page in pages.items():
        tab.goto(page)
        assert tab.locator("table.tasks tbody tr").count() == counts[key], key
    tab.close()


def test_every_answer_says_how_many_tasks_it_leaves(browser: Browser, address: str) -> None:
    tab = browser.new_page()
    tab.goto(address + "2025/tasks/")
    rows = tab.locator("#list tbody tr:not([hidden])")
    for name in ("unit", "district", "section", "standing", "role", "leader", "month"):
        field = tab.locator(f"select[name={name}]")
        options = field.locator("option").all()[1:]
        assert options
        for option in (options[0], options[len(options) // 2], options[-1]):
            said = re.search(r"（(\d+)）$", option.inner_text())
            field.select_option(option.get_attribute("value"))
            assert said and rows.count() == int(said[1]), option.inner_text()
        field.select_option("")
    tab.close()


def test_the_rows_that_are_shown_can_be_taken_along_from_a_folder(
    browser: Browser, site: Path
) -> None:
    tab = browser.new_page()
    tab.goto((site / "2025/tasks/index.html").as_uri() + "?unit=kejiju&role=lead")
    with tab.expect_download() as saved:
        tab.click("[data-save]")
    text = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    header, *lines = list(csv.reader(io.StringIO(text)))
    shown = tab.locator("#list tbody tr:visible")
    assert saved.value.suggested_filename == "重点工作.csv"
    assert header[:2] == ["序号", "重点工作和牵头单位"] and len(lines) == shown.count() == 10
    assert {len(line) for line in lines} == {len(header)}
    assert [line[0] for line in lines] == [row.get_attribute("data-number") for row in shown.all()]
    assert all(line[-1].endswith("/index.html") for line in lines)
    tab.close()
