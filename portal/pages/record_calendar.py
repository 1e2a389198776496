"""The days on which something was recorded: a small sheet for each month, weeks across.

How much there was is told by the size of a square, never by a shade, and in words beside it.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.pages.entry import Entry

PITCH = 14.6
# Squares of this many pixels for as many records as given, or more.
_SIZES = ((4, 12), (2, 9), (1, 6))


@dataclass(frozen=True, slots=True)
class Square:
    x: str
    y: str
    size: int


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """A month with its records; `dots` is the path of the days without any."""

    name: str
    anchor: str
    count: int
    label: str
    dots: str
    squares: tuple[Square, ...]


def month_sheets(entries: Sequence[Entry]) -> tuple[MonthSheet, ...]:
    """A sheet for each month from the first record to the last, the empty ones too.

    A record of which only the month is known is counted for the month and stands on no day.
    """
    if not entries:
        return ()
    counts = Counter(entry.on for entry in entries if entry.is_dated)
    undated = Counter((e.on.year, e.on.month) for e in entries if not e.is_dated)
    first, last = min(e.on for e in entries), max(e.on for e in entries)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple(
        _sheet(at // 12, at % 12 + 1, counts, undated[at // 12, at % 12 + 1]) for at in months
    )


def _sheet(year: int, month: int, counts: Counter[date], undated: int) -> MonthSheet:
    # A week is a column that begins on Monday.
    start, length = calendar.monthrange(year, month)
    dots, squares, said = [], [], []
    for day in range(1, length + 1):
        week, weekday = divmod(start + day - 1, 7)
        x, y = (week + 0.5) * PITCH, (weekday + 0.5) * PITCH
        count = counts[date(year, month, day)]
        if not count:
            dots.append(f"M{x - 1:.1f} {y:.1f}h2")
            continue
        size = next(size for least, size in _SIZES if count >= least)
        squares.append(Square(f"{x - size / 2:.1f}", f"{y - size / 2:.1f}", size))
        said.append(f"{day}日{count}条")
    if undated:
        said.append(f"{undated}条只知道月份")
    total = sum(n for day, n in counts.items() if (day.year, day.month) == (year, month)) + undated
    name = f"{year}年{month}月"
    anchor = f"m{year}-{month:02}" if total else ""
    label = f"{name}：{'，'.join(said) or '没有记载'}"
    return MonthSheet(name, anchor, total, label, "".join(dots), tuple(squares))
