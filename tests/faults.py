"""Put into a process by the tests of the publisher: it dies, or its disk is full, at the n-th call.

Runs as `python faults.py HOW N LOG jiaozhang words…`. HOW is `count`, `kill`, `full` or `broken` (a
flush that fails). Python's audit events tell of every call that changes the file system before it
happens, whoever makes it; fsync and syncfs, which have none, are wrapped.
"""

from __future__ import annotations

import errno
import mmap
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

CHANGES = {
    "os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "os.utime",
    "os.chmod", "os.truncate",
}  # fmt: skip
_SIZE = 8
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Faults:
    """Counts the calls that concern one folder, and strikes at one of them."""

    def __init__(self, how: str, at: int, record: Path, root: str) -> None:
        self.how, self.at, self.root = how, at, root
        # A publisher builds in a fork of itself: both count on, and both die.
        self.counted = mmap.mmap(-1, mmap.PAGESIZE)
        self.main = os.getpid()
        self.record = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.one_at_a_time = threading.Lock()

    def hook(self, event: str, args: tuple[object, ...]) -> None:
        if event == "open":
            flags = args[2]
            if isinstance(flags, int) and flags & WRITING:
                self.strike("open", args[:1])
        elif event in CHANGES:
            self.strike(event, args)

    def strike(self, event: str, args: tuple[object, ...]) -> None:
        named = " ".join(os.fsdecode(arg) for arg in args if isinstance(arg, str | bytes | Path))
        if args and self.root not in named and event != "os.chmod":
            return
        with self.one_at_a_time:  # files are flushed by several threads
            os.write(self.record, f"{event} {named}\n".encode())
            count = int.from_bytes(self.counted[:_SIZE]) + 1
            self.counted[:_SIZE] = count.to_bytes(_SIZE)
            self._strike(event, count)

    def _strike(self, event: str, count: int) -> None:
        if self.how == "kill" and count == self.at:
            for process in (self.main, os.getpid()):
                os.kill(process, signal.SIGKILL)
        if self.how == "full" and count >= self.at and event in ("open", "os.mkdir", "write"):
            raise OSError(errno.ENOSPC, "No space left on device")
        if self.how == "broken" and count >= self.at and event == "fsync":
            raise OSError(errno.EIO, "Input/output error")


def main() -> int:
    how, at, record, *words = sys.argv[1:]
    root = words[words.index("--root") + 1]
    from jiaozhang.cli.main import main as run
    from jiaozhang.publisher import flush

    faults = Faults(how, int(at), Path(record), root)
    real_fsync: Callable[[int], None] = os.fsync
    real_flush = flush._syncfs

    def fsync(handle: int) -> None:
        faults.strike("fsync", (str(Path(f"/proc/self/fd/{handle}").readlink()),))
        real_fsync(handle)

    def syncfs(handle: int) -> bool:
        faults.strike("syncfs", (str(Path(f"/proc/self/fd/{handle}").readlink()),))
        return real_flush(handle)

    os.fsync = fsync
    flush._syncfs = syncfs
    sys.addaudithook(faults.hook)
    return run(words)


if __name__ == "__main__":
    sys.exit(main())
