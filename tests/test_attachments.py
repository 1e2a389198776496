"""Attachments: pictures and papers that a note shows, and what is refused about them."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zlib
from collections.abc import Callable
from importlib.resources import files

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from test_pdf import pdf
from test_progress import FILE, MONTHLY, REPORT, approve, approve_all, settled

from conftest import World
from jiaozhang.attachments.inspection import Size, form_of, size_of, told_by_picture
from jiaozhang.faults.messages.attachment_messages import INSIDE, WHY
from jiaozhang.processes.bounded import TooCostlyError

NOTE = """
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {title: 实验室建成, publisher: 示例日报}
---
第一个实验室建成。

"""
FOLDER = "content/2025/notes/001/2025-06-30-ribao"
SHOWN = NOTE + "![实验室的大门](2025-06-30-ribao/door.png)\n"


SHOWN_AS_NAMED = NOTE + "![门](2025-06-30-ribao/大门.png)\n"


def png(*extra: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0\0\0\0" * 2)
    chunks = ((b"IHDR", header), *extra, (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, body) for kind, body in chunks)


def decoded(form: str, size: tuple[int, int] = (30, 20), **how: object) -> bytes:
    """A picture as a program saves it, with nothing besides."""
    out = io.BytesIO()
    noise = hashlib.shake_128(b"noise").digest(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, noise).save(out, form, **how)
    return out.getvalue()


def jpeg(*extra: tuple[int, bytes]) -> bytes:
    """A photograph with more segments behind its beginning."""
    parts = (bytes([0xFF, m]) + struct.pack(">H", len(b) + 2) + b for m, b in extra)
    return b"\xff\xd8" + b"".join(parts) + decoded("jpeg")[2:]


_FLAGS = {b"ICCP": 0x20, b"EXIF": 0x08, b"XMP ": 0x04}


def webp(*extra: tuple[bytes, bytes]) -> bytes:
    """A WebP of the extended form with more chunks; a profile goes before the picture."""
    picture = decoded("webp")[12:]
    size = (29).to_bytes(3, "little") + (19).to_bytes(3, "little")
    flags = sum(_FLAGS.get(kind, 0) for kind, _ in extra)
    first = [one for one in extra if one[0] == b"ICCP"]
    last = [one for one in extra if one[0] != b"ICCP"]

    def packed(chunks: list[tuple[bytes, bytes]]) -> bytes:
        return b"".join(k + struct.pack("<I", len(b)) + b + b"\0" * (len(b) % 2) for k, b in chunks)

    head = [(b"VP8X", bytes([flags, 0, 0, 0]) + size), *first]
    body = packed(head) + picture + packed(last)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def profile(*tags: tuple[bytes, bytes]) -> bytes:
    """A colour profile: a real one's parts, with these besides or instead."""
    real = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    (count,) = struct.unpack_from(">I", real, 128)
    rows = (struct.unpack_from(">4sII", real, 132 + 12 * at) for at in range(count))
    parts = {name: real[at : at + length] for name, at, length in rows} | dict(tags)
    table, data, at = b"", b"", 132 + 12 * len(parts)
    for name, body in parts.items():
        table += struct.pack(">4sII", name, at + len(data), len(body))
        data += body + b"\0" * (-len(body) % 4)
    whole = real[4:84] + b"\0" * 44 + struct.pack(">I", len(parts)) + table + data
    return struct.pack(">I", len(whole) + 4) + whole


# Another program's profile of sRGB, with a line end behind its last tag.
SHIPPED_PROFILE = (files(pikepdf) / "pdfa" / "data" / "sRGB.icc").read_bytes()


def mluc(text: str) -> bytes:
    body = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"zh", b"CN", len(body), 28) + body


def iccp(own: bytes, name: bytes = b"ICC Profile") -> tuple[bytes, bytes]:
    return b"iCCP", name + b"\0\0" + zlib.compress(own)


