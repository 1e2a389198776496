"""How a value is written as JSON (equal values are equal bytes), and what an object of it holds.

A property is its JSON Schema and how its value is made, so that what is written and what is
promised are one list.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
T = TypeVar("T")

TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": "number"}
COUNT: Json = {"type": "integer", "minimum": 0}
NATURAL: Json = {"type": "integer", "minimum": 1}
TRUTH: Json = {"type": "boolean"}
DAY: Json = {"type": "string", "format": "date"}
DAY_OR_MONTH: Json = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"}


@dataclass(frozen=True, slots=True)
class Property(Generic[T]):
    """A property of an object made of a `T`: its name, its schema, and how its value is made."""

    name: str
    schema: Json
    value: Callable[[T], Json]


@dataclass(frozen=True, slots=True)
class JsonObject(Generic[T]):
    """What is written of a `T`: these properties in this order, all of them and no other."""

    properties: tuple[Property[T], ...]

    def json(self, of: T) -> dict[str, Json]:
        return {own.name: own.value(of) for own in self.properties}

    def json_or_null(self, of: T | None) -> Json:
        return None if of is None else self.json(of)

    def json_of_all(self, of: Iterable[T]) -> Json:
        return [self.json(one) for one in of]

    def schema(self) -> dict[str, Json]:
        return {
            "type": "object",
            "properties": {own.name: own.schema for own in self.properties},
            "required": [own.name for own in self.properties],
            "additionalProperties": False,
        }


def list_of(items: Json) -> Json:
    return {"type": "array", "items": items}


def or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(symbols: tuple[str, ...]) -> Json:
    return {"enum": list(symbols)}


def number(value: Decimal | None) -> Json:
    """A number with the digits it needs: 1600 and not 1600.0."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def json_text(value: Json) -> str:
    """Write a value as a file."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
