"""Rules for site.toml: references exist, and colours are readable."""

from __future__ import annotations

from collections.abc import Iterator

from jiaozhang.check.contrast import LEAST, PAPER, contrast
from jiaozhang.faults.diagnostic import Diagnostic, fault
from jiaozhang.files.yaml_tree import NOTHING
from jiaozhang.ledger.filed import Filed


def colours_can_be_read(filed: Filed) -> Iterator[Diagnostic]:
    for at, own in enumerate(filed.site.colours):
        papers = (("light", own.light, "浅色"), ("dark", own.dark, "深色"))
        for name, colour, paper in papers:
            ratio = contrast(colour, PAPER[name])
            if ratio < LEAST:
                place = filed.documents["site.toml"].place("colours", at, name)
                yield fault("weak-colour", place, given=colour, paper=paper, ratio=f"{ratio:.1f}")


def an_official_site_says_who_it_is(filed: Filed) -> Iterator[Diagnostic]:
    site = filed.site
    if site.standing != "official":
        return
    wanted = (
        ("[official]", site.official),
        ("base_url", site.base_url),
        ("contacts", site.contacts),
        *((f"{x.year}/ledger.yaml: published", x.published) for x in filed.ledgers),
    )
    missing = ", ".join(name for name, value in wanted if not value)
    if missing:
        place = filed.documents["site.toml"].place("standing")
        yield fault("official-incomplete", place, missing=missing)


def mistakes_can_be_reported(filed: Filed) -> Iterator[Diagnostic]:
    """Not said of a site.toml that is not there, nor of an official site, which is refused."""
    site, document = filed.site, filed.documents["site.toml"]
    if not site.contacts and site.standing != "official" and document.root != NOTHING:
        yield fault("no-contact", document.place("name"))


def the_current_year_exists(filed: Filed) -> Iterator[Diagnostic]:
    years = [ledger.year for ledger in filed.ledgers]
    if filed.site.current is not None and filed.site.current not in years:
        yield fault(
            "unknown-year", filed.documents["site.toml"].place("current"), given=filed.site.current
        )
