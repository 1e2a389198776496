"""An approval belongs to one record: moved, copied or renamed, it approves nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_progress import CLOSURES, MONTHLY, NODES, PAGE, REPORT, approve_all, settled

from conftest import World, run
from jiaozhang.editing.approval import ApprovalStep, approve
from jiaozhang.files.source import Source, Tree
from jiaozhang.ledger.filed import Kept, Reviewing
from jiaozhang.ledger.public import SealState
from jiaozhang.read import read_content
from jiaozhang.read.ledger_file import needs_of
from jiaozhang.wall.review import staleness_of, state_of, trails_of

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Spot:
    """Where a record stands: all that its approval covers, and `internal`, which it does not."""

    year: int
    task: int
    own: str
    internal: bool = False


def listed(folder: str, entry: str) -> Written:
    """A record that is an entry of a task's list; its id stands in it."""

    def write(spot: Spot, words: str) -> tuple[str, str]:
        text = entry.replace("OWN", spot.own).replace("WORDS", words or "无")
        return f"{spot.year}/{folder}/{spot.task:03}.yaml", f"- {{{text}}}\n"

    return write


def filed(name: str, text: str) -> Written:
    """A record that is a file; its id stands in the name."""

    def write(spot: Spot, words: str) -> tuple[str, str]:
        inside = "internal/" if spot.internal else ""
        key = name.format(task=f"{spot.task:03}", own=spot.own, internal=inside)
        return f"{spot.year}/{key}", text.replace("WORDS", words or "无")

    return write


Written = Callable[[Spot, str], tuple[str, str]]
NOTE = "{internal}notes/{task}/2025-06-30-{own}.md"
# How a record of each kind is written: its file, and its text. Whatever says where it stands
# stands in the file's name, or in its id, and nowhere else.
KINDS: dict[str, Written] = {
    "report": filed(
        NOTE,
        "---\norigin: report\nunit: 市科技局\nperiod: 2025-06\ndate: 2025-06-30\n"
        "status: 正常推进\n---\nWORDS\n",
    ),
    "public-record": filed(
        NOTE,
        "---\norigin: public-record\ndate: 2025-06-30\nsource: {title: 文, publisher: 报}\n"
        "---\nWORDS\n",
    ),
    "node-plan": listed("nodes", "id: OWN, text: WORDS, planned: 2025-03-31"),
    "node-end": listed(
        "nodes",
        "id: OWN, text: WORDS, planned: 2025-03-31, actual: 2025-03-30, evidence: WORDS",
    ),
    "closure": listed("closures", "id: OWN, clause: a, on: 2025-11-01, by: WORDS, evidence: WORDS"),
    "reopening": listed(
        "closures", "id: OWN, clause: a, reopened: 2025-11-01, by: WORDS, reason: WORDS"
    ),
    "trigger": listed("triggers", "clause: OWN, on: 2025-02-01, document: WORDS"),
    "judgement": listed(
        "judgements", "target: OWN, verdict: 达到, on: 2025-12-01, by: WORDS, document: WORDS"
    ),
    "plan": listed("plans", "target: OWN, curve: linear, source: WORDS"),
    "amendment": filed(
        "amendments/{task}-2025-08-01-{own}.yaml",
        "clause: a\nold: 2025-12-31\nnew: 2026-03-31\nauthority: WORDS\ndocument: WORDS\n"
        "date: 2025-08-01\n",
    ),
    "correction": filed(
        "corrections/2025-08-01-{own}.yaml",
        "kind: correction\nof: notice\ndate: 2025-08-01\nsince: 2025-07-01\nwrong: WORDS\n"
        "right: WORDS\nreason: WORDS\nby: WORDS\n",
    ),
    "withdrawal": filed(
        "corrections/2025-08-01-{own}.yaml",
        "kind: withdrawal\nof: notice\ndate: 2025-08-01\nsince: 2025-07-01\n"
        "reason: WORDS\nby: WORDS\n",
    ),
    "verification": filed(
        "verifications/{task}-2025-08-01-{own}.yaml",
        "date: 2025-08-01\nmethod: 现场核查\ntext: WORDS\n",
    ),
    "summary": filed(
        "tasks/{task}.yaml",
        "section: 1\ntitle: 修路\nsummary: WORDS\ntext: 修路。\nunits: [市科技局]\n"
        "responsibility: first-leads\nclauses: []\n",
    ),
}
# Kinds that may be kept in a folder `internal`.
KEPT_INSIDE = ("report", "public-record")
# What a kind's name covers besides the year: a correction's record may be of no task, a task has
# one summary.
COVERED = {"correction": ("own",), "withdrawal": ("own",), "summary": ("task",)}

