"""Names of published files that hold the digest of their bytes: those may be kept for ever."""

from __future__ import annotations

import re

_HASHED = re.compile(r"(assets|search)/(.+/)?[^/]+\.[0-9a-f]{8,64}\.[a-z0-9]+(\.(gz|br))?")


def is_hashed(path: str) -> bool:
    """Tell whether a file's name holds its digest: other bytes would have another name."""
    return bool(_HASHED.fullmatch(path))
