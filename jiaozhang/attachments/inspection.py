"""Inspect attachments: format, pixel size, and metadata of images.

Reads headers only; `decoding` decodes. Cameras record where and by whom a photograph was taken,
which would be published unnoticed. PDFs are inspected in `pdf`.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from jiaozhang.attachments.picture import (
    PNG_START,
    jpeg_segments,
    told_by_jpeg,
    told_by_png,
    told_by_webp,
)
from jiaozhang.faults.messages.attachment_messages import INSIDE

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".pdf")
MOST_BYTES = 2 * 1024 * 1024
_JPEG, _PDF = b"\xff\xd8\xff", b"%PDF-"
_TELLERS: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    "png": told_by_png,
    "jpeg": told_by_jpeg,
    "webp": told_by_webp,
}
# Signatures of polyglot files: an archive or a web page inside.
_ARCHIVE = re.compile(rb"PK\x03\x04[\x0a\x14\x2d\x33\x3f]\x00|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c")
_MARKUP = re.compile(rb"<(?:script|html|svg|iframe|!doctype)\b|<\?php", re.IGNORECASE)
_START_OF_FRAME = frozenset((0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB))


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels, so that pages can reserve the space."""

    width: int
    height: int


def form_of(raw: bytes) -> str:
    """A file's format by its first bytes: png, jpeg, webp, pdf, or an empty string."""
    if raw.startswith(PNG_START):
        return "png"
    if raw.startswith(_JPEG):
        return "jpeg"
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "webp"
    return "pdf" if raw.startswith(_PDF) else ""


def told_by_picture(raw: bytes) -> tuple[str, ...]:
    """Kinds of metadata in an image, the most private first."""
    told = _TELLERS.get(form_of(raw))
    found = {*told(raw)} if told else set()
    if told and (is_another_file(raw) or b"%PDF-" in raw):
        found.add("another")
    return tuple(kind for kind in INSIDE if kind in found)


def is_another_file(raw: bytes) -> bool:
    """Tell whether other programs would find an archive or web page in a file."""
    import zipfile  # imported here: most builds have no new attachment

    return bool(_ARCHIVE.search(raw) or _MARKUP.search(raw) or zipfile.is_zipfile(io.BytesIO(raw)))


def size_of(raw: bytes) -> Size | None:
    """The size of an image; None for a PDF or a damaged header."""
    try:
        form = form_of(raw)
        if form == "png":
            return Size(*struct.unpack(">II", raw[16:24]))
        if form == "jpeg":
            body = next(body for marker, body in jpeg_segments(raw) if marker in _START_OF_FRAME)
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
