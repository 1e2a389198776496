"""Pages that moved or were taken down: what stands at their old addresses.

They are ordinary pages, so that a plain file server leads on without any configuration.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jiaozhang.derive import Derived
from jiaozhang.ledger.public import Redirect
from jiaozhang.pages.core.frame import frame_of, head_of, year_at
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link, Page
from jiaozhang.wording.catalogue import gettext

TEMPLATE = "moved.html"


@dataclass(frozen=True, slots=True)
class Moved:
    """`to` is the page that took over; nothing, where the page was taken down for a reason."""

    frame: Frame
    head: Head
    to: Link | None
    reason: str


def redirect_pages(derived: Derived, pages: tuple[Page, ...]) -> tuple[HtmlPage, ...]:
    """A page for each redirect; where there is a page already, that one stays."""
    titles = {page.address: page.this.head.title for page in pages if isinstance(page, HtmlPage)}
    return tuple(
        _redirect_page(derived, one, titles)
        for one in derived.record.redirects
        if one.old not in titles
    )


def _redirect_page(derived: Derived, one: Redirect, titles: dict[str, str]) -> HtmlPage:
    to = None if one.new is None else Link(titles.get(one.new, one.new), one.new)
    if to is None:
        title, said = gettext("This page was taken down"), ""
    else:
        title = gettext("This page has a new address")
        said = gettext("It is now “{page}”.", page=to.text)
    head = head_of(derived, one.old, title, one.reason or said, "")
    if to is not None:
        # Whoever follows the page, or counts it, is to take the new address.
        head = replace(head, canonical=head.canonical and _at(derived, to.address))
    frame = replace(frame_of(derived, year_at(derived, one.old)), index=False)
    return HtmlPage(one.old, TEMPLATE, Moved(frame, head, to, one.reason or ""), ("redirects",))


def _at(derived: Derived, address: str) -> str:
    return f"{derived.record.site.base_url or ''}/{address}"
