"""Whether the live release is what was published: every byte, and nothing besides."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from portal.releases.kept import Release
from portal.releases.store import DESCRIPTION, folder_of


@dataclass(frozen=True, slots=True)
class Flaw:
    kind: Literal["missing", "changed", "surplus"]
    path: str


def flaws(root: Path, release: Release) -> tuple[int, tuple[Flaw, ...]]:
    """Compare a release with its manifest; return how many files it should have, and the flaws."""
    folder = folder_of(root, release)
    expected = {
        f"{name}/{path}": digest
        for name, part in release.parts.items()
        for path, digest in {**part.carried, **part.files}.items()
    } | dict(release.beside)
    found = {path: kind for path, kind in _walk(folder, "") if path != DESCRIPTION}
    return len(expected), tuple(
        sorted(_flaws(folder, expected, found), key=lambda flaw: (flaw.path, flaw.kind))
    )


def _flaws(folder: Path, expected: dict[str, str], found: dict[str, bool]) -> Iterator[Flaw]:
    for path in found.keys() - expected.keys():
        yield Flaw("surplus", path)
    for path, digest in expected.items():
        if path not in found:
            yield Flaw("missing", path)
        elif not found[path] or _digest(folder / path) != digest:
            yield Flaw("changed", path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, bool]]:
    """Every entry that is no folder, and whether it is a regular file."""
    with os.scandir(folder) as listing:
        entries = list(listing)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.is_file(follow_symlinks=False)
