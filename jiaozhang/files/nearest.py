"""Find the known name that was probably meant, without comparing all of them.

Only names that share the rarer characters of the given one are compared, so that a thousand unknown
names cost no more among ten thousand known ones than among a thousand.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

LIKE = 0.6
# How many candidates are compared in full.
_FEW = 64
# A longer text is no name.
_LONGEST = 200


class Known(Collection[str]):
    """A set of known names, indexed for repeated queries."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))
        self._set = frozenset(self._names)
        self._holding: dict[str, list[int]] | None = None

    def __contains__(self, name: object) -> bool:
        return name in self._set

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def nearest(self, given: str) -> str:
        """The name that was probably meant, or an empty text."""
        if len(given) > _LONGEST:
            return ""
        names = self._names if len(self._names) <= _FEW else self._likeliest(given)
        close = difflib.get_close_matches(given, names, n=1, cutoff=LIKE)
        return close[0] if close else ""

    def _likeliest(self, given: str) -> list[str]:
        """The candidates that share the most distinctive characters with `given`, best first."""
        if self._holding is None:
            self._holding = {}
            for at, name in enumerate(self._names):
                for char in set(name):
                    self._holding.setdefault(char, []).append(at)
        shared: Counter[int] = Counter()
        rarest = sorted((len(own), char) for char in set(given) if (own := self._holding.get(char)))
        for nth, (count, char) in enumerate(rarest):
            if count <= _FEW or not nth:
                shared.update(self._holding[char][:_FEW])
        likeliest = sorted(shared, key=lambda at: (-shared[at], at))[:_FEW]
        return [self._names[at] for at in sorted(likeliest)]


def nearest(given: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant, or an empty string.

    For repeated queries build a `Known` once.
    """
    return (known if isinstance(known, Known) else Known(known)).nearest(given)
