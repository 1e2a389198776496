"""Readers who never stop while releases change, and remember everything that was wrong.

Each is a browser of the plainest kind: it keeps a connection, asks for a page, then for the style
sheet and the script that the page names, and believes a 304 for what it has kept.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath

_ASSET = re.compile(rb'(?:href|src)="([^"]*assets/[^"]+)"')


@dataclass
class Ledger:
    """What is expected, and what was seen."""

    # The digest of every page of every release, by the name that nginx gives it.
    expected: Mapping[str, Mapping[str, str]]
    requests: int = 0
    not_modified: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    done: bool = False


@dataclass(frozen=True)
class _Got:
    status: int
    headers: Mapping[str, str]
    body: bytes


class _Line:
    """A connection that is opened anew when the server has said that it closes it."""

    def __init__(self, port: int, ledger: Ledger) -> None:
        self.port, self.ledger = port, ledger
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, etag: str = "") -> _Got:
        self._ends = self._ends or await asyncio.open_connection("127.0.0.1", self.port)
        self.ledger.requests += 1
        got = await _ask(*self._ends, path, etag)
        if got.headers.get("connection") == "close":
            await self.close()
        return got

    async def close(self) -> None:
        if self._ends:
            self._ends[1].close()
            await self._ends[1].wait_closed()
        self._ends = None


async def read(port: int, ledger: Ledger, seed: int, think: float) -> None:
    """One reader, until the ledger says that it is done; `think` seconds before the assets."""
    dice = random.Random(seed)  # noqa: S311 - only which page comes next
    kept: dict[str, tuple[str, bytes]] = {}
    newest = 0
    pages = sorted(next(iter(ledger.expected.values())))
    line = _Line(port, ledger)
    while not ledger.done:
        path = dice.choice(pages)
        etag, old = kept.get(path, ("", b""))
        got = await line.ask("/" + path.removesuffix("index.html"), etag)
        body = old if got.status == 304 else got.body
        newest = max(_check(ledger, path, got, body, newest), newest)
        kept[path] = (got.headers.get("etag", ""), body)
        await asyncio.sleep(think)
        for link in set(_ASSET.findall(body)):
            asset = normpath(join("/" + path.rpartition("/")[0], link.decode()))
            _check_asset(ledger, asset, await line.ask(asset))
    await line.close()


def _check(ledger: Ledger, path: str, got: _Got, body: bytes, newest: int) -> int:
    """Is this page whole, of the release it says, and of none before what was read already?"""
    release = got.headers.get("site-release", "")
    ledger.seen[release] += 1
    ledger.not_modified += got.status == 304
    number = int(release.partition("-")[0] or 0)
    if got.status not in (200, 304):
        ledger.faults.append(f"{path}: {got.status}")
    elif hashlib.sha256(body).hexdigest() != ledger.expected.get(release, {}).get(path):
        ledger.faults.append(f"{path}: {got.status}, not the bytes of {release}")
    if number < newest:
        ledger.faults.append(f"{path}: back from {newest} to {number}")
    return number


def _check_asset(ledger: Ledger, asset: str, got: _Got) -> None:
    digest = asset.split(".")[-2]
    if got.status != 200 or hashlib.sha256(got.body).hexdigest()[: len(digest)] != digest:
        ledger.faults.append(f"{asset}: {got.status}")


async def _ask(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    path: str,
    etag: str,
) -> _Got:
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
    asked += f"If-None-Match: {etag}\r\n" if etag else ""
    writer.write(f"{asked}\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in head[1:] if line)
    headers = {name.lower(): value for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return _Got(int(head[0].split()[1]), headers, body)
