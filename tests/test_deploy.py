"""What stands in deploy/ is true: its files parse, call verbs that there are, and name no host."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from portal.arguments import parser

DEPLOY = ROOT / "deploy"
CI = sorted((DEPLOY / "ci").iterdir())
UNITS = sorted((DEPLOY / "systemd").iterdir())
CALL = re.compile(r"build\.py\"?\s+((?:publish|check|build|rollback|verify|status)\b[^|>;\n]*)")


@pytest.mark.parametrize("file", CI, ids=lambda file: file.name)
def test_a_sample_for_a_forge_is_yaml_and_takes_no_registry(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert yaml.safe_load(text)
    # Content of a pull request must never meet a secret, nor the internet.
    assert not re.search(r"secrets\.|pull_request_target|https?://|pip |npm ", text)


@pytest.mark.parametrize("file", [*CI, *UNITS], ids=lambda file: file.name)
def test_the_calls_in_it_are_calls_that_there_are(file: Path) -> None:
    calls = CALL.findall(file.read_text(encoding="utf-8"))
    assert calls or file.suffix == ".timer"
    for call in calls:
        parser().parse_args(shlex.split(call))


def test_the_units_are_what_systemd_takes(tool: Callable[..., str]) -> None:
    words = [tool("systemd-analyze"), "verify", *map(str, UNITS)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    wrong = [line for line in done.stderr.splitlines() if "portal-nightly" in line]
    # That the program is not installed here is no fault of the unit.
    assert [line for line in wrong if "not executable" not in line] == []


def test_the_nightly_run_may_do_little_more_than_it_does(tool: Callable[..., str]) -> None:
    """2.0 of 10 or less, by systemd's own measure of what a service could do to the machine."""
    service = DEPLOY / "systemd" / "portal-nightly.service"
    words = [tool("systemd-analyze"), "security", "--offline=yes", "--threshold=20", str(service)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-300:] + done.stderr
