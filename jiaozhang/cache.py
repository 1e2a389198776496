"""What a build worked out is remembered on disk, so that the next one works out only what changed.

A memo of pure functions and nothing more: the key is a digest of the program and of everything a
function was given, so an answer is either the right one or not there. Nothing is ever looked up
here about what was published, and a store that is lost, torn or somebody else's costs time only.
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
# A store that has grown beyond this begins anew; two sites of a thousand tasks take a sixth of it.
_MOST_BYTES = 2**30
_SEAL = 8


def recall(name: str, facts: object, make: Callable[[], T]) -> T:
    """The value of `make`, from memory where it was made of the same facts before.

    `repr(facts)` has to say everything that decides the value, as it does for text, numbers, days,
    tuples and our frozen classes. What only names a place in memory is not remembered.
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
    """What `keep` was given for the same facts."""
    key = _key(name, facts)
    return _store.get(key) if _store is not None and key else None


def keep(name: str, facts: object, value: bytes) -> None:
    """Remember bytes that follow from nothing but `facts` and the program."""
    key = _key(name, facts)
    if _store is not None and key:
        _store.put(key, value)


def _key(name: str, facts: object) -> bytes | None:
    if _store is None:
        return None
    text = f"{name}\0{facts!r}"
    # Two different things may be found at one place, one after the other.
    if " at 0x" in text:
        return None
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def remember_in(folder: Path | None) -> None:
    """Remember below `folder` from now on, or not at all where that is not ours alone."""
    global _store
    _store = _Store(folder / _FILE) if folder and _is_private(folder) else None


def forget() -> None:
    """Work everything out again from now on."""
    global _store
    _store = None


def save() -> None:
    """Write what is new; done at the end of a build, so that half a build is remembered by none."""
    if _store is not None:
        _store.save()


def default_folder() -> Path | None:
    """Where a program of this user may keep what it could make again (systemd, XDG)."""
    given = os.environ.get("CACHE_DIRECTORY") or os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(given) if given else Path.home() / ".cache") / "jiaozhang"
    except RuntimeError:  # a user without a home, as in some containers
        return None


class _Store:
    """One table in a file; every trouble with it means that nothing is known."""

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
        # Damage may make anything of a value: a number, a text, another's bytes.
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
        # A connection must not be shared with a fork, nor be closed by one.
        if self._process != os.getpid():
            self._inherited = self._opened
            self._opened = None
        if self._opened is None:
            self._process = os.getpid()
            self._opened = _open(self._path)
        return self._opened

    def _give_up(self, error: sqlite3.Error) -> None:
        forget()
        # Busy or read-only is no reason to take it away from others; damage is.
        if not isinstance(error, sqlite3.OperationalError):
            self._path.unlink(missing_ok=True)


_store: _Store | None = None


def _open(path: Path) -> sqlite3.Connection:
    if path.exists() and path.stat().st_size > _MOST_BYTES:
        path.unlink()
    opened = sqlite3.connect(path, timeout=5)
    # Nothing here needs to outlive a power cut: what was torn breaks its seal.
    opened.execute("PRAGMA synchronous = OFF")
    opened.execute(
        "CREATE TABLE IF NOT EXISTS known (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID"
    )
    return opened


def _seal(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_SEAL, key=key).digest()


def _is_private(folder: Path) -> bool:
    """Tell whether nobody else can write there: what is read back would be run by whoever reads."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(status.st_mode) or status.st_mode & 0o022:
        return False
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _program() -> bytes:
    """What the answers depend on besides the facts: our code, the libraries, the interpreter.

    A file is told by what changes with every writing of it, since reading all would cost more than
    it saves.
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