SPOTS = st.builds(
    Spot, st.integers(2024, 2026), st.integers(1, 4), st.sampled_from(("a", "b", "c1"))
)
WORDS = st.text("批准文件验收意见选址", min_size=1, max_size=6)
LEVELS: tuple[int | Literal["secrecy"], ...] = (1, 2, 3, "secrecy")


def approved(key: str, text: str) -> str:
    for at, level in enumerate(LEVELS, 1):
        step = ApprovalStep(level, f"岗位{at}", date(2025, 12, at), "可公开")
        text = approve(Source(key, key, text), None, step)
    return text


def read(*files: tuple[str, str], city: str = "示例市") -> list[Kept]:
    """The records of a content of these files."""
    texts = dict(files)
    for year in (2024, 2025, 2026):
        texts[f"{year}/ledger.yaml"] = (
            f"title: {city}\nissuer: {city}\nsource: 示例\nreporting: monthly\n"
            "sections: [{number: 1, title: 产业}]\n"
        )
    sources = {key: Source(key, key, text) for key, text in texts.items()}
    filed, _ = read_content(Tree("content", sources, ()), None)
    assert filed
    return [kept for ledger in filed.ledgers for kept in ledger.kept]


def state(kept: Kept) -> SealState:
    return state_of(kept, Reviewing(("初审", "复审", "终审"), needs_of("monthly", {})))


def put(kind: str, text: str, spot: Spot) -> tuple[str, str]:
    """Put an approved record elsewhere: under the name of the new place, and with its id."""
    key, _ = KINDS[kind](spot, "")
    return key, re.sub(r"(?m)^- (id|clause|target): .*$", rf"- \1: {spot.own}", text)


@pytest.mark.parametrize("kind", KINDS)
@given(here=SPOTS, there=SPOTS, words=WORDS, is_copy=st.booleans())
def test_moved_copied_or_renamed_nothing_is_approved(
    kind: str, here: Spot, there: Spot, words: str, is_copy: bool
) -> None:
    key, text = KINDS[kind](here, words)
    text = approved(key, text)
    assert [state(kept) for kept in read((key, text))] == ["public"]
    moved = put(kind, text, there)
    covers = ("year", *COVERED.get(kind, ("task", "own")))
    if all(getattr(here, part) == getattr(there, part) for part in covers):
        return
    files = [moved] if moved[0] == key or not is_copy else [(key, text), moved]
    for kept in read(*files):
        if kept.key == moved[0]:
            assert state(kept) == "void"
            stale = [why for _, trail in trails_of(kept) if (why := staleness_of(trail))]
            assert [why for why, _ in stale] == ["renamed-after-review"]
        else:
            assert state(kept) == "public"


@pytest.mark.parametrize("kind", KINDS)
@given(here=SPOTS, words=WORDS)
def test_neither_the_folder_internal_nor_the_citys_name_is_approved(
    kind: str, here: Spot, words: str
) -> None:
    key, text = KINDS[kind](here, words)
    text = approved(key, text)
    (known,) = read((key, text))
    (elsewhere,) = read((key, text), city="改名市")
    assert (known.trail, known.plan) == (elsewhere.trail, elsewhere.plan)
    if kind in KEPT_INSIDE:
        inside, _ = KINDS[kind](replace(here, internal=True), words)
        assert inside != key
        (hidden,) = read((inside, text))
        assert hidden.trail == known.trail
        assert state(hidden) == "internal"


