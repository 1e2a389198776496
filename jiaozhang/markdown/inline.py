"""Inline parser: converts markup within lines to elements.

The markup is a closed list: `*` and `**` in pairs, backticks, links and images with an address,
`<https://…>`, footnote marks, and a backslash before ASCII punctuation. All else is text.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from jiaozhang.files.urls import is_address, is_inside

# Maximum nesting of emphasis: anything deeper is text.
_DEEPEST = 8
_ESCAPE = re.compile(rf"\\([{re.escape(string.punctuation)}])")
_TICKS = re.compile(r"`+")
_TICK_OR_ESCAPE = re.compile(r"`+|\\[!-/:-@\[-`{-~]")
_BRACKET_OR_CODE = re.compile(r"[\[\]]|`+|\\[!-/:-@\[-`{-~]")
_STARS = re.compile(r"\*+")
_ADDRESS = re.compile(
    r"\(\s*(?:<([^<>\n]*)>|((?:[^\s()<>]|\([^\s()<>]*\))+))"
    r"(?:\s+(?:\"([^\"\n]*)\"|'([^'\n]*)'))?\s*\)"
)
# Characters that emphasis never starts with, and never ends with.
_NEVER_FIRST = "，。、；：！？）》」』】〕”’"
_NEVER_LAST = "（《「『【〔“‘"
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")
_MARK = re.compile(r"\[\^([\w-]+)\]")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_TEXT = re.compile(r"[^\\`*\[!<\n]+")
# All markup within a line has one of these characters.
_MARKUP = re.compile(r"[\\`*\[<]")
_FILLED = re.compile(r"\S")


class TextLine(NamedTuple):
    """A part of one line, and its index in the whole text."""

    text: str
    at: int

    def after(self, count: int) -> TextLine:
        """The rest of the line after the first `count` characters."""
        return TextLine(self.text[count:], self.at + count)

    def part(self, start: int, end: int) -> TextLine:
        """The characters from `start` to `end` (exclusive), stripped of white space."""
        piece = self.text[start:end]
        bare = piece.lstrip()
        return TextLine(bare.rstrip(), self.at + start + len(piece) - len(bare))


@dataclass(frozen=True, slots=True)
class _Stars:
    """A run of asterisks that may open or close emphasis."""

    count: int
    opens: bool
    closes: bool


_Token = str | Element | _Stars


@dataclass(slots=True)
class Inline:
    """Converts lines to elements, given the text's footnotes and images.

    `sizes` maps each image source to its width and height in pixels; `name` makes footnote ids
    unique among several texts on a page, `notes` maps footnote names to numbers, `back` is the
    title of their back links. Afterwards it holds the images with their alt text and the links,
    each with its index in the text, and the number of references to each footnote.
    """

    name: str
    sizes: Mapping[str, tuple[int, int]]
    back: str = ""
    notes: Mapping[str, int] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)
    pictures: list[tuple[str, str, int]] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)

    def fill(self, element: Element, lines: Sequence[TextLine], in_cell: bool = False) -> None:
        """Append the lines of a paragraph, heading or cell to an element."""
        if len(lines) == 1 and not _MARKUP.search(lines[0].text):
            append(element, lines[0].text)
        else:
            _build(element, _Reader(self, lines, in_cell).tokens())

    def mark_id(self, label: str) -> str:
        """The id of the next reference to a footnote: the second is numbered 2."""
        self.marks[label] = self.marks.get(label, 0) + 1
        return self.nth_mark(label, self.marks[label])

    def nth_mark(self, label: str, nth: int) -> str:
        return f"fnref{nth if nth > 1 else ''}-{self._named(label)}"

    def note_id(self, label: str) -> str:
        return f"fn-{self._named(label)}"

    def _named(self, label: str) -> str:
        return f"{self.name}-{label}" if self.name else label


class _Reader:
    """Parses one paragraph from left to right."""

    def __init__(self, inline: Inline, lines: Sequence[TextLine], in_cell: bool) -> None:
        self.inline = inline
        self.text = "\n".join(line.text for line in lines)
        self.in_cell = in_cell
        self.codes = code_spans(self.text)
        self.brackets = _brackets(self.text, self.codes)
        self.offsets = [line.at for line in lines]
        self.starts = [0]
        for line in lines[:-1]:
            self.starts.append(self.starts[-1] + len(line.text) + 1)

    def tokens(self) -> list[_Token]:
        return self._tokens(0, len(self.text), False)

    def _tokens(self, start: int, end: int, in_link: bool) -> list[_Token]:
        found: list[_Token] = []
        at = start
        while at < end:
            tokens, at = self._next(at, end, in_link)
            found += tokens
        return found

    def _next(self, at: int, end: int, in_link: bool) -> tuple[Iterable[_Token], int]:
        """The tokens that begin at `at`, and the index of the next one."""
        plain = _TEXT.match(self.text, at, end)
        if plain:
            return (plain[0],), plain.end()
        char = self.text[at]
        if char == "\n":
            return (Element("br"),), at + 1
        if char == "\\":
            escaped = _ESCAPE.match(self.text, at)
            return ((escaped[1],), at + 2) if escaped else ((char,), at + 1)
        if char == "`":
            return self._code(at)
        if char == "*":
            return self._stars(at)
        return self._linked(at, in_link) or ((char,), at + 1)

    def _code(self, at: int) -> tuple[Iterable[_Token], int]:
        if at not in self.codes:
            run = _TICKS.match(self.text, at)
            end = run.end() if run else at + 1
            return (self.text[at:end],), end
        first, last, end = self.codes[at]
        code = Element("code")
        for nth, line in enumerate(self.text[first:last].strip().split("\n")):
            append(code, *((Element("br"),) if nth else ()), line)
        return (code,), end

    def _stars(self, at: int) -> tuple[Iterable[_Token], int]:
        run = _STARS.match(self.text, at)
        end = run.end() if run else at + 1
        before, after = self.text[max(at - 1, 0) : at], self.text[end : end + 1]
        if end - at > len("***") or (_is_word(before) and _is_word(after)):
            return (self.text[at:end],), end
        if end - at == 1 and _is_times(before, after):
            return ("*",), end
        opens = bool(after.strip()) and after not in _NEVER_FIRST
        closes = bool(before.strip()) and before not in _NEVER_LAST
        return (_Stars(end - at, opens, closes),), end

    def _linked(self, at: int, in_link: bool) -> tuple[Iterable[_Token], int] | None:
        if self.text.startswith("![", at):
            return self._image(at)
        if self.text[at] == "<":
            return self._angle(at, in_link)
        if self.text[at] == "[" and not in_link:
            return self._mark(at) or self._link(at)
        return None

    def _image(self, at: int) -> tuple[Iterable[_Token], int] | None:
        found = self._addressed(at + 1)
        if found is None:
            return None
        close, source, title, end = found
        words = " ".join(_ESCAPE.sub(r"\1", self.text[at + 2 : close]).split())
        self.inline.pictures.append((source, words, self._offset(at)))
        # A title attribute is visible only with a mouse, so it is shown as a caption.
        caption = (Element("br"), title) if title else ()
        if source not in self.inline.sizes:
            return (words, *caption), end
        width, height = map(str, self.inline.sizes[source])
        image = Element("img", src=source, alt=words, width=width, height=height)
        return (image, *caption), end

    def _angle(self, at: int, in_link: bool) -> tuple[Iterable[_Token], int] | None:
        found = _BREAK.match(self.text, at)
        if found and self.in_cell:
            return (Element("br"),), found.end()
        found = _AUTOLINK.match(self.text, at)
        if not found or in_link or not is_address(found[1]):
            return None
        self.inline.links.append((found[1], self._offset(at)))
        link = Element("a", href=found[1])
        link.text = found[1]
        return (link,), found.end()

    def _mark(self, at: int) -> tuple[Iterable[_Token], int] | None:
        found = _MARK.match(self.text, at)
        if not found or found[1] not in self.inline.notes:
            return None
        label = found[1]
        mark = Element("sup", id=self.inline.mark_id(label))
        link = SubElement(mark, "a", href=f"#{self.inline.note_id(label)}")
        link.text = str(self.inline.notes[label])
        return (mark,), found.end()

    def _link(self, at: int) -> tuple[Iterable[_Token], int] | None:
        found = self._addressed(at)
        if found is None or not _FILLED.search(self.text, at + 1, found[0]):
            return None
        close, address, _, end = found
        if not (is_address(address) or is_inside(address)):
            return None
        self.inline.links.append((address, self._offset(at)))
        link = Element("a", href=address)
        _build(link, self._tokens(at + 1, close, in_link=True))
        return (link,), end

    def _addressed(self, at: int) -> tuple[int, str, str, int] | None:
        """For brackets followed by a target: the index of the closing bracket, the URL, the title,
        and the end index.
        """
        close = self.brackets.get(at)
        found = _ADDRESS.match(self.text, close + 1) if close else None
        if not close or not found:
            return None
        address = found[1] if found[2] is None else found[2]
        return close, address.strip(), found[3] or found[4] or "", found.end()

    def _offset(self, at: int) -> int:
        line = bisect_right(self.starts, at) - 1
        return self.offsets[line] + at - self.starts[line]


def code_spans(text: str) -> dict[int, tuple[int, int, int]]:
    """Map the start of each code span to (content start, content end, span end).

    A run of backticks is closed by the next run of equal length.
    """
    runs: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        runs.setdefault(len(run[0]), []).append(run.start())
    found: dict[int, tuple[int, int, int]] = {}
    at = 0
    while opening := _TICK_OR_ESCAPE.search(text, at):
        at = opening.end()
        own = runs.get(len(opening[0]), []) if opening[0][0] == "`" else []
        next_one = bisect_left(own, at)
        if next_one < len(own) and _FILLED.search(text, at, own[next_one]):
            close = own[next_one]
            found[opening.start()] = at, close, close + len(opening[0])
            at = close + len(opening[0])
    return found


def _brackets(text: str, codes: Mapping[int, tuple[int, int, int]]) -> dict[int, int]:
    """Map each opening bracket to its closing one, except in code and after a backslash."""
    found: dict[int, int] = {}
    opened: list[int] = []
    at = 0
    while one := _BRACKET_OR_CODE.search(text, at):
        at = one.end()
        if one.start() in codes:
            at = codes[one.start()][2]
        elif one[0] == "[":
            opened.append(one.start())
        elif one[0] == "]" and opened:
            found[opened.pop()] = one.start()
    return found


def _build(element: Element, tokens: Sequence[_Token]) -> None:
    """Append tokens to an element: paired asterisks as emphasis, unpaired ones as text."""
    partner = _paired(tokens)
    inside = [element]
    words: list[str] = []  # a list, since repeated string concatenation is quadratic

    def write() -> None:
        append(inside[-1], "".join(words))
        words.clear()

    for at, token in enumerate(tokens):
        if isinstance(token, str):
            words.append(token)
            continue
        is_pair = at in partner
        if isinstance(token, _Stars) and not is_pair:
            words.append("*" * token.count)
            continue
        write()
        if not isinstance(token, _Stars):
            append(inside[-1], token)
        elif partner[at] > at:
            outer = Element("em" if token.count == 1 else "strong")
            append(inside[-1], outer)
            inside.append(SubElement(outer, "em") if token.count == len("***") else outer)
        else:
            inside.pop()
    write()


def _paired(tokens: Sequence[_Token]) -> dict[int, int]:
    """Map each run of asterisks to its partner of equal length."""
    found: dict[int, int] = {}
    opened: list[tuple[int, int]] = []
    for at, token in enumerate(tokens):
        if not isinstance(token, _Stars):
            continue
        own = [i for i, (count, _) in enumerate(opened) if count == token.count]
        if token.closes and own:
            _, first = opened[own[-1]]
            del opened[own[-1] :]
            found |= {first: at, at: first}
        elif token.opens and len(opened) < _DEEPEST:
            opened.append((token.count, at))
    return found


def append(element: Element, *pieces: str | Element) -> None:
    """Append text or elements to an element's content."""
    for piece in pieces:
        if not isinstance(piece, str):
            element.append(piece)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + piece
        else:
            element.text = (element.text or "") + piece


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _is_times(before: str, after: str) -> bool:
    """Whether an asterisk between two characters is a multiplication sign: 3米*4米, 100*(1+2)."""
    ends = before != "" and before in ")）%％"
    begins = after != "" and after in "(（"
    if before.isdecimal() or after.isdecimal():
        return (before.isalnum() or ends) and (after.isalnum() or begins)
    return ends and begins
