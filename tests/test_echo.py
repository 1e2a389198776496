"""A value that cannot be read is told once: no rule that rests on it blames another place."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from test_attachments import png
from test_diagnostics import CASES
from test_slips import city

from conftest import BASE, WAITS, World, parts_of, write_files
from jiaozhang.check.follow_up_faults import _RESTS_ON
from jiaozhang.faults.diagnostic import Diagnostic

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("cached")]

# What the city of test_slips does not have: other names of a unit and such that are nearly the
# same, members of a group, a plan, a changed value, a term that waits for its event, a node that is
# corrected, an everyday word.
MORE = """
-- content/units.yaml --
- {slug: kejiju, name: 市科技局, kind: department, aliases: [市科委], full_name: 示例市科学技术局}
- {slug: caizhengju, name: 市财政局, kind: department}
- {slug: jineng, name: 示例市科学技能局, kind: department}
- {slug: ziyuan, name: 市公共资源中心, kind: department, aliases: [市园林绿化一处]}
- {slug: ziliao, name: 市公共资料中心, kind: department, aliases: [市园林绿化二处]}
- {slug: dongcheng-zhengfu, name: 东城区人民政府, kind: district, district: 东城区}
- {slug: xicheng-zhengfu, name: 西城区人民政府, kind: district, district: 西城区}
- slug: gequ
  name: 各区人民政府
  kind: group
  member_kind: districts
  members: [东城区人民政府, 西城区人民政府]
  as_of: 2025-01-01
  source: 示例市区划
-- content/leaders.yaml --
- {slug: zhangsan, name: 张三}
- {slug: lisi, name: 李四, display: 李　四}
- {slug: zhangsanyuan, name: 张三元}
- {slug: zhangsantian, name: 张三天}
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
-- content/2025/notes/003/2025-09-30-huiyi.md --
---
origin: public-record
date: 2025-09-30
source: {title: 工作会议, publisher: 示例日报}
---
副市长张三元和示例市科学技术局、市公共资源中心、市园林绿化一处参加了会议。
-- content/2025/nodes/003.yaml --
- {id: n1, text: 印发检查方案, planned: 2025-05-31}
-- content/2025/corrections/2025-09-20-jiedian.yaml --
kind: correction
of: nodes/003#n1
date: 2025-09-20
since: 2025-07-01
wrong: 印发方案
right: 印发检查方案
reason: 录入有误
by: 市政府办公室
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
# What a hand may make of `key: value`.
SPOILT = ("{key}: [[甲]]", "{key}: {{乙: 1}}", "{key}: @坏", "{key}q: {value}")
# A text that is not the notice's breaks its lock.
FOLLOWS = {"lock-broken", WAITS}


def whole(folder: Path) -> World:
    city(folder)
    write_files(folder, MORE)
    for lock in folder.glob("content/*/notice.lock"):
        lock.unlink()
    return World(folder)


def files_of(world: World) -> dict[str, str]:
    """Every file of a city that holds YAML, by its path below the content."""
    content = world.folder / "content"
    return {
        path.relative_to(content).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(content.rglob("*"))
        if path.suffix in (".yaml", ".md") and path.name != "notice.md"
    }


with tempfile.TemporaryDirectory() as made:
    FILES = files_of(whole(Path(made)))


def fields_of(text: str) -> list[re.Match[str]]:
    """Every `key: value` of a file's YAML."""
    end = text.index("\n---\n", 4) if text.startswith("---\n") else len(text)
    return list(FIELD.finditer(text[:end]))


def echoes(world: World, name: str, text: str, field: re.Match[str], form: str) -> list[Diagnostic]:
    """Spoil one field of a file; what is told elsewhere than at its line."""
    new = form.format(key=field["key"], value=field["value"])
    path, line = f"content/{name}", text[: field.start()].count("\n") + 1
    spoilt = text[: field.start()] + new + text[field.end() :]
    (world.folder / path).write_text(spoilt, encoding="utf-8")
    found = world.check()
    at = {(one.place.path, one.place.line): one for one in found}
    assert (path, line) in at, new
    # What a map lacks when its key is misspelt is told where the map begins.
    lacks = {"missing-field"} if form.startswith("{key}q") else set()
    return [
        one
        for one in found
        if (one.place.path, one.place.line) != (path, line)
        and one.code not in FOLLOWS
        and not (one.code in lacks and one.place.path == path)
    ]


def test_the_whole_city_has_no_fault(tmp_path: Path) -> None:
    assert whole(tmp_path).said() == ""
    assert sum(len(fields_of(text)) for text in FILES.values()) > 140


