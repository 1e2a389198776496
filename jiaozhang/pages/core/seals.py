"""The intranet's notes on records that are not, or not yet, public."""

from __future__ import annotations

from collections.abc import Mapping

from jiaozhang.ledger.public import SealState
from jiaozhang.wording.catalogue import Labels, mark

SEALS: Mapping[SealState, str] = Labels(
    {
        "public": "",
        "internal": mark("Intranet only"),
        "pending": mark("In review"),
        "void": mark("To be reviewed again"),
    }
)
