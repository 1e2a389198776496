"""Pages of the intranet only: 堵点难点, 督查核实, 待审核, and missing reports.

They are made from `Record.internal`; the public site has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.derive.known import known_blockers
from jiaozhang.ledger.events import VerificationResult
from jiaozhang.ledger.public import BlockerState, Difference, Inspection, Internal
from jiaozhang.ledger.settings import Tone
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.marks import Mark
from jiaozhang.pages.core.page import FilePage, Frame, Head, HtmlPage, Link, Page
from jiaozhang.pages.core.seals import SEALS
from jiaozhang.pages.core.task_rows import task_link
from jiaozhang.pages.downloads.data_columns import csv_text
from jiaozhang.pages.downloads.json_file import Json, json_text
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, ngettext, pgettext
from jiaozhang.wording.joining import join_clauses, join_list, join_sentences

OWED_COLUMNS = ("unit", "unit_id", "number", "title", "period", "due")


# The shape and tone of a mark.
_BLOCKER_FORMS: Mapping[BlockerState, tuple[str, Tone]] = {
    "waiting": ("octagon", "late"),
    "answered": ("wave", "watch"),
    "solved": ("tick", "done"),
}
_RESULT_FORMS: Mapping[VerificationResult, tuple[str, Tone]] = {
    "agrees": ("tick", "done"),
    "partly": ("squares", "watch"),
    "disagrees": ("squares", "late"),
}


@dataclass(frozen=True, slots=True)
class InsideRow:
    """One line of an intranet list; `cells` follow the page's columns."""

    number: int
    task: Link
    mark: Mark
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InsidePage:
    frame: Frame
    head: Head
    lede: str
    columns: tuple[str, ...]
    rows: tuple[InsideRow, ...]
    downloads: tuple[Link, ...]


def inside_pages(derived: Derived) -> tuple[Page, ...]:
    internal = derived.record.internal
    if internal is None:
        return ()
    return tuple(
        page
        for year in derived.years
        for page in (
            _blockers(derived, year),
            _verifications(derived, year, internal),
            *_owed(derived, year),
            *_waiting(derived, year, internal),
        )
    )


def _blockers(derived: Derived, year: DerivedYear) -> HtmlPage:
    own = sorted(
        known_blockers(derived.record, year.ledger.year, year.as_of),
        key=lambda b: (b.state == "solved", b.since, b.id),
    )
    links = {one.task.number: task_link(year, one) for one in year.tasks}
    rows = tuple(
        InsideRow(
            b.task,
            links[b.task],
            Mark(words.BLOCKER[b.state], *_BLOCKER_FORMS[b.state]),
            (b.text, b.raised_by, b.needs, b.since.isoformat(), b.answer or ""),
        )
        for b in own
    )
    waiting = sum(b.state == "waiting" for b in own)
    lede = ngettext(
        "{n} blocker, {waiting} waiting for an answer. Those that have waited longest come first.",
        "{n} blockers, {waiting} waiting for an answer. Those that have waited longest come first.",
        len(own),
        waiting=waiting,
    )
    columns = (
        pgettext("column", "What is blocked"),
        pgettext("column", "Raised by"),
        pgettext("column", "Needs"),
        pgettext("column", "Since"),
        pgettext("column", "Answer"),
    )
    address = addresses.blockers(year.ledger.year)
    return _intranet_page(derived, year, address, gettext("Blockers"), lede, columns, rows)


def _verifications(derived: Derived, year: DerivedYear, internal: Internal) -> HtmlPage:
    own = sorted(
        # Records after the day of the data are not shown, as on task pages.
        (i for i in internal.inspections if i.year == year.ledger.year and i.on <= year.as_of),
        key=lambda i: (-i.on.toordinal(), i.id),
    )
    links = {one.task.number: task_link(year, one) for one in year.tasks}
    rows = tuple(
        InsideRow(
            i.task,
            links[i.task],
            Mark(words.RESULT[i.result], *_RESULT_FORMS[i.result]),
            (i.on.isoformat(), words.METHOD[i.method], _found(i), i.by or "", _publicity(i)),
        )
        for i in own
    )
    wrong = sum(i.result != "agrees" for i in own)
    lede = ngettext(
        "{n} inspection, {wrong} of which does not fully agree with the reports.",
        "{n} inspections, {wrong} of which do not fully agree with the reports.",
        len(own),
        wrong=wrong,
    )
    columns = (
        pgettext("column", "Day"),
        pgettext("column", "How"),
        pgettext("column", "What was found"),
        pgettext("column", "By whom"),
        pgettext("column", "Public or not"),
    )
    address = addresses.verifications(year.ledger.year)
    return _intranet_page(derived, year, address, gettext("Inspections"), lede, columns, rows)


def _found(inspection: Inspection) -> str:
    numbers = join_clauses(_difference(one) for one in inspection.differs)
    return join_sentences(inspection.found, numbers)


