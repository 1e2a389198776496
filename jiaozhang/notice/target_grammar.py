"""The grammar of figures: find the targets in a text, with verb and comparison.

A target is proposed only for a number with a known verb (or word of comparison) and a counting
unit, and only if the words around it have a single interpretation. Any other number becomes a
question to a person: 6个国家级经开区 is a scope, 15分钟 a standard of service.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jiaozhang.ledger.public import Clause, Counts, Target
from jiaozhang.notice.amounts import RANGE_MARKS, WrittenAmount, amounts_of
from jiaozhang.notice.limit_words import PARTS_A_FALL, LimitWords, has_stray_words, read_limits
from jiaozhang.notice.word_lists import parts_of

# Longest first, so that 新建提升 is not read as 新建.
_ACTIONS: dict[str, Counts] = {
    "新建改扩建": "completed",
    "新改扩建": "completed",
    "新改建": "completed",
    "新扩建": "completed",
    "新建提升": "completed",
    "改扩建": "completed",
    "再获批": "added",
    "再推出": "added",
    "获批": "added",
    "引进": "added",
    "新增": "added",
    "新建": "completed",
    "扩建": "completed",
    "改建": "completed",
    "建成": "completed",
    "建好": "completed",
    "创成": "completed",
    "建设": "completed",
    "改造": "completed",
    "完成": "completed",
    "实施": "completed",
    "启动": "started",
    "推进": "advanced",
    "培育": "advanced",
    "巩固": "maintained",
}
_ACTION = re.compile("|".join(_ACTIONS))
_ACTION_AT_END = re.compile(f"({'|'.join(_ACTIONS)})[和及与或并]?$")
# Verbs that may also end a noun: 城中村改造.
_NOUNS = ("改造", "建设", "扩建", "改建", "改扩建")
# Changes of a level. With a rate they are its verb; for 压减5个 the way of counting is unclear.
_CHANGES = "增长|涨幅|增幅|降幅|下降|降低|减少|压减|压降|压缩|提高|上升|增加(?!值)|提升|缩短"
_CHANGE = re.compile(_CHANGES)
_CHANGE_AT_END = re.compile(f"(?:{_CHANGES})$")
# Words to trim: 同比 and 上年 are implied by a rate, the others do not affect a measure.
_TRIMMED_END = re.compile("(?:同比|[比较](?:上年|去年)|年均|预计|力争|确保|实现)+$")
_TRIMMED_START = re.compile("^(?:将|把|使|确保|力争|争取|实现)")
# After a number these do not start a noun: 4所投入使用, 100亿元的基金, 10万吨级码头, 30天内.
_NO_NOUN = re.compile(
    "的|级|内|多|余|起|及|或|和|与|并|且|已|均|全部|投入|投用|用于|竣工|开工|完工|建成|运营|运行|使用"
    "|由|在|以|为|到|至|从|向|给|达|不等|以外|以前|之外|[（(+＋/×*]"
)
_NO_MEASURE = re.compile(
    f"的|(?:投运|投用|投产|开工|竣工|完工|运营|使用|总数|总量|数量|规模|占比|总额|{'|'.join(_ACTIONS)}|{_CHANGES})+$"
)
# Before a number these do not end its noun: 密云一支路等13处, 再延长三十年6个整镇试点.
_NO_NOUN_END = re.compile("[等年月日前后内中区县市镇乡街]$")
_CONJUNCTION = re.compile("以及|[和及与](?!以[上下内])")
# Words that make a number one of several, or a part: 每区2所, 分别建成3个.
_SHARED = re.compile("每|分别|累计|各(?=[区县市镇乡街村]|$)")
_NEGATED = re.compile("(?:[不未无免]|不再|严禁|停止|暂停|取消|减少|压减|控制|避免)$")
_FROM = re.compile("[由从]$")
_FALLS = re.compile(PARTS_A_FALL)
_MOST_OF_MEASURE = 60
_PHRASE_ENDS = "(?<![0-9０-９])[，,：:]|[，,：:](?![0-9０-９])|[。；;！？]"


@dataclass(frozen=True, slots=True)
class Figures:
    """The proposed targets, and the numbers that a person must decide about."""

    targets: tuple[Target, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """An amount with its words on both sides; `base` is the level that it decreases from."""

    amount: WrittenAmount
    before: str
    after: str
    base: WrittenAmount | None
    is_clear: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    verb: str
    measure: str
    counts: Counts


def read_targets(text: str, clauses: tuple[Clause, ...]) -> Figures:
    """Propose targets for the amounts of a text; each belongs to the clause that quotes it."""
    reader = _Reader(clauses)
    for phrase in re.split(_PHRASE_ENDS, text):
        reader.verb, reader.bare, reader.is_open = "", "", False
        for item in parts_of(phrase, "、"):
            reader.read(item)
    return Figures(tuple(reader.targets), tuple(reader.doubts))


class _Reader:
    """Parses the items of a list in order.

    `verb` is shared by the list: 改造燃气管网650公里、供热管网800公里. `bare` is an item consisting
    of a verb (引进、培育企业20家). `is_open`: the last item ended with a number without a
    unit, as in 3、5个, which is no list of two amounts.
    """

    def __init__(self, clauses: tuple[Clause, ...]) -> None:
        self.clauses = clauses
        self.targets: list[Target] = []
        self.doubts: list[str] = []
        self.verb = ""
        self.bare = ""
        self.is_open = False

    def read(self, item: str) -> None:
        places = _places(item)
        if not places:
            actions = _ACTION.findall(item)
            # In 推进小区改造、道路10条 either verb may be meant.
            self.verb = (actions[0] if len(actions) == 1 else "") if actions else self.verb
            self.bare = item if item in _ACTIONS else ""
            return
        for place in places:
            self._take(item, place)
        self.is_open = not places[-1].amount.unit and not places[-1].after

    def _take(self, item: str, place: _Place) -> None:
        found = _target_at(place, self.verb, _clause_of(item, self.clauses))
        is_torn = self.is_open or (self.bare and found and found.counts != _ACTIONS[self.bare])
        self.bare, self.is_open = "", False
        if found and not is_torn:
            self.targets.append(replace(found, id=f"t{len(self.targets) + 1}"))
            self.verb = found.verb if found.verb in _ACTIONS else ""
        else:
            self.doubts += _doubts(item, place)
            self.verb = ""


def _doubts(item: str, place: _Place) -> Iterator[str]:
    for amount in (place.base, place.amount):
        if amount:
            yield item[max(0, amount.start - 8) : amount.end + 12]


def _places(item: str) -> list[_Place]:
    """Assign the words of an item to its amounts, splitting at conjunctions."""
    amounts = amounts_of(item)
    if not amounts:
        return []
    before, is_clear = item[: amounts[0].start], True
    places: list[_Place] = []
    base: WrittenAmount | None = None
    for amount, following in zip(amounts, [*amounts[1:], None], strict=True):
        between = item[amount.end : following.start if following else len(item)]
        if following and base is None and _FROM.search(before) and _FALLS.fullmatch(between):
            base, before = amount, _FROM.sub("", before) + between
            continue
        parts = _CONJUNCTION.split(between) if following else [between, ""]
        if following and between.startswith(("（", "(")):
            parts = [between, ""]
        is_parted = len(parts) == 2
        after = parts[0] if is_parted else between
        places.append(_Place(amount, before, after, base, is_clear and is_parted))
        before, base, is_clear = parts[-1] if is_parted else between, None, is_parted
    return [
        replace(place, is_clear=place.is_clear and not _is_shared(item, place)) for place in places
    ]


def _is_shared(item: str, place: _Place) -> bool:
    """Tell whether an amount is one of many, a part in brackets, or a start without an end."""
    head = item[: place.amount.start]
    is_inside = any(head.count(mark) > head.count(end) for mark, end in ("（）", "()"))
    return bool(is_inside or _SHARED.search(head) or _FROM.search(place.before))


def _target_at(place: _Place, inherited: str, clause: str | None) -> Target | None:
    """Parse verb, measure and comparison around an amount; None if uncertain."""
    amount, base = place.amount, place.base
    limits = read_limits(place.before, place.after, amount.upper is not None)
    comparison = limits.comparison
    if comparison is None or not place.is_clear or amount.value is None or not amount.unit:
        return None
    if base and not _falls_from(base, amount, limits):
        return None
    amount, limits = _with_a_noun(amount, limits)
    reading = _read(amount, limits, inherited)
    if reading is None or not _is_measure(reading.measure):
        return None
    return Target(
        id="",
        clause=clause,
        measure=reading.measure,
        value=amount.value,
        unit=amount.unit,
        comparison=comparison,
        verb=reading.verb or None,
        counts=reading.counts,
        follows=None,
        upper=amount.upper,
        base=base.value if base else None,
    )


def _falls_from(base: WrittenAmount, amount: WrittenAmount, limits: LimitWords) -> bool:
    return (
        base.value is not None
        and amount.value is not None
        and base.upper is None
        and base.unit in ("", amount.unit)
        and base.value > amount.value
        and limits.comparison == "at-most"
    )


def _with_a_noun(amount: WrittenAmount, limits: LimitWords) -> tuple[WrittenAmount, LimitWords]:
    """In 新增1000张床位 the unit includes the noun; in 养老机构1000张床位 it does not."""
    verbs = list(_ACTION.finditer(limits.before))
    has_noun = limits.before[verbs[-1].end() :] if verbs else limits.before
    if amount.unit.endswith("张床位") and not has_noun and not limits.after:
        return (
            replace(amount, unit=amount.unit.removesuffix("床位")),
            replace(limits, after="床位"),
        )
    return amount, limits


def _read(amount: WrittenAmount, limits: LimitWords, inherited: str) -> _Reading | None:
    """Find the verb: a change with a rate, an action, a leading verb, or the list's verb."""
    before, after = limits.before, limits.after
    change = _CHANGE_AT_END.search(before)
    if change:
        measure = _trimmed(before[: change.start()])
        return (
            _Reading(change[0], measure, "level") if amount.kind == "rate" and not after else None
        )
    action = _last(_ACTION, before)
    if action:
        return _by_action(amount, limits, action)
    change_word = _last(_CHANGE, before)
    if change_word and amount.kind == "rate":
        head, _, tail = before.rpartition(change_word)
        return _Reading(change_word, _trimmed(tail), "level") if not head and not after else None
    if limits.verb:
        return _level(amount, before, after, limits.verb)
    if inherited:
        measure = _noun(amount, before, after)
        return _Reading(inherited, measure, _ACTIONS[inherited])
    if change_word or not (limits.is_said or amount.upper is not None):
        return None
    # A count without a verb is unclear: 幼儿园不少于10所.
    return _level(amount, before, after, "") if amount.kind != "counted" and not after else None


