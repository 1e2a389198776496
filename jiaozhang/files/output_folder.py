"""Bytes reach the disk: write what differs, remove what is gone, replace files whole.

The output folder belongs to the build. It is recognised by its build.json, so that a folder of
somebody else's is never emptied.
"""

from __future__ import annotations

import json
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jiaozhang.program import NAME

GENERATOR = NAME
# What the program was called before: folders of that time are still ours.
_GENERATORS = (GENERATOR, "portal")
MANIFEST = "build.json"
# What a file is called until it is whole.
NEW = ".new-"


class ForeignFolderError(Exception):
    """The output folder holds files that no build of ours wrote."""


@dataclass(frozen=True, slots=True)
class Written:
    written: int
    removed: int


def write_tree(out: Path, files: Mapping[str, bytes], clean: bool = False) -> Written:
    """Make `out` hold exactly `files` (path below it to bytes); with `clean`, write all anew.

    Raises `ForeignFolderError` for a folder that is not ours, `OSError` when the disk refuses.
    """
    if not _is_ours(out):
        raise ForeignFolderError(str(out))
    out.mkdir(parents=True, exist_ok=True)
    parents = {parent.as_posix() for path in files for parent in Path(path).parents}
    _make_way(out, "", files, parents)
    # The manifest goes last: until it stands, no new version is claimed.
    ordered = sorted(files, key=lambda path: (path == MANIFEST, path))
    written = sum(_write_if_differs(out, path, files[path], clean) for path in ordered)
    return Written(written, _remove_others(out, files))


def write_file(path: Path, content: bytes) -> None:
    """Replace one file whole: a reader sees the old bytes or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.stat().st_mtime_ns if path.exists() else 0
    handle, name = tempfile.mkstemp(prefix=NEW, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(0o644)  # whatever the umask: a web server has to read it
        # A server's ETag is made of mtime in seconds and size: it must change with the bytes.
        new = temporary.stat().st_mtime_ns
        if new // 10**9 <= old // 10**9:
            os.utime(temporary, ns=(old + 10**9, old + 10**9))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _is_ours(out: Path) -> bool:
    if not out.exists() or not any(out.iterdir()):
        return True
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
    except (OSError, ValueError):
        # A first build that was interrupted leaves only what write_file and mkdir make.
        return all(entry.name.startswith(NEW) for entry in out.iterdir())
    return isinstance(manifest, dict) and str(manifest.get("generator", "")).startswith(_GENERATORS)


def _make_way(folder: Path, prefix: str, files: Mapping[str, bytes], parents: set[str]) -> None:
    """Remove what would lead a write out of the folder or stand where a folder must be."""
    for entry in folder.iterdir():
        key = prefix + entry.name
        mode = entry.lstat().st_mode
        if stat.S_ISDIR(mode) and key not in files:
            _make_way(entry, f"{key}/", files, parents)
        elif stat.S_ISDIR(mode):
            _remove_folder(entry)
        elif key in parents or not stat.S_ISREG(mode):
            entry.unlink()


def _write_if_differs(out: Path, key: str, content: bytes, clean: bool) -> bool:
    path = out / key
    if not clean and path.is_file() and path.read_bytes() == content:
        return False
    for folder in reversed(path.parent.relative_to(out).parents):
        _make_folder(out / folder)
    _make_folder(path.parent)
    write_file(path, content)
    return True


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir()
        folder.chmod(0o755)


def _remove_others(out: Path, files: Mapping[str, bytes]) -> int:
    removed = 0
    folders = []
    for key, entry in list(_walk(out, "")):
        if entry.is_dir(follow_symlinks=False):
            folders.append(Path(entry.path))
        elif key not in files:
            Path(entry.path).unlink()
            removed += 1
    for folder in reversed(folders):
        if not any(folder.iterdir()):
            folder.rmdir()
    return removed


def _remove_folder(folder: Path) -> None:
    for _, entry in reversed(list(_walk(folder, ""))):
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            path.rmdir()
        else:
            path.unlink()
    folder.rmdir()


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as listing:
        entries = list(listing)
    for entry in entries:
        yield prefix + entry.name, entry
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
