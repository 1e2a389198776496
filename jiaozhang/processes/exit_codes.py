"""Exit codes, a contract with scripts that call this program."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of all verbs, and of `build.py` if set-up fails or is interrupted."""

    FINE = 0
    FAULTY = 1  # errors in the content, or a site kept its old version
    MISUSED = 2  # wrong usage, or a precondition of the machine is missing
    BROKEN = 3  # a bug in this program
    INTERRUPTED = 130  # 128 + SIGINT, as in shells
