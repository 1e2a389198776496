"""Write a release under a temporary name, fsync it, and rename it.

Files are immutable; releases share unchanged ones as hard links. A file with unchanged bytes keeps
its mtime; changed ones get the release's stamp, which is later than that of every earlier release.
Web servers compute ETags from mtime and size, so an ETag changes exactly when the bytes do.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jiaozhang.files.hashed_names import is_hashed
from jiaozhang.files.output_folder import MANIFEST
from jiaozhang.publisher.carry import carrying
from jiaozhang.publisher.compress import copies_of
from jiaozhang.publisher.flush import flush_one, flush_tree
from jiaozhang.publisher.release import Part, Release, to_json
from jiaozhang.publisher.request import BOTH, Clock, Made, Order, Wanted
from jiaozhang.publisher.sbom import SBOM
from jiaozhang.publisher.store import (
    DESCRIPTION,
    PARTIAL,
    RELEASES,
    folder_of,
    highest_seq,
    kept_releases,
    site_of,
)
from jiaozhang.publisher.verify import digest_of


def write_release(
    order: Order, wanted: Wanted, made: Made, live: Release | None, now: Clock
) -> Release:
    """Write a complete release under its temporary name."""
    kept = kept_releases(order.root)
    stamp = max(int(now().timestamp()), *(release.stamp + 1 for release in kept), 0)
    release = Release(
        seq=highest_seq(order.root) + 1,
        commit=wanted.commit,
        time=now().isoformat(timespec="seconds"),
        day=wanted.day,
        generator=wanted.generator,
        wanted=wanted.audiences,
        stamp=stamp,
        before=_history(live, kept),
        parts={},
        beside={},
    )
    partial = _partial(order.root, release)
    try:
        partial.mkdir()
        partial.chmod(0o755)
        parts = _write_parts(partial, order, made, live, release)
        release = replace(release, parts=parts, beside=_write_sboms(partial, order, made, live))
        if live is not None:
            release = with_carried(order.root, release, live, stamp, is_sure=order.force)
            place_all_carried(order.root, partial, release, live)
        _write_description(partial, release)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return release


def name_release(root: Path, release: Release) -> None:
    """Flush a written release to disk, and rename it to its final name."""
    partial = _partial(root, release)
    try:
        flush_tree(partial)
        partial.rename(folder_of(root, release))
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    flush_one(root / RELEASES)


def _partial(root: Path, release: Release) -> Path:
    return root / RELEASES / f"{PARTIAL}{release.name}"


def _history(live: Release | None, kept: tuple[Release, ...]) -> tuple[int, ...]:
    there = {release.seq for release in kept}
    before = (live.seq, *live.before) if live else ()
    return tuple(seq for seq in before if seq in there)


def _write_parts(
    partial: Path, order: Order, made: Made, live: Release | None, release: Release
) -> Mapping[str, Part]:
    """Write each audience's site; one with errors, or not requested, is linked from the live
    release.
    """
    parts = {}
    for name in BOTH:
        old = live.parts.get(name) if live else None
        source = site_of(order.root, live, name) if live and old else partial
        if name in made.sites:
            files = made.sites[name]
            # A carried file of the live release may be a regular file of this one again.
            there = {**old.carried, **old.files} if old else {}
            reused = Before(source, there) if old and not order.force else None
            part = part_of(name, files, release.commit)
            digests = write_site(_part_place(partial, name, part), files, reused, release.stamp)
            parts[name] = replace(part, files=digests)
        elif old:
            part = replace(old, carried={}, since={}, folder=_folder(name, old.version))
            link_site(_part_place(partial, name, part), Before(source, old.files))
            parts[name] = part
    return parts


def _part_place(release: Path, name: str, part: Part) -> Path:
    """The folder for a part's files; if it has a name of its own, a symlink leads there from the
    audience's.
    """
    if not part.folder:
        return release / name
    (release / name).symlink_to(part.folder)
    return release / part.folder


def _folder(name: str, version: str) -> str:
    """The name of a part's folder. The public one contains the version, for the server to read.

    A version from a commit's own program (`--trusted`) may not be a valid folder name.
    """
    is_one = name == "public" and re.fullmatch(r"[0-9A-Za-z]{1,64}", version)
    return f"{name}-{version}" if is_one else ""


def _write_sboms(folder: Path, order: Order, made: Made, live: Release | None) -> Mapping[str, str]:
    """Write the SBOM of this release.

    A part linked from the live release may be of an older program: the SBOM of that one is kept
    next to it, under the audience's name.
    """
    _write_private(folder / SBOM, order.sbom)
    beside = {SBOM: hashlib.sha256(order.sbom).hexdigest()}
    if live is None:
        return beside
    for name in live.parts.keys() - made.sites.keys():
        own = f"{name}.{SBOM}"
        old = own if own in live.beside else SBOM
        digest = live.beside.get(old, beside[SBOM])
        if digest != beside[SBOM]:
            with contextlib.suppress(
                FileNotFoundError
            ):  # `verify` reports it; publishing continues
                link(folder_of(order.root, live) / old, folder / own)
                beside[own] = digest
    return beside


def with_carried(
    root: Path, release: Release, live: Release, stamp: int, is_sure: bool = False
) -> Release:
    """Return the release with the files that each part carries from `live`, which it follows at
    `stamp`.

    With `is_sure`, only files whose digest still matches are carried.
    """
    parts = dict(release.parts)
    for name in release.parts.keys() & live.parts.keys():
        part, old = parts[name], live.parts[name]
        sizes = _sizes(site_of(root, live, name), old, is_sure)
        parts[name] = carrying(part, stamp, old, live.stamp, sizes)
    return replace(release, parts=parts)


def _sizes(folder: Path, part: Part, is_sure: bool) -> Mapping[str, int]:
    """The sizes in bytes of the files that may be carried and still exist."""
    sizes = {}
    for path, digest in {**part.carried, **part.files}.items():
        file = folder / path
        if is_hashed(path) and file.is_file() and (not is_sure or digest_of(file) == digest):
            sizes[path] = file.stat().st_size
    return sizes


def place_all_carried(
    root: Path, folder: Path, release: Release, live: Release
) -> tuple[Path, ...]:
    """Hard-link the carried files of a release into its folder, while it is not live.

    Returns the folders that something was put into.
    """
    touched: set[Path] = set()
    for name in release.parts.keys() & live.parts.keys():
        part, old = release.parts[name], live.parts[name]
        handed = [path for path in part.carried if path in old.carried or path in old.files]
        site = folder / (part.folder or name)
        touched |= place_carried(site, handed, site_of(root, live, name))
    return tuple(touched)


def part_of(name: str, files: Mapping[str, bytes], commit: str) -> Part:
    """The description of an audience's site built from a commit; writes no file."""
    manifest = json.loads(files[MANIFEST])
    version = str(manifest["version"])
    return Part(
        commit=commit,
        version=version,
        as_of={str(year): str(day) for year, day in manifest["as_of"].items()},
        pages=int(manifest["pages"]),
        files={},
        carried={},
        folder=_folder(name, version),
    )


