"""nginx, real and on loopback, with the configuration that `nginx` writes."""

from __future__ import annotations

import base64
import dataclasses
import ipaddress
import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import observatory
from conftest import ROOT, World
from jiaozhang.cli.arguments import parser
from jiaozhang.cli.main import main
from jiaozhang.server.nginx_config import KINDS, POLICY, PRIVATE_NETWORKS, Host, HostKind, refusals
from servers import (
    BROTLI,
    ERRORS,
    TEMPLATE,
    Answer,
    Files,
    Releases,
    Site,
    free_port,
    hold,
    is_accepted,
    packed,
    running,
    text_of,
    version_of,
)

pytestmark = pytest.mark.slow

SAMPLE = Host(kind="public", root="/srv/jiaozhang", errors="/opt/jiaozhang/deploy/nginx/errors")
_TLS = {"certificate": "/etc/ssl/jiaozhang/chain.pem", "key": "/etc/ssl/jiaozhang/key.pem"}
# What stands in deploy/nginx/ for people to read. `--accept` writes it anew.
SAMPLES: dict[HostKind, Host] = {
    "public": dataclasses.replace(
        SAMPLE, names=("www.example.org",), port=443, redirect_port=80, **_TLS
    ),
    "intranet": dataclasses.replace(
        SAMPLE, kind="intranet", names=("tasks.example.org",), allow=PRIVATE_NETWORKS
    ),
    "intranet-tls": dataclasses.replace(
        SAMPLE,
        kind="intranet-tls",
        names=("tasks.example.org",),
        port=443,
        allow=("10.1.0.0/16",),
        auth_basic="/etc/nginx/jiaozhang.htpasswd",
        **_TLS,
    ),
}
PAGE = "/2025/tasks/001/"
SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_samples_are_what_the_command_writes(
    kind: HostKind, golden: Callable[[Path, str], None]
) -> None:
    golden(TEMPLATE.with_name(f"{kind}.conf"), text_of(SAMPLES[kind]))


