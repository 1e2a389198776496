"""Which characters no text of the content may hold: one rule, by what Unicode says of a character.

What is not seen changes searches, comparisons and the direction of what stands beside it, and may
carry words that nobody reviewed. What has no meaning is drawn on one machine and not on another.
Neither is needed in plain Chinese text: no input method types a joiner or a variation selector,
GB 18030 knows no variants of an ideograph, and an emoji is drawn without them. So the exceptions
are few: the line end, the tab in files, and ideographs that are newer than this Python's tables,
since names of persons and places are written in them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# What may stand in a file; a value may hold line ends only (`yaml_tree`, `toml_tree`).
IN_FILES = "\n\t"
IN_VALUES = "\n"

CONTROL = "control-character"
UNSEEN = "invisible-character"
MEANINGLESS = "unassigned-character"

# Default_Ignorable_Code_Point (Unicode 16.0, DerivedCoreProperties.txt), as far as the categories
# below do not tell it: joiners, fillers, variation selectors, and what is reserved for more.
_IGNORABLE = (
    (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF),
)  # fmt: skip
# Letters and symbols that are drawn as nothing, and are no blanks: Braille and hieroglyphs without
# a sign, a filler of Khitan, a note without its head.
_DRAWN_AS_NOTHING = (
    (0x2800, 0x2800), (0x13441, 0x13442), (0x16FE4, 0x16FE4), (0x1D159, 0x1D159),
)  # fmt: skip
_NOT_SEEN = (*_IGNORABLE, *_DRAWN_AS_NOTHING)
# These planes are kept for ideographs; each new version of Unicode fills more of them.
_IDEOGRAPHS = range(0x20000, 0x40000)
_CATEGORIES = {
    "Cc": CONTROL,
    "Cf": UNSEEN,
    "Zl": UNSEEN,
    "Zp": UNSEEN,
    "Co": MEANINGLESS,
    "Cs": MEANINGLESS,
    "Cn": MEANINGLESS,
}


def refused(text: str, allowed: str = IN_VALUES) -> Iterator[tuple[int, str]]:
    """Each character that may not stand in a text: where (from 0), and the code of its message.

    `allowed` are controls that may stand there.
    """
    odd = {char for char in set(text) if code_of(char) and char not in allowed}
    if odd:
        yield from ((at, code_of(char)) for at, char in enumerate(text) if char in odd)


def without_refused(text: str) -> str:
    """The text as it was probably meant: a tab or another line end is a blank, the rest is gone."""
    odd = {char for char in set(text) if code_of(char) and char not in IN_VALUES}
    return "".join(" " * char.isspace() if char in odd else char for char in text) if odd else text


@lru_cache(maxsize=4096)
def code_of(char: str) -> str:
    """The code of the message against a character, or an empty text."""
    point = ord(char)
    if any(first <= point <= last for first, last in _NOT_SEEN):
        return UNSEEN
    category = unicodedata.category(char)
    is_ideograph = category == "Cn" and point in _IDEOGRAPHS and point & 0xFFFF < 0xFFFE
    return "" if is_ideograph else _CATEGORIES.get(category, "")


def spelled(char: str) -> str:
    """A character as messages name it: U+202E."""
    return f"U+{ord(char):04X}"
