"""Reading what others made costs no more than we allow: a fork does it, under limits of its own.

A file of two megabytes can be made to unpack to terabytes, or to be read for hours. Where a process
cannot be forked, the reading is done in this one, under the limits that it has.
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
    """The reading took more than it may, or broke off."""


def within_limits(read: Callable[[], T], seconds: int = MOST_SECONDS, size: int = MOST_BYTES) -> T:
    """What `read` returns, at no more than these seconds of CPU and bytes of further memory.

    What it returns has to be picklable. TooCostlyError where it does not come to its end.
    """
    # A fork has only the thread that made it: what the others were doing would never end.
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
    """Write the answer and end the fork, whatever happens."""
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
    # No core of a process that was ended on purpose: it would hold the content.
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
