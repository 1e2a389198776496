"""The head of a task's page: its title, who and by when, and what may not be concluded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.notice_words import shown_cut, without_stop
from jiaozhang.ledger.public import Ledger, Year
from jiaozhang.ledger.settings import StandingKey
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.alternates import json_of, markdown_of
from jiaozhang.pages.core.frame import description_of, head_of, window_title
from jiaozhang.pages.core.page import Head, Link
from jiaozhang.pages.core.task_rows import deadline_lines
from jiaozhang.pages.core.timeline_entry import TimelineEntry
from jiaozhang.wording import finding_sentences
from jiaozhang.wording.catalogue import gettext, ngettext
from jiaozhang.wording.joining import join_list

# A fact below the title: its label, and links or a text.
HeadFact = tuple[str, tuple[Link, ...], str]


# What the finding of a ledger of public records says better.
SAID_BY_FINDING: tuple[StandingKey, ...] = ("recorded", "unrecorded", "figure-reached")


def head_facts(derived: Derived, year: DerivedYear, one: DerivedTask) -> Iterator[HeadFact]:
    """Who leads, by when, and which leader is in charge, as far as the notice says so."""
    of = year.ledger.year
    leading = [duty for duty in one.duties if duty.role == "lead" and duty.via is None]
    joint = [duty for duty in one.duties if duty.role == "joint" and duty.via is None]
    if leading:
        links = tuple(Link(d.printed, addresses.unit(of, d.unit.id)) for d in leading)
        yield gettext("Led by"), links, ""
    elif joint:
        yield gettext("Responsible together"), (), ngettext("{n} unit", "{n} units", len(joint))
    lines = deadline_lines(one, of)
    if lines:
        whens = dict.fromkeys(f"{line.when}{line.what}" for line in lines)
        yield gettext("Deadline"), (), join_list(whens)
    names = {leader.name: leader for leader in derived.record.leaders}
    links = tuple(
        Link(names[name].display, addresses.leader(of, names[name].id)) for name in one.task.leaders
    )
    if links:
        yield gettext("In charge"), links, ""


def head_caveat(one: DerivedTask) -> str:
    """What may not be concluded from the finding; nothing once the task is closed."""
    if one.standing.closing == "closed":
        return ""
    if one.finding.kind == "none":
        return gettext("That nothing is on record does not mean that nothing was done.")
    if any(target.state == "met" for target in one.finding.targets):
        return gettext(
            "A figure that meets its target does not mean that the task is done: no public "
            "conclusion was found."
        )
    return gettext("A record does not mean that the task is done.")


def task_head(derived: Derived, of: Year, one: DerivedTask, section: Link) -> Head:
    address = addresses.task(of, one.task.number)
    # Two tasks may begin alike.
    name = gettext("Task {number} {title}", number=one.task.number, title=one.task.title)
    head = head_of(
        derived,
        address,
        one.task.title,
        one.task.text,
        "tasks",
        section,
        alternates=(
            json_of(addresses.task_json(of, one.task.number)),
            markdown_of(address),
        ),
        window=window_title(derived, address, name),
    )
    # The last crumb says where one is among many; the title stands right below it.
    crumbs = (*head.crumbs[:-1], Link(gettext("Task {number}", number=one.task.number), address))
    return replace(
        head,
        description=description_of(derived, address, name, finding_sentences.plain(one.finding)),
        crumbs=crumbs,
        kind="article",
        meta=(*head.meta, *_article(derived, one)),
    )


def _article(derived: Derived, one: DerivedTask) -> tuple[tuple[str, str], ...]:
    """The tags of an article: its title, when the site published it, and where it is from."""
    ledger = next(y.ledger for y in derived.years if one in y.tasks)
    tags = (
        # Identical to the heading, including the mark of a cut.
        ("ArticleTitle", shown_cut(one.task.title) if is_cut(one) else one.task.title),
        ("PubDate", _published(ledger, one)),
        ("ContentSource", ledger.issuer),
    )
    return tuple((name, content) for name, content in tags if content)


def _published(ledger: Ledger, one: DerivedTask) -> str:
    """When this site last made something of a task public, to the minute; empty when unknown."""
    moments = [f"{note.published:%Y-%m-%d %H:%M}" for note in one.own.notes if note.published]
    if ledger.published:
        moments.append(f"{ledger.published.isoformat()} 00:00")
    return max(moments, default="")


def head_dates(
    year: DerivedYear, one: DerivedTask, entries: tuple[TimelineEntry, ...]
) -> tuple[tuple[str, str], ...]:
    """What stands below an article's heading: who issued the notice, when this site last made
    something of the task public, and the day of the newest entry of its timeline."""
    known = (
        (gettext("Issued by"), year.ledger.issuer),
        (gettext("Last published here"), _published(year.ledger, one)),
        (gettext("Latest record"), entries[0].day if entries else ""),
    )
    return tuple((label, text) for label, text in known if text)


def is_cut(one: DerivedTask) -> bool:
    return without_stop(one.task.text) != one.task.title
