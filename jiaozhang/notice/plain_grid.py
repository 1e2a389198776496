"""Read plain text into a grid: cells separated by tabs or bars, or one per line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jiaozhang.files.source import Source
from jiaozhang.notice.grid import Cell, Grid, paragraphs
from jiaozhang.notice.table_columns import Columns, columns_of, is_heading

_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]")


def read_plain(source: Source) -> Grid | None:
    """Find the table of a text; None if it has no row of headings."""
    for shape in (_tab_stream, _tab_lines, _bar_lines, _bar_stream, _line_stream):
        grid = shape(source)
        if grid:
            return grid
    return None


def _tab_stream(source: Source) -> Grid | None:
    """Each cell begins after a newline and a tab: a table copied from a word processor."""
    cells: list[Cell] = []
    line = source.text.split("\n\t")[0].count("\n") + 1
    for piece in source.text.split("\n\t")[1:]:
        line += 1
        if "\t" in piece:
            return None
        cells.append(Cell(piece.strip(" \n"), source.place(line, 2)))
        line += piece.count("\n")
    return _from_stream(source, cells)


def _bar_stream(source: Source) -> Grid | None:
    """Each cell ends with a bar, and may contain line breaks."""
    cells: list[Cell] = []
    line, start = 1, 0
    for found in re.finditer(r"[|｜]", source.text):
        piece = source.text[start : found.start()]
        # A cell's place is the line of its first word; text may precede the first one.
        words = piece.rsplit("\n", 1)[-1] if not cells else piece.strip(" \t\n")
        line += piece.count("\n")
        at = line - words.count("\n")
        cells.append(Cell(words.strip(" \t"), source.place(at, 1)))
        start = found.end()
    return _from_stream(source, cells, source.text[start:]) if cells else None


def _from_stream(source: Source, cells: list[Cell], rest: str = "") -> Grid | None:
    """Split a sequence of cells into rows as wide as the headings; `rest` is the text after it."""
    found = _headings(cells)
    if found is None:
        return None
    start, columns = found
    width = columns.width
    body, below = _split_below(cells[start:])
    rows = tuple(tuple(body[at : at + width]) for at in range(0, len(body), width))
    above = source.text.split("\n")[: cells[start].place.line - 1]
    return Grid(rows, paragraphs("\n".join(above)), below + paragraphs(rest))


def _headings(cells: list[Cell]) -> tuple[int, Columns] | None:
    """Find the headings in a sequence of cells: the first run of known names."""
    start = next((i for i, cell in enumerate(cells) if is_heading(cell.text)), len(cells))
    width = 0
    while start + width < len(cells) and is_heading(cells[start + width].text):
        width += 1
    columns = columns_of(cell.text for cell in cells[start : start + width])
    return (start, columns) if columns else None


def _split_below(cells: list[Cell]) -> tuple[list[Cell], tuple[str, ...]]:
    """Split text after the table (a remark 注：, a signature) from the last cell."""
    if not cells:
        return cells, ()
    last = cells[-1]
    found = re.search("(?:^|\n)[ \u3000]*注[：:]", last.text)
    if not found:
        return cells, ()
    head, tail = last.text[: found.start()], last.text[found.start() :]
    kept = [*cells[:-1], Cell(head.strip(), last.place)] if head.strip() else cells[:-1]
    return kept, paragraphs(tail)


def _tab_lines(source: Source) -> Grid | None:
    """One row per line, cells separated by tabs: a table copied from a spreadsheet."""
    return _from_lines(source, lambda line: line.split("\t") if "\t" in line else [])


def _bar_lines(source: Source) -> Grid | None:
    """One row per line, cells between bars, as in Markdown."""

    def cells(line: str) -> list[str]:
        line = line.strip().replace("｜", "|")
        if not line.startswith("|") or re.fullmatch(r"[|\s:-]+", line):
            return []
        return line.strip("|").split("|")

    return _from_lines(source, cells)


def _from_lines(source: Source, cells_of: Callable[[str], list[str]]) -> Grid | None:
    rows: list[tuple[Cell, ...]] = []
    outside: list[list[str]] = [[], []]
    for number, line in enumerate(source.text.split("\n"), 1):
        cells = cells_of(line)
        if cells and (rows or columns_of(cells)):
            rows.append(tuple(Cell(cell.strip(), source.place(number, 1)) for cell in cells))
        elif not re.fullmatch(r"[|\s:-]*", line):
            outside[bool(rows)].append(line)
    if not rows:
        return None
    return Grid(tuple(rows), paragraphs("\n".join(outside[0])), paragraphs("\n".join(outside[1])))


def _line_stream(source: Source) -> Grid | None:
    """One cell per line: empty cells are missing, and the last cell may have several lines."""
    cells = [
        Cell(line.strip(" \t"), source.place(number, 1))
        for number, line in enumerate(source.text.split("\n"), 1)
        if line.strip(" \t\u3000")
    ]
    found = _headings(cells)
    if found is None or found[1].at.get("number") != 0:
        return None
    start, columns = found
    width = columns.width
    body, below = _split_below_lines(cells[start + width :])
    rows = [tuple(cells[start : start + width])]
    rows += [_row_of_lines(lines, columns) for lines in _from_number_to_number(body)]
    above = tuple(cell.text for cell in cells[:start])
    return Grid(tuple(rows), above, below)


def _split_below_lines(cells: list[Cell]) -> tuple[list[Cell], tuple[str, ...]]:
    at = next((i for i, cell in enumerate(cells) if re.match("注[：:]", cell.text)), len(cells))
    return cells[:at], tuple(cell.text for cell in cells[at:])


def _from_number_to_number(cells: list[Cell]) -> Iterator[list[Cell]]:
    """Split lines into rows at lines that consist of a number."""
    row: list[Cell] = []
    for cell in cells:
        if re.fullmatch(r"\d{1,3}", cell.text) and row:
            yield row
            row = []
        row.append(cell)
    if row:
        yield row


def _row_of_lines(lines: list[Cell], columns: Columns) -> tuple[Cell, ...]:
    """Assign the lines of a row to its columns; a missing section is an empty cell.

    Only a column of units may have several lines; otherwise the row remains too wide and is
    refused.
    """
    section = columns.at.get("section")
    cells = list(lines)
    if section is not None and (len(cells) <= section or not _SECTION.match(cells[section].text)):
        cells.insert(section, Cell("", lines[0].place))
    last_is_open = columns.width - 1 in (columns.at.get("units"), columns.at.get("support"))
    if len(cells) > columns.width and last_is_open:
        last = "\n".join(cell.text for cell in cells[columns.width - 1 :])
        cells = [*cells[: columns.width - 1], Cell(last, cells[columns.width - 1].place)]
    return tuple(cells)
