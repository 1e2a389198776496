"""The tables of a year as CSV: their columns, their rows, and how a cell is written.

CSV begins with a byte order mark and ends its lines with CRLF, so that Excel and WPS read it. A
cell that a spreadsheet would run as a formula is written as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.derive.rollup import GROUPINGS, grouped, tally
from jiaozhang.markdown.prose import to_text
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.marks import mark_of

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
            one.standing.key,
            one.standing.timing,
            one.standing.declared,
            one.standing.evidence,
            one.standing.records,
            one.standing.latest.on_text if one.standing.latest else None,
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
            c.settlement,
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
            t.upper,
            t.base,
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


def _record_rows(year: DerivedYear) -> list[Row]:
    of = year.ledger.year
    return [
        (
            n.task,
            n.id,
            n.origin,
            n.unit,
            n.period,
            n.on_text,
            n.status,
            to_text(n.body),
            n.source.title if n.source else None,
            n.source.publisher if n.source else None,
            n.source.published if n.source else None,
            n.source.url if n.source else None,
            "true" if n.source and n.source.reposted else None,
            n.district,
            n.caveat,
            f"{addresses.task(of, n.task)}#{n.id}",
        )
        for one in year.tasks
        for n in one.own.notes
    ]


def _figure_rows(year: DerivedYear) -> list[Row]:
    return [
        (n.task, n.id, f.name, f.value, f.unit, f.period, f.target, f.release)
        for one in year.tasks
        for n in one.own.notes
        for f in n.figures
    ]


def _node_rows(year: DerivedYear) -> list[Row]:
    return [
        (n.task, n.id, n.text, n.planned, n.actual, n.evidence)
        for one in year.tasks
        for n in one.own.nodes
    ]


def _event_rows(year: DerivedYear) -> list[Row]:
    rows: list[Row] = []
    for one in year.tasks:
        own = one.own
        rows += [
            (
                c.task,
                "重新办理" if c.is_reopened else "销号",
                c.on,
                c.clause,
                None,
                None,
                c.by,
                c.ground,
            )
            for c in own.closures
        ]
        rows += [
            (a.task, "调整", a.on, a.clause or a.target, a.old, a.new, a.authority, a.document)
            for a in own.amendments
        ]
        rows += [
            (v.task, "核实", v.on, v.method, None, v.result, None, v.text)
            for v in own.verifications
        ]
        rows += [
            (j.task, "认定", j.on, j.target, None, j.verdict, j.by, j.document)
            for j in own.judgements
        ]
        rows += [
            (t.task, "起算", t.on, t.clause, None, None, None, t.document) for t in own.triggers
        ]
    rows += [
        (
            c.task,
            "撤回" if c.kind == "withdrawal" else "更正",
            c.on,
            c.of,
            c.wrong,
            c.right,
            c.by,
            c.reason,
        )
        for c in year.progress.corrections
    ]
    return rows


def rollup_rows(derived: Derived, year: DerivedYear) -> list[Row]:
    """Counts of standings by every grouping; by leader only where something is kept inside."""
    site, reporting = derived.record.site, year.ledger.reporting
    rows: list[Row] = []
    for grouping in GROUPINGS:
        if grouping.name == "leader" and derived.record.internal is None:
            continue
        for group, tasks in grouped(year, grouping).items():
            rows += [
                (grouping.name, group, key, mark_of(site, key).word, count, len(tasks))
                for key, count in tally(tasks, reporting)
            ]
    return rows


TABLES: Mapping[str, Callable[[DerivedYear], list[Row]]] = {
    "tasks": _task_rows,
    "clauses": _clause_rows,
    "targets": _target_rows,
    "records": _record_rows,
    "figures": _figure_rows,
    "nodes": _node_rows,
    "events": _event_rows,
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
