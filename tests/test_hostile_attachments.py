"""Attachments that act, hide or break: each form is refused with its reason, ordinary ones pass."""

from __future__ import annotations

import functools
import hashlib
import io
import os
import resource
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, PngImagePlugin
from test_attachments import FOLDER, NOTE, SHOWN, decoded, iccp, jpeg, png, profile, webp
from test_pdf import empty, pdf, saved, xmp

from conftest import World
from jiaozhang.attachments.decoding import MOST_PIXELS, MOST_SIDE, flaw_of
from jiaozhang.attachments.pdf import inside_pdf
from jiaozhang.check.attachment_rules import _inside
from jiaozhang.processes import bounded
from jiaozhang.processes.bounded import TooCostlyError, within_limits

pytestmark = pytest.mark.slow

Change = Callable[[pikepdf.Pdf], None]


def js() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


# Everywhere that an action may stand (ISO 32000-2, 12.6.3).
ACTIONS: Mapping[str, Callable[[], Dictionary]] = {
    "script": js,
    "launch": lambda: Dictionary(S=Name.Launch, F=String("cmd.exe")),
    "submit": lambda: Dictionary(S=Name.SubmitForm, F=String("https://example.org/")),
    "import": lambda: Dictionary(S=Name.ImportData, F=String("a.fdf")),
    "remote": lambda: Dictionary(S=Name.GoToR, F=String("b.pdf"), D=Array([0, Name.Fit])),
    "embedded": lambda: Dictionary(S=Name.GoToE, D=Array([0, Name.Fit])),
    "media": lambda: Dictionary(S=Name.Rendition, OP=0),
    "script-address": lambda: Dictionary(S=Name.URI, URI=String("javascript:alert(1)")),
    "data-address": lambda: Dictionary(S=Name.URI, URI=String("data:text/html,<script>")),
    "smb-address": lambda: Dictionary(S=Name.URI, URI=String("smb://10.0.0.1/x")),
    "own-address": lambda: Dictionary(S=Name.URI, URI=String("cmd.exe")),
    "caller": lambda: Dictionary(S=Name.URI, URI=String("mailto:13800138000@example.org")),
    "print": lambda: Dictionary(S=Name.Named, N=Name.Print),
    "unknown": lambda: Dictionary(S=Name.Unheard),
    "layers": lambda: Dictionary(S=Name.SetOCGState, State=Array([])),
    "reset": lambda: Dictionary(S=Name.ResetForm),
}


def on_opening(action: Dictionary) -> Change:
    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = made.make_indirect(action)

    return change


def at_an_event(action: Dictionary) -> Change:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].AA = Dictionary(O=action)

    return change


def annotation(**entries: object) -> Change:
    def change(made: pikepdf.Pdf) -> None:
        own = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **entries)
        made.pages[0].Annots = Array([made.make_indirect(own)])

    return change


def linked(action: Dictionary) -> Change:
    return annotation(Subtype=Name.Link, A=action)


def after_another(action: Dictionary) -> Change:
    first = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([action]))
    return annotation(Subtype=Name.Link, A=first)


def of_a_field(action: Dictionary) -> Change:
    def change(made: pikepdf.Pdf) -> None:
        entries = {"FT": Name.Tx, "T": String("a"), "AA": Dictionary(K=action)}
        annotation(Subtype=Name.Widget, **entries)(made)
        made.Root.AcroForm = Dictionary(Fields=made.pages[0].Annots)

    return change


def in_the_outline(action: Dictionary) -> Change:
    def change(made: pikepdf.Pdf) -> None:
        item = made.make_indirect(Dictionary(Title=String("一"), A=action))
        made.Root.Outlines = Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1)

    return change


PLACES: Mapping[str, Callable[[Dictionary], Change]] = {
    "opening": on_opening,
    "event": at_an_event,
    "link": linked,
    "next": after_another,
    "field": of_a_field,
    "outline": in_the_outline,
}
WAYS: Mapping[str, Mapping[str, object]] = {
    "plain": {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
    "object-streams": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "encrypted": {"encryption": pikepdf.Encryption(owner="o", user="")},
    "linearized": {"linearize": True},
}


def made(change: Change, **how: object) -> bytes:
    own = empty()
    change(own)
    return saved(own, **how)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("action", ACTIONS)
def test_no_action_passes_wherever_it_stands(action: str, place: str, way: str) -> None:
    found = inside_pdf(made(PLACES[place](ACTIONS[action]()), **WAYS[way]))
    assert found.told and not found.why


def named_script(made: pikepdf.Pdf) -> None:
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), js()])))


