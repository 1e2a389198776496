"""Releases change under readers, prompt and slow, and none of them notices anything."""

from __future__ import annotations

import asyncio
import dataclasses
import functools
import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conftest import ROOT
from jiaozhang.build.pipeline import BuildDay, Inputs, build, examine, load
from jiaozhang.server.nginx_config import Host
from readers import Ledger, read
from servers import ERRORS, Files, Releases, free_port, hold, running, text_of

pytestmark = pytest.mark.slow


@dataclasses.dataclass(frozen=True)
class Plan:
    publishes: int
    every: float  # seconds
    prompt: int  # readers
    slow: int
    at_least: int  # requests


def test_readers_notice_nothing_of_a_few_publishes(
    tool: Callable[..., str], tmp_path: Path
) -> None:
    ledger = publish_under(tool("nginx"), tmp_path, Plan(4, 0.7, 4, 8, 500))
    assert ledger.faults == []


@pytest.mark.full
def test_readers_notice_nothing_of_thirty_publishes(
    tool: Callable[..., str], tmp_path: Path
) -> None:
    ledger = publish_under(tool("nginx"), tmp_path, Plan(30, 2.5, 24, 24, 100_000))
    assert ledger.faults == []


def test_the_readers_do_notice_what_is_wrong(tool: Callable[..., str], tmp_path: Path) -> None:
    """Without the assets of kept releases, slow readers lose their style sheet."""
    plan = Plan(4, 0.7, 2, 8, 50)
    ledger = publish_under(tool("nginx"), tmp_path, plan, carry=False)
    assert any("assets/" in fault and "404" in fault for fault in ledger.faults)


def publish_under(nginx: str, folder: Path, plan: Plan, carry: bool = True) -> Ledger:
    """Publish so often under so many readers; everything built and written before it begins."""
    trees = [version(number) for number in range(plan.publishes + 1)]
    releases = Releases(folder / "root", keep=5 if carry else 1)
    for tree in trees:
        releases.place({"intranet": tree})
    releases.switch(releases.names[0])
    expected = {name: digests(tree) for name, tree in zip(releases.names, trees, strict=True)}
    port = free_port()
    root, names = str(folder / "root"), ("localhost",)
    host = Host("intranet", root, str(ERRORS), names, port=port, ipv6=False)
    ledger = Ledger(expected)
    with running(nginx, hold(folder, {"site": text_of(host)}), (port,)):
        asyncio.run(_all(plan, port, ledger, releases))
    assert ledger.requests >= plan.at_least
    assert ledger.not_modified > 0
    assert len(ledger.seen) == plan.publishes + 1
    print(  # noqa: T201 - the numbers that benchmarks/ quotes, shown by -s
        f"\n{ledger.requests} requests, {ledger.not_modified} not modified, "
        f"{plan.publishes} publishes, {len(ledger.faults)} faults"
    )
    return ledger


async def _all(plan: Plan, port: int, ledger: Ledger, releases: Releases) -> None:
    readers = [
        asyncio.create_task(read(port, ledger, seed, 2 if seed < plan.slow else 0))
        for seed in range(plan.slow + plan.prompt)
    ]
    await asyncio.sleep(plan.every)
    for live, name in enumerate(releases.names[1:], 1):
        releases.switch(name)
        releases.prune(live)
        await asyncio.sleep(plan.every)
    while ledger.requests < plan.at_least:
        await asyncio.sleep(0.2)
    await _no_longer_stale(ledger, releases.names[-1])
    ledger.done = True
    await asyncio.gather(*readers)


async def _no_longer_stale(ledger: Ledger, last: str) -> None:
    """A second after the last publish every page is of the last release."""
    await asyncio.sleep(1)
    before = ledger.seen.copy()
    await asyncio.sleep(0.5)
    stale = ledger.seen - before
    assert set(stale) == {last}


@functools.cache
def version(number: int) -> Files:
    """The fictional city with a style sheet of its own, so that every page differs."""
    inputs = load(ROOT / "examples/demo", "examples/demo", ROOT / "site.toml", ROOT)
    filed, _ = examine(inputs)
    assert filed
    day = BuildDay(None, date(2026, 11, 24))
    return build(filed, marked(inputs, number), "intranet", day, None)[0].files


def marked(inputs: Inputs, number: int) -> Inputs:
    style = inputs.assets["site.css"] + f"html {{ --number: {number}; }}\n".encode()
    script = inputs.assets["site.js"] + f"// {number // 2}\n".encode()
    return dataclasses.replace(
        inputs, assets={**inputs.assets, "site.css": style, "site.js": script}
    )


def digests(files: Files) -> dict[str, str]:
    return {
        path: hashlib.sha256(content).hexdigest()
        for path, content in files.items()
        if path.endswith(".html") and path != "404.html"
    }
