"""Display names of symbols, and formats of dates and amounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from jiaozhang.derive.duties import Role
from jiaozhang.derive.schedule import DerivedClause, Timing, is_month_end
from jiaozhang.ledger.events import (
    CorrectionKind,
    Method,
    ReportedStatus,
    Verdict,
    VerificationResult,
)
from jiaozhang.ledger.public import (
    BlockerState,
    ClauseKind,
    Comparison,
    Counts,
    ReviewKind,
    ReviewSteps,
    Target,
    UnitKind,
)
from jiaozhang.wording.catalogue import Labels, gettext, mark, ngettext, pgettext
from jiaozhang.wording.joining import join_facts, join_list
from jiaozhang.wording.ordinals import ordinal as ordinal

KIND: Mapping[ClauseKind, str] = Labels(
    {"progress": mark("Clear progress"), "complete": mark("Completion")}
)
ROLE: Mapping[Role, str] = Labels(
    {"lead": mark("Leads"), "joint": mark("Shares responsibility"), "support": mark("Supports")}
)
TIMING: Mapping[Timing, str] = Labels(
    {
        "not-due": mark("Not yet due"),
        "past-due": mark("Past its deadline"),
        "pending": mark("Waiting for its starting event"),
        "undated": mark("No date given"),
    }
)
UNIT_KIND: Mapping[UnitKind, str] = Labels(
    {
        "department": mark("Municipal department"),
        "district": mark("District government"),
        "zone": mark("Committee of a development zone"),
        "central": mark("Local office of a central body"),
        "enterprise": mark("Enterprise"),
        "organisation": mark("People's organisation"),
        "group": mark("Group"),
    }
)
COUNTS: Mapping[Counts, str] = Labels(
    {
        "level": mark("The level counts"),
        "added": mark("Only what is new counts"),
        "completed": mark("Counts once completed"),
        "started": mark("Counts once started"),
        "advanced": mark("Moves forward, with no end point"),
        "maintained": mark("Keeps what there is"),
    }
)
CORRECTION: Mapping[CorrectionKind, str] = Labels(
    {
        "correction": mark("Correction"),
        "replacement": mark("Replacement"),
        "outdated": mark("Out of date in part"),
        "withdrawal": mark("Withdrawal"),
    }
)
DECLARED: Mapping[ReportedStatus, str] = Labels(
    {
        "not-started": mark("Not started"),
        "on-track": mark("On track"),
        "slow": mark("Slow"),
        "blocked": mark("Blocked"),
        "done": mark("Done"),
    }
)
METHOD: Mapping[Method, str] = Labels(
    {
        "unannounced": mark("Unannounced visit"),
        "open-and-covert": mark("Open and covert visits"),
        "on-site": mark("Check on site"),
        "documents": mark("Check of documents"),
        "telephone": mark("Check by telephone"),
    }
)
RESULT: Mapping[VerificationResult, str] = Labels(
    {
        "agrees": mark("Agrees"),
        "partly": mark("Agrees in part"),
        "disagrees": mark("Disagrees"),
    }
)
VERDICT: Mapping[Verdict, str] = Labels({"met": mark("Met"), "not-met": mark("Not met")})
REVIEWED: Mapping[ReviewKind, str] = Labels(
    {
        "report": mark("Unit's report"),
        "public-record": mark("Public record"),
        "node-plan": mark("Plan of a milestone"),
        "node-end": mark("End of a milestone"),
        "closure": mark("Closure"),
        "reopening": mark("Reopened"),
        "trigger": mark("Start of a term"),
        "judgement": mark("Declaration"),
        "plan": mark("Plan over time"),
        "amendment": mark("Amendment"),
        "correction": mark("Correction, or the reason of a withdrawal"),
        "verification": mark("Public half of an inspection"),
        "summary": mark("Task in plain words"),
    }
)
BLOCKER: Mapping[BlockerState, str] = Labels(
    {
        "waiting": mark("Waiting for an answer"),
        "answered": mark("Answered"),
        "solved": mark("Solved"),
    }
)
_COMPARED: Mapping[Comparison, str] = {
    "about": mark("about {amount}"),
    "at-least": mark("at least {amount}"),
    "at-most": mark("at most {amount}"),
}
_MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)
_QUARTERS = (
    mark("Q1 {year}"),
    mark("Q2 {year}"),
    mark("Q3 {year}"),
    mark("Q4 {year}"),
)


def declared(status: ReportedStatus | None) -> str | None:
    """A unit's status of its own progress, if it reported one."""
    return DECLARED[status] if status else None


def tasks(count: int) -> str:
    """How many tasks: 3项."""
    return ngettext("{n} task", "{n} tasks", count)


