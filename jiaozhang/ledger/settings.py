"""Site settings from site.toml: name, address, and how standings are displayed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jiaozhang.ledger.identity import Year

SiteKind = Literal["unofficial", "official"]
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
# Shapes of status marks, distinguishable without colour.
SHAPES = (
    "lines", "hollow", "leaf", "dashed-diamond", "circle", "clock", "seal", "tick", "ring",
    "up", "equal", "down", "diamond", "dashed-circle", "wave", "squares", "octagon",
    "above", "below", "between", "flag", "pennant", "dashed-square", "dashed-triangle",
    "dashed-page", "hourglass",
)  # fmt: skip


# What an address of a contact may have in its query, for a page's name and a text about it.
TITLE, BODY = "{title}", "{body}"


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact in the footer, for questions and error reports: an https address, which may hold
    `TITLE` and `BODY`, a mailto: or a tel: one.
    """

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class StandingStyle:
    """A city's own word, shape or tone for a standing, where it has one."""

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
    """Thresholds: when a deadline is near (days), and a deviation from plan too large (percent of
    the target).
    """

    soon_days: int
    behind_percent: int
    ahead_percent: int


# Defaults if site.toml does not set them.
USUAL = Thresholds(soon_days=30, behind_percent=0, ahead_percent=10)


@dataclass(frozen=True, slots=True)
class Official:
    """Legally required details of a government site: 主办, 承办, 网站标识码, ICP, 公安备案."""

    organiser: str
    operator: str
    site_code: str
    icp: str
    police: str


@dataclass(frozen=True, slots=True)
class Site:
    """The values of site.toml: name, address, and how standings are displayed."""

    name: str
    standing: SiteKind
    base_url: str | None
    current: Year | None
    index: bool
    contacts: tuple[Contact, ...]
    official: Official | None
    thresholds: Thresholds
    styles: tuple[StandingStyle, ...]
    colours: tuple[ToneColour, ...]
