"""查到什么 on pages: rows of figures beside their targets, or a record's own words.

One view serves a task's head, every list, the home page and the search; each shows as much of it
as it has room for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from jiaozhang.derive.finding import Finding, TargetFinding, TargetState
from jiaozhang.ledger.events import Note
from jiaozhang.ledger.public import Year
from jiaozhang.ledger.settings import Tone
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.gauge import Gauge, gauge_key, gauge_of
from jiaozhang.pages.core.marks import DEFAULTS, Mark
from jiaozhang.wording import citations, finding_sentences, words
from jiaozhang.wording.catalogue import gettext, ngettext
from jiaozhang.wording.joining import join_facts


@dataclass(frozen=True, slots=True)
class SaidBy:
    """Who says a figure or sentence: in full and in short, with the day; `address` is the entry on
    the task's page, `url` the source's own (empty if unknown).
    """

    who: str
    short: str
    day: str
    address: str
    url: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A target and the figure that is published beside it; `value` is empty without one.

    `period` is what the figure covers; `reason` says how its scope differs; `gauge` is the drawing,
    where both can be compared.
    """

    label: str
    value: str
    unit: str
    goal: str
    period: str
    gauge: Gauge | None
    mark: Mark
    reason: str
    said_by: SaidBy | None


@dataclass(frozen=True, slots=True)
class FindingView:
    """What is known of a task, for its page and for lists.

    `summary` sums the targets and is empty without any; `rows` are all targets, those with a figure
    first (`answered`), `front` is the one that stands in front, and `rest` counts those without a
    figure in words; `key` says how gauges are read. `said` is a sentence that stands in front where
    no figure answers a target, `limits` what it is only about, and `said_by` who says what stands
    in front. `common` is the source and the period that all figures have, or None. `nothing` is the
    mark of a task of which nothing is known; `plain` is all of it in one line.
    """

    summary: str
    rows: tuple[FindingRow, ...]
    answered: tuple[FindingRow, ...]
    front: FindingRow | None
    rest: str
    said: str
    limits: str
    said_by: SaidBy | None
    common: tuple[SaidBy, str] | None
    nothing: Mark
    key: str
    plain: str


def finding_view(of: Year, finding: Finding) -> FindingView:
    plain_rows = tuple(finding_row(of, found) for found in finding.targets)
    answered = tuple(row for row in plain_rows if row.value)
    rows = (*answered, *(row for row in plain_rows if not row.value))
    open_ = len(rows) - len(answered) if answered else 0
    return FindingView(
        summary=finding_sentences.summary(finding),
        rows=rows,
        answered=answered,
        front=finding_row(of, finding.front) if finding.front else None,
        rest=ngettext(
            "{n} more target without a published figure",
            "{n} more targets without a published figure",
            open_,
        )
        if open_
        else "",
        said="" if answered else finding_sentences.said(finding),
        limits=finding_sentences.limits(finding),
        said_by=_said_by(of, finding.note) if finding.note else None,
        common=_common(answered),
        nothing=Mark(gettext("No public record found"), "hollow", "mute"),
        key=gauge_key(row.gauge for row in rows if row.gauge),
        plain=finding_sentences.plain(finding),
    )


def _common(rows: tuple[FindingRow, ...]) -> tuple[SaidBy, str] | None:
    """The source and period that all rows have; None if they differ.

    Of several records from one source the first is linked.
    """
    sources = [row.said_by for row in rows if row.said_by]
    told = {(said_by.who, said_by.url) for said_by in sources}
    periods = {row.period for row in rows}
    return (sources[0], periods.pop()) if len(told) == len(periods) == 1 else None


def finding_row(of: Year, found: TargetFinding) -> FindingRow:
    """One target with the figure that is published for it."""
    shown, derived = found.shown, found.target
    is_own = shown is not None and found.state != "differs"
    return FindingRow(
        label=finding_sentences.measure(found),
        value=words.quantity(shown.figure.value) if shown else "",
        unit=shown.figure.unit if shown else "",
        goal=finding_sentences.goal(found),
        period=shown.figure.period if shown else "",
        gauge=gauge_of(derived.target, shown.figure.value, derived.goal, derived.upper)
        if shown and is_own
        else None,
        mark=_mark(found),
        reason=(shown.figure.differs or "") if shown and not is_own else "",
        said_by=_said_by(of, shown.note) if shown else None,
    )


# A word is never coloured as a success: a number that is met is not a task that is done.
_SHAPES: Mapping[TargetState, tuple[str, Tone]] = {
    "met": ("equal", "main"),
    "unmet": ("below", "watch"),
    "declared-met": ("tick", "main"),
    "declared-unmet": ("down", "watch"),
    "undecided": ("wave", "ink"),
    "open": ("hourglass", "mute"),
    "differs": ("squares", "watch"),
    "none": ("hollow", "mute"),
}


def state_mark(state: TargetState) -> Mark:
    """The word and shape of what published figures say about a target."""
    shape, tone = _SHAPES[state]
    return Mark(finding_sentences.STATE[state], shape, tone)


def _mark(found: TargetFinding) -> Mark:
    plain = state_mark(found.state)
    paced = next((key for key in DEFAULTS if key == found.target.pace), None)
    if found.state == "open" and paced:
        return replace(DEFAULTS[paced], word=finding_sentences.state(found))
    return plain


def _said_by(of: Year, note: Note) -> SaidBy:
    source = note.source
    address = f"{addresses.task(of, note.task)}#{note.id}"
    if source is None:
        unit = note.unit or ""
        who = join_facts((unit, words.day_or_month(note.on_text)))
        return SaidBy(who, unit, note.on_text, address, "")
    return SaidBy(
        citations.source_of(note), source.publisher, note.on_text, address, source.url or ""
    )
