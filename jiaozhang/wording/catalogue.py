"""All texts that readers see, looked up by their English message: gettext's functions.

A message in code is a whole English sentence with named parts, `"{count} tasks of {all}"`;
translations are in wording/po/LANGUAGE.po. `tools/catalogue.py` collects the program's messages,
updates the .po files, and compiles them to Python modules, so that a build needs neither the tool
nor a parser. Only Chinese is translated; untranslated messages are shown in English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypeVar

from markupsafe import Markup, escape

from jiaozhang.wording import zh

# The separator of context and message in a key, as in gettext's files.
CONTEXT_ENDS = "\x04"
K = TypeVar("K")


def mark(message: str) -> str:
    """Return the message unchanged; marks it for the tool, in tables of messages used later.

    Messages of a table are translated by `gettext(TABLE[key])`.
    """
    return message


class Labels(Mapping[K, str]):
    """A mapping from symbols to messages, which translates on access."""

    def __init__(self, messages: Mapping[K, str]) -> None:
        self._messages = messages

    def __getitem__(self, symbol: K) -> str:
        return gettext(self._messages[symbol])

    def __iter__(self) -> Iterator[K]:
        return iter(self._messages)

    def __len__(self) -> int:
        return len(self._messages)


def gettext(message: str, /, **parts: object) -> str:
    """The translated message, with named parts filled in."""
    said = zh.MESSAGES.get(message, message)
    return said.format_map(parts) if parts else said


def pgettext(context: str, message: str, /, **parts: object) -> str:
    """Like `gettext`, for an English word with several meanings, selected by `context`."""
    said = zh.MESSAGES.get(context + CONTEXT_ENDS + message, message)
    return said.format_map(parts) if parts else said


def ngettext(one: str, many: str, number: int, /, **parts: object) -> str:
    """Like `gettext`, in the plural form for this number by the rules of the language."""
    return form_for(one, many, number).format_map({"n": number, **parts})


def form_for(one: str, many: str, number: int) -> str:
    """The translated plural form for this number, without filling in parts."""
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
