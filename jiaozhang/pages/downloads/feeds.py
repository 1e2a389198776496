"""Atom feeds of what was recorded: of a year, and of each section, unit and district (RFC 4287).

A site may not know its own address, so links are relative and ids are names derived from paths.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.rollup import tasks_by_unit
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.page import FilePage
from jiaozhang.pages.core.timeline import entries_of, late_entries
from jiaozhang.pages.core.timeline_entry import TimelineEntry
from jiaozhang.wording.catalogue import gettext, pgettext

MOST_ENTRIES = 50


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: the page it belongs to, what it is of, and whose tasks it follows."""

    page: str
    name: str
    tasks: tuple[DerivedTask, ...]


def feed_pages(derived: Derived) -> tuple[FilePage, ...]:
    return tuple(
        _feed_page(derived, year, feed) for year in derived.years for feed in _feeds(derived, year)
    )


def _feeds(derived: Derived, year: DerivedYear) -> Iterator[Feed]:
    of = year.ledger.year
    yield Feed(addresses.updates(of), pgettext("feed", "Latest updates"), year.tasks)
    for section in year.ledger.sections:
        own = tuple(one for one in year.tasks if one.section == section)
        yield Feed(addresses.section(of, section.number), section.title, own)
    for unit, own in tasks_by_unit(year).items():
        yield Feed(addresses.unit(of, unit.id), unit.name, own)
    for district in derived.record.districts:
        own = tuple(o for o in year.tasks if any(t.district == district for t in o.ties))
        yield Feed(addresses.district(of, district.id), district.name, own)


def _feed_page(derived: Derived, year: DerivedYear, feed: Feed) -> FilePage:
    entries = sorted(
        (
            entry
            for one in feed.tasks
            for entry in (*entries_of(derived, year, one), *late_entries(derived, year, one))
        ),
        key=lambda entry: (-entry.on.toordinal(), entry.number, entry.id),
    )[:MOST_ENTRIES]
    text = _xml(derived, year, feed, entries)
    return FilePage(addresses.feed(feed.page), text, (f"{year.ledger.year}/records",))


def _xml(derived: Derived, year: DerivedYear, feed: Feed, entries: Iterable[TimelineEntry]) -> str:
    entries = tuple(entries)
    depth = "../" * feed.page.count("/")
    site = derived.record.site.name
    title = gettext("{site}, {year}: {name}", site=site, year=year.ledger.year, name=feed.name)
    newest = max((entry.on for entry in entries), default=date(year.ledger.year, 1, 1))
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n'
        f" <title>{escape(title, False)}</title>\n"
        f" <id>{_id(derived, feed.page)}</id>\n"
        f" <updated>{_moment(newest)}</updated>\n"
        f" <author><name>{escape(site, False)}</name></author>\n"
        ' <link rel="alternate" type="text/html" href="./"/>\n'
        ' <link rel="self" type="application/atom+xml" href="feed.xml"/>\n'
    )
    body = "".join(
        " <entry>\n"
        f"  <title>{escape(_title(entry), False)}</title>\n"
        f"  <id>{_id(derived, entry.task.address)}</id>\n"
        f"  <updated>{_moment(entry.on)}</updated>\n"
        f'  <link rel="alternate" type="text/html" href="{escape(depth + entry.task.address)}"/>\n'
        f"  <summary>{escape(entry.brief, False)}</summary>\n"
        " </entry>\n"
        for entry in entries
    )
    return f"{head}{body}</feed>\n"


def _title(entry: TimelineEntry) -> str:
    return gettext(
        "Task {number}, {title}: {kind}",
        number=entry.number,
        title=entry.task.text,
        kind=entry.kind,
    )


def _id(derived: Derived, address: str) -> str:
    """A name that stays the same wherever the site moves."""
    name = f"{derived.record.site.name}/{address}"
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+08:00"
