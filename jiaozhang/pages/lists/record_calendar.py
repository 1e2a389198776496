"""The days on which something was recorded: a small sheet for each month, weeks across.

How much there was is told by the size of a square, never by a shade, and in words beside it.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiaozhang.pages.core.timeline_entry import TimelineEntry
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, ngettext
from jiaozhang.wording.joining import join_facts, labelled

PITCH = 14.6
# Squares of this many pixels for as many records as given, or more.
_SIZES = ((4, 12), (2, 9), (1, 6))
_RING = 14  # around the day of the data


@dataclass(frozen=True, slots=True)
class Square:
    x: str
    y: str
    size: int


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """A month with its records; `dots` is the path of the days without any, up to the day of the
    data, and `as_of` that day's place in its own month."""

    name: str
    anchor: str
    count: int
    label: str
    dots: str
    squares: tuple[Square, ...]
    as_of: Square | None


def month_sheets(entries: Sequence[TimelineEntry], as_of: date) -> tuple[MonthSheet, ...]:
    """A sheet for each month from the first record to the day of the data, the empty ones too.

    A record of which only the month is known is counted for the month and stands on no day.
    """
    if not entries:
        return ()
    counts = Counter(entry.on for entry in entries if entry.is_dated)
    undated = Counter((e.on.year, e.on.month) for e in entries if not e.is_dated)
    first, last = min(e.on for e in entries), max(as_of, *(e.on for e in entries))
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple(
        _sheet(at // 12, at % 12 + 1, counts, undated[at // 12, at % 12 + 1], as_of)
        for at in months
    )


def _sheet(year: int, month: int, counts: Counter[date], undated: int, as_of: date) -> MonthSheet:
    # A week is a column that begins on Monday.
    start, length = calendar.monthrange(year, month)
    dots, squares, said = [], [], []
    for day in range(1, length + 1):
        x, y = _square_place(start, day)
        count = counts[date(year, month, day)]
        if count:
            size = next(size for least, size in _SIZES if count >= least)
            squares.append(_square(x, y, size))
            said.append(
                ngettext("{n} record on day {day}", "{n} records on day {day}", count, day=day)
            )
        elif date(year, month, day) <= as_of:
            # Of a day to come nobody knows that nothing is recorded.
            dots.append(f"M{x - 1:.1f} {y:.1f}h2")
    if undated:
        said.append(
            ngettext("{n} record with the month alone", "{n} records with the month alone", undated)
        )
    total = sum(n for day, n in counts.items() if (day.year, day.month) == (year, month)) + undated
    name = words.month_of(year, month)
    anchor = f"m{year}-{month:02}" if total else ""
    label = labelled(name, join_facts(said) or gettext("no record"))
    is_last = (as_of.year, as_of.month) == (year, month)
    if is_last:
        label = gettext("{records}. Data as of {day}", records=label, day=words.full_day(as_of))
    ring = _square(*_square_place(start, as_of.day), _RING) if is_last else None
    return MonthSheet(name, anchor, total, label, "".join(dots), tuple(squares), ring)


def _square_place(start: int, day: int) -> tuple[float, float]:
    """The middle of a day: weeks go across, days of a week down."""
    week, weekday = divmod(start + day - 1, 7)
    return (week + 0.5) * PITCH, (weekday + 0.5) * PITCH


def _square(x: float, y: float, size: int) -> Square:
    return Square(f"{x - size / 2:.1f}", f"{y - size / 2:.1f}", size)
