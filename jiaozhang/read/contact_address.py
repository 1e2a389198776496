"""The kind of field for a contact's address: a mailbox, a telephone, or a page on the web."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from jiaozhang.files.fields import Faults, FieldKind, line_of_text
from jiaozhang.files.urls import is_address
from jiaozhang.files.yaml_tree import Node
from jiaozhang.ledger.settings import BODY, TITLE

_LINE = line_of_text(300)
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_MAILBOX = r"[^\s@,?&#]+@[^\s@,?&#]+"
_CONTACTS = (
    re.compile(r"https?://.+"),
    re.compile(rf"mailto:{_MAILBOX}(?:,{_MAILBOX})*(?:\?.*)?"),
    re.compile(r"tel:\+?(?=(?:-?\d){3,20}$)\d[\d-]*\d"),
)
# How people write what they mean: a number with blanks or brackets, an address without its scheme.
_NUMBER = re.compile(r"(?:tel:|电话:?)?(\+?[\d\s()—–-]{5,30})")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/:?].*)?", re.IGNORECASE)


def _read(node: Node, faults: Faults) -> str | None:
    text = _LINE.read(node, faults)
    if text is None:
        return None
    odd = _odd_brace(text)
    if odd:
        faults.add("not-a-placeholder", node, given=odd, title=TITLE, body=BODY)
        return None
    if not _is_contact(text):
        meant = _meant(text)
        faults.add("not-an-address", node, given=text[:60], nearest=meant)
        return meant or None
    return text


def _odd_brace(text: str) -> str:
    """The first part in braces that nothing is filled in for; empty if there is none."""
    query = text.find("?") if text.startswith(("http://", "https://")) else -1
    return next(
        (
            found[0]
            for found in _BRACES.finditer(text)
            if found[0] not in (TITLE, BODY) or not 0 <= query < found.start()
        ),
        "",
    )


def _is_contact(text: str) -> bool:
    plain = text.replace(TITLE, "x").replace(BODY, "x")
    return (
        is_address(plain)
        and any(kind.fullmatch(plain) for kind in _CONTACTS)
        # No line end, in whatever spelling, begins a header of a mail.
        and unquote(plain).isprintable()
    )


def _meant(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    number = _NUMBER.fullmatch(plain)
    if number:
        meant = "tel:" + "-".join(part for part in re.split(r"[^\d+]+", number[1]) if part)
    elif re.fullmatch(_MAILBOX, plain):
        meant = f"mailto:{plain}"
    else:
        meant = f"https://{plain}" if _HOST.fullmatch(plain) else ""
    return meant if _is_contact(meant) else ""


CONTACT_ADDRESS = FieldKind(
    _read, {"type": "string"}, "http、https、mailto 或 tel 网址", lambda: ""
)
