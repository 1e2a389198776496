"""The plain text of a notice becomes prose and rows; a table that cannot be read is refused.

Cells are the pieces between "newline, tab": so a word processor writes a table that is copied as
text. Inside a cell there may be newlines; an empty section cell means "as above".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.diagnostic import Diagnostic, fault
from portal.source import Source

HEADINGS = ("序号", "主要任务", "重点工作", "完成时限", "分管市领导", "责任单位")
_NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as printed; `section` counts from 1, `line` is where its number stands."""

    number: int
    section: int
    text: str
    deadline: str
    leaders: tuple[str, ...]
    units: str
    line: int


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice read: `remark` is the table's closing 注, which decides who leads."""

    title: str
    prose: tuple[str, ...]
    sections: tuple[str, ...]
    rows: tuple[Row, ...]
    remark: str


class _RefusalError(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    line: int


def read_notice(source: Source) -> tuple[Notice | None, tuple[Diagnostic, ...]]:
    """Read the text of a notice, or say at which row its table cannot be read."""
    text = re.sub("\\A[ \t\n]+", "", source.text)
    offset = source.text.count("\n") - text.count("\n")
    cells = tuple(_cells(text, offset))
    try:
        first = _after_headings(source, cells)
        remark, body = _split_remark(cells[first:])
        sections, rows = _rows(source, body)
    except _RefusalError as refusal:
        return None, (refusal.diagnostic,)
    title, prose = _prose(text[: text.index("\n\t" + cells[0].text)])
    return Notice(title, prose, sections, rows, remark), ()


def chinese_numeral(text: str) -> int | None:
    """Read 一 to 九十九, as chapters are counted.

    >>> [chinese_numeral(n) for n in ("九", "十", "十二", "二十", "三十五", "零")]
    [9, 10, 12, 20, 35, None]
    """
    found = re.fullmatch("([二三四五六七八九]?)(十?)([一二三四五六七八九]?)", text)
    if not text or not found or (found[1] and not found[2]):
        return _NUMERALS.index(text) if text and text in _NUMERALS[1:] else None
    tens = _NUMERALS.index(found[1]) if found[1] else (1 if found[2] else 0)
    return tens * 10 + (_NUMERALS.index(found[3]) if found[3] else 0)


def _cells(text: str, offset: int) -> Iterator[_Cell]:
    line = text.split("\n\t")[0].count("\n") + 1 + offset
    for piece in text.split("\n\t")[1:]:
        line += 1
        yield _Cell(piece.strip(" \n"), line)
        line += piece.count("\n")


def _after_headings(source: Source, cells: tuple[_Cell, ...]) -> int:
    """Find the headings and return the index of the first cell below them."""
    names = tuple(cell.text for cell in cells[: len(HEADINGS)])
    if names != HEADINGS:
        at = source.place(cells[0].line, 1) if cells else source.place()
        found = "、".join(name[:12] for name in names) or "—"
        raise _RefusalError(fault("no-table", at, wanted="、".join(HEADINGS), found=found))
    return len(HEADINGS)


def _split_remark(cells: tuple[_Cell, ...]) -> tuple[str, tuple[_Cell, ...]]:
    """The 注 below the table arrives at the end of the last cell."""
    if not cells:
        return "", ()
    last = cells[-1]
    text, mark, remark = last.text.partition("\n注：")
    return (mark + remark).strip(), (*cells[:-1], _Cell(text.strip(), last.line))


def _rows(source: Source, cells: tuple[_Cell, ...]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    sections: list[str] = []
    rows: list[Row] = []
    width = len(HEADINGS)
    for start in range(0, len(cells), width):
        row = cells[start : start + width]
        place = source.place(row[0].line, 2)
        if not re.fullmatch(r"\d{1,3}", row[0].text):
            raise _RefusalError(fault("row-number", place, given=row[0].text[:20], after=len(rows)))
        if len(row) < width:
            raise _RefusalError(fault("row-short", place, row=row[0].text, cells=len(row)))
        number = int(row[0].text)
        if rows and number <= rows[-1].number:
            raise _RefusalError(fault("row-order", place, given=number, previous=rows[-1].number))
        for name, cell in zip(HEADINGS[2:], row[2:], strict=True):
            if not cell.text:
                raise _RefusalError(fault("row-empty", place, row=number, heading=name))
        _enter_section(source, row[1], sections, number)
        rows.append(_row(number, len(sections), row))
    if not rows:
        raise _RefusalError(fault("row-number", source.place(), given="", after=0))
    return tuple(sections), tuple(rows)


def _enter_section(source: Source, cell: _Cell, sections: list[str], number: int) -> None:
    """An empty cell or the current title again means "as above"; else a section begins."""
    if not cell.text and sections:
        return
    mark, _, title = "".join(cell.text.split()).partition("、")
    place = source.place(cell.line, 2)
    if not title or chinese_numeral(mark) is None:
        raise _RefusalError(fault("row-section", place, row=number, given=cell.text[:20]))
    if chinese_numeral(mark) == len(sections) and title == sections[-1]:
        return
    if chinese_numeral(mark) != len(sections) + 1:
        raise _RefusalError(fault("row-section", place, row=number, given=cell.text[:20]))
    sections.append(title)


def _row(number: int, section: int, cells: tuple[_Cell, ...]) -> Row:
    text, deadline, leaders, units = (cell.text for cell in cells[2:])
    return Row(
        number,
        section,
        "".join(text.split("\n")),
        "".join(deadline.split("\n")),
        tuple(name.strip(" ") for name in re.split("[\n、]", leaders) if name.strip(" ")),
        units,
        cells[0].line,
    )


def _prose(text: str) -> tuple[str, tuple[str, ...]]:
    """Split what stands before the table into the title and its paragraphs."""
    paragraphs = [part.strip(" ") for part in text.split("\n") if part.strip(" ")]
    opening = next((i for i, part in enumerate(paragraphs) if part.endswith("：")), 0)
    title = "".join(paragraphs[:opening]) or (paragraphs[0] if paragraphs else "")
    body = paragraphs[opening:]
    if "附件" in body:  # the heading of the annex itself; its table follows
        body = body[: body.index("附件")]
    return title, tuple(body)
