"""Attachments: pictures and papers that a note shows, and what is refused about them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import pytest
from test_progress import FILE, MONTHLY, REPORT, approve_all, settled

from conftest import World
from portal.attachment import Size, form_of, size_of, words_inside

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


def png(*extra: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0\0\0\0" * 2)
    chunks = ((b"IHDR", header), *extra, (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, body) for kind, body in chunks)


def jpeg(*extra: tuple[int, bytes]) -> bytes:
    frame = struct.pack(">BHHB", 8, 20, 30, 1) + b"\1\x11\0"
    segments = (*extra, (0xC0, frame))
    parts = (bytes([0xFF, m]) + struct.pack(">H", len(b) + 2) + b for m, b in segments)
    return b"\xff\xd8" + b"".join(parts) + b"\xff\xda\0\2\xff\xd9"


def webp(*kinds: bytes) -> bytes:
    size = (29).to_bytes(3, "little") + (19).to_bytes(3, "little")
    chunks = [(b"VP8X", b"\0" * 4 + size), *((kind, b"who") for kind in kinds)]
    body = b"".join(k + struct.pack("<I", len(b)) + b + b"\0" * (len(b) % 2) for k, b in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


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
    "raw",
    [
        png((b"tEXt", b"Author\0A")),
        png((b"eXIf", b"x")),
        jpeg((0xE1, b"Exif\0\0")),
        jpeg((0xFE, b"by me")),
        webp(b"EXIF"),
        b"%PDF-1.7 /Author (Wang)",
    ],
)
def test_who_is_written_inside_is_found(raw: bytes) -> None:
    assert words_inside(raw)


@pytest.mark.parametrize("raw", [png(), jpeg(), webp(), b"%PDF-1.7 /Author ()"])
def test_a_clean_file_tells_nothing(raw: bytes) -> None:
    assert words_inside(raw) == ""


def attached(world: World, files: dict[str, bytes]) -> World:
    for name, raw in files.items():
        path = world.folder / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    return world


def test_a_picture_stands_on_the_tasks_page_with_its_words_and_size(
    world: Callable[[str], World],
) -> None:
    site = attached(world(SHOWN), {"door.png": png(), "plan.pdf": b"%PDF-1.7"}).build()
    html = site.html("2025/tasks/001/")
    assert 'src="2025-06-30-ribao/door.png" width="3" height="2"' in html
    assert 'alt="实验室的大门"' in html
    assert "附件：plan.pdf" in html
    assert site.files["2025/tasks/001/2025-06-30-ribao/door.png"] == png()


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
        ("attachment-name", NOTE, {"大门.png": png()}),
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
    assert sorted(city.codes()) == ["file-too-large", "unread-file"]


def with_picture(world: Callable[[str], World]) -> World:
    city = settled(world(MONTHLY + REPORT + "\n![大门](2025-06-30-kejiju/door.png)\n"))
    picture = (city.folder / "content" / FILE).with_suffix("") / "door.png"
    picture.parent.mkdir()
    picture.write_bytes(png())
    return city


def test_another_picture_voids_the_review(world: Callable[[str], World]) -> None:
    city = with_picture(world)
    approve_all(city)
    assert city.codes() == []
    assert "2025/tasks/001/2025-06-30-kejiju/door.png" in city.build().files
    picture = (city.folder / "content" / FILE).with_suffix("") / "door.png"
    picture.write_bytes(png() + b" ")
    assert city.codes() == ["review-void"]


def test_a_picture_of_an_unreviewed_report_is_not_public(world: Callable[[str], World]) -> None:
    city = with_picture(world)
    path = "2025/tasks/001/2025-06-30-kejiju/door.png"
    assert path in city.build("intranet").files
    assert path not in city.build("public").files
