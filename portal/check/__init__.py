"""Rules that look across records: every contradiction between files, all at once.

A rule is a function in a tuple. It takes the filed model and yields diagnostics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from portal.check import promises
from portal.check.attachments import attachments_fit
from portal.check.progress import check_progress
from portal.check.public import check_public
from portal.check.site import colours_can_be_read, the_current_year_exists
from portal.diagnostic import Diagnostic
from portal.model import Filed
from portal.read.content import REGISTRIES

__all__ = ["check"]

Rule = Callable[[Filed], Iterator[Diagnostic]]
_RULES: tuple[Rule, ...] = (*promises.RULES, attachments_fit, colours_can_be_read)
# These look names up in registries that have to be whole.
_RULES_OF_NAMES: tuple[Rule, ...] = (*promises.RULES_OF_NAMES, check_progress, check_public)
_RULES_OF_THE_WHOLE: tuple[Rule, ...] = (*promises.RULES_OF_THE_WHOLE, the_current_year_exists)


def check(filed: Filed, faults: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Apply the rules; those are left out which would only repeat what reading found already."""
    broken = {fault.place.path for fault in faults if fault.level == "error"}
    rules = list(_RULES)
    if not any(path.endswith(REGISTRIES) for path in broken):
        rules += _RULES_OF_NAMES
    if not broken:
        rules += _RULES_OF_THE_WHOLE
    return tuple(found for rule in rules for found in rule(filed))
