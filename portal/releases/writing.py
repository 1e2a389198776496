"""A release is written whole under a name that nobody takes for one, flushed, and then named."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from portal.publish import MANIFEST
from portal.releases.deciding import Wanted
from portal.releases.flush import flush_file_system, flush_one
from portal.releases.kept import Part, Release, to_json
from portal.releases.order import BOTH, Clock, Made, Order
from portal.releases.sbom import SBOM
from portal.releases.store import (
    DESCRIPTION,
    PARTIAL,
    RELEASES,
    folder_of,
    highest_seq,
    kept_releases,
    superfluous,
)
from portal.releases.tree import Before, carried_from, link, link_site, place_carried, write_site


def write_release(
    order: Order, wanted: Wanted, made: Made, live: Release | None, now: Clock
) -> Release:
    """Write a release whole, flush it, and give it its name."""
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
    partial = order.root / RELEASES / f"{PARTIAL}{release.name}"
    try:
        partial.mkdir()
        partial.chmod(0o755)
        parts = _write_parts(partial, order, made, live, stamp)
        release = replace(release, parts=parts, beside=_write_sboms(partial, order, made, live))
        going = superfluous((*kept, release), release, order.keep)
        staying = tuple(one for one in kept if one not in going)
        release = with_carried(order.root, release, staying)
        place_all_carried(order.root, partial, release, staying)
        _write_description(partial, release)
        flush_file_system(order.root)
        partial.rename(folder_of(order.root, release))
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    flush_one(order.root / RELEASES)
    return release


def _history(live: Release | None, kept: tuple[Release, ...]) -> tuple[int, ...]:
    there = {release.seq for release in kept}
    before = (live.seq, *live.before) if live else ()
    return tuple(seq for seq in before if seq in there)


def _write_parts(
    partial: Path, order: Order, made: Made, live: Release | None, stamp: int
) -> Mapping[str, Part]:
    """Write each audience's site; one that has errors, or was not asked for, stays as it is."""
    parts = {}
    for name in BOTH:
        old = live.parts.get(name) if live else None
        folder = folder_of(order.root, live) / name if live else partial
        if name in made.sites:
            files = made.sites[name]
            # What the live release only carries may be a file of this one again.
            there = {**old.carried, **old.files} if old else {}
            reused = Before(folder, there) if old and not order.force else None
            digests = write_site(partial / name, files, reused, stamp)
            parts[name] = part_of(files, digests, {})
        elif old:
            link_site(partial / name, Before(folder, old.files))
            parts[name] = replace(old, carried={})
    return parts


def _write_sboms(folder: Path, order: Order, made: Made, live: Release | None) -> Mapping[str, str]:
    """Write what this release is made with.

    A part that stays as it was may be an older program's: what that one was made with stays beside
    it, under the audience's name.
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
            with contextlib.suppress(FileNotFoundError):  # `verify` tells of it; the site goes on
                link(folder_of(order.root, live) / old, folder / own)
                beside[own] = digest
    return beside


def with_carried(root: Path, release: Release, others: tuple[Release, ...]) -> Release:
    """The release, saying which of the other releases' own hashed files it carries as well."""
    parts = {}
    for name, part in release.parts.items():
        sources = _sources(root, name, release, others)
        parts[name] = replace(part, carried={**part.carried, **carried_from(sources, part.files)})
    return replace(release, parts=parts)


def place_all_carried(
    root: Path, folder: Path, release: Release, others: tuple[Release, ...]
) -> None:
    """Put what a release says it carries into its folder, which is not live."""
    for name, part in release.parts.items():
        place_carried(folder / name, part.carried, _sources(root, name, release, others))


def _sources(
    root: Path, name: str, release: Release, others: tuple[Release, ...]
) -> tuple[tuple[Path, Part], ...]:
    return tuple(
        (folder_of(root, other) / name, other.parts[name])
        for other in reversed(others)
        if name in other.parts and other.seq != release.seq
    )


def part_of(
    files: Mapping[str, bytes], digests: Mapping[str, str], carried: Mapping[str, str]
) -> Part:
    manifest = json.loads(files[MANIFEST])
    return Part(
        commit=str(manifest["commit"]),
        version=str(manifest["version"]),
        as_of={str(year): str(day) for year, day in manifest["as_of"].items()},
        pages=int(manifest["pages"]),
        files=digests,
        carried=carried,
    )


def _write_description(folder: Path, release: Release) -> None:
    _write_private(folder / DESCRIPTION, to_json(release))


def _write_private(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        # Neither the list of the intranet's files nor of what runs here is everybody's.
        os.fchmod(file.fileno(), 0o640)
