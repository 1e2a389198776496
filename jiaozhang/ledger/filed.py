"""The filed model: the whole content, restricted or not, with its parsed documents.

Only `read`, `check` and `wall` may use it. Classes that are here and not in `public` contain data
that not every audience may see.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jiaozhang.files.yaml_tree import Document
from jiaozhang.ledger import public
from jiaozhang.ledger.public import (
    Alias,
    District,
    Leader,
    LeadFrom,
    Person,
    Redirect,
    Reporting,
    Rhythm,
    Season,
    Section,
    TaskNumber,
    Theme,
    Unit,
    Year,
)
from jiaozhang.ledger.record_kinds import Fact, Need, ReviewKind
from jiaozhang.ledger.settings import Site


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A field that the importer was unsure about; an error until an editor has removed it."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reviewing:
    """A ledger's review settings: its levels, in order, and what each kind of record needs."""

    levels: tuple[str, ...]
    needs: Mapping[ReviewKind, Need]


@dataclass(frozen=True, slots=True)
class LockLine:
    number: TaskNumber
    digest: str
    line: int


@dataclass(frozen=True, slots=True)
class Approval:
    """One entry of a review trail, with the digest of what was approved.

    `record` is the name of the approved record, like `Trail.name`; it need not be trusted, since
    the digest covers it.
    """

    level: int
    by: str
    at: date
    digest: str
    record: str | None = None


# Results of a secrecy review.
Publicity = Literal["public", "not-public"]


@dataclass(frozen=True, slots=True)
class Secrecy:
    """保密审查: whether this may be public, who decided, and the digest of the text."""

    result: Publicity
    by: str
    at: date
    digest: str
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Trail:
    """The review trail of a record.

    `name` is the record's name (`2025/report/004/2025-06-30-kejiju`); `digest` is the one that
    approvals of its present text must have.
    """

    reviews: tuple[Approval, ...]
    secrecy: Secrecy | None
    digest: str
    name: str = ""

    @property
    def steps(self) -> tuple[Approval | Secrecy, ...]:
        """All steps; the secrecy review is last."""
        return (*self.reviews, *((self.secrecy,) if self.secrecy else ()))


# Prefix of current digests; older ones covered the text alone, not the record's name.
V2 = "v2:"


def bound_digest(name: str, content: str) -> str:
    """The digest over a record's name and content, so that an approval is valid for one record
    only.
    """
    return V2 + hashlib.sha256(f"{name}\n{content}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """A filed record: the fact, and what determines its visibility.

    `internal` tells whether its file is below a folder of that name. `trail` is None for kinds that
    are not reviewed; `plan` is the trail of a node's plan, which may be public before its end. For
    a withdrawal the trail concerns only the reason. `key` and `path` locate the record.
    """

    fact: Fact
    internal: bool
    trail: Trail | None
    problems: str | None
    key: str
    path: tuple[str | int, ...]
    plan: Trail | None = None


@dataclass(frozen=True, slots=True)
class FiledTask:
    """A filed task: its public part, and the fields that are withheld.

    Its summary is a record with its own review; `public` has no summary before the audience filter.
    """

    public: public.Task
    unsettled: tuple[Unsettled, ...]
    key: str


@dataclass(frozen=True, slots=True)
class FiledLedger:
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
    notice: str
    tasks: tuple[FiledTask, ...]
    lock: tuple[LockLine, ...]
    themes: tuple[Theme, ...]
    rhythm: Rhythm
    reviewing: Reviewing
    kept: tuple[Kept, ...]
    persons: tuple[tuple[str, Person], ...]
    unsettled: tuple[Unsettled, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Filed:
    """The whole parsed content, and its documents by key, to locate any value."""

    site: Site
    units: tuple[Unit, ...]
    districts: tuple[District, ...]
    leaders: tuple[Leader, ...]
    aliases: tuple[Alias, ...]
    ledgers: tuple[FiledLedger, ...]
    redirects: tuple[Redirect, ...]
    internal_redirects: tuple[Redirect, ...]
    unsettled: tuple[tuple[str, int, Unsettled], ...]
    documents: Mapping[str, Document]
