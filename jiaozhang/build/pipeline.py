"""The build pipeline: sources, records, audience filter, pages, bytes.

Pure except for `load`, which reads all inputs first. Nothing is written here.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jiaozhang import VERSION, cache
from jiaozhang.check import check
from jiaozhang.check.body_rules import bodies
from jiaozhang.check.date_rules import not_yet
from jiaozhang.check.redirect_rules import redirects_lead_on
from jiaozhang.derive import Derived, derive
from jiaozhang.derive.rollup import wrong_totals
from jiaozhang.faults.diagnostic import Diagnostic, Place, fault, in_order, is_fatal
from jiaozhang.files.bounds import DEFAULT, Bounds
from jiaozhang.files.output_folder import GENERATOR, MANIFEST
from jiaozhang.files.source import Source, Tree, read_bytes, read_file, read_texts, read_tree
from jiaozhang.ledger.filed import Filed
from jiaozhang.ledger.filed import FiledLedger as FiledLedger
from jiaozhang.ledger.public import Ledger, Record, Year
from jiaozhang.pages.core import addresses
from jiaozhang.pages.site.redirect_pages import TEMPLATE as REDIRECT_TEMPLATE
from jiaozhang.pages.site_plan import HtmlPage, Maker, Page, base_path, maker, plan
from jiaozhang.processes.parallel import side_by_side
from jiaozhang.read import read_content
from jiaozhang.read.content import SITE
from jiaozhang.render.link_check import broken_links
from jiaozhang.render.rendering import (
    asset_names,
    render,
    strip_js_comments,
    with_hashed_image_urls,
    with_translations,
)
from jiaozhang.render.stylesheet import (
    pack_style_sheet,
    with_city_colours,
    with_media_queries,
)
from jiaozhang.wall.audience import Audience, release


@dataclass(frozen=True, slots=True)
class Inputs:
    """All inputs of a build, in memory: content, configuration, templates and assets."""

    tree: Tree
    site: Source | None
    templates: Mapping[str, str]
    assets: Mapping[str, bytes]
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class BuildDay:
    """The day that a build is for: one given for all ledgers, or each ledger's own, derived from
    today.
    """

    given: date | None
    today: date

    @property
    def corrected(self) -> date:
        """The day until which corrections are known, those of closed ledgers too."""
        return self.given or self.today


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site as paths and bytes; `pages` and `makers` are for `explain`."""

    files: Mapping[str, bytes]
    pages: tuple[Page, ...]
    makers: Mapping[str, Maker]
    version: str


def site_beside(content: Path) -> Path | None:
    """The place outside a content folder where its site.toml may be, or None.

    That is next to a folder called `content`, as in this repository. A folder with any other name
    is a city of its own and must not use another city's settings. Symlinks must be resolved before.
    """
    return content.parent / SITE if content.name == "content" else None


def load(
    content: Path, label: str, site_file: Path | None, home: Path, bounds: Bounds = DEFAULT
) -> Inputs:
    """Read all inputs: the content, templates and assets of `home`.

    site.toml is searched in the content first; `site_file` is used if there is none.
    """
    if not content.is_dir():
        return nothing_read(label, (fault("no-content", Place(label)),))
    tree, faults = read_tree(content, label, bounds)
    site = tree.sources.get(SITE)
    if site is None and SITE not in tree.refused:
        if site_file is not None and os.path.lexists(site_file):
            site, more = read_file(site_file, SITE, SITE)
            faults += more
        else:
            faults += (fault("no-site", Place(label), file=f"{label}/{SITE}"),)
    return Inputs(
        tree,
        site,
        read_texts(home / "templates", ".html"),
        read_bytes(home / "static"),
        faults,
    )


# With one of these faults, the rest of the content was not read.
_NOTHING_READ = frozenset({"no-content", "too-many-files", "content-too-large"})


def nothing_read(label: str, faults: tuple[Diagnostic, ...]) -> Inputs:
    """Empty inputs for content that could not be read because of these faults."""
    return Inputs(Tree(label, {}, ()), None, {}, {}, faults)


def examine(inputs: Inputs) -> tuple[Filed | None, tuple[Diagnostic, ...]]:
    """Parse and check the content; returns all faults, sorted by place."""
    if any(one.code in _NOTHING_READ for one in inputs.faults):
        return None, inputs.faults
    filed, more = read_content(inputs.tree, inputs.site)
    faults = inputs.faults + more
    if filed is not None:
        faults += check(filed, faults)
    return filed, in_order(faults)


