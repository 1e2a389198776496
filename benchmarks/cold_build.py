"""What a cold build costs: CPU seconds of the process, beside an interpreter that does nothing.

    python3 build.py            # once, so that .venv exists
    .venv/bin/python benchmarks/cold_build.py [--content DIR] [--runs N]

Machines differ and are shared: compare the ratio, and CPU seconds on one machine, never wall time.
The budget for content/ is 2 CPU seconds.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--content", default=str(ROOT / "content"))
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    idle = cpu_seconds(["-c", "pass"], options.runs)
    with tempfile.TemporaryDirectory() as out:
        words = ["-m", "portal", "build", "--content", options.content, "--out", out, "--clean"]
        build = cpu_seconds(words, options.runs)
    for name, seconds in (("interpreter", idle), ("cold build", build)):
        middle = statistics.median(seconds)
        ratio = middle / statistics.median(idle)
        print(f"{name:12} min {min(seconds):.2f} s  median {middle:.2f} s  {ratio:.0f}x")


def cpu_seconds(words: list[str], runs: int) -> list[float]:
    """User and system time of a Python process, for each run."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    seconds = []
    for _ in range(runs):
        before = children()
        subprocess.run([sys.executable, *words], env=environment, check=True, capture_output=True)
        seconds.append(children() - before)
    return seconds


def children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