def _write_description(folder: Path, release: Release) -> None:
    _write_private(folder / DESCRIPTION, to_json(release))


def _write_private(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        # The list of the intranet's files and the SBOM are not public.
        os.fchmod(file.fileno(), 0o640)


@dataclass(frozen=True, slots=True)
class Before:
    """The same audience in the live release: its folder, and digests by path."""

    folder: Path
    files: Mapping[str, str]


def write_site(
    folder: Path, files: Mapping[str, bytes], before: Before | None, stamp: int
) -> Mapping[str, str]:
    """Write these files and their compressed copies into `folder`; return all digests by path."""
    digests: dict[str, str] = {}
    old = before.files if before else {}
    _make_folder(folder)
    for parent in sorted({parent for path in files for parent in Path(path).parents}):
        _make_folder(folder / parent)
    for path, content in sorted(files.items()):
        digest = hashlib.sha256(content).hexdigest()
        is_same = before is not None and old.get(path) == digest
        if before is None or not is_same or not _linked(before, folder, path):
            _write(folder / path, content, stamp)
        digests[path] = digest
        for suffix, compress in copies_of(path, len(content)):
            copy = path + suffix
            if before is not None and is_same and copy in old and _linked(before, folder, copy):
                digests[copy] = old[copy]
            else:
                packed = compress(content)
                _write(folder / copy, packed, stamp)
                digests[copy] = hashlib.sha256(packed).hexdigest()
    return digests


def link_site(folder: Path, before: Before) -> None:
    """Hard-link a complete site unchanged."""
    _make_folder(folder)
    for path in before.files:
        _link_below(folder, path, before.folder)


def place_carried(folder: Path, carried: Iterable[str], source: Path) -> set[Path]:
    """Hard-link carried files that do not exist yet.

    Returns the folders that something was put into.
    """
    touched = set()
    for path in carried:
        if not os.path.lexists(folder / path):
            _link_below(folder, path, source)
            touched |= {(folder / parent) for parent in Path(path).parents}
    return touched


def link(old: Path, new: Path) -> None:
    """Hard-link a file; where the file system cannot, copy its bytes and mtime."""
    try:
        new.hardlink_to(old)
    except FileExistsError:
        raise
    except OSError:  # too many links, another owner, a file system without links
        with old.open("rb") as source, new.open("xb") as copy:
            shutil.copyfileobj(source, copy)
        new.chmod(0o644)
        stat = old.stat()
        os.utime(new, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _linked(before: Before, folder: Path, path: str) -> bool:
    """Hard-link a file of the live release; return False if it is missing there."""
    try:
        link(before.folder / path, folder / path)
    except FileNotFoundError:
        return False
    return True


def _write(path: Path, content: bytes, stamp: int) -> None:
    with path.open("xb") as file:
        file.write(content)
        os.fchmod(file.fileno(), 0o644)  # despite the umask: the web server must be able to read it
    os.utime(path, (stamp, stamp))


def _link_below(folder: Path, path: str, source: Path) -> None:
    for parent in reversed(Path(path).parents):
        _make_folder(folder / parent)
    link(source / path, folder / path)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir()
        folder.chmod(0o755)
