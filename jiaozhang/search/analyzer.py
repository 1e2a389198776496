"""The analyzer: splits text into units, and units into index tokens.

It has a second implementation in static/query.js; both are tested with tests/search/analyzer.jsonl.
There is no word segmentation: Chinese is indexed as overlapping pairs of characters, so that no
dictionary of ours has to agree with a browser's.
"""

from __future__ import annotations

import functools
import itertools
import operator
import re
import unicodedata
from collections.abc import Iterator, Mapping

from jiaozhang.search.readings import SYLLABLES
from jiaozhang.search.traditional import PAIRS

# A unit is a Chinese character, or an unsplit run of letters and digits: pm2.5, z4, 72%.
_CJK = r"[\u3007\u3400-\u9fff]"
_UNIT = re.compile(rf"[a-z0-9]+(?:\.[a-z0-9]+)*%?|{_CJK}")
_SEQUENCE = re.compile(rf"(?:{_UNIT.pattern})+")
_TYPESETTING = re.compile(rf"(?<={_CJK})\s+(?={_CJK})")
_MONTHS = re.compile(r"(十[一二]|[一二三四五六七八九十])月")
_NUMERALS = {name: str(at) for at, name in enumerate("一二三四五六七八九十", 1)} | {
    "十一": "11",
    "十二": "12",
}
# Quotation marks are ignored: 三新三量 finds “三新”“三量”.
_QUOTES = "“”‘’\"'《》〈〉「」『』"
# Prefixes of pronunciation tokens, so that no word of a text equals one.
SOUND, INITIALS = "~", "^"
_MOST_READINGS = 4
_NO_QUOTES = dict.fromkeys(map(ord, _QUOTES))

Sequence = tuple[str, ...]


def normalise(text: str) -> str:
    """Normalise equivalent forms: widths, case, traditional characters, 六月 and 6月, 1,000."""
    folded = unicodedata.normalize("NFKC", text).lower().translate(_simplify())
    folded = folded.translate(_NO_QUOTES)
    folded = re.sub(r"(\d),(?=\d{3})", r"\1", folded)
    return _MONTHS.sub(lambda found: f"{_NUMERALS[found[1]]}月", folded)


def sequences(text: str) -> tuple[Sequence, ...]:
    """Split a text into sequences of adjacent units.

    Any other character ends a sequence, except a space between two Chinese characters, which is
    typesetting.
    """
    folded = _TYPESETTING.sub("", normalise(text))
    return tuple(tuple(_UNIT.findall(one)) for one in _SEQUENCE.findall(folded))


def is_cjk(unit: str) -> bool:
    return unit >= "\u3007"


def has_letters(unit: str) -> bool:
    return unit.islower()


# Cached: names of units, sections, standings and sources occur in many documents.
@functools.lru_cache(maxsize=4096)
def index_tokens(text: str, fine: bool) -> frozenset[str]:
    """All index tokens of a text.

    `fine` adds single characters and pronunciations, useful for names and promises, but noise for
    notes.
    """
    tokens: set[str] = set()
    for sequence in sequences(text):
        tokens.update(_plain_tokens(sequence, fine))
        if fine:
            tokens.update(_sounds(sequence))
    return frozenset(tokens)


def _plain_tokens(sequence: Sequence, fine: bool) -> Iterator[str]:
    for unit in sequence:
        if not is_cjk(unit):
            yield from _run_tokens(unit)
        elif fine or len(sequence) == 1:
            yield unit
    if not any(map(has_letters, sequence)):
        yield from map(operator.add, sequence, sequence[1:])
        return
    for one, other in itertools.pairwise(sequence):
        # A word of letters is a token itself; a number is combined with what it counts.
        if not (has_letters(one) or has_letters(other)):
            yield one + other


def _run_tokens(unit: str) -> Iterator[str]:
    """A run, its prefixes (as typed), and its letter and digit parts."""
    yield unit
    if has_letters(unit):
        yield from (unit[:end].rstrip(".") for end in range(2, len(unit)))
        yield from re.findall(r"[a-z]+|\d+(?:\.\d+)*", unit)


def _sounds(sequence: Sequence) -> Iterator[str]:
    """Pairs of syllables, and triples of initials."""
    for is_chinese, group in itertools.groupby(sequence, is_cjk):
        if not is_chinese:
            continue
        chars = tuple(group)
        for pair in itertools.pairwise(chars):
            yield from _syllables_of(*pair)
        for three in zip(chars, chars[1:], chars[2:], strict=False):
            yield from _initials_of(*three)


@functools.lru_cache(maxsize=50_000)
def _syllables_of(one: str, other: str) -> Sequence:
    ways = itertools.product(readings_of(one), readings_of(other))
    return tuple(f"{SOUND}{a} {b}" for a, b in ways)


@functools.lru_cache(maxsize=50_000)
def _initials_of(*three: str) -> Sequence:
    first = [dict.fromkeys(syllable[0] for syllable in readings_of(char)) for char in three]
    ways = itertools.islice(itertools.product(*first), _MOST_READINGS)
    return tuple(INITIALS + "".join(way) for way in ways)


def readings_of(char: str) -> tuple[str, ...]:
    """The usual pronunciations of a character, without tones; none for a rare one."""
    return _readings().get(char, ())


@functools.cache
def _simplify() -> Mapping[int, str]:
    return {ord(PAIRS[at]): PAIRS[at + 1] for at in range(0, len(PAIRS), 2)}


@functools.cache
def _readings() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for row in SYLLABLES.split(";"):
        syllable, chars = row.split(":")
        for char in chars:
            table.setdefault(char, []).append(syllable)
    return {char: tuple(own) for char, own in table.items()}
