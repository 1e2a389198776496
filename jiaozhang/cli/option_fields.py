"""Declarations of a verb's options as typed fields of a frozen dataclass.

A field defines how its arguments are parsed, and its default. Its name is the option's name
(`limit_size` is `--limit-size`); its help text is in `messages.help`.
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
    """A type of argument: `name` is its metavar, `read` parses it or raises `ValueError`."""

    name: str
    read: Callable[[str], Read]


@dataclass(frozen=True, slots=True)
class Words:
    """A field's form on the command line; a switch has neither value nor choices.

    Options with the same `group` are mutually exclusive.
    """

    value: Value[object] | None = None
    choices: tuple[str, ...] = ()
    is_required: bool = False
    is_positional: bool = False
    is_list: bool = False
    group: str = ""


def option(value: Value[T], default: T, group: str = "") -> T:
    """Declare an option with one argument: `--port 8000`."""
    return _field(Words(value, group=group), default)


def choice(words: Iterable[T], default: T) -> T:
    """Declare an option with one argument of a few."""
    return _field(Words(choices=tuple(map(str, words))), default)


def switch(group: str = "") -> bool:
    """Declare a flag, false by default."""
    return _field(Words(group=group), False)


def several(value: Value[T]) -> tuple[T, ...]:
    """Declare an option with one or more arguments; empty by default."""
    nothing: tuple[T, ...] = ()
    return _field(Words(value, is_list=True), nothing)


def required(value: Value[T]) -> T:
    """Declare a required option."""
    made: T = dataclasses.field(metadata={_KEY: Words(value, is_required=True)})
    return made


def required_choice(words: Iterable[T]) -> T:
    """Declare a required option with one argument of a few."""
    own = Words(choices=tuple(map(str, words)), is_required=True)
    made: T = dataclasses.field(metadata={_KEY: own})
    return made


def position(value: Value[T]) -> T:
    """Declare a required positional argument."""
    own = Words(value, is_required=True, is_positional=True)
    made: T = dataclasses.field(metadata={_KEY: own})
    return made


def optional_position(value: Value[T], default: T) -> T:
    """Declare an optional positional argument."""
    return _field(Words(value, is_positional=True), default)


def _field(words: Words, default: T) -> T:
    made: T = dataclasses.field(default=default, metadata={_KEY: words})
    return made


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options of a call. Each verb has a subclass with its own fields, named by `verb`."""

    verb: ClassVar[str]
    lang: Language = choice(("zh", "en"), "zh")


@dataclass(frozen=True, slots=True)
class OptionField:
    """A field of a verb's options: its form on the command line, and its default."""

    field: str
    words: Words
    default: object

    @property
    def name(self) -> str:
        """The option's name, or a positional argument's metavar."""
        return self.field if self.words.is_positional else f"--{self.field.replace('_', '-')}"


def declared(kind: type[Options]) -> Iterator[OptionField]:
    """Every field of the command line; a verb's own fields come before shared ones."""
    fields = {one.name: one for one in dataclasses.fields(kind)}
    for part in kind.__mro__:
        for name in inspect.get_annotations(part):
            one = fields.pop(name, None)
            if one is not None and _KEY in one.metadata:
                yield OptionField(name, one.metadata[_KEY], one.default)
