"""Parse the whole content: the path determines a file's kind; every file is parsed or reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TypeVar

from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.files.fields import Faults
from jiaozhang.files.source import Source, Tree
from jiaozhang.files.toml_tree import parse_toml
from jiaozhang.files.yaml_tree import NOTHING, Document, parse_yaml
from jiaozhang.ledger.filed import Filed, FiledLedger, FiledTask, Kept, LockLine, Unsettled
from jiaozhang.ledger.public import (
    Alias,
    District,
    Leader,
    Person,
    Redirect,
    TaskNumber,
    Unit,
    Year,
)
from jiaozhang.ledger.settings import Site
from jiaozhang.read.event_files import EVENT_FILES, read_events
from jiaozhang.read.file_kinds import FILE_KINDS, YEAR
from jiaozhang.read.front_matter import body_line, split_front
from jiaozhang.read.ledger_file import read_ledger, read_lock, read_persons
from jiaozhang.read.markdown_file import prose_faults
from jiaozhang.read.misnamed_files import Names, Route, unread_faults
from jiaozhang.read.note_file import attachments_of, read_note
from jiaozhang.read.redirects_file import read_redirects
from jiaozhang.read.registry_files import (
    Registered,
    read_aliases,
    read_districts,
    read_leaders,
    read_site,
    read_units,
)
from jiaozhang.read.single_records import PAPERS, Paper, read_paper
from jiaozhang.read.task_file import read_summary, read_task

T = TypeVar("T")
SITE = "site.toml"
# Path patterns of content files; site.toml is parsed before them.
ROUTES = tuple(Route(kind.pattern, kind.example) for kind in FILE_KINDS if kind.name != "site")
REGISTRIES = ("units.yaml", "districts.yaml", "leaders.yaml")


@dataclass
class _Reading:
    """Collects what was parsed, during one `read_content`."""

    documents: dict[str, Document] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    units: list[Registered[Unit]] = field(default_factory=list)
    districts: list[Registered[District]] = field(default_factory=list)
    leaders: list[Registered[Leader]] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    ledgers: dict[int, FiledLedger] = field(default_factory=dict)
    tasks: dict[int, list[FiledTask]] = field(default_factory=dict)
    notices: dict[int, str] = field(default_factory=dict)
    locks: dict[int, tuple[LockLine, ...]] = field(default_factory=dict)
    persons: dict[int, list[tuple[str, Person]]] = field(default_factory=dict)
    redirects: list[Redirect] = field(default_factory=list)
    internal_redirects: list[Redirect] = field(default_factory=list)
    kept: dict[int, list[Kept]] = field(default_factory=dict)
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    attached: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)


def read_content(tree: Tree, site: Source | None) -> tuple[Filed | None, tuple[Diagnostic, ...]]:
    """Parse a content tree and site.toml into the filed model, and return all faults.

    An unreadable site.toml or ledger.yaml is replaced by a stand-in. None is returned if there is
    no ledger of any year.
    """
    reading = _Reading(attachments=tree.attachments)
    _read_site(site, reading)
    for source in tree.sources.values():
        if source.key != SITE:
            _read_one(source, reading)
    for key in sorted(tree.refused):
        if re.fullmatch(rf"{YEAR}/ledger\.yaml", key):
            _ledger_of_nothing(Source(f"{tree.label}/{key}", key, ""), int(key[:4]), reading)
    unread = tuple(_unread(tree, reading))
    # A misnamed file is reported as such, and not also as missing.
    meant = {dict(one.facts).get("nearest", "").removeprefix(f"{tree.label}/") for one in unread}
    reading.faults += unread
    reading.faults += _missing(tree, {*tree.found, *meant})
    return _filed(reading), tuple(reading.faults)


def _read_site(site: Source | None, reading: _Reading) -> None:
    def read(document: Document, faults: Faults) -> None:
        reading.sites.extend(_just(read_site(document, faults)))

    if site is not None:
        _document(site, reading, parse_toml, read)
    if not reading.sites:
        _stand_in(site or Source(SITE, SITE, ""), reading, read)


def _missing(tree: Tree, there: Collection[str]) -> Iterator[Diagnostic]:
    place = Place(tree.label)
    for name in REGISTRIES:
        if name not in there:
            yield fault("no-registry", place, file=name)
    if not any(key.endswith("/ledger.yaml") for key in there):
        yield fault("no-ledger", place)
    else:
        yield from _years_without_ledger(tree.label, there)


def _years_without_ledger(label: str, there: Collection[str]) -> Iterator[Diagnostic]:
    """Year folders without ledger.yaml, whose tasks would otherwise be ignored silently."""
    for year in sorted({key.partition("/")[0] for key in there}):
        if re.fullmatch(YEAR, year) and f"{year}/ledger.yaml" not in there:
            yield fault("year-without-ledger", Place(f"{label}/{year}"), year=year)


def _read_one(source: Source, reading: _Reading) -> None:
    for kind in FILE_KINDS:
        found = re.fullmatch(kind.pattern, source.key)
        if found:
            numbers = [int(part) for part in found.groups() if part.isdigit()]
            _READERS[kind.name](source, numbers, reading)
            return
    reading.unread.append(source.key)


def _unread(tree: Tree, reading: _Reading) -> Iterator[Diagnostic]:
    years = sorted({key[:4] for key in tree.found if re.fullmatch(rf"{YEAR}/ledger\.yaml", key)})
    units = [entry.value for entry in reading.units]
    slugs = {name: unit.id for unit in units for name in (unit.name, *unit.aliases)}
    return unread_faults(tree, reading.unread, reading.attached, Names(ROUTES, years, slugs))


def _stand_in(source: Source, reading: _Reading, read: Callable[[Document, Faults], None]) -> None:
    """Parse an empty document instead of an unreadable one, without reporting further faults."""
    document = Document(source, NOTHING)
    reading.documents[source.key] = document
    read(document, Faults(document))


def _document(
    source: Source,
    reading: _Reading,
    parse: Callable[[Source], tuple[Document | None, tuple[Diagnostic, ...]]],
    read: Callable[[Document, Faults], None],
) -> None:
    document, found = parse(source)
    reading.faults += found
    if document:
        reading.documents[source.key] = document
        faults = Faults(document)
        read(document, faults)
        reading.faults += faults.found


def _units(source: Source, _: list[int], reading: _Reading) -> None:
    _document(source, reading, parse_yaml, lambda d, f: reading.units.extend(read_units(d, f)))


def _districts(source: Source, _: list[int], reading: _Reading) -> None:
    _document(
        source, reading, parse_yaml, lambda d, f: reading.districts.extend(read_districts(d, f))
    )


def _leaders(source: Source, _: list[int], reading: _Reading) -> None:
    _document(source, reading, parse_yaml, lambda d, f: reading.leaders.extend(read_leaders(d, f)))


def _aliases(source: Source, _: list[int], reading: _Reading) -> None:
    _document(source, reading, parse_yaml, lambda d, f: reading.aliases.extend(read_aliases(d, f)))


def _redirects(source: Source, _: list[int], reading: _Reading) -> None:
    own = reading.internal_redirects if "/" in source.key else reading.redirects
    _document(source, reading, parse_yaml, lambda d, f: own.extend(read_redirects(d, f)))


def _ledger(source: Source, numbers: list[int], reading: _Reading) -> None:
    (year,) = numbers

    def read(document: Document, faults: Faults) -> None:
        for ledger in _just(read_ledger(document, year, faults)):
            reading.ledgers[year] = ledger

    _document(source, reading, parse_yaml, read)
    if year not in reading.ledgers:
        _ledger_of_nothing(source, year, reading)


def _ledger_of_nothing(source: Source, year: int, reading: _Reading) -> None:
    """Use a stand-in for an unreadable ledger.yaml, so that the year's tasks and records are
    checked.
    """

    def read(document: Document, faults: Faults) -> None:
        for ledger in _just(read_ledger(document, year, faults)):
            reading.ledgers[year] = ledger

    _stand_in(source, reading, read)


def _read_one_task(source: Source, numbers: list[int], reading: _Reading) -> None:
    year, number = numbers

    def read(document: Document, faults: Faults) -> None:
        reading.tasks.setdefault(year, []).extend(_just(read_task(document, number, faults)))
        reading.kept.setdefault(year, []).extend(_just(read_summary(document, number)))

    _document(source, reading, parse_yaml, read)


def _persons(source: Source, numbers: list[int], reading: _Reading) -> None:
    (year,) = numbers

    def read(document: Document, faults: Faults) -> None:
        people = read_persons(document, year, faults)
        reading.persons.setdefault(year, []).extend((source.key, person) for person in people)

    _document(source, reading, parse_yaml, read)


def _notice(source: Source, numbers: list[int], reading: _Reading) -> None:
    reading.notices[numbers[0]] = source.text
    reading.faults += prose_faults(source, source.text, 1)


def _lock(source: Source, numbers: list[int], reading: _Reading) -> None:
    lines, found = read_lock(source)
    reading.locks[numbers[0]] = lines
    reading.faults += found


def _note(source: Source, numbers: list[int], reading: _Reading) -> None:
    year, task = numbers
    document, body, found = split_front(source)
    reading.faults += found
    own = attachments_of(source.key, reading.attachments)
    reading.attached |= {f"{source.key.removesuffix('.md')}/{one.name}" for one in own}
    if document is None:
        return
    reading.faults += prose_faults(source, body, body_line(document))
    reading.documents[source.key] = document
    faults = Faults(document)
    inside = "internal" in source.key.split("/")
    note = read_note(document, body, task, inside, own, faults)
    reading.kept.setdefault(year, []).extend(_just(note))
    reading.faults += faults.found


def _events(source: Source, numbers: list[int], reading: _Reading) -> None:
    year, task = numbers
    kind = EVENT_FILES[source.key.split("/")[1]]

    def read(document: Document, faults: Faults) -> None:
        found = read_events(document, kind, TaskNumber(task), faults)
        reading.kept.setdefault(year, []).extend(found)

    _document(source, reading, parse_yaml, read)


def _paper(source: Source, numbers: list[int], reading: _Reading) -> None:
    year, *task = numbers
    path = PurePosixPath(source.key)
    kind = PAPERS["/".join(path.parts[1:-1])]

    def read(document: Document, faults: Faults) -> None:
        number = TaskNumber(task[0]) if task else None
        paper = Paper(Year(year), path.stem, number, document, faults)
        found = read_paper(kind, paper, "internal" in path.parts)
        reading.kept.setdefault(year, []).extend(found)

    _document(source, reading, parse_yaml, read)


_READERS: Mapping[str, Callable[[Source, list[int], _Reading], None]] = {
    "notes": _note,
    "task": _read_one_task,
    "ledger": _ledger,
    "persons": _persons,
    "units": _units,
    "districts": _districts,
    "leaders": _leaders,
    "aliases": _aliases,
    "redirects": _redirects,
    "notice": _notice,
    "lock": _lock,
    **dict.fromkeys(EVENT_FILES, _events),
    **dict.fromkeys(PAPERS, _paper),
}


def _filed(reading: _Reading) -> Filed | None:
    if not reading.sites or not reading.ledgers:
        return None
    unsettled = (
        *_unsettled("units.yaml", reading.units),
        *_unsettled("districts.yaml", reading.districts),
        *_unsettled("leaders.yaml", reading.leaders),
    )
    return Filed(
        site=reading.sites[0],
        units=tuple(entry.value for entry in reading.units),
        districts=tuple(
            sorted((entry.value for entry in reading.districts), key=lambda d: d.code or "~")
        ),
        leaders=tuple(entry.value for entry in reading.leaders),
        aliases=tuple(reading.aliases),
        ledgers=tuple(
            _ledger_joined(reading, year) for year in sorted(reading.ledgers, reverse=True)
        ),
        redirects=tuple(reading.redirects),
        internal_redirects=tuple(reading.internal_redirects),
        unsettled=unsettled,
        documents=reading.documents,
    )


def _unsettled(key: str, registry: Sequence[Registered[T]]) -> Iterator[tuple[str, int, Unsettled]]:
    for entry in registry:
        yield from ((key, entry.index, question) for question in entry.unsettled)


def _ledger_joined(reading: _Reading, year: int) -> FiledLedger:
    return replace(
        reading.ledgers[year],
        tasks=tuple(sorted(reading.tasks.get(year, []), key=lambda task: task.public.number)),
        notice=reading.notices.get(year, ""),
        lock=reading.locks.get(year, ()),
        persons=tuple(reading.persons.get(year, [])),
        kept=tuple(reading.kept.get(year, [])),
    )


def _just(value: T | None) -> tuple[T, ...]:
    return () if value is None else (value,)
