"""Every word a reader sees, looked up by its English message: the functions of gettext.

A message in code is a whole English sentence with named parts, `"{count} tasks of {all}"`; what a
reader sees stands in wording/po/LANGUAGE.po. `tools/catalogue.py` collects the messages of the
program, keeps the .po in step, and compiles it to a module, so that a build needs neither the tool
nor a parser. Only Chinese is filled; a message that has no translation is shown as it is in code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypeVar

from markupsafe import Markup, escape

from jiaozhang.wording import zh

# What parts a message from its context in a key, as in gettext's own files.
CONTEXT_ENDS = "\x04"
K = TypeVar("K")


def mark(message: str) -> str:
    """The message itself: says to the tool that it is one, where a table names what is said later.

    What stands in a table is said by `gettext(TABLE[key])`.
    """
    return message


class Words(Mapping[K, str]):
    """What symbols are called: holds messages, says what a reader is told."""

    def __init__(self, messages: Mapping[K, str]) -> None:
        self._messages = messages

    def __getitem__(self, symbol: K) -> str:
        return gettext(self._messages[symbol])

    def __iter__(self) -> Iterator[K]:
        return iter(self._messages)

    def __len__(self) -> int:
        return len(self._messages)


def gettext(message: str, /, **parts: object) -> str:
    """What a reader is told, with the named parts filled in."""
    said = zh.MESSAGES.get(message, message)
    return said.format_map(parts) if parts else said


def pgettext(context: str, message: str, /, **parts: object) -> str:
    """As `gettext`, where one English word has two meanings that `context` tells apart."""
    said = zh.MESSAGES.get(context + CONTEXT_ENDS + message, message)
    return said.format_map(parts) if parts else said


def ngettext(one: str, many: str, number: int, /, **parts: object) -> str:
    """As `gettext`, in the form for this number; which forms there are is the language's own."""
    return form_for(one, many, number).format_map({"n": number, **parts})


def form_for(one: str, many: str, number: int) -> str:
    """The form of a message for this number, its parts not filled in."""
    return zh.PLURALS.get(one, (one, many))[zh.plural(number)]


def gettext_html(message: str, /, **parts: object) -> Markup:
    """`gettext` for templates: message and parts are escaped, but for parts that are markup."""
    return _filled(gettext(message), parts)


def pgettext_html(context: str, message: str, /, **parts: object) -> Markup:
    """`pgettext` for templates."""
    return _filled(pgettext(context, message), parts)


def ngettext_html(one: str, many: str, number: int, /, **parts: object) -> Markup:
    """`ngettext` for templates."""
    return _filled(form_for(one, many, number), {"n": number, **parts})


FOR_TEMPLATES: Mapping[str, object] = {
    "gettext": gettext_html,
    "pgettext": pgettext_html,
    "ngettext": ngettext_html,
}


def _filled(said: str, parts: Mapping[str, object]) -> Markup:
    return _escaped(said).format_map(parts) if parts else _escaped(said)


@cache
def _escaped(said: str) -> Markup:
    return escape(said)
