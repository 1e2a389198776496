"""What content may cost: its files are counted first, and building it has an end."""

from __future__ import annotations

import faulthandler
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from test_publisher_hooks import Pushed

from conftest import BASE, ROOT, World, run
from jiaozhang.cli.main import main
from jiaozhang.faults.diagnostic import Diagnostic
from jiaozhang.files.bounds import DEEPEST, Bounds
from jiaozhang.files.source import read_tree
from jiaozhang.publisher.extract import extract
from jiaozhang.publisher.limited import LimitError, Limits, WorkError, limited
from jiaozhang.publisher.publish import publish
from jiaozhang.publisher.request import Made, Order, Wanted
from jiaozhang.publisher.systemd_units import UNITS
from repository import Repository, environment

pytestmark = pytest.mark.slow

NOTE = "content/2025/notes/001/2025-06-30-a"
JPEG = b"\xff\xd8\xff"


@pytest.fixture
def city(tmp_path: Path, tool: Callable[[str], str]) -> Repository:
    tool("git")
    return Repository(tmp_path)


@pytest.fixture
def pushed(tmp_path: Path, tool: Callable[[str], str]) -> Callable[..., Pushed]:
    tool("git")
    return lambda *options: Pushed(tmp_path, *options)


def names_of_one_file(city: Repository, count: int, size: int) -> str:
    """Commit a file of `size` bytes under so many names; the repository hardly grows."""
    blob = city.folder.parent / "blob"
    blob.write_bytes(JPEG + bytes(size - len(JPEG)))
    digest = city.git("hash-object", "-w", str(blob))
    rows = "".join(f"100644 {digest}\t{NOTE}/a{nth}.jpg\n" for nth in range(count))
    words = ["git", "-C", str(city.folder), "update-index", "--index-info"]
    subprocess.run(words, input=rows, text=True, check=True, env=environment())
    city.git("commit", "-qm", "x")
    return city.git("rev-parse", "HEAD")


def codes(faults: tuple[Diagnostic, ...]) -> list[str]:
    return [one.code for one in faults]


def taken_out(city: Repository, commit: str, bounds: Bounds) -> tuple[list[str], int]:
    """What is said of a commit, and how many files of it were written."""
    into = city.folder.parent / "out"
    into.mkdir(exist_ok=True)
    faults = extract(city.folder, commit, ("content", "site.toml"), into, bounds)
    for one in faults:
        assert one.message("zh") and one.message("en")
    return codes(faults), sum(1 for path in into.rglob("*") if path.is_file())


def test_many_names_of_one_large_file_are_counted_before_one_is_written(city: Repository) -> None:
    commit = names_of_one_file(city, 300, 2 * 1024 * 1024)
    assert taken_out(city, commit, Bounds()) == (["content-too-large"], 0)
    assert taken_out(city, commit, Bounds(files=300)) == (
        ["too-many-files", "content-too-large"],
        0,
    )


def test_a_limit_itself_is_allowed(city: Repository) -> None:
    listed = city.git("ls-tree", "-r", "-l", "HEAD", "content", "site.toml").splitlines()
    total = sum(int(row.split()[3]) for row in listed)
    exact = Bounds(files=len(listed), total=total)
    assert taken_out(city, city.first, replace(exact, total=total - 1))[0] == ["content-too-large"]
    assert taken_out(city, city.first, replace(exact, files=len(listed) - 1))[1] == 0
    assert taken_out(city, city.first, exact) == ([], len(listed))


@pytest.mark.parametrize("leaf", ["a-file", "nothing"])
def test_a_tree_that_names_itself_without_end_is_told_at_once(
    city: Repository, tmp_path: Path, leaf: str
) -> None:
    """Ten folders, each of which is the same ten folders, twelve times: a few hundred bytes."""

    def tree(rows: str) -> str:
        words = ["git", "-C", str(city.folder), "mktree"]
        done = subprocess.run(words, input=rows, text=True, check=True, capture_output=True)
        return done.stdout.strip()

    blob = city.git("rev-parse", f"{city.first}:site.toml")
    inner = tree(f"100644 blob {blob}\ta.yaml\n" if leaf == "a-file" else "")
    for _ in range(12):
        inner = tree("".join(f"040000 tree {inner}\tf{nth}\n" for nth in range(10)))
    whole = tree(f"040000 tree {inner}\tcontent\n100644 blob {blob}\tsite.toml\n")
    commit = city.git("commit-tree", "-m", "x", whole)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert taken_out(city, commit, Bounds(files=1000)) == (["too-many-files"], 0)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 10


