"""The characters that no text of the content may contain, decided by Unicode properties.

Invisible characters change searches, comparisons and the direction of neighbouring text, and can
hide words from reviewers. Unassigned ones look different on each machine. Plain Chinese text needs
neither: no input method types a joiner or a variation selector, GB 18030 has no ideographic
variants, and emoji display without them. So the exceptions are few: line ends, tabs in files, and
ideographs newer than this Python's Unicode tables, since names of persons and places may use them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Control characters allowed in files; values may contain line ends only (`yaml_tree`, `toml_tree`).
IN_FILES = "\n\t"
IN_VALUES = "\n"

CONTROL = "control-character"
UNSEEN = "invisible-character"
MEANINGLESS = "unassigned-character"

# Default_Ignorable_Code_Point (Unicode 16.0, DerivedCoreProperties.txt), as far as the general
# categories below do not cover it: joiners, fillers, variation selectors, and reserved ones.
_IGNORABLE = (
    (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF),
)  # fmt: skip
# Letters and symbols without ink that are not white space: blank Braille and hieroglyphs, a Khitan
# filler, a null notehead.
_DRAWN_AS_NOTHING = (
    (0x2800, 0x2800), (0x13441, 0x13442), (0x16FE4, 0x16FE4), (0x1D159, 0x1D159),
)  # fmt: skip
_NOT_SEEN = (*_IGNORABLE, *_DRAWN_AS_NOTHING)
# Planes reserved for ideographs; each version of Unicode assigns more of them.
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
    """Each forbidden character of a text: its index (from 0), and the code of its message.

    `allowed` are the control characters that are permitted.
    """
    odd = {char for char in set(text) if code_of(char) and char not in allowed}
    if odd:
        yield from ((at, code_of(char)) for at, char in enumerate(text) if char in odd)


def without_refused(text: str) -> str:
    """The text without forbidden characters: tabs and other line ends become spaces, the rest is
    removed.
    """
    odd = {char for char in set(text) if code_of(char) and char not in IN_VALUES}
    return "".join(" " * char.isspace() if char in odd else char for char in text) if odd else text


@lru_cache(maxsize=4096)
def code_of(char: str) -> str:
    """The message code for a forbidden character, or an empty string."""
    point = ord(char)
    if any(first <= point <= last for first, last in _NOT_SEEN):
        return UNSEEN
    category = unicodedata.category(char)
    is_ideograph = category == "Cn" and point in _IDEOGRAPHS and point & 0xFFFF < 0xFFFE
    return "" if is_ideograph else _CATEGORIES.get(category, "")


def spelled(char: str) -> str:
    """A character's code point as shown in messages: U+202E."""
    return f"U+{ord(char):04X}"
