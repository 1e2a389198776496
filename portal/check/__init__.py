"""Rules that look across records: every contradiction between files, all at once.

A rule is a function in a tuple. It takes the filed model and yields diagnostics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from portal.check import promises, registries
from portal.check.attachments import attachments_fit
from portal.check.bodies import what_is_written_is_shown
from portal.check.progress import check_progress
from portal.check.public import check_public
from portal.check.site import (
    an_official_site_says_who_it_is,
    colours_can_be_read,
    the_current_year_exists,
)
from portal.diagnostic import LOCK_BROKEN, Diagnostic
from portal.model import Filed
from portal.notice.lock import VERBATIM
from portal.read.content import REGISTRIES

__all__ = ["check"]

Rule = Callable[[Filed], Iterator[Diagnostic]]
_RULES: tuple[Rule, ...] = (
    *registries.RULES,
    *promises.RULES,
    what_is_written_is_shown,
    attachments_fit,
    colours_can_be_read,
    an_official_site_says_who_it_is,
)
# These look names up in registries that have to be whole.
_RULES_OF_NAMES: tuple[Rule, ...] = (*registries.RULES_OF_NAMES, check_progress, check_public)
_RULES_OF_THE_WHOLE: tuple[Rule, ...] = (
    *promises.RULES_OF_THE_WHOLE,
    *registries.RULES_OF_THE_WHOLE,
    the_current_year_exists,
)


def check(filed: Filed, faults: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Apply the rules; those are left out which would only repeat what reading found already."""
    broken = {fault.place.path for fault in faults if fault.level == "error"}
    rules = list(_RULES)
    lacks = any(fault.code == "no-registry" for fault in faults)
    if not lacks and not any(path.endswith(REGISTRIES) for path in broken):
        rules += _RULES_OF_NAMES
    if not broken:
        rules += _RULES_OF_THE_WHOLE
    found = [one for rule in rules for one in rule(filed) if not _is_echo(one, broken)]
    return tuple(_at_its_cause(one, filed, (*faults, *found)) for one in found)


def _is_echo(found: Diagnostic, broken: Iterable[str]) -> bool:
    """Tell whether a fault only follows from a file that is broken itself."""
    facts = dict(found.facts)
    if found.code == "no-lock":
        return found.place.path in broken
    if found.code != "unknown-task":
        return False
    return any(path.endswith(f"/tasks/{int(facts['given']):03}.yaml") for path in broken)


def _at_its_cause(found: Diagnostic, filed: Filed, others: Iterable[Diagnostic]) -> Diagnostic:
    """Show a broken lock at the field in which another error stands, for that is what broke it.

    The lock has one digest of all four fields; alone it cannot tell which of them differs.
    """
    if found.code != LOCK_BROKEN:
        return found
    path = found.place.path
    task = next(one for one in filed.documents.values() if one.source.path == path)
    lines = {task.place(field).line for field in VERBATIM}
    causes = (
        one.place
        for one in others
        if one.place.path == path and one.place.line in lines and one.code != LOCK_BROKEN
    )
    return replace(found, place=min(causes, default=found.place))
