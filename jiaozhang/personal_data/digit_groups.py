"""Chains of digit groups in a folded text: what may be one number that somebody cut in pieces."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

LONGEST = 19  # digits of the longest number looked for, a bank card's
SHORTEST = 7
# Signs that part the entries of a list, and only rarely the groups of a number.
LISTING = frozenset(",、:;+|=~")

# Where two cells or paragraphs meet (`check.shown_text`): where nothing says that figures stand in
# them, and where something does.
MET = "\x1f"
MET_AS_FIGURES = "\x1e"
MEETINGS = frozenset((MET, MET_AS_FIGURES))

_GROUP = re.compile(r"\d+|[Xx](?![0-9A-Za-z])")
# What may stand between two groups; at most one line end, since a paragraph ends a number.
_GAP = re.compile(
    r"[ \-./·_()\[\]]{0,6}(?:\n[ >]{0,6})?[()]?| ?[,、:;+|=~] ?"
    rf"| {{0,2}}[-./·,、;]? {{0,2}}[{MET}{MET_AS_FIGURES}] {{0,2}}[-./·]? {{0,2}}"
)
_AROUND = 24


@dataclass(frozen=True, slots=True)
class Chain:
    """Groups with only gaps between them; an X that ends a resident id is a group of its own.

    `digits` are all groups joined; group i is `digits[offsets[i]:offsets[i + 1]]` and stands at
    `places[i]` of `plain`, has `sizes[i]` characters, behind a gap of the kind `kinds[i]`.
    """

    plain: str
    places: tuple[tuple[int, int], ...]
    digits: str
    offsets: tuple[int, ...]
    kinds: tuple[str, ...]
    sizes: tuple[int, ...]

    def gap(self, at: int) -> str:
        """What stands before a group, within the chain."""
        if not 0 < at < len(self.places):
            return ""
        return self.plain[self.places[at - 1][1] : self.places[at][0]]


class Span(NamedTuple):
    """Some groups of a chain on end, and the number that they make together."""

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
        """The gaps inside, by their kind: the sign that parts, a blank, or a line end."""
        return self.chain.kinds[self.first + 1 : self.last + 1]

    @property
    def before(self) -> str:
        """The words directly before."""
        return self.chain.plain[max(self.start - _AROUND, 0) : self.start]

    @property
    def after(self) -> str:
        """The words directly behind."""
        return self.chain.plain[self.end : self.end + _AROUND]

    @property
    def goes_on(self) -> bool:
        """Whether a sign that parts these groups leads on to more, as in a code or a row."""
        ends = (self.chain.gap(at) for at in (self.first, self.last + 1))
        return any(gap and _kind(gap) in self.gaps for gap in ends)

    @property
    def is_whole(self) -> bool:
        """Whether the chain has no other groups."""
        return len(self.chain.digits) == len(self.number)

    @property
    def is_decimal(self) -> bool:
        """Whether a decimal point stands directly before."""
        return self.chain.gap(self.first) == "." and not self._follows_its_like

    @property
    def _follows_its_like(self) -> bool:
        start, end = self.chain.places[self.first - 1]
        return end - start == len(self.number)


def spans(plain: str, may_be: Callable[[str, int], bool]) -> Iterator[Span]:
    """All runs of groups that have as many digits as a number may have; the longest come first.

    `may_be` is told the digits and how many groups they are cut into, and says whether it is worth
    a closer look: a text of single digits has a dozen runs for each.
    """
    for chain in _chains(plain):
        for first, start in enumerate(chain.offsets[:-1]):
            last = bisect_right(chain.offsets, start + LONGEST) - 2
            while last >= first and chain.offsets[last + 1] - start >= SHORTEST:
                number = chain.digits[start : chain.offsets[last + 1]]
                if may_be(number, last + 1 - first):
                    yield Span(chain, first, last, number)
                last -= 1


def _chains(plain: str) -> Iterator[Chain]:
    places: list[tuple[int, int]] = []
    for found in _GROUP.finditer(plain):
        if places and not _GAP.fullmatch(plain, places[-1][1], found.start()):
            yield _chain(plain, places)
            places = []
        places.append(found.span())
    if places:
        yield _chain(plain, places)


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
