"""The questions by which the list of tasks is narrowed, and a page for every single answer.

With scripts the questions are a form; without, each answer leads to an ordinary page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.rollup import tally
from jiaozhang.ledger.public import DistrictId, SectionNumber, UnitId
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.marks import mark_of
from jiaozhang.pages.core.page import Link
from jiaozhang.pages.core.task_rows import promise_of, row_keys
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, pgettext


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
        (
            "unit",
            gettext("Responsible unit"),
            [(u.id, u.name) for u in record.units if u.id in units],
        ),
        (
            "district",
            gettext("District"),
            [(d.id, d.name) for d in record.districts if d.id in ties],
        ),
        ("section", gettext("Section"), [(str(s.number), s.title) for s in year.ledger.sections]),
        (
            "standing",
            gettext("Status"),
            [(key, mark_of(record.site, key).word) for key, _ in counts],
        ),
        (
            "role",
            pgettext("filter", "Duty"),
            [(role, word) for role, word in words.ROLE.items() if role in roles],
        ),
        (
            "leader",
            gettext("City leader in charge"),
            [(x.name, x.name) for x in record.leaders if x.name in named],
        ),
        (
            "month",
            gettext("Month due"),
            [(month, words.day_or_month(month)) for month in months_of(year)],
        ),
    )
    found = _counts(year)
    filters = tuple(
        Filter(
            name,
            label,
            (
                ("", gettext("Any")),
                *((key, _counted(text, found[name, key])) for key, text in options),
            ),
            name not in _OFTEN,
        )
        for name, label, options in questions
        if len(options) > 1
    )
    order = (
        ("", gettext("By number")),
        ("due", gettext("By deadline")),
        ("latest", gettext("By latest record")),
    )
    return (*filters, Filter("sort", gettext("Sort order"), order, is_rare=True))


def _counts(year: DerivedYear) -> Mapping[tuple[str, str], int]:
    """How many tasks each answer leaves, by the keys that the rows have."""
    found: Counter[tuple[str, str]] = Counter()
    for one in year.tasks:
        keys = {(name, part) for name, value in row_keys(one) for part in value.split()}
        roles = {("role", part.rpartition(":")[2]) for name, part in keys if name == "duty"}
        found.update(keys | roles)
    return found


def _counted(text: str, count: int) -> str:
    return pgettext("an answer and how many it leaves", "{text} ({n})", text=text, n=count)


def directories_of(derived: Derived, year: DerivedYear) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Every answer to one question of the filters as a page of its own, for readers without
    scripts."""
    of, record = year.ledger.year, derived.record
    pages: dict[str, Callable[[str], str]] = {
        "section": lambda value: addresses.section(of, SectionNumber(int(value))),
        "unit": lambda value: addresses.unit(of, UnitId(value)),
        "role": lambda value: addresses.tasks(of, value),
        "district": lambda value: addresses.district(of, DistrictId(value)),
        "leader": lambda value: addresses.leader(of, leaders[value]),
        "standing": lambda value: addresses.tasks(of, value),
        "month": lambda value: addresses.month(of, value),
    }
    leaders = {leader.name: leader.id for leader in record.leaders}
    asked = tuple(
        Link(word, addresses.promised(of, kind))
        for kind, word in words.KIND.items()
        if any(promise_of(one) == kind for one in year.tasks)
    )
    return (
        *(
            (
                own.label,
                tuple(Link(text, pages[own.name](value)) for value, text in own.options[1:]),
            )
            for own in filters_of(derived, year)
            if own.name in pages
        ),
        (gettext("What the deadline asks for"), asked),
    )


def months_of(year: DerivedYear) -> tuple[str, ...]:
    """The months in which something falls due."""
    return tuple(sorted({month for one in year.tasks for month in months_due(one)}))


def months_due(one: DerivedTask) -> set[str]:
    """The months of one task's deadlines."""
    return {f"{clause.due:%Y-%m}" for clause in one.clauses if clause.due}
