"""Deadlines as calendars (RFC 5545): of a year, and of each unit, district and task.

Written here, since the form is a dozen lines and a library costs a millisecond an event; the tests
read every calendar back with one.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.rollup import tasks_by_unit
from jiaozhang.derive.schedule import DerivedClause
from jiaozhang.ledger.public import TaskNumber
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.alternates import calendar_of
from jiaozhang.pages.core.page import FilePage
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, pgettext

_LONGEST = 75  # octets of a line
# How often a subscriber should look again, in the two ways that calendars ask for it.
_DAILY = ("REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D")
# What a deadline is counted from: a correction of one of these may move it.
_MOVING = ("amendments", "triggers", "tasks", "ledger")


def calendar_pages(derived: Derived) -> tuple[FilePage, ...]:
    return tuple(page for year in derived.years for page in _calendars_of_year(derived, year))


def _calendars_of_year(derived: Derived, year: DerivedYear) -> Iterator[FilePage]:
    of = year.ledger.year
    # An event stands in the calendar of every unit and district that it concerns.
    events = {one.task.number: _events(derived, year, one) for one in year.tasks}
    page = functools.partial(_calendar_page, derived, of, events)
    yield page(addresses.deadlines(of), pgettext("calendar", "Deadlines"), year.tasks)
    for unit, own in tasks_by_unit(year).items():
        yield page(addresses.unit(of, unit.id), unit.name, own)
    for district in derived.record.districts:
        tied = [one for one in year.tasks if any(t.district == district for t in one.ties)]
        yield page(addresses.district(of, district.id), district.name, tied)
    for one in year.tasks:
        if calendar_of(of, one):
            yield page(addresses.task(of, one.task.number), one.task.title, [one])


def _calendar_page(
    derived: Derived,
    of: int,
    events: Mapping[TaskNumber, str],
    page: str,
    name: str,
    tasks: Sequence[DerivedTask],
) -> FilePage:
    site = derived.record.site
    title = gettext("{site}, {year}: {name}", site=site.name, year=of, name=name)
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_escaped_text(site.name)}//ZH",
        f"X-WR-CALNAME:{_escaped_text(title)}",
        *_DAILY,
    )
    own = (events[one.task.number] for one in tasks)
    text = "".join((_lines(head), *own, _lines(("END:VCALENDAR",))))
    return FilePage(addresses.calendar(page), text, (f"{of}/tasks",))


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _events(derived: Derived, year: DerivedYear, one: DerivedTask) -> str:
    dated = (clause for clause in one.clauses if clause.due)
    return "".join(_lines(_event(derived, year, one, clause)) for clause in dated)


def _event(
    derived: Derived, year: DerivedYear, one: DerivedTask, clause: DerivedClause
) -> list[str]:
    of, number = year.ledger.year, one.task.number
    site = derived.record.site
    due = clause.due
    assert due is not None  # noqa: S101 - the caller takes dated clauses only
    said = gettext(
        "Task {number} is due: {scope} ({kind})",
        number=number,
        scope=clause.clause.scope or one.task.title,
        kind=words.KIND[clause.clause.kind],
    )
    address = addresses.task(of, number)
    uid = uuid.uuid5(uuid.NAMESPACE_URL, f"{site.name}/{address}#{clause.clause.id}")
    moves, last = _moves(year, one, clause)
    # The stamps are data too, the same in every build.
    moment = f"{last:%Y%m%d}T000000Z"
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SEQUENCE:{moves}",
        f"DTSTAMP:{moment}",
        f"LAST-MODIFIED:{moment}",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped_text(said)}",
        f"DESCRIPTION:{_escaped_text(one.task.text)}",
        "TRANSP:TRANSPARENT",
    ]
    if site.base_url:
        lines.append(f"URL:{site.base_url}/{address}")
    return [*lines, "END:VEVENT"]


def _moves(year: DerivedYear, one: DerivedTask, clause: DerivedClause) -> tuple[int, date]:
    """How often a deadline may have moved, and when last (first it was published).

    What is withdrawn is gone, and with it the move that it made: so a correction or a withdrawal
    counts twice, and the number never falls. Subscribers take over what has a higher one.
    """
    first = year.ledger.published or date(year.ledger.year, 1, 1)
    amended = [amendment.on for amendment in clause.amendments]
    corrections = (c for c in year.progress.corrections if c.task in (None, one.task.number))
    mended = [c.on for c in corrections if c.of.partition("/")[0] in _MOVING]
    begun = [clause.trigger.on] if clause.trigger else []
    return len(amended) + 2 * len(mended), max((first, *amended, *mended, *begun))


def _escaped_text(text: str) -> str:
    # Programs that read calendars end a line at any of the three, whatever may stand in content.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str) -> Iterator[str]:
    """Cut a line at 75 octets, never inside a character; what follows begins with a blank."""
    held, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > _LONGEST:
            yield held
            held, size = " ", 1
        held += char
        size += width
    yield held
