"""Which old files a release carries over for readers who still have older pages open.

Only files with a digest in their name are carried over, and only from the live release to the next
one, so that the result depends on nothing but what this audience was shown. All files of the
previous release are carried; older ones while they are within the limits of age, number and total
size.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace

from jiaozhang.files.hashed_names import is_hashed
from jiaozhang.publisher.compress import SUFFIXES
from jiaozhang.publisher.release import Part

MOST_DAYS = 30
MOST_FILES = 20_000
MOST_BYTES = 128 * 1024 * 1024


def carrying(part: Part, stamp: int, live: Part, live_stamp: int, sizes: Mapping[str, int]) -> Part:
    """Return `part` with the files that it carries over from the live one, released at `stamp`.

    `live_stamp` is the stamp of the live release. `sizes` maps the path of every file that still
    exists there to its size in bytes. A part equal to the live one carries the same files, so that
    publishing for another audience changes nothing here.
    """
    since = {path: live.since.get(path, live_stamp) for path in live.carried if path in sizes}
    if part.files != live.files:
        left = {
            path for path in live.files if is_hashed(path) and path in sizes
        } - part.files.keys()
        young = {
            path: stamp_
            for path, stamp_ in since.items()
            if path not in part.files and stamp - stamp_ <= MOST_DAYS * 24 * 3600
        }
        older = _fitting(young, MOST_FILES - len(left), _bytes(left, sizes), sizes)
        since = {**dict.fromkeys(left, stamp), **dict(older)}
    there = {**live.carried, **live.files}
    return replace(part, carried={path: there[path] for path in since}, since=since)


def _bytes(paths: set[str], sizes: Mapping[str, int]) -> int:
    return sum(sizes[path] for path in paths)


def _fitting(
    since: Mapping[str, int], files: int, used: int, sizes: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    """The newest files within the limits; a file and its compressed copies are kept or dropped
    together.
    """

    def key(path: str) -> tuple[int, str]:
        return -since[path], _plain_path(path)

    for _, group in itertools.groupby(sorted(since, key=key), key):
        paths = list(group)
        files -= len(paths)
        used += sum(sizes[path] for path in paths)
        if files < 0 or used > MOST_BYTES:
            return
        yield from ((path, since[path]) for path in paths)


def _plain_path(path: str) -> str:
    """The path of the uncompressed file: `a.css` for `a.css`, `a.css.gz` and `a.css.br`."""
    return next((path.removesuffix(end) for end in SUFFIXES if path.endswith(end)), path)
