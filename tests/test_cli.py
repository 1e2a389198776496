"""The command line: exit codes, formats, and that a fault leaves the old site whole."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import BASE, ROOT, World
from jiaozhang.cli.arguments import parse

pytestmark = pytest.mark.slow

NO_CONTENT, UNREADABLE = "no-content", "unreadable-file"


def run(*words: str, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jiaozhang", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def city(world: Callable[[str], World]) -> Path:
    """A city whose site.toml stands in its content, as a ledger of its own has it."""
    folder = world("").folder
    (folder / "site.toml").rename(folder / "content" / "site.toml")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_build_is_what_happens_without_a_verb(city: Path) -> None:
    done = run("--content", "content", "--out", "x", cwd=city)
    assert done.returncode == 0, done.stderr
    assert (city / "x" / "public" / "index.html").exists()
    assert not (city / "x" / "intranet").exists()
    assert "x/public：" in done.stdout and "页" in done.stdout


def test_both_sites_are_built_side_by_side(city: Path) -> None:
    run("build", "--content", "content", "--audience", "all", "--out", "x", cwd=city)
    assert (city / "x" / "public" / "build.json").exists()
    assert (city / "x" / "intranet" / "build.json").exists()


def test_a_broken_file_leaves_the_old_site_and_names_the_place(city: Path) -> None:
    run("build", "--content", "content", "--out", "x", cwd=city)
    before = tree(city / "x")
    task = city / "content" / "2025" / "tasks" / "001.yaml"
    task.write_text(task.read_text().replace("2025-12-31", "2025-02-30"))
    done = run("build", "--content", "content", "--out", "x", cwd=city)
    assert done.returncode == 1
    assert "content/2025/tasks/001.yaml:9:34: error[no-such-day]" in done.stderr
    assert "没有写入任何文件" in done.stderr
    assert tree(city / "x") == before


def test_all_faults_are_told_at_once(city: Path) -> None:
    task = city / "content" / "2025" / "tasks" / "001.yaml"
    text = task.read_text().replace("市财政局", "市财证局").replace("[张三]", "[张四]")
    task.write_text(text)
    done = run("check", "--content", "content", cwd=city)
    assert done.returncode == 1
    for code in ("unknown-unit", "unknown-leader", "lock-broken"):
        assert f"error[{code}]" in done.stderr


def test_check_says_that_nothing_was_found(city: Path) -> None:
    done = run("check", "--content", "content", cwd=city)
    assert (done.returncode, done.stdout) == (0, "没有发现问题\n")
    assert run("check", "--content", "content", "--lang", "en", cwd=city).stdout == (
        "no problems found\n"
    )


@pytest.fixture
def faulty(city: Path) -> Path:
    task = city / "content" / "2025" / "tasks" / "001.yaml"
    task.write_text(task.read_text().replace("complete,", "finished,"))
    return city


def test_programs_get_json(faulty: Path) -> None:
    done = run("check", "--content", "content", "--format", "json", cwd=faulty)
    assert done.returncode == 1
    (found,) = json.loads(done.stdout)
    assert found["code"] == "not-a-choice"
    assert (found["path"], found["line"]) == ("content/2025/tasks/001.yaml", 9)
    assert found["facts"]["given"] == "finished"


def test_forges_get_their_own_forms(faulty: Path) -> None:
    def check(form: str) -> str:
        return run("check", "--content", "content", "--format", form, cwd=faulty).stdout

    assert check("github").startswith(
        "::error file=content/2025/tasks/001.yaml,line=9,col=19,title=not-a-choice::"
    )
    (found,) = json.loads(check("gitlab"))
    assert found["location"] == {"path": "content/2025/tasks/001.yaml", "lines": {"begin": 9}}
    assert "| `content/2025/tasks/001.yaml:9:19` |" in check("markdown")


def test_messages_come_in_english_too(faulty: Path) -> None:
    done = run("check", "--content", "content", "--lang", "en", cwd=faulty)
    assert "“finished” is not an allowed value" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("fly",),
        ("build", "--audience", "everybody"),
        ("build", "--as-of", "yesterday"),
        ("serve", "--port", "0"),
        ("import", "x.txt"),
        ("import", "x.txt", "--year", "25"),
    ],
)
def test_a_wrong_call_is_exit_2(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_content_folder_that_is_not_there_is_said_once(tmp_path: Path) -> None:
    done = run("build", "--content", "nowhere", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("error[") == 1
    assert NO_CONTENT in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_notice_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = run("import", "nowhere.txt", "--year", "2025", cwd=tmp_path)
    assert done.returncode == 1
    assert UNREADABLE in done.stderr


def test_a_folder_of_somebody_elses_is_refused(city: Path) -> None:
    (city / "x" / "public").mkdir(parents=True)
    (city / "x" / "public" / "mine.txt").write_text("mine")
    done = run("build", "--content", "content", "--out", "x", cwd=city)
    assert done.returncode == 2
    assert tree(city / "x") == {"public/mine.txt": b"mine"}


def test_the_commit_of_a_clean_tree_is_named_and_no_other(
    city: Path, tool: Callable[[str], str]
) -> None:
    git = tool("git")
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "x"]):
        subprocess.run([git, *words], cwd=city, check=True)
    head = subprocess.run(
        [git, "rev-parse", "HEAD"], cwd=city, check=True, capture_output=True, text=True
    ).stdout.strip()
    out = city.parent / f"{city.name}-out"

    def commit() -> object:
        words = ("--audience", "all", "--content", "content", "--out", str(out))
        done = run("build", *words, cwd=city)
        assert done.returncode == 0, done.stderr
        assert "commit" not in json.loads((out / "public" / "build.json").read_text())
        return json.loads((out / "intranet" / "build.json").read_text())["commit"]

    assert commit() == head
    (city / "content" / "2025" / "notice.md").write_text("改了。\n")
    assert commit() is None


def test_explain_names_file_and_line_of_every_fact(city: Path) -> None:
    words = ("explain", "2025/tasks/001/", "--content", "content")
    done = run(*words, cwd=city)
    assert done.returncode == 0
    assert "templates/task.html" in done.stdout
    assert "content/2025/tasks/001.yaml:3: text = 新建3个实验室" in done.stdout
    unit = run("explain", "/2025/units/kejiju/index.html", "--content", "content", cwd=city)
    assert "content/units.yaml:1: name = 市科技局" in unit.stdout
    assert run("explain", "2025/none/", "--content", "content", cwd=city).returncode == 2


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both sites of the shipped ledger."""
    folder = tmp_path_factory.mktemp("shipped")
    assert run("build", "--audience", "all", "--out", str(folder)).returncode == 0
    return folder


