"""Types of fields, kinds and shapes, and the collector of faults while a document is parsed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.files.yaml_tree import Document, Node

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Faults:
    """Collects the faults of one document while it is parsed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: list[Diagnostic] = []

    def add(self, code: str, node: Node, **facts: object) -> None:
        self.at(self.document.source.place(node.line, node.column), code, **facts)

    def at(self, place: Place, code: str, **facts: object) -> None:
        self.found.append(fault(code, place, **facts))

    @property
    def year(self) -> str:
        """The year whose folder contains the document, or an empty string."""
        first = self.document.source.key.partition("/")[0]
        return first if first.isdigit() else ""


@dataclass(frozen=True, slots=True)
class FieldKind(Generic[T_co]):
    """Converts a node to a value, and describes it in JSON Schema; for maps, also the inner shape.

    `read` reports an invalid node and returns what was probably meant, or None if that is unclear.
    `stand_in` makes a value that replaces a missing one while the rest is checked.
    """

    read: Callable[[Node, Faults], T_co | None]
    schema: Mapping[str, object]
    words: str
    stand_in: Callable[[], T_co]
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Field(Generic[T_co]):
    """A named field of a shape. `meaning` is in Chinese, for the editors' guide."""

    name: str
    kind: FieldKind[T_co]
    meaning: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    fields: tuple[Field[object], ...]


@dataclass(frozen=True, slots=True)
class Values:
    """The values parsed from one map. `values[FIELD]` is for required fields, `.get` for others.

    `doubtful` names the fields whose values are not as written: reported, guessed or replaced.
    """

    by_name: Mapping[str, object]
    doubtful: frozenset[str] = frozenset()

    def __getitem__(self, field: Field[T]) -> T:
        return cast(T, self.by_name[field.name])

    def get(self, field: Field[T]) -> T | None:
        return cast("T | None", self.by_name.get(field.name))


def schema_of(shape: Shape) -> dict[str, object]:
    """The draft-07 JSON Schema of a shape, for editors.

    Optional fields may also have an empty value.
    """

    def own(field: Field[object]) -> dict[str, object]:
        if field.required:
            return {**field.kind.schema, "description": field.meaning}
        return {"anyOf": [dict(field.kind.schema), {"type": "null"}], "description": field.meaning}

    return {
        "type": "object",
        "properties": {field.name: own(field) for field in shape.fields},
        "required": [field.name for field in shape.fields if field.required],
        "additionalProperties": False,
    }
