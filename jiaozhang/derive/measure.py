"""Compare figures with targets and plans.

A figure belongs to a target only if it refers to it. If the notice says 左右, or ties a target to
another series, there is no arithmetic result: an authority decides. A sum is reached by any figure
as large as the target; a limit, rate, average or number to be maintained only by a figure for the
whole term.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from jiaozhang.derive.notice_words import is_decrease
from jiaozhang.derive.spans import first_day_of, last_day_of
from jiaozhang.ledger.events import Amendment, Curve, Figure, Judgement, Note, TargetPlan, range_of
from jiaozhang.ledger.public import SUMS, Comparison, Target, Year

# From the worst to the best.
Pace = Literal[
    "missed", "behind", "over", "short", "unjudged", "on-plan", "within", "ahead", "reached"
]
CurveName = Curve | Literal["rate", "ceiling", "floor", "range", "kept", "judged"]
# How a target is evaluated: figures add up to it, or must be below, within or above limits; or only
# an authority decides.
MeasureWay = Literal["sum", "sum-range", "ceiling", "range", "floor", "authority", "untold"]
# Curves with an expected value for each day.
PLANNED: tuple[CurveName, ...] = ("linear", "stepped", "seasonal")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The deviation from the plan, in percent of the target, that counts as behind or ahead."""

    behind: int
    ahead: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure that refers to the target, and its note.

    `begins` and `ends` are the first and last day of the figure's period, if stated; for a month
    that was not over, `ends` is the note's day.
    """

    figure: Figure
    note: Note
    begins: date | None
    ends: date | None

    @property
    def day(self) -> date:
        """The day for which the plan is evaluated: the figure's last, else the note's."""
        return self.ends or self.note.on


@dataclass(frozen=True, slots=True)
class DerivedTarget:
    """A target with everything derived for a day.

    `goal` and `upper` are its values after amendments; `readings` are figures for its term, oldest
    first; `expected` is the value of the plan (`curve`) on the day of the last reading; `pace`
    compares the last reading with it, and is None without one. `followed` is the last reading of
    the series that this target follows.
    """

    target: Target
    goal: Decimal | None
    upper: Decimal | None
    amendments: tuple[Amendment, ...]
    readings: tuple[Reading, ...]
    curve: CurveName | None
    plan: TargetPlan | None
    first: date
    due: date
    expected: Decimal | None
    pace: Pace | None
    judgement: Judgement | None
    followed: Reading | None


@dataclass(frozen=True, slots=True)
class Sources:
    """Known records about one task's targets."""

    notes: Sequence[Note]
    amendments: Sequence[Amendment]
    plans: Sequence[TargetPlan]
    judgements: Sequence[Judgement]
    others: Sequence[Note] = ()


def measure(
    target: Target, year: Year, due: date | None, known: Sources, tolerance: Tolerance | None
) -> DerivedTarget:
    """Compare a target with the records about it.

    Without a tolerance, where units do not report, there is no pace on the way, only the result at
    the end: `reached`, `missed` or `unjudged`.
    """
    amendments = tuple(a for a in known.amendments if a.target == target.id)
    goal, upper = _goal(target, amendments)
    first = date(year, 1, 1)
    own = _readings_of(target, known.notes)
    readings = tuple(reading for reading in own if _is_of_term(reading, target, first, goal))
    plan = next((p for p in known.plans if p.target == target.id), None)
    judgement = next((j for j in reversed(known.judgements) if j.target == target.id), None)
    # Without a due date there is no linear plan.
    has_day = due is not None or target.clause is None
    plain = DerivedTarget(
        target=target,
        goal=goal,
        upper=upper,
        amendments=amendments,
        readings=readings,
        curve=_curve(target, plan, has_day),
        plan=plan,
        first=first,
        due=due or date(year, 12, 31),
        expected=None,
        pace=None,
        judgement=judgement,
        followed=_followed(target, known.others),
    )
    expected = expected_on(plain, readings[-1].day) if readings else None
    measured = replace(plain, expected=expected)
    return replace(measured, pace=_pace(measured, has_day, tolerance))


