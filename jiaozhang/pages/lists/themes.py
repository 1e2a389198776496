"""专项: threads across sections, such as 民生实事. Which tasks they hold is this site's choice."""

from __future__ import annotations

from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.ledger.public import Theme
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.marks import StandingBar, standing_bar
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link
from jiaozhang.pages.core.task_rows import TaskTable, task_facts, task_table
from jiaozhang.pages.lists.overview import Overview, overview_of
from jiaozhang.wording.catalogue import gettext, ngettext


@dataclass(frozen=True, slots=True)
class ThemeRow:
    theme: Link
    total: int
    marks: StandingBar


@dataclass(frozen=True, slots=True)
class Themes:
    frame: Frame
    head: Head
    lede: str
    rows: tuple[ThemeRow, ...]


@dataclass(frozen=True, slots=True)
class ThemePage:
    frame: Frame
    head: Head
    lede: str
    overview: Overview
    table: TaskTable


def theme_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(page for year in derived.years for page in _theme_pages_of_year(derived, year))


def _theme_pages_of_year(derived: Derived, year: DerivedYear) -> tuple[HtmlPage, ...]:
    of = year.ledger.year
    themes = year.ledger.themes
    if not themes:
        return ()
    address = addresses.themes(of)
    lede = gettext(
        "Threads that run across sections. Which task belongs where is this site's choice; the "
        "notice does not say so task by task."
    )
    this = Themes(
        frame_of(derived, year),
        head_of(derived, address, gettext("Themes"), lede, "themes"),
        lede,
        tuple(_theme_row(derived, year, theme) for theme in themes),
    )
    pages = tuple(_theme_page(derived, year, theme) for theme in themes)
    return (HtmlPage(address, "themes.html", this, (f"{of}/ledger",)), *pages)


def _theme_row(derived: Derived, year: DerivedYear, theme: Theme) -> ThemeRow:
    tasks = [one for one in year.tasks if one.task.number in theme.tasks]
    link = Link(theme.name, addresses.theme(year.ledger.year, theme.slug))
    return ThemeRow(link, len(tasks), standing_bar(derived.record.site, year, tasks))


def _theme_page(derived: Derived, year: DerivedYear, theme: Theme) -> HtmlPage:
    of = year.ledger.year
    address = addresses.theme(of, theme.slug)
    tasks = [one for one in year.tasks if one.task.number in theme.tasks]
    lede = ngettext(
        "{theme}: {n} task. Put together by this site; the notice does not say so task by task.",
        "{theme}: {n} tasks. Put together by this site; the notice does not say so task by task.",
        len(tasks),
        theme=theme.name,
    )
    trail = Link(gettext("Themes"), addresses.themes(of))
    this = ThemePage(
        frame_of(derived, year),
        head_of(derived, address, theme.name, lede, "themes", trail),
        lede,
        overview_of(derived, year, tasks),
        task_table(
            derived.record.site,
            year,
            "tasks",
            gettext("Tasks"),
            gettext("In the order of the notice."),
            tasks,
        ),
    )
    return HtmlPage(address, "theme.html", this, (f"{of}/ledger", *task_facts(year, tasks)))
