"""Fields: one table per kind of record drives the reader, the editors' schema and the docs.

A `Kind` says how a piece of text becomes a value; a `Shape` is a map with named fields. Reading
goes on after a fault, so that an editor sees all of them at once.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, NewType, TypeVar, cast

from portal.diagnostic import Diagnostic, Place, fault, nearest
from portal.located import Document, ListNode, MapNode, Node, Scalar, slip
from portal.urls import is_address

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
ChoiceT = TypeVar("ChoiceT", bound=str)
Slug = NewType("Slug", str)

# Names that Windows, nginx or this site's own addresses already use.
RESERVED_SLUGS = frozenset({"index", "internal", "con", "prn", "aux", "nul", "static", "assets"})


# Fields for sentences are longer than this; names and numbers are shorter.
_PROSE = 24
# No list of a ledger is longer; what is, is a slip of a tool or an attack.
MOST_ITEMS = 1000


class Faults:
    """Collects what is wrong with one document while it is read."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: list[Diagnostic] = []

    def add(self, code: str, node: Node, **facts: object) -> None:
        self.at(self.document.source.place(node.line, node.column), code, **facts)

    def at(self, place: Place, code: str, **facts: object) -> None:
        self.found.append(fault(code, place, **facts))


@dataclass(frozen=True, slots=True)
class Kind(Generic[T_co]):
    """How a node becomes a value (nothing, when it is faulty), and how to tell an editor."""

    read: Callable[[Node, Faults], T_co | None]
    schema: Mapping[str, object]
    words: str


@dataclass(frozen=True, slots=True)
class Field(Generic[T_co]):
    """A named entry of a shape. `meaning` is Chinese, for the editors' guide."""

    name: str
    kind: Kind[T_co]
    meaning: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    fields: tuple[Field[object], ...]


@dataclass(frozen=True, slots=True)
class Values:
    """What was read from one map. `values[FIELD]` is for required fields, `.get` for others."""

    by_name: Mapping[str, object]

    def __getitem__(self, field: Field[T]) -> T:
        return cast(T, self.by_name[field.name])

    def get(self, field: Field[T]) -> T | None:
        return cast("T | None", self.by_name.get(field.name))


def read_fields(node: Node, shape: Shape, faults: Faults) -> Values | None:
    """Read a map by its shape; nothing comes back when a field is missing or faulty."""
    if not isinstance(node, MapNode):
        _report_not_a_map(node, faults)
        return None
    before = len(faults.found)
    fields = {field.name: field for field in shape.fields}
    values: dict[str, object] = {}
    misspelt: set[str] = set()
    for key, value in node.entries:
        field = fields.get(key.text)
        if field is None:
            misspelt.add(_report_unknown_key(key, value, shape, faults))
        elif not (isinstance(value, Scalar) and value.is_null):
            values[key.text] = field.kind.read(value, faults)
    for field in shape.fields:
        if field.required and field.name not in values and field.name not in misspelt:
            # An entry that stands there without a value is pointed at itself.
            place = node.get(field.name) or node
            faults.add("missing-field", place, field=field.name, meaning=field.meaning)
    return Values(values) if len(faults.found) == before else None


def line_of_text(limit: int) -> Kind[str]:
    """One line of text, at most `limit` characters."""

    def read(node: Node, faults: Faults) -> str | None:
        text = _text_of(node, faults)
        if text is None:
            return None
        if not text.strip() or text != text.strip() or "\n" in text:
            code = "not-one-line" if "\n" in text else "blank-edge"
            faults.add(code if text.strip() else "empty-value", node)
            return None
        if len(text) > limit:
            faults.add("too-long", node, length=len(text), limit=limit)
            return None
        if _is_cut(node, text, limit, faults):
            faults.add("cut-by-hash", node, kept=text[-20:])
            return None
        return text

    return Kind(read, {"type": "string", "maxLength": limit}, f"一行文字，不超过{limit}字")


def _is_cut(node: Node, text: str, limit: int, faults: Faults) -> bool:
    """Tell whether ` #` ended a sentence: in prose one blank before it is a slip, two a comment."""
    if limit < _PROSE or not (isinstance(node, Scalar) and node.plain):
        return False
    line = faults.document.source.place(node.line, node.column).excerpt
    return bool(re.match(r" #\S", line[node.column - 1 + len(text) :]))


