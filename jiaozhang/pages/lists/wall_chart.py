"""挂图: every task of a year by section on one A3 sheet, words and shapes as well as colour.

In code the sheet is the wall chart; "wall" alone means the one between the audiences.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.notice_words import cut, parts_of_title
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.finding_view import finding_view
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.marks import Mark, mark_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link
from jiaozhang.wording import finding_sentences, words
from jiaozhang.wording.catalogue import gettext, ngettext


@dataclass(frozen=True, slots=True)
class ChartForm:
    """A sheet of up to `most` tasks, and the characters of texts in a cell.

    The style sheet has columns and a size of type for each; the fewer tasks, the larger.
    """

    most: int
    text: int
    finding: int


FORMS: tuple[ChartForm, ...] = (
    ChartForm(15, 60, 40),
    ChartForm(30, 60, 40),
    ChartForm(60, 50, 32),
    ChartForm(90, 40, 26),
    ChartForm(140, 36, 22),
    ChartForm(10**6, 34, 21),
)


@dataclass(frozen=True, slots=True)
class ChartCell:
    """A task on the sheet; `due` only where it is not the deadline that most tasks have.

    `finding` is what is known of it in a line; `is_told`: the word of the mark says more.
    """

    number: int
    task: Link
    lead: str
    due: str
    finding: str
    mark: Mark
    is_told: bool


@dataclass(frozen=True, slots=True)
class CellCount:
    """How many cells have a mark."""

    mark: Mark
    count: int


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
    form: ChartForm
    marks: tuple[CellCount, ...]
    sections: tuple[ChartSection, ...]


# In the legend behind the marks of figures: a record, and no record.
_LAST = ("lines", "hollow")


def chart_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(_chart_page(derived, year) for year in derived.years)


def _chart_page(derived: Derived, year: DerivedYear) -> HtmlPage:
    of = year.ledger.year
    address = addresses.chart(of)
    common = _common(year)
    form = next(form for form in FORMS if len(year.tasks) <= form.most)
    cells = {one: _cell(derived, year, one, common, form) for one in year.tasks}
    marks = Counter(cell.mark for cell in cells.values())
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
        form=form,
        marks=tuple(
            CellCount(mark, marks[mark])
            for mark in sorted(marks, key=lambda one: one.shape in _LAST)
        ),
        sections=tuple(
            ChartSection(
                words.ordinal(section.number),
                Link(parts_of_title(section.title)[1], addresses.section(of, section.number)),
                len(own),
                tuple(cells[one] for one in own),
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


def _cell(
    derived: Derived, year: DerivedYear, one: DerivedTask, common: str, form: ChartForm
) -> ChartCell:
    task, takes_reports = one.task, year.ledger.reporting != "none"
    printed = [duty for duty in one.duties if duty.via is None]
    lead = printed[0].printed if printed else ""
    view = finding_view(year.ledger.year, one.finding)
    finding = finding_sentences.brief(one.finding, form.finding)
    recorded = view.front.mark if view.front else mark_of(derived.record.site, "recorded")
    mark = recorded if finding else view.nothing
    return ChartCell(
        number=task.number,
        task=Link(cut(task.text, form.text), addresses.task(year.ledger.year, task.number)),
        lead=gettext("{unit} and others", unit=lead) if len(printed) > 1 else lead,
        due="" if task.deadline == common else task.deadline or gettext("No deadline given"),
        finding=finding,
        mark=mark_of(derived.record.site, one.standing.key) if takes_reports else mark,
        is_told=takes_reports or not finding,
    )
