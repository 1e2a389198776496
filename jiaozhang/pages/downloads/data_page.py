"""带走数据: the tables of a year as CSV and JSON, and the page that explains them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.ledger.public import Comparison
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.addresses import links_for_programs
from jiaozhang.pages.core.alternates import json_of
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.linked_data import LinkedData, data_block
from jiaozhang.pages.core.page import FilePage, Frame, Head, HtmlPage, Link, Page
from jiaozhang.pages.downloads.data_tables import TABLES
from jiaozhang.pages.downloads.json_file import Json, json_text
from jiaozhang.pages.downloads.task_json import task_json, task_schema, tasks_json
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, mark, pgettext
from jiaozhang.wording.joining import title_quoted


@dataclass(frozen=True, slots=True)
class Download:
    link: Link
    rows: int | None
    about: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Data:
    frame: Frame
    head: Head
    lede: str
    downloads: tuple[Download, ...]
    dataset: Markup
    words: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def data_pages(derived: Derived) -> tuple[Page, ...]:
    return tuple(page for year in derived.years for page in _data_pages_of_year(derived, year))


def _data_pages_of_year(derived: Derived, year: DerivedYear) -> tuple[Page, ...]:
    of = year.ledger.year
    facts = (f"{of}/tasks",)
    tables = {table.name: table.csv(derived, year) for table in TABLES}
    described = {
        "tasks.json": tasks_json(derived, year),
        "datapackage.json": _package(derived, year),
        "csv-metadata.json": _metadata(derived, year),
    }
    counts = {name: rows for name, (_, rows) in tables.items()}
    return (
        _data_page(derived, year, counts),
        *(
            FilePage(addresses.data(of, f"{name}.csv"), text, facts)
            for name, (text, _) in tables.items()
        ),
        *(
            FilePage(addresses.data(of, name), json_text(value), facts)
            for name, value in described.items()
        ),
        FilePage(addresses.data(of, "tasks.schema.json"), _schema_text(), facts),
        *(
            FilePage(
                addresses.task_json(of, one.task.number),
                json_text(task_json(derived.record.site, year, one)),
                (f"{of}/task/{one.task.number}",),
            )
            for one in year.tasks
        ),
    )


@functools.cache
def _schema_text() -> str:
    """The same for every ledger."""
    return json_text(task_schema())


def _package(derived: Derived, year: DerivedYear) -> Json:
    """The tables described for programs: a Data Package (specs.frictionlessdata.io, version 1)."""
    return {
        "profile": "tabular-data-package",
        "name": f"tasks-{year.ledger.year}",
        "title": _title(derived, year),
        **_homepage(derived, year),
        "version": year.as_of.isoformat(),
        "created": f"{year.as_of.isoformat()}T00:00:00+08:00",
        "licenses": [{"name": _ATTRIBUTION, "title": _terms()}],
        "sources": [{"title": year.ledger.title}],
        "contributors": [{"title": derived.record.site.name, "role": "publisher"}],
        "resources": [table.resource() for table in TABLES],
    }


def _metadata(derived: Derived, year: DerivedYear) -> Json:
    """The same tables as CSV on the Web describes them (W3C, tabular metadata)."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dc:title": _title(derived, year),
        "dc:source": year.ledger.title,
        "dc:rights": _terms(),
        "dc:modified": year.as_of.isoformat(),
        "tables": [table.metadata() for table in TABLES],
    }


def _homepage(derived: Derived, year: DerivedYear) -> dict[str, Json]:
    """Where the data stand, if the site knows where it is."""
    base = derived.record.site.base_url
    return {"homepage": f"{base}/{addresses.data(year.ledger.year)}"} if base else {}


def _terms() -> str:
    return gettext("All data may be downloaded, republished and reworked; please name the source.")


def _dataset(derived: Derived, year: DerivedYear, files: Sequence[Download]) -> Markup:
    """The data and their files, for search engines of data."""
    site, of = derived.record.site, year.ledger.year
    link = links_for_programs(site.base_url, addresses.data(of))
    distribution: list[LinkedData] = [
        {
            "@type": "DataDownload",
            "name": file.link.text,
            "description": file.about,
            "encodingFormat": _FORMATS[file.link.text.rpartition(".")[2]],
            "contentUrl": link(file.link.address),
        }
        for file in files
    ]
    return data_block(
        "Dataset",
        {
            "name": _title(derived, year),
            "description": gettext(
                "The {n} tasks of {notice}: the text as printed, deadlines, targets, who is "
                "responsible, and every public record with its figures and its source.",
                n=len(year.tasks),
                notice=title_quoted(year.ledger.title),
            ),
            "url": link(addresses.data(of)),
            "inLanguage": pgettext("the tag of this language", "en"),
            "license": {"@type": "CreativeWork", "name": _terms()},
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": site.name},
            "isBasedOn": {"@type": "CreativeWork", "name": year.ledger.title},
            "temporalCoverage": str(of),
            "dateModified": year.as_of.isoformat(),
            "version": year.as_of.isoformat(),
            "distribution": distribution,
        },
    )


