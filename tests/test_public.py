"""The lint before publication reads every text that is or may become public, and nothing else."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_progress import (
    CLOSURES,
    MONTHLY,
    NODES,
    REPORT,
    approve,
    approve_all,
    edit,
    settled,
)

import jiaozhang.check.publication_rules as public
from conftest import ROOT, World
from jiaozhang.build.pipeline import examine, load
from jiaozhang.check.text_rules import Lexicon, TextFinding
from jiaozhang.cli.main import main
from jiaozhang.faults.diagnostic import is_fatal
from jiaozhang.ledger.filed import Filed
from jiaozhang.ledger.public import Record
from jiaozhang.personal_data.numbers import PersonalNumber
from jiaozhang.wall.audience import release

PHONE = "13800138000"
PHONED = REPORT.replace("七月开工", f"联系{PHONE}").replace("实验室建成", f"实验室建成，{PHONE}")
# Text that is none of an editor's words: a link, what the ledger's own levels are joined to, or
# the names of its fields.
NO_WORDS = {
    ("Citation", "url"), ("Site", "base_url"), ("Contact", "address"), ("ReviewSteps", "levels"),
    ("Ledger", "unstated"),
}  # fmt: skip
MORE = """
-- site.toml --
name = "示例市重点工作"
standing = "official"
base_url = "https://example.org/"
[[contacts]]
label = "市民热线"
address = "tel:12345"
[official]
organiser = "示例市人民政府办公室"
operator = "示例市大数据中心"
site_code = "9901000001"
icp = "示ICP备00000001号"
police = "示公网安备 99010002000001号"
[[standings]]
key = "overdue"
word = "超过时限"
shape = "diamond"
[[colours]]
tone = "late"
light = "#a31515"
dark = "#ff9d9d"
-- content/2025/ledger.yaml --
title: 通知
issuer: 示例市人民政府
number: 示府〔2025〕1号
source: 示例
published: 2025-03-01
reporting: none
sections:
  - {number: 1, title: 产业}
-- content/2025/judgements/001.yaml --
- {target: t1, verdict: 达到, on: 2025-12-01, by: 示例市统计局, document: 示统函〔2025〕1号}
-- content/2025/notes/001/2025-06-30-ribao/plan.pdf --
-- content/redirects.yaml --
- {from: 2025/themes/alt/, to: null, reason: 已经并入别的专项。}
-- content/2025/corrections/2025-09-20-shuzi.yaml --
kind: correction
of: tasks/001
task: 1
date: 2025-09-20
since: 2025-09-01
wrong: 原来的写法
right: 现在的写法
reason: 抄错了
by: 示例市人民政府办公室
"""


def levels(world: World) -> list[tuple[str, str]]:
    return [(fault.code, fault.level) for fault in world.found()]


@pytest.mark.slow
def test_what_waits_for_its_review_warns_and_stops_nothing(
    world: Callable[[str], World], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    city = settled(world(MONTHLY + PHONED))
    assert levels(city) == [("personal-phone", "warning")] * 2
    content = ("--content", str(city.folder / "content"))
    assert main(["check", *content]) == 0
    said = capsys.readouterr().err
    assert "warning[personal-phone]" in said and "还没有公开" in said and PHONE not in said
    assert main(["build", *content, "--audience", "all", "--out", str(tmp_path / "out")]) == 0
    clean = settled(World(tmp_path / "clean", *_texts(MONTHLY + REPORT)))
    assert city.build("public").files == clean.build("public").files


def _texts(text: str) -> tuple[str, str]:
    from conftest import BASE

    return BASE, text


def test_a_warning_at_every_step_and_an_error_at_the_last(world: Callable[[str], World]) -> None:
    city = settled(world(MONTHLY + PHONED))
    for level, by in (("1", "甲"), ("2", "乙"), ("3", "丙")):
        said = approve(city, level, by, "2025-07-01")
        assert said.startswith("0") and "warning[personal-phone]" in said
    said = approve(city, "secrecy", "丁", "2025-07-01")
    assert said.startswith("1") and "error[personal-phone]" in said and "138******00" in said
    assert approve(city, "secrecy", "丁", "2025-07-01", "--result", "不公开").startswith("0")
    assert levels(city) == []


def test_what_is_public_is_an_error_that_the_intranet_does_not_mind(
    world: Callable[[str], World],
) -> None:
    city = settled(world(MONTHLY + REPORT))
    approve_all(city)
    # Nobody reviews what the checker refuses; this was reviewed by an older program.
    edit(city, "2025/tasks/001.yaml", "title: 新建3个实验室", f"title: 新建，{PHONE}")
    faults = city.check()
    assert [(f.code, f.level) for f in faults] == [("personal-phone", "error")]
    assert is_fatal(faults) and not is_fatal(faults, intranet=True)


def test_the_plan_of_a_node_is_public_and_its_end_waits(world: Callable[[str], World]) -> None:
    node = NODES.replace("evidence: ", f"evidence: {PHONE}")
    city = settled(world(MONTHLY + node))
    assert levels(city) == [("personal-phone", "warning")]
    city = settled(world(MONTHLY + NODES.replace("text: ", f"text: {PHONE}", 1)))
    assert levels(city) == [("personal-phone", "error")]


def test_the_ground_of_a_closure_warns_while_it_waits(world: Callable[[str], World]) -> None:
    closures = CLOSURES.replace("evidence: ", f"evidence: {PHONE}", 1)
    assert levels(settled(world(MONTHLY + closures))) == [("personal-phone", "warning")]


def test_what_only_the_intranet_shows_is_not_read(world: Callable[[str], World]) -> None:
    inside = f"""
