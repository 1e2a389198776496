"""What has happened: the records that say how far a promise got, as an audience may know them.

Nothing here judges. A record has a day on which it became known and somebody who says so; what
follows from it on a day is derived.
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
Release = Literal["first", "revised"]
CorrectionKind = Literal["correction", "withdrawal"]
# What a unit says of its own progress; how an inspection was made, and whether it agrees with what
# was reported; what an authority says of a target.
Declared = Literal["not-started", "on-track", "slow", "blocked", "done"]
Method = Literal["unannounced", "open-and-covert", "on-site", "documents", "telephone"]
Result = Literal["agrees", "partly", "disagrees"]
Verdict = Literal["met", "not-met"]
Curve = Literal["linear", "stepped", "seasonal"]

WHOLE = "all"  # a closure of every clause at once
NODE_END = ("actual", "evidence")  # what a node has once it is done, besides its plan


@dataclass(frozen=True, slots=True)
class Source:
    """Where a public record was read. A title in our own words is `title_described`."""

    title: str
    title_described: bool
    publisher: str
    published: date | None
    url: str | None
    reposted: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """数据: a value with its unit and the period it speaks of.

    It stands beside a target only when it names it; names are never matched.
    """

    name: str
    value: Decimal
    unit: str
    period: str
    target: str | None
    release: Release


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: a picture or PDF that a note shows, by its name below the note's own folder."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """进展: one dated Markdown file, a unit's report or a record compiled from a named source.

    `id` is the file's name; `on` the day it speaks of (a month counts as its last day, and is then
    written in `on_text`); `known` the day from which it may be spoken of.
    """

    id: str
    task: TaskNumber
    origin: NoteOrigin
    unit: str | None
    period: str | None
    on: date
    on_text: str
    known: date
    status: Declared | None
    published: datetime | None
    source: Source | None
    figures: tuple[Figure, ...]
    nodes: tuple[str, ...]
    district: str | None
    caveat: str | None
    next_step: str | None
    body: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """节点: a planned, verifiable step. `actual` and `evidence` come together."""

    task: TaskNumber
    id: str
    text: str
    planned: date
    actual: date | None
    evidence: str | None

    def without_end(self) -> Node:
        """The plan alone, as it is known before the end."""
        return replace(self, actual=None, evidence=None)


@dataclass(frozen=True, slots=True)
class Closure:
    """销号: a clause (or all of them) settled on evidence; or reopened, with the reason.

    `id` names it among those of its task; `place` is its place in the file, counted from 1, by
    which corrections name it.
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
    """调整: a lawful change of a clause's day or a target's value. The text never changes.

    `old` and `new` are an ISO day, a quantity, or of a range both ends: 5—6.
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
    """The two ends of a range such as 5—6, the lower first; nothing for any other text."""
    found = re.fullmatch(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)—([0-9]{1,12}(?:\.[0-9]{1,6})?)", text)
    if found is None or Decimal(found[1]) >= Decimal(found[2]):
        return None
    return Decimal(found[1]), Decimal(found[2])


@dataclass(frozen=True, slots=True)
class Verification:
    """督查核实, the half that may be public: that there was one, how, and perhaps its result."""

    id: str
    task: TaskNumber
    on: date
    method: Method
    result: Result | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Trigger:
    """起算: the event that a relative deadline waits for, with the document that proves its day."""

    task: TaskNumber
    clause: str
    on: date
    document: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """认定: whether a target of 左右 was met, as a named authority declares."""

    task: TaskNumber
    target: str
    verdict: Verdict
    on: date
    by: str
    document: str


@dataclass(frozen=True, slots=True)
class Step:
    """A point of a stepped plan: at least `value` by the end of a day."""

    by: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """序时计划 of a target: steps, or twelve monthly shares; `source` says who set it."""

    task: TaskNumber
    target: str
    curve: Curve
    steps: tuple[Step, ...]
    shares: tuple[Decimal, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Correction:
    """更正 or 撤回 of something published. A withdrawal never repeats the text it takes back.

    `reason` is empty where a withdrawal gives none, or none that was reviewed.
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


@dataclass(frozen=True, slots=True)
class Summary:
    """白话说明: a task in plain words. It is ours and not the notice's, so it is reviewed.

    Readers know it as `Task.summary`.
    """

    task: TaskNumber
    text: str


Recorded = (
    Note | Node | Closure | Amendment | Verification | Trigger | Judgement | Plan | Correction
)


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that is recorded of one year's promises, or of one of them, kind by kind."""

    records: tuple[Recorded, ...] = ()

    def of(self, kind: type[T]) -> tuple[T, ...]:
        """The records of a kind, in their order."""
        return tuple(record for record in self.records if isinstance(record, kind))

    @property
    def notes(self) -> tuple[Note, ...]:
        return self.of(Note)

    @property
    def nodes(self) -> tuple[Node, ...]:
        return self.of(Node)

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
    def plans(self) -> tuple[Plan, ...]:
        return self.of(Plan)

    @property
    def corrections(self) -> tuple[Correction, ...]:
        return self.of(Correction)
