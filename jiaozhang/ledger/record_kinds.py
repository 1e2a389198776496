"""The table of record kinds, used by parsing, review, audience filter and derivation.

A row defines where a record is filed, its date, and its review. The fields of a kind's file are in
`read`, derived values in `derive`, presentation in `pages`; a test checks that each covers exactly
these kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jiaozhang.ledger.events import (
    Amendment,
    Closure,
    Correction,
    Judgement,
    Milestone,
    Note,
    Recorded,
    Summary,
    TargetPlan,
    Trigger,
    Verification,
)
from jiaozhang.ledger.public import Blocker, Inspection
from jiaozhang.ledger.public import ReviewKind as ReviewKind

# The review that a kind needs before it is public: all levels and the secrecy review, the secrecy
# review only, or none.
Need = Literal["all", "secrecy", "none"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The Chinese title of a review kind, and the default review in ledgers with unit reports."""

    name: str
    usual: Need


# In the order of the guide. Plans, and records already published elsewhere, need only the secrecy
# review.
REVIEWED: Mapping[ReviewKind, Reviewed] = {
    "report": Reviewed("单位报送", "all"),
    "public-record": Reviewed("公开记载", "secrecy"),
    "node-plan": Reviewed("节点的计划", "secrecy"),
    "node-end": Reviewed("节点的完成", "all"),
    "closure": Reviewed("销号", "all"),
    "reopening": Reviewed("重新办理", "all"),
    "trigger": Reviewed("起算", "all"),
    "judgement": Reviewed("认定", "all"),
    "plan": Reviewed("序时计划", "secrecy"),
    "amendment": Reviewed("调整", "all"),
    "correction": Reviewed("更正，撤回的理由", "all"),
    "verification": Reviewed("督查核实可以公开的一半", "all"),
    "summary": Reviewed("任务的白话说明", "all"),
}

Fact = Recorded | Blocker | Inspection | Summary
# File layout of a kind: one list per task; one file per record, named by task, day or both; or a
# field of the task's file.
Layout = Literal["list", "note", "task-day", "task", "day", "field"]


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: its class, and properties of all its records.

    `folder` is the folder of its files, below that of the year (below `internal/` for kinds that
    only the intranet may see); `title` is the Chinese name for editors.
    `day` is the attribute with the record's date, and `written` the possible keys of that date in
    the file. The record is known from that date, or from the attribute `known`; without both it is
    known from the start. `reviewed` are its review kinds, selected by a key in the file (`told_by`)
    or the attribute parsed from it (`told_in`): for notes by its value, for others by its presence.
    `entry` are the keys that identify an item of a list.
    """

    type: type[Fact]
    folder: str
    layout: Layout
    title: str
    day: str = ""
    written: tuple[str, ...] = ()
    known: str = ""
    reviewed: tuple[ReviewKind, ...] = ()
    told_by: str = ""
    told_in: str = ""
    entry: tuple[str, ...] = ()

    def review_kind(self, told: object) -> ReviewKind | None:
        """The review kind of a record, given the value of `told_by` or `told_in`."""
        if self.layout == "note":
            return next((kind for kind in self.reviewed if kind == told), None)
        return self.reviewed[-1 if told else 0] if self.reviewed else None


# To add a kind, add a row. Records with a file each are sorted by date, those of a list keep the
# list's order.
RECORD_KINDS: tuple[RecordKind, ...] = (
    RecordKind(
        Note,
        "notes",
        "note",
        "进展",
        day="on",
        written=("date",),
        known="known",
        reviewed=("report", "public-record"),
        told_by="origin",
        told_in="origin",
    ),
    RecordKind(
        Milestone,
        "nodes",
        "list",
        "节点",
        day="actual",
        written=("actual",),
        reviewed=("node-plan", "node-end"),
        told_by="actual",
        told_in="actual",
        entry=("id",),
    ),
    RecordKind(
        Closure,
        "closures",
        "list",
        "销号和重新办理",
        day="on",
        written=("on", "reopened"),
        reviewed=("closure", "reopening"),
        told_by="reopened",
        told_in="is_reopened",
        entry=("id",),
    ),
    RecordKind(
        Trigger,
        "triggers",
        "list",
        "从哪天起算",
        day="on",
        written=("on",),
        reviewed=("trigger",),
        entry=("clause",),
    ),
    RecordKind(
        Judgement,
        "judgements",
        "list",
        "有权机关的认定",
        day="on",
        written=("on",),
        reviewed=("judgement",),
        entry=("target", "on"),
    ),
    RecordKind(
        TargetPlan, "plans", "list", "指标的序时计划", reviewed=("plan",), entry=("target",)
    ),
    RecordKind(
        Amendment,
        "amendments",
        "task-day",
        "调整",
        day="on",
        written=("date",),
        reviewed=("amendment",),
    ),
    RecordKind(
        Verification,
        "verifications",
        "task-day",
        "督查核实，可以公开的一半",
        day="on",
        written=("date",),
        reviewed=("verification",),
    ),
    RecordKind(
        Correction,
        "corrections",
        "day",
        "更正和撤回",
        day="on",
        written=("date",),
        reviewed=("correction",),
    ),
    RecordKind(
        Inspection,
        "internal/verifications",
        "task-day",
        "督查核实的详情，只在内网版显示",
        day="on",
        written=("date",),
    ),
    RecordKind(
        Blocker,
        "internal/blockers",
        "task",
        "堵点难点，只在内网版显示",
        day="since",
        written=("since",),
    ),
    RecordKind(Summary, "tasks", "field", "任务的白话说明", reviewed=("summary",)),
)
_BY_TYPE: Mapping[type, RecordKind] = {kind.type: kind for kind in RECORD_KINDS}


def kind_of(fact: Fact) -> RecordKind:
    """The row of a record's kind."""
    return _BY_TYPE[type(fact)]


