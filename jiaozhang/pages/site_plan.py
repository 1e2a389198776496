"""The plan: which pages a site has, each with its template and one frozen value."""

from __future__ import annotations

from collections import Counter

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
    "Page",
    "base_path",
    "collisions",
    "path_of",
    "plan",
]

# Adding a kind of page is adding a row.
_KINDS = (
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


def plan(derived: Derived) -> tuple[tuple[Page, ...], tuple[Diagnostic, ...]]:
    """Plan every page of a site; two pages with one address are a fault."""
    pages: tuple[Page, ...] = tuple(page for kind in _KINDS for page in kind(derived))
    pages += search_pages(derived, pages)
    pages += site_map_pages(derived, pages)
    pages += robots_pages(derived, pages)
    pages += redirect_pages(derived, pages)
    return pages, collisions(pages)


def collisions(pages: tuple[Page, ...]) -> tuple[Diagnostic, ...]:
    """Find addresses that more than one page claims."""
    counts = Counter(path_of(page) for page in pages)
    return tuple(
        fault("address-collision", Place(path), address=path)
        for path, count in counts.items()
        if count > 1
    )
