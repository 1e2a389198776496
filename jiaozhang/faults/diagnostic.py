"""Diagnostics: faults and their places, returned by every parser, never raised as exceptions.

The message of each code is in `messages`; this module knows only codes and facts.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jiaozhang.faults.escaping import as_line
from jiaozhang.faults.messages import MESSAGES, Language, Severity
from jiaozhang.program import as_called

LOCK_BROKEN = "lock-broken"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file: line and column (in characters) from 1; line 0 is the whole file."""

    path: str
    line: int = 0
    column: int = 0
    excerpt: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One fault: a permanent code, its place, and the facts that fill the code's message.

    `pending`: it is in text that is not public yet, so it is a warning until then.
    """

    place: Place
    code: str
    facts: tuple[tuple[str, str], ...] = ()
    pending: bool = False

    @property
    def level(self) -> Severity:
        return "warning" if self.pending else MESSAGES[self.code].level

    @property
    def public_only(self) -> bool:
        return MESSAGES[self.code].public_only

    def message(self, language: Language) -> str:
        """The message, one short phrase; personal data in it is masked."""
        return _masked(MESSAGES[self.code].said[language].format(**dict(self.facts)))

    @property
    def shown_facts(self) -> dict[str, str]:
        """The facts, with personal data masked for logs."""
        return {name: _masked(value) for name, value in self.facts}

    def help(self, language: Language) -> str:
        """What to do, starting with the nearest valid name if one is known."""
        facts = dict(self.facts)
        advice = as_called(MESSAGES[self.code].advice[language]).format(**facts)
        if self.pending and MESSAGES[self.code].level == "error":
            advice += _NOT_YET[language]
        nearest = facts.get("nearest", "")
        if not nearest:
            return advice
        guess = {"zh": f"是不是“{nearest}”？", "en": f"did you mean “{nearest}”? "}[language]
        return guess + advice


_NOT_YET: Mapping[Language, str] = {
    "zh": "。还没有公开，现在只是提醒；审核完了还这样，就不能公开",
    "en": "; it is not public yet and warns only, but once reviewed it will stop the public site",
}


def fault(code: str, place: Place, **facts: object) -> Diagnostic:
    """Make a diagnostic; facts are converted to text."""
    return Diagnostic(place, code, tuple((name, str(value)) for name, value in facts.items()))


def in_order(faults: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Remove duplicates, and sort by place; within a file the broken lock comes last.

    It is a consequence of any mistake in the four fields that it guards, so that one comes first.
    """
    return tuple(
        sorted(set(faults), key=lambda one: (one.place.path, one.code == LOCK_BROKEN, one))
    )


def is_fatal(diagnostics: Iterable[Diagnostic], intranet: bool = False) -> bool:
    """Tell whether any fault prevents building the public site, or the intranet's."""
    return any(
        diagnostic.level == "error" and not (intranet and diagnostic.public_only)
        for diagnostic in diagnostics
    )


def as_text(diagnostic: Diagnostic, language: Language) -> str:
    """Format a diagnostic for a terminal: place, message, the line with a caret, and help.

    Personal data in the line is masked, since more people read logs than notes.
    """
    place = diagnostic.place
    said = f"{diagnostic.level}[{diagnostic.code}]: {diagnostic.message(language)}"
    lines = [as_line(f"{_masked(str(place))}: {said}")]
    if place.line and place.excerpt.strip():
        margin = f"{place.line:>5} | "
        excerpt, column = _around(_masked(place.excerpt), place.column)
        before = as_line(margin + _around(place.excerpt, place.column)[0][: column - 1])
        caret = " " * display_width(before.removeprefix(margin)) + "^"
        lines += [as_line(margin + excerpt), " " * 6 + "| " + caret]
    advice = diagnostic.help(language)
    if advice:
        lines.append(as_line(f"      = help: {advice}"))
    return "\n".join(lines)


def _around(line: str, column: int) -> tuple[str, int]:
    """The excerpt of a long line, and the column in it: keeps output short for many faults."""
    if len(line) <= _WIDEST:
        return line, column
    start = max(min(column - 1 - _WIDEST // 3, len(line) - _WIDEST), 0)
    cut = line[start : start + _WIDEST]
    begun, ended = "…" if start else "", "…" if start + _WIDEST < len(line) else ""
    return begun + cut + ended, column - start + len(begun)


# Hand-written lines are shorter; of longer ones an excerpt is shown.
_WIDEST = 400


@functools.lru_cache(maxsize=256)
def _masked(text: str) -> str:
    from jiaozhang.personal_data.numbers import (
        masked,  # imported here: not needed without faults
    )

    return masked(text)


def display_width(text: str) -> int:
    """The width in terminal columns: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
