"""Files and their text: the only reader of the disk in a build.

Answers which files there are and what they say. Knows nothing of what they mean.
"""

from __future__ import annotations

import functools
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from portal.attachment import MOST_BYTES, SUFFIXES
from portal.characters import IN_FILES, refused, spelled
from portal.diagnostic import Diagnostic, Place, fault

TEXT_SUFFIXES = (".yaml", ".md", ".toml", ".lock")
MAX_BYTES = 1024 * 1024  # the longest ledger file known is under 8 KB
MAX_LINE = 20_000

# Names that no Windows editor could check out (Microsoft, "Naming Files, Paths, and Namespaces").
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$|.*[<>:\"|?*\\]|.*[. ]$", re.I)
# What desktops leave behind: nobody wrote these, so nobody needs to hear of them.
_LITTER = re.compile(r"\.|~\$|(thumbs\.db|desktop\.ini)$", re.I)


@dataclass(frozen=True, slots=True)
class Source:
    """One text file: its path as an editor knows it, its key below the content root, its text."""

    path: str
    key: str
    text: str

    def place(self, line: int = 0, column: int = 0) -> Place:
        """Point into this file; the line itself goes along, so that a caret can be drawn."""
        if not line:
            return Place(self.path)
        lines = _lines(self.text)
        excerpt = lines[line - 1] if line <= len(lines) else ""
        return Place(self.path, line, column, excerpt)

    def place_at(self, text: str, at: int, first: int) -> Place:
        """Point at a character of a part of this file that begins on line `first`."""
        begin = text.rfind("\n", 0, at) + 1
        return self.place(first + text.count("\n", 0, begin), at - begin + 1)


@functools.lru_cache(maxsize=4)
def _lines(text: str) -> tuple[str, ...]:
    """The lines of a text; a file with a thousand faults is cut only once."""
    return tuple(text.split("\n"))


@dataclass(frozen=True, slots=True)
class Tree:
    """All that stands below a content root: texts and attachments by key, and what was not read."""

    label: str
    sources: Mapping[str, Source]
    unread: tuple[str, ...]
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()

    @property
    def found(self) -> frozenset[str]:
        """The keys of every text file that is there, readable or not."""
        return frozenset(self.sources) | self.refused


def read_tree(root: Path, label: str) -> tuple[Tree, tuple[Diagnostic, ...]]:
    """Read every text file below `root`; `label` is how diagnostics name the root.

    A file that cannot be used as it stands is left out and reported.
    """
    sources: dict[str, Source] = {}
    unread: list[str] = []
    attachments: dict[str, bytes] = {}
    refused: set[str] = set()
    faults: list[Diagnostic] = []
    seen: dict[str, str] = {}
    for key, entry in _walk(root, ""):
        found = _entry_fault(entry, key, Place(f"{label}/{key}"), seen)
        if found:
            faults.append(found)
        elif entry.is_dir(follow_symlinks=False):
            continue
        elif key.endswith(SUFFIXES):
            raw, more = read_any(Path(entry.path), f"{label}/{key}", MOST_BYTES)
            faults += (_of_attachment(one, entry) for one in more)
            if raw is not None:
                attachments[key] = raw
        elif not key.endswith(TEXT_SUFFIXES):
            unread.append(key)
        else:
            source, more = read_file(Path(entry.path), f"{label}/{key}", key)
            faults += more
            if source:
                sources[key] = source
            else:
                refused.add(key)
    return Tree(label, sources, tuple(unread), attachments, frozenset(refused)), tuple(faults)


