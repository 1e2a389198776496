"""Feeds and the tags of government sites: what other programs read of the pages."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from posixpath import dirname, join, normpath
from xml.etree import ElementTree

import openpyxl
import pytest
from generated import write_city
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT, Built, World
from jiaozhang.build.pipeline import examine, load
from jiaozhang.derive import derive
from jiaozhang.ledger.public import Record
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.timeline import entries_of
from jiaozhang.pages.downloads.feeds import feed_pages
from jiaozhang.wall.audience import release
from servers import OFFICIAL as GOVERNMENT

ATOM = "{http://www.w3.org/2005/Atom}"
NOTE = """
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
published: 2025-07-02 10:00
source: {title: 实验室 <建成> & "开放", publisher: 示例日报}
---
第一个实验室建成 & 开放 <b>x</b> ]]>。
"""
OFFICIAL = f"-- content/site.toml --{GOVERNMENT}".replace(
    "https://localhost/", "https://www.example.org/zdgz"
)


@pytest.mark.parametrize(
    "page", ["2025/updates/", "2025/sections/1/", "2025/units/kejiju/", "2025/districts/dongcheng/"]
)
def test_a_feed_stands_beside_its_page_and_is_named_there(
    world: Callable[[str], World], page: str
) -> None:
    site = world(NOTE).build()
    root = ElementTree.fromstring(site.files[f"{page}feed.xml"])  # noqa: S314 - our own
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{name}")
    assert datetime.fromisoformat(root.findtext(f"{ATOM}updated") or "")
    title = root.findtext(f"{ATOM}title")
    link = f'<link rel="alternate" type="application/atom+xml" title="{title}" href="feed.xml">'
    assert link in site.html(page)


def test_an_entry_says_what_was_recorded_and_leads_to_it(world: Callable[[str], World]) -> None:
    site = world(NOTE).build()
    root = ElementTree.fromstring(site.files["2025/units/kejiju/feed.xml"])  # noqa: S314
    (entry,) = root.findall(f"{ATOM}entry")
    assert "第一个实验室建成 & 开放" in (entry.findtext(f"{ATOM}summary") or "")
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "../../tasks/001/#2025-06-30-ribao"
    ids = [e.text for e in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    # A withdrawn or internal record is in no feed; test_release looks into every public file.


def feed_of(site: Built, page: str = "2025/updates/") -> ElementTree.Element:
    return ElementTree.fromstring(site.files[f"{page}feed.xml"])  # noqa: S314 - our own


def entries_by_link(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    """The entries of a feed in their order, by what they lead to."""
    found = {}
    for entry in root.findall(f"{ATOM}entry"):
        link = entry.find(f"{ATOM}link")
        assert link is not None
        found[link.get("href") or ""] = entry
    return found


def moment(element: ElementTree.Element, name: str = "updated") -> datetime:
    return datetime.fromisoformat(element.findtext(f"{ATOM}{name}") or "")


LATE = """
-- content/2025/notes/001/2025-01-10-wanbao.md --
---
origin: public-record
date: 2025-01-10
source: {title: 迟到的记载, publisher: 示例晚报, published: 2025-12-20}
---
一月的情况，年底才公开。
"""
CORRECTED = """
-- content/2025/corrections/2026-02-03-ribao.yaml --
kind: correction
of: notes/001/2025-06-30-ribao
date: 2026-02-03
since: 2025-07-02
wrong: 第一个
right: 第二个
reason: 看错了
by: 本站
-- content/2025/corrections/2026-02-04-tongzhi.yaml --
kind: correction
of: notice
date: 2026-02-04
since: 2025-03-01
wrong: 印发
right: 印发给
reason: 漏了一个字
by: 本站
"""


def test_what_became_known_last_stands_first_whatever_it_speaks_of(
    world: Callable[[str], World],
) -> None:
    feed = feed_of(world(NOTE + LATE).build())
    late, first = entries_by_link(feed)
    assert late.endswith("#2025-01-10-wanbao") and first.endswith("#2025-06-30-ribao")
    times = [
        [moment(entry, name).isoformat() for name in ("published", "updated")]
        for entry in feed.findall(f"{ATOM}entry")
    ]
    assert times == [
        ["2025-12-20T00:00:00+08:00", "2025-12-20T00:00:00+08:00"],
        # Of a record without a day of its source the day that it speaks of; then it was published.
        ["2025-06-30T00:00:00+08:00", "2025-07-02T10:00:00+08:00"],
    ]
    assert moment(feed).isoformat() == times[0][1]


def test_a_feed_and_its_entry_are_newer_when_a_record_is_corrected(
    world: Callable[[str], World],
) -> None:
    was = feed_of(world(NOTE + LATE).build())
    now = feed_of(world(NOTE + LATE + CORRECTED).build())
    name = "../tasks/001/#2025-06-30-ribao"
    before, after = entries_by_link(was)[name], entries_by_link(now)[name]
    assert moment(after) == datetime.fromisoformat("2026-02-03T00:00:00+08:00") > moment(before)
    # It is corrected, not new: it keeps its name and the time at which it became known.
    assert moment(after, "published") == moment(before, "published")
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    # And what was corrected of the notice itself is of no task, but of the year.
    assert next(iter(entries_by_link(now))) == "../corrections/#2026-02-04-tongzhi"
    assert moment(now) == datetime.fromisoformat("2026-02-04T00:00:00+08:00")


@pytest.mark.parametrize("root", ["https://www.example.org/zdgz/", ""])
def test_links_are_absolute_where_the_site_knows_where_it_is(
    world: Callable[[str], World], root: str
) -> None:
    site = world((OFFICIAL if root else "") + NOTE).build()
    for path in (path for path in site.files if path.endswith("feed.xml")):
        feed = ElementTree.fromstring(site.files[path])  # noqa: S314 - our own
        for link in feed.iter(f"{ATOM}link"):
            target = (link.get("href") or "").partition("#")[0]
            assert target.startswith(root)
            whole = normpath(join(dirname(path), target)) + "/" * target.endswith("/")
            whole = target.removeprefix(root) if root else whole
            assert {whole, f"{whole}index.html"} & site.files.keys(), (path, target)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> tuple[Record, ...]:
    """The real ledger, the demo, and a city made by chance."""
    made = tmp_path_factory.mktemp("made")
    write_city(made, 2)
    inputs = (
        load(ROOT / "content", "content", ROOT / "site.toml", ROOT),
        load(ROOT / "examples/demo", "demo", None, ROOT),
        World(made).inputs(),
    )
    filed = [examine(one)[0] for one in inputs]
    return tuple(release(one, "public") for one in filed if one)


def feeds(record: Record, day: date) -> dict[str, list[str]]:
    """The names of each feed's entries in their order, of a site for a day; parts are joined."""
    derived = derive(record, {ledger.year: day for ledger in record.ledgers})
    found: dict[str, list[str]] = {}
    for page in feed_pages(derived):
        root = ElementTree.fromstring(page.text)  # noqa: S314 - our own
        own = found.setdefault(dirname(page.address), [])
        own += [entry.findtext(f"{ATOM}id") or "" for entry in root.findall(f"{ATOM}entry")]
    return found