def test_the_command_takes_name_and_path_from_the_sites_own_address(
    world: Callable[[str], World], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world(
        '-- content/site.toml --\nname = "示例"\nstanding = "unofficial"\n'
        'base_url = "https://www.example.org/zdgz"\n'
    )
    words = ["nginx", "--root", "/srv/jiaozhang", "--kind", "public"]
    words += ["--content", str(tmp_path / "content")]
    words += ["--certificate", "/etc/c.pem", "--key", "/etc/k.pem"]
    assert main(words) == 0
    text = capsys.readouterr().out
    assert "server_name www.example.org;" in text
    assert "location /zdgz/ {" in text
    out = tmp_path / "site.conf"
    assert main([*words, "--out", str(out), "--server-name", "a.example.org"]) == 0
    assert "server_name a.example.org;" in out.read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--kind", "public"], "the public site needs a host name"),
        (["--kind", "intranet-tls"], "TLS needs a certificate"),
        (["--kind", "intranet"], "the intranet site needs its names"),
        (["--kind", "intranet-tls"], "the intranet site needs its names"),
        (["--kind", "intranet", "--server-name", "*.example.org"], "is a wildcard name"),
        (["--kind", "intranet", "--allow", "10.0.0.1/8"], "“10.0.0.1/8” is not a network"),
        (["--kind", "intranet", "--allow", "0.0.0.0/0"], "“0.0.0.0/0” covers the whole internet"),
        (["--kind", "intranet", "--server-name", "a;b"], "“a;b” cannot be used in"),
        (["--kind", "intranet", "--auth-basic", "/a $b"], "“/a $b” cannot be used in"),
        (["--kind", "intranet", "--auth-request", "http://x/;"], "“http://x/;” cannot be used in"),
        (["--kind", "intranet", "--path", "/a{/"], "“/a{/” cannot be used in"),
    ],
)
def test_what_nginx_would_misread_is_refused(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    call = ["nginx", "--root", "/srv/jiaozhang", "--lang", "en", "--content", str(tmp_path)]
    assert main([*call, *words]) == 2
    assert said in capsys.readouterr().err


ASKED = Host("intranet", "/srv/jiaozhang", "/opt/errors", ("a.example.org",), allow=("10.0.0.0/8",))


def refused(**more: object) -> set[str]:
    return {what for what, _ in refusals(dataclasses.replace(ASKED, **more))}


@given(
    st.sampled_from(["/..", "/../", "/a/../b", "/a/..", "/./", "/a/.", "/srv/%2e%2e/x", "/%2E./"])
)
@settings(deadline=None)
def test_no_path_leads_upwards(path: str) -> None:
    assert refused() == set()
    for field in ("root", "errors", "auth_basic", "certificate", "key"):
        assert refused(**{field: path}) == {"nginx-word"}, field
        assert refused(**{field: f"/srv{path}"}) == {"nginx-word"}, field
    assert refused(path=f"{path}/".replace("//", "/")) == {"nginx-word"}
    assert refused(auth_request=f"http://127.0.0.1:9{path}") == {"nginx-word"}


@given(st.ip_addresses(v=6), st.text(max_size=8))
@settings(deadline=None)
def test_no_address_has_a_zone(address: ipaddress.IPv6Address, zone: str) -> None:
    """`ip_address` takes any text for a zone, so also one that would end the directive."""
    scoped = f"{address}%{zone}"
    for name in (scoped, f"[{scoped}]"):
        assert refused(names=(name,)) == {"nginx-word"}
        assert refused(names=("a.example.org", name)) == {"nginx-word"}
    assert refused(allow=("10.0.0.0/8", scoped)) == {"nginx-network"}
    assert refused(allow=(f"{scoped}/128",)) == {"nginx-network"}
    assert refused(auth_request=f"http://[{scoped}]/check") == {"nginx-word"}


@given(st.data(), st.sampled_from(["0.0.0.0/0", "::/0", "2000::/3"]))
@settings(deadline=None)
def test_an_allow_list_never_holds_the_whole_world(data: st.DataObject, world: str) -> None:
    """The world, cut into pieces anyhow, is the world; with a piece of it missing it is none."""
    pieces = [ipaddress.ip_network(world)]
    for _ in range(data.draw(st.integers(0, 8))):
        cut = data.draw(st.sampled_from(pieces))
        pieces = [piece for piece in pieces if piece != cut] + list(cut.subnets())
    networks = tuple(map(str, data.draw(st.permutations(pieces))))
    assert refused(allow=("10.0.0.0/8", *networks)) == {"nginx-everybody"}
    hole = ipaddress.ip_network("8.8.0.0/16" if "." in world else "2606::/16")
    rest = [
        part
        for piece in pieces
        for part in (piece.address_exclude(hole) if hole.subnet_of(piece) else [piece])
        if not part.subnet_of(hole)
    ]
    assert refused(allow=tuple(map(str, rest))) == set()


@given(st.ip_addresses())
@settings(deadline=None)
def test_an_address_is_a_name_as_browsers_write_it(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    written = f"[{address.compressed}]" if address.version == 6 else str(address)
    for name in {str(address), address.exploded, address.exploded.upper()}:
        own = dataclasses.replace(ASKED, names=(name,))
        assert list(refusals(own)) == []
        assert own.served_names == (written,)
    assert refused(names=(f"{address}/8",)) == {"nginx-word"}


@pytest.mark.parametrize(
    "name",
    [
        "10.1",
        "127.0.0.1.2",
        "0x7f.1",
        "a.0x10",
        "256.1.1.1",
        "",
        "a b",
        "_",
        "~^.*$",
        "*",
        "a.*",
        "*.",
        ".example.org",
        "a..b",
        "[a.org]",
    ],
)
def test_what_is_neither_name_nor_address_is_refused(name: str) -> None:
    assert refused(names=(name,)) == {"nginx-word"}


GOOD_WORDS = {
    "root": "/a",
    "auth_basic": "/a",
    "certificate": "/a",
    "key": "/a",
    "path": "/a/",
    "auth_request": "http://x/a",
    "names": "a",
}


@pytest.mark.parametrize("char", list(" \t\n;{}$\"'\\#"))
@pytest.mark.parametrize(("field", "good"), GOOD_WORDS.items())
def test_no_word_may_hold_what_ends_or_opens_something(field: str, good: str, char: str) -> None:
    def host(word: str) -> Host:
        value = (word,) if field == "names" else word
        return dataclasses.replace(ASKED, **{field: value})

    bad = good.replace("a", f"a{char}b", 1)
    assert list(refusals(host(good))) == []
    assert list(refusals(host(bad))) == [("nginx-word", bad)]


@pytest.mark.parametrize("guide", ["operating-nginx.md", "运维指南-nginx.md"])
def test_the_guides_name_every_option_and_lead_somewhere(guide: str) -> None:
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    verbs = next(action for action in parser()._actions if action.dest == "verb")
    for action in verbs.choices["nginx"]._actions:
        for option in action.option_strings:
            assert option in text or option in ("-h", "--help", "--lang"), option
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / "docs" / target).exists(), target


def host(kind: HostKind, root: Path, **more: object) -> Host:
    """A host on a high port that listens on IPv4 alone."""
    plain = Host(kind, str(root), str(ERRORS), ("localhost",), port=free_port(), ipv6=False)
    return dataclasses.replace(plain, **more)


def secured(pem: tuple[Path, Path]) -> dict[str, object]:
    return {"certificate": str(pem[0]), "key": str(pem[1])}


@pytest.fixture(scope="module")
def public(
    nginx: str,
    releases: Releases,
    pem: tuple[Path, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Site, Site]]:
    """The public site, and the door that only leads to it."""
    door = free_port()
    own = host("public", releases.root, redirect_port=door, **secured(pem))
    main_file = hold(tmp_path_factory.mktemp("public"), {"site": text_of(own)})
    with running(nginx, main_file, (own.port, door)):
        yield Site(own.port, True, releases.root), Site(door, False, releases.root)


@pytest.fixture(scope="module")
def intranet(
    nginx: str, releases: Releases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    own = host("intranet", releases.root, allow=("127.0.0.1/32",))
    main_file = hold(tmp_path_factory.mktemp("intranet"), {"site": text_of(own)})
    with running(nginx, main_file, (own.port,)):
        yield Site(own.port, False, releases.root)


def variants(root: Path, pem: tuple[Path, Path]) -> dict[str, Host]:
    tls = secured(pem)
    password = root / "htpasswd"
    password.write_text("")
    return {
        "public": host("public", root, names=("a.example.org",), redirect_port=free_port(), **tls),
        "intranet": host("intranet", root, allow=PRIVATE_NETWORKS),
        "intranet-tls": host("intranet-tls", root, allow=("10.0.0.0/8", "fc00::/7"), **tls),
        "ipv6": host("intranet", root, ipv6=has_ipv6()),
        "below": host("intranet", root, path="/a.b/zdgz/"),
        "basic": host("intranet-tls", root, auth_basic=str(password), **tls),
        "asked": host("intranet", root, auth_request="http://127.0.0.1:9/check"),
        "several": host("public", root, names=("a.org", "*.b.org"), path="/x/", **tls),
    }


def has_ipv6() -> bool:
    """Not every container can bind what a sample listens on."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def test_nginx_accepts_every_variant(nginx: str, tmp_path: Path, pem: tuple[Path, Path]) -> None:
    for name, own in variants(tmp_path, pem).items():
        assert is_accepted(nginx, hold(tmp_path / name, {"site": text_of(own)})) == "", name


def test_nginx_accepts_all_three_beside_each_other(
    nginx: str, tmp_path: Path, pem: tuple[Path, Path]
) -> None:
    confs = {name: text_of(own) for name, own in variants(tmp_path, pem).items() if name in KINDS}
    assert is_accepted(nginx, hold(tmp_path, confs)) == ""


# gixy's advice that is declined: it wants open_file_cache on, and pages would be stale then.
DECLINED = {"try_files_is_evil_too"}


def test_gixy_finds_nothing_but_what_is_declined(tmp_path: Path, pem: tuple[Path, Path]) -> None:
    for own in variants(tmp_path, pem).values():
        assert gixy(tmp_path, text_of(own)) <= DECLINED, own
    careless = text_of(SAMPLES["intranet"]).replace("^~ /-error/ {", "^~ /-error {")
    assert "alias_traversal" in gixy(tmp_path, careless)


def gixy(folder: Path, text: str) -> set[str]:
    """The names of the rules that a configuration breaks, whatever their weight."""
    file = folder / "checked.conf"
    file.write_text(text, encoding="utf-8")
    words = [Path(sys.executable).with_name("gixy"), "-f", "json", file]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return {fault["plugin"] for fault in json.loads(done.stdout)}


def test_a_page_comes_with_every_header(public: tuple[Site, Site], files: dict[str, Files]) -> None:
    page = public[0].ask(PAGE)
    assert page.status == 200
    assert page.body == files["public"]["2025/tasks/001/index.html"]
    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert page["Cache-Control"] == "no-cache"
    assert page["Site-Release"] == version_of(files["public"])
    assert page["Server"] == "nginx"
    is_strict(page.headers)
    assert page["Strict-Transport-Security"] == "max-age=31536000"
    assert page["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert page["X-Robots-Tag"] == ""


def is_strict(headers: HTTPMessage) -> None:
    """Every one of the strict headers, each exactly once."""
    for name, value in SECURITY.items():
        assert headers.get_all(name) == [value]


def test_the_observatory_gives_the_public_site_its_best_grade(public: tuple[Site, Site]) -> None:
    site, door = public
    for path in ("/", PAGE, "/about/", "/nothing/"):
        found = list(observatory.results(site.ask(path), door.ask(path), "localhost"))
        assert len(found) == 12
        assert observatory.score(found) == 140, found
    # And the grader can be displeased: a page without TLS and headers, as any server sends it.
    bare = Answer(200, HTTPMessage(), b"")
    assert observatory.score(list(observatory.results(bare, bare, "localhost"))) == 10


def asset(files: Files, suffix: str) -> str:
    return next(f"/{path}" for path in files if path.startswith("assets/") and suffix in path)


def test_errors_and_redirects_carry_the_headers_too(
    public: tuple[Site, Site], files: dict[str, Files]
) -> None:
    site = public[0]
    etag = site.ask(PAGE)["ETag"]
    answers = {
        304: site.ask(PAGE, If_None_Match=etag),
        301: site.ask("/2025/tasks"),
        404: site.ask("/nothing/"),
        403: site.ask(PAGE, method="DELETE"),
        206: site.ask(asset(files["public"], ".css"), Range="bytes=0-9"),
    }
    for status, answer in answers.items():
        assert answer.status == status
        is_strict(answer.headers)
        assert answer["Strict-Transport-Security"]
        # What is the same in every release names none, and who is refused is told of none.
        told = "" if status in (206, 403) else version_of(files["public"])
        assert answer["Site-Release"] == told
        assert (answer["Cache-Control"] == "no-store") == (status >= 400)
    assert answers[301]["Location"] == "/2025/tasks/"
    assert answers[304].body == b""


def test_the_own_error_pages_are_shown(public: tuple[Site, Site], files: dict[str, Files]) -> None:
    site = public[0]
    assert site.ask("/nothing/").body == files["public"]["404.html"]
    assert site.ask("/assets/nothing.css").body == files["public"]["404.html"]
    assert site.ask("/404.html").status == 404
    refused = site.ask(PAGE, method="POST")
    assert (refused.status, refused.body) == (403, (ERRORS / "403.html").read_bytes())
    assert site.ask("/-error/error.css")["Content-Type"] == "text/css; charset=utf-8"
    assert site.ask("/-error/").status == 404


def test_before_the_first_publish_nothing_is_shown_and_nothing_leaks(
    nginx: str, tmp_path: Path
) -> None:
    own = host("intranet", tmp_path / "root", allow=("127.0.0.1/32",))
    with running(nginx, hold(tmp_path, {"site": text_of(own)}), (own.port,)):
        site = Site(own.port, False, tmp_path)
        assert site.ask("/").status == 404
        assert site.ask("/", source="127.0.0.2").status == 403


@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/.htaccess", "/2025/.new-x", "/.well-known/x", "/index.html.gz",
     "/2025/tasks/001/index.html.br", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
     "/-error/../../nginx.conf", "/-error../site.conf.j2", "/intranet/", "/public/index.html",
     "/releases/1-000000000001/public/index.html"],
)  # fmt: skip
def test_what_is_no_page_is_not_there(public: tuple[Site, Site], path: str) -> None:
    root = public[0].root / "current" / "public"
    for hidden in (".htaccess", "2025/.new-x", ".well-known/x"):
        (root / hidden).parent.mkdir(exist_ok=True)
        (root / hidden).write_text("secret")
    answer = public[0].ask(path)
    assert answer.status in (400, 404)
    assert b"secret" not in answer.body


def test_no_folder_is_listed(public: tuple[Site, Site]) -> None:
    for folder in ("/assets/", "/-error/", "//assets//"):
        answer = public[0].ask(folder)
        assert answer.status == 404
        assert b"site." not in answer.body.split(b"<main", 1)[-1]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
def test_only_reading_is_answered(public: tuple[Site, Site], method: str) -> None:
    site = public[0]
    for path in (PAGE, "/2025/updates/feed.xml", "/-error/403.html"):
        assert site.ask(path, method=method).status == 403
        head = site.ask(path, method="HEAD")
        assert (head.status, head.body) == (200, b"")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/2025/updates/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/2025/deadlines/deadlines.ics", "text/calendar; charset=utf-8"),
        ("/2025/data/tasks.csv", "text/csv; charset=utf-8"),
        ("/2025/data/tasks.json", "application/json; charset=utf-8"),
        ("/build.json", "application/json; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/llms.txt", "text/plain; charset=utf-8"),
        ("/2025/tasks/001/index.md", "text/markdown; charset=utf-8"),
        (".png", "image/png"),
        (".css", "text/css; charset=utf-8"),
        (".js", "text/javascript; charset=utf-8"),
        (".svg", "image/svg+xml; charset=utf-8"),
        (
            "/2025/data/tasks.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_each_kind_of_file_has_its_type(
    public: tuple[Site, Site], files: dict[str, Files], path: str, kind: str
) -> None:
    answer = public[0].ask(path if path.startswith("/") else asset(files["public"], path))
    assert (answer.status, answer["Content-Type"]) == (200, kind)


def test_every_kind_of_file_that_a_site_has_is_known(files: dict[str, Files]) -> None:
    known = set(re.findall(r"\b(\w+)(?=[ ;])", TEMPLATE.read_text().split("types {")[1]))
    suffixes = {Path(path).suffix[1:] for own in files.values() for path in own}
    suffixes |= {"jpg", "png", "webp", "pdf"}  # attachments
    assert suffixes <= known


def test_what_was_compressed_beforehand_is_sent(
    public: tuple[Site, Site], files: dict[str, Files]
) -> None:
    site = public[0]
    for path in (PAGE, asset(files["public"], ".css"), "/2025/updates/feed.xml", "/nothing/"):
        plain, small = site.ask(path), site.ask(path, Accept_Encoding="br, gzip")
        assert small["Content-Encoding"] == "gzip" and not plain["Content-Encoding"]
        assert small.body == packed(plain.body)
        assert small["Vary"] == plain["Vary"] == "Accept-Encoding"
        assert small["Content-Type"] == plain["Content-Type"]
        assert small["Cache-Control"] == plain["Cache-Control"]
    proxied = site.ask(PAGE, Accept_Encoding="gzip", Via="1.1 proxy")
    assert proxied["Content-Encoding"] == "gzip"


def test_brotli_is_preferred_where_it_was_made(
    nginx: str, tmp_path: Path, files: dict[str, Files], pytestconfig: pytest.Config
) -> None:
    if not BROTLI.exists():
        # Optional for an operator, but not for those who try it.
        lacking = pytest.fail if pytestconfig.getoption("--all-tools") else pytest.skip
        lacking("nginx has no brotli_static module")
    releases = Releases(tmp_path / "root")
    releases.switch(releases.place(files))
    twin = tmp_path / "root/current/intranet/2025/tasks/001/index.html.br"
    twin.write_bytes(b"as if packed")
    own = host("intranet", tmp_path / "root", brotli=True)
    with running(nginx, hold(tmp_path, {"site": text_of(own)}, brotli=True), (own.port,)):
        site = Site(own.port, False, tmp_path)
        page = site.ask(PAGE, Accept_Encoding="gzip, br")
        assert (page["Content-Encoding"], page.body) == ("br", b"as if packed")
        assert site.ask(PAGE, Accept_Encoding="gzip")["Content-Encoding"] == "gzip"
        assert site.ask("/", Accept_Encoding="gzip, br")["Content-Encoding"] == "gzip"


def test_what_has_its_digest_in_its_name_is_kept_for_ever(
    public: tuple[Site, Site], intranet: Site, files: dict[str, Files]
) -> None:
    style = asset(files["public"], ".css")
    site = public[0]
    assert site.ask(style)["Cache-Control"] == "public, max-age=31536000, immutable"
    again = site.ask(style, If_None_Match=site.ask(style)["ETag"])
    assert (again.status, again["Cache-Control"]) == (304, "public, max-age=31536000, immutable")
    assert intranet.ask(style)["Cache-Control"] == "private, max-age=31536000, immutable"
    gone = site.ask("/assets/site.0123456789.css")
    assert (gone.status, gone["Cache-Control"]) == (404, "no-store")
    for path in ("/assets/", "/2025/data/tasks.csv", "/2025/updates/feed.xml", "/2025"):
        assert "immutable" not in site.ask(path)["Cache-Control"]


def test_a_part_of_a_file_can_be_asked_for(public: tuple[Site, Site]) -> None:
    path = "/2025/data/tasks.csv"
    whole, part = public[0].ask(path), public[0].ask(path, Range="bytes=10-19")
    assert (part.status, part.body) == (206, whole.body[10:20])
    assert part["Content-Range"] == f"bytes 10-19/{len(whole.body)}"
    assert public[0].ask(path, Range="bytes=99999999-").status == 416


def test_plain_http_leads_to_the_same_address_with_tls(public: tuple[Site, Site]) -> None:
    site, door = public
    for path in ("/", "/2025/tasks/?unit=a&sort=b", "/.env"):
        answer = door.ask(path)
        assert answer.status == 301
        assert answer["Location"] == f"https://localhost:{site.port}{path}"
        assert answer["Strict-Transport-Security"] == ""


def test_the_intranet_is_for_nobody_else(intranet: Site, files: dict[str, Files]) -> None:
    page = intranet.ask(PAGE)
    assert page.body == files["intranet"]["2025/tasks/001/index.html"]
    assert page["Cache-Control"] == "private, no-cache"
    assert page["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert page["Referrer-Policy"] == "same-origin"
    is_strict(page.headers)
    # What browsers refuse or mock without TLS.
    assert page["Strict-Transport-Security"] == page["Cross-Origin-Opener-Policy"] == ""
    assert "upgrade-insecure-requests" not in page["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    ["/", PAGE, "/2025", "/assets/", "/nothing/", "/.git/config", "/404.html", "/build.json",
     "/2025/updates/feed.xml", "/index.html.gz", "/robots.txt", "/-auth"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
def test_from_another_network_everything_is_refused_alike(
    intranet: Site, path: str, method: str
) -> None:
    answer = intranet.ask(path, source="127.0.0.2", method=method)
    assert answer.status == 403
    assert answer["Location"] == ""
    own = (ERRORS / "403.html").read_bytes()
    assert answer.body in (b"", own) or b"<h1>403 Forbidden</h1>" in answer.body


def test_a_refused_visitor_reads_why(intranet: Site) -> None:
    refused = intranet.ask(PAGE, source="127.0.0.2")
    assert refused.body == (ERRORS / "403.html").read_bytes()
    is_strict(refused.headers)
    assert intranet.ask("/-error/error.css", source="127.0.0.2").status == 200


def test_below_a_path_the_site_is_whole(
    nginx: str, tmp_path: Path, files: dict[str, Files]
) -> None:
    releases = Releases(tmp_path / "root")
    releases.switch(releases.place(files))
    own = host("intranet", tmp_path / "root", path="/a.b/zdgz/", allow=("127.0.0.1/32",))
    with running(nginx, hold(tmp_path, {"site": text_of(own)}), (own.port,)):
        site = Site(own.port, False, tmp_path)
        below = "/a.b/zdgz"
        assert site.ask(f"{below}/").body == files["intranet"]["index.html"]
        assert site.ask(below)["Location"] == f"{below}/"
        assert site.ask(f"{below}/2025")["Location"] == f"{below}/2025/"
        feed = site.ask(f"{below}/2025/updates/feed.xml")
        assert (feed.status, feed["Content-Type"][:20]) == (200, "application/atom+xml")
        assert "immutable" in site.ask(below + asset(files["intranet"], ".css"))["Cache-Control"]
        for path in ("/", "/2025/", "/axb/zdgz/", f"{below}/nothing", f"{below}x", "/index.html"):
            lost = site.ask(path)
            assert (lost.status, lost.body) == (404, files["intranet"]["404.html"])
        for path in (below, f"{below}/", "/", f"{below}/2025"):
            assert site.ask(path, source="127.0.0.2").status == 403


def test_a_password_opens(
    nginx: str, tmp_path: Path, releases: Releases, pem: tuple[Path, Path]
) -> None:
    (tmp_path / "htpasswd").write_text("zhang:{PLAIN}mimi\n")
    own = host(
        "intranet-tls",
        releases.root,
        allow=("127.0.0.1/32",),
        auth_basic=str(tmp_path / "htpasswd"),
        **secured(pem),
    )
    with running(nginx, hold(tmp_path, {"site": text_of(own)}), (own.port,)):
        site = Site(own.port, True, tmp_path)
        key = "Basic " + base64.b64encode(b"zhang:mimi").decode()
        for path in (PAGE, "/", "/nothing/", "/.x", "/assets/"):
            closed = site.ask(path)
            assert (closed.status, closed["Cache-Control"]) == (401, "no-store")
            assert closed["WWW-Authenticate"] == 'Basic realm="intranet"'
            is_strict(closed.headers)
        opened = site.ask(PAGE, Authorization=key)
        assert opened.status == 200
        assert opened["Strict-Transport-Security"] == "max-age=31536000"
        assert site.ask(PAGE, source="127.0.0.2", Authorization=key).status == 403


def test_another_program_decides_who_comes_in(
    nginx: str, tmp_path: Path, releases: Releases
) -> None:
    asked: list[tuple[str, str]] = []

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.headers["X-Original-URI"], self.headers.get("Cookie", "")))
            self.send_response(204 if asked[-1][1] == "a=1" else 401)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    door = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = Thread(target=door.serve_forever, daemon=True)
    thread.start()
    own = host(
        "intranet",
        releases.root,
        allow=("127.0.0.1/32",),
        auth_request=f"http://127.0.0.1:{door.server_port}/check",
    )
    with running(nginx, hold(tmp_path, {"site": text_of(own)}), (own.port,)):
        site = Site(own.port, False, tmp_path)
        assert site.ask(PAGE).status == 401
        assert site.ask(PAGE, Cookie="a=1").status == 200
        assert asked[-1] == (PAGE, "a=1")
        assert site.ask("/-auth", Cookie="a=1").status == 404
        before = len(asked)
        assert site.ask(PAGE, source="127.0.0.2").status == 403
        assert len(asked) == before
    door.shutdown()
    door.server_close()
    thread.join()


def test_a_new_release_is_seen_by_the_very_next_request(
    nginx: str, tmp_path: Path, files: dict[str, Files]
) -> None:
    releases = Releases(tmp_path / "root")
    second = {path: content + b"<!-- 2 -->" for path, content in files["public"].items()}
    names = [releases.place({"intranet": own}) for own in (files["public"], second)]
    releases.switch(names[0])
    own = host("intranet", tmp_path / "root")
    with running(nginx, hold(tmp_path, {"site": text_of(own)}), (own.port,)):
        site = Site(own.port, False, tmp_path)
        for turn in range(40):
            page = site.ask("/")
            assert page["Site-Release"] == names[turn % 2]
            assert page.body.endswith(b"<!-- 2 -->") == bool(turn % 2)
            releases.switch(names[(turn + 1) % 2])
