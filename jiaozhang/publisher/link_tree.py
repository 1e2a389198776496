"""The files of one audience in a new release: written anew, or linked where nothing changed.

A file is made once and never opened again: releases share it as hard links. Equal bytes keep their
time, other bytes get the release's own, which is later than that of every release before. A
server's ETag is made of time and size, so it changes exactly when the bytes do.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jiaozhang.publisher.compress import copies_of


@dataclass(frozen=True, slots=True)
class Before:
    """The same audience in the live release: its folder, and digests of its files by path."""

    folder: Path
    files: Mapping[str, str]


def write_site(
    folder: Path, files: Mapping[str, bytes], before: Before | None, stamp: int
) -> Mapping[str, str]:
    """Make `folder` of these files and their compressed copies; return all digests by path."""
    digests: dict[str, str] = {}
    old = before.files if before else {}
    _make_folder(folder)
    for parent in sorted({parent for path in files for parent in Path(path).parents}):
        _make_folder(folder / parent)
    for path, content in sorted(files.items()):
        digest = hashlib.sha256(content).hexdigest()
        is_same = before is not None and old.get(path) == digest
        if before is None or not is_same or not _linked(before, folder, path):
            _write(folder / path, content, stamp)
        digests[path] = digest
        for suffix, compress in copies_of(path, len(content)):
            copy = path + suffix
            if before is not None and is_same and copy in old and _linked(before, folder, copy):
                digests[copy] = old[copy]
            else:
                packed = compress(content)
                _write(folder / copy, packed, stamp)
                digests[copy] = hashlib.sha256(packed).hexdigest()
    return digests


def link_site(folder: Path, before: Before) -> None:
    """Take over a site whole, as it is."""
    _make_folder(folder)
    for path in before.files:
        _link_below(folder, path, before.folder)


def place_carried(folder: Path, carried: Iterable[str], source: Path) -> set[Path]:
    """Link carried files into place, where they are not there yet.

    Returns the folders that something was put into.
    """
    touched = set()
    for path in carried:
        if not os.path.lexists(folder / path):
            _link_below(folder, path, source)
            touched |= {(folder / parent) for parent in Path(path).parents}
    return touched


def link(old: Path, new: Path) -> None:
    """Make a file one with another; where the file system cannot, copy bytes and time."""
    try:
        new.hardlink_to(old)
    except FileExistsError:
        raise
    except OSError:  # too many links, another owner, a file system without links
        with old.open("rb") as source, new.open("xb") as copy:
            shutil.copyfileobj(source, copy)
        new.chmod(0o644)
        stat = old.stat()
        os.utime(new, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _linked(before: Before, folder: Path, path: str) -> bool:
    """Take a file over from the live release; a file that somebody removed there is made anew."""
    try:
        link(before.folder / path, folder / path)
    except FileNotFoundError:
        return False
    return True


def _write(path: Path, content: bytes, stamp: int) -> None:
    with path.open("xb") as file:
        file.write(content)
        os.fchmod(file.fileno(), 0o644)  # whatever the umask: a web server has to read it
    os.utime(path, (stamp, stamp))


def _link_below(folder: Path, path: str, source: Path) -> None:
    for parent in reversed(Path(path).parents):
        _make_folder(folder / parent)
    link(source / path, folder / path)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir()
        folder.chmod(0o755)
