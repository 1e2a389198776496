"""Whom nginx answers: only those who call the site by its name; and what the refused are told.

A page that an office browser opens elsewhere can point its own name at the intranet's machine (DNS
rebinding). The browser then takes both for one site; only the name in `Host` tells them apart.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import http.client
import re
import socket
import ssl
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaozhang.server.nginx_config import PRIVATE_NETWORKS, Host, HostKind
from servers import (
    ERRORS,
    Releases,
    Site,
    free_port,
    hold,
    is_accepted,
    running,
    text_of,
    trusting,
)

pytestmark = pytest.mark.slow

NAMES = ("tasks.example.org", "127.0.0.1", "fd00:0::1", "Second.Example.org")
SENT = ("tasks.example.org", "127.0.0.1", "[fd00::1]", "second.example.org")
PAGE = "/2025/tasks/001/"
SECRET = b"<title>"


def host(kind: HostKind, root: Path, **more: object) -> Host:
    plain = Host(kind, str(root), str(ERRORS), NAMES, port=free_port(), ipv6=False)
    return dataclasses.replace(plain, **more)


def secured(pem: tuple[Path, Path]) -> dict[str, object]:
    return {"certificate": str(pem[0]), "key": str(pem[1])}


@pytest.fixture(scope="module")
def plain(
    nginx: str, releases: Releases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The port of a plain intranet."""
    own = host("intranet", releases.root, allow=("127.0.0.0/8",))
    main_file = hold(tmp_path_factory.mktemp("plain"), {"site": text_of(own)})
    with running(nginx, main_file, (own.port,)):
        yield own.port


def raw(port: int, asked: bytes, tls: str | None = None) -> bytes:
    """All that comes back for these bytes; `tls` is the name that the handshake names, or ""."""
    line = socket.create_connection(("127.0.0.1", port), 10)
    if tls is not None:
        line = trusting().wrap_socket(line, server_hostname=tls or None)
    answer = b""
    with line, contextlib.suppress(ConnectionResetError):
        line.sendall(asked)
        while part := line.recv(65536):
            answer += part
    return answer


def get(host_header: bytes, path: str = PAGE) -> bytes:
    return b"GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % (
        path.encode(),
        host_header,
    )


def is_called(text: str) -> bool:
    """Tell whether a header names one of the sites: the port, the case and a last dot aside.

    Behind the bracket that closes an address nginx reads nothing; no browser writes anything there.
    """
    return re.sub(r"(?<=\]).*|:[0-9]*$", "", text).removesuffix(".").lower() in SENT


_LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
_HOSTS = st.one_of(
    st.sampled_from(SENT),
    st.sampled_from(SENT).map(str.upper),
    st.builds("{}:{}".format, st.sampled_from(SENT), st.integers(1, 65535)),
    st.builds("{}.{}".format, st.sampled_from(SENT), _LABEL),
    st.builds("{}.{}".format, _LABEL, st.sampled_from(SENT)),
    st.builds("{}{}".format, _LABEL, st.sampled_from(SENT)),
    st.lists(_LABEL, min_size=1, max_size=4).map(".".join),
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map("[{}]".format),
    st.sampled_from(
        ["", "_", "localhost", "intranet.invalid", "*", "*.example.org", "0", "2130706433"]
    ),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=20),
)


@given(_HOSTS)
@settings(deadline=None, max_examples=300)
def test_only_who_names_the_site_is_answered(plain: int, text: str) -> None:
    answer = raw(plain, get(text.encode()))
    if is_called(text):
        assert answer.startswith(b"HTTP/1.1 200 ") and SECRET in answer
    else:
        # Nothing, or what nginx itself says of a header that is none.
        assert answer == b"" or answer.startswith(b"HTTP/1.1 400 "), text
        assert b"Site-Release" not in answer


