"""Whether a commit goes live: a pure rule over what is live, what is pinned and what came first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from jiaozhang.publisher.pin import Pinned
from jiaozhang.publisher.release import Release

Decision = Literal["go", "unchanged", "superseded", "diverged", "pinned", "unknown"]
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


@dataclass(frozen=True, slots=True)
class Permit:
    """What the operator allows beyond the rule.

    `again`: to build what is live already, or pinned. `commit`: this one may go live whatever its
    history is, and no other.
    """

    again: bool = False
    commit: str | None = None


NOTHING_MORE = Permit()


def decide(
    wanted: Wanted,
    live: Release | None,
    pin: tuple[Pinned, ...],
    is_ancestor: Ancestry,
    permit: Permit = NOTHING_MORE,
) -> Decision:
    """Say whether this is to be built, or why not.

    Only what was made on top of the live commit goes live, whoever waited longer for the lock.
    """
    if not permit.again:
        if live is not None and _key_of(live) == replace(wanted, is_live=False):
            return "unchanged"
        if _is_pinned(wanted, pin, is_ancestor):
            return "pinned"
    if live is None or wanted.commit == permit.commit:
        return "go"
    return succession(live.commit, wanted.commit, is_ancestor)


def succession(live: str, wanted: str, is_ancestor: Ancestry) -> Decision:
    """Say whether a commit may follow the live one: `go` only where it was made on top of it.

    `superseded`: the live one was made on top of it. `diverged`: neither was made on top of the
    other. `unknown`: the repository does not have all that would tell.
    """
    if live == wanted:
        return "go"
    is_older = is_ancestor(wanted, live)
    if is_older:
        return "superseded"
    is_newer = is_ancestor(live, wanted)
    if is_newer:
        return "go"
    return "diverged" if is_older is False and is_newer is False else "unknown"


def _key_of(live: Release) -> Wanted:
    return Wanted(live.commit, live.day, live.generator, live.wanted)


def _is_pinned(wanted: Wanted, pin: tuple[Pinned, ...], is_ancestor: Ancestry) -> bool:
    """The commit rolled back to is older than the pin, and may still be built for a new day."""
    return any(
        wanted.commit == one.commit
        or (not wanted.is_live and is_ancestor(wanted.commit, one.commit) is True)
        for one in pin
    )
