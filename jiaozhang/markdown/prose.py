"""Render the Markdown of notes and notices."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from jiaozhang.attachments.inspection import size_of
from jiaozhang.cache import recall
from jiaozhang.markdown.visible_text import text_of


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that a text may show, with its size in pixels."""

    source: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Prose:
    """A rendered text, and its references with their indices (from 0) in the source.

    `pictures` are the sources of all images with their alt text, `links` the URLs.
    """

    html: Markup
    pictures: tuple[tuple[str, str, int], ...]
    links: tuple[tuple[str, int], ...]


# Level of the page's heading above the text: a note's title is on level three, a notice's on level
# two.
UNDER_NOTE, UNDER_NOTICE = 3, 2


@functools.lru_cache(maxsize=4096)
def prose_of(
    text: str,
    name: str = "",
    pictures: tuple[Picture, ...] = (),
    under: int = UNDER_NOTE,
    back: str = "",
) -> Prose:
    """Render Markdown; HTML in it is text; scripts, styles and other schemes are removed.

    `name` makes footnote ids unique among several texts on a page. Only images in `pictures` are
    shown, of others the alt text. Headings are placed below level `under`. `back` is the title of
    the links from footnotes back to the text.
    """
    facts = (text, name, pictures, under, back)
    html, shown, links = recall("prose", facts, lambda: _rendered(*facts))
    return Prose(Markup(html), shown, links)  # noqa: S704 - sanitised


def to_html(
    text: str,
    name: str = "",
    pictures: tuple[Picture, ...] = (),
    under: int = UNDER_NOTE,
    back: str = "",
) -> Markup:
    """The HTML only."""
    # Without footnotes `back` is unused, and the checks' cached result serves.
    return prose_of(text, name, pictures, under, back if "[^" in text else "").html


@functools.lru_cache(maxsize=4096)
def to_text(text: str) -> str:
    """The displayed text of Markdown, without markup."""
    return recall("words", text, lambda: text_of(to_html(text)))


def pictures_of(folder: str, files: Iterable[tuple[str, bytes]]) -> tuple[Picture, ...]:
    """The images among files, each with its path as written in a text next to `folder`."""
    sizes = ((name, size_of(content)) for name, content in files)
    return tuple(
        Picture(f"{folder}/{name}", size.width, size.height) for name, size in sizes if size
    )


def first_words(text: str, limit: int = 80) -> str:
    """The first paragraph of a Markdown text without markup, cut at punctuation if too long."""
    html = to_html(text).partition("</p>")[0]
    plain = " ".join(text_of(html, has_marks=False).split())
    if len(plain) <= limit:
        return plain
    cut = max(plain.rfind(stop, 0, limit) for stop in "。；，")
    return plain[: cut if cut > limit // 2 else limit].rstrip("，；。") + "……"


def _rendered(
    text: str, name: str, pictures: tuple[Picture, ...], under: int, back: str
) -> tuple[str, tuple[tuple[str, str, int], ...], tuple[tuple[str, int], ...]]:
    from jiaozhang.markdown.html import rendered  # imported here: 100 ms, not needed if cached

    sizes = {one.source: (one.width, one.height) for one in pictures}
    return rendered(text, name, sizes, under, back)
