"""Slips of the hand: each is told as what it is, with what was meant, and none hides another."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BASE, NO_REVIEWS, ROOT, World
from jiaozhang.faults.diagnostic import Diagnostic, as_text
from jiaozhang.faults.messages import MESSAGES
from jiaozhang.files.source import Source
from jiaozhang.files.yaml_tree import MapNode, Scalar, parse_yaml

pytestmark = pytest.mark.slow

CITY = """
-- content/2025/ledger.yaml --
title: 示例市人民政府关于做好2025年重点工作的通知
issuer: 示例市人民政府
source: 示例
published: 2025-03-01
reporting: monthly
REVIEWS
sections:
  - {number: 1, title: 坚持创新，发展产业}
  - {number: 2, title: 改善民生}
-- content/2025/tasks/002.yaml --
section: 2
title: 启动20个小区改造
text: 启动20个小区改造。
deadline: 年底前完成
leaders: [李四]
units: [市财政局]
responsibility: first-leads
clauses:
  - id: a
    kind: complete
    due: 2025-12-31
targets:
  - {id: t1, measure: 小区, value: 20, unit: 个, comparison: exactly, verb: 启动, counts: started}
-- content/2025/notes/001/2025-06-30-kejiju.md --
---
origin: report
unit: 市科技局
period: 2025-06
date: 2025-06-30
status: 正常推进
figures:
  - {name: 建成的实验室, value: 2, unit: 个, period: 2025年1—6月, target: t1}
nodes: [n1]
problems: 资金没有到位
---
建成2个实验室。

![实验室的大门](2025-06-30-kejiju/door.png)
-- content/2025/notes/002/2025-06-30-caizhengju.md --
---
origin: report
unit: 市财政局
period: 2025-06
date: 2025-06-30
status: 推进缓慢
figures:
  - name: 启动改造的小区
    value: 5
    unit: 个
    period: 2025年1—6月
    target: t1
---
启动改造5个小区。
-- content/2025/notes/002/2025-07-ribao.md --
---
origin: public-record
date: 2025-07
source:
  title: 小区改造开工
  publisher: 示例日报
  published: 2025-07-20