@pytest.mark.parametrize(
    "asked",
    [b"GET / HTTP/1.0\r\n\r\n", b"GET /\r\n", b"GET / HTTP/1.1\r\n\r\n",
     b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
     get(b"evil.example") + get(b"evil.example"),
     b"GET / HTTP/1.1\r\nHost: evil.example\r\nHost: tasks.example.org\r\n\r\n"],
)  # fmt: skip
def test_who_names_no_site_is_hung_up_on(plain: int, asked: bytes) -> None:
    answer = raw(plain, asked)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")
    assert SECRET + "示例".encode() not in answer


def test_every_socket_has_a_server_before_ours_that_hangs_up(tmp_path: Path) -> None:
    """So it is for both versions of the address, and for the door to TLS."""
    for more in ({}, {"redirect_port": 8080, "certificate": "/c", "key": "/k"}):
        kind: HostKind = "public" if more else "intranet"
        text = text_of(host(kind, tmp_path, ipv6=True, **more))
        first, *others = re.split(r"(?m)^server \{", text)[1:]
        assert "return 444;" in first and "location" not in first
        sockets = {tuple(found) for found in re.findall(r"listen ((?:\[::\]:)?\d+)(.*);", first)}
        for other in others:
            assert set(re.findall(r"listen ((?:\[::\]:)?\d+)(.*);", other)) <= sockets
        assert len(sockets) == (4 if more else 2)


def test_two_files_share_a_port_and_each_keeps_to_its_names(
    nginx: str, tmp_path: Path, releases: Releases, pem: tuple[Path, Path]
) -> None:
    shared = free_port()
    inside = host("intranet", releases.root, names=("in.example.org",), port=shared,
                  allow=("127.0.0.0/8",))  # fmt: skip
    outside = host("public", releases.root, names=("out.example.org",), redirect_port=shared,
                   **secured(pem))  # fmt: skip
    main_file = hold(tmp_path, {"a": text_of(inside), "b": text_of(outside)})
    assert is_accepted(nginx, main_file) == ""
    with running(nginx, main_file, (shared, outside.port)):
        assert raw(shared, get(b"in.example.org")).startswith(b"HTTP/1.1 200 ")
        assert raw(shared, get(b"out.example.org")).startswith(b"HTTP/1.1 301 ")
        assert raw(shared, get(b"evil.example")) == b""


def test_with_tls_the_name_in_the_handshake_does_not_do(
    nginx: str, tmp_path: Path, releases: Releases, pem: tuple[Path, Path]
) -> None:
    own = host("intranet-tls", releases.root, names=("in.example.org",), **secured(pem))
    with running(nginx, hold(tmp_path, {"site": text_of(own)}), (own.port,)):
        assert raw(own.port, get(b"in.example.org"), "in.example.org").startswith(b"HTTP/1.1 200 ")
        assert raw(own.port, get(b"evil.example"), "in.example.org") == b""
        for name in ("evil.example", ""):  # not even the certificate is shown
            with pytest.raises(ssl.SSLError):
                raw(own.port, get(b"in.example.org"), name)
        assert b"200" not in raw(own.port, get(b"in.example.org"))[:20]


def test_a_site_named_by_its_address_can_be_called_by_it_with_tls(
    nginx: str, tmp_path: Path, releases: Releases, pem: tuple[Path, Path]
) -> None:
    own = host("intranet-tls", releases.root, names=("127.0.0.1",), **secured(pem))
    with running(nginx, hold(tmp_path, {"site": text_of(own)}), (own.port,)):
        assert raw(own.port, get(b"127.0.0.1"), "").startswith(b"HTTP/1.1 200 ")
        assert raw(own.port, get(b"evil.example"), "") == b""


@pytest.mark.parametrize("names", [("localhost",), ("127.0.0.1",)])
def test_only_new_versions_of_tls_are_spoken(
    nginx: str, tmp_path: Path, releases: Releases, pem: tuple[Path, Path], names: tuple[str, ...]
) -> None:
    """nginx takes them from the first server of a socket, which is the one that hangs up."""
    own = host("intranet-tls", releases.root, names=names, **secured(pem))
    with running(nginx, hold(tmp_path, {"site": text_of(own)}), (own.port,)):
        spoken = {name for name in _VERSIONS if _speaks(own.port, names[0], name)}
    assert spoken == {"TLSv1_2", "TLSv1_3"}


