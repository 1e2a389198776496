"""Whether a commit goes live: a pure rule over what is live, what is pinned and what came first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from portal.releases.kept import Release
from portal.releases.pin import Pinned

Decision = Literal["go", "unchanged", "superseded", "pinned", "unknown"]
# From an older and a newer commit to whether the second was made on top of the first.
Ancestry = Callable[[str, str], bool | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be published: equal ones give equal sites.

    `is_live` asks for the live commit on another day; it never goes to another commit.
    """

    commit: str
    day: str
    generator: str
    audiences: tuple[str, ...]
    is_live: bool = False


def decide(
    wanted: Wanted, live: Release | None, pin: tuple[Pinned, ...], is_ancestor: Ancestry
) -> Decision:
    """Say whether this is to be built, or why not.

    An older commit never replaces a newer one, whoever waited longer for the lock. `unknown`: the
    repository does not have the live commit, so nobody can tell which is newer.
    """
    if live is not None and _key_of(live) == replace(wanted, is_live=False):
        return "unchanged"
    if _is_pinned(wanted, pin, is_ancestor):
        return "pinned"
    if live is None:
        return "go"
    if live.commit == wanted.commit:
        return "go"
    is_older = is_ancestor(wanted.commit, live.commit)
    return "unknown" if is_older is None else "superseded" if is_older else "go"


def _key_of(live: Release) -> Wanted:
    return Wanted(live.commit, live.day, live.generator, live.wanted)


def _is_pinned(wanted: Wanted, pin: tuple[Pinned, ...], is_ancestor: Ancestry) -> bool:
    """The commit rolled back to is older than the pin, and may still be built for a new day."""
    return any(
        wanted.commit == one.commit
        or (not wanted.is_live and is_ancestor(wanted.commit, one.commit) is True)
        for one in pin
    )
