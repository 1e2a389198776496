"""Block parser: paragraphs, headings, lists, quotes, tables and footnotes, as elements.

Designed for Chinese notes. The start of each line determines its type, so a list or table may
follow a paragraph directly. Any other line is text, and line ends within a paragraph are preserved.
There is no other block markup: no indented code, horizontal rules or underlined headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from jiaozhang.markdown.inline import Inline, TextLine, append, code_spans

# A cell with at most so many characters is never wrapped.
_SHORT = 16
# Maximum nesting of containers: anything deeper is text.
_DEEPEST = 12
# Short rows are padded only in tables up to this number of cells; `check` refuses larger tables.
_MOST_CELLS = 2_000
_BLANK = r"[ \t\u3000]"
_QUOTE = re.compile(rf">(?:{_BLANK}|$)")
_ITEM = re.compile(rf"(?:([-*+])|(0|[1-9]\d{{0,2}})\.){_BLANK}+(?=\S)")
_HEADING = re.compile(rf"(#{{1,6}}){_BLANK}+(?=\S)")
_MOVED = re.compile(r"[ \t]*\u3000")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_NOTE = re.compile(r"\[\^([\w-]+)\]:")
_BARS = re.compile(r"\\.|`+|\|")
_ALIGN = {(True, True): "center", (True, False): "left", (False, True): "right"}


def parse(root: Element, text: str, inline: Inline, under: int) -> None:
    """Append the blocks of a text to an element, footnotes last.

    `inline` gets the names of the footnotes. Headings are placed below level `under`; the levels
    used in a text become consecutive.
    """
    lines = []
    at = 0
    for line in text.split("\n"):
        lines.append(TextLine(line.rstrip(), at))
        at += len(line) + 1
    notes, rest = _footnotes(lines)
    inline.notes = {label: nth for nth, label in enumerate(notes, 1)}
    parser = _Blocks(inline, _levels(rest, under))
    parser.fill(root, rest, 0)
    if notes:
        parser.footnotes(root, notes)


def indent_of(line: TextLine) -> int:
    """The indentation of a line in columns; a full-width space starts a paragraph instead."""
    width = 0
    for char in line.text:
        if char not in " \t":
            break
        width += 4 - width % 4 if char == "\t" else 1
    return width


def _bare(line: TextLine) -> TextLine:
    return line.after(len(line.text) - len(line.text.lstrip())) if line.text[:1].isspace() else line


def _footnotes(lines: Sequence[TextLine]) -> tuple[dict[str, list[TextLine]], list[TextLine]]:
    """The footnotes by their names, and the lines without them.

    A footnote ends at an empty line or at the start of another block. A duplicate of a footnote's
    name is ordinary text.
    """
    notes: dict[str, list[TextLine]] = {}
    rest: list[TextLine] = []
    own: list[TextLine] | None = None
    for line in lines:
        bare = _bare(line)
        found = _NOTE.match(bare.text)
        if found and found[1] not in notes:
            own = notes[found[1]] = [_bare(bare.after(found.end()))]
            rest.append(TextLine("", line.at))
        elif own is not None and not found and _goes_on(line):
            own.append(bare)
        else:
            own = None
            rest.append(line)
    return notes, rest


def _goes_on(line: TextLine) -> bool:
    """Whether a line continues the paragraph above it."""
    return bool(line.text) and not _MOVED.match(line.text) and not _begins(_bare(line).text)


def _begins(text: str) -> bool:
    return any(mark.match(text) for mark in (_QUOTE, _ITEM, _HEADING))


def _levels(lines: Sequence[TextLine], under: int) -> dict[int, int]:
    """Map the number of `#` of headings to levels without gaps."""
    used: set[int] = set()
    for line in lines:
        text = _bare(line).text
        depth = 0
        while depth < _DEEPEST and (mark := _QUOTE.match(text) or _ITEM.match(text)):
            text = text[mark.end() :].lstrip()
            depth += 1
        heading = _HEADING.match(text)
        used |= {len(heading[1])} if heading else set()
    return {signs: min(under + nth, 6) for nth, signs in enumerate(sorted(used), 1)}


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Appends the blocks of lines to elements."""

    inline: Inline
    levels: dict[int, int]

    def fill(self, parent: Element, lines: Sequence[TextLine], depth: int) -> None:
        at = 0
        while at < len(lines):
            at = self._block(parent, lines, at, depth) if lines[at].text else at + 1

    def _block(self, parent: Element, lines: Sequence[TextLine], at: int, depth: int) -> int:
        """Append the block that begins at line `at`; return the index of the line after it."""
        bare = _bare(lines[at])
        heading = _HEADING.match(bare.text)
        if heading:
            element = SubElement(parent, f"h{self.levels[len(heading[1])]}")
            self.inline.fill(element, [bare.after(heading.end())])
            return at + 1
        if depth < _DEEPEST and _QUOTE.match(bare.text):
            return self._quote(parent, lines, at, depth)
        if depth < _DEEPEST and _ITEM.match(bare.text):
            return self._list(parent, lines, at, depth)
        if _is_table(lines, at):
            return self._table(parent, lines, at)
        end = at + 1
        while end < len(lines) and _goes_on(lines[end]) and not _is_table(lines, end):
            end += 1
        self.inline.fill(SubElement(parent, "p"), [_bare(line) for line in lines[at:end]])
        return end

    def _quote(self, parent: Element, lines: Sequence[TextLine], at: int, depth: int) -> int:
        inner: list[TextLine] = []
        while at < len(lines) and (mark := _QUOTE.match(_bare(lines[at]).text)):
            inner.append(_bare(lines[at]).after(mark.end()))
            at += 1
        self.fill(SubElement(parent, "blockquote"), inner, depth + 1)
        return at

    def _list(self, parent: Element, lines: Sequence[TextLine], at: int, depth: int) -> int:
        first = _ITEM.match(_bare(lines[at]).text)
        is_numbered = bool(first and first[2])
        element = SubElement(parent, "ol" if is_numbered else "ul")
        number = 0
        while at < len(lines):
            bare = _bare(lines[at])
            mark = _ITEM.match(bare.text)
            if not mark or bool(mark[2]) is not is_numbered:
                break
            item = SubElement(element, "li")
            if is_numbered:
                _number_item(element, item, int(mark[2]), number)
                number = int(mark[2])
            end = _end_of_item(lines, at)
            own = [bare.after(mark.end()), *_moved_out(lines[at + 1 : end], lines[at], mark)]
            self.fill(item, own, depth + 1)
            _unwrap(item)
            at = end
        return at

    def _table(self, parent: Element, lines: Sequence[TextLine], at: int) -> int:
        """Append a table; no cell is dropped, whatever the lengths of the rows."""
        end = at + 2
        while end < len(lines) and _goes_on(lines[end]) and _cuts(_bare(lines[end]).text):
            end += 1
        rule = _cells(_bare(lines[at + 1]))
        aligned = [_ALIGN.get((c.text[:1] == ":", c.text[-1:] == ":"), "") for c in rule]
        rows = [_cells(_bare(line)) for line in (lines[at], *lines[at + 2 : end])]
        width = max(map(len, [rule, *rows]))
        aligned += [""] * (width - len(rule))
        # One row of a thousand cells must not pad all others to a thousand.
        least = width if width * len(rows) <= _MOST_CELLS else 0
        # A scrollable frame for the table, focusable by keyboard.
        frame = SubElement(parent, "div", {"class": "wide", "role": "group", "tabindex": "0"})
        frame.set("aria-label", "表格")
        table = SubElement(frame, "table")
        self._row(SubElement(table, "thead"), rows[0], "th", aligned, least)
        body = SubElement(table, "tbody") if rows[1:] else table
        for row in rows[1:]:
            self._row(body, row, "td", aligned, least)
        return end

    def _row(
        self, parent: Element, cells: list[TextLine], tag: str, aligned: Sequence[str], least: int
    ) -> None:
        row = SubElement(parent, "tr")
        for at, align in enumerate(aligned[: max(least, len(cells))]):
            line = cells[at] if at < len(cells) else TextLine("", 0)
            cell = SubElement(row, tag if line.text else "td", {"align": align} if align else {})
            if cell.tag == "th":
                cell.set("scope", "col")
            if len(line.text) > _SHORT:
                cell.set("class", "long")
            self.inline.fill(cell, [line], in_cell=True)

    def footnotes(self, root: Element, notes: dict[str, list[TextLine]]) -> None:
        SubElement(root, "hr")
        element = SubElement(root, "ol")
        texts = []
        # A footnote may refer to another: number all references before making back links.
        for label, lines in notes.items():
            item = SubElement(element, "li", id=self.inline.note_id(label))
            text = SubElement(item, "p")
            self.inline.fill(text, [line for line in lines if line.text])
            texts.append((label, text))
        for label, text in texts:
            for nth in range(1, self.inline.marks.get(label, 0) + 1):
                append(text, "\u00a0")
                back = SubElement(text, "a", href=f"#{self.inline.nth_mark(label, nth)}")
                if self.inline.back:
                    back.set("title", self.inline.back)
                back.text = "↩"


