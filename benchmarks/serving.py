"""What our configuration costs nginx beside a plain one: requests per second, and processor time.

    python3 build.py test -- -k nothing     # once, so that .venv has the tests' tools
    .venv/bin/python benchmarks/serving.py [--rounds N] [--seconds N] [--parts]

Both serve the same files, compressed beforehand, of the ledger in content/. Each has an nginx of
its own with one worker; rounds alternate, and only ratios count, since machines differ and are
shared: medians over the rounds, of the clock and of the worker's own processor time. Two loads:

- visits: a page, its style sheet and its script, then the connection is closed. At least 0.9.
- pages: nothing but pages, on connections that are never closed. This is what looking up the
  release costs at its dearest: five or six calls of readlink beside the six calls of a page.

With `--parts` the intranet's pages are asked of our configuration without one part at a time, all
in the same rounds: what each part costs.

Needs `wrk` (Debian has it).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import servers  # noqa: E402
from jiaozhang.server.nginx_config import Host  # noqa: E402

PAGES = ("/", "/2025/tasks/023/", "/2025/units/kejiju/", "/2025/tasks/")
# `wrk` asks its script for every request.
SCRIPT = """
local paths, turn = {{ {paths} }}, 0
function request()
  turn = turn % #paths + 1
  local last = {closing} and turn % 3 == 0
  return wrk.format("GET", paths[turn], {{
    ["Accept-Encoding"] = "gzip", ["Connection"] = last and "close" or "keep-alive" }})
end
"""
LEAST = 0.9
# What is taken out of our configuration, and what stands there instead.
PARTS = {
    "the release (readlink)": (r"\$\w+_release_of_file;", "{release};"),
    "the headers": (r"(?m)^    add_header .*\n", ""),
    "only GET and HEAD": (r"limit_except GET HEAD {\s*deny all;\s*}", ""),
    "hidden files (regex)": (r"(?s)location ~ \(/.*?}", ""),
    "the charset": (r"(?s)charset utf-8;.*?xml;", ""),
    "reading, not sendfile": (r"sendfile off;", "sendfile on;"),
}
PLAIN = """
server {{
    listen {port}{tls};
    root {root}/current/{audience};
    include /etc/nginx/mime.types;
    index index.html;
    gzip_static on;
}}
"""


@dataclass(frozen=True)
class Seen:
    """An nginx that runs: where, and the process whose time is taken."""

    address: str
    worker: int


@dataclass(frozen=True)
class Cost:
    """Seconds that an answer took: of the worker's processor, and by the clock."""

    processor: float
    clock: float


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=int, default=1)
    parser.add_argument("--parts", action="store_true")
    options = parser.parse_args()
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    openssl = shutil.which("openssl")
    if not (nginx and openssl and shutil.which("wrk")):
        sys.exit("nginx, openssl and wrk are needed")
    with tempfile.TemporaryDirectory() as folder:
        if options.parts:
            measure_parts(nginx, Path(folder), options.rounds, options.seconds)
            return
        worst = measure(nginx, openssl, Path(folder), options.rounds, options.seconds)
    sys.exit(worst < LEAST)


def measure(nginx: str, openssl: str, folder: Path, rounds: int, seconds: int) -> float:
    """Print the costs of both kinds of host under both loads; return the worst ratio of visits."""
    site = servers.built("content", "public")
    releases = servers.Releases(folder)
    releases.switch(releases.place({"public": site, "intranet": site}))
    scripts = {load: script(folder, site, load) for load in ("visits", "pages")}
    chain, key = servers.certificate(folder, openssl)
    # The same TLS for both: which versions are spoken is policy, and the newest is the dearest.
    tls = " ssl http2; ssl_protocols TLSv1.2 TLSv1.3; "
    tls += f"ssl_certificate {chain}; ssl_certificate_key {key}"
    found = []
    for kind, listens in (("public", tls), ("intranet", "")):
        ports = servers.free_port(), servers.free_port()
        plain = PLAIN.format(port=ports[1], tls=listens, root=folder, audience=kind)
        ours = Host(
            kind,
            str(folder),
            str(servers.ERRORS),
            ("127.0.0.1",),
            certificate=str(chain),
            key=str(key),
            port=ports[0],
            ipv6=False,
        )
        with contextlib.ExitStack() as stack:
            pair = [
                stack.enter_context(serving(nginx, folder / f"{kind}{port}", port, text, listens))
                for port, text in zip(ports, (servers.text_of(ours), plain), strict=True)
            ]
            for load, file in scripts.items():
                ratio = compare(f"{kind} {load}", pair, file, rounds, seconds)
                found += [ratio] if load == "visits" else []
    return min(found)