@pytest.mark.slow
@given(day=st.dates(date(2024, 1, 1), date(2026, 6, 1)), more=st.integers(0, 300))
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
def test_what_a_reader_has_not_seen_stands_before_all_that_was_known_earlier(
    records: tuple[Record, ...], day: date, more: int
) -> None:
    for record in records:
        old, new = feeds(record, day), feeds(record, day + timedelta(days=more))
        for page, now in new.items():
            was = old[page]
            assert len(set(now)) == len(now)
            added = len(now) - len(was)
            assert now[added:] == was, page


@pytest.mark.slow
@pytest.mark.parametrize("most", [1, 7, 500])
def test_every_record_is_reached_through_the_parts_of_a_feed(
    records: tuple[Record, ...], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiaozhang.pages.downloads.feeds.MOST_ENTRIES", most)
    for record in records:
        derived = derive(record, {ledger.year: date(2026, 6, 1) for ledger in record.ledgers})
        pages = {page.address: page.text for page in feed_pages(derived)}
        for year in derived.years:
            own = [entry for one in year.tasks for entry in entries_of(derived, year, one)]
            expected = {f"../../{entry.task.address}" for entry in own}
            expected |= {
                f"../../{addresses.corrections(year.ledger.year)}#{one.id}"
                for one in year.progress.corrections
                if one.task is None
            }
            found: list[str] = []
            name = addresses.feed(addresses.updates(year.ledger.year))
            while name:
                root = ElementTree.fromstring(pages[name])  # noqa: S314 - our own
                links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
                is_whole = len(expected) <= most
                assert (root.find("{http://purl.org/syndication/history/1.0}complete") is None) != (
                    is_whole
                )
                assert normpath(join(dirname(name), links["self"] or "")) == name
                found += entries_by_link(root)
                name = normpath(join(dirname(name), links["next"] or "")) if "next" in links else ""
            whole = [normpath(join(addresses.updates(year.ledger.year), link)) for link in found]
            assert sorted(whole) == sorted(
                normpath(join(addresses.updates(year.ledger.year), link)) for link in expected
            )


def metas(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta name="([A-Z]\w+)" content="([^"]+)">', html))


