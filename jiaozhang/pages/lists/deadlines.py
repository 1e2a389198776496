"""时限: every clause under the day it falls due, the months at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.schedule import DerivedClause, Timing
from jiaozhang.ledger.public import ClauseKind
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link
from jiaozhang.wording import words

NO_CLAUSES = "这份台账没有时限条款。"
# The clauses without a day, and why they have none: in a few words for the strip, then in full.
_WITHOUT_DAY: Mapping[Timing, tuple[str, str]] = {
    "pending": (
        "从另一件事算起，那件事还没有可查的日期",
        "以另一件事为起点，那件事的日期有据可查以后才算得出到期日",
    ),
    "undated": (
        "原文只写了时段",
        "原文写了时段，没有写日期；没有依据，本站不推定，也不算到期",
    ),
}
_DEMANDS: tuple[tuple[ClauseKind, str], ...] = (("complete", "完成"), ("progress", "取得明显进展"))
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
    return tuple(_page(derived, year) for year in derived.years)


def month_boxes(year: DerivedYear) -> tuple[MonthBox, ...]:
    """Count the clauses of every month, those of the text too, and those without a day: every
    clause of the list of deadlines stands in exactly one box."""
    of = year.ledger.year
    days = [clause.due for _, clause in _pairs(year) if clause.due]
    months = Counter((day.year, day.month) for day in days)
    own = {(of, month) for month in range(1, 13)}
    boxes = tuple(
        MonthBox(
            f"{month}月" if at == of else f"{at}年{month}月",
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
            yield MonthBox(word, timings[timing], address, f"“{word}”：{note}。")


def due_lede(year: DerivedYear) -> str:
    """How many clauses there are, and the month in which most of them fall due."""
    total = len(_pairs(year))
    if not total:
        return NO_CLAUSES
    months = (box for box in month_boxes(year) if not box.note)
    crowded = max(months, key=lambda box: box.count)
    most = f"，{crowded.count}条在{crowded.label}到期" if crowded.count * 2 > total else ""
    return f"{_count(year)}{most}。"


def _count(year: DerivedYear) -> str:
    """How many clauses there are, and how many of them the text alone names."""
    origins = Counter(clause.clause.origin for _, clause in _pairs(year))
    column, body = origins["deadline"], origins["body"]
    return f"共{column + body}条时限" + (f"（时限栏{column}条，正文里{body}条）" if body else "")


def lone_promises(year: DerivedYear) -> tuple[Promise, ...]:
    """The clauses that stand alone, soonest first: those of crowded days are told by number."""
    pairs = _pairs(year)
    crowd = Counter(c.due for _, c in pairs)
    alone = [pair for pair in pairs if crowd[pair[1].due] <= MOST_ALONE]
    return tuple(_promise(year, *pair) for pair in sorted(alone, key=_soonest))


def _page(derived: Derived, year: DerivedYear) -> HtmlPage:
    of = year.ledger.year
    address = addresses.deadlines(of)
    kinds = Counter(clause.clause.kind for _, clause in _pairs(year))
    asked = "，".join(f"{kinds[k]}条要求{word}" for k, word in _DEMANDS if kinds[k])
    lede = f"{len(year.tasks)}项{_count(year)}：{asked}。" if asked else NO_CLAUSES
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
        hard = [pair for pair in pairs if pair[1].clause.kind == "complete"]
        soft = [pair for pair in pairs if pair not in hard]
        if len(pairs) <= MOST_ALONE:
            groups.append(_group(year, id_, label, note, pairs))
            continue
        if hard:
            groups.append(_group(year, id_, f"{label}：完成", note, hard))
        if soft:
            soft_id = f"{id_}-progress" if hard else id_
            groups.append(_soft_group(year, soft_id, f"{label}：取得明显进展", note, soft))
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
        _group(year, timing, words.TIMING[timing], note, own) for timing, note, own in parts if own
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
