"""The lint reads what is shown: numbers and marks that only a reader sees whole, and no figures."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_lint import FOUND, LEXICON, PASSES
from test_personal import CARD, NOBODYS, PHONES, resident_id
from test_progress import NODES, RECORD

from conftest import ROOT, World
from jiaozhang.check.shown_text import lint_prose
from jiaozhang.check.text_rules import Lexicon, lint, lint_address
from jiaozhang.markdown.conservation import pieces, visible
from jiaozhang.personal_data.numbers import starred_out

NAMELESS = Lexicon((), (), ())
PERSONAL = {"personal-id", "personal-phone", "bank-card", "passport", "plate", "landline"}
ID = resident_id()
FOURS = [CARD[at : at + 4] for at in range(0, len(CARD), 4)]
LINK = "https://example.org/a"
BODY = 7  # the line on which the text of `RECORD` begins
HEAD = "| 甲 | 乙 | 丙 |\n| --- | --- | --- |\n"


def codes(text: str) -> set[str]:
    return {one.code for one in lint_prose(text, NAMELESS)}


@pytest.mark.parametrize(
    "text",
    [
        "1&#51;812345678",
        "138<!-- -->12345678",
        "138**1234**5678",
        "138**12**3456**78**",
        f"[138]({LINK})12345678",
        f"138[1234]({LINK})5678",
        f"[138]({LINK}) [1234]({LINK}) [5678]({LINK})",
        '![138](a.jpg "12345678")',
        "138![1234](a.jpg)5678",
        "138[^1]12345678\n\n[^1]: 注",
        "联系138[^1]\n\n[^1]: 12345678",
        "138\n1234\n5678",
        "138\n\n1234\n\n5678",
        "联系人138\n\n1234\n\n5678，收\n\n2025年结束",
        "完成3个。\n\n138\n\n1234\n\n5678\n\n2025年结束",
        "- 138\n- 1234\n- 5678",
        "1. 138\n2. 1234\n3. 5678",
        "> 138\n>\n> 12345678",
        "# 138\n\n12345678",
        HEAD + "| 138 | 1234 | 5678 |",
        HEAD + "| 王五 | 138 | 12345678 |",
        HEAD + "| 王五 | 1381234 | 5678 |",
        HEAD + "| 138<br>1234<br>5678 | 无 | 无 |",
        "| 138 | 1234 | 5678 |\n| --- | --- | --- |\n| 甲 | 乙 | 丙 |",
        "| 序号 | 电话 | | |\n| --- | --- | --- | --- |\n| 1 | 138 | 1234 | 5678 |",
        "| 数量 | 一季度 | 二季度 |\n| --- | --- | --- |\n| 138 | 0013 | 8000 |",
        "| 项目 | 甲 |\n| --- | --- |\n| 电话 | 138 |\n| | 1234 |\n| | 5678 |",
        "|1|3|8|1|2|3|4|5|6|7|8|\n|-|-|-|-|-|-|-|-|-|-|-|\n|a|b|c|d|e|f|g|h|i|j|k|",
        "138.12345678",
        "请记138.00138000。",
        "1\n3\n8\n1\n2\n3\n4\n5\n6\n7\n8",
        "138-\n\n1234-\n\n5678",
        "手机138，\n\n12345678",
        "13812\n\n345678",
        "138<!--\n-->12345678",
        "138\\\n12345678",
        HEAD + "| 13800138 | 000 | |",
        HEAD + "| 1 | 38 | 0013 | 8000 |",
    ],
)
def test_a_telephone_number_is_found_as_it_is_read(text: str) -> None:
    assert "personal-phone" in codes(text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("personal-phone", "| 前三位 | 中四位 | 后四位 |\n|-|-|-|\n| 138 | 1234 | 5678 |"),
        ("bank-card", f"| a | b | c | d | e |\n|-|-|-|-|-|\n| {' | '.join(FOURS)} |"),
        ("bank-card", "\n\n".join(FOURS)),
        ("landline", f"{HEAD}| 王五 | 022 | 23456789 |"),
        ("passport", f"{HEAD}| 护照 | E12345678 | 无 |"),
        ("plate", f"{HEAD}| 车牌 | 津A12345 | 无 |"),
    ],
)
def test_other_numbers_are_found_where_cells_and_paragraphs_meet(code: str, text: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{ID[:6]}**{ID[6:14]}**{ID[14:]}",
        f"{ID[:6]}[{ID[6:14]}]({LINK}){ID[14:]}",
        f"{ID[:6]}\n\n{ID[6:14]}\n\n{ID[14:]}",
        f"- {ID[:6]}\n- {ID[6:14]}\n- {ID[14:]}",
        HEAD + f"| {ID[:6]} | {ID[6:14]} | {ID[14:]} |",
        f"| 投资（亿元） | 数量 |\n| --- | --- |\n| {ID[:6]} | 1 |\n| {ID[6:]} | 2 |",
    ],
)
def test_a_resident_id_is_found_as_it_is_read(text: str) -> None:
    assert ("personal-id" in codes(text)) is ("亿元" not in text)


@pytest.mark.parametrize(
    "text",
    [
        "机**密**★一年", f"机[密]({LINK})★", "秘`密`★", "**机密**★", "秘密**★**1年", "秘密**1年**",
        "- 机密", "# 机密", "> 绝密", "**秘密**", "机密☆一年", "机　密★一年", "内部**资料**",
        f"注意[保密]({LINK})", "机密[^1]★\n\n[^1]: 注", "机&shy;密★一年", "仅 供 内 部",
        "秘\n密★", "内部\n资料", "〔机密〕★", "密级：机密", "秘密*1年",
        HEAD + "| 机密 | 无 | 无 |",
    ],
)  # fmt: skip
def test_a_mark_of_secrecy_is_found_as_it_is_read(text: str) -> None:
    assert "secrecy-mark" in codes(text)


@pytest.mark.parametrize("text", ["138<!-- -->12345678", "1&#51;812345678", "机&shy;密★", "机 密★"])
def test_a_field_is_read_as_it_is_shown_too(world: Callable[[str], World], text: str) -> None:
    faults = world(NODES.replace("完成选址", f"'{text}'")).check()
    assert [(one.place.line, one.place.column) for one in faults] == [(1, 19)]


def test_a_key_that_an_editor_chose_is_read(world: Callable[[str], World]) -> None:
    ledger = (
        "-- content/2025/ledger.yaml --\ntitle: 通知\nissuer: 示例市人民政府\nsource: 示例\n"
        "reporting: none\nsections:\n  - {number: 1, title: 产业}\n  - {number: 2, title: 民生}\n"
        "seasons:\n  电话13812345678: {}\n"
    )
    (fault,) = world(ledger).check()
    assert (fault.code, fault.place.line, fault.place.column) == ("personal-phone", 9, 5)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (f"完成[138]({LINK})12345678", 2, 4),
        ("完成\n\n- 138\n- 1234\n- 5678", 4, 3),
        (f"{HEAD}| 王五 | 138 | 12345678 |", 4, 8),
        ("完成\n\n电话**138**\n\n1234\n\n5678", 4, 5),
        ("第一行\n机**密**★", 3, 1),
    ],
)
def test_it_is_told_where_it_begins_and_no_digit_of_it_is_shown(
    world: Callable[[str], World], text: str, line: int, column: int
) -> None:
    city = world(RECORD.replace("第一个实验室建成，**另两个**在建。", f"开头。\n{text}"))
    (fault,) = (one for one in city.check() if one.code in {*PERSONAL, "secrecy-mark"})
    assert (fault.place.line - BODY + 1, fault.place.column) == (line, column)
    assert "1234" not in city.said() and "5678" not in city.said()


# Ways to dress a piece of a number, and what may stand between two pieces on one line.
DRESSES = ["{}", "**{}**", "*{}*", "`{}`", f"[{{}}]({LINK})", "![{}](a.jpg)", "{}[^1]", "<b>{}</b>"]
SEAMS = ["\n\n", "\n- ", "\n1. ", "\n> ", " | "]
MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True).filter(str.isascii)


@pytest.mark.slow
@given(MOBILE, st.lists(st.sampled_from(DRESSES), min_size=3, max_size=3), st.sampled_from(SEAMS))
@settings(deadline=None, max_examples=300)
def test_however_its_pieces_are_dressed_and_placed_a_number_is_found(
    number: str, dresses: list[str], seam: str
) -> None:
    # Four asterisks or two backticks on end are no markup.
    assume(not any(a[-1] == b[0] in "*`" for a, b in pairwise(dresses)))
    whole = (number[:3], number[3:7], number[7:])
    dressed = [dress.format(own) for dress, own in zip(dresses, whole, strict=True)]
    apart = f"{seam}{seam.join(dressed)}" + (seam if seam == " | " else "")
    for text in ("".join(dressed), HEAD + apart if seam == " | " else f"开头。{apart}"):
        found = lint_prose(f"{text}\n\n[^1]: 注", NAMELESS)
        spans = [text[one.start : one.end] for one in found if one.code == "personal-phone"]
        (own,) = (span for span in spans if span.startswith(number[:3]))
        assert number[3:7] not in starred_out(own)


FIGURES = [
    "数量", "投资（亿元）", "计划", "2023年", "2025年", "一季度", "二季度", "1月", "上半年", "合计",
    "户数", "面积", "里程（公里）", "%", "增速", "目标值", "东城区", "西城区", "学校", "医院",
    "小区", "公园", "企业", "项目数", "新建", "改造", "在建", "竣工", "开工", "就业",
]  # fmt: skip
LABELS = ["东城区", "学校", "新能源", "2024年", "一季度", "合计", "公租房", "供热", "1", "12", ""]


def _figure(chance: random.Random) -> str:
    size = chance.choice([1, 2, 3, 3, 4, 4, 5, 6, 8])
    whole = chance.randrange(10 ** (size - 1), 10**size)
    return chance.choice(
        [f"{whole}", f"{whole}", f"{whole}", f"{whole:,}", f"{whole / 100:.2f}", f"{size}.5%", "—"]
    )


@pytest.mark.slow
@given(st.randoms(use_true_random=False), st.booleans())
@settings(deadline=None, max_examples=300)
def test_no_table_of_figures_is_anybodys_number(chance: random.Random, is_like_one: bool) -> None:
    width = chance.randint(3, 8)
    rows = [[chance.choice(["", "区", "项目", "指标"]), *chance.choices(FIGURES, k=width)]]
    rows.append(["---"] * (width + 1))
    for _ in range(chance.randint(1, 6)):
        row = [_figure(chance) for _ in range(width)]
        if is_like_one:  # as long as the groups of a number
            row[:3] = [
                f"{chance.randint(130, 199)}",
                *(f"{chance.randint(1000, 9999)}" for _ in "12"),
            ]
        rows.append([chance.choice(LABELS), *row])
    text = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    assert not codes(text) & PERSONAL, text


FORMS = ["{}", "- {}", "> {}", "**{}**", "前文。\n\n{}\n\n后文。", HEAD + "| {} | 1 | 2 |"]


@pytest.mark.slow
@given(
    st.lists(st.sampled_from([*NOBODYS, *PASSES]), min_size=1, max_size=4), st.sampled_from(FORMS)
)
@settings(deadline=None, max_examples=400)
def test_what_is_nobodys_passes_in_every_form(texts: list[str], form: str) -> None:
    text = "\n\n".join(form.format(one.replace("\n", " ").replace("|", "/")) for one in texts)
    assert not codes(text) & PERSONAL, text


@pytest.mark.slow
@given(st.lists(st.sampled_from([*PHONES, *(text for _, text in FOUND)]), min_size=1, max_size=3))
@settings(deadline=None, max_examples=200)
def test_nothing_is_lost_that_the_source_alone_tells(texts: list[str]) -> None:
    text = "\n\n".join(texts)
    found = {(one.code, one.start) for one in lint_prose(text, LEXICON)}
    assert {(one.code, one.start) for one in lint(text, LEXICON)} <= found


def test_nothing_that_a_real_ledger_prints_is_found() -> None:
    files = [
        file for folder in ("content", "examples/demo") for file in (ROOT / folder).rglob("*.md")
    ]
    assert len(files) > 80
    for file in files:
        text = file.read_text(encoding="utf-8")
        if "internal" not in file.parts:
            assert codes(text.split("\n---\n")[-1]) <= {"unpaired"}, file


@given(st.text("1[](a)*`|\n-> #^:<br>\\！", max_size=80))
@settings(deadline=None, max_examples=300)
def test_pieces_hold_what_has_to_be_seen_where_it_stands(text: str) -> None:
    seen = {(one.char, one.at) for one in visible(text)}
    for piece in pieces(text):
        assert len(piece.text) == len(piece.places)
        for char, at in zip(piece.text, piece.places, strict=True):
            assert char.isspace() or ((char, at) in seen and text[at] == char)


ADDRESS = "https://example.org"


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("personal-phone", f"{ADDRESS}/?13812345678"),
        ("personal-phone", f"{ADDRESS}/#13812345678"),
        ("personal-phone", f"{ADDRESS}/?tel=%31%33%38%31%32%33%34%35%36%37%38"),
        ("personal-phone", f"{ADDRESS}/?tel=%2531%2533812345678"),
        ("personal-phone", f"{ADDRESS}/?tel%3D13812345678"),
        ("personal-phone", f"{ADDRESS}/?q=%E7%94%B5%E8%AF%9D13812345678"),
        ("personal-phone", f"{ADDRESS}/?tel=13812345678,13912345678"),
        ("personal-phone", f"{ADDRESS}/tel/13812345678"),
        ("personal-phone", "https://13812345678@example.org/"),
        ("personal-phone", "tel:13812345678"),
        ("personal-phone", "mailto:13812345678@139.com"),
        ("personal-phone", "../?tel=%31%33812345678"),
        ("personal-phone", f"{ADDRESS}/?u=https%3A%2F%2Fb.cn%2F%3Ftel%3D13812345678"),
        ("personal-phone", f"{ADDRESS}/;tel=13812345678"),
        ("personal-phone", f"{ADDRESS}/?phone_13812345678"),
        ("personal-phone", "https://wa.me/8613812345678"),
        ("personal-id", f"{ADDRESS}/?a=b&sfz={ID}"),
        ("personal-id", f"{ADDRESS}/{ID}.html"),
        ("personal-id", f"{ADDRESS}/?articleId={ID}"),
    ],
)
def test_what_an_address_hands_on_is_found_in_any_spelling(code: str, address: str) -> None:
    assert {one.code for one in lint_address(address)} == {code}
    assert code in codes(f"见[公告]({address})。")


@pytest.mark.parametrize(
    "address",
    [
        f"{ADDRESS}/13812345678", f"{ADDRESS}/a/13812345678.html", f"{ADDRESS}/?id=13812345678",
        f"{ADDRESS}/?page=2&t=1750000000000", f"{ADDRESS}/t20250630_13800138000.html",
        f"{ADDRESS}/?sign=a13812345678b", f"{ADDRESS}/?v=13812345678#p2", "tel:12345",
        "mailto:office@example.org", f"{ADDRESS}/202506/t20250630_110101199001010000.html",
    ],
)  # fmt: skip
def test_the_number_of_a_page_is_nobodys(address: str) -> None:
    assert lint_address(address) == ()
    assert not codes(f"见[公告]({address})。") & PERSONAL


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["|1", "138\n\n", "- 138\n", "[1](tel:138)", "机密★", "138[^1] "])
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        lint_prose(piece * (length // len(piece)), NAMELESS)
        return time.process_time() - start

    seconds(1000)
    # Something else may have the processor in between: one of three has to fit.
    assert any(seconds(10_000) < 5 * seconds(5_000) + 0.2 for _ in range(3))


def test_words_beside_numbers_tell_what_they_are() -> None:
    row = "|甲|乙|丙|丁|\n|---|---|---|---|\n|{}|办理|138 0013|8000|"
    codes = [{one.code for one in lint_prose(row.format(w), LEXICON)} for w in ("编号", "电话")]
    assert codes == [set(), {"personal-phone"}]


@pytest.mark.parametrize("number", ["138**0013**8000", f"13[8]({LINK})00138000"])
def test_a_finding_ends_with_its_last_character(number: str) -> None:
    """Both where the source tells it and where only a reader sees it whole."""
    text = f"| 联系电话 |\n|---|\n| {number} |"
    (found,) = lint_prose(text, LEXICON)
    assert found.end is not None and text[found.start : found.end] == number
