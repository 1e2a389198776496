"""The site plan: all pages of a site, each with its template and one frozen value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from jiaozhang.derive import Derived
from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.page import BytesPage, FilePage, HtmlPage, MapGroup, Page, path_of
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
from jiaozhang.pages.lists.targets import targets_pages
from jiaozhang.pages.lists.tasks import task_list_pages
from jiaozhang.pages.lists.themes import theme_pages
from jiaozhang.pages.lists.units import unit_pages
from jiaozhang.pages.lists.updates import update_pages
from jiaozhang.pages.lists.wall_chart import chart_pages
from jiaozhang.pages.site.about import about_pages, not_found_pages, notice_pages, site_map_pages
from jiaozhang.pages.site.for_agents import agent_pages
from jiaozhang.pages.site.home import home_pages
from jiaozhang.pages.site.markdown_twins import twin_pages
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
    "SitePlan",
    "base_path",
    "collisions",
    "path_of",
    "plan",
]


class Function(Protocol):
    """The names of a function."""

    __module__: str
    __qualname__: str


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes a file of the site: a function, and a template or static file that it fills.

    Both are paths in the program's folders; `source` is empty if there is none.
    """

    function: str
    source: str = ""


def maker(function: Function, source: str = "") -> Maker:
    """Name the function that makes a file."""
    module = function.__module__.replace(".", "/")
    return Maker(f"{module}.py: {function.__qualname__}", source)


@dataclass(frozen=True, slots=True)
class SitePlan:
    """Every page of a site, what makes each (by the file it is written to), and what is wrong."""

    pages: tuple[Page, ...]
    makers: Mapping[str, Maker]
    faults: tuple[Diagnostic, ...]


# Which pages search finds by their titles: all of a kind; only its list, since its items are found
# as tasks, units or districts; or none.
Found = Literal["all", "list", "none"]


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page: its page function, its heading on the site map, and how search finds it."""

    make: Callable[[Derived], Sequence[Page]]
    group: MapGroup | None = "overview"
    found: Found = "all"


# To add a kind of page, add a row.
KINDS: tuple[PageKind, ...] = (
    PageKind(home_pages, found="none"),
    PageKind(section_pages, "sections"),
    PageKind(task_list_pages, "tasks"),
    PageKind(targets_pages, "tasks"),
    PageKind(task_pages, "tasks", "none"),
    PageKind(unit_pages, "units", "list"),
    PageKind(district_pages, "districts", "list"),
    PageKind(leader_pages, "leaders"),
    PageKind(deadline_pages),
    PageKind(update_pages, found="list"),
    PageKind(feed_pages),
    PageKind(calendar_pages),
    PageKind(workbook_pages),
    PageKind(chart_pages),
    PageKind(period_pages),
    PageKind(theme_pages),
    PageKind(inside_pages),
    PageKind(notice_pages),
    PageKind(data_pages),
    PageKind(agent_pages),
    PageKind(about_pages),
    PageKind(not_found_pages, None, "none"),
)


@dataclass(frozen=True, slots=True)
class LateKind:
    """A kind of page made from all pages of the rows before it."""

    make: Callable[[Derived, tuple[Page, ...]], Sequence[Page]]
    group: MapGroup | None


LATE_KINDS: tuple[LateKind, ...] = (
    LateKind(search_pages, "overview"),
    LateKind(site_map_pages, None),
    LateKind(robots_pages, None),
    LateKind(twin_pages, None),
    LateKind(redirect_pages, None),
)


def plan(derived: Derived) -> SitePlan:
    """Plan every page of a site; two pages with one address are a fault."""
    pages: list[Page] = []
    makers: dict[str, Maker] = {}

    def add(kind: PageKind | LateKind, more: Iterable[Page]) -> None:
        for page in more:
            source = f"templates/{page.template}" if isinstance(page, HtmlPage) else ""
            makers[path_of(page)] = maker(kind.make, source)
            pages.append(_placed(page, kind) if isinstance(page, HtmlPage) else page)

    for kind in KINDS:
        add(kind, kind.make(derived))
    for late in LATE_KINDS:
        add(late, late.make(derived, tuple(pages)))
    return SitePlan(with_own_titles(pages), makers, collisions(tuple(pages)))


def with_own_titles(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, each with a title and a description of its own: where two pages of a site are
    called alike (a city may give two standings one word), their addresses tell them apart.
    """
    heads = [page.this.head for page in pages if isinstance(page, HtmlPage)]
    windows = Counter(head.window for head in heads)
    descriptions = Counter(head.description for head in heads)

    def own(page: HtmlPage) -> HtmlPage:
        head, address = page.this.head, f" ({page.address})"
        head = replace(
            head,
            window=head.window + address * (windows[head.window] > 1),
            description=head.description + address * (descriptions[head.description] > 1),
        )
        return replace(page, this=replace(page.this, head=head))

    return tuple(own(page) if isinstance(page, HtmlPage) else page for page in pages)


def _placed(page: HtmlPage, kind: PageKind | LateKind) -> HtmlPage:
    """The page with the attributes of its row."""
    found = kind.found if isinstance(kind, PageKind) else "none"
    is_found = found == "all" or (found == "list" and addresses.is_list(page.address))
    return replace(page, group=kind.group, is_found=is_found)


def collisions(pages: tuple[Page, ...]) -> tuple[Diagnostic, ...]:
    """Find addresses that more than one page claims."""
    counts = Counter(path_of(page) for page in pages)
    return tuple(
        fault("address-collision", Place(path), address=path)
        for path, count in counts.items()
        if count > 1
    )
