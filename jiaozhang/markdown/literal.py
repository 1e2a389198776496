"""Text written as Markdown, so that whoever renders it shows that text and nothing else.

Signs that mean something in Markdown get a backslash, those that mean something in HTML or only to
some programs are written as HTML does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SIGNS = re.compile(r"([\\`*_\[\]#])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "~": "&#126;"})
# What begins a list, a rule or an underline of a heading at the beginning of a line.
_BEGINNING = re.compile(r"^(?:([-+])|([0-9]{1,9})([.)])(?=\s|$)|(=))")
# Signs of an address that would end it, or be read as something else.
_IN_ADDRESS = str.maketrans(
    {"&": "&amp;", **{char: f"%{ord(char):02X}" for char in ' ()<>\\"`*[]|~'}}
)
_BREAK = "  \n"


def literal(text: str) -> str:
    """A text of one line."""
    return _line(" ".join(text.split()))


def literal_lines(text: str, before: str = "") -> str:
    """A text of several lines and paragraphs, each line with something (`> `) before it."""
    paragraphs = (part.split("\n") for part in re.split(r"\n\s*\n", text.strip()))
    written = (_BREAK.join(_line(line.strip()) for line in lines) for lines in paragraphs)
    return before + "\n\n".join(written).replace("\n", f"\n{before}")


def link(text: str, address: str) -> str:
    """A link with a text of one line."""
    return f"[{literal(text)}]({address.translate(_IN_ADDRESS)})"


def heading(level: int, text: str) -> str:
    """A heading, of level 1 to 6."""
    return f"{'#' * level} {literal(text)}"


def items(lines: Iterable[str]) -> str:
    """A list of items that are Markdown already."""
    return "\n".join(f"- {line}" for line in lines)


def _line(text: str) -> str:
    signed = _SIGNS.sub(r"\\\1", text).translate(_ENTITIES)
    return _BEGINNING.sub(_begun, signed)


def _begun(found: re.Match[str]) -> str:
    dash, number, stop, _ = found.groups()
    if dash:
        return f"\\{dash}"
    return f"{number}\\{stop}" if number else "&#61;"
