"""When reports are due, and who owes one. In a ledger that takes no reports nobody does."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.derive.duties import Duty
from portal.progress import Note
from portal.record import Ledger, Rhythm, TaskNumber, Unit, Year


@dataclass(frozen=True, slots=True)
class Period:
    """期: a month or a quarter; reports on it are due by `due`."""

    name: str
    first: date
    last: date
    due: date


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that was due before the day and is not known."""

    task: TaskNumber
    unit: Unit
    period: Period


def periods_of(ledger: Ledger) -> tuple[Period, ...]:
    """The reporting periods of a year, in order; none where units do not report."""
    if ledger.reporting == "none":
        return ()
    length = 1 if ledger.reporting == "monthly" else 3
    return tuple(
        _period(ledger.year, first, length, ledger.rhythm) for first in range(1, 13, length)
    )


def working_days_after(day: date, count: int, rhythm: Rhythm) -> date:
    """The working day that comes so many after a day."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, rhythm)
    return day


def is_working_day(day: date, rhythm: Rhythm) -> bool:
    is_weekday = day.weekday() < 5 and day not in rhythm.holidays
    return is_weekday or day in rhythm.workdays


def reporters(duties: Sequence[Duty]) -> tuple[Unit, ...]:
    """Who must report on a task: the lead, or each of those who share it. Members of groups not."""
    return tuple(
        duty.unit for duty in duties if duty.role in ("lead", "joint") and duty.via is None
    )


def owed_reports(
    task: TaskNumber,
    duties: Sequence[Duty],
    notes: Sequence[Note],
    periods: Sequence[Period],
    as_of: date,
) -> Iterator[Owed]:
    """Every report on a task that was due before a day and is not there."""
    given = {(note.unit, note.period) for note in notes if note.origin == "report"}
    for period in periods:
        for unit in reporters(duties) if period.due < as_of else ():
            if not any((name, period.name) in given for name in (unit.name, *unit.aliases)):
                yield Owed(task, unit, period)


def _period(year: Year, first: int, length: int, rhythm: Rhythm) -> Period:
    last_month = first + length - 1
    name = f"{year}-{first:02}" if length == 1 else f"{year}-Q{(first + 2) // 3}"
    last = date(year, last_month, calendar.monthrange(year, last_month)[1])
    due = working_days_after(last, rhythm.within, rhythm)
    return Period(name, date(year, first, 1), last, due)
