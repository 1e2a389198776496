"""Rules for the registries, and for names in tasks that refer to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.files.nearest import Known, nearest
from jiaozhang.files.yaml_tree import Document, ListNode, MapNode, Node, Scalar
from jiaozhang.ledger.filed import Filed, FiledLedger
from jiaozhang.ledger.public import Unit
from jiaozhang.read.registry_files import UNREAD_TILE

MOST_SUGGESTIONS = 20


def _identities_are_unique(filed: Filed) -> Iterator[Diagnostic]:
    for key, fields in _IDENTITIES:
        document = filed.documents.get(key)
        if document:
            for names in fields:
                yield from _repeated_entries(document, names)
    for ledger in filed.ledgers:
        yield from _repeated_persons(filed, ledger)


# Values that must be unique in a registry; names and aliases form one set.
_IDENTITIES = (
    ("units.yaml", (("slug",), ("name", "aliases"))),
    ("districts.yaml", (("slug",), ("code",), ("name",))),
    ("leaders.yaml", (("slug",), ("name",))),
    ("aliases.yaml", (("words",),)),
)


def _repeated_entries(document: Document, names: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Report entries that share a value, in file order, invalid ones included."""
    seen: set[str] = set()
    items = document.root.items if isinstance(document.root, ListNode) else ()
    for index, item in enumerate(items):
        nodes = (item.get(name) for name in names) if isinstance(item, MapNode) else ()
        own = [text for node in nodes if node for text in _texts(node)]
        for text in own:
            if text in seen:
                yield fault("duplicate-id", document.place(index), id=text)
        seen.update(own)


def _texts(node: Node) -> list[str]:
    if isinstance(node, Scalar):
        return [] if node.is_null else [node.text]
    return (
        [text for item in node.items for text in _texts(item)] if isinstance(node, ListNode) else []
    )


def _repeated_persons(filed: Filed, ledger: FiledLedger) -> Iterator[Diagnostic]:
    units = _units_by_name(filed)
    first: dict[str, str] = {}
    for key, person in ledger.persons:
        id_ = str(units[person.unit].id) if person.unit in units else person.unit
        if first.setdefault(id_, key) != key:
            first[id_] = key
            yield fault("duplicate-id", _place_of_entry(filed, key, "unit"), id=person.unit)


def _units_are_consistent(filed: Filed) -> Iterator[Diagnostic]:
    known = Known(_units_by_name(filed))
    districts = Known(district.name for district in filed.districts)
    for index, unit in zip(_maps_of(filed, "units.yaml"), filed.units, strict=True):
        if unit.district and unit.district not in districts:
            way = ("units.yaml", index, "district")
            yield _unknown(filed, "district", unit.district, districts, *way)
        if unit.kind == "district" and not unit.district:
            place = _place_of_entry(filed, "units.yaml", index)
            yield fault("kind-needs", place, kind="district", name=unit.name, field="district")
        if unit.kind == "group" and not unit.member_kind:
            place = _place_of_entry(filed, "units.yaml", index)
            yield fault("kind-needs", place, kind="group", name=unit.name, field="member_kind")
        if unit.members and not (unit.members_as_of and unit.members_source):
            place = _place_of_entry(filed, "units.yaml", index, "members")
            yield fault("members-unsourced", place, name=unit.name)
        for at, member in enumerate(unit.members or ()):
            if member not in known:
                yield _unknown(filed, "unit", member, known, "units.yaml", index, "members", at)


def _tiles_are_apart(filed: Filed) -> Iterator[Diagnostic]:
    """Report two districts on one tile, and districts without one where others have one."""
    first: dict[tuple[int, int], str] = {}
    has_tiles = any(district.tile for district in filed.districts)
    for index, district in zip(_maps_of(filed, "districts.yaml"), filed.districts, strict=True):
        if district.tile in first:
            place = _place_of_entry(filed, "districts.yaml", index, "tile")
            other = first[district.tile]
            yield fault("tile-taken", place, name=district.name, other=other)
        elif district.tile and district.tile != UNREAD_TILE:
            first[district.tile] = district.name
        elif has_tiles and not district.tile:
            place = _place_of_entry(filed, "districts.yaml", index)
            yield fault("tile-missing", place, name=district.name)


def _leaders_are_known(filed: Filed) -> Iterator[Diagnostic]:
    leaders = Known(leader.name for leader in filed.leaders)
    for task in (task for ledger in filed.ledgers for task in ledger.tasks):
        for at, name in enumerate(task.public.leaders):
            if name not in leaders:
                known = leaders if at < MOST_SUGGESTIONS else ()
                yield _unknown(filed, "leader", name, known, task.key, "leaders", at)


def _units_are_known(filed: Filed) -> Iterator[Diagnostic]:
    units = _units_by_name(filed)
    names = Known(units)
    for task in (task for ledger in filed.ledgers for task in ledger.tasks):
        first: dict[str, str] = {}
        for at, name in enumerate(task.public.units):
            if name not in units:
                # Finding the nearest name is slow, and a hundred suggestions are not useful.
                known = names if at < MOST_SUGGESTIONS else ()
                yield _unknown(filed, "unit", name, known, task.key, "units", at)
            elif units[name].id in first:
                place = _place_of_entry(filed, task.key, "units", at)
                yield fault("repeated-unit", place, given=name, first=first[units[name].id])
            else:
                first[units[name].id] = name
    people = {(key, p.unit) for ledger in filed.ledgers for key, p in ledger.persons}
    for key, name in sorted(people):
        if name not in units:
            yield _unknown(filed, "unit", name, names, key, "unit")


def _aliases_lead_somewhere(filed: Filed) -> Iterator[Diagnostic]:
    """Report everyday words for terms of no task: searching for them would find nothing."""
    said = "\n".join(
        text
        for ledger in filed.ledgers
        for task in ledger.tasks
        for text in (
            task.public.title,
            task.public.text,
            task.public.deadline,
            *task.public.units,
            *task.public.leaders,
        )
    )
    said += "\n".join(
        t.measure for x in filed.ledgers for task in x.tasks for t in task.public.targets
    )
    for index, alias in enumerate(filed.aliases):
        for at, given in enumerate(alias.means):
            if given not in said:
                place = _place_of_entry(filed, "aliases.yaml", index, "means", at)
                yield fault("alias-nowhere", place, given=given)


RULES = (
    _identities_are_unique,
    _units_are_consistent,
    _tiles_are_apart,
    _leaders_are_known,
    _units_are_known,
    _aliases_lead_somewhere,
)


def _maps_of(filed: Filed, key: str) -> tuple[int, ...]:
    """The indices of a registry's entries in its file: items that are no map are not counted."""
    document = filed.documents.get(key)
    items = document.root.items if document and isinstance(document.root, ListNode) else ()
    return tuple(at for at, item in enumerate(items) if isinstance(item, MapNode))


def _units_by_name(filed: Filed) -> Mapping[str, Unit]:
    return {name: unit for unit in filed.units for name in (unit.name, *unit.aliases)}


def _unknown(
    filed: Filed, kind: str, given: str, known: Iterable[str], key: str, *path: str | int
) -> Diagnostic:
    place = _place_of_entry(filed, key, *path)
    return fault(f"unknown-{kind}", place, given=given, nearest=nearest(given, known))


def _place_of_entry(filed: Filed, key: str, *path: str | int) -> Place:
    return filed.documents[key].place(*path)
