"""Nothing is said around the catalogue: a site whose translations are marked shows no other words.

Each translation stands between two marks. What a page, a feed, a calendar or a
table shows outside of them is what the content says, or a word that the program says by itself.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Set
from dataclasses import fields, is_dataclass
from html import escape
from html.parser import HTMLParser
from io import StringIO

import pytest

from chinese_literals import CHINESE
from conftest import ROOT, TODAY
from jiaozhang.build.pipeline import BuildDay, build, examine, load
from jiaozhang.ledger.public import Target
from jiaozhang.wall.audience import Audience, release
from jiaozhang.wording import words, zh

BEGINS, ENDS = "⟦", "⟧"
ATTRIBUTES = {"alt", "aria-label", "content", "data-label", "placeholder", "title"}
# A message never goes on behind the end of one of these; one that was cut off ends with it.
BLOCKS = {"button", "caption", "dd", "dt", "figcaption", "h1", "h2", "h3", "label", "li", "option"}
BLOCKS |= {"p", "summary", "td", "th", "title"}
# As long as this, a piece of what the content says is no accident.
LEAST = 4


class Unmarked(HTMLParser):
    """The pieces of a page's words that stand outside of all marks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.depth = 0
        self.is_prose = False
        # What a page says to programs is made of its title and crumbs, which it also shows.
        self.feed(re.sub(r"<script type=.*?</script>", "", html))

    def handle_data(self, data: str) -> None:
        piece = ""
        for char in data:
            if char in (BEGINS, ENDS):
                self.pieces.append(piece)
                piece = ""
                self.depth = max(0, self.depth + (1 if char == BEGINS else -1))
            elif not self.depth:
                piece += char
        # Behind a mark in a text of the content, a stop stands alone.
        if not (self.is_prose and len(piece.strip()) == 1):
            self.pieces.append(piece)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_prose |= ("class", "prose") in attrs or ("class", "verbatim") in attrs
        outside = self.depth
        for name, value in attrs:
            if name in ATTRIBUTES and value:
                self.depth = 0
                self.handle_data(value)
        self.depth = outside

    def handle_endtag(self, tag: str) -> None:
        self.is_prose &= tag != "div"
        if tag in BLOCKS:
            self.depth = 0


def said_in(thing: object) -> Iterator[str]:
    """Every text of a record, and the names that are made of two of them."""
    if isinstance(thing, str):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from said_in(getattr(thing, field.name))
        if isinstance(thing, Target):
            yield words.target_name(thing)
    elif isinstance(thing, dict):
        yield from said_in((*thing, *thing.values()))
    elif isinstance(thing, tuple | frozenset):
        for one in thing:
            yield from said_in(one)


def shown_in(path: str, content: bytes) -> Iterator[str]:
    """The pieces of a page, a feed, a calendar or a table outside of all marks."""
    if path.endswith((".html", ".xml")):
        yield from Unmarked(content.decode()).pieces
    elif path.endswith(".ics"):
        lines = content.decode().replace("\r\n ", "").splitlines()
        for value in (line.partition(":")[2].replace("\\n", " ") for line in lines):
            yield from Unmarked(escape(re.sub(r"\\([,;\\])", r"\1", value))).pieces
    elif path.endswith(".csv"):
        for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline="")):
            for cell in row:
                yield from Unmarked(escape(cell)).pieces


def is_content(piece: str, said: Set[str], whole: str) -> bool:
    """Tell whether the content says it: as a text of its own, as a part of one, as an amount."""

    def is_said(text: str) -> bool:
        bare = re.sub(r"^[\d.—]+|……$|\[\d+\]$", "", text)
        return any(one in said or (len(one) >= LEAST and one in whole) for one in (text, bare))

    parts = re.split(r"\s*[·/]\s*|\s+", piece)
    return is_said(piece) or all(is_said(part) for part in parts if CHINESE.search(part))


@pytest.mark.parametrize("audience", ["public", "intranet"])
def test_all_words_come_from_content_or_catalogue(
    monkeypatch: pytest.MonkeyPatch, audience: Audience
) -> None:
    inputs = load(ROOT / "examples" / "demo", "demo", None, ROOT)
    filed, _ = examine(inputs)
    assert filed is not None
    said = {*said_in(release(filed, audience))}
    whole = "\n".join(said)
    marked = {key: f"{BEGINS}{one}{ENDS}" for key, one in zh.MESSAGES.items()}
    plurals = {
        key: tuple(f"{BEGINS}{one}{ENDS}" for one in forms) for key, forms in zh.PLURALS.items()
    }
    monkeypatch.setattr(zh, "MESSAGES", marked)
    monkeypatch.setattr(zh, "PLURALS", plurals)
    site, _ = build(filed, inputs, audience, BuildDay(None, TODAY), None)
    found = {
        piece.strip(): path
        for path, content in site.files.items()
        for piece in shown_in(path, content)
        if CHINESE.search(piece) and not is_content(piece.strip(), said, whole)
    }
    assert len(site.files) > 100 and BEGINS in site.files["index.html"].decode()
    assert found == {}
