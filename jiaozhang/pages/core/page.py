"""Page types: an address, a template and one frozen value; or a file and its content."""

from __future__ import annotations

from dataclasses import Field, dataclass
from typing import ClassVar, Literal, Protocol


@dataclass(frozen=True, slots=True)
class Link:
    """A text and its target: an address relative to the site's root, or an absolute URL."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """Where a reader tells of a mistake on a page; `number` is the telephone's, if it is one."""

    address: str
    number: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """A channel; a phone has room for the first ones only, and keeps the others below 目录."""

    link: Link
    key: str
    is_first: bool = True


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another form of a page, for programs: its media type, title and address."""

    type: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Masthead, navigation and footer of every page of a year.

    `edition` names the intranet's site and is empty on the public one; `statement` says that a
    site is unofficial; `archive` marks a past year; `as_of` is the day up to which data is known.
    `base_url` is empty if the site does not know where it is.
    """

    site: str
    base_url: str
    year: int
    as_of: str
    issuer: str
    edition: str
    statement: str
    archive: str
    index: bool
    nav: tuple[NavItem, ...]
    footer: tuple[Link, ...]
    contacts: tuple[Link, ...]
    bodies: tuple[tuple[str, Link], ...]
    years: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A page's own title, what it says of itself, path from the home page, and channel.

    `window` (the title element) and `description` also name the site, and no two pages of a site
    have the same. `report` is None on a site without contacts. `alternates` are its other forms:
    its Atom feed, its JSON; `kind` is its type of the Open Graph; `meta` the tags that government
    sites must carry.
    """

    title: str
    lede: str
    window: str
    description: str
    crumbs: tuple[Link, ...]
    channel: str
    canonical: str
    report: ErrorReport | None = None
    alternates: tuple[Alternate, ...] = ()
    kind: Literal["website", "article"] = "website"
    meta: tuple[tuple[str, str], ...] = ()


class Context(Protocol):
    """The values that every template receives; a frozen dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[object]]]

    @property
    def frame(self) -> Frame: ...
    @property
    def head(self) -> Head: ...


# The headings of the site map, under the site's own.
MapGroup = Literal["overview", "sections", "tasks", "units", "districts", "leaders"]


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """`address` ends in "/" or names a file; `facts` are the records it was made of.

    The site plan sets `group`, its heading on the site map (which lists every page that has one),
    and `is_found`, whether search finds it by its title.
    """

    address: str
    template: str
    this: Context
    facts: tuple[str, ...]
    group: MapGroup | None = None
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class FilePage:
    address: str
    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BytesPage:
    """An unchanged file: an attachment."""

    address: str
    content: bytes
    facts: tuple[str, ...]


Page = HtmlPage | FilePage | BytesPage


def path_of(page: Page) -> str:
    """The file a page is written to."""
    is_folder = not page.address or page.address.endswith("/")
    return f"{page.address}index.html" if is_folder else page.address
