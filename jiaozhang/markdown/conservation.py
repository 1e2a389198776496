"""An independent second parser, which finds all text of a source that must be visible on the page.

The checker compares the page with it: every visible character of the source must appear in the
page's words, in order. This parser knows the closed list of markup and nothing of rendering; it
shares no code with `blocks` and `inline`, so that it finds their errors. This module handles lines;
`markup_spans` removes the markup within lines.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from jiaozhang.markdown.markup_spans import Struck, literals

_MOST_MARKERS = 12
_MARKER = re.compile(
    r"(?P<quote>>)([ \t\u3000]|$)|(?:[-*+]|(?P<number>(?:0|[1-9]\d{0,2})\.))[ \t\u3000]+(?=\S)"
)
_MOVED = re.compile(r"[ \t]*\u3000")
_HASHES = re.compile(r"#{1,6}[ \t\u3000]+(?=\S)")
_NOTE = re.compile(r"\s*(?P<mark>)\[\^([\w-]+)\]:")
# Text without these characters has no inline markup.
_MARKUP = re.compile(r"[\\`*\[<]")
_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)*(?:\s*:?-+:?\s*)?")


class SourceTable(NamedTuple):
    """A table: its start in the source, its rows except the head, and its widest row."""

    at: int
    rows: int
    columns: int


class SeenCharacter(NamedTuple):
    """A character that must be visible, and its index in the source."""

    char: str
    at: int


class Piece(NamedTuple):
    """A paragraph, heading, item or cell as displayed, with the source index of each character.

    List numbers and footnote references are left out. `end` is the index after it; cells with the
    same `row` are in one row of a table.
    """

    text: str
    places: tuple[int, ...]
    end: int
    row: int | None


def pieces(text: str) -> list[Piece]:
    """The displayed text, piece by piece; footnotes are last."""
    body, notes = _runs(text)[:2]
    return [run.piece(notes) for run in (*body, *notes.values())]


@functools.lru_cache(maxsize=2)
def visible(text: str) -> tuple[SeenCharacter, ...]:
    """Every character that must be visible, in order, without white space; footnotes are last."""
    body, notes = _runs(text)[:2]
    order = {label: f"[{nth}]" for nth, label in enumerate(notes, 1)}
    found = [seen for run in body for seen in run.seen(order)]
    for label, run in notes.items():
        found += [SeenCharacter(char, run.start) for char in order[label]]
        found += run.seen(order)
    return tuple(seen for seen in found if not seen.char.isspace())


def lost(text: str, words: str) -> SeenCharacter | None:
    """The first character of a text that is not in its place in the page's words.

    If the page has additional text, it is the last character before that.
    """
    shown = [char for char in words if not char.isspace()]
    wanted = visible(text)
    for seen, char in zip(wanted, shown, strict=False):
        if seen.char != char:
            return seen
    if len(wanted) > len(shown):
        return wanted[len(shown)]
    if len(wanted) < len(shown):
        return wanted[-1] if wanted else SeenCharacter(shown[0], 0)
    return None


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The start and length in characters of each paragraph, heading, item and cell."""
    body, notes = _runs(text)[:2]
    return [(run.start, len(run.chars)) for run in (*body, *notes.values())]


def slanted(text: str) -> list[tuple[int, int]]:
    """The positions of the two asterisks of each emphasis with single ones."""
    body, notes = _runs(text)[:2]
    found = []
    for run in (*body, *notes.values()):
        pairs = Struck("".join(run.chars), {}, run.is_cell).slanted if "*" in run.chars else ()
        found += [(run.places[first], run.places[last]) for first, last in pairs]
    return found


def tables(text: str) -> list[SourceTable]:
    """The tables of a text."""
    return _runs(text)[2]


def without_code(text: str) -> str:
    """The text with code and escaped characters replaced by spaces; same length."""
    chars = list(text)
    body, notes = _runs(text)[:2]
    for run in (*body, *notes.values()):
        for start, end in literals("".join(run.chars)):
            for place in run.places[start:end]:
                chars[place] = " " if text[place] != "\n" else "\n"
    return "".join(chars)


def is_rule(lines: Sequence[str], at: int) -> bool:
    """Whether a line is a table's delimiter row: bars, minus signs and colons."""
    line = lines[at].strip()
    is_drawn = "|" in line and "-" in line and bool(_RULE.fullmatch(line))
    return is_drawn and not _MARKER.match(line) and at > 0 and bool(bars(lines[at - 1]))


def bars(line: str) -> list[int]:
    """The positions of the bars of a line, except in code and after a backslash."""
    if "|" not in line:
        return []
    covered = {at for start, end in literals(line) for at in range(start, end)}
    return [at for at, char in enumerate(line) if char == "|" and at not in covered]


@dataclass(slots=True)
class _Run:
    """The text of a paragraph, heading or cell, with the index of each character.

    `lead` is displayed before it, such as the number of an item.
    """

    start: int
    lead: list[SeenCharacter] = field(default_factory=list)
    chars: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    is_cell: bool = False
    row: int | None = None

    def add(self, text: str, at: int) -> None:
        if self.chars:
            self.chars.append("\n")
            self.places.append(at)
        self.chars += text
        self.places += range(at, at + len(text))

    def seen(self, order: Mapping[str, str]) -> Iterator[SeenCharacter]:
        yield from self.lead
        yield from self._chars_seen(order)

    def piece(self, labels: Iterable[str]) -> Piece:
        seen = list(self._chars_seen(dict.fromkeys(labels, "")))
        text = "".join(one.char for one in seen)
        end = self.places[-1] + 1 if self.places else self.start
        return Piece(text, tuple(one.at for one in seen), end, self.row)

    def _chars_seen(self, order: Mapping[str, str]) -> Iterator[SeenCharacter]:
        text = "".join(self.chars)
        if not _MARKUP.search(text):
            yield from map(SeenCharacter, text, self.places)
            return
        struck = Struck(text, order, self.is_cell)
        for at, (char, place, is_kept) in enumerate(
            zip(text, self.places, struck.kept, strict=True)
        ):
            if at in struck.instead:
                yield from (SeenCharacter(mark, place) for mark in struck.instead[at])
            if is_kept:
                yield SeenCharacter(char, place)


