"""The plan: which pages a site has, each with its template and one frozen value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from jiaozhang.derive import Derived
from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.pages.core.page import BytesPage, FilePage, HtmlPage, Page, path_of
from jiaozhang.pages.downloads.calendars import calendar_pages
from jiaozhang.pages.downloads.data_page import data_pages
from jiaozhang.pages.downloads.feeds import feed_pages
from jiaozhang.pages.downloads.workbook import workbook_pages
from jiaozhang.pages.intranet import inside_pages
from jiaozhang.pages.lists.deadlines import deadline_pages
from jiaozhang.pages.lists.districts import district_pages
from jiaozhang.pages.lists.leaders import leader_pages
from jiaozhang.pages.lists.periods import period_pages
from jiaozhang.pages.lists.sections import section_pages
from jiaozhang.pages.lists.tasks import task_list_pages
from jiaozhang.pages.lists.themes import theme_pages
from jiaozhang.pages.lists.units import unit_pages
from jiaozhang.pages.lists.updates import update_pages
from jiaozhang.pages.lists.wall_chart import chart_pages
from jiaozhang.pages.site.about import about_pages, not_found_pages, notice_pages, site_map_pages
from jiaozhang.pages.site.home import home_pages
from jiaozhang.pages.site.redirect_pages import redirect_pages
from jiaozhang.pages.site.robots import base_path, robots_pages
from jiaozhang.pages.site.search_page import search_pages
from jiaozhang.pages.task.task_page import task_pages

__all__ = [
    "BytesPage",
    "FilePage",
    "HtmlPage",
    "Maker",
    "Page",
    "Plan",
    "base_path",
    "collisions",
    "path_of",
    "plan",
]


class Function(Protocol):
    """What a function is known by."""

    __module__: str
    __qualname__: str


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes a file of the site: a function, and a template or static file that it fills.

    Both are named by the program's own folders; `source` is empty where there is none.
    """

    function: str
    source: str = ""


def maker(function: Function, source: str = "") -> Maker:
    """Name the function that makes a file."""
    module = function.__module__.replace(".", "/")
    return Maker(f"{module}.py: {function.__qualname__}", source)


@dataclass(frozen=True, slots=True)
class Plan:
    """Every page of a site, what makes each (by the file it is written to), and what is wrong."""

    pages: tuple[Page, ...]
    makers: Mapping[str, Maker]
    faults: tuple[Diagnostic, ...]


# Adding a kind of page is adding a row.
_KINDS: tuple[Callable[[Derived], Sequence[Page]], ...] = (
    home_pages,
    section_pages,
    task_list_pages,
    task_pages,
    unit_pages,
    district_pages,
    leader_pages,
    deadline_pages,
    update_pages,
    feed_pages,
    calendar_pages,
    workbook_pages,
    chart_pages,
    period_pages,
    theme_pages,
    inside_pages,
    notice_pages,
    data_pages,
    about_pages,
    not_found_pages,
)
# Made of what the rows above, and those before them here, have planned.
_KINDS_OF_ALL: tuple[Callable[[Derived, tuple[Page, ...]], Sequence[Page]], ...] = (
    search_pages,
    site_map_pages,
    robots_pages,
    redirect_pages,
)


def plan(derived: Derived) -> Plan:
    """Plan every page of a site; two pages with one address are a fault."""
    pages: list[Page] = []
    makers: dict[str, Maker] = {}

    def add(kind: Function, more: Iterable[Page]) -> None:
        for page in more:
            source = f"templates/{page.template}" if isinstance(page, HtmlPage) else ""
            makers[path_of(page)] = maker(kind, source)
            pages.append(page)

    for kind in _KINDS:
        add(kind, kind(derived))
    for late in _KINDS_OF_ALL:
        add(late, late(derived, tuple(pages)))
    return Plan(tuple(pages), makers, collisions(tuple(pages)))


def collisions(pages: tuple[Page, ...]) -> tuple[Diagnostic, ...]:
    """Find addresses that more than one page claims."""
    counts = Counter(path_of(page) for page in pages)
    return tuple(
        fault("address-collision", Place(path), address=path)
        for path, count in counts.items()
        if count > 1
    )