def whole_number(low: int, high: int) -> Kind[int]:
    """A whole number written in plain digits, without a sign, a point or leading zeros."""

    def read(node: Node, faults: Faults) -> int | None:
        text = _ascii_digits(node, faults)
        if text is None:
            return None
        if not re.fullmatch(r"0|[1-9]\d{0,8}", text):
            faults.add("not-a-number", node, given=text, low=low, high=high)
            return None
        if not low <= int(text) <= high:
            faults.add("not-a-number", node, given=text, low=low, high=high)
            return None
        return int(text)

    words = f"{low}至{high}的整数"
    return Kind(read, {"type": "integer", "minimum": low, "maximum": high}, words)


def _read_decimal(node: Node, faults: Faults) -> Decimal | None:
    text = _ascii_digits(node, faults)
    if text is None:
        return None
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", text):
        faults.add("not-a-quantity", node, given=text)
        return None
    return Decimal(text)


def _read_day(node: Node, faults: Faults) -> datetime.date | None:
    text = _ascii_digits(node, faults)
    if text is None:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            faults.add("no-such-day", node, given=text)
            return None
    faults.add("not-a-date", node, given=text, nearest=_as_iso(text))
    return None


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


QUANTITY = Kind(_read_decimal, {"type": "number"}, "数字，如 1600、1.62")
DAY = Kind(_read_day, {"type": "string", "format": "date"}, "日期，写作 2025-12-31")
SLUG = Kind(
    _read_slug, {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"}, "网址用的小写字母、数字和连字符"
)
WEB_ADDRESS = Kind(_read_web_address, {"type": "string"}, "http、https、mailto 或 tel 网址")
SITE_ADDRESS = Kind(_read_site_address, {"type": "string"}, "http 或 https 网址")


def choice(*words: ChoiceT) -> Kind[ChoiceT]:
    """One word out of a closed set."""

    def read(node: Node, faults: Faults) -> ChoiceT | None:
        text = _text_of(node, faults)
        if text is None:
            return None
        for word in words:
            if word == text:
                return word
        faults.add(
            "not-a-choice",
            node,
            given=text[:40],
            words="、".join(words),
            nearest=nearest(text, words),
        )
        return None

    return Kind(read, {"enum": list(words)}, "、".join(f"`{word}`" for word in words) + "之一")


def list_of(kind: Kind[T]) -> Kind[tuple[T, ...]]:
    """A list; `[甲，乙]` with a Chinese comma is recognised as the slip it is."""

    def read(node: Node, faults: Faults) -> tuple[T, ...] | None:
        if not isinstance(node, ListNode):
            _report_not_a_list(node, faults)
            return None
        if len(node.items) > MOST_ITEMS:
            faults.add("too-many", node, count=len(node.items), limit=MOST_ITEMS)
            return None
        values = [kind.read(item, faults) for item in node.items]
        return tuple(value for value in values if value is not None)

    return Kind(read, {"type": "array", "items": dict(kind.schema)}, f"列表，每项是{kind.words}")


def names(limit: int = 60) -> Kind[tuple[str, ...]]:
    """A list of names, none of which holds a Chinese comma."""
    one = line_of_text(limit)

    def read(node: Node, faults: Faults) -> str | None:
        if isinstance(node, Scalar) and node.is_null:
            faults.add("empty-value", node)
            return None
        text = one.read(node, faults)
        # What stands in brackets belongs to the name: 市外办（市港澳办、市台办）.
        if text and re.search("[，、；]", re.sub("（[^（）]*）", "", text)):
            mended = "[" + ", ".join(re.split("[，、；]", text)) + "]"
            faults.add("fullwidth-comma", node, given=text, mended=mended)
            return None
        return text

    return list_of(Kind(read, one.schema, "名称"))


def one_of_shape(shape: Shape, build: Callable[[Values], T]) -> Kind[T]:
    """A nested map, turned into a value of ours."""

    def read(node: Node, faults: Faults) -> T | None:
        values = read_fields(node, shape, faults)
        return build(values) if values else None

    return Kind(read, schema_of(shape), f"`{shape.name}`")


def map_of(kind: Kind[T]) -> Kind[tuple[tuple[str, T], ...]]:
    """A map whose keys the editor chooses; pairs come back in the order of the file."""

    def read(node: Node, faults: Faults) -> tuple[tuple[str, T], ...] | None:
        if not isinstance(node, MapNode):
            _report_not_a_map(node, faults)
            return None
        pairs = [(key.text, kind.read(_filled(value), faults)) for key, value in node.entries]
        return tuple((name, value) for name, value in pairs if value is not None)

    schema = {"type": "object", "additionalProperties": dict(kind.schema)}
    return Kind(read, schema, f"名称到{kind.words}的对照")


def _filled(node: Node) -> Node:
    """A key without a value, such as `汛前:`, is a map without entries."""
    if isinstance(node, Scalar) and node.is_null:
        return MapNode((), node.line, node.column)
    return node


def either(word: str, kind: Kind[T]) -> Kind[T | str]:
    """A fixed word (such as `unknown`) or a value of another kind."""

    def read(node: Node, faults: Faults) -> T | str | None:
        if isinstance(node, Scalar) and node.text == word:
            return word
        return kind.read(node, faults)

    return Kind(read, {"anyOf": [{"const": word}, dict(kind.schema)]}, f"`{word}`，或{kind.words}")


def schema_of(shape: Shape) -> dict[str, object]:
    """The draft-07 JSON Schema of a shape, for editors' tools."""
    return {
        "type": "object",
        "properties": {
            field.name: {**field.kind.schema, "description": field.meaning}
            for field in shape.fields
        },
        "required": [field.name for field in shape.fields if field.required],
        "additionalProperties": False,
    }


def _text_of(node: Node, faults: Faults) -> str | None:
    if isinstance(node, Scalar):
        return node.text
    faults.add("wrong-shape", node, wanted="文字", wanted_en="text")
    return None


def _ascii_digits(node: Node, faults: Faults) -> str | None:
    """The text of a number or date; full-width digits are named, not quietly converted."""
    text = _text_of(node, faults)
    if text is None:
        return None
    narrow = unicodedata.normalize("NFKC", text)
    if narrow != text and re.fullmatch(r"[-\d.]+", narrow):
        faults.add("fullwidth-digits", node, given=text, mended=narrow)
        return None
    return text


def _as_iso(text: str) -> str:
    """Guess the ISO form of a date written another way, for the suggestion only."""
    found = re.fullmatch(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?", text)
    iso = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else ""
    try:
        return datetime.date.fromisoformat(iso).isoformat() if iso else ""
    except ValueError:
        return ""


def _report_unknown_key(key: Scalar, value: Node, shape: Shape, faults: Faults) -> str:
    """Report a key nobody knows; return the key that was probably meant."""
    is_bare = isinstance(value, Scalar) and value.is_null
    if is_bare and re.fullmatch("[0-9]{3}", key.text):
        # In braces a comma ends an entry: 1,200 is read as 1 and a key 200.
        faults.add("thousands", key, given=key.text)
        return ""
    known = [field.name for field in shape.fields]
    meant = nearest(re.split("[：:]", key.text)[0], known)
    if "：" in key.text:
        faults.add("fullwidth-colon", key, line=key.text[:40])
    elif ":" in key.text and key.text.partition(":")[0] in known:
        faults.add("missing-space", key, line=key.text[:40])
    else:
        faults.add("unknown-key", key, key=key.text[:40], nearest=meant, known=", ".join(known))
    return meant


def _report_not_a_map(node: Node, faults: Faults) -> None:
    code = slip(node.text) if isinstance(node, Scalar) and node.plain else ""
    if code and isinstance(node, Scalar):
        faults.add(code, node, line=node.text.split("\n")[0][:40])
    else:
        faults.add("wrong-shape", node, wanted="“键: 值”", wanted_en="`key: value` pairs")


def _report_not_a_list(node: Node, faults: Faults) -> None:
    faults.add("wrong-shape", node, wanted="列表，如 [甲, 乙]", wanted_en="a list such as [a, b]")
