"""Find escapes in YAML or TOML values that produce forbidden characters.

A parser returns the value, not its spelling. Most forbidden characters are already refused in the
file's text (`source`), so they can only come from an escape: `"\\u202e"`, `"\\x1b"`, `"\\e"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiaozhang.files.characters import IN_VALUES, code_of

_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([^xuU]))", re.DOTALL
)
# One-letter escapes of forbidden characters (YAML 1.2, 5.7; TOML 1.1).
_LETTERS = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def refused_in(written: str, has_escapes: bool) -> Iterator[tuple[int, str]]:
    """Yield the index (from 0) in the source text of each forbidden character of a value, and the
    character.

    `has_escapes` tells whether a backslash starts an escape.
    """
    at = 0
    while at < len(written):
        found = _ESCAPE.match(written, at) if has_escapes and written[at] == "\\" else None
        char = _char(found) if found else written[at]
        if code_of(char) and char not in IN_VALUES:
            yield at, char
        at = found.end() if found else at + 1


def _char(found: re.Match[str]) -> str:
    digits = found[1] or found[2] or found[3]
    return chr(int(digits, 16)) if digits else _LETTERS.get(found[4], " ")
