"""What was installed while the program was called portal goes on under its present name."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, World
from jiaozhang.cli.main import main
from repository import Repository

FORMER = "portal"


@pytest.fixture
def former(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Whatever is written until this is undone names its maker as it was called before."""
    for module in ("build.pipeline", "publisher.generator", "publisher.sbom"):
        monkeypatch.setattr(f"jiaozhang.{module}.GENERATOR", FORMER)
    return monkeypatch


@pytest.mark.slow
def test_a_root_of_that_time_is_published_to_verified_and_rolled_back(
    former: pytest.MonkeyPatch, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    tool("git")
    city = Repository(tmp_path)
    city.publish()
    description = city.root / "current" / "release.json"
    assert f'"{FORMER} ' in description.read_text(encoding="utf-8")
    before = city.live()

    former.undo()
    assert city.is_whole()
    commit = city.title("改造老旧小区")
    assert city.publish() == 0
    assert city.live_commit() == commit and city.results()[-1] == "live"
    assert city.run("rollback") == 0
    # What newer pages ask for is carried on; all that was there is there again.
    assert before.items() <= city.live().items() and city.is_whole()
    assert city.run("verify") == 0


def test_hooks_of_that_time_are_rewritten(tmp_path: Path, tool: Callable[[str], str]) -> None:
    tool("git")
    city = Repository(tmp_path)
    words = ["install-hooks", "--repo", str(city.folder), "--root", str(city.root)]
    assert main(words) == 0
    hooks = [city.folder / ".git" / "hooks" / name for name in ("pre-receive", "post-receive")]
    present = [hook.read_text(encoding="utf-8") for hook in hooks]
    for hook, text in zip(hooks, present, strict=True):
        hook.write_text(text.replace("# jiaozhang:", f"# {FORMER}:"), encoding="utf-8")
        assert hook.read_text(encoding="utf-8") != text
    assert main(words) == 0
    assert [hook.read_text(encoding="utf-8") for hook in hooks] == present
    hooks[0].write_text("#!/bin/sh\n# somebody else's\n", encoding="utf-8")
    assert main(words) == 2


def test_an_output_folder_of_that_time_is_written_into(
    former: pytest.MonkeyPatch, world: Callable[[str], World], tmp_path: Path
) -> None:
    folder = world("").folder
    words = ["build", "--content", str(folder / "content"), "--out", str(tmp_path / "out")]
    assert main(words) == 0
    manifest = tmp_path / "out" / "public" / "build.json"
    assert f'"{FORMER} ' in manifest.read_text(encoding="utf-8")
    former.undo()
    assert main(words) == 0
    assert f'"{FORMER} ' not in manifest.read_text(encoding="utf-8")


def test_the_former_name_says_the_present_one() -> None:
    words = [sys.executable, "-m", FORMER, "check"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode != 0
    assert "python -m jiaozhang" in done.stderr
