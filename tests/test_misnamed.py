"""Files under a wrong name or in a wrong folder: each is told what it was probably meant to be."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_attachments import png

from conftest import World
from jiaozhang.read.content import ROUTES
from jiaozhang.read.misnamed_files import Names, Route, meant_for

NAMES = Names(ROUTES, ["2025"], {"市科技局": "kejiju", "市科委": "kejiju"})
EXAMPLES = [route.example for route in ROUTES]


def spoilt(key: str) -> list[str]:
    """A right path as hands and tools misspell it."""
    folder, _, base = key.rpartition("/")
    stem, _, ending = base.rpartition(".")
    parts = key.split("/")
    ways = [
        f"{key}.txt",
        f"{folder}/{stem}.{ending.upper()}",
        f"{folder}/{stem}(1).{ending}",
        f"{folder}/{stem}（2）.{ending}",
        f"{folder}/{stem} - 副本.{ending}",
        f"{folder}/副本{stem}.{ending}",
        f"{folder}/{stem.upper()}.{ending}",
        re.sub(r"(\d{4})-0(\d)-(\d\d)", r"\1-\2-\3", key),
        re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\1.\2.\3", key),
        re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\1\2\3", key),
        re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\1_\2_\3", key),
        re.sub(r"(\d{4})-0(\d)-(\d\d)-?", r"\1年\2月\3日", key),
        key.replace("/023", "/23"),
        key.replace("-kejiju", "-市科技局"),
        key.replace("-kejiju", " kejiju"),
        *(
            "/".join([*parts[:at], part[:-1] + "z", *parts[at + 1 :]])
            for at, part in enumerate(parts[:-1])
            if part.isalpha() and part != "internal"
        ),
    ]
    if ending == "yaml":
        ways.append(f"{folder}/{stem}.yml")
    return [way.lstrip("/") for way in ways if way.lstrip("/") != key]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.example)
def test_an_example_fits_its_route_and_its_own_alone(route: Route) -> None:
    assert [own.example for own in ROUTES if re.fullmatch(own.pattern, route.example)] == [
        route.example
    ]


@pytest.mark.parametrize("key", EXAMPLES)
def test_the_name_that_was_meant_is_found(key: str) -> None:
    for way in spoilt(key):
        if not any(re.fullmatch(route.pattern, way) for route in ROUTES):
            assert meant_for(way, NAMES) == key, way


@given(st.text(max_size=40) | st.from_regex(r"[0-9a-z年月市科技局/ ._-]{1,50}\.(md|yaml|txt)"))
def test_a_guess_is_a_name_that_is_read(key: str) -> None:
    meant = meant_for(key, NAMES)
    assert not meant or any(re.fullmatch(route.pattern, meant) for route in ROUTES)
    # Nothing is moved out of sight of the public, or into it.
    assert not meant or ("internal" in key.lower().split("/")[:-1]) == (
        "internal" in meant.split("/")
    )


@pytest.mark.parametrize(
    ("given_", "meant"),
    [
        ("2025/tasks/023/2025-06-30-kejiju.md", "2025/notes/023/2025-06-30-kejiju.md"),
        ("2025/023/2025-06-30-kejiju.md", "2025/notes/023/2025-06-30-kejiju.md"),
        ("notes/23/2025-6-30-kejiju.md", "2025/notes/023/2025-06-30-kejiju.md"),
        ("2025/notes/第23项/2025-06-30-kejiju.md", "2025/notes/023/2025-06-30-kejiju.md"),
        ("2025/notes/023-2025-06-30-kejiju.md", "2025/notes/023/2025-06-30-kejiju.md"),
        ("2025/notes/023/稿/2025-06-30-kejiju.md", "2025/notes/023/2025-06-30-kejiju.md"),
        ("2025/notes/023/internal/2025-6-30-keji.md", "2025/internal/notes/023/2025-06-30-keji.md"),
        ("2025/units.yaml", "units.yaml"),
        ("unit.yml", "units.yaml"),
        # Without a day, a number or a unit nobody can tell.
        ("2025/notes/023/kejiju.md", ""),
        ("2025/notes/023/2025-06-30.md", ""),
        ("2025/amendments/2025-09-05.yaml", ""),
        ("readme.md", ""),
    ],
)
def test_what_a_path_says_is_kept(given_: str, meant: str) -> None:
    assert meant_for(given_, NAMES) == meant


RECORD = """
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {title: 实验室建成, publisher: 示例日报}
---
第一个实验室建成。

