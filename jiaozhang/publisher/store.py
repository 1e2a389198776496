"""The folder of releases, and the symlink to the live one.

    DIR/lock  DIR/log.jsonl  DIR/pin.json
    DIR/current -> releases/000012-0123456789ab
    DIR/releases/000012-0123456789ab/release.json  sbom.cdx.json  intranet/
    DIR/releases/000012-0123456789ab/public -> public-0123456789abcdef

The public folder's name contains the version of its files and nothing of the commit: a web server
takes the version from the path.

Unfinished folders have names with the prefix `.partial-`; the next run removes them.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from jiaozhang.files.output_folder import NEW
from jiaozhang.publisher.flush import flush_one
from jiaozhang.publisher.release import DamagedError, Release, from_json

PARTIAL = ".partial-"
LINK = "current"
RELEASES = "releases"
DESCRIPTION = "release.json"
_NAME = re.compile(r"[0-9]{6,}-[0-9a-f]{12}")


def folder_of(root: Path, release: Release) -> Path:
    return root / RELEASES / release.name


def site_of(root: Path, release: Release, audience: str) -> Path:
    """The folder of an audience's files; older versions named it after the audience."""
    return folder_of(root, release) / (release.parts[audience].folder or audience)


def kept_releases(root: Path) -> tuple[Release, ...]:
    """Every complete release, oldest first; damaged ones are skipped."""
    found = []
    for folder in _release_folders(root):
        with contextlib.suppress(DamagedError):
            found.append(_described(folder))
    return tuple(sorted(found, key=lambda release: release.seq))


def highest_seq(root: Path) -> int:
    """The highest number of any release folder that exists, damaged or not."""
    return max((int(folder.name.split("-")[0]) for folder in _release_folders(root)), default=0)


def live_release(root: Path) -> Release | None:
    """The live release; raises `DamagedError` if the symlink leads to none."""
    link = root / LINK
    if not os.path.lexists(link):
        return None
    if not link.is_symlink():
        raise DamagedError(f"{link}: not a link")
    return _described(root / RELEASES / link.readlink().name)


def damaged_commit(root: Path) -> str | None:
    """The abbreviated hash of the live commit, taken from the symlink if release.json is damaged.

    None if nothing is live. Not a commit's hash if someone else made the link.
    """
    link = root / LINK
    if not os.path.lexists(link):
        return None
    name = link.readlink().name if link.is_symlink() else ""
    return name.partition("-")[2] if _NAME.fullmatch(name) else "?"


def go_live(root: Path, release: Release) -> None:
    """Replace the symlink atomically: readers get the old release or the new one."""
    fresh = root / f"{PARTIAL}{LINK}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path(RELEASES) / release.name)
    fresh.replace(root / LINK)
    flush_one(root)


def sweep(root: Path) -> int:
    """Remove the unfinished files of killed runs; return their number."""
    left = [
        path
        for folder in (root, root / RELEASES)
        if folder.is_dir()
        for path in folder.iterdir()
        if path.name.startswith((PARTIAL, NEW))
    ]
    for path in left:
        _remove(path)
    return len(left)


def superfluous(kept: Iterable[Release], live: Release, keep: int) -> tuple[Release, ...]:
    """Which releases to remove so that `keep` remain.

    Never the live one or the previously live one. The newest release of each commit is kept longer
    than the other releases of that commit, so that nightly rebuilds do not displace other commits.
    """
    newest_first = sorted(kept, key=lambda release: -release.seq)
    of_commit: dict[str, int] = {}
    for release in newest_first:
        of_commit.setdefault(release.commit, release.seq)
    there = {release.seq for release in newest_first}
    previous = next((seq for seq in live.before if seq in there), None)

    def rank(release: Release) -> tuple[bool, bool, int]:
        is_needed = release.seq in (live.seq, previous)
        return not is_needed, of_commit[release.commit] != release.seq, -release.seq

    needed = 1 if previous is None else 2
    return tuple(sorted(newest_first, key=rank)[max(keep, needed) :])


def remove_releases(root: Path, gone: Iterable[Release]) -> None:
    """Remove releases; each is first renamed to a `.partial-` name, so that none is left half
    deleted.
    """
    for release in gone:
        doomed = root / RELEASES / f"{PARTIAL}{release.name}"
        folder_of(root, release).rename(doomed)
        _remove(doomed)


def _release_folders(root: Path) -> tuple[Path, ...]:
    """The folders whose names have the form of a release's."""
    folder = root / RELEASES
    there = folder.iterdir() if folder.is_dir() else ()
    return tuple(one for one in there if _NAME.fullmatch(one.name))


def _described(folder: Path) -> Release:
    try:
        return from_json((folder / DESCRIPTION).read_bytes())
    except PermissionError:
        raise  # no permission to read is no damage
    except OSError as reason:
        raise DamagedError(f"{folder}: {reason.strerror}") from reason


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
