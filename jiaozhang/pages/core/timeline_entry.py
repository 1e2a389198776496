"""A record as pages show it: one entry of a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
    "withdrawal",
]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as it is said: what, how much, of which district alone, of which period, and whether
    it was revised."""

    name: str
    amount: str
    place: str
    period: str
    note: str


@dataclass(frozen=True, slots=True)
class Inside:
    """What only the intranet sees of an entry."""

    state: str
    reviews: tuple[str, ...]
    problems: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: its day, what kind it is, its words, and who says so.

    `symbol` is the kind as code compares it, `kind` as readers see it. Of some only the month is
    known: they stand on its last day, and are not dated to it.
    """

    id: str
    on: date
    day: str
    is_dated: bool
    symbol: EntryKind
    kind: str
    shape: str
    tone: Tone
    headline: str
    brief: str
    source: str
    corrections: tuple[str, ...]
    inside: Inside | None
    task: Link
    number: int
    body: Markup | None = None
    figures: tuple[FigureLine, ...] = ()
    files: tuple[Link, ...] = ()
    change: tuple[str, str] | None = None
    url: str = ""
    caveat: str = ""
    next_step: str = ""
