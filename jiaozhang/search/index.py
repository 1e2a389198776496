"""Write the search index as small script files: token shards, text blocks, and a manifest.

Scripts can be loaded from a local folder, where pages may not fetch; each file calls `jiaozhang`,
which static/query.js defines. File names contain digests, so files may be cached forever, and pages
of an older release find theirs.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import math
import operator
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from jiaozhang.cache import recall
from jiaozhang.search.analyzer import SOUND, index_tokens
from jiaozhang.search.document import DocumentKind, SearchDocument
from jiaozhang.search.readings import SYLLABLES
from jiaozhang.search.traditional import PAIRS

KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
# Documents per text block: ten results should need few files with little else in them.
BLOCK = {"task": 4, "note": 5, "unit": 48, "district": 48, "page": 48}
# Synonyms per file: a result needs those of few files.
_OTHERS = 48
_MOST_SHARDS = 16384
# With more digests the manifest would be larger than the files that a query loads.
_MOST_DIGESTS = 512
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
# The maximum impact: a weight of 5 plus two fields; fits into three bits.
_MOST_IMPACT = 7
# Impact marks: characters that no token or number contains.
_SIGNS = " !#$&()*"


@dataclass(frozen=True, slots=True)
class Index:
    """Index files by name; the search page names `manifest`, which names all others."""

    files: Mapping[str, str]
    manifest: str


def index(documents: Sequence[SearchDocument]) -> Index:
    """Index documents, which must be grouped by kind, in the order of the kinds."""
    return recall("index", documents, lambda: _index(documents))


def _index(documents: Sequence[SearchDocument]) -> Index:
    files: dict[str, str] = {}

    def file(name: str, value: object) -> str:
        text = f"jiaozhang.{name}({_json(value)})"
        files[f"{name}.{_digest(text)}.js"] = text
        return _digest(text)

    def numbered(letter: str, call: str, values: Sequence[object]) -> tuple[int, int, str]:
        """The number of files, the number that share a digest, and the digests."""
        texts = [f"jiaozhang.{call}({n},{_json(value)})" for n, value in enumerate(values)]
        size = math.ceil(len(texts) / _MOST_DIGESTS) or 1
        digests = [_digest("".join(texts[at : at + size])) for at in range(0, len(texts), size)]
        for n, text in enumerate(texts):
            files[f"{letter}{n}.{digests[n // size]}.js"] = text
        return len(texts), size, "".join(digests)

    tasks = sum(document.kind == "task" for document in documents)
    readings, rare = _shared_readings(documents)
    others = _other_words(documents)
    manifest = {
        "documents": len(documents),
        "kinds": _kinds(documents),
        "shards": numbered("t", "shard", _shards(documents, _shard_count(tasks))),
        "blocks": numbered("d", "block", list(_blocks(documents, others))),
        "also": (_OTHERS, numbered("a", "also", _chunks(list(others)))),
        "notes": _notes_per_task(documents, tasks),
        "years": _years(documents),
        "simplified": _pairs(documents),
        "facets": file("facets", _facets(documents)),
        "readings": file("readings", readings),
        "rare": file("rare", rare),
    }
    return Index(files, f"manifest.{file('manifest', manifest)}.js")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@functools.lru_cache(maxsize=200_000)
def impacts_of(document: SearchDocument) -> tuple[tuple[str, ...], bytes]:
    """The tokens of a document, and the impact of each: the weight of its best field, plus one for
    each further field. Cached per document, so that a rebuild processes only changes.
    """
    tokens, impacts = recall(
        "impacts", (document.fields, document.also), lambda: _impacts(document)
    )
    # Interned: the same token occurs in many documents.
    return tuple(map(sys.intern, tokens.split("\n") if tokens else ())), impacts


def _impacts(document: SearchDocument) -> tuple[str, bytes]:
    fields = [(field.weight, field.text, field.fine) for field in document.fields]
    fields += [(also.weight, "、".join(also.words), True) for also in document.also]
    best: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for weight, text, fine in sorted(fields):
        tokens = index_tokens(text, fine)
        best.update(dict.fromkeys(tokens, weight))
        counts.update(tokens)
    impacts = (min(_MOST_IMPACT, best[token] + min(2, counts[token] - 1)) for token in best)
    return "\n".join(best), bytes(impacts)


def shard_of(token: str, count: int) -> int:
    """The shard of a token: FNV-1a over its characters (all in the BMP) modulo `count`, a power of
    two.

    For pairs of syllables only the start of the second one counts: ~lao j finds ~lao jiu.
    """
    digest = 2166136261
    for char in token[: token.find(" ") + 2] if token.startswith(SOUND) else token:
        digest = ((digest ^ ord(char)) * 16777619) & 0xFFFFFFFF
    return digest & (count - 1)


def _shard_count(tasks: int) -> int:
    return min(_MOST_SHARDS, max(16, 1 << max(1, tasks).bit_length()))


def _shards(documents: Sequence[SearchDocument], count: int) -> list[str]:
    """The text of each shard: tokens with their documents, separated by semicolons.

    A token's documents are grouped by impact, each group after the impact's mark (`老旧!…$…`): most
    tokens have one or two groups, and differences of document numbers alone are small.
    """
    by_impact: list[defaultdict[str, array[int]]] = [
        defaultdict(lambda: array("I")) for _ in range(_MOST_IMPACT + 1)
    ]
    for number, document in enumerate(documents):
        for token, impact in zip(*impacts_of(document), strict=True):
            by_impact[impact][token].append(number)
    lines: list[list[str]] = [[] for _ in range(count)]
    for token in sorted(set().union(*by_impact)):
        parts = (
            f"{_SIGNS[impact]}{_numbers(_deltas(own[token]))}"
            for impact, own in enumerate(by_impact)
            if token in own
        )
        lines[shard_of(token, count)].append(f"{token}{''.join(parts)}")
    return [";".join(own) for own in lines]


def _numbers(numbers: Iterable[int]) -> str:
    return "".join(map(_packed_number, numbers))


@functools.cache
def _packed_number(number: int) -> str:
    """Encode a number in characters of five bits, least significant first; the sixth bit means
    "more".
    """
    if number < 32:
        return _DIGITS[number]
    return _DIGITS[32 | number & 31] + _packed_number(number >> 5)


def _deltas(numbers: Sequence[int]) -> Iterable[int]:
    return map(operator.sub, numbers, itertools.chain((0,), numbers))


def _blocks(
    documents: Sequence[SearchDocument], others: Mapping[tuple[str, str], int]
) -> Iterator[list[object]]:
    for kind, _, size in _kinds(documents):
        own = [document for document in documents if document.kind == kind]
        for at in range(0, len(own), size):
            yield [_shown_fields(document, others) for document in own[at : at + size]]


def _shown_fields(document: SearchDocument, others: Mapping[tuple[str, str], int]) -> list[object]:
    fields = [(field.label, field.text) for field in document.fields if field.is_shown]
    also = _numbers(others[pair] for pair in _pairs_of(document))
    head = [document.address, document.label, document.title, document.place]
    figures = [(f.value, f.unit, f.name, f.goal, f.mark or 0, f.reason) for f in document.figures]
    return [*head, document.mark or 0, fields, also, figures, document.said]


def _other_words(documents: Sequence[SearchDocument]) -> Mapping[tuple[str, str], int]:
    """Map (phrase, synonyms) to an index: units recur in many tasks, and a page needs synonyms only
    for results found by one.
    """
    # Those of many documents, such as units' names, stand together; others by their documents.
    counts = Counter(pair for document in documents for pair in _pairs_of(document))
    pairs = sorted(counts, key=lambda pair: counts[pair] < 3)
    return {pair: place for place, pair in enumerate(pairs)}


def _chunks(pairs: Sequence[tuple[str, str]]) -> list[Sequence[tuple[str, str]]]:
    return [pairs[at : at + _OTHERS] for at in range(0, len(pairs), _OTHERS)]


def _pairs_of(document: SearchDocument) -> list[tuple[str, str]]:
    return [(also.said, "、".join(also.words)) for also in document.also]


def _kinds(documents: Sequence[SearchDocument]) -> list[tuple[str, int, int]]:
    """For each kind its name, number of documents, and documents per block."""
    counts = {kind: sum(document.kind == kind for document in documents) for kind in KINDS}
    return [(kind, counts[kind], BLOCK[kind]) for kind in KINDS]


def _notes_per_task(documents: Sequence[SearchDocument], tasks: int) -> str:
    """The number of notes of each task; notes are sorted by task."""
    counts = Counter(document.owner for document in documents)
    return _numbers(counts[place] for place in range(tasks))


def _years(documents: Sequence[SearchDocument]) -> list[tuple[int, int, str]]:
    """For each year the index of its first task, and the differences of task numbers."""
    found: dict[int, tuple[int, list[int]]] = {}
    for place, document in enumerate(documents):
        if document.number:
            year, number = document.number
            found.setdefault(year, (place, []))[1].append(number)
    return [(year, place, _numbers(_deltas(own))) for year, (place, own) in found.items()]


def _facets(documents: Sequence[SearchDocument]) -> Mapping[str, object]:
    """For each facet its values, and for each task the indices of its values."""
    tasks = [dict(document.facets) for document in documents if document.kind == "task"]
    names = dict.fromkeys(name for facets in tasks for name in facets)
    found: dict[str, object] = {}
    for name in names:
        values = list(dict.fromkeys(v for facets in tasks for v in facets.get(name, ())))
        places = {value: place for place, value in enumerate(values)}
        found[name] = [
            values,
            [_numbers([places[v] for v in facets.get(name, ())]) for facets in tasks],
        ]
    return found


def _texts(documents: Sequence[SearchDocument]) -> frozenset[str]:
    """All characters in the documents."""
    fields = (field.text for d in documents for field in d.fields)
    others = (word for d in documents for also in d.also for word in also.words)
    return frozenset().union(*fields, *others)


def _pairs(documents: Sequence[SearchDocument]) -> str:
    """The traditional characters whose simplified form occurs in a document."""
    there = _texts(documents)
    pairs = (PAIRS[at : at + 2] for at in range(0, len(PAIRS), 2))
    return "".join(pair for pair in pairs if pair[1] in there)


def _shared_readings(documents: Sequence[SearchDocument]) -> tuple[str, str]:
    """Two tables of pronunciations: of characters in the documents, and of other common ones.

    The first table contains every syllable, since typed pinyin is split with it.
    """
    there, common, rare = _texts(documents), [], []
    for row in SYLLABLES.split(";"):
        syllable, chars = row.split(":")
        common.append(f"{syllable}:{''.join(c for c in chars if c in there)}")
        others = "".join(c for c in chars if c not in there and _is_daily(c))
        rare += [f"{syllable}:{others}"] if others else []
    return ";".join(common), ";".join(rare)


def _is_daily(char: str) -> bool:
    """Whether it is one of the 3,755 characters of GB 2312's first level, as most mistyped ones
    are.
    """
    return char.encode("gb2312")[0] < 0xD8


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
