"""Find non-image data in images: EXIF, IPTC, XMP, comments, data after the end.

Every part not known to be needed for display is reported; a needed part must have its standard
length and occur once. Nothing is decoded here.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping

from jiaozhang.attachments.colour_profile import MOST_BYTES as MOST_PROFILE
from jiaozhang.attachments.colour_profile import is_only_colours, tells
from jiaozhang.attachments.exif import told_by

PNG_START = b"\x89PNG\r\n\x1a\n"
# PNG chunks needed for display (3rd edition), and their allowed lengths. A suggested palette (sPLT)
# contains a name and is not used by today's displays.
_PNG_PARTS: Mapping[bytes, range] = {
    b"IHDR": range(13, 14),
    b"PLTE": range(3, 769),
    b"IEND": range(1),
    b"tRNS": range(1, 257),
    b"gAMA": range(4, 5),
    b"cHRM": range(32, 33),
    b"sRGB": range(1, 2),
    b"sBIT": range(1, 5),
    b"bKGD": range(1, 7),
    b"hIST": range(2, 513),
    b"pHYs": range(9, 10),
    b"cICP": range(4, 5),
    b"mDCV": range(24, 25),
    b"cLLI": range(8, 9),
    # Offsets at which Apple's decoder splits the data.
    b"iDOT": range(28, 29),
}
_PNG_TELLS: Mapping[bytes, str] = {
    b"tEXt": "comment",
    b"zTXt": "comment",
    b"iTXt": "comment",
    b"tIME": "time",
    b"caBX": "credentials",
    b"acTL": "frames",
    b"fcTL": "frames",
    b"fdAT": "frames",
}
_WEBP_PARTS = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"))
_WEBP_TELLS: Mapping[bytes, str] = {b"ANIM": "frames", b"ANMF": "frames", b"C2PA": "credentials"}
START_OF_SCAN = 0xDA
_END, _JUNK = 0xD9, 0x00
# Restart markers and TEM have no length field.
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))
_COMMENT, _APP0, _APP1, _APP2, _APP11, _APP13, _APP14 = 0xFE, 0xE0, 0xE1, 0xE2, 0xEB, 0xED, 0xEE
# Frames (baseline, extended, progressive), tables, scans, and the restart interval.
_JPEG_PARTS = frozenset((0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD))
_NEXT_MARK = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_XMP_START = b"http://ns.adobe.com/"
_PROFILE_START = b"ICC_PROFILE\0"
_JFIF_LENGTH, _ADOBE_LENGTH = 14, 12
_PADDING = b"\0\r\n\t "


def told_by_png(raw: bytes) -> Iterator[str]:
    """Kinds of metadata in a PNG."""
    seen: set[bytes] = set()
    for kind, body, end in png_chunks(raw):
        if kind == b"eXIf":
            yield from told_by(body)
        elif kind == b"iCCP":
            yield from _told_by_profile(_unpacked_profile(body))
        elif kind == b"iTXt" and body.startswith(b"XML:com.adobe.xmp"):
            yield from told_by_xmp(body)
        elif kind in _PNG_TELLS:
            yield _PNG_TELLS[kind]
        elif kind != b"IDAT" and (kind in seen or len(body) not in _PNG_PARTS.get(kind, ())):
            yield "other"
        seen.add(kind)
        if kind == b"IEND":
            yield from _tail(raw[end:])
            return


def told_by_jpeg(raw: bytes) -> Iterator[str]:
    """Kinds of metadata in a JPEG."""
    profile = b""
    for marker, body in jpeg_segments(raw):
        if marker == _END:
            yield from _tail(body)
        elif marker == _APP1:
            yield from _told_by_app1(body)
        elif marker == _APP2 and body.startswith(_PROFILE_START):
            profile += body[len(_PROFILE_START) + 2 :]
        elif marker not in _JPEG_PARTS and not _is_head(marker, body):
            yield _JPEG_TELLS.get(marker, "other")
    if profile:
        yield from _told_by_profile(profile)


def _told_by_app1(body: bytes) -> Iterator[str]:
    if body.startswith(b"Exif\0"):
        yield from told_by(body[6:])
    elif body.startswith(_XMP_START):
        yield from told_by_xmp(body)
    else:
        yield "other"


def _is_head(marker: int, body: bytes) -> bool:
    """Tell whether a segment is needed for display: JFIF without thumbnail, or Adobe's colours."""
    return (marker == _APP0 and body.startswith(b"JFIF\0") and len(body) == _JFIF_LENGTH) or (
        marker == _APP14 and body.startswith(b"Adobe") and len(body) == _ADOBE_LENGTH
    )