-- content/2025/internal/persons/kejiju.yaml --
unit: 市科技局
persons: [{{role: 联络, name: 王五, phone: '{PHONE}'}}]
-- content/2025/internal/blockers/001-zijin.yaml --
raised_by: 市科技局
needs: {PHONE}
since: 2025-05-01
state: 待答复
text: {PHONE}
-- content/2025/internal/notes/001/2025-06-30-x.md --
---
origin: public-record
date: 2025-06-30
source: {{title: 专报, publisher: 王五}}
---
{PHONE}
-- content/internal/redirects.yaml --
- {{from: 2025/themes/x/, to: null, reason: '{PHONE}'}}
"""
    city = settled(world(MONTHLY + inside + REPORT.replace("资金没有到位", PHONE)))
    assert city.codes() == []


def test_what_was_withdrawn_stops_nothing_any_more(world: Callable[[str], World]) -> None:
    """A text is withdrawn because of what stands in it."""
    record = f"""
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {{title: 实验室建成, publisher: 示例日报}}
---
请拨{PHONE}。
"""
    assert world(record).codes() == ["personal-phone"]
    withdrawal = """
-- content/2025/corrections/2025-07-01-ribao.yaml --
kind: withdrawal
of: notes/001/2025-06-30-ribao
date: 2025-07-01
since: 2025-06-30
reason: 写了个人信息
by: 示例市人民政府办公室
"""
    assert world(record + withdrawal).codes() == []


def test_the_notice_is_read_for_what_may_not_be_public(world: Callable[[str], World]) -> None:
    city = world("-- content/2025/notice.md --\n各区：\n\n联系人王五，138-0013-8000。“（\n")
    (found,) = city.check()
    assert (found.code, found.place.line, found.place.column) == ("personal-phone", 3, 7)
    assert found.place.path.endswith("2025/notice.md")


def test_names_of_files_are_read(world: Callable[[str], World]) -> None:
    from test_attachments import NOTE
    from test_pdf import pdf

    text = NOTE.replace("2025-06-30-ribao", f"2025-06-30-{PHONE}")
    city = world(text)
    assert levels(city) == [("personal-phone", "error")]
    assert PHONE not in city.said()
    city = world(NOTE)
    path = city.folder / "content/2025/notes/001/2025-06-30-ribao" / f"{PHONE}.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(pdf())
    assert ("personal-phone", "error") in levels(city)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "markdown"])
@pytest.mark.parametrize(
    "spelled",
    [PHONE, "138-0013-8000", "１３８ ００１３ ８０００", "1380013\n8000", "13900139\n000"],
)
def test_no_log_shows_the_number(
    world: Callable[[str], World],
    capsys: pytest.CaptureFixture[str],
    form: str,
    spelled: str,
) -> None:
    record = f"""
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {{title: '“电话{spelled.replace(chr(10), "")}', publisher: 示例日报}}
---
“请拨{spelled}，或13700137000。
"""
    city = settled(world(record))
    assert main(["check", "--content", str(city.folder / "content"), "--format", form]) == 1
    said = "".join(capsys.readouterr())
    assert "personal-phone" in said
    for number in (*spelled.split("\n"), spelled.replace("\n", ""), "13700137000"):
        assert len(number) < 4 or number not in said


@pytest.mark.slow
def test_every_text_of_the_public_record_is_read(
    world: Callable[[str], World], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new field of text fails here until a city below has it, and again until it is read."""
    read: set[str] = set()

    def lint(text: str, _: Lexicon) -> tuple[TextFinding, ...]:
        read.add(text)
        return ()

    def numbers(text: str) -> tuple[PersonalNumber, ...]:
        read.add(text)
        return ()

    monkeypatch.setattr(public, "lint", lint)
    monkeypatch.setattr("jiaozhang.personal_data.numbers.personal_numbers", numbers)
    found: dict[tuple[str, str], set[str]] = {}
    for filed in _cities(world):
        for owner, field, text in _texts_of(release(filed, "public")):
            found.setdefault((owner, field), set()).add(text)
    unread = {
        (*name, text)
        for name, texts in found.items()
        if name not in NO_WORDS
        for text in texts - read
    }
    assert unread == set()
    missing = _text_fields(Record) - set(found)
    assert missing == set()


