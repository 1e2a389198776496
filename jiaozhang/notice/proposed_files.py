"""Write proposed records as YAML that a clerk can read and correct."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from jiaozhang.ledger.public import Clause, Target
from jiaozhang.notice.new_names import NewName
from jiaozhang.notice.propose import Doubt, ProposedLedger, ProposedTask


def task_file(task: ProposedTask) -> str:
    """tasks/NNN.yaml: the verbatim fields are marked, since they are locked."""
    lines = [
        f"number: {task.number}",
        f"section: {task.section}",
        f"title: {scalar(task.title)}",
        "# 以下四项照录原文，由 notice.lock 锁定",
        *verbatim(task),
        f"responsibility: {task.responsibility}",
        *_list("clauses", (_clause(clause) for clause in task.clauses)),
    ]
    if task.targets:
        lines += _list("targets", (_target_entry(target) for target in task.targets))
    if task.remarks:
        lines.append(f"remarks: {flow(task.remarks)}")
    return "\n".join([*lines, *_unsettled(task.doubts)]) + "\n"


def verbatim(task: ProposedTask) -> tuple[str, ...]:
    """The four locked fields, one line each."""
    return (
        f"text: {scalar(task.text)}",
        f"deadline: {scalar(task.deadline) if task.deadline else 'null'}",
        f"leaders: {flow(task.leaders)}",
        f"units: {flow(task.units)}",
    )


def ledger_file(ledger: ProposedLedger) -> str:
    """ledger.yaml: the head of a year."""
    lines = [
        f"year: {ledger.year}",
        f"title: {scalar(ledger.title or '请填写')}",
        f"issuer: {scalar(ledger.issuer or '请填写')}",
    ]
    if ledger.meeting:
        lines.append(f"meeting: {scalar(ledger.meeting)}")
    lines += [
        _number_line(ledger),
        *([f"lead_rule: {scalar(ledger.lead_rule)}"] if ledger.lead_rule else []),
        *([f"lead_from: {ledger.lead_from}"] if ledger.lead_from else []),
        f"source: {scalar(f'《{ledger.title}》附件' if ledger.title else '请填写')}",
    ]
    if ledger.stated_count:
        lines.append(f"stated_count: {ledger.stated_count}")
    lines += [
        "reporting: none  # none 只收录公开资料；monthly、quarterly 由责任单位报送",
        "closed: null  # 台账收录到哪一天；还在进行就留 null",
        "sections:",
    ]
    for number, title in enumerate(ledger.sections, 1):
        lines.append(f"  - {{number: {number}, title: {scalar(title, inside=True)}}}")
    if ledger.seasons:
        lines.append("seasons:")
        lines += [f"  {season}: {{before: null, source: null}}" for season in ledger.seasons]
    return "\n".join([*lines, *_unsettled(ledger.doubts)]) + "\n"


def _number_line(ledger: ProposedLedger) -> str:
    """The number; null if the head has none; a hint to add it if there was no head."""
    if ledger.number:
        return f"number: {scalar(ledger.number)}"
    if ledger.has_head:
        return "number: null  # 发文字号；导入时看过文件开头，没有找到"
    return "# number: 发文字号；导入的只有表格，看过文件再写，确实没有就写 null"


def entries_text(entries: Iterable[NewName]) -> str:
    """Registry entries, one block each."""
    return "".join(_entry(entry) for entry in entries)


def scalar(text: str, inside: bool = False) -> str:
    """Write a plain scalar if YAML allows (if `inside`, also in a flow list), else a quoted one."""
    plain = re.fullmatch(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~][^\n#]*", text) and not re.search(
        r": |:$|^(true|false|null|yes|no)$|\s$", text
    )
    if inside and re.search(r"[,\[\]{}:]", text):
        plain = None
    return text if plain else json.dumps(text, ensure_ascii=False)


def flow(names: Iterable[str]) -> str:
    return "[" + ", ".join(scalar(name, inside=True) for name in names) + "]"


def _list(name: str, items: Iterable[str]) -> list[str]:
    rows = [f"  - {{{item}}}" for item in items]
    return [f"{name}:", *rows] if rows else [f"{name}: []"]


def _pairs(pairs: Iterable[tuple[str, object]]) -> str:
    return ", ".join(
        f"{name}: {scalar(str(value), inside=True)}" for name, value in pairs if value is not None
    )


def _clause(clause: Clause) -> str:
    origin = None if clause.origin == "deadline" else clause.origin
    return _pairs(
        [
            ("id", clause.id),
            ("kind", clause.kind),
            ("origin", origin),
            ("due", clause.due),
            ("after", clause.after),
            ("months", clause.months),
            ("season", clause.season),
            ("scope", clause.scope),
        ]
    )


def _target_entry(target: Target) -> str:
    return _pairs(
        [
            ("id", target.id),
            ("clause", target.clause),
            ("measure", target.measure),
            ("value", target.value),
            ("upper", target.upper),
            ("base", target.base),
            ("unit", target.unit),
            ("comparison", target.comparison),
            ("verb", target.verb),
            ("counts", target.counts),
        ]
    )


def _entry(entry: NewName) -> str:
    lines = [f"{name}: {scalar(value) if value else 'null'}" for name, value in entry.fields]
    lines += _unsettled(entry.doubts)
    return "- " + "\n  ".join(lines) + "\n"


def _unsettled(doubts: tuple[Doubt, ...]) -> list[str]:
    if not doubts:
        return []
    rows = [
        f"  - {{field: {doubt.field}, reason: {scalar(doubt.reason, inside=True)}}}"
        for doubt in doubts
    ]
    return ["unsettled:  # 核对原文、改好以后，删去这一段", *rows]
