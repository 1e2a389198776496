"""Deadlines as calendars (RFC 5545): of a year, and of each unit and district.

Written here, since the form is a dozen lines and a library costs a millisecond an event; the tests
read every calendar back with one.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.rollup import tasks_by_unit
from jiaozhang.derive.schedule import DerivedClause
from jiaozhang.ledger.public import TaskNumber
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.page import FilePage
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, pgettext

_LONGEST = 75  # octets of a line


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
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        # The stamp is data too: the first day of the ledger's year, in every build.
        f"DTSTAMP:{of}0101T000000Z",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped_text(said)}",
        f"DESCRIPTION:{_escaped_text(one.task.text)}",
        "TRANSP:TRANSPARENT",
    ]
    if site.base_url:
        lines.append(f"URL:{site.base_url}/{address}")
    return [*lines, "END:VEVENT"]


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