class _Row(NamedTuple):
    """A line: its text after the block markers, the index of that, and the markers."""

    text: str
    at: int
    quotes: int
    numbers: tuple[SeenCharacter, ...]
    is_item: bool
    is_heading: bool
    is_moved: bool

    @property
    def goes_on(self) -> bool:
        return bool(self.text) and not (self.is_item or self.is_heading or self.is_moved)


def _table_row(line: str, start: int) -> _Row:
    rest = line.lstrip()
    quotes, markers, numbers = 0, 0, []
    is_moved = bool(_MOVED.match(line))
    while markers < _MOST_MARKERS and (found := _MARKER.match(rest)):
        at = start + len(line) - len(rest)
        numbers += [SeenCharacter(char, at + nth) for nth, char in enumerate(found["number"] or "")]
        quotes += bool(found["quote"])
        markers += 1
        inner = rest[found.end() :]
        is_moved = bool(_MOVED.match(inner))
        rest = inner.lstrip()
    heading = _HASHES.match(rest)
    rest = rest[heading.end() :] if heading else rest
    place = start + len(line) - len(rest)
    is_item = markers > quotes
    return _Row(rest, place, quotes, tuple(numbers), is_item, bool(heading), is_moved)


@functools.lru_cache(maxsize=2)
def _runs(text: str) -> tuple[list[_Run], dict[str, _Run], list[SourceTable]]:
    """The pieces of a text in order, footnotes by name, and tables."""
    reading = _Reading(text.split("\n"))
    at = 0
    while at < len(reading.lines):
        at = reading.line(at)
    return reading.body, reading.notes, reading.tables


class _Reading:
    """Parses the lines in one pass."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = [line.rstrip() for line in lines]
        self.body: list[_Run] = []
        self.notes: dict[str, _Run] = {}
        self.tables: list[SourceTable] = []
        self.open: _Run | None = None
        self.is_in_note = False
        self.quotes = 0
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        self.rows = [_table_row(line, at) for line, at in zip(self.lines, starts, strict=False)]

    def line(self, at: int) -> int:
        """Parse a line, or the table that begins there; return the index of the next line."""
        row = self.rows[at]
        note = _NOTE.match(self.lines[at])
        if note and note[2] not in self.notes:
            self._note(at, note)
        elif self.open and self.is_in_note and self._is_lazy(at, note):
            self.open.add(row.text, row.at)
        elif not row.text and not row.is_item:
            self.open = None
        elif self._is_table(at):
            return self._table(at)
        else:
            self._text(row)
        self.quotes = row.quotes
        return at + 1

    def _is_lazy(self, at: int, note: re.Match[str] | None) -> bool:
        return note is None and self.rows[at].goes_on and not self.rows[at].quotes

    def _note(self, at: int, note: re.Match[str]) -> None:
        row = self.rows[at]
        rest = row.text[note.end() - note.start("mark") :]
        self.open = self.notes[note[2]] = _Run(row.at)
        self.open.add(rest.lstrip(), row.at + len(row.text) - len(rest.lstrip()))
        self.is_in_note = True

    def _text(self, row: _Row) -> None:
        is_more = row.goes_on and row.quotes == self.quotes and not self.is_in_note
        if self.open is None or not is_more:
            self.open = _Run(row.at, list(row.numbers))
            self.body.append(self.open)
            self.is_in_note = False
        self.open.add(row.text, row.at)
        if row.is_heading:
            self.open = None

    def _is_table(self, at: int) -> bool:
        row = self.rows[at]
        below = self.rows[at + 1] if at + 1 < len(self.rows) else None
        if below is None or row.is_heading or not below.goes_on or below.quotes != row.quotes:
            return False
        return not _NOTE.match(below.text) and is_rule([row.text, below.text], 1)

    def _table(self, at: int) -> int:
        first = self.rows[at]
        self.body.append(_Run(first.at, list(first.numbers)))
        widths = [self._cells(first)]
        at += 2
        while at < len(self.rows) and self._is_row(self.rows[at], first.quotes):
            widths.append(self._cells(self.rows[at]))
            at += 1
        self.tables.append(SourceTable(first.at, len(widths) - 1, max(widths)))
        self.open = None
        return at

    def _is_row(self, row: _Row, quotes: int) -> bool:
        is_note = _NOTE.match(row.text) and not row.quotes
        return row.goes_on and row.quotes == quotes and not is_note and bool(bars(row.text))

    def _cells(self, row: _Row) -> int:
        """Add the cells of a row; return their number."""
        cuts = [-1, *bars(row.text), len(row.text)]
        for start, end in pairwise(cuts):
            cell = row.text[start + 1 : end]
            bare = cell.lstrip()
            # Outside the bars at the ends of a row there is no cell.
            if bare or (start >= 0 and end < len(row.text)):
                run = _Run(row.at + start + 1, is_cell=True, row=row.at)
                run.add(bare.rstrip(), run.start + len(cell) - len(bare))
                self.body.append(run)
        return len(cuts) - 1 - row.text.startswith("|") - (cuts[-2] == len(row.text) - 1)
