"""Publishing when the machine does its worst: killed, full, interrupted, and all at once."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from jiaozhang.publisher import log
from repository import Repository, environment, tree

pytestmark = pytest.mark.slow


@pytest.fixture
def city(tmp_path: Path, tool: Callable[[str], str]) -> Repository:
    """A city with two releases, the first of which is about to be pruned, and a commit to come."""
    tool("git")
    city = Repository(tmp_path)
    city.audience = "public"  # half the calls, and no other kind of call
    for number in (1, 2):
        city.title(f"改造{number}个小区")
        assert city.publish("--keep", "2") == 0
    city.commit('-- site.toml --\nname = "新的名称"\nstanding = "unofficial"\n')
    return city


def faulty(city: Repository, how: str, at: int, verb: str = "publish") -> tuple[int, list[str]]:
    """Run a publish that strikes at the n-th call; return its exit code and the calls made."""
    record = city.folder.parent / "calls"
    record.unlink(missing_ok=True)
    words = city.words(verb, *(["--keep", "2"] if verb == "publish" else []))
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "faults.py"), how, str(at), str(record), *words],
        env={**environment(), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, record.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def fresh(city: Repository, tmp_path: Path) -> Callable[[], Repository]:
    """The same city again, as it was before any fault."""
    saved = tmp_path / "saved"
    shutil.copytree(city.root, saved, symlinks=True)

    def again() -> Repository:
        shutil.rmtree(city.root)
        shutil.copytree(saved, city.root, symlinks=True)
        return city

    return again


def points(count: int, full: bool) -> Iterator[int]:
    """Which calls to strike at: all of them, or the first, the last and some between."""
    if full:
        yield from range(1, count + 1)
        return
    chosen = random.Random(7)  # noqa: S311 - the same points on every run
    yield from {1, count, *chosen.sample(range(1, count), 3)}


def is_healed_by_the_next_run(city: Repository, newest: str) -> None:
    assert city.is_whole()
    assert city.publish("--keep", "2") == 0
    assert city.live_commit() == newest
    assert city.is_whole()
    assert city.litter() == []
    assert len(city.releases()) <= 3


def kills(city: Repository, fresh: Callable[[], Repository], full: bool) -> None:
    newest = city.git("rev-parse", "HEAD")
    before = tree(city.root / "current" / "public")
    code, calls = faulty(fresh(), "count", 0)
    assert code == 0
    after = city.live()
    swap = next(i for i, call in enumerate(calls, 1) if call.endswith("/current"))
    for point in sorted({*points(len(calls), full), *range(swap - 3, swap + 4)}):
        code, _ = faulty(fresh(), "kill", point)
        assert code == -signal.SIGKILL, point
        live = city.live()
        assert live in (before, after), (point, calls[point - 1])
        is_healed_by_the_next_run(city, newest)
        assert "live" in city.results()[-2:] or "recovered" in city.results()


def test_a_kill_at_a_call_that_changes_the_disk_leaves_one_whole_site(
    city: Repository, fresh: Callable[[], Repository]
) -> None:
    kills(city, fresh, full=False)


@pytest.mark.full
def test_a_kill_at_every_call_that_changes_the_disk(
    city: Repository, fresh: Callable[[], Repository]
) -> None:
    kills(city, fresh, full=True)


def random_kills(city: Repository, fresh: Callable[[], Repository], count: int) -> None:
    newest = city.git("rev-parse", "HEAD")
    start = time.monotonic()
    fresh()
    city.spawn(*city.words("publish")).communicate()
    whole = time.monotonic() - start
    chosen = random.Random(11)  # noqa: S311
    for _ in range(count):
        fresh()
        child = city.spawn(*city.words("publish", "--keep", "2"))
        time.sleep(chosen.uniform(0, whole))
        child.kill()
        child.communicate()
        is_healed_by_the_next_run(city, newest)


def test_a_kill_at_any_moment_leaves_one_whole_site(
    city: Repository, fresh: Callable[[], Repository]
) -> None:
    random_kills(city, fresh, 4)


@pytest.mark.full
def test_a_kill_at_a_hundred_moments(city: Repository, fresh: Callable[[], Repository]) -> None:
    random_kills(city, fresh, 100)


@pytest.mark.parametrize("full", [False, pytest.param(True, marks=pytest.mark.full)])
def test_a_disk_that_is_full_at_any_write_leaves_the_old_site(
    full: bool, city: Repository, fresh: Callable[[], Repository]
) -> None:
    newest = city.git("rev-parse", "HEAD")
    _, calls = faulty(fresh(), "count", 0)
    writes = [i for i, call in enumerate(calls, 1) if call.split()[0] in ("open", "os.mkdir")]
    chosen = writes if full else sorted({*writes[:2], *writes[-5:], *writes[:: len(writes) // 6]})
    for point in chosen:
        code, _ = faulty(fresh(), "full", point)
        assert city.is_whole(), calls[point - 1]
        assert code != 0 or city.live_commit() == newest
        is_healed_by_the_next_run(city, newest)


def test_a_small_disk_that_fills_up(city: Repository, tmp_path: Path) -> None:
    """The real thing: a file system of a few megabytes, where this machine lets us make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("this machine mounts nothing for us")
    try:
        city.root = disk / "root"
        assert city.publish() == 0
        first = city.live_commit()
        filler = disk / "filler"
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        filler.write_bytes(b"\0" * (free - 200_000))
        newest = city.commit('-- site.toml --\nname = "又一个"\nstanding = "unofficial"\n')
        assert city.publish() == 2
        assert (city.live_commit(), city.is_whole()) == (first, True)
        filler.unlink()
        is_healed_by_the_next_run(city, newest)
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_everything_is_flushed_before_it_goes_live(
    city: Repository, fresh: Callable[[], Repository]
) -> None:
    _, calls = faulty(fresh(), "count", 0)
    words = [call.split(" ") for call in calls]
    assert "syncfs" not in {call[0] for call in words}
    renames = [i for i, call in enumerate(words) if call[0] == "os.rename"]
    (named,) = [i for i in renames if "/releases/.partial-000003" in calls[i]]
    (swapped,) = [i for i in renames if words[i][-1].endswith("/current")]
    written = [
        i
        for i, call in enumerate(words)
        if call[0] in ("open", "os.link", "os.mkdir", "os.utime")
        and "/releases/.partial-000003" in call[-1]
    ]
    root = str(city.root)
    (folder,) = [i for i, call in enumerate(words) if call == ["fsync", f"{root}/releases"]]
    (link,) = [i for i, call in enumerate(words) if call == ["fsync", root]]
    assert len(written) > 100
    flushed = [
        i
        for i, call in enumerate(words)
        if call[0] == "fsync" and "/releases/.partial-000003" in call[-1]
    ]
    assert max(written) < min(flushed) < max(flushed) < named < folder < swapped < link
    # Every file written and every folder made, each once; what is linked lies there for long.
    release = city.root / "current"
    made = {release.resolve(), *release.resolve().rglob("*")}
    own = {path for path in made if path.is_dir() and not path.is_symlink()}
    own |= {path for path in made if path.is_file() and path.stat().st_nlink == 1}
    partial = f"{root}/releases/.partial-{release.resolve().name}"
    expected = {str(path).replace(str(release.resolve()), partial) for path in own}
    assert sorted(words[i][-1] for i in flushed) == sorted(expected)
    assert len(expected) < len(written)
    # Exactly one link is swapped, and no file of a live site is ever opened for writing.
    assert not [call for call in calls if call.startswith("open") and "/current" in call]


