"""What every page says of itself: its title, its description, and the day of its data."""

from __future__ import annotations

import functools
import html
import re
from collections import Counter
from collections.abc import Callable, Mapping

import pytest

from conftest import World
from jiaozhang.wall.audience import Audience
from servers import built

SITES: tuple[tuple[str, Audience], ...] = (
    ("content", "public"),
    ("content", "intranet"),
    ("examples/demo", "public"),
    ("examples/demo", "intranet"),
)
NAMES = {"content": "天津市政府重点工作", "examples/demo": "示例市政府重点工作"}


@functools.cache
def pages_of(folder: str, audience: Audience) -> Mapping[str, str]:
    files = built(folder, audience)
    return {path: files[path].decode() for path in files if path.endswith(".html")}


def title_of(page: str) -> str:
    (title,) = re.findall("<title>(.*?)</title>", page, re.DOTALL)
    return html.unescape(title)


def description_of(page: str) -> str:
    (said,) = re.findall('<meta name="description" content="(.*?)">', page, re.DOTALL)
    return html.unescape(said)


def foot_of(page: str) -> str:
    return page[page.index('<footer class="foot"') :]


@pytest.mark.slow
@pytest.mark.parametrize("site", SITES, ids="-".join)
def test_no_two_pages_have_one_title_or_one_description(site: tuple[str, Audience]) -> None:
    pages = pages_of(*site)
    for read in (title_of, description_of):
        counts = Counter(read(page) for page in pages.values())
        assert [said for said, count in counts.items() if count > 1] == []
    assert len(pages) > 100


@pytest.mark.slow
@pytest.mark.parametrize("site", SITES, ids="-".join)
def test_every_title_and_description_names_the_site_and_its_year(
    site: tuple[str, Audience],
) -> None:
    for path, page in pages_of(*site).items():
        of = re.match(r"(\d{4})/", path)
        name = f"{of[1]}年{NAMES[site[0]]}" if of else NAMES[site[0]]
        assert name in title_of(page) and name in description_of(page), path


@pytest.mark.slow
@pytest.mark.parametrize("site", SITES, ids="-".join)
def test_every_page_says_up_to_which_day_it_knows(site: tuple[str, Audience]) -> None:
    """And no page of a year says another day than that year's other pages."""
    said: dict[str, set[str]] = {}
    for path, page in pages_of(*site).items():
        of = re.match(r"\d{4}", path)
        days = re.findall(r"数据截至 ?(\d{4}年\d{1,2}月\d{1,2}日)", page)
        assert re.search("数据截至", foot_of(page)), path
        said.setdefault(of[0] if of else "", set()).update(days)
    assert all(len(days) == 1 for days in said.values()), said


def test_pages_that_are_called_alike_are_told_apart(world: Callable[[str], World]) -> None:
    """Two tasks may begin alike, and a city may give two standings one word."""
    city = """
-- site.toml --
name = "示例市重点工作"
standing = "unofficial"
standings = [{key = "unrecorded", word = "待办"}, {key = "recorded", word = "待办"}]
-- content/2025/tasks/002.yaml --
section: 1
title: 新建3个实验室
text: 新建3个实验室。
deadline: 年底前完成
units: [市财政局]
responsibility: first-leads
clauses: [{id: a, kind: complete, due: 2025-12-31}]
-- content/2025/notes/002/2025-06-30-caizheng.md --
---
origin: public-record
date: 2025-06-30
source: {title: 实验室动工, publisher: 示例日报}
---
动工。
-- content/redirects.yaml --
- {from: 2025/old/, to: 2025/tasks/}
- {from: 2025/older/, to: 2025/tasks/}
"""
    files = world(city).build().files
    pages = {path: files[path].decode() for path in files if path.endswith(".html")}
    assert {"2025/tasks/recorded/index.html", "2025/older/index.html"} <= set(pages)
    for read in (title_of, description_of):
        assert len({read(page) for page in pages.values()}) == len(pages)
