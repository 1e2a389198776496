"""Explanations of a task's standing: one sentence for each component.

A sentence states the rule and its facts, with dates and never with ages, so that a page changes
only when its facts do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from jiaozhang.derive import DerivedTask, DerivedYear
from jiaozhang.derive.measure import Pace
from jiaozhang.derive.rhythm import silence_ends
from jiaozhang.derive.schedule import Lapse
from jiaozhang.derive.standing import Evidence
from jiaozhang.ledger.events import Verification
from jiaozhang.ledger.settings import StandingKey
from jiaozhang.wording import clause_sentences, finding_sentences, target_sentences, words
from jiaozhang.wording.catalogue import Labels, gettext, mark, ngettext
from jiaozhang.wording.joining import join_clauses, join_sentences, sentence

EVIDENCE: Mapping[Evidence, str] = Labels(
    {
        "none": mark("Nothing on record"),
        "record": mark("On record"),
        "figure": mark("Figures on record"),
        "node": mark("A milestone was reached"),
        "checked": mark("Inspected"),
        "verified": mark("Inspection agrees"),
        "partly": mark("Inspection agrees in part"),
        "disputed": mark("Inspection disagrees"),
    }
)


def unseen_node() -> str:
    """The name of a milestone whose date has passed, while a record may still be in review."""
    return gettext("Planned day passed, no reviewed record that it was reached")


def reason(year: DerivedYear, one: DerivedTask) -> str:
    """The reason for a task's headline word."""
    return _REASONS[one.standing.key](year, one)


def says(year: DerivedYear, one: DerivedTask) -> tuple[str, str]:
    """单位怎么说: the status, and who reported it when."""
    reports = one.standing.reports
    if year.ledger.reporting == "none" and not reports:
        return gettext("Units do not report through this site"), ""
    if not reports:
        return _unreported(year), _owed(year, one) or _not_yet(year)
    said = words.declared(one.standing.declared) or gettext("The units disagree")
    return said, sentence(join_clauses(clause_sentences.reported(one) for one in reports))


def shows(year: DerivedYear, one: DerivedTask) -> tuple[str, str]:
    """证据显示: the figures or the strongest evidence, and its details."""
    parts = tuple(_evidence(year, one))
    if not parts:
        nothing = (
            gettext("Nothing on record") if year.is_whole else gettext("Nothing on public record")
        )
        return nothing, ""
    why = sentence(join_clauses(parts))
    figures = finding_sentences.figures(one.finding)
    if figures and one.standing.evidence in ("record", "figure"):
        return figures, why
    return EVIDENCE[one.standing.evidence], join_sentences(
        sentence(figures) if figures else "", why
    )


def _evidence(year: DerivedYear, one: DerivedTask) -> Iterator[str]:
    standing = one.standing
    if standing.latest:
        yield ngettext(
            "{n} record, the latest of {day}",
            "{n} records, the latest of {day}",
            standing.records,
            day=words.day_or_month(standing.latest.on_text),
        )
    if one.own.nodes:
        yield _nodes(year, one)
    if one.own.verifications:
        yield _inspected(one.own.verifications[-1])


def _inspected(check: Verification) -> str:
    day = words.full_day(check.on)
    method = words.METHOD[check.method]
    if not check.result:
        return gettext("{method} on {day}", method=method, day=day)
    result = words.RESULT[check.result]
    return gettext("{method} on {day}: {result}", method=method, day=day, result=result)


@dataclass(frozen=True, slots=True)
class _Timing:
    """A word for what calendar and plans say, and why; `names_day` where that says already that the
    day of the task has passed."""

    word: str
    why: str
    names_day: bool = False


def calendar(year: DerivedYear, one: DerivedTask) -> tuple[str, str]:
    """对照时间: the worst result from calendar and plans, with its facts."""
    standing = one.standing
    if standing.closing == "closed":
        return gettext("Closed"), clause_sentences.closed(one)
    timing = next((timing for timing in _timings(year, one) if timing), None)
    if timing is None:
        return words.TIMING[standing.timing], _when(one)
    # Passed due dates are mentioned already; future ones are not.
    is_told = timing.names_day and not standing.nearest
    return timing.word, timing.why if is_told else join_sentences(timing.why, _when(one))


