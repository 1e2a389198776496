"""Rewrite trails of the old format, whose digests do not include the record's name.

Pure: texts in, texts out. An old digest covers a text wherever it is. It is accepted only if the
text is unchanged since its approval, and unique in the whole content.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jiaozhang.editing.approval import quoted
from jiaozhang.faults.diagnostic import Diagnostic
from jiaozhang.files.source import Source, Tree
from jiaozhang.files.yaml_tree import Document, ListNode, MapNode, Scalar, parse_yaml
from jiaozhang.ledger.events import Attachment
from jiaozhang.ledger.filed import V2, bound_digest
from jiaozhang.read.front_matter import split_front
from jiaozhang.read.note_file import attachments_of
from jiaozhang.read.review_trail import content_of, name_of

# The result for a trail: current format and valid; rewritable; or to be reviewed again, because the
# text was edited, occurs elsewhere too, or belongs to another record.
TrailState = Literal["holds", "fits", "edited", "twice", "other"]


@dataclass(frozen=True, slots=True)
class FoundTrail:
    """One trail: its place, its record, and its result."""

    path: str
    line: int
    name: str
    verdict: TrailState


@dataclass(frozen=True, slots=True)
class Migration:
    """All trails, the new texts by key, the ids given to closures by path, and unreadable files."""

    trails: tuple[FoundTrail, ...]
    texts: Mapping[str, str]
    ids: Mapping[str, tuple[str, ...]]
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Record:
    """A record with its old digest (`old`), which covers the text alone."""

    source: Source
    node: MapNode
    old: str
    content: str

    @property
    def steps(self) -> Iterator[MapNode]:
        reviews, secrecy = self.node.get("reviews"), self.node.get("secrecy")
        items = reviews.items if isinstance(reviews, ListNode) else ()
        yield from (step for step in (*items, secrecy) if isinstance(step, MapNode))

    @property
    def digests(self) -> list[tuple[Scalar, Scalar]]:
        """The key and value nodes of each step's digest."""
        return [
            (key, value)
            for step in self.steps
            for key, value in step.entries
            if key.text == "digest" and isinstance(value, Scalar)
        ]


def migrate(tree: Tree) -> Migration:
    """Compute the migration of every trail in the content."""
    sources, ids = dict(tree.sources), {}
    faults: list[Diagnostic] = []
    for key in [key for key in sources if re.fullmatch(r"\d{4}/closures/\d{3}\.yaml", key)]:
        numbered, given = _with_ids(sources[key], faults)
        if given:
            sources[key] = numbered
            ids[numbered.path] = given
    records = [
        record
        for source in sources.values()
        for record in _records_in(source, attachments_of(source.key, tree.attachments), faults)
    ]
    counts = Counter(record.old for record in records)
    trails, edits = [], dict[str, list[_Edit]]()
    for record in records:
        if not record.digests:
            continue
        name = name_of(record.source.key, record.node) or record.source.key
        verdict = _verdict(record, name, counts[record.old])
        trails.append(FoundTrail(record.source.path, record.node.line, name, verdict))
        if verdict == "fits":
            edits.setdefault(record.source.key, []).extend(_edits(record, name))
    texts = {key: _edited(source.text, edits.get(key, ())) for key, source in sources.items()}
    changed = {key: text for key, text in texts.items() if text != tree.sources[key].text}
    return Migration(tuple(trails), changed, ids, tuple(dict.fromkeys(faults)))


def _records_in(
    source: Source, attachments: Sequence[Attachment], faults: list[Diagnostic]
) -> Iterator[_Record]:
    """The records of a file that had trails in the old format."""
    if re.fullmatch(r"\d{4}/(internal/)?notes/.*\.md", source.key):
        document, body, found = split_front(source)
        faults += found
        if document and isinstance(document.root, MapNode):
            content = content_of(document.root, body, attachments)
            yield _Record(source, document.root, content, content)
    elif re.fullmatch(r"\d{4}/(nodes|closures)/\d{3}\.yaml", source.key):
        # Closures got ids after the old format.
        young = ("id",) if "/closures/" in source.key else ()
        for node in _entries(_parsed(source, faults)):
            yield _Record(source, node, content_of(node, without=young), content_of(node))


def _verdict(record: _Record, name: str, count: int) -> TrailState:
    old = [value.text for _, value in record.digests if not value.text.startswith(V2)]
    new = [value.text for _, value in record.digests if value.text.startswith(V2)]
    if any(digest != bound_digest(name, record.content) for digest in new):
        return "other"
    if any(digest != record.old for digest in old):
        return "edited"
    if not old:
        return "holds"
    return "fits" if count == 1 else "twice"


@dataclass(frozen=True, slots=True, order=True)
class _Edit:
    """A replacement for `length` characters at a line and column (from 0)."""

    line: int
    column: int
    length: int
    text: str


def _edits(record: _Record, name: str) -> Iterator[_Edit]:
    for key, value in record.digests:
        line = record.source.text.split("\n")[value.line - 1]
        yield _put_before(record.source, key, f"record: {quoted(name)}")
        start = line.index(value.text, value.column - 1)
        digest = bound_digest(name, record.content)
        yield _Edit(value.line - 1, start, len(value.text), digest)


def _put_before(source: Source, key: Scalar, entry: str) -> _Edit:
    """Insert an entry before a key: on its own line if the key starts one, else before it."""
    before = source.text.split("\n")[key.line - 1][: key.column - 1]
    is_first = not before.strip(" -")
    between = "\n" + " " * (key.column - 1) if is_first else ", "
    return _Edit(key.line - 1, key.column - 1, 0, entry + between)


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    lines = text.split("\n")
    for edit in sorted(edits, reverse=True):
        line = lines[edit.line]
        lines[edit.line] = line[: edit.column] + edit.text + line[edit.column + edit.length :]
    return "\n".join(lines)


def _with_ids(source: Source, faults: list[Diagnostic]) -> tuple[Source, tuple[str, ...]]:
    """Give every closure without an id the next one: c1, c2 … in the order of the file."""
    entries = _entries(_parsed(source, faults))
    taken = {own.text for node in entries if isinstance(own := node.get("id"), Scalar)}
    free = (f"c{number}" for number in range(1, len(entries) + len(taken) + 1))
    unused = (name for name in free if name not in taken)
    edits, given = [], []
    for node in entries:
        if node.entries and node.get("id") is None:
            given.append(next(unused))
            edits.append(_put_before(source, node.entries[0][0], f"id: {given[-1]}"))
    return replace(source, text=_edited(source.text, edits)), tuple(given)


def _parsed(source: Source, faults: list[Diagnostic]) -> Document | None:
    document, found = parse_yaml(source)
    faults += found
    return document


def _entries(document: Document | None) -> list[MapNode]:
    items = document.root.items if document and isinstance(document.root, ListNode) else ()
    return [item for item in items if isinstance(item, MapNode)]
