"""The state of a root: what is live and since when, stored releases, the pin, the last failure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jiaozhang.faults.escaping import as_json
from jiaozhang.publisher.log import FAILURES, read_lines
from jiaozhang.publisher.pin import Pinned, read_pin
from jiaozhang.publisher.publish_lock import is_busy
from jiaozhang.publisher.release import Release
from jiaozhang.publisher.store import kept_releases, live_release


@dataclass(frozen=True, slots=True)
class State:
    """`failure` is the last log entry of a failed run.

    `is_standing` tells whether no run has succeeded since.
    """

    live: Release | None
    since: str
    kept: tuple[Release, ...]
    pin: tuple[Pinned, ...]
    failure: Mapping[str, object] | None
    is_standing: bool
    is_busy: bool


def state_of(root: Path) -> State:
    """Read the state of a root without taking its lock; raises `DamagedError`."""
    live = live_release(root)
    lines = read_lines(root)
    failures = [index for index, line in enumerate(lines) if line.get("result") in FAILURES]
    last = failures[-1] if failures else None
    return State(
        live=live,
        since=_since(live, lines),
        kept=kept_releases(root),
        pin=read_pin(root, live),
        failure=None if last is None else lines[last],
        is_standing=last is not None
        and not any(line.get("result") in ("live", "unchanged") for line in lines[last:]),
        is_busy=is_busy(root),
    )


def state_json(state: State) -> str:
    """The state as JSON."""
    live = state.live
    return as_json(
        {
            "live": None if live is None else {**_brief(live), "since": state.since},
            "releases": [_brief(release) for release in reversed(state.kept)],
            "pin": [{"seq": one.seq, "commit": one.commit, "time": one.time} for one in state.pin],
            "last_failure": state.failure,
            "failing": state.is_standing,
            "publishing": state.is_busy,
        },
        indent=1,
    )


def _brief(release: Release) -> Mapping[str, object]:
    return {
        "seq": release.seq,
        "name": release.name,
        "commit": release.commit,
        "day": release.day,
        "time": release.time,
        "generator": release.generator,
        "audiences": {
            name: {
                "commit": part.commit,
                "version": part.version,
                "as_of": dict(part.as_of),
                "pages": part.pages,
                "files": len(part.files),
                "carried": len(part.carried),
            }
            for name, part in release.parts.items()
        },
    }


def _since(live: Release | None, lines: tuple[Mapping[str, object], ...]) -> str:
    """When the live release went live, which for a rollback is later than when it was made."""
    if live is None:
        return ""
    swaps = (
        str(line.get("time"))
        for line in reversed(lines)
        if line.get("live_after") == live.seq and line.get("live_before") != live.seq
    )
    return next(swaps, live.time)