district: 东城区
---
5个小区开工。
-- content/2025/nodes/001.yaml --
- {id: n1, text: 选址, planned: 2025-03-31}
-- content/2025/closures/002.yaml --
- {id: c1, clause: a, on: 2025-11-30, by: 市政府督查室, evidence: 验收报告}
-- content/2025/amendments/001-2025-09-01.yaml --
clause: a
old: 2025-12-31
new: 2026-03-31
authority: 市政府常务会议
document: 第20次会议纪要
date: 2025-09-01
-- content/2025/verifications/002-2025-08-08.yaml --
date: 2025-08-08
method: 现场核查
result: 一致
-- content/2025/corrections/2025-08-20-ribao.yaml --
kind: correction
of: notes/002/2025-07-ribao
date: 2025-08-20
since: 2025-07-20
wrong: 四个小区
right: 五个小区
reason: 笔误
by: 市政府督查室
""".replace("REVIEWS\n", f"{NO_REVIEWS}\n")
NOTE1 = "2025/notes/001/2025-06-30-kejiju.md"
NOTE2 = "2025/notes/002/2025-06-30-caizhengju.md"
RECORD = "2025/notes/002/2025-07-ribao.md"
TASK1, TASK2 = "2025/tasks/001.yaml", "2025/tasks/002.yaml"
# Single slips, no two of them in one field: a file, what stands there, and what a hand made of it.
SLIPS: tuple[tuple[str, str, str], ...] = (
    ("site.toml", 'standing = "unofficial"', 'standing = "inofficial"'),
    ("units.yaml", "kind: department}", "kind: departement}"),
    ("districts.yaml", "code: 990101", "code: 99010"),
    ("leaders.yaml", "slug: lisi", "slug: 李四"),
    ("2025/ledger.yaml", "published: 2025-03-01", "published: 2025.3.1"),
    ("2025/ledger.yaml", "issuer: 示例市人民政府", "issuer：示例市人民政府"),
    (TASK1, "leaders: [张三]", "leaders: [张四]"),
    (TASK1, "comparison: exactly", "comparison: exact"),
    (TASK1, "title: 新建3个实验室", "title: [重点] 新建3个实验室"),
    (TASK2, "value: 20", "value: 21"),
    (TASK2, "units: [市财政局]", "units: [市财证局]"),
    (TASK2, "due: 2025-12-31", "due: 2025-12-30"),
    (TASK2, "section: 2", "section: 7"),
    (NOTE1, "date: 2025-06-30", "date: 2025.6.30"),
    (NOTE1, "unit: 市科技局", "unit: 市科枝局"),
    (NOTE1, "status: 正常推进", "status: 正在推进"),
    (NOTE1, "unit: 个,", "unit: 座,"),
    (NOTE1, "nodes: [n1]", "nodes: [n2]"),
    (NOTE1, "problems: 资金没有到位", "\tproblems: 资金没有到位"),
    (NOTE1, "![实验室的大门]", "![]"),
    (NOTE2, "period: 2025-06", "period: 2025年6月"),
    (NOTE2, "    value: 5", "    value: 5,000"),
    (NOTE2, "    target: t1", "    target: t9"),
    (NOTE2, "origin: report", "origin: reprot"),
    (NOTE2, "status: 推进缓慢", "status: @推进缓慢"),
    (RECORD, "date: 2025-07", "date: 明年"),
    (RECORD, "district: 东城区", "district: 东成区"),
    (RECORD, "  published: 2025-07-20", "  published: 45858"),
    (RECORD, "title: 小区改造开工", "title: 开工: 小区改造"),
    ("2025/nodes/001.yaml", "planned: 2025-03-31", "planned: 2025-02-30"),
    ("2025/closures/002.yaml", "on: 2025-11-30", "on: 2024-11-30"),
    ("2025/closures/002.yaml", "clause: a,", "clause: c,"),
    ("2025/amendments/001-2025-09-01.yaml", "old: 2025-12-31", "old: 2025-11-30"),
    ("2025/amendments/001-2025-09-01.yaml", "date: 2025-09-01", "date: 2025-09-10"),
    ("2025/verifications/002-2025-08-08.yaml", "method: 现场核查", "method: 现场检查"),
    ("2025/verifications/002-2025-08-08.yaml", "date: 2025-08-08", "date: 2025-8-8"),
    ("2025/corrections/2025-08-20-ribao.yaml", "of: notes/002/2025-07-ribao", "of: notes/002/无"),
    ("2025/corrections/2025-08-20-ribao.yaml", "since: 2025-07-20", "since: 2025-09-20"),
)


def png(*extra: tuple[bytes, bytes]) -> bytes:
    from test_attachments import png as made

    return made(*extra)


def city(folder: Path, *slips: tuple[str, str, str]) -> World:
    world = World(folder, BASE, CITY)
    (folder / "site.toml").rename(folder / "content" / "site.toml")
    door = folder / "content" / NOTE1.removesuffix(".md") / "door.png"
    door.parent.mkdir()
    door.write_bytes(png())
    for file, old, new in slips:
        path = folder / "content" / file
        text = path.read_text(encoding="utf-8")
        assert old in text, (file, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return world


def told(*slips: tuple[str, str, str]) -> set[tuple[str, int, str]]:
    with tempfile.TemporaryDirectory() as folder:
        found = city(Path(folder), *slips).check()
    return {(one.place.path, one.place.line, one.code) for one in found}


ALONE: dict[tuple[str, str, str], set[tuple[str, int, str]]] = {}


def alone(slip: tuple[str, str, str]) -> set[tuple[str, int, str]]:
    if slip not in ALONE:
        ALONE[slip] = told(slip)
    return ALONE[slip]


def test_the_city_of_these_tests_has_no_fault(tmp_path: Path) -> None:
    assert city(tmp_path).said() == ""


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip[0]}-{slip[2][:12].strip()}")
def test_a_slip_is_told_at_its_line_and_blames_nobody_else(slip: tuple[str, str, str]) -> None:
    file, old, _ = slip
    with tempfile.TemporaryDirectory() as folder:
        text = (city(Path(folder)).folder / "content" / file).read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1 + old.startswith("\n")
    found = alone(slip)
    # These point at what the slip disagrees with, or at the file.
    whole = {"deadline-differs", "image-without-words", "correction-order"}
    codes = {code for _, _, code in found}
    assert codes & whole or (f"content/{file}", line) in {one[:2] for one in found}
    # A text that is not the notice's breaks its lock as well.
    others = {one for one in found if one[:2] != (f"content/{file}", line)}
    assert {code for _, _, code in others} <= {"lock-broken", *whole}, others


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SLIPS), min_size=2, max_size=14, unique=True))
def test_all_faults_are_told_in_one_run(slips: list[tuple[str, str, str]]) -> None:
    together = told(*slips)
    for slip in slips:
        assert alone(slip) <= together, slip


def test_eleven_slips_are_told_in_one_run() -> None:
    assert all(alone(slip) <= told(*SLIPS) for slip in SLIPS)


@pytest.mark.parametrize("broken", [NOTE1, TASK1, "units.yaml", "2025/ledger.yaml", "site.toml"])
def test_a_file_that_cannot_be_read_blames_no_other(tmp_path: Path, broken: str) -> None:
    world = city(tmp_path)
    path = world.folder / "content" / broken
    shapes = (b"broken: [\n", b"- [a\n- b: [\n")
    for raw in (path.read_bytes()[:40] + b"\xff\xfe", "全是乱写的\n甲乙\n".encode(), *shapes):
        path.write_bytes(raw)
        assert {one.place.path for one in world.check()} == {f"content/{broken}"}, world.said()


def test_what_is_wrong_elsewhere_is_told_beside_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    elsewhere = (NOTE2, "unit: 市财政局", "unit: 市财证局")
    for broken in (NOTE1, TASK1, "2025/ledger.yaml", "site.toml", "districts.yaml"):
        with tempfile.TemporaryDirectory() as folder:
            world = city(Path(folder), elsewhere)
            (world.folder / "content" / broken).write_bytes(b"\xff\xfe\x00")
            assert "not-its-unit" in world.codes(), broken


VALUES = st.text(alphabet="重点工作公告甲乙 :#[]{}>|!&*@%`\"'-,，：（）?1", min_size=1, max_size=16)


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_any_text_without_its_quotes_is_told_with_a_line_that_says_it(text: str) -> None:
    """Either YAML reads just this text, or the slip is told; the advice, if any, gives the text."""
    value = " ".join(text.split())
    source = Source("f.yaml", "f.yaml", f"before: 甲\ntitle: {value}\nafter: 乙\n")
    document, faults = parse_yaml(source)
    assert document is None or isinstance(document.root, MapNode)
    title = document.node("title") if document else None
    if not faults and isinstance(title, Scalar) and title.plain:
        rest = value[len(title.text) :]
        # A comment is the only thing that may be left out without a word here; fields tell of it.
        assert value.startswith(title.text) and (not rest.strip() or rest.lstrip()[0] == "#")
    for one in faults:
        mended = dict(one.facts).get("mended")
        if one.code == "needs-quotes" and mended and one.place.line == 2:
            again, _ = parse_yaml(Source("f.yaml", "f.yaml", mended))
            node = again.node("title") if again else None
            # What begins as a list may be one, of which an item lacks its quotes.
            assert value[0] in "[{" or (isinstance(node, Scalar) and not node.plain)


SIGNS = (
    *("[重点] 测试", "{重点}测试", "[重点]", "> 摘录", "| 摘录", "- 重点", "第一: 第二"),
    *("!重点", "! 重点", "&重点", "*重点", "@重点", "%重点", "`重点`"),
    *('"重点"工作', "'重点'工作"),
)


@pytest.mark.parametrize("value", ["甲[1]", "{乙: 1}", "甲]乙", "[甲] 乙", "甲{1}"])
def test_what_is_said_of_brackets_within_braces_is_so(tmp_path: Path, value: str) -> None:
    units = f"- {{slug: kejiju, name: {value}, kind: department}}\n"
    units += "- {slug: caizhengju, name: 市财政局, kind: department}\n"
    said = World(tmp_path, BASE, f"-- content/units.yaml --\n{units}").said()
    sign = value[0] if value[0] in "[{" else ""
    assert (f"以 {sign} 开头" if sign else "里面有方括号或花括号") in said


@pytest.mark.parametrize("value", SIGNS)
@pytest.mark.parametrize(
    ("file", "line"),
    [(RECORD, "  title: 小区改造开工"), (TASK1, "title: 新建3个实验室"), (NOTE1, "next: 七月开工")],
)
def test_a_value_that_begins_with_a_sign_needs_quotes(value: str, file: str, line: str) -> None:
    key = line.partition(":")[0]
    old = line if file != NOTE1 else "problems: 资金没有到位"
    with tempfile.TemporaryDirectory() as folder:
        world = city(Path(folder), (file, old, f"{key}: {value}"))
        (fault,) = world.check()
        assert fault.code == "needs-quotes"
        mended = dict(fault.facts)["mended"]
        path = world.folder / "content" / file
        text = path.read_text(encoding="utf-8")
        indent = " " * (len(line) - len(line.lstrip()))
        path.write_text(text.replace(f"{key}: {value}", indent + mended), encoding="utf-8")
        assert world.said() == ""


VALID = [(name, path.read_text(encoding="utf-8")) for name, path in (
    ("task", ROOT / "content/2025/tasks/023.yaml"),
    ("ledger", ROOT / "examples/demo/2025/ledger.yaml"),
    ("closure", ROOT / "examples/demo/2025/closures/002.yaml"),
    ("units", ROOT / "examples/demo/units.yaml"),
) if path.exists()]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(VALID),
    st.lists(
        st.tuples(
            st.integers(0, 5000),
            st.integers(0, 3),
            st.text(alphabet=" \t\n:：,，[]{}\"'#&*!|>%@`?-一a1　", max_size=3),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_no_words_of_the_parser_reach_a_chinese_message(
    valid: tuple[str, str], edits: list[tuple[int, int, str]]
) -> None:
    text = valid[1]
    for at, length, new in edits:
        start = at % len(text)
        text = text[:start] + new + text[start + length :]
    _, faults = parse_yaml(Source("f.yaml", "f.yaml", text))
    for one in faults:
        assert foreign_words(one, text) == []


def foreign_words(fault: Diagnostic, text: str) -> list[str]:
    """English of a Chinese message that neither the message nor the file has."""
    message = MESSAGES[fault.code]
    own = message.said["zh"] + message.advice["zh"] + " ".join(text.split())
    drawn = as_text(fault, "zh").split("\n")
    said = [drawn[0].partition("]: ")[2], drawn[-1] if "help" in drawn[-1] else ""]
    words = re.findall(r"[A-Za-z]{2,}(?: [A-Za-z]{2,})+", " ".join(said).replace("= help:", "，"))
    # A mended line may join what the file parts.
    return [word for word in words if not all(part in own for part in word.split())]


@pytest.mark.parametrize(
    ("toml", "language"),
    [('name = "a" b\n', "zh"), ("name = \n", "zh"), ("[[x\n", "zh"), ("=1\n", "zh")],
)
def test_no_words_of_the_toml_parser_either(
    world: Callable[[str], World], toml: str, language: str
) -> None:
    city = world(f"-- site.toml --\n{toml}")
    for one in city.check():
        assert foreign_words(one, toml) == []


def test_a_check_of_the_intranet_counts_what_makes_it_fail(world: Callable[[str], World]) -> None:
    from test_cli import run

    own = world(CITY)
    (own.folder / "site.toml").rename(own.folder / "content" / "site.toml")
    door = own.folder / "content" / NOTE1.removesuffix(".md") / "door.png"
    door.parent.mkdir()
    door.write_bytes(png())
    marked = (
        "-- content/2025/notes/002/2025-07-02-ribao.md --\n---\norigin: public-record\n"
        "date: 2025-07-02\nsource: {title: 开工, publisher: 日报}\n---\n内部资料，注意保存。\n"
    )
    from conftest import write_files

    write_files(own.folder, marked)
    words = ("check", "--content", str(own.folder / "content"))
    inside, outside = run(*words, "--audience", "intranet"), run(*words, "--audience", "public")
    assert (inside.returncode, outside.returncode) == (0, 1)
    assert "内网版没有错误" in inside.stderr
    assert re.search(r"发现 [1-9]\d* 个错误", outside.stderr)
