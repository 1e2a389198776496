"""What is known of a task: which figure or sentence stands in front, and that all pages show it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import FEW_REVIEWS, World
from jiaozhang.derive.finding import (
    CHOICES,
    PREFERENCES,
    Finding,
    FindingKind,
    TargetState,
    finding_of,
)
from jiaozhang.derive.measure import DerivedTarget, Sources, measure
from jiaozhang.ledger.events import Figure, Note
from jiaozhang.ledger.identity import TaskNumber
from jiaozhang.ledger.public import Target, Year
from jiaozhang.markdown.first_sentence import first_sentence
from jiaozhang.pages.site.finding_rules import finding_rules
from jiaozhang.wording import finding_sentences

YEAR = Year(2025)
DUE = date(2025, 12, 31)


def target(name: str) -> Target:
    return Target(
        name,
        "a",
        f"指标{name}",
        Decimal(10),
        "个",
        "exactly",
        "建成",
        "completed",
        None,
        None,
        None,
    )


def note(
    on: date, *figures: Figure, body: str = "有进展。", district: str | None = None, name: str = ""
) -> Note:
    return Note(
        id=f"{on}{name}", task=TaskNumber(1), origin="public-record", unit=None, period=None, on=on,
        on_text=f"{on}", known=on, status=None, published=None, source=None, figures=figures,
        nodes=(), district=district, caveat=None, next_step=None, body=body,
    )  # fmt: skip


def figure(value: int, period: str = "2025年", **ties: str) -> Figure:
    return Figure(
        "数", Decimal(value), "个", period, ties.get("target"), "first", ties.get("beside"),
        "口径" if "beside" in ties else None,
    )  # fmt: skip


def found(notes: list[Note], *names: str) -> Finding:
    """The finding of a task with these targets; notes of a district are not about all of it."""
    notes = sorted(notes, key=lambda one: one.on)
    whole = [one for one in notes if one.district is None]
    targets: list[DerivedTarget] = [
        measure(target(name), YEAR, DUE, Sources(whole, (), (), ()), None) for name in names
    ]
    return finding_of(targets, notes, whole, YEAR)


def front(notes: list[Note]) -> Decimal | None:
    """The figure in front of a task with two targets."""
    figure = found(notes, "t1", "t2").figure
    return figure.figure.value if figure else None


JANUARY, FEBRUARY = date(2026, 1, 26), date(2026, 2, 3)


def test_the_latest_day_spoken_of_then_own_scope_then_the_notice() -> None:
    half, whole = (
        note(JANUARY, figure(4, "2025年上半年", target="t1")),
        note(JANUARY, figure(9, target="t2"), name="b"),
    )
    assert front([half, whole]) == 9
    own, beside = figure(5, target="t2"), figure(7, beside="t1")
    assert front([note(JANUARY, beside, own)]) == 5
    both = note(JANUARY, figure(11, target="t2"), figure(12, target="t1"))
    assert front([both]) == 12
    # A figure that answers a target stands before any newer one that answers none.
    other = note(FEBRUARY, figure(99), name="c")
    assert front([both, other]) == 12


def test_else_the_newest_figure_then_the_newest_sentence_then_nothing() -> None:
    words = note(FEBRUARY, body="二月的话。后一句。", name="w")
    figures = note(JANUARY, figure(3), body="一月有数。")
    assert found([words, figures], "t1").kind == "figure"
    assert found([words, figures], "t1").note == figures
    assert finding_sentences.plain(found([words], "t1")) == "二月的话。"
    assert found([], "t1").kind == "none"


def test_a_district_never_stands_for_the_city() -> None:
    district = note(FEBRUARY, figure(8, beside="t1"), district="东城区", body="东城区有8个。")
    city = note(JANUARY, body="全市有进展。", name="c")
    assert found([district, city], "t1").note == city
    alone = found([district], "t1")
    assert (alone.kind, alone.place) == ("figure", "东城区")
    assert alone.targets[0].state == "none"
    assert "东城区" in finding_sentences.limits(alone)


@given(
    st.lists(
        st.tuples(
            st.dates(date(2025, 1, 1), date(2026, 2, 28)),
            st.sampled_from(("target", "beside", "", "none")),
            st.sampled_from(("t1", "t2")),
            st.integers(0, 20),
            st.booleans(),
        ),
        max_size=8,
    )
)
@settings(deadline=None)
def test_the_counts_of_the_summary_add_up(
    given_: list[tuple[date, str, str, int, bool]],
) -> None:
    notes = [
        note(
            on,
            *([] if tie == "none" else [figure(value, **({tie: name} if tie else {}))]),
            district="东城区" if in_district else None,
            name=f"-{at}",
        )
        for at, (on, tie, name, value, in_district) in enumerate(given_)
    ]
    finding = found(notes, "t1", "t2", "t3")
    total, *counts = (int(n) for n in re.findall(r"(\d+)项", finding_sentences.summary(finding)))
    assert total == sum(counts) == 3
    # What stands in front was given, and nothing stands there if nothing was.
    assert finding.note is None if not notes else finding.note in notes
    # Only a figure of the target's own scope is ever compared.
    for one in finding.targets:
        if one.state in ("met", "unmet", "open", "undecided"):
            assert one.shown and one.shown.figure.target == one.target.target.id
        assert (one.state == "none") == (one.shown is None)


@given(st.text(alphabet="增长48.%。！“”《》（）a .\n*-1", max_size=60))
@settings(deadline=None)
def test_the_first_sentence_is_the_beginning_of_the_text(text: str) -> None:
    said = first_sentence(text)
    assert "\n" not in said
    assert first_sentence(f"{said}") == said or "*" in text or "-" in text or "." in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("增长4.8%。其中一产增3%。", "增长4.8%。"),
        ("他说“好。”然后走了。完。", "他说“好。”然后走了。"),
        ("见（附。）再说。完。", "见（附。）再说。"),
        ("没有句号", "没有句号"),
        ("**PM2.5**浓度36.2。又", "PM2.5浓度36.2。"),
        ("- 一项。\n- 二项。", "一项。"),
    ],
)
def test_a_sentence_ends_where_it_ends(text: str, said: str) -> None:
    assert first_sentence(text) == said


RECORDS = f"""
-- content/2025/ledger.yaml --
title: 示例市人民政府关于做好2025年重点工作的通知
issuer: 示例市人民政府
source: 示例
published: 2025-03-01
reporting: none
{FEW_REVIEWS}
sections:
  - {{number: 1, title: 坚持创新，发展产业}}
  - {{number: 2, title: 改善民生}}
