"""Sentences about what is known of a task: figures beside their targets, or a record's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from jiaozhang.derive.finding import Finding, TargetFinding, TargetState
from jiaozhang.derive.measure import Reading
from jiaozhang.derive.notice_words import cut
from jiaozhang.markdown.first_sentence import first_sentence
from jiaozhang.wording import target_sentences, words
from jiaozhang.wording.catalogue import Labels, gettext, mark, ngettext
from jiaozhang.wording.joining import join_clauses, join_facts, labelled, sentence

# What published figures say about a target, in a table. What is `open` has the word of its pace
# where units report.
STATE: Mapping[TargetState, str] = Labels(
    {
        "met": mark("Figure meets the target"),
        "unmet": mark("Figure below the target"),
        "declared-met": mark("Declared met"),
        "declared-unmet": mark("Declared not met"),
        "undecided": mark("Waiting for a declaration"),
        "open": mark("Nothing to decide by yet"),
        "differs": mark("Different scope"),
        "none": mark("No published figure"),
    }
)


def state(found: TargetFinding) -> str:
    """The word for a target: of its pace where units report, else of its state."""
    pace = found.target.pace
    if found.state == "open" and pace:
        return target_sentences.PACE[pace]
    return STATE[found.state]


def measure(found: TargetFinding) -> str:
    """What the figure in front of a target counts: the target's words, or its own if it differs."""
    if found.state == "differs" and found.shown:
        return found.shown.figure.name
    return words.target_name(found.target.target)


def goal(found: TargetFinding) -> str:
    """The target in its own words: 目标38微克以下; with its name where the figure differs."""
    derived = found.target
    amount = words.amount(derived.target, derived.goal, derived.upper)
    if found.state == "differs":
        amount = f"{words.target_name(derived.target)}{amount}"
    return gettext("Target: {amount}", amount=amount)


def value(reading: Reading) -> str:
    """A figure as typed, with its unit."""
    return f"{words.quantity(reading.figure.value)}{reading.figure.unit}"


def answered(found: TargetFinding, shown: Reading) -> str:
    """One target in a clause: PM2.5年均浓度36.2微克/立方米，目标38微克/立方米以下."""
    return join_facts((f"{measure(found)}{value(shown)}", goal(found)))


def said(finding: Finding) -> str:
    """The newest record's first sentence; empty if nothing is known."""
    return first_sentence(finding.note.body) if finding.note else ""


def limits(finding: Finding) -> str:
    """What the words in front cover, where that is not the whole task in its year: 只说河北区，说的
    是2025年上半年; empty otherwise.
    """
    place, span = finding.place, finding.span
    return join_facts(
        part
        for part in (
            gettext("Only about {place}", place=place) if place else "",
            gettext("About {period}", period=span) if span else "",
        )
        if part
    )


def figures(finding: Finding) -> str:
    """The figures that stand in front, each beside its target; empty if only words are known."""
    if finding.kind == "target":
        return join_clauses(
            answered(found, found.shown) for found in finding.targets if found.shown
        )
    if finding.figure:
        figure = finding.figure.figure
        where = join_facts(part for part in (finding.place, figure.period) if part)
        return gettext(
            "{name}: {value} ({scope})", name=figure.name, value=value(finding.figure), scope=where
        )
    return ""


def brief(finding: Finding, longest: int) -> str:
    """What is known of a task in at most `longest` characters, without the judgement in words.

    47.8万亩，目标30万亩以上; a figure with what it covers; or the beginning of a sentence. Empty if
    nothing is known.
    """
    front = finding.front
    if front and front.shown:
        return cut(join_facts((value(front.shown), goal(front))), longest)
    if finding.kind == "figure":
        return cut(figures(finding), longest)
    limit = limits(finding)
    return cut(labelled(limit, said(finding)) if limit else said(finding), longest)


def plain(finding: Finding) -> str:
    """What is known of a task in one line, for descriptions, feeds and tables."""
    if finding.kind == "none":
        return gettext("This site found nothing on public record.")
    if finding.kind != "target":
        limit = limits(finding)
        return labelled(limit, said(finding)) if limit else said(finding)
    return sentence(
        join_clauses(_judged(found, found.shown) for found in finding.targets if found.shown)
    )


def _judged(found: TargetFinding, shown: Reading) -> str:
    word, reason = state(found), shown.figure.differs
    said = join_facts((word, reason)) if found.state == "differs" and reason else word
    return labelled(answered(found, shown), said)


def summary(finding: Finding) -> str:
    """The sentence that sums a task's targets; its counts add up to their number.

    3项指标：2项公开数字达到目标；1项没有公开数字。 Empty for a task without targets.
    """
    total = len(finding.targets)
    if not total:
        return ""
    targets = ngettext("{n} target", "{n} targets", total)
    counts = Counter(found.state for found in finding.targets)
    return sentence(labelled(targets, join_clauses(tally(counts))))


def tally(counts: Mapping[TargetState, int]) -> tuple[str, ...]:
    """How many targets are in each state, each in a clause; states without any are left out."""
    return tuple(_COUNTED[key](counts[key]) for key in _COUNTED if counts.get(key))


_COUNTED: Mapping[TargetState, Callable[[int], str]] = {
    "met": lambda n: ngettext(
        "for {n} the published figure meets it", "for {n} the published figures meet them", n
    ),
    "unmet": lambda n: ngettext(
        "for {n} the published figure is below it", "for {n} the published figures are below", n
    ),
    "declared-met": lambda n: ngettext("{n} was declared met", "{n} were declared met", n),
    "declared-unmet": lambda n: ngettext(
        "{n} was declared not met", "{n} were declared not met", n
    ),
    "undecided": lambda n: ngettext(
        "{n} has a figure and waits for a declaration",
        "{n} have figures and wait for a declaration",
        n,
    ),
    "open": lambda n: ngettext(
        "{n} has a figure that decides nothing yet",
        "{n} have figures that decide nothing yet",
        n,
    ),
    "differs": lambda n: ngettext(
        "{n} has only figures of another scope", "{n} have only figures of another scope", n
    ),
    "none": lambda n: ngettext("{n} has no published figure", "{n} have no published figure", n),
}
