"""What our configuration costs nginx: requests per second beside a plain one.

    python3 build.py test -- -k nothing     # once, so that .venv has the tests' tools
    .venv/bin/python benchmarks/serving.py [--rounds N] [--seconds N]

The same page, compressed beforehand, from the same files; rounds alternate and only their ratio
counts, since machines differ and are shared. It has to be at least 0.9. Uses `wrk` where it is
installed (Debian has it), else a small client of our own.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from portal.nginx import Host  # noqa: E402
from servers import ERRORS, Releases, built, free_port, hold, running, text_of  # noqa: E402

PAGE = "/2025/tasks/004/"
PLAIN = """
server {{
    listen {port};
    root {root}/current/intranet;
    include /etc/nginx/mime.types;
    index index.html;
    gzip_static on;
}}
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=3)
    options = parser.parse_args()
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if nginx is None:
        sys.exit("nginx is not installed")
    with tempfile.TemporaryDirectory() as folder:
        ratios = compare(nginx, Path(folder), options.rounds, options.seconds)
    print(f"ratio: median {statistics.median(ratios):.3f}  min {min(ratios):.3f}", end="")
    print(f"  max {max(ratios):.3f}  ({len(ratios)} rounds, {client()})")
    sys.exit(statistics.median(ratios) < 0.9)


def compare(nginx: str, folder: Path, rounds: int, seconds: int) -> list[float]:
    """Ours over plain, a figure for each round."""
    releases = Releases(folder / "root")
    releases.switch(releases.place({"intranet": built("examples/demo", "intranet")}))
    ours = Host("intranet", str(folder / "root"), str(ERRORS), port=free_port(), ipv6=False)
    plain = free_port()
    confs = {"ours": text_of(ours), "plain": PLAIN.format(port=plain, root=folder / "root")}
    ratios = []
    with running(nginx, hold(folder, confs), (ours.port, plain)):
        for turn in range(rounds):
            order = (ours.port, plain) if turn % 2 else (plain, ours.port)
            rates = {port: rate(port, seconds) for port in order}
            ratios.append(rates[ours.port] / rates[plain])
            print(f"ours {rates[ours.port]:8.0f}/s  plain {rates[plain]:8.0f}/s", flush=True)
    return ratios


def client() -> str:
    return "wrk" if shutil.which("wrk") else "our own client"


def rate(port: int, seconds: int) -> float:
    """Answers per second."""
    address = f"http://127.0.0.1:{port}{PAGE}"
    wrk = shutil.which("wrk")
    if wrk is None:
        return asyncio.run(_rate(port, seconds))
    words = [wrk, "-t", "1", "-c", "16", "-d", f"{seconds}s", "-H", "Accept-Encoding: gzip"]
    done = subprocess.run([*words, address], capture_output=True, text=True, check=True)
    found = re.search(r"Requests/sec: +([\d.]+)", done.stdout)
    if not found or "Non-2xx" in done.stdout:
        sys.exit(done.stdout)
    return float(found[1])


async def _rate(port: int, seconds: int) -> float:
    until = time.monotonic() + seconds
    counts = await asyncio.gather(*(_count(port, until) for _ in range(16)))
    return sum(counts) / seconds


async def _count(port: int, until: float) -> int:
    asked = f"GET {PAGE} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    count = 0
    while time.monotonic() < until:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        closes = False
        while not closes and time.monotonic() < until:
            writer.write(asked)
            head = await reader.readuntil(b"\r\n\r\n")
            size = re.search(rb"Content-Length: (\d+)", head)
            await reader.readexactly(int(size[1]) if size else 0)
            closes = b"Connection: close" in head
            count += 1
        writer.close()
        await writer.wait_closed()
    return count


if __name__ == "__main__":
    main()
