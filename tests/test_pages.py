"""The pages: what a visitor reads, and that every link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from conftest import BASE, ROOT, World, foreign_scripts
from jiaozhang.pages.site_plan import FilePage, collisions, path_of
from jiaozhang.render.link_check import broken_links
from jiaozhang.render.rendering import render
from servers import OFFICIAL as GOVERNMENT

SECOND_YEAR = """
-- content/2024/ledger.yaml --
title: 2024年的通知
issuer: 示例市人民政府
source: 示例
reporting: none
sections: [{number: 1, title: 产业}]
-- content/2024/notice.md --
去年的通知。
-- content/2024/tasks/001.yaml --
section: 1
title: 去年的任务
text: 去年的任务。
deadline: 年底前完成
leaders: [李四]
units: [市财政局]
responsibility: first-leads
clauses: [{id: a, kind: complete, due: 2024-12-31}]
"""


def test_the_home_page_begins_with_one_sentence_of_counts(world: Callable[[str], World]) -> None:
    page = world().build().joined("")
    assert "1项指标，1项没有公开数字。" in page
    assert "1项重点工作中，0项有公开记载，1项没有查到。" in page
    assert "没有记载，不等于没有进展。" in page


def test_a_task_page_prints_the_text_and_changes_nothing(world: Callable[[str], World]) -> None:
    task = """
-- content/2025/tasks/001.yaml --
section: 1
title: 新建3个实验室
text: 新建3个实验室，启动20个小区改造，“两翼”+PM2.5 <b>。
deadline: 年底前取得明显进展，新建3个实验室3月底前完成，启动20个小区改造6月底前完成
leaders: [李四]
units: [市科技局]
responsibility: first-leads
clauses:
  - {id: a, kind: progress, due: 2025-12-31}
  - {id: b, kind: complete, due: 2025-03-31, scope: 新建3个实验室}
  - {id: c, kind: complete, due: 2025-06-30, scope: 启动20个小区改造}
"""
    site = world(task).build()
    html = site.html("2025/tasks/001/")
    quote = re.search(r'<blockquote class="verbatim">(.*?)</blockquote>', html, re.DOTALL)
    assert quote
    marks = re.sub(r'<span class="disc.*?</span>\d</span>', "", quote[1])
    words = re.sub("<[^>]+>", "", marks)
    assert words == "新建3个实验室，启动20个小区改造，“两翼”+PM2.5 &lt;b&gt;。"
    assert html.count('class="named"') == 2
    assert "李　四" in html, "the notice's own typesetting of a name"


def test_tasks_lead_to_the_one_before_and_after(world: Callable[[str], World]) -> None:
    more = "".join(
        f"""
-- content/2025/tasks/{number:03}.yaml --
section: 2
title: 任务{number}
text: 任务{number}。
deadline: 年底前取得明显进展
units: [市财政局]
responsibility: first-leads
clauses: [{{id: a, kind: progress, due: 2025-12-31}}]
"""
        for number in (2, 3)
    )
    html = world(more).build().html("2025/tasks/002/")
    assert 'rel="prev" href="../001/"' in html
    assert 'rel="next" href="../003/"' in html


def test_every_page_but_the_home_says_where_it_is(world: Callable[[str], World]) -> None:
    site = world(SECOND_YEAR).build()
    for path, content in site.files.items():
        if path.endswith("index.html") and path != "index.html":
            assert "当前位置：" in content.decode(), path


def test_a_past_year_is_marked_and_keeps_its_addresses(world: Callable[[str], World]) -> None:
    site = world(SECOND_YEAR).build()
    assert "2024年台账，已归档" in site.text("2024/tasks/001/")
    assert "已归档" not in site.text("2025/tasks/001/")
    assert "2025年示例市重点工作" in site.html("")
    assert 'href="2024/"' in site.html("")


def test_the_home_page_shows_the_year_that_is_configured(world: Callable[[str], World]) -> None:
    site = """
