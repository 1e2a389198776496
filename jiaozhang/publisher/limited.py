"""Run a piece of work in a process of its own that may take so much memory and time, and no more.

The work runs in a fork, so that nothing has to be handed to it; what it returns comes back through
a pipe. The fork leads a process group with everything that it starts. The time is kept by the
caller's process, which ends the whole group; the memory by the system (RLIMIT_AS, each process).
"""

from __future__ import annotations

import contextlib
import errno
import os
import pickle
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NoReturn, TypeVar

from jiaozhang.faults.escaping import as_lines
from jiaozhang.files.bounds import size_in_words
from jiaozhang.processes.limits import Limits
from jiaozhang.processes.parallel import die_with

T = TypeVar("T")

_PIECE = 1 << 16
# How a piece of work ends that has no answer.
_NO_MEMORY, _BROKEN = b"M", b"B"
_ANSWER, _REFUSAL = b"A", b"R"
# What libraries and git say that could not be loaded, or not go on, for want of memory.
_WANT = (
    "failed to map segment", "cannot allocate memory", "out of memory", "can't start new thread",
)  # fmt: skip
# Bytes that say how long an answer is: half of one is none.
_LENGTH = 8
# This part of the memory counts as used up.
_SPARE = 16


class LimitError(Exception):
    """A piece of work was ended because it took too much; `limit` is what it was allowed."""

    def __init__(self, what: Literal["memory", "time"], limit: str) -> None:
        super().__init__(what, limit)
        self.what = what
        self.limit = limit

    def __str__(self) -> str:
        return f"--limit-{self.what} {self.limit}"


class WorkError(Exception):
    """A piece of work ended by a fault of ours; what it said stands on standard error."""


def limited(work: Callable[[], T], limits: Limits, expected: tuple[type[Exception], ...] = ()) -> T:
    """The result of some work; an `OSError`, or what is `expected`, is raised here as it was there.

    Raises `LimitError`. What the work wrote until it was ended is the caller's to remove.
    """
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    process = os.fork()
    if not process:
        os.close(reading)
        _work(work, limits, (OSError, *expected), writing, parent)
    os.close(writing)
    try:
        answer = _answer(reading, limits)
    except BaseException:
        _end(process)
        raise
    finally:
        os.close(reading)
    # Until it is waited for, its number is nobody else's.
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    status = _end(process)
    result: T = pickle.loads(_checked(answer, status, limits))  # noqa: S301 - our own fork's
    return result


def _answer(pipe: int, limits: Limits) -> bytes:
    """All that comes through a pipe before the time has passed."""
    deadline = time.monotonic() + limits.seconds
    pieces: list[bytes] = []
    size = 0
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise LimitError("time", f"{limits.seconds} s")
        piece = os.read(pipe, _PIECE)
        if not piece:
            return b"".join(pieces)
        size += len(piece)
        if size > limits.memory:
            raise LimitError("memory", size_in_words(limits.memory))
        pieces.append(piece)


def _end(process: int) -> int:
    """End a process and everything that it started; return its status."""
    for end in (os.killpg, os.kill):  # it may not have got as far as leading its group
        with contextlib.suppress(ProcessLookupError, PermissionError):
            end(process, signal.SIGKILL)
    return os.waitpid(process, 0)[1]


def _checked(answer: bytes, status: int, limits: Limits) -> bytes:
    """The packed result in an answer; raises what the answer, or the want of one, tells."""
    kind, packed = answer[:1], answer[1 + _LENGTH :]
    is_whole = len(packed) == int.from_bytes(answer[1 : 1 + _LENGTH])
    if kind == _ANSWER and is_whole:
        return packed
    if kind == _REFUSAL and is_whole:
        refusal: Exception = pickle.loads(packed)  # noqa: S301 - as above
        raise refusal
    if kind == _BROKEN:
        raise WorkError
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        raise LimitError("time", f"{limits.seconds} s")
    # Some libraries give up at once where there is no memory, and so does the system.
    raise LimitError("memory", size_in_words(limits.memory))


def _work(
    work: Callable[[], object],
    limits: Limits,
    expected: tuple[type[Exception], ...],
    pipe: int,
    parent: int,
) -> NoReturn:
    """Do the work in the fork and answer; never returns."""
    try:
        os.setsid()
        die_with(parent)
        # Where nobody is left who keeps the time: a build is one thread and cannot take longer.
        _set(resource.RLIMIT_CPU, limits.seconds + 1)
        _set(resource.RLIMIT_AS, limits.memory)
        answer = _packed(_ANSWER, work())
    except BaseException as reason:
        answer = _told(reason, expected, limits)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
        while answer:
            answer = answer[os.write(pipe, answer) :]
    finally:
        os._exit(0)


def _told(reason: BaseException, expected: tuple[type[Exception], ...], limits: Limits) -> bytes:
    if any(_is_want(one) for one in _chain(reason)):
        return _NO_MEMORY
    if isinstance(reason, expected):
        return _packed(_REFUSAL, reason)
    if _is_at_the_limit(limits):
        return _NO_MEMORY
    sys.stderr.write(as_lines(traceback.format_exc()))
    return _BROKEN


def _is_at_the_limit(limits: Limits) -> bool:
    """Whether hardly anything is left: what fails then is not a fault of ours."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    except (OSError, MemoryError):
        return False
    return pages * resource.getpagesize() > limits.memory - limits.memory // _SPARE


def _chain(reason: BaseException | None) -> Iterator[BaseException]:
    """A fault, and those that it followed from: a library may raise one of its own instead."""
    while reason is not None:
        yield reason
        reason = reason.__cause__ or reason.__context__


def _is_want(reason: BaseException) -> bool:
    """Whether a fault tells that there was no memory left."""
    number = reason.errno if isinstance(reason, OSError) else 0
    words = str(reason).lower()
    is_told = any(want in words for want in _WANT)
    return isinstance(reason, MemoryError) or number == errno.ENOMEM or is_told


def _packed(kind: bytes, value: object) -> bytes:
    packed = pickle.dumps(value, 5)
    return b"".join((kind, len(packed).to_bytes(_LENGTH), packed))


def _set(what: int, limit: int) -> None:
    """Set a limit, and none above the one that is there already."""
    with contextlib.suppress(ValueError):  # some systems know no such limit
        hard = resource.getrlimit(what)[1]
        own = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (own, own))
