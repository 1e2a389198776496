"""The filed model: everything the content says, restricted or not, with its documents.

Only `read`, `check` and `release` may know it. A class that stands here and not in `record`
holds something that not every audience may see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.located import Document
from portal.record import (
    Clause,
    District,
    Leader,
    Person,
    Reporting,
    ResponsibilityRule,
    Season,
    Section,
    SectionNumber,
    Site,
    Target,
    TaskNumber,
    Unit,
    Year,
)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What the importer was unsure of; an error until an editor has decided and removed it."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class LockLine:
    number: TaskNumber
    digest: str
    line: int


@dataclass(frozen=True, slots=True)
class Task:
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
    unsettled: tuple[Unsettled, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Ledger:
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
    lock: tuple[LockLine, ...]
    persons: tuple[tuple[str, Person], ...]
    unsettled: tuple[Unsettled, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Filed:
    """Everything read, and the documents by key, so that any value's place can be found."""

    site: Site
    units: tuple[Unit, ...]
    districts: tuple[District, ...]
    leaders: tuple[Leader, ...]
    ledgers: tuple[Ledger, ...]
    unsettled: tuple[tuple[str, int, Unsettled], ...]
    documents: Mapping[str, Document]
