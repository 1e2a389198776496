"""What somebody reads who sees a rendered text: its words, without tags.

Lists keep their numbers, footnotes stand as [1], a picture is its words, and a row of a table is a
line whose cells are parted by tabs.
"""

from __future__ import annotations

import re
from html import unescape

# A tag as nh3 writes it: in what it cleaned there is no other `<`. The parser of the standard
# library is made for any HTML, and takes a time that grows with the square of some.
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*/?>')
_FACT = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
_BLOCKS = frozenset({"p", "blockquote", "h3", "h4", "h5", "h6", "ul", "ol", "table", "hr", "div"})
_LINES = frozenset({"li", "tr", "br"})
_BLANK = re.compile(r"\s")


def text_of(html: str, has_marks: bool = True) -> str:
    """The words of a rendered text: blocks parted by an empty line, items and rows by a line end.

    `html` is what `prose.to_html` makes. The marks of footnotes may be left out.
    """
    reader = _Words(has_marks)
    reader.read(html)
    lines = "".join(reader.words).split("\n")
    rows = ("\t".join(" ".join(cell.split()) for cell in line.split("\t")) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


class _Words:
    """Gathers words; line ends of the HTML itself are blanks."""

    def __init__(self, has_marks: bool) -> None:
        self.words: list[str] = []
        self._has_marks = has_marks
        self._numbers: list[int | None] = []  # the next number of each open list that has one
        self._cells: int | None = None  # how many cells of an open row were begun
        self._is_silent = self._is_back = False  # in the way back from a footnote, or in a mark
        self._is_fresh = False  # right behind the beginning of an item

    def read(self, html: str) -> None:
        at = 0
        for found in _TAG.finditer(html):
            if at < found.start():
                self._data(unescape(html[at : found.start()]))
            at = found.end()
            if found[1]:
                self._end(found[2])
            else:
                facts = _FACT.findall(found[3]) if found[3] else ()
                self._begin(found[2], {name: unescape(value) for name, value in facts})
        self._data(unescape(html[at:]))

    def _begin(self, tag: str, facts: dict[str, str]) -> None:
        if tag in _BLOCKS or tag in _LINES:
            self._break(tag)
        if tag in ("ul", "ol"):
            self._numbers.append(int(facts.get("start", 1)) if tag == "ol" else None)
        elif tag == "li":
            self._item(facts)
        elif tag == "tr":
            self._cells = 0
        elif tag in ("td", "th"):
            self.words.append("\t" if self._cells else "")
            self._cells = (self._cells or 0) + 1
        else:
            self._inline(tag, facts)

    def _inline(self, tag: str, facts: dict[str, str]) -> None:
        if tag == "img":
            self.words.append(facts.get("alt", ""))
        elif tag == "a" and facts.get("href", "").startswith("#fnref"):
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
