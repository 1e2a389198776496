"""What the log says of a run."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from jiaozhang.faults.reports import report
from jiaozhang.publisher.log import Line, append_line, read_lines
from jiaozhang.publisher.release import Release
from jiaozhang.publisher.request import Order, Outcome

MOST_LOGGED = 50


def line_of(order: Order, outcome: Outcome, start: datetime, end: datetime) -> Line:
    release, before = outcome.release, outcome.before
    rows = tuple(json.loads(report(outcome.made.faults[:MOST_LOGGED], "json", "zh")))
    if outcome.made.said:
        rows += ({"message": outcome.made.said[-4000:]},)
    if outcome.decision in ("diverged", "unknown"):
        live = before.commit if before else "?"
        rows += ({"message": f"{outcome.decision}: {outcome.wanted.commit}, live: {live}"},)
    return Line(
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
) -> Line:
    seq = live.seq if live else None
    return Line(
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
    """Write down a release that went live in a run that was killed before it could say so."""
    # A run that failed early may not have known what was live.
    told = (line for line in reversed(read_lines(root)) if line.get("result") != "failed")
    known = next((line.get("live_after") for line in told), None)
    if live is not None and known != live.seq:
        before = known if isinstance(known, int) else None
        pages = {name: part.pages for name, part in live.parts.items()}
        time = now.isoformat(timespec="seconds")
        line = Line(time, "publish", live.commit, "recovered", 0, pages, before, live.seq)
        append_line(root, line)
