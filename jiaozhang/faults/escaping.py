"""Makes what is printed harmless: one function for each form, for all that prints in that form.

Names of files, values and other programs' words may hold what a terminal, a pipeline's runner or a
table takes for orders. Nothing is left out: what cannot be seen is written as Python writes it.
"""

from __future__ import annotations

import json
import re

# Controls (C0, DEL, C1), format characters (directions, zero-width, tags), separators of lines and
# paragraphs, halves of surrogate pairs, and letters that are never drawn.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
# Orders to a pipeline's runner: `::error` at the beginning of a line, behind blanks as well
# (GitHub, Gitea, Forgejo); `##[error]` and `##vso[` anywhere in it (GitHub's older form, Azure).
_ORDER = re.compile(r"^(\s*):(?=:)")
_OLDER_ORDER = re.compile(r"#(?=#\w*\[)")
# What Markdown, or HTML in it, reads as more than itself.
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#!|~&@]")
_PLAIN_CODE = re.compile(r"[\w./: -]+")


def visible(text: str) -> str:
    """The text with an escape for every character that is not seen; it has no line ends then."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def as_line(text: str) -> str:
    """A text as one line of a terminal or a log, which no runner takes for an order."""
    return _OLDER_ORDER.sub(r"\\x23", _ORDER.sub(r"\1\\x3a", visible(text)))


def as_lines(text: str) -> str:
    """A text of several lines, each of them harmless; its line ends are kept."""
    return "\n".join(as_line(line) for line in text.split("\n"))


def as_json(value: object, indent: int | None = None) -> str:
    """JSON that reads back as the same value; only the line ends of the indent stand in it."""
    lines = json.dumps(value, ensure_ascii=False, indent=indent).split("\n")
    return "\n".join(_OLDER_ORDER.sub(r"\\u0023", _in_string(line)) for line in lines)


def _in_string(text: str) -> str:
    return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text)


def as_data(text: str) -> str:
    """What stands behind the second `::` of a workflow command."""
    return as_line(text).replace("%", "%25")


def as_property(text: str) -> str:
    """What stands behind `=` in a workflow command."""
    return as_data(text).replace(":", "%3A").replace(",", "%2C")


def as_cell(text: str) -> str:
    """A text as it reads, in a cell of a Markdown table."""
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", visible(text))


def as_code(text: str) -> str:
    """A text as code, in a cell of a Markdown table.

    What stands between backticks takes no escapes, and renderers do not agree on bars there.
    """
    is_plain = _PLAIN_CODE.fullmatch(visible(text))
    return f"`{text}`" if is_plain else f"<code>{as_cell(text)}</code>"
