"""Every page passes the Nu HTML checker: all kinds, both audiences, the official form too.

The checker is a Java program; `npm ci` brings it. `VNU_JAR` says where else it lies.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from jiaozhang.files.output_folder import write_tree
from servers import ERRORS, OFFICIAL, built

pytestmark = pytest.mark.slow

# Safari forgets that a list without bullets is one unless it is told so.
WANTED = "The “list” role is unnecessary for element “ol”."


@pytest.fixture(scope="module")
def checker(tool: Callable[..., str], pytestconfig: pytest.Config) -> list[str]:
    usual = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    jar = Path(os.environ.get("VNU_JAR", usual))
    if not jar.exists() and pytestconfig.getoption("--all-tools"):
        pytest.fail(f"{jar} is missing, and --all-tools demands it: npm ci")
    if not jar.exists():
        pytest.skip(f"{jar} is not there: npm ci")
    return [tool("java"), "-jar", str(jar), "--format", "json", "--skip-non-html"]


def test_every_page_is_valid(checker: list[str], tmp_path: Path) -> None:
    write_tree(tmp_path / "real", built("content", "public"))
    write_tree(tmp_path / "official", built("examples/demo", "public", site=OFFICIAL))
    write_tree(tmp_path / "inside", built("examples/demo", "intranet"))
    shutil.copytree(ERRORS, tmp_path / "errors")
    assert objections(checker, tmp_path) == []


def test_the_checker_objects_where_there_is_reason(checker: list[str], tmp_path: Path) -> None:
    page = "<!doctype html>\n<html lang=zh-CN><title>示例</title><p><div></p><img src=a.png>\n"
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    assert len(objections(checker, tmp_path)) >= 2


def objections(checker: list[str], folder: Path) -> list[str]:
    """What the checker says of the pages below a folder, with file and line."""
    done = subprocess.run([*checker, str(folder)], capture_output=True, check=False)
    return [
        f"{said['url'].partition(folder.name)[2]}:{said.get('lastLine', 0)}: {said['message']}"
        for said in json.loads(done.stderr)["messages"]
        if said["message"] != WANTED
    ]
