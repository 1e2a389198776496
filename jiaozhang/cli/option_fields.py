"""How a verb's options are declared: as the typed fields of a frozen dataclass.

A field says how its words are read and what it is without them. Its name is the option's name
(`limit_size` is `--limit-size`); its help stands in `messages.help`.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from jiaozhang.faults.messages import Language

T = TypeVar("T")
Read = TypeVar("Read", covariant=True)
_KEY = "words"


@dataclass(frozen=True, slots=True)
class Value(Generic[Read]):
    """A kind of word: `name` stands for it in help, `read` raises `ValueError` for any other."""

    name: str
    read: Callable[[str], Read]


@dataclass(frozen=True, slots=True)
class Words:
    """What a field is on the command line; a switch has neither a value nor choices.

    `group` names options of which one call may have one.
    """

    value: Value[object] | None = None
    choices: tuple[str, ...] = ()
    is_required: bool = False
    is_positional: bool = False
    is_list: bool = False
    group: str = ""


def option(value: Value[T], default: T, group: str = "") -> T:
    """Declare an option with one word: `--port 8000`."""
    return _field(Words(value, group=group), default)


def choice(words: Iterable[T], default: T) -> T:
    """Declare an option with one word out of a few."""
    return _field(Words(choices=tuple(map(str, words))), default)


def switch(group: str = "") -> bool:
    """Declare an option without a word, which is true where it is given."""
    return _field(Words(group=group), False)


def several(value: Value[T]) -> tuple[T, ...]:
    """Declare an option with one word or more; without it there are none."""
    nothing: tuple[T, ...] = ()
    return _field(Words(value, is_list=True), nothing)


def required(value: Value[T]) -> T:
    """Declare an option that every call has."""
    made: T = dataclasses.field(metadata={_KEY: Words(value, is_required=True)})
    return made


def required_choice(words: Iterable[T]) -> T:
    """Declare an option that every call has, with one word out of a few."""
    own = Words(choices=tuple(map(str, words)), is_required=True)
    made: T = dataclasses.field(metadata={_KEY: own})
    return made


def position(value: Value[T]) -> T:
    """Declare a word that is known by its place, and that every call has."""
    own = Words(value, is_required=True, is_positional=True)
    made: T = dataclasses.field(metadata={_KEY: own})
    return made


def optional_position(value: Value[T], default: T) -> T:
    """Declare a word that is known by its place."""
    return _field(Words(value, is_positional=True), default)


def _field(words: Words, default: T) -> T:
    made: T = dataclasses.field(default=default, metadata={_KEY: words})
    return made


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a call asked for. Each verb has a subclass with its own fields, called by `verb`."""

    verb: ClassVar[str]
    lang: Language = choice(("zh", "en"), "zh")


@dataclass(frozen=True, slots=True)
class Declared:
    """A field of a verb's options: how it is written, and what it is where it is not."""

    field: str
    words: Words
    default: object

    @property
    def name(self) -> str:
        """The option, or the name that stands for a word by its place."""
        return self.field if self.words.is_positional else f"--{self.field.replace('_', '-')}"


def declared(kind: type[Options]) -> Iterator[Declared]:
    """Every field that is written on the command line; a verb's own come before shared ones."""
    fields = {one.name: one for one in dataclasses.fields(kind)}
    for part in kind.__mro__:
        for name in inspect.get_annotations(part):
            one = fields.pop(name, None)
            if one is not None and _KEY in one.metadata:
                yield Declared(name, one.metadata[_KEY], one.default)
