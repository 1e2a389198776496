"""What work on a commit may cost: how much memory, and how long."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of address space for each process, and seconds by the clock."""

    memory: int = 2 * 1024**3
    seconds: int = 600


DEFAULT = Limits()
