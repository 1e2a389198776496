"""The pin: commits that were rolled back from are not published again by themselves.

It is written before the symlink is replaced. If the run is killed in between, the entry names the
release that is still live, and is ignored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jiaozhang.files.output_folder import write_file
from jiaozhang.publisher.flush import flush_one
from jiaozhang.publisher.release import DamagedError, Release

PIN = "pin.json"


@dataclass(frozen=True, slots=True)
class Pinned:
    """A release that was rolled back from, and when."""

    seq: int
    commit: str
    time: str


def read_pin(root: Path, live: Release | None) -> tuple[Pinned, ...]:
    """The releases rolled back from, without the one that is live."""
    try:
        found = json.loads((root / PIN).read_bytes())
        entries = tuple(_pinned(entry) for entry in found)
    except FileNotFoundError:
        return ()
    except (ValueError, KeyError, TypeError) as reason:
        raise DamagedError(f"{PIN}: {reason}") from reason
    return tuple(entry for entry in entries if live is None or entry.seq != live.seq)


def after_rollback(
    pin: tuple[Pinned, ...], left: Release, target: Release, time: str
) -> tuple[Pinned, ...]:
    """The pin after going from release `left` to `target`; going forward removes entries."""
    others = tuple(entry for entry in pin if entry.seq not in (target.seq, left.seq))
    return (*others, Pinned(left.seq, left.commit, time)) if target.seq < left.seq else others


def write_pin(root: Path, pin: tuple[Pinned, ...]) -> None:
    """Write the pin file, or remove it if there are no entries."""
    if not pin:
        (root / PIN).unlink(missing_ok=True)
        return
    rows = [{"seq": one.seq, "commit": one.commit, "time": one.time} for one in pin]
    write_file(root / PIN, (json.dumps(rows, indent=1) + "\n").encode())
    flush_one(root / PIN)


def _pinned(entry: Mapping[str, object]) -> Pinned:
    return Pinned(int(str(entry["seq"])), str(entry["commit"]), str(entry["time"]))
