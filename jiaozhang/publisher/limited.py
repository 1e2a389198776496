"""Run a function in a child process with limited memory and time.

The child is a fork, so that no arguments have to be passed to it; its result comes back through a
pipe, pickled. The child leads its own process group, which includes everything that it starts. The
parent enforces the time limit by killing the group; the system enforces the memory limit
(RLIMIT_AS, for each process).
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
# Replies of a child without a result.
_NO_MEMORY, _BROKEN = b"M", b"B"
_ANSWER, _REFUSAL = b"A", b"R"
# Phrases in errors of libraries and git that mean: out of memory.
_WANT = (
    "failed to map segment", "cannot allocate memory", "out of memory", "can't start new thread",
)  # fmt: skip
# Size in bytes of the length field before a reply; an incomplete reply is discarded.
_LENGTH = 8
# If less than one part in so many is left, the memory counts as used up.
_SPARE = 16


class LimitError(Exception):
    """The child exceeded its limit of memory or time; `limit` is that limit in words."""

    def __init__(self, what: Literal["memory", "time"], limit: str) -> None:
        super().__init__(what, limit)
        self.what = what
        self.limit = limit

    def __str__(self) -> str:
        return f"--limit-{self.what} {self.limit}"


class WorkError(Exception):
    """The child ended because of a bug of ours; its traceback is on standard error."""


def limited(work: Callable[[], T], limits: Limits, expected: tuple[type[Exception], ...] = ()) -> T:
    """Run `work` in a child; an `OSError` or an `expected` exception in it is raised here too.

    Raises `LimitError` or `WorkError`. The caller removes files that the child left behind.
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
    # Until it is reaped, its process ID is not reused.
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    status = _end(process)
    result: T = pickle.loads(_checked(answer, status, limits))  # noqa: S301 - our own fork's
    return result


def _answer(pipe: int, limits: Limits) -> bytes:
    """All that arrives through a pipe before the time limit."""
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
    """Kill a process and its group; return its exit status."""
    for end in (os.killpg, os.kill):  # it may have no group of its own yet
        with contextlib.suppress(ProcessLookupError, PermissionError):
            end(process, signal.SIGKILL)
    return os.waitpid(process, 0)[1]


def _checked(answer: bytes, status: int, limits: Limits) -> bytes:
    """The pickled result in a reply; raises the child's exception, or one for the missing reply."""
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
    # Some libraries abort the process when allocation fails, and the system may kill it.
    raise LimitError("memory", size_in_words(limits.memory))


def _work(
    work: Callable[[], object],
    limits: Limits,
    expected: tuple[type[Exception], ...],
    pipe: int,
    parent: int,
) -> NoReturn:
    """Run the work in the child and send the reply; never returns."""
    try:
        os.setsid()
        die_with(parent)
        # In case the parent dies: a build has one thread, so its CPU time cannot exceed its wall
        # time.
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
    """Whether memory is nearly used up: a failure is then no bug of ours."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    except (OSError, MemoryError):
        return False
    return pages * resource.getpagesize() > limits.memory - limits.memory // _SPARE


def _chain(reason: BaseException | None) -> Iterator[BaseException]:
    """An exception and its causes and contexts: a library may raise its own after a MemoryError."""
    while reason is not None:
        yield reason
        reason = reason.__cause__ or reason.__context__


def _is_want(reason: BaseException) -> bool:
    """Whether an exception means that memory ran out."""
    number = reason.errno if isinstance(reason, OSError) else 0
    words = str(reason).lower()
    is_told = any(want in words for want in _WANT)
    return isinstance(reason, MemoryError) or number == errno.ENOMEM or is_told


def _packed(kind: bytes, value: object) -> bytes:
    packed = pickle.dumps(value, 5)
    return b"".join((kind, len(packed).to_bytes(_LENGTH), packed))


def _set(what: int, limit: int) -> None:
    """Set a soft limit, at most the existing hard limit."""
    with contextlib.suppress(ValueError):  # some systems do not support this limit
        hard = resource.getrlimit(what)[1]
        own = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (own, own))
