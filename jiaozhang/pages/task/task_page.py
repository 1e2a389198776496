"""A task's page: the promise as printed, the responsible units, and the deadlines."""

from __future__ import annotations

from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.duties import Duty
from jiaozhang.derive.notice_words import names_amount
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.alternates import calendar_of
from jiaozhang.pages.core.finding_view import FindingView, finding_view
from jiaozhang.pages.core.frame import frame_of
from jiaozhang.pages.core.marks import Mark, mark_of
from jiaozhang.pages.core.page import BytesPage, Frame, Head, HtmlPage, Link, Page
from jiaozhang.pages.core.page_code import page_codes
from jiaozhang.pages.core.task_rows import task_link
from jiaozhang.pages.core.timeline import entries_of, late_entries
from jiaozhang.pages.core.timeline_entry import TimelineEntry
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
from jiaozhang.pages.task.citable import Citable, citable
from jiaozhang.pages.task.target_chart import ChartSet, plan_charts
from jiaozhang.pages.task.task_head import (
    SAID_BY_FINDING,
    HeadFact,
    head_caveat,
    head_dates,
    head_facts,
    is_cut,
    task_head,
)
from jiaozhang.pages.task.term_bars import Track, track_of
from jiaozhang.wording import citations, sentences, words
from jiaozhang.wording.catalogue import gettext
from jiaozhang.wording.joining import join_list, join_sentences, quoted


@dataclass(frozen=True, slots=True)
class TextSegment:
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
    facts: tuple[HeadFact, ...]
    dates: tuple[tuple[str, str], ...]
    standing: Mark | None
    reason: str
    finding: FindingView
    has_plans: bool
    caveat: str
    summary: str | None
    segments: tuple[TextSegment, ...]
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
    charts: ChartSet
    blockers: tuple[str, ...]
    waiting: tuple[str, ...]
    entries: tuple[TimelineEntry, ...]
    history: tuple[TimelineEntry, ...]
    empty: str
    section: Link
    citation: Citable
    json: str
    calendar: str
    previous: Link | None
    following: Link | None


def task_pages(derived: Derived) -> tuple[Page, ...]:
    """Every task's page, with the pictures and papers of its notes below its address."""
    return tuple(page for year in derived.years for page in _task_pages_of_year(derived, year))


def _task_pages_of_year(derived: Derived, year: DerivedYear) -> tuple[Page, ...]:
    pages = tuple(_task_page(derived, year, index) for index in range(len(year.tasks)))
    codes = (code for page in pages for code in page_codes(derived, page.address))
    return (*pages, *codes, *_attachments(year))


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
    name = gettext("Section {number}", number=words.ordinal(one.section.number))
    section = Link(name, addresses.section(of, one.section.number))
    entries = entries_of(derived, year, one)
    leaders = {leader.name: leader for leader in derived.record.leaders}
    finding = finding_view(of, one.finding)
    # In a ledger of public records the finding says what these standings say, and more.
    is_told = one.standing.key not in SAID_BY_FINDING
    this = TaskPage(
        frame=frame_of(derived, year),
        head=task_head(derived, of, one, section),
        number=task.number,
        total=len(year.tasks),
        cut=is_cut(one),
        facts=tuple(head_facts(derived, year, one)),
        dates=head_dates(year, one, entries),
        standing=mark_of(derived.record.site, one.standing.key) if is_told else None,
        reason=sentences.reason(year, one) if is_told else "",
        finding=finding,
        has_plans=year.ledger.reporting != "none",
        caveat=head_caveat(one),
        summary=task.summary,
        segments=_segments(one),
        clauses=clause_rows(year, one),
        track=track_of(year, one),
        deadline=task.deadline,
        remarks=join_list(quoted(remark) for remark in task.remarks),
        source=_source(year, one),
        duties=_duty_rows(one, of),
        leaders=tuple(
            Link(leaders[name].display, addresses.leader(of, leaders[name].id))
            for name in task.leaders
        ),
        rule=_rule(year, one),
        targets=target_rows(year, one),
        soft="" if task.targets else _without_targets(task.text),
        districts=_district_rows(one, of),
        themes=_themes(year, one),
        questions=questions(year, one),
        nodes=node_steps(year, one),
        charts=plan_charts(year, one),
        blockers=tuple(inside_notes(derived, year, one)),
        waiting=tuple(waiting_notes(derived, year, one)),
        entries=entries,
        history=history((*late_entries(derived, year, one), *entries)),
        empty=_nothing_yet(year),
        section=section,
        citation=citable(derived, year, one),
        json=addresses.task_json(of, task.number),
        calendar=calendar_of(of, one),
        previous=task_link(year, year.tasks[index - 1]) if index else None,
        following=task_link(year, year.tasks[index + 1]) if index + 1 < len(year.tasks) else None,
    )
    facts = (f"{of}/task/{task.number}", f"{of}/records/{task.number}", f"{of}/ledger")
    return HtmlPage(address, "task.html", this, facts)


