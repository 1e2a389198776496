"""各区: one card each, and a page that keeps apart how the notice reaches a district.

点名 (its government is printed), 经由各区 (a group whose list holds it), 功能区 (a zone that lies
in it). A place name inside a text counts for nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.duties import DutyWay, Tie
from jiaozhang.ledger.public import District
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.alternates import feed_of
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link
from jiaozhang.pages.core.task_rows import (
    TaskTable,
    task_facts,
    task_link,
    task_table,
)
from jiaozhang.pages.core.timeline import entries_of
from jiaozhang.pages.core.timeline_entry import TimelineEntry
from jiaozhang.pages.lists.district_matrix import (
    DistrictFigure,
    DistrictMatrix,
    figures_of,
    matrix_of,
)
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, ngettext
from jiaozhang.wording.joining import join_clauses, sentence


@dataclass(frozen=True, slots=True)
class DistrictCard:
    district: Link
    code: str
    named: int
    via: int
    zone: int


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A group that may hold the district: the notice does not say."""

    group: str
    tasks: tuple[tuple[int, Link], ...]


@dataclass(frozen=True, slots=True)
class Districts:
    frame: Frame
    head: Head
    lede: str
    cards: tuple[DistrictCard, ...]
    tiles: tuple[tuple[DistrictCard | None, ...], ...]
    matrix: DistrictMatrix | None
    figures: tuple[DistrictFigure, ...]


@dataclass(frozen=True, slots=True)
class DistrictPage:
    frame: Frame
    head: Head
    code: str
    lede: str
    figures: tuple[DistrictFigure, ...]
    tables: tuple[TaskTable, ...]
    unlisted: tuple[Unlisted, ...]
    records: tuple[TimelineEntry, ...]
    downloads: tuple[Link, ...]
    government: tuple[Link, ...]


def district_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(page for year in derived.years for page in _district_pages_of_year(derived, year))


def district_cards(derived: Derived, year: DerivedYear) -> tuple[DistrictCard, ...]:
    """A card for every district, in the order of its GB/T 2260 code."""
    return tuple(_card(year, district) for district in derived.record.districts)


def unlisted_groups(
    derived: Derived, year: DerivedYear
) -> tuple[tuple[str, tuple[DerivedTask, ...]], ...]:
    """The groups of districts whose members nobody has listed, with their tasks."""
    groups = [
        unit
        for unit in derived.record.units
        if unit.kind == "group" and unit.member_kind == "districts" and unit.members is None
    ]
    found = (
        (group.name, tuple(t for t in year.tasks if any(d.unit == group for d in t.duties)))
        for group in groups
    )
    return tuple((name, tasks) for name, tasks in found if tasks)


