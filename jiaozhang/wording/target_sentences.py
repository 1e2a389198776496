"""Sentences about targets: measured and expected values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from jiaozhang.derive.measure import PLANNED, CurveName, DerivedTarget, Pace, Reading, way_of
from jiaozhang.ledger.events import Judgement
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import Labels, gettext, mark
from jiaozhang.wording.joining import join_clauses, join_sentences, labelled, sentence

CURVE: Mapping[CurveName, str] = Labels(
    {
        "linear": mark("spread evenly over time"),
        "stepped": mark("by the steps of the plan"),
        "seasonal": mark("by the share of each month"),
        "rate": mark("compared directly with the target"),
        "ceiling": mark("no higher than the target"),
        "floor": mark("no lower than the target"),
        "range": mark("between the lower and the upper limit"),
        "kept": mark("the number to be kept"),
        "judged": mark("declared by the competent authority"),
    }
)
PACE: Mapping[Pace, str] = Labels(
    {
        "missed": mark("Figure below the target"),
        "behind": mark("Behind plan"),
        "over": mark("Over the limit so far"),
        "short": mark("Below the target so far"),
        "unjudged": mark("Waiting for a declaration"),
        "on-plan": mark("On plan"),
        "within": mark("Within the limit so far"),
        "ahead": mark("Ahead of plan"),
        "reached": mark("Figure meets the target"),
    }
)
# What the plan wanted by a day: of a sum, which the plan decides, and of what has a limit too; the
# message depends on whether that is a most.
_PLANNED_SUM: Mapping[bool, str] = {
    False: mark("{readings}; by {day} at least {wanted} was planned ({curve})."),
    True: mark("{readings}; by {day} at most {wanted} was planned ({curve})."),
}
_PLANNED_LIMIT: Mapping[bool, str] = {
    False: mark("{readings}; by {day} at least {wanted} was planned ({curve}), target {goal}."),
    True: mark("{readings}; by {day} at most {wanted} was planned ({curve}), target {goal}."),
}


def of_target(target: DerivedTarget) -> str:
    """A target's name, its measured value, and an authority's decision."""
    verdict = sentence(judged(target.judgement)) if target.judgement else ""
    return labelled(words.target_name(target.target), join_sentences(measured(target), verdict))


def measured(target: DerivedTarget) -> str:
    """Measured and expected value: 截至6月30日11个，计划12个（按时间均匀推算）."""
    if not target.readings:
        return gettext("No figure of the same kind was found.")
    last = target.readings[-1]
    said = _readings_said(target, last)
    if target.curve == "judged":
        return gettext(
            "{readings}. Whether “about” or “in step with” is met is for the competent authority "
            "to declare; this site does not judge.",
            readings=said,
        )
    if target.expected is None or target.curve is None:
        return sentence(said)
    goal = words.amount(target.target, target.goal, target.upper)
    if target.curve not in PLANNED:
        return gettext("{readings}; the target is {goal}.", readings=said, goal=goal)
    is_sum = way_of(target.target) == "sum"
    wanted = f"{rounded(target.expected)}{last.figure.unit}"
    message = (_PLANNED_SUM if is_sum else _PLANNED_LIMIT)[target.target.comparison == "at-most"]
    return gettext(
        message,
        readings=said,
        day=words.day_or_month(read_on(last)),
        wanted=wanted,
        curve=CURVE[target.curve],
        goal=goal,
    )


def _readings_said(target: DerivedTarget, last: Reading) -> str:
    """The last figure, and the last one of the series that it follows."""
    own = gettext("{value} in {period}", value=_value(last), period=last.figure.period)
    if not target.followed:
        return own
    other = gettext(
        "task {number} ({name}): {value} in {period}",
        number=target.target.follows,
        name=target.followed.figure.name,
        value=_value(target.followed),
        period=target.followed.figure.period,
    )
    return join_clauses((own, other))


def _value(reading: Reading) -> str:
    return f"{words.quantity(reading.figure.value)}{reading.figure.unit}"


def judged(judgement: Judgement) -> str:
    """An authority's decision on a target, with its source."""
    return gettext(
        "{by} declares: {verdict} ({document})",
        by=judgement.by,
        verdict=words.VERDICT[judgement.verdict],
        document=judgement.document,
    )


def read_on(reading: Reading) -> str:
    """The end of a figure's period; for a monthly note, the month."""
    return reading.ends.isoformat() if reading.ends else reading.note.on_text


def rounded(value: Decimal) -> str:
    """A computed number to one decimal at most, below 1 to two; typed numbers are never rounded."""
    step = Decimal("0.1") if abs(value) >= 1 else Decimal("0.01")
    return f"{value.quantize(step, ROUND_HALF_UP).normalize():f}"