def _number_item(element: Element, item: Element, number: int, before: int) -> None:
    """Keep the written number of an item, whatever the previous one."""
    if len(element) == 1 and number != 1:
        element.set("start", str(number))
    elif len(element) > 1 and number != before + 1:
        item.set("value", str(number))


def _end_of_item(lines: Sequence[TextLine], at: int) -> int:
    """The line after a list item: indented lines belong to it, and text directly below it."""
    indent = indent_of(lines[at])
    end = at + 1
    while end < len(lines):
        line = lines[end]
        is_text_below = bool(lines[end - 1].text) and _goes_on(line) and not _is_table(lines, end)
        if not line.text:
            next_one = next((i for i in range(end, len(lines)) if lines[i].text), len(lines))
            if next_one == len(lines) or indent_of(lines[next_one]) <= indent:
                return _before_sibling(lines, end, next_one)
            end = next_one
        elif indent_of(line) > indent or is_text_below:
            end += 1
        else:
            return end
    return end


def _before_sibling(lines: Sequence[TextLine], end: int, next_one: int) -> int:
    """Empty lines between two items belong to the first."""
    is_item = next_one < len(lines) and _ITEM.match(_bare(lines[next_one]).text)
    return next_one if is_item else end


def _moved_out(
    lines: Sequence[TextLine], item: TextLine, mark: re.Match[str]
) -> Iterator[TextLine]:
    """The continuation lines of an item, with the item's indentation removed."""
    width = indent_of(item) + mark.end()
    for line in lines:
        blanks = len(line.text) - len(line.text.lstrip(" \t"))
        yield line.after(min(blanks, width)) if indent_of(line) else line


