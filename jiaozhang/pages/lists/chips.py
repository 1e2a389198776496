"""The shares into which the list of tasks falls, as chips with counts.

Shares add up to the list: by what is published, or, where units report, by groups of standings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from jiaozhang.derive import DerivedTask, DerivedYear
from jiaozhang.derive.finding import Finding
from jiaozhang.derive.standing_groups import GROUP_OF
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.marks import GROUP
from jiaozhang.wording.catalogue import Labels, mark

# What is published of a task: a figure of a target's own scope, only figures of another scope, a
# figure that answers no target, only words, or nothing.
ShareKey = Literal["own-figure", "other-scope", "no-target", "words", "no-record"]
_SHARES: Mapping[ShareKey, str] = Labels(
    {
        "own-figure": mark("Figure of the target's own scope"),
        "other-scope": mark("Only figures of another scope"),
        "no-target": mark("Figures that answer no target"),
        "words": mark("Only words"),
        "no-record": mark("Nothing on record"),
    }
)


@dataclass(frozen=True, slots=True)
class Chip:
    """A share of the list, or the answer to a question: its tasks, and their own list.

    `key` is what the address of the whole list says when it is narrowed to them.
    """

    key: str
    text: str
    count: int
    tasks: tuple[DerivedTask, ...]
    address: str
    is_share: bool


def shares_of(year: DerivedYear) -> tuple[Chip, ...]:
    """The shares of a year's tasks, without empty ones; each task is in exactly one."""
    of = year.ledger.year
    words = _SHARES.items() if year.ledger.reporting == "none" else GROUP.items()
    names = {str(key): word for key, word in words}
    found = {key: tuple(one for one in year.tasks if _share(year, one) == key) for key in names}
    return tuple(
        Chip(key, names[key], len(tasks), tasks, addresses.tasks(of, key), True)
        for key, tasks in found.items()
        if tasks
    )


def _share(year: DerivedYear, one: DerivedTask) -> str:
    if year.ledger.reporting == "none":
        return published_share(one.finding)
    return GROUP_OF[one.standing.key]


def published_share(finding: Finding) -> ShareKey:
    """What is published of a task; a target's own scope counts wherever one target has it."""
    if any(found.shown and found.state != "differs" for found in finding.targets):
        return "own-figure"
    if finding.kind == "target":
        return "other-scope"
    if finding.kind == "figure":
        return "no-target"
    return "words" if finding.kind == "sentence" else "no-record"
