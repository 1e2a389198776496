"""Parse command line arguments into the options of a verb; help in both languages."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, get_args

from jiaozhang import VERSION, program
from jiaozhang.cli import values
from jiaozhang.cli.messages import help as texts
from jiaozhang.cli.option_fields import OptionField, Options, Value, declared
from jiaozhang.cli.verb_options import VERBS, BuildOptions, SuiteOptions
from jiaozhang.faults.escaping import as_lines
from jiaozhang.faults.messages import Language
from jiaozhang.files.bounds import size_as_option

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_ALONE = ("-h", "--help", "--version")


def parse(words: Sequence[str]) -> Options:
    """Parse arguments; on a usage error, print the usage and exit."""
    language, left = take_language(words)
    if not left or (left[0].startswith("-") and left[0] not in _ALONE):
        left.insert(0, BuildOptions.verb)
    top = parser(language)
    found, others = top.parse_known_args(left)
    kind: type[Options] = found.options
    if others and kind is not SuiteOptions:
        top.error(f"unrecognized arguments: {' '.join(others)}")
    given = {one.field: getattr(found, one.field) for one in declared(kind)}
    given |= {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    options = kind(**given)
    if isinstance(options, SuiteOptions):
        rest = tuple(word for word in others if word != "--")
        return dataclasses.replace(options, pytest=rest)
    return options


def take_language(words: Iterable[str]) -> tuple[Language, list[str]]:
    """Remove `--lang WORD` from the arguments, at any position; returns the language and the rest.

    An unknown language stays in the rest, and is refused with it.
    """
    found: Language = "zh"
    left: list[str] = []
    rest = iter(words)
    for word in rest:
        name, is_joined, value = word.partition("=")
        if word == "--":
            left += [word, *rest]
        elif name != "--lang":
            left.append(word)
        else:
            value = value if is_joined else next(rest, "")
            found = _LANGUAGES.get(value, found)
            left += () if value in _LANGUAGES else (f"--lang={value}",)
    return found, left


_LANGUAGES: Mapping[str, Language] = {one: one for one in get_args(Language)}


def parser(language: Language = "zh") -> argparse.ArgumentParser:
    """Make the parser of all verbs and options, with help in a language."""
    prog = "build.py" if program.IS_CHECKOUT else program.NAME
    top = _Parser(language, prog, texts.FRAME["about"])
    top.options.add_argument(
        "--version",
        action="version",
        version=f"{program.NAME} {VERSION}",
        help=texts.FRAME["version"][language],
    )
    verbs = _choose(top, "verb", "verbs")
    groups: dict[str, argparse._SubParsersAction[_Parser]] = {}
    for kind in VERBS:
        first, _, second = kind.verb.partition(" ")
        if second and first not in groups:
            groups[first] = _choose(_verb(verbs, first, first, language), "what", "kinds")
        own = groups[first] if second else verbs
        verb = _verb(own, second or first, kind.verb, language)
        verb.set_defaults(options=kind)
        verb.take(kind)
    return top


class _Parser(argparse.ArgumentParser):
    """A parser with messages in one language; escapes control characters in its output."""

    def __init__(self, language: Language, prog: str, about: texts.Said) -> None:
        lead = texts.FRAME["usage"][language]
        super().__init__(
            prog=prog,
            description=about[language],
            formatter_class=partial(_Help, lead=lead),
            add_help=False,
        )
        self.language = language
        self.options = self.add_argument_group(texts.FRAME["options"][language])
        said = texts.FRAME["help"][language]
        self.options.add_argument("-h", "--help", action="help", help=said)

    def take(self, kind: type[Options]) -> None:
        """Add an argument for every field of the options class."""
        # `test` passes unknown options to pytest, so abbreviations must not match ours.
        self.allow_abbrev = kind is not SuiteOptions
        exclusive: dict[str, argparse._ArgumentGroup] = {}
        for one in declared(kind):
            to: argparse._ArgumentGroup = self.options
            if one.words.is_positional:
                to = self.add_argument_group(texts.FRAME["words"][self.language])
            elif one.words.group:
                name = one.words.group
                if name not in exclusive:
                    exclusive[name] = self.options.add_mutually_exclusive_group()
                to = exclusive[name]
            _add(to, one, _help(kind.verb, one, self.language), self.language)

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        super()._print_message(as_lines(message), file)


class _Help(argparse.HelpFormatter):
    def __init__(self, prog: str, lead: str) -> None:
        super().__init__(prog)
        self._lead = lead

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        # An empty prefix is argparse's request for the first part of a verb's usage.
        super().add_usage(usage, actions, groups, self._lead if prefix is None else prefix)


def _choose(parser: _Parser, dest: str, title: str) -> argparse._SubParsersAction[_Parser]:
    return parser.add_subparsers(
        title=texts.FRAME[title][parser.language],
        dest=dest,
        required=True,
        metavar="COMMAND" if dest == "verb" else dest.upper(),
        parser_class=_Parser,
    )


def _verb(
    verbs: argparse._SubParsersAction[_Parser], name: str, whole: str, language: Language
) -> _Parser:
    said = texts.VERBS[whole]
    return verbs.add_parser(name, help=said[language], about=said, language=language)


def _help(verb: str, one: OptionField, language: Language) -> str:
    said = texts.OPTIONS.get(f"{verb} {one.name}") or texts.OPTIONS[one.name]
    if not one.default or one.default is dataclasses.MISSING or one.field == "lang":
        return said[language]
    shown = one.default
    if one.words.value is values.SIZE and isinstance(shown, int):
        shown = size_as_option(shown)
    return said[language] + texts.FRAME["default"][language].format(default=shown)


def _add(to: argparse._ArgumentGroup, one: OptionField, said: str, language: Language) -> None:
    words, value = one.words, one.words.value
    default = language if one.field == "lang" else one.default
    if words.choices:
        required = words.is_required
        to.add_argument(
            one.name, choices=words.choices, default=default, required=required, help=said
        )
    elif value is None:
        to.add_argument(one.name, action="store_true", help=said)
    elif words.is_positional:
        many = None if words.is_required else "?"
        read = _reading(value, language)
        to.add_argument(one.field, type=read, nargs=many, metavar=value.name, help=said)
    else:
        to.add_argument(
            one.name,
            type=_reading(value, language),
            nargs="+" if words.is_list else None,
            metavar=value.name,
            default=default,
            required=words.is_required,
            help=said,
        )


def _reading(value: Value[object], language: Language) -> Callable[[str], object]:
    """Return argparse's `type` function: converts a word, or says what it should be."""

    def read(text: str) -> object:
        try:
            return value.read(text)
        except ValueError:
            wanted = texts.VALUES[value.name][language]
            said = texts.WRONG_VALUE[language].format(given=text, wanted=wanted)
            raise argparse.ArgumentTypeError(said) from None

    return read
