"""Find numbers in a text and their units: 1.62万个, 1,600亿元, 三十所, 5%至6%.

The importer derives targets from them; the checker tests whether a value is in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from jiaozhang.notice.numerals import chinese_numeral

_DIGIT = "[0-9０-９]"
_ARABIC = rf"{_DIGIT}{{1,3}}(?:,{_DIGIT}{{3}})+(?:[.．]{_DIGIT}+)?|{_DIGIT}+(?:[.．]{_DIGIT}+)?"
_ONES = "〇零一二两三四五六七八九"
_WORDS = f"[{_ONES}十百千]"
_NUMBER = re.compile(f"(?P<arabic>{_ARABIC})|{_WORDS}+(?:[万亿]{_WORDS}+)*")
_NARROW = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
# Characters between the two ends of a range: 5%至6%, 10—15个.
RANGE_MARKS = "至到~～－–—―‐‑−-"
PARTS_A_RANGE = rf"\s*[{RANGE_MARKS}]+\s*"
_RANGE = re.compile(PARTS_A_RANGE)

_SCALE = "(?:[十百千]?[万萬]?[亿億]|[十百千]?[万萬]|[千百])?"
# Units of measurement: no noun is needed. 吨/日 is one unit.
_MEASURED = (
    "吨标准煤|吨标煤|标准箱|标箱|TEU|千瓦时|兆瓦时|千瓦|兆瓦|吉瓦|kWh|MWh|kW|MW|GW|平方公里|平方千米|平方米"
    "|立方米|公里|千米|公顷|厘米|毫米|微克|毫克|公斤|千克|km²|km2|m²|m2|㎡|km|美元|欧元|港元|元(?!旦|素)"
    "|吨(?!位)|亩(?!均)|米(?!面|粮|线)|斤|升(?![级学格降温值规])|小时|分钟|天(?![津然河气空使])|度电"
)
_PER = "(?:/(?:立方米|平方米|平方公里|万元|公里|小时|人次|[人户亩吨升元年月日天秒]))?"
# Measure words: a noun precedes or follows. Some following characters form another word.
_COUNTED = (
    "张床位|人次|家次|户次|场次|件次|批次|班次|架次|艘次|车次|例次|台套|台（套）|个(?![人性体别股税])"
    "|家(?![庭长园政具电居属禽乡校])|处(?![理置分罚级])|条(?![例件款令])|所(?![有得在需属])"
    "|人(?![才员口均家民群工力社大物文防行身生体机造])|户(?![籍外型口])|套(?![餐利])|项(?![目链])"
    "|座(?![位谈椅])|台(?![账风阶湾胞商资企])|架(?![构空])|例(?!会)|张(?!力)|床(?![位垫])"
    "|名(?![单录校企师医牌城镇优称额家特])|头(?![部号])|只(?!有)|支(?![路部付撑柱持出行线教农])"
    "|部(?![门队委分署件级长位落省])|本(?![市地级科区土质])|场(?![景地所馆站内外])|次(?![生要级日年季])"
    "|间(?![接隔谍])|批(?![发准复量])|类(?![型别])|种(?![子植类养业苗质])|门(?![诊店户槛类])|款(?!项)"
    "|单(?![位元体项独列晶])|份(?!额)|道(?![路口德])|对(?![接外口标症象])|片(?!区)|口(?![岸袋腔碑])"
    "|[辆件艘株棵册幢栋眼块笔篇枚颗根盏段组孔樘]"
)
_RATED = "个百分点|百分点|[%％‰]|倍"
_UNIT = re.compile(
    rf"\s*(?P<unit>(?P<rate>{_RATED})|{_SCALE}(?:(?P<measured>(?:{_MEASURED}){_PER})|(?:{_COUNTED})))"
)
# A number before these is part of a name, a date or a rank.
_ORDINAL = re.compile("[十百千]?[万亿]?(?:号|期|大|个?(?:年|月|日))")
# 三类, 两次 are amounts; 一类, 一次 mean little more than an article.
_SLIGHT = re.compile("[批次类种天部本道门片段口对单米升块组份支度]")
_ARTICLE_AFTER = tuple("统同唯划单合归另某每任进万专之")


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number as printed in [start, end); `value` is None if it cannot be read reliably.

    `is_word` distinguishes 三十 from 30. Numbers in names (PM2.5, 7号线, 第3批) are excluded.
    """

    start: int
    end: int
    value: Decimal | None
    is_word: bool


