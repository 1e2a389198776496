"""The description of a release: its commit, its day, and the digest of every file in it.

It is stored in release.json, next to the folders that the web server serves, never in them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field


class DamagedError(Exception):
    """The release.json or the symlink to the live release is not as the publisher wrote it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One audience's site in a release; `files` and `carried` map paths to sha256 digests.

    `commit` is older than the release's if errors kept this audience at an earlier commit.
    `since` maps carried paths to the stamp of the first release without them. `folder` is the name
    of the folder of the files, if it is not the audience's.
    """

    commit: str
    version: str
    as_of: Mapping[str, str]
    pages: int
    files: Mapping[str, str]
    carried: Mapping[str, str]
    since: Mapping[str, int] = field(default_factory=dict)
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """One release. `wanted` are the requested audiences, `parts` those that it contains.

    `stamp` is the mtime, in whole seconds since the epoch, of files first written for it; it
    increases with each release. `before` are the numbers of the previously live releases, latest
    first. `beside` maps names of files next to the description (SBOMs) to their sha256 digests.
    """

    seq: int
    commit: str
    time: str
    day: str
    generator: str
    wanted: tuple[str, ...]
    stamp: int
    before: tuple[int, ...]
    parts: Mapping[str, Part]
    beside: Mapping[str, str]

    @property
    def name(self) -> str:
        return f"{self.seq:06}-{self.commit[:12]}"


def to_json(release: Release) -> bytes:
    """Serialise a release's description; equal releases give equal bytes."""
    text = json.dumps(
        {
            "seq": release.seq,
            "commit": release.commit,
            "time": release.time,
            "day": release.day,
            "generator": release.generator,
            "wanted": list(release.wanted),
            "stamp": release.stamp,
            "before": list(release.before),
            "beside": dict(sorted(release.beside.items())),
            "audiences": {name: _part_json(part) for name, part in release.parts.items()},
        },
        ensure_ascii=False,
        indent=1,
    )
    return (text + "\n").encode()


def _part_json(part: Part) -> Mapping[str, object]:
    return {
        "commit": part.commit,
        "version": part.version,
        "as_of": dict(part.as_of),
        "pages": part.pages,
        "files": dict(sorted(part.files.items())),
        "carried": dict(sorted(part.carried.items())),
        "since": dict(sorted(part.since.items())),
        "folder": part.folder,
    }


def from_json(content: bytes) -> Release:
    """Parse a release's description; raises `DamagedError` if it is malformed."""
    try:
        found = _map(json.loads(content))
        return Release(
            seq=_whole_number(found["seq"]),
            commit=str(found["commit"]),
            time=str(found["time"]),
            day=str(found["day"]),
            generator=str(found["generator"]),
            wanted=tuple(str(name) for name in _list(found["wanted"])),
            stamp=_whole_number(found["stamp"]),
            before=tuple(_whole_number(seq) for seq in _list(found["before"])),
            parts={name: _part(_map(part)) for name, part in _map(found["audiences"]).items()},
            # Older versions did not write this field.
            beside=_texts(found.get("beside", {})),
        )
    except (ValueError, KeyError) as reason:
        raise DamagedError(f"release.json: {reason}") from reason


def _part(found: Mapping[str, object]) -> Part:
    return Part(
        commit=str(found["commit"]),
        version=str(found["version"]),
        as_of=_texts(found["as_of"]),
        pages=_whole_number(found["pages"]),
        files=_texts(found["files"]),
        carried=_texts(found["carried"]),
        # Older versions did not write these fields.
        since={path: _whole_number(stamp) for path, stamp in _map(found.get("since", {})).items()},
        folder=_folder(found.get("folder", "")),
    )


def _folder(value: object) -> str:
    if not re.fullmatch(r"([a-z]+-[0-9A-Za-z]{1,64})?", str(value)):
        raise ValueError(f"no folder of a release: {value}")
    return str(value)


def _map(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError("a map is missing")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("a list is missing")
    return value


def _texts(value: object) -> Mapping[str, str]:
    return {name: str(text) for name, text in _map(value).items()}


def _whole_number(value: object) -> int:
    if not isinstance(value, int):
        raise ValueError("a number is missing")
    return value
