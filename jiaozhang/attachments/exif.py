"""Find what EXIF metadata reveals: place, time, author or device of a photograph.

Only tags are read, not thumbnails; a damaged block counts as metadata.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

# Tags and what they reveal (Exif 3.0, TIFF 6.0, and Windows' XP* tags).
_TELLS: Mapping[int, str] = {
    0x010E: "caption",
    0x010F: "camera",
    0x0110: "camera",
    0x0131: "software",
    306: "time",
    0x013B: "author",
    0x013C: "camera",
    0x8298: "author",
    0x9003: "time",
    0x9004: "time",
    0x927C: "camera",
    0x9286: "caption",
    0x9C9B: "caption",
    0x9C9C: "caption",
    0x9C9D: "author",
    0x9C9E: "caption",
    0x9C9F: "caption",
    0xA430: "author",
    0xA431: "camera",
    0xA433: "camera",
    0xA434: "camera",
    0xA435: "camera",
}
_EXIF_POINTER, _GPS_POINTER = 0x8769, 0x8825
_MOST_TAGS = 512


def told_by(block: bytes) -> frozenset[str]:
    """The kinds of information in a TIFF block; `exif` if none is known."""
    try:
        return frozenset(_told(block)) or frozenset(("exif",))
    except struct.error:
        return frozenset(("exif",))


def _told(block: bytes) -> Iterator[str]:
    order = {b"II": "<", b"MM": ">"}.get(block[:2], "")
    if not order:
        return
    (first,) = struct.unpack_from(f"{order}I", block, 4)
    tags, following = _tags(block, order, first)
    for tag, value in tags:
        if tag == _GPS_POINTER:
            yield from ("gps" for _ in _tags(block, order, value)[0][:1])
        elif tag == _EXIF_POINTER:
            inner = _tags(block, order, value)[0]
            yield from (_TELLS[own] for own, _ in inner if own in _TELLS)
        elif tag in _TELLS:
            yield _TELLS[tag]
    if following:
        yield "thumbnail"


def _tags(block: bytes, order: str, at: int) -> tuple[list[tuple[int, int]], int]:
    """The tags of a directory with their values or offsets; the offset of the next directory."""
    (count,) = struct.unpack_from(f"{order}H", block, at)
    count = min(count, _MOST_TAGS)
    places = range(at + 2, at + 2 + 12 * count, 12)
    tags = []
    for place in places:
        tag, _, _, value = struct.unpack_from(f"{order}HHII", block, place)
        tags.append((tag, value))
    (following,) = struct.unpack_from(f"{order}I", block, at + 2 + 12 * count)
    return tags, following