def _cities(world: Callable[[str], World]) -> Iterator[Filed]:
    for folder in ("content", "examples/demo"):
        filed = examine(load(ROOT / folder, folder, ROOT / "site.toml", ROOT))[0]
        assert filed is not None
        yield filed
    from test_attachments import NOTE

    filed = examine(world(NOTE + MORE).inputs())[0]
    assert filed is not None
    yield filed


def _texts_of(value: object) -> Iterator[tuple[str, str, str]]:
    """Every text below a released value, with the class and field that holds it."""
    for field in dataclasses.fields(value):  # type: ignore[arg-type]
        hint = typing.get_type_hints(type(value))[field.name]
        own = getattr(value, field.name)
        for one in own if isinstance(own, tuple) else (own,):
            if dataclasses.is_dataclass(one):
                yield from _texts_of(one)
            elif isinstance(one, str) and one and _has_words(hint):
                yield type(value).__name__, field.name, one


def _text_fields(kind: type, known: frozenset[type] = frozenset()) -> set[tuple[str, str]]:
    """Every field of text of a class and of all that it holds, but for the intranet's half."""
    fields: set[tuple[str, str]] = set()
    for name, hint in typing.get_type_hints(kind).items():
        if name == "internal":
            continue
        if _has_words(hint):
            fields.add((kind.__name__, name))
        for inner in _parts(hint):
            if dataclasses.is_dataclass(inner) and inner not in known:
                fields |= _text_fields(typing.cast(type, inner), known | {kind})
    return fields


def _has_words(hint: object) -> bool:
    """Tell whether a field may hold an editor's text, and not only one of a few words."""
    return any(part is str for part in _parts(hint))


def _parts(hint: object) -> Iterator[object]:
    if isinstance(hint, typing.NewType):
        yield hint.__supertype__
    elif typing.get_origin(hint) in (tuple, types.UnionType, typing.Union):
        for inner in typing.get_args(hint):
            yield from _parts(inner)
    elif typing.get_origin(hint) is not typing.Literal:
        yield hint
