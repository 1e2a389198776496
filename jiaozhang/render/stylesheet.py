"""Prepare the style sheet: a city's own colours, and media queries for old browsers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jiaozhang.ledger.settings import ToneColour

STYLE = "site.css"
_CONTAINER = re.compile(r"@container page (\([^{]*\)) \{")
_BRACE = re.compile(r"[{}]")
# Comments on lines of their own, and blanks that separate nothing, outside of quoted strings: of no
# use to browsers, and a twentieth of what travels.
_REMARK = re.compile(rb"(?m)^ */\*(?:(?!\*/)(?:.|\n))*\*/\n")
_BLANKS = re.compile(rb'("[^"\n]*")|;\s*(})\s*|\s*([{};,])\s*|(:)\s+')


def with_city_colours(
    assets: Mapping[str, bytes], colours: Sequence[ToneColour]
) -> Mapping[str, bytes]:
    """The assets, with a city's own colours appended to the style sheet, if it has any.

    Like the sheet's own they stand on `html`, so that those of elder mode and high contrast,
    which stand on `:root`, are the stronger.
    """
    if not colours:
        return assets
    light, dark = (
        f"html {{ {' '.join(f'--{own.tone}: {getattr(own, scheme)};' for own in colours)} }}"
        for scheme in ("light", "dark")
    )
    own = f"{light}\n@media screen and (prefers-color-scheme: dark) {{ {dark} }}\n"
    return {**assets, STYLE: assets[STYLE] + own.encode()}


def with_media_queries(assets: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The assets, with the style sheet's container queries repeated as media queries.

    A block by the width of the page is followed by the same block by the width of the window,
    for browsers that have no container queries: Chromium before 105, Safari before 16.
    """
    style = assets[STYLE].decode()
    made, done = [], 0
    while block := _CONTAINER.search(style, done):
        end = _end(style, block.end())
        inner = style[block.end() : end]
        old = f"@supports not (container-type: inline-size) {{ @media {block[1]} {{{inner}}} }}"
        made += [style[done : end + 1], "\n", old]
        done = end + 1
    return {**assets, STYLE: "".join([*made, style[done:]]).encode()}


def pack_style_sheet(assets: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The assets, with comments and superfluous blanks removed from the sheet."""
    return {**assets, STYLE: _BLANKS.sub(_packed, _REMARK.sub(b"", assets[STYLE]))}


def _packed(found: re.Match[bytes]) -> bytes:
    return found[1] or found[2] or found[3] or found[4]


def _end(style: str, start: int) -> int:
    """The index of the brace that closes the block in which `start` is."""
    depth = 1
    for brace in _BRACE.finditer(style, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    raise ValueError("a block of the style sheet is not closed")
