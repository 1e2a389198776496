"""A value that cannot be read is told once: no rule that rests on it blames another place."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_slips import city

from conftest import World, write_files

pytestmark = pytest.mark.slow

# What the city of test_slips does not have: other names of a unit, members of a group, a plan,
# a changed value, a term that waits for its event, an everyday word.
MORE = """
-- content/units.yaml --
- {slug: kejiju, name: 市科技局, kind: department, aliases: [市科委], full_name: 示例市科学技术局}
- {slug: caizhengju, name: 市财政局, kind: department}
- {slug: dongcheng-zhengfu, name: 东城区人民政府, kind: district, district: 东城区}
- {slug: xicheng-zhengfu, name: 西城区人民政府, kind: district, district: 西城区}
- slug: gequ
  name: 各区人民政府
  kind: group
  member_kind: districts
  members: [东城区人民政府, 西城区人民政府]
  as_of: 2025-01-01
  source: 示例市区划
-- content/aliases.yaml --
- words: [老房子]
  means: [小区]
-- content/2025/tasks/003.yaml --
section: 2
title: 完善3项机制
text: 方案印发后6个月内完善3项机制，汛前完成检查，保障率达到90%。
deadline: 年底前完成
leaders: [张三]
units: [市科委, 各区人民政府]
responsibility: first-leads
clauses:
  - id: a
    kind: complete
    due: 2025-12-31
  - id: b
    kind: complete
    origin: body
    after: 方案印发
    months: 6
    scope: 完善3项机制
targets:
  - id: t1
    clause: a
    measure: 机制
    value: 3
    unit: 项
    comparison: exactly
    verb: 完善
    counts: completed
-- content/2025/notes/003/2025-06-30-dongcheng.md --
---
origin: report
unit: 东城区人民政府
period: 2025-06
date: 2025-06-30
status: 正常推进
---
进展顺利。
-- content/2025/triggers/003.yaml --
- {clause: b, on: 2025-05-06, document: 完善机制的方案}
-- content/2025/plans/003.yaml --
- target: t1
  curve: stepped
  source: 方案
  steps:
    - {by: 2025-06-30, value: 1}
-- content/2025/amendments/003-2025-10-01.yaml --
target: t1
old: 3
new: 4
authority: 市政府常务会议
document: 第21次会议纪要
date: 2025-10-01
"""
FIELD = re.compile(r"(?P<key>[a-z_]+): (?P<value>[^,{}\[\]\n]+|\[[^\]\n]*\])(?=[,}\n])")
UNREADABLE = ("[[甲]]", "{乙: 1}", "@坏")
# A text that is not the notice's breaks its lock; a date in a file's name is compared with it.
FOLLOWS = {"lock-broken"}


def whole(folder: Path) -> World:
    city(folder)
    write_files(folder, MORE)
    for lock in folder.glob("content/*/notice.lock"):
        lock.unlink()
    return World(folder)


def files() -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        content = whole(Path(folder)).folder / "content"
        return {
            path.relative_to(content).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(content.rglob("*"))
            if path.suffix in (".yaml", ".md") and path.name != "notice.md"
        }


FILES = files()


def fields() -> Iterator[tuple[str, int, int, str]]:
    """Every value in YAML: its file, where it begins and ends, and its key."""
    for name, text in FILES.items():
        end = text.index("\n---\n", 4) if name.endswith(".md") else len(text)
        for found in FIELD.finditer(text[:end]):
            yield name, found.start("value"), found.end("value"), found["key"]


FIELDS = list(fields())


def test_the_whole_city_has_no_fault(tmp_path: Path) -> None:
    assert whole(tmp_path).said() == ""
    assert len(FIELDS) > 120


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [field[:3] for field in FIELDS],
    ids=[
        f"{name}-{FILES[name][:start].count(chr(10)) + 1}-{key}" for name, start, _, key in FIELDS
    ],
)
def test_a_value_that_cannot_be_read_blames_no_other(
    tmp_path: Path, name: str, start: int, end: int
) -> None:
    world, text = whole(tmp_path), FILES[name]
    line = text[:start].count("\n") + 1
    for new in UNREADABLE:
        (world.folder / "content" / name).write_text(text[:start] + new + text[end:], "utf-8")
        found = world.check()
        assert (f"content/{name}", line) in {(one.place.path, one.place.line) for one in found}
        others = [
            one for one in found if (one.place.path, one.place.line) != (f"content/{name}", line)
        ]
        assert {one.code for one in others} <= FOLLOWS, (new, world.said())


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_blames_no_other(tmp_path: Path, name: str) -> None:
    world = whole(tmp_path)
    for raw in (b"\xff\xfe\x00", b"broken: [\n"):
        (world.folder / "content" / name).write_bytes(raw)
        assert {one.place.path for one in world.check()} == {f"content/{name}"}, world.said()
