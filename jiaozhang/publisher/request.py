"""What a publisher is asked for, what it gets from a build, and what came of it: values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from jiaozhang.faults.diagnostic import Diagnostic
from jiaozhang.files.bounds import DEFAULT, Bounds
from jiaozhang.processes.limits import DEFAULT as DEFAULT_LIMITS
from jiaozhang.processes.limits import Limits
from jiaozhang.publisher.decision import Decision, Wanted
from jiaozhang.publisher.log import Result
from jiaozhang.publisher.release import Release

BOTH = ("public", "intranet")


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