"""


def put(city: World, name: str, raw: bytes) -> Path:
    path = city.folder / "content" / "2025" / "notes" / "001" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("2025-06-30-ribao/IMG_2031.JPG", "2025-06-30-ribao/img-2031.jpg"),
        ("2025-06-30-ribao/现场 1.PNG", "2025-06-30-ribao/1.png"),
        ("2025-6-30-ribao/door.png", "2025-06-30-ribao/door.png"),
        ("door.png", "2025-06-30-ribao/door.png"),
    ],
)
def test_an_attachment_is_led_to_its_note(
    world: Callable[[str], World], name: str, meant: str
) -> None:
    city = world(RECORD)
    put(city, name, png())
    (fault,) = city.check()
    assert fault.code == "misnamed-file"
    assert dict(fault.facts)["nearest"] == f"content/2025/notes/001/{meant}"


def test_a_name_for_no_address_is_told_another(world: Callable[[str], World]) -> None:
    city = world(RECORD)
    put(city, "2025-06-30-ribao/微信图片_20250630.jpg", b"\xff\xd8\xff")
    put(city, "2025-06-30-ribao/图/door.png", png())
    names = {
        dict(one.facts).get("nearest") for one in city.check() if one.code == "attachment-name"
    }
    assert names == {"20250630.jpg", "door.png"}


@pytest.mark.parametrize(
    ("name", "said"),
    [("表.docx", "另存为 PDF"), ("表.xlsx", "figures"), ("IMG_1.HEIC", "另存为 JPG")],
)
def test_a_form_that_is_no_attachment_is_told_what_to_do(
    world: Callable[[str], World], name: str, said: str
) -> None:
    city = world(RECORD)
    put(city, f"2025-06-30-ribao/{name}", b"x")
    assert said in city.said()


@pytest.mark.parametrize(("name", "said"), [("door.png", "1600 像素"), ("plan.pdf", "压缩 PDF")])
def test_a_large_attachment_is_told_its_size_and_the_limit(
    world: Callable[[str], World], name: str, said: str
) -> None:
    body = f"![大门](2025-06-30-ribao/{name})\n" if name.endswith("png") else ""
    city = world(RECORD + body)
    put(city, f"2025-06-30-ribao/{name}", b"0" * (3 * 1024 * 1024))
    (fault,) = city.check()
    assert fault.code == "attachment-too-large"
    assert "3.0 MB" in city.said() and "最多 2 MB" in city.said() and said in city.said()


@pytest.mark.parametrize("broken", ["origin: [", "\torigin: public-record", "日期：今天"])
def test_a_note_with_a_fault_does_not_make_its_photograph_one(
    world: Callable[[str], World], broken: str
) -> None:
    city = world(
        RECORD.replace("origin: public-record", broken) + "![大门](2025-06-30-ribao/a.png)\n"
    )
    put(city, "2025-06-30-ribao/a.png", png())
    assert {one.place.line for one in city.check()} != {0}
    assert not {"unread-file", "attachment-unused", "misnamed-file"} & set(city.codes())


@pytest.mark.parametrize("name", ["2025-6-30-ribao", "2025-06-30-ribao.md"])
def test_a_misnamed_note_takes_its_folder_along(world: Callable[[str], World], name: str) -> None:
    city = world("")
    text = RECORD.partition("--\n")[2].encode() + f"![大门]({name}/a.png)\n".encode()
    put(city, f"{name}.md" if name[6] != "0" else f"{name}.txt", text)
    put(city, f"{name.removesuffix('.md')}/a.png", png())
    assert city.codes() == ["misnamed-file"]
