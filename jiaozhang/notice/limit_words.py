"""Words next to a number that qualify it: 不超过, 控制在…以内, 约, 以上.

They are removed from each side, starting at the number; the rest is the measure and its verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaozhang.ledger.public import Comparison

_DOWN = "下降|降低|降|减少|减|压减|压降|压缩|压|缩减|缩短|削减|回落|收窄"
# Between a base and a lower target: 由60处减至50处.
PARTS_A_FALL = f"(?:左右)?(?:{_DOWN})[至到为]"
_UP = "提高|提升|增加|增长|增|扩大|扩|上升|升|拓展"
# 达到 and 降至 are verbs that lead to the number; 以下 or 左右 after it may add a limit.
_STEERING: tuple[tuple[str, Comparison | None], ...] = (
    (f"(?:{_DOWN})[至到]|(?:降|减)为", "at-most"),
    (f"(?:{_UP})[至到]|增为", "at-least"),
    ("(?:控制|压控|限制)(?:在|到|至|于)", "at-most"),
    ("达到|(?<![雷抵发马下传送通直四表到高多])达", "at-least"),
    ("突破", "at-least"),
    ("(?:保持|稳定|维持)在", None),
)
_NOT = "[绝决]?不(?:得|能|应|可|宜|再|会|准|许)?"
_ABOUT = "(?<![契节公条预合违制集简特签誓盟邀])约"
_LIMITING: tuple[tuple[str, Comparison], ...] = (
    (f"{_NOT}(?:超过|超出|高于|多于|大于|突破|超)|至多|最多|最高|低于|少于|小于", "at-most"),
    (
        f"{_NOT}(?:低于|少于|小于|弱于|亚于|下)|至少|最少|最低|超过|超出|高于|多于|大于|逾|(?<![赶反])超",
        "at-least",
    ),
    ("≤|<=|＜=|＜|<|≦|⩽|﹤", "at-most"),
    ("≥|>=|＞=|＞|>|≧|⩾|﹥", "at-least"),
    (f"大约|{_ABOUT}|大概|大致", "about"),
)
# Words with unclear meaning: 推广到, 高达, 不足.
_UNCLEAR = "[\u4e00-\u9fff][至到]|高达|多达|低至|不足|不到|不满|未满|接近|将近|上限|下限|封顶|仅|破"
_BEHIND: tuple[tuple[str, Comparison | None], ...] = (
    ("[及或和]?以上|之上", "at-least"),
    ("[及或和]?以下|以内|之内|内$|之下", "at-most"),
    ("左右(?![岸两江])|上下(?!游)", "about"),
    ("之间", None),
)
# Words without effect on a number, and the characters before them that make another word.
_FILLING = (
    "力争|确保|争取|努力|实现|总体|预计|原则上|一般|严格|全部|同比|[比较](?:上年|去年)|必须"
    "|(?<![供响反适对效相])应|(?<![需主重必纪])要|(?<![行作成人华])为|(?<![人年日户亩地平])均|须"
)
_FILLER = re.compile(f"(?:{_FILLING})$")
_WORDS_BEFORE: tuple[tuple[re.Pattern[str], Comparison | None, bool], ...] = tuple(
    (re.compile(f"(?:{words})$"), said, steers)
    for table, steers in ((_STEERING, True), ((*_LIMITING, (_UNCLEAR, None)), False))
    for words, said in table
)
_WORDS_BEHIND = tuple((re.compile(words), said) for words, said in _BEHIND)
# In a measure these are words that were not understood, or half a range.
_STRAY = re.compile(
    f"左右(?![岸两江])|上下(?!游)|[以之][上下内]|之间|逾(?!期)|^约|{_ABOUT}$|大约|大概|不足|不到|[≤≥＜＞<>≦≧⩽⩾﹤﹥]|超过|超出|[高低多少大小]于"
    "|不[低少超下]|[至最][少多]|突破|达到|力争|(?:控制|保持|稳定|维持)在"
    f"|(?:{_DOWN}|{_UP})[至到为]"
)

# 规模以上工业 and 省级以上园区 are categories and limit no number.
_CLASSES = re.compile("(?:规模|限额|[省市县区州厅处]级|国家级|[初中高]级)以[上下]")


@dataclass(frozen=True, slots=True)
class LimitWords:
    """The meaning of the words around a number, and the rest of both sides.

    `verb` is the verb that leads to the number (降至, 达到), if any. `comparison` is None if the
    words contradict each other or are not sufficient.
    """

    before: str
    after: str
    verb: str
    comparison: Comparison | None
    is_said: bool


def read_limits(before: str, after: str, is_range: bool) -> LimitWords:
    """Remove the words of comparison from both sides of a number or range, and evaluate them."""
    steering: list[tuple[str, Comparison | None]] = []
    limiting: list[Comparison | None] = []
    while taken := _taken(before):
        before, word, said, steers = taken
        if steers:
            steering.append((word, said))
        elif word:
            # In 大约降至50 it is unclear what 大约 refers to.
            limiting.append(None if steering else said)
    for pattern, said in _WORDS_BEHIND:
        behind = pattern.match(after)
        if behind:
            after = after[behind.end() :]
            # 5%至6%之间 is a range; 5%之间 is unclear.
            limiting += [said] if said or not is_range else []
            break
    comparison = _weighed({said for _, said in steering}, set(limiting), is_range)
    verb = steering[0][0] if steering else ""
    return LimitWords(before, after, verb, comparison, bool(steering or limiting))


def has_stray_words(measure: str) -> bool:
    """Tell whether a measure still contains a word of comparison."""
    return bool(_STRAY.search(_CLASSES.sub("", measure)))


def _taken(text: str) -> tuple[str, str, Comparison | None, bool] | None:
    """Remove the longest known word from the end of a text: the rest, the word, its meaning.

    For words without effect the word is returned empty.
    """
    text = text.rstrip()
    found = [
        (match, said, steers)
        for pattern, said, steers in _WORDS_BEFORE
        if (match := pattern.search(text))
    ]
    if found:
        match, said, steers = min(found, key=lambda one: one[0].start())
        return text[: match.start()], match.group(), said, steers
    filler = _FILLER.search(text)
    return (text[: filler.start()], "", None, False) if filler else None


def _weighed(
    steers: set[Comparison | None], limits: set[Comparison | None], is_range: bool
) -> Comparison | None:
    """Evaluate the words: one limit decides; two different ones, or an unclear one, give None."""
    if is_range:
        # 达到5%至6% and 控制在5%至6% refer to both ends; for 不超过5%至6% that is unclear.
        return None if limits else "between"
    if len(limits) > 1 or len(steers) > 1:
        return None
    if not limits:
        return next(iter(steers)) if steers else "exactly"
    (limit,) = limits
    agrees = limit == "about" or steers <= {None, limit}
    return limit if agrees else None
