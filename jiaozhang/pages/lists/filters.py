"""The questions by which the list of tasks is narrowed, and a page for every single answer.

With scripts the questions are a form; without, each answer leads to an ordinary page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.rollup import tally
from jiaozhang.ledger.public import DistrictId, SectionNumber, UnitId
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.marks import mark_of
from jiaozhang.pages.core.page import Link
from jiaozhang.wording import words


@dataclass(frozen=True, slots=True)
class Filter:
    """A question of the filter form: its name in the address, and each answer with its words.

    A phone's first screen has room for what most readers ask; a rare question is folded there.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    is_rare: bool


# Who, and where: what somebody comes to the list with.
_OFTEN = ("unit", "district")


def filters_of(derived: Derived, year: DerivedYear) -> tuple[Filter, ...]:
    """The questions that tell the tasks apart; one with a single answer is not asked."""
    duties = [duty for one in year.tasks for duty in one.duties]
    units = {duty.unit.id: duty.unit.name for duty in duties}
    roles = {duty.role: words.ROLE[duty.role] for duty in duties}
    ties = {tie.district.id: tie.district for one in year.tasks for tie in one.ties}
    named = {name for one in year.tasks for name in one.task.leaders}
    record = derived.record
    counts = tally(year.tasks, year.ledger.reporting)
    questions = (
        ("unit", "责任单位", [(u.id, u.name) for u in record.units if u.id in units]),
        ("district", "区", [(d.id, d.name) for d in record.districts if d.id in ties]),
        ("section", "主要任务", [(str(s.number), s.title) for s in year.ledger.sections]),
        (
            "standing",
            "进展状态",
            [(key, mark_of(record.site, key).word) for key, _ in counts],
        ),
        ("role", "责任", [(role, word) for role, word in words.ROLE.items() if role in roles]),
        ("leader", "分管市领导", [(x.name, x.name) for x in record.leaders if x.name in named]),
        ("month", "到期月份", [(month, words.day_or_month(month)) for month in months_of(year)]),
    )
    filters = tuple(
        Filter(name, label, (("", "不限"), *options), name not in _OFTEN)
        for name, label, options in questions
        if len(options) > 1
    )
    order = (("", "按序号"), ("due", "按到期日"), ("latest", "按最近记载"))
    return (*filters, Filter("sort", "排列", order, is_rare=True))


def directories_of(derived: Derived, year: DerivedYear) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Every answer to one question of the filters as a page of its own, for readers without
    scripts."""
    of, record = year.ledger.year, derived.record
    pages: dict[str, Callable[[str], str]] = {
        "section": lambda value: addresses.section(of, SectionNumber(int(value))),
        "unit": lambda value: addresses.unit(of, UnitId(value)),
        "role": lambda value: f"{of}/tasks/{value}/",
        "district": lambda value: addresses.district(of, DistrictId(value)),
        "leader": lambda value: addresses.leader(of, leaders[value]),
        "standing": lambda value: f"{of}/tasks/{value}/",
        "month": lambda value: addresses.month(of, value),
    }
    leaders = {leader.name: leader.id for leader in record.leaders}
    return tuple(
        (one.label, tuple(Link(text, pages[one.name](value)) for value, text in one.options[1:]))
        for one in filters_of(derived, year)
        if one.name in pages
    )


def months_of(year: DerivedYear) -> tuple[str, ...]:
    """The months in which something falls due."""
    return tuple(sorted({month for one in year.tasks for month in months_due(one)}))


def months_due(one: DerivedTask) -> set[str]:
    """The months of one task's deadlines."""
    return {f"{clause.due:%Y-%m}" for clause in one.clauses if clause.due}
