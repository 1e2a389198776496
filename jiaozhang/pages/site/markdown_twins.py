"""The text of each task, section and unit as Markdown, made of the very value of its page.

Programs that read for people ask for it. It says what the page says, without what is only drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from jiaozhang.derive import Derived
from jiaozhang.markdown.literal import heading, items, link, literal, literal_lines
from jiaozhang.markdown.visible_text import text_of
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.page import FilePage, HtmlPage, Page
from jiaozhang.pages.core.task_rows import TaskRow, TaskTable
from jiaozhang.pages.core.timeline_entry import FigureLine, TimelineEntry
from jiaozhang.pages.lists.sections import SectionPage
from jiaozhang.pages.lists.units import UnitPage
from jiaozhang.pages.task.answers import ClauseRow, NodeStep, TargetRow
from jiaozhang.pages.task.citable import Citable
from jiaozhang.pages.task.task_page import DutyRow, TaskPage
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext
from jiaozhang.wording.joining import (
    clause,
    join_clauses,
    join_facts,
    join_list,
    join_sentences,
    labelled,
    sentence,
)

Linker = Callable[[str], str]


def twin_pages(derived: Derived, pages: tuple[Page, ...]) -> tuple[FilePage, ...]:
    """The texts of those pages that have one; each says so in its head."""
    base_url = derived.record.site.base_url
    return tuple(
        _twin(base_url, page)
        for page in pages
        if isinstance(page, HtmlPage) and isinstance(page.this, TaskPage | SectionPage | UnitPage)
    )


def _twin(base_url: str | None, page: HtmlPage) -> FilePage:
    address = addresses.markdown(page.address)
    to = addresses.links_for_programs(base_url, address)
    blocks = (*_top(page, to), *_blocks(page, to))
    return FilePage(address, "\n\n".join(blocks) + "\n", page.facts)


def _top(page: HtmlPage, to: Linker) -> Iterator[str]:
    """The title, and whose, of which day and where it is."""
    frame, head = page.this.frame, page.this.head
    yield heading(1, head.title)
    title = gettext("{year} {site}", year=words.year(frame.year), site=frame.site)
    day = gettext("Data as of {day}", day=frame.as_of)
    lines = [literal(join_facts((title, *(crumb.text for crumb in head.crumbs[1:-1]), day)))]
    lines.append(link(gettext("This page for people"), to(page.address)))
    lines += [literal(frame.statement)] if frame.statement else []
    yield "  \n".join(lines)


def _blocks(page: HtmlPage, to: Linker) -> Iterator[str]:
    match page.this:
        case TaskPage() as this:
            return _task(this, to)
        case SectionPage() as this:
            return _section(this, to)
        case UnitPage() as this:
            return _unit(this, to)
    raise TypeError(page.template)


def _section(this: SectionPage, to: Linker) -> Iterator[str]:
    yield literal(this.lede)
    yield from _table(this.table, to)


def _unit(this: UnitPage, to: Linker) -> Iterator[str]:
    yield literal(this.lede)
    facts = (
        (gettext("Full name"), this.full_name),
        (gettext("Kind"), this.kind),
        (gettext("Also called"), this.aliases),
        (gettext("In district"), this.district.text if this.district else ""),
        (gettext("Includes"), join_list(member.text for member in this.members)),
    )
    yield items(_fact(label, value) for label, value in facts if value)
    for table in this.tables:
        yield from _table(table, to)


def _table(table: TaskTable, to: Linker) -> Iterator[str]:
    yield heading(2, table.heading)
    if table.rule:
        yield literal(table.rule)
    if table.common:
        yield literal(table.common)
    if table.rows:
        yield items(_row(row, table.has_standings, to) for row in table.rows)


def _row(row: TaskRow, has_standing: bool, to: Linker) -> str:
    """A task in a list: its text and what is known of it, then who leads, by when, how far."""
    name = gettext("Task {number}", number=row.number)
    lead = _joined((row.lead.text if row.lead else "", row.others))
    when = join_list(join_facts((line.when, line.what)) for line in row.deadline)
    facts = (
        (gettext("Leading unit"), lead),
        (gettext("Due date"), when),
        (gettext("Status"), _joined((row.standing.word, row.note)) if has_standing else ""),
    )
    said = join_clauses(labelled(label, value) for label, value in facts if value)
    text = link(f"{name} {row.text}", to(addresses.markdown(row.address)))
    return "  \n  ".join((text, *(literal(part) for part in (row.finding.plain, said) if part)))


def _task(this: TaskPage, to: Linker) -> Iterator[str]:
    yield from _in_short(this)
    yield heading(2, gettext("The promise as printed"))
    yield literal_lines("".join(segment.text for segment in this.segments), "> ")
    yield literal(
        gettext("Deadline column as printed: “{deadline}”", deadline=this.deadline)
        if this.deadline
        else gettext("The notice gives no deadline.")
    )
    if this.clauses:
        yield heading(2, gettext("Clauses with deadlines"))
        yield items(_clause(row) for row in this.clauses)
    yield heading(2, gettext("Who is responsible"))
    yield items(_duties(this))
    yield heading(2, gettext("Measurable targets"))
    yield items(_target(row) for row in this.targets) if this.targets else literal(this.soft)
    if this.nodes:
        yield heading(2, gettext("Milestones"))
        yield items(_node(node) for node in this.nodes)
    yield heading(2, gettext("Records of progress"))
    if not this.entries:
        yield literal(this.empty)
    for entry in this.entries:
        yield from _entry(entry, to)
    yield heading(2, gettext("Cite and reuse"))
    yield literal(this.source)
    yield literal(_cited(this.citation))
    yield link(gettext("Data of this task (JSON)"), to(this.json))


def _cited(page: Citable) -> str:
    return gettext(
        "{site}. {page}[EB/OL]. ({day})[{cited}]. {address}.",
        site=page.site,
        page=page.page,
        day=page.day,
        cited=gettext("day of citation"),
        address=page.address,
    )


def _in_short(this: TaskPage) -> Iterator[str]:
    """What is known of a task in short: its finding, how far it is, and what three sides say."""
    yield literal(join_sentences(sentence(clause(this.finding.plain)), this.caveat))
    if this.standing:
        yield _fact(gettext("Status"), _joined((this.standing.word, this.reason)))
    yield items(
        literal(join_sentences(sentence(clause(labelled(one.question, one.answer))), one.why))
        for one in this.questions
    )


def _clause(row: ClauseRow) -> str:
    due = (row.due, *(gettext("before: {value}", value=day) for day in row.was))
    said = (row.scope, row.promise, *due, row.state.word, row.why)
    return _fact(gettext("Clause {mark}", mark=row.mark), _joined(said))


def _duties(this: TaskPage) -> Iterator[str]:
    for row in this.duties:
        yield _duty(row)
    if this.leaders:
        names = join_list(leader.text for leader in this.leaders)
        yield _fact(gettext("City leader in charge"), names)


def _duty(row: DutyRow) -> str:
    names = join_list(unit.text for unit in row.units)
    return _fact(row.label, join_clauses(part for part in (names, row.note) if part))


def _target(row: TargetRow) -> str:
    before = (gettext("before: {value}", value=amount) for amount in row.was)
    said = (row.amount, *before, row.counts, row.pace, row.measured, row.verdict)
    return _fact(row.name, _joined(said))


def _node(node: NodeStep) -> str:
    days = (
        gettext("planned for {day}", day=node.planned),
        gettext("done on {day}", day=node.actual) if node.actual else "",
    )
    return _fact(node.text, _joined((*days, node.mark.word)))


def _entry(entry: TimelineEntry, to: Linker) -> Iterator[str]:
    """A record: its day and kind, its text, its figures, and who says so."""
    yield heading(3, join_facts((entry.day, entry.kind)))
    if entry.headline:
        yield literal(entry.headline)
    if entry.change:
        yield literal(gettext("{old} became {new}", old=entry.change[0], new=entry.change[1]))
    if entry.body:
        yield literal_lines(text_of(entry.body))
    lines = [*(_figure(figure) for figure in entry.figures), *_remarks(entry)]
    lines += [link(gettext("Attachment: {file}", file=f.text), to(f.address)) for f in entry.files]
    lines += [_source(entry)] if entry.source else []
    lines.append(link(gettext("Address of this record"), to(entry.task.address)))
    yield items(lines)


def _remarks(entry: TimelineEntry) -> Iterator[str]:
    if entry.next_step:
        yield literal(gettext("Next step: {step}", step=entry.next_step))
    lines = (_joined((one.late, one.text)) for one in entry.corrections)
    for text in (entry.caveat, entry.replaced, *lines):
        if text:
            yield literal(text)


def _figure(figure: FigureLine) -> str:
    return _fact(figure.name, _joined((figure.amount, figure.place, figure.period, figure.note)))


def _source(entry: TimelineEntry) -> str:
    if entry.symbol != "public-record":
        return literal(entry.source)
    name = link(entry.source, entry.url) if entry.url else literal(entry.source)
    return gettext("Source: {source}", source=name)


def _fact(label: str, value: str) -> str:
    return literal(labelled(label, value))


def _joined(parts: Iterable[str]) -> str:
    """The facts that there are, as one clause."""
    return join_facts(part for part in parts if part)
