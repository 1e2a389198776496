"""Check that every internal link and anchor of a rendered site has a target."""

from __future__ import annotations

import hashlib
import html
import posixpath
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from jiaozhang.cache import recall
from jiaozhang.faults.diagnostic import Diagnostic, Place, fault

# Our templates and nh3 always write attributes in double quotes.
_LINK = re.compile(r'<[a-z][^>]*?\s(?:href|src|action)="([^"]*)"')
_ID = re.compile(r'<[a-z][^>]*?\sid="([^"]*)"')


# A link as written, the file it leads to (None if outside the site), and the anchor. Plain tuples,
# since tens of thousands of them are loaded from the cache on every build.
_Link = tuple[str, str | None, str]


def broken_links(
    files: Mapping[str, bytes],
    base_path: str,
    written: Mapping[tuple[str, str], Sequence[Place]] = MappingProxyType({}),
) -> tuple[Diagnostic, ...]:
    """Report links to files or anchors that do not exist in the site.

    `written` maps (page, link) to the places in the content where the link was written; other
    broken links are reported against the page.
    """
    pages = {
        path: _read(path, content, base_path)
        for path, content in files.items()
        if path.endswith(".html")
    }
    anchors = {path: own for path, (_, own) in pages.items()}
    return tuple(
        fault("broken-link", place, link=html.unescape(text), page=path)
        for path, (links, _) in pages.items()
        for text, target, anchor in links
        if target not in files or (anchor and anchor not in anchors.get(target or "", ()))
        for place in written.get((path, html.unescape(text)), (Place(path),))
    )


def _read(path: str, content: bytes, base_path: str) -> tuple[tuple[_Link, ...], frozenset[str]]:
    """The links of a page that lead into the site, and the anchors that it defines."""

    def read() -> tuple[tuple[_Link, ...], frozenset[str]]:
        text = content.decode()
        links = (_parsed(link, path, base_path) for link in sorted(set(_LINK.findall(text))))
        return tuple(link for link in links if link), frozenset(_ID.findall(text))

    return recall("links", (path, hashlib.sha256(content).hexdigest(), base_path), read)


def _parsed(link: str, page: str, base_path: str) -> _Link | None:
    parts = urlsplit(html.unescape(link))
    if parts.scheme:
        return None
    target = None if parts.netloc else _link_target(unquote(parts.path), page, base_path)
    return link, target, unquote(parts.fragment)


def _link_target(path: str, page: str, base_path: str) -> str | None:
    """The file that a link's path leads to from a page; None if outside the site."""
    if not path:
        return page
    if path.startswith("/"):
        if not path.startswith(base_path):
            return None
        target = path.removeprefix(base_path)
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        if target.startswith(".."):
            return None
        target = "" if target == "." else target + ("/" if path.endswith(("/", ".")) else "")
    return f"{target}index.html" if not target or target.endswith("/") else target
