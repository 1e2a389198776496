"""Check that the live release is exactly what was published: every byte, and no further file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jiaozhang.publisher.release import Release
from jiaozhang.publisher.store import DESCRIPTION, folder_of, site_of


@dataclass(frozen=True, slots=True)
class Flaw:
    kind: Literal["missing", "changed", "surplus"]
    path: str


def flaws(root: Path, release: Release) -> tuple[int, tuple[Flaw, ...]]:
    """Compare a release with its description; return the expected number of files, and the flaws.

    Paths begin with the audience's name, whatever the name of its folder.
    """
    folder = folder_of(root, release)
    expected = dict(release.beside)
    places = {path: folder / path for path in expected}
    known = {DESCRIPTION}
    found: dict[str, bool] = {}
    flawed = []
    for name, part in release.parts.items():
        site = site_of(root, release, name)
        own = {f"{name}/{path}": digest for path, digest in {**part.carried, **part.files}.items()}
        expected |= own
        places |= {path: site / path.removeprefix(f"{name}/") for path in own}
        found |= _walk(site, f"{name}/") if site.is_dir() else ()
        known |= {name, site.name}
        if part.folder and not _leads(folder / name, part.folder):
            flawed.append(Flaw("changed", name))
    found |= (entry for entry in _walk(folder, "") if entry[0].partition("/")[0] not in known)
    flawed += _flaws(places, expected, found)
    return len(expected), tuple(sorted(flawed, key=lambda flaw: (flaw.path, flaw.kind)))


def _leads(link: Path, to: str) -> bool:
    return link.is_symlink() and link.readlink() == Path(to)


def _flaws(
    places: Mapping[str, Path], expected: Mapping[str, str], found: Mapping[str, bool]
) -> Iterator[Flaw]:
    for path in found.keys() - expected.keys():
        yield Flaw("surplus", path)
    for path, digest in expected.items():
        if path not in found:
            yield Flaw("missing", path)
        elif not found[path] or digest_of(places[path]) != digest:
            yield Flaw("changed", path)


def digest_of(path: Path) -> str:
    """The sha256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, bool]]:
    """Every entry except folders, and whether it is a regular file."""
    with os.scandir(folder) as listing:
        entries = list(listing)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.is_file(follow_symlinks=False)
