"""Which program makes the sites: its version, and a digest of all that has a say in the bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jiaozhang import VERSION
from jiaozhang.files.output_folder import GENERATOR
from jiaozhang.publisher.compress import HAS_BROTLI

_PARTS = (
    ("jiaozhang", "*.py"),
    ("templates", "*.html"),
    ("static", "*"),
    (".", "requirements.lock"),
)


def generator_of(home: Path) -> str:
    """Name the program in `home`: two of one name make the same site of the same content."""
    whole = hashlib.sha256(b"br" if HAS_BROTLI else b"")
    for folder, pattern in _PARTS:
        search = home.glob if folder == "." else (home / folder).rglob
        for path in sorted(search(pattern)):
            if path.is_file():
                whole.update(f"\0{path.relative_to(home).as_posix()}\0".encode())
                whole.update(path.read_bytes())
    return f"{GENERATOR} {VERSION}+{whole.hexdigest()[:12]}"
