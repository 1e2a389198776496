"""What may follow what: only a commit made on top of the live one goes live, in any history."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_publisher_hooks import Pushed

from jiaozhang.publisher.commits import is_ancestor
from jiaozhang.publisher.pin import Pinned, after_rollback
from jiaozhang.publisher.release import Part, Release
from jiaozhang.publisher.request import Ancestry, Permit, Wanted, decide, succession
from repository import Repository, environment

pytestmark = pytest.mark.slow

DAY = date(2025, 7, 1).isoformat()
PART = Part("c", "v", {}, 1, {}, {})
# The parents of each commit, by number; a commit's own number is higher than its parents'.
Histories = Sequence[frozenset[int]]


@st.composite
def histories(draw: st.DrawFn) -> Histories:
    """Any history of a few commits: with several roots, forks and merges."""
    count = draw(st.integers(1, 9))
    return [
        draw(st.frozensets(st.integers(0, number - 1), max_size=2)) if number else frozenset()
        for number in range(count)
    ]


def ancestry_of(history: Histories) -> Ancestry:
    above: list[set[int]] = []
    for number, parents in enumerate(history):
        above.append({number}.union(*(above[parent] for parent in parents)))

    def is_in(old: str, new: str) -> bool | None:
        return int(old) in above[int(new)]

    return is_in


@dataclass
class Root:
    """What a root remembers, and the rule of what goes live in it, without any disk."""

    is_in: Ancestry
    live: Release | None = None
    kept: list[Release] = field(default_factory=list)
    pin: tuple[Pinned, ...] = ()

    def publish(self, commit: str, permit: Permit, day: str) -> str:
        pin = tuple(one for one in self.pin if self.live is None or one.seq != self.live.seq)
        wanted = Wanted(commit, day, "g", ("public",))
        decision = decide(wanted, self.live, pin, self.is_in, permit)
        if decision == "go":
            seq = len(self.kept) + 1
            self.live = Release(seq, commit, DAY, day, "g", ("public",), seq, (), {}, {})
            self.kept.append(self.live)
            self.pin = ()
        return decision

    def rollback(self, to: int) -> None:
        if self.live and self.kept[to % len(self.kept)] != self.live:
            target = self.kept[to % len(self.kept)]
            self.pin = after_rollback(self.pin, self.live, target, DAY)
            self.live = target


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["publish", "publish", "publish", "rollback"]),
        st.integers(0, 8),
        st.booleans(),  # --force
        st.one_of(st.none(), st.integers(0, 8)),  # --replace
        st.sampled_from([DAY, "2025-07-02"]),
    ),
    max_size=12,
)


@given(histories(), STEPS)
@settings(deadline=None, max_examples=400)
def test_nothing_follows_what_it_was_not_made_on_top_of(
    history: Histories, steps: list[tuple[str, int, bool, int | None, str]]
) -> None:
    root = Root(ancestry_of(history))
    for verb, number, force, replace, day in steps:
        before, commit = root.live, str(number % len(history))
        if verb == "rollback":
            root.rollback(number)
            continue
        permitted = None if replace is None else str(replace % len(history))
        decision = root.publish(commit, Permit(force, permitted), day)
        if root.live is before or before is None or root.live is None:
            continue
        # It moved: forward, or because this very commit was permitted.
        assert root.is_in(before.commit, root.live.commit) or permitted == commit, decision
        assert root.live.commit == commit


@given(histories(), st.integers(0, 8), st.integers(0, 8))
@settings(deadline=None)
def test_every_pair_of_commits_has_one_answer(history: Histories, live: int, wanted: int) -> None:
    """Forward, back, or apart: turning the pair round turns the answer round."""
    is_in = ancestry_of(history)
    one, other = str(live % len(history)), str(wanted % len(history))
    answer = succession(one, other, is_in)
    turned = {"go": "superseded", "superseded": "go", "diverged": "diverged"}[answer]
    assert succession(other, one, is_in) == ("go" if one == other else turned)


def test_nobody_guesses_where_history_is_missing() -> None:
    def only_this_is_known(old: str, new: str, answer: bool) -> Ancestry:
        return lambda *pair: answer if pair == (old, new) else None

    assert succession("a", "b", lambda *_: None) == "unknown"
    assert succession("a", "b", only_this_is_known("a", "b", True)) == "go"
    assert succession("a", "b", only_this_is_known("b", "a", True)) == "superseded"
    for pair in (("a", "b"), ("b", "a")):
        assert succession("a", "b", only_this_is_known(*pair, False)) == "unknown"


@given(histories())
@settings(deadline=None, max_examples=12)
def test_git_answers_as_the_history_is(
    tmp_path_factory: pytest.TempPathFactory, tool: Callable[[str], str], history: Histories
) -> None:
    git = Bare(tmp_path_factory.mktemp("history"), tool("git"))
    names: list[str] = []
    for parents in history:
        names.append(git.commit([names[parent] for parent in sorted(parents)], f"{len(names)}"))
    is_in = ancestry_of(history)
    for old, old_name in enumerate(names):
        for new, new_name in enumerate(names):
            assert is_ancestor(git.folder, old_name, new_name) == is_in(str(old), str(new))


class Bare:
    """A bare repository whose commits are all empty."""

    def __init__(self, folder: Path, git: str) -> None:
        self.folder, self._git = folder, git
        self.run("init", "-q", "--bare", "-b", "main")
        self.tree = self.run("hash-object", "-t", "tree", "-w", "/dev/null")

    def run(self, *words: str) -> str:
        who = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        command = [self._git, "-C", str(self.folder), *who, *words]
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, env=environment()
        )
        return done.stdout.strip()

    def commit(self, parents: Sequence[str], message: str) -> str:
        above = [word for parent in parents for word in ("-p", parent)]
        return self.run("commit-tree", self.tree, *above, "-m", message)


@pytest.fixture
def city(tmp_path: Path, tool: Callable[[str], str]) -> Repository:
    tool("git")
    city = Repository(tmp_path)
    city.audience = "public"
    return city


def apart(city: Repository, parent: str, title: str) -> str:
    """A commit with a second task that was made on top of an older one; without parent, of none."""
    if parent:
        city.git("checkout", "-q", "--detach", parent)
    else:
        city.git("checkout", "-q", "--orphan", f"apart-{title}")
    return city.title(title)


@pytest.mark.parametrize("related", [True, False])
def test_a_diverged_commit_is_refused_told_and_logged(
    related: bool, city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    live = city.title("改造5个小区")
    city.publish()
    other = apart(city, city.first if related else "", "改造6个小区")
    before = city.live()
    for words in ((), ("--force",), ("--replace", live), ("--force", "--replace", city.first)):
        capsys.readouterr()
        assert city.publish("--rev", other, *words) == 0
        said = capsys.readouterr().out
        assert "diverged" in said
        assert f"--replace {other}" in said
        assert city.results()[-1] == "diverged"
        assert (city.live_commit(), city.live()) == (live, before)
    city.run("status")
    assert other in capsys.readouterr().out
    # Permitted by its name, there and back.
    for commit in (other, live):
        assert city.publish("--rev", commit, "--replace", commit) == 0
        assert (city.live_commit(), city.results()[-1]) == (commit, "live")
        assert city.is_whole()


def test_older_goes_live_by_its_name_alone(city: Repository) -> None:
    older, newer = city.title("改造5个小区"), city.title("改造6个小区")
    city.publish()
    for words in ((), ("--force",), ("--replace", newer)):
        assert city.publish("--rev", older, *words) == 0
        assert (city.live_commit(), city.results()[-1]) == (newer, "superseded")
    assert city.publish("--rev", older, "--replace", older) == 0
    assert city.live_commit() == older


@pytest.mark.parametrize("name", ["main", "0123456789ab", "HEAD", "-", "G" * 40])
def test_a_permit_names_a_commit_in_full(
    name: str, city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert city.publish(f"--replace={name}") == 2
    assert f"--replace {name}" in capsys.readouterr().err
    assert not city.root.exists()


def test_a_merge_brings_two_histories_together(city: Repository) -> None:
    live = city.title("改造5个小区")
    city.publish()
    apart(city, city.first, "改造6个小区")
    city.git("merge", "-q", "-s", "ours", "-m", "x", live)
    assert city.publish() == 0
    assert (city.live_commit(), city.results()[-1]) == (city.git("rev-parse", "HEAD"), "live")


def test_a_clone_without_all_of_the_history_decides_nothing(
    city: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Even where both commits are there: what led from one to the other is not."""
    city.publish()
    city.title("改造5个小区")
    newest = city.title("改造6个小区")
    shallow = tmp_path / "shallow"
    source = f"file://{city.folder}"
    city.git("clone", "-q", "--bare", "--depth", "1", source, str(shallow))
    words = ["--rev", newest, "--force"]
    whole, city.folder = city.folder, shallow
    assert city.publish(*words) == 2
    for depth in (newest, city.first):
        city.git("fetch", "-q", "--depth", "1", source, depth)
    for more in ((), ("--replace", city.first)):
        assert city.publish(*words, *more) == 2
        assert "unknown" in capsys.readouterr().err
        assert (city.live_commit(), city.results()[-1]) == (city.first, "failed")
    assert city.publish(*words, "--replace", newest) == 0
    # What was made on top of a commit can be seen where the history reaches back to it.
    city.folder = whole
    assert city.publish("--rev", city.first) == 0
    assert city.results()[-1] == "superseded"


