"""The days of records: none vanishes without a word, and a day written otherwise is understood."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BASE, FEW_REVIEWS, WAITS, World
from jiaozhang.build.pipeline import BuildDay, build_all
from jiaozhang.check.date_rules import span_of
from jiaozhang.faults.diagnostic import Diagnostic
from jiaozhang.files.date_spelling import (
    meant_day,
    meant_moment,
    meant_month,
    meant_period,
    meant_quantity,
)
from jiaozhang.files.fields import DAY, Faults
from jiaozhang.files.source import Source
from jiaozhang.files.yaml_tree import Document, Scalar
from jiaozhang.read.field_kinds import DAY_OR_MONTH, MOMENT, PERIOD

MARK = "甲乙丙丁戊"
ESCAPED = FEW_REVIEWS.replace("{", "{{").replace("}", "}}")
LEDGER = """
-- content/2025/ledger.yaml --
title: 示例市人民政府关于做好2025年重点工作的通知
issuer: 示例市人民政府
source: 示例
reporting: monthly
closed: {closed}
sections:
  - {{number: 1, title: 坚持创新，发展产业}}
  - {{number: 2, title: 改善民生}}
-- content/2025/tasks/001.yaml --
section: 1
title: 新建3个实验室
text: 新建3个实验室，启动20个小区改造。
deadline: 年底前完成
units: [市科技局]
responsibility: first-leads
clauses:
  - {{id: a, kind: complete, due: 2025-12-31}}
  - {{id: b, kind: complete, after: 开工, months: 6, origin: body}}
targets:
  - {{id: t1, measure: 实验室, value: 3, unit: 个, comparison: exactly, counts: completed}}
""".replace("sections:", f"{ESCAPED}\nsections:")
# Every kind of dated record: its file, its text with a day, whether only the intranet may know it
# before a review, and the line of the day.
KINDS: dict[str, tuple[str, str, bool]] = {
    "note": (
        "notes/001/{day}-ribao.md",
        "---\norigin: public-record\ndate: {day}\nsource: {{title: 开工, publisher: 日报}}\n"
        "---\n{mark}\n",
        False,
    ),
    "report": (
        "notes/001/{day}-kejiju.md",
        "---\norigin: report\nunit: 市科技局\nperiod: {period}\ndate: {day}\nstatus: 正常推进\n"
        "---\n{mark}\n",
        True,
    ),
    "node": (
        "nodes/001.yaml",
        "- {{id: n1, text: 选址, planned: 2025-03-31, actual: {day}, evidence: {mark}}}\n",
        True,
    ),
    "closure": (
        "closures/001.yaml",
        "- {{id: c1, clause: a, on: {day}, by: 督查室, evidence: {mark}}}\n",
        True,
    ),
    "amendment": (
        "amendments/001-{day}.yaml",
        "clause: a\nold: 2025-12-31\nnew: 2026-03-31\nauthority: 常务会议\ndocument: {mark}\n"
        "date: {day}\n",
        False,
    ),
    "verification": (
        "verifications/001-{day}.yaml",
        "date: {day}\nmethod: 现场核查\ntext: {mark}\n",
        False,
    ),
    "trigger": ("triggers/001.yaml", "- {{clause: b, on: {day}, document: {mark}}}\n", False),
    "judgement": (
        "judgements/001.yaml",
        "- {{target: t1, verdict: 达到, on: {day}, by: 市政府, document: {mark}}}\n",
        False,
    ),
    "correction": (
        "corrections/{day}-ribao.yaml",
        "kind: correction\nof: tasks/001\ndate: {day}\nsince: {day}\nwrong: 二\nright: 三\n"
        "reason: {mark}\nby: 督查室\n",
        False,
    ),
    "inspection": (
        "internal/verifications/001-{day}.yaml",
        "date: {day}\nmethod: 现场核查\nresult: 一致\nfound: {mark}\n",
        True,
    ),
    "blocker": (
        "internal/blockers/001-tongguan.yaml",
        "raised_by: 市科技局\nneeds: 市财政局\nsince: {day}\nstate: 待答复\ntext: {mark}\n",
        True,
    ),
}


def city(folder: Path, kind: str, day: date, closed: date | None = None) -> World:
    name, text, _ = KINDS[kind]
    facts = {"day": day, "mark": MARK, "period": f"{day:%Y-%m}"}
    own = f"-- content/2025/{name.format(**facts)} --\n{text.format(**facts)}"
    return World(folder, BASE, LEDGER.format(closed=closed or "null") + own)


def found_in(world: World, today: date) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """Every site's text, by audience, and what was said besides what waits for its review."""
    sites, faults = build_all(world.inputs(), ("public", "intranet"), BuildDay(None, today), None)
    texts = {
        name: "\n".join(raw.decode() for key, raw in site.files.items() if key.endswith(".html"))
        for name, site in sites.items()
    }
    return texts, tuple(one for one in faults if one.code != WAITS)


