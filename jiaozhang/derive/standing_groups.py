"""Standings in groups: what asks for attention, what does not, and what is settled.

A bar shows the groups, always in one order, so that two bars can be compared; the standings are
named within them. Where units do not report, nobody can say of a task that it is in order: there
the groups say what is published, and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from jiaozhang.derive.standing import keys_for
from jiaozhang.ledger.public import Reporting
from jiaozhang.ledger.settings import StandingKey

# In the order of a bar; the last three only where units do not report.
StandingGroup = Literal["watch", "normal", "settled", "met", "recorded", "unrecorded"]

GROUP_OF: Mapping[StandingKey, StandingGroup] = {
    "reopened": "watch",
    "disputed": "watch",
    "overdue": "watch",
    "behind": "watch",
    "over": "watch",
    "short": "watch",
    "unreported": "watch",
    "unseen-closure": "watch",
    "unseen-node": "watch",
    "unseen-report": "watch",
    "unjudged": "normal",
    "reached": "normal",
    "reported-done": "normal",
    "soon": "normal",
    "ahead": "normal",
    "on-plan": "normal",
    "within": "normal",
    # Its review is not over, so nothing follows from what is missing.
    "past-due": "normal",
    "pending": "normal",
    "undated": "normal",
    "not-due": "normal",
    "closed": "settled",
    "figure-reached": "met",
    "recorded": "recorded",
    "unrecorded": "unrecorded",
}


def ordered_keys(reporting: Reporting) -> tuple[StandingKey, ...]:
    """The possible standings in a kind of ledger: by group, then in the order of the rules."""
    order = get_args(StandingGroup)
    return tuple(sorted(keys_for(reporting), key=lambda key: order.index(GROUP_OF[key])))
