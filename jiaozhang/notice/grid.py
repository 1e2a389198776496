"""A table as cells with places, independent of the file format, and the text around it."""

from __future__ import annotations

from dataclasses import dataclass

from jiaozhang.faults.diagnostic import Place


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, with the file's line breaks, and its place."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells, including headings; a merged cell is repeated in every row it covers.

    `above` and `below` are the paragraphs before and after the table; `doubts` list what a person
    should check in the file itself.
    """

    rows: tuple[tuple[Cell, ...], ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    doubts: tuple[str, ...] = ()


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, without indentation and empty lines."""
    lines = (line.strip(" \t\u3000\xa0") for line in text.split("\n"))
    return tuple(line for line in lines if line)
