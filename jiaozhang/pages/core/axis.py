"""The time axis of a drawing: the whole year, the day of the data, and all dates drawn."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jiaozhang.wording import words

MOST_TICKS = 14
_STEPS = (1, 2, 3, 6, 12)  # months between labels


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to `last`, both included, in whole months."""

    first: date
    last: date

    def share(self, day: date) -> float:
        """The position of the end of a day on the axis, in percent."""
        return 100 * ((day - self.first).days + 1) / self._days

    def start(self, day: date) -> float:
        """The position of the start of a day on the axis, in percent."""
        return 100 * (day - self.first).days / self._days

    def months(self) -> tuple[date, ...]:
        """The first day of every month."""
        first, last = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        return tuple(date(at // 12, at % 12 + 1, 1) for at in range(first, last + 1))

    def ticks(self, year: int) -> tuple[tuple[str, date], ...]:
        """The months with room for a label; January of another year is labelled with the year."""
        months = self.months()
        step = next((s for s in _STEPS if len(months) <= s * MOST_TICKS), _STEPS[-1])
        return tuple((_name(m, year), m) for m in months if (m.month - 1) % step == 0)

    @property
    def _days(self) -> int:
        return (self.last - self.first).days + 1


def axis_of(year: int, as_of: date, days: Iterable[date] = ()) -> Axis:
    """The axis of a year, extended to the day of the data and to `days` outside the year."""
    drawn = (*days, as_of, date(year, 1, 1), date(year, 12, 31))
    first, last = min(drawn), max(drawn)
    end = calendar.monthrange(last.year, last.month)[1]
    return Axis(first.replace(day=1), last.replace(day=end))


def _name(month: date, year: int) -> str:
    is_other = month.month == 1 and month.year != year
    return words.year(month.year) if is_other else words.month(month.month)
