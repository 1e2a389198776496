"""带走数据: the tables of a year as CSV and JSON, and the page that explains them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.page import FilePage, Frame, Head, HtmlPage, Link, Page
from jiaozhang.pages.downloads.csv_columns import COLUMNS
from jiaozhang.pages.downloads.csv_tables import TABLES, csv_text, rollup_rows
from jiaozhang.pages.downloads.task_json import SCHEMA, Json, json_text, task_json
from jiaozhang.wording import words


@dataclass(frozen=True, slots=True)
class Download:
    link: Link
    rows: int
    about: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Data:
    frame: Frame
    head: Head
    lede: str
    downloads: tuple[Download, ...]
    words: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def data_pages(derived: Derived) -> tuple[Page, ...]:
    return tuple(page for year in derived.years for page in _of_year(derived, year))


def _of_year(derived: Derived, year: DerivedYear) -> tuple[Page, ...]:
    of = year.ledger.year
    folder = addresses.data(of)
    tables = {name: table(year) for name, table in TABLES.items()}
    tables["rollups"] = rollup_rows(derived, year)
    codes = {name: tuple(columns) for name, columns in COLUMNS.items()}
    files = tuple(
        FilePage(f"{folder}{name}.csv", csv_text(codes[name], rows), (f"{of}/tasks",))
        for name, rows in tables.items()
    )
    whole: Json = {
        "schema": SCHEMA,
        "ledger": of,
        "as_of": year.as_of.isoformat(),
        "tasks": [task_json(derived.record.site, year, task) for task in year.tasks],
    }
    everything = FilePage(f"{folder}tasks.json", json_text(whole), (f"{of}/tasks",))
    package = FilePage(
        f"{folder}datapackage.json",
        json_text(_package(derived, year)),
        (f"{of}/tasks",),
    )
    metadata = FilePage(
        f"{folder}csv-metadata.json", json_text(_metadata(derived, year)), (f"{of}/tasks",)
    )
    single = tuple(
        FilePage(
            f"{addresses.task(of, task.task.number)}index.json",
            json_text(task_json(derived.record.site, year, task)),
            (f"{of}/task/{task.task.number}",),
        )
        for task in year.tasks
    )
    counts = {name: len(rows) for name, rows in tables.items()}
    return (_page(derived, year, counts), *files, everything, package, metadata, *single)


def _package(derived: Derived, year: DerivedYear) -> Json:
    """The tables described for programs: a Data Package (specs.frictionlessdata.io, version 1)."""
    resources: list[Json] = []
    for name, columns in COLUMNS.items():
        fields: list[Json] = [
            {"name": column, "type": _TYPES.get(column, "string"), "description": meaning}
            for column, meaning in columns.items()
        ]
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8-sig",
                "description": _ABOUT[name],
                "schema": {"fields": fields, "missingValues": [""]},
            }
        )
    return {
        "profile": "tabular-data-package",
        "name": f"tasks-{year.ledger.year}",
        "title": f"{year.ledger.year}年{derived.record.site.name}",
        "sources": [{"title": year.ledger.title}],
        "resources": resources,
    }


def _metadata(derived: Derived, year: DerivedYear) -> Json:
    """The same tables as CSV on the Web describes them (W3C, tabular metadata)."""
    tables: list[Json] = []
    for name, columns in COLUMNS.items():
        described: list[Json] = [
            {
                "name": column,
                "titles": column,
                "datatype": _TYPES.get(column, "string"),
                "dc:description": {"@value": meaning, "@language": "zh"},
            }
            for column, meaning in columns.items()
        ]
        tables.append(
            {
                "url": f"{name}.csv",
                "dc:title": _ABOUT[name],
                "tableSchema": {"columns": described},
            }
        )
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dc:title": f"{year.ledger.year}年{derived.record.site.name}",
        "dc:source": year.ledger.title,
        "tables": tables,
    }


# What is no text: numbers are counted or measured, days are days.
_TYPES = {
    "number": "integer",
    "section": "integer",
    "records": "integer",
    "months": "integer",
    "follows": "integer",
    "count": "integer",
    "total": "integer",
    "value": "number",
    "upper": "number",
    "base": "number",
    "due": "date",
    "planned": "date",
    "actual": "date",
    "source_published": "date",
}


def _page(derived: Derived, year: DerivedYear, counts: Mapping[str, int]) -> HtmlPage:
    of = year.ledger.year
    folder = addresses.data(of)
    lede = "全部数据可以下载、转载和再加工，请注明出处。"
    tables = tuple(
        Download(
            Link(f"{name}.csv", f"{folder}{name}.csv"),
            counts[name],
            _ABOUT[name],
            tuple(COLUMNS[name].items()),
        )
        for name in COLUMNS
    )
    book = Download(
        Link("tasks.xlsx", addresses.workbook(folder)), len(year.tasks), _ABOUT["xlsx"], ()
    )
    calendar = Download(
        Link("deadlines.ics", addresses.calendar(addresses.deadlines(of))),
        sum(clause.due is not None for one in year.tasks for clause in one.clauses),
        _ABOUT["ics"],
        (),
    )
    package = Download(
        Link("datapackage.json", f"{folder}datapackage.json"), len(COLUMNS), _ABOUT["package"], ()
    )
    metadata = Download(
        Link("csv-metadata.json", f"{folder}csv-metadata.json"), len(COLUMNS), _ABOUT["csvw"], ()
    )
    whole = Download(Link("tasks.json", f"{folder}tasks.json"), len(year.tasks), _ABOUT["json"], ())
    this = Data(
        frame_of(derived, year),
        head_of(derived, folder, "数据", lede, "data"),
        lede,
        (*tables, book, whole, calendar, package, metadata),
        (
            ("kind 时限要求", tuple(words.KIND.items())),
            ("role 责任", tuple(words.ROLE.items())),
            ("comparison 比较", tuple(_COMPARISON.items())),
            ("counts 怎样算数", tuple(words.COUNTS.items())),
            ("timing 对照日历", tuple(words.TIMING.items())),
        ),
    )
    return HtmlPage(folder, "data.html", this, (f"{of}/tasks",))


_COMPARISON = {
    "about": "左右",
    "at-least": "以上",
    "at-most": "以下",
    "between": "从多少到多少",
    "exactly": "正好",
    "follows": "与另一项同步",
    "external": "由上级下达",
}
_ABOUT = {
    "tasks": "每项一行；多个值用“；”隔开。",
    "clauses": "每条时限一行，包括写在正文里的。",
    "targets": "每个量化指标一行。",
    "records": "每条进展一行，正文是 Markdown。",
    "figures": "进展里的每个数据一行；写了 target 的才和指标口径相同。",
    "nodes": "每个节点一行。",
    "events": "每次销号、重新办理、调整、核实、认定、起算、更正和撤回一行。",
    "rollups": "每个分组里每种进展状态各几项，加起来等于这一组的总数。",
    "responsibilities": "每个单位在每一项里的责任一行；经由合称的另注合称。",
    "package": "以上各表的字段说明，给程序读（Data Package）。",
    "csvw": "以上各表的字段说明，W3C 的写法（CSV on the Web）。",
    "xlsx": "每项一行，给 Excel 和 WPS；每个单位的页面另有一份。",
    "ics": "每条有日期的时限一个全天事件，可以订到手机日历；每个单位和区另有一份。",
    "json": "以上全部内容，一个文件。每项另有 tasks/序号/index.json。",
}
