"""The lists as Excel workbooks: a year's tasks, and those of each unit.

Every cell is written as text or number, never as a formula. Two builds give equal bytes: the
workbook says when it was made, and is told a day of its ledger.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from jiaozhang.cache import recall
from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.rollup import tasks_by_unit
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.page import BytesPage, Link
from jiaozhang.pages.downloads.task_columns import TASKS, task_rows
from jiaozhang.wording.catalogue import gettext, pgettext


def workbook_pages(derived: Derived) -> tuple[BytesPage, ...]:
    return tuple(page for year in derived.years for page in _workbooks_of_year(derived, year))


def _workbooks_of_year(derived: Derived, year: DerivedYear) -> list[BytesPage]:
    of = year.ledger.year
    whole = _workbook_page(derived, year, addresses.workbook(addresses.data(of)), year.tasks)
    pages = [whole]
    for unit, own in tasks_by_unit(year).items():
        pages.append(
            _workbook_page(derived, year, addresses.workbook(addresses.unit(of, unit.id)), own)
        )
    return pages


def _workbook_page(
    derived: Derived, year: DerivedYear, address: str, tasks: Sequence[DerivedTask]
) -> BytesPage:
    headings, rows = TASKS.sheet(task_rows(derived, year, tasks))
    title = gettext("Key tasks of {year}", year=year.ledger.year)
    site = derived.record.site.name
    facts = (title, site, pgettext("sheet", "Key tasks"), headings, rows, year.ledger.year)
    content = recall("workbook", facts, lambda: _workbook(*facts))
    return BytesPage(address, content, (f"{year.ledger.year}/tasks",))


def _workbook(
    title: str,
    author: str,
    name: str,
    headings: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[object]],
    year: int,
) -> bytes:
    import xlsxwriter  # 60 ms that nobody pays who builds no workbook

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    made = datetime(year, 1, 1)  # noqa: DTZ001 - a label
    book.set_properties({"title": title, "author": author, "created": made})
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (heading, width) in enumerate(headings):
        sheet.set_column(column, column, width, plain)
        sheet.write_string(0, column, heading, head)
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, (int, Decimal)):
                sheet.write_number(at, column, value, plain)
            elif isinstance(value, Link):
                sheet.write_url(at, column, value.address, string=value.text)
            elif value is not None:
                text = value.isoformat() if isinstance(value, date) else str(value)
                sheet.write_string(at, column, text, plain)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(headings) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()
