"""Attachments: what a picture or PDF is, how large it is drawn, and who is written inside it.

Reads headers only, and never decodes a picture. A camera writes where and by whom a photograph was
taken; an office program writes its author: both would become public unseen.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".pdf")
MOST_BYTES = 2 * 1024 * 1024
_PNG, _JPEG, _PDF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-"
# PNG chunks and JPEG segments that hold words about the picture and not the picture.
_TEXT_CHUNKS = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf"))
_TEXT_SEGMENTS = {0xE1: "EXIF", 0xED: "IPTC", 0xFE: "注释"}
_START_OF_FRAME = frozenset((0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB))


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels, so that a page does not jump when the picture arrives."""

    width: int
    height: int


def form_of(raw: bytes) -> str:
    """What a file is by its first bytes: png, jpeg, webp, pdf, or an empty text."""
    if raw.startswith(_PNG):
        return "png"
    if raw.startswith(_JPEG):
        return "jpeg"
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "webp"
    return "pdf" if raw.startswith(_PDF) else ""


def words_inside(raw: bytes) -> str:
    """Name the first thing in a file that may tell of its author, or return an empty text."""
    form = form_of(raw)
    if form == "png":
        return next((kind.decode() for kind, _ in _chunks(raw) if kind in _TEXT_CHUNKS), "")
    if form == "jpeg":
        own = (_TEXT_SEGMENTS.get(marker) for marker, _ in _segments(raw))
        return next((name for name in own if name), "")
    if form == "webp":
        return next((kind for kind in ("EXIF", "XMP ") if kind.encode() in _riff(raw)), "").strip()
    found = re.search(rb"/(Author|Creator|LastModifiedBy)\s*[(<]\s*[^)>\s]|dc:creator", raw)
    return "Author" if found else ""


def size_of(raw: bytes) -> Size | None:
    """The size of a picture; nothing for a PDF, or where the header is broken."""
    try:
        form = form_of(raw)
        if form == "png":
            return Size(*struct.unpack(">II", raw[16:24]))
        if form == "jpeg":
            body = next(body for marker, body in _segments(raw) if marker in _START_OF_FRAME)
            height, width = struct.unpack(">HH", body[1:5])
            return Size(width, height)
        return _webp_size(raw) if form == "webp" else None
    except (struct.error, StopIteration):
        return None


def _webp_size(raw: bytes) -> Size | None:
    kind, body = raw[12:16], raw[20:]
    if kind == b"VP8X":
        width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (4, 7))
        return Size(width, height)
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    width, height = struct.unpack("<HH", body[6:10])
    return Size(width & 0x3FFF, height & 0x3FFF)


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 8 <= len(raw):
        (length,) = struct.unpack(">I", raw[at : at + 4])
        yield raw[at + 4 : at + 8], raw[at + 8 : at + 8 + length]
        at += 12 + length


def _segments(raw: bytes) -> Iterator[tuple[int, bytes]]:
    at = 2
    while at + 4 <= len(raw) and raw[at] == 0xFF and raw[at + 1] != 0xDA:
        (length,) = struct.unpack(">H", raw[at + 2 : at + 4])
        yield raw[at + 1], raw[at + 4 : at + 2 + length]
        at += 2 + length


def _riff(raw: bytes) -> frozenset[bytes]:
    kinds, at = set(), 12
    while at + 8 <= len(raw):
        (length,) = struct.unpack("<I", raw[at + 4 : at + 8])
        kinds.add(raw[at : at + 4])
        at += 8 + length + length % 2
    return frozenset(kinds)
