"""Warnings about figures that are probably wrong: too large, of another thing, not in the text.

None is certain, so none stops a build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jiaozhang.faults.diagnostic import Diagnostic, fault
from jiaozhang.ledger.events import Figure, Note
from jiaozhang.ledger.filed import Filed, FiledTask, Kept
from jiaozhang.ledger.public import Target
from jiaozhang.notice.numerals import chinese_numeral
from jiaozhang.read.front_matter import body_line
from jiaozhang.wall.review import state_of

# So many times the target is more likely an extra zero, or 万 misread.
FAR = 10
_SCALES = {
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "亿": Decimal(10**8),
}
_NUMBER = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?|[一二三四五六七八九十]{1,3}|两)(多|余)?(百|千|万|亿)?(成)?"
)
_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?[%％]|百分之([一二三四五六七八九十]{1,3})")


def figures_are_plausible(filed: Filed) -> Iterator[Diagnostic]:
    """Compare every figure with its target and with the text of its note."""
    for ledger in filed.ledgers:
        tasks = {task.public.number: task for task in ledger.tasks}
        for kept in ledger.kept:
            task = tasks.get(kept.fact.task) if kept.fact.task else None
            if isinstance(kept.fact, Note) and task is not None:
                yield from _of_targets(filed, kept, kept.fact, task)
                yield from _of_the_text(filed, kept, kept.fact, task)
                is_open = kept.fact.origin == "public-record"
                if is_open or state_of(kept, ledger.reviewing) in ("pending", "void"):
                    yield from _percentages(filed, kept, kept.fact, task)


def _of_targets(filed: Filed, kept: Kept, note: Note, task: FiledTask) -> Iterator[Diagnostic]:
    targets = {target.id: target for target in task.public.targets}
    document = filed.documents[kept.key]
    for at, figure in enumerate(note.figures):
        target = targets.get(figure.target or "")
        if target is None:
            continue
        if _is_far(figure, target):
            yield fault(
                "far-beyond-target",
                document.place("figures", at, "value"),
                given=f"{figure.value}{figure.unit}",
                target=target.id,
                wanted=f"{target.value}{target.unit}",
            )
        # A name of one character is too short to compare.
        elif len(figure.name) > 1 and not set(figure.name) & set(target.measure):
            others = (one for one in task.public.targets if set(one.measure) & set(figure.name))
            yield fault(
                "other-measure",
                document.place("figures", at, "target"),
                given=figure.name,
                target=target.id,
                measure=target.measure,
                nearest=next((one.id for one in others), ""),
            )


def _is_far(figure: Figure, target: Target) -> bool:
    is_same = target.unit == figure.unit and target.value is not None and target.value > 0
    return is_same and target.value is not None and figure.value >= FAR * target.value


def _of_the_text(filed: Filed, kept: Kept, note: Note, task: FiledTask) -> Iterator[Diagnostic]:
    """Warn about a figure that the text lacks while it has another number for the same thing."""
    text = note.body.replace(",", "")
    printed = {value for value, _ in _numbers(text)}
    # A text may mention the target's value; zero progress need not be stated as a number.
    own = {figure.value for figure in note.figures} | {goal.value for goal in task.public.targets}
    for at, figure in enumerate(note.figures):
        if not figure.value or figure.value in printed or figure.value * 100 in printed:
            continue
        said = [*_said_of(figure, note, text, own)]
        if said:
            place = filed.documents[kept.key].place("figures", at, "value")
            yield fault(
                "figure-differs",
                place,
                given=f"{figure.value}{figure.unit}",
                said=f"{said[0]}{figure.unit}",
                nearest=said[0],
            )


def _said_of(figure: Figure, note: Note, text: str, own: set[Decimal | None]) -> Iterator[Decimal]:
    """The numbers with a figure's unit next to its name in the text, or the only ones with that
    unit.
    """
    same_unit = [other for other in note.figures if other.unit == figure.unit]
    everywhere = [*_numbers_of(figure.unit, text)]
    pairs = {figure.name[i : i + 2] for i in range(len(figure.name) - 1)}
    for clause in re.split("[，。；、：\n]", text):
        is_named = any(pair in clause for pair in pairs)
        is_only = len(same_unit) == len(everywhere) == 1
        for value in _numbers_of(figure.unit, clause) if is_named or is_only else ():
            if value not in own:
                yield value


def _numbers_of(unit: str, text: str) -> Iterator[Decimal]:
    """The numbers before a unit in a text; ordinals such as 第2个 are not counted."""
    counting = re.sub(rf"第{_NUMBER.pattern}", lambda found: " " * len(found[0]), text)
    for value, end in _numbers(counting):
        if re.match(rf" ?{re.escape(unit)}", counting[end:]):
            yield value


def _numbers(text: str) -> Iterator[tuple[Decimal, int]]:
    """Every number of a text, and its end index; a number with 万 comes with and without it."""
    for found in _NUMBER.finditer(text):
        digits = found[1]
        value = Decimal(digits) if digits.isascii() else _chinese(digits)
        if value is None:
            continue
        yield value, found.end(1)
        if found[3]:
            yield value * _SCALES[found[3]], found.end()
        if found[4]:
            yield value * 10, found.end()


def _chinese(text: str) -> Decimal | None:
    value = 2 if text == "两" else chinese_numeral(text)
    return None if value is None else Decimal(value)


def _percentages(filed: Filed, kept: Kept, note: Note, task: FiledTask) -> Iterator[Diagnostic]:
    """Warn about a percentage in the text only: it can be neither drawn nor compared.

    Only until a report is approved: approved text is not changed.
    """
    if any(figure.unit in ("%", "％", "个百分点") for figure in note.figures):
        return
    known = {figure.value for figure in note.figures} | {t.value for t in task.public.targets}
    document = filed.documents[kept.key]
    for number, line in enumerate(note.body.split("\n"), body_line(document)):
        for found in _PERCENT.finditer(line):
            value = Decimal(found[1]) if found[1] else _chinese(found[2])
            if value is not None and value not in known:
                place = document.source.place(number, found.start() + 1)
                yield fault("percent-in-text", place, given=found[0])
