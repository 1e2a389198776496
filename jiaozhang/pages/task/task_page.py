"""A task's own page: the promise as printed, who answers for it, and by when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.duties import Duty
from jiaozhang.ledger.public import Ledger
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.marks import Mark, mark_of
from jiaozhang.pages.core.page import BytesPage, Frame, Head, HtmlPage, Link, Page
from jiaozhang.pages.core.task_rows import task_link
from jiaozhang.pages.core.timeline import entries_of
from jiaozhang.pages.core.timeline_entry import Entry
from jiaozhang.pages.task.answers import (
    ClauseRow,
    NodeStep,
    Question,
    TargetRow,
    clause_rows,
    history,
    inside_notes,
    node_steps,
    questions,
    target_rows,
    waiting_notes,
)
from jiaozhang.pages.task.target_chart import PlanChart, plan_charts
from jiaozhang.pages.task.term_bars import Track, track_of
from jiaozhang.wording import citations, sentences, words


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the verbatim text; `mark` is the clause that begins it, `named` underlines it."""

    text: str
    mark: int | None
    named: bool


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One label of the duty list with its units; `strong` for the one that leads."""

    label: str
    units: tuple[Link, ...]
    strong: bool
    note: str


@dataclass(frozen=True, slots=True)
class TaskPage:
    frame: Frame
    head: Head
    number: int
    total: int
    cut: bool
    dates: tuple[tuple[str, str], ...]
    standing: Mark
    reason: str
    summary: str | None
    segments: tuple[Segment, ...]
    clauses: tuple[ClauseRow, ...]
    track: Track | None
    deadline: str
    remarks: str
    source: str
    duties: tuple[DutyRow, ...]
    leaders: tuple[Link, ...]
    rule: str
    targets: tuple[TargetRow, ...]
    soft: str
    districts: tuple[DutyRow, ...]
    themes: tuple[Link, ...]
    questions: tuple[Question, ...]
    nodes: tuple[NodeStep, ...]
    charts: tuple[PlanChart, ...]
    blockers: tuple[str, ...]
    waiting: tuple[str, ...]
    entries: tuple[Entry, ...]
    history: tuple[Entry, ...]
    empty: str
    section: Link
    citation: str
    permalink: str
    json: str
    previous: Link | None
    following: Link | None


def task_pages(derived: Derived) -> tuple[Page, ...]:
    """Every task's page, with the pictures and papers of its notes below its address."""
    return tuple(page for year in derived.years for page in _of_year(derived, year))


def _of_year(derived: Derived, year: DerivedYear) -> tuple[Page, ...]:
    pages = tuple(_task_page(derived, year, index) for index in range(len(year.tasks)))
    return (*pages, *_attachments(year))


def _attachments(year: DerivedYear) -> tuple[BytesPage, ...]:
    of = year.ledger.year
    return tuple(
        BytesPage(
            addresses.attachment(of, note.task, note.id, attachment.name),
            attachment.content,
            (f"{of}/records/{note.task}",),
        )
        for one in year.tasks
        for note in one.own.notes
        for attachment in note.attachments
    )


def _task_page(derived: Derived, year: DerivedYear, index: int) -> HtmlPage:
    """Build the page of the task that stands at an index of the year."""
    of, one = year.ledger.year, year.tasks[index]
    task = one.task
    address = addresses.task(of, task.number)
    base = derived.record.site.base_url
    section = Link(
        f"主要任务{words.ordinal(one.section.number)}", addresses.section(of, one.section.number)
    )
    entries = entries_of(derived, year, one)
    leaders = {leader.name: leader for leader in derived.record.leaders}
    this = TaskPage(
        frame=frame_of(derived, year),
        head=_head(derived, address, one, section),
        number=task.number,
        total=len(year.tasks),
        cut=_is_cut(one),
        dates=_dates(year, one, entries),
        standing=mark_of(derived.record.site, one.standing.key),
        reason=sentences.reason(year, one),
        summary=task.summary,
        segments=_segments(one),
        clauses=clause_rows(year, one),
        track=track_of(year, one),
        deadline=task.deadline,
        remarks="、".join(f"“{remark}”" for remark in task.remarks),
        source=_source(year, one),
        duties=_duty_rows(one, of),
        leaders=tuple(
            Link(leaders[name].display, addresses.leader(of, leaders[name].id))
            for name in task.leaders
        ),
        rule=_rule(year, one),
        targets=target_rows(one),
        soft="" if task.targets else _without_targets(task.text),
        districts=_district_rows(one, of),
        themes=_themes(year, one),
        questions=questions(year, one),
        nodes=node_steps(year, one),
        charts=plan_charts(year, one),
        blockers=tuple(inside_notes(derived, year, one)),
        waiting=tuple(waiting_notes(derived, year, one)),
        entries=entries,
        history=history(entries),
        empty=_nothing_yet(year),
        section=section,
        citation=f"{year.ledger.source}第{task.number}项。",
        permalink=f"{base}/{address}" if base else "",
        json=addresses.task_json(of, task.number),
        previous=task_link(year, year.tasks[index - 1]) if index else None,
        following=task_link(year, year.tasks[index + 1]) if index + 1 < len(year.tasks) else None,
    )
    facts = (f"{of}/task/{task.number}", f"{of}/records/{task.number}", f"{of}/ledger")
    return HtmlPage(address, "task.html", this, facts)


