"""Text files and attachments: the only code of a build that reads the disk.

Returns the files and their content; does not interpret it.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
import stat
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from jiaozhang.attachments.inspection import SUFFIXES
from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.files.bounds import DEFAULT, Bounds, beyond, deep_faults, is_deep, too_long
from jiaozhang.files.characters import IN_FILES, refused, spelled

TEXT_SUFFIXES = (".yaml", ".md", ".toml", ".lock")
MAX_BYTES = 1024 * 1024  # the longest ledger file known is under 8 KB
MAX_LINE = 20_000

# Names that cannot exist on Windows (Microsoft, "Naming Files, Paths, and Namespaces").
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$|.*[<>:\"|?*\\]|.*[. ]$", re.I)
# Files created by desktop environments and editors; ignored silently.
_LITTER = re.compile(r"\.|~\$|(thumbs\.db|desktop\.ini)$", re.I)


@dataclass(frozen=True, slots=True)
class Source:
    """One text file: its path for messages, its key (path below the content root), its text."""

    path: str
    key: str
    text: str

    def place(self, line: int = 0, column: int = 0) -> Place:
        """A place in this file; it contains the text of the line, for the excerpt in messages."""
        if not line:
            return Place(self.path)
        lines = _lines(self.text)
        excerpt = lines[line - 1] if line <= len(lines) else ""
        return Place(self.path, line, column, excerpt)

    def place_at(self, text: str, at: int, first: int) -> Place:
        """The place of character `at` of a text that begins on line `first` of this file."""
        starts = _starts(text)
        nth = bisect_right(starts, at) - 1
        return self.place(first + nth, at - starts[nth] + 1)


@functools.lru_cache(maxsize=4)
def _starts(text: str) -> tuple[int, ...]:
    """The index at which each line of a text begins."""
    return (0, *(end.end() for end in re.finditer("\n", text)))


@functools.lru_cache(maxsize=4)
def _lines(text: str) -> tuple[str, ...]:
    """The lines of a text; cached, since a file may have a thousand faults."""
    return tuple(text.split("\n"))


@dataclass(frozen=True, slots=True)
class Tree:
    """All files below a content root: texts and attachments by key, and those not read.

    `loose` are attachments in no folder named after a Markdown file: listed, but not read.
    """

    label: str
    sources: Mapping[str, Source]
    unread: tuple[str, ...]
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()

    @property
    def found(self) -> frozenset[str]:
        """The keys of all existing text files, readable or not."""
        return frozenset(self.sources) | self.refused


def read_tree(
    root: Path, label: str, bounds: Bounds = DEFAULT
) -> tuple[Tree, tuple[Diagnostic, ...]]:
    """Read every text file below `root`; `label` is the root's name in messages.

    Unusable files are reported and left out. If the content as a whole exceeds the limits, nothing
    is read.
    """
    entries, faults = _entries(root, label)
    sizes = ((key, size) for key, entry in entries if (size := _size(entry)) is not None)
    _, beyond_bounds = beyond(sizes, label, bounds)
    if beyond_bounds:
        return Tree(label, {}, ()), beyond_bounds
    reading = _Reading(label, bounds, list(faults))
    for key, entry in entries:
        reading.text(key, entry)
    reading.attach()
    return reading.tree(), tuple(reading.faults)


class _Reading:
    """Collects what was read, during one `read_tree`."""

    def __init__(self, label: str, bounds: Bounds, faults: list[Diagnostic]) -> None:
        self.label = label
        self.bounds = bounds
        self.faults = faults
        self.sources: dict[str, Source] = {}
        self.unread: list[str] = []
        self.refused: set[str] = set()
        self.attached: dict[str, bytes] = {}
        self.waiting: dict[str, os.DirEntry[str]] = {}

    def text(self, key: str, entry: os.DirEntry[str]) -> None:
        """Read a text; attachments are read later, once all texts are known."""
        if key.endswith(SUFFIXES):
            self.waiting[key] = entry
        elif not key.endswith(TEXT_SUFFIXES):
            self.unread.append(key)
        else:
            limit = min(MAX_BYTES, self.bounds.file)
            source, more = read_file(Path(entry.path), f"{self.label}/{key}", key, limit)
            self.faults += more
            if source:
                self.sources[key] = source
            else:
                self.refused.add(key)

    def attach(self) -> None:
        """Read the attachments in folders named after a Markdown file; equal ones share their
        bytes.
        """
        same: dict[bytes, bytes] = {}
        limit = self.bounds.file
        for key in [*self.waiting]:
            entry = self.waiting[key]
            is_beside = any(f"{folder}.md" in self.sources for folder in PurePosixPath(key).parents)
            if is_beside or (_size(entry) or 0) > limit:
                del self.waiting[key]
                raw, more = read_any(Path(entry.path), f"{self.label}/{key}", limit)
                self.faults += (_of_attachment(one, entry, limit) for one in more)
                if raw is not None:
                    self.attached[key] = same.setdefault(hashlib.sha256(raw).digest(), raw)

    def tree(self) -> Tree:
        refused, loose = frozenset(self.refused), frozenset(self.waiting)
        return Tree(self.label, self.sources, tuple(self.unread), self.attached, refused, loose)


def _entries(
    root: Path, label: str
) -> tuple[list[tuple[str, os.DirEntry[str]]], tuple[Diagnostic, ...]]:
    """The readable regular files below a root, by key, and faults for everything else."""
    found: list[tuple[str, os.DirEntry[str]]] = []
    faults: list[Diagnostic] = []
    seen: dict[str, str] = {}
    closed: dict[str, str] = {}
    for key, entry in _walk(root, "", closed):
        one = _entry_fault(entry, key, Place(f"{label}/{key}"), seen)
        if one:
            faults.append(one)
        elif not entry.is_dir(follow_symlinks=False):
            found.append((key, entry))
    for key, why in closed.items():
        faults.append(fault("unreadable-file", Place(f"{label}/{key}".rstrip("/")), why=why))
    return found, tuple(faults)


def _size(entry: os.DirEntry[str]) -> int | None:
    """The size of a file in bytes; None if it was removed meanwhile."""
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:
        return None


def read_file(
    path: Path, label: str, key: str, limit: int = MAX_BYTES
) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Read one text file as UTF-8; a byte order mark and CRLF are accepted and removed."""
    raw, faults = read_any(path, label, limit)
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
        # At most the limit is read, even if the file grows meanwhile.
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        return None, (fault("unreadable-file", place, why=error.strerror or "?"),)
    if len(raw) > limit:
        return None, (fault("file-too-large", place, limit=_kilobytes(limit)),)
    return raw, ()


