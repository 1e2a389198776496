"""llms.txt: what programs that read for people find here, and where (llmstxt.org)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.derive.rollup import tasks_by_unit
from jiaozhang.markdown.literal import heading, items, link, literal, literal_lines
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.page import FilePage
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, ngettext, pgettext
from jiaozhang.wording.joining import join_sentences, labelled, title_quoted

# The heading that the convention gives to what may be left out; it is part of the format.
_MAY_BE_LEFT_OUT = "## Optional"


def agent_pages(derived: Derived) -> tuple[FilePage, ...]:
    """One short file for the whole site: sections lead to their tasks, and all to their data."""
    site = derived.record.site
    to = addresses.links_for_programs(site.base_url, addresses.FOR_AGENTS)
    about = join_sentences(*(_about(year) for year in derived.years))
    blocks = [heading(1, site.name), literal_lines(about, "> "), literal(_how())]
    for year in derived.years:
        blocks += _year(year, to)
    blocks += (_MAY_BE_LEFT_OUT, items(_units(derived, to)))
    return (FilePage(addresses.FOR_AGENTS, "\n\n".join(blocks) + "\n", ("site",)),)


def _about(year: DerivedYear) -> str:
    return ngettext(
        "{n} task of {notice}; data as of {day}.",
        "{n} tasks of {notice}; data as of {day}.",
        len(year.tasks),
        notice=title_quoted(year.ledger.title),
        day=words.full_day(year.as_of),
    )


def _how() -> str:
    return gettext(
        "Of each task this site says what was promised, who answers for it, by when, and what is "
        "on public record, with figures, sources and dates. A record does not mean that the task "
        "is done, and no record does not mean that nothing was done. Beside the page of every "
        "task, section and unit lies its text as index.md, and beside that of a task its data as "
        "index.json."
    )


def _year(year: DerivedYear, to: Callable[[str], str]) -> Iterator[str]:
    of = year.ledger.year
    yield heading(2, labelled(words.year(of), gettext("Sections")))
    yield items(
        link(
            words.chapter(section.number, section.title),
            to(addresses.markdown(addresses.section(of, section.number))),
        )
        for section in year.ledger.sections
    )
    yield heading(2, labelled(words.year(of), pgettext("title", "Data")))
    files = (
        ("tasks.json", gettext("all tasks with everything known of them")),
        ("records.csv", gettext("every record with its source")),
        ("figures.csv", gettext("every figure of a record")),
        ("datapackage.json", gettext("what the columns of the tables mean")),
    )
    lines = [(name, addresses.data(of, name), about) for name, about in files]
    newest = gettext("every record, in the order in which they became known")
    lines.append(("feed.xml", addresses.feed(addresses.updates(of)), newest))
    yield items(f"{link(name, to(address))}: {literal(about)}" for name, address, about in lines)


def _units(derived: Derived, to: Callable[[str], str]) -> Iterator[str]:
    for year in derived.years:
        for unit in tasks_by_unit(year):
            name = gettext("{year}, {unit}", year=words.year(year.ledger.year), unit=unit.name)
            page = addresses.unit(year.ledger.year, unit.id)
            yield link(name, to(addresses.markdown(page)))
