"""Reviews: which trail lets a record become public, and which does not, step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from jiaozhang.ledger.events import Closure, Milestone, Note
from jiaozhang.ledger.filed import Approval, Kept, Publicity, Reviewing, Secrecy, Trail
from jiaozhang.ledger.identity import TaskNumber
from jiaozhang.ledger.record_kinds import Fact
from jiaozhang.read.ledger_file import needs_of
from jiaozhang.wall.review import is_stale, state_of, subject_of, trail_faults

LEVELS = ("初审", "复审", "终审")
RULES = Reviewing(LEVELS, needs_of("monthly", {}))
DAY = date(2025, 7, 1)
NOTE = Note(
    id="2025-06-30-kejiju",
    task=TaskNumber(1),
    origin="report",
    unit="市科技局",
    period="2025-06",
    on=date(2025, 6, 30),
    on_text="2025-06-30",
    known=DAY,
    status="正常推进",
    published=None,
    source=None,
    figures=(),
    nodes=(),
    district=None,
    caveat=None,
    next_step=None,
    body="第一个实验室建成。",
)


def reviews(count: int, digest: str = "now") -> tuple[Approval, ...]:
    return tuple(Approval(level, f"岗位{level}", DAY, digest) for level in range(1, count + 1))


def secrecy(result: Publicity = "public", digest: str = "now") -> Secrecy:
    return Secrecy(result, "保密办", DAY, digest)


def kept(trail: Trail | None, internal: bool = False, fact: Fact = NOTE) -> Kept:
    return Kept(fact, internal, trail, None, "2025/notes/001/2025-06-30-kejiju.md", ())


WHOLE = Trail(reviews(3), secrecy(), "now")


@pytest.mark.parametrize(
    ("record", "state"),
    [
        (kept(None), "public"),
        (kept(WHOLE), "public"),
        (kept(None, internal=True), "internal"),
        (kept(WHOLE, internal=True), "internal"),
        (kept(replace(WHOLE, secrecy=secrecy("not-public"))), "internal"),
        # Who may not be told is not told because a review is stale or out of order.
        (kept(Trail(reviews(3), secrecy("not-public"), "edited")), "internal"),
        (kept(replace(WHOLE, secrecy=None)), "pending"),
        (kept(replace(WHOLE, reviews=reviews(2))), "pending"),
        (kept(Trail((), None, "now")), "pending"),
        (kept(replace(WHOLE, digest="edited")), "void"),
        (kept(replace(WHOLE, reviews=reviews(3)[1:])), "void"),
        (kept(Trail(reviews(2)[1:], None, "now")), "void"),
    ],
)
def test_who_may_know_a_record(record: Kept, state: str) -> None:
    assert state_of(record, RULES) == state


@pytest.mark.parametrize("stale", ["1", "2", "3", "secrecy"])
def test_one_approval_of_another_text_voids_the_record(stale: str) -> None:
    """The levels may have approved a second wording: the secrecy review saw the first."""
    trail = Trail(
        tuple(replace(one, digest="old") if str(one.level) == stale else one for one in reviews(3)),
        secrecy(digest="old" if stale == "secrecy" else "now"),
        "now",
    )
    assert is_stale(trail)
    assert state_of(kept(trail), RULES) == "void"


def faults(trail: Trail, published: datetime | None = None) -> list[object]:
    return list(trail_faults(kept(trail, fact=replace(NOTE, published=published)), LEVELS))


def test_a_whole_trail_in_order_breaks_nothing() -> None:
    assert faults(WHOLE) == []
    assert faults(Trail((), None, "now"), datetime(2025, 6, 30, 9, 30)) == []  # noqa: DTZ001


def test_every_step_may_be_taken_on_the_day_of_the_one_before() -> None:
    """And a report may be published on the day of its last review, but not the day before."""
    assert faults(WHOLE, datetime(2025, 7, 1, 0, 0)) == []  # noqa: DTZ001
    assert faults(WHOLE, datetime(2025, 6, 30, 23, 59)) == [  # noqa: DTZ001
        ("published-before-review", ("published",))
    ]


def test_a_step_is_compared_with_the_one_just_before_it() -> None:
    days = (date(2025, 7, 1), date(2025, 7, 3), date(2025, 7, 2))
    dated = tuple(replace(one, at=at) for one, at in zip(reviews(3), days, strict=True))
    assert faults(replace(WHOLE, reviews=dated)) == [("review-dates", ("reviews", 2, "at"))]


def test_a_level_that_the_ledger_does_not_have_is_out_of_order() -> None:
    found = faults(replace(WHOLE, reviews=reviews(4)))
    assert found == [("review-order", ("reviews", 3, "level"))]


def test_nobody_approves_twice() -> None:
    first, second, third = reviews(3)
    twice = (first, second, replace(third, by=first.by))
    assert faults(replace(WHOLE, reviews=twice)) == [("review-same-post", ("reviews", 2, "by"))]


NODE = Milestone(TaskNumber(4), "n1", "选址", date(2025, 3, 31), None, None)
CLOSURE = Closure(TaskNumber(4), "a", DAY, False, "市政府督查室", "验收意见")


@pytest.mark.parametrize(
    ("key", "path", "fact", "subject"),
    [
        ("2025/notes/004/2025-06-30-keji.md", (), NOTE, "notes/004/2025-06-30-keji"),
        ("2025/internal/notes/004/2025-06-30-keji.md", (), NOTE, "notes/004/2025-06-30-keji"),
        ("2025/nodes/004.yaml", (0,), NODE, "nodes/004#n1"),
        ("2025/closures/004.yaml", (0,), CLOSURE, "closures/004#1"),
        ("2025/closures/004.yaml", (2,), CLOSURE, "closures/004#3"),
    ],
)
def test_a_records_address_below_its_year(
    key: str, path: tuple[int, ...], fact: Fact, subject: str
) -> None:
    assert subject_of(Kept(fact, False, None, None, key, path)) == subject
