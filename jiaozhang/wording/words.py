"""The words of the pages: one Chinese word for each thing that code calls by a symbol."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from jiaozhang.derive.duties import Role, Way
from jiaozhang.derive.schedule import DerivedClause, Timing, is_month_end
from jiaozhang.ledger.public import ClauseKind, Comparison, Counts, Target, UnitKind

KIND: Mapping[ClauseKind, str] = {"progress": "取得明显进展", "complete": "完成"}
ROLE: Mapping[Role, str] = {"lead": "牵头", "joint": "共同负责", "support": "配合"}
WAY: Mapping[Way, str] = {"named": "点名", "group": "各区", "zone": "功能区"}
TIMING: Mapping[Timing, str] = {
    "not-due": "未到期",
    "past-due": "已到期",
    "pending": "待触发",
    "undated": "日期未载明",
}
UNIT_KIND: Mapping[UnitKind, str] = {
    "department": "市级部门",
    "district": "区人民政府",
    "zone": "功能区管委会",
    "central": "中央驻地方机构",
    "enterprise": "企业",
    "organisation": "群团组织",
    "group": "合称",
}
COUNTS: Mapping[Counts, str] = {
    "level": "看水平",
    "added": "只算新增",
    "completed": "建成才算",
    "started": "启动就算",
    "advanced": "推进，没有终点",
    "maintained": "保持已有的",
}
_AFTER_VALUE: Mapping[Comparison, str] = {"about": "左右", "at-least": "以上", "at-most": "以下"}


_NUMERALS = "〇一二三四五六七八九"


def ordinal(number: int) -> str:
    """Write 1 to 99 as chapters are counted: 一, 十二, 三十五."""
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
    return ten + (_NUMERALS[ones] if ones else "")


def full_day(day: date) -> str:
    """2025年12月31日, for sentences; tables use the ISO form."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_or_month(text: str) -> str:
    """2025-06 as 2025年6月, 2025-06-30 as 2025年6月30日."""
    parts = [int(part) for part in text.split("-")]
    return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def when(derived: DerivedClause, year: int) -> str:
    """When a clause falls due, in the shortest words of the ledger's year."""
    clause = derived.clause
    if clause.after and derived.due is None:
        return f"{clause.after}后{clause.months}个月内"
    if clause.season and not derived.amendments:
        return clause.season
    return day_in_year(derived.due, year) if derived.due else "日期未载明"


def day_in_year(day: date, year: int) -> str:
    if day.year != year or not is_month_end(day):
        return day.isoformat()
    return "年底" if day.month == 12 else f"{day.month}月底"


def quantity(value: Decimal) -> str:
    """A number as typed: 1.62 stays 1.62, 5 stays 5."""
    return f"{value:f}"


def amount(target: Target, goal: Decimal | None = None, upper: Decimal | None = None) -> str:
    """A target's figure with unit and comparison: 10家以上, 5%左右, 5—6%, 16个.

    `goal` and `upper` are the values after amendments, where they differ from the printed ones.
    """
    if target.comparison == "follows":
        return f"与第{target.follows}项同步"
    if target.value is None:
        return "由上级下达，文件未载明"
    value = quantity(target.value if goal is None else goal)
    if target.upper is not None:
        value += f"—{quantity(target.upper if upper is None else upper)}"
    return f"{value}{target.unit}{_AFTER_VALUE.get(target.comparison, '')}"


def target_name(target: Target) -> str:
    """What a target counts, always with its verb: 新增学位, 启动城镇老旧小区改造.

    A verb that describes a movement stands behind its subject, as in 地区生产总值增长.
    """
    verb = target.verb or ""
    behind = target.counts == "level" and target.comparison != "external"
    return f"{target.measure}{verb}" if behind else f"{verb}{target.measure}"
