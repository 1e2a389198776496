"""site.toml as a value: what the site calls itself, where it stands, how it writes standings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jiaozhang.ledger.identity import Year

Standing = Literal["unofficial", "official"]
StandingKey = Literal[
    "reopened",
    "closed",
    "disputed",
    "unjudged",
    "overdue",
    "behind",
    "over",
    "short",
    "reached",
    "figure-reached",
    "reported-done",
    "unreported",
    "unseen-closure",
    "unseen-node",
    "unseen-report",
    "soon",
    "ahead",
    "on-plan",
    "within",
    "recorded",
    "unrecorded",
    "past-due",
    "pending",
    "undated",
    "not-due",
]
Tone = Literal["done", "main", "watch", "late", "ink", "mute"]
# The silhouettes of the status marks: each is told from the others without its colour.
SHAPES = (
    "lines", "hollow", "leaf", "dashed-diamond", "circle", "clock", "seal", "tick", "ring",
    "up", "equal", "down", "diamond", "dashed-circle", "wave", "squares", "octagon",
    "above", "below", "between", "flag", "pennant", "dashed-square", "dashed-triangle",
    "dashed-page", "hourglass",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contact:
    """A line of the footer: where to ask or to report an error."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class StandingStyle:
    """How a city writes a standing: its own word, shape or tone, where it has one."""

    key: StandingKey
    word: str | None
    shape: str | None
    tone: Tone | None


@dataclass(frozen=True, slots=True)
class ToneColour:
    """A city's own colours for a tone, as #rrggbb on light and on dark paper."""

    tone: Tone
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a deadline is near (days), and how far from plan (percent of the target) is too far."""

    soon_days: int
    behind_percent: int
    ahead_percent: int


# Where site.toml does not say otherwise.
USUAL = Thresholds(soon_days=30, behind_percent=0, ahead_percent=10)


@dataclass(frozen=True, slots=True)
class Official:
    """What a government site must say of itself: 主办, 承办, 网站标识码, ICP, 公安备案."""

    organiser: str
    operator: str
    site_code: str
    icp: str
    police: str


@dataclass(frozen=True, slots=True)
class Site:
    """site.toml: what the site calls itself, where it will stand, how it writes standings."""

    name: str
    standing: Standing
    base_url: str | None
    current: Year | None
    index: bool
    contacts: tuple[Contact, ...]
    official: Official | None
    thresholds: Thresholds
    styles: tuple[StandingStyle, ...]
    colours: tuple[ToneColour, ...]
