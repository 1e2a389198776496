"""Parse a grid into a notice: sections and rows. An unreadable table is refused.

Nothing is guessed: a row that is short, out of order or without text is reported, and no row is
imported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.notice.grid import Cell, Grid
from jiaozhang.notice.numerals import chinese_numeral
from jiaozhang.notice.table_columns import Columns, columns_of, wanted

ONLY_SECTION = "重点工作"
# In characters; the longest known text of a task has 170.
MOST_OF_CELL = 2_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row as printed; `section` counts from 1. Fields without a column are empty.

    `lead` and `support` are set if the table separates them; else `units` contains all.
    """

    number: int
    section: int
    text: str
    deadline: str
    leaders: tuple[str, ...]
    units: str
    lead: str
    support: str
    place: Place


@dataclass(frozen=True, slots=True)
class Notice:
    """A parsed notice: `remark` is the 注 below the table, which may say who leads.

    `number` is the document's number (津政发〔2025〕5号), empty if its head has none. `doubts` come
    from its file.
    """

    title: str
    prose: tuple[str, ...]
    sections: tuple[str, ...]
    rows: tuple[Row, ...]
    remark: str
    number: str = ""
    doubts: tuple[str, ...] = ()


class _RefusalError(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


def read_notice(grid: Grid | None, whole: Place) -> tuple[Notice | None, tuple[Diagnostic, ...]]:
    """Parse the table of a notice; `whole` is the place of the file, for faults without a line."""
    if grid is None:
        return None, (fault("no-table", whole, wanted=wanted()),)
    try:
        sections, rows = _rows(grid, whole)
    except _RefusalError as refusal:
        return None, (refusal.diagnostic,)
    number, above = _document_number(grid.above)
    title, prose = _prose(above)
    return Notice(title, prose, sections, rows, _remark(grid.below), number, grid.doubts), ()


# 津政发〔2025〕5号, in any kind of brackets, or 2025年第5号.
_DOCUMENT_NUMBER = (
    r"[\u4e00-\u9fffA-Za-z]{1,16}\s*[〔\[（(【［﹝]\s*\d{4}\s*[〕\]）)】］﹞]\s*第?\s*\d{1,5}\s*号"
    r"|\d{4}年第\s*\d{1,5}\s*号"
)
_NUMBER_LINE = re.compile(
    rf"(?:(?:发文字号|文\s*号|文件编号)[：:]\s*)?[（(]?\s*({_DOCUMENT_NUMBER})\s*[）)]?(?:\s*签发人[：:].*)?"
)
_NUMBER_BEHIND = re.compile(
    rf"(?<=通知|意见|方案|决定|公告|分工|办法)\s*[（(]?({_DOCUMENT_NUMBER})[）)]?$"
)


def _document_number(above: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Separate the document's number from its head; numbers cited in the text are others'."""
    opening = next((i for i, part in enumerate(above) if part.endswith(("：", ":"))), len(above))
    for at, part in enumerate(above[:opening]):
        line = _NUMBER_LINE.fullmatch(part)
        if line:
            return "".join(line[1].split()), above[:at] + above[at + 1 :]
        behind = _NUMBER_BEHIND.search(part)
        if behind:
            title = part[: behind.start()].rstrip()
            return "".join(behind[1].split()), (*above[:at], title, *above[at + 1 :])
    return "", above


def _remark(below: tuple[str, ...]) -> str:
    return next((part for part in below if re.match("(?:备?注|说明)[：:]", part)), "")


class _Sections:
    """The sections found so far while a table is parsed."""

    def __init__(self) -> None:
        self.titles: list[str] = []

    def enter(self, cell: Cell, number: str) -> None:
        """An empty cell or the current title means "as above"; any other starts a section."""
        if not cell.text and self.titles:
            return
        mark, title = _section_title(cell.text)
        if self.titles and title == self.titles[-1]:
            return
        is_next = mark is None or mark == len(self.titles) + 1
        if not title or not is_next:
            raise _RefusalError(fault("row-section", cell.place, row=number, given=cell.text[:20]))
        self.titles.append(title)


def _rows(grid: Grid, whole: Place) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    sections = _Sections()
    rows: list[Row] = []
    columns: Columns | None = None
    for cells in grid.rows:
        heads = columns_of(cell.text for cell in cells)
        if heads:  # a table over several pages repeats its headings
            columns = heads
        elif columns is None or not any(cell.text for cell in cells):
            continue
        elif _is_section_row(cells):
            sections.enter(cells[0], "—")
        else:
            rows.append(_task_row(cells, columns, sections, rows))
    if columns is None:
        raise _RefusalError(fault("no-table", whole, wanted=wanted()))
    if not rows:
        raise _RefusalError(fault("row-number", whole, given="", after=0))
    return tuple(sections.titles) or (ONLY_SECTION,), tuple(rows)


def _is_section_row(cells: tuple[Cell, ...]) -> bool:
    """A row that is one merged cell is a section's title."""
    texts = {cell.text for cell in cells if cell.text}
    return len(texts) == 1 and len(cells) > 1 and _section_title(texts.pop())[0] is not None


def _task_row(
    cells: tuple[Cell, ...], columns: Columns, sections: _Sections, before: list[Row]
) -> Row:
    place = cells[0].place
    number = _task_number(cells, columns, before)
    _refuse_odd_cells(cells, columns, number)

    def text(role: str) -> str:
        at = columns.at.get(role)
        return cells[at].text if at is not None else ""

    for role in ("text", "deadline", "leaders"):
        if role in columns.at and not text(role):
            heading = columns.headings[columns.at[role]]
            raise _RefusalError(fault("row-empty", place, row=number, heading=heading))
    if not (text("units") or text("lead")):
        raise _RefusalError(fault("row-empty", place, row=number, heading="责任单位"))
    if "section" in columns.at:
        sections.enter(cells[columns.at["section"]], str(number))
    return Row(
        number,
        max(1, len(sections.titles)),
        _lines_joined(text("text")),
        _lines_joined(text("deadline")),
        _names(text("leaders")),
        text("units"),
        text("lead"),
        text("support"),
        place,
    )


def _refuse_odd_cells(cells: tuple[Cell, ...], columns: Columns, number: int) -> None:
    """Refuse a row of the wrong width or with overlong cells: a separator may be missing."""
    place = cells[0].place
    if len(cells) < columns.width:
        raise _RefusalError(fault("row-short", place, row=number, cells=len(cells)))
    if any(cell.text for cell in cells[columns.width :]):
        facts = {"row": number, "cells": len(cells), "headings": columns.width}
        raise _RefusalError(fault("row-wide", place, **facts))
    for cell in cells:
        if len(cell.text) > MOST_OF_CELL:
            facts = {"length": len(cell.text), "limit": MOST_OF_CELL}
            raise _RefusalError(fault("too-long", cell.place, **facts))


def _task_number(cells: tuple[Cell, ...], columns: Columns, before: list[Row]) -> int:
    """The printed number, which must increase; without a number column, rows are counted."""
    at = columns.at.get("number")
    if at is None:
        return len(before) + 1
    cell = cells[at] if at < len(cells) else cells[0]
    given = re.fullmatch(r"(\d{1,3})(?:\.0|[.、．])?", cell.text)
    if not given:
        raise _RefusalError(
            fault("row-number", cell.place, given=cell.text[:20], after=len(before))
        )
    number = int(given[1])
    if before and number <= before[-1].number:
        raise _RefusalError(
            fault("row-order", cell.place, given=number, previous=before[-1].number)
        )
    return number


def _section_title(text: str) -> tuple[int | None, str]:
    """Separate 一、 or （一） from a title; None if it has no number."""
    whole = "".join(text.split())
    found = re.match(r"[（(]?([一二三四五六七八九十]{1,3})[）)]?[、.．]?", whole)
    mark = chinese_numeral(found[1]) if found else None
    has_mark = found is not None and mark is not None and not found[0].endswith(found[1])
    return (mark, whole[found.end() :]) if found and has_mark else (None, whole)


def _lines_joined(text: str) -> str:
    return "".join(part.strip(" \t") for part in text.split("\n"))


def _names(text: str) -> tuple[str, ...]:
    parts = (part.strip(" \t") for part in re.split("[\n、，,；;]", text))
    return tuple(part for part in parts if part and part not in ("无", "—", "-", "/"))


def _prose(above: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Split the text before the table into the title and paragraphs."""
    opening = next((i for i, part in enumerate(above) if part.endswith(("：", ":"))), None)
    if opening is None:
        return (above[0] if above else ""), above[1:]
    body = above[opening:]
    if "附件" in body:  # heading of the annex, which contains the table
        body = body[: body.index("附件")]
    return "".join(above[:opening]), body