@pytest.mark.parametrize(
    ("raw", "form", "size"),
    [
        (png(), "png", Size(3, 2)),
        (jpeg(), "jpeg", Size(30, 20)),
        (webp(), "webp", Size(30, 20)),
        (b"%PDF-1.7", "pdf", None),
        (b"GIF89a", "", None),
        (b"\x89PNG\r\n\x1a\n", "png", None),
        (b"\xff\xd8\xff", "jpeg", None),
        (b"RIFF....WEBP", "webp", None),
    ],
)
def test_what_a_file_is_stands_in_its_header(raw: bytes, form: str, size: Size | None) -> None:
    assert (form_of(raw), size_of(raw)) == (form, size)


def exif(*tags: int, order: str = "<", inner: tuple[int, ...] = (), gps: int = 0) -> bytes:
    """A TIFF block with some tags, some in its EXIF directory, and some GPS tags."""

    def directory(own: list[tuple[int, int]]) -> bytes:
        rows = b"".join(struct.pack(f"{order}HHII", tag, 2, 1, value) for tag, value in own)
        return struct.pack(f"{order}H", len(own)) + rows + b"\0\0\0\0"

    pointers = [(0x8769, 0)] * bool(inner) + [(0x8825, 0)] * bool(gps)
    at = 8 + 2 + 12 * (len(tags) + len(pointers)) + 4
    behind, placed = b"", []
    for tag, own in ((0x8769, inner), (0x8825, range(1, gps + 1))):
        if own:
            placed.append((tag, at + len(behind)))
            behind += directory([(one, 0) for one in own])
    head = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(f"{order}I", 8)
    return head + directory([*((tag, 0) for tag in tags), *placed]) + behind


XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><dc:creator>W</dc:creator></x:xmpmeta>"