def _by_action(amount: WrittenAmount, limits: LimitWords, action: str) -> _Reading | None:
    head, _, tail = limits.before.rpartition(action)
    if not tail and not limits.after:
        earlier = _last(_ACTION, head)
        if earlier and action not in _NOUNS:
            return None
        if earlier:  # 推进城中村改造30个
            head, _, tail = head.rpartition(earlier)
            action, tail = earlier, tail + action
    counts = _ACTIONS[action]
    joined = _ACTION_AT_END.search(head)
    is_level = bool(limits.verb) and (counts not in ("added", "completed") or _is_falling(limits))
    # 引进和培育20家 has two verbs with different ways of counting, and so has 启动改造20个.
    if is_level or _NEGATED.search(head) or (joined and _ACTIONS[joined[1]] != counts):
        return None
    measure = _noun(amount, tail, limits.after) if tail or limits.after else _trimmed(head)
    return _Reading(action, measure, counts)


def _is_falling(limits: LimitWords) -> bool:
    return bool(_FALLS.fullmatch(limits.verb))


def _level(amount: WrittenAmount, before: str, after: str, verb: str) -> _Reading:
    return _Reading(verb, _noun(amount, before, after), "level")


def _noun(amount: WrittenAmount, before: str, after: str) -> str:
    """The noun: the words after the number, or those before it; empty if both are possible."""
    before, after = _trimmed(before), after.strip()
    if not after or after[0] in "（(":
        return before
    if _NO_NOUN.match(after) or amount.kind == "rate":
        return ""
    if not before or (amount.kind == "counted" and _NO_NOUN_END.search(before)):
        return after
    return ""


