"""The pages in Chromium 80 and 109, which offices still have: legible, laid out, and at work.

`npm ci --prefix tests/browsers/old` brings both; they are 100 MB and no part of the usual checkers.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from test_browser import POLICY, built, served

from conftest import ROOT

pytestmark = pytest.mark.slow

OLD = ROOT / "tests" / "browsers" / "old"
VERSIONS = (80, 109)
PAGES = ("", "2025/tasks/088/", "2025/tasks/", "search/?q=%E5%9C%B0%E9%93%81", "2025/units/gequ/")

# The least contrast of any text in sight with what is behind it, with the text; a colour that is
# not opaque lets through what is behind.
LEAST_CONTRAST = """() => {
  const parts = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4))
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) { return colour; }
    }
    return [255, 255, 255];
  };
  let least = [21, ""];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const box = element.getBoundingClientRect();
    if (!own || box.width < 2 || getComputedStyle(element).visibility === "hidden") { continue; }
    const [a, b] = [parts(getComputedStyle(element).color), behind(element)].map(light);
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < least[0]) { least = [contrast, element.textContent.trim().slice(0, 30)]; }
  }
  return least;
}"""
OVER = "() => document.documentElement.scrollWidth - innerWidth"


Drive = Callable[[int, Sequence[Mapping[str, Any]]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def drive(tool: Callable[..., str]) -> Drive:
    node = tool("node", "nodejs")
    tool(str(OLD / "node_modules" / ".bin" / "rimraf"))  # one of the packages: they are there

    def opened(version: int, tabs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        done = subprocess.run(
            (node, str(OLD / "drive.js")), input=json.dumps({"version": version, "tabs": tabs}),
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        assert f"Chrome/{version}." in said["name"]
        answers: list[dict[str, Any]] = said["answers"]
        assert [one["complaints"] for one in answers] == [[] for _ in tabs]
        return answers

    return opened


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(built(tmp_path_factory.mktemp("old"), "content", "public"), POLICY)


def wait(ready: str) -> dict[str, str]:
    """A step that ends when an expression holds, or fails after ten seconds."""
    return {
        "run": """() => new Promise((done, fail) => {
          const end = Date.now() + 10000;
          (function look() {
            if (READY) { done(true); return; }
            if (Date.now() > end) { fail(new Error("waited")); return; }
            setTimeout(look, 30);
          })();
        })""".replace("READY", ready)
    }


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("width", [390, 1280])
def test_every_text_can_be_read_and_nothing_is_too_wide(
    drive: Drive, address: str, version: int, width: int
) -> None:
    tabs = [
        {
            "address": address + page,
            "width": width,
            "height": 844,
            "steps": [
                wait("!location.search || document.querySelector('[data-search-state=done]')"),
                {"run": LEAST_CONTRAST},
                {"run": OVER},
            ],
        }
        for page in PAGES
    ]
    for page, answer in zip(PAGES, drive(version, tabs), strict=True):
        _, (contrast, text), over = answer["given"]
        assert contrast >= 4.5, (page, text)
        assert over <= 0, page


@pytest.mark.parametrize("version", VERSIONS)
def test_a_mark_is_drawn_and_not_a_black_box(
    drive: Drive, address: str, version: int, tmp_path: Path
) -> None:
    """The square with lines: its frame and lines are inked, most of it is paper."""
    from PIL import Image

    shot = tmp_path / "mark.png"
    box = {"x": 0, "y": 0, "width": 200, "height": 200}
    # Alone and large in a corner, so that pixels can be counted.
    enlarge = (
        "() => { const mark = document.querySelector('.glyph').cloneNode(true);"
        "mark.style.cssText = 'position:fixed;left:0;top:0;width:200px;height:200px;"
        "z-index:9;background:#fff;color:#000'; document.body.append(mark); }"
    )
    steps = [{"run": enlarge}, {"shot": str(shot), "clip": box}]
    # The production policy forbids no style that a script sets by itself.
    drive(version, [{"address": address, "width": 1280, "height": 844, "steps": steps}])
    with Image.open(shot) as picture:
        tones = picture.convert("L").histogram()
    inked = sum(tones[:128]) / sum(tones)
    assert 0.1 < inked < 0.45


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_switched_filtered_and_searched_works(
    drive: Drive, address: str, version: int
) -> None:
    rows = "() => document.querySelectorAll('#list tbody tr:not([hidden])').length"
    choose = (
        "() => { const unit = document.querySelector('select[name=unit]'); unit.value = 'kejiju';"
        "unit.dispatchEvent(new Event('change', {bubbles: true})); }"
    )
    size = "() => parseFloat(getComputedStyle(document.body).fontSize)"
    menu_height = "() => document.querySelector('.menu nav').getBoundingClientRect().height"
    tabs = [
        {
            "address": address + "2025/tasks/",
            "width": 1280,
            "height": 844,
            "steps": [{"run": rows}, {"run": choose}, {"run": rows}],
        },
        {
            "address": address + "2025/tasks/088/",
            "width": 390,
            "height": 844,
            "steps": [
                {"click": ".menu summary"},
                {"run": menu_height},
                {"click": ".menu summary"},
                {"run": size},
                {"click": ".mode-on"},
                {"run": size},
                {"run": "() => document.querySelector('h1').getBoundingClientRect().top"},
                {"click": ".mode-off"},
                {"run": size},
            ],
        },
    ]
    listed, elder = (one["given"] for one in drive(version, tabs))
    assert listed[0] == 132 and 0 < listed[2] < 132
    menu, plain, large, top, again = elder
    assert menu > 100 and large > 1.3 * plain and again == plain and top < 844 / 3
