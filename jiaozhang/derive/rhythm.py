"""Due dates of reports, and missing ones. Ledgers without reports have neither."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jiaozhang.derive.duties import Duty
from jiaozhang.ledger.events import Note
from jiaozhang.ledger.public import Ledger, Rhythm, TaskNumber, Unit, Year


@dataclass(frozen=True, slots=True)
class Period:
    """期: a month or a quarter; reports on it are due by `due` and reviewed by `reviewed`."""

    name: str
    first: date
    last: date
    due: date
    reviewed: date

    def settled(self, is_whole: bool) -> date:
        """The last day on which a missing report is not yet overdue.

        In an unfiltered record it is the due date of reports; a filtered one may lack reports that
        wait for their review.
        """
        return self.due if is_whole else self.reviewed


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that should be known on the day and is missing."""

    task: TaskNumber
    unit: Unit
    period: Period


def periods_of(ledger: Ledger) -> tuple[Period, ...]:
    """The reporting periods of a year, in order; empty if units do not report."""
    if ledger.reporting == "none":
        return ()
    months = range(1, 13, _length(ledger))
    return tuple(_period(ledger.year, first, ledger) for first in months)


def period_of(day: date, ledger: Ledger) -> Period:
    """The reporting period that contains a day, which may be in another year than the ledger's."""
    length = _length(ledger)
    return _period(Year(day.year), (day.month - 1) // length * length + 1, ledger)


def working_days_after(day: date, count: int, rhythm: Rhythm) -> date:
    """The working day `count` working days after `day`."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, rhythm)
    return day


def is_working_day(day: date, rhythm: Rhythm) -> bool:
    is_weekday = day.weekday() < 5 and day not in rhythm.holidays
    return is_weekday or day in rhythm.workdays


def reporters(duties: Sequence[Duty]) -> tuple[Unit, ...]:
    """The units that must report on a task: the lead, or all that share it; no group members."""
    return tuple(
        duty.unit for duty in duties if duty.role in ("lead", "joint") and duty.via is None
    )


def silence_ends(day: date, ledger: Ledger, is_whole: bool) -> date:
    """The last day on which the absence of a record about `day` has no meaning.

    In a filtered record such a record may still be waiting: its period's report must be submitted
    and reviewed.
    """
    return day if is_whole else period_of(day, ledger).reviewed


def owed_reports(
    task: TaskNumber,
    duties: Sequence[Duty],
    notes: Sequence[Note],
    periods: Sequence[Period],
    as_of: date,
    is_whole: bool,
) -> Iterator[Owed]:
    """Every report on a task that should be known on a day and is missing."""
    given = {(note.unit, note.period) for note in notes if note.origin == "report"}
    for period in periods:
        for unit in reporters(duties) if period.settled(is_whole) < as_of else ():
            if not any((name, period.name) in given for name in (unit.name, *unit.aliases)):
                yield Owed(task, unit, period)


def _length(ledger: Ledger) -> int:
    return 3 if ledger.reporting == "quarterly" else 1


def _period(year: Year, first: int, ledger: Ledger) -> Period:
    length, rhythm = _length(ledger), ledger.rhythm
    last_month = first + length - 1
    name = f"{year}-{first:02}" if length == 1 else f"{year}-Q{first // 3 + 1}"
    last = date(year, last_month, calendar.monthrange(year, last_month)[1])
    due = working_days_after(last, rhythm.within, rhythm)
    reviewed = working_days_after(due, rhythm.review_within, rhythm)
    return Period(name, date(year, first, 1), last, due, reviewed)