DAYS = st.dates(date(2024, 11, 1), date(2027, 2, 1))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(KINDS)),
    DAYS,
    st.dates(date(2025, 2, 1), date(2026, 12, 31)),
    st.none() | st.dates(date(2025, 6, 1), date(2026, 6, 30)),
)
def test_a_record_is_shown_or_named(kind: str, day: date, today: date, closed: date | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = city(Path(folder), kind, day, closed)
        texts, faults = found_in(world, today)
    name = KINDS[kind][0].format(day=day)
    named = [one for one in faults if one.place.path.endswith(name)]
    assert named or MARK in texts["intranet"]
    if not named and not KINDS[kind][2]:
        assert MARK in texts["public"]
    # A report of another year is refused for its period.
    last = date(2025, 12, 31) if kind == "report" else date(2026, 6, 30)
    # A correction is known from its day, also after the ledger was closed.
    until = today if kind == "correction" else min(closed or last, last, today)
    if date(2025, 1, 1) <= day <= until:
        assert not named


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize(
    ("day", "closed", "codes"),
    [
        (date(2024, 12, 31), None, ["outside-ledger"]),
        (date(2025, 1, 1), None, []),
        (date(2026, 6, 30), None, []),
        (date(2026, 7, 1), None, ["outside-ledger"]),
        (date(2025, 10, 31), date(2025, 10, 31), []),
        (date(2025, 11, 1), date(2025, 10, 31), ["outside-ledger"]),
    ],
)
def test_a_record_lies_within_its_ledger(
    tmp_path: Path, kind: str, day: date, closed: date | None, codes: list[str]
) -> None:
    said = city(tmp_path, kind, day, closed).codes()
    # A report of another year has a period of another year as well.
    own = [code for code in said if code != "wrong-period"]
    if kind == "correction" and day.year > 2024:
        codes = []
    assert own == codes


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_still_to_come_is_a_warning(tmp_path: Path, kind: str) -> None:
    _, faults = found_in(city(tmp_path, kind, date(2025, 7, 30)), date(2025, 7, 3))
    assert [(one.code, one.level) for one in faults] == [("not-yet", "warning")]
    _, faults = found_in(city(tmp_path, kind, date(2025, 7, 30)), date(2025, 7, 30))
    assert faults == ()


@pytest.mark.parametrize("kind", sorted({*KINDS} - {"correction"}))
def test_of_a_day_that_is_wrong_nobody_says_that_it_will_come(tmp_path: Path, kind: str) -> None:
    _, faults = found_in(city(tmp_path, kind, date(2027, 7, 30)), date(2025, 7, 3))
    assert "outside-ledger" in {one.code for one in faults}
    assert "not-yet" not in {one.code for one in faults}


@pytest.mark.slow
def test_a_site_of_a_day_long_past_names_a_few_and_counts_the_rest(tmp_path: Path) -> None:
    rows = "".join(
        f"- {{clause: b, on: {date(2025, 3, 1) + timedelta(days=at)}, document: 批复}}\n"
        for at in range(30)
    )
    world = World(
        tmp_path,
        BASE,
        LEDGER.format(closed="null") + f"-- content/2025/triggers/001.yaml --\n{rows}",
    )
    today = date(2025, 7, 1)
    given = BuildDay(date(2025, 2, 1), today)
    _, faults = build_all(world.inputs(), ("public",), given, None)
    codes = [one.code for one in faults]
    assert codes.count("not-yet") == 20
    assert [dict(one.facts)["count"] for one in faults if one.code == "not-yet-more"] == ["10"]
    # What is dated after today as well is always named.
    _, faults = build_all(world.inputs(), ("public",), BuildDay(None, date(2025, 2, 1)), None)
    assert [one.code for one in faults] == ["not-yet"] * 30


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(st.integers(1, 12), st.integers(1, 4))
def test_a_report_is_of_a_day_of_its_period(month: int, quarter: int) -> None:
    for period in (f"2025-{month:02}", f"2025-Q{quarter}"):
        first, last = span_of(period)
        assert first.day == 1 and (last + timedelta(days=1)).day == 1
        with tempfile.TemporaryDirectory() as folder:
            for day in (first - timedelta(days=1), first, last, last + timedelta(days=1)):
                text = LEDGER.format(closed="null").replace(
                    "monthly", "quarterly" if "Q" in period else "monthly"
                )
                name, body, _ = KINDS["report"]
                facts = {"day": day, "mark": MARK, "period": period}
                path = f"content/2025/{name.format(**facts)}"
                world = World(Path(folder), BASE, f"{text}-- {path} --\n{body.format(**facts)}")
                named = [one.code for one in world.found() if one.place.path == path]
                inside = first <= day <= last
                assert bool(named) is not inside, (period, day, named)
                (world.folder / path).unlink()


@pytest.mark.parametrize(
    ("name", "written", "is_same"),
    [
        ("2025-06-30", "2025-06-30", True),
        ("2025-06", "2025-06", True),
        ("2025-06-20", "2025-06", True),
        ("2025-06", "2025-06-20", True),
        ("2025-06-30", "2025-06-03", False),
        ("2025-06", "2025-07-01", False),
        ("2025-06-30", "2024-06-30", False),
    ],
)
def test_a_file_is_named_after_its_day(
    world: Callable[[str], World], name: str, written: str, is_same: bool
) -> None:
    text = KINDS["note"][1].format(day=written, mark=MARK)
    city = world(f"-- content/2025/notes/001/{name}-ribao.md --\n{text}")
    assert city.codes() == ([] if is_same else ["date-differs"])


def test_no_day_is_advised_that_no_calendar_has(world: Callable[[str], World]) -> None:
    text = KINDS["note"][1].format(day="2025-06-30", mark=MARK)
    (fault,) = world(f"-- content/2025/notes/001/2025-06-31-ribao.md --\n{text}").check()
    assert fault.code == "date-differs" and dict(fault.facts)["nearest"] == ""


def spellings(day: date) -> list[str]:
    numerals = "〇一二三四五六七八九"
    year = "".join(numerals[int(digit)] for digit in str(day.year))
    return [
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}.{day.month:02}.{day.day:02}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}-{day.month}-{day.day}" if min(day.month, day.day) < 10 else f"{day:%Y.%m.%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month} 月 {day.day} 日",
        f"{day:%Y%m%d}",
        f"{day:%Y-%m-%d} 00:00:00",
        f"{day:%Y-%m-%d}T00:00:00",
        str((day - date(1899, 12, 30)).days),
        f"{day.year}－{day.month:02}－{day.day:02}".translate(
            str.maketrans("0123456789", "０１２３４５６７８９")
        ),
        f"{year}年{_chinese(day.month)}月{_chinese(day.day)}日",
    ]


