"""Read CSV into a grid of text cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from jiaozhang.faults.diagnostic import Place
from jiaozhang.files.source import Source
from jiaozhang.notice.grid import Cell, Grid
from jiaozhang.notice.table_columns import columns_of


def read_csv(source: Source) -> Grid | None:
    """Read comma-, semicolon- or tab-separated values; the separator is the one that yields
    headings.
    """
    for mark in (",", ";", "\t"):
        reader = csv.reader(io.StringIO(source.text), delimiter=mark)
        try:
            rows = [(reader.line_num, row) for row in reader]
        except csv.Error:
            continue
        cells = [
            tuple(Cell(text.strip(), source.place(line, 1)) for text in row) for line, row in rows
        ]
        grid = grid_of_rows(cells)
        if grid:
            return grid
    return None


def grid_of_rows(rows: Sequence[tuple[Cell, ...]]) -> Grid | None:
    """Split the rows of a sheet into text above the headings, the table, and text below.

    The table ends at a row with text in one cell only, once it has tasks.
    """
    start = next((i for i, row in enumerate(rows) if columns_of(c.text for c in row)), None)
    if start is None:
        return None
    above = tuple(cell.text for row in rows[:start] for cell in row[:1] if cell.text)
    end = len(rows)
    while end > start + 1 and _is_remark(rows[end - 1]):
        end -= 1
    below = tuple(cell.text for row in rows[end:] for cell in row if cell.text)
    width = len(rows[start])
    body = (row + _padding(row, width) for row in rows[start:end] if any(c.text for c in row))
    return Grid(tuple(body), above, below)


def _is_remark(row: tuple[Cell, ...]) -> bool:
    texts = {cell.text for cell in row if cell.text}
    return not texts or (len(texts) == 1 and next(iter(texts)).startswith(("注：", "注:", "备注")))


def _padding(row: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    """Padding for the empty cells that spreadsheets omit at a row's end."""
    place = row[0].place if row else Place("")
    return tuple(Cell("", place) for _ in range(width - len(row)))
