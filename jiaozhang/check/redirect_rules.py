"""Rules for redirects.yaml, which need to know the pages that a site has."""

from __future__ import annotations

from collections.abc import Set

from jiaozhang.faults.diagnostic import Diagnostic, fault
from jiaozhang.files.nearest import Known, nearest
from jiaozhang.ledger.filed import Filed


def redirects_lead_on(
    filed: Filed, is_intranet: bool, addresses: Set[str]
) -> tuple[Diagnostic, ...]:
    """Say which redirects leave from a page that is there, or lead to one that is not.

    The open file is judged by the public site, the one below internal/ by the intranet's.
    """
    key = "internal/redirects.yaml" if is_intranet else "redirects.yaml"
    found = []
    known = Known(addresses)
    for at, one in enumerate(filed.internal_redirects if is_intranet else filed.redirects):
        document = filed.documents[key]
        if one.old in addresses:
            found.append(fault("redirect-taken", document.place(at, "from"), address=one.old))
        if one.new is not None and one.new not in addresses:
            near = nearest(one.new, known)
            place = document.place(at, "to")
            found.append(fault("redirect-nowhere", place, address=one.new, nearest=near))
    return tuple(found)
