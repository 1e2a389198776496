"""Compressed copies of the files, made at publishing time so that no server compresses anything.

The same bytes always give the same copies: they contain neither times nor names.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from jiaozhang.files.hashed_names import is_hashed

try:
    import brotli
except ImportError:  # optional; without it there are only gzip copies
    brotli = None
HAS_BROTLI = brotli is not None

# A smaller file fits into one network packet anyway.
LEAST_BYTES = 512
SUFFIXES = (".gz", ".br")
_TEXTS = (
    ".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv", ".ics", ".md", ".webmanifest",
)  # fmt: skip


def copies_of(path: str, size: int) -> tuple[tuple[str, Callable[[bytes], bytes]], ...]:
    """The compressed copies that a file should have: pairs of suffix and compressing function."""
    return tuple(_copies(path)) if path.endswith(_TEXTS) and size >= LEAST_BYTES else ()


def _copies(path: str) -> Iterator[tuple[str, Callable[[bytes], bytes]]]:
    yield ".gz", gzipped
    if HAS_BROTLI:
        # A file with a digest in its name is compressed once, a page on every change.
        quality = 11 if is_hashed(path) else 5
        yield ".br", lambda content: brotled(content, quality)


def gzipped(content: bytes) -> bytes:
    """Compress with gzip's highest level; the header has no time, name or system."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(content) + packer.flush()
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    tail = zlib.crc32(content).to_bytes(4, "little")
    return head + body + tail + (len(content) & 0xFFFFFFFF).to_bytes(4, "little")


def brotled(content: bytes, quality: int) -> bytes:
    """Compress with Brotli in text mode."""
    return bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality))