def _chinese(number: int) -> str:
    numerals = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else numerals[tens]) + "十" * bool(tens) + (numerals[ones] if ones else "")
    )


@pytest.mark.slow
@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_written_another_way_is_understood(day: date) -> None:
    for text in spellings(day):
        assert meant_day(text) == day.isoformat(), text
        for kind in (DAY, DAY_OR_MONTH):
            source = Source("2025/f.yaml", "2025/f.yaml", text)
            faults = Faults(Document(source, Scalar(text, 1, 1)))
            read = kind.read(Scalar(text, 1, 1), faults)
            (fault,) = faults.found
            meant = dict(fault.facts).get("nearest") or dict(fault.facts)["mended"]
            assert meant == day.isoformat()
            assert getattr(read, "on", read) == day
    assert meant_day(f"{day.month}月{day.day}日", str(day.year)) == day.isoformat()
    assert meant_month(f"{day.year}年{day.month}月") == f"{day:%Y-%m}"
    assert meant_month(f"{day.year}.{day.month}") == f"{day:%Y-%m}"
    assert meant_period(f"{day.year}年{day.month}月") == f"{day:%Y-%m}"
    assert meant_moment(f"{day:%Y/%m/%d} 9:05") == f"{day} 09:05"
    assert meant_moment(f"{day}T09:05:00") == f"{day} 09:05"


