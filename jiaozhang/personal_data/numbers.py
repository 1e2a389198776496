"""Find personal numbers: resident ids, mobile numbers, landlines, cards, passports, plates.

Numbers are recognised by their value, not their grouping: text is normalised, digit groups are
joined, and the whole is tested by check digits, or by groupings that figures never have. After a
word that names the number (电话, 卡号) any grouping counts. Figures, decimals, codes and masked
numbers are not reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from jiaozhang.personal_data.digit_groups import (
    LISTING,
    MEETINGS,
    MET,
    MET_AS_FIGURES,
    DigitGroup,
    spans,
)
from jiaozhang.personal_data.folding import MASK, fold


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A personal number: its message code, its range in the text, and its masked form."""

    code: str
    start: int
    end: int
    shown: str


def personal_numbers(text: str) -> tuple[PersonalNumber, ...]:
    """Find the personal numbers in a text, in order, without overlaps."""
    if not _MAY_HOLD_ONE.search(text):
        return ()
    folded = fold(text)
    taken = bytearray(len(folded.plain))
    found: list[PersonalNumber] = []
    for _, start, end, code in sorted(_candidates(folded.plain)):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            shown = _starred(re.sub(r"[\W_]|86(?=.{11})", "", folded.plain[start:end]))
            found.append(PersonalNumber(code, folded.starts[start], folded.ends[end - 1], shown))
    return tuple(sorted(found, key=lambda one: one.start))


def masked(text: str) -> str:
    """The text with all personal numbers masked by stars; same length."""
    pieces: list[str] = []
    at = 0
    for number in personal_numbers(text):
        pieces += text[at : number.start], starred_out(text[number.start : number.end])
        at = number.end
    return "".join((*pieces, text[at:]))


def starred_out(spelling: str) -> str:
    """A number with stars for all characters but the first three and last two."""
    signs = [at for at, char in enumerate(spelling) if char.isalnum()]
    hidden = set(signs[3:-2])
    return "".join("*" if at in hidden else char for at, char in enumerate(spelling))


def is_resident_id(number: str) -> bool:
    """Tell whether 18 characters are a resident id: valid province, date and check digit."""
    return (
        bool(_PROVINCES.match(number))
        and number[6:8] in _CENTURIES
        and _is_day(number[6:14])
        and _check_digit(number[:17]) == number[17].upper()
    )


def _check_digit(number: str) -> str:
    weighed = (weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=True))
    return _CHECKS[sum(weighed) % 11]


def passes_luhn(number: str) -> bool:
    """The Luhn check of bank cards (ISO/IEC 7812-1)."""
    digits = (number[::-2] + number[-2::-2].translate(_DOUBLED)).encode("ascii")
    return (sum(digits) - len(digits) * ord("0")) % 10 == 0


# Each digit doubled, with the digits of the result added.
_DOUBLED = str.maketrans("0123456789", "0246813579")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
_CHECKS = "10X98765432"
_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")
_MAY_HOLD_ONE = re.compile(r"\d|&#|[⁰-₉①-➒]|[〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{3}")

_MOBILE = re.compile(r"(00?86|86|0)?1[3-9]\d{9}")
_CUT_BY_CELLS = ((3, 4, 4), (3, 8), (7, 4), (5, 6), (1,) * 11)
_EASTERNMOST = "135"
_AREA = re.compile(r"010|02\d|0[3-9]\d\d")
_AREA_ABROAD = re.compile(r"(?:10|2\d|[3-9]\d\d)")
_LANDLINE = re.compile(r"(?:010|02\d|0[3-9]\d\d)[1-9]\d{6,7}")
_MOST_GROUPS_OF_A_LANDLINE = 6
_ID, _OLD_ID, _SHORTEST_MOBILE, _LONGEST_MOBILE = 18, 15, 11, 15
# The first two digits of a year of birth.
_CENTURIES = ("19", "20")
# Groupings of the seven or eight digits after an area code.
_LOCAL = ((7,), (8,), (3, 4), (4, 4), (4, 3), (2, 2, 2, 2))

_YEAR_IN_BRACKETS = re.compile(r"\((?:19|20)\d\d\)")
_BYTE = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_IP_ADDRESS = re.compile(rf"{_BYTE}(?:\.{_BYTE}){{3}}")

