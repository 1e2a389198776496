"""What texts cost that were made to cost much: CPU seconds of all that the body of a note passes.

    python3 build.py            # once, so that .venv exists
    .venv/bin/python benchmarks/markdown_cost.py [--size N] [--write] [NAME …]

Each text of tests/costly.py is rendered, compared with its page, searched for slips, cut into
paragraphs, and read for numbers of persons and names, in a process of its own. The goal is one CPU
second for 64 KB. `--write` writes benchmarks/markdown_cost.md.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from costly import a_body, generators  # noqa: E402

GOAL, LIMIT = 1.0, 30
SHOWN = 25


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", help="only generators whose name holds one of these")
    parser.add_argument("--size", type=int, default=65_536)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = {
        name: cost(lambda make=make: a_body(make(options.size)))
        for name, make in generators().items()
        if not options.names or any(word in name for word in options.names)
    }
    ordered = sorted(found.items(), key=lambda pair: -pair[1])
    for name, seconds in ordered if options.names else ordered[:SHOWN]:
        print(f"{seconds:6.2f} s  {name}")
    if options.write:
        path = ROOT / "benchmarks" / "markdown_cost.md"
        path.write_text(report(ordered, options.size), encoding="utf-8")


def cost(work: Callable[[], None]) -> float:
    """CPU seconds in a fork that is ended after `LIMIT` of them; of the dear, the best of three."""
    first = _once(work)
    return first if first < GOAL / 2 else min(first, _once(work), _once(work))


def _once(work: Callable[[], None]) -> float:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        start = time.process_time()
        work()
        os.write(writing, f"{time.process_time() - start}".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return float(told) if told else float("inf")


def report(ordered: list[tuple[str, float]], size: int) -> str:
    times = [seconds for _, seconds in ordered]
    beyond = [name for name, seconds in ordered if seconds > GOAL]
    rows = "".join(
        f"| {name.replace('|', chr(92) + '|')} | {s:.2f} |\n" for name, s in ordered[:SHOWN]
    )
    return (
        "# What texts cost that were made to cost much\n\n"
        "Written by `benchmarks/markdown_cost.py --write`, which says what is measured: "
        f"{len(times)} texts of\n{size:,} characters, CPU seconds of one shared "
        f"machine, of the dear the best of three runs. Median {statistics.median(times):.2f} s;\n"
        f"{len(beyond)} are above the goal of {GOAL:.0f} s. That twice the size costs no more than "
        "2.5 times as much\nis held by `tests/test_growth.py`.\n\n"
        f"| the {SHOWN} dearest | CPU s |\n| --- | --- |\n{rows}"
    )


if __name__ == "__main__":
    main()
