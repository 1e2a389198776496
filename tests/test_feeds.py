"""Feeds and the tags of government sites: what other programs read of the pages."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from xml.etree import ElementTree

import openpyxl
import pytest
from icalendar import Calendar

from conftest import World
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
    assert link.get("href") == "../../../2025/tasks/001/#2025-06-30-ribao"
    ids = [e.text for e in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    # A withdrawn or internal record is in no feed; test_release looks into every public file.


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


def test_deadlines_come_as_calendars_that_a_library_reads(world: Callable[[str], World]) -> None:
    site = world("").build()
    for page in ("2025/deadlines/", "2025/units/kejiju/", "2025/districts/dongcheng/"):
        raw = site.files[f"{page}deadlines.ics"]
        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
        events = Calendar.from_ical(raw).walk("VEVENT")
        assert len({str(event["UID"]) for event in events}) == len(events)
    (event,) = Calendar.from_ical(site.files["2025/units/kejiju/deadlines.ics"]).walk("VEVENT")
    assert event["DTSTART"].dt == date(2025, 12, 31)
    assert str(event["SUMMARY"]) == "第1项到期：新建3个实验室（完成）"
    assert str(event["DESCRIPTION"]) == "新建3个实验室，启动20个小区改造。"


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
