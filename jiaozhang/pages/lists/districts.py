"""各区: one card each, and a page that keeps apart how the notice reaches a district.

点名 (its government is printed), 经由各区 (a group whose list holds it), 功能区 (a zone that lies
in it). A place name inside a text counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.duties import Tie, Way
from jiaozhang.ledger.public import District
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link
from jiaozhang.pages.core.task_rows import (
    TaskTable,
    counted_table,
    task_facts,
    task_link,
    task_table,
)
from jiaozhang.pages.core.timeline import entries_of
from jiaozhang.pages.core.timeline_entry import Entry


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


@dataclass(frozen=True, slots=True)
class DistrictPage:
    frame: Frame
    head: Head
    code: str
    lede: str
    tables: tuple[TaskTable, ...]
    unlisted: tuple[Unlisted, ...]
    records: tuple[Entry, ...]
    downloads: tuple[Link, ...]
    government: tuple[Link, ...]


def district_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(page for year in derived.years for page in _of_year(derived, year))


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


def _of_year(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    of = year.ledger.year
    address = addresses.districts(of)
    cards = district_cards(derived, year)
    if not cards:
        return ()
    named = sum(card.named > 0 for card in cards)
    lede = f"{len(cards)}个区里，文件点名{named}个。点名、经由合称、功能区三种写法分开计数。"
    index = Districts(
        frame_of(derived, year),
        head_of(derived, address, "各区", lede, "districts"),
        lede,
        cards,
    )
    pages = tuple(_page(derived, year, district) for district in derived.record.districts)
    return (HtmlPage(address, "districts.html", index, ("districts", f"{of}/tasks")), *pages)


def _page(derived: Derived, year: DerivedYear, district: District) -> HtmlPage:
    of = year.ledger.year
    address = addresses.district(of, district.id)
    named = _tied(year, district, "named")
    zone = _tied(year, district, "zone")
    tables = [
        counted_table(
            derived.record.site,
            year,
            "named",
            "点名",
            f"责任单位栏写明“{district.name}人民政府”。",
            named,
        ),
        *_group_tables(derived, year, district),
        task_table(
            derived.record.site,
            year,
            "zone",
            "功能区",
            f"责任单位是位于{district.name}的功能区，不并入上面的计数。",
            zone,
        ),
    ]
    lede = _lede(year, district, named, zone)
    this = DistrictPage(
        frame=frame_of(derived, year),
        head=head_of(
            derived,
            address,
            district.name,
            lede,
            "districts",
            Link("各区", addresses.districts(of)),
            feed=addresses.feed(address),
        ),
        code=district.code or "",
        lede=lede,
        tables=tuple(table for table in tables if table.rows),
        unlisted=_unlisted(derived, year),
        records=_records(derived, year, district),
        downloads=(
            Link("日历（iCalendar）", addresses.calendar(address)),
            Link("订阅（Atom）", addresses.feed(address)),
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


def _records(derived: Derived, year: DerivedYear, district: District) -> tuple[Entry, ...]:
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


def _card(year: DerivedYear, district: District) -> DistrictCard:
    return DistrictCard(
        Link(district.name, addresses.district(year.ledger.year, district.id)),
        district.code or "",
        len(_tied(year, district, "named")),
        len(_tied(year, district, "group")),
        len(_tied(year, district, "zone")),
    )


def _tied(year: DerivedYear, district: District, way: Way) -> tuple[DerivedTask, ...]:
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
        rule = f"责任单位栏写“{group.name}”，包括本区。"
        tables.append(
            task_table(
                derived.record.site, year, f"via-{group.id}", f"经由“{group.name}”", rule, tasks
            )
        )
    return tables


def _ties(year: DerivedYear, district: District) -> list[Tie]:
    return [tie for task in year.tasks for tie in task.ties if tie.district == district]


def _lede(
    year: DerivedYear,
    district: District,
    named: tuple[DerivedTask, ...],
    zone: tuple[DerivedTask, ...],
) -> str:
    parts = [_named(year, district, named)]
    groups: dict[str, int] = {}
    for tie in _ties(year, district):
        if tie.duty.via:
            groups[tie.duty.via.name] = groups.get(tie.duty.via.name, 0) + 1
    parts += [f"经由“{name}”{'另' if named else ''}有{count}项" for name, count in groups.items()]
    if zone:
        parts.append(f"位于本区的功能区有{len(zone)}项")
    return "；".join(parts) + "。"


def _named(year: DerivedYear, district: District, named: tuple[DerivedTask, ...]) -> str:
    if not named:
        return "文件没有点名"
    roles = [tie.duty.role for tie in _ties(year, district) if tie.way == "named"]
    if set(roles) == {"support"}:
        return f"文件点名{len(named)}项，都是配合"
    parts = [
        f"{word}{roles.count(role)}项"
        for role, word in (("lead", "牵头"), ("joint", "共同负责"), ("support", "配合"))
        if role in roles
    ]
    return f"文件点名{len(named)}项：" + "，".join(parts)


def _unlisted(derived: Derived, year: DerivedYear) -> tuple[Unlisted, ...]:
    return tuple(
        Unlisted(name, tuple((task.task.number, task_link(year, task)) for task in tasks))
        for name, tasks in unlisted_groups(derived, year)
    )