-- site.toml --
name = "示例市重点工作"
standing = "unofficial"
current = 2024
"""
    built = world(SECOND_YEAR + site).build()
    assert "2024年示例市重点工作" in built.html("")


def test_an_unofficial_site_says_so_and_asks_not_to_be_indexed(
    world: Callable[[str], World],
) -> None:
    site = world().build()
    pages = [path for path in site.files if path.endswith(".html")]
    assert all("非官方整理" in site.files[path].decode() for path in pages)
    assert all('content="noindex"' in site.files[path].decode() for path in pages)
    assert site.files["robots.txt"].decode() == "User-agent: *\nDisallow: /\n"


OFFICIAL = f"-- site.toml --{GOVERNMENT}".replace(
    "https://localhost/", "https://example.org/tasks/"
)


def test_an_official_site_names_its_addresses(world: Callable[[str], World]) -> None:
    site = world(OFFICIAL).build()
    assert "非官方整理" not in site.html("")
    sitemap = site.files["sitemap.xml"].decode()
    assert "<loc>https://example.org/tasks/2025/tasks/001/</loc>" in sitemap
    assert "Sitemap: https://example.org/tasks/sitemap.xml" in site.files["robots.txt"].decode()
    assert '<link rel="canonical" href="https://example.org/tasks/">' in site.html("2025/")
    assert 'href="mailto:office@example.org"' in site.html("")


def test_the_error_page_alone_links_from_the_hosts_root(world: Callable[[str], World]) -> None:
    page = world(OFFICIAL).build().html("404.html")
    assert 'href="/tasks/2025/tasks/"' in page
    links = re.findall(r'(?:href|src)="([^"]+)"', page)
    assert all(link.startswith(("/tasks/", "#", "mailto:", "https:")) for link in links)


def test_the_sitemap_holds_exactly_the_pages(world: Callable[[str], World]) -> None:
    site = world(OFFICIAL).build()
    listed = set(re.findall("<loc>https://example.org/tasks/(.*?)</loc>", site.html("sitemap.xml")))
    pages = {path.removesuffix("index.html") for path in site.files if path.endswith(".html")}
    assert listed == pages - {"404.html"}


RECORDS = """
-- content/2025/tasks/002.yaml --
section: 2
title: 启动20个小区改造
text: 启动20个小区改造。
deadline: 年底前完成
units: [市财政局]
responsibility: first-leads
clauses: [{id: a, kind: complete, due: 2025-12-31}]
-- content/2025/notes/001/2025-01-10-wanbao.md --
---
origin: public-record
date: 2025-01-10
source: {title: 迟到的记载, publisher: 示例晚报, published: 2025-08-20}
---
一月的情况，八月才公开。
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {title: 实验室建成, publisher: 示例日报, published: 2025-07-02}
---
第一个实验室建成。
"""


@pytest.mark.parametrize(
    ("as_of", "first"),
    [("2025-03-01", "2025-03-01"), ("2025-08-19", "2025-07-02"), ("2025-12-31", "2025-08-20")],
)
def test_a_page_is_as_new_as_the_newest_that_was_known_of_it(
    world: Callable[[str], World], as_of: str, first: str
) -> None:
    """By the day on which a record became known, whatever day it speaks of, and none to come."""
    site = world(OFFICIAL + RECORDS).build(as_of=as_of)
    found = re.findall(
        r"<loc>https://example.org/tasks/(.*?)</loc>(.*?)</url>", site.html("sitemap.xml")
    )
    days = {page: said.removeprefix("<lastmod>").removesuffix("</lastmod>") for page, said in found}
    published = "2025-03-01"
    for page in ("", "2025/tasks/", "2025/tasks/001/", "2025/units/kejiju/", "2025/updates/"):
        assert days[page] == first, page
    for page in ("2025/tasks/002/", "2025/sections/2/"):
        assert days[page] == published, page
    # What the program itself says is of no day that a ledger knows.
    assert days["about/"] == days["search/"] == ""


KNOWN = """
-- site.toml --
name = "示例市重点工作"
standing = "unofficial"
base_url = "https://example.org"
"""


def test_a_list_without_addresses_has_no_days(world: Callable[[str], World]) -> None:
    assert "lastmod" not in world(RECORDS).build().html("sitemap.xml")


def test_a_day_that_nobody_knows_is_not_said(world: Callable[[str], World]) -> None:
    unpublished = BASE.partition("-- content/2025/ledger.yaml --")[2].partition("-- ")[0]
    text = f"-- content/2025/ledger.yaml --{unpublished}".replace("published: 2025-03-01\n", "")
    site = world(text + KNOWN).build()
    assert "<loc>https://example.org/2025/</loc></url>" in site.html("sitemap.xml")
    assert "lastmod" not in site.html("sitemap.xml")


def test_the_site_map_leads_to_every_page(world: Callable[[str], World]) -> None:
    site = world(SECOND_YEAR).build()
    html = site.html("map/")
    linked = {f"map/{link}" for link in re.findall(r'<li><a href="([^"#]+)"', html)}
    pages = {f"map/../{p.removesuffix('index.html')}" for p in site.files if p.endswith(".html")}
    assert pages - linked == {"map/../404.html", "map/../map/"}


def test_a_city_without_districts_or_leaders_is_a_site_too(
    world: Callable[[str], World],
) -> None:
    small = """
