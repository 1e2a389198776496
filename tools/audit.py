"""Known flaws of the locked packages, against the list of those that were accepted.

Run as `python tools/audit.py [LOCK …]`, for the tests' lock if none is named. Exit code 0: no flaw
that is not accepted, or nobody could be asked (a warning); 1: a flaw that nobody has accepted; 2:
the list is not as it should be. Standard library only; pip-audit, which asks, is in the extra dev.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
ACCEPTED = HOME / ".ci" / "advisories.toml"
_SECONDS = 180
_FIELDS: Mapping[str, type] = {"id": str, "package": str, "reason": str, "date": date}


class ListError(Exception):
    """An entry of the list of accepted advisories is not as it should be."""


@dataclass(frozen=True, order=True)
class Flaw:
    """An advisory about a package, by all the names that it goes by."""

    package: str
    ids: tuple[str, ...]
    version: str = ""


def main(locks: Sequence[str]) -> int:
    try:
        accepted = read_accepted(ACCEPTED.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, ListError) as error:
        print(f"error: {ACCEPTED.name}: {error}")
        return 2
    answers = [ask(Path(lock)) for lock in locks or [str(HOME / "requirements-test.lock")]]
    code, lines = verdict(answers, accepted)
    print("\n".join(lines))
    return code


def read_accepted(text: str) -> frozenset[tuple[str, str]]:
    """The package and id of every accepted advisory; each has a reason and a day."""
    found = set()
    for at, entry in enumerate(tomllib.loads(text).get("accepted", []), 1):
        for name, kind in _FIELDS.items():
            if not isinstance(entry.get(name), kind) or not entry[name]:
                raise ListError(f"entry {at} has no {name}")
        found.add((entry["package"], entry["id"]))
    return frozenset(found)


def ask(lock: Path) -> str:
    """What pip-audit says of a lock, as JSON; an empty text where it could not ask."""
    if importlib.util.find_spec("pip_audit") is None:
        return ""
    words = [
        "-r",
        str(lock),
        "--disable-pip",
        "--require-hashes",
        "--vulnerability-service",
        "pypi",
    ]
    more = ["--format", "json", "--progress-spinner", "off", "--timeout", "15"]
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            [sys.executable, "-m", "pip_audit", *words, *more],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def verdict(answers: Sequence[str], accepted: frozenset[tuple[str, str]]) -> tuple[int, list[str]]:
    """The exit code, and what to say of the answers."""
    asked: set[str] = set()
    unasked: set[str] = set()
    flaws: set[Flaw] = set()
    is_silent = False
    for answer in answers:
        rows = list(_rows(answer))
        is_silent = is_silent or not rows
        for row in rows:
            (unasked if "skip_reason" in row else asked).add(str(row.get("name")))
            flaws |= set(_flaws(row))
    open_flaws = [one for one in sorted(flaws) if not _matching(one, accepted)]
    lines = [f"error: {one.package} {one.version}: {', '.join(one.ids)}" for one in open_flaws]
    used = {pair for one in flaws for pair in _matching(one, accepted)}
    lines += [
        f"warning: {id_} of {package} is accepted, and no longer told"
        for package, id_ in sorted(accepted - used)
        if package in asked
    ]
    if unasked - asked:
        lines.append(f"warning: nothing could be asked about {len(unasked - asked)} packages")
    if is_silent:
        lines.append("warning: no answer; there may be no network, or no pip-audit")
    lines.append(f"{len(asked)} packages, {len(flaws)} advisories, {len(open_flaws)} not accepted")
    return (1 if open_flaws else 0), lines


def _rows(answer: str) -> Iterator[Mapping[str, object]]:
    try:
        rows = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return
    yield from (row for row in rows if isinstance(row, dict))


def _flaws(row: Mapping[str, object]) -> Iterator[Flaw]:
    told = row.get("vulns")
    for one in told if isinstance(told, list) else ():
        ids = (str(one["id"]), *map(str, one.get("aliases", ())))
        yield Flaw(str(row["name"]), ids, str(row.get("version", "")))


def _matching(flaw: Flaw, accepted: frozenset[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(flaw.package, id_) for id_ in flaw.ids} & accepted


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
