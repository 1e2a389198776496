"""Roll back to an earlier release: no build, one symlink replaced, logged and pinned."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from jiaozhang.publisher.flush import flush_each
from jiaozhang.publisher.log import LogLine, append_line, note_unlogged
from jiaozhang.publisher.pin import after_rollback, read_pin, write_pin
from jiaozhang.publisher.publish_lock import one_at_a_time
from jiaozhang.publisher.release import Release, to_json
from jiaozhang.publisher.request import Clock, NothingLiveError
from jiaozhang.publisher.store import (
    DESCRIPTION,
    PARTIAL,
    RELEASES,
    folder_of,
    go_live,
    kept_releases,
    live_release,
    sweep,
)
from jiaozhang.publisher.write_release import place_all_carried, with_carried


class NoReleaseError(Exception):
    """There is no such release: none was live before, or none has the number asked for.

    The message lists the existing ones.
    """


def rollback(root: Path, seq: int | None, now: Clock) -> tuple[Release, Release]:
    """Make a stored release live: the previously live one, or number `seq`.

    Returns the old and the new live release. Raises `NothingLiveError`, `NoReleaseError`,
    `OSError`.
    """
    start = now()
    if not (root / RELEASES).is_dir():
        raise NothingLiveError(str(root))
    with one_at_a_time(root):
        sweep(root)
        live = live_release(root)
        if live is None:
            raise NothingLiveError(str(root))
        note_unlogged(root, live, now())
        kept = kept_releases(root)
        target = _release_to(live, kept, seq)
        if target.seq == live.seq:
            return live, live
        _complete(root, target, live, max(int(start.timestamp()), live.stamp))
        time = start.isoformat(timespec="seconds")
        write_pin(root, after_rollback(read_pin(root, None), live, target, time))
        go_live(root, target)
        pages = {name: part.pages for name, part in target.parts.items()}
        seconds = (now() - start).total_seconds()
        append_line(
            root,
            LogLine(time, "rollback", target.commit, "live", seconds, pages, live.seq, target.seq),
        )
        return live, target


def _release_to(live: Release, kept: tuple[Release, ...], seq: int | None) -> Release:
    by_seq = {release.seq: release for release in kept}
    wanted = live.before if seq is None else (seq,)
    found = next((by_seq[one] for one in wanted if one in by_seq), None)
    if found is None:
        raise NoReleaseError("、".join(release.name for release in kept))
    return found


def _complete(root: Path, target: Release, live: Release, stamp: int) -> None:
    """Carry files of newer pages into the target before it goes live.

    The description is written first: if this is interrupted, it lists files that are missing, which
    the next run repairs; the reverse, unlisted files, would remain.
    """
    folder = folder_of(root, target)
    named = _with_both(target, with_carried(root, target, live, stamp))
    if named != target:
        fresh = root / RELEASES / f"{PARTIAL}{DESCRIPTION}"
        fresh.unlink(missing_ok=True)
        with fresh.open("xb") as file:
            file.write(to_json(named))
            os.fchmod(file.fileno(), 0o640)
        fresh.replace(folder / DESCRIPTION)
    touched = place_all_carried(root, folder, named, live)
    flush_each((folder / DESCRIPTION, folder, *touched), root)


def _with_both(target: Release, named: Release) -> Release:
    """Merge both lists of carried files: those of the target exist on disk."""
    parts = {}
    for name, part in named.parts.items():
        old = target.parts[name]
        since = {**part.since, **old.since}
        parts[name] = replace(part, carried={**part.carried, **old.carried}, since=since)
    return replace(named, parts=parts)
