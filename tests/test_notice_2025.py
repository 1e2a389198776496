"""The committed ledger of 2025 against a copy of the notice: every count, computed from both.

This is the only place where numbers of the notice stand. Source: the notice's annex, row by row.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from conftest import ROOT, TODAY
from jiaozhang.build.pipeline import BuildDay, Inputs, as_of_days, build, examine, load
from jiaozhang.derive import DerivedYear, derive
from jiaozhang.faults.diagnostic import Place
from jiaozhang.ledger.public import Record, Unit
from jiaozhang.notice.duty_grammar import read_duties
from jiaozhang.notice.propose import propose
from jiaozhang.notice.read_notice import read_grid
from jiaozhang.notice.task_table import Notice, read_notice
from jiaozhang.notice.text_lock import digest
from jiaozhang.wall.audience import release


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return load(ROOT / "content", "content", ROOT / "site.toml", ROOT)


@pytest.fixture(scope="module")
def record(inputs: Inputs) -> Record:
    filed, faults = examine(inputs)
    # The site has nobody yet who takes reports of errors.
    assert [fault.code for fault in faults] == ["no-contact"]
    assert filed
    return release(filed, "public")


@pytest.fixture(scope="module")
def year(record: Record) -> DerivedYear:
    return derive(record, as_of_days(record, BuildDay(None, TODAY))).years[0]


@pytest.fixture(scope="module")
def notice() -> Notice:
    grid, faults = read_grid(ROOT / "tests" / "data" / "notice-2025.txt", "notice")
    assert not faults
    read, faults = read_notice(grid, Place("notice"))
    assert not faults
    assert read
    return read


@pytest.mark.slow
def test_the_ledger_is_the_importers_output(year: DerivedYear, notice: Notice) -> None:
    proposed = propose(notice, 2025)
    assert [digest(task) for task in proposed.tasks] == [digest(t.task) for t in year.tasks]
    for task, filed in zip(proposed.tasks, year.tasks, strict=True):
        assert task.responsibility == filed.task.responsibility
        assert task.section == filed.task.section
        assert task.clauses == filed.task.clauses, task.number
    assert proposed.stated_count == 132
    assert proposed.meeting == "市政府第67次常务会议"
    assert proposed.issuer == "天津市人民政府"


@pytest.mark.slow
def test_what_a_person_settled_is_little(year: DerivedYear, notice: Notice) -> None:
    doubted = {task.number for task in propose(notice, 2025).tasks if task.doubts}
    proposed = {task.number: task for task in propose(notice, 2025).tasks}
    titles = {t.task.number for t in year.tasks if t.task.title != proposed[t.task.number].title}
    targets = {
        t.task.number for t in year.tasks if t.task.targets != proposed[t.task.number].targets
    }
    # The importer leaves out what kind of jobs (4) and pilots (103) are counted.
    assert targets == {4, 6, 7, 88, 103}
    # 70 reads 突出重点、找准抓手, which names nothing: the only title changed without a doubt.
    assert titles - doubted == {70}


def test_rows_by_section(year: DerivedYear) -> None:
    rows = Counter(task.section.number for task in year.tasks)
    assert [rows[number] for number in sorted(rows)] == [7, 11, 35, 16, 11, 14, 11, 21, 6]
    assert [task.task.number for task in year.tasks] == list(range(1, 133))


def test_clauses(year: DerivedYear) -> None:
    clauses = [(t.task.number, c) for t in year.tasks for c in t.task.clauses]
    column = [c for _, c in clauses if c.origin == "deadline"]
    assert Counter(c.kind for c in column) == {"progress": 107, "complete": 36}
    assert Counter(c.due for c in column) == {
        date(2025, 12, 31): 140,
        date(2025, 3, 31): 1,
        date(2025, 6, 30): 1,
        None: 1,
    }
    assert [(n, c.after, c.months) for n, c in clauses if c.after] == [(78, "改革实施方案印发", 6)]
    assert [(n, c.season, c.origin) for n, c in clauses if c.season] == [(88, "汛前", "body")]
    assert len(clauses) == 144
    hard = {n for n, c in clauses if c.kind == "complete" and c.origin == "deadline"}
    assert len(hard) == 35
    assert sum(t.promise == "complete" for t in year.tasks) == 35


def test_deadline_texts(year: DerivedYear) -> None:
    texts = Counter(task.task.deadline for task in year.tasks)
    assert len(texts) == 13
    assert texts["年底前取得明显进展"] == 97
    assert texts["年底前完成"] == 24


def test_units_and_roles(year: DerivedYear, record: Record) -> None:
    printed = [duty for task in year.tasks for duty in task.duties if duty.via is None]
    assert Counter(duty.role for duty in printed) == {"lead": 117, "support": 314, "joint": 40}
    assert len(printed) == 471
    assert len({duty.printed for duty in printed}) == 79
    units = {duty.unit.id for duty in printed}
    assert len(units) == 78
    reached = {d.unit for t in year.tasks for d in t.duties} - {d.unit for d in printed}
    assert [unit.district for unit in record.units if unit in reached] == [
        "河东区",
        "宁河区",
        "蓟州区",
    ]
    assert len({duty.unit.id for duty in printed if duty.role == "lead"}) == 29
    assert sum(task.task.responsibility == "joint" for task in year.tasks) == 15


def test_kinds_of_units(year: DerivedYear) -> None:
    printed: dict[str, Unit] = {
        duty.unit.id: duty.unit for task in year.tasks for duty in task.duties if not duty.via
    }
    assert Counter(unit.kind for unit in printed.values()) == {
        "district": 13,
        "zone": 6,
        "group": 6,
        "department": 41,
        "central": 7,
        "enterprise": 1,
        "organisation": 4,
    }


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("市发展改革委", (27, 25, 2)),
        ("市工业和信息化局", (10, 21, 2)),
        ("市科技局", (10, 13, 0)),
        ("市商务局", (10, 10, 3)),
        ("市交通运输委", (4, 15, 1)),
        ("滨海新区人民政府", (3, 12, 1)),
        ("市外办", (0, 1, 2)),
    ],
)
def test_mentions_of_a_unit(year: DerivedYear, name: str, counts: tuple[int, int, int]) -> None:
    roles = Counter(
        duty.role
        for task in year.tasks
        for duty in task.duties
        if duty.unit.name == name and duty.via is None
    )
    assert (roles["lead"], roles["support"], roles["joint"]) == counts


def test_districts(year: DerivedYear, record: Record) -> None:
    assert len(record.districts) == 16
    assert [d.code for d in record.districts] == sorted(d.code or "" for d in record.districts)
    ties = [(task.task.number, tie) for task in year.tasks for tie in task.ties]
    named = Counter(tie.district.name for _, tie in ties if tie.way == "named")
    assert sum(named.values()) == 52
    assert named == {
        "滨海新区": 16, "东丽区": 6, "武清区": 6, "西青区": 5, "北辰区": 5, "静海区": 5,
        "和平区": 2, "河西区": 2, "南开区": 1, "河北区": 1, "红桥区": 1, "津南区": 1, "宝坻区": 1,
    }  # fmt: skip
    group = Counter(tie.district.name for _, tie in ties if tie.way == "group")
    assert set(group.values()) == {2}
    assert len(group) == 16
    assert {n for n, tie in ties if tie.way == "group"} == {93, 94}
    zone = {n for n, tie in ties if tie.way == "zone" and tie.district.name == "滨海新区"}
    assert zone == {21, 34, 41, 64, 65, 71, 73}
    # 南开医院 stands in the text of 117, whose unit is 静海区.
    assert {tie.district.name for n, tie in ties if n == 117} == {"静海区"}


def test_leaders(year: DerivedYear, record: Record) -> None:
    pairs = Counter(name for task in year.tasks for name in task.task.leaders)
    assert pairs == {
        "刘桂平": 41, "翟立新": 32, "李文海": 24, "谢元": 24,
        "张玲": 24, "王宝雨": 18, "张工": 6, "王瑛玮": 5,
    }  # fmt: skip
    assert sum(pairs.values()) == 174
    assert Counter(len(task.task.leaders) for task in year.tasks) == {1: 99, 2: 25, 3: 7, 4: 1}
    spaced = [leader.display for leader in record.leaders if "\u3000" in leader.display]
    assert sorted(spaced) == ["张　工", "张　玲", "谢　元"]


def test_targets(year: DerivedYear) -> None:
    figures = [
        (t.task.number, target)
        for t in year.tasks
        for target in t.task.targets
        if target.value is not None
    ]
    assert len(figures) == 37
    assert len({number for number, _ in figures}) == 21
    assert Counter(target.comparison for _, target in figures) == {
        "about": 5,
        "at-least": 4,
        "at-most": 1,
        "exactly": 27,
    }
    units = Counter(target.unit for _, target in figures)
    assert (units["个"], units["%"], units["公里"], units["家"], units["处"]) == (14, 6, 5, 2, 2)
    relative = {t.task.number for t in year.tasks for x in t.task.targets if x.value is None}
    assert relative == {6, 7}
    assert Counter(target.counts for _, target in figures) == {
        "level": 8,
        "added": 6,
        "completed": 18,
        "started": 1,
        "advanced": 3,
        "maintained": 1,
    }


def test_the_notes_own_exceptions_are_the_joint_rows(notice: Notice) -> None:
    joint = [
        row.number for row in notice.rows if read_duties(row.units, notice.remark).rule == "joint"
    ]
    assert joint == [6, 35, 60, 69, 82, 83, 87, 88, 90, 97, 107, 110, 122, 130, 131]


def test_undated_words_of_time_are_remarks(year: DerivedYear) -> None:
    assert {t.task.number: t.task.remarks for t in year.tasks if t.task.remarks} == {
        48: ("分年度",),
        87: ("尽早",),
    }


def test_every_unit_has_a_full_name_and_the_groups_nobody_listed_stay_unknown(
    record: Record, inputs: Inputs
) -> None:
    text = inputs.tree.sources["units.yaml"].text
    assert text.count("full_name:") == len(record.units) == 81
    groups = {unit.name: unit.members is None for unit in record.units if unit.kind == "group"}
    assert sum(groups.values()) == 5
    assert not groups["各区人民政府"]
    zones = [unit for unit in record.units if unit.kind == "zone"]
    assert {unit.district for unit in zones} == {"滨海新区"}


@pytest.mark.slow
def test_every_page_kind_is_there(inputs: Inputs, year: DerivedYear) -> None:
    filed, _ = examine(inputs)
    assert filed
    site, faults = build(filed, inputs, "public", BuildDay(None, TODAY), None)
    assert faults == ()
    # Led, or answered for jointly.
    led = {
        t.task.number
        for t in year.tasks
        for d in t.duties
        if d.unit.name == "市发展改革委" and d.role in ("lead", "joint") and d.via is None
    }
    known = len(led & {note.task for note in year.progress.notes})
    unit = site.files["2025/units/fazhangaigewei/index.html"].decode()
    left = f"，{len(led) - known}项没有查到公开记载" if known < len(led) else ""
    assert f"牵头和共同负责的{len(led)}项：{known}项有公开记载{left}；" in unit
    # Where the site stands is not known: no address is better than half of one.
    cited = site.files["2025/tasks/010/index.html"].decode().partition('class="cite"')[2]
    assert cited.partition("</p>")[0].endswith("天津市政府重点工作：/2025/tasks/010/.")
    assert "“经由合称”：" in site.files["index.html"].decode()
    # What one district counted stands beside its name.
    assert "117.2% <small>河北区</small>" in site.files["2025/tasks/010/index.html"].decode()
    folders = Counter(
        path.split("/")[1]
        for path in site.files
        if path.startswith("2025/") and path.count("/") == 3 and path.endswith("index.html")
    )
    standings = len({task.standing.key for task in year.tasks})
    assert folders == {
        # Promises, standings, months, roles, questions, and what is known.
        "tasks": 132 + 2 + standings + 3 + 3 + 3 + 4,
        "themes": 4,
        "units": 81,
        "districts": 16,
        "sections": 9,
        "leaders": 8,
    }


def test_the_numbers_of_the_notice_stand_in_no_code() -> None:
    """A spot check on the figures that name this notice and no other."""
    files = [*(ROOT / "jiaozhang").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert "天津" not in text, file
        for number in ("132", "143", "471", "117"):
            assert number not in text, (file, number)