def events_of_the_document(made: pikepdf.Pdf) -> None:
    made.Root.AA = Dictionary(WC=Dictionary(S=Name.GoTo, D=Array([0, Name.Fit])))


def form_of_xml(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=made.make_stream(b"<xdp/>"))


def file_specification(made: pikepdf.Pdf) -> Dictionary:
    stream = made.make_stream(b"names")
    return made.make_indirect(
        Dictionary(Type=Name.Filespec, F=String("a.xlsx"), EF=Dictionary(F=stream))
    )


def named_file(made: pikepdf.Pdf) -> None:
    made.attachments["a.xlsx"] = b"names"


def associated_file(made: pikepdf.Pdf) -> None:
    made.pages[0].AF = Array([file_specification(made)])


def file_on_a_page(made: pikepdf.Pdf) -> None:
    annotation(Subtype=Name.FileAttachment, FS=file_specification(made))(made)


def portfolio(made: pikepdf.Pdf) -> None:
    made.Root.Collection = Dictionary(Type=Name.Collection, View=Name.D)


def film(made: pikepdf.Pdf) -> None:
    annotation(Subtype=Name.RichMedia, RichMediaContent=Dictionary())(made)


def content_elsewhere(made: pikepdf.Pdf) -> None:
    stream = made.make_stream(b"")
    stream.F = String("http://example.org/a.bin")
    made.pages[0].Resources = Dictionary(XObject=Dictionary(X=stream))


def programs_own_data(made: pikepdf.Pdf) -> None:
    made.pages[0].PieceInfo = Dictionary(Illustrator=Dictionary(Private=Dictionary()))


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("names.txt", "张三")
    return out.getvalue()


def updated(first: bytes, second: bytes) -> bytes:
    """A file with one more version behind it, which replaces the catalog's action by nothing."""
    with pikepdf.open(io.BytesIO(first)) as opened:
        root = opened.trailer.Root
        number, pages = root.objgen[0], root.Pages.objgen[0]
        size = int(opened.trailer.Size)
    at = len(first)
    update = f"{number} 0 obj\n<< /Type /Catalog /Pages {pages} 0 R >>\nendobj\n".encode()
    old = int(first.rsplit(b"startxref", 1)[1].split()[0])
    table = f"xref\n{number} 1\n{at:010} 00000 n \n".encode()
    trailer = f"trailer\n<< /Size {size} /Root {number} 0 R /Prev {old} >>\n".encode()
    end = f"startxref\n{at + len(update)}\n%%EOF\n".encode()
    return second + update + table + trailer + end