# Words directly before a number that name it.
_CALLED = re.compile(
    r"(?:手机|电话|联系方式|联系人|联系|微信|致电|拨打|来电|热线|咨询|座机|固话|传真|短信|[☎☏📱📞]"
    r"|(?<![A-Za-z])(?:telephone|tel|mobile|mob|phone|cell|fax|wechat|weixin|whatsapp|wx|vx))"
    r"(?:号码|号)?[是为]?[ :(.\-_]*$|联系人[^\d。；\n]{0,8}$",
    re.IGNORECASE,
)
_CARD_WORD = re.compile(r"(?:卡号|[账帐][号户]|开户|银行|储蓄卡|收款|转账|汇款|打款)\D{0,12}$")
_ID_WORD = re.compile(r"身份证\D{0,12}$")
_CODE_WORD = re.compile(
    r"(?:代码|编号|文号|案号|备案号|登记号|索引号|证号|单号|流水号)[是为]?[ :(]*$"
)
# Letters before a number that mean a person's account; any other must look like a name.
_ACCOUNT = re.compile(
    r"wx|vx|v|wechat|weixin|qq|tel|t|mob|mobile|phone|p|id|sfz|zfb", re.IGNORECASE
)
_LETTERS_BEHIND = re.compile(r"(?:wx|vx|wechat|weixin|qq|tel|mob|phone)(?![a-z])", re.IGNORECASE)
_MOST_LETTERS = 12
# Units after a figure.
_UNIT = re.compile(
    r" ?(?:[万亿]?(?:元|千瓦|吨|平方|立方|公里|千米|公顷|亩|人次|户次)|[万亿][^\u4e00-\u9fff]"
    r"|%|‰|千?[美欧]元|kW|km|m2|t(?![a-z]))|[万亿]"
)
_COUNT = re.compile(r" ?[个件次人户家套份条笔辆米场年]")
_MONEY = re.compile(r"[¥￥$]$")


def _candidates(plain: str) -> Iterator[tuple[int, int, int, str]]:
    """Candidates: rank (most certain kind first), range in the normalised text, and code."""
    for span in spans(plain, _may_be):
        for rank, (code, rule) in enumerate(_BY_LENGTH.get(len(span.number), ())):
            if rule(span) and _stands_alone(span):
                yield rank, span.start, span.end, code
                break
    for code, pattern in _PATTERNS:
        for found in pattern.finditer(plain):
            yield len(_RULES), *found.span(1), code


def _may_be(number: str, groups: int, is_after_digits: bool) -> bool:
    """Whether any rule may match a number with so many groups."""
    if groups <= _MOST_GROUPS_OF_A_LANDLINE + 1:
        return True
    length = len(number)
    # Cards in so many groups, and old ids, are only found after the word for them.
    if not is_after_digits and length >= _OLD_ID:
        return True
    if length == _ID:
        return number[6:8] in _CENTURIES
    return _SHORTEST_MOBILE <= length <= _LONGEST_MOBILE and bool(_MOBILE.fullmatch(number))


def _stands_alone(span: DigitGroup) -> bool:
    """Tell whether a number is not part of a digest, a code, or a masked number."""
    before, after = span.before, span.after
    if before.endswith(MASK) or after.startswith(MASK):
        return False
    letters = re.search(r"[0-9A-Za-z]*$", before)
    led = letters.group() if letters else ""
    is_led = not led or (
        led.isalpha()
        and len(led) <= _MOST_LETTERS
        and (bool(_ACCOUNT.fullmatch(led)) or not led.isupper())
    )
    is_ended = not re.match("[0-9A-Za-z]", after) or _LETTERS_BEHIND.match(after)
    return is_led and bool(is_ended)


def _is_id(span: DigitGroup) -> bool:
    number = span.number
    if not number[:17].isdecimal() or not is_resident_id(number):
        return False
    return not re.search(r"信用代码[ :(]*$", span.before)


def _is_old_id(span: DigitGroup) -> bool:
    number = span.number
    return (
        number.isdecimal()
        and bool(_PROVINCES.match(number))
        and _is_day("19" + number[6:12])
        and bool(_ID_WORD.search(span.before))
    )


