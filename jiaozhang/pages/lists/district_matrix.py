"""各区与任务: which task names which district, what records write of it, and its figures.

Records are not counted against each other: that one district is written of more often than
another says how much was published, not how much was done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.ledger.events import Note
from jiaozhang.ledger.public import District
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.page import Link
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import Labels, mark

# How a task and a district meet: the notice names its government and a record writes of it, only
# the one, only the other, or neither.
Meeting = Literal["both", "named", "recorded", "none"]
MEETING: Mapping[Meeting, str] = Labels(
    {
        "both": mark("Named, and a record speaks of it"),
        "named": mark("Named, no record that speaks of it"),
        "recorded": mark("Not named, but a record speaks of it"),
        "none": "",
    }
)


@dataclass(frozen=True, slots=True)
class MatrixCell:
    meeting: Meeting
    word: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    district: Link
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class DistrictMatrix:
    """Districts by tasks; `tasks` are those that name some district or have a record of one, and
    `key` are the meetings that are drawn.
    """

    tasks: tuple[Link, ...]
    rows: tuple[MatrixRow, ...]
    key: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class DistrictFigure:
    """A figure that a record gives for a district; `day` sorts, `on` is read."""

    district: Link
    value: str
    unit: str
    name: str
    period: str
    task: Link
    number: int
    who: str
    on: str
    day: str
    url: str


def matrix_of(derived: Derived, year: DerivedYear) -> DistrictMatrix | None:
    """Build the matrix of a year; None if no task names a district and no record speaks of one."""
    named = {
        (one.task.number, tie.district.name)
        for one in year.tasks
        for tie in one.ties
        if tie.way == "named"
    }
    recorded = {(note.task, note.district) for note in year.progress.notes if note.district}
    numbers = {number for number, _ in (*named, *recorded)}
    tasks = [one for one in year.tasks if one.task.number in numbers]
    if not tasks:
        return None

    def cell(one: DerivedTask, district: District) -> MatrixCell:
        at = (one.task.number, district.name)
        meeting = _meeting(at in named, at in recorded)
        return MatrixCell(meeting, MEETING[meeting] if meeting != "none" else "")

    rows = tuple(
        MatrixRow(
            Link(district.name, addresses.district(year.ledger.year, district.id)),
            tuple(cell(one, district) for one in tasks),
        )
        for district in derived.record.districts
    )
    drawn = {cell.meeting for row in rows for cell in row.cells}
    return DistrictMatrix(
        tuple(
            Link(str(one.task.number), addresses.task(year.ledger.year, one.task.number))
            for one in tasks
        ),
        rows,
        tuple(MatrixCell(one, MEETING[one]) for one in MEETING if one in drawn and one != "none"),
    )


def _meeting(is_named: bool, is_recorded: bool) -> Meeting:
    if is_named:
        return "both" if is_recorded else "named"
    return "recorded" if is_recorded else "none"


def figures_of(derived: Derived, year: DerivedYear) -> tuple[DistrictFigure, ...]:
    """Every figure that a record gives for a district: by district, then task, the newest first."""
    return tuple(
        figure
        for district in derived.record.districts
        for one in year.tasks
        for figure in _figures_of_task(year, one, district)
    )


def _figures_of_task(
    year: DerivedYear, one: DerivedTask, district: District
) -> Iterator[DistrictFigure]:
    of = year.ledger.year
    notes = [note for note in one.own.notes if note.district == district.name]
    for note in sorted(notes, key=lambda note: note.on, reverse=True):
        address = f"{addresses.task(of, note.task)}#{note.id}"
        for figure in note.figures:
            yield DistrictFigure(
                district=Link(district.name, addresses.district(of, district.id)),
                value=words.quantity(figure.value),
                unit=figure.unit,
                name=figure.name,
                period=figure.period,
                task=Link(one.task.title, address),
                number=note.task,
                who=_who(note),
                on=words.day_or_month(note.on_text),
                day=note.on.isoformat(),
                url=(note.source.url or "") if note.source else "",
            )


def _who(note: Note) -> str:
    return note.source.publisher if note.source else note.unit or ""
