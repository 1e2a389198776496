"""sitemap.xml and robots.txt, and where the site stands on its host."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import escape
from urllib.parse import urlsplit

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.ledger.events import Recorded
from jiaozhang.ledger.record_kinds import known_from
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.page import FilePage, HtmlPage, Page


def robots_pages(derived: Derived, pages: tuple[Page, ...]) -> tuple[FilePage, ...]:
    """sitemap.xml and robots.txt; an unofficial site asks not to be indexed unless configured."""
    site = derived.record.site
    base = site.base_url or ""
    lines = ["User-agent: *", "Disallow:" if site.index else "Disallow: /"]
    if base:
        lines.append(f"Sitemap: {base}/{addresses.PAGES}")
    # Without an address of the site nobody can use the list, and it says no more than it must.
    days = _days_of_facts(derived) if base else {}
    urls = "".join(
        f"  <url><loc>{escape(f'{base}/{page.address}', False)}</loc>{_lastmod(page, days)}</url>\n"
        for page in sorted(
            (page for page in pages if isinstance(page, HtmlPage)), key=lambda page: page.address
        )
        if page.address != addresses.NOT_FOUND
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{urls}</urlset>\n"
    )
    return (
        FilePage(addresses.PAGES, xml, ("site",)),
        FilePage(addresses.ROBOTS, "\n".join(lines) + "\n", ("site",)),
    )


def _lastmod(page: HtmlPage, days: Mapping[str, date]) -> str:
    """The day of the newest of what a page is made of; nothing if no day of it is known."""
    newest = max((days[fact] for fact in page.facts if fact in days), default=None)
    return f"<lastmod>{newest.isoformat()}</lastmod>" if newest else ""


def _days_of_facts(derived: Derived) -> Mapping[str, date]:
    """The day on which the newest of what a page may be made of became known, by its name."""
    return {
        fact: day for year in derived.years for fact, day in _days_of_year(year) if day is not None
    }


def _days_of_year(year: DerivedYear) -> Iterator[tuple[str, date | None]]:
    of, published = year.ledger.year, year.ledger.published
    for fact in ("ledger", "notice"):
        yield f"{of}/{fact}", published
    for fact in ("tasks", "records"):
        yield f"{of}/{fact}", _newest(year.progress.records, published)
    for one in year.tasks:
        newest = _newest(one.own.records, published)
        for fact in ("task", "records"):
            yield f"{of}/{fact}/{one.task.number}", newest


def _newest(records: Iterable[Recorded], published: date | None) -> date | None:
    days = (*map(known_from, records), published)
    return max((day for day in days if day is not None), default=None)


def base_path(derived: Derived) -> str:
    """The path below which the site stands on its host, for the error page alone."""
    return urlsplit(derived.record.site.base_url or "").path.rstrip("/") + "/"
