"""Atom feeds of what was recorded: of a year, and of each section, unit and district (RFC 4287).

A feed holds every record, in the order in which they became known: what a reader of feeds has not
seen stands before whatever was known earlier. A long feed is parted (RFC 5005). Ids are names
derived from paths, since a site may not know its own address.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.rollup import tasks_by_unit
from jiaozhang.ledger.events import Correction
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.alternates import feed_title, updates_name
from jiaozhang.pages.core.page import FilePage
from jiaozhang.pages.core.timeline import entries_of, late_entries, midnight
from jiaozhang.pages.core.timeline_entry import TimelineEntry
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, pgettext
from jiaozhang.wording.joining import labelled

# Of one part: a tenth of a megabyte or two, and a fifth of that on the wire.
MOST_ENTRIES = 500
_ATOM, _HTML = "application/atom+xml", "text/html"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A record in a feed; a reader of feeds tells by `changed` whether it has seen it as it is."""

    address: str
    title: str
    summary: str
    known: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: the page it belongs to, what it is of, and its entries, last known first."""

    page: str
    name: str
    entries: tuple[FeedEntry, ...]


def feed_pages(derived: Derived) -> tuple[FilePage, ...]:
    return tuple(
        page
        for year in derived.years
        for feed in _feeds(derived, year)
        for page in _parts_of_feed(derived, year, feed)
    )


def _feeds(derived: Derived, year: DerivedYear) -> Iterator[Feed]:
    of = year.ledger.year
    own = {one.task.number: _entries_of_task(derived, year, one) for one in year.tasks}

    def feed(page: str, name: str, tasks: Sequence[DerivedTask], *more: FeedEntry) -> Feed:
        entries = (*(entry for one in tasks for entry in own[one.task.number]), *more)
        # Of the same moment in the order of the notice.
        return Feed(page, name, tuple(sorted(entries, key=lambda e: e.known, reverse=True)))

    rest = (_about_notice(of, one) for one in year.corrections if one.task is None)
    yield feed(addresses.updates(of), updates_name(), year.tasks, *rest)
    for section in year.ledger.sections:
        tasks = [one for one in year.tasks if one.section == section]
        yield feed(addresses.section(of, section.number), section.title, tasks)
    for unit, its in tasks_by_unit(year).items():
        yield feed(addresses.unit(of, unit.id), unit.name, its)
    for district in derived.record.districts:
        tasks = [one for one in year.tasks if any(t.district == district for t in one.ties)]
        yield feed(addresses.district(of, district.id), district.name, tasks)


def _entries_of_task(
    derived: Derived, year: DerivedYear, one: DerivedTask
) -> tuple[FeedEntry, ...]:
    found = (*late_entries(derived, year, one), *entries_of(derived, year, one))
    return tuple(_feed_entry(entry) for entry in found)


def _feed_entry(entry: TimelineEntry) -> FeedEntry:
    title = gettext(
        "Task {number}, {title}: {kind}",
        number=entry.number,
        title=entry.task.text,
        kind=entry.kind,
    )
    return FeedEntry(entry.task.address, title, entry.brief, entry.known, entry.changed)


def _about_notice(of: int, one: Correction) -> FeedEntry:
    """A correction or withdrawal of no task; it has no timeline but that of all corrections."""
    return FeedEntry(
        f"{addresses.corrections(of)}#{one.id}",
        labelled(gettext("The notice"), words.CORRECTION[one.kind]),
        one.reason,
        midnight(one.on),
        midnight(one.on),
    )


def _parts_of_feed(derived: Derived, year: DerivedYear, feed: Feed) -> Iterator[FilePage]:
    starts = range(0, len(feed.entries), MOST_ENTRIES) or range(1)
    for part, start in enumerate(starts, 1):
        entries = feed.entries[start : start + MOST_ENTRIES]
        text = _xml(derived, year, feed, entries, part, len(starts))
        address = addresses.feed(feed.page, part)
        yield FilePage(address, text, (f"{year.ledger.year}/records",))


def _xml(
    derived: Derived,
    year: DerivedYear,
    feed: Feed,
    entries: Sequence[FeedEntry],
    part: int,
    parts: int,
) -> str:
    site = derived.record.site
    title = feed_title(site, year.ledger.year, feed.name)
    link = addresses.links_for_programs(site.base_url, feed.page)
    first_day = year.ledger.published or date(year.ledger.year, 1, 1)
    changed = max((entry.changed for entry in feed.entries), default=midnight(first_day))
    language = pgettext("the tag of this language", "en")
    # Who holds a feed in one part may forget what is no longer in it: it was withdrawn.
    whole = ' xmlns:fh="http://purl.org/syndication/history/1.0"' if parts == 1 else ""
    links = [("alternate", _HTML, feed.page), ("self", _ATOM, addresses.feed(feed.page, part))]
    links += [(rel, _ATOM, addresses.feed(feed.page, at)) for rel, at in _ways(part, parts)]
    return "".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<feed xmlns="http://www.w3.org/2005/Atom"{whole} xml:lang="{language}">\n'
            f" <title>{escape(title, False)}</title>\n"
            f" <id>{_id(derived, feed.page)}</id>\n"
            f" <updated>{_rfc3339(changed)}</updated>\n"
            f" <author><name>{escape(site.name, False)}</name></author>\n",
            *(
                f' <link rel="{rel}" type="{kind}" href="{escape(link(to))}"/>\n'
                for rel, kind, to in links
            ),
            " <fh:complete/>\n" if whole else "",
            *(
                " <entry>\n"
                f"  <title>{escape(entry.title, False)}</title>\n"
                f"  <id>{_id(derived, entry.address)}</id>\n"
                f"  <published>{_rfc3339(entry.known)}</published>\n"
                f"  <updated>{_rfc3339(entry.changed)}</updated>\n"
                f'  <link rel="alternate" type="{_HTML}" href="{escape(link(entry.address))}"/>\n'
                f"  <summary>{escape(entry.summary, False)}</summary>\n"
                " </entry>\n"
                for entry in entries
            ),
            "</feed>\n",
        )
    )


def _ways(part: int, parts: int) -> Iterator[tuple[str, int]]:
    """The other parts that a part leads to."""
    if parts > 1:
        yield "first", 1
        yield "last", parts
    if part > 1:
        yield "previous", part - 1
    if part < parts:
        yield "next", part + 1


def _id(derived: Derived, address: str) -> str:
    """A name that stays the same wherever the site moves."""
    name = f"{derived.record.site.name}/{address}"
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _rfc3339(moment: datetime) -> str:
    return f"{moment.isoformat()}+08:00"
