"""Deadlines as calendars (RFC 5545): of a year, and of each unit and district.

Written here, since the form is a dozen lines and a library costs a millisecond an event; the tests
read every calendar back with one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta

from portal import words
from portal.derive import Derived, DerivedTask, DerivedYear
from portal.derive.schedule import DerivedClause
from portal.pages import addresses
from portal.pages.page import FilePage

_LONGEST = 75  # octets of a line


def calendar_pages(derived: Derived) -> tuple[FilePage, ...]:
    return tuple(page for year in derived.years for page in _of_year(derived, year))


def _of_year(derived: Derived, year: DerivedYear) -> Iterator[FilePage]:
    of = year.ledger.year
    yield _page(derived, year, addresses.deadlines(of), "时限", year.tasks)
    units = {duty.unit.id: duty.unit for one in year.tasks for duty in one.duties}
    for unit in units.values():
        own = [one for one in year.tasks if any(d.unit.id == unit.id for d in one.duties)]
        yield _page(derived, year, addresses.unit(of, unit.id), unit.name, own)
    for district in derived.record.districts:
        own = [one for one in year.tasks if any(t.district == district for t in one.ties)]
        yield _page(derived, year, addresses.district(of, district.id), district.name, own)


def _page(
    derived: Derived, year: DerivedYear, page: str, name: str, tasks: Sequence[DerivedTask]
) -> FilePage:
    site, of = derived.record.site, year.ledger.year
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(site.name)}//ZH",
        f"X-WR-CALNAME:{_text(f'{of}年{site.name}：{name}')}",
    ]
    for one in tasks:
        for clause in one.clauses:
            if clause.due:
                lines += _event(derived, year, one, clause)
    lines.append("END:VCALENDAR")
    text = "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))
    return FilePage(addresses.calendar(page), text, (f"{of}/tasks",))


def _event(
    derived: Derived, year: DerivedYear, one: DerivedTask, clause: DerivedClause
) -> list[str]:
    of, number = year.ledger.year, one.task.number
    site = derived.record.site
    due = clause.due
    assert due is not None  # noqa: S101 - the caller takes dated clauses only
    scope = clause.clause.scope or one.task.title
    address = addresses.task(of, number)
    uid = uuid.uuid5(uuid.NAMESPACE_URL, f"{site.name}/{address}#{clause.clause.id}")
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        # The stamp is data too: the first day of the ledger's year, in every build.
        f"DTSTAMP:{of}0101T000000Z",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(f'第{number}项到期：{scope}（{words.KIND[clause.clause.kind]}）')}",
        f"DESCRIPTION:{_text(one.task.text)}",
        "TRANSP:TRANSPARENT",
    ]
    if site.base_url:
        lines.append(f"URL:{site.base_url}/{address}")
    return [*lines, "END:VEVENT"]


def _text(text: str) -> str:
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
