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
from hypothesis import given, settings
from hypothesis import strategies as st
from tornado.httputil import HTTPHeaders

from conftest import ROOT, World
from jiaozhang.server.preview import is_from_here

pytestmark = pytest.mark.slow


@pytest.fixture
def served(world: Callable[[str], World]) -> Iterator[Served]:
    folder = world("").folder
    (folder / "site.toml").rename(folder / "content" / "site.toml")
    server = Served(folder)
    yield server
    server.stop()


class Served:
    def __init__(self, folder: Path, *more: str) -> None:
        self.folder = folder
        self.port = free_port()
        words = ["serve", "--content", "content", "--port", str(self.port), *more]
        with (folder / "stderr").open("w") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "jiaozhang", *words],
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


@pytest.fixture(scope="module")
def long_served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo's intranet edition."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "content").symlink_to(ROOT / "examples" / "demo")
    server = Served(folder, "--audience", "intranet")
    yield server
    server.stop()


def raw(port: int, path: str, headers: list[tuple[str, str]]) -> bytes:
    """All that comes back within a request; a socket that is opened is closed by us."""
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers)]
    asked = "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(asked)
        answer = line.recv(65536)
        while b"101 Switching" not in answer and (part := line.recv(65536)):
            answer += part
    return answer


OURS = ("localhost", "127.0.0.1", "[::1]", "LOCALHOST")
_PORTS = st.sampled_from([":{port}", "", ":80", ":1", ":{port}0", ":0{port}", ":{port} ", ":"])
_WORD = st.from_regex(r"[a-z0-9.-]{1,12}", fullmatch=True)
_HOSTS = st.one_of(
    st.sampled_from(OURS),
    st.sampled_from(["evil.example", "localhost.evil.example", "evil-localhost", "localhost.", "0",
                     "127.0.0.1.evil.example", "127.1", "2130706433", "127.0.0.2", "[::]",
                     "::1", "[::ffff:127.0.0.1]", "user@localhost", "localhost,localhost", ""]),
    st.builds("{}.{}".format, _WORD, st.sampled_from(OURS)),
    st.builds("{}{}".format, st.sampled_from(OURS), _WORD),
)  # fmt: skip
_HOST = st.builds("{}{}".format, _HOSTS, _PORTS)
_ORIGIN = st.builds(
    "{}{}{}".format,
    st.sampled_from(["http://", "https://", "", "file://", "ws://", "null"]),
    _HOST,
    st.sampled_from(["", "/"]),
)
_SOCKET = [
    ("Upgrade", "websocket"),
    ("Connection", "Upgrade"),
    ("Sec-WebSocket-Version", "13"),
    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
]


@given(
    st.lists(_HOST, max_size=2),
    st.lists(_ORIGIN, max_size=2),
    st.sampled_from(["/", "/2025/tasks/001/", "/build.json", "/livereload.js", "/livereload"]),
    st.sampled_from(["Origin", "Sec-WebSocket-Origin"]),
)
@settings(deadline=None, max_examples=300)
def test_only_this_machines_own_pages_are_answered(
    long_served: Served, hosts: list[str], origins: list[str], path: str, name: str
) -> None:
    port = str(long_served.port)
    hosts = [host.replace("{port}", port) for host in hosts]
    origins = [origin.replace("{port}", port) for origin in origins]
    headers = [("Host", host) for host in hosts] + [(name, origin) for origin in origins]
    allowed = {f"{own}:{port}" for own in OURS}
    is_ours = len(hosts) == 1 and hosts[0].strip() in allowed
    is_ours &= {origin.strip() for origin in origins} <= {f"http://{own}" for own in allowed}
    answer = raw(long_served.port, path, headers + (_SOCKET if path == "/livereload" else []))
    if is_ours:
        assert answer[9:12] == (b"101" if path == "/livereload" else b"200"), headers
    else:
        # Two of a header that may stand once are refused by the server itself.
        assert answer[9:12] in (b"403", b"400") or answer == b"", headers
        assert b"<title>" not in answer and b"Site-Release" not in answer
        assert len(answer) < 500


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_each_of_its_names_opens_it(long_served: Served, host: str) -> None:
    port = long_served.port
    for origin in (f"http://{host}:{port}", f"http://localhost:{port}"):
        headers = [("Host", f"{host}:{port}"), ("Origin", origin)]
        assert raw(port, "/", headers)[9:12] == b"200"
        assert raw(port, "/livereload", headers + _SOCKET)[9:12] == b"101"
    page = raw(port, "/", [("Host", f"{host}:{port}")])
    # Nor may a page from elsewhere put a file of ours into itself: a shard is a script.
    assert b"Cross-Origin-Resource-Policy: same-origin" in page


def test_only_at_port_80_a_browser_leaves_the_port_out() -> None:
    plain = HTTPHeaders({"Host": "localhost", "Origin": "http://[::1]"})
    assert is_from_here(plain, 80) and not is_from_here(plain, 8000)
    assert not is_from_here(HTTPHeaders(), 80)


def test_a_stranger_is_refused_before_the_body_is_read(long_served: Served) -> None:
    head = b"POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 1000000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", long_served.port), 10) as line:
        line.sendall(head)
        assert line.recv(65536).startswith(b"HTTP/1.1 403 ")


def test_it_ends_quietly(served: Served) -> None:
    assert served.stop() in (0, 130)
    assert "Traceback" not in (served.folder / "stderr").read_text()


def test_a_port_that_is_taken_is_said(served: Served) -> None:
    words = ["serve", "--content", "content", "--port", str(served.port)]
    done = subprocess.run(
        [sys.executable, "-m", "jiaozhang", *words],
        cwd=served.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "--port" in done.stderr
