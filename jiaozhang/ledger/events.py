"""Progress records, in the form that an audience may see.

Records are not evaluated here. Each has a date on which it became known, and a source; what follows
from them on a given day is computed in `derive`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeVar

from jiaozhang.ledger.identity import TaskNumber

T = TypeVar("T")

NoteOrigin = Literal["report", "public-record"]
FigureRelease = Literal["first", "revised"]
CorrectionKind = Literal["correction", "replacement", "outdated", "withdrawal"]
# A unit's statement on its own progress; how an inspection was made, and whether it confirmed the
# report; an authority's statement on a target.
ReportedStatus = Literal["not-started", "on-track", "slow", "blocked", "done"]
Method = Literal["unannounced", "open-and-covert", "on-site", "documents", "telephone"]
VerificationResult = Literal["agrees", "partly", "disagrees"]
Verdict = Literal["met", "not-met"]
Curve = Literal["linear", "stepped", "seasonal"]

WHOLE = "all"  # a closure of every clause at once
NODE_END = ("actual", "evidence")  # the fields of a completed node besides its plan


@dataclass(frozen=True, slots=True)
class Citation:
    """The source of a compiled record. A title in our own words is `title_described`."""

    title: str
    title_described: bool
    publisher: str
    published: date | None
    url: str | None
    reposted: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """数据: a value with its unit and the period it covers.

    It belongs to a target only if it refers to it explicitly; names are never matched. A figure of
    another scope may stand `beside` a target, and `differs` says how its scope is another: it is
    shown with that target and never compared. It has both or neither, and then no `target`.
    """

    name: str
    value: Decimal
    unit: str
    period: str
    target: str | None
    release: FigureRelease
    beside: str | None = None
    differs: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: an image or PDF of a note, by its name in the note's own folder."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """进展: one dated Markdown file: a unit's report, or a record compiled from a public source.

    `id` is the file's name; `on` the day it is about (a month counts as its last day, with the text
    in `on_text`); `known` the day from which it is known.
    """

    id: str
    task: TaskNumber
    origin: NoteOrigin
    unit: str | None
    period: str | None
    on: date
    on_text: str
    known: date
    status: ReportedStatus | None
    published: datetime | None
    source: Citation | None
    figures: tuple[Figure, ...]
    nodes: tuple[str, ...]
    district: str | None
    caveat: str | None
    next_step: str | None
    body: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """节点: a planned, verifiable step. `actual` and `evidence` are both set or both missing."""

    task: TaskNumber
    id: str
    text: str
    planned: date
    actual: date | None
    evidence: str | None

    def without_end(self) -> Milestone:
        """The node as known before its end: the plan only."""
        return replace(self, actual=None, evidence=None)


@dataclass(frozen=True, slots=True)
class Closure:
    """销号: a clause (or all of them) settled on evidence; or reopened, with the reason.

    `id` is unique in its task; `place` is its number in the file, from 1, which corrections refer
    to.
    """

    task: TaskNumber
    clause: str
    on: date
    is_reopened: bool
    by: str
    ground: str
    id: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Amendment:
    """调整: a lawful change of a clause's due date or a target's value. The text is unchanged.

    `old` and `new` are an ISO date, a quantity, or both ends of a range: 5—6.
    """

    id: str
    task: TaskNumber
    clause: str | None
    target: str | None
    old: str
    new: str
    authority: str
    document: str
    on: date


def range_of(text: str) -> tuple[Decimal, Decimal] | None:
    """The two ends of a range such as 5—6, lower first; None for any other text."""
    found = re.fullmatch(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)—([0-9]{1,12}(?:\.[0-9]{1,6})?)", text)
    if found is None or Decimal(found[1]) >= Decimal(found[2]):
        return None
    return Decimal(found[1]), Decimal(found[2])


@dataclass(frozen=True, slots=True)
class Verification:
    """督查核实, the publishable part: that it took place, how, and perhaps its result."""

    id: str
    task: TaskNumber
    on: date
    method: Method
    result: VerificationResult | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Trigger:
    """起算: the event that starts a relative deadline, with the document that proves its date."""

    task: TaskNumber
    clause: str
    on: date
    document: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """认定: an authority's decision whether a target with 左右 was met."""

    task: TaskNumber
    target: str
    verdict: Verdict
    on: date
    by: str
    document: str


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a stepped plan: at least `value` by the end of `day`."""

    by: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class TargetPlan:
    """序时计划 of a target: steps, or twelve monthly shares; `source` is its document."""

    task: TaskNumber
    target: str
    curve: Curve
    steps: tuple[PlanStep, ...]
    shares: tuple[Decimal, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Correction:
    """更正 of something published: wrong words and the right ones (`correction`), a record that
    another one replaces (`replacement`), a part of one that is no longer so (`outdated`), or 撤回
    (`withdrawal`), which never repeats the withdrawn text.

    `since` is the day since which it was wrong or out of date. `newer` is the address of the record
    that replaces it, or says how it is now; `part` the words that are out of date. `reason` is
    empty if a withdrawal gives none, or its reason is not reviewed.
    """

    id: str
    kind: CorrectionKind
    of: str
    task: TaskNumber | None
    on: date
    since: date
    wrong: str | None
    right: str | None
    reason: str
    by: str
    newer: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """白话说明: a task in plain words. It is not part of the notice, so it is reviewed.

    On pages it is `Task.summary`.
    """

    task: TaskNumber
    text: str


Recorded = (
    Note
    | Milestone
    | Closure
    | Amendment
    | Verification
    | Trigger
    | Judgement
    | TargetPlan
    | Correction
)


@dataclass(frozen=True, slots=True)
class Progress:
    """All progress records of one year, or of one task, by kind."""

    records: tuple[Recorded, ...] = ()

    def of(self, kind: type[T]) -> tuple[T, ...]:
        """The records of a kind, in order."""
        return tuple(record for record in self.records if isinstance(record, kind))

    @property
    def notes(self) -> tuple[Note, ...]:
        return self.of(Note)

    @property
    def nodes(self) -> tuple[Milestone, ...]:
        return self.of(Milestone)

    @property
    def closures(self) -> tuple[Closure, ...]:
        return self.of(Closure)

    @property
    def amendments(self) -> tuple[Amendment, ...]:
        return self.of(Amendment)

    @property
    def verifications(self) -> tuple[Verification, ...]:
        return self.of(Verification)

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        return self.of(Trigger)

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        return self.of(Judgement)

    @property
    def plans(self) -> tuple[TargetPlan, ...]:
        return self.of(TargetPlan)

    @property
    def corrections(self) -> tuple[Correction, ...]:
        return self.of(Correction)