_JPEG_TELLS: Mapping[int, str] = {
    _COMMENT: "comment",
    _APP0: "thumbnail",
    _APP11: "credentials",
    _APP13: "iptc",
}


def told_by_webp(raw: bytes) -> Iterator[str]:
    """Kinds of metadata in a WebP."""
    size = int.from_bytes(raw[4:8], "little")
    seen: set[bytes] = set()
    for kind, body in _webp_chunks(raw[: 8 + size]):
        if kind == b"EXIF":
            yield from told_by(body.removeprefix(b"Exif\0\0"))
        elif kind == b"XMP ":
            yield from told_by_xmp(body)
        elif kind == b"ICCP":
            yield from _told_by_profile(body)
        elif kind not in _WEBP_PARTS or kind in seen:
            yield _WEBP_TELLS.get(kind, "other")
        seen.add(kind)
    yield from _tail(raw[8 + size :])


def told_by_xmp(packet: bytes) -> Iterator[str]:
    """Kinds of metadata in an XMP packet, searched as text, since it may be incomplete."""
    if b"exif:GPS" in packet:
        yield "gps"
    if b"dc:creator" in packet or b"OwnerName" in packet:
        yield "author"
    yield "xmp"


def png_chunks(raw: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """The chunks of a PNG: type, body, and end offset."""
    at = len(PNG_START)
    while at + 8 <= len(raw):
        (length,) = struct.unpack(">I", raw[at : at + 4])
        yield raw[at + 4 : at + 8], raw[at + 8 : at + 8 + length], at + 12 + length
        at += 12 + length


def jpeg_segments(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments of a JPEG: marker and body; the end marker comes with all bytes after it.

    Bytes between segments that are no scan data come with the marker 0.
    """
    at, is_data = 2, False
    while (found := _NEXT_MARK.search(raw, at)) is not None:
        if not is_data and raw[at : found.start()].strip(b"\xff"):
            yield _JUNK, raw[at : found.start()]
        marker, at = raw[found.start() + 1], found.end()
        if marker == _END:
            yield marker, raw[at:]
            return
        if marker in _ALONE or at + 2 > len(raw):
            continue
        (length,) = struct.unpack(">H", raw[at : at + 2])
        yield marker, raw[at + 2 : at + length]
        at += max(length, 2)
        is_data = marker == START_OF_SCAN


def _webp_chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(raw):
        (length,) = struct.unpack("<I", raw[at + 4 : at + 8])
        yield raw[at : at + 4], raw[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _unpacked_profile(body: bytes) -> bytes:
    """The profile of an iCCP chunk; empty if it has a custom name or cannot be decompressed."""
    name, _, packed = body.partition(b"\0")
    unpacker = zlib.decompressobj()
    try:
        profile = unpacker.decompress(packed[1:], MOST_PROFILE + 1)
    except zlib.error:
        return b""
    is_whole = unpacker.eof and not unpacker.unused_data and name.isascii()
    return profile if is_whole and not tells(name.decode("ascii")) else b""


def _told_by_profile(profile: bytes) -> Iterator[str]:
    if not is_only_colours(profile):
        yield "profile"


def _tail(behind: bytes) -> Iterator[str]:
    if behind.strip(_PADDING):
        yield "tail"