def test_rolling_back_survives_a_kill_as_well(
    city: Repository, fresh: Callable[[], Repository]
) -> None:
    city.publish("--keep", "3")
    saved = city.folder.parent / "saved2"
    shutil.copytree(city.root, saved, symlinks=True)
    newest, before = city.live_commit(), city.live()
    _, calls = faulty(city, "count", 0, "rollback")
    after = city.live()
    for point in range(1, len(calls) + 1):
        shutil.rmtree(city.root)
        shutil.copytree(saved, city.root, symlinks=True)
        faulty(city, "kill", point, "rollback")
        assert city.is_whole(), calls[point - 1]
        assert city.live() in (before, after)
        if city.live() == before:
            assert city.publish("--keep", "3") == 0  # nothing to do, and nothing is held up
            assert city.results()[-1] == "unchanged"
            assert city.run("rollback") == 0
        assert city.publish("--rev", newest) == 0
        assert city.results()[-1] == "pinned"
        assert city.is_whole()


def rounds(city: Repository, count: int, publishers: int) -> None:
    for number in range(count):
        commits = [city.title(f"第{number}轮第{one}个") for one in range(publishers)]
        order = list(commits)
        random.Random(number).shuffle(order)  # noqa: S311
        running = [city.spawn(*city.words("publish", "--rev", commit)) for commit in order]
        for child in running:
            _, said = child.communicate()
            assert child.returncode == 0, said
        assert city.live_commit() == commits[-1]
        assert city.is_whole()
        assert city.litter() == []


