"""Decode images completely; undecodable or too costly ones are refused.

The cost is computed from headers, before anything is decoded.
"""

from __future__ import annotations

import io
import warnings
import zlib
from collections.abc import Iterator

from jiaozhang.attachments.picture import START_OF_SCAN, jpeg_segments, png_chunks

# Pixels of the largest phone photographs; some 160 MB as RGBA.
MOST_PIXELS = 40_000_000
MOST_SIDE = 16_384
# Each scan of a progressive JPEG processes the whole image; common programs write ten.
_MOST_SCANS = 32
_PIECE = 2**16
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# Interlaced PNG passes: start and distance of their pixels (x, y, dx, dy).
_PASSES = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
)  # fmt: skip


def flaw_of(raw: bytes, form: str, width: int, height: int) -> str:
    """Why an image is refused: a key of messages.UNSOUND, or an empty string."""
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE and width * height <= MOST_PIXELS):
        return "size"
    if form == "jpeg" and _scans(raw) > _MOST_SCANS:
        return "scans"
    if form == "png" and not _is_exact_png(raw, width, height):
        return "broken"
    return _flaw_of_decoded(raw, form, (width, height))


def _flaw_of_decoded(raw: bytes, form: str, size: tuple[int, int]) -> str:
    from PIL import Image  # imported here: most builds have no new image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(raw), formats=(form.upper(),)) as checked:
                checked.verify()
            with Image.open(io.BytesIO(raw), formats=(form.upper(),)) as picture:
                if getattr(picture, "n_frames", 1) != 1:
                    return "frames"
                picture.load()
                return "" if picture.size == size else "broken"
    except Exception:  # decoders raise anything on damaged files
        return "broken"


def _scans(raw: bytes) -> int:
    return sum(marker == START_OF_SCAN for marker, _ in jpeg_segments(raw))


def _is_exact_png(raw: bytes, width: int, height: int) -> bool:
    """Tell whether all checksums match and the data contain exactly this image."""
    chunks = list(png_chunks(raw))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13 or chunks[-1][0] != b"IEND":
        return False
    for kind, body, end in chunks:
        if raw[end - 4 : end] != zlib.crc32(kind + body).to_bytes(4, "big"):
            return False
    depth, colour, _, _, interlaced = chunks[0][1][8:13]
    if colour not in _SAMPLES or depth not in (1, 2, 4, 8, 16) or interlaced > 1:
        return False
    bits = depth * _SAMPLES[colour]
    rows = _rows(width, height, bool(interlaced))
    wanted = sum(count * (1 + (across * bits + 7) // 8) for across, count in rows)
    return _unpacks_to(b"".join(body for kind, body, _ in chunks if kind == b"IDAT"), wanted)


def _rows(width: int, height: int, interlaced: bool) -> Iterator[tuple[int, int]]:
    """Pixels per row and number of rows of each non-empty pass."""
    for x, y, dx, dy in _PASSES if interlaced else ((0, 0, 1, 1),):
        across, down = (width - x + dx - 1) // dx, (height - y + dy - 1) // dy
        if across > 0 and down > 0:
            yield across, down


def _unpacks_to(packed: bytes, wanted: int) -> bool:
    """Tell whether data decompress to exactly so many bytes; never decompresses more."""
    unpacker = zlib.decompressobj()
    found = 0
    try:
        while not unpacker.eof and found <= wanted:
            piece = unpacker.decompress(packed, _PIECE)
            packed = unpacker.unconsumed_tail
            if not piece and not packed and not unpacker.eof:
                return False
            found += len(piece)
    except zlib.error:
        return False
    return found == wanted and unpacker.eof and not unpacker.unused_data and not packed
