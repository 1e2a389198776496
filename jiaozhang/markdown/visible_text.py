"""The displayed text of rendered HTML, without tags.

List items have their numbers, footnote references are [1], images their alt text, and table rows
are lines with tab-separated cells.
"""

from __future__ import annotations

import re
from html import unescape

# A tag as written by nh3, in whose output there is no other `<`. The standard library's parser
# accepts any HTML, and takes quadratic time for some.
TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*/?>')
_FACT = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
_BLOCKS = frozenset({"p", "blockquote", "h3", "h4", "h5", "h6", "ul", "ol", "table", "hr", "div"})
_LINES = frozenset({"li", "tr", "br"})
_BLANK = re.compile(r"\s")


def text_of(html: str, has_marks: bool = True) -> str:
    """The text of rendered HTML: blocks separated by empty lines, items and rows by line ends.

    `html` is the output of `prose.to_html`. Footnote references can be left out.
    """
    reader = _Words(has_marks)
    reader.read(html)
    lines = "".join(reader.words).split("\n")
    rows = ("\t".join(" ".join(cell.split()) for cell in line.split("\t")) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


class _Words:
    """Collects text; line ends in the HTML are spaces."""

    def __init__(self, has_marks: bool) -> None:
        self.words: list[str] = []
        self._has_marks = has_marks
        self._numbers: list[int | None] = []  # next number of each open ordered list
        self._cells: int | None = None  # number of cells begun in the open row
        self._is_silent = self._is_back = False  # inside a footnote's back link, or a reference
        self._is_fresh = False  # at the beginning of an item

    def read(self, html: str) -> None:
        at = 0
        for found in TAG.finditer(html):
            if at < found.start():
                self._data(unescape(html[at : found.start()]))
            at = found.end()
            if found[1]:
                self._end(found[2])
            else:
                self._begin(found[2], found[3])
        self._data(unescape(html[at:]))

    def _begin(self, tag: str, attributes: str) -> None:
        if tag in _BLOCKS or tag in _LINES:
            self._break(tag)
        if tag in ("ul", "ol"):
            first = _facts(attributes).get("start", 1)
            self._numbers.append(int(first) if tag == "ol" else None)
        elif tag == "li":
            self._item(_facts(attributes))
        elif tag == "tr":
            self._cells = 0
        elif tag in ("td", "th"):
            self.words.append("\t" if self._cells else "")
            self._cells = (self._cells or 0) + 1
        else:
            self._inline(tag, attributes)

    def _inline(self, tag: str, attributes: str) -> None:
        if tag == "img":
            self.words.append(_facts(attributes).get("alt", ""))
        elif tag == "a" and 'href="#fnref' in attributes:
            self._is_silent = self._is_back = True
        elif tag == "sup":
            self._is_silent = not self._has_marks
            self.words.append("[" if self._has_marks else "")

    def _end(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._numbers.pop()
        elif tag == "tr":
            self._cells = None
        elif tag == "a" and self._is_back:
            self._is_silent = self._is_back = False
        elif tag == "sup":
            self._is_silent = False
            self.words.append("]" if self._has_marks else "")
        if tag in _BLOCKS:
            self._break(tag)

    def _data(self, data: str) -> None:
        if data and not self._is_silent:
            self.words.append(_BLANK.sub(" ", data))
            self._is_fresh = self._is_fresh and not data.strip()

    def _break(self, tag: str) -> None:
        if self._cells is not None and tag == "br":
            self.words.append(" ")
        elif not self._is_fresh:
            is_close = self._numbers or tag in _LINES
            self.words.append("\n" if is_close else "\n\n")

    def _item(self, facts: dict[str, str]) -> None:
        self._is_fresh = True
        if self._numbers[-1] is None:
            return
        number = int(facts.get("value", self._numbers[-1]))
        self._numbers[-1] = number + 1
        is_footnote = facts.get("id", "").startswith("fn-")
        self.words.append(f"[{number}] " if is_footnote else f"{number}. ")


def _facts(attributes: str) -> dict[str, str]:
    """The attributes of a tag by their names."""
    return {name: unescape(value) for name, value in _FACT.findall(attributes)}
