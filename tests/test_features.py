"""The style sheet and the scripts keep to what the oldest browsers of offices and phones can do.

What a browser can do since when is MDN's data, which `npm ci` brings; nothing of it is served.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import pytest

from conftest import ROOT
from jiaozhang.render.stylesheet import with_media_queries

pytestmark = pytest.mark.slow

# The oldest browsers in which every page must read as drawn: docs/decisions/054.
OLDEST = {"chrome": "80", "firefox": "115", "safari": "15", "safari_ios": "15"}

# What the sheet uses though some of them lack it, and what their readers go without.
WISHES = {
    "@container": "the build repeats each block by the width of the window (test_design)",
    "container": "as above",
    ":focus:not(:focus-visible)": "a click leaves a ring as the keyboard does",
    ".side:has(.sections,.promises,.units,.index,.timeline)": "a long part begins a new sheet",
    "(prefers-contrast)": "a wish these browsers do not pass on",
    "(forced-colors)": "as above",
    "forced-color-adjust": "a pressed button shows by its border alone",
    "color-scheme": "scroll bars and menus of a dark page stay light",
    "font-synthesis": "a missing weight is imitated",
    "text-wrap": "a heading's last line may be short",
    "text-autospace": "no thin space between Chinese and figures",
    "text-spacing-trim": "a bracket at the start of a line stands in by half its width",
    "text-underline-offset": "the line is nearer to the words",
    "scroll-behavior": "jumps do not glide",
    "cursor: pointer": "a phone has no pointer",
    "cursor: default": "as above",
    "page": "the wall chart is scaled to the sheet at hand",
    "size": "as above: the reader sets the sheet",
    "@page": "as above",
    "@bottom-center": "a print has the browser's page numbers or none",
    "break-before: avoid": "a note may part from its table in print",
    "break-after: avoid": "a heading may part from its text in print",
}
# Properties of the scripts' own values that newer objects of browsers have too.
OWN_WORDS = {".unit": "a field of the form"}


class Lost(NamedTuple):
    """A feature that some of the oldest browsers lack, and where it is used."""

    name: str
    line: int
    browsers: tuple[str, ...]


Text = tuple[str, str, Mapping[str, str]]
Reader = Callable[[Sequence[Text]], list[list[Lost]]]


@pytest.fixture(scope="module")
def features(tool: Callable[..., str]) -> Reader:
    """Reads texts, each with its kind and the features that it may use nevertheless."""
    node = tool("node", "nodejs")
    tool(str(ROOT / "node_modules" / ".bin" / "acorn"))

    def read(texts: Sequence[Text]) -> list[list[Lost]]:
        told = [
            {"kind": kind, "text": text, "floor": OLDEST, "wishes": list(wishes)}
            for kind, text, wishes in texts
        ]
        words = (node, str(ROOT / "tests" / "browsers" / "features.js"))
        done = subprocess.run(
            words, input=json.dumps(told), capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return [
            [Lost(one["name"], one["line"], tuple(one["browsers"])) for one in found]
            for found in json.loads(done.stdout)
        ]

    return read


def served_style() -> str:
    style = (ROOT / "static" / "site.css").read_bytes()
    return with_media_queries({"site.css": style})["site.css"].decode()


def test_nothing_served_needs_what_the_oldest_browsers_lack(features: Reader) -> None:
    scripts = sorted((ROOT / "static").glob("*.js"))
    noscript = (ROOT / "static" / "noscript.css").read_text(encoding="utf-8")
    texts: list[Text] = [("css", served_style(), WISHES), ("css", noscript, {})]
    texts += [("js", script.read_text(encoding="utf-8"), OWN_WORDS) for script in scripts]
    assert len(scripts) >= 3 and features(texts) == [[] for _ in texts]


def test_every_wish_is_used(features: Reader) -> None:
    """Without it something would be objected to: a raised floor shortens the list."""
    style = served_style()
    without = [
        ("css", style, {name: why for name, why in WISHES.items() if name != wish})
        for wish in WISHES
    ]
    found = features(without)
    assert [wish for wish, lost in zip(WISHES, found, strict=True) if not lost] == []


# What is too new, and the name it is found by.
TOO_NEW = (
    ("css", ":root { --paper: light-dark(#fff, #000); }", "light-dark()"),
    ("css", "a { color: light-dark(#fff, #000); }", "light-dark()"),
    ("css", "@layer base { a { color: red; } }", "@layer"),
    ("css", "a { &:hover { color: red; } }", "nesting"),
    ("css", "td:is(.a, .b) { color: red; }", ":is"),
    ("css", "td:where(.a) { color: red; }", ":where"),
    ("css", "body:has(.a) { color: red; }", ":has"),
    ("css", "p:not(.a, .b) { color: red; }", ":not() of a list"),
    ("css", "a:focus-visible { color: red; }", ":focus-visible"),
    ("css", ".a { inset: 0; }", "inset"),
    ("css", ".a { padding-block: 1px; }", "padding-block"),
    ("css", ".a { translate: 0 1px; }", "translate"),
    ("css", ".a { aspect-ratio: 1; }", "aspect-ratio"),
    ("css", ".a { color: color-mix(in srgb, red, blue); }", "color-mix()"),
    ("css", ".a { text-decoration: underline 2px; }", "text-decoration with a thickness"),
    ("css", ".a { overflow-wrap: anywhere; }", "overflow-wrap: anywhere"),
    ("css", ".a { display: flex; gap: 1px; }", "gap in flex"),
    ("css", ".a { grid-template-columns: subgrid; }", "grid-template-columns: subgrid"),
    ("css", "@media (width < 30rem) { a { color: red; } }", "range syntax"),
    ("css", "@media (scripting: none) { a { color: red; } }", "(scripting)"),
    ("css", "@container (min-width: 1px) { a { color: red; } }", "@container"),
    ("css", "@supports not (inset: 0) { a { inset: 0; } }", "inset"),
    ("js", '"a".replaceAll("b", "c");', ".replaceAll"),
    ("js", "const a = [1].at(-1);", ".at"),
    ("js", "structuredClone(1);", "structuredClone"),
    ("js", "Object.hasOwn({}, 'a');", "Object.hasOwn"),
    ("js", "Promise.any([]);", "Promise.any"),
    ("js", "[].findLast(Boolean);", ".findLast"),
    ("js", "document.body.replaceChildren();", ".replaceChildren"),
    ("js", "crypto.randomUUID();", ".randomUUID"),
    ("js", "const a = /(?<=b)c/;", "lookbehind_assertion"),
    ("js", "const a = /b/d;", "flag d"),
    ("js", "await 1;", "await at the top"),
    ("js", "let a; a ??= 1;", "??="),
    ("js", "class A { static { } }", "static block"),
)
OLD_ENOUGH = (
    ("css", ":root { --a: clamp(1rem, 4vw, 2rem); } a { padding-inline-start: max(1px, 2px); }"),
    ("css", ".a { display: grid; gap: 1px; } a:focus-within { color: var(--a); }"),
    ("css", ".a { color: red; color: color-mix(in srgb, red, blue); }"),
    ("css", "@supports selector(:has(a)) { a:has(b) { inset: 0; } }"),
    (
        "css",
        ".a { display: flex; gap: 1px; } @supports (not (appearance: none)) and (not (inset: 0))"
        " { .a > * { margin-right: 1px; } }",
    ),
    ("js", "const a = document.body?.title ?? ''; async () => [await a].flatMap(b => b);"),
    ("js", "try { BigInt(1); } catch { /(?<a>b)/su; } const own = { at: 1 }; own.at;"),
)


def test_what_is_too_new_is_found(features: Reader) -> None:
    answers = features([(kind, text, {}) for kind, text, _ in TOO_NEW])
    for (_, text, name), found in zip(TOO_NEW, answers, strict=True):
        assert name in {one.name for one in found}, text
        assert all(one.line == 1 and one.browsers for one in found), text


def test_what_is_old_enough_is_not_objected_to(features: Reader) -> None:
    answers = features([(kind, text, {}) for kind, text in OLD_ENOUGH])
    assert dict(zip(OLD_ENOUGH, answers, strict=True)) == {one: [] for one in OLD_ENOUGH}
