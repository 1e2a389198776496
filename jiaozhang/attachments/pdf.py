"""Find hidden content of a PDF: authors, computers, hidden or active parts.

Every object is parsed, including those in object streams, encrypted files and earlier revisions.
Names of software are allowed, names of persons are reported.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiaozhang.attachments.inspection import is_another_file
from jiaozhang.attachments.pdf_actions import LEFT_OVER, acts_of
from jiaozhang.attachments.picture import told_by_jpeg

if TYPE_CHECKING:
    import pikepdf

# Fields that name a person, normalised (lower case, no spaces); `creator` alone is the software.
_NAMES_OF_FIELDS = """
author authors lastmodifiedby lastsavedby modifiedby manager owner username operator artist
captionwriter authorsposition creatorcontactinfo byline by-line contributor dc:creator
作者 编者 编写者 修改者 最后修改者 最后保存者 审核人 经办人 负责人
"""
_PERSONAL_FIELDS = frozenset(_NAMES_OF_FIELDS.split())
# Personal keys that any dictionary may have, not only the document's information.
_PERSONAL_KEYS = frozenset(("/Author", "/Authors", "/LastModifiedBy", "/ModifiedBy", "/Manager"))
_PATH = re.compile(
    r"(?<![A-Za-z])[A-Za-z]:[\\/](?![/\s])|file:/|(?:^|(?<=[\s\"'(（:：=]))(?:/(?:home|Users|root)/|\\\\\w)",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"[^\s/\\]\.(docx?|wps|xlsx?|pptx?|od[tsp]|pdf|rtf|txt|html?|jpe?g|png|tiff?|psd|indd|cdr|dwg|zip|rar|eml)"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NUMBERS = frozenset(("personal-id", "personal-phone", "bank-card"))
_IN_PHOTOS = frozenset(("gps", "author"))
_DC = "{http://purl.org/dc/elements/1.1/}"
_END = re.compile(rb"%%EOF")
# The end of the first part of a linearized file, which is no revision.
_FIRST_PART = re.compile(rb"startxref\s+0\s+%%EOF\Z")
# What may follow the end of an earlier revision: objects, a table, a comment, or nothing.
_GOES_ON = re.compile(rb"[\0\s]*(?:[0-9]+\s+[0-9]+\s+obj|xref|startxref|trailer|%|\Z)")
_HEAD = re.compile(rb"%PDF-(?:1\.[0-7]|2\.0)[ \t]*[\r\n]+((?:%[^\r\n]*[\r\n]+|\s)*)")
_MOST_VERSIONS = 32
_MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in a PDF: its kind, its field, and its value as it may be shown."""

    kind: str
    field: str
    shown: str


@dataclass(frozen=True, slots=True)
class PdfFindings:
    """The findings; or the reason in `why` if it could not be read: `password` or `broken`."""

    told: tuple[Told, ...] = ()
    why: str = ""


def inside_pdf(raw: bytes) -> PdfFindings:
    """Inspect a PDF for hidden content."""
    import pikepdf  # imported here: slow to load

    try:
        found = list(_told_by(raw))
    except pikepdf.PasswordError:
        return PdfFindings(why="password")
    except Exception:  # parsers raise anything on damaged files
        return PdfFindings(why="broken")
    found += _told_around(raw)
    ends = [end.end() for end in _END.finditer(raw)]
    is_more = any(_GOES_ON.match(raw, end) is None for end in ends[:-1])
    if is_more or raw[ends[-1] if ends else 0 :].strip(b"\0\r\n\t "):
        found.append(Told("tail", "%%EOF", ""))
    earlier = [end for end in ends[:-1] if not _is_first_part(raw, end)]
    if len(earlier) > _MOST_VERSIONS:
        return PdfFindings(_told_once(found), "versions")
    for end in earlier:
        try:
            found += _told_by(raw[:end])
        except Exception:  # unreadable, but present in the file
            return PdfFindings(_told_once(found), "versions")
    return PdfFindings(_told_once(found))


def _told_once(found: list[Told]) -> tuple[Told, ...]:
    return tuple(dict.fromkeys(found))[:_MOST_SHOWN]


def _is_first_part(raw: bytes, end: int) -> bool:
    """Tell whether this is the end of a linearized file's first part."""
    return b"/Linearized" in raw[:1024] and bool(_FIRST_PART.search(raw[max(0, end - 64) : end]))


def _told_around(raw: bytes) -> Iterator[Told]:
    """Findings outside all objects: in comments at the start, or for other programs."""
    head = _HEAD.match(raw)
    if head is None or b"<" in head[1]:
        yield Told("header", "%PDF", "")
    else:
        for line in head[1].splitlines():
            if line.isascii():
                yield from _told_by_field("%", line.decode("ascii").lstrip("%"))
    if is_another_file(raw):
        yield Told("another", "PDF", "")
    # Unreferenced objects are not parsed, but still in the file.
    for kind, pattern in LEFT_OVER.items():
        if pattern.search(raw):
            yield Told(kind, "PDF", "")