def _district_pages_of_year(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    of = year.ledger.year
    address = addresses.districts(of)
    cards = district_cards(derived, year)
    if not cards:
        return ()
    named = sum(card.named > 0 for card in cards)
    lede = ngettext(
        "Of {n} district, the notice names {named}. Being named, being reached through a "
        "group, and development zones are counted apart.",
        "Of {n} districts, the notice names {named}. Being named, being reached through a "
        "group, and development zones are counted apart.",
        len(cards),
        named=named,
    )
    index = Districts(
        frame_of(derived, year),
        head_of(derived, address, gettext("Districts"), lede, "districts"),
        lede,
        cards,
        _tiles(derived, cards),
        matrix_of(derived, year),
        figures_of(derived, year),
    )
    pages = tuple(_district_page(derived, year, district) for district in derived.record.districts)
    return (HtmlPage(address, "districts.html", index, ("districts", f"{of}/tasks")), *pages)


def _district_page(derived: Derived, year: DerivedYear, district: District) -> HtmlPage:
    of = year.ledger.year
    address = addresses.district(of, district.id)
    named = _tied(year, district, "named")
    zone = _tied(year, district, "zone")
    tables = [
        task_table(
            derived.record.site,
            year,
            "named",
            gettext("Named"),
            gettext(
                "The notice names the people's government of {district} as a responsible unit.",
                district=district.name,
            ),
            named,
        ),
        *_group_tables(derived, year, district),
        task_table(
            derived.record.site,
            year,
            "zone",
            gettext("Development zones"),
            gettext(
                "The responsible unit is a development zone that lies in {district}; it is not "
                "part of the counts above.",
                district=district.name,
            ),
            zone,
        ),
    ]
    lede = _district_lede(year, district, named, zone)
    this = DistrictPage(
        frame=frame_of(derived, year),
        head=head_of(
            derived,
            address,
            district.name,
            lede,
            "districts",
            Link(gettext("Districts"), addresses.districts(of)),
            alternates=(feed_of(derived.record.site, of, address, district.name),),
        ),
        code=district.code or "",
        lede=lede,
        figures=tuple(
            figure for figure in figures_of(derived, year) if figure.district.text == district.name
        ),
        tables=tuple(table for table in tables if table.rows),
        unlisted=_unlisted(derived, year),
        records=_records(derived, year, district),
        downloads=(
            Link(gettext("Calendar (iCalendar)"), addresses.calendar(address)),
            Link(gettext("Feed (Atom)"), addresses.feed(address)),
        ),
        government=tuple(
            Link(unit.name, addresses.unit(of, unit.id))
            for unit in derived.record.units
            if unit.district == district.name
            and any(d.unit == unit for task in year.tasks for d in task.duties)
        ),
    )
    facts = (f"district/{district.id}", *task_facts(year, [*named, *zone]))
    return HtmlPage(address, "district.html", this, facts)


def _records(derived: Derived, year: DerivedYear, district: District) -> tuple[TimelineEntry, ...]:
    """The records that speak of a district. To be spoken of is no responsibility."""
    ids = {(n.task, n.id) for n in year.progress.notes if n.district == district.name}
    numbers = {number for number, _ in ids}
    found = (
        entry
        for one in year.tasks
        if one.task.number in numbers
        for entry in entries_of(derived, year, one)
        if (one.task.number, entry.id) in ids
    )
    return tuple(sorted(found, key=lambda entry: entry.on, reverse=True))


def _tiles(
    derived: Derived, cards: tuple[DistrictCard, ...]
) -> tuple[tuple[DistrictCard | None, ...], ...]:
    """The cards in rows and columns of rough directions; empty without places for them."""
    pairs = zip(derived.record.districts, cards, strict=True)
    at = {district.tile: card for district, card in pairs if district.tile}
    columns, rows = (max((tile[axis] for tile in at), default=0) for axis in (0, 1))
    return tuple(
        tuple(at.get((column, row)) for column in range(1, columns + 1))
        for row in range(1, rows + 1)
    )


def _card(year: DerivedYear, district: District) -> DistrictCard:
    return DistrictCard(
        Link(district.name, addresses.district(year.ledger.year, district.id)),
        district.code or "",
        len(_tied(year, district, "named")),
        len(_tied(year, district, "group")),
        len(_tied(year, district, "zone")),
    )


def _tied(year: DerivedYear, district: District, way: DutyWay) -> tuple[DerivedTask, ...]:
    return tuple(
        task
        for task in year.tasks
        if any(tie.way == way and tie.district == district for tie in task.ties)
    )


def _group_tables(derived: Derived, year: DerivedYear, district: District) -> list[TaskTable]:
    tables = []
    for group in dict.fromkeys(tie.duty.via for tie in _ties(year, district) if tie.duty.via):
        tasks = [
            task
            for task in year.tasks
            if any(t.duty.via == group and t.district == district for t in task.ties)
        ]
        rule = gettext(
            "The notice names “{group}” as responsible, which includes this district.",
            group=group.name,
        )
        name = words.through(group.name)
        tables.append(task_table(derived.record.site, year, f"via-{group.id}", name, rule, tasks))
    return tables


def _ties(year: DerivedYear, district: District) -> list[Tie]:
    return [tie for task in year.tasks for tie in task.ties if tie.district == district]


def _district_lede(
    year: DerivedYear,
    district: District,
    named: tuple[DerivedTask, ...],
    zone: tuple[DerivedTask, ...],
) -> str:
    parts = [_named_tasks(year, district, named)]
    groups: dict[str, int] = {}
    for tie in _ties(year, district):
        if tie.duty.via:
            groups[tie.duty.via.name] = groups.get(tie.duty.via.name, 0) + 1
    parts += [_reached(name, count, bool(named)) for name, count in groups.items()]
    if zone:
        parts.append(
            ngettext(
                "{n} task of development zones that lie in it",
                "{n} tasks of development zones that lie in it",
                len(zone),
            )
        )
    return sentence(join_clauses(parts))


def _reached(group: str, count: int, is_named: bool) -> str:
    if is_named:
        return ngettext(
            "{n} more task through “{group}”",
            "{n} more tasks through “{group}”",
            count,
            group=group,
        )
    return ngettext("{n} task through “{group}”", "{n} tasks through “{group}”", count, group=group)


def _named_tasks(year: DerivedYear, district: District, named: tuple[DerivedTask, ...]) -> str:
    if not named:
        return gettext("The notice does not name it")
    roles = Counter(tie.duty.role for tie in _ties(year, district) if tie.way == "named")
    if set(roles) == {"support"}:
        return ngettext(
            "The notice names it for {n} task, which it supports",
            "The notice names it for {n} tasks, all of which it supports",
            len(named),
        )
    return ngettext(
        "The notice names it for {n} task: {duties}",
        "The notice names it for {n} tasks: {duties}",
        len(named),
        duties=words.duties(roles),
    )


def _unlisted(derived: Derived, year: DerivedYear) -> tuple[Unlisted, ...]:
    return tuple(
        Unlisted(name, tuple((task.task.number, task_link(year, task)) for task in tasks))
        for name, tasks in unlisted_groups(derived, year)
    )
