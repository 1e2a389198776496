"""Parse untrusted files in a forked child process with limits of CPU time and memory.

A file of two megabytes can unpack to terabytes, or take hours to parse. Where the process cannot
fork, the file is parsed in this process without further limits.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

MOST_SECONDS = 20
MOST_BYTES = 2**30


class TooCostlyError(Exception):
    """The function exceeded its limits, or its process died."""


def within_limits(read: Callable[[], T], seconds: int = MOST_SECONDS, size: int = MOST_BYTES) -> T:
    """Return `read()`, limited to `seconds` of CPU time and `size` bytes of additional memory.

    The result must be picklable. Raises TooCostlyError where it does not finish.
    """
    # A forked child has only the calling thread: locks held by other threads would never be
    # released.
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return read()
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        _answer(read, writing, seconds, size)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        packed = pipe.read()
    _, status = os.waitpid(process, 0)
    if status:
        raise TooCostlyError
    result: T = pickle.loads(packed)  # noqa: S301 - written by our own fork
    return result


def _answer(read: Callable[[], T], writing: int, seconds: int, size: int) -> None:
    """Write the result to the pipe and exit, whatever happens."""
    code = 1
    try:
        _limit(seconds, size)
        packed = pickle.dumps(read())
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(packed)
        code = 0
    finally:
        os._exit(code)


def _limit(seconds: int, size: int) -> None:
    import resource  # Unix only, as is fork

    _lower(resource.RLIMIT_CPU, seconds)
    # No core dump of a process killed on purpose: it would contain the content.
    _lower(resource.RLIMIT_CORE, 0)
    own = Path("/proc/self/statm")
    if own.exists():
        pages = int(own.read_text(encoding="ascii").split()[0])
        _lower(resource.RLIMIT_AS, pages * resource.getpagesize() + size)


def _lower(limit: int, wanted: int) -> None:
    import resource

    soft, hard = resource.getrlimit(limit)
    given = [one for one in (soft, hard, wanted) if one != resource.RLIM_INFINITY]
    resource.setrlimit(limit, (min(given), hard))
