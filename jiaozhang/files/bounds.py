"""Limits on a content folder: number of files, their sizes, and the depth of folders.

Checked before anything is read or extracted: a commit of a few thousand bytes can contain one file
under a million names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from jiaozhang.attachments.inspection import MOST_BYTES
from jiaozhang.faults.diagnostic import Diagnostic, Place, fault

# Folders of a ledger are at most six deep.
DEEPEST = 32
# Bytes of a path below the content folder: systems allow 4,096 for an absolute path.
LONGEST = 1_000
# Bytes that common file systems allow for one name.
LONGEST_NAME = 255
# Counting stops at so many times the limit; the exact number is not reported then.
_COUNTED = 10


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most files, the most bytes of one file, and of all together."""

    files: int = 20_000
    file: int = MOST_BYTES
    total: int = 512 * 1024 * 1024


DEFAULT = Bounds()


def beyond(
    listed: Iterable[tuple[str, int]], label: str, bounds: Bounds
) -> tuple[list[tuple[str, int]], tuple[Diagnostic, ...]]:
    """Return files (path, size in bytes) up to far beyond the limits, and faults for what exceeds
    them.

    `listed` is not read to its end if it is far too long. `label` is the content folder's name in
    messages.
    """
    files = list(islice(listed, bounds.files * _COUNTED))
    faults: list[Diagnostic] = []
    if len(files) > bounds.files:
        is_more = len(files) == bounds.files * _COUNTED
        faults.append(
            fault(
                "too-many-files",
                Place(_label_joined(label, _heaviest((path, 1) for path, _ in files))),
                count=f"{len(files):,}{'+' if is_more else ''}",
                limit=f"{bounds.files:,}",
            )
        )
    total = sum(size for _, size in files)
    if total > bounds.total:
        faults.append(
            fault(
                "content-too-large",
                Place(_label_joined(label, _heaviest(files))),
                size=size_in_words(total),
                limit=size_in_words(bounds.total),
            )
        )
    return files, tuple(faults)


def deep_faults(paths: Iterable[str], label: str) -> Iterator[Diagnostic]:
    """Report each folder that lies too deep, and each path that is too long, once."""
    told: set[str] = set()
    for path in paths:
        folders = path.split("/")[:-1]
        if len(folders) > DEEPEST:
            code, where, limit = "folder-too-deep", "/".join(folders[: DEEPEST + 1]), DEEPEST
        else:
            code, where, limit = "path-too-long", path, too_long(path)
        if limit and where not in told:
            told.add(where)
            yield fault(code, Place(_label_joined(label, _shortened(where))), limit=limit)


def is_deep(folder: str) -> bool:
    """Whether a folder, given by its path below the content, exceeds the depth limit."""
    return folder.count("/") >= DEEPEST


def too_long(path: str) -> int:
    """The limit in bytes that a path, or its last name, exceeds; 0 if none."""
    raw = path.encode("utf-8", "surrogatepass")
    if len(raw.rpartition(b"/")[2]) > LONGEST_NAME:
        return LONGEST_NAME
    return LONGEST if len(raw) > LONGEST else 0


def size_in_words(size: int) -> str:
    """A size in bytes for people: 2 MiB, 1.5 GiB, 700 KiB."""
    for unit, bytes_ in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if size >= bytes_:
            return f"{size / bytes_:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} B"


def size_as_option(size: int) -> str:
    """A size in bytes as the value of an option: 2G, 512M, 700."""
    for unit, shift in (("G", 30), ("M", 20), ("K", 10)):
        if size and not size % (1 << shift):
            return f"{size >> shift}{unit}"
    return str(size)


def _heaviest(weights: Iterable[tuple[str, int]]) -> str:
    """The folder with the largest sum of weights of its direct files."""
    folders: Counter[str] = Counter()
    for path, weight in weights:
        folders[path.rpartition("/")[0]] += weight
    return max(folders, key=lambda folder: (folders[folder], folder), default="")


def _label_joined(label: str, path: str) -> str:
    return "/".join(part for part in (label, path) if part) or "."


def _shortened(path: str) -> str:
    """A path shortened for a message."""
    return path if len(path) <= _MOST_SHOWN else path[:_MOST_SHOWN] + "…"


_MOST_SHOWN = 200