def _head(derived: Derived, address: str, one: DerivedTask, section: Link) -> Head:
    head = head_of(derived, address, one.task.title, one.task.text, "tasks", section)
    # The last crumb says where one is among many; the title stands right below it.
    crumbs = (*head.crumbs[:-1], Link(f"第{one.task.number}项", address))
    return replace(head, crumbs=crumbs, meta=(*head.meta, *_article(derived, one)))


def _article(derived: Derived, one: DerivedTask) -> tuple[tuple[str, str], ...]:
    """The tags of an article: its title, when the site published it, and where it is from."""
    ledger = next(y.ledger for y in derived.years if one in y.tasks)
    tags = (
        # Letter for letter the heading, with the mark that it was cut.
        ("ArticleTitle", one.task.title + ("……" if _is_cut(one) else "")),
        ("PubDate", _published(ledger, one)),
        ("ContentSource", ledger.issuer),
    )
    return tuple((name, content) for name, content in tags if content)


def _published(ledger: Ledger, one: DerivedTask) -> str:
    """When this site last made something of a task public, to the minute; empty when unknown."""
    moments = [f"{note.published:%Y-%m-%d %H:%M}" for note in one.own.notes if note.published]
    if ledger.published:
        moments.append(f"{ledger.published.isoformat()} 00:00")
    return max(moments, default="")


def _is_cut(one: DerivedTask) -> bool:
    return one.task.text.rstrip("。") != one.task.title


def _dates(
    year: DerivedYear, one: DerivedTask, entries: tuple[Entry, ...]
) -> tuple[tuple[str, str], ...]:
    """What stands below an article's heading: who issued the notice, when this site last made
    something of the task public, and the day of the newest entry of its timeline."""
    known = (
        ("发文机关", year.ledger.issuer),
        ("本站最近发布", _published(year.ledger, one)),
        ("最近记载", entries[0].day if entries else ""),
    )
    return tuple((label, text) for label, text in known if text)


# An amount: digits, or a numeral with what it counts; 一批, 一体化 and 统一条件 count nothing.
_NUMERAL = "(?<![统唯同单专第])[〇零一二两三四五六七八九十百千万亿]+[多余几]?"
_COUNTED = "[个家处条所人名户套辆件项座张吨亩元位间台艘架班场次倍成岁周年月日号]"
_MEASURED = "公里|平方|立方|公顷|微克|分之|小时|分钟|个?百分点"
# Only behind more than one of them: 一天, 一线 and 一流 say no number.
_SEVERAL = (
    "(?<!第)[二两三四五六七八九十百千万亿]+[多余几]?"
    "(?:[支天线批种类门只头株册届轮层部本份对枚米斤]|大(?![力家量]))"
)
_AMOUNT = re.compile(
    rf"\d|百分之|翻[一两]?番|双倍|[过减]半|一半|半数|零(?![部售件星工距散基])|[几数][十百千万亿]"
    rf"|{_NUMERAL}(?:{_COUNTED}|{_MEASURED})|{_SEVERAL}"
)


