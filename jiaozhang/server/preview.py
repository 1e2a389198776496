"""Preview server: serves a site from memory, and rebuilds it on every save.

Headers are the production ones, extended for live reload: its script file, and a web socket to this
server. No other module imports livereload.

Only requests from this server's pages are answered. A foreign page in the same browser could
resolve its name to this machine (DNS rebinding), or open the socket: `Host` and `Origin` reveal
that.
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

# The live reload script uses a web socket.
POLICY = policy("ws:")
_NAMES = ("localhost", "127.0.0.1", "[::1]")
_SCRIPT = b'<script src="/livereload.js" defer></script>\n</head>'


class Shown:
    """The current site; a failed rebuild keeps the previous one."""

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
    """Tell whether a request is for this machine's site, and from a page of it.

    `Host` is required, as browsers send it; `Origin` is optional, since navigation has none.
    """
    hosts = {f"{name}:{port}" for name in _NAMES} | (set(_NAMES) if port == 80 else set())
    origins = {f"http://{host}" for host in hosts}
    given = [*headers.get_list("Origin"), *headers.get_list("Sec-WebSocket-Origin")]
    named = [host.lower() for host in headers.get_list("Host")]
    return len(named) == 1 and named[0] in hosts and all(one.lower() in origins for one in given)


class _Local(Application):
    """The site, the script and the socket, all with this check."""

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
        """Choose the handler; only the request's headers have been read."""
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
        """Discard the body."""


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
