"""The kinds of records: one row each, from which reading, review, release and derivation follow.

A row says where a record is filed, on which day it is known, and how it is reviewed. What a kind's
file holds stands in `read`, what follows from it in `derive`, what is said of it in `pages`; a test
holds each of them to exactly these kinds.
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
    Node,
    Note,
    Plan,
    Recorded,
    Summary,
    Trigger,
    Verification,
)
from jiaozhang.ledger.public import Blocker, Inspection
from jiaozhang.ledger.public import ReviewKind as ReviewKind

# How much of a review a kind needs before it is public: every level and the secrecy review, the
# secrecy review alone, or nothing.
Need = Literal["all", "secrecy", "none"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What editors call a kind of review, and what it needs where units report and the ledger does
    not say."""

    name: str
    usual: Need


# In the order of the guide. What is only planned, or was published elsewhere, is read for secrets
# alone.
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
# How the files of a kind are named: a list for each task, or a file for each record, which is named
# by its task, its day or both; or the record is a field of the task's own file.
Layout = Literal["list", "note", "task-day", "task", "day", "field"]


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: its class, and what is so of every record of it.

    `folder` holds its files, below the folder of its year (below `internal/` what only the intranet
    may ever know); `title` is what editors call it.
    `day` names the value that says on which day it was or will be, and `written` the keys of its
    file that say so, of which a record has one. It is known from that day, or from the day that
    `known` names; what has neither is known from the start. `reviewed` are its kinds of review,
    told apart by a key of the file (`told_by`) and the value read from it (`told_in`): of a note by
    the word there, of others by whether there is any. `entry` are the keys by which the entries of
    a list are told apart.
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
        """The kind of review of a record by what `told_by` or `told_in` says of it."""
        if self.layout == "note":
            return next((kind for kind in self.reviewed if kind == told), None)
        return self.reviewed[-1 if told else 0] if self.reviewed else None


# Adding a kind of record is adding a row. Those with a file each come in the order of their days,
# those of a list in the order of the list.
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
        Node,
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
    RecordKind(Plan, "plans", "list", "指标的序时计划", reviewed=("plan",), entry=("target",)),
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
    """The row of a record."""
    return _BY_TYPE[type(fact)]


def kind_in(folder: str) -> RecordKind | None:
    """The row of the records whose files lie in a folder of a year."""
    return next((kind for kind in RECORD_KINDS if kind.folder == folder), None)


def review_kind_of(fact: Fact) -> ReviewKind | None:
    """The kind by which a ledger says what a record needs; nothing for what nobody reviews."""
    kind = kind_of(fact)
    return kind.review_kind(getattr(fact, kind.told_in, None))


def day_of(fact: Fact) -> date | None:
    """The day that a record is of; nothing for a plan, or a node that is not done."""
    day: date | None = getattr(fact, kind_of(fact).day, None)
    return day


def known_from(fact: Fact) -> date | None:
    """The day from which a record is known, or a node's end; nothing where that is always."""
    kind = kind_of(fact)
    day: date | None = getattr(fact, kind.known or kind.day, None)
    return day


def as_known(record: Recorded, as_of: date) -> Recorded | None:
    """A record as far as it was known on a day: a node's plan is known before its end."""
    day = known_from(record)
    if day is None or day <= as_of:
        return record
    return record.without_end() if isinstance(record, Node) else None


def in_order(records: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """Records as they are told: those with a file each by their days, others as they are listed."""

    def key(record: Recorded) -> tuple[date, date, str]:
        if kind_of(record).layout == "list":
            return date.min, date.min, ""
        return day_of(record) or date.min, known_from(record) or date.min, getattr(record, "id", "")

    return tuple(sorted(records, key=key))


def address_of(record: Recorded) -> str:
    """What tells a record from every other one of its year: `notes/004/2025-06-30-keji`,
    `nodes/004#n1`, `closures/004#1` (counted in its file), `plans/007#t1`, `corrections/x`."""
    kind = kind_of(record)
    if isinstance(record, Note):
        return f"{kind.folder}/{record.task:03}/{record.id}"
    if isinstance(record, Amendment | Verification | Correction):
        return f"{kind.folder}/{record.id}"
    # A closure is named by its place, since corrections are older than its id.
    names = ("place",) if isinstance(record, Closure) else kind.entry
    entry = "/".join(str(getattr(record, name)) for name in names)
    return f"{kind.folder}/{record.task:03}#{entry}"