def _title(derived: Derived, year: DerivedYear) -> str:
    return gettext("{site}, {year}", site=derived.record.site.name, year=year.ledger.year)


def _data_page(derived: Derived, year: DerivedYear, counts: Mapping[str, int]) -> HtmlPage:
    of = year.ledger.year
    folder = addresses.data(of)
    lede = _terms()
    tables = (
        Download(
            Link(f"{table.name}.csv", addresses.data(of, f"{table.name}.csv")),
            counts[table.name],
            gettext(table.about),
            table.dictionary(),
        )
        for table in TABLES
    )
    downloads = (*tables, *_other_files(year, folder))
    this = Data(
        frame_of(derived, year),
        head_of(
            derived,
            folder,
            pgettext("title", "Data"),
            lede,
            "data",
            alternates=(json_of(addresses.data(of, "tasks.json")),),
        ),
        lede,
        downloads,
        _dataset(derived, year, downloads),
        tuple(_symbols()),
    )
    return HtmlPage(folder, "data.html", this, (f"{of}/tasks",))


def _other_files(year: DerivedYear, folder: str) -> Iterator[Download]:
    """The files beside the tables: where each lies, how much is in it, and what it is."""
    of, tasks = year.ledger.year, len(year.tasks)
    dated = sum(clause.due is not None for one in year.tasks for clause in one.clauses)
    for name, address, count, about in (
        ("tasks.xlsx", addresses.workbook(folder), tasks, _WORKBOOK),
        ("tasks.json", addresses.data(of, "tasks.json"), tasks, _WHOLE),
        ("tasks.schema.json", addresses.data(of, "tasks.schema.json"), None, _SCHEMA),
        ("deadlines.ics", addresses.calendar(addresses.deadlines(of)), dated, _CALENDAR),
        ("datapackage.json", addresses.data(of, "datapackage.json"), len(TABLES), _PACKAGE),
        ("csv-metadata.json", addresses.data(of, "csv-metadata.json"), len(TABLES), _CSVW),
    ):
        yield Download(Link(name, address), count, gettext(about), ())


# The name that the Open Definition gives to terms of one's own that ask for the source to be named.
_ATTRIBUTION = "other-at"
_FORMATS: Mapping[str, str] = {
    "csv": "text/csv",
    "ics": "text/calendar",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WORKBOOK = mark(
    "A row for each task, for Excel and WPS; the page of each unit has another with its own."
)
_WHOLE = mark("All of the above in one file. Each task has its own too, tasks/NUMBER/index.json.")
_SCHEMA = mark("Every property of tasks.json, and what it may be, for programs (JSON Schema).")
_CALENDAR = mark(
    "An all-day event for each deadline with a date, to subscribe to with a telephone; "
    "each unit, district and task has its own too."
)
_PACKAGE = mark("What the columns of these tables mean, for programs (Data Package).")
_CSVW = mark("What the columns of these tables mean, as the W3C writes it (CSV on the Web).")
_COMPARISON: Mapping[Comparison, str] = {
    "about": mark("about as much"),
    "at-least": mark("that or more"),
    "at-most": mark("that or less"),
    "between": mark("from one value to another"),
    "exactly": mark("exactly that"),
    "follows": mark("in step with another task"),
    "external": mark("set by a higher authority"),
}


def _symbols() -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """The symbols in the data, and what pages call them."""
    compared = {key: gettext(word) for key, word in _COMPARISON.items()}
    yield gettext("kind, what is asked for"), tuple(words.KIND.items())
    yield gettext("role, a unit's part"), tuple(words.ROLE.items())
    yield gettext("comparison, how figures compare"), tuple(compared.items())
    yield gettext("counts, what counts"), tuple(words.COUNTS.items())
    yield gettext("timing, compared with the calendar"), tuple(words.TIMING.items())
    yield gettext("declared and status, what a unit says"), tuple(words.DECLARED.items())
