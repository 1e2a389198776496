"""Word and Excel become grids. Nothing in the file is run: no macro, no formula, no link."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace

from portal.diagnostic import Diagnostic, Place, fault
from portal.notice.columns import columns_of
from portal.notice.grid import Cell, Grid
from portal.notice.sheet import grid_of_rows

# A notice unpacks to a few megabytes; what unpacks to more is not read at all.
MAX_UNPACKED = 200 * 1024 * 1024
_MOST_ROWS = 20_000
# What python-docx, lxml and calamine raise for files that are not what they claim.
_PARSERS_FAIL = (
    ValueError,
    LookupError,
    OSError,
    EOFError,
    AttributeError,
    TypeError,
    SyntaxError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)


def read_office(raw: bytes, kind: str, label: str) -> tuple[Grid | None, tuple[Diagnostic, ...]]:
    """Read a .docx or a workbook; a file that is broken or too large is a fault."""
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from python_calamine import CalamineError

    place = Place(label)
    try:
        if kind != ".xls" and _unpacked(raw) > MAX_UNPACKED:
            limit = f"{MAX_UNPACKED // 1024**2} MB"
            return None, (fault("file-too-large", place, limit=limit),)
        grid = _word(raw, label) if kind == ".docx" else _workbook(raw, label)
        doubts = _hidden(raw) if grid and kind != ".xls" else ()
        return (replace(grid, doubts=doubts) if grid else None), ()
    except (*_PARSERS_FAIL, PythonDocxError, OpcError, CalamineError):
        return None, (fault("notice-broken", place, kind=kind),)


def _hidden(raw: bytes) -> tuple[str, ...]:
    """What the file hides from a reader was read all the same: a person should know."""
    marks = re.compile(rb'<(?:row|col)\b[^>]*\bhidden="(?:1|true)"|<w:vanish\b|<sheet\b[^>]*hidden')
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = [n for n in archive.namelist() if re.match(r"(xl|word)/.*\.xml$", n)]
        found = any(marks.search(archive.read(name)) for name in parts)
    return ("文件里有隐藏的行、列、表或文字，也一并读入了；请核对是不是都该公开",) if found else ()


def _unpacked(raw: bytes) -> int:
    """The size of an archive's files; up to the limit every one is read, which checks it."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        whole = sum(entry.file_size for entry in archive.infolist())
        if whole <= MAX_UNPACKED and archive.testzip() is not None:
            raise zipfile.BadZipFile
    return whole


def _word(raw: bytes, label: str) -> Grid | None:
    from docx import Document
    from docx.table import Table

    rows: list[tuple[Cell, ...]] = []
    above: list[str] = []
    below: list[str] = []
    count = 0
    for block in Document(io.BytesIO(raw)).iter_inner_content():
        if not isinstance(block, Table):
            (below if rows else above).append(block.text.strip(" \t\u3000"))
            continue
        count += 1
        table = [
            tuple(
                Cell(cell.text.strip(), Place(f"{label}!表{count}第{at}行")) for cell in row.cells
            )
            for at, row in enumerate(block.rows, 1)
        ]
        rows += _continued(table, rows)
    grid = grid_of_rows(rows)
    if grid is None:
        return None
    texts = tuple(text for text in above if text)
    return Grid(grid.rows, texts, (*grid.below, *(text for text in below if text)))


def _continued(
    table: list[tuple[Cell, ...]], before: list[tuple[Cell, ...]]
) -> list[tuple[Cell, ...]]:
    """A table counts when it has headings, or goes on where one as wide broke off."""
    has_headings = any(columns_of(cell.text for cell in row) for row in table)
    goes_on = bool(before) and bool(table) and len(table[0]) == len(before[-1])
    return table if has_headings or goes_on else []


def _workbook(raw: bytes, label: str) -> Grid | None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        merged = _merged(sheet.merged_cell_ranges or [])
        values = sheet.to_python(skip_empty_area=False, nrows=_MOST_ROWS)
        rows = [
            tuple(
                Cell(_text(_value(values, merged, row, column)), _at(label, name, row, column))
                for column in range(len(line))
            )
            for row, line in enumerate(values)
        ]
        grid = grid_of_rows(rows)
        if grid:
            return grid
    return None


_Corner = tuple[int, int]


def _merged(ranges: list[tuple[_Corner, _Corner]]) -> dict[_Corner, _Corner]:
    """From each cell that a merge covers to the one that holds its text."""
    covered: dict[_Corner, _Corner] = {}
    for (top, left), (bottom, right) in ranges:
        for row in range(top, min(bottom, top + _MOST_ROWS) + 1):
            for column in range(left, min(right, left + 50) + 1):
                covered[row, column] = (top, left)
    return covered


def _value(
    values: Sequence[Sequence[object]], merged: dict[_Corner, _Corner], row: int, column: int
) -> object:
    top, left = merged.get((row, column), (row, column))
    return values[top][left] if top < len(values) and left < len(values[top]) else ""


def _text(value: object) -> str:
    """A cell as a reader sees it: workbooks keep whole numbers as 3.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _at(label: str, sheet: str, row: int, column: int) -> Place:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return Place(f"{label}!{sheet}!{letters}{row + 1}")
