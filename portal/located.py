"""YAML as trees that remember line and column; every scalar is still text.

YAML is cut down to plain maps, lists and scalars. What a Chinese keyboard does to it
(full-width colons, no blank after a colon) is recognised and named. Source of the traps:
PyYAML's default typing reads `010` as 8, `no` as False and `10:1` as 601.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

import yaml

from portal.diagnostic import Diagnostic, Place, fault
from portal.source import Source

MAX_DEPTH = 12
# The C loader is 8 times faster than the pure one; both give the same events.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
HAS_FAST_LOADER = hasattr(yaml, "CBaseLoader")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A leaf, as typed. `plain` tells whether it stood without quotes."""

    text: str
    line: int
    column: int
    plain: bool = True

    @property
    def is_null(self) -> bool:
        return self.plain and self.text in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class ListNode:
    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class MapNode:
    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, name: str) -> Node | None:
        """Return the value under a key, or nothing."""
        return next((value for key, value in self.entries if key.text == name), None)


Node = Scalar | ListNode | MapNode


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: its source, for excerpts, and its tree."""

    source: Source
    root: Node

    def place(self, *path: str | int) -> Place:
        """Point at the value under a path of keys and indices, or as near as the file goes."""
        node = self.root
        for step in path:
            inner = _child(node, step)
            if inner is None:
                break
            node = inner
        return self.source.place(node.line, node.column)

    def node(self, *path: str | int) -> Node | None:
        """Return the value under a path, or nothing."""
        node: Node | None = self.root
        for step in path:
            node = _child(node, step) if node else None
        return node


def parse_yaml(source: Source) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read a YAML file into a tree, or say why it cannot be read."""
    try:
        root = _Builder(source).build()
    except _RefusedError as refused:
        return None, (refused.diagnostic,)
    except yaml.MarkedYAMLError as error:
        return None, (_syntax_fault(source, error),)
    except yaml.YAMLError as error:
        why = str(error).split("\n")[0]
        return None, (fault("yaml-syntax", source.place(1, 1), why=why, why_zh=why),)
    return (Document(source, root), ()) if root else (None, (fault("empty-file", source.place()),))


def slip(text: str) -> str:
    """Name the slip of a Chinese keyboard that a line of YAML shows, or return an empty text."""
    return next((code for code, pattern in _SLIPS if pattern.match(text)), "")


# In YAML only the plain blank parts a key from its value; a keyboard has two more that look alike.
_ODD_SPACE = "\u3000\u00a0"
_KEY = r" *(?:- )? *[A-Za-z_\u4e00-\u9fff]\w*"
_SLIPS = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("odd-space", rf"{_KEY}:[{_ODD_SPACE}]| *[{_ODD_SPACE}]"),
        ("fullwidth-colon", rf"{_KEY}："),
        ("missing-space", rf"{_KEY}:[^\s/]|.*[{{,] *[A-Za-z_]\w*:[^\s/{{}}\[\],]"),
        ("tab-indent", r" *\t"),
    )
)


