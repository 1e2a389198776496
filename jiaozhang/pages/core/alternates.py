"""Other forms of a page, for programs, as its head names them: its feed, its JSON, its text."""

from __future__ import annotations

from jiaozhang.derive import DerivedTask
from jiaozhang.ledger.public import Year
from jiaozhang.ledger.settings import Site
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.page import Alternate
from jiaozhang.wording.catalogue import gettext, pgettext


def feed_title(site: Site, of: Year, name: str) -> str:
    """The title of the feed of a page with this name."""
    return gettext("{site}, {year}: {name}", site=site.name, year=of, name=name)


def updates_name() -> str:
    """The name of the feed of all that is recorded in a year."""
    return pgettext("feed", "Latest updates")


def feed_of(site: Site, of: Year, page: str, name: str) -> Alternate:
    """The Atom feed that follows a page with this name."""
    return Alternate("application/atom+xml", feed_title(site, of, name), addresses.feed(page))


def updates_feed(site: Site, of: Year) -> Alternate:
    """The Atom feed of all that is recorded in a year."""
    return feed_of(site, of, addresses.updates(of), updates_name())


def calendar_of(of: Year, one: DerivedTask) -> str:
    """The address of a task's own calendar; empty if it has no deadline with a date."""
    dated = any(clause.due for clause in one.clauses)
    return addresses.calendar(addresses.task(of, one.task.number)) if dated else ""


def markdown_of(page: str) -> Alternate:
    """The text of a page as Markdown."""
    return Alternate(
        "text/markdown", gettext("The same text as Markdown"), addresses.markdown(page)
    )


def json_of(address: str) -> Alternate:
    """The same facts as JSON."""
    return Alternate("application/json", gettext("The same facts as JSON"), address)
