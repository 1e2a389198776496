"""A record as pages show it: one entry of a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from markupsafe import Markup

from jiaozhang.ledger.settings import Tone
from jiaozhang.pages.core.page import Link

EntryKind = Literal[
    "report",
    "public-record",
    "milestone",
    "closure",
    "reopening",
    "amendment",
    "verification",
    "judgement",
    "trigger",
    "correction",
    "replacement",
    "outdated",
    "withdrawal",
]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as displayed: name, value, district (if only one), period, and whether it was
    revised; `beside` is the target of another scope with the reason why it is not compared.
    """

    name: str
    amount: str
    place: str
    period: str
    note: str
    beside: str


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """What was corrected of an entry, in a sentence; `late` says that the ledger was closed by
    then, and `newer` leads to the record that says how it is.
    """

    text: str
    late: str
    newer: Link | None


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Data of an entry for the intranet only."""

    state: str
    reviews: tuple[str, ...]
    problems: str


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A record as a timeline entry: date, kind, text and source.

    `symbol` is the kind for code, `kind` for readers. If only the month is known, the entry is
    sorted by its last day, but shown without a day. `heading` says what the record says (of a
    public record its first sentence), `rest` is its `body` without that; `headline` stands beside
    `kind`. `replaced` says that another record replaces it, `late` that it was made after the
    ledger was closed.

    `known` is when it became known: to the minute if this site published it on that day, else that
    day's midnight. `changed` is when it was last corrected or published again, or `known`.
    """

    id: str
    on: date
    known: datetime
    changed: datetime
    day: str
    is_dated: bool
    symbol: EntryKind
    kind: str
    shape: str
    tone: Tone
    heading: Markup
    headline: str
    brief: str
    source: str
    corrections: tuple[CorrectionLine, ...]
    inside: ReviewState | None
    task: Link
    number: int
    body: Markup | None = None
    rest: Markup | None = None
    figures: tuple[FigureLine, ...] = ()
    files: tuple[Link, ...] = ()
    change: tuple[str, str] | None = None
    url: str = ""
    caveat: str = ""
    next_step: str = ""
    replaced: str = ""
    late: str = ""
    newer: Link | None = None
