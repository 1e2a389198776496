"""How many records there are for each month, and what one document does to the highest of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# The most columns that can be told apart; a longer time is counted by quarters, then by years.
MOST_COLUMNS = 18
_LENGTHS = (1, 3, 12)


@dataclass(frozen=True, slots=True)
class RecordSpan:
    """The records that speak of `months` months from the day `first`.

    `source` is a document that alone gives more than half of them, `from_source` how many; only in
    the highest column, which would otherwise tell of more activity than there was.
    """

    first: date
    months: int
    count: int
    source: str = ""
    from_source: int = 0


def record_months(records: Iterable[tuple[date, str]], as_of: date) -> tuple[RecordSpan, ...]:
    """Count records, given by their day and their document ("" for none), up to the last month.

    Empty months are counted too; the counts add up to the number of records.
    """
    found = list(records)
    if not found:
        return ()
    months = [_month(day) for day, _ in found]
    first, last = min(months), max(*months, _month(as_of))
    length = next((n for n in _LENGTHS if last // n - first // n < MOST_COLUMNS), _LENGTHS[-1])
    counts = Counter(month // length for month in months)
    return tuple(
        _span(
            span, length, counts, [source for day, source in found if _month(day) // length == span]
        )
        for span in range(first // length, last // length + 1)
    )


def _span(span: int, length: int, counts: Counter[int], sources: list[str]) -> RecordSpan:
    first = date(span * length // 12, span * length % 12 + 1, 1)
    count = counts[span]
    plain = RecordSpan(first, length, count)
    by_source = Counter(source for source in sources if source).most_common(1)
    is_highest = count > 1 and count == max(counts.values())
    if not is_highest or not by_source or by_source[0][1] * 2 <= count:
        return plain
    return RecordSpan(first, length, count, *by_source[0])


def _month(day: date) -> int:
    """The months since the year 0."""
    return day.year * 12 + day.month - 1
