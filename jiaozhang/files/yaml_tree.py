"""Parse YAML into trees with line and column; every scalar stays text.

Only plain maps, lists and scalars are accepted. Mistakes of a Chinese keyboard (full-width colons,
no space after a colon) are recognised and reported. Scalars stay text because PyYAML's default
typing reads `010` as 8, `no` as False and `10:1` as 601.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import yaml

from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.files.characters import code_of, refused, spelled, without_refused
from jiaozhang.files.escapes import refused_in
from jiaozhang.files.source import Source
from jiaozhang.files.yaml_repair import Guess, guesses, needs_quotes

MAX_DEPTH = 12
# The C loader is 8 times as fast as the pure Python one, with the same events.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
HAS_FAST_LOADER = hasattr(yaml, "CBaseLoader")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A leaf with its text as typed. `plain` tells whether it had no quotes."""

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
        """Return the node under a key, or None."""
        return next((value for key, value in self.entries if key.text == name), None)


Node = Scalar | ListNode | MapNode
# The root of a document of which nothing could be parsed.
NOTHING = MapNode((), 1, 1)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: its source (for excerpts) and its tree."""

    source: Source
    root: Node

    def place(self, *path: str | int) -> Place:
        """The place of the value under a path of keys and indices, or of its nearest existing
        parent.
        """
        node = self.root
        for step in path:
            inner = _child(node, step)
            if inner is None:
                break
            node = inner
        return self.source.place(node.line, node.column)

    def node(self, *path: str | int) -> Node | None:
        """Return the node under a path, or None."""
        node: Node | None = self.root
        for step in path:
            node = _child(node, step) if node else None
        return node


def parse_yaml(source: Source) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Parse a YAML file into a tree, and report all syntax faults.

    An unparsable line is replaced by what was probably meant, so that one mistake does not hide the
    others. The document is None if no guess helps.
    """
    text = source.text
    slips: list[Diagnostic] = []
    while True:
        builder = _Builder(replace(source, text=text), source)
        try:
            root = builder.build()
        except _TooDeepError as deep:
            return None, (*slips, deep.diagnostic)
        except yaml.YAMLError as error:
            failure = _Failure(text, error)
            most = min(_MOST_SLIPS, 1 + _MOST_TRIED // len(text))
            mended = failure.mended() if len(slips) < most else None
            if mended is None:
                return None, (*slips, failure.diagnostic(source))
            number, guess = mended
            place = source.place(number + 1, guess.column)
            slips.append(fault(guess.code, place, **guess.facts))
            text = _with_line(text, number, guess.line)
            continue
        if root is None:
            return None, (*slips, *builder.faults, fault("empty-file", source.place()))
        return Document(source, root), (*slips, *builder.faults)


# After so many mistakes in one file the rest is not reported.
_MOST_SLIPS = 20
# Characters of a file times its mistakes: finding each one parses the file many times.
_MOST_TRIED = 600_000
# Trying guesses parses a file repeatedly; no ledger file is longer.
_MOST_TO_MEND = 100_000


class _TooDeepError(Exception):
    """Aborts the parsing of one file; never leaves this module."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


class _Builder:
    """Builds a tree from YAML events; reports all features beyond plain maps, lists and scalars.

    `source` is the (mended) text being parsed, `shown` the editor's file.
    """

    def __init__(self, source: Source, shown: Source) -> None:
        self.text = source.text
        self.shown = shown
        self.faults: list[Diagnostic] = []
        self.events: Iterator[yaml.Event] = yaml.parse(source.text, Loader=LOADER)

    def build(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if event.version or event.tags:
                    self.report("yaml-feature", event, feature="%")
                if root is not None:
                    self.report("yaml-feature", event, feature="---")
                    break
            elif isinstance(event, yaml.NodeEvent):
                root = self.node(event, 1)
        is_blank = isinstance(root, Scalar) and root.is_null
        return None if is_blank else root

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.check(event, depth)
        line, column = _start(event)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(self.value(event), line, column, not event.style)
        if isinstance(event, yaml.SequenceStartEvent):
            return ListNode(tuple(self.items(depth)), line, column)
        if isinstance(event, yaml.AliasEvent):
            return Scalar(f"*{event.anchor}", line, column)
        return MapNode(tuple(self.entries(depth)), line, column)

    def value(self, event: yaml.ScalarEvent) -> str:
        """The text of a scalar, corrected if needed; forbidden characters are reported."""
        if any(refused(event.value)):
            first, last = (mark.index if mark else 0 for mark in (event.start_mark, event.end_mark))
            said: set[str] = set()
            for at, char in refused_in(self.text[first:last], has_escapes=event.style == '"'):
                if code_of(char) not in said:
                    said.add(code_of(char))
                    place = self.shown.place_at(self.text, first + at, 1)
                    self.faults.append(fault(code_of(char), place, char=spelled(char)))
        return without_refused(event.value)

    def check(self, event: yaml.Event, depth: int) -> None:
        """Report anchors, aliases and tags, or missing quotes where text only looks like one."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        feature = f"{'*' if isinstance(event, yaml.AliasEvent) else '&'}{anchor}" if anchor else ""
        # libyaml gives a quoted scalar the tag "!", which the editor did not write.
        if tag and not (tag == "!" and isinstance(event, yaml.ScalarEvent) and event.style):
            feature = tag.replace("tag:yaml.org,2002:", "!!")
        if feature:
            line, column = _start(event)
            written = self.shown.place(line, column).excerpt
            guess = needs_quotes(written, column)
            is_text = isinstance(event, yaml.ScalarEvent) and not feature.startswith("!!")
            if guess and is_text and not written[column - 1 :].isascii():
                self.faults.append(fault(guess.code, self.shown.place(line, column), **guess.facts))
            else:
                self.report("yaml-feature", event, feature=feature)
        if depth > MAX_DEPTH:
            raise _TooDeepError(
                fault("too-deep", self.shown.place(*_start(event)), limit=MAX_DEPTH)
            )

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
            name, value = self.node(event, depth + 1), self.node(next(self.events), depth + 1)
            for key, own in self.pairs(event, name, value):
                if key.text in seen:
                    self.report("duplicate-key", event, key=key.text, first=seen[key.text].line)
                else:
                    seen[key.text] = key
                    yield key, own

    def pairs(self, event: yaml.Event, name: Node, value: Node) -> Iterator[tuple[Scalar, Node]]:
        """The pairs of an entry; several only for an unsupported feature, which is reported."""
        if not isinstance(name, Scalar):
            self.report("yaml-feature", event, feature="?")
            keys = name.items if isinstance(name, ListNode) else ()
            yield from ((key, value) for key in keys if isinstance(key, Scalar))
        elif name.text == "<<" and name.plain:
            self.report("yaml-feature", event, feature="<<")
            yield from value.entries if isinstance(value, MapNode) else ()
        else:
            yield name, value

    def report(self, code: str, event: yaml.Event, **facts: object) -> None:
        self.faults.append(fault(code, self.shown.place(*_start(event)), **facts))


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


class _Failure:
    """Where and why parsing a text failed."""

    def __init__(self, text: str, error: yaml.YAMLError) -> None:
        self.lines = text.split("\n")
        marked = error if isinstance(error, yaml.MarkedYAMLError) else yaml.MarkedYAMLError()
        problem, context = marked.problem or str(error), marked.context or ""
        self.why = problem.split("\n")[0]
        self.words = f"{problem} {context}"
        # An unclosed bracket or quote is reported where it was opened.
        is_open = context.startswith(_OPENED)
        self.at = self._position(marked.problem_mark or marked.context_mark)
        opened = self._position(marked.context_mark) if is_open and marked.context_mark else self.at
        self.shown_at = opened
        # The scanner notices a bad line only when the next one begins: try the one before too.
        before = (_line_before(self.lines, opened[0]), _line_before(self.lines, self.at[0]))
        numbers = (opened[0], self.at[0], *before)
        self.suspects = tuple(dict.fromkeys(n for n in numbers if 0 <= n < len(self.lines)))

    def _position(self, mark: yaml.Mark | None) -> tuple[int, int]:
        return (min(mark.line, len(self.lines) - 1), mark.column) if mark else (0, 0)

    def mended(self) -> tuple[int, Guess] | None:
        """The first guess with which parsing gets further, and its line number."""
        text = "\n".join(self.lines)
        if len(text) > _MOST_TO_MEND:
            return None
        for number in self.suspects:
            for guess in guesses(self.lines[number], self.lines[:number]):
                reached = _reach(_with_line(text, number, guess.line))
                if reached is None or reached > max(self.shown_at, (number + 1, -1)):
                    return number, guess
        return None

    def diagnostic(self, source: Source) -> Diagnostic:
        """The fault to report if no guess helps; never in the library's words."""
        line, column = self.shown_at
        zh = next((zh for en, zh in _REASONS.items() if en in self.words), _NO_REASON)
        return fault("yaml-syntax", source.place(line + 1, column + 1), why=self.why, why_zh=zh)


def _reach(text: str) -> tuple[int, int] | None:
    """The position at which parsing a text fails; None if it does not."""
    try:
        for _ in yaml.parse(text, Loader=LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return (mark.line, mark.column) if mark else (0, 0)
    except yaml.YAMLError:
        return 0, 0
    return None


def _with_line(text: str, number: int, line: str) -> str:
    lines = text.split("\n")
    return "\n".join([*lines[:number], line, *lines[number + 1 :]])


def _line_before(lines: list[str], line: int) -> int:
    """The nearest line above that is neither empty nor a comment."""
    above = range(min(line, len(lines)) - 1, -1, -1)
    return next((at for at in above if lines[at].strip() and lines[at].lstrip()[0] != "#"), -1)


_OPENED = ("while parsing a flow", "while scanning a quoted", "while scanning a simple key")
_NO_REASON = "这一行和上下几行连不起来"
# Messages of libyaml, and our text for editors. The first match is used.
_REASONS = {
    "escape": "双引号里，反斜杠后面的写法不对；直接写那个字",
    "hexdecimal": "双引号里，反斜杠后面的写法不对；直接写那个字",
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
