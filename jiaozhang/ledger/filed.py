"""The filed model: everything the content says, restricted or not, with its documents.

Only `read`, `check` and `wall` may know it. A class that stands here and not in `public`
holds something that not every audience may see.
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
    """What the importer was unsure of; an error until an editor has decided and removed it."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reviewing:
    """How a ledger reviews: the names of its levels, in order, and what each kind needs."""

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

    `record` names the record that was approved, as `Trail.name` does; nobody has to believe it,
    since the digest covers the name.
    """

    level: int
    by: str
    at: date
    digest: str
    record: str | None = None


# What a secrecy review may end in.
Publicity = Literal["public", "not-public"]


@dataclass(frozen=True, slots=True)
class Secrecy:
    """保密审查: may this be public, who says so, and of which text (its digest)."""

    result: Publicity
    by: str
    at: date
    digest: str
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Trail:
    """Who approved a record.

    `name` says which record this is (`2025/report/004/2025-06-30-kejiju`); `digest` is what an
    approval of this very record, as it is now, has to carry.
    """

    reviews: tuple[Approval, ...]
    secrecy: Secrecy | None
    digest: str
    name: str = ""

    @property
    def steps(self) -> tuple[Approval | Secrecy, ...]:
        """Every step, the secrecy review last."""
        return (*self.reviews, *((self.secrecy,) if self.secrecy else ()))


# The form of today's digests; those before it were of a text alone, wherever it stood.
V2 = "v2:"


def bound_digest(name: str, content: str) -> str:
    """The digest that binds an approval to one record: to its name, and to its content."""
    return V2 + hashlib.sha256(f"{name}\n{content}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as it is kept: the fact, and what decides who may know it.

    `internal` says that its file lies below a folder of that name. `trail` is nothing for what
    nobody reviews; `plan` is the trail of a node's plan by itself, which is public before its end.
    Of a withdrawal only the reason waits for its trail. `key` and `path` say where it stands.
    """

    fact: Fact
    internal: bool
    trail: Trail | None
    problems: str | None
    key: str
    path: tuple[str | int, ...]
    plan: Trail | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A task as it is filed: all that anyone may know of it, and what stays behind.

    Its summary is a record of its own, which is reviewed; `public` has none before the wall.
    """

    public: public.Task
    unsettled: tuple[Unsettled, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Ledger:
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
    tasks: tuple[Task, ...]
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
    """Everything read, and the documents by key, so that any value's place can be found."""

    site: Site
    units: tuple[Unit, ...]
    districts: tuple[District, ...]
    leaders: tuple[Leader, ...]
    aliases: tuple[Alias, ...]
    ledgers: tuple[Ledger, ...]
    redirects: tuple[Redirect, ...]
    internal_redirects: tuple[Redirect, ...]
    unsettled: tuple[tuple[str, int, Unsettled], ...]
    documents: Mapping[str, Document]
