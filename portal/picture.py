"""What a picture holds besides the picture: EXIF, IPTC, XMP, comments, and data behind its end.

Every part of a file that is not known to draw it is taken for something that tells. Nothing is
decoded.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from portal.exif import told_by

PNG_START = b"\x89PNG\r\n\x1a\n"
# What draws a picture (PNG 3rd edition, APNG).
_PNG_PARTS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs sPLT tIME "
    b"cICP mDCV cLLI acTL fcTL fdAT iDOT".split()
)
_WEBP_PARTS = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP"))
_START_OF_SCAN, _END = 0xDA, 0xD9
# Restart marks and TEM stand alone, without a length.
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))
_COMMENT, _APP0, _APP1, _APP13, _APP14, _APP15 = 0xFE, 0xE0, 0xE1, 0xED, 0xEE, 0xEF
_NEXT_MARK = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_XMP_START = b"http://ns.adobe.com/"
_PADDING = b"\0\r\n\t "


def told_by_png(raw: bytes) -> Iterator[str]:
    """Kinds of things that a PNG tells besides its picture."""
    for kind, body, end in png_chunks(raw):
        if kind == b"IEND":
            yield from _tail(raw[end:])
            return
        if kind == b"eXIf":
            yield from told_by(body)
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            yield from told_by_xmp(body) if body.startswith(b"XML:com.adobe.xmp") else ("comment",)
        elif kind not in _PNG_PARTS:
            yield "other"


def told_by_jpeg(raw: bytes) -> Iterator[str]:
    """Kinds of things that a JPEG tells besides its picture."""
    for marker, body in jpeg_segments(raw):
        if marker == _END:
            yield from _tail(body)
        elif marker == _COMMENT:
            yield "comment"
        elif marker == _APP1 and body.startswith(b"Exif\0"):
            yield from told_by(body[6:])
        elif marker == _APP1 and body.startswith(_XMP_START):
            yield from told_by_xmp(body)
        elif marker == _APP13:
            yield "iptc"
        elif _APP0 <= marker <= _APP15 and not _draws(marker, body):
            yield "other"


def told_by_webp(raw: bytes) -> Iterator[str]:
    """Kinds of things that a WebP tells besides its picture."""
    size = int.from_bytes(raw[4:8], "little")
    for kind, body in _webp_chunks(raw[: 8 + size]):
        if kind == b"EXIF":
            yield from told_by(body.removeprefix(b"Exif\0\0"))
        elif kind == b"XMP ":
            yield from told_by_xmp(body)
        elif kind not in _WEBP_PARTS:
            yield "other"
    yield from _tail(raw[8 + size :])


def told_by_xmp(packet: bytes) -> Iterator[str]:
    """Kinds of things that an XMP packet tells, read as text: it need not be whole."""
    if b"exif:GPS" in packet:
        yield "gps"
    if b"dc:creator" in packet or b"OwnerName" in packet:
        yield "author"
    yield "xmp"


def png_chunks(raw: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """The chunks of a PNG: kind, body, and where it ends."""
    at = len(PNG_START)
    while at + 8 <= len(raw):
        (length,) = struct.unpack(">I", raw[at : at + 4])
        yield raw[at + 4 : at + 8], raw[at + 8 : at + 8 + length], at + 12 + length
        at += 12 + length


def jpeg_segments(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments of a JPEG: marker and body; the end mark comes with all that follows it."""
    at = 2
    while (found := _NEXT_MARK.search(raw, at)) is not None:
        marker, at = raw[found.start() + 1], found.end()
        if marker == _END:
            yield marker, raw[at:]
            return
        if marker in _ALONE or at + 2 > len(raw):
            continue
        (length,) = struct.unpack(">H", raw[at : at + 2])
        yield marker, raw[at + 2 : at + length]
        at += max(length, 2)


def _webp_chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(raw):
        (length,) = struct.unpack("<I", raw[at + 4 : at + 8])
        yield raw[at : at + 4], raw[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _draws(marker: int, body: bytes) -> bool:
    """Tell whether an application's segment serves the drawing: JFIF, a colour profile, Adobe's."""
    return (
        (marker == _APP0 and body.startswith(b"JFIF\0"))
        or body.startswith((b"ICC_PROFILE\0", b"Ducky"))
        or (marker == _APP14 and body.startswith(b"Adobe"))
    )


def _tail(behind: bytes) -> Iterator[str]:
    if behind.strip(_PADDING):
        yield "tail"
