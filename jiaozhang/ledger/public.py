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

from jiaozhang.ledger.events import Method, Progress, Result
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
# What is counted as it comes about, so that a year's figures add up to the target.
SUMS: tuple[Counts, ...] = ("added", "completed", "started", "advanced")
ResponsibilityRule = Literal["first-leads", "joint"]
# How a notice parts who leads from who supports, where no remark of it says so.
LeadFrom = Literal["columns", "words"]
Reporting = Literal["none", "monthly", "quarterly"]
UnitKind = Literal[
    "department", "district", "zone", "central", "enterprise", "organisation", "group"
]
BlockerState = Literal["waiting", "answered", "solved"]
# Open to the public; a file below internal/; not yet reviewed; edited after its review.
SealState = Literal["public", "internal", "pending", "void"]
# What is reviewed, each kind by itself.
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
    """量化指标: the figure a text promises, with its verb. Relative targets have no value.

    Of a range (`between`) `value` is the lower and `upper` the higher end. `base` is the level
    that a decrease starts from, in the target's unit, where the text prints it.
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
class Theme:
    """专项: a thread across sections, such as 民生实事. Which tasks it holds is our choice."""

    slug: str
    name: str
    tasks: tuple[TaskNumber, ...]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a report is due, and by when it is reviewed: `within` working days after its period,
    and `review_within` more.

    A working day is Monday to Friday but for `holidays`, and any of `workdays`.
    """

    within: int
    holidays: tuple[date, ...]
    workdays: tuple[date, ...]
    review_within: int


@dataclass(frozen=True, slots=True)
class ReviewSteps:
    """Steps of a review: levels by the ledger's own names, and whether the secrecy review is one of
    them, the last."""

    levels: tuple[str, ...] = ()
    secrecy: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """台账: one year's commitments of one body, with the notice they come from.

    `unstated` names the facts (`number`, `meeting`) that somebody looked for and the notice does
    not state; of a fact that is nothing and not named here nobody knows. `lead_rule` is the
    notice's own remark on who leads, word for word. `report_review` is what a unit's report has to
    pass before it is public.
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
class Alias:
    """大家的说法: everyday `words` for what a ledger calls `means`. Source: aliases.yaml."""

    words: tuple[str, ...]
    means: tuple[str, ...]


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
class Blocker:
    """堵点难点: what holds a task up, who raised it, whose help it needs. Intranet only."""

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
    """A number that was reported otherwise than it was found."""

    name: str
    reported: Decimal
    found: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """督查核实 in full: what an inspection found. `of` names its public half. Intranet only."""

    year: Year
    id: str
    task: TaskNumber
    on: date
    method: Method
    result: Result
    by: str | None
    found: str
    differs: tuple[Difference, ...]
    of: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """A step of 三审三校 by its name, or without one the secrecy review: which post, and when.

    Intranet only.
    """

    level: str | None
    by: str
    at: date


@dataclass(frozen=True, slots=True)
class Seal:
    """What only the intranet may know about a record: whether it is public, who reviewed it.

    `subject` is the record's address in the content, such as `notes/004/2025-06-30-keji`; `kind`
    is what a ledger calls its kind, and `left` are the steps that it waits for.
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
    """An address that was published and has no page: where it went, or why it was taken down."""

    old: str
    new: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Internal:
    """All that stays inside: it exists on the intranet's record and nowhere else.

    `reviewing` names the years whose ledgers review anything before it is public.
    """

    persons: tuple[Person, ...]
    blockers: tuple[Blocker, ...]
    inspections: tuple[Inspection, ...]
    seals: tuple[Seal, ...]
    reviewing: tuple[Year, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The whole of what one audience may know. Ledgers stand newest first."""

    site: Site
    units: tuple[Unit, ...]
    districts: tuple[District, ...]
    leaders: tuple[Leader, ...]
    aliases: tuple[Alias, ...]
    ledgers: tuple[Ledger, ...]
    redirects: tuple[Redirect, ...]
    internal: Internal | None
