"""Grammar of notice texts: meanings of words, and how sentences are cut."""

from __future__ import annotations

import re

_DECREASES = re.compile("下降|降低|减少|压减|压缩|缩短")
# 提高到, 降至 and the like name a level, not a change.
_CHANGES = re.compile(
    "(?:增长|增加|增幅|涨幅|降幅|下降|降低|减少|压减|压降|压缩|提高|提升|上升|缩短)(?![到至为])"
)
_RATES = re.compile("[%％‰]|百分点")

# An amount: digits, or a numeral with a measure word; 一批, 一体化 and 统一条件 are no amounts.
_NUMERAL = "(?<![统唯同单专第])[〇零一二两三四五六七八九十百千万亿]+[多余几]?"
_COUNTED = "[个家处条所人名户套辆件项座张吨亩元位间台艘架班场次倍成岁周年月日号]"
_MEASURED = "公里|平方|立方|公顷|微克|分之|小时|分钟|个?百分点"
# Measure words only for amounts above one: 一天, 一线 and 一流 are no amounts.
_SEVERAL = (
    "(?<!第)[二两三四五六七八九十百千万亿]+[多余几]?"
    "(?:[支天线批种类门只头株册届轮层部本份对枚米斤]|大(?![力家量]))"
)
_AMOUNT = re.compile(
    rf"\d|百分之|翻[一两]?番|双倍|[过减]半|一半|半数|零(?![部售件星工距散基])|[几数][十百千万亿]"
    rf"|{_NUMERAL}(?:{_COUNTED}|{_MEASURED})|{_SEVERAL}"
)
_CUT = "……"


def is_decrease(verb: str) -> bool:
    """Tell whether a target's verb means a decrease."""
    return bool(_DECREASES.search(verb))


def is_change(verb: str) -> bool:
    """Tell whether a target's verb means a change, so that its number is a difference."""
    return bool(_CHANGES.search(verb))


def is_rate(unit: str) -> bool:
    """Tell whether a unit is a share of something: percent, per mille or percentage points."""
    return bool(_RATES.search(unit))


def names_amount(text: str) -> bool:
    """Tell whether a text names any amount."""
    return bool(_AMOUNT.search(text))


def without_stop(text: str) -> str:
    """A text without the full stops at its end."""
    return text.rstrip("。")


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends with a sentence-ending mark."""
    return text.endswith(("。", "！", "；"))


def bare_title(title: str) -> str:
    """The title of a document without its quotation marks."""
    return title.strip("《》")


def parts_of_title(title: str) -> tuple[str, str]:
    """A section's title, split at its last comma."""
    before, comma, after = title.rpartition("，")
    return before + comma, after


def cut(text: str, longest: int) -> str:
    """A text without its last full stop. If it is longer than `longest` characters: less than that
    of it, up to the last punctuation mark beyond the first third if there is one, and a mark of the
    cut.
    """
    plain = without_stop(text)
    if len(plain) <= longest:
        return plain
    at = max(plain.rfind(stop, 0, longest) for stop in "，。；")
    return plain[: at if at > longest // 3 else longest - 1] + _CUT


def shown_cut(text: str) -> str:
    """The beginning of a text, with an ellipsis."""
    return text + _CUT