def build_all(
    inputs: Inputs, audiences: Sequence[Audience], day: BuildDay, commit: str | None
) -> tuple[Mapping[Audience, BuiltSite], tuple[Diagnostic, ...]]:
    """Check the content and build for each audience; an audience with errors gets no site."""
    filed, faults = examine(inputs)
    if filed is not None:
        # For a wrong date, omit the warning about when it will be reached.
        wrong = {one.place for one in faults if one.level == "error"}
        coming = not_yet(filed, as_of_days(filed, day), day.corrected, day.today)
        faults = in_order((*faults, *(one for one in coming if one.place not in wrong)))
    sites: dict[Audience, BuiltSite] = {}
    if filed is None:
        return sites, faults
    sound = [one for one in audiences if not is_fatal(faults, one == "intranet")]
    jobs = [functools.partial(build, filed, inputs, one, day, commit) for one in sound]
    for audience, (site, more) in zip(sound, side_by_side(jobs) if jobs else (), strict=True):
        faults += tuple(fault for fault in more if fault not in faults)
        if not is_fatal(faults, audience == "intranet"):
            sites[audience] = site
    return sites, faults


def build(
    filed: Filed, inputs: Inputs, audience: Audience, day: BuildDay, commit: str | None
) -> tuple[BuiltSite, tuple[Diagnostic, ...]]:
    """Build the site of one audience from checked content."""
    record = release(filed, audience)
    as_of = as_of_days(record, day)
    derived = derive(record, as_of, day.corrected)
    planned = plan(derived)
    pages, faults = planned.pages, planned.faults
    base = base_path(derived)
    faults += _wrong_totals(derived)
    faults += redirects_lead_on(filed, audience == "intranet", _html_addresses(pages))
    scripts = with_translations(strip_js_comments(inputs.assets))
    styled = with_media_queries(with_city_colours(scripts, record.site.colours))
    assets = with_hashed_image_urls(pack_style_sheet(styled))
    files = dict(render(pages, inputs.templates, assets, base))
    if broken_links(files, base):
        faults += broken_links(files, base, _written_links(filed))
    version = _version(files)
    # Not in the public site: even the number of commits without public changes would reveal
    # activity in the intranet.
    named = {"commit": commit} if audience == "intranet" else {}
    files[MANIFEST] = _manifest(named, version, as_of, len(pages))
    cache.save()
    makers = {
        **planned.makers,
        **{path: maker(render, f"static/{name}") for name, path in asset_names(assets).items()},
        MANIFEST: maker(_manifest),
    }
    return BuiltSite(files, pages, makers, version), faults


def _written_links(filed: Filed) -> Mapping[tuple[str, str], list[Place]]:
    """The places where the links of a page were written, by (file of the page, link as written)."""
    found: dict[tuple[str, str], list[Place]] = {}
    for body in bodies(filed):
        year = int(body.source.key.split("/")[0])
        address = addresses.task(year, body.note.task) if body.note else addresses.notice(year)
        for link, at in body.prose.links:
            found.setdefault((f"{address}index.html", link), []).append(body.place(at))
    return found


def _html_addresses(pages: tuple[Page, ...]) -> frozenset[str]:
    """The addresses of full pages, without redirects."""
    return frozenset(
        page.address
        for page in pages
        if isinstance(page, HtmlPage) and page.template != REDIRECT_TEMPLATE
    )


def _wrong_totals(derived: Derived) -> tuple[Diagnostic, ...]:
    """Report counts that do not add up to the tasks counted; such numbers stop the build."""
    return tuple(
        fault(
            "wrong-total",
            Place(str(year.ledger.year)),
            year=year.ledger.year,
            grouping=grouping,
            counted=counted,
            there=there,
        )
        for year in derived.years
        for grouping, counted, there in wrong_totals(year)
    )


def as_of_days(record: Record | Filed, day: BuildDay) -> Mapping[Year, date]:
    """Each ledger's day: the given one, else its closing day if that is past, else today."""
    return {ledger.year: day.given or _own_day(ledger, day.today) for ledger in record.ledgers}


def _own_day(ledger: Ledger | FiledLedger, today: date) -> date:
    return ledger.closed if ledger.closed and ledger.closed < today else today


def _version(files: Mapping[str, bytes]) -> str:
    """A digest over all paths and bytes: equal versions are equal sites."""
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(f"{hashlib.sha256(files[path]).hexdigest()} {path}\n".encode())
    return whole.hexdigest()[:16]


def _manifest(
    named: Mapping[str, str | None], version: str, as_of: Mapping[Year, date], pages: int
) -> bytes:
    """build.json; only that of the intranet names the commit."""
    manifest = {
        **named,
        "version": version,
        "as_of": {str(year): day.isoformat() for year, day in as_of.items()},
        "pages": pages,
        "generator": f"{GENERATOR} {VERSION}",
    }
    return (json.dumps(manifest, indent=1) + "\n").encode()
