"""One trend for the home: how many records there are for each month, drawn to scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiaozhang.derive import DerivedYear
from jiaozhang.derive.record_months import RecordSpan, record_months
from jiaozhang.pages.core.timeline_entry import TimelineEntry
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, ngettext
from jiaozhang.wording.joining import join_sentences

HEIGHT = 96
_LEAST = 1.0  # a column with a record is never empty


@dataclass(frozen=True, slots=True)
class TrendColumn:
    """A column: its height in pixels, and the part of it that is dark, if any; its year only where
    one begins."""

    label: str
    year: str
    count: int
    height: str
    dark_top: str
    dark_height: str


@dataclass(frozen=True, slots=True)
class Trend:
    heading: str
    note: str
    columns: tuple[TrendColumn, ...]


def record_trend(year: DerivedYear, entries: Sequence[TimelineEntry]) -> Trend | None:
    """All records of a year by the month that they speak of; None without records."""
    documents = ((e.on, e.source if e.symbol == "public-record" else "") for e in entries)
    spans = record_months(documents, year.as_of)
    if not spans:
        return None
    highest = max(span.count for span in spans)
    return Trend(
        heading=gettext("Records by month") if spans[0].months == 1 else gettext("Records by date"),
        note=join_sentences(*_said(spans)),
        columns=tuple(_column(spans, at, highest) for at in range(len(spans))),
    )


def _said(spans: Sequence[RecordSpan]) -> Iterator[str]:
    yield ngettext(
        "{n} record, by the date that it speaks of.",
        "{n} records, by the date that they speak of.",
        sum(span.count for span in spans),
    )
    if spans[0].months > 1:
        yield gettext("Each column is {months} months.", months=spans[0].months)
    for span in spans:
        if span.source:
            yield ngettext(
                "Dark: {n} record of a single document ({source}).",
                "Dark: {n} records of a single document ({source}).",
                span.from_source,
                source=span.source,
            )


def _column(spans: Sequence[RecordSpan], at: int, highest: int) -> TrendColumn:
    span = spans[at]
    height, dark = (_height(count, highest) for count in (span.count, span.from_source))
    is_new = not at or span.first.year != spans[at - 1].first.year
    return TrendColumn(
        label=words.month(span.first.month),
        year=words.year(span.first.year) if is_new else "",
        count=span.count,
        height=f"{height:.1f}",
        dark_top=f"{height - dark:.1f}",
        dark_height=f"{dark:.1f}" if dark else "",
    )


def _height(count: int, highest: int) -> float:
    return max(HEIGHT * count / highest, _LEAST) if count else 0.0
