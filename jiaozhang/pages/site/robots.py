"""sitemap.xml and robots.txt, and where the site stands on its host."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from jiaozhang.derive import Derived
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.page import FilePage, HtmlPage, Page


def robots_pages(derived: Derived, pages: tuple[Page, ...]) -> tuple[FilePage, ...]:
    """sitemap.xml and robots.txt; an unofficial site asks not to be indexed unless configured."""
    site = derived.record.site
    base = site.base_url or ""
    lines = ["User-agent: *", "Disallow:" if site.index else "Disallow: /"]
    if base:
        lines.append(f"Sitemap: {base}/{addresses.PAGES}")
    found = [
        p.address for p in pages if isinstance(p, HtmlPage) and p.address != addresses.NOT_FOUND
    ]
    urls = "".join(
        f"  <url><loc>{escape(f'{base}/{a}', False)}</loc></url>\n" for a in sorted(found)
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


def base_path(derived: Derived) -> str:
    """The path below which the site stands on its host, for the error page alone."""
    return urlsplit(derived.record.site.base_url or "").path.rstrip("/") + "/"
