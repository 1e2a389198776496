"""One table of record kinds: whatever treats them one by one has exactly those of the table."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import get_args, get_type_hints

import pytest
import test_approvals
import test_dates

from jiaozhang.ledger import record_kinds
from jiaozhang.ledger.events import Milestone, Note, Progress, Recorded, Summary
from jiaozhang.ledger.identity import TaskNumber
from jiaozhang.ledger.record_kinds import (
    RECORD_KINDS,
    REVIEWED,
    RecordKind,
    ReviewKind,
    as_known,
)
from jiaozhang.pages.downloads import event_table
from jiaozhang.read.event_files import EVENT_FILES
from jiaozhang.read.file_kinds import FILE_KINDS
from jiaozhang.read.single_records import PAPERS

KINDS = pytest.mark.parametrize("kind", RECORD_KINDS, ids=lambda kind: kind.folder)


def test_the_types_are_those_of_the_table() -> None:
    types = {kind.type for kind in RECORD_KINDS}
    assert len(types) == len(RECORD_KINDS) == len({kind.folder for kind in RECORD_KINDS})
    assert types == set(get_args(record_kinds.Fact))
    # What only the intranet may know, and the text that a task has, is no part of its progress.
    public = {kind.type for kind in RECORD_KINDS if not kind.folder.startswith("internal/")} - {
        Summary
    }
    assert public == set(get_args(Recorded))
    shown = {
        get_args(get_type_hints(value.fget)["return"])[0]
        for value in vars(Progress).values()
        if isinstance(value, property)
    }
    assert shown == public


def test_every_kind_is_read_as_its_row_says() -> None:
    lists = {kind.folder for kind in RECORD_KINDS if kind.layout == "list"}
    files = {kind.folder for kind in RECORD_KINDS if kind.layout in ("task", "task-day", "day")}
    assert lists == set(EVENT_FILES) and files == set(PAPERS)
    read = {kind.name for kind in FILE_KINDS}
    assert lists | files | {"notes"} <= read


@KINDS
def test_what_a_row_names_is_there(kind: RecordKind) -> None:
    fields = {field.name for field in dataclasses.fields(kind.type)}
    for name in (kind.day, kind.known, kind.told_in):
        assert not name or name in fields, name
    shape = next((own.shape for own in FILE_KINDS if own.name == kind.folder), None)
    keys = {field.name for field in shape.fields} if shape else set()
    for name in (*kind.written, *kind.entry, *filter(None, [kind.told_by])):
        assert name in keys, name
    assert bool(kind.day) == bool(kind.written)
    # Two kinds of review are told apart, and one is not; what is reviewed has room for its steps.
    assert (len(kind.reviewed) > 1) == bool(kind.told_by) == bool(kind.told_in)
    assert kind.type is Summary or bool(kind.reviewed) == ("reviews" in keys)
    assert (kind.layout == "list") == bool(kind.entry)


def test_every_kind_of_review_is_of_one_kind_of_record() -> None:
    reviewed = [one for kind in RECORD_KINDS for one in kind.reviewed]
    assert sorted(reviewed) == sorted(REVIEWED) == sorted(get_args(ReviewKind))


def test_what_tells_two_kinds_of_review_apart() -> None:
    told = {
        (kind.folder, value): kind.review_kind(value)
        for kind in RECORD_KINDS
        for value in ("", "report", "public-record", "2025-06-30")
    }
    assert told["notes", "report"] == "report" and told["notes", ""] is None
    assert told["notes", "2025-06-30"] is None
    assert told["nodes", ""] == "node-plan" and told["nodes", "2025-06-30"] == "node-end"
    assert told["closures", ""] == "closure" and told["closures", "2025-06-30"] == "reopening"
    assert told["plans", ""] == told["plans", "2025-06-30"] == "plan"
    assert told["internal/blockers", ""] is None


def test_the_tests_of_days_and_of_approvals_try_every_kind() -> None:
    dated = {
        next(own.folder for own in RECORD_KINDS if name.startswith(f"{own.folder}/"))
        for name, _, _ in test_dates.KINDS.values()
    }
    assert dated == {kind.folder for kind in RECORD_KINDS if kind.day}
    assert set(test_approvals.KINDS) - {"withdrawal"} == set(REVIEWED)


def test_events_and_the_other_tables_have_every_kind() -> None:
    # Notes and nodes have tables of their own; of a plan its figures stand with the target.
    own = {Note, Milestone, *(kind.type for kind in RECORD_KINDS if kind.folder == "plans")}
    assert set(get_args(event_table.Event)) | own == set(get_args(Recorded))


def test_before_its_day_a_node_is_a_plan() -> None:
    done = Milestone(TaskNumber(1), "n1", "选址", date(2025, 3, 31), date(2025, 4, 1), "批复")
    plan = dataclasses.replace(done, actual=None, evidence=None)
    assert as_known(done, date(2025, 4, 1)) == done
    assert as_known(done, date(2025, 3, 31)) == as_known(plan, date(2025, 3, 31)) == plan