def test_a_closure_copied_to_another_task_closes_nothing(world: Callable[[str], World]) -> None:
    """Foreign signatures: the reviews of one task's closure, beside another task."""
    city = settled(world(MONTHLY + CLOSURES + SECOND_TASK))
    approve_all(city, file="2025/closures/001.yaml")
    closures = city.folder / "content/2025/closures"
    (closures / "002.yaml").write_bytes((closures / "001.yaml").read_bytes())
    assert [code for code in city.codes() if "review" in code] == ["renamed-after-review"]
    (closures / "002.yaml").unlink()
    assert "已销号" in city.build().text(PAGE)


SECOND_TASK = """
-- content/2025/tasks/002.yaml --
section: 2
title: 修路
text: 修路。
leaders: [张三]
units: [市科技局]
responsibility: first-leads
clauses:
  - {id: a, kind: complete, due: 2025-12-31, origin: body}
"""


def test_a_renamed_note_says_what_was_approved_and_is_good_again_under_its_name(
    world: Callable[[str], World],
) -> None:
    city = settled(world(MONTHLY + REPORT))
    approve_all(city)
    notes = city.folder / "content/2025/notes/001"
    (notes / "2025-06-30-kejiju.md").rename(notes / "2025-06-30-gai.md")
    said = city.said()
    assert "[renamed-after-review]" in said
    assert (
        "审核的是 2025/report/001/2025-06-30-kejiju，这里是 2025/report/001/2025-06-30-gai" in said
    )
    (notes / "2025-06-30-gai.md").rename(notes / "2025-06-30-kejiju.md")
    assert city.codes() == []


# Trails of the form before: a digest of the text alone.
OLD = re.compile(r"record: [^ ]+, digest: v2:[0-9a-f]{64}")


def aged(city: World, file: str, digest: str | None = None) -> None:
    """Give a file's trails the older form, and closures no ids."""
    path = city.folder / "content" / file
    text = path.read_text(encoding="utf-8").replace("- id: c1\n  clause", "- clause")
    path.write_text(OLD.sub(f"digest: {digest or _old_digest(city, file)}", text), encoding="utf-8")


