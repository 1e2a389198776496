"""The page of the search, its questions that narrow, and the ways in without it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.derive.rollup import tasks_by_unit
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import current_year, frame_of, head_of
from jiaozhang.pages.core.marks import mark_of
from jiaozhang.pages.core.page import FilePage, Frame, Head, HtmlPage, Link, Page
from jiaozhang.pages.lists.tasks import attention_links
from jiaozhang.pages.site.findable import documents, everyday, with_year
from jiaozhang.search.document import DocumentKind
from jiaozhang.search.index import index
from jiaozhang.search.question_words import ASKED, QUESTIONS
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import Labels, gettext, mark, ngettext, pgettext

# The kinds of results by their names, in the order of the page.
KINDS: Mapping[DocumentKind | str, str] = Labels(
    {
        "all": mark("All"),
        "task": mark("Priority tasks"),
        "note": mark("Records"),
        "unit": mark("Responsible units"),
        "district": mark("District"),
        "page": mark("Other pages"),
    }
)


def _counted(number: int) -> Mapping[DocumentKind | str, str]:
    """How some of each kind are counted: for one or for several, the number left open."""
    return {
        "all": "",
        "task": ngettext("{n} priority task", "{n} priority tasks", number, n="{n}"),
        "note": ngettext("{n} record on progress", "{n} records on progress", number, n="{n}"),
        "unit": ngettext("{n} responsible unit", "{n} responsible units", number, n="{n}"),
        "district": ngettext("{n} district", "{n} districts", number, n="{n}"),
        "page": ngettext("{n} other page", "{n} other pages", number, n="{n}"),
    }


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`manifest` names the index; what the script has to know stands in attributes."""

    frame: Frame
    head: Head
    manifest: str
    questions: str
    asked: str
    kinds: str
    facets: tuple[Facet, ...]
    examples: tuple[str, ...]
    directories: tuple[tuple[str, tuple[Link, ...]], ...]


def search_pages(derived: Derived, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Index everything and build the page; it is planned after the pages it finds."""
    made = index(tuple(documents(derived, pages)))
    year = current_year(derived)
    lede = gettext(
        "Search tasks, progress, responsible units and districts by short names, pinyin or "
        "everyday words."
    )
    this = SearchPage(
        frame=frame_of(derived, year),
        head=head_of(derived, addresses.SEARCH, gettext("Search"), lede, "search"),
        manifest=addresses.search_file(made.manifest),
        questions=QUESTIONS,
        asked=json.dumps(tuple(_asked(year)), ensure_ascii=False),
        kinds=json.dumps(
            {kind: (KINDS[kind], _counted(1)[kind], _counted(2)[kind]) for kind in KINDS},
            ensure_ascii=False,
        ),
        facets=_facets(derived),
        examples=tuple(dict.fromkeys(examples_of(derived, year))),
        directories=_directories(derived, year),
    )
    facts = ("site", "units", "districts", "aliases")
    files = (
        FilePage(addresses.search_file(name), text, facts) for name, text in made.files.items()
    )
    return (HtmlPage(addresses.SEARCH, "search.html", this, facts), *files)


def _asked(year: DerivedYear) -> Iterator[tuple[str, str, str]]:
    """The lists that answer a question: how it is asked, their names and addresses."""
    for one in attention_links(year):
        name = ngettext("{heading}: {n} task", "{heading}: {n} tasks", one.count, heading=one.text)
        yield ASKED[one.key], name, one.address


def examples_of(derived: Derived, year: DerivedYear) -> Iterator[str]:
    """Something of every kind that can be typed, taken from the ledger itself."""
    units = [duty.unit for one in year.tasks for duty in one.duties]
    short = next((unit.aliases[0] for unit in units if unit.aliases), None)
    if short:
        yield short
    there = [also for one in year.tasks for also in everyday(derived.record.aliases, one)]
    if there:
        yield there[len(there) // 2].words[0]
    measures = [t.measure for one in year.tasks for t in one.task.targets if len(t.measure) < 8]
    if measures:
        yield measures[len(measures) // 2]
    if derived.record.districts:
        yield derived.record.districts[0].name
    if year.tasks:
        yield gettext("Task {number}", number=year.tasks[-1].task.number)
    days = sorted(clause.due for one in year.tasks for clause in one.clauses if clause.due)
    if days:
        yield gettext("the end of {month}", month=words.month(days[0].month))


def _facets(derived: Derived) -> tuple[Facet, ...]:
    """The questions that narrow a search; their values are those of the documents' facets."""
    tasks = [one for year in derived.years for one in year.tasks]
    keys = dict.fromkeys(one.standing.key for one in tasks)
    units = {duty.unit.id for one in tasks for duty in one.duties}
    site = derived.record.site
    sections = tuple(
        (
            f"{year.ledger.year}-{section.number}",
            with_year(derived, year, words.chapter(section.number, section.title)),
        )
        for year in derived.years
        for section in year.ledger.sections
    )
    return (
        Facet("section", gettext("Section"), sections),
        Facet("standing", gettext("Status"), tuple((key, mark_of(site, key).word) for key in keys)),
        Facet(
            "unit",
            gettext("Responsible unit"),
            tuple((u.id, u.name) for u in derived.record.units if u.id in units),
        ),
    )


def _directories(derived: Derived, year: DerivedYear) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """The ways in without a search: what stands here without scripts, or when nothing is found."""
    of, tasks = year.ledger.year, tasks_by_unit(year)
    sections = tuple(
        Link(words.chapter(s.number, s.title), addresses.section(of, s.number))
        for s in year.ledger.sections
    )
    districts = tuple(Link(d.name, addresses.district(of, d.id)) for d in derived.record.districts)
    units = tuple(
        Link(unit.name, addresses.unit(of, unit.id))
        for unit in derived.record.units
        if unit in tasks
    )
    whole = (
        Link(gettext("All tasks"), addresses.tasks(of)),
        Link(gettext("Deadlines by date"), addresses.deadlines(of)),
        Link(gettext("Full text of the notice"), addresses.notice(of)),
        Link(pgettext("title", "Site map"), addresses.SITE_MAP),
    )
    groups = (
        (gettext("Contents"), whole),
        (gettext("Sections"), sections),
        (gettext("Districts"), districts),
        (gettext("Responsible units"), units),
    )
    return tuple((name, links) for name, links in groups if links)