@dataclass(frozen=True, slots=True)
class WrittenAmount:
    """One number, or both of a range, with the unit after it: [start, end) of a text.

    `unit` is empty if no known unit follows; without a `value` a person must read it. `kind`
    distinguishes 5% (rate), 50亿元 (measured) and 50个 (counted).
    """

    start: int
    end: int
    value: Decimal | None
    upper: Decimal | None
    unit: str
    kind: str


def numbers_of(text: str) -> Iterator[WrittenNumber]:
    """Yield the numbers of a text from left to right, except those in names."""
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        is_word = not found["arabic"]
        if not _is_named(text, start, end, is_word=is_word):
            is_sure = _stands_alone(text, start, end, is_word=is_word)
            value = _value(found.group(), is_word=is_word) if is_sure else None
            yield WrittenNumber(start, end, value, is_word)


def is_printed(
    value: Decimal, unit: str, text: str, other: Decimal | None = None, parted: str = ""
) -> bool:
    """Tell whether a text contains a value with its unit: 3个 is not contained in 13个.

    A value may share the unit of the following value `other`, separated by the pattern `parted`: 10
    in 10—15个, 60 in 由60减至50处.
    """
    wanted = unit.translate(_NARROW)
    plain = text.translate(_NARROW)
    numbers = list(numbers_of(text))
    for at, one in enumerate(numbers):
        if one.value != value:
            continue
        following = numbers[at + 1] if at + 1 < len(numbers) else None
        if re.match(rf"[余多]?\s*{re.escape(wanted)}", plain[one.end :]):
            return True
        if other is None or following is None or following.value != other:
            continue
        joint = re.fullmatch(rf"(.{{0,12}}?){parted}", plain[one.end : following.start])
        is_ended = re.match(rf"\s*{re.escape(wanted)}", plain[following.end :])
        if joint and is_ended and wanted.startswith(joint[1].strip()):
            return True
    return False


def amounts_of(text: str) -> list[WrittenAmount]:
    """Find every amount of a text; numbers in words only if a unit follows."""
    quoted = _quoted(text)
    found: list[WrittenAmount] = []
    numbers = list(numbers_of(text))
    at = 0
    while at < len(numbers):
        one, other = numbers[at], numbers[at + 1] if at + 1 < len(numbers) else None
        amount = _range(text, one, other) if other else None
        last = other if amount and other else one
        at += 2 if amount else 1
        amount = amount or _single(text, one)
        in_quotes = any(start <= one.start < end for start, end in quoted)
        if _ORDINAL.match(text, last.end) or (
            one.is_word and (in_quotes or _is_mere_word(text, amount))
        ):
            continue
        if in_quotes or text[one.start : one.end] == "一":
            amount = replace(amount, value=None, upper=None)
        found.append(amount)
    return found


def _single(text: str, one: WrittenNumber) -> WrittenAmount:
    vague = re.compile("[余多来几]").match(text, one.end)
    unit, end, kind = _unit(text, vague.end() if vague else one.end)
    # In −5% and —10个 the first character may be a sign or half of a range.
    is_vague = vague or text[one.start - 1 : one.start] in tuple(RANGE_MARKS.removeprefix("至到"))
    value = None if is_vague else one.value
    return WrittenAmount(one.start, end if unit else one.end, value, None, unit, kind)


