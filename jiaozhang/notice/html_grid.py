"""Read HTML into a grid: tables with merged cells and markup, and the text around them."""

from __future__ import annotations

from html.parser import HTMLParser

from jiaozhang.files.source import Source
from jiaozhang.notice.csv_grid import grid_of_rows
from jiaozhang.notice.grid import Cell, Grid, paragraphs
from jiaozhang.processes.bounded import TooCostlyError, within_limits

_BREAKS = {"p", "br", "div", "li", "h1", "h2", "h3", "h4", "tr", "title"}
_SILENT = {"script", "style", "template", "noscript", "head"}
# The standard library's parser takes quadratic time for some input, and a page of deeply nested
# tables is not written by a person.
MOST_BYTES = 4 * 1024 * 1024
MOST_SECONDS = 60
_MOST_DEPTH = 20
# A larger span than any table is a broken file or an attack.
_MOST_SPAN = 500
_MOST_CELLS = 200_000


def read_markup(source: Source) -> Grid | None:
    """Read every table with known headings of a page.

    Raises TooCostlyError if the page is too long, takes too long, or nests tables too deep.
    """
    if len(source.text) > MOST_BYTES:
        raise TooCostlyError
    return within_limits(lambda: _read(source), MOST_SECONDS)


def _read(source: Source) -> Grid | None:
    parser = _Tables(source)
    parser.feed(source.text)
    parser.close()
    rows: list[tuple[Cell, ...]] = []
    for table in parser.tables:
        grid = grid_of_rows(table)
        if grid:
            rows += grid.rows
            parser.below += grid.below
    if not rows:
        return None
    return Grid(tuple(rows), paragraphs("".join(parser.above)), paragraphs("\n".join(parser.below)))


class _Tables(HTMLParser):
    """Collects tables as rows of cells while a page is parsed."""

    def __init__(self, source: Source) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.tables: list[list[tuple[Cell, ...]]] = []
        self.above: list[str] = []
        self.below: list[str] = []
        self.depth = 0
        self.silent = 0
        self.row: dict[int, Cell] = {}
        self.pending: dict[int, tuple[int, Cell]] = {}
        self.cell: list[str] | None = None
        self.spans = (1, 1)
        self.line = 1
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self.depth += 1
            if self.depth > _MOST_DEPTH:
                raise TooCostlyError
            if self.depth == 1:
                self.tables.append([])
                self.pending = {}
        elif tag == "tr" and self.depth == 1:
            self.end_row()
        elif tag in ("td", "th") and self.depth == 1:
            self.end_cell()
            spans = dict(attrs)
            self.spans = (_span(spans.get("rowspan")), _span(spans.get("colspan")))
            self.cell, self.line = [], self.getpos()[0]
        elif tag in _BREAKS:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ("td", "th") and self.depth == 1:
            self.end_cell()
        elif tag == "tr" and self.depth == 1:
            self.end_row()
        elif tag == "table" and self.depth:
            if self.depth == 1:
                self.end_row()
            self.depth -= 1
        elif tag in _BREAKS:
            self.handle_data("\n")

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.cell is not None:
            self.cell.append(data)
        elif not self.depth:
            (self.below if self.tables else self.above).append(data)

    def end_cell(self) -> None:
        if self.cell is None:
            return
        text = "\n".join(paragraphs("".join(self.cell)))
        cell = Cell(text, self.source.place(self.line, 1))
        rows, columns = self.spans
        at = 0
        for _ in range(columns):
            while at in self.row or at in self.pending:
                at += 1
            if self.count < _MOST_CELLS:
                self.count += 1
                self.row[at] = cell
                if rows > 1:
                    self.pending[at] = (rows, cell)
                    self.row[at] = cell
            at += 1
        self.cell = None

    def end_row(self) -> None:
        self.end_cell()
        if not self.row and not self.pending:
            return
        carried = {at: cell for at, (_, cell) in self.pending.items()}
        cells = {**carried, **self.row}
        if self.row and self.tables:
            blank = Cell("", self.source.place(self.getpos()[0], 1))
            whole = tuple(cells.get(at, blank) for at in range(max(cells) + 1))
            self.tables[-1].append(whole)
            self.pending = {at: (n - 1, c) for at, (n, c) in self.pending.items() if n > 1}
        self.row = {}


def _span(value: str | None) -> int:
    return min(int(value), _MOST_SPAN) if value and value.isdecimal() and int(value) else 1
