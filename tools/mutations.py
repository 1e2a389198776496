"""The mutants of a module: each one edge of its text, changed. What runs them is mutants.py.

Only what a rule decides by is changed: comparisons, whole numbers, True and False, `and`, `or`,
`not`, and words: texts without a blank that are returned, stand in a table, or are a symbol that
some `Literal` lists. Annotations, decorators, parts of f-strings and sentences stay as they are.
"""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType

_OTHER_WAY: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
_ORDERS: Mapping[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_OPERATOR = re.compile(r"not\s+in\b|is\s+not\b|in\b|is\b|[<>=!]=|[<>]")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_RETURNS = (ast.Return, ast.Yield, ast.YieldFrom, ast.Lambda)
_TABLES = (ast.Tuple, ast.List, ast.Set)


# From a symbol to the next one of its type: a word that a reader could believe.
Symbols = Mapping[str, str]


@dataclass(frozen=True)
class Mutant:
    """A change of one place: characters `start` to `end` of the file become `text`.

    `key` says which, whatever line it moves to: the file, the function, what stood there and what
    stands there now, and which one it is where a function has several alike. `node` is the place
    of its expression in the order of `_walk`.
    """

    number: int
    path: str
    line: int
    start: int
    end: int
    text: str
    node: int
    key: str


@dataclass(frozen=True)
class _Spot:
    """An expression with all that stands around it, the nearest first."""

    node: ast.AST
    around: tuple[ast.AST, ...]

    @property
    def parent(self) -> ast.AST:
        return self.around[0]


def mutants_of(root: Path, files: Iterable[Path], symbols: Symbols) -> list[Mutant]:
    """Every mutant of some files, in the order of their texts, numbered from 0."""
    found: list[Mutant] = []
    for file in files:
        text = file.read_text(encoding="utf-8")
        # Where two types share a symbol, the module's own type goes before.
        own = {**symbols, **symbols_of([text])}
        found += _Module(str(file.relative_to(root)), text, own).mutants(len(found))
    return found


def symbols_of(texts: Iterable[str]) -> Symbols:
    """Every word that stands in some `Literal[…]`, and the next one there."""
    found: dict[str, str] = {}
    for node in (node for text in texts for node in ast.walk(ast.parse(text))):
        if isinstance(node, ast.Subscript) and _name(node.value) == "Literal":
            inner = [n.value for n in ast.walk(node.slice) if isinstance(n, ast.Constant)]
            words = [word for word in inner if isinstance(word, str)]
            # A type of one word has no other.
            found |= dict(zip(words, words[1:] + words[:1], strict=True)) if words[1:] else {}
    return found


def mutated(text: str, mutant: Mutant) -> str:
    return text[: mutant.start] + mutant.text + text[mutant.end :]


def probed(path: str, text: str, mutants: Sequence[Mutant]) -> CodeType:
    """The code of a module that tells, while it runs, which mutants are reached.

    `__reached__` is given the numbers and the value it has to hand on; `__compared__` the numbers,
    the operator and both sides.
    """
    numbers: dict[int, list[int]] = defaultdict(list)
    for one in mutants:
        numbers[one.node].append(one.number)
    tree = ast.parse(text)
    probe = _Probe({id(s.node): numbers[at] for at, s in enumerate(_walk(tree)) if at in numbers})
    return compile(ast.fix_missing_locations(probe.visit(tree)), path, "exec")


class _Probe(ast.NodeTransformer):
    def __init__(self, numbers: Mapping[int, list[int]]) -> None:
        self._numbers = numbers

    def visit(self, node: ast.AST) -> ast.AST:
        numbers = self._numbers.get(id(node))
        node = self.generic_visit(node)
        if numbers is None or not isinstance(node, ast.expr):
            return node
        told = ast.Constant(tuple(numbers))
        way = _ORDERS.get(type(node.ops[0])) if isinstance(node, ast.Compare) else None
        if isinstance(node, ast.Compare) and way and len(node.ops) == 1:
            words = [told, ast.Constant(way), node.left, node.comparators[0]]
            return ast.copy_location(
                ast.Call(ast.Name("__compared__", ast.Load()), words, []), node
            )
        call = ast.Call(ast.Name("__reached__", ast.Load()), [told, node], [])
        return ast.copy_location(call, node)


def _walk(tree: ast.AST) -> Iterator[_Spot]:
    """All that may be mutated below a node, in the order of the text."""
    return _below(tree, ())


def _below(node: ast.AST, around: tuple[ast.AST, ...]) -> Iterator[_Spot]:
    for inner in _parts(node):
        yield _Spot(inner, (node, *around))
        yield from _below(inner, (node, *around))


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that decide something when it runs."""
    silent = {"annotation", "returns", "decorator_list", "format_spec", "type_params"}
    if isinstance(node, ast.Subscript) and _name(node.value) == "Literal":
        return
    for name, value in ast.iter_fields(node):
        parts = value if isinstance(value, list) else [value]
        if name in silent or _is_told(node, parts):
            continue
        yield from (part for part in parts if isinstance(part, ast.AST))


def _is_told(node: ast.AST, parts: Sequence[object]) -> bool:
    """Tell whether some parts are patterns or the words of a type variable."""
    is_type = isinstance(node, ast.Call) and _name(node.func) == "TypeVar"
    return is_type or any(isinstance(part, ast.pattern) for part in parts)


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


@dataclass(frozen=True)
class _Module:
    path: str
    text: str
    symbols: Symbols

    def mutants(self, first: int) -> list[Mutant]:
        found: list[Mutant] = []
        seen: Counter[str] = Counter()
        for at, spot in enumerate(_walk(ast.parse(self.text))):
            for start, end, text in self._changes(spot):
                key = self._key(spot, start, end, text)
                seen[key] += 1
                key += f" ({seen[key]})" if seen[key] > 1 else ""
                line = getattr(spot.node, "lineno", 0)
                number = first + len(found)
                found.append(Mutant(number, self.path, line, start, end, text, at, key))
        return found

    def _changes(self, spot: _Spot) -> Iterator[tuple[int, int, str]]:
        node = spot.node
        if isinstance(node, ast.Compare):
            yield from self._compare(node)
        elif isinstance(node, ast.BoolOp):
            yield self._bool_op(node)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield (*self._span(node), f"({self._said(node.operand)})")
        elif isinstance(node, ast.Constant):
            for value in _others(spot, self.symbols):
                yield (*self._span(node), repr(value))

    def _compare(self, node: ast.Compare) -> Iterator[tuple[int, int, str]]:
        sides = [node.left, *node.comparators]
        for op, left, right in zip(node.ops, sides, sides[1:], strict=False):
            begin, end = self._span(left)[1], self._span(right)[0]
            found = _OPERATOR.search(self.text, begin, end)
            assert found, node.lineno
            yield found.start(), found.end(), _OTHER_WAY[type(op)]

    def _bool_op(self, node: ast.BoolOp) -> tuple[int, int, str]:
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        said = self._said(node.values[0])
        for one, other in zip(node.values, node.values[1:], strict=False):
            gap = self.text[self._span(one)[1] : self._span(other)[0]]
            said += re.sub(rf"\b{old}\b", new, gap) + self._said(other)
        start, end = self._span(node)
        # The node's own brackets, where it begins or ends with one, belong to its first and last.
        head = self.text[start : self._span(node.values[0])[0]]
        tail = self.text[self._span(node.values[-1])[1] : end]
        return start, end, f"({head}{said}{tail})"

    def _key(self, spot: _Spot, start: int, end: int, text: str) -> str:
        whole = spot.node if isinstance(spot.node, ast.expr) else spot.parent
        if isinstance(spot.node, ast.Constant) and isinstance(spot.parent, ast.expr | ast.keyword):
            whole = spot.parent
        first, last = self._span(whole)
        new = self.text[first:start] + text + self.text[end:last]
        where = ".".join(_names(spot.around))
        old = " ".join(self.text[first:last].split())
        return f"{self.path} {where or 'module'}: {old} -> {' '.join(new.split())}"

    def _said(self, node: ast.AST) -> str:
        start, end = self._span(node)
        return self.text[start:end]

    def _span(self, node: ast.AST) -> tuple[int, int]:
        assert isinstance(node, ast.expr | ast.keyword)
        last = self._place(node.end_lineno or 0, node.end_col_offset or 0)
        return self._place(node.lineno, node.col_offset), last

    def _place(self, line: int, column: int) -> int:
        """The syntax tree counts bytes; a text has characters."""
        start = self._lines[line - 1]
        end = self.text.find("\n", start)
        whole = self.text[start : end if end >= 0 else None]
        return start + len(whole.encode()[:column].decode())

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]


def _names(around: Sequence[ast.AST]) -> Iterator[str]:
    """The functions and classes around an expression; outside of them the table it is in."""
    inside = False
    for node in reversed(around):
        inside = inside or isinstance(node, _FUNCTIONS)
        if _label(node) and not (inside and isinstance(node, ast.Assign | ast.AnnAssign)):
            yield _label(node)


def _label(node: ast.AST) -> str:
    """What a function, a class or a table is called."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name
    if isinstance(node, ast.AnnAssign):
        return _name(node.target)
    return _name(node.targets[0]) if isinstance(node, ast.Assign) else ""


def _others(spot: _Spot, symbols: Symbols) -> list[object]:
    value = spot.node.value if isinstance(spot.node, ast.Constant) else None
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, str) and _is_word(spot, value, symbols):
        return [symbols.get(value) or _neighbour(spot, value)]
    return []