def plain(change: Change = lambda made: None) -> bytes:
    return made(change, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def hidden_version() -> bytes:
    first = plain(on_opening(js()))
    return updated(first, first)


def bytes_between_versions() -> bytes:
    first = plain()
    old = int(first.rsplit(b"startxref", 1)[1].split()[0])
    with pikepdf.open(io.BytesIO(first)) as opened:
        size, root = int(opened.trailer.Size), opened.trailer.Root.objgen[0]
    trailer = f"trailer\n<</Size {size}/Root {root} 0 R/Prev {old}>>\n"
    whole = first + b"names of persons\n"
    return whole + f"xref\n0 0\n{trailer}startxref\n{len(whole)}\n%%EOF".encode()


def unreadable_version() -> bytes:
    """What stands before the first end is no file any more: the numbers of its table are wrong."""
    first = plain()
    broken = first.replace(b"startxref\n", b"startxref\n9", 1)
    return updated(
        first, first[: first.rindex(b"startxref")] + broken[broken.rindex(b"startxref") :]
    )


def with_header(line: bytes) -> bytes:
    raw = plain()
    length = raw.index(b"\n")
    return line.ljust(length)[:length] + raw[length:]


def object_of_nobody() -> bytes:
    """An object that no table lists."""
    raw = plain()
    at = raw.rindex(b"xref\n", 0, raw.rindex(b"startxref"))
    left = b"99 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n"
    old = int(raw.rsplit(b"startxref", 1)[1].split()[0])
    moved = raw[:at] + left + raw[at:]
    return moved.replace(f"startxref\n{old}".encode(), f"startxref\n{old + len(left)}".encode())


@functools.cache
def bomb() -> bytes:
    """A megabyte that unpacks to the better part of a gigabyte, and is to be read."""
    own = empty()
    packer, blank = zlib.compressobj(1), b" " * 2**20
    data = b"".join(packer.compress(blank) for _ in range(800)) + packer.flush()
    stream = Stream(own, b"")
    stream.write(zlib.compress(data), filter=Array([Name.FlateDecode, Name.FlateDecode]))
    stream.Subtype = Name.XML
    own.pages[0].Resources = Dictionary(Properties=Dictionary(M=own.make_indirect(stream)))
    how = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
    return saved(own, **how)


# Each form: its file, and with which code it is refused.
PAPERS: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "named-script": (lambda: made(named_script), "pdf-words"),
    "opening-script": (lambda: made(on_opening(js())), "pdf-words"),
    "event-of-document": (lambda: made(events_of_the_document), "pdf-words"),
    "xfa": (lambda: made(form_of_xml), "pdf-words"),
    "named-file": (lambda: made(named_file), "pdf-words"),
    "associated-file": (lambda: made(associated_file), "pdf-words"),
    "file-on-a-page": (lambda: made(file_on_a_page), "pdf-words"),
    "portfolio": (lambda: made(portfolio), "pdf-words"),
    "film": (lambda: made(film), "pdf-words"),
    "content-elsewhere": (lambda: made(content_elsewhere), "pdf-words"),
    "programs-own-data": (lambda: made(programs_own_data), "pdf-words"),
    "hidden-author": (lambda: pdf(Author="张三"), "pdf-words"),
    "hidden-version": (hidden_version, "pdf-words"),
    "bytes-between-versions": (bytes_between_versions, "pdf-words"),
    "unreadable-version": (unreadable_version, "pdf-unreadable"),
    "object-of-nobody": (object_of_nobody, "pdf-words"),
    "script-as-header": (lambda: with_header(b"%PDF-<script>alert(1)</script>"), "pdf-words"),
    "script-behind-header": (lambda: plain().replace(b"\n%", b"\n%<script>\n%", 1), "pdf-"),
    "bytes-before": (lambda: b"MZ\0\0" + plain(), "attachment-form"),
    "page-before": (lambda: b"<html>" + plain(), "attachment-form"),
    "bytes-behind": (lambda: plain() + b"MZ\0\0", "pdf-words"),
    "archive-behind": (lambda: plain() + archive(), "pdf-words"),
    "password": (lambda: saved(empty(), encryption=pikepdf.Encryption("o", "u")), "pdf-unreadable"),
    "half": (lambda: plain()[:300], "pdf-unreadable"),
    "bomb": (bomb, "pdf-unreadable"),
}


def animated(form: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, form, save_all=True, append_images=frames[1:])
    return out.getvalue()


def wide(width: int, height: int) -> bytes:
    """A PNG whose header alone names its size."""
    raw = bytearray(png())
    raw[16:24] = struct.pack(">II", width, height)
    raw[29:33] = struct.pack(">I", zlib.crc32(bytes(raw[12:29])))
    return bytes(raw)


def many_scans() -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    raw = decoded("jpeg", (64, 64), progressive=True)
    at = raw.rindex(b"\xff\xda")
    return raw[:at] + raw[at:-2] * 200 + b"\xff\xd9"


def with_more_data() -> bytes:
    raw = png()
    start = raw.index(b"IDAT") - 4
    (length,) = struct.unpack_from(">I", raw, start)
    body = raw[start + 8 : start + 8 + length] + archive()
    chunk = struct.pack(">I", len(body)) + b"IDAT" + body
    return (
        raw[:start] + chunk + struct.pack(">I", zlib.crc32(b"IDAT" + body))
        + raw[start + 12 + length :]
    )  # fmt: skip


