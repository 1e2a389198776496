"""The log: one JSON line per run, in chronological order, append-only."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jiaozhang.faults.escaping import as_json
from jiaozhang.faults.reports import report
from jiaozhang.publisher.release import Release
from jiaozhang.publisher.request import Order, Outcome

LOG = "log.jsonl"
MOST_LOGGED = 50
FAILURES = ("faulty", "failed", "diverged")


@dataclass(frozen=True, slots=True)
class LogLine:
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


def append_line(root: Path, line: LogLine) -> None:
    """Append a line and flush it."""
    text = as_json(_json(line)) + "\n"
    handle = os.open(root / LOG, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        size = os.fstat(handle).st_size
        # A killed run or a full disk may have left the last line incomplete.
        is_cut = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        content = ("\n" if is_cut else "") + text
        _write_all(handle, content.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read_lines(root: Path) -> tuple[Mapping[str, object], ...]:
    """Every complete line, oldest first."""
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


def line_of(order: Order, outcome: Outcome, start: datetime, end: datetime) -> LogLine:
    """The log entry of a run that reached a decision."""
    release, before = outcome.release, outcome.before
    rows = tuple(json.loads(report(outcome.made.faults[:MOST_LOGGED], "json", "zh")))
    if outcome.made.said:
        rows += ({"message": outcome.made.said[-4000:]},)
    if outcome.decision in ("diverged", "unknown"):
        live = before.commit if before else "?"
        rows += ({"message": f"{outcome.decision}: {outcome.wanted.commit}, live: {live}"},)
    return LogLine(
        time=start.isoformat(timespec="seconds"),
        action="publish-live" if order.is_live else "publish",
        commit=outcome.wanted.commit,
        result=outcome.result,
        seconds=(end - start).total_seconds(),
        pages={name: part.pages for name, part in release.parts.items()} if release else {},
        live_before=before.seq if before else None,
        live_after=release.seq if release else None,
        held=outcome.held,
        diagnostics=rows,
    )


def failure_of(
    order: Order, live: Release | None, start: datetime, end: datetime, why: str
) -> LogLine:
    """The log entry of a run that failed, with the reason `why`."""
    seq = live.seq if live else None
    return LogLine(
        time=start.isoformat(timespec="seconds"),
        action="publish-live" if order.is_live else "publish",
        commit=None,
        result="failed",
        seconds=(end - start).total_seconds(),
        pages={},
        live_before=seq,
        live_after=seq,
        diagnostics=({"message": why},),
    )


def note_unlogged(root: Path, live: Release | None, now: datetime) -> None:
    """Log a release that went live in a run that was killed before it could log it."""
    # A run that failed early may not have read which release was live.
    told = (line for line in reversed(read_lines(root)) if line.get("result") != "failed")
    known = next((line.get("live_after") for line in told), None)
    if live is not None and known != live.seq:
        before = known if isinstance(known, int) else None
        pages = {name: part.pages for name, part in live.parts.items()}
        time = now.isoformat(timespec="seconds")
        line = LogLine(time, "publish", live.commit, "recovered", 0, pages, before, live.seq)
        append_line(root, line)


def _json(line: LogLine) -> Mapping[str, object]:
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