_VERSIONS = ("TLSv1", "TLSv1_1", "TLSv1_2", "TLSv1_3")


def _speaks(port: int, name: str, version: str) -> bool:
    context = trusting()
    context.set_ciphers("ALL:@SECLEVEL=0")
    line = socket.create_connection(("127.0.0.1", port), 10)
    with warnings.catch_warnings(), line:
        warnings.simplefilter("ignore")  # it is deprecated, which is what is asked about
        context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
        try:
            with context.wrap_socket(line, server_hostname=name) as spoken:
                return spoken.version() == version.replace("_", ".")
        except (ssl.SSLError, ConnectionError):
            return False


def test_no_compressed_twin_has_an_address(plain: int, releases: Releases) -> None:
    folder = releases.root / "current/intranet"
    twins = [path.relative_to(folder).as_posix() for path in folder.rglob("*.gz")]
    assert any(path.startswith("assets/") for path in twins)
    own = folder / "assets" / "own.css.br"
    own.write_bytes(b"packed")
    (folder / "assets" / ".hidden").write_bytes(b"packed")
    line = http.client.HTTPConnection("127.0.0.1", plain)
    with contextlib.closing(line):
        for path in (*twins, "assets/own.css.br", "assets/.hidden"):
            for spelled in (path, f"{path[:-2]}%{ord(path[-2]):02x}{path[-1]}"):
                line.request("GET", f"/{spelled}", headers={"Accept-Encoding": "gzip"})
                answer = line.getresponse()
                body = answer.read()
                assert answer.status == 404 and body != b"packed", spelled
    assert raw(plain, get(b"127.0.0.1", "/" + twins[0].removesuffix(".gz")))[9:12] == b"200"


def test_who_is_refused_is_not_told_what_is_live(
    nginx: str, tmp_path: Path, releases: Releases, pem: tuple[Path, Path]
) -> None:
    """By network or by password, by any path and method, and by what nginx answers of itself."""
    (tmp_path / "htpasswd").write_text("zhang:{PLAIN}mimi\n")
    own = host("intranet-tls", releases.root, names=("localhost",), allow=("127.0.0.1/32",),
               auth_basic=str(tmp_path / "htpasswd"), **secured(pem))  # fmt: skip
    key = "Basic " + base64.b64encode(b"zhang:mimi").decode()
    with running(nginx, hold(tmp_path, {"site": text_of(own)}), (own.port,)):
        site = Site(own.port, True, tmp_path)
        assert site.ask(PAGE, Authorization=key)["Site-Release"] == "1-000000000001"
        seen = set()
        for path in (
            "/",
            PAGE,
            "/2025",
            "/nothing",
            "/.x",
            "/404.html",
            "/assets/x.css.gz",
            "/-error/error.css",
            "/-error/nothing",
            "/build.json",
            "/" + "x" * 8500,
        ):
            for method in ("GET", "HEAD", "POST", "DELETE", "TRACE", "OPTIONS"):
                for more in ({"source": "127.0.0.2"}, {}, {"X_Long": "y" * 8500}):
                    answer = site.ask(path, method=method, **more)
                    seen.add(answer.status)
                    assert answer["Site-Release"] == "", (path, method, answer.status)
        assert {401, 403, 200, 400, 414, 405} <= seen
        large = site.ask(PAGE, method="POST", Content_Length=str(2**31))
        assert (large.status, large["Site-Release"]) == (413, "")


def test_when_the_program_that_decides_is_down_nothing_is_told(
    nginx: str, tmp_path: Path, releases: Releases
) -> None:
    own = host("intranet", releases.root, names=("localhost",), allow=PRIVATE_NETWORKS,
               auth_request=f"http://127.0.0.1:{free_port()}/check")  # fmt: skip
    with running(nginx, hold(tmp_path, {"site": text_of(own)}), (own.port,)):
        answer = Site(own.port, False, tmp_path).ask(PAGE)
        assert (answer.status, answer["Site-Release"]) == (500, "")