def _without_targets(text: str) -> str:
    """What is said of a text without a typed target; only of one without any amount may it be said
    that there is nothing to be checked."""
    if names_amount(text):
        return gettext(
            "The text names numbers; this site has not listed them as targets that can be checked."
        )
    return gettext("The text names no number that can be checked.")


def _segments(one: DerivedTask) -> tuple[TextSegment, ...]:
    """Cut the verbatim text where named clauses begin and end; nothing is added or lost."""
    text = one.task.text
    spans = sorted(
        (text.index(c.clause.scope), c)
        for c in one.clauses
        if c.clause.scope and c.clause.scope in text
    )
    whole = next((c.mark for c in one.clauses if c.clause.scope is None), None)
    segments: list[TextSegment] = []
    at = 0
    for start, derived in sorted(spans, key=lambda span: span[0]):
        scope = derived.clause.scope or ""
        if start < at:
            continue
        segments.append(TextSegment(text[at:start], None, False))
        segments.append(TextSegment(scope, derived.mark, True))
        at = start + len(scope)
    segments.append(TextSegment(text[at:], None, False))
    first, *rest = [s for s in segments if s.text] if at else [TextSegment(text, None, False)]
    if whole is None:
        return (first, *rest)
    if first.named:
        return (TextSegment("", whole, False), first, *rest)
    return (TextSegment(first.text, whole, False), *rest)


def _themes(year: DerivedYear, one: DerivedTask) -> tuple[Link, ...]:
    return tuple(
        Link(theme.name, addresses.theme(year.ledger.year, theme.slug))
        for theme in year.ledger.themes
        if one.task.number in theme.tasks
    )


def _nothing_yet(year: DerivedYear) -> str:
    if year.ledger.reporting == "none":
        return gettext(
            "This site found nothing on public record. That does not mean that nothing was done."
        )
    return gettext("No report or record has been published yet.")


def _source(year: DerivedYear, one: DerivedTask) -> str:
    ledger = year.ledger
    number = citations.stated(ledger, "number")
    source = gettext(
        "Source: {source}, number {number}, section {section}.",
        source=ledger.source,
        number=one.task.number,
        section=words.ordinal(one.section.number),
    )
    document = gettext("Document number: {number}.", number=number) if number else ""
    return join_sentences(source, document)


def _duty_rows(one: DerivedTask, of: int) -> tuple[DutyRow, ...]:
    leading = [d for d in one.duties if d.role == "lead"]
    joint = [d for d in one.duties if d.role == "joint"]
    supporting = [d for d in one.duties if d.role == "support" and d.via is None]
    rows = [
        _duty_row(gettext("Leading unit"), leading, of, True),
        _duty_row(gettext("Responsible together"), joint, of, False),
        _duty_row(gettext("Supporting units"), supporting, of, False),
    ]
    groups = {duty.via.name: duty.via for duty in one.duties if duty.via}
    for name, group in groups.items():
        reached = [duty for duty in one.duties if duty.via == group]
        note = gettext(
            "The notice says only “{group}”; its members are taken from: {source}",
            group=name,
            source=group.members_source,
        )
        rows.append(_duty_row(words.through(name), reached, of, False, note))
    for duty in one.duties:
        if duty.unit.kind == "group" and duty.unit.members is None:
            note = gettext("The notice does not list its units; this site does not assume any")
            link = Link(duty.printed, addresses.unit(of, duty.unit.id))
            rows.append(DutyRow(gettext("Units not listed"), (link,), False, note))
    return tuple(row for row in rows if row.units)


def _duty_row(label: str, duties: list[Duty], of: int, strong: bool, note: str = "") -> DutyRow:
    links = tuple(
        Link(duty.printed if duty.via is None else duty.unit.name, addresses.unit(of, duty.unit.id))
        for duty in duties
    )
    return DutyRow(label, links, strong, note)


def _rule(year: DerivedYear, one: DerivedTask) -> str:
    if one.task.responsibility == "joint":
        return citations.shared_rule()
    if len(one.task.units) == 1:
        return gettext("Only one unit is listed, and it is responsible.")
    return citations.who_leads(year.ledger)


def _district_rows(one: DerivedTask, of: int) -> tuple[DutyRow, ...]:
    labels = (
        ("named", gettext("Named")),
        ("zone", gettext("A development zone in it")),
        ("group", gettext("Through a group")),
    )
    rows = []
    for way, label in labels:
        districts = {tie.district.id: tie.district for tie in one.ties if tie.way == way}
        links = tuple(Link(d.name, addresses.district(of, d.id)) for d in districts.values())
        if links:
            rows.append(DutyRow(label, links, False, ""))
    return tuple(rows)
