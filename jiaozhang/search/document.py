"""What can be found: a document, its fields with their weights, and its facets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["task", "note", "unit", "district", "page"]


@dataclass(frozen=True, slots=True)
class Field:
    """A text of a document. `weight` is 1 to 5; `fine` says that single characters and readings
    count too; a result that was found in it shows its `label` before the text."""

    label: str
    text: str
    weight: int
    fine: bool = True


@dataclass(frozen=True, slots=True)
class Also:
    """Other words for something that a field says: 停车位 for 停车泊位."""

    said: str
    words: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Document:
    """A thing to find: where it is, what its result says, what it is found by.

    `label` stands before a result: a task's number, or what kind of thing it is.
    `mark` is its standing as word, shape and tone. `number` is a task's year and number. A note's
    `owner` is the place of its task among the documents. `facets` are a task's section, standing
    and units, as values of the page's form.
    """

    kind: Kind
    address: str
    label: str
    title: str
    place: str
    fields: tuple[Field, ...]
    also: tuple[Also, ...] = ()
    mark: tuple[str, str, str] | None = None
    number: tuple[int, int] | None = None
    owner: int | None = None
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
