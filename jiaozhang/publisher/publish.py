"""Publish a commit: build it, write the release completely, and replace one symlink.

A failure before the symlink is replaced leaves the old release live, one after it the new one. The
caller provides the function that makes a site from content.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from jiaozhang.files.output_folder import MANIFEST
from jiaozhang.publisher.commits import NoCommitError, is_ancestor, resolve
from jiaozhang.publisher.extract import extract
from jiaozhang.publisher.limited import LimitError, WorkError, limited
from jiaozhang.publisher.log import append_line, failure_of, line_of, note_unlogged
from jiaozhang.publisher.pin import read_pin, write_pin
from jiaozhang.publisher.publish_lock import one_at_a_time
from jiaozhang.publisher.release import DamagedError, Release
from jiaozhang.publisher.request import (
    BOTH,
    Clock,
    Decision,
    Made,
    Make,
    NothingLiveError,
    Order,
    Outcome,
    Permit,
    Wanted,
    decide,
    succession,
)
from jiaozhang.publisher.store import (
    PARTIAL,
    RELEASES,
    damaged_commit,
    go_live,
    kept_releases,
    live_release,
    remove_releases,
    superfluous,
    sweep,
)
from jiaozhang.publisher.vanished import vanished
from jiaozhang.publisher.write_release import name_release, part_of, write_release

NOTHING = Made({}, ())


def publish(order: Order, make: Make, now: Clock) -> Outcome:
    """Carry out a publish request; only one publisher runs at a time.

    Raises `NoCommitError`, `DamagedError`, `NothingLiveError`, `LimitError` or `OSError`; a
    complete release is then still live, and the reason is in the log.
    """
    start = now()
    _make_folders(order.root)
    with one_at_a_time(order.root):
        live: Release | None = None
        try:
            sweep(order.root)
            live = _live(order)
            note_unlogged(order.root, live, now())
            outcome = _publish(order, live, make, now)
        except (NoCommitError, DamagedError, NothingLiveError, LimitError, OSError) as reason:
            with contextlib.suppress(OSError):
                append_line(order.root, failure_of(order, live, start, now(), str(reason)))
            raise
        append_line(order.root, line_of(order, outcome, start, now()))
        if outcome.result == "live" and outcome.release is not None:
            if not order.is_live:
                write_pin(order.root, ())
            gone = superfluous(kept_releases(order.root), outcome.release, order.keep)
            remove_releases(order.root, gone)
        return outcome


def _make_folders(root: Path) -> None:
    for folder in (root, root / RELEASES):
        if not folder.is_dir():
            folder.mkdir(parents=True)
            folder.chmod(0o755)  # despite the umask: the web server must be able to enter


def _publish(order: Order, live: Release | None, make: Make, now: Clock) -> Outcome:
    wanted = _wanted(order, live, now().date())
    decision = _decision(order, wanted, live)
    if decision != "go":
        return Outcome(decision, wanted, live, live, NOTHING)
    outcome = _in_bounds(order, wanted, live, make, now)
    if outcome.result == "live" and outcome.release is not None:
        name_release(order.root, outcome.release)
        go_live(order.root, outcome.release)
    return outcome


def _in_bounds(
    order: Order, wanted: Wanted, live: Release | None, make: Make, now: Clock
) -> Outcome:
    """Build and write the release in a child process with limits; it is not made live there.

    However the child ends, its unfinished files are removed.
    """
    try:
        with _private_folder(order.root) as folder:
            return limited(
                lambda: _written(order, wanted, live, _made(order, wanted, make, folder), now),
                order.limits,
                (NoCommitError, DamagedError),
            )
    except (LimitError, WorkError):
        sweep(order.root)
        raise


def _made(order: Order, wanted: Wanted, make: Make, folder: Path) -> Made:
    faults = extract(
        order.repository, wanted.commit, order.paths, folder, order.bounds, order.is_trusted
    )
    return Made({}, faults) if faults else make(folder, wanted)


def _written(order: Order, wanted: Wanted, live: Release | None, made: Made, now: Clock) -> Outcome:
    """The outcome for the built sites; a release that is to go live is on disk afterwards."""
    gone = vanished(made.sites, live, order.content, order.may_vanish)
    if gone or not made.sites:
        made = replace(made, sites={}, faults=(*made.faults, *gone))
        return Outcome("go", wanted, live, live, made)
    held = tuple(name for name in wanted.audiences if name not in made.sites)
    # The files are on disk or not needed; the parent process needs only the sites' names.
    names = replace(made, sites={name: {} for name in made.sites})
    if live is not None and not order.force and _is_same(made, wanted, live):
        return Outcome("unchanged", wanted, live, live, names, held)
    return Outcome("go", wanted, live, write_release(order, wanted, made, live, now), names, held)


def _decision(order: Order, wanted: Wanted, live: Release | None) -> Decision:
    def ancestry(old: str, new: str) -> bool | None:
        return is_ancestor(order.repository, old, new)

    # `--force` ignores the pin, so that it also works when the pin is damaged.
    pin = () if order.force else read_pin(order.root, live)
    decision = decide(wanted, live, pin, ancestry, Permit(order.force, order.replace))
    damaged = damaged_commit(order.root) if live is None else None
    if damaged is None or wanted.commit == order.replace:
        return decision
    with contextlib.suppress(NoCommitError):
        whole = resolve(order.repository, (damaged,))
        if whole.startswith(damaged):  # a hash, not a branch with that name
            return succession(whole, wanted.commit, ancestry)
    return "unknown"


def _live(order: Order) -> Release | None:
    try:
        return live_release(order.root)
    except DamagedError:
        if order.force:
            return None
        raise


def _wanted(order: Order, live: Release | None, today: date) -> Wanted:
    day = (order.day or today).isoformat()
    if order.is_live:
        if live is None:
            raise NothingLiveError(str(order.root))
        there = tuple(name for name in BOTH if name in live.parts or name in live.wanted)
        audiences = order.audiences or there
        return Wanted(live.commit, day, order.generator, audiences, is_live=True)
    commit = resolve(order.repository, order.revisions)
    return Wanted(commit, day, order.generator, order.audiences or BOTH)


@contextlib.contextmanager
def _private_folder(root: Path) -> Iterator[Path]:
    """A folder that no other user can read, and that the next run removes if this one is killed."""
    with tempfile.TemporaryDirectory(prefix=PARTIAL, dir=root) as name:
        yield Path(name)


def _is_same(made: Made, wanted: Wanted, live: Release) -> bool:
    """Whether every byte made is live already: a closed year is the same on every day."""
    return wanted.commit == live.commit and all(
        name in live.parts
        and MANIFEST in files
        and part_of(name, files, wanted.commit)
        == replace(live.parts[name], files={}, carried={}, since={})
        for name, files in made.sites.items()
    )