def expected_on(derived: DerivedTarget, day: date) -> Decimal | None:
    """The value that the plan requires by the end of a day: a minimum; for a ceiling a maximum."""
    goal, curve, plan = derived.goal, derived.curve, derived.plan
    if goal is None or curve is None or curve == "judged":
        return None
    start = derived.target.base or Decimal(0)
    if curve == "stepped" and plan:
        return _step(plan, day, derived.target)
    if curve == "seasonal" and plan:
        return start + (goal - start) * _season_share(plan.shares, derived.first.year, day)
    if curve == "linear":
        return start + (goal - start) * _share(derived.first, derived.due, day)
    return goal


def way_of(target: Target) -> MeasureWay:
    """How a target is evaluated, from its comparison and what it counts."""
    adds_up = target.counts in SUMS
    ways: Mapping[Comparison, MeasureWay] = {
        "about": "authority",
        "follows": "authority",
        "external": "untold",
        "at-most": "ceiling",
        "between": "sum-range" if adds_up else "range",
        "at-least": "sum" if adds_up else "floor",
        "exactly": "sum" if adds_up else "floor",
    }
    return ways[target.comparison]


def reading_of(figure: Figure, note: Note) -> Reading:
    """A figure with the days that its period states."""
    ends = last_day_of(figure.period)
    return Reading(figure, note, first_day_of(figure.period), min(ends, note.on) if ends else None)


def _is_of_term(reading: Reading, target: Target, first: date, goal: Decimal | None) -> bool:
    """Tell whether a figure is about the target's term.

    Earlier amounts do not belong to it, and an amount since July is no sum since January, unless it
    alone reaches or exceeds the target.
    """
    if reading.day < first or (reading.begins is not None and reading.begins < first):
        return False
    if target.counts not in SUMS or not _is_part(reading, target, first):
        return True
    is_ceiling = target.comparison == "at-most"
    value = reading.figure.value
    return goal is not None and (value > goal if is_ceiling else value >= goal)


def _is_part(reading: Reading, target: Target, first: date) -> bool:
    """Tell whether a figure's period starts after the first day of the term.

    Numbers maintained or remaining are states: the last month is sufficient for them.
    """
    is_state = target.counts == "maintained" or target.base is not None
    return not is_state and reading.begins is not None and reading.begins > first


def _goal(target: Target, amendments: Sequence[Amendment]) -> tuple[Decimal | None, Decimal | None]:
    """A target's value and upper end after amendments."""
    if not amendments:
        return target.value, target.upper
    return range_of(amendments[-1].new) or (Decimal(amendments[-1].new), None)


def _readings_of(target: Target, notes: Sequence[Note]) -> tuple[Reading, ...]:
    """The figures that refer to a target, by the end of their periods; revised ones come later."""
    found = [
        reading_of(figure, note)
        for note in notes
        for figure in note.figures
        if figure.target == target.id
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.figure.release == "revised")))


def _followed(target: Target, notes: Sequence[Note]) -> Reading | None:
    """The last figure of the followed task that belongs to a target there."""
    own = (note for note in notes if target.follows and note.task == target.follows)
    readings = [
        reading_of(figure, note) for note in own for figure in note.figures if figure.target
    ]
    return readings[-1] if readings else None


_CURVES: Mapping[MeasureWay, CurveName | None] = {
    "ceiling": "ceiling",
    "range": "range",
    "authority": "judged",
    "untold": None,
}


def _curve(target: Target, plan: TargetPlan | None, has_day: bool) -> CurveName | None:
    way = way_of(target)
    if plan and way not in ("authority", "untold"):
        return plan.curve
    if way in ("sum", "sum-range"):
        return "linear" if has_day else None
    if way != "floor":
        return _CURVES[way]
    if target.counts == "maintained":
        return "kept"
    return "floor" if target.comparison == "at-least" else "rate"


