"""Corrections: of what is wrong, replaced or out of date, also after the ledger was closed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_scope import derived_task, drawn_notes, said_of, smallest_record

from conftest import BASE, TODAY, Built, World
from jiaozhang import cache
from jiaozhang.build.pipeline import BuildDay, build, build_all, examine
from jiaozhang.editing.approval import ApprovalStep, approve
from jiaozhang.files.source import Source
from jiaozhang.ledger.events import Correction, Note
from jiaozhang.ledger.public import Record, Reporting
from jiaozhang.wall.audience import Audience

LEDGER = """
-- content/2025/ledger.yaml --
title: 示例市人民政府关于做好2025年重点工作的通知
issuer: 示例市人民政府
source: 示例
reporting: none
closed: 2025-12-31
{review}sections:
  - {{number: 1, title: 坚持创新，发展产业}}
  - {{number: 2, title: 改善民生}}
"""
CLOSED = LEDGER.format(review="")
NOTE = """
-- content/2025/notes/001/{day}-{slug}.md --
---
origin: public-record
date: {day}
source: {{title: 实验室建成, publisher: 示例日报}}
figures: [{{name: 实验室, value: {value}, unit: 个, period: 2025年1—{month}月, target: t1}}]
---
{text}。
"""
OLD = NOTE.format(day="2025-06-30", slug="jiu", value=1, month=6, text="建成1个实验室，另两个在建")
NEW = NOTE.format(day="2025-11-30", slug="xin", value=2, month=11, text="建成2个实验室")
WHY = "原来是上半年的数"
BY = f"date: {{on}}\nsince: 2025-11-30\nreason: {WHY}\nby: 市政府办公室\n"
MORE = {
    "replacement": "newer: notes/001/2025-11-30-xin\n",
    "outdated": "part: 另两个在建\nnewer: notes/001/2025-11-30-xin\n",
    "correction": "wrong: 1个\nright: 一个\n",
    "withdrawal": "",
}
CLOSING, ON = date(2025, 12, 31), date(2026, 3, 10)
PAGE, LATE, REPLACED = "2025/tasks/001/", "收录截止后更正", "已由新的记载取代"
READ = pytest.mark.parametrize("kind", ["correction", "outdated", "replacement"])


def correction(kind: str, on: date = ON, of: str = "2025-06-30-jiu", slug: str = "shuzi") -> str:
    name = f"content/2025/corrections/{on}-{slug}.yaml"
    return f"\n-- {name} --\nkind: {kind}\nof: notes/001/{of}\n{MORE[kind]}{BY.format(on=on)}"


def built(world: World, today: date = TODAY, audience: Audience = "public") -> Built:
    """The site of a day on which nobody asks for another one."""
    inputs = world.inputs()
    filed, _ = examine(inputs)
    assert filed is not None and world.codes() == [], world.said()
    site, faults = build(filed, inputs, audience, BuildDay(None, today), None)
    assert not faults
    return Built(site)


@READ
def test_a_correction_is_known_from_its_own_day(tmp_path: Path, kind: str) -> None:
    """The day before, every byte is that of a site without it; the data stay at their day."""
    plain = World(tmp_path / "plain", BASE, CLOSED, OLD, NEW)
    corrected = World(tmp_path / "corrected", BASE, CLOSED, OLD, NEW, correction(kind))
    before, after = date(2026, 3, 9), ON
    assert built(corrected, before).files == built(plain, before).files
    assert corrected.build(as_of=f"{before}").files == plain.build(as_of=f"{before}").files
    for site in (built(corrected, after), built(corrected), corrected.build(as_of=f"{ON}")):
        assert LATE in site.text(PAGE) and WHY in site.text(PAGE)
        assert LATE in site.text("2025/corrections/")
    assert json.loads(built(corrected).files["build.json"])["as_of"] == {"2025": "2025-12-31"}


@READ
def test_it_is_no_news_of_the_day_of_the_data(tmp_path: Path, kind: str) -> None:
    plain = built(World(tmp_path / "plain", BASE, CLOSED, OLD, NEW))
    late = built(World(tmp_path / "late", BASE, CLOSED, OLD, NEW, correction(kind)))
    in_time = World(tmp_path / "time", BASE, CLOSED, OLD, NEW, correction(kind, CLOSING))
    for address in ("2025/updates/", PAGE):
        days = [
            re.findall(r'<p class="when">([^<]*)', site.html(address)) for site in (plain, late)
        ]
        assert days[0] == days[1]
    assert LATE not in built(in_time).text(PAGE)
    assert "2025年12月31日" in built(in_time).text("2025/updates/")


@READ
def test_a_feed_carries_it_by_its_day(world: Callable[[str], World], kind: str) -> None:
    site = built(world(CLOSED + OLD + NEW + correction(kind)))
    for page in ("2025/updates/", "2025/sections/1/", "2025/units/kejiju/"):
        feed = site.files[f"{page}feed.xml"].decode()
        first = feed[feed.index("<entry>") : feed.index("</entry>")]
        assert f"<updated>{ON}T" in first and LATE in first and WHY in first
        assert f"<updated>{ON}T" in feed[: feed.index("<entry>")]
        (anchor,) = re.findall(r'href="[^"]*tasks/001/#([^"]+)"', first)
        assert f'id="{anchor}"' in site.html(PAGE)


def test_they_are_listed_newest_first(world: Callable[[str], World]) -> None:
    texts = [
        correction("correction", date(2026, 2, 1), slug="yi"),
        correction("replacement", date(2026, 4, 1), slug="er"),
        correction("outdated", date(2025, 12, 1), slug="san"),
        correction("correction", date(2026, 3, 1), "2025-11-30-xin", slug="si"),
    ]
    page = built(world(CLOSED + OLD + NEW + "".join(texts))).html("2025/corrections/")
    ids = re.findall(r'<section class="side" id="([^"]+)"', page)
    assert ids == ["2026-04-01-er", "2026-03-01-si", "2026-02-01-yi", "2025-12-01-san"]
    assert "共4处" in page
    assert [f"{LATE}</p>" in part for part in page.split("<section")[1:]] == [1, 1, 1, 0]


def test_a_replaced_record_stays_marked_and_leads_on(world: Callable[[str], World]) -> None:
    site = built(world(CLOSED + OLD + NEW + correction("replacement")))
    html = site.html(PAGE)
    (entry,) = re.findall(r'<li id="2025-06-30-jiu".*?</li>', html, re.S)
    assert REPLACED in entry and 'href="./#2025-11-30-xin"' in entry
    (newer,) = re.findall(r'<li id="2025-11-30-xin".*?</li>', html, re.S)
    assert REPLACED not in newer
    assert "建成1个实验室" in site.text(PAGE)
    rows = csv.DictReader(io.StringIO(site.files["2025/data/records.csv"].decode("utf-8-sig")))
    assert {row["record"]: row["replaced_by"] for row in rows} == {
        "2025-06-30-jiu": "2025-11-30-xin",
        "2025-11-30-xin": "",
    }
    (task,) = json.loads(site.files["2025/data/tasks.json"])["tasks"]
    assert [one["replaced_by"] for one in task["records"]] == ["2025-11-30-xin", None]
    events = csv.DictReader(io.StringIO(site.files["2025/data/events.csv"].decode("utf-8-sig")))
    assert [(row["kind"], row["new"]) for row in events] == [("取代", "notes/001/2025-11-30-xin")]


def test_a_part_out_of_date_is_named_and_the_rest_counts(world: Callable[[str], World]) -> None:
    site = built(world(CLOSED + OLD + NEW + correction("outdated")))
    (entry,) = re.findall(r'<li id="2025-06-30-jiu".*?</li>', site.html(PAGE), re.S)
    assert "“另两个在建”已经过时" in entry and REPLACED not in entry
    (task,) = json.loads(site.files["2025/data/tasks.json"])["tasks"]
    assert [one["replaced_by"] for one in task["records"]] == [None, None]


@pytest.fixture(scope="module")
def smallest(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return smallest_record(tmp_path_factory.mktemp("smallest"))


@given(drawn_notes(), st.data(), st.sampled_from(("none", "quarterly")))
def test_nothing_follows_from_a_replaced_record(
    smallest: Record, notes: list[Note], data: st.DataObject, reporting: Reporting
) -> None:
    """A task concludes what it would without the record; it still counts as one of its records."""
    assume(len(notes) > 1)
    own = [replace(one, origin="public-record", unit=None, status=None) for one in notes]
    old, newer = data.draw(st.permutations(own))[:2]
    found = Correction(
        "x", "replacement", f"notes/001/{old.id}", old.task, date(2026, 1, 31),
        old.on, None, None, WHY, "市政府办公室", f"notes/001/{newer.id}",
    )  # fmt: skip
    rest = [one for one in own if one.id != old.id]
    corrected = derived_task(smallest, own, reporting, found)
    assert said_of(corrected) == said_of(derived_task(smallest, rest, reporting))
    assert corrected.standing.records == len(own)
    assert [note.id for note in corrected.current] == [note.id for note in rest]


@pytest.mark.parametrize("kind", ["outdated", "replacement"])
def test_what_leads_to_a_record_that_waits_is_not_known_in_public(
    tmp_path: Path, kind: str
) -> None:
    """The public site is that of a world in which neither the record nor the correction is."""
    ledger = LEDGER.format(
        review="review: {public-record: secrecy, correction: none, summary: none}\n"
    )
    old = reviewed(OLD)
    plain = World(tmp_path / "plain", BASE, ledger, old)
    waiting = World(tmp_path / "waiting", BASE, ledger, old, NEW, correction(kind))
    for today in (date(2026, 3, 9), ON, TODAY):
        one, other = (built(world, today).files for world in (plain, waiting))
        assert one == other
    assert LATE in built(waiting, TODAY, "intranet").text(PAGE)
    assert LATE not in built(waiting, date(2026, 3, 9), "intranet").text(PAGE)


def reviewed(text: str) -> str:
    """A record's file with its secrecy review."""
    head, _, body = text.partition(" --\n")
    path = head.removeprefix("\n-- ")
    key = path.removeprefix("content/")
    step = ApprovalStep("secrecy", "市政府办公室保密岗", date(2025, 12, 1), "可公开")
    return f"\n-- {path} --\n{approve(Source(key, key, body), None, step)}"


