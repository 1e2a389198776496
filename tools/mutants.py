"""Change one edge of a rule at a time and see whether a test notices.

    .venv/bin/python tools/mutants.py              # at most 400 mutants, exit code 0 if 95 % die
    .venv/bin/python tools/mutants.py --list       # only say which there are
    .venv/bin/python tools/mutants.py jiaozhang/wall/review.py --most 2000
    .venv/bin/python tools/mutants.py --jobs 1 --verbose      # beside other work; what killed each

After a change of a rule, run it on that module with all of its mutants; before a release, without
words. For each survivor write the test that kills it, where a reader would look for it, at the edge
and beside it; or say in simpler code what could not be otherwise; or, where no public word depends
on it, accept it with that reason.

Mutated are comparisons (`<` to `<=`, `==` to `!=`, `in` to `not in`), whole numbers (one more, one
less), True and False, `and`, `or` and `not`, and words that code returns or keeps in a table: an
editor's or a reader's word depends on each of them. Every survivor must stand in
tests/mutants-accepted.txt with the reason why no public word depends on it.

How it works. The tests run once with probes in place of all that can be mutated: they tell which
test reaches which mutant, and for `<` and its kin whether both sides were ever equal; where they
were not, no test can notice. Then each mutant runs against the tests that reach it, the fastest
first, until one fails: in a fork of a process that has everything imported, where the code of the
one function is exchanged. What is evaluated while a module is imported, such as a table, cannot be
exchanged afterwards: such a mutant is imported anew, in a fork of a process without our modules.
Nothing is written but folders of tests, and no answer is remembered from one run to another.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from mutations import Mutant, mutants_of, symbols_of
from trials import ROOT, Verdict, cpu_seconds, scratch, try_all

TARGETS = (
    "jiaozhang/derive",
    "jiaozhang/wall/review.py",
    "jiaozhang/wall/audience.py",
    "jiaozhang/check",
)
ACCEPTED = ROOT / "tests" / "mutants-accepted.txt"
LEAST_KILLED = 0.95


def targets(names: Sequence[str]) -> list[Path]:
    """The modules below the folders and files named."""
    found = [path for name in names for path in (ROOT / name, *(ROOT / name).rglob("*.py"))]
    return sorted({path for path in found if path.suffix == ".py"})


def sample(mutants: Sequence[Mutant], most: int) -> list[Mutant]:
    """As many mutants as wanted, always the same ones, and in the order of the files.

    Chance goes by a module's name without its folders (no name stands twice), so that a move of
    modules does not draw another sample.
    """

    def chance(one: Mutant) -> bytes:
        name = one.key.removeprefix(one.path).encode()
        return hashlib.sha256(Path(one.path).name.encode() + name).digest()

    by_chance = sorted(mutants, key=chance)
    chosen = {one.number for one in by_chance[:most]}
    return [one for one in mutants if one.number in chosen]


def read_accepted(text: str) -> dict[str, str]:
    """From a mutant's key to the reason why it may live: a line, and lines set in below it."""
    reasons: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if line[:1].isspace() and line.strip():
            reasons[key] = f"{reasons[key]} {line.strip()}".strip()
        elif line.strip() and not line.startswith("#"):
            key = line.strip()
            reasons[key] = ""
    return reasons


def report(verdicts: Sequence[Verdict], reasons: dict[str, str]) -> bool:
    """Print what survived, by file; tell whether that is few enough and all of it accepted."""
    alive = [one for one in verdicts if not one.killed]
    for one in alive:
        reason = reasons.get(one.mutant.key)
        print(f"{one.mutant.path}:{one.mutant.line}: survived {one.tests} tests: {one.mutant.key}")
        print(f"    {reason or 'NO REASON GIVEN'}")
    for one in verdicts:
        if one.killed and one.mutant.key in reasons:
            print(f"accepted, but {one.by} kills it: {one.mutant.key}")
    share = 1 - len(alive) / max(len(verdicts), 1)
    strange = [one for one in alive if not reasons.get(one.mutant.key)]
    print(f"{len(verdicts)} mutants, {len(verdicts) - len(alive)} killed ({share:.1%}), ", end="")
    print(f"{len(alive) - len(strange)} accepted, {len(strange)} survive without a reason")
    return share >= LEAST_KILLED and not strange


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", default=TARGETS, help="modules or folders of them")
    parser.add_argument("--most", type=int, default=400, help="how many mutants (400)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time")
    parser.add_argument("--list", action="store_true", help="only list the mutants")
    parser.add_argument("--verbose", action="store_true", help="name what killed each of them")
    options = parser.parse_args(words)
    os.chdir(ROOT)
    everything = all_mutants(targets(options.paths))
    mutants = sample(everything, options.most)
    if options.list:
        print("\n".join(f"{one.path}:{one.line}: {one.key}" for one in mutants))
        return 0
    paths = {one.path for one in mutants}
    every = [one for one in everything if one.path in paths]
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in sorted(paths)}
    # Made before the first fork, so that all of them know it.
    folder = scratch()
    try:
        verdicts = try_all(sources, every, mutants, options.jobs)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if options.verbose:
        for one in verdicts:
            print(f"{one.mutant.key} | {one.by or 'SURVIVED'}")
    is_good = report(verdicts, read_accepted(ACCEPTED.read_text(encoding="utf-8")))
    print(f"{cpu_seconds():.0f} CPU seconds")
    return 0 if is_good else 1


def all_mutants(files: Sequence[Path]) -> list[Mutant]:
    """Every mutant of some modules; the symbols are those of the whole program."""
    program = sorted((ROOT / "jiaozhang").rglob("*.py"))
    symbols = symbols_of(file.read_text(encoding="utf-8") for file in program)
    return mutants_of(ROOT, files, symbols)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