def read_file(path: Path, label: str, key: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Read one text file as UTF-8; a byte order mark and CRLF are accepted and taken off."""
    raw, faults = read_any(path, label, MAX_BYTES)
    if raw is None:
        return None, faults
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, (fault("not-utf8", Place(label, line, 1), guess=_guess_encoding(raw)),)
    return text_source(text, label, key)


def read_any(path: Path, label: str, limit: int) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """Read the bytes of a regular file of at most `limit` bytes."""
    place = Place(label)
    try:
        if path.exists() and not path.is_file():
            return None, (fault("special-file", place),)
        # No more than the limit is read: a file that grows meanwhile costs nothing.
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        return None, (fault("unreadable-file", place, why=error.strerror or "?"),)
    if len(raw) > limit:
        return None, (fault("file-too-large", place, limit=f"{limit // 1024} KB"),)
    return raw, ()


def text_source(text: str, label: str, key: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Make a source of decoded text; what a reader cannot see in it is refused."""
    source = Source(label, key, text.replace("\r\n", "\n").replace("\r", "\n"))
    faults = tuple(_character_faults(source))
    return (None if faults else source), faults


def _of_attachment(found: Diagnostic, entry: os.DirEntry[str]) -> Diagnostic:
    """Say of an attachment that is too large how large it is, and how it becomes smaller."""
    if found.code != "file-too-large":
        return found
    how, how_en = _SMALLER["pdf" if entry.name.endswith(".pdf") else "picture"]
    return fault(
        "attachment-too-large",
        found.place,
        size=f"{entry.stat().st_size / 1024 / 1024:.1f} MB",
        limit=f"{MOST_BYTES // 1024 // 1024} MB",
        how=how,
        how_en=how_en,
    )


_SMALLER = {
    "picture": (
        "用看图软件把长边缩到 1600 像素左右，另存为 JPG，质量选 80",
        "scale its longer side to some 1600 pixels and save it as JPG of quality 80",
    ),
    "pdf": (
        "用 WPS 或 Acrobat 的“压缩 PDF”另存一份，或者只留需要的几页",
        "save it again with a smaller size, or keep the pages that are needed",
    ),
}


def read_texts(root: Path, suffix: str) -> Mapping[str, str]:
    """Read our own templates: trusted files, by their path below `root`."""
    return {key: content.decode("utf-8") for key, content in read_bytes(root, suffix).items()}


def read_bytes(root: Path, suffix: str = "") -> Mapping[str, bytes]:
    """Read our own files below `root` whose name ends so, by their path."""
    return {
        key: Path(entry.path).read_bytes()
        for key, entry in _walk(root, "")
        if entry.is_file() and key.endswith(suffix)
    }


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield entries below a folder in an order of their names that no file system decides."""
    with os.scandir(folder) as listing:
        # Of two names that differ by case the small one comes first, and is kept.
        entries = sorted(listing, key=lambda entry: entry.name.swapcase())
    for entry in entries:
        if _LITTER.match(entry.name):
            continue
        key = prefix + entry.name
        yield key, entry
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), key + "/")


def _entry_fault(
    entry: os.DirEntry[str], key: str, place: Place, seen: dict[str, str]
) -> Diagnostic | None:
    if entry.is_symlink():
        return fault("symlink", place)
    if not (entry.is_dir(follow_symlinks=False) or stat.S_ISREG(entry.stat().st_mode)):
        return fault("special-file", place)
    if _RESERVED.match(entry.name) or not _is_clean(entry.name):
        return fault("reserved-name", place, name=entry.name.encode("unicode_escape").decode())
    twin = seen.setdefault(key.casefold(), key)
    return fault("case-collision", place, twin=twin) if twin != key else None


def _is_clean(name: str) -> bool:
    # A name that is not UTF-8 on disk reaches Python with lone surrogates.
    return not any(refused(name, allowed=""))


def _guess_encoding(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or raw[:200].count(b"\0") > len(raw[:200]) // 4:
        return "UTF-16"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "GBK"


def _character_faults(source: Source) -> Iterator[Diagnostic]:
    said: set[str] = set()
    for at, code in refused(source.text, IN_FILES):
        if code not in said:
            said.add(code)
            # The line itself is not shown: it would do to the terminal what it does to a reader.
            place = replace(source.place_at(source.text, at, 1), excerpt="")
            yield fault(code, place, char=spelled(source.text[at]))
    long = next((i for i, text in enumerate(source.text.split("\n"), 1) if len(text) > MAX_LINE), 0)
    if long:
        yield fault("line-too-long", Place(source.path, long, 1), limit=MAX_LINE)
