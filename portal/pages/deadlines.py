"""时限: every clause under the day it falls due, the months at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal import words
from portal.derive import Derived, DerivedTask, DerivedYear
from portal.derive.schedule import DerivedClause
from portal.pages import addresses
from portal.pages.frame import frame_of, head_of
from portal.pages.page import Frame, Head, HtmlPage, Link

# A day on which more clauses than this fall due is told as one line on the home page.
MOST_ALONE = 5


@dataclass(frozen=True, slots=True)
class MonthBox:
    label: str
    count: int
    address: str


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
    return tuple(_page(derived, year) for year in derived.years)


def month_boxes(year: DerivedYear) -> tuple[MonthBox, ...]:
    """Count the clauses of the deadline column per month, and those that wait for an event."""
    of = year.ledger.year
    pairs = [pair for pair in _pairs(year) if pair[1].clause.origin == "deadline"]
    months = Counter((c.due.year, c.due.month) for _, c in pairs if c.due)
    first = [(of, month) for month in range(1, 13)]
    later = sorted(month for month in months if month not in first)
    boxes = [
        MonthBox(
            f"{month}月" if at == of else f"{at}-{month:02}",
            months[at, month],
            _anchor(year, at, month),
        )
        for at, month in [*first, *later]
    ]
    pending = sum(c.due is None for _, c in pairs)
    address = addresses.deadlines(of) + "#pending" if pending else ""
    return (*boxes, MonthBox("待触发", pending, address))


def due_lede(year: DerivedYear) -> str:
    """How many clauses there are, and the month in which most of them fall due."""
    boxes = month_boxes(year)
    total = sum(box.count for box in boxes)
    *months, _ = boxes
    crowded = max(months, key=lambda box: box.count)
    most = f"，{crowded.count}条在{crowded.label}到期" if crowded.count * 2 > total else ""
    return f"时限栏共{total}条时限{most}。"


def lone_promises(year: DerivedYear) -> tuple[Promise, ...]:
    """The clauses that stand alone, soonest first: those of crowded days are told by number."""
    pairs = _pairs(year)
    crowd = Counter(c.due for _, c in pairs)
    alone = [pair for pair in pairs if crowd[pair[1].due] <= MOST_ALONE]
    return tuple(_promise(year, *pair) for pair in sorted(alone, key=_soonest))


def _page(derived: Derived, year: DerivedYear) -> HtmlPage:
    of = year.ledger.year
    address = addresses.deadlines(of)
    column = [c.clause for _, c in _pairs(year) if c.clause.origin == "deadline"]
    complete = sum(clause.kind == "complete" for clause in column)
    lede = (
        f"{len(year.tasks)}项共{len(column)}条时限：{complete}条要求完成，"
        f"{len(column) - complete}条要求取得明显进展。"
    )
    this = Deadlines(
        frame_of(derived, year),
        head_of(derived, address, "时限", lede, "deadlines"),
        lede,
        month_boxes(year),
        tuple(_groups(year)),
    )
    return HtmlPage(address, "deadlines.html", this, (f"{of}/tasks", f"{of}/ledger"))


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
        hard = [pair for pair in pairs if pair[1].clause.kind == "complete" or pair[1].clause.scope]
        soft = [pair for pair in pairs if pair not in hard]
        if len(pairs) <= MOST_ALONE:
            groups.append(_group(year, id_, label, note, pairs))
            continue
        groups.append(_group(year, id_, f"{label}：完成", note, hard))
        groups.append(
            DueGroup(f"{id_}-progress", f"{label}：取得明显进展", note, (), _grid(year, soft))
        )
    return groups


def _without_day(year: DerivedYear, pairs: list[_Pair]) -> list[DueGroup]:
    waiting = [pair for pair in pairs if pair[1].timing == "pending"]
    undated = [pair for pair in pairs if pair[1].timing == "undated"]
    groups = []
    if waiting:
        note = "以另一件事为起点，那件事的日期有据可查以后才算得出到期日"
        groups.append(_group(year, "pending", "待触发", note, waiting))
    if undated:
        note = "原文写了时段，没有写日期；没有依据，本站不推定，也不算到期"
        groups.append(_group(year, "undated", "日期未载明", note, undated))
    return groups


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
            name = f"{words.ordinal(section.number)}、{section.title.rpartition('，')[2]}"
            link = Link(name, addresses.section(of, section.number))
            rows.append(NumberRow(link, tasks, f"{len(tasks)}条"))
    return tuple(rows)


def _promise(year: DerivedYear, task: DerivedTask, derived: DerivedClause) -> Promise:
    clause = derived.clause
    part = "全项" if clause.scope is None else f"第{task.task.number}项的一部分"
    return Promise(
        number=task.task.number,
        task=Link(task.task.title, addresses.task(year.ledger.year, task.task.number)),
        scope=clause.scope or task.task.title,
        part=part if clause.origin == "deadline" else "只写在正文里",
        when=words.when(derived, year.ledger.year),
        due=derived.due.isoformat() if derived.due else "",
        kind=words.KIND[clause.kind],
        timing=words.TIMING[derived.timing],
    )


def _anchor(year: DerivedYear, at: int, month: int) -> str:
    days = sorted(
        c.due for _, c in _pairs(year) if c.due and (c.due.year, c.due.month) == (at, month)
    )
    if not days:
        return ""
    return f"{addresses.deadlines(year.ledger.year)}#m{days[0].isoformat()}"