@pytest.mark.parametrize("of", ["2025-06-30-jiu", "2025-11-30-xin"])
@READ
def test_what_names_a_withdrawn_record_goes_with_it(
    world: Callable[[str], World], kind: str, of: str
) -> None:
    taken = correction("withdrawal", date(2026, 5, 1), of, slug="chehui")
    city = world(CLOSED + OLD + NEW + correction(kind) + taken)
    is_named = of == "2025-06-30-jiu" or kind != "correction"
    for audience in get_args(Audience):
        site = built(city, TODAY, audience)
        text = "".join(raw.decode("utf-8", "replace") for raw in site.files.values())
        assert ("另两个在建" in text) == (of == "2025-11-30-xin")
        page = site.html("2025/corrections/")
        assert (f'id="{ON}-shuzi"' in page) != is_named


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Path]:
    cache.remember_in(tmp_path / "memory")
    yield tmp_path / "memory"
    cache.forget()


@pytest.mark.slow
@READ
def test_what_is_remembered_of_the_day_before_is_not_believed(
    tmp_path: Path, store: Path, kind: str
) -> None:
    city = World(tmp_path / "city", BASE, CLOSED, OLD, NEW, correction(kind))
    first = [built(city, day).files for day in (date(2026, 3, 9), ON, date(2026, 3, 9))]
    cache.forget()
    assert first == [built(city, day).files for day in (date(2026, 3, 9), ON, date(2026, 3, 9))]


@READ
def test_a_correction_to_come_is_named_and_one_after_the_closing_is_not(
    world: Callable[[str], World], kind: str
) -> None:
    city = world(CLOSED + OLD + NEW + correction(kind))
    for today, codes in ((date(2026, 3, 9), ["not-yet"]), (ON, []), (TODAY, [])):
        sites, faults = build_all(city.inputs(), ("public",), BuildDay(None, today), None)
        assert [fault.code for fault in faults] == codes
        assert (LATE in Built(sites["public"]).text(PAGE)) == (not codes)


def test_no_other_record_is_later_than_the_closing(world: Callable[[str], World]) -> None:
    late = NEW.replace("2025-11-30", "2026-01-05").replace("1—11", "1—12")
    later = correction("replacement").replace("2025-11-30-xin", "2026-01-05-xin")
    assert world(CLOSED + OLD + late + later).codes() == ["outside-ledger"]
