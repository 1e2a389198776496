"""时限: every clause under the day it falls due, the months at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.notice_words import parts_of_title
from jiaozhang.derive.schedule import DerivedClause, Timing
from jiaozhang.ledger.public import Clause, ClauseKind
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, mark, ngettext
from jiaozhang.wording.joining import join_facts, labelled, sentence

# The clauses without a day, and why they have none: in a few words for the strip, then in full.
_WITHOUT_DAY: Mapping[Timing, tuple[str, str]] = {
    "pending": (
        mark("counted from another event, whose day is not known yet"),
        mark(
            "The term starts with another event; the deadline can be computed once the day of that "
            "event is on record"
        ),
    ),
    "undated": (
        mark("the text only gives a time of year"),
        mark(
            "The text gives a time of year and no date; this site does not assume one, and the "
            "clause is not counted as due"
        ),
    ),
}
# A day on which more clauses than this fall due is told as one line on the home page.
MOST_ALONE = 5


@dataclass(frozen=True, slots=True)
class MonthBox:
    """How many clauses fall due in a month (or wait for an event, or have no day), and where the
    list of exactly those begins; without any there is nothing to lead to.

    `note` explains a box that is no month.
    """

    label: str
    count: int
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """One clause in a list: its task, its words, and whether it is the task as a whole."""

    number: int
    task: Link
    scope: str
    part: str
    when: str
    due: str
    kind: str
    timing: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A section's soft clauses as numbered cells."""

    section: Link
    tasks: tuple[Link, ...]
    label: str


@dataclass(frozen=True, slots=True)
class DueGroup:
    """All clauses of one day and kind; the soft ones of a whole task stand as a grid."""

    id: str
    heading: str
    note: str
    rows: tuple[Promise, ...]
    grid: tuple[NumberRow, ...]


@dataclass(frozen=True, slots=True)
class Deadlines:
    frame: Frame
    head: Head
    lede: str
    months: tuple[MonthBox, ...]
    groups: tuple[DueGroup, ...]


_Pair = tuple[DerivedTask, DerivedClause]


def deadline_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(_deadlines_page(derived, year) for year in derived.years)


def month_boxes(year: DerivedYear) -> tuple[MonthBox, ...]:
    """Count the clauses of every month, those of the text too, and those without a day: every
    clause of the list of deadlines stands in exactly one box."""
    of = year.ledger.year
    days = [clause.due for _, clause in _pairs(year) if clause.due]
    months = Counter((day.year, day.month) for day in days)
    own = {(of, month) for month in range(1, 13)}
    boxes = tuple(
        MonthBox(
            words.month(month) if at == of else words.month_of(at, month),
            months[at, month],
            _anchor(year, at, month),
        )
        for at, month in sorted(own | set(months))
    )
    return (*boxes, *_boxes_without_day(year))


def _boxes_without_day(year: DerivedYear) -> Iterator[MonthBox]:
    timings = Counter(clause.timing for _, clause in _pairs(year) if clause.due is None)
    for timing, (note, _) in _WITHOUT_DAY.items():
        if timings[timing]:
            word = words.TIMING[timing]
            address = f"{addresses.deadlines(year.ledger.year)}#{timing}"
            said = gettext("“{word}”: {why}.", word=word, why=gettext(note))
            yield MonthBox(word, timings[timing], address, said)


def due_lede(year: DerivedYear) -> str:
    """How many clauses there are, and the month in which most of them fall due."""
    total = len(_pairs(year))
    if not total:
        return no_clauses()
    months = (box for box in month_boxes(year) if not box.note)
    crowded = max(months, key=lambda box: box.count)
    if crowded.count * 2 <= total:
        return sentence(_count(year))
    return ngettext(
        "{deadlines}, {n} of them due in {month}.",
        "{deadlines}, {n} of them due in {month}.",
        crowded.count,
        deadlines=_count(year),
        month=crowded.label,
    )


def no_clauses() -> str:
    """What is said of a ledger without any deadline."""
    return gettext("This ledger has no deadlines.")


def _count(year: DerivedYear) -> str:
    """How many clauses there are, and how many of them the text alone names."""
    origins = Counter(clause.clause.origin for _, clause in _pairs(year))
    column, body = origins["deadline"], origins["body"]
    if not body:
        return ngettext("{n} deadline", "{n} deadlines", column)
    return ngettext(
        "{n} deadline ({column} in the deadline column, {body} in the text)",
        "{n} deadlines ({column} in the deadline column, {body} in the text)",
        column + body,
        column=column,
        body=body,
    )


def lone_promises(year: DerivedYear) -> tuple[Promise, ...]:
    """The clauses that stand alone, soonest first: those of crowded days are told by number."""
    pairs = _pairs(year)
    crowd = Counter(c.due for _, c in pairs)
    alone = [pair for pair in pairs if crowd[pair[1].due] <= MOST_ALONE]
    return tuple(_promise(year, *pair) for pair in sorted(alone, key=_soonest))


def _deadlines_page(derived: Derived, year: DerivedYear) -> HtmlPage:
    of = year.ledger.year
    address = addresses.deadlines(of)
    kinds = Counter(clause.clause.kind for _, clause in _pairs(year))
    lede = _deadlines_lede(year, kinds) if kinds else no_clauses()
    this = Deadlines(
        frame_of(derived, year),
        head_of(derived, address, gettext("Deadlines"), lede, "deadlines"),
        lede,
        month_boxes(year),
        tuple(_groups(year)),
    )
    return HtmlPage(address, "deadlines.html", this, (f"{of}/tasks", f"{of}/ledger"))