@pytest.mark.parametrize("name", FILES)
def test_a_value_that_cannot_be_read_blames_no_other(tmp_path: Path, name: str) -> None:
    world, text = whole(tmp_path), FILES[name]
    for at, field in enumerate(fields_of(text)):
        for form in (SPOILT[at % 3], SPOILT[3]):
            assert echoes(world, name, text, field, form) == [], (field[0], form)


@pytest.mark.parametrize("name", [*FILES, "2025/notice.lock"])
def test_a_file_that_cannot_be_read_blames_no_other(tmp_path: Path, name: str) -> None:
    world = whole(tmp_path)
    for raw in (b"\xff\xfe\x00", b"broken: [\n"):
        (world.folder / "content" / name).write_bytes(raw)
        assert {one.place.path for one in world.check()} == {f"content/{name}"}, world.said()


@pytest.mark.parametrize("name", [*FILES, "2025/notice.lock"])
def test_a_file_by_another_name_is_not_missed_as_well(tmp_path: Path, name: str) -> None:
    world = whole(tmp_path)
    path = world.folder / "content" / name
    other = path.with_suffix({".yaml": ".yml", ".md": ".markdown", ".lock": ".LOCK"}[path.suffix])
    path.rename(other)
    found = {one.place.path for one in world.check() if one.code != "attachment-unused"}
    assert found == {f"content/{other.relative_to(world.folder / 'content')}"}, world.said()


# The cases of rules that rest on other values: what is good in them is spoilt field by field.
RESTING = [case for case in CASES if case.stem.partition(".")[0] in _RESTS_ON and parts_of(case)[2]]


@pytest.mark.parametrize("case", RESTING, ids=lambda case: case.stem)
def test_a_good_example_spoilt_is_told_once(tmp_path: Path, case: Path) -> None:
    good = parts_of(case)[2]
    world = World(tmp_path, BASE, good)
    own = {name: text for name, text in files_of(world).items() if f"-- content/{name} --" in good}
    for name, text in own.items():
        for at, field in enumerate(fields_of(text)):
            assert echoes(world, name, text, field, SPOILT[at % len(SPOILT)]) == [], field[0]
        (world.folder / "content" / name).write_text(text, encoding="utf-8")


# Small cities for what a rule rests on, each with one slip.
NAMELESS_UNIT = """
-- content/units.yaml --
- {slug: kejiju, name: {乙: 1}, kind: department}
- {slug: caizhengju, name: 市财政局, kind: department}
-- content/2025/ledger.yaml --
title: 示例市人民政府关于做好2025年重点工作的通知
issuer: 示例市人民政府
source: 示例
reporting: monthly
sections:
  - {number: 1, title: 坚持创新，发展产业}
-- content/2025/notes/001/2025-06-30-kejiju.md --
---
origin: report
unit: 市科技局
period: 2025-06
date: 2025-06-30
status: 正常推进
---
进展顺利。
"""
NO_CLAUSES = """
-- content/2025/tasks/001.yaml --
section: 1
title: 新建3个实验室
text: 新建3个实验室。
deadline: 年底前完成
leaders: [张三]
units: [市科技局, 市财政局]
responsibility: first-leads
-- content/2025/triggers/001.yaml --
- {clause: b, on: 2025-05-06, document: 方案}
"""
PHOTOGRAPH = """
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {title: 实验室建成, publisher: 示例日报}
---
第一个实验室建成。

![大门](2025-06-30-ribao/door.png)
"""


@pytest.mark.parametrize(
    ("files", "code"),
    [(NAMELESS_UNIT, "needs-quotes"), (NO_CLAUSES, "missing-field"), (PHOTOGRAPH, "misnamed-file")],
    ids=["a unit's name", "the clauses of a task", "a photograph by another name"],
)
def test_one_slip_is_told_alone(tmp_path: Path, files: str, code: str) -> None:
    world = World(tmp_path, BASE, files)
    if files is PHOTOGRAPH:
        path = tmp_path / "content/2025/notes/001/2025-06-30-ribao/DOOR.PNG"
        path.parent.mkdir()
        path.write_bytes(png())
    assert [one for one in world.codes() if one not in FOLLOWS] == [code], world.said()


@pytest.mark.parametrize("name", ["Ledger.yaml", "ledger.yml"])
def test_the_current_year_is_not_missed_where_its_ledger_has_another_name(
    tmp_path: Path, name: str
) -> None:
    ledger = (
        "title: 通知\nissuer: 示例市人民政府\nsource: 示例\nreporting: none\n"
        "sections:\n  - {number: 1, title: 产业}\n"
    )
    site = 'name = "示例市重点工作"\nstanding = "unofficial"\ncurrent = 2026\n'
    world = World(tmp_path, BASE, f"-- site.toml --\n{site}-- content/2026/{name} --\n{ledger}")
    assert world.codes() == ["misnamed-file", "no-contact"]
