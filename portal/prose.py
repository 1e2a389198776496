"""The Markdown of notes and notices, as pages show it."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from markupsafe import Markup

from portal.memory import recall


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that a text may show, with its size in pixels."""

    source: str
    width: int
    height: int


_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")


@functools.lru_cache(maxsize=4096)
def to_html(text: str, name: str = "", pictures: tuple[Picture, ...] = ()) -> Markup:
    """Render Markdown; raw HTML, scripts, styles and odd schemes do not survive.

    `name` keeps the footnotes of several texts on one page apart. Of images only those that are
    named in `pictures` are shown.
    """
    facts = (text, name, pictures)
    return Markup(recall("prose", facts, lambda: _clean(*facts)))  # noqa: S704 - cleaned


def pictures_in(text: str) -> tuple[tuple[str, str], ...]:
    """Every image of a Markdown text: its source and its alternative text."""
    return tuple((found[2].strip(), found[1].strip()) for found in _IMAGE.finditer(text))


def first_words(text: str, limit: int = 80) -> str:
    """The first paragraph of a Markdown text without its markup, cut at a stop where it is long."""
    plain = str(to_html(text).partition("</p>")[0].striptags())
    if len(plain) <= limit:
        return plain
    cut = max(plain.rfind(stop, 0, limit) for stop in "。；，")
    return plain[: cut if cut > limit // 2 else limit].rstrip("，；。") + "……"


def _clean(text: str, name: str, pictures: tuple[Picture, ...]) -> str:
    from portal.markdown_html import clean_html  # 100 ms that nobody pays who changed no text

    return clean_html(text, name, {one.source: (one.width, one.height) for one in pictures})
