"""Read a notice into a grid, whatever its format: text, CSV, HTML, Word, Excel."""

from __future__ import annotations

from pathlib import Path

from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.files.source import Source, read_any, text_source
from jiaozhang.notice.grid import Grid
from jiaozhang.notice.numbered_items import read_items
from jiaozhang.notice.plain_grid import read_plain
from jiaozhang.processes.bounded import TooCostlyError

MAX_BYTES = 20 * 1024 * 1024


def read_grid(path: Path, label: str) -> tuple[Grid | None, tuple[Diagnostic, ...]]:
    """Read a notice by its file suffix; `label` is its name in diagnostics."""
    raw, faults = read_any(path, label, MAX_BYTES)
    if raw is None:
        return None, faults
    kind = path.suffix.lower()
    if kind in (".docx", ".xlsx"):
        # Imported here because only these need it.
        from jiaozhang.notice.office_grid import read_office

        grid, faults = read_office(raw, kind, label)
        return grid, faults or _cell_faults(grid)
    if kind in (".doc", ".pdf", ".wps", ".et", ".xls", ".ods", ".odt", ".rtf"):
        return None, (fault("notice-form", Place(label), kind=kind),)
    text, guess = _decoded(raw)
    if text is None:
        return None, (fault("not-utf8", Place(label, 1, 1), guess=guess),)
    source, faults = text_source(text, label, path.name)
    if source is None:
        return None, faults
    if kind in (".html", ".htm"):
        return _markup(source, label, kind)
    if kind == ".csv":
        from jiaozhang.notice.csv_grid import read_csv

        return read_csv(source), ()
    return read_plain(source) or read_items(source), ()


def _markup(source: Source, label: str, kind: str) -> tuple[Grid | None, tuple[Diagnostic, ...]]:
    from jiaozhang.notice.html_grid import read_markup

    try:
        return read_markup(source), ()
    except TooCostlyError:
        return None, (fault("notice-costly", Place(label), kind=kind),)


def _cell_faults(grid: Grid | None) -> tuple[Diagnostic, ...]:
    """Report invisible characters in cells, as in text files."""
    return tuple(
        Diagnostic(cell.place, found.code, found.facts)
        for row in (grid.rows if grid else ())
        for cell in row
        for found in text_source(cell.text, "", "")[1]
    )


def _decoded(raw: bytes) -> tuple[str | None, str]:
    """Decode common encodings of office software: UTF-8, UTF-16 with a byte order mark, GBK."""
    has_mark = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    encodings = ("utf-16",) if has_mark else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return None, "?"