def with_longer_data() -> bytes:
    rows = zlib.compress(b"\0\0\0\0" * 2 + b"names")
    return png().replace(zlib.compress(b"\0\0\0\0" * 2), rows)


def text_in_png() -> bytes:
    out, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_text("Author", "W")
    Image.new("RGB", (8, 8)).save(out, "png", pnginfo=info)
    return out.getvalue()


def flipped(raw: bytes, at: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :]


PICTURES: Mapping[str, tuple[str, Callable[[], bytes], str]] = {
    "zip-behind-jpeg": ("jpg", lambda: jpeg() + archive(), "attachment-words"),
    "page-behind-jpeg": ("jpg", lambda: jpeg() + b"<script>", "attachment-words"),
    "second-jpeg": ("jpg", lambda: jpeg() + jpeg(), "attachment-words"),
    "c2pa-jpeg": ("jpg", lambda: jpeg((0xEB, b"JP\0\0\0jumb")), "attachment-words"),
    "comment": ("jpg", lambda: jpeg((0xFE, b"by W")), "attachment-words"),
    "mpf": ("jpg", lambda: jpeg((0xE2, b"MPF\0")), "attachment-words"),
    "own-segment": ("jpg", lambda: jpeg((0xE9, b"private")), "attachment-words"),
    "exif": (
        "jpg",
        lambda: decoded("jpeg", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0"),
        "attachment-words",
    ),
    "between-segments": ("jpg", lambda: jpeg()[:20] + b"hidden" + jpeg()[20:], "attachment-words"),
    "cut-jpeg": ("jpg", lambda: jpeg()[: len(jpeg()) // 2], "picture-unsound"),
    "header-alone": ("jpg", lambda: jpeg()[: jpeg().index(b"\xff\xda")], "picture-unsound"),
    "many-scans": ("jpg", many_scans, "picture-unsound"),
    "jpeg-as-png": ("png", jpeg, "attachment-form"),
    "png-as-jpeg": ("jpg", png, "attachment-form"),
    "huge-png": ("png", lambda: wide(2**31 - 1, 2**31 - 1), "picture-unsound"),
    "no-width": ("png", lambda: wide(0, 2), "picture-unsound"),
    "long-png": ("png", lambda: wide(MOST_SIDE + 1, 1), "picture-unsound"),
    "large-png": ("png", lambda: wide(8192, MOST_PIXELS // 8192 + 1), "picture-unsound"),
    "zip-behind-png": ("png", lambda: png() + archive(), "attachment-words"),
    "zip-in-data": ("png", with_more_data, "picture-unsound"),
    "more-rows": ("png", with_longer_data, "picture-unsound"),
    "text": ("png", text_in_png, "attachment-words"),
    "time": ("png", lambda: png((b"tIME", b"1234567")), "attachment-words"),
    "unknown-chunk": ("png", lambda: png((b"prVt", b"x")), "attachment-words"),
    "c2pa-png": ("png", lambda: png((b"caBX", b"jumb")), "attachment-words"),
    "moving-png": ("png", lambda: animated("png"), "attachment-words"),
    "wrong-check": ("png", lambda: flipped(png(), 30), "picture-unsound"),
    "no-end": ("png", lambda: png()[:-12], "picture-unsound"),
    "cut-png": ("png", lambda: png()[:-20], "picture-unsound"),
    "profile-with-name": ("png", lambda: png(iccp(profile(), b"W's iMac")), "attachment-words"),
    "profile-bomb": ("png", lambda: png(iccp(b"\0" * 2**26)), "attachment-words"),
    "moving-webp": ("webp", lambda: animated("webp"), "attachment-words"),
    "exif-webp": ("webp", lambda: webp((b"EXIF", b"who")), "attachment-words"),
    "xmp-webp": ("webp", lambda: webp((b"XMP ", b"who")), "attachment-words"),
    "zip-behind-webp": ("webp", lambda: webp() + archive(), "attachment-words"),
    "cut-webp": ("webp", lambda: webp()[:60], "picture-unsound"),
    "gif": ("png", lambda: b"GIF89a" + bytes(100), "attachment-form"),
    "svg": ("png", lambda: b"<svg onload='alert(1)'/>", "attachment-form"),
}


def attached(world: World, name: str, raw: bytes) -> World:
    path = world.folder / FOLDER / name
    path.parent.mkdir(parents=True)
    path.write_bytes(raw)
    return world


def test_the_table_is_long() -> None:
    assert len(PAPERS) + len(PICTURES) >= 33


@pytest.mark.parametrize("form", PAPERS)
def test_a_paper_that_acts_hides_or_breaks_is_refused(
    form: str, world: Callable[[str], World]
) -> None:
    make, code = PAPERS[form]
    city = attached(world(NOTE), "plan.pdf", make())
    codes = city.codes()
    assert codes and all(one.startswith(code) for one in codes)
    assert all(one.level == "error" for one in city.check())
    assert "张三" not in city.said()


@pytest.mark.parametrize("form", PICTURES)
def test_a_picture_that_hides_or_breaks_is_refused(
    form: str, world: Callable[[str], World]
) -> None:
    ending, make, code = PICTURES[form]
    city = attached(world(SHOWN.replace(".png", f".{ending}")), f"door.{ending}", make())
    assert code in city.codes()
    assert all(one.level == "error" for one in city.check())


def as_libreoffice(made: pikepdf.Pdf) -> None:
    made.docinfo["/Creator"], made.docinfo["/Producer"] = (
        String("Writer"),
        String("LibreOffice 7.4"),
    )
    made.Root.MarkInfo = Dictionary(Marked=True)
    made.Root.StructTreeRoot = Dictionary(
        Type=Name.StructTreeRoot,
        K=Dictionary(Type=Name.StructElem, S=Name.P, A=Dictionary(O=Name.Layout)),
    )
    made.Root.OpenAction = Array([made.pages[0].obj, Name.XYZ, None, None, 0])


def as_wps(made: pikepdf.Pdf) -> None:
    made.docinfo["/Creator"], made.docinfo["/Author"] = String("WPS 文字"), String("")
    made.pages[0].Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    made.pages[0].Resources = Dictionary(
        Font=Dictionary(AA=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Arial)),
        XObject=Dictionary(JS=made.make_stream(b"", Type=Name.XObject, Subtype=Name.Form)),
    )
    item = Dictionary(Title=String("一"), A=Dictionary(S=Name.GoTo, D=Array([0, Name.Fit])))
    made.Root.Outlines = Dictionary(Type=Name.Outlines, First=made.make_indirect(item), Count=1)


def as_a_web_page(made: pikepdf.Pdf) -> None:
    uri = Dictionary(S=Name.URI, URI=String("https://www.example.gov.cn/art/2025/6/30/?a=1#b"))
    linked(uri)(made)
    made.Root.URI = Dictionary(Base=String("https://www.example.gov.cn/"))


def as_a_letter(made: pikepdf.Pdf) -> None:
    linked(Dictionary(S=Name.URI, URI=String("mailto:office@example.gov.cn")))(made)
    made.Root.Names = Dictionary(Dests=Dictionary(Names=Array([])))
    made.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    made.Root.OutputIntents = Array([Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1)])


def as_a_scan(made: pikepdf.Pdf) -> None:
    scan = Stream(made, decoded("jpeg", (200, 100)))
    scan.Type, scan.Subtype, scan.Filter = Name.XObject, Name.Image, Name.DCTDecode
    scan.Width, scan.Height, scan.ColorSpace, scan.BitsPerComponent = 200, 100, Name.DeviceRGB, 8
    made.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=made.make_indirect(scan)))


def as_signed(made: pikepdf.Pdf) -> None:
    value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=String("\x30"))
    entries = {"FT": Name.Sig, "T": String("Signature1"), "V": made.make_indirect(value)}
    annotation(Subtype=Name.Widget, F=132, **entries)(made)
    made.Root.AcroForm = Dictionary(Fields=made.pages[0].Annots, SigFlags=3)


