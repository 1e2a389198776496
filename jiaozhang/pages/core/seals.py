"""What the intranet says of a record that the public may not know, or not yet."""

from __future__ import annotations

from collections.abc import Mapping

from jiaozhang.ledger.public import SealState

SEALS: Mapping[SealState, str] = {
    "public": "",
    "internal": "仅内网",
    "pending": "待审",
    "void": "待复审",
}
