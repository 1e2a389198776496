"""The home of a year: one sentence with the counts, then every way into the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.derive.finding import target_tally
from jiaozhang.derive.rollup import group_tally, tally
from jiaozhang.derive.schedule import DerivedClause
from jiaozhang.ledger.settings import StandingKey
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.alternates import updates_feed
from jiaozhang.pages.core.frame import (
    current_year,
    frame_of,
    head_of,
    site_and_year,
    window_title,
)
from jiaozhang.pages.core.gauge import gauge_key
from jiaozhang.pages.core.marks import GROUP, StandingBar, mark_of, standing_bar
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link
from jiaozhang.pages.core.task_squares import square_note
from jiaozhang.pages.core.timeline_entry import TimelineEntry
from jiaozhang.pages.lists.deadlines import (
    MonthBox,
    Promise,
    due_lede,
    lone_promises,
    month_boxes,
    no_clauses,
)
from jiaozhang.pages.lists.districts import DistrictCard, district_cards, unlisted_groups
from jiaozhang.pages.lists.periods import PeriodRow, period_rows
from jiaozhang.pages.lists.sections import SectionRow, section_rows
from jiaozhang.pages.lists.targets import TargetOfTask, selected_targets
from jiaozhang.pages.lists.tasks import AttentionLink, attention_links
from jiaozhang.pages.lists.units import UnitRow, unit_rows
from jiaozhang.pages.lists.updates import all_entries
from jiaozhang.pages.site.search_page import examples_of
from jiaozhang.pages.site.trend import Trend, record_trend
from jiaozhang.wording import citations, finding_sentences, words
from jiaozhang.wording.catalogue import gettext, ngettext
from jiaozhang.wording.joining import (
    join_facts,
    join_list,
    join_sentences,
    quoted,
    title_quoted,
)

MOST_UNITS = 12
MOST_LATEST = 6
MOST_RESULTS = 8
# What a headline names first where units do not report, else it names the groups; what it has no
# room for is named by the bar below it.
_HEADLINE: tuple[StandingKey, ...] = (
    "closed",
    "figure-reached",
    "recorded",
    "unrecorded",
)
MOST_NAMED = 3  # where none of those occurs


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of the headline: how many tasks, and how they stand; without a word, all the rest."""

    count: int
    word: str


# How many examples of a search have room in a line below its box.
_MOST_HINTS = 4


@dataclass(frozen=True, slots=True)
class Home:
    frame: Frame
    head: Head
    basis: str
    total: int
    phrases: tuple[Phrase, ...]
    marks: StandingBar
    counts: tuple[str, ...]
    caveat: tuple[str, ...]
    results: tuple[TargetOfTask, ...]
    results_rule: str
    results_key: str
    targets: Link | None
    ways: tuple[AttentionLink, ...]
    hints: tuple[str, ...]
    recorded: int
    trend: Trend | None
    periods: tuple[PeriodRow, ...]
    periods_address: str
    latest: tuple[TimelineEntry, ...]
    themes: tuple[Link, ...]
    sections: tuple[SectionRow, ...]
    cell_note: str
    months: tuple[MonthBox, ...]
    promises: tuple[Promise, ...]
    due_lede: str
    units: tuple[UnitRow, ...]
    unit_count: int
    districts: tuple[DistrictCard, ...]
    unlisted: str
    deadlines: str
    duty_note: str
    units_address: str
    districts_address: str
    tasks_address: str
    data_address: str
    about_address: str
    updates_address: str


def home_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    """`/` shows the current year; every year, the current one too, also has its own address."""
    current = current_year(derived)
    own = tuple(
        _home_page(derived, year, addresses.year(year.ledger.year)) for year in derived.years
    )
    return (_home_page(derived, current, addresses.HOME), *own)


