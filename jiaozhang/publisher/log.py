"""The log: one JSON line for each thing done, in the order it was done, never rewritten."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jiaozhang.faults.escaping import as_json

LOG = "log.jsonl"
Action = Literal["publish", "publish-live", "rollback"]
# live: it went live. unchanged: the same commit, day, generator and audiences. superseded: older
# than what is live. diverged: neither older nor newer. pinned: not newer than what was rolled back
# from. faulty: the content has errors. failed: the machine, or a clone that cannot tell what is
# newer. recovered: went live, but the run was killed before it could say so.
Result = Literal[
    "live", "unchanged", "superseded", "diverged", "pinned", "faulty", "failed", "recovered"
]  # fmt: skip
FAILURES = ("faulty", "failed", "diverged")


@dataclass(frozen=True, slots=True)
class Line:
    time: str
    action: str
    commit: str | None
    result: str
    seconds: float
    pages: Mapping[str, int]
    live_before: int | None
    live_after: int | None
    held: tuple[str, ...] = ()
    diagnostics: tuple[Mapping[str, object], ...] = ()


def append_line(root: Path, line: Line) -> None:
    """Append a line and flush it."""
    text = as_json(_json(line)) + "\n"
    handle = os.open(root / LOG, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        size = os.fstat(handle).st_size
        # A run that was killed, or a full disk, may have cut the last line short.
        is_cut = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        content = ("\n" if is_cut else "") + text
        _write_all(handle, content.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read_lines(root: Path) -> tuple[Mapping[str, object], ...]:
    """Every whole line, the oldest first."""
    try:
        texts = (root / LOG).read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return ()
    found = []
    for text in texts:
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if isinstance(line, dict):
            found.append(line)
    return tuple(found)


def _json(line: Line) -> Mapping[str, object]:
    required: dict[str, object] = {
        "time": line.time,
        "action": line.action,
        "commit": line.commit,
        "result": line.result,
        "seconds": round(line.seconds, 2),
        "pages": dict(line.pages),
        "live_before": line.live_before,
        "live_after": line.live_after,
    }
    if line.held:
        required["held"] = list(line.held)
    if line.diagnostics:
        required["diagnostics"] = [dict(row) for row in line.diagnostics]
    return required


def _write_all(handle: int, content: bytes) -> None:
    while content:
        content = content[os.write(handle, content) :]
