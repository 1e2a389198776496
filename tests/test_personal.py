"""Numbers of persons: found in every spelling that people use, and nowhere else."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from jiaozhang.personal_data.folding import fold
from jiaozhang.personal_data.numbers import is_resident_id, masked, passes_luhn, personal_numbers


def resident_id(body: str = "11010119491001001") -> str:
    """A number with the right check digit; nobody was given the divisions used here."""
    return next(body + digit for digit in "0123456789X" if is_resident_id(body + digit))


def card(body: str = "622202020000000000") -> str:
    return next(body + str(digit) for digit in range(10) if passes_luhn(body + str(digit)))


def codes(text: str) -> list[str]:
    return [number.code for number in personal_numbers(text)]


ID, CARD = resident_id(), card()
PHONES = """
13800138000/13900139000
手机(138)00138000
手机138.0013.8000
手机13800 138000
手机13800-138000
138　0013　8000
１３８－００１３－８０００
wx13800138000
WX13800138000
微信号13800138000
微信：wx_13800138000
zhangsan13800138000@qq.com
13800138000@139.com
13800138000微信同号
13800138000wx
（138）0013-8000
【138】0013 8000
+86 138-0013-8000
+8613800138000
0086 138 0013 8000
86-138-0013-8000
(+86)13800138000
013800138000
TEL:13800138000
Tel 138/0013/8000
138–0013–8000
138 - 0013 - 8000
138·0013·8000
138_0013_8000
138-00-13-80-00
138 001 38000
1380013 8000
1380013-8000
138-00138000
1 3 8 0 0 1 3 8 0 0 0
电话138,0013,8000
电话：13 800 138 000
电话13800.138000
联系电话：1380 013 8000
张三13800138000李四13900139000
13800138000.
1. 13800138000
[电话](tel:13800138000)
2025-06-30 13800138000
总投资3亿元，联系13800138000
**138**00138000
138**0013**8000
138`0013`8000
138\\-0013\\-8000
138&nbsp;0013&nbsp;8000
&#49;3800138000
<b>138</b>00138000
一三八零零一三八零零零
幺三八 〇〇幺三 八〇〇〇
①③⑧⓪⓪①③⑧⓪⓪⓪
𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎
1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣
1380 0138 000
13800138 000
138，0013，8000
手机：138、0013、8000
手机一三八，零零一三，八零零零
138OO138OOO
138〇〇138〇〇〇
1380013800013900139000
联系人：张三，13800-138000
{138}00138000
“138”0013-8000
王五一三八〇〇一三八〇〇〇
138\u200b0013\u200b8000
138\u00ad0013\u20608000
""".strip().split("\n")
PHONES = [line.replace("\\u200b", "\u200b") for line in PHONES]
# No figure, code, date, address or hotline is anybody's number.
NOBODYS = f"""
1380.0138 亿元
13,800,138,000
13，800，138，000
13 800 138 000
总投资13800138000元
投资13800138000.50元
13800138000 平方米
¥13800138000
138.50 1234.56
138、1234、5678
138.0013 8000
分别为1500、1600、1700万元
3.14159265358
117.2013800138, 39.1380013800
117.20138001380
北纬39.1380013度
13500-150000
13500—150000人
来电13500-150000件
1500000/2000
1990 2000 2010 2020
1978—2025
〔2025〕13号
津政办发〔2025〕138号
(2025)津0138民初8000号
154（2025）1234号
第13800138000号
0.13800138000
15 000 000 000
150 000 000 00元
1500 1600 170
ISBN 978-7-138-00138-0
E117.1380 N39.0013
东经117°12′13.80″，北纬39°00′13.80″
138/139/150/151号段
16:30-18:00 2025-06-30
91120000MA06TAX3XQ
911201138001380013
统一社会信用代码：{ID}
2503-150000-04-01-123456
津ICP备13800138号-1
津公网安备 12010102000001号
索引号11341700003244967K
编号13800138000
HT13800138000
GB/T 13800138-2025
2025-06-30至2025-12-31
2025.1.13-2025.6.30/2025
2025年6月30日13时80分
20250630138000
172.16.254.123
192.168.10.123
1735689600000
12345
12345热线
电话12345
96596
400-123-4567
电话400-810-8888
4001234567
800 820 8820
138****8000
138xxxx8000
110101********1001
{ID[:-1]}{"0" if ID[-1] != "0" else "1"}
{CARD}
编号{CARD}
①②③④⑤⑥⑦⑧⑨⑩
一二三四五六七八九十
第一三八〇号
电话诉求23456789件
{"a" * 20}13800138000
{"1" + "3" * 12}
{"9" * 18}
""".strip().split("\n")


@pytest.mark.parametrize("text", PHONES)
def test_a_mobile_number_is_found_however_it_is_written(text: str) -> None:
    assert "personal-phone" in codes(text)
    assert set(codes(text)) == {"personal-phone"}


@pytest.mark.parametrize("text", NOBODYS)
def test_what_is_nobodys_number_passes(text: str) -> None:
    assert personal_numbers(text) == ()


@pytest.mark.parametrize(
    "gap", ["", " ", "-", "　", "－", ".", "/", "·", "\n", " - ", "**", "\u200b"]
)
@pytest.mark.parametrize("cuts", [(6, 14), (6, 10, 14), (6,), (4, 8, 12, 16), (17,), (3, 9)])
@pytest.mark.parametrize("x", ["X", "x", "Ｘ", "×", "Х"])
def test_a_resident_id_is_found_however_it_is_cut(gap: str, cuts: tuple[int, ...], x: str) -> None:
    number = resident_id()
    assert number.endswith("X")
    pieces = [number[a:b] for a, b in zip((0, *cuts), (*cuts, 18), strict=True)]
    (found,) = personal_numbers(f"身份证{gap.join(pieces).replace('X', x)}，收。")
    assert found.code == "personal-id" and "4910" not in found.shown


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("personal-id", "身份证：110101491001001"),
        ("personal-id", "身份证号 110101 491001 001"),
        ("personal-id", f"sfz{ID}"),
        ("personal-id", f"{ID}{ID}"),
        ("bank-card", f"账号：{CARD}"),
        ("bank-card", f"卡号 {CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}"),
        ("bank-card", f"{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}"),
        ("bank-card", f"{CARD[:4]}-{CARD[4:8]}-{CARD[8:12]}-{CARD[12:16]}-{CARD[16:]}"),
        ("bank-card", f"工商银行{CARD[:6]} {CARD[6:]}"),
        ("passport", "护照号E12345678"),
        ("passport", "护照：ｅ 1234 5678"),
        ("passport", "护照EA1234567"),
        ("plate", "车牌津A12345"),
        ("plate", "号牌：京A·D12345"),
        ("landline", "022-12345678"),
        ("landline", "(022)12345678"),
        ("landline", "（０２２）１２３４ ５６７８"),
        ("landline", "022 1234 5678"),
        ("landline", "022/12345678"),
        ("landline", "0315—1234567转801"),
        ("landline", "+86-22-12345678"),
        ("landline", "0086 22 1234 5678"),
        ("landline", "电话02223456789"),
        ("landline", "传真：2345-6789"),
    ],
)
def test_other_numbers_are_found_too(code: str, text: str) -> None:
    assert codes(text) == [code]


def test_every_number_of_a_string_is_found() -> None:
    text = f"13800138000/13900139000、138-0013-8001 139 0013 9001；022-12345678，{ID}"
    assert codes(text) == ["personal-phone"] * 4 + ["landline", "personal-id"]


# Ways to write a digit, to cut eleven of them, and to lead up to them.
FORMS = st.sampled_from(
    ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "〇一二三四五六七八九"]
)
CUTS = st.sampled_from([(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (3, 2, 2, 2, 2), (3, 4, 2, 2)])
GAPS = st.sampled_from([" ", "-", "　", "–", "－", "\u00a0", "·", "_", " - ", "--"])
LED = st.sampled_from(
    ["", "电话", "，", "王五", "wx", "微信：", "+86", "0086-", "(", "\n", "共3人，"]
)
ENDED = st.sampled_from(["", "。", "，", ")", "转", " 王五", "\n", "/", "、"])
MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True).filter(lambda n: n.isascii())


@pytest.mark.slow
@given(MOBILE, FORMS, CUTS, GAPS, LED, ENDED)
@settings(deadline=None, max_examples=500)
def test_any_number_in_any_spelling_is_found_at_its_place(
    number: str, forms: str, cut: tuple[int, ...], gap: str, led: str, ended: str
) -> None:
    digits = iter(forms[int(digit)] for digit in number)
    spelled = gap.join("".join(next(digits) for _ in range(size)) for size in cut)
    text = f"第一行。\n{led}{spelled}{ended}\n最后一行。"
    (found,) = personal_numbers(text)
    assert found.code == "personal-phone"
    assert text[found.start : found.end].endswith(spelled)
    assert found.start >= text.index(spelled) - len("0086-")
    assert found.shown.count("*") == len(found.shown) - 5
    # Nobody reads the number off a log.
    assert not any(number[3:9] in fold(masked(text)).plain.replace(c, "") for c in " -._")


WORDS = "新建改造投资完成其中约共和亿万元个套平方米，。、；（）〔〕号年月日第"


@pytest.mark.slow
@given(
    st.lists(
        st.one_of(
            st.text(WORDS, min_size=1, max_size=6),
            st.integers(0, 99_999).map(lambda n: f"{n}个"),
            st.integers(0, 99_999_999).map(lambda n: f"{n / 100}亿元"),
            st.integers(1_000_000, 99_999_999_999).map(lambda n: f"{n:,}元"),
            st.integers(1, 12).map(lambda n: f"2025年{n}月30日"),
            st.integers(1, 999).map(lambda n: f"〔2025〕{n}号"),
        ),
        max_size=12,
    ).map("，".join)
)
@settings(deadline=None, max_examples=300)
def test_figures_dates_and_document_numbers_are_nobodys(text: str) -> None:
    assert personal_numbers(text) == ()


@given(st.text("0123456789Xx-+ ./()《》\n*`_&#;<b>电话卡号身份证１２○①", max_size=120))
@settings(deadline=None)
def test_places_are_inside_and_in_order(text: str) -> None:
    ends = [0]
    for number in personal_numbers(text):
        assert ends[-1] <= number.start < number.end <= len(text)
        ends.append(number.end)
    assert len(masked(text)) == len(text)


@pytest.mark.parametrize("text", PHONES)
def test_what_is_shown_is_masked(text: str) -> None:
    for number in personal_numbers(text):
        assert re.fullmatch(r"[0-9Xx\u3007-\u9fff]{3}\*+..", number.shown)


@pytest.mark.slow
def test_nothing_that_a_real_ledger_prints_is_anybodys() -> None:
    files = [
        file
        for folder in ("content", "examples/demo", "docs")
        for file in (ROOT / folder).rglob("*")
        if file.suffix in (".md", ".yaml", ".toml")
        and not {"internal", "diagnostics"} & {*file.parts}
    ]
    assert len(files) > 200
    for file in files:
        text = file.read_text(encoding="utf-8")
        shown = {"13800138000", "138****8000"}
        assert not [n for n in personal_numbers(text) if text[n.start : n.end] not in shown], file


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["1", "1 ", "138 ", "1-", "(", "*", "&#49;", "1\n", "1X", "138."])
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        personal_numbers(piece * (length // len(piece)))
        return time.process_time() - start

    seconds(1000)
    # Something else may have the processor in between: one of three has to fit.
    assert any(seconds(20_000) < 5 * seconds(10_000) + 0.2 for _ in range(3))


def test_numbers_drawn_at_random_are_hardly_ever_a_resident_id() -> None:
    draw = random.Random(7)  # noqa: S311 - a sample, not a secret
    hits = sum(is_resident_id(f"{draw.randrange(10**17, 10**18)}") for _ in range(20_000))
    assert hits <= 5
