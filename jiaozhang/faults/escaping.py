"""Escape printed text: one function for each output format.

File names, values and output of other programs may contain what a terminal, a CI runner or a table
interprets as commands. Nothing is dropped: invisible characters are written as Python escapes.
"""

from __future__ import annotations

import json
import re

# Control characters (C0, DEL, C1), format characters (directions, zero-width, tags), line and
# paragraph separators, lone surrogates, and letters without ink.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
# Commands for CI runners: `::error` at the start of a line, also after spaces (GitHub, Gitea,
# Forgejo); `##[error]` and `##vso[` anywhere in it (GitHub's older form, Azure).
_ORDER = re.compile(r"^(\s*):(?=:)")
_OLDER_ORDER = re.compile(r"#(?=#\w*\[)")
# Characters with a meaning in Markdown, or in HTML within it.
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#!|~&@]")
_PLAIN_CODE = re.compile(r"[\w./: -]+")


def visible(text: str) -> str:
    """The text with an escape for every invisible character, line ends included."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def as_line(text: str) -> str:
    """A text as one line for a terminal or log, without commands for CI runners."""
    return _OLDER_ORDER.sub(r"\\x23", _ORDER.sub(r"\1\\x3a", visible(text)))


def as_lines(text: str) -> str:
    """A text of several lines, each escaped; line ends are preserved."""
    return "\n".join(as_line(line) for line in text.split("\n"))


def as_json(value: object, indent: int | None = None) -> str:
    """JSON of the value with invisible characters escaped; line ends only from indentation."""
    lines = json.dumps(value, ensure_ascii=False, indent=indent).split("\n")
    return "\n".join(_OLDER_ORDER.sub(r"\\u0023", _in_string(line)) for line in lines)


def _in_string(text: str) -> str:
    return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text)


def as_data(text: str) -> str:
    """The message of a workflow command, after the second `::`."""
    return as_line(text).replace("%", "%25")


def as_property(text: str) -> str:
    """A property value of a workflow command, after `=`."""
    return as_data(text).replace(":", "%3A").replace(",", "%2C")


def as_cell(text: str) -> str:
    """A text for a cell of a Markdown table."""
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", visible(text))


def as_code(text: str) -> str:
    """A text as inline code for a cell of a Markdown table.

    Between backticks there are no escapes, and renderers treat `|` there differently.
    """
    is_plain = _PLAIN_CODE.fullmatch(visible(text))
    return f"`{text}`" if is_plain else f"<code>{as_cell(text)}</code>"
