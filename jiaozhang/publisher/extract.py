"""Extract the files of a commit into a folder, exactly as they were committed.

Blobs are read directly, never through a work tree, so that no filter, attribute or hook of the
repository can change what is published. Number and size are checked before anything is written,
because tree entries are cheap: a small commit can name one large blob a million times.
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
    """Write the files of a commit below `paths` (all if there are none) into the folder `into`.

    An entry that is no regular file, or exceeds the size limit of one file, is replaced by
    something that every reader refuses; with `needs_all`, a file over the limit is a fault instead.
    If any fault is returned, nothing has been written.
    """
    # Ten times the limit is enough to report that there are too many.
    listed = list(islice(_entries(repository, commit, paths), 10 * bounds.files))
    entries = [entry for entry in listed if entry.mode != _FOLDER]
    faults = (*_too_much(entries, bounds), *deep_faults((one.path for one in listed), ""))
    if not faults:
        # A commit may contain any number of folders and no file.
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
            path.symlink_to(
                "a-link-in-the-commit"
            )  # its target is dropped: links are refused anyway
        elif entry.mode == _MODULE:
            os.mkfifo(path)
        elif largest is not None and entry.size > largest:
            # Only its size matters: the reader refuses it because of that.
            with path.open("xb") as file:
                file.truncate(entry.size)
        else:
            files.append(entry)
    for batch in _batches(files):
        _write_blobs(repository, batch, into)


def _batches(entries: Sequence[_Entry]) -> Iterator[list[_Entry]]:
    """Split the list into batches whose files fit into memory together."""
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
        # git refuses such names only if told to check them, and the repository may have been
        # written by another tool.
        if path.startswith("/") or {"", ".", "..", ".git"} & set(path.split("/")):
            raise NoCommitError(f"{repository}: {commit}: {path[:200]!r}")
        yield _Entry(mode, digest, int(size) if size.isdigit() else 0, path)


def _write_blobs(repository: Path, entries: Sequence[_Entry], into: Path) -> None:
    """Read many blobs with one `git cat-file --batch`: for each a header, the bytes, a newline."""
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