@pytest.mark.parametrize(
    ("name", "raw", "codes"),
    [
        ("door.png", png(), []),
        ("door.jpg", jpeg(), []),
        ("door.jpeg", jpeg(), []),
        ("door.webp", webp(), []),
        ("door.jpg", png(), ["attachment-form"]),
        ("door.png", jpeg(), ["attachment-form"]),
    ],
)
def test_a_file_is_what_its_name_says(
    world: Callable[[str], World], name: str, raw: bytes, codes: list[str]
) -> None:
    city = world(SHOWN.replace("door.png", name))
    (city.folder / FOLDER).mkdir()
    (city.folder / FOLDER / name).write_bytes(raw)
    assert city.codes() == codes


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (png((b"tEXt", b"Author\0A")), ("comment",)),
        (png((b"iTXt", b"XML:com.adobe.xmp\0<exif:GPSLatitude>")), ("gps", "xmp")),
        (png((b"eXIf", b"x")), ("exif",)),
        (png((b"eXIf", exif(0x010F, gps=2))), ("gps", "camera")),
        (png((b"prVW", b"an earlier picture")), ("other",)),
        (png((b"tIME", b"1234567")), ("time",)),
        (png((b"sPLT", b"Palette of W\0\x08")), ("other",)),
        (png((b"caBX", b"jumb")), ("credentials",)),
        (png((b"acTL", b"\0" * 8)), ("frames",)),
        (png((b"gAMA", b"\0\0\xb1\x8f")), ()),
        (png((b"gAMA", b"\0\0\xb1\x8f"), (b"gAMA", b"\0\0\xb1\x8f")), ("other",)),
        (png((b"gAMA", b"\0" * 500)), ("other",)),
        (png(iccp(profile())), ()),
        (png(iccp(profile(), "张三的屏幕".encode())), ("profile",)),
        (png(iccp(profile((b"desc", mluc("张三的屏幕"))))), ("profile",)),
        (png(iccp(profile((b"desc", mluc("彩色 LCD"))))), ()),
        (png(iccp(profile((b"mmod", b"mmod" + b"\0" * 36)))), ("profile",)),
        (png(iccp(profile(), b"W's display")), ("profile",)),
        (png(iccp(profile() + b"more")), ("profile",)),
        (png(iccp(SHIPPED_PROFILE)), ()),
        (png(iccp(SHIPPED_PROFILE[:3] + b"\x10" + SHIPPED_PROFILE[4:] + b"hidden")), ("profile",)),
        (png((b"iCCP", b"x\0\0" + zlib.compress(profile()) + b"PK")), ("profile",)),
        (png(iccp(b"\0" * 2**21)), ("profile",)),
        (png() + b"\r\n", ()),
        (png() + b"PK\3\4", ("tail",)),
        (png() + b"PK\3\4\x14\0", ("tail", "another")),
        (jpeg((0xFE, b"<script>")), ("comment", "another")),
        (jpeg((0xE1, b"Exif\0\0")), ("exif",)),
        (jpeg((0xE1, b"Exif\0\0" + exif(gps=1))), ("gps",)),
        (jpeg((0xE1, b"Exif\0\0" + exif(0x013B, 0x0132, order=">"))), ("author", "time")),
        (jpeg((0xE1, b"Exif\0\0" + exif(inner=(0xA430, 0xA434)))), ("author", "camera")),
        (jpeg((0xE1, b"Exif\0\0" + exif(0x9C9D, 0x0131))), ("author", "software")),
        (jpeg((0xE1, XMP)), ("author", "xmp")),
        (jpeg((0xED, b"Photoshop 3.0")), ("iptc",)),
        (jpeg((0xFE, b"by me")), ("comment",)),
        (jpeg((0xE2, b"MPF\0")), ("other",)),
        (jpeg((0xEB, b"JP\0\0")), ("credentials",)),
        (jpeg((0xE2, b"ICC_PROFILE\0\1\1" + profile()), (0xEE, b"Adobe" + b"\0" * 7)), ()),
        (jpeg((0xE2, b"ICC_PROFILE\0\1\1" + profile()[:300])), ("profile",)),
        (jpeg((0xE0, b"JFXX\0\x13")), ("thumbnail",)),
        (jpeg((0xE0, b"JFIF\0\1\1\0\0\1\0\1\1\1\0\0\0")), ("thumbnail",)),
        (jpeg((0xEE, b"Adobe" + b"\0" * 7 + b"W")), ("other",)),
        (jpeg((0xEC, b"Ducky")), ("other",)),
        (jpeg((0xF0, b"x")), ("other",)),
        (jpeg()[:20] + b"between" + jpeg()[20:], ("other",)),
        (jpeg()[:2] + b"\xff\xff" + jpeg()[2:], ()),
        (jpeg() + jpeg(), ("tail",)),
        (jpeg()[:-2] + b"\xff\0\xff\xd0\xff\xfe\0\4by\xff\xd9", ("comment",)),
        (webp((b"EXIF", b"who")), ("exif",)),
        (webp((b"XMP ", b"who")), ("xmp",)),
        (webp((b"ICCP", profile())), ()),
        (webp((b"ICCP", b"who")), ("profile",)),
        (webp((b"C2PA", b"who")), ("credentials",)),
        (webp((b"ANMF", b"who")), ("frames",)),
        (webp((b"what", b"who")), ("other",)),
        (webp() + b"tail", ("tail",)),
        (png(), ()),
        (jpeg(), ()),
        (webp(), ()),
    ],
)
def test_what_a_picture_tells_besides_is_found_by_its_kind(
    raw: bytes, told: tuple[str, ...]
) -> None:
    assert told_by_picture(raw) == told


@given(st.binary(max_size=200), st.sampled_from([png(), jpeg(), webp()]), st.integers(0, 200))
@settings(deadline=None)
def test_damage_of_any_kind_is_no_bug(noise: bytes, raw: bytes, at: int) -> None:
    damaged = raw[: at % len(raw)] + noise + raw[at % len(raw) :]
    assert set(told_by_picture(damaged)) <= set(INSIDE)
    assert set(told_by_picture(png((b"eXIf", noise)))) - {"exif"} <= set(INSIDE)
    size_of(damaged)


def attached(world: World, files: dict[str, bytes]) -> World:
    for name, raw in files.items():
        path = world.folder / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    return world


