"""What a table of the downloads is: columns that say what they mean and how a cell is made.

One list of columns makes the CSV, its descriptions for programs (Data Package, CSV on the Web), the
dictionary on the data page, and the workbook.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Literal, Protocol, TypeVar

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.pages.downloads.json_file import Json
from jiaozhang.wording.catalogue import gettext, mark

R = TypeVar("R")
T = TypeVar("T")
# Types of a cell, as both descriptions for programs call them.
CellType = Literal["string", "integer", "number", "date"]
# The column by which a row of any table is joined to its task.
NUMBER = mark("Number of the task")
# Meanings of columns that several tables have.
ADDRESS = mark("Address on this site")
STANDING = mark("How far the task is")
AGAINST_CALENDAR = mark("Compared with the calendar")
TASK_KEY = ("number",)


@dataclass(frozen=True, slots=True)
class SheetColumn(Generic[R]):
    """A column of the workbook: its heading (a message), its width in characters, and its cells."""

    heading: str
    width: int
    cell: Callable[[R], object]


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column: its name, its meaning (a message), how a row's cell is made, and what it holds.

    `sheet` says how people see the same in the workbook, in no, one or several columns.
    """

    name: str
    meaning: str
    cell: Callable[[R], object]
    type: CellType = "string"
    sheet: tuple[SheetColumn[R], ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns of a table whose values, where there are any, stand in the key of a table."""

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...]


OF_TASK = Reference(TASK_KEY, "tasks", TASK_KEY)


class DataTable(Protocol):
    """A table whose rows nobody needs to know: what the downloads and their page are made of."""

    @property
    def name(self) -> str: ...

    @property
    def about(self) -> str: ...

    def csv(self, derived: Derived, year: DerivedYear) -> tuple[str, int]: ...

    def dictionary(self) -> tuple[tuple[str, str], ...]: ...

    def resource(self) -> Json: ...

    def metadata(self) -> Json: ...


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """A table: its name, what it is (a message), its columns, and a year's rows.

    `key` are the columns that name a row, empty if none do; `references` lead to other tables.
    """

    name: str
    about: str
    rows: Callable[[Derived, DerivedYear], Sequence[R]]
    columns: tuple[Column[R], ...]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    def csv(self, derived: Derived, year: DerivedYear) -> tuple[str, int]:
        """The table as CSV, and how many rows it has."""
        rows = self.rows(derived, year)
        names = [column.name for column in self.columns]
        cells = ([column.cell(row) for column in self.columns] for row in rows)
        return csv_text(names, cells), len(rows)

    def dictionary(self) -> tuple[tuple[str, str], ...]:
        """Every column's name with what it means."""
        return tuple((column.name, gettext(column.meaning)) for column in self.columns)

    def resource(self) -> Json:
        """The table as a Data Package describes it (specs.frictionlessdata.io, version 1)."""
        fields: list[Json] = [
            {"name": column.name, "type": column.type, "description": gettext(column.meaning)}
            for column in self.columns
        ]
        return {
            "name": self.name,
            "path": f"{self.name}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8-sig",
            "description": gettext(self.about),
            "schema": {"fields": fields, "missingValues": [""], **self._keys_of_package()},
        }

    def _keys_of_package(self) -> dict[str, Json]:
        keys: dict[str, Json] = {"primaryKey": list(self.key)} if self.key else {}
        if self.references:
            keys["foreignKeys"] = [
                {
                    "fields": list(own.columns),
                    "reference": {"resource": own.table, "fields": list(own.key)},
                }
                for own in self.references
            ]
        return keys

    def metadata(self) -> Json:
        """The table as CSV on the Web describes it (W3C, tabular metadata)."""
        columns: list[Json] = [
            {
                "name": column.name,
                "titles": column.name,
                "datatype": column.type,
                "dc:description": {"@value": gettext(column.meaning), "@language": "zh"},
            }
            for column in self.columns
        ]
        return {
            "url": f"{self.name}.csv",
            "dc:title": gettext(self.about),
            "tableSchema": {"columns": columns, **self._keys_of_web()},
        }

    def _keys_of_web(self) -> dict[str, Json]:
        keys: dict[str, Json] = {"primaryKey": list(self.key)} if self.key else {}
        if self.references:
            keys["foreignKeys"] = [
                {
                    "columnReference": list(own.columns),
                    "reference": {
                        "resource": f"{own.table}.csv",
                        "columnReference": list(own.key),
                    },
                }
                for own in self.references
            ]
        return keys

    def sheet(self, rows: Iterable[R]) -> tuple[tuple[tuple[str, int], ...], list[list[object]]]:
        """The workbook's headings with their widths, and the cells of some rows."""
        shown = [own for column in self.columns for own in column.sheet]
        headings = tuple((gettext(own.heading), own.width) for own in shown)
        return headings, [[own.cell(row) for own in shown] for row in rows]


@dataclass(frozen=True, slots=True)
class PartRow(Generic[T]):
    """A part of a task: a clause, a duty, a note."""

    year: DerivedYear
    one: DerivedTask
    part: T


def parts_of(
    parts: Callable[[DerivedTask], Iterable[T]],
) -> Callable[[Derived, DerivedYear], list[PartRow[T]]]:
    """Every such part of every task of a year."""
    return lambda _, year: [PartRow(year, one, part) for one in year.tasks for part in parts(one)]


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Write a table for a spreadsheet.

    CSV begins with a byte order mark and ends its lines with CRLF, so that Excel and WPS read it. A
    cell that a spreadsheet would run as a formula is written as text.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    # A spreadsheet runs a cell that begins so; an apostrophe makes it text (OWASP, CSV injection).
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") and not _is_number(value) else text


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal))
