"""Items, clauses and labels put together as the reader's language does it."""

from __future__ import annotations

from collections.abc import Iterable

from jiaozhang.wording.catalogue import pgettext


def join_list(items: Iterable[str]) -> str:
    """Names or numbers as a list: 甲、乙、丙."""
    return pgettext("between the items of a list", ", ").join(items)


def join_clauses(items: Iterable[str]) -> str:
    """Clauses of one sentence, none of which ends in a mark: 甲方报“推进”；乙方报“完成”."""
    return pgettext("between the clauses of a sentence", "; ").join(items)


def labelled(label: str, value: str) -> str:
    """What a value is, before it: 牵头单位：某局."""
    return pgettext("a label before its value", "{label}: {value}", label=label, value=value)
