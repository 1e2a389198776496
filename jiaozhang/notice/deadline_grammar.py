"""The grammar of 完成时限: parses a printed deadline into clauses, or returns nothing.

A deadline is a list of (scope, time, result), separated by commas; commas within a scope do not
separate. Unknown wording is left to a person.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from jiaozhang.ledger.public import Clause, ClauseKind
from jiaozhang.notice.numerals import PATTERN, number

_RESULTS: dict[str, ClauseKind] = {"取得明显进展": "progress", "完成": "complete"}
_RESULT = f"(?P<result>{'|'.join(_RESULTS)})"
_NAUGHTS = "〇零○"
_CALENDAR_YEAR = f"(?:20[0-9]{{2}}|二[{_NAUGHTS}一二三四五六七八九]{{3}})年"
_YEAR = f"(?:(?P<year>{_CALENDAR_YEAR})|(?P<next>次年|明年)|[今本]年)?"
_DIGITS = "0-9０-９半一二两三四五六七八九十百零〇几数多余"


@dataclass(frozen=True, slots=True)
class _Moment:
    due: date | None = None
    after: str | None = None
    months: int | None = None


_MomentOf = Callable[[re.Match[str], int], _Moment | None]


def _year_end(found: re.Match[str], year: int) -> _Moment | None:
    return _month_end(_year_meant(found, year), 12)


def _in_month(found: re.Match[str], year: int) -> _Moment | None:
    return _month_end(_year_meant(found, year), number(found["month"]) or 0)


def _in_quarter(found: re.Match[str], year: int) -> _Moment | None:
    return _month_end(_year_meant(found, year), 3 * (number(found["quarter"]) or 0))


def _in_half(found: re.Match[str], year: int) -> _Moment | None:
    return _month_end(_year_meant(found, year), {"上": 6, "下": 12}[found["half"]])


def _after_event(found: re.Match[str], _: int) -> _Moment | None:
    event, months = found["event"], _months_of(found["wait"])
    if not 1 <= months <= 60 or len(event) < 2 or _NO_EVENT.search(event) or holds_span(event):
        return None
    return _Moment(after=event, months=months)


def _months_of(wait: str) -> int:
    """半年 is 6, 两年 24, 一年半 18, 3个月 3."""
    count = number(wait.rstrip("个月年半").replace("两", "二")) or 0
    if wait.endswith("个月"):
        return count
    return 12 * count + (6 if wait.endswith("半") or wait == "半年" else 0)


def _year_meant(found: re.Match[str], year: int) -> int:
    groups = found.groupdict()
    if not groups.get("year"):
        return year + bool(groups.get("next"))
    digits = re.sub(f"[{_NAUGHTS}]", "0", groups["year"].removesuffix("年"))
    return int("".join(str(number(digit) or 0) for digit in digits))


def _month_end(year: int, month: int) -> _Moment | None:
    if not 1 <= month <= 12:
        return None
    return _Moment(date(year, month, calendar.monthrange(year, month)[1]))


_WAIT = f"(?P<wait>半年|(?:两|{PATTERN})(?:年半?|个月))(?:之|以)?内"
# Calendar dates are no events, and 今后, 此后, 最后 name none.
_NO_EVENT = re.compile("[年月日号季度旬底末初今此其之以然最随往]$")
_BY = "(?:[底末内]|[底末]?(?:以?前))"
# To add a notation of time, add a row. Each is matched at the end of a phrase, in this order.
_TIMES: tuple[tuple[str, _MomentOf], ...] = (
    (rf"^(?P<event>.+?)(?:之|以)?后{_WAIT}", _after_event),
    (rf"^[自从](?P<event>.+?)(?:之日)?起{_WAIT}", _after_event),
    (rf"{_YEAR}(?P<month>{PATTERN})月[底末](?:以?前)?", _in_month),
    (rf"{_YEAR}[第前]?(?P<quarter>[一二三四1-4])季度{_BY}?", _in_quarter),
    (rf"{_YEAR}(?P<half>[上下])半年{_BY}?", _in_half),
    (
        rf"(?:(?:(?P<year>{_CALENDAR_YEAR})|(?P<next>次年|明年)|[今本]年)年?|年)"
        "(?:内|[底末](?:以?前)?)",
        _year_end,
    ),
)
# Prefixes that change the meaning of a time: 两 of 两年内, 1 of 13季度, 每 of 每年底, 2024— of
# 2024—2025年底.
_GOES_ON = re.compile(
    rf"(?:[{_DIGITS}年月日周季旬每第前后近至到和及或与、~～—–\-－/去上翌来当隔逐跨全往下财]|若干|\.|．"
    "|(?<![小中大])学|(?<!合)同)$"
)
# A duration, not a date: 半年内, 3个月内, 30个工作日以内.
_SPAN = re.compile(
    rf"(?<![上下])(?:[{_DIGITS}]|若干)"
    "(?:个?半?(?:年半?|年度|月|星期|小时|学期|学年)|个(?:季度|工作日)|工作日|[天日周])(?:之|以)?内"
)
_THIS_YEAR = re.compile(rf"(?<![{_DIGITS}]){_CALENDAR_YEAR}(?=内)")
# A phrase with a time or result that cannot be parsed is no part of a scope.
_UNREAD = re.compile(
    rf"(?:[年月旬]|季度)[底末内初]|[\d一二三四五六七八九十][月日](?:以|之)?前"
    rf"|[{_DIGITS}]个?[年月](?:时间|期限)|(?:{'|'.join(_RESULTS)})$"
)
_PROMISES = tuple((re.compile(f"{time}{_RESULT}$"), moment) for time, moment in _TIMES)
_BARE = tuple((re.compile(time), moment) for time, moment in _TIMES)
_DAY = re.compile(rf"{_YEAR}(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日(?:以前|之前|前){_RESULT}?")
_ENDLESS = re.compile("长期|持续|常态|全年|每[年季月周]|常年|不断")


def parse_deadline(text: str, year: int) -> tuple[Clause, ...] | None:
    """Parse a printed deadline into clauses a, b, c …; `None` if any part is unknown.

    >>> [(c.kind, str(c.due)) for c in parse_deadline("年底前完成", 2025)]
    [('complete', '2025-12-31')]
    """
    clauses: list[Clause] = []
    scope: list[str] = []
    for phrase in text.split("，"):
        found = _promise(phrase, year)
        if found is None:
            if _is_unread(phrase):
                return None
            # No time yet: the phrase starts a scope whose time follows.
            scope.append(phrase)
            continue
        words, kind, moment = found
        if _is_unread(words):
            return None
        scope += [words] if words else []
        clauses.append(
            Clause(
                id=_ID[len(clauses) % len(_ID)],
                kind=kind,
                scope="，".join(scope) or None,
                due=moment.due,
                after=moment.after,
                months=moment.months,
                season=None,
                origin="deadline",
            )
        )
        scope = []
    return tuple(clauses) if clauses and not scope else None


def propose_deadline(text: str, year: int) -> tuple[tuple[Clause, ...], tuple[str, ...]]:
    """Parse a deadline as far as possible: clauses, and what a person must decide."""
    clauses = parse_deadline(text, year) if text else ()
    if clauses is not None:
        return clauses, ()
    day = _DAY.fullmatch(text)
    due = _date(_year_meant(day, year), int(day["month"]), int(day["day"])) if day else None
    if due:
        return (_whole(_Moment(due)),), (f"“{text}”包不包括{due.day}日当天？先记到当天",)
    for pattern, moment_of in _BARE:
        found = pattern.fullmatch(text)
        moment = moment_of(found, year) if found else None
        if moment:
            doubt = f"完成时限只写“{text}”，没有写做到什么程度；先按“完成”记"
            return (_whole(moment),), (doubt,)
    if holds_span(text):
        return (), (f"“{text[:60]}”没有写从哪一天起算；请写到期日 due，或者从哪件事起算 after",)
    if _ENDLESS.search(text):
        return (), (f"“{text[:60]}”没有写到哪一天，先不记时限条款",)
    return (), (f"看不懂完成时限“{text[:60]}”，请照原文写条款",)


def _whole(moment: _Moment) -> Clause:
    when = (moment.due, moment.after, moment.months)
    return Clause("a", "complete", None, *when, None, "deadline")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_ID = "abcdefghijklmnopqrstuvwxyz"


def holds_span(text: str) -> bool:
    """Tell whether a text contains a duration, as 两年内 is and 2025年内 is not."""
    return bool(_SPAN.search(_THIS_YEAR.sub("", text)))


def _is_unread(words: str) -> bool:
    return bool(_UNREAD.search(words)) or holds_span(words)


def _promise(phrase: str, year: int) -> tuple[str, ClauseKind, _Moment] | None:
    """Parse time and result at the end of a phrase; the text before them is the scope."""
    for pattern, moment_of in _PROMISES:
        found = pattern.search(phrase)
        moment = moment_of(found, year) if found else None
        if found and moment and not _GOES_ON.search(phrase[: found.start()]):
            return phrase[: found.start()], _RESULTS[found["result"]], moment
    return None
