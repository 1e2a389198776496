"""Calendars of deadlines: every program takes them in, and takes over what moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from generated import write_city
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from conftest import BASE, ROOT, World
from jiaozhang.build.pipeline import examine, load
from jiaozhang.derive import derive
from jiaozhang.ledger.public import Record
from jiaozhang.pages.downloads.calendars import calendar_pages
from jiaozhang.wall.audience import release

FIRST = date(2025, 1, 1)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> tuple[Record, ...]:
    """The demo, and a city made by chance."""
    demo = ROOT / "examples/demo"
    made = tmp_path_factory.mktemp("made")
    write_city(made, 3)
    inputs = (load(demo, "demo", None, ROOT), World(made).inputs())
    filed = [examine(one)[0] for one in inputs]
    return tuple(release(one, "public") for one in filed if one)


def texts(record: Record, day: date) -> dict[str, str]:
    """The calendars of a site for a day, by their addresses."""
    derived = derive(record, {ledger.year: day for ledger in record.ledgers})
    return {page.address: page.text for page in calendar_pages(derived)}


def events(text: str) -> dict[str, Event]:
    """The events of a calendar by their names."""
    found = Calendar.from_ical(text).walk("VEVENT")
    by_name = {str(event["UID"]): event for event in found}
    assert len(by_name) == len(found)
    return by_name


def revision(event: Event) -> tuple[int, date]:
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt
    return int(event["SEQUENCE"]), event["DTSTAMP"].dt.date()


def whole_years(record: Record, day: date) -> dict[str, Event]:
    calendars = texts(record, day)
    years = (f"{ledger.year}/deadlines/deadlines.ics" for ledger in record.ledgers)
    return {name: event for one in years for name, event in events(calendars[one]).items()}


def test_deadlines_come_as_calendars_that_a_library_reads(world: Callable[[str], World]) -> None:
    site = world("").build()
    for page in ("2025/deadlines/", "2025/units/kejiju/", "2025/districts/dongcheng/"):
        raw = site.files[f"{page}deadlines.ics"]
        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
        (calendar,) = Calendar.from_ical(raw, multiple=True)
        assert calendar["REFRESH-INTERVAL"].dt == timedelta(days=1)
        assert calendar["X-PUBLISHED-TTL"] == "P1D"
    for page in ("2025/units/kejiju/", "2025/tasks/001/"):
        (event,) = events(site.files[f"{page}deadlines.ics"].decode()).values()
        assert event["DTSTART"].dt == date(2025, 12, 31)
        assert str(event["SUMMARY"]) == "第1项到期：新建3个实验室（完成）"
        assert str(event["DESCRIPTION"]) == "新建3个实验室，启动20个小区改造。"
        # What never moved was last revised when the notice was published.
        assert revision(event) == (0, date(2025, 3, 1))
    assert 'href="deadlines.ics"' in site.html("2025/tasks/001/")


def test_an_event_is_the_same_in_whatever_calendar_it_stands(records: tuple[Record, ...]) -> None:
    for record in records:
        calendars = texts(record, date(2025, 10, 31))
        known: dict[str, bytes] = {}
        for text in calendars.values():
            for name, event in events(text).items():
                assert known.setdefault(name, event.to_ical()) == event.to_ical()
        tasks = [text for path, text in calendars.items() if "/tasks/" in path]
        # Every event stands in the calendar of exactly one task, and none of them is empty.
        assert sorted(name for text in tasks for name in events(text)) == sorted(known)
        assert all(events(text) for text in tasks)


@given(st.integers(0, 700), st.integers(0, 400))
@settings(max_examples=25)
@example(288, 20)
def test_whatever_moved_has_a_higher_number_and_a_later_stamp(
    records: tuple[Record, ...], first: int, later: int
) -> None:
    for record in records:
        then = FIRST + timedelta(days=first)
        old, new = whole_years(record, then), whole_years(record, then + timedelta(days=later))
        assert old.keys() <= new.keys()
        for name, was in old.items():
            now = new[name]
            assert revision(was)[0] <= revision(now)[0] and revision(was)[1] <= revision(now)[1]
            if was["DTSTART"].dt != now["DTSTART"].dt:
                assert revision(was)[0] < revision(now)[0]
                assert then < revision(now)[1]


MOVED = """
-- content/2025/ledger.yaml --
title: 示例市人民政府关于做好2025年重点工作的通知
issuer: 示例市人民政府
source: 示例
published: 2025-03-01
reporting: none
review: {amendment: none, correction: none, trigger: none}
sections: [{number: 1, title: 产业}]
"""
AMENDMENT = """
-- content/2025/amendments/001-2025-{month:02}-20.yaml --
clause: a
old: {old}
new: {new}
authority: 示例市人民政府
document: 示政函〔2025〕{month}号
date: 2025-{month:02}-20
"""
WITHDRAWN = """
-- content/2025/corrections/2025-11-01-chehui.yaml --
kind: withdrawal
of: amendments/001-2025-10-20
date: 2025-11-01
since: 2025-10-20
by: 示例市人民政府
"""


def test_a_deadline_that_moves_there_and_back_is_taken_over_each_time(
    tmp_path: Path,
) -> None:
    there = AMENDMENT.format(month=6, old="2025-12-31", new="2026-03-31")
    on = AMENDMENT.format(month=10, old="2026-03-31", new="2026-06-30")
    seen: list[tuple[tuple[int, date], date]] = []
    for at, steps in enumerate(("", there, there + on, there + on + WITHDRAWN)):
        city = World(tmp_path / str(at), BASE, MOVED + steps)
        text = city.build().files["2025/tasks/001/deadlines.ics"].decode()
        (event,) = events(text).values()
        seen.append((revision(event), event["DTSTART"].dt))
    days = [date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30), date(2026, 3, 31)]
    assert [day for _, day in seen] == days
    numbers = [number for (number, _), _ in seen]
    stamps = [stamp for (_, stamp), _ in seen]
    assert numbers == sorted(set(numbers)) and stamps == sorted(set(stamps))