def _told_by(raw: bytes) -> Iterator[Told]:
    import pikepdf

    # Other programs may repair a damaged file differently, so repairs are not accepted.
    with pikepdf.open(io.BytesIO(raw), attempt_recovery=False) as pdf:
        if "/Info" in pdf.trailer:
            for key, value in pdf.trailer.Info.items():
                yield from _told_by_field(key.lstrip("/"), str(value))
        yield from _told_by_parts(pdf.trailer)
        for part in pdf.objects:
            yield from _told_by_parts(part)


def _told_by_parts(part: pikepdf.Object) -> Iterator[Told]:
    """Findings in an object and in its direct (not indirect) parts."""
    import pikepdf

    if isinstance(part, pikepdf.String):
        yield from _told_by_path("", str(part))
    elif isinstance(part, pikepdf.Array):
        for item in part.as_list():
            yield from _inner(item)
    elif isinstance(part, (pikepdf.Dictionary, pikepdf.Stream)):
        yield from _told_by_map(part)
        for _, value in part.items():
            yield from _inner(value)
    if isinstance(part, pikepdf.Stream):
        yield from _told_by_stream(part)


def _inner(value: pikepdf.Object) -> Iterator[Told]:
    # Numbers are Python numbers; indirect objects are inspected separately.
    if not getattr(value, "is_indirect", True):
        yield from _told_by_parts(value)


def _told_by_map(part: pikepdf.Object) -> Iterator[Told]:
    for kind, field in acts_of(part):
        yield Told(kind, field, "")
    if "/URI" in part:
        yield from _told_by_numbers("URI", _text_of(part, "/URI"))
    for key in _PERSONAL_KEYS & set(part.keys()):
        yield from _told_by_field(key.lstrip("/"), _text_of(part, key))
    subtype = _text_of(part, "/Subtype")
    # /T of a form field is its name, of other annotations the author.
    if "/Rect" in part and subtype != "/Widget" and _text_of(part, "/T").strip():
        yield Told("annotation", f"Annot{subtype}", _first_sign(_text_of(part, "/T")))
    if "/EF" in part or _text_of(part, "/Type") == "/EmbeddedFile":
        name = _text_of(part, "/UF") or _text_of(part, "/F")
        yield Told("embedded", "EmbeddedFile", _ending(name))


def _told_by_stream(part: pikepdf.Object) -> Iterator[Told]:
    if _text_of(part, "/Type") == "/Metadata" or _text_of(part, "/Subtype") == "/XML":
        yield from _told_by_xmp(part.read_bytes())
    filters = _filters(part)
    if filters[-1:] == ["/DCTDecode"] and set(filters[:-1]) <= {"/FlateDecode"}:
        raw = part.read_raw_bytes()
        for _ in filters[:-1]:
            raw = zlib.decompress(raw)
        for kind in sorted(_IN_PHOTOS.intersection(told_by_jpeg(raw))):
            yield Told(f"photo-{kind}", "JPEG", "")


def _filters(part: pikepdf.Object) -> list[str]:
    import pikepdf

    own = part.get("/Filter")
    if own is None:
        return []
    return [str(one) for one in own.as_list()] if isinstance(own, pikepdf.Array) else [str(own)]


def _told_by_xmp(packet: bytes) -> Iterator[Told]:
    """Findings in the elements and attributes of an XMP packet; raises if it is no XML."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    root = etree.fromstring(packet.strip(b"\0\r\n\t "), parser)
    for element in root.iter(etree.Element):
        names = [str(own.tag) for own in (element, *element.iterancestors())]
        if element.text and element.text.strip():
            yield from _told_by_field(_owner_among(names), element.text)
        for name, value in element.attrib.items():
            yield from _told_by_field(_owner_among([name, *names]), value)


def _owner_among(names: list[str]) -> str:
    """The innermost personal name of the path, or else the innermost name."""
    short = [_short(name) for name in names]
    own = next((name for name in short if _key(name) in _PERSONAL_FIELDS), None)
    return own or next((name for name in short if name not in ("li", "Seq", "Bag", "Alt")), "XMP")


def _short(name: str) -> str:
    return "dc:creator" if name == f"{_DC}creator" else name.rpartition("}")[2]


def _key(field: str) -> str:
    return field.replace(" ", "").replace("_", "").lower()


def _told_by_field(field: str, value: str) -> Iterator[Told]:
    """Findings in a field of the document information."""
    value = value.strip().strip("\ufeff\0")
    if not value:
        return
    if _key(field) in _PERSONAL_FIELDS:
        yield Told("author", field, _first_sign(value))
        return
    yield from _told_by_path(field, value)
    name = _FILE_NAME.search(value)
    if name:
        yield Told("file-name", field, f"….{name[1]}")
    yield from _told_by_numbers(field, value)


def _told_by_numbers(field: str, value: str) -> Iterator[Told]:
    from jiaozhang.personal_data.numbers import personal_numbers

    for number in personal_numbers(value):
        if number.code in _NUMBERS:
            yield Told("number", field, number.shown)


def _told_by_path(field: str, value: str) -> Iterator[Told]:
    path = _PATH.search(value)
    if path:
        yield Told("path", field or "String", f"{path.group()}…")


def _text_of(part: pikepdf.Object, key: str) -> str:
    return str(part.get(key, ""))


def _first_sign(name: str) -> str:
    return name.strip()[:1] + "*"


def _ending(name: str) -> str:
    return f"….{name.rpartition('.')[2]}" if "." in name else ""
