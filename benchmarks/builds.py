"""What builds cost: CPU seconds of the process, beside an interpreter that does nothing.

    python3 build.py            # once, so that .venv exists
    .venv/bin/python benchmarks/builds.py [--content DIR] [--runs N]

A cold build remembers nothing; the next two are new processes that remember the one before, with
a sentence added to one note, and with nothing changed. Machines differ and are shared: compare the
ratio, and CPU seconds on one machine, never wall time. The budget of a cold build is 2 CPU seconds.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--content", default=str(ROOT / "content"))
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = Path(shutil.copytree(options.content, folder / "content"))
        note = next(n for n in sorted(content.glob("*/notes/*/*.md")) if is_open(n))
        build = [
            "-m",
            "jiaozhang",
            "build",
            "--content",
            str(content),
            "--out",
            str(folder / "out"),
        ]

        def write_more() -> None:
            text = note.read_text(encoding="utf-8")
            note.write_text(f"{text}\n又完成一处。\n", encoding="utf-8")

        rows: tuple[tuple[str, list[str], Callable[[], None]], ...] = (
            ("interpreter", ["-c", "pass"], nothing),
            ("cold build", [*build, "--clean"], nothing),
            ("warming up", build, nothing),
            ("one note changed", build, write_more),
            ("nothing changed", build, nothing),
        )
        idle = None
        for row, words, before in rows:
            seconds = cpu_seconds(words, folder / "memory", options.runs, before)
            middle = statistics.median(seconds)
            idle = idle or middle
            if row != "warming up":
                ratio = middle / idle
                print(f"{row:18} min {min(seconds):.2f} s  median {middle:.2f} s  {ratio:.0f}x")


def nothing() -> None:
    """Change nothing before a run."""


def is_open(note: Path) -> bool:
    """Tell whether a note may be changed without a review of its text."""
    return "reviews:" not in note.read_text(encoding="utf-8")


def cpu_seconds(
    words: list[str], memory: Path, runs: int, before: Callable[[], None]
) -> list[float]:
    """User and system time of a Python process, for each run."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CACHE_DIRECTORY": str(memory)}
    seconds = []
    for _ in range(runs):
        before()
        start = children()
        subprocess.run([sys.executable, *words], env=environment, check=True, capture_output=True)
        seconds.append(children() - start)
    return seconds


def children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