def as_described(made: pikepdf.Pdf) -> None:
    xmp(made, '<rdf:Description rdf:about=""><pdf:Producer>x</pdf:Producer></rdf:Description>')


def as_word() -> bytes:
    """Word writes a second, empty table behind the first, and thereby two ends."""
    raw = plain()
    with pikepdf.open(io.BytesIO(raw)) as opened:
        size, root = int(opened.trailer.Size), opened.trailer.Root.objgen[0]
    old = int(raw.rsplit(b"startxref", 1)[1].split()[0])
    trailer = f"trailer\n<</Size {size}/Root {root} 0 R/Prev {old}>>\n"
    return raw + f"xref\n0 0\n{trailer}startxref\n{len(raw)}\n%%EOF".encode()


def as_ghostscript() -> bytes:
    """It says how it was called, without names of files, in a comment at the beginning."""
    raw = plain()
    line = b"%%Invocation: gs -q -dNOPAUSE -dBATCH -sDEVICE=pdfwrite -sOutputFile=? ?\n"
    at = raw.index(b"\n", raw.index(b"\n") + 1) + 1
    end = raw.rindex(b"xref\n", 0, raw.rindex(b"startxref"))
    rows = raw[end:].split(b"\n")
    moved = [
        b"%010d%s" % (int(row[:10]) + len(line), row[10:]) if row[17:18] == b"n" else row
        for row in rows
    ]
    old = int(raw.rsplit(b"startxref", 1)[1].split()[0])
    tail = b"\n".join(moved).replace(b"\n%d\n%%%%EOF" % old, b"\n%d\n%%%%EOF" % (old + len(line)))
    return raw[:at] + line + raw[at:end] + tail


