"""Publish requests, the decision whether a commit goes live, and outcomes.

The decision is a pure function of the live release, the pin, and the commits' ancestry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from jiaozhang.faults.diagnostic import Diagnostic
from jiaozhang.files.bounds import DEFAULT, Bounds
from jiaozhang.processes.limits import DEFAULT as DEFAULT_LIMITS
from jiaozhang.processes.limits import Limits
from jiaozhang.publisher.pin import Pinned
from jiaozhang.publisher.release import Release

BOTH = ("public", "intranet")
Action = Literal["publish", "publish-live", "rollback"]
# live: it went live. unchanged: same commit, day, generator and audiences as the live one.
# superseded: an ancestor of the live commit. diverged: neither ancestor nor descendant of it.
# pinned: no descendant of what was rolled back from. faulty: the content has errors. failed: a
# system error, or a clone that lacks the history to decide. recovered: went live, but the run was
# killed before it was logged.
Result = Literal[
    "live", "unchanged", "superseded", "diverged", "pinned", "faulty", "failed", "recovered"
]  # fmt: skip
Decision = Literal["go", "unchanged", "superseded", "diverged", "pinned", "unknown"]
# (old, new) → whether `new` descends from `old`; None if unknown.
Ancestry = Callable[[str, str], bool | None]


class NothingLiveError(Exception):
    """There is no live release to rebuild or to roll back from."""


@dataclass(frozen=True, slots=True)
class Order:
    """A request to publish. No audiences means: those that are live, or else both.

    `sbom` is the software bill of materials. `force` rebuilds a commit that is live already or
    pinned; `replace` is the one commit that may go live although it does not descend from the live
    one. `may_vanish` tells which pages may disappear without a redirect. `bounds` limit the
    commit's content, `limits` the cost of building it.
    """

    repository: Path
    revisions: tuple[str, ...]
    root: Path
    paths: tuple[str, ...]
    content: str
    audiences: tuple[str, ...]
    day: date | None
    generator: str
    sbom: bytes
    keep: int
    is_live: bool
    is_trusted: bool
    force: bool
    may_vanish: Callable[[str], bool]
    replace: str | None = None
    bounds: Bounds = DEFAULT
    limits: Limits = DEFAULT_LIMITS


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be published; equal values give equal sites.

    `is_live` requests the live commit on another day, never another commit.
    """

    commit: str
    day: str
    generator: str
    audiences: tuple[str, ...]
    is_live: bool = False


@dataclass(frozen=True, slots=True)
class Permit:
    """Exceptions to the rule that the operator grants.

    `again`: rebuild a commit that is live already, or pinned. `commit`: this commit may go live
    whatever its ancestry.
    """

    again: bool = False
    commit: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """The result of building a commit: a site for each audience without errors, and the faults.

    `said` is the output of a build that ran in its own process.
    """

    sites: Mapping[str, Mapping[str, bytes]]
    faults: tuple[Diagnostic, ...]
    said: str = ""


Make = Callable[[Path, Wanted], Made]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a request. `release` is live afterwards; `held` audiences kept an old site."""

    decision: Decision
    wanted: Wanted
    before: Release | None
    release: Release | None
    made: Made
    held: tuple[str, ...] = ()

    @property
    def result(self) -> Result:
        if self.decision == "go":
            return "faulty" if self.release is self.before else "live"
        return "failed" if self.decision == "unknown" else self.decision


NOTHING = Made({}, ())
NOTHING_MORE = Permit()


def decide(
    wanted: Wanted,
    live: Release | None,
    pin: tuple[Pinned, ...],
    is_ancestor: Ancestry,
    permit: Permit = NOTHING_MORE,
) -> Decision:
    """Decide whether to build the wanted commit, or why not.

    Only descendants of the live commit go live, in whatever order publishers get the lock.
    """
    if not permit.again:
        if live is not None and _key_of(live) == replace(wanted, is_live=False):
            return "unchanged"
        if _is_pinned(wanted, pin, is_ancestor):
            return "pinned"
    if live is None or wanted.commit == permit.commit:
        return "go"
    return succession(live.commit, wanted.commit, is_ancestor)


def succession(live: str, wanted: str, is_ancestor: Ancestry) -> Decision:
    """Decide whether a commit may follow the live one: `go` only for a descendant.

    `superseded`: it is an ancestor of the live one. `diverged`: it is neither. `unknown`: the
    repository lacks the history to decide.
    """
    if live == wanted:
        return "go"
    is_older = is_ancestor(wanted, live)
    if is_older:
        return "superseded"
    is_newer = is_ancestor(live, wanted)
    if is_newer:
        return "go"
    return "diverged" if is_older is False and is_newer is False else "unknown"


def _key_of(live: Release) -> Wanted:
    return Wanted(live.commit, live.day, live.generator, live.wanted)


def _is_pinned(wanted: Wanted, pin: tuple[Pinned, ...], is_ancestor: Ancestry) -> bool:
    """Whether the pin forbids the commit. The one rolled back to is older than the pin and is
    allowed.
    """
    return any(
        wanted.commit == one.commit
        or (not wanted.is_live and is_ancestor(wanted.commit, one.commit) is True)
        for one in pin
    )
