"""Names of published files that contain the digest of their bytes, and may be cached forever."""

from __future__ import annotations

import re

_HASHED = re.compile(r"(assets|search)/(.+/)?[^/]+\.[0-9a-f]{8,64}\.[a-z0-9]+(\.(gz|br))?")


def is_hashed(path: str) -> bool:
    """Tell whether a file's name contains its digest, so that it changes with the bytes."""
    return bool(_HASHED.fullmatch(path))