def _difference(one: Difference) -> str:
    reported, found, off = (
        f"{words.quantity(value)}{one.unit}"
        for value in (one.reported, one.found, one.found - one.reported)
    )
    return gettext(
        "{name}: reported {reported}, found {found}, off by {difference}",
        name=one.name,
        reported=reported,
        found=found,
        difference=off,
    )


def _publicity(inspection: Inspection) -> str:
    return gettext("Public") if inspection.of else gettext("Not public")


def _owed(derived: Derived, year: DerivedYear) -> tuple[Page, ...]:
    """Reports missing on the day: a page, and the same data as CSV and JSON for mailing."""
    if year.ledger.reporting == "none":
        return ()
    of = year.ledger.year
    address = addresses.owed(of)
    pairs = [(one, owed) for one in year.tasks for owed in one.standing.owed]
    pairs.sort(key=lambda pair: (pair[1].unit.id, pair[0].task.number, pair[1].period.name))
    rows = tuple(
        InsideRow(
            one.task.number,
            task_link(year, one),
            Mark(gettext("Not reported"), "dashed-circle", "mute"),
            (
                owed.unit.name,
                words.period(owed.period.name),
                owed.period.due.isoformat(),
            ),
        )
        for one, owed in pairs
    )
    units = len({owed.unit.id for _, owed in pairs})
    lede = ngettext(
        "{units} units owe {n} report. No report does not mean that nothing was started.",
        "{units} units owe {n} reports. No report does not mean that nothing was started.",
        len(pairs),
        units=units,
    )
    columns = (
        pgettext("column", "Unit"),
        pgettext("column", "Period"),
        pgettext("column", "Report due"),
    )
    links = (
        Link("CSV", addresses.owed(of, "owed.csv")),
        Link("JSON", addresses.owed(of, "owed.json")),
    )
    table = [
        (
            owed.unit.name,
            owed.unit.id,
            one.task.number,
            one.task.title,
            owed.period.name,
            owed.period.due,
        )
        for one, owed in pairs
    ]
    facts = (f"{of}/records",)
    objects: list[Json] = [
        dict(zip(OWED_COLUMNS, (str(cell) for cell in row), strict=True)) for row in table
    ]
    whole: Json = {"ledger": of, "as_of": year.as_of.isoformat(), "owed": objects}
    return (
        _intranet_page(derived, year, address, gettext("Reports owed"), lede, columns, rows, links),
        FilePage(addresses.owed(of, "owed.csv"), csv_text(OWED_COLUMNS, table), facts),
        FilePage(addresses.owed(of, "owed.json"), json_text(whole), facts),
    )


def _waiting(derived: Derived, year: DerivedYear, internal: Internal) -> tuple[Page, ...]:
    """Records of every kind that wait for review, with the outstanding steps."""
    of = year.ledger.year
    if of not in internal.reviewing:
        return ()
    own = [seal for seal in internal.seals if seal.year == of and seal.state in ("pending", "void")]
    own.sort(key=lambda seal: (seal.state != "void", seal.task or 0))
    links = {one.task.number: task_link(year, one) for one in year.tasks}
    marks = {
        "pending": Mark(SEALS["pending"], "dashed-page", "mute"),
        "void": Mark(SEALS["void"], "octagon", "watch"),
    }
    rows = tuple(
        InsideRow(
            seal.task or 0,
            links[seal.task] if seal.task else Link(gettext("The notice"), addresses.notice(of)),
            marks[seal.state],
            (
                words.REVIEWED[seal.kind],
                seal.subject,
                join_list(words.step_names(seal.left)) or gettext("A new review"),
            ),
        )
        for seal in own
    )
    void = sum(seal.state == "void" for seal in own)
    lede = ngettext(
        "{n} record is not public yet: {waiting} waiting for review, {void} for a new review.",
        "{n} records are not public yet: {waiting} waiting for review, {void} for a new review.",
        len(own),
        waiting=len(own) - void,
        void=void,
    )
    columns = (
        pgettext("column", "Kind"),
        pgettext("column", "Record"),
        pgettext("column", "Still needs"),
    )
    title = gettext("Waiting for review")
    return (_intranet_page(derived, year, addresses.reviews(of), title, lede, columns, rows),)


def _intranet_page(
    derived: Derived,
    year: DerivedYear,
    address: str,
    title: str,
    lede: str,
    columns: tuple[str, ...],
    rows: tuple[InsideRow, ...],
    downloads: tuple[Link, ...] = (),
) -> HtmlPage:
    this = InsidePage(
        frame_of(derived, year),
        head_of(derived, address, title, lede, "inside"),
        lede,
        columns,
        rows,
        downloads,
    )
    return HtmlPage(address, "inside.html", this, (f"{year.ledger.year}/internal",))
