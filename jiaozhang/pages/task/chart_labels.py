"""Where the words of a chart stand: next to what they name, and never over each other.

Nobody measures fonts when pages are made, so widths are estimated, and rather too large.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

LabelKind = Literal["last", "goal", "gap", "planned", "value", "grid", "tick", "as-of", "start"]
Anchor = Literal["start", "middle", "end"]
# The pixels of a line of text over its baseline and below it, and the width of a letter, by size.
_ABOVE, _BELOW = 0.9, 0.25
_WIDE, _NARROW = 1.0, 0.64
_DOT, _PIECE = 4.5, 6.0
# Letters before this one are narrow.
_FIRST_WIDE = "\u2e80"


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_within(self, other: Box) -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a text: its baseline, and which of its ends stands at `x`."""

    x: float
    y: float
    anchor: Anchor = "middle"


@dataclass(frozen=True, slots=True)
class Wish:
    """A label that wants a place: its texts and spots, what is preferred first."""

    kind: LabelKind
    size: int
    texts: tuple[str, ...]
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class ChartLabel:
    kind: LabelKind
    text: str
    x: str
    y: str
    anchor: Anchor
    box: Box


def dots_of(points: Iterable[tuple[float, float]]) -> tuple[Box, ...]:
    return tuple(Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in points)


def line_of(points: Iterable[tuple[float, float]]) -> tuple[Box, ...]:
    """A line as a row of small boxes."""
    found = []
    for (x1, y1), (x2, y2) in pairwise(points):
        count = int(max(abs(x2 - x1), abs(y2 - y1)) / _PIECE) + 1
        for at in range(count + 1):
            x, y = x1 + (x2 - x1) * at / count, y1 + (y2 - y1) * at / count
            found.append(Box(x - 1, y - 1, x + 1, y + 1))
    return tuple(found)


def placed(wishes: Iterable[Wish], whole: Box, drawn: Sequence[Box]) -> tuple[ChartLabel, ...]:
    """Give each wish its first free spot, in their order; what finds none is left out.

    A label stands over what is drawn only if it has no other place.
    """
    found: list[ChartLabel] = []
    for wish in wishes:
        label = next(_free(wish, whole, [one.box for one in found], drawn), None)
        if label:
            found.append(label)
    return tuple(found)


def around(x: float, y: float, size: int, distance: float = 8) -> tuple[Spot, ...]:
    """The spots around a point: below it first, where a rising line leaves room."""
    low, high, level = y + distance + size * _ABOVE, y - distance - size * _BELOW, y + size * 0.35
    return (
        Spot(x, low),
        Spot(x + 4, low, "start"),
        Spot(x, high),
        Spot(x - 4, high, "end"),
        Spot(x + distance + 2, level, "start"),
        Spot(x - distance - 2, level, "end"),
        Spot(x - 4, low, "end"),
        Spot(x + 4, high, "start"),
    )


def box_of(text: str, size: int, spot: Spot) -> Box:
    width = size * sum(_WIDE if char >= _FIRST_WIDE else _NARROW for char in text)
    left = spot.x - {"start": 0.0, "middle": width / 2, "end": width}[spot.anchor]
    return Box(left, spot.y - size * _ABOVE, left + width, spot.y + size * _BELOW)


def _free(
    wish: Wish, whole: Box, taken: Sequence[Box], drawn: Sequence[Box]
) -> Iterator[ChartLabel]:
    for text in wish.texts:
        for others in ((*taken, *drawn), taken):
            for spot in wish.spots:
                box = box_of(text, wish.size, spot)
                if box.is_within(whole) and not any(box.meets(other) for other in others):
                    yield ChartLabel(
                        wish.kind, text, f"{spot.x:.1f}", f"{spot.y:.1f}", spot.anchor, box
                    )
