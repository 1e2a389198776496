"""Look at a site while it is edited: it is served from memory and rebuilt on every save.

The headers are the production ones, plus what live reload needs: its script as a file and a
socket back to this server. livereload is imported by no other module.

Only pages of this server's own are answered. A page that the same browser opens elsewhere can point
its own name at this machine, or open the socket: `Host` and `Origin` tell them apart.
"""

from __future__ import annotations

import logging
import mimetypes
from collections.abc import Callable, Iterable
from pathlib import Path

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler, _HandlerDelegate, stream_request_body

from jiaozhang.build.pipeline import BuiltSite
from jiaozhang.server.content_policy import policy

# The script that reloads pages asks over a web socket.
POLICY = policy("ws:")
_NAMES = ("localhost", "127.0.0.1", "[::1]")
_SCRIPT = b'<script src="/livereload.js" defer></script>\n</head>'


class Shown:
    """The site being shown; a rebuild that fails leaves the one before."""

    def __init__(self, site: BuiltSite, rebuild: Callable[[], BuiltSite | None]) -> None:
        self.site = site
        self.rebuild = rebuild

    def refresh(self) -> None:
        self.site = self.rebuild() or self.site


def serve(shown: Shown, watched: Iterable[Path], port: int, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; raises `OSError` when the port is taken."""
    for name in ("livereload", "tornado.access"):
        logging.getLogger(name).setLevel(logging.ERROR)
    watcher = Watcher()
    for path in watched:
        watcher.watch(str(path), shown.refresh)
    LiveReloadHandler.watcher = watcher
    LiveReloadHandler.live_css = False
    application = _Local(shown, port)
    application.listen(port, address="localhost")
    ready(f"http://localhost:{port}/")
    LiveReloadHandler.start_tasks()
    IOLoop.current().start()


def is_from_here(headers: HTTPHeaders, port: int) -> bool:
    """Tell whether a browser asks for this machine's own site, and for a page of that site.

    `Host` has to be there, as browsers send it; `Origin` need not, since a visit sends none.
    """
    hosts = {f"{name}:{port}" for name in _NAMES} | (set(_NAMES) if port == 80 else set())
    origins = {f"http://{host}" for host in hosts}
    given = [*headers.get_list("Origin"), *headers.get_list("Sec-WebSocket-Origin")]
    named = [host.lower() for host in headers.get_list("Host")]
    return len(named) == 1 and named[0] in hosts and all(one.lower() in origins for one in given)


class _Local(Application):
    """The site, the script and the socket, all behind one door."""

    def __init__(self, shown: Shown, port: int) -> None:
        super().__init__(
            [
                ("/livereload", LiveReloadHandler),
                ("/livereload.js", LiveReloadJSHandler),
                ("/(.*)", _Page, {"shown": shown}),
            ]
        )
        self.port = port

    def find_handler(self, request: HTTPServerRequest, **more: object) -> _HandlerDelegate:
        """Choose what answers; nothing of the request but its headers has been read by then."""
        if is_from_here(request.headers, self.port):
            return super().find_handler(request, **more)
        return self.get_handler_delegate(request, _Refused, {"port": self.port})


@stream_request_body
class _Refused(RequestHandler):
    """403, before the body is read."""

    def initialize(self, port: int) -> None:
        self.port = port

    def prepare(self) -> None:
        self.set_status(403)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.clear_header("Server")
        self.finish(f"403: http://localhost:{self.port}/\n")

    def data_received(self, chunk: bytes) -> None:
        """Nothing is taken of what still comes."""


class _Page(RequestHandler):
    def initialize(self, shown: Shown) -> None:
        self.shown = shown

    def set_default_headers(self) -> None:
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Referrer-Policy", "strict-origin-when-cross-origin")
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")

    def head(self, path: str) -> None:
        self.get(path)

    def get(self, path: str) -> None:
        files = self.shown.site.files
        if f"{path}/index.html" in files and path:
            self.redirect(f"/{path}/", permanent=False)
            return
        key = f"{path}index.html" if not path or path.endswith("/") else path
        if key not in files:
            self.set_status(404)
            key = "404.html"
        kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.set_header("Site-Release", self.shown.site.version)
        content = files[key]
        self.write(content.replace(b"</head>", _SCRIPT, 1) if key.endswith(".html") else content)
