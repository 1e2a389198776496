"""Search documents: fields with weights, and facets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DocumentKind = Literal["task", "note", "unit", "district", "page"]


@dataclass(frozen=True, slots=True)
class DocumentField:
    """A text of a document. `weight` is 1 to 5; `fine` includes single characters and
    pronunciations; `label` is shown before the text of a result found in this field.
    """

    label: str
    text: str
    weight: int
    fine: bool = True


@dataclass(frozen=True, slots=True)
class Also:
    """Synonyms for a phrase in a field: 停车位 for 停车泊位."""

    said: str
    words: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A search document: its address, the text of its result, and its indexed fields.

    `label` is shown before a result: a task's number, or the kind of document. `mark` is its
    standing as word, shape and tone. `number` is a task's year and number. `owner` of a note is the
    index of its task among the documents. `facets` are a task's section, standing and units, as
    values of the form's fields.
    """

    kind: DocumentKind
    address: str
    label: str
    title: str
    place: str
    fields: tuple[DocumentField, ...]
    also: tuple[Also, ...] = ()
    mark: tuple[str, str, str] | None = None
    number: tuple[int, int] | None = None
    owner: int | None = None
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
