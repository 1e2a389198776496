"""Why a task stands where it stands: each part of a standing as one Chinese sentence.

A sentence names the rule and the facts that it used, with dates and never with ages, so that a
page changes only when its own facts do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from jiaozhang.derive import DerivedTask, DerivedYear
from jiaozhang.derive.measure import PLANNED, CurveName, DerivedTarget, Pace, Reading, way_of
from jiaozhang.derive.rhythm import silence_ends
from jiaozhang.derive.schedule import DerivedClause, Lapse
from jiaozhang.derive.standing import Evidence, denies, missed_by
from jiaozhang.ledger.events import WHOLE
from jiaozhang.ledger.settings import StandingKey
from jiaozhang.wording import words

CURVE: Mapping[CurveName, str] = {
    "linear": "按时间均匀推算",
    "stepped": "按分步计划",
    "seasonal": "按各月份额",
    "rate": "直接和目标比",
    "ceiling": "不高于目标",
    "floor": "不低于目标",
    "range": "在上限和下限之间",
    "kept": "保持目标数",
    "judged": "由有权机关认定",
}
PACE: Mapping[Pace, str] = {
    "missed": "数字未达目标",
    "behind": "欠序时进度",
    "over": "目前超限",
    "short": "目前未到目标",
    "unjudged": "待认定",
    "on-plan": "达序时进度",
    "within": "目前在限内",
    "ahead": "超序时进度",
    "reached": "数字达到目标",
}
# What a clause that is past its day and not closed is called, by what may be said of it.
LAPSE: Mapping[Lapse, str] = {
    "silent": "已到期，未见公开结论",
    "waiting": "已到期，还在报送审核期",
    "unseen": "到期，未见经审核的销号",
    "late": "已逾期",
}
UNSEEN_NODE = "计划日已过，未见经审核的完成记载"
UNSEEN_REPORT = "未见经审核的报送"
EVIDENCE: Mapping[Evidence, str] = {
    "none": "没有记载",
    "record": "有记载",
    "figure": "有数据",
    "node": "有节点完成",
    "checked": "有核实",
    "verified": "核实一致",
    "partly": "核实部分一致",
    "disputed": "核实不一致",
}


def reason(year: DerivedYear, one: DerivedTask) -> str:
    """Why the headline word of a task is what it is."""
    return _REASONS[one.standing.key](year, one)


def says(year: DerivedYear, one: DerivedTask) -> tuple[str, str]:
    """单位怎么说: the word, and who said it when."""
    if year.ledger.reporting == "none" and not one.standing.reports:
        return (
            "未接入报送",
            "这份台账只收录公开资料，责任单位没有通过本站报送。这不等于没有进展。",
        )
    reports = one.standing.reports
    if not reports:
        return _unreported(year), _owed(year, one) or _not_yet(year)
    who = "；".join(f"{n.unit}{period(n.period or '')}报“{n.status}”" for n in reports)
    return one.standing.declared or "各单位说法不同", f"{who}。"


def shows(year: DerivedYear, one: DerivedTask) -> tuple[str, str]:
    """证据显示: the strongest evidence, and what there is of it."""
    standing = one.standing
    parts = []
    if standing.latest:
        parts.append(
            f"记载{standing.records}条，最近一条{words.day_or_month(standing.latest.on_text)}"
        )
    figures = sum(len(note.figures) for note in one.own.notes)
    if figures:
        parts.append(f"数据{figures}个")
    if one.own.nodes:
        parts.append(_nodes(year, one))
    if one.own.verifications:
        last = one.own.verifications[-1]
        result = f"，{last.result}" if last.result else ""
        parts.append(f"{words.full_day(last.on)}{last.method}{result}")
    why = "；".join(parts) + "。" if parts else "没有查到。没有记载，不等于没有进展。"
    if standing.evidence == "none" and not year.is_whole:
        return "没有公开记载", why
    return EVIDENCE[standing.evidence], why


def calendar(year: DerivedYear, one: DerivedTask) -> tuple[str, str]:
    """对照时间: the worst that the calendar and the plans say, with its facts."""
    standing = one.standing
    if standing.closing == "closed":
        return "已销号", _closed(year, one)
    word, why = next(said for said in _times(year, one) if said)
    # Days that have passed are named already; one that still comes is not.
    is_told = _when(one) in why or ("到期" in why and not standing.nearest)
    return word, why if is_told else f"{why}{_when(one)}"


def _times(year: DerivedYear, one: DerivedTask) -> Iterator[tuple[str, str] | None]:
    """What calendar and plans say, in the order of the rule table; the last always says it."""
    standing = one.standing
    pace, lapses = standing.pace, standing.lapses
    said = (PACE[pace], _pace_reason(year, one, pace)) if pace else None
    yield said if pace == "unjudged" and lapses else None
    yield (LAPSE["late"], _overdue(year, one)) if "late" in lapses else None
    yield said if pace in ("missed", "behind") else None
    yield (PACE["behind"], _late_node(year, one)) if standing.late and year.is_whole else None
    yield said if pace in ("over", "short", "reached") else None
    yield (LAPSE["unseen"], _unseen_closure(year, one)) if "unseen" in lapses else None
    yield (UNSEEN_NODE, _late_node(year, one)) if standing.late else None
    yield said
    yield (LAPSE["waiting"], _waiting(year, one)) if "waiting" in lapses else None
    if "silent" in lapses:
        is_all = standing.timing == "past-due"
        yield LAPSE["silent"] if is_all else f"部分{LAPSE['silent']}", _past(one)
    yield words.TIMING[standing.timing], _when(one)


def period(name: str) -> str:
    """2025-06 as 2025年6月, 2025-Q2 as 2025年第二季度."""
    year, _, part = name.partition("-")
    if part.startswith("Q"):
        return f"{year}年第{words.ordinal(int(part[1:]))}季度"
    return f"{year}年{int(part)}月"


def measured(target: DerivedTarget) -> str:
    """What was measured against what was wanted: 截至6月30日11个，计划12个（按时间均匀推算）."""
    if not target.readings:
        return "没有见到口径相同的数据。"
    last = target.readings[-1]
    value = f"{words.quantity(last.figure.value)}{last.figure.unit}"
    said = f"{last.figure.period}为{value}"
    if target.followed:
        other = target.followed.figure
        value = f"{words.quantity(other.value)}{other.unit}"
        said += f"；第{target.target.follows}项（{other.name}）{other.period}为{value}"
    if target.curve == "judged":
        return f"{said}。是否达到“左右”或“同步”，由有权机关认定，本站不作判断。"
    if target.expected is None or target.curve is None:
        return f"{said}。"
    goal = words.amount(target.target, target.goal, target.upper)
    if target.curve in PLANNED:
        day = words.day_or_month(read_on(last))
        want = f"{rounded(target.expected)}{last.figure.unit}"
        planned = "计划不超过" if target.target.comparison == "at-most" else "应当有"
        # Of a sum the plan decides; of what has a limit, the limit.
        limit = "" if way_of(target.target) == "sum" else f"，目标{goal}"
        return f"{said}；到{day}{planned}{want}（{CURVE[target.curve]}）{limit}。"
    return f"{said}；目标{goal}。"


def read_on(reading: Reading) -> str:
    """The day that a figure speaks up to; of a note of a month, the month."""
    return reading.ends.isoformat() if reading.ends else reading.note.on_text


def rounded(value: Decimal) -> str:
    """A computed number to one decimal at most; typed numbers are never rounded."""
    text = f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):f}"
    return text.removesuffix(".0")


def clause_name(one: DerivedTask, id_: str) -> str:
    """How a clause is called on pages: 第2条, or 全部条款."""
    if id_ == WHOLE:
        return "全部条款"
    mark = next((c.mark for c in one.clauses if c.clause.id == id_), None)
    return f"第{mark}条" if mark else id_


def _pace_reason(year: DerivedYear, one: DerivedTask, pace: Pace) -> str:
    """The target or the nodes that decide a pace."""
    target = next((t for t in one.targets if t.pace == pace), None)
    if target:
        return f"{words.target_name(target.target)}：{measured(target)}{_judged(target)}"
    return f"到期的节点都已完成，{_nodes(year, one)}。"


def _judged(target: DerivedTarget) -> str:
    verdict = target.judgement
    return f"{verdict.by}认定：{verdict.verdict}（{verdict.document}）。" if verdict else ""


def _nodes(year: DerivedYear, one: DerivedTask) -> str:
    """How many nodes are done; of a released record, of how many that is known."""
    done = sum(node.actual is not None for node in one.own.nodes)
    if year.is_whole:
        return f"{len(one.own.nodes)}个节点完成{done}个"
    return f"{len(one.own.nodes)}个节点，见到经审核的完成记载{done}个"


def _late_node(year: DerivedYear, one: DerivedTask) -> str:
    """The first node that should be done: that it is not, or that it was not seen."""
    node = one.standing.late[0]
    planned = f"节点“{node.text}”计划{words.full_day(node.planned)}完成，"
    if year.is_whole:
        return f"{planned}没有完成的记录。"
    return f"{planned}到{_seen_until(year, node.planned)}没有见到经审核的完成记载。"


def _seen_until(year: DerivedYear, day: date) -> str:
    return words.full_day(silence_ends(day, year.ledger, year.is_whole))


def _when(one: DerivedTask) -> str:
    """The nearest day that still comes, else the last one that has passed."""
    if one.standing.nearest:
        return f"最近一条到{words.full_day(one.standing.nearest)}。"
    clauses = [c for c in one.clauses if c.due]
    if one.standing.timing == "past-due" and clauses:
        last = max(c.due for c in clauses if c.due)
        return f"时限已于{words.full_day(last)}到期。"
    if one.standing.timing == "pending":
        waiting = next(c for c in one.clauses if c.timing == "pending")
        return f"以“{waiting.clause.after}”为起点，还没有查到它的日期。"
    return "原文没有写日期，本站不推定，也不算到期。"


def _closed(year: DerivedYear, one: DerivedTask) -> str:
    events = [c.event for c in one.clauses if c.event]
    last = max(events, key=lambda event: event.on)
    return f"全部条款已销号：{words.full_day(last.on)}，{last.by}。依据：{last.ground}。"


def _reopened(year: DerivedYear, one: DerivedTask) -> str:
    clause = next(c for c in one.clauses if c.settlement == "reopened")
    event = clause.event
    if event is None:
        return ""
    return f"{words.full_day(event.on)}{event.by}决定重新办理：{event.ground}。"


def _overdue(year: DerivedYear, one: DerivedTask) -> str:
    """The clauses that are late, and the records that show it where absence shows nothing."""
    late = [c for c in one.clauses if c.lapse == "late"]
    shown = [fact for c in late if c.is_shown_open for fact in _shown(one, c)]
    if shown:
        return f"{_passed(one, late)}；{'；'.join(dict.fromkeys(shown))}。"
    return f"{_passed(one, late)}，没有销号的记录。"


def _shown(one: DerivedTask, clause: DerivedClause) -> Iterator[str]:
    """The records that show a clause open on its day or later."""
    event, due = clause.event, clause.due
    if event and due and event.is_reopened and event.on >= due:
        yield f"{words.full_day(event.on)}{event.by}决定重新办理"
    for target in missed_by(clause, len(one.clauses) == 1, one.targets):
        said = f"{measured(target)}{_judged(target)}"
        yield f"{words.target_name(target.target)}：{said}".rstrip("。")
    if clause.clause.scope is not None and len(one.clauses) > 1:
        return
    for report in one.standing.reports:
        if due and report.on >= due and denies(clause.clause, report):
            yield f"{report.unit}{period(report.period or '')}报“{report.status}”"


def _passed(one: DerivedTask, clauses: Sequence[DerivedClause]) -> str:
    """The days that have passed, each with its clauses where a task has several."""
    days: dict[date, list[str]] = {}
    for clause in clauses:
        if clause.due:
            days.setdefault(clause.due, []).append(str(clause.mark))
    if len(one.clauses) == 1:
        return "".join(f"时限已于{words.full_day(day)}到期" for day in days)
    return "，".join(
        f"第{'、'.join(marks)}条已于{words.full_day(day)}到期" for day, marks in days.items()
    )


def _past(one: DerivedTask) -> str:
    return f"{_passed(one, [c for c in one.clauses if c.lapse])}。"


def _waiting(year: DerivedYear, one: DerivedTask) -> str:
    waiting = [c for c in one.clauses if c.lapse == "waiting" and c.due]
    until = max(silence_ends(c.due, year.ledger, False) for c in waiting if c.due)
    return f"{_past(one)}这一期的报送到{words.full_day(until)}审核期满，以前没有见到不说明什么。"


def _unseen_closure(year: DerivedYear, one: DerivedTask) -> str:
    unseen = [c for c in one.clauses if c.lapse == "unseen" and c.due]
    named = _passed(one, unseen)
    until = max(silence_ends(c.due, year.ledger, False) for c in unseen if c.due)
    return f"{named}，到{words.full_day(until)}没有见到经审核的销号。也可能还在审核。"


def _unreported(year: DerivedYear) -> str:
    return "没有报送" if year.is_whole else UNSEEN_REPORT


def _not_yet(year: DerivedYear) -> str:
    if year.is_whole:
        return "还没有到第一次报送的日子。"
    return "报送经审核以后才公开；第一期的审核还没有期满。"


def _owed(year: DerivedYear, one: DerivedTask) -> str:
    if not one.standing.owed:
        return ""
    last = one.standing.owed[-1]
    asked = (
        f"{last.unit.name}{period(last.period.name)}应当在{words.full_day(last.period.due)}前报送，"
    )
    if year.is_whole:
        return f"{asked}没有见到。"
    until = words.full_day(last.period.reviewed)
    return f"{asked}到{until}没有见到经审核的报送。也可能还在审核。"


def _recorded(year: DerivedYear, one: DerivedTask) -> str:
    latest = one.standing.latest
    day = words.day_or_month(latest.on_text) if latest else ""
    return f"公开记载{one.standing.records}条，最近一条{day}。有记载不等于已完成。"


def _paced(pace: Pace) -> Callable[[DerivedYear, DerivedTask], str]:
    return lambda year, one: _pace_reason(year, one, pace)


def _behind(year: DerivedYear, one: DerivedTask) -> str:
    pace = one.standing.pace
    if pace in ("behind", "missed"):
        return _pace_reason(year, one, pace)
    return _late_node(year, one)


_REASONS: Mapping[StandingKey, Callable[[DerivedYear, DerivedTask], str]] = {
    "reopened": _reopened,
    "closed": _closed,
    "disputed": lambda year, one: shows(year, one)[1],
    "unjudged": _paced("unjudged"),
    "overdue": _overdue,
    "behind": _behind,
    "over": _paced("over"),
    "short": _paced("short"),
    "reached": _paced("reached"),
    "figure-reached": _paced("reached"),
    "reported-done": lambda year, one: f"{says(year, one)[1]}{_not_closed(year)}",
    "unreported": _owed,
    "unseen-closure": _unseen_closure,
    "unseen-node": _late_node,
    "unseen-report": _owed,
    "soon": lambda year, one: _when(one),
    "ahead": _paced("ahead"),
    "on-plan": _paced("on-plan"),
    "within": _paced("within"),
    "recorded": _recorded,
    "unrecorded": lambda year, one: "本站没有查到公开记载。没有记载，不等于没有进展。",
    "past-due": _waiting,
    "pending": lambda year, one: _when(one),
    "undated": lambda year, one: _when(one),
    "not-due": lambda year, one: _when(one),
}


def _not_closed(year: DerivedYear) -> str:
    return "还没有销号。" if year.is_whole else "没有见到经审核的销号。"
