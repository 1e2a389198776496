"""How long a push takes until it is live, through a bare repository with both hooks.

    python3 build.py            # once, so that .venv exists
    .venv/bin/python benchmarks/push_to_live.py [--content DIR] [--runs N]

Each push changes the title of one task. The goal is a median of 5 seconds on an idle machine;
where others share it, read the CPU seconds, which hold the pusher, both hooks and the publisher.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHO = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--content", default=str(ROOT / "content"))
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = zip(*pushes(Path(folder), Path(options.content), options.runs), strict=True)
    print(f"push to live: {statistics.median(wall):.2f} s, CPU {statistics.median(cpu):.2f} s")


def pushes(folder: Path, content: Path, runs: int) -> list[tuple[float, float]]:
    bare, city = folder / "city.git", folder / "city"
    shutil.copytree(content, city / "content")
    shutil.copy(ROOT / "site.toml", city)
    git(folder, "init", "--bare", "-b", "main", str(bare))
    git(city, "init", "-b", "main")
    hooks = ["install-hooks", "--repo", str(bare), "--root", str(folder / "root")]
    subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *hooks], check=True, stdout=subprocess.DEVNULL
    )
    commit_and_push(city, bare)  # the first one writes every file
    tasks = sorted(city.glob("content/*/tasks/*.yaml"))
    times = []
    for number in range(runs):
        text = tasks[number].read_text(encoding="utf-8")
        changed = re.sub("(?m)^title: .*$", f"title: 第{number}次", text)
        tasks[number].write_text(changed, encoding="utf-8")
        times.append(commit_and_push(city, bare))
    return times


def commit_and_push(city: Path, bare: Path) -> tuple[float, float]:
    git(city, "add", "-A")
    git(city, "commit", "-m", "x")
    start, before = time.perf_counter(), spent()
    git(city, "push", str(bare), "main")
    return time.perf_counter() - start, spent() - before


def spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def git(folder: Path, *words: str) -> None:
    environment = {n: v for n, v in os.environ.items() if not n.startswith(("GIT_", "PYTHON"))}
    subprocess.run(
        ["git", *WHO, "-C", str(folder), *words],
        env=environment,
        check=True,
        capture_output=True,
    )


if __name__ == "__main__":
    main()
