"""Commits: what a name means, which of two is older, and the files of one, as they were committed.

Files are read as git stores them, never through a work tree: no filter, attribute or hook of the
repository has a say in what is published.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# A push in `pre-receive` is still in quarantine: git finds its objects by these.
QUARANTINE = (
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
)
_KEPT = ("PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "SYSTEMROOT", *QUARANTINE)
# Naming a file of grafts, were it only the empty one, makes git talk about grafts.
_QUIET = ("-c", "advice.graftFileDeprecated=false")
_BATCH = 32 * 1024 * 1024
_LINK, _MODULE = "120000", "160000"


class NoCommitError(Exception):
    """The repository, or the commit in it, is not there."""


@dataclass(frozen=True, slots=True)
class _Entry:
    mode: str
    digest: str
    size: int
    path: str


def resolve(repository: Path, revisions: Sequence[str]) -> str:
    """The full name of the first of these that names a commit."""
    said = ""
    for revision in revisions:
        if not revision.startswith("-"):
            done = _git(repository, "rev-parse", "--verify", "--quiet", revision + "^{commit}")
            if done.returncode == 0:
                return done.stdout.decode().strip()
            # Quiet where it is only the commit that is missing; not where git mistrusts the folder.
            said = done.stderr.decode(errors="replace").partition("\n")[0]
    raise NoCommitError(f"{repository}: {' / '.join(revisions)}" + (f" ({said})" if said else ""))


def is_ancestor(repository: Path, old: str, new: str) -> bool | None:
    """Tell whether `new` was made on top of `old`.

    Nothing where the repository lacks one, or a part of the history that might lead from one to the
    other.
    """
    done = _git(repository, "merge-base", "--is-ancestor", old, new)
    if done.returncode == 1:
        return None if _is_cut_short(repository) else False
    return True if done.returncode == 0 else None


def _is_cut_short(repository: Path) -> bool:
    """Tell whether commits before some point were left behind when this was cloned."""
    done = _git(repository, "rev-parse", "--is-shallow-repository")
    return done.stdout.strip() != b"false"


def hooks_folder(repository: Path) -> Path:
    """Where git looks for the hooks of a repository."""
    done = _git(repository, "rev-parse", "--path-format=absolute", "--git-path", "hooks")
    if done.returncode:
        raise NoCommitError(str(repository))
    return Path(os.fsdecode(done.stdout.rstrip(b"\n")))


def extract(
    repository: Path, commit: str, paths: Sequence[str], into: Path, largest: int | None
) -> None:
    """Write the files of a commit below these paths (all, where none is named) into a folder.

    What is no file, or larger than anything is read, is put there as something that every reader
    refuses.
    """
    entries = list(_entries(repository, commit, paths))
    for entry in entries:
        (into / entry.path).parent.mkdir(parents=True, exist_ok=True)
    files = []
    for entry in entries:
        path = into / entry.path
        if entry.mode == _LINK:
            path.symlink_to("a-link-in-the-commit")  # leads nowhere, whatever it led to
        elif entry.mode == _MODULE:
            os.mkfifo(path)
        elif largest is not None and entry.size > largest:
            # Its size is all that has to be known of it.
            with path.open("xb") as file:
                file.truncate(entry.size)
        else:
            files.append(entry)
    for batch in _batches(files):
        _write_blobs(repository, batch, into)


def _batches(entries: Sequence[_Entry]) -> Iterator[list[_Entry]]:
    """Parts of a list whose files fit into memory together."""
    batch: list[_Entry] = []
    size = 0
    for entry in entries:
        if batch and size + entry.size > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += entry.size
    if batch:
        yield batch


def _entries(repository: Path, commit: str, paths: Sequence[str]) -> Iterator[_Entry]:
    done = _git(repository, "ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", *paths)
    if done.returncode:
        raise NoCommitError(f"{repository}: {commit}: {done.stderr.decode(errors='replace')}")
    for row in done.stdout.split(b"\0")[:-1]:
        head, _, name = row.partition(b"\t")
        mode, _, digest, size = head.decode().split()
        path = os.fsdecode(name)
        # git refuses such names when it is asked to check; a repository may have been made without.
        if path.startswith("/") or {"", ".", "..", ".git"} & set(path.split("/")):
            raise NoCommitError(f"{repository}: {commit}: {path!r}")
        yield _Entry(mode, digest, int(size) if size.isdigit() else 0, path)


def _write_blobs(repository: Path, entries: Sequence[_Entry], into: Path) -> None:
    """Ask git for many files at once: it answers each with a head line, the bytes, a line end."""
    asked = "".join(f"{entry.digest}\n" for entry in entries).encode()
    done = _git(repository, "cat-file", "--batch", given=asked)
    answer, at = done.stdout, 0
    for entry in entries:
        end = answer.find(b"\n", at)
        head = answer[at:end].split()
        if done.returncode or end < 0 or len(head) != 3:
            raise NoCommitError(f"{repository}: {entry.path}: {done.stderr.decode()[:200]}")
        start, size = end + 1, int(head[2])
        with (into / entry.path).open("xb") as file:
            file.write(answer[start : start + size])
        at = start + size + 1


def _git(repository: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_LITERAL_PATHSPECS": "1",
    }
    try:
        return subprocess.run(  # noqa: S603 - fixed words, no shell
            ["git", *_QUIET, "-C", str(repository), *words],  # noqa: S607 - the git of the PATH
            input=given,
            capture_output=True,
            env=environment,
            check=False,
        )
    except FileNotFoundError as missing:
        raise NoCommitError("git") from missing