@pytest.mark.parametrize(
    "settings",
    [
        {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
    ],
)
def test_the_same_content_gives_the_same_bytes_anywhere(
    shipped: Path, tmp_path: Path, settings: dict[str, str]
) -> None:
    """Different folders, time zones, locales, hash seeds and umasks: nothing differs."""
    copy = tmp_path / "另一处 content"
    shutil.copytree(ROOT / "content", copy)
    shutil.copy(ROOT / "site.toml", copy)
    umask = os.umask(0o027)
    try:
        out = tmp_path / "out"
        words = ("--content", str(copy), "--audience", "all", "--out", str(out))
        done = run("build", *words, cwd=tmp_path, **settings)
    finally:
        os.umask(umask)
    assert done.returncode == 0, done.stderr
    first, second = tree(shipped), tree(out)
    for manifest in ("public/build.json", "intranet/build.json"):
        # The copy stands in no repository, so it has no commit; the version must agree.
        a, b = json.loads(first.pop(manifest)), json.loads(second.pop(manifest))
        assert ("commit" in a) == manifest.startswith("intranet")
        assert {**a, "commit": None} == {**b, "commit": None}
    assert first == second
    assert str(tmp_path).encode() not in b"".join(second.values())


def test_the_base_of_the_tests_is_a_city(tmp_path: Path) -> None:
    assert World(tmp_path, BASE).codes() == []


def test_what_test_does_not_know_itself_is_left_to_pytest() -> None:
    words = ["-k", "one or two", "-x", "tests/test_a.py", "--accept"]
    options = parse(["test", "--all-tools", *words])
    assert options.all_tools and not options.full
    assert options.pytest == tuple(words)
    assert parse(["test", "--", "-x"]).pytest == ("-x",)
    with pytest.raises(SystemExit):
        parse(["build", "-x"])


def test_tests_are_chosen_from_the_command_line() -> None:
    words = ("test", "tests/test_cli.py", "--collect-only", "-q", "-k", "left_to_pytest")
    done = run(*words, PYTEST_ADDOPTS="")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("tests/test_cli.py: 1\n")
