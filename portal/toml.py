"""TOML as the same kind of tree as YAML, for site.toml; a key is located by its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping

from portal.diagnostic import Diagnostic, fault
from portal.located import MAX_DEPTH, Document, ListNode, MapNode, Node, Scalar
from portal.source import Source


def parse_toml(source: Source) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read a TOML file into the same kind of tree; keys are located by looking for their line."""
    try:
        table = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        at = (int(found[1]), int(found[2])) if found else (source.text.count("\n") + 1, 1)
        why = str(error).split(" (at ")[0]
        why_zh = next((zh for en, zh in _REASONS.items() if en in why), _NO_REASON)
        return None, (fault("toml-syntax", source.place(*at), why=why, why_zh=why_zh),)
    except RecursionError:
        return None, (fault("too-deep", source.place(1, 1), limit=MAX_DEPTH),)
    places: dict[_Path, tuple[int, int]] = {}
    for path, line, column in _toml_keys(source.text):
        places.setdefault(path, (line, column))
    try:
        return Document(source, _toml_map(table, (), places, (1, 1))), ()
    except _TooDeepError as deep:
        return None, (fault("too-deep", source.place(*deep.at), limit=MAX_DEPTH),)


class _TooDeepError(Exception):
    """Stops the reading of one file; never leaves this module."""

    def __init__(self, at: tuple[int, int]) -> None:
        super().__init__(at)
        self.at = at


_NO_REASON = "这一行写法不对"
# tomllib's own words, as an editor would say them. The first that fits is used.
_REASONS = {
    "Invalid value": "这个值要加双引号",
    "Expected '='": "名称后面要有等号",
    "Cannot overwrite": "同一项写了两次",
    "Unterminated string": "引号没有配对",
    "Illegal character": "引号没有配对，或者有换行",
    "Expected newline": "值的后面多了文字，或者引号没有配对",
    "Expected ']": "方括号没有配对",
    "at the end of a": "方括号没有配对",
    "Invalid statement": "这一行应是 名称 = 值",
    "Unclosed array": "方括号没有配对",
    "Unclosed inline": "花括号没有配对",
    "Duplicate": "同一项写了两次",
    "Cannot declare": "同一项写了两次",
}


_Path = tuple[str, ...]
# Where the values of keys stand: line and column.
_Places = Mapping[_Path, tuple[int, int]]


def _toml_keys(text: str) -> Iterator[tuple[_Path, int, int]]:
    """Yield (path, line, column of the value) for each `key = value` line and table header.

    The tables of an array are counted from 0, as their values are.
    """
    table: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        header = re.match(r"\s*\[{1,2}\s*([^\]]+?)\s*\]", line)
        pair = re.match(r"\s*([\w.\"-]+)\s*=\s*", line)
        if header:
            table = tuple(part.strip(' "') for part in header[1].split("."))
            yield table, number, header.start(1) + 1
            if line.lstrip().startswith("[["):
                at = counts.get(header[1], 0)
                counts[header[1]] = at + 1
                table = (*table, str(at))
                yield table, number, header.start(1) + 1
        elif pair:
            path = tuple(part.strip(' "') for part in pair[1].split("."))
            yield (*table, *path), number, pair.end() + 1


def _toml_map(
    table: dict[str, object], path: _Path, places: _Places, at: tuple[int, int]
) -> MapNode:
    """A table; what has no place of its own stands where that stands which holds it."""
    entries = []
    for name, value in table.items():
        inner = (*path, name)
        line, column = places.get(inner, at)
        entries.append((Scalar(name, line, 1), _toml_node(value, inner, places, (line, column))))
    return MapNode(tuple(entries), *at)


def _toml_node(value: object, path: _Path, places: _Places, at: tuple[int, int]) -> Node:
    if len(path) > MAX_DEPTH:
        raise _TooDeepError(at)
    if isinstance(value, dict):
        return _toml_map(value, path, places, at)
    if isinstance(value, list):
        paths = ((*path, str(index)) for index in range(len(value)))
        items = (
            _toml_node(item, own, places, places.get(own, at))
            for item, own in zip(value, paths, strict=True)
        )
        return ListNode(tuple(items), *at)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return Scalar(text, *at, plain=False)