def measure_parts(nginx: str, folder: Path, rounds: int, seconds: int) -> None:
    """Print what a page costs in processor time: plain, ours, and ours without each part."""
    site = servers.built("content", "public")
    releases = servers.Releases(folder)
    releases.switch(releases.place({"intranet": site}))
    pages = script(folder, site, "pages")
    names = ["plain", "ours", *PARTS]
    costs: dict[str, list[Cost]] = {name: [] for name in names}
    with contextlib.ExitStack() as stack:
        running = {}
        for number, name in enumerate(names):
            port = servers.free_port()
            text = without(name, folder, port)
            place = folder / str(number)
            running[name] = stack.enter_context(serving(nginx, place, port, text, ""))
        for turn in range(rounds):
            first = turn % len(names)
            for name in names[first:] + names[:first]:
                costs[name].append(cost(running[name], pages, seconds))
    for name in names:
        pairs = zip(costs["plain"], costs[name], strict=True)
        ratio = statistics.median(plain.processor / own.processor for plain, own in pairs)
        label = name if name in ("plain", "ours") else f"without {name}"
        print(f"{label:32} {show(costs[name])}   {ratio:.3f} of plain by processor time")


def without(name: str, folder: Path, port: int) -> str:
    """The plain configuration, ours, or ours without a part."""
    if name == "plain":
        return PLAIN.format(port=port, tls="", root=folder, audience="intranet")
    ours = servers.text_of(
        Host("intranet", str(folder), str(servers.ERRORS), ("127.0.0.1",), port=port, ipv6=False)
    )
    if name == "ours":
        return ours
    pattern, instead = PARTS[name]
    text, count = re.subn(pattern, instead, ours)
    if not count or text == ours:
        sys.exit(f"nothing to take out: {name}")
    return text.replace("{release};", f"{(folder / 'current').resolve().name};")


def script(folder: Path, site: servers.Files, load: str) -> Path:
    assets = [f"/{path}" for path in site if path.startswith("assets/site.")]
    paths = PAGES if load == "pages" else [own for page in PAGES for own in (page, *assets)]
    file = folder / f"{load}.lua"
    listed = ", ".join(f'"{path}"' for path in paths)
    file.write_text(SCRIPT.format(paths=listed, closing=str(load == "visits").lower()))
    return file


@contextlib.contextmanager
def serving(nginx: str, folder: Path, port: int, text: str, tls: str) -> Iterator[Seen]:
    main_file = servers.hold(folder, {"site": text})
    one = main_file.read_text().replace("worker_processes 2", "worker_processes 1")
    main_file.write_text(one)
    with servers.running(nginx, main_file, (port,)):
        master = (folder / "nginx.pid").read_text().strip()
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        yield Seen(f"http{'s' if tls else ''}://127.0.0.1:{port}", int(children[0]))


def compare(name: str, pair: list[Seen], script: Path, rounds: int, seconds: int) -> float:
    """Print what an answer costs and return the ratio by the clock."""
    ours: list[Cost] = []
    plain: list[Cost] = []
    both = [(pair[0], ours), (pair[1], plain)]
    for turn in range(rounds):
        for seen, costs in both if turn % 2 else both[::-1]:
            costs.append(cost(seen, script, seconds))
    clock = statistics.median(p.clock / o.clock for o, p in zip(ours, plain, strict=True))
    processor = statistics.median(
        p.processor / o.processor for o, p in zip(ours, plain, strict=True)
    )
    print(f"{name:16} ours {show(ours)}   plain {show(plain)}", end="   ")
    print(f"ratio {clock:.3f} by the clock, {processor:.3f} of processor time", flush=True)
    return clock


def show(costs: list[Cost]) -> str:
    processor = statistics.median(cost.processor for cost in costs)
    clock = statistics.median(cost.clock for cost in costs)
    return f"{1 / clock:6.0f}/s {processor * 1e6:5.1f} µs"


def cost(seen: Seen, script: Path, seconds: int) -> Cost:
    words = ["wrk", "-t", "1", "-c", "16", "-d", f"{seconds}s", "-s", str(script), seen.address]
    before = processor_time(seen.worker)
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    spent = processor_time(seen.worker) - before
    count = re.search(r"(\d+) requests in", done.stdout)
    rate = re.search(r"Requests/sec: +([\d.]+)", done.stdout)
    if not (count and rate) or "Non-2xx" in done.stdout:
        sys.exit(done.stdout)
    return Cost(spent / int(count[1]), 1 / float(rate[1]))


def processor_time(process: int) -> float:
    """User and system time, in seconds."""
    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
