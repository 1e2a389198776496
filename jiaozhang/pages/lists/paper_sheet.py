"""The page of a unit, leader or section on one A4 sheet: the same values, shorter, and in print.

What matters first comes first: figures beside targets, then every task with its finding in a line,
then the newest records. More tasks than a sheet has room for go on on the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.notice_words import cut
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.finding_view import finding_view
from jiaozhang.pages.core.marks import Mark, mark_of
from jiaozhang.pages.lists.overview import Overview
from jiaozhang.pages.lists.targets import TargetOfTask
from jiaozhang.wording import finding_sentences

# Heights in tenths of a millimetre, as in the style sheet: what is left of a sheet below its head
# and above its foot, and the lines in it.
ROOM = 2000
_RESULT, _RECORD, _OTHER = 80, 48, 40
_OTHER_CHARACTERS = 60
# A task with its text on two lines, or on one where there are many.
_WIDE, _DENSE = 104, 46
_MOST_WIDE = 13
_FEWEST_RECORDS, _MOST_RECORDS = 2, 6
# Characters of a record's text, and of a task's text and finding, on two lines or on one.
_RECORD_TEXT = 46
_TEXT, _FINDING = {False: 42, True: 25}, {False: 40, True: 28}


@dataclass(frozen=True, slots=True)
class SheetRow:
    number: int
    text: str
    finding: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class SheetRecord:
    day: str
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """`rows` are the tasks in order, `others` further ones in a line each: 配合2项：第3、5项.

    `results` and `newest` are as many as there is room for; `is_dense`: one line a task. `code` is
    the picture of the page's own address, empty where that is not known.
    """

    kind: str
    heading: str
    rows: tuple[SheetRow, ...]
    others: tuple[str, ...]
    results: tuple[TargetOfTask, ...]
    newest: tuple[SheetRecord, ...]
    common: str
    code: str
    is_dense: bool


def sheet_of(
    derived: Derived,
    year: DerivedYear,
    overview: Overview,
    tasks: Sequence[DerivedTask],
    *,
    address: str,
    kind: str,
    heading: str,
    common: str,
    others: tuple[str, ...] = (),
) -> PaperSheet:
    """Fit a page on a sheet; `common` is the deadline that its tasks share."""
    is_dense = len(tasks) > _MOST_WIDE
    lines = sum(-(-len(other) // _OTHER_CHARACTERS) for other in others)
    results, records = fitted(len(tasks), lines, len(overview.results), len(overview.newest))
    return PaperSheet(
        kind=kind,
        heading=heading,
        rows=tuple(_row(derived, year, one, is_dense=is_dense) for one in tasks),
        others=others,
        results=overview.results[:results],
        newest=tuple(
            SheetRecord(entry.day, cut(entry.brief, _RECORD_TEXT), entry.number)
            for entry in overview.newest[:records]
        ),
        common=common,
        code=addresses.code(address) if derived.record.site.base_url else "",
        is_dense=is_dense,
    )


def fitted(tasks: int, lines: int, results: int, records: int) -> tuple[int, int]:
    """How many results and records stand on a sheet with so many tasks and further lines.

    Some records always do; of the room that is left results come before more records.
    """
    height = _DENSE if tasks > _MOST_WIDE else _WIDE
    fewest = min(records, _FEWEST_RECORDS)
    left = ROOM - tasks * height - lines * _OTHER - fewest * _RECORD
    results = max(0, min(results, left // _RESULT))
    more = max(0, min(records, _MOST_RECORDS) - fewest)
    return results, fewest + max(0, min(more, (left - results * _RESULT) // _RECORD))


def _row(derived: Derived, year: DerivedYear, one: DerivedTask, *, is_dense: bool) -> SheetRow:
    view = finding_view(year.ledger.year, one.finding)
    finding = finding_sentences.brief(one.finding, _FINDING[is_dense])
    if year.ledger.reporting != "none":
        mark: Mark | None = mark_of(derived.record.site, one.standing.key)
    elif view.front:
        mark = view.front.mark
    else:
        mark = None if finding else view.nothing
    text = one.task.title if is_dense else one.task.text
    return SheetRow(one.task.number, cut(text, _TEXT[is_dense]), finding, mark)
