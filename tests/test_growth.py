"""Twice as much costs twice as much: texts made to hurt, and registries of many entries.

What is counted is the processor's time, the least of several runs, and a doubt is looked into with
more of them: how busy a machine is otherwise changes little of it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from costly import Generator, a_body, generators

from conftest import BASE, World
from jiaozhang.check import check
from jiaozhang.check.publication_rules import check_public
from jiaozhang.faults.diagnostic import as_text, display_width, in_order
from jiaozhang.files.nearest import Known, nearest
from jiaozhang.markdown.conservation import _runs, tables, visible
from jiaozhang.markdown.html import rendered
from jiaozhang.read import read_content

pytestmark = pytest.mark.slow

# Twice the size may cost so many times as much, and these seconds count for nothing.
ALLOWED, NOTHING = 2.5, 0.02


def seconds(work: Callable[[], None], runs: int = 3) -> float:
    """Processor seconds of some work: the least of some runs, since nothing makes it faster."""
    return min(_once(work) for _ in range(runs))


def _once(work: Callable[[], None]) -> float:
    visible.cache_clear()  # a memo would hide the cost
    _runs.cache_clear()
    start = time.process_time()
    work()
    return time.process_time() - start


def grows_too_fast(
    work: Callable[[int], Callable[[], None]], size: int, tries: Sequence[int] = (1, 3, 7)
) -> str:
    """Which sizes cost more than they may, or an empty text; a doubt is tried with more runs."""
    for runs in tries:
        small, large = (seconds(work(times * size), runs) for times in (1, 4))
        if large <= ALLOWED**2 * (small + NOTHING):
            return ""
    return f"{size}: {small:.3f} s, {4 * size}: {large:.3f} s"


GENERATORS = generators()
# Two signs stand in three forms, a run, one in paragraphs, and halves: one form of each in a short
# run, a different one from pair to pair; all of them, and other units with a blank, with --full.
PAIR = re.compile(r"(?:run|halves) ([^a-z]{2})(?: in paragraphs)?")
PAIRS = list(dict.fromkeys(found[1] for name in GENERATORS if (found := PAIR.fullmatch(name))))
FORMS = ("run {}", "run {} in paragraphs", "halves {}")
SHORT = [
    *(FORMS[at % len(FORMS)].format(pair) for at, pair in enumerate(PAIRS)),
    *(
        name
        for name in GENERATORS
        if not PAIR.fullmatch(name)
        and (not name.startswith("run ") or name.endswith("in paragraphs") or " " not in name[4:])
    ),
]


@pytest.mark.parametrize("part", range(8))
def test_a_text_costs_in_proportion_to_its_length(part: int) -> None:
    slow = {
        name: found
        for name in SHORT[part::8]
        if (found := grows_too_fast(_text(GENERATORS[name]), 4_000))
    }
    assert slow == {}


@pytest.mark.full
@pytest.mark.parametrize("name", GENERATORS)
def test_every_text_costs_in_proportion_to_its_length(name: str) -> None:
    assert grows_too_fast(_text(GENERATORS[name]), 16_000) == ""


def _text(make: Generator) -> Callable[[int], Callable[[], None]]:
    def of(size: int) -> Callable[[], None]:
        text = make(size)
        return lambda: a_body(text)

    return of


def test_a_quadratic_reading_would_be_noticed() -> None:
    def of(size: int) -> Callable[[], None]:
        return lambda: [None for _ in range(size // 10) for _ in range(size // 10)].clear()

    assert grows_too_fast(of, 16_000, (1,)) != ""


def test_every_two_signs_are_tried_in_a_short_run() -> None:
    assert len(PAIRS) > 200 and set(SHORT) <= set(GENERATORS)
    assert all(any(form.format(pair) in SHORT for form in FORMS) for pair in PAIRS)


@pytest.mark.parametrize("name", ["ragged table", "wide table", "stairs of items", "lines tables"])
def test_a_page_is_no_larger_than_its_text(name: str) -> None:
    """A few tags for each sign that makes a cell or an item, and no square of them."""
    text = GENERATORS[name](40_000)
    assert len(rendered(text, "", {}, 3, "")[0]) < 60 * len(text)
    assert len(tables(text)) < 10_000


def name_of(n: int) -> str:
    return f"{chr(0x4E00 + n % 4000)}{chr(0x5000 + n // 7 % 4000)}{chr(0x6000 + n % 3000)}"


TASK = """section: 2
title: 改造{n}个小区
text: 改造{n}个小区。
deadline: 年底前完成
leaders: [李四]
units: [市财政局]
responsibility: first-leads
clauses:
  - {{id: a, kind: complete, due: 2025-12-31}}
