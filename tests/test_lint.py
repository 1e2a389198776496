"""The lint before publication: what it finds, what it lets pass, and that it never guesses."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_personal import card, resident_id
from test_progress import MONTHLY, RECORD, REPORT, approve, settled

from conftest import ROOT, WAITS, World
from jiaozhang.build.pipeline import examine, load
from jiaozhang.check.text_rules import (
    Lexicon,
    TextFinding,
    _is_one_edit,
    joined,
    lint,
    lint_address,
)
from jiaozhang.personal_data.numbers import starred_out

LEXICON = Lexicon(
    ("张大山", "李四"), ("市发展改革委", "市卫生健康委", "市科技局"), ("示例市发展和改革委员会",)
)


FOUND = [
    ("personal-id", f"身份证号{resident_id()}。"),
    ("personal-id", f"{resident_id()}".replace("X", "x")),
    ("personal-id", "身份证：110101491001001"),
    ("personal-phone", "电话13800138000"),
    ("personal-phone", "电话 +86 138-0013-8000"),
    ("personal-phone", "电话１３８００１３８０００"),
    ("bank-card", f"账号：{card()}"),
    ("bank-card", "卡号 " + " ".join([card()[:4], card()[4:8], card()[8:12], card()[12:]])),
    ("passport", "护照号E12345678"),
    ("plate", "车牌津A12345"),
    ("plate", "号牌：京A·D12345"),
    ("landline", "请拨022-12345678"),
    ("secrecy-mark", "机密★一年"),
    ("secrecy-mark", "第一行\n　秘密　\n第三行"),
    ("secrecy-mark", "内部资料，请收好"),
    ("leader-name", "副市长张太山主持"),
    ("leader-name", "市长张　大川"),
    ("leader-name", "副市张李四出席"),
    ("leader-name", "常务副长张大山出席"),
    ("unit-name", "由市发展改格委牵头"),
    ("unit-name", "由市卫健康委牵头"),
    ("unit-name", "由市卫生生健康委牵头"),
    ("unpaired", "印发《方案。"),
    ("unpaired", "印发方案》。"),
    ("unpaired", "“三新”和”三量”"),
    ("unpaired", "（一段\n二段）"),
    ("doubled-punctuation", "完成。。"),
    ("doubled-punctuation", "完成，。"),
    ("bad-date", "2025年13月"),
    ("bad-date", "2025年2月29日"),
    ("bad-date", "4月31日"),
]
PASSES = [
    "138****8000", "110101********1001", "1" + "3" * 12, "91120000MA06TAX3XQ",
    resident_id()[:-1] + ("0" if resident_id()[-1] != "0" else "1"),
    "9" * 18, card(), f"编号{card()}", "津A12345是编号", "津公网安备 12010102000001号",
    "索引号11341700003244967K", "1735689600000", "1234567890", "a" * 20 + "13800138000",
    "https://example.org/13800138000?x=《", "保密审查", "国家秘密", "机密性", "保守秘密。",
    "市长张大山", "副市长李四", "副市长王五",
    "副区长李四", "常务副市长李四", "区委书记李四", "会上李四说", "市发展改革委和市卫生健康委",
    "示例市发展和改革委员会", "市发展和改革委", "市发展改革工作", "“一‘二’三”（四〔五〕）",
    "1）甲\n2）乙\na）丙", "完成……", "2024年2月29日", "2月29日", "12月", "8、9月", "2400万标准箱",
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_it_finds(code: str, text: str) -> None:
    assert code in {finding.code for finding in lint(text, LEXICON)}


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("personal-phone", "tel=13800138000"),
        ("personal-phone", "a=1&mobile=%2B86+138-0013-8000#x"),
        ("personal-phone", "tel=138%200013%208000"),
        ("personal-id", f"id={resident_id()}"),
    ],
)
def test_a_number_that_an_address_hands_on_is_found(code: str, value: str) -> None:
    address = f"https://example.org/a/?{value}"
    for text in (f"见[公告]({address})。", f"<{address}>", f"见{address}，"):
        (found,) = lint(text, LEXICON)
        assert (found.code, found.end and found.start < found.end) == (code, True)
        shown = text[: found.start] + starred_out(text[found.start : found.end]) + text[found.end :]
        assert lint(shown, LEXICON) == ()
    assert [one.code for one in lint_address(address)] == [code]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/t20250630_13800138000.html",
        "https://example.org/13800138000?page=2",
        "https://example.org/?articleId=13800138000&t=1750000000000",
        "https://example.org/?key=a13800138000b&sign=1380013800013800138",
    ],
)
def test_the_number_of_an_article_is_nobody_s(address: str) -> None:
    assert lint(f"见<{address}>。", LEXICON) == lint_address(address) == ()


@pytest.mark.parametrize("text", PASSES)
def test_it_lets_pass(text: str) -> None:
    assert lint(text, LEXICON) == ()


def test_what_is_personal_is_shown_masked() -> None:
    (finding,) = lint("电话13800138000", LEXICON)
    assert (finding.start, finding.found) == (2, "138******00")


@pytest.mark.slow
def test_nothing_that_a_real_ledger_prints_is_found() -> None:
    for folder in ("content", "examples/demo"):
        inputs = load(ROOT / folder, folder, ROOT / "site.toml", ROOT)
        # One report of the fictional city waits for its review; the real site names no contact.
        found = [one for one in examine(inputs)[1] if one.code not in (WAITS, "no-contact")]
        assert found == []
    assert lint((ROOT / "tests/data/notice-2025.txt").read_text(encoding="utf-8"), LEXICON) == ()


@given(
    st.text(
        alphabet="0123456789Xx-+ 《》“”（）\n市卫生健康委长张大山年月日。，机密★账号E", max_size=300
    )
)
def test_any_text_gives_findings_inside_it(text: str) -> None:
    for finding in lint(text, LEXICON):
        assert 0 <= finding.start < len(text)


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["市卫生", "1", "（", "账号1", "市长张", "3月", "\n秘密", "138"])
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        lint(text, LEXICON)
        return time.process_time() - start

    seconds(1000)
    # Something else may have the processor in between: one of three has to fit.
    assert any(seconds(80_000) < 5 * seconds(40_000) + 0.2 for _ in range(3))


PHONE = "13800138000"
SITE = """
-- content/site.toml --
name = "示例市重点工作"
standing = "unofficial"
base_url = "{base}"
contacts = [{{label = "写信", address = "{contact}"}}]
"""
# An address in which the lint would find a slip, were it prose.
ODD = "https://example.org/a。。b/"


@pytest.mark.parametrize(
    "files",
    [
        RECORD.replace("https://example.org/a", ODD),
        SITE.format(base=ODD, contact="https://example.org/a"),
        SITE.format(base="https://example.org/", contact="tel:022-12345678"),
    ],
    ids=["url", "base_url", "address"],
)
def test_an_address_is_no_prose(world: Callable[[str], World], files: str) -> None:
    assert world(files).codes() == []


def test_what_the_public_never_sees_is_not_read(world: Callable[[str], World]) -> None:
    """The problems of a report, and the posts of those who approved it."""
    city = settled(world(MONTHLY + REPORT.replace("资金没有到位", f"请拨{PHONE}")))
    for level, post in (("1", "甲"), ("2", "乙"), ("3", "丙"), ("secrecy", "丁")):
        assert approve(city, level, f"{post}{PHONE}", "2025-07-03").startswith("0")
    assert "七月开工" in city.build().text("2025/tasks/001/")
    assert city.codes() == []


@pytest.mark.parametrize(
    "mark", ["内部资料", "仅供内部", "不得外传", "严禁外传", "注意保密", "注意保存"]
)
def test_every_mark_of_what_stays_inside_is_found(mark: str) -> None:
    assert [one.code for one in lint(f"{mark}，请收好", LEXICON)] == ["secrecy-mark"]


@pytest.mark.parametrize(
    "slip", ["副市张李四", "李四副长", "常务副长李四", "市委书计李四", "副秘书张李四"]
)
def test_every_title_with_a_slip_is_found_beside_a_leader(slip: str) -> None:
    assert [one.code for one in lint(f"会上，{slip}说", LEXICON)] == ["leader-name"]


@pytest.mark.parametrize("pair", ["《》", "“”", "（）", "〔〕", "「」", "【】"])
def test_every_bracket_and_quotation_mark_has_its_partner(pair: str) -> None:
    first, last = pair
    assert lint(f"工作方案{first}乙{last}丙", LEXICON) == ()
    for text in (f"工作方案{first}丙", f"工作方案{last}丙", f"工作方案{last}乙{first}丙"):
        assert {one.code for one in lint(text, LEXICON)} == {"unpaired"}


@pytest.mark.parametrize(
    ("name", "is_long"),
    [
        ("市民政厅局", True),
        ("市民政局", False),  # four characters are too few to tell
        ("市A类办公室", True),
        ("市5G办公室", False),  # two signs that are no Chinese
    ],
)
def test_a_slip_is_told_from_names_that_are_long_and_chinese_enough(
    name: str, is_long: bool
) -> None:
    lexicon = Lexicon((), (name,), ())
    assert bool(lexicon.long_units) == is_long
    if name.startswith("市民政"):
        slip = name.replace("政", "证")
        found = [one.code for one in lint(f"由{slip}牵头", lexicon)]
        assert found == ["unit-name"] * is_long


def test_as_many_names_are_compared_as_there_is_time_for() -> None:
    names = tuple(f"市一{chr(0x4E10 + at)}二三四" for at in range(201))
    lexicon = Lexicon((), names, ())
    assert lexicon.long_units["市一"] == names[:200]
    assert (
        len(Lexicon(tuple(f"王{name[2]}明" for name in names), (), ()).like_leaders["王明"]) == 200
    )


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("市长", "市长", False),
        ("市长", "副市长", True),
        ("市民", "副市长", False),
        ("长", "副市长", False),
        ("副市长", "市长", True),
        ("副事长", "副市长", True),
    ],
)
def test_one_edit_is_one(one: str, other: str, is_one: bool) -> None:
    assert _is_one_edit(one, other) == is_one


def test_findings_of_one_kind_side_by_side_are_two() -> None:
    first, second = TextFinding("unpaired", 3, "《"), TextFinding("unpaired", 4, "》")
    assert joined([first], [second]) == (first, second)
    assert joined([first], [TextFinding("unpaired", 3, "》")]) == (first,)
    assert joined([TextFinding("bad-date", 3, "a", 6)], [TextFinding("bad-date", 5, "b")]) == (
        TextFinding("bad-date", 3, "a", 6),
    )
