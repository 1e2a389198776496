"""Addresses that readers have, and that a new release would lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.publisher.release import Release


def vanished(
    sites: Mapping[str, Mapping[str, bytes]],
    live: Release | None,
    content: str,
    may_vanish: Callable[[str], bool],
) -> tuple[Diagnostic, ...]:
    """Addresses of pages that the live release has, and that would lead nowhere.

    `may_vanish` tells of which pages that is no fault: a list of a day ends by itself.
    """
    # The public site comes last and has the say: what is gone from both is no secret.
    gone = {
        path: name
        for name, files in sorted(sites.items())  # intranet, public
        for path in (live.parts[name].files if live and name in live.parts else ())
        if path.endswith(".html") and path not in files and not may_vanish(path)
    }
    folder = "" if content == "." else f"{content}/"
    return tuple(
        fault(
            "vanished-address",
            Place(f"{folder}{'' if audience == 'public' else 'internal/'}redirects.yaml"),
            address=re.sub(r"(^|/)index\.html$", r"\1", path),
        )
        for path, audience in sorted(gone.items())
    )
