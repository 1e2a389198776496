"""Check that an ICC colour profile contains no texts, private tags or gaps with other data.

Phones and programs embed one in every image, so it may stay; but a profile made for a particular
display names the display and its owner.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

MOST_BYTES = 2**20
_HEADER, _ROW = 128, 12
_MOST_TAGS = 100
# Tags are aligned to four bytes; some writers fill the padding with arbitrary bytes.
_PADDING = 3
_TEXTS = frozenset((b"desc", b"cprt", b"dmnd", b"dmdd", b"dscm", b"vued"))
# Standard tags, and display calibration curves. Excluded are targ, meta and mmod: they contain
# measurements, makers' notes and serial numbers.
_KNOWN = _TEXTS | frozenset(
    b"A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3 pre0 pre1 pre2 gamt "
    b"rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt lumi chad chrm clro clrt clot cicp tech view "
    b"meas ciis rig0 rig2 resp ncl2 vcgt vcgp aarg aagg aabg ndin".split()
)
_TOLD = re.compile(
    r"@|的|'s\b|’s\b|(?<![A-Za-z])[A-Za-z]:\\|file:/|/(?:home|Users|root)/|\d{8}", re.IGNORECASE
)


def is_only_colours(profile: bytes) -> bool:
    """Tell whether a profile is complete, of plausible size, and names no person or device."""
    try:
        return len(profile) <= MOST_BYTES and _is_only_colours(profile)
    except struct.error:
        return False


def _is_only_colours(profile: bytes) -> bool:
    (size,) = struct.unpack_from(">I", profile)
    if size != len(profile) or profile[36:40] != b"acsp" or any(profile[100:_HEADER]):
        return False
    (count,) = struct.unpack_from(">I", profile, _HEADER)
    if count > _MOST_TAGS:
        return False
    rows = [struct.unpack_from(">4sII", profile, _HEADER + 4 + _ROW * at) for at in range(count)]
    table = (0, _HEADER + 4 + _ROW * count)
    parts = [table, *((at, at + length) for _, at, length in rows)]
    return (
        all(end <= size for _, end in parts)
        and all(name in _KNOWN for name, _, _ in rows)
        and not any(len(gap) > _PADDING and gap.strip(b"\0") for gap in _gaps(profile, parts))
        and all(_is_exact(profile[at : at + length]) for _, at, length in rows)
        and not any(
            tells(text)
            for name, at, length in rows
            if name in _TEXTS
            for text in _texts(profile[at : at + length])
        )
    )


def _gaps(profile: bytes, parts: list[tuple[int, int]]) -> Iterator[bytes]:
    """The bytes outside all tags."""
    reached = 0
    for start, end in sorted(parts):
        if start > reached:
            yield profile[reached:start]
        reached = max(reached, end)
    yield profile[reached:]


def _is_exact(tag: bytes) -> bool:
    """Tell whether a curve or colour list has exactly its declared length."""
    if tag[:4] == b"curv":
        (count,) = struct.unpack_from(">I", tag, 8)
        return not tag[12 + 2 * count :].strip(b"\0")
    return len(tag) <= 8 + 12 * 3 if tag[:4] == b"XYZ " else len(tag) >= 8


def tells(text: str) -> bool:
    """Tell whether a text in a profile names its owner or a file path."""
    return bool(_TOLD.search(text))


def _texts(tag: bytes) -> Iterator[str]:
    """The texts in a tag, in one or two bytes per character."""
    if tag[:4] == b"mluc":
        yield tag[8:].decode("utf-16-be", "replace")
        return
    if tag[:4] == b"desc":
        (count,) = struct.unpack_from(">I", tag, 8)
        yield tag[12 + count + 8 :].decode("utf-16-be", "replace")
    yield tag[8:].decode("latin-1")
