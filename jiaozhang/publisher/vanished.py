"""Find addresses of the live release that a new one would no longer serve."""

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
    """Report addresses of pages in the live release that would become dead links.

    `may_vanish` tells for which pages that is allowed, such as the list of one day.
    """
    # The public site comes last and overrides: an address missing from both is public knowledge.
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
