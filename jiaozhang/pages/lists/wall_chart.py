"""挂图: every task of a year by section on one A3 sheet, words and shapes as well as colour.

In code the sheet is the wall chart; "wall" alone means the one between the audiences.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.notice_words import cut, parts_of_title
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.marks import Mark, MarkCount, mark_counts, mark_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, ngettext

LONGEST = 33  # two lines on the sheet


@dataclass(frozen=True, slots=True)
class ChartCell:
    """A task on the sheet; `due` only where it is not the deadline that most tasks have."""

    number: int
    task: Link
    lead: str
    due: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class ChartSection:
    ordinal: str
    section: Link
    count: int
    cells: tuple[ChartCell, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    frame: Frame
    head: Head
    total: int
    common: str
    marks: tuple[MarkCount, ...]
    sections: tuple[ChartSection, ...]


def chart_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(_chart_page(derived, year) for year in derived.years)


def _chart_page(derived: Derived, year: DerivedYear) -> HtmlPage:
    of = year.ledger.year
    address = addresses.chart(of)
    common = _common(year)
    lede = ngettext(
        "The {n} task of {year} on one A3 sheet.",
        "The {n} tasks of {year} on one A3 sheet.",
        len(year.tasks),
        year=of,
    )
    this = Chart(
        frame=frame_of(derived, year),
        head=head_of(derived, address, gettext("Wall chart"), lede, "chart"),
        total=len(year.tasks),
        common=common,
        marks=mark_counts(derived.record.site, year, year.tasks),
        sections=tuple(
            ChartSection(
                words.ordinal(section.number),
                Link(parts_of_title(section.title)[1], addresses.section(of, section.number)),
                len(own),
                tuple(_cell(derived, year, one, common) for one in own),
            )
            for section in year.ledger.sections
            if (own := [one for one in year.tasks if one.section == section])
        ),
    )
    return HtmlPage(address, "chart.html", this, (f"{of}/tasks", f"{of}/ledger"))


def _common(year: DerivedYear) -> str:
    """The deadline that most tasks have, said once for all of them."""
    texts = [one.task.deadline for one in year.tasks]
    return max(sorted(set(texts)), key=texts.count, default="")


def _cell(derived: Derived, year: DerivedYear, one: DerivedTask, common: str) -> ChartCell:
    task = one.task
    printed = [duty for duty in one.duties if duty.via is None]
    lead = printed[0].printed if printed else ""
    return ChartCell(
        task.number,
        Link(cut(task.text, LONGEST), addresses.task(year.ledger.year, task.number)),
        gettext("{unit} and others", unit=lead) if len(printed) > 1 else lead,
        "" if task.deadline == common else task.deadline or gettext("No deadline given"),
        mark_of(derived.record.site, one.standing.key),
    )
