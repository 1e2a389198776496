"""Push to live: a bare repository whose hooks refuse what has errors and publish the rest."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from jiaozhang.cli.main import main
from repository import Repository, environment

pytestmark = pytest.mark.slow


class Pushed(Repository):
    """A checkout that pushes to a bare repository with our hooks."""

    def __init__(self, folder: Path, *options: str) -> None:
        super().__init__(folder)
        self.bare = folder / "city.git"
        self.git("init", "-q", "--bare", "-b", "main", str(self.bare))
        self.git("remote", "add", "origin", str(self.bare))
        words = ["install-hooks", "--repo", str(self.bare), "--root", str(self.root), *options]
        assert main(words) == 0

    def push(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", "-C", str(self.folder), "push", "-q", "origin", *(words or ("main",))],
            env={**environment(), **env},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def city(tmp_path: Path, tool: Callable[[str], str]) -> Pushed:
    tool("git")
    return Pushed(tmp_path)


def test_a_push_goes_live_and_the_pusher_reads_it(city: Pushed) -> None:
    done = city.push()
    assert done.returncode == 0, done.stderr
    assert f"000001-{city.first[:12]} 已上线" in done.stderr
    assert json.loads(city.live("intranet")["build.json"])["commit"] == city.first
    assert city.is_whole()


def test_a_broken_push_is_refused_with_file_and_line(city: Pushed) -> None:
    city.push()
    before = city.live()
    units = (city.folder / "content" / "units.yaml").read_text(encoding="utf-8")
    city.commit(f"-- content/units.yaml --\n{units.replace('department', 'office', 1)}")
    done = city.push()
    assert done.returncode != 0
    assert "content/units.yaml:1:36: error[not-a-choice]" in done.stderr
    assert "Traceback" not in done.stderr
    assert city.live() == before
    assert city.git("ls-remote", "origin", "main").split()[0] == city.first
    city.commit(f"-- content/units.yaml --\n{units}")
    assert city.push().returncode == 0
    assert city.live_commit() == city.git("rev-parse", "HEAD")


def test_an_address_that_would_vanish_is_refused_before_the_push_is_taken(city: Pushed) -> None:
    second = city.title("改造5个小区")
    city.push()
    city.commit("", "content/2025/tasks/002.yaml")
    done = city.push()
    assert done.returncode != 0
    assert "已经公布过的网址 /2025/tasks/002/" in done.stderr
    assert city.live_commit() == second


def test_a_report_that_waits_for_its_review_can_be_pushed(city: Pushed) -> None:
    from test_publisher import REPORT

    city.push()
    public, second = city.live(), city.commit(REPORT)
    done = city.push()
    assert done.returncode == 0, done.stderr
    assert "公开版有错，保留原来的一版" in done.stderr
    assert city.live() == public
    assert json.loads(city.live("intranet")["build.json"])["commit"] == second


def test_where_only_the_public_site_is_published_the_same_push_is_refused(
    tmp_path: Path, tool: Callable[[str], str]
) -> None:
    from test_publisher import REPORT

    tool("git")
    city = Pushed(tmp_path, "--audience", "public", "--lang", "en")
    assert city.push().returncode == 0
    city.commit(REPORT)
    done = city.push()
    assert done.returncode != 0
    assert "error[review" in done.stderr
    assert city.live_commit() == city.first


def test_other_branches_and_tags_are_nobodys_business(city: Pushed) -> None:
    city.push()
    city.commit("-- content/units.yaml --\nbroken: [\n")
    assert city.push("main:refs/heads/draft", "main:refs/tags/x").returncode == 0
    assert city.live_commit() == city.first
    assert city.results() == ["live"]
    assert city.push(":refs/heads/draft").returncode == 0


def test_a_burst_of_pushes_ends_at_the_newest(city: Pushed) -> None:
    city.push()
    running = []
    for number in range(5):
        newest = city.title(f"改造{number}个小区")
        words = ["git", "-C", str(city.folder), "push", "-q", "origin", f"{newest}:main"]
        running.append(subprocess.Popen(words, env=environment(), stderr=subprocess.DEVNULL))
        # The next push waits until this one is taken: git itself refuses what comes in between.
        while city.git("ls-remote", "origin", "main").split()[:1] != [newest]:
            time.sleep(0.05)
    assert [child.wait() for child in running] == [0] * 5
    assert city.live_commit() == newest
    assert set(city.results()) <= {"live", "superseded"}
    assert city.is_whole()


def test_the_pushers_environment_changes_nothing(city: Pushed, tmp_path: Path) -> None:
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil" / "sitecustomize.py").write_text("raise SystemExit('evil')")
    done = city.push(
        PYTHONPATH=str(tmp_path / "evil"),
        PYTHONHASHSEED="1",
        GIT_CONFIG_PARAMETERS="'core.quotepath=false'",
        GIT_TRACE2_PERF="0",
        LC_ALL="C",
    )
    assert done.returncode == 0, done.stderr
    assert city.live_commit() == city.first


def test_hooks_know_what_they_were_told(tmp_path: Path, tool: Callable[[str], str]) -> None:
    tool("git")
    odd = tmp_path / "it's a folder"
    odd.mkdir()
    city = Pushed(odd, "--branch", "发布", "--keep", "7")
    for hook in ("pre-receive", "post-receive"):
        file = city.bare / "hooks" / hook
        assert os.access(file, os.X_OK)
        text = file.read_text(encoding="utf-8")
        assert re.search(rf"(?m)^jiaozhang\(\) {{ .+ {ROOT / 'build.py'} \"\$@\"; }}$", text)
        checked = subprocess.run(["sh", "-n", str(file)], check=False)
        assert checked.returncode == 0
    assert "keep=7\n" in text
    assert city.push("main:发布").returncode == 0
    assert city.live_commit() == city.first


def test_hooks_of_others_are_left_alone(city: Pushed, capsys: pytest.CaptureFixture[str]) -> None:
    theirs = city.bare / "hooks" / "post-receive"
    theirs.write_text("#!/bin/sh\necho theirs\n")
    words = ["install-hooks", "--repo", str(city.bare), "--root", str(city.root)]
    assert main(words) == 2
    assert "别的钩子" in capsys.readouterr().err
    assert "theirs" in theirs.read_text()
    theirs.unlink()
    assert main(words) == 0
    assert main(words) == 0
    assert main([*words[:2], str(city.root / "nowhere"), *words[3:]]) == 2


@pytest.mark.parametrize("hook", ["pre-receive", "post-receive"])
def test_the_hooks_are_plain_posix(hook: str) -> None:
    shell = next((s for s in ("dash", "busybox") if shutil.which(s)), "sh")
    words = [shell, "sh"] if shell == "busybox" else [shell]
    assert (
        subprocess.run([*words, "-n", str(ROOT / "deploy/git" / hook)], check=False).returncode == 0
    )


def test_a_commit_is_checked_without_a_work_tree(
    city: Pushed, capsys: pytest.CaptureFixture[str]
) -> None:
    (city.folder / "content" / "units.yaml").write_text("broken: [", encoding="utf-8")
    assert main(["check", "--repo", str(city.folder)]) == 0
    city.commit("-- content/units.yaml --\nbroken: [\n")
    capsys.readouterr()
    assert main(["check", "--repo", str(city.folder), "--format", "github"]) == 1
    assert "::error file=content/units.yaml,line=1" in capsys.readouterr().out
    assert main(["check", "--repo", str(city.folder), "--rev", city.first]) == 0
    assert main(["check", "--repo", str(city.folder), "--rev", "nothing"]) == 2
