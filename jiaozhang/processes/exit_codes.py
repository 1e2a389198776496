"""How a call of this program ends: one number for each way, promised to scripts that call it."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """`build.py` ends so as well, where it cannot set up or is interrupted."""

    FINE = 0
    FAULTY = 1  # the content has errors, or a site stayed behind
    MISUSED = 2  # the call or the machine has to change first
    BROKEN = 3  # our own bug
    INTERRUPTED = 130  # as a shell says it of Ctrl-C
