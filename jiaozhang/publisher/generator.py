"""Identify the program that makes the sites: its version, and a digest of all files that affect
output.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from jiaozhang import VERSION
from jiaozhang.files.output_folder import GENERATOR
from jiaozhang.program import PACKAGE
from jiaozhang.publisher.compress import HAS_BROTLI


def generator_of(home: Path) -> str:
    """Return the identifier of this program, whose templates and static files are in `home`.

    Programs with equal identifiers make equal sites of equal content, wherever they are installed.
    """
    whole = hashlib.sha256(b"br" if HAS_BROTLI else b"")
    for name, path in _files(home):
        whole.update(f"\0{name}\0".encode())
        whole.update(path.read_bytes())
    return f"{GENERATOR} {VERSION}+{whole.hexdigest()[:12]}"


def _files(home: Path) -> Iterator[tuple[str, Path]]:
    """The files that affect the output, by their paths in a checkout."""
    parts = (
        (PACKAGE, "**/*.py", "jiaozhang/"),
        (home / "templates", "**/*.html", "templates/"),
        (home / "static", "**/*", "static/"),
        (home, "requirements.lock", ""),
    )
    for folder, pattern, prefix in parts:
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                yield f"{prefix}{path.relative_to(folder).as_posix()}", path
