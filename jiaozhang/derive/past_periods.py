"""期: the periods of a year that are over, each on the day after its reports were to be there.

A past period speaks of its own day, from what is known now: a record that comes in later moves it.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, timedelta

from jiaozhang.derive.rhythm import Period
from jiaozhang.derive.year import Derived, DerivedYear, derive_year


@dataclass(frozen=True, slots=True, eq=False)
class PastPeriod:
    """A period that is over, and the year as derived for its day."""

    period: Period
    view: DerivedYear


# Several pages of a site show the same periods.
@functools.lru_cache(maxsize=8)
def past_periods(derived: Derived, year: DerivedYear) -> tuple[PastPeriod, ...]:
    """The periods of a year that are over, in order; none where units do not report."""
    return tuple(
        PastPeriod(period, derive_year(derived.record, year.ledger, _day_of(period, year)))
        for period in year.periods
        if period.last < year.as_of
    )


def _day_of(period: Period, year: DerivedYear) -> date:
    """The day after its reports were to be there: what is missing then may be named."""
    return min(period.settled(year.is_whole) + timedelta(days=1), year.as_of)
