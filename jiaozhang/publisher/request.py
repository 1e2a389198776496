"""What a publisher is asked for, whether a commit goes live, and what came of it.

Whether it goes live is a pure rule over what is live, what is pinned and what came first.
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
# live: it went live. unchanged: the same commit, day, generator and audiences. superseded: older
# than what is live. diverged: neither older nor newer. pinned: not newer than what was rolled back
# from. faulty: the content has errors. failed: the machine, or a clone that cannot tell what is
# newer. recovered: went live, but the run was killed before it could say so.
Result = Literal[
    "live", "unchanged", "superseded", "diverged", "pinned", "faulty", "failed", "recovered"
]  # fmt: skip
Decision = Literal["go", "unchanged", "superseded", "diverged", "pinned", "unknown"]
# From an older and a newer commit to whether the second was made on top of the first.
Ancestry = Callable[[str, str], bool | None]


class NothingLiveError(Exception):
    """There is no live release to build again or to go back from."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be published where. Without audiences: both, or those that are live.

    `sbom` tells what the sites are made with. `force` builds again what is live already or pinned;
    `replace` is the one commit that may go live although it was not made on top of the live one.
    `may_vanish` tells which pages may be missing without a redirect.
    `bounds` say how much the commit may hold, `limits` what building it may cost.
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
    """What is to be published: equal ones give equal sites.

    `is_live` asks for the live commit on another day; it never goes to another commit.
    """

    commit: str
    day: str
    generator: str
    audiences: tuple[str, ...]
    is_live: bool = False


@dataclass(frozen=True, slots=True)
class Permit:
    """What the operator allows beyond the rule.

    `again`: to build what is live already, or pinned. `commit`: this one may go live whatever its
    history is, and no other.
    """

    again: bool = False
    commit: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What the content of a commit gave: a site for each audience without errors, and the faults.

    `said` is what a build in a process of its own printed.
    """

    sites: Mapping[str, Mapping[str, bytes]]
    faults: tuple[Diagnostic, ...]
    said: str = ""


Make = Callable[[Path, Wanted], Made]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. `release` is the live one afterwards; `held` the audiences left behind."""

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
    """Say whether this is to be built, or why not.

    Only what was made on top of the live commit goes live, whoever waited longer for the lock.
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
    """Say whether a commit may follow the live one: `go` only where it was made on top of it.

    `superseded`: the live one was made on top of it. `diverged`: neither was made on top of the
    other. `unknown`: the repository does not have all that would tell.
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
    """The commit rolled back to is older than the pin, and may still be built for a new day."""
    return any(
        wanted.commit == one.commit
        or (not wanted.is_live and is_ancestor(wanted.commit, one.commit) is True)
        for one in pin
    )
