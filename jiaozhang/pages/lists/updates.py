"""最新进展: every record of a year, newest first; and what was corrected or taken back."""

from __future__ import annotations

from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.ledger.events import Correction
from jiaozhang.pages.core import addresses, corrections
from jiaozhang.pages.core.alternates import updates_feed
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link
from jiaozhang.pages.core.timeline import entries_of
from jiaozhang.pages.core.timeline_entry import TimelineEntry
from jiaozhang.pages.lists.record_calendar import MonthSheet, month_sheets
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, ngettext
from jiaozhang.wording.joining import quoted, sentence

MOST_ON_A_PAGE = 300


@dataclass(frozen=True, slots=True)
class Month:
    id: str
    heading: str
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True)
class Updates:
    frame: Frame
    head: Head
    lede: str
    feed: str
    sheets: tuple[MonthSheet, ...]
    months: tuple[Month, ...]
    previous: Link | None
    following: Link | None
    corrections: str


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    id: str
    kind: str
    day: str
    late: str
    of: Link | None
    wrong: str
    right: str
    part: str
    newer: Link | None
    reason: str
    decided: str


@dataclass(frozen=True, slots=True)
class Corrections:
    frame: Frame
    head: Head
    lede: str
    rows: tuple[CorrectionRow, ...]


def update_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(page for year in derived.years for page in _updates_pages_of_year(derived, year))


def all_entries(derived: Derived, year: DerivedYear) -> tuple[TimelineEntry, ...]:
    """The records of a year, newest first."""
    entries = [entry for one in year.tasks for entry in entries_of(derived, year, one)]
    return tuple(sorted(entries, key=lambda entry: (-entry.on.toordinal(), entry.number)))


def _updates_pages_of_year(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    entries = all_entries(derived, year)
    parts = [
        entries[at : at + MOST_ON_A_PAGE] for at in range(0, len(entries), MOST_ON_A_PAGE)
    ] or [()]
    pages = tuple(_updates_page(derived, year, parts, at) for at in range(1, len(parts) + 1))
    return (*pages, _corrections(derived, year))


def _updates_page(
    derived: Derived, year: DerivedYear, parts: list[tuple[TimelineEntry, ...]], at: int
) -> HtmlPage:
    site, of = derived.record.site, year.ledger.year
    address = addresses.updates(of, at)
    total = sum(len(part) for part in parts)
    title = (
        gettext("Latest progress") if at == 1 else gettext("Latest progress, page {page}", page=at)
    )
    lede = _updates_lede(total)
    months: dict[tuple[int, int], list[TimelineEntry]] = {}
    for entry in parts[at - 1]:
        months.setdefault((entry.on.year, entry.on.month), []).append(entry)
    this = Updates(
        frame_of(derived, year),
        head_of(derived, address, title, lede, "updates", alternates=(updates_feed(site, of),)),
        lede,
        addresses.feed(addresses.updates(of)),
        # A long year stands on several pages; its days are shown where all can be reached.
        month_sheets(parts[0], year.as_of) if len(parts) == 1 else (),
        tuple(
            Month(f"m{y}-{m:02}", words.month_of(y, m), tuple(own))
            for (y, m), own in months.items()
        ),
        _link(of, at - 1) if at > 1 else None,
        _link(of, at + 1) if at < len(parts) else None,
        addresses.corrections(of),
    )
    return HtmlPage(address, "updates.html", this, (f"{of}/records",))


def _updates_lede(total: int) -> str:
    if not total:
        return gettext("Nothing is on public record yet.")
    return ngettext(
        "{n} record.",
        "All {n} records, by the day that they speak of, newest first.",
        total,
    )


def _link(of: int, at: int) -> Link:
    return Link(gettext("Page {page}", page=at), addresses.updates(of, at))


def _corrections(derived: Derived, year: DerivedYear) -> HtmlPage:
    of = year.ledger.year
    address = addresses.corrections(of)
    own = tuple(reversed(year.corrections))
    lede = (
        ngettext(
            "What this site published and later corrected or withdrew: {n} case.",
            "What this site published and later corrected or withdrew: {n} cases.",
            len(own),
        )
        if own
        else gettext("Nothing that this site published has been corrected or withdrawn.")
    )
    this = Corrections(
        frame_of(derived, year),
        head_of(derived, address, gettext("Corrections and withdrawals"), lede, "updates"),
        lede,
        tuple(_correction_row(of, year, correction) for correction in own),
    )
    return HtmlPage(address, "corrections.html", this, (f"{of}/records",))


def _correction_row(of: int, year: DerivedYear, correction: Correction) -> CorrectionRow:
    one = next((t for t in year.tasks if t.task.number == correction.task), None)
    return CorrectionRow(
        id=correction.id,
        kind=words.CORRECTION[correction.kind],
        day=correction.on.isoformat(),
        late=corrections.late_mark(year, correction),
        of=corrections.corrected_record(year, one, correction) if one else None,
        wrong=correction.wrong or "",
        right=correction.right or "",
        part=quoted(correction.part) if correction.part else "",
        newer=corrections.newer_record(year, one, correction) if one else None,
        reason=correction.reason,
        decided=sentence(corrections.decided(correction)),
    )
