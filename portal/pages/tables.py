"""The tables of a year as CSV: their columns, their rows, and how a cell is written.

CSV begins with a byte order mark and ends its lines with CRLF, so that Excel and WPS read it. A
cell that a spreadsheet would run as a formula is written as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from portal.derive import DerivedYear
from portal.pages import addresses

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "tasks": {
        "number": "序号",
        "section": "主要任务编号",
        "section_name": "主要任务",
        "title": "短标题，取自原文",
        "text": "原文",
        "deadline": "完成时限原文",
        "leaders": "分管市领导",
        "responsibility": "first-leads 第一位牵头，joint 按职责分工负责",
        "units": "责任单位，照录原文",
        "timing": "对照日历",
        "url": "本站地址",
    },
    "clauses": {
        "number": "序号",
        "clause": "条款编号",
        "kind": "要求",
        "scope": "范围，空为整项",
        "due": "到期日",
        "after": "从哪件事起算",
        "months": "几个月内",
        "season": "没有日期的时段",
        "origin": "deadline 时限栏，body 正文",
        "timing": "对照日历",
    },
    "targets": {
        "number": "序号",
        "target": "指标编号",
        "clause": "属于哪条时限",
        "verb": "动词",
        "measure": "数的是什么",
        "comparison": "比较",
        "value": "数值",
        "unit": "单位",
        "counts": "怎样算数",
        "follows": "与第几项同步",
    },
    "responsibilities": {
        "number": "序号",
        "unit": "单位",
        "unit_id": "单位的网址名",
        "as_printed": "文件里的叫法",
        "role": "责任",
        "via": "经由哪个合称",
    },
}

Row = tuple[object, ...]


def _task_rows(year: DerivedYear) -> list[Row]:
    of = year.ledger.year
    return [
        (
            one.task.number,
            one.section.number,
            one.section.title,
            one.task.title,
            one.task.text,
            one.task.deadline,
            "；".join(one.task.leaders),
            one.task.responsibility,
            "；".join(one.task.units),
            one.timing,
            addresses.task(of, one.task.number),
        )
        for one in year.tasks
    ]


def _clause_rows(year: DerivedYear) -> list[Row]:
    return [
        (
            one.task.number,
            c.clause.id,
            c.clause.kind,
            c.clause.scope,
            c.due,
            c.clause.after,
            c.clause.months,
            c.clause.season,
            c.clause.origin,
            c.timing,
        )
        for one in year.tasks
        for c in one.clauses
    ]


def _target_rows(year: DerivedYear) -> list[Row]:
    return [
        (
            one.task.number,
            t.id,
            t.clause,
            t.verb,
            t.measure,
            t.comparison,
            t.value,
            t.unit,
            t.counts,
            t.follows,
        )
        for one in year.tasks
        for t in one.task.targets
    ]


def _duty_rows(year: DerivedYear) -> list[Row]:
    return [
        (one.task.number, d.unit.name, d.unit.id, d.printed, d.role, d.via.name if d.via else None)
        for one in year.tasks
        for d in one.duties
    ]


TABLES: Mapping[str, Callable[[DerivedYear], list[Row]]] = {
    "tasks": _task_rows,
    "clauses": _clause_rows,
    "targets": _target_rows,
    "responsibilities": _duty_rows,
}


def csv_text(columns: Iterable[str], rows: Iterable[Row]) -> str:
    """Write a table for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    # A spreadsheet runs a cell that begins so; an apostrophe makes it text (OWASP, CSV injection).
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") and not _is_number(value) else text


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal))