def _range(text: str, one: WrittenNumber, other: WrittenNumber) -> WrittenAmount | None:
    """Parse 10—15个, 5%至6%, 5万～6万个; if the ends do not match, the amount has no value."""
    first, end, _ = _unit(text, one.end)
    bare = re.compile(_SCALE).match(text, one.end)
    if not first and bare and bare.group():
        first, end = bare.group(), bare.end()
    between = _RANGE.match(text, end if first else one.end)
    if not between or between.end() != other.start:
        return None
    unit, stop, kind = _unit(text, other.end)
    if not unit:
        return WrittenAmount(one.start, other.end, None, None, "", kind)
    chained = _RANGE.match(text, stop)
    is_sure = (
        one.value is not None
        and other.value is not None
        and one.value < other.value
        and unit.startswith(first)  # 5个至6个百分点, 5万—6万个
        and not (chained and re.compile(_DIGIT).match(text, chained.end()))
        and text[one.start - 1 : one.start] not in ("由", "从", "自")
    )
    values = (one.value, other.value) if is_sure else (None, None)
    return WrittenAmount(one.start, stop, *values, unit, kind)


def _unit(text: str, at: int) -> tuple[str, int, str]:
    found = _UNIT.match(text, at)
    if not found:
        return "", at, ""
    kind = "rate" if found["rate"] else "measured" if found["measured"] else "counted"
    return found["unit"], found.end(), kind


def _value(text: str, *, is_word: bool) -> Decimal | None:
    if is_word:
        whole = chinese_numeral(text)
        return Decimal(whole) if whole is not None else None
    plain = text.translate(_NARROW).replace(",", "")
    # At most the digits of a task's field, and no leading zeros.
    return Decimal(plain) if re.fullmatch(r"(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?", plain) else None


def _is_named(text: str, start: int, end: int, *, is_word: bool) -> bool:
    before = text[max(0, start - 2) : start]
    if before.endswith("第"):
        return True
    if is_word:
        # 百 of 5百个 and of 个百分点, 千 of 5万千瓦 are parts of a unit; 初二 and 周三 are days.
        is_scale = re.search(rf"(?:{_DIGIT}|[万亿])$", before) and text[start] in "十百千"
        is_unit = text.startswith(("百分", "千瓦", "千米", "千克"), start)
        return bool(is_scale) or is_unit or before.endswith(("初", "周", "星期"))
    follows = re.compile("[A-Za-zＡ-Ｚａ-ｚ]").match(text, end) and not _UNIT.match(text, end)
    return bool(re.search(r"[A-Za-zＡ-Ｚａ-ｚ]-?$", before) or follows)


# Characters next to a number that make it part of a larger one: 3，200, 1/3, 1万2千, 数十.
_ONE = f"[{_ONES}0-9０-９]"
_JOINS = r"[,，.．/:：∶+＋]"
_TOUCHES_LEFT = re.compile(
    rf"{_DIGIT}(?:{_JOINS}| +)$|{_ONE}[十百千万亿]*$|[{_ONES}]点$|[近−+＋±]$"
)
_TOUCHES_LEFT_OF_A_WORD = re.compile("[数几上近好成]$")
_TOUCHES_RIGHT = re.compile(rf"(?:{_JOINS}| +){_DIGIT}|点[{_ONES}]|[十百千万亿]*{_ONE}")


def _stands_alone(text: str, start: int, end: int, *, is_word: bool) -> bool:
    before = text[max(0, start - 4) : start]
    return not (
        _TOUCHES_LEFT.search(before)
        or (is_word and _TOUCHES_LEFT_OF_A_WORD.search(before))
        or _TOUCHES_RIGHT.match(text, end)
    )


def _is_mere_word(text: str, amount: WrittenAmount) -> bool:
    """Tell whether a number in words is no amount: 一体, 统一个, 一批; but 百分之五 is one."""
    if not amount.unit:
        return not text.endswith("百分之", 0, amount.start)
    if amount.value != 1:
        return False
    return bool(_SLIGHT.match(amount.unit)) or text.endswith(_ARTICLE_AFTER, 0, amount.start)


def _quoted(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer("“[^”]*”|《[^》]*》|‘[^’]*’|「[^」]*」", text)]