CHANGES: Mapping[str, Change] = {
    "libreoffice": as_libreoffice,
    "wps": as_wps,
    "web-page": as_a_web_page,
    "letter": as_a_letter,
    "scan": as_a_scan,
    "signed": as_signed,
    "described": as_described,
}
INNOCENT_PAPERS: Mapping[str, Callable[[], bytes]] = {
    **{
        f"{name}-{way}": lambda change=change, way=way: made(change, **WAYS[way])
        for name, change in CHANGES.items()
        for way in WAYS
    },
    "word": as_word,
    "ghostscript": as_ghostscript,
    "empty": plain,
}


def test_a_command_line_with_a_path_is_told() -> None:
    raw = as_ghostscript().replace(b"OutputFile=? ?", b"=/home/zs/a.ps")
    assert [one.kind for one in inside_pdf(raw).told] == ["path"]


def cleaned(raw: bytes) -> bytes:
    """What a tool that takes out everything besides the picture leaves."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(raw)) as picture:
        Image.frombytes(picture.mode, picture.size, picture.tobytes()).save(out, picture.format)
    return out.getvalue()


def grey(mode: str, form: str, **how: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (31, 17), 1).save(out, form, **how)
    return out.getvalue()


INNOCENT_PICTURES: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "screenshot": ("png", lambda: decoded("png", (320, 200))),
    "sharp-screenshot": ("png", lambda: decoded("png", (64, 64), dpi=(144, 144), optimize=True)),
    "palette": ("png", lambda: grey("P", "png")),
    "one-bit": ("png", lambda: grey("1", "png")),
    "grey": ("png", lambda: grey("L", "png")),
    "sixteen-bit": ("png", lambda: grey("I;16", "png")),
    "transparent": ("png", lambda: grey("LA", "png")),
    "with-colours": ("png", lambda: decoded("png", icc_profile=profile())),
    "interlaced": ("png", lambda: interlaced(37, 23)),
    "photo": ("jpg", lambda: decoded("jpeg", (400, 300), quality=85)),
    "photo-with-colours": ("jpg", lambda: decoded("jpeg", icc_profile=profile())),
    "progressive": ("jpg", lambda: decoded("jpeg", (400, 300), progressive=True)),
    "for-print": ("jpg", lambda: grey("CMYK", "jpeg")),
    "grey-photo": ("jpeg", lambda: grey("L", "jpeg")),
    "restarting": ("jpg", lambda: decoded("jpeg", (200, 100), restart_marker_rows=1)),
    "cleaned": ("jpg", lambda: cleaned(jpeg((0xFE, b"by W"), (0xED, b"Photoshop")))),
    "webp": ("webp", lambda: decoded("webp", (200, 100))),
    "lossless-webp": ("webp", lambda: decoded("webp", (200, 100), lossless=True)),
    "webp-with-colours": ("webp", lambda: decoded("webp", icc_profile=profile())),
    "transparent-webp": ("webp", lambda: grey("RGBA", "webp")),
}


def interlaced(width: int, height: int) -> bytes:
    """An interlaced PNG of zeros: seven passes of rows, each with its filter byte."""
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2))
    size = 0
    for x, y, dx, dy in (*passes, (0, 1, 1, 2)):
        across, down = len(range(x, width, dx)), len(range(y, height, dy))
        size += down * (1 + across * 3) if across else 0

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 1)
    data = zlib.compress(bytes(size))
    return png()[:8] + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", INNOCENT_PAPERS)
def test_a_paper_of_ordinary_software_passes(form: str, world: Callable[[str], World]) -> None:
    city = attached(world(NOTE), "plan.pdf", INNOCENT_PAPERS[form]())
    assert city.codes() == [], city.said()


@pytest.mark.parametrize("form", INNOCENT_PICTURES)
def test_a_picture_of_ordinary_software_passes(form: str, world: Callable[[str], World]) -> None:
    ending, make = INNOCENT_PICTURES[form]
    city = attached(world(SHOWN.replace(".png", f".{ending}")), f"door.{ending}", make())
    assert city.codes() == [], city.said()


@settings(max_examples=60)
@given(
    mode=st.sampled_from(["1", "L", "P", "LA", "RGB", "RGBA", "I;16"]),
    width=st.integers(1, 40),
    height=st.integers(1, 40),
)
def test_every_png_that_is_saved_is_exact(mode: str, width: int, height: int) -> None:
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, "png")
    assert flaw_of(out.getvalue(), "png", width, height) == ""
    assert flaw_of(interlaced(width, height), "png", width, height) == ""


@settings(max_examples=150)
@given(st.binary(min_size=1, max_size=40), st.integers(0, 10**6), st.sampled_from([png(), jpeg()]))
def test_bytes_that_draw_nothing_never_pass_in_silence(more: bytes, at: int, raw: bytes) -> None:
    """Whatever is put into a picture: it is told, the picture is not sound, or it is drawn."""
    from jiaozhang.attachments.inspection import form_of, size_of, told_by_picture

    at %= len(raw) + 1
    changed = raw[:at] + more + raw[at:]
    size, form = size_of(changed), form_of(changed)
    is_told = not form or size is None or bool(told_by_picture(changed))
    if is_told or flaw_of(changed, form, size.width, size.height):
        return
    with Image.open(io.BytesIO(changed)) as one, Image.open(io.BytesIO(raw)) as other:
        is_drawn = one.size != other.size or one.tobytes() != other.tobytes()
    # Between a scan and the end of a JPEG a decoder passes over what it does not draw.
    assert is_drawn or form == "jpeg" or not more.strip(b"\0\r\n\t ")


def test_what_costs_too_much_is_refused_in_time() -> None:
    raw = bomb()
    assert len(raw) < 2 * 1024 * 1024
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    start = time.process_time()
    assert _inside(raw, hashlib.sha256(raw).hexdigest()).why in ("broken", "cost")
    assert time.process_time() - start < 5
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert after <= max(before, 1.6 * 2**20)  # kilobytes


def _forever() -> Iterator[int]:
    while True:
        yield 1


@pytest.mark.parametrize(
    "read", [lambda: sum(_forever()), lambda: bytearray(2**34), lambda: os._exit(3)]
)
def test_a_reading_that_never_ends_is_ended(read: Callable[[], object]) -> None:
    with pytest.raises(TooCostlyError):
        within_limits(read, seconds=1, size=2**28)


def test_a_reading_within_its_limits_answers() -> None:
    assert within_limits(lambda: 7) == 7
    assert bounded.MOST_BYTES <= 2**30
