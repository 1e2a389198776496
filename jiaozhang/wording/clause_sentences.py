"""Sentences about clauses: their names, and the consequences of passed due dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from jiaozhang.derive import DerivedTask, DerivedYear
from jiaozhang.derive.rhythm import silence_ends
from jiaozhang.derive.schedule import DerivedClause, Lapse
from jiaozhang.derive.standing import denies, missed_by
from jiaozhang.ledger.events import WHOLE, Note
from jiaozhang.wording import target_sentences, words
from jiaozhang.wording.catalogue import Labels, gettext, mark, ngettext
from jiaozhang.wording.joining import (
    clause,
    join_clauses,
    join_facts,
    join_list,
    join_sentences,
    sentence,
)

# Names of the states of an overdue clause without closure.
LAPSE: Mapping[Lapse, str] = Labels(
    {
        "silent": mark("Past its deadline, no public conclusion found"),
        "waiting": mark("Past its deadline, reports still in review"),
        "unseen": mark("Past its deadline, no reviewed closure found"),
        "late": mark("Overdue"),
    }
)


def clause_name(one: DerivedTask, id_: str) -> str:
    """A clause's name on pages: 第2条, or 全部条款."""
    if id_ == WHOLE:
        return gettext("All clauses")
    number = next((c.mark for c in one.clauses if c.clause.id == id_), None)
    return gettext("Clause {number}", number=number) if number else id_


def reported(report: Note) -> str:
    """A unit's status for a period, in the word that it chose."""
    return gettext(
        "{unit} reported “{status}” for {period}",
        unit=report.unit,
        status=words.declared(report.status),
        period=words.period(report.period or ""),
    )


def closed(one: DerivedTask) -> str:
    """The last closure of a task that has no open clause."""
    events = [c.event for c in one.clauses if c.event]
    last = max(events, key=lambda event: event.on)
    return gettext(
        "All clauses are closed: {day}, {by}. Ground: {ground}.",
        day=words.full_day(last.on),
        by=last.by,
        ground=last.ground,
    )


def reopened(one: DerivedTask) -> str:
    """Who decided that a clause is not completed after all, and why."""
    event = next(c.event for c in one.clauses if c.settlement == "reopened")
    if event is None:
        return ""
    return gettext(
        "{by} decided on {day} to reopen it: {ground}.",
        by=event.by,
        day=words.full_day(event.on),
        ground=event.ground,
    )


def overdue(one: DerivedTask) -> str:
    """The late clauses, and the records that show it if absence is no proof."""
    late = [c for c in one.clauses if c.lapse == "late"]
    shown = [fact for c in late if c.is_shown_open for fact in _shows_it_open(one, c)]
    if shown:
        return sentence(join_clauses((_passed(one, late), *dict.fromkeys(shown))))
    return gettext("{passed}, and there is no record of a closure.", passed=_passed(one, late))


def unseen_closure(year: DerivedYear, one: DerivedTask) -> str:
    """The clauses without a recorded closure although its review should be finished."""
    unseen = [c for c in one.clauses if c.lapse == "unseen" and c.due]
    return gettext(
        "{passed}, and by {until} no reviewed closure was found. It may still be in review.",
        passed=_passed(one, unseen),
        until=_silent_until(year, unseen),
    )


def waiting(year: DerivedYear, one: DerivedTask) -> str:
    """The overdue clauses whose missing closure has no meaning yet."""
    waiting = [c for c in one.clauses if c.lapse == "waiting" and c.due]
    review = gettext(
        "Reports of this period are in review until {until}; that none was found before that day "
        "says nothing.",
        until=_silent_until(year, waiting),
    )
    return join_sentences(past(one), review)


def past(one: DerivedTask) -> str:
    """The passed due dates, as a sentence."""
    return sentence(_passed(one, [c for c in one.clauses if c.lapse]))


def _silent_until(year: DerivedYear, clauses: Sequence[DerivedClause]) -> str:
    days = (silence_ends(c.due, year.ledger, False) for c in clauses if c.due)
    return words.full_day(max(days))


def _shows_it_open(one: DerivedTask, derived: DerivedClause) -> Iterator[str]:
    """The records dated on or after the due date that show a clause open."""
    event, due = derived.event, derived.due
    if event and due and event.is_reopened and event.on >= due:
        yield gettext(
            "{by} decided on {day} to reopen it", by=event.by, day=words.full_day(event.on)
        )
    for target in missed_by(derived, len(one.clauses) == 1, one.targets):
        yield clause(target_sentences.of_target(target))
    if derived.clause.scope is not None and len(one.clauses) > 1:
        return
    for report in one.standing.reports:
        if due and report.on >= due and denies(derived.clause, report):
            yield reported(report)


def _passed(one: DerivedTask, clauses: Sequence[DerivedClause]) -> str:
    """The passed due dates, with their clauses if a task has several."""
    days: dict[date, list[str]] = {}
    for one_of in clauses:
        if one_of.due:
            days.setdefault(one_of.due, []).append(str(one_of.mark))
    if len(one.clauses) == 1:
        return "".join(passed(day) for day in days)
    return join_facts(
        ngettext(
            "Clause {numbers} was due on {day}",
            "Clauses {numbers} were due on {day}",
            len(numbers),
            numbers=join_list(numbers),
            day=words.full_day(day),
        )
        for day, numbers in days.items()
    )


def passed(day: date) -> str:
    """The statement that a task's last due date has passed."""
    return gettext("The deadline passed on {day}", day=words.full_day(day))
