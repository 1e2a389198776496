"""Lighthouse on an official build behind nginx: medians of five runs for four kinds of page.

    python3 build.py test -- -k nothing     # once, so that .venv has the tests' tools
    .venv/bin/python benchmarks/lighthouse.py [--runs N] [--npm DIR]

Accessibility, best practices and SEO have to be 100, performance (simulated slow phone) 98 or more.
Lighthouse comes from npm into a temporary folder, or once for all into `--npm DIR`. Needs nginx,
openssl, npm and Chromium. Every audit that is not perfect is named with what it objects to.

Performance counts only on a machine that does nothing else: Lighthouse's own measure of it, the
benchmark index, is printed beside the scores. One that varies from run to run says "try again".
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import servers  # noqa: E402
from jiaozhang.server.nginx_config import Host  # noqa: E402

LIGHTHOUSE = "lighthouse@12.8.2"
PAGES = ("/", "/2025/tasks/023/", "/2025/units/kejiju/", "/2025/tasks/")
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
QUIET = "--headless=new --no-sandbox --ignore-certificate-errors --disable-background-networking"


@dataclass(frozen=True)
class Run:
    """One report: the score of each category, and what was objected to."""

    scores: dict[str, int]
    objections: frozenset[str]
    machine: float


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--npm", default=None, help="where Lighthouse is kept, or will be")
    options = parser.parse_args()
    nginx, openssl = tool("nginx"), tool("openssl")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = lighthouse(Path(options.npm or folder / "npm"))
        port = servers.free_port()
        official = servers.OFFICIAL.replace("//localhost/", f"//localhost:{port}/")
        site = servers.built("content", "public", site=official)
        releases = servers.Releases(folder / "root")
        releases.switch(releases.place({"public": site}))
        chain, key = servers.certificate(folder, openssl)
        host = Host(
            "public",
            str(folder / "root"),
            str(servers.ERRORS),
            ("localhost",),
            certificate=str(chain),
            key=str(key),
            port=port,
            ipv6=False,
        )
        main_file = servers.hold(folder, {"site": servers.text_of(host)})
        with servers.running(nginx, main_file, (port,)):
            address = f"https://localhost:{port}"
            good = [judge(program, address, page, options.runs) for page in PAGES]
    sys.exit(not all(good))


def tool(*names: str) -> str:
    searched = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"])
    for name in names:
        found = shutil.which(name, path=searched)
        if found:
            return found
    sys.exit(f"{' or '.join(names)} is needed")


def lighthouse(folder: Path) -> Path:
    program = folder / "node_modules/.bin/lighthouse"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        words = [tool("npm"), "install", "--prefix", str(folder), "--silent", "--no-audit"]
        subprocess.run([*words, "--no-fund", "--ignore-scripts", LIGHTHOUSE], check=True)
    return program


def run(program: Path, address: str) -> Run:
    words = [str(program), address, "--quiet", "--output=json", f"--chrome-flags={QUIET}"]
    words += [f"--only-categories={','.join(LEAST)}"]
    chromium = tool("chromium", "chromium-browser", "google-chrome")
    done = subprocess.run(
        words, capture_output=True, check=True, env={**os.environ, "CHROME_PATH": chromium}
    )
    report = json.loads(done.stdout)
    scores = {name: round(report["categories"][name]["score"] * 100) for name in LEAST}
    return Run(scores, frozenset(objections(report)), report["environment"]["benchmarkIndex"])


def objections(report: dict) -> list[str]:
    """The audits that cost something, each with the first things it names."""
    found = []
    for name in LEAST:
        for reference in report["categories"][name]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                things = audit.get("details", {}).get("items", [])[:3]
                named = [
                    thing.get("node", {}).get("snippet") or str(thing)[:200] for thing in things
                ]
                found.append(f"{name}: {audit['id']} {audit.get('displayValue', '')} {named}")
    return found


def judge(program: Path, address: str, page: str, count: int) -> bool:
    """Print the medians of a page and what was objected to; are they good enough?"""
    runs = [run(program, address + page) for _ in range(count)]
    middle = {name: statistics.median(run.scores[name] for run in runs) for name in LEAST}
    machine = sorted(round(run.machine) for run in runs)
    told = "  ".join(f"{name} {score:.0f}" for name, score in middle.items())
    print(f"{page:22} {told}  (machine {machine[0]} to {machine[-1]})")
    for objection in sorted(frozenset().union(*(run.objections for run in runs))):
        print(f"    {objection}", flush=True)
    return all(middle[name] >= least for name, least in LEAST.items())


if __name__ == "__main__":
    main()
