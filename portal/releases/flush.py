"""What was written reaches the disk before anybody is sent to it.

A release holds thousands of files: one flush of its file system costs less than one of each.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path


def flush_file_system(folder: Path) -> None:
    """Flush everything written to the file system that `folder` lies on."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        if not _syncfs(handle):
            os.sync()  # the system has no syncfs: all file systems then
    finally:
        os.close(handle)


def flush_one(path: Path) -> None:
    """Flush one file, or the names in a folder: what was renamed into it survives a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _syncfs(handle: int) -> bool:
    try:
        call = ctypes.CDLL(None, use_errno=True).syncfs
    except (OSError, AttributeError):
        return False
    if call(handle) != 0:
        # A disk that could not take what was written: the release must not go live.
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return True
