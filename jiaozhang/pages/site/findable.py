"""What can be found: tasks and their records, units, districts and other pages, as documents.

Here stands by what each is found, and with which weight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.duties import Duty
from jiaozhang.derive.measure import reading_of
from jiaozhang.derive.rollup import tasks_by_unit
from jiaozhang.ledger.events import Note
from jiaozhang.ledger.public import Alias, Unit, Year
from jiaozhang.markdown.visible_text import text_of
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.finding_view import FindingRow, finding_row, finding_view
from jiaozhang.pages.core.frame import current_year
from jiaozhang.pages.core.marks import mark_of
from jiaozhang.pages.core.page import HtmlPage, Page
from jiaozhang.pages.core.task_rows import deadline_lines, task_row
from jiaozhang.pages.core.timeline import entries_of
from jiaozhang.pages.core.timeline_entry import FigureLine, TimelineEntry
from jiaozhang.pages.task.answers import inside_notes
from jiaozhang.search.document import Also, DocumentField, SearchDocument, ShownFigure
from jiaozhang.wording import finding_sentences, words
from jiaozhang.wording.catalogue import gettext, ngettext, pgettext
from jiaozhang.wording.joining import join_apart, join_clauses, join_facts, join_list


def documents(derived: Derived, pages: Sequence[Page]) -> Iterator[SearchDocument]:
    """Everything that can be found, in the order of the kinds, newest year first."""
    owned = [(year, one) for year in derived.years for one in year.tasks]
    for year, one in owned:
        yield _task_document(derived, year, one)
    for owner, (year, one) in enumerate(owned):
        yield from _notes(derived, year, one, owner)
    for year in derived.years:
        tasks = tasks_by_unit(year)
        for unit in derived.record.units:
            if unit in tasks:
                yield _unit_document(year, unit, len(tasks[unit]))
    year = current_year(derived)
    for district in derived.record.districts:
        address = addresses.district(year.ledger.year, district.id)
        name = DocumentField("", district.name, 5)
        yield SearchDocument(
            "district",
            address,
            gettext("District"),
            district.name,
            gettext("Districts"),
            (name,),
        )
    yield from _others(pages)


def _task_document(derived: Derived, year: DerivedYear, one: DerivedTask) -> SearchDocument:
    task, of = one.task, year.ledger.year
    printed = [duty for duty in one.duties if duty.via is None]
    leading = [duty for duty in printed if duty.role != "support"]
    supporting = [duty for duty in printed if duty.role == "support"]
    mark = mark_of(derived.record.site, one.standing.key)
    days = [words.full_day(clause.due) for clause in one.clauses if clause.due]
    is_joint = task.responsibility == "joint"
    fields = (
        DocumentField("", task.text, 3),
        DocumentField(gettext("Title"), task.title if task.title not in task.text else "", 4),
        DocumentField(gettext("Note"), task.summary or "", 3),
        DocumentField(gettext("Joint") if is_joint else gettext("Lead"), _names(leading), 5),
        DocumentField(gettext("Support"), _names(supporting), 4),
        DocumentField(gettext("City leader in charge"), join_list(task.leaders), 4),
        *_through_groups(one),
        DocumentField(gettext("Deadline"), join_clauses((task.deadline, *dict.fromkeys(days))), 2),
        DocumentField(
            gettext("Targets"), join_clauses(words.target_name(t) for t in task.targets), 3
        ),
        DocumentField(gettext("Section"), one.section.title, 2),
        DocumentField(gettext("Status"), mark.word, 2),
    )
    also = (
        *everyday(derived.record.aliases, one),
        *(Also(d.printed, _others_of(d.unit, d.printed), 5) for d in leading),
        *(Also(d.printed, _others_of(d.unit, d.printed), 4) for d in supporting),
    )
    found = finding_view(of, one.finding)
    unit_ids = dict.fromkeys(str(duty.unit.id) for duty in one.duties)
    return SearchDocument(
        "task",
        addresses.task(of, task.number),
        str(task.number),
        task.title,
        join_apart(_facts(derived, year, one)),
        tuple(field for field in fields if field.text),
        tuple(one for one in also if one.words),
        (mark.word, mark.shape, mark.tone),
        (of, task.number),
        facets=(
            ("section", (f"{of}-{one.section.number}",)),
            ("standing", (one.standing.key,)),
            ("unit", tuple(unit_ids)),
        ),
        figures=tuple(map(_shown, found.answered)),
        said="" if found.answered else found.plain,
    )


def _facts(derived: Derived, year: DerivedYear, one: DerivedTask) -> Iterator[str]:
    """Who answers for a task, by when, and where it stands in the notice."""
    row = task_row(derived.record.site, year, one)
    who = row.lead.text if row.lead else ""
    yield from (part for part in (f"{who} {row.others}".strip(),) if part)
    deadline = deadline_lines(one, year.ledger.year)
    if deadline:
        yield join_list(f"{line.when}{line.what}" for line in deadline)
    section = gettext("Section {number}", number=words.ordinal(one.section.number))
    yield with_year(derived, year, section)


def _shown(row: FindingRow) -> ShownFigure:
    mark = (row.mark.word, row.mark.shape, row.mark.tone)
    return ShownFigure(row.value, row.unit, row.label, row.goal, mark, row.reason)


def _through_groups(one: DerivedTask) -> Iterator[DocumentField]:
    """The districts that a task reaches without naming them: found, below those that it names."""
    for group in dict.fromkeys(tie.duty.via.name for tie in one.ties if tie.duty.via):
        names = (t.district.name for t in one.ties if t.duty.via and t.duty.via.name == group)
        label = pgettext("search result", "Through “{group}”", group=group)
        yield DocumentField(label, join_list(dict.fromkeys(names)), 1)


def _names(duties: Sequence[Duty]) -> str:
    return join_list(duty.printed for duty in duties)


def _others_of(unit: Unit, printed: str) -> tuple[str, ...]:
    """The other names of a unit: 市发改委 finds 市发展改革委."""
    names = dict.fromkeys((unit.name, unit.full_name, *unit.aliases))
    return tuple(name for name in names if name != printed)


def everyday(aliases: Sequence[Alias], one: DerivedTask) -> Iterator[Also]:
    """The everyday words for what a task says, or for who answers for it."""
    task = one.task
    said = "\n".join(
        (task.title, task.text, task.deadline, *task.units, *(t.measure for t in task.targets))
    )
    for alias in aliases:
        meaning = next((meaning for meaning in alias.means if meaning in said), None)
        if meaning:
            yield Also(meaning, alias.words, 3)


def _notes(
    derived: Derived, year: DerivedYear, one: DerivedTask, owner: int
) -> Iterator[SearchDocument]:
    notes = {note.id: note for note in one.own.notes}
    for entry in entries_of(derived, year, one):
        state = entry.inside.state if entry.inside else ""
        note = notes.get(entry.id)
        by = note.source.publisher if note and note.source else entry.kind
        place = join_apart(part for part in (by, entry.day, state) if part)
        fields = _entry_fields(entry)
        at = entry.task.address
        yield SearchDocument(
            "note",
            at,
            gettext("Record"),
            one.task.title,
            place,
            fields,
            owner=owner,
            figures=tuple(_figures_of(year.ledger.year, one, note)) if note else (),
        )
    for text in inside_notes(derived, year, one):
        address = addresses.task(year.ledger.year, one.task.number)
        fields = (DocumentField("", text, 1, fine=False),)
        yield SearchDocument(
            "note",
            address,
            gettext("Blocker"),
            one.task.title,
            gettext("Blockers"),
            fields,
            owner=owner,
        )


def _figures_of(of: Year, one: DerivedTask, note: Note) -> Iterator[ShownFigure]:
    """The figures of a record, each beside the target that it answers or does not answer.

    What a figure says about its target is said of the newest one only.
    """
    targets = {found.target.target.id: found for found in one.finding.targets}
    for figure in note.figures:
        value, name = words.quantity(figure.value), join_facts((figure.name, figure.period))
        found = targets.get(figure.target or figure.beside or "")
        if found is None:
            yield ShownFigure(value, figure.unit, name)
        elif figure.beside:
            other = replace(found, state="differs", shown=reading_of(figure, note))
            yield _shown(finding_row(of, other))
        elif found.shown and found.shown.figure == figure:
            yield replace(_shown(finding_row(of, found)), name=name)
        else:
            yield ShownFigure(value, figure.unit, name, finding_sentences.goal(found))


def _entry_fields(entry: TimelineEntry) -> tuple[DocumentField, ...]:
    body = " ".join(text_of(entry.body).split()) if entry.body else ""
    figures = join_clauses(
        join_facts((_figure(figure), figure.beside)) if figure.beside else _figure(figure)
        for figure in entry.figures
    )
    texts = (
        ("", join_apart(text for text in (entry.headline, body) if text)),
        (gettext("Source"), entry.source),
        (gettext("Note"), entry.caveat),
        (gettext("Next step"), entry.next_step),
        (gettext("Corrections"), join_clauses(line.text for line in entry.corrections)),
    )
    # Figures are shown as such.
    drawn = DocumentField(gettext("Figures"), figures, 1, fine=False, is_shown=False)
    fields = (DocumentField(label, text, 1, fine=False) for label, text in texts)
    return tuple(field for field in (*fields, drawn) if field.text)


def _figure(line: FigureLine) -> str:
    if not line.place:
        return gettext(
            "{name} {amount} ({period})", name=line.name, amount=line.amount, period=line.period
        )
    return gettext(
        "{place}: {name} {amount} ({period})",
        place=line.place,
        name=line.name,
        amount=line.amount,
        period=line.period,
    )


def _unit_document(year: DerivedYear, unit: Unit, count: int) -> SearchDocument:
    kind = words.UNIT_KIND[unit.kind]
    others = join_list(_others_of(unit, unit.name))
    also = pgettext("in search results", "Also called")
    fields = (
        DocumentField("", unit.name, 5),
        *((DocumentField(also, others, 4),) if others else ()),
    )
    address = addresses.unit(year.ledger.year, unit.id)
    duties = ngettext(
        "responsible for {n} task in {year}",
        "responsible for {n} tasks in {year}",
        count,
        year=year.ledger.year,
    )
    place = join_apart((kind, duties))
    return SearchDocument("unit", address, gettext("Unit"), unit.name, place, fields)


def _others(pages: Sequence[Page]) -> Iterator[SearchDocument]:
    """Pages that are found by their titles, as their rows of the plan say."""
    for page in pages:
        if not isinstance(page, HtmlPage) or not page.is_found:
            continue
        of, head = addresses.year_of(page.address), page.this.head
        trail = (words.year(of) if of else "", *(crumb.text for crumb in head.crumbs[1:-1]))
        place = join_apart(part for part in trail if part) or gettext("This site")
        fields = (DocumentField("", head.title, 5), DocumentField("", head.lede[:120], 2))
        yield SearchDocument("page", page.address, gettext("Page"), head.title, place, fields)


def with_year(derived: Derived, year: DerivedYear, name: str) -> str:
    """The name of something of a year, with the year where the site has several."""
    if len(derived.years) == 1:
        return name
    return gettext("{year}: {name}", year=words.year(year.ledger.year), name=name)