def _is_card(span: DigitGroup) -> bool:
    number = span.number
    if not (number.isascii() and number.isdecimal() and passes_luhn(number)):
        return False
    sizes, gaps = span.sizes, {*span.gaps}
    if (LISTING | {MET_AS_FIGURES}) & gaps or (MET in gaps and not span.is_whole):
        return False
    in_fours = len(sizes) > 1 and {*sizes[:-1]} == {4} and sizes[-1] <= 4
    looks_like_one = in_fours and number[0] in "3456" and len(gaps) == 1 and gaps <= {" ", "-", MET}
    return looks_like_one or bool(_CARD_WORD.search(span.before))


def _is_mobile(span: DigitGroup) -> bool:
    found = _MOBILE.fullmatch(span.number)
    sizes = _without_prefix(span.sizes, len(found[1] or "")) if found else ()
    if not sizes:
        return False
    if MEETINGS & {*span.gaps}:
        return _meets_as_one(span, sizes)
    is_usual = sizes in ((11,), (3, 4, 4))
    if _CALLED.search(span.before):
        return is_usual or not (_UNIT.match(span.after) or _COUNT.match(span.after) or _lists(span))
    return not _is_figure(span) and (
        not span.is_decimal if sizes == (11,) else _is_cut_like_one(span, sizes)
    )


def _meets_as_one(span: DigitGroup, sizes: tuple[int, ...]) -> bool:
    """Tell whether eleven digits in adjacent cells or paragraphs are one number."""
    if not span.is_whole or _is_figure(span) or LISTING & {*span.gaps}:
        return False
    if MET_AS_FIGURES in span.gaps:
        return sizes == (3, 4, 4) and _has_a_leading_zero(span, sizes)
    return sizes in _CUT_BY_CELLS or _has_a_leading_zero(span, sizes)


def _lists(span: DigitGroup) -> bool:
    return bool(LISTING & {*span.gaps})


def _is_figure(span: DigitGroup) -> bool:
    fraction = re.match(r"\.\d+", span.after)
    after = span.after[fraction.end() :] if fraction else span.after
    before = span.before
    is_ordinal = before.endswith("第") and after.startswith("号")
    return is_ordinal or bool(
        _UNIT.match(after) or _MONEY.search(before) or _CODE_WORD.search(before)
    )


def _without_prefix(sizes: tuple[int, ...], prefix: int) -> tuple[int, ...]:
    """Group sizes of a mobile number without its prefix 86 or 0, which may be a separate group.

    Empty if a group begins inside the prefix: then it is another number.
    """
    if sizes[0] < prefix or sizes[0] == prefix == 1:
        return ()
    rest = (sizes[0] - prefix, *sizes[1:])
    return rest if rest[0] else rest[1:]


def _is_cut_like_one(span: DigitGroup, sizes: tuple[int, ...]) -> bool:
    """Tell whether eleven digits are grouped like a mobile number, not like a row of figures."""
    gaps = span.gaps[1 - len(sizes) :]
    signs = {*gaps} - {"\n"}
    is_figureless = len(signs) <= 1 and "/" not in signs and _has_a_leading_zero(span, sizes)
    if LISTING & signs:
        return sizes == (3, 4, 4) and is_figureless
    if "." in signs and (len(signs) > 1 or len(sizes) == 2):
        # Only a longitude has eight decimals, and China extends less far east.
        return sizes == (3, 8) and span.number[-11:-8] > _EASTERNMOST and not span.goes_on
    if sizes == (3, 4, 4) or gaps == ("\n",) or is_figureless:
        return not _YEAR_IN_BRACKETS.search(span.chain.plain, span.start, span.end)
    if len(sizes) == 2:
        return _is_cut_in_two(span, sizes, gaps[0])
    in_threes = sizes[0] == 3 and all(2 <= size <= 5 for size in sizes[1:])
    # Single digits, each on its own line, have no separator.
    are_alike = len(signs) == 1 or ({*gaps} == {"\n"} and {*sizes} == {1})
    is_even = (in_threes or {*sizes} == {1}) and are_alike and not span.goes_on
    return is_even and not _IP_ADDRESS.fullmatch(span.chain.plain, span.start, span.end)


