"""Items, facts, clauses and sentences put together as the reader's language does it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from jiaozhang.wording.catalogue import pgettext


def join_list(items: Iterable[str]) -> str:
    """Names or numbers as a list: 甲、乙、丙."""
    return pgettext("between the items of a list", ", ").join(items)


def join_facts(items: Iterable[str]) -> str:
    """Facts of one clause, each in a few words: 牵头2项，配合5项."""
    return pgettext("between the facts of a clause", ", ").join(items)


def join_apart(items: Iterable[str]) -> str:
    """Things that stand side by side and make no sentence: 市级部门　2025年负责3项."""
    return pgettext("between things side by side", " · ").join(items)


def join_clauses(items: Iterable[str]) -> str:
    """Clauses of one sentence, none of which ends in a stop: 甲方报“推进”；乙方报“完成”."""
    return pgettext("between the clauses of a sentence", "; ").join(items)


def join_sentences(*sentences: str) -> str:
    """Whole sentences one after the other; one that is empty is left out."""
    return reduce(_next, (one for one in sentences if one), "")


def _next(before: str, after: str) -> str:
    if not before:
        return after
    return pgettext("two sentences", "{before} {after}", before=before, after=after)


def sentence(clauses: str) -> str:
    """Clauses with the stop behind them."""
    return pgettext("a sentence and its stop", "{clauses}.", clauses=clauses)


def clause(text: str) -> str:
    """A sentence without its stop, as a part of another one."""
    return text.removesuffix(sentence(""))


def labelled(label: str, value: str) -> str:
    """What a value is, before it: 牵头单位：某局."""
    return pgettext("a label before its value", "{label}: {value}", label=label, value=value)


def quoted(text: str) -> str:
    """Somebody's own words: “力争”."""
    return pgettext("somebody's own words", "“{text}”", text=text)


def title_quoted(title: str) -> str:
    """The title of a paper, as it is written in a sentence: 《政府工作报告》."""
    return pgettext("the title of a paper", "“{title}”", title=title)
