"""Table rows of tasks, the same on every list of the site."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from jiaozhang.derive import DerivedTask, DerivedYear
from jiaozhang.derive.duties import Duty
from jiaozhang.ledger.public import ClauseKind, Unit
from jiaozhang.ledger.settings import Site
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.finding_view import FindingView, finding_view
from jiaozhang.pages.core.marks import Mark, mark_of
from jiaozhang.pages.core.page import Link
from jiaozhang.pages.core.timeline import newest_day
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, ngettext
from jiaozhang.wording.joining import join_list


@dataclass(frozen=True, slots=True)
class When:
    """A line of the deadline column: the date, and what is promised for it."""

    when: str
    what: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """`lead` and `others` say who is responsible; `deadline` is empty where it is the one that the
    list says once for all. `standing` is a column where units report.
    """

    number: int
    address: str
    text: str
    lead: Link | None
    others: str
    deadline: tuple[When, ...]
    standing: Mark
    note: str
    finding: FindingView
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A list of tasks with the rule by which they are in it.

    `common` is the deadline that the rows without one have; `has_standings`: units report.
    """

    id: str
    heading: str
    rule: str
    rows: tuple[TaskRow, ...]
    common: str
    has_standings: bool


def task_table(
    site: Site,
    year: DerivedYear,
    id_: str,
    heading: str,
    rule: str,
    tasks: Iterable[DerivedTask],
    own: Unit | None = None,
) -> TaskTable:
    """Build a list; its heading includes the number of rows. `own` is the unit whose list it is."""
    listed = tuple(tasks)
    common = common_deadline(year)
    rows = tuple(task_row(site, year, task, own) for task in listed)
    is_shared = common is not None and any(
        deadline_lines(one, year.ledger.year) == common for one in listed
    )
    counted = ngettext("{heading}: {n} task", "{heading}: {n} tasks", len(rows), heading=heading)
    return TaskTable(
        id_,
        counted,
        rule,
        rows,
        _said_once(common) if common and is_shared else "",
        year.ledger.reporting != "none",
    )


def task_row(
    site: Site, year: DerivedYear, derived: DerivedTask, own: Unit | None = None
) -> TaskRow:
    of = year.ledger.year
    printed = [duty for duty in derived.duties if duty.via is None]
    lead, others = _who(of, printed)
    # On its own page a unit's name says nothing in each row.
    is_own = own is not None and printed[:1] != [] and printed[0].unit == own
    deadline = deadline_lines(derived, of)
    return TaskRow(
        number=derived.task.number,
        address=addresses.task(of, derived.task.number),
        text=derived.task.text,
        lead=None if is_own else lead,
        others="" if is_own else others,
        deadline=() if deadline == common_deadline(year) else deadline,
        standing=mark_of(site, derived.standing.key),
        note=_tail(year, derived),
        finding=finding_view(of, derived.finding),
        keys=row_keys(derived),
    )


@functools.cache
def common_deadline(year: DerivedYear) -> tuple[When, ...] | None:
    """The deadline that more than half of the tasks of a year have; None without one."""
    counts = Counter(deadline_lines(one, year.ledger.year) for one in year.tasks)
    found = [lines for lines, count in counts.items() if lines and 2 * count > len(year.tasks)]
    return found[0] if found else None


def _said_once(lines: tuple[When, ...]) -> str:
    return gettext(
        "Unless stated otherwise, the deadline is: {deadline}.",
        deadline=join_list(f"{line.when}{line.what}" for line in lines),
    )


def row_keys(one: DerivedTask) -> tuple[tuple[str, str], ...]:
    """Keys for filtering and sorting, as HTML data attributes."""
    printed = [duty for duty in one.duties if duty.via is None]
    days = sorted(clause.due for clause in one.clauses if clause.due)
    latest = newest_day(one)
    return (
        ("section", str(one.section.number)),
        ("unit", " ".join(duty.unit.id for duty in one.duties)),
        ("duty", " ".join(f"{duty.unit.id}:{duty.role}" for duty in printed)),
        ("district", " ".join(dict.fromkeys(tie.district.id for tie in one.ties))),
        ("leader", " ".join(name.replace(" ", "") for name in one.task.leaders)),
        ("standing", one.standing.key),
        ("month", " ".join(dict.fromkeys(f"{day:%Y-%m}" for day in days))),
        ("due", days[0].isoformat() if days else ""),
        ("latest", latest.isoformat() if latest else ""),
    )


def _tail(year: DerivedYear, derived: DerivedTask) -> str:
    """The text after a standing's word: the number of records, or that the term is over."""
    standing = derived.standing
    if standing.key == "recorded" and standing.latest:
        return ngettext(
            "{n} record, latest {day}",
            "{n} records, latest {day}",
            standing.records,
            day=standing.latest.on_text,
        )
    if standing.key == "unrecorded" and standing.timing == "past-due":
        return gettext("Past its deadline, no public conclusion found")
    return ""


def deadline_lines(derived: DerivedTask, year: int) -> tuple[When, ...]:
    """A task's deadlines, one line for each date and kind, soonest first."""
    clauses = sorted(derived.clauses, key=lambda c: (c.due is None, c.due, c.mark))
    lines: dict[tuple[str, str], int] = {}
    for clause in clauses:
        what = words.KIND[clause.clause.kind]
        if clause.clause.scope:
            what = gettext("{promise} (a clause of its own)", promise=what)
        key = (words.when(clause, year), what)
        lines[key] = lines.get(key, 0) + 1
    return tuple(When(when, what) for when, what in lines)


def promise_of(one: DerivedTask) -> ClauseKind | None:
    """The kind of promise in the deadline column; `None` without a deadline."""
    has_deadline = any(c.clause.origin == "deadline" for c in one.clauses)
    return one.promise if has_deadline else None


def task_link(year: DerivedYear, derived: DerivedTask) -> Link:
    return Link(derived.task.title, addresses.task(year.ledger.year, derived.task.number))


def task_facts(year: DerivedYear, tasks: Iterable[DerivedTask]) -> tuple[str, ...]:
    """The names of the records behind some tasks, for `explain`."""
    return tuple(f"{year.ledger.year}/task/{derived.task.number}" for derived in tasks)


def _who(of: int, printed: list[Duty]) -> tuple[Link | None, str]:
    first = printed[0] if printed else None
    if first is None:
        return None, gettext("Not stated")
    count = len(printed)
    if first.role == "joint":
        return None, ngettext(
            "By duty, {n} unit is responsible", "By duty, {n} units are jointly responsible", count
        )
    rest = ngettext("and others, {n} in all", "and others, {n} in all", count) if count > 1 else ""
    return Link(first.printed, addresses.unit(of, first.unit.id)), rest
