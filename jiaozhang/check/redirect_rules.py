"""Rules for redirects.yaml that need the addresses of a site's pages."""

from __future__ import annotations

from collections.abc import Set

from jiaozhang.faults.diagnostic import Diagnostic, fault
from jiaozhang.files.nearest import Known, nearest
from jiaozhang.ledger.filed import Filed


def redirects_lead_on(
    filed: Filed, is_intranet: bool, addresses: Set[str]
) -> tuple[Diagnostic, ...]:
    """Report redirects from an existing page, or to a missing one.

    The open file is compared with the public site, the one below internal/ with the intranet's.
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