def _timings(year: DerivedYear, one: DerivedTask) -> Iterator[_Timing | None]:
    """Results from calendar and plans, in the order of the rule table."""
    # Without reports nothing is behind or ahead, and the finding says what figures say.
    pace = None if year.ledger.reporting == "none" else one.standing.pace
    lapses, late = one.standing.lapses, one.standing.late
    said = _paced_timing(year, one, pace) if pace else None
    yield said if pace == "unjudged" and lapses else None
    yield _lapsed("late", clause_sentences.overdue(one)) if "late" in lapses else None
    yield said if pace in ("missed", "behind") else None
    yield (
        _late_timing(year, one, target_sentences.PACE["behind"])
        if (late and year.is_whole)
        else None
    )
    yield said if pace in ("over", "short", "reached") else None
    yield (
        _lapsed("unseen", clause_sentences.unseen_closure(year, one))
        if ("unseen" in lapses)
        else None
    )
    yield _late_timing(year, one, unseen_node()) if late else None
    yield said
    yield _lapsed("waiting", clause_sentences.waiting(year, one)) if "waiting" in lapses else None
    yield _silent(one) if "silent" in lapses else None


def _lapsed(lapse: Lapse, why: str) -> _Timing:
    return _Timing(clause_sentences.LAPSE[lapse], why, names_day=True)


def _late_timing(year: DerivedYear, one: DerivedTask, word: str) -> _Timing:
    return _Timing(word, _late_node(year, one))


def _silent(one: DerivedTask) -> _Timing:
    lapsed = _lapsed("silent", clause_sentences.past(one))
    if one.standing.timing == "past-due":
        return lapsed
    return replace(lapsed, word=gettext("Partly past its deadline, no public conclusion found"))


def _paced_timing(year: DerivedYear, one: DerivedTask, pace: Pace) -> _Timing:
    by_nodes = not any(target.pace == pace for target in one.targets)
    return _Timing(target_sentences.PACE[pace], _pace_reason(year, one, pace), names_day=by_nodes)


def _pace_reason(year: DerivedYear, one: DerivedTask, pace: Pace) -> str:
    """The target or the nodes that decide a pace."""
    target = next((t for t in one.targets if t.pace == pace), None)
    if target:
        return target_sentences.of_target(target)
    return gettext("Every milestone that is due was reached: {counts}.", counts=_nodes(year, one))


def _nodes(year: DerivedYear, one: DerivedTask) -> str:
    """The number of completed nodes; in a filtered record, of nodes known to be completed."""
    done = sum(node.actual is not None for node in one.own.nodes)
    if year.is_whole:
        return ngettext(
            "{done} of {n} milestone reached",
            "{done} of {n} milestones reached",
            len(one.own.nodes),
            done=done,
        )
    return ngettext(
        "{n} milestone, {done} reached by a reviewed record",
        "{n} milestones, {done} reached by a reviewed record",
        len(one.own.nodes),
        done=done,
    )


def _late_node(year: DerivedYear, one: DerivedTask) -> str:
    """The first overdue node: that it is not completed, or has no record."""
    node = one.standing.late[0]
    planned = words.full_day(node.planned)
    if year.is_whole:
        return gettext(
            "The milestone “{name}” was planned for {planned}; there is no record that it was "
            "reached.",
            name=node.text,
            planned=planned,
        )
    return gettext(
        "The milestone “{name}” was planned for {planned}; by {until} no reviewed record was found "
        "that it was reached.",
        name=node.text,
        planned=planned,
        until=words.full_day(silence_ends(node.planned, year.ledger, year.is_whole)),
    )