class _RefusedError(Exception):
    """Stops the reading of one file; never leaves this module."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


class _Builder:
    """Turns the stream of YAML events into a tree, refusing all that is more than a plain file."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.events: Iterator[yaml.Event] = yaml.parse(source.text, Loader=LOADER)

    def build(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.refuse("yaml-feature", event, feature="---")
                if event.version or event.tags:
                    self.refuse("yaml-feature", event, feature="%")
            elif isinstance(event, yaml.NodeEvent):
                root = self.node(event, 1)
        is_blank = isinstance(root, Scalar) and root.is_null
        return None if is_blank else root

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.check(event, depth)
        line, column = _start(event)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, line, column, not event.style)
        if isinstance(event, yaml.SequenceStartEvent):
            return ListNode(tuple(self.items(depth)), line, column)
        return MapNode(tuple(self.entries(depth)), line, column)

    def check(self, event: yaml.Event, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.refuse("yaml-feature", event, feature=f"*{event.anchor}")
        anchor = getattr(event, "anchor", None)
        if anchor:
            self.refuse("yaml-feature", event, feature=f"&{anchor}")
        tag = getattr(event, "tag", None)
        # libyaml gives a quoted scalar the tag "!"; that is no tag of the editor's.
        if tag and not (tag == "!" and isinstance(event, yaml.ScalarEvent)):
            short = tag.replace("tag:yaml.org,2002:", "!!")
            self.refuse("yaml-feature", event, feature=short)
        if depth > MAX_DEPTH:
            self.refuse("too-deep", event, limit=MAX_DEPTH)

    def items(self, depth: int) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self.node(event, depth + 1)

    def entries(self, depth: int) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Scalar] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self.node(event, depth + 1)
            if not isinstance(key, Scalar):
                self.refuse("yaml-feature", event, feature="?")
            if key.text == "<<" and key.plain:
                self.refuse("yaml-feature", event, feature="<<")
            if key.text in seen:
                self.refuse("duplicate-key", event, key=key.text, first=seen[key.text].line)
            seen[key.text] = key
            yield key, self.node(next(self.events), depth + 1)

    def refuse(self, code: str, event: yaml.Event, **facts: object) -> NoReturn:
        raise _RefusedError(fault(code, self.source.place(*_start(event)), **facts))


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _syntax_fault(source: Source, error: yaml.MarkedYAMLError) -> Diagnostic:
    problem, context = error.problem or "", error.context or ""
    # What was opened and never closed is told where it was opened.
    is_open = context.startswith(("while parsing a flow", "while scanning a quoted"))
    mark = (error.context_mark if is_open else error.problem_mark) or error.context_mark
    line = min(mark.line, source.text.count("\n")) if mark else 0
    lines = source.text.split("\n")
    # The scanner notices a bad key only when the next line begins: look at the one before too.
    for number in (line, _line_before(lines, line)):
        code = slip(lines[number]) if 0 <= number < len(lines) else ""
        if code:
            column = len(lines[number]) - len(lines[number].lstrip()) + 1
            return fault(code, source.place(number + 1, column), line=lines[number].strip()[:40])
    column = mark.column + 1 if mark and mark.line == line else 1
    why = problem or context
    why_zh = next((zh for en, zh in _REASONS.items() if en in f"{problem} {context}"), why)
    return fault("yaml-syntax", source.place(line + 1, column), why=why, why_zh=why_zh)


def _line_before(lines: list[str], line: int) -> int:
    """The nearest line above that says something: no empty one, no comment."""
    above = range(min(line, len(lines)) - 1, -1, -1)
    return next((at for at in above if lines[at].strip() and lines[at].lstrip()[0] != "#"), -1)


# libyaml's own words, as an editor would say them. The first that fits is used.
_REASONS = {
    "while scanning a quoted": "引号没有配对",
    "while parsing a flow sequence": "方括号没有配对，或者缺一个逗号",
    "while parsing a flow mapping": "花括号没有配对，或者缺一个逗号",
    "while scanning an alias": "以 * 开头的文字要加引号",
    "did not find URI": "以 ! 开头的文字要加引号",
    "while scanning a tag": "以 ! 开头的文字要加引号",
    "while parsing a tag": "以 ! 开头的文字要加引号",
    "while scanning an anchor": "以 & 开头的文字要加引号",
    "mapping values are not allowed": "这一行缩进得比上一行多，或者多了一个冒号",
    "cannot start any token": "这个符号不能放在开头；整段文字要加引号",
    "could not find expected ':'": "这一行缺少“冒号加空格”",
    "did not find expected key": "缩进和上面几行不齐，或者多了引号",
    "did not find expected '-' indicator": "列表的缩进不齐，或者少了“- ”",
    "block sequence entries are not allowed": "“- ”要另起一行",
}


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MapNode) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, ListNode) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None
