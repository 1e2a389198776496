"""Everything that becomes public was reviewed, or the ledger says that its kind needs none."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from test_approvals import KINDS, Spot, approved
from test_progress import PAGE, approve, approve_all, settled

from conftest import BASE, WAITS, Built, World
from jiaozhang.ledger.record_kinds import ReviewKind
from jiaozhang.read.ledger_file import needs_of
from jiaozhang.wording.words import REVIEWED

pytestmark = pytest.mark.slow

LEDGER = """
-- content/2025/ledger.yaml --
title: 通知
issuer: 示例市人民政府
source: 示例
reporting: monthly
sections:
  - {number: 1, title: 产业}
  - {number: 2, title: 民生}
-- content/2025/tasks/001.yaml --
section: 1
title: 新建3个实验室
text: 新建3个实验室。
deadline: 方案印发后半年内完成
leaders: [张三]
units: [市科技局]
responsibility: first-leads
clauses:
  - {id: a, kind: complete, after: 方案印发, months: 6}
  - {id: b, kind: complete, due: 2025-12-31, origin: body}
targets:
  - {id: t1, clause: b, measure: 实验室, value: 3, unit: 个, comparison: exactly, counts: completed}
"""
# Closed in public before it is reopened, and measured before a plan can be seen.
BEFORE = {
    "reopening": KINDS["closure"](Spot(2025, 1, "c1"), "意见"),
    "plan": (
        "2025/notes/001/2025-09-30-x.md",
        "---\norigin: public-record\ndate: 2025-09-30\nsource: {title: 文, publisher: 报}\n"
        "figures: [{name: 数, value: 1, unit: 个, period: 2025年1—9月, target: t1}]\n---\n在建。\n",
    ),
}
OWN = {"trigger": "a", "judgement": "t1", "plan": "t1", "closure": "c1", "reopening": "c2"}
MARK = "甲乙丙丁"


def record(kind: str) -> tuple[str, str]:
    """A record of a kind that fits the task, as it is written."""
    if kind == "summary":
        task = LEDGER.partition("tasks/001.yaml --\n")[2]
        return "2025/tasks/001.yaml", f"summary: {MARK}\n{task}"
    key, text = KINDS[kind](Spot(2025, 1, OWN.get(kind, "a")), MARK)
    text = text.replace("curve: linear", STEPS)
    return key, text.replace("clause: a\nold", "clause: b\nold").replace(
        "of: notice", "of: tasks/001"
    )


STEPS = "curve: stepped, steps: [{by: 2025-03-31, value: 2}]"


def city(folder: Path, kind: str, own: str | None, review: str = "") -> World:
    """A city with one record of a kind, or without it, and what has to be there before."""
    files = LEDGER.replace("sections:", f"{review}sections:", 1)
    if kind in BEFORE:
        key, text = BEFORE[kind]
        text = approved(key, text)
        if own is not None and key == record(kind)[0]:
            own = text + own
        else:
            files += f"-- content/{key} --\n{text}"
    if own is not None:
        files += f"-- content/{record(kind)[0]} --\n{own}"
    return World(folder, BASE, files)


def public(folder: Path, kind: str, own: str | None, review: str = "") -> Built:
    return city(folder, kind, own, review).build("public", as_of="2026-03-01")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "withdrawal"])
def test_a_record_changes_no_public_byte_until_it_is_reviewed(tmp_path: Path, kind: str) -> None:
    key, text = record(kind)
    without = public(tmp_path / "a", kind, None).files
    waiting = city(tmp_path / "b", kind, text)
    assert waiting.build("public", as_of="2026-03-01").files == without
    told = [dict(one.facts) for one in waiting.check() if one.code == WAITS]
    # The end of a step waits, and with it its plan.
    kinds = ["node-end", "node-plan"] if kind == "node-end" else [kind]
    assert [one["kind"] for one in told] == kinds
    page = waiting.build("intranet", as_of="2026-03-01").joined("2025/reviews/")
    assert "待审" in page and REVIEWED[kind].partition("，")[0] in page  # type: ignore[index]
    assert "还差" in waiting.build("intranet", as_of="2026-03-01").joined(PAGE)
    reviewed = city(tmp_path / "c", kind, approved(key, text))
    shown = reviewed.build("public", as_of="2026-03-01").files
    assert shown != without
    assert reviewed.check() == ()
    review = f"review: {{{', '.join(f'{one}: none' for one in kinds)}}}\n"
    freed = city(tmp_path / "d", kind, text, review)
    assert freed.check() == ()
    # What needs no review is shown as it would be with one.
    assert _undated(freed.build("public", as_of="2026-03-01")) == _undated(shown)


def _undated(site: Built | dict[str, bytes]) -> dict[str, bytes]:
    """The pages of a task and its records: others tell how a ledger reviews, and when."""
    files = site.files if isinstance(site, Built) else site
    return {k: v for k, v in files.items() if k.startswith("2025/tasks/") and "report" not in k}


@pytest.mark.parametrize("reporting", ["none", "monthly", "quarterly"])
def test_what_a_kind_needs_where_the_ledger_does_not_say(reporting: str) -> None:
    needs = needs_of(reporting, {})  # type: ignore[arg-type]
    assert set(needs) == set(get_args(ReviewKind))
    secrecy = {kind for kind, need in needs.items() if need == "secrecy"}
    if reporting == "none":
        assert set(needs.values()) == {"none"}
    else:
        assert secrecy == {"public-record", "node-plan", "plan"}
        assert set(needs.values()) == {"all", "secrecy"}
    assert needs_of(reporting, {"plan": "all"})["plan"] == "all"  # type: ignore[arg-type]


WITHDRAWAL = """-- content/2025/corrections/2025-08-01-a.yaml --
kind: withdrawal
of: notes/001/2025-06-30-a
date: 2025-08-01
since: 2025-07-01
reason: 甲乙丙丁
by: 市政府办公室
"""


def test_a_withdrawal_holds_at_once_and_its_reason_waits(world: Callable[[str], World]) -> None:
    key, text = KINDS["public-record"](Spot(2025, 1, "a"), "泄露的内容")
    leak = f"-- content/{key} --\n{approved(key, text)}"
    own = settled(world(LEDGER + leak))
    assert "泄露的内容" in own.build("public").text(PAGE)
    own = World(own.folder, WITHDRAWAL)
    site = own.build("public")
    page = site.joined("2025/corrections/")
    assert "泄露的内容" not in site.text(PAGE) and "撤回" in page and "甲乙丙丁" not in page
    assert [one.code for one in own.check()] == [WAITS]
    assert "甲乙丙丁" in own.build("intranet").joined("2025/corrections/")
    file = "2025/corrections/2025-08-01-a.yaml"
    approve_all(own, file=file)
    assert "甲乙丙丁" in own.build("public").joined("2025/corrections/")
    # A reason that was edited since does not keep the leak on the site.
    path = own.folder / "content" / file
    path.write_text(path.read_text(encoding="utf-8").replace("甲乙", "己庚"), encoding="utf-8")
    assert [(one.code, one.level) for one in own.check()] == [("review-void", "warning")]
    page = own.build("public").joined("2025/corrections/")
    assert "撤回" in page and "己庚" not in page
    # Without a reason there is nothing to review; a correction has to give one.
    text = WITHDRAWAL.replace("reason: 甲乙丙丁\n", "")
    assert World(own.folder, text).check() == ()
    said = World(own.folder, text.replace("withdrawal", "correction") + "wrong: 一\nright: 二\n")
    assert said.codes() == ["missing-field"]


def test_a_plan_is_public_before_its_end_and_stays_so(world: Callable[[str], World]) -> None:
    file = "2025/nodes/001.yaml"
    plan = "- {id: n1, text: 完成选址, planned: 2025-03-31}\n"
    own = settled(world(f"{LEDGER}-- content/{file} --\n{plan}"))
    assert "完成选址" not in own.build("public").text(PAGE)
    assert approve(own, "secrecy", "保密办", "2025-02-01", file=file).startswith("0")
    assert "完成选址" in own.build("public").text(PAGE)
    path = own.folder / "content" / file
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("  plan_review", "  actual: 2025-03-20\n  evidence: 批复\n  plan_review"),
        encoding="utf-8",
    )
    page = own.build("public").joined(PAGE)
    assert "完成选址" in page and "批复" not in page
    # Whatever is decided of the end, the plan stays as it was.
    before = own.build("public").files
    for level, by in (("1", "甲"), ("2", "乙"), ("3", "丙")):
        assert approve(own, level, by, "2025-04-01", file=file).startswith("0")
        assert own.build("public").files == before
    whole = path.read_text(encoding="utf-8")
    approve(own, "secrecy", "丁", "2025-04-01", "--result", "不公开", file=file)
    assert own.build("public").files == before
    path.write_text(whole, encoding="utf-8")
    approve(own, "secrecy", "丁", "2025-04-01", file=file)
    assert "批复" in own.build("public").joined(PAGE)
    # An edited plan voids both.
    path.write_text(path.read_text(encoding="utf-8").replace("选址", "选点"), encoding="utf-8")
    assert set(own.codes()) == {"review-void"} and len(own.codes()) == 2


def test_a_summary_is_reviewed_by_itself(world: Callable[[str], World]) -> None:
    file = "2025/tasks/001.yaml"
    own = settled(world(LEDGER + "summary: 甲乙丙丁\n"))
    before = own.build("public").files
    assert "甲乙丙丁" in own.build("intranet").text(PAGE)
    for level, by in (("1", "甲"), ("2", "乙"), ("3", "丙")):
        assert approve(own, level, by, "2025-02-01", file=file).startswith("0")
    assert own.build("public").files == before
    assert approve(own, "secrecy", "丁", "2025-02-01", file=file).startswith("0")
    assert "甲乙丙丁" in own.build("public").text(PAGE)
    path = own.folder / "content" / file
    text = path.read_text(encoding="utf-8")
    assert re.search(r"(?m)^summary_review:\n  reviews:\n    - \{level: 1", text)
    # Another title voids nothing, another summary does.
    path.write_text(text.replace("title: 新建3个实验室", "title: 新建实验室"), encoding="utf-8")
    assert own.check() == ()
    path.write_text(text.replace("甲乙丙丁", "己庚"), encoding="utf-8")
    assert own.codes() == ["review-void"]
    # A task without a summary has nothing to approve.
    path.write_text(re.sub("(?m)^summary.*\n(  .*\n)*", "", text), encoding="utf-8")
    assert approve(own, "1", "甲", "2025-02-01", file=file).startswith("2")


@pytest.mark.parametrize(
    ("need", "said"),
    [
        ("all", "责任单位的报送经过初审、复审、终审和保密审查才公开"),
        ("secrecy", "责任单位的报送经过保密审查才公开"),
        ("none", "责任单位的报送不经过审核，直接公开"),
    ],
)
def test_the_site_says_how_reports_are_reviewed(
    world: Callable[[str], World], need: str, said: str
) -> None:
    own = world(LEDGER.replace("sections:", f"review: {{report: {need}}}\nsections:", 1))
    assert said in own.build("public").joined("about/")


def test_every_kind_has_one_warning_however_many_wait(world: Callable[[str], World]) -> None:
    key, text = KINDS["amendment"](Spot(2025, 1, "a"), "甲")
    other = key.replace("2025-08-01-a", "2025-09-01-b")
    second = text.replace("2025-08-01", "2025-09-01").replace("old: 2025-12-31", "old: 2026-03-31")
    own = world(
        f"{LEDGER}-- content/{key} --\n{text.replace('clause: a', 'clause: b')}"
        f"-- content/{other} --\n{second.replace('clause: a', 'clause: b')}"
    )
    (told,) = own.check()
    assert dict(told.facts) == {"kind": "amendment", "count": "2"}
