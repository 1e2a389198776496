"""Run independent jobs in parallel: the sites of two audiences share nothing.

Each job but the last runs in a forked child, so that no arguments have to be passed; its pickled
result comes back through a pipe. Where the process cannot fork, the jobs run one after the other.
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
# Exit code of a child that ran out of memory: a MemoryError, a library that aborts, or a kill by
# the system.
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
    """Run independent jobs in parallel; returns their results in order."""
    *others, last = jobs
    if not others or not _can_fork():
        return [job() for job in jobs]
    running = [_start(job) for job in others]
    own = last()
    return [*(one.result() for one in running), own]


def _can_fork() -> bool:
    # A forked child has only the calling thread: locks held by other threads would never be
    # released.
    is_alone = threading.active_count() == 1
    return hasattr(os, "fork") and is_alone and (os.cpu_count() or 1) > 1


def die_with(parent: int) -> None:
    """Make the system kill this process when its parent `parent` dies."""
    with contextlib.suppress(OSError, AttributeError):  # not supported by this system
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
    except BrokenPipeError:  # the parent closed the pipe
        os._exit(1)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except BaseException:
        sys.stderr.write(as_lines(traceback.format_exc()))
        sys.stderr.flush()
        os._exit(1)