def test_an_official_site_carries_every_mandatory_tag(world: Callable[[str], World]) -> None:
    site = world(OFFICIAL + NOTE).build()
    own = {"SiteName", "SiteDomain", "SiteIDCode"}
    column = own | {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
    article = column | {"ArticleTitle", "PubDate", "ContentSource"}
    assert set(metas(site.html(""))) == own
    assert set(metas(site.html("2025/tasks/"))) == column
    tags = metas(site.html("2025/tasks/001/"))
    assert set(tags) == article
    assert tags["SiteDomain"] == "www.example.org"
    assert tags["PubDate"] == "2025-07-02 10:00"
    title = re.search(r"<h1>(.*?)</h1>", site.html("2025/tasks/001/"))
    assert title and tags["ArticleTitle"] == re.sub("<[^>]+>", "", title[1])
    assert "发布：2025-07-02 10:00" in site.text("2025/tasks/001/")


def test_an_official_foot_names_who_runs_the_site(world: Callable[[str], World]) -> None:
    html = world(OFFICIAL).build().html("about/")
    foot = html[html.index("<footer") :]
    for words in (
        "示例市人民政府办公室", "示例市大数据中心", "9901000001", "示ICP备12345678号-1",
        "webSearch?code=99010000000001", "网站地图", "无障碍声明", "我要纠错",
    ):  # fmt: skip
        assert words in foot, words
    assert "非官方" not in html


def test_an_unofficial_site_shows_no_registration(world: Callable[[str], World]) -> None:
    html = world(NOTE).build().html("2025/tasks/001/")
    assert "SiteIDCode" not in html and "备案" not in html and "标识码" not in html
    assert "非官方整理" in html
    assert not [content for content in metas(html).values() if content in ("", "null", "None")]


@pytest.mark.slow
def test_the_workbook_holds_the_list_and_no_formula(world: Callable[[str], World]) -> None:
    evil = """
-- content/2025/tasks/001.yaml --
section: 1
title: "=1+1"
text: "=HYPERLINK(1)，新建3个实验室。"
deadline: 年底前完成
leaders: [张三]
units: [市科技局]
responsibility: first-leads
clauses: [{id: a, kind: complete, due: 2025-12-31}]
"""
    city = world(evil)
    raw = city.build().files["2025/data/tasks.xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
    assert sheet.cell(2, 1).value == 1
    assert sheet.cell(2, 3).value == "=HYPERLINK(1)，新建3个实验室。"
    assert b"<f>" not in unpacked_sheet(raw)
    assert city.build().files["2025/units/kejiju/tasks.xlsx"][:2] == b"PK"
    assert city.build().files["2025/data/tasks.xlsx"] == raw


def unpacked_sheet(raw: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        return book.read("xl/worksheets/sheet1.xml")
