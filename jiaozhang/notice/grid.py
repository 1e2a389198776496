"""A table as cells with places, whatever file it was in, and the prose around it."""

from __future__ import annotations

from dataclasses import dataclass

from jiaozhang.faults.diagnostic import Place


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, with newlines where the file has them, and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells, headings among them; merged cells are repeated in every row they cover.

    `above` are the paragraphs before the table, `below` those after it; `doubts` say what a person
    should look at in the file itself.
    """

    rows: tuple[tuple[Cell, ...], ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    doubts: tuple[str, ...] = ()


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, without indents and blank lines."""
    lines = (line.strip(" \t\u3000\xa0") for line in text.split("\n"))
    return tuple(line for line in lines if line)
