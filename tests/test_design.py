"""The design in numbers: contrast of every pair of colours in every theme, and what pages weigh."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest

from conftest import ROOT, TODAY, Built
from jiaozhang.build.pipeline import BuildDay, build, examine, load
from jiaozhang.check.contrast import contrast
from jiaozhang.render.rendering import strip_js_comments
from jiaozhang.render.stylesheet import pack_style_sheet, with_media_queries

CSS = (ROOT / "static" / "site.css").read_text(encoding="utf-8")
# What is read as text, and the least contrast it must have on paper and on wash.
TEXT = ("ink", "ink-2", "ink-3", "main", "done", "watch", "late", "mute")
THEMES = {
    "plain": "html",
    "elder": ":root.elder, :root:target",
    "contrast": ":root.contrast",
    "prefers-contrast": ":root",
}
DARK = "(prefers-color-scheme: dark)"


def blocks(theme: str) -> Iterator[tuple[str, str]]:
    """Where the tokens of a theme stand: the media query around them, and their declarations."""
    tokens = CSS[: CSS.index("/* Base */")]
    for block in re.finditer(r"(?m)^@media ([^{]*) \{\n(.*?)^\}|^[^@\n]*\{.*?^\}", tokens, re.S):
        if ("prefers-contrast" in (block[1] or "")) == (theme == "prefers-contrast"):
            for selectors, body in re.findall(r"(?m)^ *([^{}\n]*) \{\n([^{}]*)\}", block[0]):
                if selectors == THEMES[theme]:
                    yield block[1] or "", body


def tokens(theme: str, scheme: int) -> dict[str, str]:
    """The colours of a theme in a scheme (0 light, 1 dark), over those of the plain one."""
    found: dict[str, str] = {}
    for name in ("plain", theme):
        own = [body for media, body in blocks(name) if scheme or DARK not in media]
        assert own, name
        for key, value in re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", "".join(own)):
            found[key] = full(value)
    return found


def full(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * char for char in colour[1:])


def pairs() -> Iterator[tuple[str, int, str, str, float]]:
    for theme in THEMES:
        strong = theme != "plain"
        for scheme in (0, 1):
            for text in TEXT:
                least = 7.0 if strong or text in ("ink", "ink-2", "main", "done", "late") else 4.5
                yield theme, scheme, text, "paper", least
                yield theme, scheme, text, "wash", 4.5
            yield theme, scheme, "edge", "paper", 3.0
            yield theme, scheme, "edge", "wash", 3.0
            yield theme, scheme, "focus", "paper", 3.0


@pytest.mark.parametrize(("theme", "scheme", "text", "paper", "least"), list(pairs()))
def test_every_pair_of_colours_can_be_read(
    theme: str, scheme: int, text: str, paper: str, least: float
) -> None:
    own = tokens(theme, scheme)
    assert contrast(own[text], own[paper]) >= least


def test_the_strip_is_white_on_deep() -> None:
    for scheme in (0, 1):
        assert contrast("#ffffff", tokens("plain", scheme)["main-deep"]) >= 7


@pytest.fixture(scope="module")
def real() -> Built:
    inputs = load(ROOT / "content", "content", ROOT / "site.toml", ROOT)
    filed, _ = examine(inputs)
    assert filed
    return Built(build(filed, inputs, "public", BuildDay(None, TODAY), None)[0])


def packed(*contents: bytes) -> int:
    return sum(len(gzip.compress(content, 6)) for content in contents)


def test_style_and_script_keep_their_budget() -> None:
    style = CSS.encode()
    script = (ROOT / "static" / "site.js").read_bytes()
    assert len(style) <= 54 * 1024 and packed(style) <= 12 * 1024
    assert len(script) <= 20 * 1024


def test_every_block_by_the_width_of_the_page_is_there_by_the_width_of_the_window_too() -> None:
    served = with_media_queries({"site.css": CSS.encode()})["site.css"].decode()
    blocks = r"@(?:container page|media) (\(m[^{]*-width[^{]*\)) \{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}"
    found = re.findall(blocks, served)
    assert len(found) >= 12 and found[::2] == found[1::2]
    assert served.count("@container page") == CSS.count("@container") == len(found) // 2
    # What the blocks are taken out of stays as it was.
    assert re.sub(r"\n@supports not \(container-type: inline-size\) \{ @media[^{]*\{"
                  r"(?:[^{}]*\{[^{}]*\})*[^{}]*\} \}", "", served) == CSS  # fmt: skip


def test_a_style_sheet_leaves_its_remarks_and_blanks_behind_and_nothing_else() -> None:
    style = (
        b'/* a\n   { b */\na > b:c, d {\n  e: f 1px, "g; h: i";\n}\n@media (j: k) { l { m: n; } }\n'
    )
    left = b'a > b:c,d{e:f 1px,"g; h: i"}@media (j:k){l{m:n}}'
    assert pack_style_sheet({"site.css": style}) == {"site.css": left}


@pytest.mark.slow
def test_what_speaks_to_developers_does_not_travel(real: Built) -> None:
    scripts = {p: c for p, c in real.files.items() if p.startswith("assets/") and p.endswith(".js")}
    assert len(scripts) == 3
    for content in scripts.values():
        assert content.startswith(b'"use strict"') and not re.search(rb"(?m)^(//| )", content)
        # A string over several lines would lose what its lines begin with.
        assert b"`" not in content and b"/**" not in content and b"@typedef" not in content
    searching = [content for path, content in scripts.items() if "/site." not in path]
    assert packed(*searching) <= 12_000


def test_only_whole_lines_of_remarks_and_indentation_stay_behind() -> None:
    script = (
        b"a(); // b\n  // c\n/** d */\n/**\n * e\n */\n  f(/** g */ h);\n/** i */ j();\n/* k */\n"
    )
    left = b"a(); // b\nf(/** g */ h);\n/** i */ j();\n/* k */\n"
    assert strip_js_comments({"a.js": script, "a.css": script}) == {"a.js": left, "a.css": script}


@pytest.mark.slow
def test_no_page_weighs_more_than_its_budget(real: Built) -> None:
    """Compressed, with everything it loads; the printed sheet of all tasks excepted."""
    assets = [content for path, content in real.files.items() if path.startswith("assets/")]
    heavy = {
        path: packed(content, *assets)
        for path, content in real.files.items()
        if path.endswith(".html") and packed(content, *assets) > 100 * 1024
    }
    assert heavy == {}
    assert packed(real.files["index.html"], *assets) <= 60 * 1024


@pytest.mark.slow
def test_a_page_waits_for_one_style_sheet_and_nothing_else(real: Built) -> None:
    for path in ("index.html", "2025/tasks/index.html", "2025/tasks/023/index.html"):
        html = real.files[path].decode()
        asked = re.sub(r"<noscript>.*?</noscript>", "", html)
        assert asked.count('rel="stylesheet"') == 1
        assert all(" defer" in script for script in re.findall(r"<script src[^>]*>", html))
