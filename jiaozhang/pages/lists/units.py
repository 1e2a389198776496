"""责任单位: the list by kind, and a page for each: what it leads, shares and supports.

Leading, sharing and supporting are counted apart and never added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.duties import Role, units_by_name
from jiaozhang.derive.rollup import tasks_by_unit
from jiaozhang.ledger.public import Person, Unit, UnitKind
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.alternates import feed_of, markdown_of
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link, Page
from jiaozhang.pages.core.page_code import page_codes
from jiaozhang.pages.core.task_rows import TaskTable, task_facts, task_table
from jiaozhang.pages.lists.overview import Overview, overview_of
from jiaozhang.pages.lists.paper_sheet import PaperSheet, sheet_of
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, ngettext
from jiaozhang.wording.joining import join_list, join_sentences, labelled


@dataclass(frozen=True, slots=True)
class UnitRow:
    unit: Link
    full_name: str
    lead: int
    joint: int
    support: int
    via: int


@dataclass(frozen=True, slots=True)
class UnitGroup:
    kind: str
    rows: tuple[UnitRow, ...]


@dataclass(frozen=True, slots=True)
class Units:
    frame: Frame
    head: Head
    lede: str
    groups: tuple[UnitGroup, ...]


@dataclass(frozen=True, slots=True)
class UnitPage:
    frame: Frame
    head: Head
    full_name: str
    kind: str
    aliases: str
    lede: str
    overview: Overview
    sheet: PaperSheet
    tables: tuple[TaskTable, ...]
    district: Link | None
    members: tuple[Link, ...]
    members_note: str
    persons: tuple[Person, ...]
    downloads: tuple[Link, ...]


def unit_pages(derived: Derived) -> tuple[Page, ...]:
    """The pages of every year, each with the code that stands on its sheet of paper."""
    pages = tuple(page for year in derived.years for page in _unit_pages_of_year(derived, year))
    sheets = (page for page in pages if not addresses.is_list(page.address))
    return (*pages, *(code for page in sheets for code in page_codes(derived, page.address)))


def unit_rows(derived: Derived, year: DerivedYear) -> tuple[UnitRow, ...]:
    """Every unit that answers for a task of the year, in the order of the registry."""
    tasks = tasks_by_unit(year)
    units = (unit for unit in derived.record.units if unit in tasks)
    return tuple(_unit_row(year, unit, tasks[unit]) for unit in units)


def _unit_pages_of_year(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    of = year.ledger.year
    address = addresses.units(of)
    tasks = tasks_by_unit(year)
    active = [unit for unit in derived.record.units if unit in tasks]
    kinds: dict[UnitKind, list[Unit]] = {}
    for unit in active:
        kinds.setdefault(unit.kind, []).append(unit)
    reached = sum(not _is_printed(tasks[unit], unit) for unit in active)
    lede = _units_lede(len(active) - reached, reached)
    index = Units(
        frame_of(derived, year),
        head_of(derived, address, gettext("Responsible units"), lede, "units"),
        lede,
        tuple(
            UnitGroup(words.UNIT_KIND[kind], tuple(_unit_row(year, u, tasks[u]) for u in units))
            for kind, units in kinds.items()
        ),
    )
    pages = tuple(_unit_page(derived, year, unit, tasks[unit]) for unit in active)
    return (HtmlPage(address, "units.html", index, ("units", f"{of}/tasks")), *pages)


def _unit_page(
    derived: Derived, year: DerivedYear, unit: Unit, tasks: Sequence[DerivedTask]
) -> HtmlPage:
    of = year.ledger.year
    address = addresses.unit(of, unit.id)
    row = _unit_row(year, unit, tasks)
    tables = [
        task_table(
            derived.record.site,
            year,
            role,
            words.ROLE[role],
            _rule(role),
            _in_role(tasks, unit, role),
            unit,
        )
        for role in ("lead", "joint", "support")
    ]
    tables += [
        task_table(
            derived.record.site,
            year,
            f"via-{group.id}",
            words.through(group.name),
            gettext(
                "The notice names “{group}” as responsible, which includes this unit.",
                group=group.name,
            ),
            _through(tasks, unit, group),
            unit,
        )
        for group in _groups_reaching(tasks, unit)
    ]
    lede = join_sentences(*_unit_lede(row, unit))
    own, counted = _answered_for(tasks, unit)
    overview = overview_of(derived, year, own, counted)
    this = UnitPage(
        frame=frame_of(derived, year),
        head=head_of(
            derived,
            address,
            unit.name,
            join_sentences(lede, overview.summary),
            "units",
            Link(gettext("Responsible units"), addresses.units(of)),
            alternates=(
                feed_of(derived.record.site, of, address, unit.name),
                markdown_of(address),
            ),
        ),
        full_name=unit.full_name,
        kind=words.UNIT_KIND[unit.kind],
        aliases=join_list(unit.aliases),
        lede=lede,
        overview=overview,
        sheet=sheet_of(
            derived,
            year,
            overview,
            own,
            address=address,
            kind=gettext("A unit on one sheet"),
            heading=counted,
            common=next((table.common for table in tables if table.common), ""),
            others=_others(tables, own),
        ),
        tables=tuple(table for table in tables if table.rows),
        district=_district(derived, of, unit),
        members=_members(derived, year, unit),
        members_note=_members_note(unit),
        persons=_persons(derived, year, unit),
        downloads=(
            Link("Excel", addresses.workbook(address)),
            Link(gettext("Calendar (iCalendar)"), addresses.calendar(address)),
            Link(gettext("Feed (Atom)"), addresses.feed(address)),
        ),
    )
    facts = (f"unit/{unit.id}", *task_facts(year, tasks))
    return HtmlPage(address, "unit.html", this, facts)


def _unit_row(year: DerivedYear, unit: Unit, tasks: Sequence[DerivedTask]) -> UnitRow:
    # A task that two groups reach is one task, here and in the district's card.
    printed = {role: len(_in_role(tasks, unit, role)) for role in ("lead", "joint", "support")}
    reached = [t for t in tasks if any(d.unit.id == unit.id and d.via for d in t.duties)]
    return UnitRow(
        unit=Link(unit.name, addresses.unit(year.ledger.year, unit.id)),
        full_name=unit.full_name,
        lead=printed["lead"],
        joint=printed["joint"],
        support=printed["support"],
        via=len(reached),
    )


def _answered_for(tasks: Sequence[DerivedTask], unit: Unit) -> tuple[Sequence[DerivedTask], str]:
    """The tasks by which a unit is known, and in which role: those it leads or shares, else all."""
    lead, joint = _in_role(tasks, unit, "lead"), _in_role(tasks, unit, "joint")
    own = [task for task in tasks if task in lead or task in joint]
    if not own:
        return tasks, ngettext("Supports {n} task", "Supports {n} tasks", len(tasks))
    if lead and joint:
        return own, ngettext("Leads or shares {n} task", "Leads or shares {n} tasks", len(own))
    if lead:
        return own, ngettext("Leads {n} task", "Leads {n} tasks", len(own))
    return own, ngettext("Shares {n} task", "Shares {n} tasks", len(own))


def _others(tables: Iterable[TaskTable], own: Sequence[DerivedTask]) -> tuple[str, ...]:
    """The lists of a unit that do not stand on its sheet row by row, each in a line of numbers."""
    shown = {one.task.number for one in own}
    lists = (table for table in tables if not shown.issuperset(row.number for row in table.rows))
    return tuple(
        labelled(table.heading, join_list(str(row.number) for row in table.rows)) for table in lists
    )


def _in_role(tasks: Sequence[DerivedTask], unit: Unit, role: Role) -> list[DerivedTask]:
    return [
        task
        for task in tasks
        if any(d.unit.id == unit.id and d.role == role and d.via is None for d in task.duties)
    ]


def _through(tasks: Sequence[DerivedTask], unit: Unit, group: Unit) -> list[DerivedTask]:
    return [
        task for task in tasks if any(d.unit.id == unit.id and d.via == group for d in task.duties)
    ]


def _groups_reaching(tasks: Sequence[DerivedTask], unit: Unit) -> tuple[Unit, ...]:
    groups = {
        duty.via.id: duty.via
        for task in tasks
        for duty in task.duties
        if duty.unit.id == unit.id and duty.via
    }
    return tuple(groups.values())


def _is_printed(tasks: Sequence[DerivedTask], unit: Unit) -> bool:
    return any(
        duty.unit.id == unit.id and duty.via is None for task in tasks for duty in task.duties
    )


def _units_lede(printed: int, reached: int) -> str:
    """How many units the notice lists, and how many more it reaches through a group."""
    if not reached:
        return ngettext(
            "The notice lists {n} responsible unit.",
            "The notice lists {n} responsible units.",
            printed,
        )
    return ngettext(
        "The notice lists {n} responsible unit; {reached} more are responsible through a group.",
        "The notice lists {n} responsible units; {reached} more are responsible through a group.",
        printed,
        reached=reached,
    )


def _rule(role: Role) -> str:
    if role != "joint":
        return ""
    return gettext(
        "The text says “each according to its duties”; nobody is named as leading or supporting."
    )


def _unit_lede(row: UnitRow, unit: Unit) -> Iterator[str]:
    """What a unit answers for, sentence by sentence."""
    counts: Mapping[Role, int] = {"lead": row.lead, "joint": row.joint, "support": row.support}
    if any(counts.values()):
        yield gettext("This unit {duties}.", duties=words.duties(counts))
    else:
        yield gettext("The notice does not name it.")
    if row.via:
        yield ngettext(
            "{n} more task through a group.",
            "{n} more tasks through a group.",
            row.via,
        )
    if unit.kind == "group" and unit.members is None:
        yield gettext(
            "The notice does not list the units that it includes; this site does not assume any."
        )


def _district(derived: Derived, of: int, unit: Unit) -> Link | None:
    found = next((d for d in derived.record.districts if d.name == unit.district), None)
    return Link(found.name, addresses.district(of, found.id)) if found else None


def _members(derived: Derived, year: DerivedYear, unit: Unit) -> tuple[Link, ...]:
    by_name = units_by_name(derived.record)
    return tuple(
        Link(name, addresses.unit(year.ledger.year, by_name[name].id))
        for name in unit.members or ()
    )


def _members_note(unit: Unit) -> str:
    if unit.kind != "group":
        return ""
    if unit.members is None:
        return gettext(
            "The notice does not list the units that it includes; this site neither assumes nor "
            "counts any."
        )
    source, day = unit.members_source or "", unit.members_as_of
    return gettext("{source} ({day})", source=source, day=day.isoformat()) if day else source


def _persons(derived: Derived, year: DerivedYear, unit: Unit) -> tuple[Person, ...]:
    if derived.record.internal is None:
        return ()
    names = (unit.name, *unit.aliases)
    return tuple(
        person
        for person in derived.record.internal.persons
        if person.year == year.ledger.year and person.unit in names
    )