@pytest.mark.slow
def test_a_picture_stands_on_the_tasks_page_with_its_words_and_size(
    world: Callable[[str], World],
) -> None:
    site = attached(world(SHOWN), {"door.png": png(), "plan.pdf": pdf()}).build()
    html = site.html("2025/tasks/001/")
    (picture,) = re.findall(r"<img ([^>]*)>", html)
    assert set(re.findall(r'\w+="[^"]*"', picture)) == {
        'src="2025-06-30-ribao/door.png"',
        'width="3"',
        'height="2"',
        'alt="实验室的大门"',
    }
    assert "附件：plan.pdf" in html
    assert site.files["2025/tasks/001/2025-06-30-ribao/door.png"] == png()


@pytest.mark.slow
@pytest.mark.parametrize(
    "shown",
    [
        '![大门](2025-06-30-ribao/door.png "门牌")',
        "![大[东]门](<2025-06-30-ribao/door.png>)",
        "- **![大门]( 2025-06-30-ribao/door.png )**",
        "| 图 |\n| - |\n| ![大门](2025-06-30-ribao/door.png) |",
        "甲[^1]\n\n[^1]: ![大门](2025-06-30-ribao/door.png)",
    ],
)
def test_a_picture_is_what_the_page_shows_as_one(world: Callable[[str], World], shown: str) -> None:
    city = attached(world(f"{NOTE}{shown}\n"), {"door.png": png()})
    assert city.codes() == []
    assert city.build().html("2025/tasks/001/").count("<img ") == 1


@pytest.mark.parametrize(
    "words",
    ["`![x](2025-06-30-ribao/door.png)`", "\\![x](2025-06-30-ribao/door.png)", "![x]"],
)
def test_what_the_page_shows_as_words_is_no_picture(
    world: Callable[[str], World], words: str
) -> None:
    city = attached(world(f"{NOTE}{words}\n"), {"door.png": png()})
    assert city.codes() == ["attachment-unused"]


@pytest.mark.slow
def test_words_that_look_like_html_are_left_as_they_are(world: Callable[[str], World]) -> None:
    text = SHOWN + '\n`src="2025-06-30-ribao/door.png"`\n'
    html = attached(world(text), {"door.png": png()}).build().html("2025/tasks/001/")
    assert '<code>src="2025-06-30-ribao/door.png"</code>' in html


def test_a_missing_picture_is_told_at_its_place(world: Callable[[str], World]) -> None:
    (found,) = attached(world(NOTE + "甲\n\n乙![外](a.png)\n"), {}).check()
    assert (found.code, found.place.line, found.place.column) == ("attachment-missing", 10, 2)


@pytest.mark.parametrize("name", ["door.png", "2025-06-30-ribao/dor.png", "../doors.jpg"])
def test_a_picture_called_by_another_name_is_named_and_not_blamed(
    world: Callable[[str], World], name: str
) -> None:
    text = f"{NOTE}![大门](2025-06-30-ribao/gate.png)\n\n![门]({name})\n"
    files = {"door.png": png(), "gate.png": png()}
    (found,) = attached(world(text), files).check()
    assert found.code == "attachment-missing"
    assert dict(found.facts)["nearest"] == "2025-06-30-ribao/door.png"
    # One name cannot mean two files.
    codes = attached(world(text), {**files, "hall.png": png()}).codes()
    assert sorted(codes) == ["attachment-missing", "attachment-unused"]


@pytest.mark.parametrize(
    ("code", "text", "files"),
    [
        ("attachment-missing", SHOWN, {}),
        ("attachment-missing", NOTE + "![外](https://example.org/a.png)\n", {}),
        ("image-without-words", NOTE + "![](2025-06-30-ribao/door.png)\n", {"door.png": png()}),
        ("attachment-unused", NOTE, {"door.png": png()}),
        ("attachment-form", SHOWN, {"door.png": jpeg()}),
        ("attachment-form", SHOWN, {"door.png": png()[:12]}),
        ("attachment-words", SHOWN, {"door.png": png((b"iTXt", b"Author"))}),
        ("attachment-words", SHOWN, {"door.png": png() + b"PK"}),
        ("attachment-name", SHOWN_AS_NAMED, {"大门.png": png()}),
        ("pdf-words", NOTE, {"plan.pdf": pdf(Author="张三")}),
        ("pdf-unreadable", NOTE, {"plan.pdf": pdf()[:200]}),
    ],
)
def test_an_attachment_is_refused(
    world: Callable[[str], World], code: str, text: str, files: dict[str, bytes]
) -> None:
    assert attached(world(text), files).codes() == [code]


