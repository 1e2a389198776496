"""The public model: frozen values without line numbers, restricted facts or references to them.

Small values (clause, target, unit …) contain nothing restricted, so the filed model uses them too.
Data for the intranet only is in `Record.internal`, which is `None` in the public record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from jiaozhang.ledger.events import Method, Progress, VerificationResult
from jiaozhang.ledger.identity import DistrictId as DistrictId
from jiaozhang.ledger.identity import LeaderId as LeaderId
from jiaozhang.ledger.identity import SectionNumber as SectionNumber
from jiaozhang.ledger.identity import TaskNumber as TaskNumber
from jiaozhang.ledger.identity import UnitId as UnitId
from jiaozhang.ledger.identity import Year as Year
from jiaozhang.ledger.settings import Site

ClauseKind = Literal["progress", "complete"]
Origin = Literal["deadline", "body"]
Comparison = Literal["about", "at-least", "at-most", "between", "exactly", "follows", "external"]
Counts = Literal["level", "added", "completed", "started", "advanced", "maintained"]
# Kinds of targets whose figures over a year add up to the target.
SUMS: tuple[Counts, ...] = ("added", "completed", "started", "advanced")
ResponsibilityRule = Literal["first-leads", "joint"]
# How a notice distinguishes leading from supporting units if no remark in it says so.
LeadFrom = Literal["columns", "words"]
Reporting = Literal["none", "monthly", "quarterly"]
UnitKind = Literal[
    "department", "district", "zone", "central", "enterprise", "organisation", "group"
]
BlockerState = Literal["waiting", "answered", "solved"]
# Public; in a file below internal/; not yet reviewed; edited after its review.
SealState = Literal["public", "internal", "pending", "void"]
# The kinds of reviewed texts; each has its own requirements.
ReviewKind = Literal[
    "report",
    "public-record",
    "node-plan",
    "node-end",
    "closure",
    "reopening",
    "trigger",
    "judgement",
    "plan",
    "amendment",
    "correction",
    "verification",
    "summary",
]


@dataclass(frozen=True, slots=True)
class Section:
    """主要任务: one of the notice's chapters. Source: the merged cells of its table."""

    number: SectionNumber
    title: str


@dataclass(frozen=True, slots=True)
class Season:
    """A season that a text names without a date; `before` is its last day according to a source."""

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
    """量化指标: the figure a text promises, with its verb. Relative targets have no value.

    For a range (`between`), `value` is the lower and `upper` the higher end. `base` is the level
    that a decrease starts from, in the target's unit, if the text prints it.
    """

    id: str
    clause: str | None
    measure: str
    value: Decimal | None
    unit: str | None
    comparison: Comparison
    verb: str | None
    counts: Counts
    follows: TaskNumber | None
    upper: Decimal | None = None
    base: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """重点工作: one row of the notice. `units` and `leaders` are in printed form and order."""

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
class Theme:
    """专项: a topic across sections, such as 民生实事. We select its tasks, not the notice."""

    slug: str
    name: str
    tasks: tuple[TaskNumber, ...]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Due dates of reports and reviews: a report `within` working days after its period, its review
    `review_within` later.

    Working days are Monday to Friday except `holidays`, plus all `workdays`.
    """

    within: int
    holidays: tuple[date, ...]
    workdays: tuple[date, ...]
    review_within: int


@dataclass(frozen=True, slots=True)
class ReviewSteps:
    """Steps of a review: the ledger's levels, and whether a secrecy review follows."""

    levels: tuple[str, ...] = ()
    secrecy: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """台账: one year's commitments of one body, with the notice they come from.

    `unstated` lists the facts (`number`, `meeting`) that somebody looked for and the notice does
    not state; a fact that is None and not listed is unknown. `lead_rule` is the notice's own remark
    on who leads, verbatim. `report_review` are the review steps required before a unit's report is
    public.
    """

    year: Year
    title: str
    issuer: str
    meeting: str | None
    number: str | None
    unstated: tuple[str, ...]
    lead_rule: str | None
    lead_from: LeadFrom | None
    source: str
    published: date | None
    stated_count: int | None
    reporting: Reporting
    closed: date | None
    sections: tuple[Section, ...]
    seasons: tuple[Season, ...]
    themes: tuple[Theme, ...]
    rhythm: Rhythm
    report_review: ReviewSteps
    notice: str
    tasks: tuple[Task, ...]
    progress: Progress


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
    """区: `code` is its GB/T 2260 number, None until somebody has looked it up.

    `tile` is its place in a grid of rough directions, as column and row from 1; no map.
    """

    id: DistrictId
    code: str | None
    name: str
    tile: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Leader:
    """分管市领导: `display` keeps the notice's typesetting of two-character names."""

    id: LeaderId
    name: str
    display: str


@dataclass(frozen=True, slots=True)
class Alias:
    """大家的说法: everyday `words` for terms (`means`) in a ledger. Source: aliases.yaml."""

    words: tuple[str, ...]
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A contact person of a unit for one year. Intranet only."""

    year: Year
    unit: str
    role: str
    name: str
    post: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Blocker:
    """堵点难点: an obstacle of a task, who reported it, whose help is needed. Intranet only."""

    year: Year
    id: str
    task: TaskNumber
    raised_by: str
    needs: str
    since: date
    state: BlockerState
    text: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A number whose reported and verified values differ."""

    name: str
    reported: Decimal
    found: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """督查核实 in full: the findings. `of` refers to the public part. Intranet only."""

    year: Year
    id: str
    task: TaskNumber
    on: date
    method: Method
    result: VerificationResult
    by: str | None
    found: str
    differs: tuple[Difference, ...]
    of: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """A completed step of 三审三校 (without a name: the secrecy review): reviewer's post, and date.

    Intranet only.
    """

    level: str | None
    by: str
    at: date


@dataclass(frozen=True, slots=True)
class Seal:
    """Intranet data about a record: its visibility and its reviews.

    `subject` is the record's address, such as `notes/004/2025-06-30-keji`; `kind` is the ledger's
    name of its kind, and `left` are the outstanding review steps.
    """

    year: Year
    subject: str
    state: SealState
    reviews: tuple[Review, ...]
    problems: str | None
    kind: ReviewKind
    task: TaskNumber | None
    left: ReviewSteps


@dataclass(frozen=True, slots=True)
class Redirect:
    """A published address that no longer has a page: its new target, or why it was taken down."""

    old: str
    new: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Internal:
    """All data for the intranet only; it exists in the intranet's record and nowhere else.

    `reviewing` lists the years whose ledgers require reviews.
    """

    persons: tuple[Person, ...]
    blockers: tuple[Blocker, ...]
    inspections: tuple[Inspection, ...]
    seals: tuple[Seal, ...]
    reviewing: tuple[Year, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that one audience may see. Ledgers are sorted newest first."""

    site: Site
    units: tuple[Unit, ...]
    districts: tuple[District, ...]
    leaders: tuple[Leader, ...]
    aliases: tuple[Alias, ...]
    ledgers: tuple[Ledger, ...]
    redirects: tuple[Redirect, ...]
    internal: Internal | None