def _is_word(spot: _Spot, value: str, symbols: Symbols) -> bool:
    if not value or re.search(r"\s", value) or _is_no_word(spot):
        return False
    if value in symbols and not isinstance(spot.parent, ast.Compare):
        return True
    if isinstance(spot.parent, _TABLES) and len(spot.parent.elts) > 1:
        return True
    is_value = isinstance(spot.parent, ast.Dict) and spot.node in spot.parent.values
    return is_value or any(isinstance(node, _RETURNS) for node in _statement(spot))


def _is_no_word(spot: _Spot) -> bool:
    """Docstrings, what a method is asked of, keys, and parts of f-strings."""
    parent = spot.parent
    if isinstance(parent, ast.Dict):
        return spot.node in parent.keys
    names = [_label(node) for node in spot.around]
    silent = ast.Expr | ast.Attribute | ast.Subscript | ast.JoinedStr
    return isinstance(parent, silent) or "__all__" in names


def _statement(spot: _Spot) -> Iterator[ast.AST]:
    """What is around an expression within its own statement; the sides of a comparison return
    nothing."""
    for node in spot.around:
        if isinstance(node, ast.Compare):
            return
        yield node
        if isinstance(node, ast.stmt | ast.Lambda):
            return


def _neighbour(spot: _Spot, value: str) -> str:
    """The next other word that stands in the same function or table."""
    scope: ast.AST = spot.around[-2] if len(spot.around) > 1 else spot.node
    words = [
        node.value
        for node in (inner.node for inner in _walk(scope))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value and not re.search(r"\s", node.value)
    ]
    later = words[words.index(value) + 1 :] + words
    return next((word for word in later if word != value), f"{value}-")
