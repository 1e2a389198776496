"""Look at a site while it is edited: it is served from memory and rebuilt on every save.

The headers are the production ones, plus what live reload needs: its script as a file and a
socket back to this server. livereload is imported by no other module.
"""

from __future__ import annotations

import logging
import mimetypes
from collections.abc import Callable, Iterable
from pathlib import Path

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler

from portal.pipeline import BuiltSite

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self' ws:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
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
    application = Application(
        [
            ("/livereload", LiveReloadHandler),
            ("/livereload.js", LiveReloadJSHandler),
            ("/(.*)", _Page, {"shown": shown}),
        ]
    )
    application.listen(port, address="localhost")
    ready(f"http://localhost:{port}/")
    LiveReloadHandler.start_tasks()
    IOLoop.current().start()


class _Page(RequestHandler):
    def initialize(self, shown: Shown) -> None:
        self.shown = shown

    def set_default_headers(self) -> None:
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
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
