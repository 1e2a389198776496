"""`serve`: the site of today's files, with the production headers, renewed on every save."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path

import pytest

from conftest import ROOT, World


@pytest.fixture
def served(world: Callable[[str], World]) -> Iterator[Served]:
    folder = world("").folder
    (folder / "site.toml").rename(folder / "content" / "site.toml")
    server = Served(folder)
    yield server
    server.stop()


class Served:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        words = ["serve", "--content", "content", "--port", str(self.port)]
        with (folder / "stderr").open("w") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "portal", *words],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )
        assert self.process.stdout
        self.greeting = self.process.stdout.readline()

    def get(self, path: str) -> tuple[int, Message, str]:
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=10) as got:
                return got.status, got.headers, got.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    def wait_for(self, path: str, words: str) -> bool:
        end = time.monotonic() + 15
        while time.monotonic() < end:
            if words in self.get(path)[2]:
                return True
            time.sleep(0.2)
        return False

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(10)
        if self.process.stdout:
            self.process.stdout.close()
        return code


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_says_where_and_serves_with_the_production_headers(served: Served) -> None:
    assert f"http://localhost:{served.port}/" in served.greeting
    status, headers, body = served.get("/2025/tasks/001/")
    assert status == 200
    assert "新建3个实验室" in body
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "connect-src 'self' ws:" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert re.fullmatch("[0-9a-f]{16}", headers["Site-Release"])
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_live_reload_is_a_script_file(served: Served) -> None:
    body = served.get("/")[2]
    assert '<script src="/livereload.js" defer></script>' in body
    assert re.findall(r"<script(?! src=)", body) == []
    status, headers, script = served.get("/livereload.js")
    assert status == 200
    assert "javascript" in headers["Content-Type"]
    assert "WebSocket" in script


def test_a_page_that_is_not_there_is_the_sites_own_404(served: Served) -> None:
    for path in ("/none/", "/../../etc/passwd", "/2025/tasks/001/%2e%2e/%2e%2e/x"):
        status, _, body = served.get(path)
        assert status == 404
        assert "没有这一页" in body


def test_an_address_without_its_last_slash_is_mended(served: Served) -> None:
    assert "新建3个实验室" in served.get("/2025/tasks/001")[2]


def test_a_saved_file_is_on_the_page_and_a_broken_one_leaves_the_page(served: Served) -> None:
    task = served.folder / "content" / "2025" / "tasks" / "001.yaml"
    text = task.read_text()
    before = served.get("/")[1]["Site-Release"]
    task.write_text(text.replace("title: 新建3个实验室", "title: 改过的标题"))
    assert served.wait_for("/2025/tasks/001/", "改过的标题")
    assert served.get("/")[1]["Site-Release"] != before
    task.write_text(text.replace("title:", "titel:"))
    end = time.monotonic() + 15
    while "unknown-key" not in (served.folder / "stderr").read_text():
        assert time.monotonic() < end
        time.sleep(0.2)
    assert "改过的标题" in served.get("/2025/tasks/001/")[2]


def test_it_ends_quietly(served: Served) -> None:
    assert served.stop() in (0, 130)
    assert "Traceback" not in (served.folder / "stderr").read_text()


def test_a_port_that_is_taken_is_said(served: Served) -> None:
    words = ["serve", "--content", "content", "--port", str(served.port)]
    done = subprocess.run(
        [sys.executable, "-m", "portal", *words],
        cwd=served.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "--port" in done.stderr