def _home_page(derived: Derived, year: DerivedYear, address: str) -> HtmlPage:
    ledger = year.ledger
    of = ledger.year
    title = site_and_year(derived, of)
    # The current year's page says what the home page says: of the two, the home page counts.
    is_current = year == current_year(derived)
    main = addresses.HOME if is_current else addresses.year(of)
    # The current year stands at two addresses.
    window = title if address else window_title(derived, main, gettext("Home"), title)
    head = head_of(derived, main, title, ledger.title, "home", window=window)
    crumbs = (Link(gettext("Home"), addresses.HOME), Link(words.year(of), address))
    rows = unit_rows(derived, year)
    sections = section_rows(derived, year)
    results = selected_targets(year, MOST_RESULTS)
    this = Home(
        frame=frame_of(derived, year),
        head=replace(
            head,
            crumbs=crumbs if address else crumbs[:1],
            channel="home" if is_current else "",
            alternates=(updates_feed(derived.record.site, of),),
        ),
        basis=title_quoted(ledger.title),
        total=len(year.tasks),
        phrases=_phrases(derived, year),
        marks=standing_bar(derived.record.site, year, year.tasks),
        counts=_target_counts(year),
        caveat=_caveat(year),
        results=results,
        results_rule=gettext(
            "One of each kind of result, then those that can be compared, as the notice lists them."
        ),
        results_key=gauge_key(one.row.gauge for one in results if one.row.gauge),
        targets=_targets_link(year),
        ways=attention_links(year),
        hints=tuple(dict.fromkeys(examples_of(derived, year)))[:_MOST_HINTS],
        recorded=sum(one.standing.records > 0 for one in year.tasks),
        # Where units report, how tasks stood tells more than how many records there were.
        trend=None if year.periods else record_trend(year, all_entries(derived, year)),
        periods=period_rows(derived, year),
        periods_address=addresses.periods(of),
        latest=all_entries(derived, year)[:MOST_LATEST],
        themes=tuple(Link(t.name, addresses.theme(of, t.slug)) for t in year.ledger.themes),
        sections=sections,
        cell_note=square_note(cell for row in sections for cell in row.cells),
        months=month_boxes(year),
        promises=lone_promises(year),
        due_lede=due_lede(year),
        units=tuple(sorted(rows, key=lambda row: -row.lead)[:MOST_UNITS]),
        unit_count=len(rows),
        districts=district_cards(derived, year),
        unlisted=_unlisted(derived, year),
        deadlines=addresses.deadlines(of),
        duty_note=_duty_note(year),
        units_address=addresses.units(of),
        districts_address=addresses.districts(of),
        tasks_address=addresses.tasks(of),
        data_address=addresses.data(of),
        about_address=addresses.ABOUT,
        updates_address=addresses.updates(of),
    )
    return HtmlPage(
        address, "home.html", this, (f"{of}/ledger", f"{of}/tasks", f"{of}/records", "site")
    )


def _target_counts(year: DerivedYear) -> tuple[str, ...]:
    """The headline of a ledger of public records: its targets, and what figures say of them.

    Empty where units report, or without targets: then the headline counts tasks.
    """
    counts = target_tally(one.finding for one in year.tasks)
    if year.ledger.reporting != "none" or not counts:
        return ()
    total = ngettext("{n} target", "{n} targets", sum(counts.values()))
    return (total, *finding_sentences.tally(counts))


def _targets_link(year: DerivedYear) -> Link | None:
    count = sum(len(one.targets) for one in year.tasks)
    if not count:
        return None
    return Link(
        ngettext("The only target", "All {n} targets", count), addresses.targets(year.ledger.year)
    )


def _phrases(derived: Derived, year: DerivedYear) -> tuple[Phrase, ...]:
    """The counts that the headline names. They sum to the tasks of the year: the last part says how
    many are left, where they are of more than one kind."""
    if year.ledger.reporting != "none":
        groups = group_tally(year.tasks, year.ledger.reporting)
        return tuple(Phrase(one.count, GROUP[one.group]) for one in groups)
    counts = dict(tally(year.tasks, year.ledger.reporting))
    named = [key for key in _HEADLINE if key in counts]
    others = [key for key in counts if key not in named]
    if not named:
        named = sorted(others, key=lambda key: -counts[key])[:MOST_NAMED]
        others = [key for key in others if key not in named]
    if len(others) == 1:
        named, others = named + others, []
    phrases = [Phrase(counts[key], mark_of(derived.record.site, key).word) for key in named]
    left = sum(counts[key] for key in others)
    return (*phrases, Phrase(left, "")) if left else tuple(phrases)


