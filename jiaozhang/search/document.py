"""Search documents: fields with weights, and facets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DocumentKind = Literal["task", "note", "unit", "district", "page"]


@dataclass(frozen=True, slots=True)
class DocumentField:
    """A text of a document.

    `weight` is 1 to 5; `fine` includes single characters and pronunciations; `label` is shown
    before the text of a result found in this field, and `is_shown` tells whether the text may be
    shown.
    """

    label: str
    text: str
    weight: int
    fine: bool = True
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Also:
    """Synonyms for a phrase in a field: 停车位 for 停车泊位."""

    said: str
    words: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure below a result: what it counts, the target beside it, and whether it answers that.

    `mark` is a word, shape and tone, or None where the figure belongs to no target; `reason` says
    how its scope differs.
    """

    value: str
    unit: str
    name: str
    goal: str = ""
    mark: tuple[str, str, str] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A search document: its address, the text of its result, and its indexed fields.

    `label` is shown before a result: a task's number, or the kind of document. `mark` is its
    standing as word, shape and tone. `number` is a task's year and number. `owner` of a note is the
    index of its task among the documents. `facets` are a task's section, standing and units, as
    values of the form's fields. `figures` are shown below a result, and `said` where there are
    none.
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
    figures: tuple[ShownFigure, ...] = ()
    said: str = ""