def _trimmed(measure: str) -> str:
    return _TRIMMED_START.sub("", _TRIMMED_END.sub("", measure.strip())).strip()


def _is_measure(measure: str) -> bool:
    """Tell whether words may be a measure: no comparison, range or other amount in them."""
    is_paired = all(
        measure.count(mark) == measure.count(end)
        for mark, end in ("（）", "()", "“”", "《》", "‘’")
    )
    return (
        2 <= len(measure) <= _MOST_OF_MEASURE
        and is_paired
        and measure == measure.strip()
        and not _NO_MEASURE.match(measure)
        and not has_stray_words(measure)
        and not re.search(f"[{RANGE_MARKS}]", measure)
        and not amounts_of(measure)
    )


def _last(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.findall(text)
    return str(found[-1]) if found else ""


def _clause_of(item: str, clauses: tuple[Clause, ...]) -> str | None:
    scoped = [c.id for c in clauses if c.scope and _quotes(item, c.scope)]
    whole = [c.id for c in clauses if not c.scope]
    return next(iter(scoped + whole), None)


def _quotes(item: str, scope: str) -> bool:
    return any(part in item or item in part for part in re.split("[，、]", scope) if part)


def body_seasons(text: str) -> Iterator[tuple[str, str]]:
    """Yield (season, phrase) for every season named without a date."""
    for phrase in re.split("[，。；]", text):
        found = re.search("汛前|汛期前|入汛前|供暖季前|采暖季前|入冬前|春耕前", phrase)
        if found:
            yield found.group(), phrase


def remarks(text: str) -> tuple[str, ...]:
    """The words of a text about time without a date."""
    return tuple(dict.fromkeys(re.findall("尽早|尽快|分年度|分步骤|分期分批", text)))