def _without_targets(text: str) -> str:
    """What is said of a text without a typed target; only of one without any amount may it be said
    that there is nothing to be checked."""
    if _AMOUNT.search(text):
        return "原文写有数字，本站没有把它们列作可以核对的指标。"
    return "原文没有可以核对的数字。"


def _segments(one: DerivedTask) -> tuple[Segment, ...]:
    """Cut the verbatim text where named clauses begin and end; nothing is added or lost."""
    text = one.task.text
    spans = sorted(
        (text.index(c.clause.scope), c)
        for c in one.clauses
        if c.clause.scope and c.clause.scope in text
    )
    whole = next((c.mark for c in one.clauses if c.clause.scope is None), None)
    segments: list[Segment] = []
    at = 0
    for start, derived in sorted(spans, key=lambda span: span[0]):
        scope = derived.clause.scope or ""
        if start < at:
            continue
        segments.append(Segment(text[at:start], None, False))
        segments.append(Segment(scope, derived.mark, True))
        at = start + len(scope)
    segments.append(Segment(text[at:], None, False))
    first, *rest = [s for s in segments if s.text] if at else [Segment(text, None, False)]
    if whole is None:
        return (first, *rest)
    if first.named:
        return (Segment("", whole, False), first, *rest)
    return (Segment(first.text, whole, False), *rest)


def _themes(year: DerivedYear, one: DerivedTask) -> tuple[Link, ...]:
    return tuple(
        Link(theme.name, addresses.theme(year.ledger.year, theme.slug))
        for theme in year.ledger.themes
        if one.task.number in theme.tasks
    )


def _nothing_yet(year: DerivedYear) -> str:
    if year.ledger.reporting == "none":
        return "本站没有查到公开记载。没有记载，不等于没有进展；欢迎提供线索。"
    return "还没有公开的报送和记载。"


def _source(year: DerivedYear, one: DerivedTask) -> str:
    ledger = year.ledger
    number = citations.stated(ledger, "number")
    return (
        f"出处：{ledger.source}，序号{one.task.number}，"
        f"主要任务{words.ordinal(one.section.number)}。" + (f"文号：{number}。" if number else "")
    )


def _duty_rows(one: DerivedTask, of: int) -> tuple[DutyRow, ...]:
    rows = [
        _duty_row("牵头单位", [d for d in one.duties if d.role == "lead"], of, True),
        _duty_row("共同负责", [d for d in one.duties if d.role == "joint"], of, False),
        _duty_row(
            "配合单位", [d for d in one.duties if d.role == "support" and d.via is None], of, False
        ),
    ]
    groups = {duty.via.name: duty.via for duty in one.duties if duty.via}
    for name, group in groups.items():
        reached = [duty for duty in one.duties if duty.via == group]
        note = f"文件只写“{name}”；名单依据：{group.members_source}"
        rows.append(_duty_row(f"经由“{name}”", reached, of, False, note))
    for duty in one.duties:
        if duty.unit.kind == "group" and duty.unit.members is None:
            note = "文件没有列出包括哪些单位，本站不作推定"
            link = Link(duty.printed, addresses.unit(of, duty.unit.id))
            rows.append(DutyRow("没有列出名单", (link,), False, note))
    return tuple(row for row in rows if row.units)


def _duty_row(label: str, duties: list[Duty], of: int, strong: bool, note: str = "") -> DutyRow:
    links = tuple(
        Link(duty.printed if duty.via is None else duty.unit.name, addresses.unit(of, duty.unit.id))
        for duty in duties
    )
    return DutyRow(label, links, strong, note)


def _rule(year: DerivedYear, one: DerivedTask) -> str:
    if one.task.responsibility == "joint":
        return "原文写明“按职责分工负责”，各单位共同负责，不分牵头和配合。"
    if len(one.task.units) == 1:
        return "只列了一个责任单位，由它负责。"
    return citations.who_leads(year.ledger)


def _district_rows(one: DerivedTask, of: int) -> tuple[DutyRow, ...]:
    labels = (("named", "点名"), ("zone", "功能区在本区"), ("group", "经由合称"))
    rows = []
    for way, label in labels:
        districts = {tie.district.id: tie.district for tie in one.ties if tie.way == way}
        links = tuple(Link(d.name, addresses.district(of, d.id)) for d in districts.values())
        if links:
            rows.append(DutyRow(label, links, False, ""))
    return tuple(rows)
