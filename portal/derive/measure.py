"""Figures against targets: what was promised, what was measured, and what the plan expected.

A figure stands beside a target only because it names it. Where the notice says 左右, or ties a
target to another series, arithmetic gives no verdict: an authority has to judge.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from portal.progress import Amendment, Curve, Figure, Judgement, Note, Plan
from portal.record import Comparison, Target, Year

Pace = Literal["behind", "unjudged", "on-plan", "ahead"]
CurveName = Curve | Literal["rate", "ceiling", "floor", "kept", "judged"]
_LEVELS: Mapping[Comparison, CurveName] = {"at-most": "ceiling", "at-least": "floor"}
SUMS = ("added", "completed", "started", "advanced")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far from the plan, in percent of the target, counts as behind or ahead."""

    behind: int
    ahead: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure that names the target, in the note that gives it."""

    figure: Figure
    note: Note


@dataclass(frozen=True, slots=True)
class DerivedTarget:
    """A target on a day.

    `goal` is its value after amendments; `readings` stand oldest first; `expected` is what the
    plan named by `curve` wanted by the day of the last reading; `pace` compares the two.
    `followed` is the last reading of the series that this one follows.
    """

    target: Target
    goal: Decimal | None
    amendments: tuple[Amendment, ...]
    readings: tuple[Reading, ...]
    curve: CurveName | None
    plan: Plan | None
    first: date
    due: date
    expected: Decimal | None
    pace: Pace | None
    judgement: Judgement | None
    followed: Reading | None


@dataclass(frozen=True, slots=True)
class Sources:
    """What is known of one task's targets."""

    notes: Sequence[Note]
    amendments: Sequence[Amendment]
    plans: Sequence[Plan]
    judgements: Sequence[Judgement]
    others: Sequence[Note] = ()


def measure(
    target: Target, year: Year, due: date | None, known: Sources, tolerance: Tolerance | None
) -> DerivedTarget:
    """Compare a target with what is known of it; without a tolerance nothing is judged."""
    amendments = tuple(a for a in known.amendments if a.target == target.id)
    goal = Decimal(amendments[-1].new) if amendments else target.value
    readings = tuple(
        Reading(figure, note)
        for note in known.notes
        for figure in note.figures
        if figure.target == target.id
    )
    plan = next((p for p in known.plans if p.target == target.id), None)
    judgement = next((j for j in reversed(known.judgements) if j.target == target.id), None)
    first, last = date(year, 1, 1), due or date(year, 12, 31)
    # Without a day to be done by there is nothing that could be even.
    curve = _curve(target, plan, has_day=due is not None or target.clause is None)
    expected = None
    if goal is not None and readings and curve:
        expected = _expected(curve, plan, goal, first, last, readings[-1].note.on)
    pace = None
    if tolerance and readings:
        pace = _pace(curve, goal, readings[-1].figure.value, expected, judgement, tolerance)
    return DerivedTarget(
        target,
        goal,
        amendments,
        readings,
        curve,
        plan,
        first,
        last,
        expected,
        pace,
        judgement,
        _followed(target, known.others),
    )


def expected_on(derived: DerivedTarget, day: date) -> Decimal | None:
    """What the plan wants by a day, for charts."""
    if derived.goal is None or derived.curve is None:
        return None
    return _expected(derived.curve, derived.plan, derived.goal, derived.first, derived.due, day)


def _followed(target: Target, notes: Sequence[Note]) -> Reading | None:
    """The last figure of the followed task that stands beside a target of its own."""
    own = (note for note in notes if target.follows and note.task == target.follows)
    readings = [Reading(figure, note) for note in own for figure in note.figures if figure.target]
    return readings[-1] if readings else None


def _curve(target: Target, plan: Plan | None, has_day: bool) -> CurveName | None:
    if plan:
        return plan.curve
    if target.comparison in ("about", "follows"):
        return "judged"
    if target.comparison == "external":
        return None
    if target.counts in SUMS:
        return "linear" if has_day else None
    if target.counts == "maintained":
        return "kept"
    return _LEVELS.get(target.comparison, "rate")


def _expected(
    curve: CurveName, plan: Plan | None, goal: Decimal, first: date, due: date, day: date
) -> Decimal | None:
    if curve == "judged":
        return None
    if curve == "stepped" and plan:
        return max((s.value for s in plan.steps if s.by <= day), default=Decimal(0))
    if curve == "seasonal" and plan:
        return goal * _season_share(plan.shares, first.year, day)
    if curve == "linear":
        return goal * _share(first, due, day)
    return goal


def _share(first: date, last: date, day: date) -> Decimal:
    """How much of a term has passed at the end of a day, from 0 to 1."""
    if day < first:
        return Decimal(0)
    whole = (last - first).days + 1
    return min(Decimal((day - first).days + 1) / Decimal(max(whole, 1)), Decimal(1))


def _season_share(shares: Sequence[Decimal], year: int, day: date) -> Decimal:
    """The shares of the months that have passed, the running one by its days."""
    passed = Decimal(0)
    for month, share in enumerate(shares, 1):
        first = date(year, month, 1)
        last = first + timedelta(days=calendar.monthrange(year, month)[1] - 1)
        passed += share * _share(first, last, day)
    return passed / sum(shares, Decimal(0))


def _pace(
    curve: CurveName | None,
    goal: Decimal | None,
    value: Decimal,
    expected: Decimal | None,
    judgement: Judgement | None,
    tolerance: Tolerance,
) -> Pace | None:
    if judgement:
        return "on-plan" if judgement.verdict == "达到" else "behind"
    if curve == "judged":
        return "unjudged"
    if goal is None or expected is None:
        return None
    if curve == "ceiling":
        return "on-plan" if value <= goal else "behind"
    if curve in ("rate", "floor", "kept"):
        return "on-plan" if value >= goal else "behind"
    if value < expected - goal * tolerance.behind / 100:
        return "behind"
    return "ahead" if value > expected + goal * tolerance.ahead / 100 else "on-plan"
