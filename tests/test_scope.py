"""A figure of another scope than a target: shown beside it with the reason, and never compared."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_measure import ONE, note, target

from conftest import BASE, Built, World
from jiaozhang.build.pipeline import examine
from jiaozhang.derive import DerivedTask, derive
from jiaozhang.ledger.events import Correction, Figure, Note, Progress
from jiaozhang.ledger.public import Comparison, Counts, Record, Reporting, Year
from jiaozhang.wall.audience import release

RECORD = """
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {{title: 实验室建成, publisher: 示例日报}}
figures:
  - {{name: 实验室, value: 3, unit: 个, period: 2025年{more}}}
---
第一个实验室建成。
"""
WHY = "这是东城区的数，指标是全市的"
BESIDE = f", beside: t1, differs: {WHY}"
PAGE = "2025/tasks/001/"
_KINDS: tuple[tuple[Comparison, Counts], ...] = tuple(
    product(get_args(Comparison), get_args(Counts))
)


@pytest.fixture(scope="module")
def smallest(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return smallest_record(tmp_path_factory.mktemp("smallest"))


def smallest_record(folder: Path) -> Record:
    """The record of the smallest city."""
    filed, _ = examine(World(folder, BASE).inputs())
    assert filed
    return release(filed, "public")


def derived_task(
    record: Record, notes: list[Note], reporting: Reporting, *corrections: Correction
) -> DerivedTask:
    """The task with a target of each comparison and way of counting, as these notes leave it."""
    targets = tuple(
        replace(target(comparison, counts), id=f"t{at}")
        for at, (comparison, counts) in enumerate(_KINDS)
    )
    (ledger,) = record.ledgers
    task = replace(ledger.tasks[0], targets=targets)
    progress = Progress((*notes, *corrections))
    own = replace(ledger, tasks=(task,), progress=progress, reporting=reporting)
    derived = derive(replace(record, ledgers=(own,)), {Year(2025): date(2026, 2, 1)})
    return derived.years[0].tasks[0]


def said_of(one: DerivedTask) -> object:
    """Everything that is concluded of a task; of records only which they are."""
    standing = replace(one.standing, latest=None, reports=(), records=0)
    latest = one.standing.latest and one.standing.latest.id
    measured = [
        (
            own.goal,
            own.curve,
            own.expected,
            own.pace,
            [(reading.note.id, reading.figure.value, reading.day) for reading in own.readings],
            own.followed and own.followed.note.id,
        )
        for own in one.targets
    ]
    return standing, latest, one.clauses, measured


_TARGETS = st.sampled_from([f"t{at}" for at in range(len(_KINDS))])


@st.composite
def drawn_notes(draw: st.DrawFn) -> list[Note]:
    """Records of the year, whose figures are of targets or of nothing."""
    notes = []
    for day in sorted(draw(st.sets(st.dates(date(2025, 1, 1), date(2026, 1, 31)), max_size=4))):
        figures = draw(
            st.lists(
                st.builds(
                    Figure,
                    st.just("点位"),
                    st.decimals(0, 200, places=1),
                    st.just("个"),
                    st.sampled_from(("2025年", "2025年1—6月", "2025年12月", "五年来")),
                    st.none() | _TARGETS,
                    st.sampled_from(("first", "revised")),
                ),
                max_size=3,
            )
        )
        plain = note("1", "2025年", day)
        notes.append(replace(plain, id=f"{day}", figures=tuple(figures)))
    return notes


@given(drawn_notes(), st.data(), st.sampled_from(get_args(Reporting)))
def test_a_figure_beside_a_target_leaves_every_conclusion_as_it_is(
    smallest: Record, notes: list[Note], data: st.DataObject, reporting: Reporting
) -> None:
    def beside(figure: Figure) -> Figure:
        if figure.target:
            return figure
        return replace(figure, beside=data.draw(_TARGETS), differs=WHY)

    shown = [replace(one, figures=tuple(map(beside, one.figures))) for one in notes]
    assert said_of(derived_task(smallest, shown, reporting)) == said_of(
        derived_task(smallest, notes, reporting)
    )


def test_the_same_figure_of_the_same_scope_is_compared(smallest: Record) -> None:
    """What the property above compares does change where it should."""
    one = note("100", "2025年")
    of_target = replace(one.figures[0], target="t1")
    other = replace(of_target, target=None, beside="t1", differs=WHY)
    compared, shown = (
        said_of(derived_task(smallest, [replace(one, figures=(figure,))], "none"))
        for figure in (of_target, other)
    )
    assert compared != shown
    assert one.task == ONE and of_target.value == Decimal(100)


def test_only_what_shows_the_figure_changes(world: Callable[[str], World]) -> None:
    plain = world(RECORD.format(more="")).build()
    beside = world(RECORD.format(more=BESIDE)).build()
    assert plain.files.keys() - _hashed(plain) == beside.files.keys() - _hashed(beside)
    changed = {path for path in plain.files if plain.files[path] != beside.files.get(path)}
    for path in changed:
        # The search names its shards; all others count or show figures of another scope.
        if path.endswith(".html") and path != "search/index.html":
            assert "口径不同" in beside.files[path].decode(), path
    assert "2025/data/figures.csv" in changed
    assert _compared(plain) == _compared(beside)
    assert _section(plain, "targets") == _section(beside, "targets")


def _compared(site: Built) -> list[tuple[str, ...]]:
    """What is concluded of tasks and their targets, without the figures that stand in front."""
    said = []
    for name, columns in (("tasks", ("standing", "timing", "evidence")), ("rollups", ("count",))):
        text = site.files[f"2025/data/{name}.csv"].decode("utf-8-sig")
        said += [
            tuple(row[column] for column in columns) for row in csv.DictReader(io.StringIO(text))
        ]
    return said


def _hashed(site: Built) -> set[str]:
    """The shards of the search, whose names are made of what they hold."""
    return {path for path in site.files if path.startswith(("search/", "assets/"))}


def _section(site: Built, name: str) -> str:
    html = site.html(PAGE)
    start = html.index(f'aria-labelledby="{name}"')
    return html[start : html.index("</section>", start)]


def test_the_page_and_the_table_say_how_it_differs(world: Callable[[str], World]) -> None:
    site = world(RECORD.format(more=BESIDE)).build()
    assert f"指标是新建实验室3个，口径不同：{WHY}" in site.text(PAGE)
    table = csv.DictReader(io.StringIO(site.files["2025/data/figures.csv"].decode("utf-8-sig")))
    (row,) = table
    assert (row["target"], row["beside"], row["differs"]) == ("", "t1", WHY)
    # A figure without a target has no line about one.
    assert "口径不同" not in world(RECORD.format(more="")).build().text(PAGE)


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        (", target: t1", []),
        (BESIDE, []),
        (", beside: t1", ["missing-field"]),
        (", differs: 区里的数", ["missing-field"]),
        (", beside: t1, differs: ''", ["empty-value"]),
        (", beside: t1, differs: ' '", ["empty-value"]),
        (", beside: '', differs: 区里的数", ["empty-value"]),
        (", target: t1, beside: t1, differs: 区里的数", ["target-and-beside"]),
        (", target: t1, differs: 区里的数", ["missing-field"]),
        (", beside: t7, differs: 区里的数", ["unknown-target"]),
        (f", beside: t1, differs: {'长' * 101}", ["too-long"]),
        (", beside: t1, differs: 请打13912345678", ["personal-phone"]),
        (", beside: t1, differs: 《区里的数", ["unpaired"]),
        (", beside: t1, differs: 机密★", ["secrecy-mark"]),
    ],
)
def test_the_reason_is_read_as_what_it_is(
    world: Callable[[str], World], more: str, codes: list[str]
) -> None:
    assert world(RECORD.format(more=more)).codes() == codes
