"""Find chains of digit groups in normalised text which may be one number written in pieces."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

LONGEST = 19  # digits of the longest number searched, a bank card's
SHORTEST = 7
# Characters that separate list items, and only rarely the groups of a number.
LISTING = frozenset(",、:;+|=~")

# Marks between two cells or paragraphs (`check.shown_text`): the first if nothing says that they
# contain figures, the second if something does.
MET = "\x1f"
MET_AS_FIGURES = "\x1e"
MEETINGS = frozenset((MET, MET_AS_FIGURES))

_GROUP = re.compile(r"\d+|[Xx](?![0-9A-Za-z])")
# What may separate two groups; at most one line end, since a paragraph ends a number.
_GAP = re.compile(
    r"[ \-./·_()\[\]]{0,6}(?:\n[ >]{0,6})?[()]?| ?[,、:;+|=~] ?"
    rf"| {{0,2}}[-./·,、;]? {{0,2}}[{MET}{MET_AS_FIGURES}] {{0,2}}[-./·]? {{0,2}}"
)
_AROUND = 24


@dataclass(frozen=True, slots=True)
class Chain:
    """Digit groups separated only by gaps; a final X of a resident id is a group.

    `digits` are all groups joined; group i is `digits[offsets[i]:offsets[i + 1]]`, at index
    `places[i]` of `plain`, `sizes[i]` characters long, after a gap of kind `kinds[i]`.
    """

    plain: str
    places: tuple[tuple[int, int], ...]
    digits: str
    offsets: tuple[int, ...]
    kinds: tuple[str, ...]
    sizes: tuple[int, ...]

    def gap(self, at: int) -> str:
        """The gap before a group."""
        if not 0 < at < len(self.places):
            return ""
        return self.plain[self.places[at - 1][1] : self.places[at][0]]


class DigitGroup(NamedTuple):
    """Consecutive groups of a chain, and the number that they form."""

    chain: Chain
    first: int
    last: int
    number: str

    @property
    def start(self) -> int:
        return self.chain.places[self.first][0]

    @property
    def end(self) -> int:
        return self.chain.places[self.last][1]

    @property
    def sizes(self) -> tuple[int, ...]:
        return self.chain.sizes[self.first : self.last + 1]

    @property
    def gaps(self) -> tuple[str, ...]:
        """The kinds of the inner gaps: the separator, a space, or a line end."""
        return self.chain.kinds[self.first + 1 : self.last + 1]

    @property
    def before(self) -> str:
        """The text directly before."""
        return self.chain.plain[max(self.start - _AROUND, 0) : self.start]

    @property
    def after(self) -> str:
        """The text directly after."""
        return self.chain.plain[self.end : self.end + _AROUND]

    @property
    def goes_on(self) -> bool:
        """Whether the same separator continues to further groups, as in a code or a row."""
        ends = (self.chain.gap(at) for at in (self.first, self.last + 1))
        return any(gap and _kind(gap) in self.gaps for gap in ends)

    @property
    def is_whole(self) -> bool:
        """Whether these are all groups of the chain."""
        return len(self.chain.digits) == len(self.number)

    @property
    def is_decimal(self) -> bool:
        """Whether a decimal point comes directly before."""
        return self.chain.gap(self.first) == "." and not self._follows_its_like

    @property
    def _follows_its_like(self) -> bool:
        start, end = self.chain.places[self.first - 1]
        return end - start == len(self.number)


def spans(plain: str, may_be: Callable[[str, int, bool], bool]) -> Iterator[DigitGroup]:
    """All runs of groups with the number of digits of a personal number; longest first.

    `may_be(digits, groups, is_after_digits)` is a quick filter, since a text of single digits has a
    dozen runs for each digit. Between a run and digits of the same chain there are no words.
    """
    for chain in _chains(plain):
        digits, offsets = chain.digits, chain.offsets
        for first, start in enumerate(offsets[:-1]):
            is_after_digits = first > 0 and digits[start - 1].isdecimal()
            last = bisect_right(offsets, start + LONGEST) - 2
            while last >= first and (end := offsets[last + 1]) - start >= SHORTEST:
                number = digits[start:end]
                if may_be(number, last + 1 - first, is_after_digits):
                    yield DigitGroup(chain, first, last, number)
                last -= 1


def _chains(plain: str) -> Iterator[Chain]:
    """All chains but those too short for a number."""
    places: list[tuple[int, int]] = []
    for found in (*_GROUP.finditer(plain), None):
        if places and not (found and _GAP.fullmatch(plain, places[-1][1], found.start())):
            if places[-1][1] - places[0][0] >= SHORTEST:
                yield _chain(plain, places)
            places = []
        if found:
            places.append(found.span())


def _chain(plain: str, places: list[tuple[int, int]]) -> Chain:
    groups = [plain[start:end] for start, end in places]
    offsets = accumulate(map(len, groups), initial=0)
    gaps = (plain[one[1] : other[0]] for one, other in pairwise(places))
    kinds = ("", *map(_kind, gaps))
    return Chain(
        plain, tuple(places), "".join(groups), tuple(offsets), kinds, tuple(map(len, groups))
    )


def _kind(gap: str) -> str:
    signs = set(gap) - {" ", "\n", ">"}
    if signs & MEETINGS:
        return MET if MET in signs else MET_AS_FIGURES
    if not signs:
        return "\n" if "\n" in gap else " "
    return signs.pop() if len(signs) == 1 else "("
