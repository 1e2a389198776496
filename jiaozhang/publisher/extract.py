"""The files of a commit, as they were committed, put into a folder.

Files are read as git stores them, never through a work tree: no filter, attribute or hook of the
repository has a say in what is published. What a commit holds is counted before any of it is
written: its names cost next to nothing, and each may be of the same large file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.files.bounds import Bounds, beyond, deep_faults, size_in_words
from jiaozhang.publisher.commits import NoCommitError, git, git_rows

_BATCH = 32 * 1024 * 1024
_LINK, _MODULE, _FOLDER = "120000", "160000", "040000"


@dataclass(frozen=True, slots=True)
class _Entry:
    mode: str
    digest: str
    size: int
    path: str


def extract(
    repository: Path,
    commit: str,
    paths: Sequence[str],
    into: Path,
    bounds: Bounds,
    needs_all: bool = False,
) -> tuple[Diagnostic, ...]:
    """Write the files of a commit below these paths (all, where none is named) into a folder.

    What is no file, or larger than anything is read, is put there as something that every reader
    refuses; where the commit `needs_all` of its files, a larger one is a fault. Nothing is written
    where any fault comes back.
    """
    # Ten times as many as there may be tell that there are too many.
    listed = list(islice(_entries(repository, commit, paths), 10 * bounds.files))
    entries = [entry for entry in listed if entry.mode != _FOLDER]
    faults = (*_too_much(entries, bounds), *deep_faults((one.path for one in listed), ""))
    if not faults:
        # A commit may hold folders without end and no file.
        folders = (entry for entry in listed if entry.mode == _FOLDER)
        faults = _too_much(folders, bounds)
    if needs_all:
        faults += tuple(_too_large(one, bounds) for one in entries if one.size > bounds.file)
    if not faults:
        _write(repository, entries, into, None if needs_all else bounds.file)
    return faults


def _too_much(entries: Iterable[_Entry], bounds: Bounds) -> tuple[Diagnostic, ...]:
    return beyond(((one.path, one.size) for one in entries), "", bounds)[1]


def _too_large(entry: _Entry, bounds: Bounds) -> Diagnostic:
    limit = f"{size_in_words(bounds.file)} ({size_in_words(entry.size)})"
    return fault("file-too-large", Place(entry.path), limit=limit)


def _write(repository: Path, entries: Sequence[_Entry], into: Path, largest: int | None) -> None:
    for entry in entries:
        (into / entry.path).parent.mkdir(parents=True, exist_ok=True)
    files = []
    for entry in entries:
        path = into / entry.path
        if entry.mode == _LINK:
            path.symlink_to("a-link-in-the-commit")  # leads nowhere, whatever it led to
        elif entry.mode == _MODULE:
            os.mkfifo(path)
        elif largest is not None and entry.size > largest:
            # Its size is all that has to be known of it.
            with path.open("xb") as file:
                file.truncate(entry.size)
        else:
            files.append(entry)
    for batch in _batches(files):
        _write_blobs(repository, batch, into)


def _batches(entries: Sequence[_Entry]) -> Iterator[list[_Entry]]:
    """Parts of a list whose files fit into memory together."""
    batch: list[_Entry] = []
    size = 0
    for entry in entries:
        if batch and size + entry.size > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += entry.size
    if batch:
        yield batch


def _entries(repository: Path, commit: str, paths: Sequence[str]) -> Iterator[_Entry]:
    words = ("ls-tree", "-r", "-t", "-z", "-l", "--full-tree", commit, "--", *paths)
    for row in git_rows(repository, *words):
        head, _, name = row.partition(b"\t")
        mode, _, digest, size = head.decode().split()
        path = os.fsdecode(name)
        # git refuses such names when it is asked to check; a repository may have been made without.
        if path.startswith("/") or {"", ".", "..", ".git"} & set(path.split("/")):
            raise NoCommitError(f"{repository}: {commit}: {path[:200]!r}")
        yield _Entry(mode, digest, int(size) if size.isdigit() else 0, path)


def _write_blobs(repository: Path, entries: Sequence[_Entry], into: Path) -> None:
    """Ask git for many files at once: it answers each with a head line, the bytes, a line end."""
    asked = "".join(f"{entry.digest}\n" for entry in entries).encode()
    done = git(repository, "cat-file", "--batch", given=asked)
    answer, at = done.stdout, 0
    for entry in entries:
        end = answer.find(b"\n", at)
        head = answer[at:end].split()
        if done.returncode or end < 0 or len(head) != 3:
            raise NoCommitError(f"{repository}: {entry.path}: {done.stderr.decode()[:200]}")
        start, size = end + 1, int(head[2])
        with (into / entry.path).open("xb") as file:
            file.write(answer[start : start + size])
        at = start + size + 1
