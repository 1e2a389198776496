"""Draw the picture that stands beside a link to a site: `.venv/bin/python -m tools.share_picture`.

It writes static/share.png, 1200 by 630 pixels, as messengers and search engines want it. It is the
same for every city, so it names none; its colours and typefaces are those of static/site.css.
"""

from __future__ import annotations

import io
import shutil
from html import escape
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from jiaozhang.wording.catalogue import gettext, pgettext

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "static" / "share.png"
WIDTH, HEIGHT = 1200, 630
# Few colours make a small file, and the picture has no more than these and what lies between.
COLOURS = 32

OWN = """
html, body { margin: 0; width: 1200px; height: 630px; overflow: hidden; }
body { background: var(--paper); color: var(--ink); display: flex; flex-direction: column; }
.band { background: var(--main-deep); height: 76px; }
.sheet { flex: 1; padding: 0 88px; display: flex; flex-direction: column; justify-content: center; }
h1 { font: 700 104px/1.25 var(--song); margin: 0; color: var(--main); letter-spacing: .02em; }
p { font: 400 40px/1.6 var(--hei); margin: 28px 0 0; color: var(--ink-2); }
ol { list-style: none; display: flex; gap: 20px; margin: 72px 0 0; padding: 0; }
li { width: 44px; height: 44px; box-sizing: border-box; border: 4px solid var(--main); }
li:nth-child(3n+1) { background: var(--main); }
li:nth-child(3n+2) { background: linear-gradient(transparent 50%, var(--main) 50%); }
"""


def page() -> str:
    """The picture as a page."""
    language = pgettext("the tag of this language", "en")
    title = escape(gettext("Open progress of priority tasks"))
    questions = escape(gettext("What was promised, who answers for it, by when, how far it got"))
    style = (ROOT / "static" / "site.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><style>{style}{OWN}</style>'
        f'<div class="band"></div><div class="sheet"><h1>{title}</h1><p>{questions}</p>'
        f"<ol>{'<li></li>' * 16}</ol></div></html>"
    )


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        tab.set_content(page())
        tab.evaluate("document.fonts.ready")
        raw = tab.screenshot()
        browser.close()
    picture = Image.open(io.BytesIO(raw)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