@given(st.text(max_size=20) | st.from_regex(r"[0-9年月日./\-: ]{1,14}", fullmatch=True))
def test_no_day_is_invented(text: str) -> None:
    for guess in (meant_day, meant_month, meant_period, meant_moment):
        meant = guess(text, "2025")
        source = Source("f.yaml", "f.yaml", text)
        for kind in (DAY_OR_MONTH, MOMENT, PERIOD):
            faults = Faults(Document(source, Scalar(text, 1, 1)))
            kind.read(Scalar(text, 1, 1), faults)
        # What is proposed is itself in the right form, whatever was given.
        assert re.fullmatch(r"|\d{4}-(\d\d(-\d\d( \d\d:\d\d)?)?|Q[1-4])", meant)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2025Q2", "2025-Q2"),
        ("2025年二季度", "2025-Q2"),
        ("2025年第2季度", "2025-Q2"),
        ("第四季度", "2025-Q4"),
        ("2025-06-30", "2025-06"),
        ("6月", "2025-06"),
    ],
)
def test_a_period_written_another_way_is_understood(text: str, period: str) -> None:
    assert meant_period(text, "2025") == period


@given(st.decimals(0, 99_999_999, places=2))
def test_a_number_with_separators_a_unit_or_a_scale_is_understood(number: Decimal) -> None:
    plain = format(number, "f")
    for text in (f"{number:,}", f"约{plain}", f"{plain}%", f"{plain} 个", f"{plain}万元"):
        scale = 10_000 if "万" in text else 1
        assert Decimal(meant_quantity(text)) == number * scale, text


@given(st.text(max_size=16))
def test_no_number_is_invented(text: str) -> None:
    meant = meant_quantity(text)
    assert not meant or re.fullmatch(r"-?[0-9]{1,12}([.][0-9]{1,6})?", meant)
    assert not meant or re.search("[0-9]", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("month, day", [(12, 31), (1, 1), (6, 30)])
def test_a_step_planned_before_its_year_was_probably_meant_for_it(
    world: Callable[[str], World], month: int, day: int
) -> None:
    planned = date(2024, month, day)
    found = world(
        f"-- content/2025/nodes/001.yaml --\n- {{id: n1, text: 选址, planned: {planned}}}\n"
    ).check()
    facts = [dict(one.facts)["nearest"] for one in found if one.code == "planned-before"]
    assert facts == [planned.replace(year=2025).isoformat()]