def tasks_of(name: str, count: int) -> str:
    """The number of tasks with a property: 已销号3项."""
    return ngettext("{name}: {n} task", "{name}: {n} tasks", count, name=name)


def duties(counts: Mapping[Role, int]) -> str:
    """How many tasks a unit or district has in each role, as one clause: 牵头2项，配合5项."""
    return join_facts(_duty_count(role, counts[role]) for role in ROLE if counts[role])


def _duty_count(role: Role, count: int) -> str:
    if role == "lead":
        return ngettext("leads {n} task", "leads {n} tasks", count)
    if role == "joint":
        return ngettext(
            "shares responsibility for {n} task", "shares responsibility for {n} tasks", count
        )
    return ngettext("supports {n} task", "supports {n} tasks", count)


def review_name(level: str | None) -> str:
    """The display name of a review step."""
    return level or gettext("Secrecy review")


def step_names(steps: ReviewSteps) -> tuple[str, ...]:
    """The display names of review steps, in order."""
    return (*steps.levels, *((review_name(None),) if steps.secrecy else ()))


def review_steps(steps: ReviewSteps) -> str:
    """The steps of a review in a sentence: 初审、复审和保密审查; empty where there are none."""
    if steps.levels and steps.secrecy:
        return gettext("{levels} and the secrecy review", levels=join_list(steps.levels))
    return join_list(step_names(steps))


def through(group: str) -> str:
    """The group through which the notice includes a unit: 经由“各区”."""
    return gettext("Reached through “{group}”", group=group)


def year(number: int) -> str:
    """A year by itself: 2025年."""
    return pgettext("a year by itself", "{year}", year=number)


def month(number: int) -> str:
    """The name of a month, from 1 to 12."""
    return gettext(_MONTHS[number - 1])


def month_of(year: int, number: int) -> str:
    """A month of a year: 2025年6月."""
    return gettext("{month} {year}", month=month(number), year=year)


def chapter(number: int, title: str) -> str:
    """A section by its number and title: 一、产业发展."""
    return pgettext(
        "a section's number and title", "{number}. {title}", number=ordinal(number), title=title
    )


def full_day(day: date) -> str:
    """2025年12月31日, for sentences; tables use the ISO form."""
    return gettext("{day} {month} {year}", day=day.day, month=month(day.month), year=day.year)


def day_or_month(text: str) -> str:
    """2025-06 as 2025年6月, 2025-06-30 as 2025年6月30日."""
    year, number, *day = (int(part) for part in text.split("-"))
    return full_day(date(year, number, *day)) if day else month_of(year, number)


def period(name: str) -> str:
    """2025-06 as 2025年6月, 2025-Q2 as 2025年第二季度."""
    year, _, part = name.partition("-")
    if part.startswith("Q"):
        return gettext(_QUARTERS[int(part[1:]) - 1], year=year)
    return month_of(int(year), int(part))


def when(derived: DerivedClause, year: int) -> str:
    """When a clause falls due, in the shortest words of the ledger's year."""
    clause = derived.clause
    if clause.after and derived.due is None:
        months = clause.months or 0
        return ngettext(
            "within {n} month of {event}",
            "within {n} months of {event}",
            months,
            event=clause.after,
        )
    if clause.season and not derived.amendments:
        return clause.season
    return day_in_year(derived.due, year) if derived.due else TIMING["undated"]


def day_in_year(day: date, year: int) -> str:
    if day.year != year or not is_month_end(day):
        return day.isoformat()
    if day.month == 12:
        return gettext("the end of the year")
    return gettext("the end of {month}", month=month(day.month))


def quantity(value: Decimal) -> str:
    """A number as typed: 1.62 stays 1.62, 5 stays 5."""
    return f"{value:f}"


def amount(target: Target, goal: Decimal | None = None, upper: Decimal | None = None) -> str:
    """A target's figure with unit and comparison: 10家以上, 5%左右, 5—6%, 16个.

    `goal` and `upper` are the values after amendments, where they differ from the printed ones.
    """
    if target.comparison == "follows":
        return gettext("in step with task {number}", number=target.follows)
    if target.value is None:
        return gettext("set by a higher authority, not stated in the notice")
    value = quantity(target.value if goal is None else goal)
    if target.upper is not None:
        value += f"—{quantity(target.upper if upper is None else upper)}"
    value += target.unit or ""
    compared = _COMPARED.get(target.comparison)
    return gettext(compared, amount=value) if compared else value


def target_name(target: Target) -> str:
    """What a target counts, always with its verb: 新增学位, 启动城镇老旧小区改造.

    A verb that describes a change follows its subject, as in 地区生产总值增长.
    """
    verb = target.verb or ""
    behind = target.counts == "level" and target.comparison != "external"
    return f"{target.measure}{verb}" if behind else f"{verb}{target.measure}"