def _caveat(year: DerivedYear) -> tuple[str, ...]:
    """Say what is known of all clauses, in sentences that add up, and what is not known.

    A ledger whose headline counts targets says how many tasks have a record.
    """
    if _target_counts(year):
        return (_recorded(year), gettext("A figure that meets its target is not a task done:"))
    pairs = [(one, clause) for one in year.tasks for clause in one.clauses]
    column = [clause for _, clause in pairs if clause.clause.origin == "deadline"]
    known = tuple(_known_of_clauses(year, column, len(pairs) - len(column))) or (no_clauses(),)
    return (*known, _not_known(year))


def _recorded(year: DerivedYear) -> str:
    found = sum(one.standing.records > 0 for one in year.tasks)
    return ngettext(
        "Of {n} task, {found} has public records; nothing was found for {rest}.",
        "Of {n} tasks, {found} have public records; nothing was found for {rest}.",
        len(year.tasks),
        found=found,
        rest=len(year.tasks) - found,
    )


def _known_of_clauses(
    year: DerivedYear, column: list[DerivedClause], in_text: int
) -> Iterator[str]:
    """Sentences that count the clauses of the deadline column and those of the text."""
    if column:
        yield ngettext(
            "The deadline column has {n} deadline: {counts}.",
            "The deadline column has {n} deadlines: {counts}.",
            len(column),
            counts=join_facts(_clause_counts(year, column)),
        )
    if in_text and column:
        yield ngettext("The text has {n} more.", "The text has {n} more.", in_text)
    elif in_text:
        yield ngettext("The text has {n} deadline.", "The text has {n} deadlines.", in_text)


def _not_known(year: DerivedYear) -> str:
    """What nobody may conclude from a count, up to the colon before that conclusion."""
    if year.ledger.reporting == "none":
        return gettext(
            "This site collects only public material from named sources and takes no reports from "
            "responsible units:"
        )
    if year.is_whole:
        return gettext(
            "Reports of units and records in review are all shown here; what was due and was not "
            "seen is marked as not reported:"
        )
    return gettext(
        "Reports of units are published after their review; of what is still not seen when the "
        "review has ended, it is only said that it was not seen:"
    )


def _clause_counts(year: DerivedYear, clauses: list[DerivedClause]) -> Iterator[str]:
    """How many clauses are closed, past their day and so on, for each that occurs."""
    open_ = [clause for clause in clauses if clause.settlement != "closed"]
    count = Counter(clause.timing for clause in open_)
    closed = len(clauses) - len(open_)
    if closed:
        yield ngettext("{n} is closed", "{n} are closed", closed)
    if count["past-due"]:
        yield _past_due(year, count["past-due"])
    if count["not-due"]:
        yield ngettext("{n} is not yet due", "{n} are not yet due", count["not-due"])
    if count["pending"]:
        yield ngettext(
            "{n} starts only when another event has happened",
            "{n} start only when another event has happened",
            count["pending"],
        )
    if count["undated"]:
        yield ngettext("{n} has no date", "{n} have no date", count["undated"])


def _past_due(year: DerivedYear, count: int) -> str:
    if year.ledger.reporting == "none":
        return ngettext(
            "{n} is past due without a public conclusion that it is done",
            "{n} are past due without a public conclusion that they are done",
            count,
        )
    if year.is_whole:
        return ngettext("{n} is overdue", "{n} are overdue", count)
    return ngettext(
        "{n} is past due without a reviewed closure seen",
        "{n} are past due without a reviewed closure seen",
        count,
    )


def _duty_note(year: DerivedYear) -> str:
    """Where the roles come from, as far as the notice says so."""
    has_joint = any(one.task.responsibility == "joint" for one in year.tasks)
    return join_sentences(
        citations.who_leads(year.ledger),
        gettext("Where it says “according to their duties”, no unit leads or supports.")
        if has_joint
        else "",
        gettext("The kinds of responsibility are counted apart and not added up."),
    )


def _unlisted(derived: Derived, year: DerivedYear) -> str:
    groups = unlisted_groups(derived, year)
    if not groups:
        return ""
    names = join_list(quoted(name) for name, _ in groups)
    count = len({task.task.number for _, tasks in groups for task in tasks})
    return ngettext(
        "{n} more task is assigned to {groups}. The notice does not list which districts are "
        "meant; this site does not assume any and does not count them.",
        "{n} more tasks are assigned to {groups}. The notice does not list which districts are "
        "meant; this site does not assume any and does not count them.",
        count,
        groups=names,
    )
