"""The rule for links in Markdown and in fields.

Allowed are http, https, mailto, tel, and paths within this site; not another host without a scheme
(`//host`), nor schemes that a browser executes.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"(https?://[\w.-]+(:\d+)?([/?#][^\s\"'<>\\^`{|}]*)?|mailto:[^\s\"'<>]+@[^\s\"'<>]+|tel:[+\d-]+)"
)


def is_address(text: str) -> bool:
    """Tell whether a text is an absolute URL that a page may link to."""
    return bool(_ADDRESS.fullmatch(text))


def is_inside(text: str) -> bool:
    """Tell whether a link stays within the site, as browsers parse it.

    Browsers drop tabs and line ends, treat a backslash as a slash, and take anything before the
    first colon as a scheme.
    """
    plain = re.sub(r"[\t\n\r]", "", text).strip().replace("\\", "/")
    has_control = bool(re.search(r"[\x00-\x20]", plain))
    return not (has_control or plain.startswith("//") or re.match(r"[^/?#]*:", plain))
