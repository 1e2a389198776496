"""What the intranet says of a record that the public may not know, or not yet."""

from __future__ import annotations

from collections.abc import Mapping

from jiaozhang.ledger.public import SealState
from jiaozhang.wording.catalogue import Words, mark

SEALS: Mapping[SealState, str] = Words(
    {
        "public": "",
        "internal": mark("Intranet only"),
        "pending": mark("In review"),
        "void": mark("To be reviewed again"),
    }
)