def _step(plan: TargetPlan, day: date, target: Target) -> Decimal | None:
    """The last step that is due: for sums the highest, else in the order of the plan."""
    passed = [step for step in sorted(plan.steps, key=lambda step: step.by) if step.by <= day]
    if not passed:
        return target.base if target.comparison == "at-most" else Decimal(0)
    if target.comparison == "at-most":
        return passed[-1].value
    return max(step.value for step in passed)


def _share(first: date, last: date, day: date) -> Decimal:
    """The share of a term that has passed at the end of a day, from 0 to 1."""
    if day < first:
        return Decimal(0)
    whole = (last - first).days + 1
    return min(Decimal((day - first).days + 1) / Decimal(max(whole, 1)), Decimal(1))


def _season_share(shares: Sequence[Decimal], year: int, day: date) -> Decimal:
    """The sum of the shares of past months; the current month counts proportionally."""
    passed = Decimal(0)
    for month, share in enumerate(shares, 1):
        first = date(year, month, 1)
        last = first + timedelta(days=calendar.monthrange(year, month)[1] - 1)
        passed += share * _share(first, last, day)
    return passed / sum(shares, Decimal(0))


def _pace(derived: DerivedTarget, has_day: bool, tolerance: Tolerance | None) -> Pace | None:
    """The authority's decision, else the result from the last figure."""
    way = way_of(derived.target)
    if derived.judgement:
        return "reached" if derived.judgement.verdict == "met" else "missed"
    if not derived.readings or way == "untold":
        return None
    if way == "authority":
        return "unjudged"
    last = derived.readings[-1]
    value, goal = last.figure.value, derived.goal
    if goal is None or _has_odd_sign(derived.target, value):
        return None
    if way == "sum" and value >= goal:
        return "reached"
    is_whole = has_day and not _is_part(last, derived.target, derived.first)
    if is_whole and last.ends is not None and last.ends >= derived.due:
        return "reached" if _is_met(way, value, goal, derived.upper) else "missed"
    return _interim(way, value, goal, derived, tolerance) if tolerance else None


def _is_met(way: MeasureWay, value: Decimal, goal: Decimal, upper: Decimal | None) -> bool:
    """Tell whether a figure for the whole term meets the target; limits are inclusive."""
    if way == "ceiling":
        return value <= goal
    return value >= goal and (upper is None or value <= upper)


def _interim(
    way: MeasureWay, value: Decimal, goal: Decimal, derived: DerivedTarget, tolerance: Tolerance
) -> Pace | None:
    """The result from a figure before the due date."""
    upper = derived.upper
    if way == "ceiling" and derived.target.base is not None and derived.curve in PLANNED:
        # In a decrease the plan is above the goal, so more than planned is behind.
        return _against_plan(-value, goal, derived, -1, tolerance)
    if way == "ceiling" and value > goal:
        # A plan may temporarily allow more than the goal; before its first step the limit is
        # unknown.
        limit = derived.expected if derived.curve in PLANNED else goal
        return None if limit is None else "within" if value <= limit else "over"
    if way == "ceiling":
        return "within"
    if upper is not None and value > upper:
        return "over"
    if way == "sum" or (way == "sum-range" and value < goal):
        return _against_plan(value, goal, derived, 1, tolerance)
    return "within" if value >= goal else "short"


def _against_plan(
    value: Decimal, goal: Decimal, derived: DerivedTarget, sign: int, tolerance: Tolerance
) -> Pace | None:
    """Compare with the plan of the day; the tolerance is inclusive."""
    if derived.expected is None:
        return None
    way_to_go = abs(goal - (derived.target.base or 0))
    ahead = value - sign * derived.expected
    if ahead < -way_to_go * tolerance.behind / 100:
        return "behind"
    return "ahead" if ahead > way_to_go * tolerance.ahead / 100 else "on-plan"


def _has_odd_sign(target: Target, value: Decimal) -> bool:
    """Tell whether a decrease is given as a negative number, whose meaning is unclear."""
    return value < 0 and is_decrease(target.verb or "")