def test_a_file_that_belongs_to_no_note_is_not_lost_in_silence(
    world: Callable[[str], World],
) -> None:
    city = attached(world(""), {"door.png": png()})
    assert city.codes() == ["unread-file"]
    (city.folder / FOLDER / "big.png").write_bytes(b"0" * (3 * 1024 * 1024))
    assert sorted(city.codes()) == ["attachment-too-large", "unread-file"]


def with_picture(world: Callable[[str], World]) -> World:
    city = settled(world(MONTHLY + REPORT + "\n![大门](2025-06-30-kejiju/door.png)\n"))
    picture = (city.folder / "content" / FILE).with_suffix("") / "door.png"
    picture.parent.mkdir()
    picture.write_bytes(png())
    return city


@pytest.mark.slow
def test_another_picture_voids_the_review(world: Callable[[str], World]) -> None:
    city = with_picture(world)
    approve_all(city)
    assert city.codes() == []
    assert "2025/tasks/001/2025-06-30-kejiju/door.png" in city.build().files
    picture = (city.folder / "content" / FILE).with_suffix("") / "door.png"
    picture.write_bytes(png() + b" ")
    assert city.codes() == ["review-void"]


@pytest.mark.slow
def test_a_picture_of_an_unreviewed_report_is_not_public(world: Callable[[str], World]) -> None:
    city = with_picture(world)
    path = "2025/tasks/001/2025-06-30-kejiju/door.png"
    assert path in city.build("intranet").files
    assert path not in city.build("public").files


def test_the_advice_names_what_was_found_and_what_to_do(world: Callable[[str], World]) -> None:
    photo = png((b"eXIf", exif(0x010F, 0x013B, gps=4)))
    city = attached(world(SHOWN), {"door.png": photo, "plan.pdf": pdf(Author="张三丰")})
    said = city.said()
    assert "door.png 里带有拍摄地点、作者、相机或手机的型号" in said
    assert "删除属性和个人信息" in said
    assert "plan.pdf 里带有作者（Author: 张*）" in said and "张三" not in said
    assert "WPS" in said and "LibreOffice" in said and "打印" in said


@pytest.mark.slow
def test_what_a_picture_of_an_unreviewed_report_tells_only_warns(
    world: Callable[[str], World],
) -> None:
    city = with_picture(world)
    picture = (city.folder / "content" / FILE).with_suffix("") / "door.png"
    picture.write_bytes(png((b"eXIf", exif(gps=1))))
    (found,) = city.found()
    assert (found.code, found.level) == ("attachment-words", "warning")
    assert "2025/tasks/001/index.html" in city.build("public").files
    for level, by in (("1", "甲"), ("2", "乙"), ("3", "丙")):
        said = approve(city, level, by, "2025-07-01")
        assert said.startswith("0") and "拍摄地点" in said
    said = approve(city, "secrecy", "丁", "2025-07-01")
    assert said.startswith("1") and "error[attachment-words]" in said


def test_a_file_that_costs_too_much_to_read_is_refused(
    world: Callable[[str], World], monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_costly(_: object) -> object:
        raise TooCostlyError

    monkeypatch.setattr("jiaozhang.check.attachment_rules.within_limits", too_costly)
    city = world(NOTE + "[方案](2025-06-30-ribao/plan.pdf)\n")
    path = city.folder / FOLDER / "plan.pdf"
    path.parent.mkdir()
    path.write_bytes(b"%PDF-1.4\n% nobody has read this\n%%EOF\n")
    (found,) = city.check()
    assert (found.code, dict(found.facts)["why"]) == ("pdf-unreadable", WHY["cost"][1])
