"""Parse TOML (site.toml) into the same tree as YAML; keys are located by their line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from jiaozhang.faults.diagnostic import Diagnostic, fault
from jiaozhang.files.characters import code_of, refused, spelled, without_refused
from jiaozhang.files.escapes import refused_in
from jiaozhang.files.source import Source
from jiaozhang.files.yaml_tree import MAX_DEPTH, Document, ListNode, MapNode, Node, Scalar

TomlType = Literal["string", "integer", "float", "boolean", "date"]
# Larger numbers are no settings, and Python would print them slowly.
_MOST_BITS = 64


@dataclass(frozen=True, slots=True)
class TomlScalar(Scalar):
    """A leaf with its TOML type: `5` is a number, `"5"` is a string."""

    type: TomlType = "string"


def parse_toml(source: Source) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Parse a TOML file into a tree; keys are located by searching for their line."""
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
    except ValueError:  # a number with more digits than Python converts
        longest = max(re.finditer("[0-9_]+", source.text), key=lambda run: len(run[0]))
        before = source.text[: longest.start()].split("\n")
        place = source.place(len(before), len(before[-1]) + 1)
        return None, (fault("toml-syntax", place, why="Too long a number", why_zh=_TOO_LONG),)
    places: dict[_Path, tuple[int, int]] = {}
    for path, line, column in _toml_keys(source.text):
        places.setdefault(path, (line, column))
    try:
        root = _toml_map(table, (), places, (1, 1))
    except _TooDeepError as deep:
        return None, (fault("too-deep", source.place(*deep.at), limit=MAX_DEPTH),)
    return Document(source, root), tuple(_refusals(source)) if _holds_refused(table) else ()


# A comment or a quoted string; in single quotes a backslash is literal.
_TOKEN = re.compile(
    r"#[^\n]*|'''.*?'''+|'[^'\n]*'"
    r"|(?P<escaped>\"\"\"(?:[^\\]|\\.)*?\"\"\"+|\"(?:[^\"\\\n]|\\.)*\")",
    re.DOTALL,
)


def _holds_refused(value: object) -> bool:
    """Tell whether a key or string below a value contains a forbidden character."""
    if isinstance(value, dict):
        return any(any(refused(key)) or _holds_refused(own) for key, own in value.items())
    if isinstance(value, list):
        return any(map(_holds_refused, value))
    return isinstance(value, str) and any(refused(value))


def _refusals(source: Source) -> Iterator[Diagnostic]:
    """Report each line with an escape in a string that produces a forbidden character."""
    said: set[tuple[int, str]] = set()
    for token in _TOKEN.finditer(source.text):
        if token[0].startswith("#"):
            continue
        for at, char in refused_in(token[0], has_escapes=token["escaped"] is not None):
            place = source.place_at(source.text, token.start() + at, 1)
            if (place.line, code_of(char)) not in said:
                said.add((place.line, code_of(char)))
                yield fault(code_of(char), place, char=spelled(char))


class _TooDeepError(Exception):
    """Aborts the parsing of one file; never leaves this module."""

    def __init__(self, at: tuple[int, int]) -> None:
        super().__init__(at)
        self.at = at


_NO_REASON = "这一行写法不对"
_TOO_LONG = "这个数太长了"
# Messages of tomllib, and our text for editors. The first match is used.
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
# Places of values by the path of their key: (line, column).
_Places = Mapping[_Path, tuple[int, int]]


def _toml_keys(text: str) -> Iterator[tuple[_Path, int, int]]:
    """Yield (path, line, column of the value) for each `key = value` line and table header.

    Tables of an array are numbered from 0.
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
    """A table node; a value without a known place gets its parent's."""
    entries = []
    for name, value in table.items():
        inner = (*path, name)
        line, column = places.get(inner, at)
        own = _toml_node(value, inner, places, (line, column))
        entries.append((Scalar(without_refused(name), line, 1), own))
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
    text, its = _typed(value)
    return TomlScalar(without_refused(text), *at, plain=False, type=its)


def _typed(value: object) -> tuple[str, TomlType]:
    """A value as text, and its TOML type."""
    if isinstance(value, bool):
        return str(value).lower(), "boolean"
    if isinstance(value, int):
        return (str(value) if value.bit_length() < _MOST_BITS else f"{value:x}"[:20]), "integer"
    if isinstance(value, float):
        return str(value), "float"
    return str(value), "date" if isinstance(value, date | datetime | time) else "string"
