"""Read Word and Excel files into grids. No macro, formula or link in them is executed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace

from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.notice.csv_grid import grid_of_rows
from jiaozhang.notice.grid import Cell, Grid
from jiaozhang.notice.table_columns import columns_of

# Notices decompress to a few megabytes, mostly images; larger ones are refused unread. An XML tree
# takes ten times its text in memory.
MAX_UNPACKED = 200 * 1024 * 1024
MAX_XML = 30 * 1024 * 1024
# A million empty rows of five columns happen by mistake; a filled cell at XFD1048576 is an attack.
MOST_CELLS = 6_000_000
_MOST_ROWS = 20_000
# Exceptions of python-docx, lxml and calamine for invalid files.
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
    """Read a .docx or a workbook; a broken or too large file is a fault."""
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from python_calamine import CalamineError

    place = Place(label)
    try:
        if not _is_bearable(raw, kind):
            limit = f"{MAX_UNPACKED // 1024**2} MB / XML {MAX_XML // 1024**2} MB / {MOST_CELLS:,}"
            return None, (fault("file-too-large", place, limit=limit),)
        grid = _word(raw, label) if kind == ".docx" else _workbook(raw, label)
        return (replace(grid, doubts=_hidden(raw)) if grid else None), ()
    except (*_PARSERS_FAIL, PythonDocxError, OpcError, CalamineError):
        return None, (fault("notice-broken", place, kind=kind),)


def _hidden(raw: bytes) -> tuple[str, ...]:
    """Hidden parts of the file, which were read too: a person should check them."""
    marks = re.compile(rb'<(?:row|col)\b[^>]*\bhidden="(?:1|true)"|<w:vanish\b|<sheet\b[^>]*hidden')
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = [n for n in archive.namelist() if re.match(r"(xl|word)/.*\.xml$", n)]
        found = any(marks.search(archive.read(name)) for name in parts)
    return ("文件里有隐藏的行、列、表或文字，也一并读入了；请核对是不是都该公开",) if found else ()


def _is_bearable(raw: bytes, kind: str) -> bool:
    """Tell whether an archive is small enough to parse; reading each part verifies its checksum."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
        texts = [name for name in sizes if not _is_picture(name)]
        if sum(sizes.values()) > MAX_UNPACKED or sum(sizes[name] for name in texts) > MAX_XML:
            return False
        # The parser would also accept other formats, whose sizes are not checked here.
        main = "word/document.xml" if kind == ".docx" else "xl/workbook.xml"
        if main not in sizes or archive.testzip() is not None:
            raise zipfile.BadZipFile
        return kind == ".docx" or sum(_area(archive.read(name)) for name in texts) <= MOST_CELLS


def _area(xml: bytes) -> int:
    """The number of cells in a sheet's bounding box, which the parser allocates in full."""
    rows = columns = 0
    for found in re.finditer(rb'\br="([A-Z]{1,3})([0-9]{1,7})"', xml):
        rows = max(rows, int(found[2]))
        columns = max(columns, _column(found[1]))
    # Cells without a reference are consecutive.
    return max(rows, xml.count(b"<row")) * max(columns, 1) + xml.count(b"<c")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _is_picture(name: str) -> bool:
    return name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp"))


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
    """A table is used if it has headings, or continues one with the same number of columns."""
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
                Cell(_cell_text(_value(values, merged, row, column)), _at(label, name, row, column))
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
    """Map each cell in a merged range to the cell with its text."""
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


def _cell_text(value: object) -> str:
    """A cell's displayed text: workbooks store integers as 3.0."""
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
