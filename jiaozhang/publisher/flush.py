"""Flush written files to disk (fsync) before a release goes live.

Each file and folder is flushed separately, because flushing the whole file system would wait for
other programs' writes. Many are flushed in parallel: a disk combines them.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

AT_A_TIME = 16
# Some file systems cannot fsync a folder.
_UNABLE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF)


def flush_tree(folder: Path) -> None:
    """Flush a new folder: all folders in it, and the files that were written, not hard-linked.

    The source of a hard link was flushed when it was written.
    """
    flush_each(_written(folder), folder)


def flush_each(paths: Iterable[Path], folder: Path) -> None:
    """Flush files and folders; if that is not supported, the whole file system of `folder`."""
    from concurrent.futures import (
        ThreadPoolExecutor,
    )  # imported here: costs 15 ms, builds do not need it

    try:
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            for _ in pool.map(flush_one, paths):
                pass
    except OSError as reason:
        if reason.errno not in _UNABLE:
            raise
        flush_file_system(folder)


def flush_file_system(folder: Path) -> None:
    """Flush everything written to the file system that `folder` lies on."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        if not _syncfs(handle):
            os.sync()  # no syncfs on this system: flush all file systems
    finally:
        os.close(handle)


def flush_one(path: Path) -> None:
    """Flush one file, or a folder's entries, so that a rename into it survives a power failure."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _written(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as listing:
        entries = list(listing)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _written(Path(entry.path))
        elif entry.is_file(follow_symlinks=False) and entry.stat().st_nlink == 1:
            yield Path(entry.path)
    yield folder


def _syncfs(handle: int) -> bool:
    try:
        call = ctypes.CDLL(None, use_errno=True).syncfs
    except (OSError, AttributeError):
        return False
    if call(handle) != 0:
        # The disk failed to store the data: the release must not go live.
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return True