-- content/units.yaml --
- {slug: kejiju, name: 市科技局, kind: department}
-- content/districts.yaml --
[]
-- content/leaders.yaml --
[]
-- content/2025/tasks/001.yaml --
section: 1
title: 新建3个实验室
text: 新建3个实验室。
deadline: 年底前完成
units: [市科技局]
responsibility: first-leads
clauses: [{id: a, kind: complete, due: 2025-12-31}]
"""
    site = world(small).build()
    assert not any("districts" in path or "leaders" in path for path in site.files)
    assert "各区" not in site.html("")


def test_a_link_that_leads_nowhere_is_a_fault_with_its_page() -> None:
    files = {
        "a/index.html": b'<p id="x"><a href="../b/">b</a><a href="#x">x</a><a href="#y">y</a>',
        "b/index.html": b'<a href="../c/">c</a><a href="../../etc">o</a><a href="//e.org">s</a>',
    }
    found = [
        (fault.code, fault.place.path, dict(fault.facts)["link"])
        for fault in broken_links(files, "/")
    ]
    assert found == [
        ("broken-link", "a/index.html", "#y"),
        ("broken-link", "b/index.html", "../../etc"),
        ("broken-link", "b/index.html", "../c/"),
        ("broken-link", "b/index.html", "//e.org"),
    ]


@pytest.mark.parametrize(
    "tag",
    [
        '<a href="{}">x</a>',
        '<link rel="alternate" href="{}">',
        '<img src="{}" alt="x">',
        '<script src="{}" defer></script>',
        '<form method="get" action="{}">',
    ],
)
def test_whatever_leads_on_is_looked_up(tag: str) -> None:
    page = {"a/index.html": tag.format("../b/").encode()}
    (fault,) = broken_links(page, "/")
    assert dict(fault.facts) == {"link": "../b/", "page": "a/index.html"}
    assert broken_links({**page, "b/index.html": b""}, "/") == ()


def test_two_pages_with_one_address_are_a_fault() -> None:
    pages = (FilePage("a.txt", "1", ()), FilePage("b.txt", "2", ()), FilePage("a.txt", "3", ()))
    (found,) = collisions(pages)
    assert (found.code, found.place.path) == ("address-collision", "a.txt")


def test_templates_only_loop_choose_and_link() -> None:
    for file in (ROOT / "templates").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), file
        assert "style=" not in text and "onclick" not in text, file
        # A script is a file of ours, or data that a function wrote.
        own = r'src="\{\{ asset\("[a-z.]+"\) \}\}" defer>'
        data = r'type="application/ld\+json">\{\{ [^{}]+ \}\}'
        assert "<script" not in re.sub(f"<script ({own}|{data})</script>", "", text), file
        assert "audience" not in text, file
        assert not re.search(r"selectattr|rejectattr|groupby|\|\s*sort|\|\s*sum", text), file


def test_hostile_words_in_any_field_stay_words(world: Callable[[str], World]) -> None:
    evil = "<script>alert(1)</script>"
    site = f"""
-- site.toml --
name = "{evil}"
standing = "unofficial"
-- content/2025/notice.md --
正文 <script>alert(2)</script> <img src=x onerror=alert(4)>

- [链接](https://example.org)
-- content/2025/tasks/001.yaml --
section: 1
title: "{evil[:24]}"
text: "{evil}"
deadline: 年底前完成
units: [市科技局]
responsibility: first-leads
clauses: [{{id: a, kind: complete, due: 2025-12-31}}]
"""
    built = world(site).build()
    for path, content in built.files.items():
        if path.endswith(".html"):
            html = content.decode()
            assert foreign_scripts(html) == 0, path
            assert "javascript:" not in html, path
            assert "onerror" not in html.replace("&lt;img src=x onerror", ""), path


def test_links_are_relative_so_that_a_site_works_below_any_path(
    world: Callable[[str], World],
) -> None:
    site = world().build()
    for path, content in site.files.items():
        if path.endswith("index.html"):
            links = re.findall(r'(?:href|src)="([^"]+)"', content.decode())
            assert not [link for link in links if link.startswith("/")], path


def test_a_file_page_is_written_as_it_is() -> None:
    page = FilePage("a.txt", "甲\r\n", ())
    assert path_of(page) == "a.txt"
    assert render((page,), {}, {}, "/") == {"a.txt": "甲\r\n".encode()}


@pytest.mark.parametrize("channel", ["targets", "themes", "leaders", "periods", "chart"])
def test_a_channel_leads_to_each_overview_that_a_ledger_has(
    files: dict[str, dict[str, bytes]], channel: str
) -> None:
    """And only there it is the current one."""
    page = files["public"][f"2025/{channel}/index.html"].decode()
    nav = page[page.index('<ul class="channels') :].split("</ul>")[0]
    (current,) = re.findall(r'<a href="([^"]*)" aria-current="true"', nav)
    assert current in ("./", "."), current
    home = files["public"]["index.html"].decode()
    assert f'href="2025/{channel}/"' in home[home.index('<ul class="channels') :].split("</ul>")[0]


def test_the_search_box_of_the_home_page_has_a_label_and_examples(
    files: dict[str, dict[str, bytes]],
) -> None:
    home = files["public"]["index.html"].decode()
    part = home[home.index('class="ask"') :].split("</div>")[0]
    (name,) = re.findall(r'<label for="(\w+)">', part)
    assert len(re.findall(f'<input [^>]*id="{name}"', home)) == 1
    assert 0 < len(re.findall(r'<a class="gap" href="search/\?q=', part)) <= 4
