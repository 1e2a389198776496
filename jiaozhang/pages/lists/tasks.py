"""重点工作: the complete list, and a list for each kind of promise, standing, month and role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.attention import AttentionKey, attention_of
from jiaozhang.derive.duties import Role
from jiaozhang.derive.rollup import tally
from jiaozhang.ledger.public import ClauseKind
from jiaozhang.ledger.settings import StandingKey
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.alternates import json_of
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.marks import mark_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link
from jiaozhang.pages.core.task_rows import TaskTable, promise_of, task_table
from jiaozhang.pages.lists.chips import Chip, shares_of
from jiaozhang.pages.lists.filters import Filter, directories_of, filters_of, months_due, months_of
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import Labels, gettext, mark, ngettext
from jiaozhang.wording.citations import shared_rule, who_leads
from jiaozhang.wording.joining import join_sentences, sentence


@dataclass(frozen=True, slots=True)
class Tasks:
    frame: Frame
    head: Head
    lede: str
    table: TaskTable
    chips: tuple[Chip, ...]
    filters: tuple[Filter, ...]
    rare_filters: tuple[Filter, ...]
    directories: tuple[tuple[str, tuple[Link, ...]], ...]
    downloads: tuple[Link, ...]


_PROMISES: tuple[tuple[ClauseKind, str, str], ...] = (
    (
        "complete",
        mark("Tasks to be completed"),
        mark("At least one entry of the deadline column says “completed”."),
    ),
    (
        "progress",
        mark("Tasks to make clear progress"),
        mark("The deadline column says only “clear progress”, and not what counts as done."),
    ),
)


def task_list_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(page for year in derived.years for page in _tasks_pages_of_year(derived, year))


def _tasks_pages_of_year(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    of = year.ledger.year
    whole = _list(
        derived,
        year,
        addresses.tasks(of),
        gettext("All tasks"),
        ngettext(
            "The {n} task of {year}, in the order of the notice.",
            "All {n} tasks of {year}, in the order of the notice.",
            len(year.tasks),
            year=of,
        ),
        year.tasks,
    )
    lists = tuple(
        _list(derived, year, addresses.promised(of, kind), gettext(title), gettext(lede), tasks)
        for kind, title, lede in _PROMISES
        if (tasks := tuple(task for task in year.tasks if promise_of(task) == kind))
    )
    lists += (*_standing_lists(derived, year), *_attention_lists(derived, year))
    lists += tuple(_share_lists(derived, year))
    lists += (*_month_lists(derived, year), *_role_lists(derived, year))
    return (whole, *lists)


def _standing_lists(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    """A list for each standing that some task has."""
    of = year.ledger.year
    found = []
    for key, count in _tally(year):
        word = mark_of(derived.record.site, key).word
        tasks = tuple(one for one in year.tasks if one.standing.key == key)
        lede = ngettext(
            "Of the {n} task of {year}, {count} is “{standing}”.",
            "Of the {n} tasks of {year}, {count} are “{standing}”.",
            len(year.tasks),
            year=of,
            count=count,
            standing=word,
        )
        title = gettext("Tasks: {standing}", standing=word)
        found.append(_list(derived, year, addresses.standing(of, key), title, lede, tasks))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class AttentionLink:
    """A way to the tasks that answer a question: how many, in which words, and where."""

    key: AttentionKey
    count: int
    text: str
    address: str


def attention_links(year: DerivedYear) -> tuple[AttentionLink, ...]:
    """What is late, due next, new, or without a record, as far as there is any."""
    of = year.ledger.year
    return tuple(
        AttentionLink(key, len(tasks), attention_title(year, key), addresses.attention(of, key))
        for key, tasks in attention_of(year).items()
    )


def attention_title(year: DerivedYear, key: AttentionKey) -> str:
    """A question of readers as the name of a list."""
    if key == "lapsed" and year.is_whole and year.ledger.reporting != "none":
        return gettext("Past a deadline, no conclusion")
    return _ATTENTION[key]


_ATTENTION: Mapping[AttentionKey, str] = Labels(
    {
        "lapsed": mark("Past a deadline, no public conclusion"),
        "next": mark("Due next"),
        "recent": mark("Records of the last month"),
        "silent": mark("No record found"),
    }
)
_ATTENTION_RULES: Mapping[AttentionKey, str] = {
    "lapsed": mark(
        "At least one deadline lies before {day}, and no conclusion that it is done is on record."
    ),
    "next": mark("An open deadline within a month of {day}, or else the nearest one after it."),
    "recent": mark("A record became known, or speaks of a day, in the month up to {day}."),
    "silent": mark("By {day} this site has found no record."),
}


def chips_of(year: DerivedYear) -> tuple[Chip, ...]:
    """The shares of the list, then the questions; what is both is a share with one list."""
    of = year.ledger.year
    asked = tuple(
        Chip(
            key, attention_title(year, key), len(tasks), tasks, addresses.attention(of, key), False
        )
        for key, tasks in attention_of(year).items()
    )
    shares = tuple(
        replace(
            share, address=next((q.address for q in asked if q.tasks == share.tasks), share.address)
        )
        for share in shares_of(year)
    )
    known = {share.address for share in shares}
    return (*shares, *(one for one in asked if one.address not in known))


def _share_lists(derived: Derived, year: DerivedYear) -> Iterator[HtmlPage]:
    """A list for each share that no other list is."""
    others = {addresses.attention(year.ledger.year, key) for key in attention_of(year)}
    for share in chips_of(year):
        if share.address not in others:
            lede = ngettext(
                "Of the {n} task of {year}, {count} are in the share “{share}”.",
                "Of the {n} tasks of {year}, {count} are in the share “{share}”.",
                len(year.tasks),
                year=year.ledger.year,
                count=share.count,
                share=share.text,
            )
            title = gettext("Tasks: {standing}", standing=share.text)
            yield _list(derived, year, share.address, title, lede, share.tasks)


def _with_chips(table: TaskTable, chips: Sequence[Chip]) -> TaskTable:
    """The rows with the keys of their chips, by which scripts narrow the list."""
    keys: dict[int, list[str]] = {}
    for chip in chips:
        for one in chip.tasks:
            keys.setdefault(one.task.number, []).append(chip.key)
    rows = tuple(
        replace(row, keys=(*row.keys, ("show", " ".join(keys[row.number])))) for row in table.rows
    )
    return replace(table, rows=rows)


def _attention_lists(derived: Derived, year: DerivedYear) -> Iterator[HtmlPage]:
    """A list for each question that readers come with."""
    of = year.ledger.year
    for key, tasks in attention_of(year).items():
        rule = gettext(_ATTENTION_RULES[key], day=words.full_day(year.as_of))
        title = attention_title(year, key)
        lede = join_sentences(sentence(words.tasks(len(tasks))), rule)
        yield _list(derived, year, addresses.attention(of, key), title, lede, tasks)


def _month_lists(derived: Derived, year: DerivedYear) -> Iterator[HtmlPage]:
    """A list for each month in which something falls due."""
    of = year.ledger.year
    for month in months_of(year):
        tasks = tuple(one for one in year.tasks if month in months_due(one))
        name = words.day_or_month(month)
        lede = ngettext(
            "{n} task has a deadline in {month}.",
            "{n} tasks have a deadline in {month}.",
            len(tasks),
            month=name,
        )
        title = gettext("Tasks due in {month}", month=name)
        yield _list(derived, year, addresses.month(of, month), title, lede, tasks)


def _role_lists(derived: Derived, year: DerivedYear) -> Iterator[HtmlPage]:
    """A list for each role that the notice gives: who leads, who shares, who supports."""
    of = year.ledger.year
    for role in words.ROLE:
        tasks = tuple(
            one for one in year.tasks if any(d.role == role and not d.via for d in one.duties)
        )
        if tasks:
            rule = shared_rule() if role == "joint" else who_leads(year.ledger)
            lede = join_sentences(_with_role(role, len(tasks)), rule)
            title = gettext(_ROLE_TITLES[role])
            yield _list(derived, year, addresses.role(of, role), title, lede, tasks)


_ROLE_TITLES: Mapping[Role, str] = {
    "lead": mark("Tasks with a leading unit"),
    "joint": mark("Tasks with units that share responsibility"),
    "support": mark("Tasks with a supporting unit"),
}


def _with_role(role: Role, count: int) -> str:
    if role == "lead":
        return ngettext("{n} task has a leading unit.", "{n} tasks have a leading unit.", count)
    if role == "joint":
        return ngettext(
            "{n} task has units that share responsibility.",
            "{n} tasks have units that share responsibility.",
            count,
        )
    return ngettext("{n} task has a supporting unit.", "{n} tasks have a supporting unit.", count)


def _tally(year: DerivedYear) -> tuple[tuple[StandingKey, int], ...]:
    return tally(year.tasks, year.ledger.reporting)


def _list(
    derived: Derived,
    year: DerivedYear,
    address: str,
    title: str,
    lede: str,
    tasks: tuple[DerivedTask, ...],
) -> HtmlPage:
    of = year.ledger.year
    is_whole = address == addresses.tasks(of)
    trail = () if is_whole else (Link(gettext("All tasks"), addresses.tasks(of)),)
    filters = filters_of(derived, year) if is_whole else ()
    other = (json_of(addresses.data(of, "tasks.json")),) if is_whole else ()
    table = task_table(
        derived.record.site, year, "tasks", "", gettext("The words are those of the notice."), tasks
    )
    chips = chips_of(year) if is_whole else ()
    this = Tasks(
        frame_of(derived, year),
        head_of(derived, address, title, lede, "tasks", *trail, alternates=other),
        lede,
        _with_chips(table, chips) if is_whole else table,
        chips,
        tuple(one for one in filters if not one.is_rare),
        tuple(one for one in filters if one.is_rare),
        directories_of(derived, year) if is_whole else (),
        tuple(
            Link(name, f"{addresses.data(of)}tasks.{suffix}")
            for name, suffix in (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"))
            if is_whole
        ),
    )
    return HtmlPage(address, "tasks.html", this, (f"{of}/tasks",))
