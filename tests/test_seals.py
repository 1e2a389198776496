"""What the two audiences are told of records that wait, were edited, or were taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from test_approvals import KINDS, Spot
from test_progress import MONTHLY, NODES, REPORT
from test_review import LEVELS, WHOLE

from conftest import FEW_REVIEWS, NO_REVIEWS, World
from jiaozhang.faults.diagnostic import as_text
from jiaozhang.ledger.events import Correction
from jiaozhang.ledger.filed import Filed, Reviewing, Trail
from jiaozhang.ledger.public import ReviewSteps, Seal
from jiaozhang.read.content import read_content
from jiaozhang.read.ledger_file import needs_of
from jiaozhang.wall.audience import release
from jiaozhang.wall.review import left_of, state_of, visible_parts

RULES = Reviewing(LEVELS, needs_of("monthly", {}))
STALE = "v2:" + "0" * 64
APPROVAL = f"  - {{level: 1, by: 科室, at: 2025-07-01, digest: {STALE}}}\n"
EDITED = REPORT.replace("---\n第一个", f"reviews:\n{APPROVAL}---\n第一个")


def taken_back(kind: str) -> str:
    written = "wrong: 一个\nright: 两个\n" if kind == "correction" else ""
    return (
        "-- content/2025/corrections/2025-08-01-a.yaml --\n"
        f"kind: {kind}\nof: notes/001/2025-06-30-kejiju\ndate: 2025-08-01\nsince: 2025-07-04\n"
        f"{written}reason: 有误\nby: 市政府办公室\n"
    )


def filed_of(world: World) -> Filed:
    inputs = world.inputs()
    filed, _ = read_content(inputs.tree, inputs.site)
    assert filed is not None
    return filed


def seals(world: World) -> tuple[Seal, ...]:
    internal = release(filed_of(world), "intranet").internal
    assert internal is not None
    return internal.seals


@pytest.mark.parametrize(("kind", "is_public"), [("correction", False), ("withdrawal", True)])
def test_what_was_edited_after_its_review_is_taken_back_in_public_and_not_corrected(
    world: Callable[[str], World], kind: str, is_public: bool
) -> None:
    review = MONTHLY.replace("review: {", f"review: {{{kind}: none, ")
    record = release(filed_of(world(review + EDITED + taken_back(kind))), "public")
    corrections = [one.kind for one in record.ledgers[0].progress.corrections]
    assert corrections == ([kind] if is_public else [])


def test_the_intranet_is_told_nothing_of_what_is_public_and_has_no_steps(
    world: Callable[[str], World],
) -> None:
    free = MONTHLY.replace("review: {", "review: {report: none, ")
    assert seals(world(free + REPORT.replace("problems: 资金没有到位\n", ""))) == ()
    assert [one.state for one in seals(world(MONTHLY + REPORT))] == ["pending"]


def test_the_plan_of_a_node_is_told_of_beside_its_end_only_while_it_waits(
    world: Callable[[str], World],
) -> None:
    ledger = MONTHLY.replace("node-plan: none, ", "").replace("node-plan: none", "plan: none")
    waiting = seals(world(ledger + NODES))
    assert [one.kind for one in waiting] == ["node-end", "node-plan"]
    freed = ledger.replace("review: {", "review: {node-plan: none, ")
    assert [one.kind for one in seals(world(freed + NODES))] == ["node-end"]


@pytest.mark.parametrize("kind", ["judgement", "correction", "amendment", "trigger", "plan"])
def test_each_kind_is_reviewed_by_its_own_rule(world: Callable[[str], World], kind: str) -> None:
    """One kind needs nothing and all others everything, and the other way round."""
    key, text = KINDS[kind](Spot(2025, 1, "t1" if kind in ("judgement", "plan") else "a"), "文")
    others = [one for one in RULES.needs if one != kind]
    for need, rest, state in (("none", "all", "public"), ("all", "none", "pending")):
        needs = ", ".join(f"{one}: {rest}" for one in others)
        ledger = MONTHLY.partition("review: {")[0] + f"review: {{{kind}: {need}, {needs}}}\n"
        ledger += "sections:\n  - {number: 1, title: 产业}\n  - {number: 2, title: 民生}\n"
        filed = filed_of(world(f"{ledger}-- content/{key} --\n{text}"))
        (one,) = filed.ledgers[0].kept
        assert state_of(one, filed.ledgers[0].reviewing) == state


@pytest.mark.parametrize(
    ("trail", "need", "left"),
    [
        (None, "all", ReviewSteps(LEVELS, True)),
        (replace(WHOLE, reviews=WHOLE.reviews[:1]), "all", ReviewSteps(LEVELS[1:])),
        (None, "secrecy", ReviewSteps((), True)),
        (None, "none", ReviewSteps()),
        (WHOLE, "all", ReviewSteps()),
    ],
)
def test_what_a_record_still_waits_for(trail: Trail | None, need: str, left: object) -> None:
    rules = Reviewing(LEVELS, {**RULES.needs, "report": need})  # type: ignore[dict-item]
    assert left_of(trail, rules, "report") == left


def test_of_a_withdrawal_only_the_reason_waits(world: Callable[[str], World]) -> None:
    waits = MONTHLY.replace("correction: none, ", "")
    filed = filed_of(world(waits + REPORT + taken_back("withdrawal")))
    ledger = filed.ledgers[0]
    (one,) = [own for own in ledger.kept if isinstance(own.fact, Correction)]
    assert visible_parts(one, ledger, frozenset()) == {(): "public", ("reason",): "pending"}


def test_the_place_of_the_last_review_is_blamed_for_the_day_a_report_is_known(
    world: Callable[[str], World],
) -> None:
    steps = "".join(
        f"  - {{level: {level}, by: 科室, at: 202{year}-07-01, digest: {STALE}}}\n"
        for level, year in ((1, 5), (2, 5), (3, 7))
    )
    text = REPORT.replace("published: 2025-07-04 09:30\n", f"reviews:\n{steps}")
    ledger = MONTHLY.replace("sections:", "closed: 2026-02-28\nsections:")
    found = [one for one in world(ledger + text).check() if one.code == "known-after-closed"]
    assert [one.place.excerpt.strip()[:13] for one in found] == ["- {level: 3, "]


def test_a_number_in_a_value_is_masked_where_its_line_is_shown(
    world: Callable[[str], World],
) -> None:
    for quote in ("", '"', "'"):
        title = f"title: {quote}通知 13800138000{quote}"
        (found,) = world(MONTHLY.replace("title: 通知", title)).check()
        assert found.code == "personal-phone"
        assert found.place.excerpt == f"title: {quote}通知 138******00{quote}"
        assert "13800138000" not in as_text(found, "zh")


@pytest.mark.parametrize("key", ["plan_review", "secrecy", "reviews"])
def test_the_steps_of_a_review_are_no_text_of_the_site(
    world: Callable[[str], World], key: str
) -> None:
    step = f"{{result: 可公开, by: 办公室。。, at: 2025-03-21, digest: {STALE}}}"
    level = f"[{{level: 1, by: 办公室。。, at: 2025-03-21, digest: {STALE}}}]"
    value = {"plan_review": f"{{secrecy: {step}}}", "secrecy": step, "reviews": level}[key]
    found = world(MONTHLY + NODES.replace("}", f", {key}: {value}}}", 1)).codes()
    assert "doubled-punctuation" not in found
    assert "doubled-punctuation" in world(MONTHLY + NODES.replace("选址批复", "批复。。")).codes()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("personal-id", "身份证号110101199003078515"),
        ("personal-phone", "电话13800138000"),
        ("passport", "护照号E12345678"),
        ("plate", "车牌津A12345"),
        ("secrecy-mark", "机密★一年"),
        ("", "完成。。"),
    ],
)
def test_of_a_notice_only_what_is_personal_or_secret_is_told(
    world: Callable[[str], World], code: str, text: str
) -> None:
    said = world(f"-- content/2025/notice.md --\n各区：{text}。\n").codes()
    assert said == ([code] if code else [])


@pytest.mark.parametrize(
    ("ledger", "years"), [(MONTHLY, (2025,)), (MONTHLY.replace(FEW_REVIEWS, NO_REVIEWS), ())]
)
def test_the_intranet_lists_what_waits_where_anything_is_reviewed(
    world: Callable[[str], World], ledger: str, years: tuple[int, ...]
) -> None:
    internal = release(filed_of(world(ledger)), "intranet").internal
    assert internal is not None and internal.reviewing == years