def test_a_trusted_commit_is_bounded_too(city: Repository, tmp_path: Path) -> None:
    (city.folder / "film.bin").write_bytes(bytes(3000))
    commit = city.commit("")
    bounds = Bounds(file=2999)
    faults = extract(city.folder, commit, (), tmp_path / "out", bounds, needs_all=True)
    assert [(one.code, one.place.path) for one in faults] == [("file-too-large", "film.bin")]
    assert city.publish("--trusted", "--limit-file-size", "2999") == 1
    assert city.publish("--trusted", "--limit-files", "3") == 1


def test_the_message_names_limit_value_and_place(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    city.publish()
    before = city.live()
    names_of_one_file(city, 30, 2000)
    assert city.publish("--limit-size", "50K") == 1
    said = capsys.readouterr().err
    assert f"{NOTE}: error[content-too-large]" in said and "50 KiB" in said and "6" in said
    assert main(["check", "--repo", str(city.folder), "--limit-files", "20"]) == 1
    said = capsys.readouterr().err
    assert f"{NOTE}: error[too-many-files]" in said and "20" in said
    assert city.live() == before and city.results()[-1] == "faulty"


def test_a_folder_has_the_same_limits(tmp_path: Path) -> None:
    city = World(tmp_path, BASE)
    content = str(city.folder / "content")
    words = ("check", "--content", content, "--lang", "en")
    assert run(*words).returncode == 0
    done = run(*words, "--limit-files", "3")
    assert done.returncode == 1 and "error[too-many-files]" in done.stderr
    assert "maximum 3" in done.stderr and "no-registry" not in done.stderr
    done = run(*words, "--limit-size", "1K")
    assert done.returncode == 1 and "error[content-too-large]" in done.stderr
    out = str(tmp_path / "out")
    assert run("build", *words[1:], "--out", out, "--limit-size", "1K").returncode == 1
    assert not (tmp_path / "out").exists()
    done = run(*words, "--limit-file-size", "100")
    assert done.returncode == 1 and "error[file-too-large]" in done.stderr


def test_what_no_text_stands_beside_is_not_held_and_equal_files_are_held_once(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "2025" / "notes" / "001"
    for name in ("a", "b"):
        (folder / name).mkdir(parents=True)
        for nth in range(3):
            (folder / name / f"{nth}.jpg").write_bytes(JPEG + b"x" * 5000)
    (folder / "a.md").write_text("甲\n", encoding="utf-8")
    tree, faults = read_tree(tmp_path, "content")
    assert faults == ()
    assert set(tree.attachments) == {f"2025/notes/001/a/{nth}.jpg" for nth in range(3)}
    assert len({id(raw) for raw in tree.attachments.values()}) == 1
    assert tree.loose == {f"2025/notes/001/b/{nth}.jpg" for nth in range(3)}


DEEP = 1200


def deep_folder(top: Path, depth: int = DEEP) -> None:
    """So many folders in each other; the path is longer than a system takes at once."""
    here = os.open(top, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("a", dir_fd=here)
        inner = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    file = os.open("x.yaml", os.O_WRONLY | os.O_CREAT, dir_fd=here)
    os.close(file)
    os.close(here)


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Callable[[Path], None]]:
    """Folders without end are taken away again, since others' cleaning breaks at them."""
    made: list[Path] = []

    def make(top: Path) -> None:
        deep_folder(top)
        made.append(top / "a")

    yield make
    for top in made:
        subprocess.run(["rm", "-rf", str(top)], check=True)


def test_folders_without_end_are_a_message(tmp_path: Path, deep: Callable[[Path], None]) -> None:
    city = World(tmp_path, BASE)
    deep(city.folder / "content" / "2025")
    for verb in ("check", "build", "explain"):
        more = {"build": ("--out", str(tmp_path / "out")), "explain": ("2025/",)}.get(verb, ())
        done = run(verb, *more, "--content", str(city.folder / "content"))
        assert done.returncode == 1
        assert "error[folder-too-deep]" in done.stderr and str(DEEPEST) in done.stderr
        assert "Traceback" not in done.stderr
        assert max(map(len, done.stderr.splitlines())) < 1000


def test_a_commit_of_folders_without_end_is_a_message(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    city.publish()
    before = city.live()
    blob = city.git("rev-parse", "HEAD:site.toml")
    for path in (f"content/2025/{'a/' * DEEP}x.yaml", f"content/2025/{'名' * 200}/x.yaml"):
        city.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
    city.git("commit", "-qm", "x")
    capsys.readouterr()
    assert city.publish() == 1
    said = capsys.readouterr().err
    assert "error[folder-too-deep]" in said and "error[path-too-long]" in said
    assert main(["check", "--repo", str(city.folder)]) == 1
    assert "Traceback" not in said + capsys.readouterr().err
    assert city.live() == before and city.litter() == []


NESTED: dict[str, str] = {
    "maps": "content/units.yaml -- " + "{a: " * 10_000 + "}" * 10_000,
    "lists": "content/units.yaml -- " + "[" * 10_000,
    "dashes": "content/units.yaml -- " + "- " * 9_000,
    "front-matter": "content/2025/notes/001/2025-06-a.md -- ---\n" + "[" * 10_000 + "\n---\n甲",
    "toml-lists": "site.toml -- a = " + "[" * 10_000 + "]" * 10_000,
    "toml-maps": "site.toml -- a = " + "{a = " * 5_000 + "1" + "}" * 5_000,
    "toml-keys": "site.toml -- " + ".".join("a" * 3_000) + " = 1",
    "toml-tables": "site.toml -- [" + ".".join("a" * 3_000) + "]\nb = 1",
    "quotes": "content/2025/notice.md -- " + "> " * 9_000 + "甲",
    "items": "content/2025/notice.md -- " + "- " * 9_000 + "甲",
    "stairs": "content/2025/notice.md -- " + "\n".join(f"{' ' * n}- 甲" for n in range(400)),
    "brackets": "content/2025/notice.md -- " + "[" * 19_000,
    "links": "content/2025/notice.md -- " + "[" * 6_000 + "甲" + "](a)" * 3_000,
    "stars": "content/2025/notice.md -- " + "*甲**乙" * 3_000,
}


@pytest.mark.parametrize("name", NESTED)
def test_what_nests_without_end_is_read_or_told(tmp_path: Path, name: str) -> None:
    path, _, text = NESTED[name].partition(" -- ")
    city = World(tmp_path, BASE)
    (city.folder / path).parent.mkdir(parents=True, exist_ok=True)
    (city.folder / path).write_text(text + "\n", encoding="utf-8")
    (city.folder / "site.toml").rename(city.folder / "content/site.toml")
    done = run("build", "--content", str(city.folder / "content"), "--out", str(tmp_path / "out"))
    assert done.returncode in (0, 1), done.stderr[-2000:]
    assert "Traceback" not in done.stderr


def test_what_is_no_file_is_a_message(tmp_path: Path) -> None:
    import socket

    city = World(tmp_path, BASE)
    tasks = city.folder / "content/2025/tasks"
    os.mkfifo(tasks / "002.yaml")
    os.mkfifo(tasks / "a.jpg")
    here = Path.cwd()
    with socket.socket(socket.AF_UNIX) as own:
        os.chdir(tasks)  # an address of this kind is short
        try:
            own.bind("003.yaml")
        finally:
            os.chdir(here)
        (tasks / "004.yaml").symlink_to("004.yaml")
        (tasks / "005").symlink_to("..")
        (tasks / "006").symlink_to("007")
        (tasks / "007").symlink_to("006")
        assert sorted(city.codes()) == ["special-file"] * 3 + ["symlink"] * 4


# The child and its limits.


def test_what_work_returns_and_raises_comes_back() -> None:
    assert limited(lambda: {"a": [1, 2]}, Limits()) == {"a": [1, 2]}
    assert len(limited(lambda: bytes(5_000_000), Limits())) == 5_000_000

    def missing() -> None:
        raise FileNotFoundError(2, "gone", "x")

    with pytest.raises(FileNotFoundError) as caught:
        limited(missing, Limits())
    assert (caught.value.errno, caught.value.filename) == (2, "x")

    def known() -> None:
        raise KeyError("a")

    with pytest.raises(KeyError):
        limited(known, Limits(), (KeyError,))


def test_a_fault_of_ours_in_the_work_is_one_here(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(WorkError):
        limited(lambda: 1 / 0, Limits())
    assert "ZeroDivisionError" in capfd.readouterr().err


def swallow_memory() -> list[bytes]:
    return [bytes(1 << 20) for _ in range(1 << 20)]


def give_up() -> None:
    faulthandler.disable()
    os.abort()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)  # as the system does to what takes all memory


@pytest.mark.parametrize(
    "work",
    [swallow_memory, lambda: bytes(1 << 40), give_up, die, lambda: os._exit(0)],
    ids=["bit by bit", "at once", "a library that gives up", "the system", "no answer"],
)
def test_too_much_memory_is_told(work: Callable[[], object]) -> None:
    with pytest.raises(LimitError) as caught:
        limited(work, Limits(memory=1 << 30))
    assert (caught.value.what, caught.value.limit) == ("memory", "1 GiB")


def test_what_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    def start_and_wait() -> None:
        words = [sys.executable, "-c", "import time; time.sleep(60)"]
        inner = subprocess.Popen(words)
        fork = os.fork()
        if not fork:
            time.sleep(60)
        (tmp_path / "pids").write_text(f"{inner.pid} {fork} {os.getpid()}")
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(60)

    start = time.monotonic()
    with pytest.raises(LimitError) as caught:
        limited(start_and_wait, Limits(seconds=3))
    assert (caught.value.what, caught.value.limit) == ("time", "3 s")
    assert time.monotonic() - start < 30
    for pid in map(int, (tmp_path / "pids").read_text().split()):
        assert is_gone(pid)


def is_gone(pid: int) -> bool:
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_who_is_killed_takes_the_work_along(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    program = (
        "import os, sys, time\n"
        "from pathlib import Path\n"
        "from jiaozhang.publisher.limited import Limits, limited\n"
        "def work():\n"
        "    Path(sys.argv[1]).write_text(str(os.getpid()))\n"
        "    time.sleep(60)\n"
        "limited(work, Limits())\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(pid)], env={**environment(), "PYTHONPATH": str(ROOT)}
    )
    while not (pid.exists() and pid.read_text()):
        time.sleep(0.02)
    child.kill()
    child.wait()
    assert is_gone(int(pid.read_text()))


def an_order(city: Repository, limits: Limits) -> Order:
    return Order(
        repository=city.folder,
        revisions=("HEAD",),
        root=city.root,
        paths=("content", "site.toml"),
        content="content",
        audiences=("public",),
        day=None,
        generator="x",
        sbom=b"{}",
        keep=5,
        is_live=False,
        is_trusted=False,
        force=True,
        may_vanish=lambda path: False,
        limits=limits,
    )


@pytest.mark.parametrize("what", ["memory", "time"])
def test_a_build_that_takes_too_much_leaves_the_old_site_and_nothing_else(
    city: Repository, what: str
) -> None:
    city.publish()
    before, releases = city.live(), city.releases()

    def make(folder: Path, wanted: Wanted) -> Made:
        half = city.root / "releases" / ".partial-000002-000000000000"
        half.mkdir()
        (half / "index.html").write_bytes(b"half")
        if what == "memory":
            swallow_memory()
        time.sleep(60)
        raise AssertionError

    with pytest.raises(LimitError):
        publish(
            an_order(city, Limits(memory=1 << 30, seconds=2 if what == "time" else 60)),
            make,
            lambda: datetime.now(UTC),
        )
    assert city.live() == before and city.is_whole()
    assert city.releases() == releases and city.litter() == []
    last = city.log()[-1]
    assert last["result"] == "failed" and f"--limit-{what}" in str(last["diagnostics"])


def test_publish_and_check_say_which_limit(city: Repository) -> None:
    city.publish()
    before = city.live()
    city.title("改造5个小区")
    for words in (["publish", "--root", str(city.root)], ["check"]):
        child = city.spawn(
            *words, "--repo", str(city.folder), "--limit-memory", "20M", "--lang", "en"
        )
        said = child.communicate()[1]
        assert child.returncode == 2
        assert "20 MiB" in said and "--limit-memory" in said
        assert "Traceback" not in said
    assert city.live() == before and city.is_whole() and city.litter() == []


def test_the_pusher_is_told_of_a_limit_and_nothing_is_taken(
    pushed: Callable[..., Pushed],
) -> None:
    city = pushed("--lang", "en")
    assert city.push().returncode == 0
    before = city.live()
    for hook, number in (("pre-receive", 1), ("post-receive", 2)):
        file = city.bare / "hooks" / hook
        text = file.read_text(encoding="utf-8")
        assert "--limit-memory 2G --limit-time 600" in text
        file.write_text(text.replace("--limit-memory 2G", "--limit-memory 30M"))
        city.title(f"改造{number}个小区")
        done = city.push()
        assert "30 MiB" in done.stderr and "--limit-memory" in done.stderr, done.stderr
        assert (done.returncode != 0) is (hook == "pre-receive")
        assert city.live() == before and city.is_whole() and city.litter() == []
        file.write_text(text)
    assert city.results()[-1] == "failed"


def test_limits_are_written_into_hooks_and_units(
    tmp_path: Path, pushed: Callable[..., Pushed]
) -> None:
    units = tmp_path / "it's 100% a $folder"
    limits = ["--limit-memory", "3G", "--limit-time", "90", "--limit-files", "77"]
    city = pushed(*limits, "--limit-size", "9M", "--units", str(units), "--content", "content")
    options = "--limit-memory 3G --limit-time 90 --limit-files 77 --limit-file-size 2M"
    for hook in ("pre-receive", "post-receive"):
        text = (city.bare / "hooks" / hook).read_text(encoding="utf-8")
        assert f"limits='{options} --limit-size 9M'\n" in text
    assert sorted(path.name for path in units.iterdir()) == sorted(UNITS)
    service = (units / "jiaozhang-nightly.service").read_text(encoding="utf-8")
    assert f"{options} --limit-size 9M" in service
    assert f'--repo "{city.bare}" --root "{city.root}"' in service
    assert "TimeoutStartSec=210\n" in service
    assert f"MemoryMax={2 * 3 * 1024**3 + 512 * 1024**2}\n" in service


def test_the_content_has_no_say_in_the_limits(city: Repository) -> None:
    """Neither site.toml, nor the repository's own configuration, nor the environment."""
    city.commit(
        '-- site.toml --\nname = "示例市"\nstanding = "unofficial"\nlimit_memory = "9G"\n'
        "-- .gitattributes --\n* limit=9\n"
    )
    assert city.publish() == 1
    words = city.words("publish", "--limit-memory", "20M")
    child = city.spawn(*words, LIMIT_MEMORY="9G", JIAOZHANG_LIMIT_MEMORY="9G")
    assert "20 MiB" in child.communicate()[1] and child.returncode == 2


@pytest.mark.parametrize("word", ["0", "-1", "1.5G", "1T", "", "１G", "G", "9" * 20])
def test_a_size_that_is_none_is_refused(word: str) -> None:
    with pytest.raises(SystemExit):
        main(["check", f"--limit-size={word}"])
