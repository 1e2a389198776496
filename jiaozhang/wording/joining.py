"""Join items, facts, clauses and sentences by the rules of the language."""

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
    """Juxtaposed phrases that form no sentence: 市级部门　2025年负责3项."""
    return pgettext("between things side by side", " · ").join(items)


def join_clauses(items: Iterable[str]) -> str:
    """Clauses of one sentence, without full stops: 甲方报“推进”；乙方报“完成”."""
    return pgettext("between the clauses of a sentence", "; ").join(items)


def join_sentences(*sentences: str) -> str:
    """Join whole sentences, omitting empty ones."""
    return reduce(_next, (one for one in sentences if one), "")


def _next(before: str, after: str) -> str:
    if not before:
        return after
    return pgettext("two sentences", "{before} {after}", before=before, after=after)


def sentence(clauses: str) -> str:
    """Clauses with a final full stop."""
    return pgettext("a sentence and its stop", "{clauses}.", clauses=clauses)


def clause(text: str) -> str:
    """A sentence without its full stop, as part of another one."""
    return text.removesuffix(sentence(""))


def labelled(label: str, value: str) -> str:
    """A value with its label: 牵头单位：某局."""
    return pgettext("a label before its value", "{label}: {value}", label=label, value=value)


def quoted(text: str) -> str:
    """A quotation: “力争”."""
    return pgettext("somebody's own words", "“{text}”", text=text)


def title_quoted(title: str) -> str:
    """A document's title within a sentence: 《政府工作报告》."""
    return pgettext("the title of a paper", "“{title}”", title=title)
