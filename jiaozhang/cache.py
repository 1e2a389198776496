"""A cache of results on disk, so that a build recomputes only what changed.

It caches pure functions only: the key is a digest of the program and of all arguments, so a cached
value is correct or missing. It is never used to find out what was published; a cache that is lost,
damaged or foreign costs only time.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sqlite3
import stat
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_FILE = "memory.sqlite"
# A larger cache is emptied; two sites of a thousand tasks take a sixth of this.
_MOST_BYTES = 2**30
_SEAL = 8


def recall(name: str, facts: object, make: Callable[[], T]) -> T:
    """Return `make()`, or its cached value for the same name and facts.

    `repr(facts)` must contain everything that determines the value, as it does for text, numbers,
    dates, tuples and our frozen classes. A `repr` with a memory address is not cached.
    """
    packed = known(name, facts)
    if packed is None:
        value = make()
        if _store is not None:
            keep(name, facts, pickle.dumps(value, 5))
        return value
    told: T = pickle.loads(packed)  # noqa: S301 - written by this program for this user, and sealed
    return told


def known(name: str, facts: object) -> bytes | None:
    """The bytes that `keep` stored for the same facts, or None."""
    key = _key(name, facts)
    return _store.get(key) if _store is not None and key else None


def keep(name: str, facts: object, value: bytes) -> None:
    """Store bytes that depend only on `facts` and the program."""
    key = _key(name, facts)
    if _store is not None and key:
        _store.put(key, value)


def _key(name: str, facts: object) -> bytes | None:
    if _store is None:
        return None
    text = f"{name}\0{facts!r}"
    # Addresses are reused, so a `repr` with an address is no key.
    if " at 0x" in text:
        return None
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def remember_in(folder: Path | None) -> None:
    """Cache below `folder` from now on; without one, or if others can write to it, not at all."""
    global _store
    _store = _Store(folder / _FILE) if folder and _is_private(folder) else None


def forget() -> None:
    """Empty the cache."""
    global _store
    _store = None


def save() -> None:
    """Commit new values; called at the end of a build: an interrupted one stores nothing."""
    if _store is not None:
        _store.save()


def default_folder() -> Path | None:
    """The cache folder of this user (systemd's or XDG's), or None."""
    given = os.environ.get("CACHE_DIRECTORY") or os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(given) if given else Path.home() / ".cache") / "jiaozhang"
    except RuntimeError:  # no home directory, as in some containers
        return None


class _Store:
    """An SQLite table as key-value store; any error counts as a miss."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._program = _program()
        self._process = 0
        self._opened: sqlite3.Connection | None = None
        self._inherited: sqlite3.Connection | None = None
        self._new: dict[bytes, bytes] = {}

    def get(self, key: bytes) -> bytes | None:
        own = self._own(key)
        if own in self._new:
            return self._new[own]
        try:
            row = self._connection().execute("SELECT value FROM known WHERE key = ?", (own,))
            found = row.fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        sealed = found[0] if found else None
        # A damaged value may be of any type, or belong to another key.
        if not isinstance(sealed, bytes) or sealed[:_SEAL] != _seal(own, sealed[_SEAL:]):
            return None
        return sealed[_SEAL:]

    def put(self, key: bytes, value: bytes) -> None:
        self._new[self._own(key)] = value

    def save(self) -> None:
        if not self._new:
            return
        rows = [(key, _seal(key, value) + value) for key, value in self._new.items()]
        try:
            with self._connection() as opened:
                opened.executemany("INSERT OR REPLACE INTO known VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            self._give_up(error)
        self._new.clear()

    def _own(self, key: bytes) -> bytes:
        return hashlib.sha256(self._program + key).digest()[:16]

    def _connection(self) -> sqlite3.Connection:
        # An SQLite connection must not be used, nor closed, in a forked child.
        if self._process != os.getpid():
            self._inherited = self._opened
            self._opened = None
        if self._opened is None:
            self._process = os.getpid()
            self._opened = _open(self._path)
        return self._opened

    def _give_up(self, error: sqlite3.Error) -> None:
        forget()
        # A locked or read-only cache is left to the others; a damaged one is deleted.
        if not isinstance(error, sqlite3.OperationalError):
            self._path.unlink(missing_ok=True)


_store: _Store | None = None


def _open(path: Path) -> sqlite3.Connection:
    if path.exists() and path.stat().st_size > _MOST_BYTES:
        path.unlink()
    opened = sqlite3.connect(path, timeout=5)
    # No need for durability: the checksum of a damaged value fails.
    opened.execute("PRAGMA synchronous = OFF")
    opened.execute(
        "CREATE TABLE IF NOT EXISTS known (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID"
    )
    return opened


def _seal(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_SEAL, key=key).digest()


def _is_private(folder: Path) -> bool:
    """Tell whether only this user can write there: unpickling a foreign value would execute it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(status.st_mode) or status.st_mode & 0o022:
        return False
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _program() -> bytes:
    """What cached values depend on besides the facts: our code, the libraries, the interpreter.

    Files are identified by their stat data (size, mtime …), since reading all of them would cost
    more than it saves.
    """
    whole = hashlib.sha256(sys.version.encode())
    for path in _code():
        own = path.stat()
        facts = (str(path), own.st_size, own.st_mtime_ns, own.st_ctime_ns, own.st_ino)
        whole.update(repr(facts).encode("utf-8", "surrogatepass"))
    return whole.digest()


def _code() -> list[Path]:
    own = sorted(Path(__file__).parent.rglob("*.py"))
    return [*own, Path(sysconfig.get_path("purelib"))]
