"""指出这一页的错误: how a reader tells of a mistake, with the page named in the message.

A mail (RFC 6068) gets subject and body, a page with a form (say, of a forge's issues) gets them
where its address has `{title}` and `{body}`; a telephone shows its number.
"""

from __future__ import annotations

from urllib.parse import quote

from jiaozhang.ledger.settings import BODY, TITLE, Contact
from jiaozhang.pages.core.page import ErrorReport
from jiaozhang.wording.catalogue import gettext
from jiaozhang.wording.joining import labelled

_MAIL, _CALL = "mailto:", "tel:"
_WRITTEN = ("subject", "body")
_MAIL_LINE = "\r\n"  # RFC 6068, section 5


def error_report(
    contacts: tuple[Contact, ...], page: str, address: str, day: str
) -> ErrorReport | None:
    """How to report a mistake on a page, by its name, its address (empty if it is not known) and
    the day of its data; None without contacts.

    Of several contacts it is the first that can be told which page is meant, or else the first.
    """
    contact = next((one for one in contacts if _names_pages(one)), next(iter(contacts), None))
    if contact is None:
        return None
    facts = (
        (gettext("Page"), page),
        (gettext("Address"), address or gettext("(please copy the address that you opened)")),
        (gettext("Data as of"), day),
    )
    lines = (*(labelled(name, _line(value)) for name, value in facts), "")
    body = (*lines, labelled(gettext("What is wrong, and how you know"), ""))
    title = labelled(gettext("Error report"), _line(page))
    return ErrorReport(_filled(contact.address, title, body), _number(contact))


def contact_address(contact: Contact) -> str:
    """Where a contact leads that is told nothing of a page."""
    return contact.address.replace(TITLE, "").replace(BODY, "")


def _names_pages(contact: Contact) -> bool:
    return contact.address.startswith(_MAIL) or TITLE in contact.address or BODY in contact.address


def _number(contact: Contact) -> str:
    is_call = contact.address.startswith(_CALL)
    return contact.address.removeprefix(_CALL) if is_call else ""


def _filled(address: str, title: str, body: tuple[str, ...]) -> str:
    if address.startswith(_MAIL):
        to, _, query = address.partition("?")
        own = [one for one in query.split("&") if one and one.split("=")[0].lower() not in _WRITTEN]
        mail = (f"subject={_encoded(title)}", f"body={_encoded(*body, end=_MAIL_LINE)}")
        return f"{to}?{'&'.join((*own, *mail))}"
    return address.replace(TITLE, _encoded(title)).replace(BODY, _encoded(*body))


def _encoded(*lines: str, end: str = "\n") -> str:
    return quote(end.join(lines), safe="")


def _line(text: str) -> str:
    """A text as one line: no line end of a title begins a header of its own."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