def _kilobytes(limit: int) -> str:
    return f"{limit // 1024} KB" if limit >= 1024 else f"{limit} B"


def text_source(text: str, label: str, key: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Make a `Source` of decoded text; invisible and forbidden characters are faults."""
    source = Source(label, key, text.replace("\r\n", "\n").replace("\r", "\n"))
    faults = tuple(_character_faults(source))
    return (None if faults else source), faults


def _of_attachment(found: Diagnostic, entry: os.DirEntry[str], limit: int) -> Diagnostic:
    """Add to the fault of a too large attachment its size, and how to reduce it."""
    if found.code != "file-too-large":
        return found
    how, how_en = _SMALLER["pdf" if entry.name.endswith(".pdf") else "picture"]
    return fault(
        "attachment-too-large",
        found.place,
        size=f"{entry.stat().st_size / 1024 / 1024:.1f} MB",
        limit=_megabytes(limit),
        how=how,
        how_en=how_en,
    )


def _megabytes(limit: int) -> str:
    return f"{limit / 1024 / 1024:.1f}".removesuffix(".0") + " MB"


_SMALLER = {
    "picture": (
        "用看图软件把长边缩到 1600 像素左右，另存为 JPG，质量选 80",
        "scale the longer side to about 1600 pixels and save it as JPG with quality 80",
    ),
    "pdf": (
        "用 WPS 或 Acrobat 的“压缩 PDF”另存一份，或者只留需要的几页",
        "save it with “Compress PDF” in WPS or Acrobat, or keep only the pages you need",
    ),
}


def read_texts(root: Path, suffix: str) -> Mapping[str, str]:
    """Read our own templates (trusted), by their path below `root`."""
    return {key: content.decode("utf-8") for key, content in read_bytes(root, suffix).items()}


def read_bytes(root: Path, suffix: str = "") -> Mapping[str, bytes]:
    """Read our own files with a suffix below `root`, by their path."""
    return {
        key: Path(entry.path).read_bytes()
        for key, entry in _walk(root, "")
        if entry.is_file() and key.endswith(suffix)
    }


def _walk(
    folder: Path, prefix: str, closed: dict[str, str] | None = None
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the entries below a folder, sorted by name, independent of the file system.

    A folder that cannot be listed is noted in `closed` with the reason, if `closed` is given.
    """
    try:
        with os.scandir(folder) as listing:
            # Of two names that differ only by case the lower-case one comes first, and is used.
            entries = sorted(listing, key=lambda entry: entry.name.swapcase())
    except OSError as error:
        if closed is None:
            raise
        closed[prefix] = error.strerror or "?"
        return
    for entry in entries:
        if _LITTER.match(entry.name):
            continue
        key = prefix + entry.name
        yield key, entry
        if entry.is_dir(follow_symlinks=False) and not (is_deep(key) or too_long(key)):
            yield from _walk(Path(entry.path), key + "/", closed)


def _entry_fault(
    entry: os.DirEntry[str], key: str, place: Place, seen: dict[str, str]
) -> Diagnostic | None:
    if entry.is_symlink():
        return fault("symlink", place)
    if not (entry.is_dir(follow_symlinks=False) or stat.S_ISREG(entry.stat().st_mode)):
        return fault("special-file", place)
    if _RESERVED.match(entry.name) or not _is_clean(entry.name):
        return fault("reserved-name", place, name=entry.name.encode("unicode_escape").decode())
    found = next(deep_faults([key + "/" if entry.is_dir(follow_symlinks=False) else key], ""), None)
    if found:
        return replace(found, place=Place(f"{place.path.removesuffix(key)}{found.place.path}"))
    twin = seen.setdefault(key.casefold(), key)
    return fault("case-collision", place, twin=twin) if twin != key else None


def _is_clean(name: str) -> bool:
    # Python represents undecodable bytes of a file name as lone surrogates.
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
            # No excerpt: the character would affect the terminal as it affects readers.
            place = replace(source.place_at(source.text, at, 1), excerpt="")
            yield fault(code, place, char=spelled(source.text[at]))
    long = next((i for i, text in enumerate(source.text.split("\n"), 1) if len(text) > MAX_LINE), 0)
    if long:
        yield fault("line-too-long", Place(source.path, long, 1), limit=MAX_LINE)
