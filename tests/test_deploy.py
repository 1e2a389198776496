"""What stands in deploy/ is true: its files parse, call verbs that there are, and name no host."""

from __future__ import annotations

import base64
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
import yaml

from conftest import ROOT
from jiaozhang.cli.arguments import parser
from repository import Repository

pytestmark = pytest.mark.slow

DEPLOY = ROOT / "deploy"
CI = sorted((DEPLOY / "ci").glob("*.yml"))
UNITS = sorted((DEPLOY / "systemd").iterdir())
CALL = re.compile(r"build\.py\"?\s+((?:publish|check|build|rollback|verify|status)\b[^|>;\n]*)")


@pytest.mark.parametrize("file", CI, ids=lambda file: file.name)
def test_a_sample_for_a_forge_is_yaml_and_takes_no_registry(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert yaml.safe_load(text)
    # Content of a pull request must never meet a secret, nor the internet. The token of the job
    # itself is none: it ends with it.
    automatic = r"secrets\.(?!(GITEA|FORGEJO)_TOKEN\b)"
    assert not re.search(automatic + r"|pull_request_target|https?://|pip |npm ", text)


@pytest.mark.parametrize("file", CI, ids=lambda file: file.name)
def test_an_action_is_pinned_by_its_commit(file: Path) -> None:
    """A tag can be moved to other code; a comment says which version the commit is."""
    uses = re.findall(r"uses:(.*)", file.read_text(encoding="utf-8"))
    assert bool(uses) == (file.name == "github-actions.yml")
    for action in uses:
        assert re.fullmatch(r" [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


@pytest.mark.parametrize("file", CI, ids=lambda file: file.name)
def test_what_a_pull_request_reaches_is_thrown_away(file: Path) -> None:
    """Jobs that it can start run on throw-away runners; a live job waits for main's environment."""
    text = file.read_text(encoding="utf-8")
    sample = yaml.safe_load(text)
    jobs = sample.get("jobs") or {name: sample[name] for name in ("check", "publish")}
    for name, job in jobs.items():
        labels = str(job.get("runs-on") or job.get("tags"))
        assert ("jiaozhang-once" in labels) == (name == "check"), name
        if name != "check":
            assert job["environment"] == "live"
            rule = job.get("if") or job["rules"][0]["if"]
            assert "main" in rule
    assert "brings its own copy of this file, and that copy runs" in text


def test_each_forge_has_its_own_folder_and_its_owners() -> None:
    for name, folder in (("gitea", ".gitea"), ("forgejo", ".forgejo"), ("github", ".github")):
        first = (DEPLOY / "ci" / f"{name}-actions.yml").read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith(f"# Copy to {folder}/workflows/site.yml ")
        assert "Gitee" not in first
    owners = (DEPLOY / "ci" / "CODEOWNERS").read_text(encoding="utf-8")
    for path in ("/.github/ ", "/.gitlab-ci.yml ", "/.gitlab/ "):
        assert f"\n{path}@" in owners
    rules = (DEPLOY / "ci" / "CODEOWNERS.gitea").read_text(encoding="utf-8").splitlines()
    patterns = [
        line.split()[0].replace("\\\\", "\\") for line in rules if line[:1] not in ("#", "")
    ]
    for path in (".gitea/workflows/site.yml", ".forgejo/workflows/a.yml", ".forgejo/CODEOWNERS"):
        assert any(re.fullmatch(pattern, path) for pattern in patterns), path
    assert not any(re.fullmatch(pattern, "content/2025/ledger.yaml") for pattern in patterns)


class _Forge(BaseHTTPRequestHandler):
    """git's own server behind a password, as a forge answers for a private repository."""

    folder: Path
    given: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, body: bytes) -> None:
        allowed = "Basic " + base64.b64encode(b"x-access-token:t0ken").decode()
        self.given.append(self.headers.get("Authorization", ""))
        if self.given[-1] != allowed:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        words = ["git", "-c", "safe.directory=*", "http-backend"]
        done = subprocess.run(words, input=body, env=environment, capture_output=True, check=True)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        self.send_response(200)
        for line in head.decode().split("\r\n"):
            name, _, value = line.partition(": ")
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("name", ["gitea", "forgejo"])
def test_a_private_repository_is_fetched_with_the_jobs_token(
    name: str, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    """The step's own words, run against a forge that shows nothing without the token."""
    tool("git")
    city = Repository(tmp_path)
    commit = city.title("改造5个小区")
    city.git("clone", "-q", "--bare", str(city.folder), str(tmp_path / "forge" / "ledger"))
    sample = yaml.safe_load((DEPLOY / "ci" / f"{name}-actions.yml").read_text(encoding="utf-8"))
    step = sample["jobs"]["check"]["steps"][0]
    forge = type("Forge", (_Forge,), {"folder": tmp_path / "forge", "given": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), forge)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    given = {"SERVER": f"http://127.0.0.1:{server.server_port}/ledger", "COMMIT": commit}
    assert set(step["env"]) == {*given, "TOKEN"}
    outcomes = []
    for token in ("t0ken", "wrong"):
        work = tmp_path / f"{name}-{token}"
        work.mkdir()
        words = ["bash", "-e", "-c", step["run"]]
        environment = {**given, "TOKEN": token, "PATH": os.environ["PATH"], "HOME": str(work)}
        environment["GIT_TERMINAL_PROMPT"] = "0"
        done = subprocess.run(words, cwd=work, env=environment, capture_output=True, check=False)
        outcomes.append(done.returncode)
        kept = b"".join(file.read_bytes() for file in work.rglob("*") if file.is_file())
        assert token.encode() not in kept + done.stdout + done.stderr
        assert base64.b64encode(f"x-access-token:{token}".encode()) not in kept
    server.shutdown()
    server.server_close()
    thread.join()
    assert outcomes[0] == 0 and outcomes[1] != 0
    assert (tmp_path / f"{name}-t0ken" / "content" / "units.yaml").exists()


@pytest.mark.parametrize("file", [*CI, *UNITS], ids=lambda file: file.name)
def test_the_calls_in_it_are_calls_that_there_are(file: Path) -> None:
    calls = CALL.findall(file.read_text(encoding="utf-8"))
    assert calls or file.suffix == ".timer"
    for call in calls:
        parser().parse_args(shlex.split(call))


def test_the_units_are_what_systemd_takes(tool: Callable[..., str]) -> None:
    words = [tool("systemd-analyze"), "verify", *map(str, UNITS)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    wrong = [line for line in done.stderr.splitlines() if "jiaozhang-" in line]
    # That the program is not installed here is no fault of the unit.
    assert [line for line in wrong if "not executable" not in line] == []


@pytest.mark.parametrize("unit", ["jiaozhang-nightly", "jiaozhang-fetch"])
def test_a_unit_may_do_little_more_than_it_does(tool: Callable[..., str], unit: str) -> None:
    """2.0 of 10 or less, by systemd's own measure of what a service could do to the machine."""
    service = DEPLOY / "systemd" / f"{unit}.service"
    words = [tool("systemd-analyze"), "security", "--offline=yes", "--threshold=20", str(service)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-300:] + done.stderr


def test_what_the_web_server_fetches_goes_live_and_a_rewritten_main_does_not(
    tmp_path: Path, tool: Callable[[str], str]
) -> None:
    """The unit's own two commands, with our folders in place of its."""
    git = tool("git")
    city = Repository(tmp_path)
    city.git("clone", "-q", "--bare", str(city.folder), str(tmp_path / "ledger.git"))
    unit = (DEPLOY / "systemd" / "jiaozhang-fetch.service").read_text(encoding="utf-8")
    program = f"{sys.executable} -m jiaozhang"
    calls = [
        line.replace("/srv/git/ledger.git", str(tmp_path / "ledger.git"))
        .replace("/srv/jiaozhang", str(city.root))
        .replace("/usr/bin/python3 /opt/jiaozhang/build.py", program)
        .replace("/usr/bin/git", git)
        for line in re.findall(r"(?m)^ExecStart=(.*)$", unit)
    ]
    assert len(calls) == 2

    def run() -> bool:
        """As systemd does: the second only if the first succeeds."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return all(
            subprocess.run(shlex.split(call), env=environment, check=False).returncode == 0
            for call in calls
        )

    second = city.title("改造5个小区")
    assert run() and city.live_commit() == second
    city.git("reset", "-q", "--hard", city.first)
    city.title("改造6个小区")
    assert not run() and city.live_commit() == second