def kind_in(folder: str) -> RecordKind | None:
    """The row of the kind with this folder name."""
    return next((kind for kind in RECORD_KINDS if kind.folder == folder), None)


def review_kind_of(fact: Fact) -> ReviewKind | None:
    """The review kind of a record; None for kinds that are not reviewed."""
    kind = kind_of(fact)
    return kind.review_kind(getattr(fact, kind.told_in, None))


def day_of(fact: Fact) -> date | None:
    """A record's date; None for a plan, or a node that is not completed."""
    day: date | None = getattr(fact, kind_of(fact).day, None)
    return day


def known_from(fact: Fact) -> date | None:
    """The date from which a record (for a node, its end) is known; None means always."""
    kind = kind_of(fact)
    day: date | None = getattr(fact, kind.known or kind.day, None)
    return day


def as_known(record: Recorded, as_of: date) -> Recorded | None:
    """A record as known on a day, or None: a node's plan is known before its end."""
    day = known_from(record)
    if day is None or day <= as_of:
        return record
    return record.without_end() if isinstance(record, Milestone) else None


def in_order(records: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """Sort records: those with a file each by date, the others in list order."""

    def key(record: Recorded) -> tuple[date, date, str]:
        if kind_of(record).layout == "list":
            return date.min, date.min, ""
        return day_of(record) or date.min, known_from(record) or date.min, getattr(record, "id", "")

    return tuple(sorted(records, key=key))


def address_of(record: Recorded) -> str:
    """A record's address, unique in its year: `notes/004/2025-06-30-keji`, `nodes/004#n1`,
    `closures/004#1` (number in its file), `plans/007#t1`, `corrections/x`.
    """
    kind = kind_of(record)
    if isinstance(record, Note):
        return f"{kind.folder}/{record.task:03}/{record.id}"
    if isinstance(record, Amendment | Verification | Correction):
        return f"{kind.folder}/{record.id}"
    # A closure is identified by its number, since corrections existed before its id.
    names = ("place",) if isinstance(record, Closure) else kind.entry
    entry = "/".join(str(getattr(record, name)) for name in names)
    return f"{kind.folder}/{record.task:03}#{entry}"
