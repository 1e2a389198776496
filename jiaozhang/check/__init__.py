"""Rules across records: report every contradiction between files.

A rule is a function in a tuple; it takes the filed model and yields diagnostics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from jiaozhang.check import promise_rules, registry_rules
from jiaozhang.check.amount_rules import amounts_are_possible
from jiaozhang.check.attachment_rules import attachments_fit
from jiaozhang.check.body_rules import what_is_written_is_shown
from jiaozhang.check.correction_rules import corrections_hold
from jiaozhang.check.date_rules import check_dates
from jiaozhang.check.follow_up_faults import slips_of
from jiaozhang.check.progress_rules import check_progress
from jiaozhang.check.publication_rules import check_public
from jiaozhang.check.sanity_rules import figures_are_plausible
from jiaozhang.check.site_rules import (
    an_official_site_says_who_it_is,
    colours_can_be_read,
    mistakes_can_be_reported,
    the_current_year_exists,
)
from jiaozhang.check.trail_rules import trails_hold, what_waits_is_told
from jiaozhang.faults.diagnostic import LOCK_BROKEN, Diagnostic, Place
from jiaozhang.files.yaml_tree import Document
from jiaozhang.ledger.filed import Filed
from jiaozhang.notice.text_lock import VERBATIM

__all__ = ["check"]

CheckRule = Callable[[Filed], Iterator[Diagnostic]]
_RULES: tuple[CheckRule, ...] = (
    *registry_rules.RULES,
    *promise_rules.RULES,
    what_is_written_is_shown,
    check_progress,
    corrections_hold,
    trails_hold,
    what_waits_is_told,
    check_dates,
    check_public,
    amounts_are_possible,
    figures_are_plausible,
    attachments_fit,
    colours_can_be_read,
    an_official_site_says_who_it_is,
    mistakes_can_be_reported,
    the_current_year_exists,
)


def check(filed: Filed, faults: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Apply every rule; consequences of parsing faults are left out."""
    slips = slips_of(filed, faults)
    found = [one for rule in _RULES for one in rule(filed) if not slips.is_echo(one)]
    broken = {one.place.path for one in found if one.code == LOCK_BROKEN}
    others: dict[str, list[Place]] = {}
    for one in (*faults, *found):
        if one.place.path in broken and one.code != LOCK_BROKEN:
            others.setdefault(one.place.path, []).append(one.place)
    tasks = {one.source.path: one for one in filed.documents.values() if one.source.path in broken}
    return tuple(
        _at_its_cause(one, tasks[one.place.path], others.get(one.place.path, ()))
        if one.code == LOCK_BROKEN
        else one
        for one in found
    )


def _at_its_cause(found: Diagnostic, task: Document, others: Iterable[Place]) -> Diagnostic:
    """Report a broken lock at the field with another error, which is then its cause.

    The lock has one digest of four fields, so it cannot tell which of them differs.
    """
    lines = {task.place(field).line for field in VERBATIM}
    causes = (place for place in others if place.line in lines)
    return replace(found, place=min(causes, default=found.place))
