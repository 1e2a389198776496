"""Standings in groups, and the trend of records: what is counted is counted once, and all of it."""

from __future__ import annotations

import itertools
from datetime import date
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from jiaozhang.derive.record_months import MOST_COLUMNS, record_months
from jiaozhang.derive.standing import keys_for
from jiaozhang.derive.standing_groups import GROUP_OF, StandingGroup, ordered_keys
from jiaozhang.ledger.public import Reporting
from jiaozhang.ledger.settings import StandingKey

RECORDS = st.lists(
    st.tuples(
        st.dates(date(2019, 1, 1), date(2031, 12, 31)), st.sampled_from(["", "甲", "乙", "丙"])
    ),
    max_size=60,
)


def test_every_standing_is_in_one_group() -> None:
    assert set(GROUP_OF) == set(get_args(StandingKey))
    assert set(GROUP_OF.values()) == set(get_args(StandingGroup))


def test_an_order_keeps_groups_together_and_loses_no_standing() -> None:
    for reporting in get_args(Reporting):
        keys = ordered_keys(reporting)
        assert sorted(keys) == sorted(keys_for(reporting))
        groups = [GROUP_OF[key] for key in keys]
        assert list(dict.fromkeys(groups)) == [g for g in get_args(StandingGroup) if g in groups]
        assert groups == sorted(groups, key=get_args(StandingGroup).index)


def test_nobody_is_called_in_order_where_units_do_not_report() -> None:
    silent = {GROUP_OF[key] for key in keys_for("none")}
    assert "normal" not in silent
    assert {GROUP_OF[key] for key in keys_for("monthly")} == {"watch", "normal", "settled"}


@given(records=RECORDS, as_of=st.dates(date(2019, 1, 1), date(2032, 1, 1)))
def test_columns_are_whole_and_without_gaps(records: list[tuple[date, str]], as_of: date) -> None:
    spans = record_months(records, as_of)
    assert sum(span.count for span in spans) == len(records)
    assert bool(spans) == bool(records) and len(spans) <= MOST_COLUMNS
    for one, other in itertools.pairwise(spans):
        step = (other.first.year - one.first.year) * 12 + other.first.month - one.first.month
        assert step == one.months == other.months
    if spans:
        last = spans[-1]
        reached = last.first.year * 12 + last.first.month + last.months
        assert reached > as_of.year * 12 + as_of.month
    for span in spans:
        assert (span.from_source * 2 > span.count) == bool(span.source)
        assert not span.source or span.count == max(other.count for other in spans)


def test_one_document_is_named_only_where_it_makes_the_highest_column() -> None:
    tall = [(date(2026, 1, 26), "报告")] * 5 + [(date(2026, 1, 5), "乙")] * 4
    low = [(date(2025, 3, 1), "甲")] * 3
    found = {span.first: span for span in record_months(tall + low, date(2026, 2, 28))}
    assert (found[date(2026, 1, 1)].source, found[date(2026, 1, 1)].from_source) == ("报告", 5)
    assert found[date(2025, 3, 1)].source == "" and found[date(2026, 2, 1)].count == 0
    even = record_months([(date(2026, 1, 1), "甲"), (date(2026, 1, 2), "乙")], date(2026, 1, 31))
    assert even[0].source == ""