"""
NOTE = """---
origin: public-record
date: 2025-06-{day:02}
source: {{title: 甲, publisher: 乙}}
---
第{n}处完成。
"""
# Files of a city that has so many of something, by their paths; lists begin with what BASE has.
Many = Callable[[int], dict[str, str]]


def _list(path: str, row: Callable[[int], str], head: str = "") -> Many:
    return lambda count: {path: head + "".join(f"{row(n)}\n" for n in range(count))}


def _each(path: Callable[[int], str], text: Callable[[int], str]) -> Many:
    return lambda count: {path(n): text(n) for n in range(count)}


UNITS = "content/units.yaml"
MANY: dict[str, Many] = {
    "units": _list(UNITS, lambda n: f"- {{slug: u{n}, name: 市{name_of(n)}局, kind: department}}"),
    "aliases of units": _list(
        UNITS,
        lambda n: f"- {{slug: u{n}, name: 市{name_of(n)}局, kind: department, aliases: [{n}办]}}",
    ),
    "unknown members": _list(
        UNITS,
        lambda n: (
            f"- {{slug: u{n}, name: 市{name_of(n)}局, kind: group, member_kind: units, "
            f"members: [市{name_of(n)}厅], as_of: 2025-01-01, source: 甲}}"
        ),
    ),
    "unknown districts": _list(
        UNITS,
        lambda n: f"- {{slug: u{n}, name: 市{name_of(n)}局, kind: zone, district: {name_of(n)}区}}",
    ),
    "faulty units": _list(
        UNITS, lambda n: f"- {{slug: u{n}, name: 市{name_of(n)}局, kind: departmen, extr: 2}}"
    ),
    "one unit again and again": _list(
        UNITS, lambda _: "- {slug: kejiju, name: 市科技局, kind: department}"
    ),
    "districts": _list(
        "content/districts.yaml", lambda n: f"- {{slug: d{n}, name: {name_of(n)}区}}"
    ),
    "leaders": _list("content/leaders.yaml", lambda n: f"- {{slug: l{n}, name: {name_of(n)}}}"),
    "aliases": _list(
        "content/aliases.yaml", lambda n: f"- {{words: [{name_of(n)}], means: [实验室]}}"
    ),
    "aliases of nothing": _list(
        "content/aliases.yaml", lambda n: f"- {{words: [{name_of(n)}], means: [{name_of(n + 1)}]}}"
    ),
    "redirects": _list(
        "content/redirects.yaml", lambda n: f"- {{from: 2025/units/x{n}/, to: 2025/units/kejiju/}}"
    ),
    "nodes": _list(
        "content/2025/nodes/001.yaml",
        lambda n: f"- {{id: n{n}, clause: a, text: 第{n}步完成, planned: 2025-06-30}}",
    ),
    "notes": _each(
        lambda n: f"content/2025/notes/001/2025-06-{1 + n % 28:02}-n{n}.md",
        lambda n: NOTE.format(n=n, day=1 + n % 28),
    ),
    "notes of unknown tasks": _each(
        lambda n: f"content/2025/notes/{2 + n % 900:03}/2025-06-{1 + n % 28:02}-n{n}.md",
        lambda n: NOTE.format(n=n, day=1 + n % 28),
    ),
    "corrections of nothing": _each(
        lambda n: f"content/2025/corrections/2025-06-01-c{n}.yaml",
        lambda n: (
            f"kind: withdrawal\nof: notes/001/2025-06-30-x{n}\ndate: 2025-07-01\n"
            "since: 2025-07-01\nreason: 甲\nby: 乙\n"
        ),
    ),
    "strangers": _each(lambda n: f"content/2025/notes/001/x{n}.txt", lambda _: "甲\n"),
    "pictures of nobody": _each(lambda n: f"content/2025/notes/001/p{n}/a.jpg", lambda _: "甲\n"),
    "people of unknown units": _each(
        lambda n: f"content/2025/internal/persons/u{n}.yaml",
        lambda n: f"unit: {name_of(n)}\npersons:\n  - {{role: 联络, name: 甲, post: 科长}}\n",
    ),
}
# Of files each there are fewer: making them takes longer than reading them.
ROWS, FILES = 1_000, 150


@pytest.mark.parametrize("kind", MANY)
def test_so_many_of_a_kind_cost_in_proportion(tmp_path: Path, kind: str) -> None:
    """From reading to what is printed; 4 ** 1.2 is 5.3, and 4 ** 1.8, as it was, 12."""
    size = ROWS if len(MANY[kind](2)) == 1 else FILES
    cities = {times: _city(tmp_path / str(times), MANY[kind](times * size)) for times in (1, 4)}
    for runs in (1, 3, 5):
        small, large = (seconds(_checked(cities[times]), runs) for times in (1, 4))
        if large < 5.3 * (small + NOTHING):
            return
    pytest.fail(f"{size}: {small:.2f} s, {4 * size}: {large:.2f} s")


def _city(folder: Path, files: dict[str, str]) -> World:
    folder.mkdir(exist_ok=True)  # measured again where the machine was busy
    city = World(folder, BASE)
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as opened:
            opened.write(text)
    return city


def _checked(city: World) -> Callable[[], None]:
    inputs = city.inputs()

    def work() -> None:
        filed, faults = read_content(inputs.tree, inputs.site)
        assert filed
        found = in_order((*inputs.faults, *faults, *check(filed, faults)))
        for one in found:
            as_text(one, "zh")

    return work


def test_the_names_of_a_city_are_compared_with_texts_by_their_beginnings(tmp_path: Path) -> None:
    """Twenty thousand leaders and units cost a text hardly more than two."""
    city = _city(tmp_path / "a", MANY["units"](8_000) | MANY["leaders"](8_000))
    inputs = city.inputs()
    filed = read_content(inputs.tree, inputs.site)[0]
    assert filed
    assert seconds(lambda: [*check_public(filed)].clear(), 2) < 20


def test_what_was_meant_is_found_among_many_as_among_few() -> None:
    few = [f"市{name_of(n)}局" for n in range(150)]
    many = Known([*few, *(f"区{name_of(n)}办" for n in range(5_000, 9_000))])
    for name in few:
        for slip in (name.replace("局", "厅"), name[:2] + name[3:], name[:3] + "某" + name[3:]):
            assert many.nearest(slip) == nearest(slip, few) == name
    assert many.nearest("完全不是这里的") == ""
    assert many.nearest("局" * 20_000) == ""


def test_a_thousand_faults_of_one_line_are_told_in_proportion(tmp_path: Path) -> None:
    """A message draws a part of a long line, and what is personal in that is masked once."""

    def of(size: int) -> Callable[[], None]:
        city = _city(tmp_path / str(size), {})
        text = "13812345678，" * (size // 12)
        (city.folder / "content/2025/notice.md").write_text(text, encoding="utf-8")
        return _checked(city)

    assert grows_too_fast(of, 4_000) == ""
    city = _city(tmp_path / "one", {})
    text = "甲" * 3_000 + "13812345678" + "乙" * 3_000
    (city.folder / "content/2025/notice.md").write_text(text, encoding="utf-8")
    (found,) = (one for one in city.check() if one.code == "personal-phone")
    drawn, caret = as_text(found, "zh").splitlines()[1:3]
    assert "甲138******78乙" in drawn and len(drawn) < 500
    assert display_width(drawn[: drawn.index("138")]) == caret.index("^")
