"""What a publish pays for its flushes, alone and beside a neighbour who writes without end.

    .venv/bin/python benchmarks/flushing.py [--folder DIR] [--rounds N]

Writes releases as large as the ledger of 2025 makes them (both audiences: 560 folders, 6,000 files,
of which 120 are new and the others linked) and flushes each in one of three ways, in turn: the
files and folders that were written, many at a time, as `publish` does; the same one after another;
the whole file system. Wall and CPU seconds, the median and the worst. The neighbour is `dd`, which
writes the same 2 GB over and over beside it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from jiaozhang.publisher.flush import flush_file_system, flush_one, flush_tree  # noqa: E402

FOLDERS, FILES_EACH, NEW_FOLDERS = 560, 11, 11
SIZE = 4000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", default=None, help="on the disk that is to be measured")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    ways: dict[str, Callable[[Path], None]] = {
        "own files, 16 at a time": flush_tree,
        "own files, one by one": one_by_one,
        "the whole file system": flush_file_system,
    }
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        first = release(folder, 0, None)
        flush_file_system(folder)
        for neighbour in (False, True):
            times: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
            for turn in range(options.rounds):
                for way, flush in ways.items():
                    made = release(folder, turn + 1, first)
                    with writing(folder) if neighbour else idle():
                        times[way].append(timed(flush, made))
                    shutil.rmtree(made)
            tell("beside dd" if neighbour else "alone", times)


def release(folder: Path, number: int, old: Path | None) -> Path:
    """A release of that many files, most of them linked from an older one."""
    made = folder / f"release-{number}-{time.monotonic_ns()}"
    for one in range(FOLDERS):
        below = made / f"{one:03}"
        below.mkdir(parents=True)
        for file in range(FILES_EACH):
            name = below / f"{file}.html"
            if old is None or one < NEW_FOLDERS:
                name.write_bytes(os.urandom(SIZE))
            else:
                name.hardlink_to(old / f"{one:03}" / f"{file}.html")
    return made


def one_by_one(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_dir() or path.stat().st_nlink == 1:
            flush_one(path)
    flush_one(folder)


def timed(flush: Callable[[Path], None], folder: Path) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    flush(folder)
    return time.perf_counter() - wall, time.process_time() - cpu


@contextmanager
def idle() -> Iterator[None]:
    yield


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Somebody else writes to the same disk, and goes on doing it."""
    script = "while :; do dd if=/dev/zero of=noise bs=1M count=2048 conv=notrunc 2>/dev/null; done"
    with subprocess.Popen(["sh", "-c", script], cwd=folder, start_new_session=True) as neighbour:
        time.sleep(2)
        yield
        os.killpg(neighbour.pid, 9)


def tell(title: str, times: dict[str, list[tuple[float, float]]]) -> None:
    print(title)
    for way, found in times.items():
        wall, cpu = zip(*found, strict=True)
        print(
            f"  {way}: {statistics.median(wall):.2f} s (worst {max(wall):.2f}), "
            f"CPU {statistics.median(cpu):.2f} s"
        )


if __name__ == "__main__":
    main()
