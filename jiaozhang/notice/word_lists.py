"""Split lists at separators outside brackets."""

from __future__ import annotations


def parts_of(text: str, marks: str) -> list[str]:
    """Split a text at any of the marks outside brackets, in one pass.

    An unclosed bracket has no effect.

    >>> parts_of("市侨办、市外办（外事、港澳）", "、")
    ['市侨办', '市外办（外事、港澳）']
    """
    closed = _closed_brackets(text)
    parts: list[str] = []
    start = at = 0
    while at < len(text):
        if at in closed:
            at = closed[at]
        elif text[at] in marks:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]


def _closed_brackets(text: str) -> dict[int, int]:
    """Map each closed outermost bracket to its closing one."""
    open_at: list[int] = []
    closed: dict[int, int] = {}
    for at, char in enumerate(text):
        if char in "（(":
            open_at.append(at)
        elif char in "）)" and open_at:
            closed[open_at.pop()] = at
    return closed