def test_after_a_rollback_another_way_may_be_taken_and_the_pinned_one_is_apart(
    city: Repository,
) -> None:
    city.title("改造4个小区")
    base = city.git("rev-parse", "HEAD")
    city.publish()
    bad = city.title("改造5个小区")
    city.publish()
    city.run("rollback")
    better = apart(city, base, "改造6个小区")
    assert city.publish("--rev", better) == 0
    assert (city.live_commit(), city.results()[-1]) == (better, "live")
    assert city.publish("--rev", bad) == 0
    assert (city.live_commit(), city.results()[-1]) == (better, "diverged")
    # Going back by number is no publish: it leads to what was live, and pins.
    assert city.run("rollback", "--to", "2") == 0
    assert city.live_commit() == bad
    assert city.publish("--rev", better) == 0
    assert city.results()[-1] == "pinned"
    assert city.publish("--rev", better, "--force") == 0
    assert (city.live_commit(), city.results()[-1]) == (bad, "diverged")


def test_what_was_tampered_with_lets_no_other_history_in(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without its description the live release is known by the link alone."""
    live = city.title("改造5个小区")
    city.publish()
    other = apart(city, city.first, "改造6个小区")
    (city.root / "current" / "release.json").write_text("[]")
    # A branch may bear any name, and says nothing of the commit whose name begins so.
    city.git("branch", live[:12], city.first)
    assert city.publish("--rev", other, "--force") == 2
    city.git("branch", "-D", live[:12])
    for commit, result in ((other, "diverged"), (city.first, "superseded")):
        assert city.publish("--rev", commit, "--force") == 0
        assert city.results()[-1] == result
    assert city.publish("--rev", live, "--force") == 0
    assert (city.live_commit(), city.results()[-1]) == (live, "live")
    (city.root / "current").unlink()
    (city.root / "current").symlink_to("elsewhere")
    assert city.publish("--rev", live, "--force") == 2
    assert city.publish("--rev", live, "--force", "--replace", live) == 0
    assert city.is_whole()


def test_grafts_of_a_repository_make_nothing_newer(city: Repository) -> None:
    live = city.title("改造5个小区")
    city.publish()
    other = apart(city, "", "改造6个小区")
    (city.folder / ".git" / "info").mkdir(exist_ok=True)
    (city.folder / ".git" / "info" / "grafts").write_text(f"{other} {live}\n")
    assert city.publish("--rev", other) == 0
    assert (city.live_commit(), city.results()[-1]) == (live, "diverged")


def test_whoever_pushes_another_history_is_told(tmp_path: Path, tool: Callable[[str], str]) -> None:
    tool("git")
    city = Pushed(tmp_path)
    live = city.title("改造5个小区")
    assert city.push().returncode == 0
    other = apart(city, "", "改造6个小区")
    done = city.push("--force", f"{other}:main")
    assert done.returncode == 0, done.stderr
    assert "diverged" in done.stderr
    assert f"--replace {other}" in done.stderr
    assert (city.live_commit(), city.results()[-1]) == (live, "diverged")
    assert city.log()[-1]["commit"] == other
