"""A real nginx on loopback with our configuration, and releases as `publish` lays them out."""

from __future__ import annotations

import contextlib
import dataclasses
import gzip
import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from conftest import ROOT
from jiaozhang.build.pipeline import BuildDay, build, examine, load
from jiaozhang.files.source import Source
from jiaozhang.server.nginx_config import Host, configuration
from jiaozhang.wall.audience import Audience

TEMPLATE = ROOT / "deploy/nginx/site.conf.j2"
ERRORS = ROOT / "deploy/nginx/errors"
COMPRESSED = (".html", ".css", ".js", ".json", ".xml", ".csv", ".ics", ".svg", ".txt", ".md")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
# What nginx's own configuration has around ours. Debian's, at its sharpest: a log, sendfile.
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 2;
{first}
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/conf.d/*.conf;
}}
"""
# A site as a government would run it, with numbers that nobody was given.
OFFICIAL = """
name = "示例市重点工作"
standing = "official"
base_url = "https://localhost/"
contacts = [{label = "我要纠错", address = "mailto:office@example.org"}]
[official]
organiser = "示例市人民政府办公室"
operator = "示例市大数据中心"
site_code = "9901000001"
icp = "示ICP备12345678号-1"
police = "示公网安备99010000000001号"
"""
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def __getitem__(self, name: str) -> str:
        return self.headers.get(name, "")


@dataclass(frozen=True)
class Site:
    """A site that is served: ask it."""

    port: int
    tls: bool
    root: Path
    name: str = "localhost"

    def ask(
        self,
        path: str,
        method: str = "GET",
        source: str = "127.0.0.1",
        **headers: str,
    ) -> Answer:
        """One request on its own connection; `If_None_Match=…` is a header, `Host=…` too."""
        connection = http.client.HTTPConnection(self.name, self.port)
        connection.sock = socket.create_connection(("127.0.0.1", self.port), 20, (source, 0))
        with contextlib.closing(connection):
            if self.tls:
                connection.sock = trusting().wrap_socket(connection.sock, server_hostname=self.name)
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=named)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())


def trusting() -> ssl.SSLContext:
    """A client that takes the throwaway certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def certificate(folder: Path, openssl: str) -> tuple[Path, Path]:
    """A throwaway certificate for loopback, and its key."""
    chain, key = folder / "chain.pem", folder / "key.pem"
    words = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    words += ["-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext"]
    words += ["subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(chain)]
    subprocess.run(words, check=True, capture_output=True)
    return chain, key


def hold(folder: Path, confs: Mapping[str, str], brotli: bool = False) -> Path:
    """Write a whole configuration below `folder`; returns the file to start nginx with."""
    (folder / "conf.d").mkdir(parents=True, exist_ok=True)
    for name, text in confs.items():
        (folder / "conf.d" / f"{name}.conf").write_text(text, encoding="utf-8")
    first = f"load_module {BROTLI};\n" if brotli else ""
    # Started as root, the workers would be nobody and could not read a private temp folder.
    first += "user root root;\n" if os.getuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(AROUND.format(folder=folder, first=first), encoding="utf-8")
    return main


def is_accepted(nginx: str, main: Path) -> str:
    """What `nginx -t` objects to, which is nothing."""
    words = [nginx, "-t", "-q", "-p", str(main.parent), "-c", str(main)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stderr if done.returncode or "[" in done.stderr else ""


@contextlib.contextmanager
def running(nginx: str, main: Path, ports: Sequence[int]) -> Iterator[None]:
    """nginx in the foreground until the block ends."""
    words = [nginx, "-p", str(main.parent), "-c", str(main)]
    process = subprocess.Popen(words, stderr=subprocess.PIPE)
    try:
        for port in ports:
            _await(port, process)
        yield
    finally:
        process.terminate()
        process.wait(20)
        if process.stderr:
            process.stderr.close()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            break
        time.sleep(0.02)
    said = process.stderr.read().decode() if process.stderr and process.poll() else ""
    raise AssertionError(f"nginx does not listen on {port}: {said}")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def text_of(host: Host) -> str:
    return configuration(host, TEMPLATE.read_text(encoding="utf-8"))


def built(content: str, audience: Audience, mark: str = "", site: str = "") -> Files:
    """A site from the shipped content; a mark changes its style sheet, and so every page."""
    inputs = load(ROOT / content, content, ROOT / "site.toml", ROOT)
    if site:
        inputs = dataclasses.replace(inputs, site=Source("site.toml", "site.toml", site))
    if mark:
        style = inputs.assets["site.css"] + f"/* {mark} */\n".encode()
        inputs = dataclasses.replace(inputs, assets={**inputs.assets, "site.css": style})
    filed, faults = examine(inputs)
    assert filed, faults
    site_, more = build(filed, inputs, audience, BuildDay(None, date(2026, 11, 24)), None)
    assert not more, more
    return site_.files


def version_of(files: Files) -> str:
    """What a site says of itself."""
    return str(json.loads(files["build.json"])["version"])


class Releases:
    """The folder that `publish` keeps: numbered releases, each whole, and the link to one."""

    def __init__(self, root: Path, keep: int = 5) -> None:
        self.root, self.keep = root, keep
        self.names: list[str] = []
        self._own: dict[str, dict[Audience, Files]] = {}
        self._last: dict[tuple[Audience, str], tuple[bytes, int]] = {}

    def place(self, trees: Mapping[Audience, Files]) -> str:
        """Write the next release, with the kept ones' own assets; it is not live yet."""
        name = f"{len(self.names) + 1}-{len(self.names) + 1:012x}"
        for audience, files in trees.items():
            carried = {
                path: content
                for kept in self.names[max(0, len(self.names) - self.keep + 1) :]
                for path, content in self._own[kept].get(audience, {}).items()
                if path.startswith("assets/")
            }
            for path, content in {**carried, **files}.items():
                when = self._time_of(audience, path, content)
                _write(self._folder(name, audience, files) / path, content, when)
        self.names.append(name)
        self._own[name] = dict(trees)
        return name

    def _folder(self, name: str, audience: Audience, files: Files) -> Path:
        """The public folder is named by its version, and found by the audience's name too."""
        release = self.root / "releases" / name
        if audience == "intranet":
            return release / audience
        own = f"public-{version_of(files)}"
        if not (release / audience).is_symlink():
            (release / own).mkdir(parents=True)
            (release / audience).symlink_to(own)
        return release / own

    def _time_of(self, audience: Audience, path: str, content: bytes) -> int:
        """nginx's ETag is made of time and size: what changes gets another time, nothing else."""
        old, when = self._last.get((audience, path), (b"", int(time.time())))
        when = when if old == content else when + 1
        self._last[audience, path] = (content, when)
        return when

    def switch(self, name: str) -> None:
        """Make a release live: one rename."""
        link = self.root / "current.new"
        link.symlink_to(Path("releases") / name)
        link.rename(self.root / "current")

    def prune(self, live: int) -> None:
        """Remove what is older than the kept releases, the live one among them."""
        for name in self.names[: max(0, live + 1 - self.keep)]:
            shutil.rmtree(self.root / "releases" / name, ignore_errors=True)


def _write(file: Path, content: bytes, when: int) -> None:
    """A file and its compressed twin."""
    file.parent.mkdir(parents=True, exist_ok=True)
    written = {file: content}
    if file.suffix in COMPRESSED:
        written[file.with_name(f"{file.name}.gz")] = packed(content)
    for path, own in written.items():
        path.write_bytes(own)
        os.utime(path, (when, when))


def packed(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)
