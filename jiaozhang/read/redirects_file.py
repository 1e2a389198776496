"""redirects.yaml: addresses that were published but no longer have a page."""

from __future__ import annotations

import re

from jiaozhang.files.fields import (
    Faults,
    Field,
    FieldKind,
    Shape,
    line_of_text,
    list_of,
    read_fields,
)
from jiaozhang.files.yaml_tree import Document, ListNode, Node
from jiaozhang.ledger.public import Redirect

_TEXT = line_of_text(200)
_ADDRESS = r"/?([a-z0-9]+(-[a-z0-9]+)*/)+"


def _read_address(node: Node, faults: Faults) -> str | None:
    text = _TEXT.read(node, faults)
    if text is not None and text != "/" and not re.fullmatch(_ADDRESS, text):
        faults.add("not-a-page-address", node, given=text)
        return None
    return text.removeprefix("/") if text is not None else None


PAGE_ADDRESS = FieldKind(
    _read_address,
    {"type": "string", "pattern": f"^(/|{_ADDRESS})$"},
    "本站的网址，从年份写起，以 / 结尾，如 2025/units/kejiju/",
    lambda: "",
)
FROM = Field("from", PAGE_ADDRESS, "原来的网址")
TO = Field("to", PAGE_ADDRESS, "搬到了哪里；撤下的不写，或写 null", required=False)
REASON = Field("reason", line_of_text(200), "为什么；撤下的必须写", required=False)
REDIRECT = Shape("redirect", (FROM, TO, REASON))


def read_redirects(document: Document, faults: Faults) -> tuple[Redirect, ...]:
    """Parse a list of redirects; invalid ones are omitted."""
    if not isinstance(document.root, ListNode):
        list_of(PAGE_ADDRESS).read(document.root, faults)
        return ()
    found: dict[str, Redirect] = {}
    for node in document.root.items:
        v = read_fields(node, REDIRECT, faults)
        if v is None:
            continue
        redirect = Redirect(v[FROM], v.get(TO), v.get(REASON))
        if redirect.new is None and redirect.reason is None and not v.doubtful:
            faults.add("withdrawn-without-reason", node, address=redirect.old)
        elif redirect.old in found:
            faults.add("duplicate-id", node, id=redirect.old)
        else:
            found[redirect.old] = redirect
    return tuple(found.values())
