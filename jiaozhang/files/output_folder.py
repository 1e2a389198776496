"""Write the output folder: write changed files, remove others, replace each file atomically.

The output folder belongs to the build. It is recognised by its build.json, so that a folder of
other files is never emptied.
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
# The program's present and former names in build.json.
_GENERATORS = (GENERATOR, "portal")
MANIFEST = "build.json"
# Prefix of temporary names of files being written.
NEW = ".new-"


class ForeignFolderError(Exception):
    """The output folder contains files that this program did not write."""


@dataclass(frozen=True, slots=True)
class Written:
    written: int
    removed: int


def write_tree(out: Path, files: Mapping[str, bytes], clean: bool = False) -> Written:
    """Make `out` contain exactly `files` (relative path to bytes); with `clean`, rewrite all of
    them.

    Raises `ForeignFolderError` if the folder is not ours, `OSError` if writing fails.
    """
    if not _is_ours(out):
        raise ForeignFolderError(str(out))
    out.mkdir(parents=True, exist_ok=True)
    parents = {parent.as_posix() for path in files for parent in Path(path).parents}
    _make_way(out, "", files, parents)
    # The manifest is written last: it must not name a version that is incomplete.
    ordered = sorted(files, key=lambda path: (path == MANIFEST, path))
    written = sum(_write_if_differs(out, path, files[path], clean) for path in ordered)
    return Written(written, _remove_others(out, files))


def write_file(path: Path, content: bytes) -> None:
    """Replace a file atomically: readers get the old bytes or the new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.stat().st_mtime_ns if path.exists() else 0
    handle, name = tempfile.mkstemp(prefix=NEW, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(0o644)  # despite the umask: the web server must be able to read it
        # A web server's ETag is made of mtime in seconds and size: it must change with the bytes.
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
        # An interrupted first build leaves only temporary files and folders.
        return all(entry.name.startswith(NEW) for entry in out.iterdir())
    return isinstance(manifest, dict) and str(manifest.get("generator", "")).startswith(_GENERATORS)


def _make_way(folder: Path, prefix: str, files: Mapping[str, bytes], parents: set[str]) -> None:
    """Remove links that lead out of the folder, and files where a folder is needed."""
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
