"""How a task's page is cited."""

from __future__ import annotations

from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import where
from jiaozhang.wording.catalogue import gettext
from jiaozhang.wording.joining import labelled


@dataclass(frozen=True, slots=True)
class Citable:
    """How the page is cited (GB/T 7714): the site, the page, the day of its data, and its address.

    `code` is the address of its QR code; empty where the site's own address is not known.
    """

    site: str
    page: str
    day: str
    address: str
    code: str


def citable(derived: Derived, year: DerivedYear, one: DerivedTask) -> Citable:
    site, task = derived.record.site, one.task
    address = addresses.task(year.ledger.year, task.number)
    is_official = site.standing == "official"
    place = where(derived, address)
    return Citable(
        site=site.name if is_official else gettext("{site} (unofficial)", site=site.name),
        page=labelled(gettext("Task {number}", number=task.number), task.title),
        day=year.as_of.isoformat(),
        address=place if site.base_url else labelled(site.name, place),
        code=addresses.code(address) if site.base_url else "",
    )
