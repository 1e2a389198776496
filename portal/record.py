"""What an audience may know: frozen values without line numbers, restricted facts or a way back.

The small values here (a clause, a target, a unit …) hold nothing that anyone may withhold, so the
filed model uses them too. What only the intranet may know hangs on `Record.internal`, which is
`None` on the public side of the wall.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from portal.identity import DistrictId as DistrictId
from portal.identity import LeaderId as LeaderId
from portal.identity import SectionNumber as SectionNumber
from portal.identity import TaskNumber as TaskNumber
from portal.identity import UnitId as UnitId
from portal.identity import Year as Year

ClauseKind = Literal["progress", "complete"]
Origin = Literal["deadline", "body"]
Comparison = Literal["about", "at-least", "at-most", "exactly", "follows", "external"]
Counts = Literal["level", "added", "completed", "started", "advanced", "maintained"]
ResponsibilityRule = Literal["first-leads", "joint"]
Reporting = Literal["none", "monthly", "quarterly"]
UnitKind = Literal[
    "department", "district", "zone", "central", "enterprise", "organisation", "group"
]
Standing = Literal["unofficial", "official"]


@dataclass(frozen=True, slots=True)
class Section:
    """主要任务: one of the notice's chapters. Source: the merged cells of its table."""

    number: SectionNumber
    title: str


@dataclass(frozen=True, slots=True)
class Season:
    """A time of year that a text names without a date; `before` is its sourced last day."""

    name: str
    before: date | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Clause:
    """时限条款: one dated commitment. Exactly one of `due`, `after`+`months`, `season` is set."""

    id: str
    kind: ClauseKind
    scope: str | None
    due: date | None
    after: str | None
    months: int | None
    season: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Target:
    """量化指标: the figure a text promises, with its verb. Relative targets have no value."""

    id: str
    clause: str | None
    measure: str
    value: Decimal | None
    unit: str | None
    comparison: Comparison
    verb: str | None
    counts: Counts
    follows: TaskNumber | None


@dataclass(frozen=True, slots=True)
class Task:
    """重点工作: one row of the notice. `units` and `leaders` stand as printed, in order."""

    number: TaskNumber
    section: SectionNumber
    title: str
    summary: str | None
    text: str
    deadline: str
    leaders: tuple[str, ...]
    units: tuple[str, ...]
    responsibility: ResponsibilityRule
    clauses: tuple[Clause, ...]
    targets: tuple[Target, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """台账: one year's commitments of one body, with the notice they come from."""

    year: Year
    title: str
    issuer: str
    meeting: str | None
    number: str | None
    source: str
    published: date | None
    stated_count: int | None
    reporting: Reporting
    closed: date | None
    sections: tuple[Section, ...]
    seasons: tuple[Season, ...]
    notice: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """责任单位: a department, district government, zone, company or group. Source: units.yaml."""

    id: UnitId
    name: str
    full_name: str
    kind: UnitKind
    aliases: tuple[str, ...]
    district: str | None
    members: tuple[str, ...] | None
    member_kind: Literal["districts", "units"] | None
    members_as_of: date | None
    members_source: str | None


@dataclass(frozen=True, slots=True)
class District:
    """区: `code` is its GB/T 2260 number, unknown until somebody has looked it up."""

    id: DistrictId
    code: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Leader:
    """分管市领导: `display` keeps the notice's typesetting of two-character names."""

    id: LeaderId
    name: str
    display: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A line of the footer: where to ask or to report an error."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Site:
    """site.toml: what the site calls itself and where it will stand."""

    name: str
    standing: Standing
    base_url: str | None
    current: Year | None
    index: bool
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A unit's own people for one year: who answers the telephone. Intranet only."""

    year: Year
    unit: str
    role: str
    name: str
    post: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Internal:
    """All that stays inside: it exists on the intranet's record and nowhere else."""

    persons: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The whole of what one audience may know. Ledgers stand newest first."""

    site: Site
    units: tuple[Unit, ...]
    districts: tuple[District, ...]
    leaders: tuple[Leader, ...]
    ledgers: tuple[Ledger, ...]
    internal: Internal | None
