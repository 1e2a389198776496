"""notice.lock: a digest of each task's printed text, to detect changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Protocol

VERBATIM = ("text", "deadline", "leaders", "units")


class Printed(Protocol):
    """The four verbatim fields, common to imported rows and filed tasks."""

    @property
    def number(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def deadline(self) -> str: ...
    @property
    def leaders(self) -> tuple[str, ...]: ...
    @property
    def units(self) -> tuple[str, ...]: ...


def digest(task: Printed) -> str:
    """SHA-256 of canonical JSON of text, deadline, leaders and units as printed."""
    printed = {
        "deadline": task.deadline,
        "leaders": list(task.leaders),
        "text": task.text,
        "units": list(task.units),
    }
    canonical = json.dumps(printed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def lock_text(tasks: Iterable[Printed]) -> str:
    """The content of the lock file, sorted by task number."""
    head = "# 由 import 写成：每项原文、时限、领导、单位的校验值。请勿手改。\n"
    ordered = sorted(tasks, key=lambda task: task.number)
    return head + "".join(f"{task.number:03} {digest(task)}\n" for task in ordered)
