"""Every page of both sites is reached by links, and stands where its row of the plan puts it."""

from __future__ import annotations

import re
from html import unescape
from posixpath import normpath
from urllib.parse import unquote

import pytest

from conftest import ROOT, TODAY
from jiaozhang.build.pipeline import BuildDay, build, examine, load
from jiaozhang.pages.core import addresses
from jiaozhang.wall.audience import Audience, release

pytestmark = pytest.mark.slow

MAP = "map/index.html"
# Where a reader ends up without a link: the address of an error, and what is asked for by name.
ORPHANS = {"404.html"}


def site_of(folder: str, audience: Audience) -> tuple[dict[str, bytes], set[str]]:
    """The files of a site, and those that stand where a page was once."""
    content = ROOT / folder
    own = content / "site.toml"
    inputs = load(content, folder, own if own.exists() else ROOT / "site.toml", ROOT)
    filed, _ = examine(inputs)
    assert filed
    moved = {f"{one.old}index.html" for one in release(filed, audience).redirects}
    return build(filed, inputs, audience, BuildDay(None, TODAY), None)[0].files, moved


def links_of(path: str, html: str) -> set[str]:
    """The files that a page links to, or that its forms ask."""
    folder = path.rpartition("/")[0]
    found = set()
    for link in re.findall(r'<(?:a\b[^>]*?\bhref|form\b[^>]*?\baction)="([^"#?]+)', html):
        target = unescape(unquote(link))
        if not re.match(r"[a-z]+:", target):
            to = normpath(f"{folder}/{target}").lstrip("/").removeprefix("./")
            found.add(f"{to}/index.html".removeprefix("./") if target.endswith("/") else to)
    return found


@pytest.mark.parametrize("audience", ["public", "intranet"])
@pytest.mark.parametrize("folder", ["content", "examples/demo"])
def test_links_lead_from_home_to_every_page(folder: str, audience: Audience) -> None:
    files, moved = site_of(folder, audience)
    pages = {path: raw.decode() for path, raw in files.items() if path.endswith(".html")}
    links = {path: links_of(path, html) for path, html in pages.items()}
    # The map links to all, and so says nothing about how a reader comes there.
    reached, next_ = {"index.html"}, ["index.html"]
    while next_:
        path = next_.pop()
        found = links[path] & pages.keys() - reached if path != MAP else set()
        reached |= found
        next_ += found
    years = {path for path in pages if re.fullmatch(r"\d{4}/index\.html", path)}
    # The home page of the only year, under the address that it keeps when another year comes.
    lasting = years if len(years) == 1 else set()
    assert sorted(pages.keys() - reached) == sorted(ORPHANS | moved | lasting)
    assert pages.keys() - links[MAP] - {MAP} == ORPHANS | moved


def test_an_address_tells_its_year_and_whether_it_is_a_list() -> None:
    assert [addresses.year_of(one) for one in ("", "2025/", "2025/units/a/", "map/")] == [
        None, 2025, 2025, None,
    ]  # fmt: skip
    assert [addresses.is_list(one) for one in ("", "2025/", "2025/units/", "2025/units/a/")] == [
        False, False, True, False,
    ]  # fmt: skip
