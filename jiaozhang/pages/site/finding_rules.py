"""The rule by which /about/ says what stands in front of a task, from the tables that choose it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jiaozhang.derive.finding import (
    CHOICES,
    PREFERENCES,
    FindingKind,
    Preference,
    TargetState,
)
from jiaozhang.pages.core.finding_view import state_mark
from jiaozhang.pages.core.marks import Mark
from jiaozhang.wording import finding_sentences
from jiaozhang.wording.catalogue import Labels, gettext, mark


@dataclass(frozen=True, slots=True)
class FindingRules:
    """`choices` in their order; `preferences` decide between targets; `words` are said of them."""

    choices: tuple[str, ...]
    preferences: tuple[str, ...]
    words: tuple[tuple[Mark, str], ...]


def finding_rules() -> FindingRules:
    return FindingRules(
        tuple(_CHOICES[kind] for kind in CHOICES),
        (
            *(_PREFERENCES[key] for key in PREFERENCES),
            gettext("the order of the targets in the notice"),
        ),
        tuple((state_mark(state), _MEANINGS[state]) for state in finding_sentences.STATE),
    )


_CHOICES: Mapping[FindingKind, str] = Labels(
    {
        "target": mark(
            "The figure that answers a target, with the target beside it; a figure of one district "
            "answers none."
        ),
        "figure": mark(
            "Without one, the newest figure: one about the whole task before one of a district."
        ),
        "sentence": mark(
            "Without figures, the first sentence of the newest record: one about the whole task "
            "before one of a district."
        ),
        "none": mark("Without records, that this site found none."),
    }
)
_PREFERENCES: Mapping[Preference, str] = Labels(
    {
        "latest": mark("the one that speaks of the latest day"),
        "own-scope": mark("a figure of the target's own scope before one of another scope"),
    }
)
_MEANINGS: Mapping[TargetState, str] = Labels(
    {
        "met": mark(
            "The published figure is of the target's own scope and reaches it. That a figure "
            "reaches its target does not mean that the whole task is done."
        ),
        "unmet": mark(
            "The published figure for the whole term is of the target's own scope and does not "
            "reach it."
        ),
        "declared-met": mark("The competent authority declared the target met."),
        "declared-unmet": mark("The competent authority declared the target not met."),
        "undecided": mark(
            "There is a figure; the text says “about” or “in step with”, and the competent "
            "authority has to decide."
        ),
        "open": mark(
            "There is a figure of the target's own scope, but not for the whole term: nothing "
            "follows from it yet. Where units report, the word says how it compares with the plan."
        ),
        "differs": mark(
            "The figure counts something else than the target. Both are shown with the reason, "
            "and never compared."
        ),
        "none": mark("This site found no published figure for the target."),
    }
)
