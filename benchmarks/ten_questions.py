"""Ten questions of a citizen, answered on a phone: how many taps, and is the answer in sight.

    .venv/bin/python benchmarks/ten_questions.py [--out DIR]

Each question begins at the home page or at one search of the real ledger, on a screen of 390 x 844.
The way is followed as a reader would go, link by link; then the first words that answer are looked
for, and have to lie within the screen. Prints a line a question; exit code 1 where one fails. Needs
Chromium. The site is given a contact, without which no page can say how to report a mistake. With
`--out` a picture of every last screen is kept.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import servers  # noqa: E402

WIDTH, HEIGHT = 390, 844
MOST_TAPS = 2
CONTACT = '\n[[contacts]]\nlabel = "意见箱"\naddress = "mailto:clerk@example.org"\n'


@dataclass(frozen=True)
class Asked:
    """A question; where it begins (a search, or the home page); the links tapped, by their words;
    and words that answer it.
    """

    question: str
    search: str
    taps: tuple[str, ...]
    answer: str


TASK = "加快实施设计之都"
QUESTIONS = (
    Asked("老旧小区答应了什么", "老旧小区", (), "启动180个城镇老旧小区改造"),
    Asked("谁负责", "老旧小区", (), "市住房城乡建设委"),
    Asked("什么时候要做完", "老旧小区", (), "年底"),
    Asked("做到了多少", "老旧小区", (TASK,), "数字达到目标"),
    Asked("谁说的", "老旧小区", (TASK,), "天津市人民政府"),
    Asked("最近一个月有什么变化", "", ("最近一个月有新记载",), "项"),
    Asked("哪些到期没有结论", "", ("到期没有公开结论",), "项"),
    Asked("我这个区在做什么", "东丽区", ("东丽区",), "本区的数字"),
    Asked("怎样引用", "老旧小区", (TASK, "引用这一页"), "[EB/OL]"),
    Asked("怎样指出错误", "老旧小区", (TASK,), "指出这一页的错误"),
)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=None)
    out = parser.parse_args().out
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Chromium is missing")
        return 2
    site = (ROOT / "site.toml").read_text(encoding="utf-8") + CONTACT
    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        folder = Path(name)
        for path, content in servers.built("content", "public", site=site).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        with served(folder) as base:
            failed = [n for n, one in enumerate(QUESTIONS, 1) if not ask(page, base, n, one, out)]
        browser.close()
    return 1 if failed else 0


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The files of a folder at an address of this machine."""
    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and prints nothing."""

    def log_message(self, *_: object) -> None:
        pass


def ask(page: Page, base: str, at: int, one: Asked, out: Path | None) -> bool:
    """Follow one question's way, and print where it ends and where the answer stands."""
    page.goto(f"{base}/search/?q={one.search}" if one.search else f"{base}/")
    page.wait_for_timeout(800)
    for words in one.taps:
        page.locator("main a, .menu a").filter(has_text=words).first.click()
        page.wait_for_timeout(500)
    top = place(page.locator("main, footer").get_by_text(one.answer))
    is_seen = top is not None and 0 <= top <= HEIGHT - 16
    is_near = len(one.taps) <= MOST_TAPS
    where = page.url.removeprefix(base)
    print(
        f"{at:2} {'yes' if is_seen and is_near else 'NO '} {one.question}: {where}, "
        f"{len(one.taps)} taps, answer at {'-' if top is None else round(top)} px"
    )
    if out:
        out.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=out / f"{at:02}.png")
    return is_seen and is_near


def place(found: Locator) -> float | None:
    """The highest place of some words on the screen, in pixels; None where none is in sight."""
    boxes = [one.bounding_box() for one in found.all() if one.is_visible()]
    tops = [box["y"] for box in boxes if box and box["y"] >= 0]
    return min(tops, default=None)


if __name__ == "__main__":
    raise SystemExit(main())
