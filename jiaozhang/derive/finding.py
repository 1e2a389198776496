"""查到什么: what is known of a task in figures or words, and which of it stands in front.

A figure that answers a target comes first, then any figure, then a sentence. Nothing is judged
here: whether a figure meets a target comes from `derive.measure`; a figure of another scope is
never compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jiaozhang.derive.measure import DerivedTarget, Pace, Reading, reading_of
from jiaozhang.ledger.events import Note
from jiaozhang.ledger.public import Year

# What published figures say about a target:
#   met, unmet        a figure for the whole term, or a sum that is reached already
#   declared-…        an authority decided
#   undecided         左右 or 同步: there is a figure, and an authority has to decide
#   open              a figure of the target's own scope that decides nothing yet
#   differs           only figures of another scope
#   none              no figure
TargetState = Literal[
    "met",
    "unmet",
    "declared-met",
    "declared-unmet",
    "undecided",
    "open",
    "differs",
    "none",
]
# What stands in front: a figure that answers a target, another figure, a sentence, or nothing.
FindingKind = Literal["target", "figure", "sentence", "none"]
# Which of several targets with figures comes first.
Preference = Literal["latest", "own-scope"]


@dataclass(frozen=True, slots=True)
class TargetFinding:
    """What is published about one target.

    `shown` is the newest figure of its own scope, or else of a differing one; `beside` are all
    figures of a differing scope, newest first.
    """

    target: DerivedTarget
    state: TargetState
    shown: Reading | None
    beside: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of a task.

    `targets` are in the order of the notice. `front` is set for the kind `target`, `figure` for
    `target` and `figure`, `note` for all but `none`. `place` is the district, `span` the period,
    that the figure or sentence in front covers, where that is not the whole task or its year.
    """

    kind: FindingKind
    targets: tuple[TargetFinding, ...]
    front: TargetFinding | None = None
    figure: Reading | None = None
    note: Note | None = None
    place: str | None = None
    span: str | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What the choice is made from: a task's targets, its notes, and those about all of it."""

    targets: tuple[TargetFinding, ...]
    notes: Sequence[Note]
    whole: Sequence[Note]
    of: Year


def finding_of(
    targets: Iterable[DerivedTarget], notes: Sequence[Note], whole: Sequence[Note], of: Year
) -> Finding:
    """Choose what stands in front of a task; `whole` are the notes about all of it.

    The first of `CHOICES` that there is; /about/ prints them in their order.
    """
    found = tuple(_target_finding(target, whole) for target in targets)
    known = _Known(found, notes, whole, of)
    return next(finding for choose in CHOICES.values() if (finding := choose(known)))


def _answering(known: _Known) -> Finding | None:
    """The target whose figure comes first by `PREFERENCES`."""
    answering = [target for target in known.targets if target.shown]
    if not answering:
        return None
    front = max(answering, key=lambda found: tuple(key(found) for key in PREFERENCES.values()))
    shown = front.shown
    return Finding("target", known.targets, front, shown, shown.note if shown else None)


def _figure(known: _Known) -> Finding | None:
    """The newest figure; of one record the first, which is the one that it is about."""
    chosen = known.whole or known.notes
    figures = [reading_of(figure, note) for note in chosen for figure in note.figures]
    if not figures:
        return None
    newest = max(figures, key=lambda reading: (reading.day, _age(reading.note)))
    span = newest.figure.period if _is_partial(newest, known.of) else None
    place = None if known.whole else newest.note.district
    return Finding("figure", known.targets, None, newest, newest.note, place, span)


def _sentence(known: _Known) -> Finding | None:
    """The newest record."""
    chosen = known.whole or known.notes
    if not chosen:
        return None
    note = max(chosen, key=_age)
    place = None if known.whole else note.district
    return Finding("sentence", known.targets, None, None, note, place)


def _nothing(known: _Known) -> Finding:
    return Finding("none", known.targets)


# What may stand in front, the first that there is. Records about the whole task come before those
# of one district.
CHOICES: Mapping[FindingKind, Callable[[_Known], Finding | None]] = {
    "target": _answering,
    "figure": _figure,
    "sentence": _sentence,
    "none": _nothing,
}
# Of several targets with figures: by the first of these that tells them apart, and else by the
# order of the notice, as max() keeps the first.
PREFERENCES: Mapping[Preference, Callable[[TargetFinding], date | bool]] = {
    "latest": lambda found: found.shown.day if found.shown else date.min,
    "own-scope": lambda found: found.state != "differs",
}


def _target_finding(target: DerivedTarget, notes: Sequence[Note]) -> TargetFinding:
    beside = tuple(
        sorted(_beside(target.target.id, notes), key=lambda reading: reading.day, reverse=True)
    )
    own = target.readings[-1] if target.readings else None
    shown = own or next(iter(beside), None)
    return TargetFinding(target, _state(target, own, beside), shown, beside)


def _beside(target: str, notes: Iterable[Note]) -> Iterator[Reading]:
    for note in notes:
        for figure in note.figures:
            if figure.beside == target:
                yield reading_of(figure, note)


_STATES: Mapping[Pace, TargetState] = {
    "reached": "met",
    "missed": "unmet",
    "unjudged": "undecided",
}


def _state(target: DerivedTarget, own: Reading | None, beside: Sequence[Reading]) -> TargetState:
    if target.judgement:
        return "declared-met" if target.judgement.verdict == "met" else "declared-unmet"
    if own:
        return _STATES.get(target.pace, "open") if target.pace else "open"
    return "differs" if beside else "none"


def _age(note: Note) -> tuple[date, date, str]:
    return note.on, note.known, note.id


def _is_partial(reading: Reading, of: Year) -> bool:
    """Tell whether a figure covers anything but the ledger's year up to its end."""
    is_from_start = reading.begins is None or reading.begins == date(of, 1, 1)
    return not (is_from_start and reading.ends == date(of, 12, 31))


def target_tally(findings: Iterable[Finding]) -> Mapping[TargetState, int]:
    """How many targets of some tasks are in each state."""
    return Counter(target.state for finding in findings for target in finding.targets)