def _has_a_leading_zero(span: DigitGroup, sizes: tuple[int, ...]) -> bool:
    """Tell whether a group begins with zero, which in figures occurs only after thousands."""
    rest = span.chain.places[span.last + 2 - len(sizes) : span.last + 1]
    is_thousands = sizes[0] <= 3 and all(size == 3 for size in sizes[1:])
    plain = span.chain.plain
    return not is_thousands and any(b - a > 2 and plain[a] == "0" for a, b in rest)


def _is_cut_in_two(span: DigitGroup, sizes: tuple[int, ...], gap: str) -> bool:
    # 13500-150000 is a range, 1500000/2000 a ratio.
    second = span.number[-sizes[1]]
    if sizes == (3, 8):
        return True
    if gap == "-":
        return sizes == (7, 4) or (sizes in ((5, 6), (4, 7)) and second == "0")
    return gap in " _(·" and sizes in ((7, 4), (5, 6))


def _is_landline(span: DigitGroup) -> bool:
    number = span.number
    if span.last - span.first > _MOST_GROUPS_OF_A_LANDLINE or not number.isdecimal():
        return False
    sizes = span.sizes
    gaps = {*span.gaps}
    if gaps & {*LISTING, "\n", MET_AS_FIGURES} or (MET in gaps and not span.is_whole):
        return False
    groups = _heads(number, sizes)
    if _AREA.fullmatch(groups[0]) and sizes[1:] in _LOCAL and number[sizes[0]] != "0":
        return True
    is_abroad = groups[0] == "0086" or (groups[0] == "86" and span.before.endswith("+"))
    if is_abroad and _AREA_ABROAD.fullmatch(groups[1]):
        return sizes[2:] in _LOCAL
    is_local = sizes in _LOCAL and number[0] in "2345678"
    # The words are searched last: every seven digits come here.
    if not is_local and not (len(sizes) == 1 and _LANDLINE.fullmatch(number)):
        return False
    is_counted = _COUNT.match(span.after) or _UNIT.match(span.after)
    return not is_counted and bool(_CALLED.search(span.before))


def _heads(number: str, sizes: tuple[int, ...]) -> tuple[str, str]:
    """The first two groups of a number; the second may be empty."""
    first = sizes[0]
    return number[:first], number[first : first + sizes[1]] if len(sizes) > 1 else ""


NumberRule = Callable[[DigitGroup], bool]
_RULES: tuple[tuple[str, tuple[int, ...], NumberRule], ...] = (
    ("personal-id", (18,), _is_id),
    ("bank-card", (16, 17, 18, 19), _is_card),
    ("personal-id", (15,), _is_old_id),
    ("personal-phone", (11, 12, 13, 14, 15), _is_mobile),
    ("landline", (7, 8, 10, 11, 12, 13, 14, 15), _is_landline),
)
_BY_LENGTH = {
    length: tuple((code, rule) for code, lengths, rule in _RULES if length in lengths)
    for length in range(7, 20)
}
_PATTERNS = (
    # Several consecutive numbers without separators.
    ("personal-phone", re.compile(r"(?<![0-9A-Za-z])((?:1[3-9]\d{9}){2,5})(?![0-9A-Za-z])")),
    (
        "personal-id",
        re.compile(
            r"(?<![0-9A-Za-z])((?:[1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])"
            r"(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]){2,5})(?![0-9A-Za-z])"
        ),
    ),
    (
        "passport",
        re.compile(
            r"护照\D{0,12}?(?<![0-9A-Za-z])"
            r"([EGeg](?:[ -]?\d){8}|[Ee][A-HJ-NP-Za-hj-np-z](?:[ -]?\d){7})(?![0-9A-Za-z])"
        ),
    ),
    (
        "plate",
        re.compile(
            r"(?:车牌|号牌)[^\n]{0,12}?([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
            r"[A-Za-z][-.· ]?[A-Za-z0-9]{5,6})(?![0-9A-Za-z])"
        ),
    ),
)


def _starred(number: str) -> str:
    return number[:3] + "*" * (len(number) - 5) + number[-2:]


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