def _deadlines_lede(year: DerivedYear, kinds: Mapping[ClauseKind, int]) -> str:
    """How many tasks and clauses there are, and what the clauses ask for."""
    order: tuple[ClauseKind, ...] = ("complete", "progress")
    return ngettext(
        "{n} task, {deadlines}: {demands}.",
        "{n} tasks, {deadlines}: {demands}.",
        len(year.tasks),
        deadlines=_count(year),
        demands=join_facts(_demand(kind, kinds[kind]) for kind in order if kinds[kind]),
    )


def _demand(kind: ClauseKind, count: int) -> str:
    if kind == "complete":
        return ngettext("{n} asks for completion", "{n} ask for completion", count)
    return ngettext("{n} asks for clear progress", "{n} ask for clear progress", count)


def _pairs(year: DerivedYear) -> list[_Pair]:
    return [(task, clause) for task in year.tasks for clause in task.clauses]


def _soonest(pair: _Pair) -> tuple[bool, date, int, int]:
    task, clause = pair
    return (clause.due is None, clause.due or date.max, task.task.number, clause.mark)


def _groups(year: DerivedYear) -> list[DueGroup]:
    """Group clauses by day; a crowded day is parted into 完成 and 取得明显进展."""
    of = year.ledger.year
    days: dict[date | None, list[_Pair]] = {}
    for pair in sorted(_pairs(year), key=_soonest):
        days.setdefault(pair[1].due, []).append(pair)
    groups: list[DueGroup] = []
    for due, pairs in days.items():
        if due is None:
            groups += _without_day(year, pairs)
            continue
        label = words.day_in_year(due, of)
        note = f"{due.isoformat()} · {words.TIMING[pairs[0][1].timing]}"
        id_ = f"m{due.year}-{due.month:02}-{due.day:02}"
        hard = [pair for pair in pairs if pair[1].clause.kind == "complete"]
        soft = [pair for pair in pairs if pair not in hard]
        if len(pairs) <= MOST_ALONE:
            groups.append(_group(year, id_, label, note, pairs))
            continue
        if hard:
            groups.append(_group(year, id_, labelled(label, words.KIND["complete"]), note, hard))
        if soft:
            soft_id = f"{id_}-progress" if hard else id_
            heading = labelled(label, words.KIND["progress"])
            groups.append(_soft_group(year, soft_id, heading, note, soft))
    return groups


def _soft_group(
    year: DerivedYear, id_: str, heading: str, note: str, pairs: list[_Pair]
) -> DueGroup:
    """Those of a part of a task as rows with their words, those of a whole task by number."""
    parts = [pair for pair in pairs if pair[1].clause.scope]
    whole = [pair for pair in pairs if not pair[1].clause.scope]
    return replace(_group(year, id_, heading, note, parts), grid=_grid(year, whole))


def _without_day(year: DerivedYear, pairs: list[_Pair]) -> list[DueGroup]:
    parts = (
        (timing, note, [pair for pair in pairs if pair[1].timing == timing])
        for timing, (_, note) in _WITHOUT_DAY.items()
    )
    return [
        _group(year, timing, words.TIMING[timing], gettext(note), own)
        for timing, note, own in parts
        if own
    ]


def _group(
    year: DerivedYear, id_: str, heading: str, note: str, pairs: Iterable[_Pair]
) -> DueGroup:
    return DueGroup(id_, heading, note, tuple(_promise(year, *pair) for pair in pairs), ())


def _grid(year: DerivedYear, pairs: list[_Pair]) -> tuple[NumberRow, ...]:
    of = year.ledger.year
    rows = []
    for section in year.ledger.sections:
        tasks = tuple(
            Link(str(task.task.number), addresses.task(of, task.task.number))
            for task, _ in pairs
            if task.section == section
        )
        if tasks:
            name = words.chapter(section.number, parts_of_title(section.title)[1])
            link = Link(name, addresses.section(of, section.number))
            count = ngettext("{n} clause", "{n} clauses", len(tasks))
            rows.append(NumberRow(link, tasks, count))
    return tuple(rows)


def _promise(year: DerivedYear, task: DerivedTask, derived: DerivedClause) -> Promise:
    clause = derived.clause
    return Promise(
        number=task.task.number,
        task=Link(task.task.title, addresses.task(year.ledger.year, task.task.number)),
        scope=clause.scope or task.task.title,
        part=_part(task, clause),
        when=words.when(derived, year.ledger.year),
        due=derived.due.isoformat() if derived.due else "",
        kind=words.KIND[clause.kind],
        timing=words.TIMING[derived.timing],
    )


def _part(task: DerivedTask, clause: Clause) -> str:
    """How much of its task a clause is, or that the deadline column does not hold it."""
    if clause.origin == "body":
        return gettext("Only in the text")
    if clause.scope is None:
        return gettext("Whole task")
    return gettext("Part of task {number}", number=task.task.number)


def _anchor(year: DerivedYear, at: int, month: int) -> str:
    days = sorted(
        c.due for _, c in _pairs(year) if c.due and (c.due.year, c.due.month) == (at, month)
    )
    if not days:
        return ""
    return f"{addresses.deadlines(year.ledger.year)}#m{days[0].isoformat()}"