seasons:
  汛前: {{}}
-- content/2025/notes/001/2026-01-26-a.md --
---
origin: public-record
date: 2026-01-26
source: {{title: 报告, publisher: 示例日报, published: 2026-01-26}}
figures:
  - {{name: 新建实验室, value: 47.25, unit: 个, period: "2025年", target: t1}}
---
全市新建了47.25个实验室。
"""


def test_every_list_shows_the_figure_beside_its_target(world: Callable[[str], World]) -> None:
    site = world(RECORDS).build(as_of="2026-02-28")
    lists = [
        path
        for path, data in site.files.items()
        if path.endswith(".html")
        and b'<table class="tasks records"' in data
        and b'001/"><b class="number">1</b>' in data
    ]
    assert len(lists) > 6
    for path in lists:
        html = site.files[path].decode()
        if '<th scope="row" class="promise"' in html:
            assert "<b>47.25</b>" in html, path
    page = site.html("2025/tasks/001/")
    head = page[: page.index('class="questions"')]
    assert "<b>47.25</b>" in head and "目标3个" in head and "数字达到目标" in head
    described = re.findall(
        '<meta (?:name="description"|property="og:description") content="(.*?)"', page
    )
    assert described and all("47.25个" in unescape(one) for one in described)


def test_attention_tells_each_task_by_its_facts(world: Callable[[str], World]) -> None:
    """Late, next, new and silent: a task is in a list exactly where the facts put it."""
    made = world(RECORDS)
    assert set(_listed(made, "2025-06-30")) == {"next", "silent"}
    assert set(_listed(made, "2026-02-10")) == {"lapsed", "recent"}
    assert set(_listed(made, "2026-04-30")) == {"lapsed"}


def _listed(made: World, as_of: str) -> dict[str, str]:
    files = made.build(as_of=as_of).files
    names = ("lapsed", "next", "recent", "silent")
    return {name: path for name in names if (path := f"2025/tasks/{name}/index.html") in files}


def test_the_page_about_the_site_prints_the_rule_that_chooses(
    world: Callable[[str], World],
) -> None:
    """Every choice and preference in the order in which the code asks, and every word for a target
    with what it means.
    """
    page = world("").build().html("about/")
    part = page[page.index('id="finding"') : page.index('id="duty"')]
    rules = finding_rules()
    assert len(rules.choices) == len(CHOICES) == len(get_args(FindingKind))
    assert len(rules.preferences) == len(PREFERENCES) + 1
    listed = [unescape(one) for one in re.findall("<li>(.*?)</li>", part)]
    assert listed == [*rules.choices, *rules.preferences]
    rows = re.findall('class="word">(.*?)</span>.*?<td[^>]*>(.*?)</td>', part)
    meanings = [(mark.word, meaning) for mark, meaning in rules.words]
    assert [(unescape(word), unescape(meaning)) for word, meaning in rows] == meanings
    assert {word for word, _ in rows} == {finding_sentences.STATE[s] for s in get_args(TargetState)}


@given(
    st.lists(
        st.tuples(st.integers(2, 4), st.booleans()),
        min_size=1,
        max_size=5,
    )
)
@settings(deadline=None)
def test_the_printed_order_of_targets_is_the_one_that_is_used(
    figures: list[tuple[int, bool]],
) -> None:
    """The latest day, then own scope, then the order of the notice, whatever else they say."""
    names = [f"t{n}" for n in range(len(figures))]
    notes = [
        note(
            date(2025, month, 28),
            figure(1, f"2025年1—{month}月", **{"target" if is_own else "beside": name}),
            name=name,
        )
        for name, (month, is_own) in zip(names, figures, strict=True)
    ]
    front = found(notes, *names).front
    first = min(range(len(figures)), key=lambda n: (-figures[n][0], not figures[n][1], n))
    assert front is not None and front.target.target.id == names[first]