def _when(one: DerivedTask) -> str:
    """The nearest future due date, else the last passed one."""
    if one.standing.nearest:
        return gettext("The next one is due on {day}.", day=words.full_day(one.standing.nearest))
    days: list[date] = [c.due for c in one.clauses if c.due]
    if one.standing.timing == "past-due" and days:
        return sentence(clause_sentences.passed(max(days)))
    if one.standing.timing == "pending":
        waiting = next(c for c in one.clauses if c.timing == "pending")
        return gettext(
            "It starts with “{event}”, whose day is not known yet.", event=waiting.clause.after
        )
    return gettext(
        "The text gives no date; this site does not assume one, and it is not counted as due."
    )


def _unreported(year: DerivedYear) -> str:
    return gettext("No report") if year.is_whole else gettext("No reviewed report found")


def _not_yet(year: DerivedYear) -> str:
    if year.is_whole:
        return gettext("The day of the first report has not come yet.")
    return gettext(
        "Reports are published once they are reviewed; the review of the first ones is not over."
    )


def _owed(year: DerivedYear, one: DerivedTask) -> str:
    """The last missing report: that it is missing, or not seen."""
    if not one.standing.owed:
        return ""
    last = one.standing.owed[-1]
    parts = {
        "unit": last.unit.name,
        "period": words.period(last.period.name),
        "due": words.full_day(last.period.due),
    }
    if year.is_whole:
        return gettext(
            "{unit} was to report on {period} by {due}; no report was found.",
            **parts,
        )
    return gettext(
        "{unit} was to report on {period} by {due}; by {until} no reviewed report was found. It "
        "may still be in review.",
        **parts,
        until=words.full_day(last.period.reviewed),
    )


def _recorded(year: DerivedYear, one: DerivedTask) -> str:
    latest = one.standing.latest
    return ngettext(
        "{n} public record, of {day}. A record does not mean that it is done.",
        "{n} public records, the latest of {day}. A record does not mean that it is done.",
        one.standing.records,
        day=words.day_or_month(latest.on_text) if latest else "",
    )


def _unrecorded(year: DerivedYear, one: DerivedTask) -> str:
    return join_sentences(
        gettext("This site found nothing on public record."), _no_record_is_no_proof()
    )


def _no_record_is_no_proof() -> str:
    return gettext("That nothing is on record does not mean that nothing was done.")


def _paced(pace: Pace) -> Callable[[DerivedYear, DerivedTask], str]:
    return lambda year, one: _pace_reason(year, one, pace)


def _behind(year: DerivedYear, one: DerivedTask) -> str:
    pace = one.standing.pace
    if pace in ("behind", "missed"):
        return _pace_reason(year, one, pace)
    return _late_node(year, one)


def _reported_done(year: DerivedYear, one: DerivedTask) -> str:
    open_ = (
        gettext("It is not closed yet.")
        if year.is_whole
        else gettext("No reviewed closure was found.")
    )
    return join_sentences(says(year, one)[1], open_)


_REASONS: Mapping[StandingKey, Callable[[DerivedYear, DerivedTask], str]] = {
    "reopened": lambda year, one: clause_sentences.reopened(one),
    "closed": lambda year, one: clause_sentences.closed(one),
    "disputed": lambda year, one: shows(year, one)[1],
    "unjudged": _paced("unjudged"),
    "overdue": lambda year, one: clause_sentences.overdue(one),
    "behind": _behind,
    "over": _paced("over"),
    "short": _paced("short"),
    "reached": _paced("reached"),
    "figure-reached": _paced("reached"),
    "reported-done": _reported_done,
    "unreported": _owed,
    "unseen-closure": clause_sentences.unseen_closure,
    "unseen-node": _late_node,
    "unseen-report": _owed,
    "soon": lambda year, one: _when(one),
    "ahead": _paced("ahead"),
    "on-plan": _paced("on-plan"),
    "within": _paced("within"),
    "recorded": _recorded,
    "unrecorded": _unrecorded,
    "past-due": clause_sentences.waiting,
    "pending": lambda year, one: _when(one),
    "undated": lambda year, one: _when(one),
    "not-due": lambda year, one: _when(one),
}