def test_of_two_publishers_at_once_the_older_never_wins(city: Repository) -> None:
    rounds(city, 2, 2)


@pytest.mark.full
def test_of_four_publishers_at_once_the_older_never_wins(city: Repository) -> None:
    rounds(city, 10, 4)


def test_a_publisher_waits_for_the_one_before(city: Repository) -> None:
    from jiaozhang.publisher.publish_lock import is_busy, one_at_a_time

    with one_at_a_time(city.root):
        assert is_busy(city.root)
        child = city.spawn(*city.words("publish"))
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(2)
    child.communicate(timeout=60)
    assert child.returncode == 0
    assert not is_busy(city.root)
    assert city.results()[-1] == "live"


def test_what_went_live_unsaid_is_said_by_the_next_run(city: Repository) -> None:
    city.publish()
    file = city.root / log.LOG
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    city.publish()
    assert city.results()[-2:] == ["recovered", "unchanged"]
    assert [line["live_after"] for line in city.log()][-2:] == [3, 3]
    assert city.publish("--rev", "nothing") == 2
    city.publish()
    assert city.results()[-2:] == ["failed", "unchanged"]


def test_without_hard_links_files_are_copied_with_their_time(
    city: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    old = {path: (city.root / "current" / "public" / path).stat().st_mtime for path in city.live()}
    files = city.live()
    city.publish()
    new = city.live()
    assert city.is_whole()
    for path in files:
        if new.get(path) == files[path]:
            assert (city.root / "current" / "public" / path).stat().st_mtime == old[path]


def test_a_flush_that_fails_keeps_the_old_site(
    city: Repository, fresh: Callable[[], Repository]
) -> None:
    """What the disk could not take is never shown: any one flush can be the one that fails."""
    newest = city.git("rev-parse", "HEAD")
    before = city.live()
    _, calls = faulty(fresh(), "count", 0)
    flushes = [i for i, call in enumerate(calls, 1) if call.startswith("fsync")]
    inside = [i for i in flushes if "/.partial-" in calls[i - 1]]
    for point in (inside[0], inside[len(inside) // 2], inside[-1]):
        code, _ = faulty(fresh(), "broken", point)
        assert (code, city.live()) == (2, before)
        is_healed_by_the_next_run(city, newest)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_where_folders_cannot_be_flushed_the_file_system_is(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiaozhang.publisher import flush

    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "file").write_bytes(b"x")
    done = []

    def refuse(path: Path) -> None:
        if path.is_dir():
            raise OSError(number, os.strerror(number))
        done.append(path.name)

    monkeypatch.setattr(flush, "flush_one", refuse)
    monkeypatch.setattr(flush, "flush_file_system", lambda folder: done.append(folder))
    flush.flush_tree(tmp_path)
    assert done == ["file", tmp_path]


def test_a_system_without_syncfs_flushes_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiaozhang.publisher import flush

    done = []
    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: object())
    monkeypatch.setattr("os.sync", lambda: done.append("sync"))
    flush.flush_file_system(tmp_path)
    assert done == ["sync"]


def test_a_flush_that_fails_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    from jiaozhang.publisher import flush

    class Library:
        def syncfs(self, handle: int) -> int:
            ctypes.set_errno(28)
            return -1

    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: Library())
    with pytest.raises(OSError, match="No space"):
        flush.flush_file_system(tmp_path)
