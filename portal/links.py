"""Every internal link and anchor of a rendered site leads somewhere, or the build fails."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from portal.diagnostic import Diagnostic, Place, fault

# Our templates and nh3 always write attributes in double quotes.
_LINK = re.compile(r'<[a-z][^>]*?\s(?:href|src|action)="([^"]*)"')
_ID = re.compile(r'<[a-z][^>]*?\sid="([^"]*)"')


def broken_links(files: Mapping[str, bytes], base_path: str) -> tuple[Diagnostic, ...]:
    """Find links to files or anchors that the site does not have."""
    texts = {path: content.decode() for path, content in files.items() if path.endswith(".html")}
    anchors = {path: frozenset(_ID.findall(text)) for path, text in texts.items()}
    return tuple(
        fault("broken-link", Place(path), link=link, page=path)
        for path, text in texts.items()
        for link in sorted(set(_LINK.findall(text)))
        if not _leads_somewhere(html.unescape(link), path, files, anchors, base_path)
    )


def _leads_somewhere(
    link: str,
    page: str,
    files: Mapping[str, bytes],
    anchors: Mapping[str, frozenset[str]],
    base_path: str,
) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return bool(parts.scheme)
    target = _target(unquote(parts.path), page, base_path)
    if target is None or target not in files:
        return False
    return not parts.fragment or unquote(parts.fragment) in anchors.get(target, frozenset())


def _target(path: str, page: str, base_path: str) -> str | None:
    """The file a link's path means, seen from a page; nothing when it leaves the site."""
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
