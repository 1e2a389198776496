"""Find active or hidden parts of a PDF: scripts, actions, media, forms, files, external references.

Documents are only for reading: allowed are only actions to a place in the file or to a web page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

FoundActions = Iterator[tuple[str, str]]

# Action types (ISO 32000-2, 12.6.4), reported anywhere.
_ACTIONS: Mapping[str, str] = {
    "/JavaScript": "script",
    "/Rendition": "media",
    "/Sound": "media",
    "/Movie": "media",
    "/RichMediaExecute": "media",
    "/GoTo3DView": "media",
    "/Launch": "action",
    "/SubmitForm": "action",
    "/ImportData": "action",
    "/ResetForm": "action",
    "/GoToR": "action",
    "/GoToE": "action",
    "/SetOCGState": "action",
}
_HARMLESS = frozenset(("/GoTo", "/URI", "/Named"))
_NAMED = frozenset(("/NextPage", "/PrevPage", "/FirstPage", "/LastPage"))
# Keys of actions that run on a click, on opening, or after another action.
_PLACES = ("/A", "/PA", "/OpenAction", "/Next")
# Events of pages, annotations, fields and the document.
_EVENTS = frozenset(
    f"/{name}"
    for name in "E X D U Fo Bl PO PC PV PI O C K F V WC WS DS WP DP".split()  # noqa: SIM905
)
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>]+", re.IGNORECASE)
_SUBTYPES: Mapping[str, str] = {
    "/FileAttachment": "embedded",
    "/RichMedia": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/Screen": "media",
    "/Rendition": "media",
    "/MediaClip": "media",
    "/3D": "media",
    "/PS": "script",
}
# Unreferenced objects are not parsed: search their bytes for these names.
LEFT_OVER: Mapping[str, re.Pattern[bytes]] = {
    "script": re.compile(rb"/JavaScript\b"),
    "action": re.compile(rb"/(?:SubmitForm|ImportData|Launch)\b"),
    "embedded": re.compile(rb"/EmbeddedFile\b"),
    "media": re.compile(rb"/RichMedia\b"),
}


def acts_of(part: pikepdf.Object) -> FoundActions:
    """Active or hidden parts in a dictionary: kind and name."""
    for look in (_action, _placed, _events, _address, _subtype, _named, _outside):
        yield from look(part)


def _action(part: pikepdf.Object) -> FoundActions:
    name = _name(part, "/S")
    if name in _ACTIONS:
        yield _ACTIONS[name], name.lstrip("/")
    if name == "/Named" and _name(part, "/N") not in _NAMED:
        yield "action", "Named"
    if name == "/Hide" and "/T" in part:
        yield "action", "Hide"


def _placed(part: pikepdf.Object) -> FoundActions:
    """An action of unknown type."""
    for own in _actions_at(part):
        name = _name(own, "/S")
        if name and name not in _HARMLESS and name not in _ACTIONS:
            yield "action", name.lstrip("/")


def _actions_at(part: pikepdf.Object) -> Iterator[pikepdf.Object]:
    import pikepdf

    for place in _PLACES:
        own = part.get(place)
        if isinstance(own, pikepdf.Array):
            yield from (one for one in own.as_list() if isinstance(one, pikepdf.Dictionary))
        elif isinstance(own, pikepdf.Dictionary):
            yield own


def _events(part: pikepdf.Object) -> FoundActions:
    """Actions that run without a click. A font may also be named AA."""
    own = _map(part, "/AA")
    if own is not None and own.keys() and set(own.keys()) <= _EVENTS:
        yield "action", "AA"


def _address(part: pikepdf.Object) -> FoundActions:
    """A URI that is neither web page nor mail address, or the base of all URIs."""
    base = _map(part, "/URI")
    own = part.get("/URI") if base is None else base.get("/Base")
    if own is not None and not _ADDRESS.fullmatch(str(own).strip()):
        yield "action", "URI"


def _subtype(part: pikepdf.Object) -> FoundActions:
    for key in ("/Subtype", "/Type"):
        name = _name(part, key)
        if name in _SUBTYPES:
            yield _SUBTYPES[name], name.lstrip("/")


def _named(part: pikepdf.Object) -> FoundActions:
    """Name trees with scripts or files, XFA forms, portfolios, private application data."""
    for key, kind in (("/JavaScript", "script"), ("/EmbeddedFiles", "embedded")):
        own = _map(part, key)
        if own is not None and ("/Names" in own or "/Kids" in own):
            yield kind, key.lstrip("/")
    if _name(part, "/Type") == "/Catalog" and "/Collection" in part:
        yield "embedded", "Collection"
    if "/XFA" in part:
        yield "form", "XFA"
    if _map(part, "/PieceInfo") is not None:
        yield "other", "PieceInfo"


def _outside(part: pikepdf.Object) -> FoundActions:
    """Content loaded from another file."""
    is_reference = _name(part, "/Type") in ("/Filespec", "/F") and "/EF" not in part
    if is_reference or (_is_stream(part) and ("/F" in part or "/Ref" in part or "/OPI" in part)):
        yield "external", "F"


def _name(part: pikepdf.Object, key: str) -> str:
    import pikepdf

    own = part.get(key)
    return str(own) if isinstance(own, pikepdf.Name) else ""


def _map(part: pikepdf.Object, key: str) -> pikepdf.Object | None:
    import pikepdf

    own = part.get(key)
    return own if isinstance(own, pikepdf.Dictionary) else None


def _is_stream(value: object) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Stream)