def _old_digest(city: World, file: str) -> str:
    """The sha256 of canonical JSON, as releases before this one wrote it."""
    import hashlib
    import json

    texts = {
        "2025/notes/001/2025-06-30-kejiju.md": [
            {
                "origin": "report",
                "unit": "市科技局",
                "period": "2025-06",
                "date": "2025-06-30",
                "status": "正常推进",
                "problems": "资金没有到位",
                "next": "七月开工",
            },
            "第一个实验室建成。",
        ],
        "2025/nodes/001.yaml": [
            {
                "id": "n1",
                "text": "完成选址",
                "planned": "2025-03-31",
                "actual": "2025-03-20",
                "evidence": "选址批复",
            },
            "",
        ],
        "2025/closures/001.yaml": [
            {"clause": "a", "on": "2025-11-01", "by": "市政府督查室", "evidence": "验收意见"},
            "",
        ],
    }
    whole = json.dumps(texts[file], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()


FILES = ("2025/closures/001.yaml", "2025/nodes/001.yaml", "2025/notes/001/2025-06-30-kejiju.md")


@pytest.fixture
def old(world: Callable[[str], World]) -> World:
    """A city in which everything was approved before names were a part of the digest."""
    city = settled(world(MONTHLY + REPORT + NODES + CLOSURES))
    for file in FILES:
        approve_all(city, file=file)
    for file in FILES:
        aged(city, file)
    return city


def migrate(city: World, *more: str) -> tuple[int, str]:
    done = run("approve", "--migrate", *more, "--content", str(city.folder / "content"))
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def test_a_trail_of_the_older_form_is_void_until_it_is_rewritten(old: World) -> None:
    assert old.codes().count("old-digest") == 3
    before = {file: (old.folder / "content" / file).read_bytes() for file in FILES}
    code, said = migrate(old)
    assert code == 0 and said.count("可以换成新的") == 4 and "补上编号 c1" in said
    assert before == {file: (old.folder / "content" / file).read_bytes() for file in FILES}
    assert migrate(old, "--write")[0] == 0
    assert old.codes() == []
    page = old.build().joined(PAGE)
    assert "七月开工" in page and "已销号" in page and "实际2025-03-20" in page
    # And nothing but the digests and the id is new.
    for file in FILES:
        text = (old.folder / "content" / file).read_text(encoding="utf-8")
        again = OLD.sub(f"digest: {_old_digest(old, file)}", text).replace("- id: c1\n  ", "- ")
        assert again.encode() == before[file]
    code, said = migrate(old, "--write")
    assert code == 0 and said.count("已经是新的") == 3


def test_what_was_edited_or_stands_twice_is_named_and_not_rewritten(old: World) -> None:
    content = old.folder / "content"
    node = content / "2025/nodes/001.yaml"
    node.write_text(node.read_text(encoding="utf-8").replace("完成选址", "完成选址和设计"))
    note = content / FILES[2]
    copy = content / "2025/internal/notes/002/2025-06-30-x.md"
    copy.parent.mkdir(parents=True)
    # Blanks at the end of a line and the moment of publication are no part of what was approved.
    text = note.read_text(encoding="utf-8").replace("09:30", "10:30").replace("建成。", "建成。  ")
    copy.write_text(re.sub(r"(?m)^(reviews|secrecy|  - \{level).*\n", "", text))
    code, said = migrate(old, "--write")
    assert code == 1
    assert said.count("审核以后改过") == 1 and said.count("一模一样") == 1
    assert "1 条审核换成了新的，2 条要重新审核" in said
    assert "v2:" not in node.read_text(encoding="utf-8") + note.read_text(encoding="utf-8")
    assert "v2:" in (content / FILES[0]).read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_stops_the_migration(old: World) -> None:
    path = old.folder / "content" / FILES[1]
    path.write_text(path.read_text(encoding="utf-8") + "- {id: n2\n", encoding="utf-8")
    done = run("approve", "--migrate", "--write", "--content", str(old.folder / "content"))
    assert done.returncode == 1 and "nodes/001.yaml" in done.stderr
    assert "v2:" not in (old.folder / "content" / FILES[0]).read_text(encoding="utf-8")


def test_ids_go_on_after_those_that_are_there(world: Callable[[str], World]) -> None:
    closures = """
-- content/2025/closures/001.yaml --
- {id: c2, clause: a, on: 2025-11-01, by: 市政府督查室, evidence: 验收意见}
# 抽查
- clause: a
  reopened: 2025-11-20
  by: 市政府督查室
  reason: 抽查
- {clause: a, on: 2025-11-30, by: 市政府督查室, evidence: 验收意见}
"""
    city = settled(world(MONTHLY + closures))
    assert city.codes().count("missing-field") == 2
    migrate(city, "--write")
    text = (city.folder / "content/2025/closures/001.yaml").read_text(encoding="utf-8")
    assert re.findall(r"id: (c\d)", text) == ["c2", "c1", "c3"]
    assert "# 抽查\n- id: c1\n  clause: a\n" in text
    assert city.codes() == []


@pytest.mark.parametrize(
    "words",
    [("approve",), ("approve", "x.md", "--level", "1"), ("approve", "x.md", "--write")],
    ids=len,
)
def test_a_step_needs_a_file_a_level_and_a_post(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert "--level N --by" in done.stderr


def test_a_withdrawn_record_with_a_void_trail_stops_no_site(
    world: Callable[[str], World],
) -> None:
    """What leaked has to go at once, whatever became of its reviews."""
    withdrawal = """
-- content/2025/corrections/2025-07-20-x.yaml --
kind: withdrawal
of: notes/001/2025-06-30-kejiju
date: 2025-07-20
since: 2025-07-04
reason: 误发
by: 市政府办公室
"""
    city = settled(world(MONTHLY + REPORT))
    approve_all(city)
    path = city.folder / "content/2025/notes/001/2025-06-30-kejiju.md"
    path.write_text(path.read_text(encoding="utf-8").replace("建成", "建好"), encoding="utf-8")
    assert "review-void" in city.codes()
    World(city.folder, withdrawal)
    assert city.codes() == []
    assert "建好" not in city.build().text(PAGE)