def _unwrap(item: Element) -> None:
    """Replace the only paragraph of an item by its content; several remain paragraphs."""
    if len(item) and item[0].tag == "p" and sum(child.tag == "p" for child in item) == 1:
        paragraph = item[0]
        item.remove(paragraph)
        item.text = paragraph.text
        children = list(paragraph)
        for at, child in enumerate(children):
            item.insert(at, child)


def _is_table(lines: Sequence[TextLine], at: int) -> bool:
    """Whether a table begins at a line: cells, and a delimiter row below."""
    if at + 1 >= len(lines) or not _cuts(_bare(lines[at]).text):
        return False
    below = _bare(lines[at + 1]).text
    return "|" in below and bool(_RULE.fullmatch(below)) and not _begins(below)


def _cuts(text: str) -> list[int]:
    """The positions of the bars of a row, except in code and after a backslash."""
    if "`" not in text and "\\" not in text:
        return [at for at, char in enumerate(text) if char == "|"]
    codes = code_spans(text)
    found: list[int] = []
    at = 0
    while one := _BARS.search(text, at):
        at = codes[one.start()][2] if one.start() in codes else one.end()
        if one[0] == "|":
            found.append(one.start())
    return found


def _cells(line: TextLine) -> list[TextLine]:
    cuts = [-1, *_cuts(line.text), len(line.text)]
    cells = [line.part(a + 1, b) for a, b in pairwise(cuts)]
    # Bars at both ends of a row are borders, not separators.
    first = 1 if not cells[0].text else 0
    last = -1 if not cells[-1].text and len(cells) > first + 1 else None
    return cells[first:last]
