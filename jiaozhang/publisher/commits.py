"""Commits: resolving revisions, comparing ancestry, and running git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

# During `pre-receive` the pushed objects are in quarantine; these variables let git find them.
QUARANTINE = (
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
)
_KEPT = ("PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "SYSTEMROOT", *QUARANTINE)
# Setting a grafts file, even an empty one, makes git print a deprecation hint.
_QUIET = ("-c", "advice.graftFileDeprecated=false")
# We read little of a pack, but git would map windows of up to 1 GiB of each.
_SMALL = ("-c", "core.packedGitWindowSize=16m", "-c", "core.packedGitLimit=256m")
_PIECE = 1 << 16
_LONGEST_ROW = 1 << 20


class NoCommitError(Exception):
    """The repository, or the commit in it, does not exist."""


def resolve(repository: Path, revisions: Sequence[str]) -> str:
    """The full hash of the first of these revisions that names a commit."""
    said = ""
    for revision in revisions:
        if not revision.startswith("-"):
            done = git(repository, "rev-parse", "--verify", "--quiet", revision + "^{commit}")
            if done.returncode == 0:
                return done.stdout.decode().strip()
            # Silent if only the commit is missing, but not if git refuses the repository's owner.
            said = done.stderr.decode(errors="replace").partition("\n")[0]
    raise NoCommitError(f"{repository}: {' / '.join(revisions)}" + (f" ({said})" if said else ""))


def is_ancestor(repository: Path, old: str, new: str) -> bool | None:
    """Tell whether `new` descends from `old`.

    None where the repository lacks one of them, or (a shallow clone) part of the history between
    them.
    """
    done = git(repository, "merge-base", "--is-ancestor", old, new)
    if done.returncode == 1:
        return None if _is_cut_short(repository) else False
    return True if done.returncode == 0 else None


def _is_cut_short(repository: Path) -> bool:
    """Tell whether this is a shallow clone."""
    done = git(repository, "rev-parse", "--is-shallow-repository")
    return done.stdout.strip() != b"false"


def hooks_folder(repository: Path) -> Path:
    """The folder in which git looks for the hooks of a repository."""
    done = git(repository, "rev-parse", "--path-format=absolute", "--git-path", "hooks")
    if done.returncode:
        raise NoCommitError(str(repository))
    return Path(os.fsdecode(done.stdout.rstrip(b"\n")))


def git(repository: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git on a repository, without variables of the caller's environment that would redirect
    it.
    """
    try:
        return subprocess.run(  # noqa: S603 - fixed words, no shell
            ["git", *_QUIET, *_SMALL, "-C", str(repository), *words],  # noqa: S607 - the git of the PATH
            input=given,
            capture_output=True,
            env=_environment(),
            check=False,
        )
    except FileNotFoundError as missing:
        raise NoCommitError("git") from missing


def git_rows(repository: Path, *words: str) -> Iterator[bytes]:
    """Yield git's NUL-terminated output rows as they arrive, so that a caller may stop early.

    Raises `NoCommitError` where git fails.
    """
    try:
        running = subprocess.Popen(  # noqa: S603 - fixed words, no shell
            ["git", *_QUIET, *_SMALL, "-C", str(repository), *words],  # noqa: S607 - the git of the PATH
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
        )
    except FileNotFoundError as missing:
        raise NoCommitError("git") from missing
    with running:
        try:
            yield from _rows_of(running, words[0])
        finally:
            running.kill()


def _rows_of(running: subprocess.Popen[bytes], called: str) -> Iterator[bytes]:
    assert running.stdout and running.stderr  # noqa: S101 - both are pipes
    begun = b""
    while piece := running.stdout.read(_PIECE):
        *rows, begun = (begun + piece).split(b"\0")
        if len(begun) > _LONGEST_ROW:
            raise NoCommitError(f"git: {begun[:200]!r}")
        yield from rows
    # git's error text is short enough for the pipe's buffer, so that reading it last cannot
    # deadlock.
    said = running.stderr.read().decode(errors="replace")
    if running.wait():
        # The system kills a git process without memory before it can print anything.
        said = said[:200].strip() or "out of memory"
        raise NoCommitError(f"git {called}: {said}")


def _environment() -> Mapping[str, str]:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return environment | {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_LITERAL_PATHSPECS": "1",
    }
