"""The rule for links in Markdown and in fields.

Allowed are http, https, mailto, tel, and paths within this site; not another host without a scheme
(`//host`, `www.host.cn`), nor schemes that a browser executes.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"(https?://[\w.-]+(:\d+)?([/?#][^\s\"'<>\\^`{|}]*)?|mailto:[^\s\"'<>]+@[^\s\"'<>]+|tel:[+\d-]+)"
)
# Tabs and line ends, which browsers drop; then other control characters and spaces.
_DROPPED = re.compile(r"[\t\n\r]")
_CONTROL = re.compile(r"[\x00-\x20]")
_SCHEME = re.compile(r"[^/?#]*:")
# The name of a host without a scheme, which browsers take for a file beside the page.
_HOST = re.compile(r"(?i)www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|cn|org|net)(?=[/?#]|$)")


def is_address(text: str) -> bool:
    """Tell whether a text is an absolute URL that a page may link to."""
    return bool(_ADDRESS.fullmatch(text))


def is_inside(text: str) -> bool:
    """Tell whether a link stays within the site, as browsers parse it.

    Browsers drop tabs and line ends, treat a backslash as a slash, and take anything before the
    first colon as a scheme.
    """
    plain = _DROPPED.sub("", text).strip().replace("\\", "/")
    is_elsewhere = plain.startswith("//") or _SCHEME.match(plain) or _HOST.match(plain)
    return not (_CONTROL.search(plain) or is_elsewhere)
