"""Fields: one table per kind of record drives the parser, the JSON Schema and the documentation.

A `FieldKind` converts a node to a value; a `Shape` is a map with named fields. Parsing continues
after a fault, so that an editor sees all of them at once.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NewType, TypeVar

from jiaozhang.files.date_spelling import meant_day, meant_quantity
from jiaozhang.files.nearest import nearest
from jiaozhang.files.placeholders import blank_in
from jiaozhang.files.shape import Faults, Field, FieldKind, Shape, Values, schema_of
from jiaozhang.files.urls import is_address
from jiaozhang.files.yaml_repair import needs_quotes, respelt, slip
from jiaozhang.files.yaml_tree import ListNode, MapNode, Node, Scalar

__all__ = [
    "BOOLEAN",
    "DAY",
    "MOST_ITEMS",
    "NO_DAY",
    "QUANTITY",
    "SITE_ADDRESS",
    "SLUG",
    "WEB_ADDRESS",
    "Faults",
    "Field",
    "FieldKind",
    "Shape",
    "Slug",
    "Values",
    "choice",
    "either",
    "line_of_text",
    "list_of",
    "map_of",
    "names",
    "one_of_shape",
    "read_fields",
    "schema_of",
    "whole_number",
]

T = TypeVar("T")
ChoiceT = TypeVar("ChoiceT", bound=str)
Slug = NewType("Slug", str)

# Names with a meaning in Windows, in nginx or in this site's addresses.
RESERVED_SLUGS = frozenset({"index", "internal", "con", "prn", "aux", "nul", "static", "assets"})


# Text fields with a longer limit than this hold sentences; the others names and numbers.
_PROSE = 24
# No real list of a ledger is longer; one that is, is a tool's error or an attack.
MOST_ITEMS = 1000
# Replaces a date that cannot be parsed; no record has it.
NO_DAY = datetime.date.min
_NO_TEXT = "？"


def read_fields(node: Node, shape: Shape, faults: Faults) -> Values | None:
    """Parse a map node by its shape; None if the node is no map.

    Missing and invalid values are reported and replaced by a stand-in, so that the checks across
    records can run on the rest and an editor sees every fault at once.
    """
    if not isinstance(node, MapNode):
        _report_not_a_map(node, faults)
        return None
    values: dict[str, object] = {}
    doubtful: set[str] = set()
    for key, value in node.entries:
        before = len(faults.found)
        field, own = _field_of(key, value, node, shape, faults)
        if field is None:
            continue
        if not (isinstance(own, Scalar) and own.is_null):
            read = field.kind.read(own, faults)
            values[field.name] = field.kind.stand_in() if read is None else read
        elif _is_all_comment(key, own, faults):
            faults.add("cut-by-hash", own, kept=f"{key.text}:")
        if len(faults.found) > before:
            doubtful.add(field.name)
    _stand_in(node, shape, values, doubtful, faults)
    return Values(values, frozenset(doubtful))


def _stand_in(
    node: MapNode, shape: Shape, values: dict[str, object], doubtful: set[str], faults: Faults
) -> None:
    """Report missing required fields, and put stand-ins into `values`."""
    for field in shape.fields:
        if field.required and field.name not in values:
            if field.name not in doubtful:
                # A key without a value: point at the key itself.
                place = node.get(field.name) or node
                faults.add("missing-field", place, field=field.name, meaning=field.meaning)
                doubtful.add(field.name)
            values[field.name] = field.kind.stand_in()


def _field_of(
    key: Scalar, value: Node, node: MapNode, shape: Shape, faults: Faults
) -> tuple[Field[object] | None, Node]:
    """The field that a key names or was probably meant to name, and its value."""
    name = key.text
    if all(field.name != name for field in shape.fields):
        name, value = _report_unknown_key(key, value, shape, faults)
        if not name or node.get(name):
            return None, value
    return next((field for field in shape.fields if field.name == name), None), value


def _is_all_comment(key: Scalar, value: Scalar, faults: Faults) -> bool:
    """Tell whether a value was read as a comment: `title: #1机组`. Real comments have a space after
    `#`.
    """
    line = faults.document.source.place(key.line, key.column).excerpt
    return not value.text and bool(
        re.match(r"\s*:\s?#[^\s#]", line[key.column - 1 + len(key.text) :])
    )


def line_of_text(limit: int) -> FieldKind[str]:
    """One line of text, at most `limit` characters."""

    def read(node: Node, faults: Faults) -> str | None:
        text = _text_of(node, faults)
        if text is None:
            return None
        if not text.strip():
            faults.add("empty-value", node)
            return None
        if text != text.strip() or "\n" in text:
            faults.add("not-one-line" if "\n" in text else "blank-edge", node)
        elif len(text) > limit:
            faults.add("too-long", node, length=len(text), limit=limit)
        elif _is_cut(node, text, limit, faults):
            faults.add("cut-by-hash", node, kept=text[-20:])
        return " ".join(text.split("\n")).strip()

    words = f"一行文字，不超过{limit}字"
    # A number is valid text, and keeps its digits as typed.
    schema = {"type": ["string", "number"], "maxLength": limit}
    return FieldKind(read, schema, words, lambda: _NO_TEXT)


def _is_cut(node: Node, text: str, limit: int, faults: Faults) -> bool:
    """Tell whether ` #` cut a sentence: after one space a mistake, after two a real comment."""
    if limit < _PROSE or not (isinstance(node, Scalar) and node.plain):
        return False
    line = faults.document.source.place(node.line, node.column).excerpt
    return bool(re.match(r" #\S", line[node.column - 1 + len(text) :]))


def whole_number(low: int, high: int) -> FieldKind[int]:
    """An integer in plain digits, without a sign, a point or leading zeros."""

    def read(node: Node, faults: Faults) -> int | None:
        text = _ascii_digits(node, faults)
        if text is None:
            return None
        if not re.fullmatch(r"0|[1-9][0-9]{0,8}", text):
            meant = meant_quantity(text.lstrip("0第"))
            is_right = meant.isdigit() and low <= int(meant) <= high
            near = meant if is_right else ""
            faults.add("not-a-number", node, given=text, low=low, high=high, nearest=near)
            return int(meant) if is_right else None
        if not low <= int(text) <= high:
            faults.add("not-a-number", node, given=text, low=low, high=high)
            return None
        return int(text)

    words = f"{low}至{high}的整数"
    return FieldKind(read, {"type": "integer", "minimum": low, "maximum": high}, words, lambda: low)


def _read_decimal(node: Node, faults: Faults) -> Decimal | None:
    text = _ascii_digits(node, faults)
    if text is None:
        return None
    if not re.fullmatch(r"(?!-0*(\.0*)?$)-?[0-9]{1,12}(\.[0-9]{1,6})?", text):
        meant = meant_quantity(text)
        faults.add("not-a-quantity", node, given=text, nearest=meant)
        return Decimal(meant) if meant else None
    return Decimal(text)


def _read_day(node: Node, faults: Faults) -> datetime.date | None:
    text = _ascii_digits(node, faults)
    if text is None:
        return None
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            faults.add("no-such-day", node, given=text)
            return None
    meant = meant_day(text, faults.year)
    faults.add("not-a-date", node, given=text, nearest=meant)
    return datetime.date.fromisoformat(meant) if meant else None


def _read_slug(node: Node, faults: Faults) -> Slug | None:
    text = _text_of(node, faults)
    if text is None:
        return None
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", text) or len(text) > 60:
        faults.add("not-a-slug", node, given=text[:40])
        return None
    if text in RESERVED_SLUGS:
        faults.add("not-a-slug", node, given=text)
        return None
    return Slug(text)


def _read_web_address(node: Node, faults: Faults) -> str | None:
    text = _text_of(node, faults)
    if text is None:
        return None
    if not is_address(text):
        faults.add("not-an-address", node, given=text[:60])
        return None
    return text


def _read_site_address(node: Node, faults: Faults) -> str | None:
    text = _read_web_address(node, faults)
    if text and not text.startswith(("http://", "https://")):
        faults.add("not-an-address", node, given=text[:60])
        return None
    return text


QUANTITY = FieldKind(_read_decimal, {"type": "number"}, "数字，如 1600、1.62", Decimal)
DAY = FieldKind(
    _read_day, {"type": "string", "format": "date"}, "日期，写作 2025-12-31", lambda: NO_DAY
)
SLUG = FieldKind(
    _read_slug,
    {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
    "网址用的小写字母、数字和连字符",
    lambda: Slug("x"),
)
_ADDRESS = "http、https、mailto 或 tel 网址"
WEB_ADDRESS = FieldKind(_read_web_address, {"type": "string"}, _ADDRESS, lambda: "")
SITE_ADDRESS = FieldKind(_read_site_address, {"type": "string"}, "http 或 https 网址", lambda: "")


def choice(*words: ChoiceT) -> FieldKind[ChoiceT]:
    """One word of a closed set."""
    return symbol_of({word: word for word in words})


def symbol_of(symbols: Mapping[str, ChoiceT]) -> FieldKind[ChoiceT]:
    """One word of a closed set, converted to the symbol that code uses."""
    words = tuple(symbols)

    def read(node: Node, faults: Faults) -> ChoiceT | None:
        text = _text_of(node, faults)
        if text is None:
            return None
        if text not in symbols:
            near = nearest(text, words)
            faults.add("not-a-choice", node, given=text[:40], words="、".join(words), nearest=near)
            text = near
        return symbols.get(text)

    described = "、".join(f"`{word}`" for word in words) + "之一"
    return FieldKind(read, {"enum": list(words)}, described, lambda: symbols[words[0]])


# Parsed as a word, since YAML versions differ in which words are booleans.
BOOLEAN: FieldKind[str] = replace(choice("true", "false"), schema={"type": "boolean"})


def list_of(kind: FieldKind[T]) -> FieldKind[tuple[T, ...]]:
    """A list; reports `[甲，乙]`, with a Chinese comma, as the mistake it is."""

    def read(node: Node, faults: Faults) -> tuple[T, ...] | None:
        if not isinstance(node, ListNode):
            node = _as_list(node, faults)
        if len(node.items) > MOST_ITEMS:
            faults.add("too-many", node, count=len(node.items), limit=MOST_ITEMS)
            return None
        # An invalid item keeps its position, so that indices match the file.
        values = [kind.read(item, faults) for item in node.items]
        return tuple(kind.stand_in() if value is None else value for value in values)

    schema = {"type": "array", "items": dict(kind.schema)}
    return FieldKind(read, schema, f"列表，每项是{kind.words}", tuple, kind.shape)


def names(limit: int = 60) -> FieldKind[tuple[str, ...]]:
    """A list of names, none of which holds a Chinese comma."""
    one = line_of_text(limit)

    def read(node: Node, faults: Faults) -> str | None:
        if isinstance(node, Scalar) and node.is_null:
            faults.add("empty-value", node)
            return None
        text = one.read(node, faults)
        # Text in brackets is part of the name: 市外办（市港澳办、市台办）.
        if text and re.search("[，、；]", re.sub("（[^（）]*）", "", text)):
            mended = "[" + ", ".join(re.split("[，、；]", text)) + "]"
            faults.add("fullwidth-comma", node, given=text, mended=mended)
        return text

    return list_of(FieldKind(read, one.schema, "名称", lambda: _NO_TEXT))


def one_of_shape(shape: Shape, build: Callable[[Values], T]) -> FieldKind[T]:
    """A nested map, converted to a value by `build`."""

    def read(node: Node, faults: Faults) -> T | None:
        values = read_fields(node, shape, faults)
        return build(values) if values else None

    def stand_in() -> T:
        names = {field.name: field.kind.stand_in() for field in shape.fields if field.required}
        return build(Values(names, frozenset(names)))

    return FieldKind(read, schema_of(shape), f"`{shape.name}`", stand_in, shape)


def map_of(kind: FieldKind[T]) -> FieldKind[tuple[tuple[str, T], ...]]:
    """A map with free keys; (key, value) pairs in the order of the file.

    Keys are shown on pages as names, so they follow the rules for names.
    """
    key_kind = line_of_text(60)

    def read(node: Node, faults: Faults) -> tuple[tuple[str, T], ...] | None:
        if not isinstance(node, MapNode):
            _report_not_a_map(node, faults)
            return None
        pairs = [
            (key_kind.read(key, faults) or _NO_TEXT, kind.read(_filled(value), faults))
            for key, value in node.entries
        ]
        return tuple((name, kind.stand_in() if own is None else own) for name, own in pairs)

    values = {"anyOf": [dict(kind.schema), {"type": "null"}]}
    schema = {"type": "object", "additionalProperties": values}
    return FieldKind(read, schema, f"名称到{kind.words}的对照", tuple, kind.shape)


def _filled(node: Node) -> Node:
    """A key without a value, such as `汛前:`, counts as an empty map."""
    if isinstance(node, Scalar) and node.is_null:
        return MapNode((), node.line, node.column)
    return node


def either(word: str, kind: FieldKind[T]) -> FieldKind[T | str]:
    """A fixed word (such as `unknown`) or a value of another kind."""

    def read(node: Node, faults: Faults) -> T | str | None:
        if isinstance(node, Scalar) and node.text == word:
            return word
        return kind.read(node, faults)

    schema = {"anyOf": [{"const": word}, dict(kind.schema)]}
    return FieldKind(read, schema, f"`{word}`，或{kind.words}", lambda: word)


def _text_of(node: Node, faults: Faults) -> str | None:
    if isinstance(node, Scalar):
        blank = blank_in(node.text)
        if blank is None:
            return node.text
        faults.add("not-filled-in", node, what=blank[1])
        return None
    line = faults.document.source.place(node.line, node.column).excerpt
    guess = needs_quotes(line, node.column) if line[node.column - 1 :][:1] in ("[", "{") else None
    if guess:
        faults.add(guess.code, node, **guess.facts)
    else:
        faults.add("wrong-shape", node, wanted="文字", wanted_en="text")
    return None


def _ascii_digits(node: Node, faults: Faults) -> str | None:
    """The text of a number or date; full-width digits are reported, then converted."""
    text = _text_of(node, faults)
    if text is None:
        return None
    narrow = unicodedata.normalize("NFKC", text)
    if narrow != text and re.fullmatch(r"[-\d.]+", narrow):
        faults.add("fullwidth-digits", node, given=text, mended=narrow)
        return narrow
    return text


def _report_unknown_key(key: Scalar, value: Node, shape: Shape, faults: Faults) -> tuple[str, Node]:
    """Report an unknown key; return the key that was probably meant, and its value."""
    is_bare = isinstance(value, Scalar) and value.is_null
    if is_bare and re.fullmatch("[0-9]{3}", key.text):
        # In a flow map a comma ends an entry: 1,200 is parsed as 1 and a key 200.
        faults.add("thousands", key, given=key.text)
        return "", value
    known = [field.name for field in shape.fields]
    first, colon, rest = (
        re.split("([：:])", key.text, maxsplit=1)
        if re.search("[：:]", key.text)
        else (key.text, "", "")
    )
    meant = nearest(first, known)
    if colon == "：":
        mended = f"{first}: {rest.strip()}"
        faults.add("fullwidth-colon", key, line=key.text[:40], mended=mended)
    elif colon and first in known:
        faults.add("missing-space", key, line=key.text[:40], mended=f"{first}: {rest.strip()}")
    else:
        faults.add("unknown-key", key, key=key.text[:40], nearest=meant, known=", ".join(known))
    is_joined = bool(colon) and is_bare and bool(rest.strip())
    return meant, Scalar(rest.strip(), key.line, key.column) if is_joined else value


def _report_not_a_map(node: Node, faults: Faults) -> None:
    code = slip(node.text) if isinstance(node, Scalar) and node.plain else ""
    if code and isinstance(node, Scalar):
        line = node.text.split("\n")[0]
        faults.add(code, node, line=line[:40], mended=respelt(line))
    else:
        faults.add("wrong-shape", node, wanted="“键: 值”", wanted_en="`key: value` pairs")


def _as_list(node: Node, faults: Faults) -> ListNode:
    """Return the node as a list; report other nodes, and split text into names."""
    text = node.text if isinstance(node, Scalar) else ""
    parts = [
        part.strip() for part in re.split("[，、；,;]", text.strip("[]［］【】")) if part.strip()
    ]
    meant = f"[{', '.join(parts)}]" if parts and "\n" not in text else ""
    faults.add(
        "wrong-shape",
        node,
        wanted="列表，如 [甲, 乙]",
        wanted_en="a list such as [a, b]",
        nearest=meant,
    )
    return ListNode(
        tuple(Scalar(part, node.line, node.column) for part in parts), node.line, node.column
    )
