"""The one rule for links, whether they stand in Markdown or in a field.

http, https, mailto, tel, or a way inside this site. Never another host without a scheme, and
never a scheme that a browser would run.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"(https?://[\w.-]+(:\d+)?([/?#][^\s\"'<>\\^`{|}]*)?|mailto:[^\s\"'<>]+@[^\s\"'<>]+|tel:[+\d-]+)"
)


def is_address(text: str) -> bool:
    """Tell whether a text is a full address that a page may link to."""
    return bool(_ADDRESS.fullmatch(text))


def is_inside(text: str) -> bool:
    """Tell whether a link stays inside the site, as a browser reads it.

    A browser drops tabs and line ends, reads a backslash as a slash, and takes anything before
    the first colon for a scheme.
    """
    plain = re.sub(r"[\t\n\r]", "", text).strip().replace("\\", "/")
    has_control = bool(re.search(r"[\x00-\x20]", plain))
    return not (has_control or plain.startswith("//") or re.match(r"[^/?#]*:", plain))
