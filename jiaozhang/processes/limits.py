"""Limits on the memory and time for building a commit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of address space for each process, and seconds of wall time."""

    memory: int = 2 * 1024**3
    seconds: int = 600


DEFAULT = Limits()
