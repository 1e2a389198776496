"""Propose a ledger from a parsed notice; uncertain values are marked as unsettled."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaozhang.faults.diagnostic import Place
from jiaozhang.ledger.public import Clause, LeadFrom, ResponsibilityRule, Target
from jiaozhang.notice.deadline_grammar import propose_deadline
from jiaozhang.notice.duty_grammar import Duties, read_duties, read_parted, rule_of
from jiaozhang.notice.target_grammar import body_seasons, read_targets, remarks
from jiaozhang.notice.task_table import ONLY_SECTION, Notice, Row

TITLE_MOST = 24
TITLE_LEAST = 8


@dataclass(frozen=True, slots=True)
class Doubt:
    """An uncertain value: the field, and why."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProposedTask:
    number: int
    section: int
    title: str
    text: str
    deadline: str
    leaders: tuple[str, ...]
    displays: tuple[str, ...]
    units: tuple[str, ...]
    responsibility: ResponsibilityRule
    lead_from: LeadFrom | None
    clauses: tuple[Clause, ...]
    targets: tuple[Target, ...]
    remarks: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class ProposedLedger:
    """The proposed ledger of a year; `seasons` are the undated seasons that its texts name.

    `number` is the document's number, empty if its head (`has_head`) has none. `lead_rule` is the
    notice's remark on who leads; without it `lead_from` says what distinguishes roles in every row.
    """

    year: int
    title: str
    issuer: str
    meeting: str | None
    number: str
    has_head: bool
    lead_rule: str
    lead_from: LeadFrom | None
    stated_count: int | None
    sections: tuple[str, ...]
    seasons: tuple[str, ...]
    notice: str
    tasks: tuple[ProposedTask, ...]
    doubts: tuple[Doubt, ...]


def propose(notice: Notice, year: int) -> ProposedLedger:
    """Propose the ledger of a year from its notice."""
    prose = "\n\n".join(notice.prose)
    rule = rule_of(notice.remark, notice.prose)
    tasks = tuple(_proposed_task(row, rule, year) for row in notice.rows)
    issuer = re.match("(.{2,40}?)关于", notice.title)
    meeting = re.search(
        "[^，。、；\n（]{2,20}?第[〇一二三四五六七八九十百\\d]+次[^，。、；\n]{0,6}会议", prose
    )
    stated = re.search(r"分解为(\d{1,3})项", prose) or re.search(r"(\d{1,3})项重点", prose)
    seasons = dict.fromkeys(clause.season for task in tasks for clause in task.clauses)
    return ProposedLedger(
        year=year,
        title=notice.title,
        issuer=issuer[1] if issuer else "",
        meeting=meeting.group() if meeting else None,
        number=notice.number,
        has_head=bool(notice.title and notice.prose),
        lead_rule=rule,
        lead_from=None if rule else _lead_from(tasks),
        stated_count=int(stated[1]) if stated else None,
        sections=notice.sections,
        seasons=tuple(season for season in seasons if season),
        notice="\n\n".join(part for part in (prose, notice.remark) if part) + "\n",
        tasks=tasks,
        doubts=_ledger_doubts(notice, bool(issuer)),
    )


def _lead_from(tasks: tuple[ProposedTask, ...]) -> LeadFrom | None:
    """What distinguishes the leading unit in every row with several units, if it is the same in
    all.
    """
    found = {
        task.lead_from
        for task in tasks
        if task.responsibility == "first-leads" and len(task.units) > 1
    }
    return found.pop() if len(found) == 1 else None


def _ledger_doubts(notice: Notice, has_issuer: bool) -> tuple[Doubt, ...]:
    doubts = [Doubt("source", said) for said in notice.doubts]
    if not notice.title:
        doubts.append(Doubt("title", "表格前面没有文件标题"))
    if not has_issuer:
        doubts.append(Doubt("issuer", "标题里没有“某某关于”，请写发文机关"))
    if notice.sections == (ONLY_SECTION,):
        doubts.append(Doubt("sections", "表里没有主要任务一栏，全部任务归在一起"))
    return tuple(doubts)


def propose_title(text: str) -> tuple[str, str]:
    """Derive a title from a text, and why it is uncertain (empty if it is not).

    >>> propose_title("固定资产投资增长3%左右。")
    ('固定资产投资增长3%左右', '')
    """
    title = ""
    for part in re.split("(?<=[，。；])", text):
        title += part
        if len(title.rstrip("，。；")) >= TITLE_LEAST:
            break
    title = title.rstrip("，。；")
    if len(title) <= TITLE_MOST:
        return title, _unpaired(title)
    cut = max(title.rfind(mark, TITLE_LEAST, TITLE_MOST + 1) for mark in "、，")
    title = title[: cut if cut > 0 else TITLE_MOST]
    return title, f"第一句超过{TITLE_MOST}字，截取的标题要核对"


def _unpaired(title: str) -> str:
    odd = any(title.count(left) != title.count(right) for left, right in ("“”", "（）", "《》"))
    return "标题里的引号或括号不成对" if odd else ""


def _duties(row: Row, rule: str) -> Duties:
    return read_parted(row.lead, _support(row)) if row.lead else read_duties(row.units, rule)


def _proposed_task(row: Row, rule: str, year: int) -> ProposedTask:
    doubts: list[Doubt] = []
    title, title_doubt = propose_title(row.text)
    if title_doubt:
        doubts.append(Doubt("title", title_doubt))
    duties = _duties(row, rule)
    if duties.doubt:
        doubts.append(Doubt("units", duties.doubt))
    clauses, clause_doubts = _clauses(row, year)
    figures = read_targets(row.text, clauses)
    doubts += clause_doubts
    doubts += [Doubt("targets", f"“{words}”里的数字是不是指标？") for words in figures.doubts]
    return ProposedTask(
        number=row.number,
        section=row.section,
        title=title,
        text=row.text,
        deadline=row.deadline,
        leaders=tuple(re.sub("[\u3000 ]", "", name) for name in row.leaders),
        displays=row.leaders,
        units=duties.units,
        responsibility=duties.rule,
        lead_from=duties.lead_from,
        clauses=clauses,
        targets=figures.targets,
        remarks=remarks(row.text),
        doubts=tuple(doubts),
        place=row.place,
    )


def _support(row: Row) -> str:
    """If there is a column for leading units, 责任单位 lists those that support."""
    return "\n".join(part for part in (row.support, row.units) if part)


def _clauses(row: Row, year: int) -> tuple[tuple[Clause, ...], list[Doubt]]:
    parsed, questions = propose_deadline(row.deadline, year)
    clauses = list(parsed)
    doubts = [Doubt("clauses", question) for question in questions]
    doubts += [
        Doubt("clauses", f"条款范围“{clause.scope}”不在任务原文里")
        for clause in clauses
        if clause.scope and clause.scope not in row.text
    ]
    for season, phrase in body_seasons(row.text):
        id_ = "abcdefghijklmnopqrstuvwxyz"[len(clauses) % 26]
        clauses.append(Clause(id_, "complete", phrase, None, None, None, season, "body"))
        doubts.append(Doubt("clauses", f"正文写有“{season}”，时限栏没有；请核对条款 {id_}"))
    return tuple(clauses), doubts
