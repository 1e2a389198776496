"""Work side by side: the sites of two audiences share nothing, and machines have two cores.

Each job but the last runs in a fork of this process, so that nothing has to be handed to it; what
it returns comes back through a pipe. Where a process cannot be forked, one job follows the other.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from jiaozhang.faults.escaping import as_lines

T = TypeVar("T")
_PR_SET_PDEATHSIG = 1
# How a fork ends that wants more memory than it may have: by itself, by a library that gives up at
# once, or by the system.
_OUT_OF_MEMORY = 12
_NO_MEMORY = (_OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class _Running(Generic[T]):
    process: int
    pipe: int

    def result(self) -> T:
        with os.fdopen(self.pipe, "rb") as pipe:
            packed = pipe.read()
        _, status = os.waitpid(self.process, 0)
        if os.waitstatus_to_exitcode(status) in _NO_MEMORY:
            raise MemoryError
        if status:
            raise RuntimeError("a build beside this one failed; what it said stands above")
        result: T = pickle.loads(packed)  # noqa: S301 - written by our own fork
        return result


def side_by_side(jobs: Sequence[Callable[[], T]]) -> list[T]:
    """The results of jobs that need nothing of each other, in their order."""
    *others, last = jobs
    if not others or not _can_fork():
        return [job() for job in jobs]
    running = [_start(job) for job in others]
    own = last()
    return [*(one.result() for one in running), own]


def _can_fork() -> bool:
    # A fork has only the thread that made it: what the others were doing would never end.
    is_alone = threading.active_count() == 1
    return hasattr(os, "fork") and is_alone and (os.cpu_count() or 1) > 1


def die_with(parent: int) -> None:
    """Let this process, a fork of `parent`, end when that one does, however that ends."""
    with contextlib.suppress(OSError, AttributeError):  # a system without
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _start(job: Callable[[], T]) -> _Running[T]:
    reading, writing = os.pipe()
    parent = os.getpid()
    process = os.fork()
    if process:
        os.close(writing)
        return _Running(process, reading)
    try:
        die_with(parent)
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(job(), pipe)
        os._exit(0)
    except BrokenPipeError:  # who asked has gone
        os._exit(1)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except BaseException:
        sys.stderr.write(as_lines(traceback.format_exc()))
        sys.stderr.flush()
        os._exit(1)
