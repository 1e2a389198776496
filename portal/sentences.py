"""Why a task stands where it stands: each part of a standing as one Chinese sentence.

A sentence names the rule and the facts that it used, with dates and never with ages, so that a
page changes only when its own facts do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from portal import words
from portal.derive import DerivedTask, DerivedYear
from portal.derive.measure import CurveName, DerivedTarget, Pace
from portal.derive.schedule import DerivedClause
from portal.derive.standing import Evidence
from portal.progress import WHOLE, Note
from portal.record import LeadFrom, Ledger
from portal.settings import StandingKey

CURVE: Mapping[CurveName, str] = {
    "linear": "按时间均匀推算",
    "stepped": "按分步计划",
    "seasonal": "按各月份额",
    "rate": "直接和目标比",
    "ceiling": "不高于目标",
    "floor": "不低于目标",
    "kept": "保持目标数",
    "judged": "由有权机关认定",
}
PACE: Mapping[Pace, str] = {
    "behind": "欠序时进度",
    "unjudged": "待认定",
    "on-plan": "达序时进度",
    "ahead": "超序时进度",
}
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
        return "没有报送", _owed(one) or "还没有到第一次报送的日子。"
    who = "；".join(f"{n.unit}{period(n.period or '')}报“{n.status}”" for n in reports)
    return one.standing.declared or "各单位说法不同", f"{who}。"


def shows(one: DerivedTask) -> tuple[str, str]:
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
        done = sum(node.actual is not None for node in one.own.nodes)
        parts.append(f"{len(one.own.nodes)}个节点完成{done}个")
    if one.own.verifications:
        last = one.own.verifications[-1]
        result = f"，{last.result}" if last.result else ""
        parts.append(f"{words.full_day(last.on)}{last.method}{result}")
    why = "；".join(parts) + "。" if parts else "没有查到。没有记载，不等于没有进展。"
    return EVIDENCE[standing.evidence], why


def calendar(year: DerivedYear, one: DerivedTask) -> tuple[str, str]:
    """对照时间: the pace where a plan allows one, else the calendar, each with its facts."""
    standing = one.standing
    if standing.closing == "closed":
        return "已销号", _closed(year, one)
    why = _when(one)
    if standing.pace:
        return PACE[standing.pace], f"{_pace_reason(one, standing.pace)}{why}"
    if standing.timing == "past-due":
        return "已到期，未见公开结论", why
    return words.TIMING[standing.timing], why


def period(name: str) -> str:
    """2025-06 as 2025年6月, 2025-Q2 as 2025年第二季度."""
    year, _, part = name.partition("-")
    if part.startswith("Q"):
        return f"{year}年第{words.ordinal(int(part[1:]))}季度"
    return f"{year}年{int(part)}月"


def measured(target: DerivedTarget) -> str:
    """What was measured against what was wanted: 截至6月30日11个，计划12个（按时间均匀推算）."""
    if not target.readings:
        return "没有口径相同的数据。"
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
    if target.curve in ("linear", "stepped", "seasonal"):
        day = words.full_day(last.note.on)
        want = f"{rounded(target.expected)}{last.figure.unit}"
        return f"{said}；到{day}应当有{want}（{CURVE[target.curve]}）。"
    return f"{said}；{CURVE[target.curve]}。"


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


def who_leads(ledger: Ledger) -> str:
    """Where the notice says who leads, in its own words; empty where that is not known."""
    if ledger.lead_rule:
        end = "" if ledger.lead_rule.endswith(("。", "！", "；")) else "。"
        return f"文件注明：{ledger.lead_rule}{end}"
    return _LEAD_FROM[ledger.lead_from] if ledger.lead_from else ""


_LEAD_FROM: Mapping[LeadFrom, str] = {
    "columns": "文件分别列出牵头单位和配合单位。",
    "words": "文件在责任单位里写明谁牵头、谁配合。",
}


def stated(ledger: Ledger, fact: Literal["number", "meeting"]) -> str:
    """A fact of the notice; 未载明 where somebody looked for it, empty where nobody did."""
    value = ledger.number if fact == "number" else ledger.meeting
    return value or ("未载明" if fact in ledger.unstated else "")


def source_of(note: Note) -> str:
    """出处 of a public record, in one line."""
    source = note.source
    if source is None:
        return ""
    title = source.title if source.title_described else f"《{source.title.strip('《》')}》"
    described = "（标题为本站概括）" if source.title_described else ""
    published = words.full_day(source.published) if source.published else "发布日期未载明"
    reposted = "，据转载" if source.reposted else ""
    return f"{source.publisher}，{title}{described}，{published}{reposted}"


def _pace_reason(one: DerivedTask, pace: Pace) -> str:
    """The target or the nodes that decide a pace."""
    if pace == "behind" and one.standing.late:
        node = one.standing.late[0]
        return f"节点“{node.text}”计划{words.full_day(node.planned)}完成，没有完成的记录。"
    target = next((t for t in one.targets if t.pace == pace), None)
    if target:
        return f"{words.target_name(target.target)}：{measured(target)}"
    done = sum(node.actual is not None for node in one.own.nodes)
    return f"到期的节点都已完成，{len(one.own.nodes)}个节点完成{done}个。"


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
    late = [c for c in one.clauses if c.is_overdue and c.due]
    named = "、".join(_late(c) for c in late)
    return f"{named}，没有销号的记录。"


def _late(clause: DerivedClause) -> str:
    return f"第{clause.mark}条已于{words.full_day(clause.due)}到期" if clause.due else ""


def _owed(one: DerivedTask) -> str:
    if not one.standing.owed:
        return ""
    last = one.standing.owed[-1]
    return (
        f"{last.unit.name}{period(last.period.name)}应当在{words.full_day(last.period.due)}前报送，"
        "没有见到。也可能已经报送，还在审核。"
    )


def _recorded(year: DerivedYear, one: DerivedTask) -> str:
    latest = one.standing.latest
    day = words.day_or_month(latest.on_text) if latest else ""
    return f"公开记载{one.standing.records}条，最近一条{day}。有记载不等于已完成。"


_REASONS: Mapping[StandingKey, Callable[[DerivedYear, DerivedTask], str]] = {
    "reopened": _reopened,
    "closed": _closed,
    "disputed": lambda year, one: shows(one)[1],
    "unjudged": lambda year, one: _pace_reason(one, "unjudged"),
    "overdue": _overdue,
    "behind": lambda year, one: _pace_reason(one, "behind"),
    "reported-done": lambda year, one: f"{says(year, one)[1]}还没有销号。",
    "unreported": lambda year, one: _owed(one),
    "soon": lambda year, one: _when(one),
    "ahead": lambda year, one: _pace_reason(one, "ahead"),
    "on-plan": lambda year, one: _pace_reason(one, "on-plan"),
    "recorded": _recorded,
    "unrecorded": lambda year, one: "本站没有查到公开记载。没有记载，不等于没有进展。",
    "pending": lambda year, one: _when(one),
    "undated": lambda year, one: _when(one),
    "not-due": lambda year, one: _when(one),
}
