"""Tasks as a row of squares, one each: what is known of them at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jiaozhang.derive import DerivedTask, DerivedYear
from jiaozhang.derive.finding import Finding
from jiaozhang.ledger.settings import Site
from jiaozhang.pages.core.marks import Mark, mark_of
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import Labels, gettext, mark
from jiaozhang.wording.joining import join_facts, join_sentences, labelled, sentence

SquareForm = Literal["solid", "half", "hollow", "mark"]


@dataclass(frozen=True, slots=True)
class TaskSquare:
    """One task in a row: where units report the silhouette of its status, else a square that is
    filled by what is on public record.
    """

    form: SquareForm
    mark: Mark


FILLED: Mapping[SquareForm, str] = Labels(
    {
        "solid": mark("A figure in the scope of a target"),
        "half": mark("Public records"),
        "hollow": mark("No public record found"),
    }
)


def squares_of(
    site: Site, year: DerivedYear, tasks: Iterable[DerivedTask]
) -> tuple[TaskSquare, ...]:
    return tuple(_square(site, year, one) for one in tasks)


def _square(site: Site, year: DerivedYear, one: DerivedTask) -> TaskSquare:
    if year.ledger.reporting != "none":
        return TaskSquare("mark", mark_of(site, one.standing.key))
    form = _form(one.finding)
    return TaskSquare(form, Mark(FILLED[form], "", "mute" if form == "hollow" else "main"))


def _form(finding: Finding) -> SquareForm:
    if any(found.shown and found.state != "differs" for found in finding.targets):
        return "solid"
    return "hollow" if finding.kind == "none" else "half"


_ORDER: tuple[SquareForm, ...] = ("solid", "half", "hollow", "mark")


def square_key(squares: Iterable[TaskSquare]) -> tuple[TaskSquare, ...]:
    """The legend of some squares: what is drawn, each once, the fullest first."""
    return tuple(sorted(dict.fromkeys(squares), key=lambda square: _ORDER.index(square.form)))


def squares_label(squares: Sequence[TaskSquare]) -> str:
    """A row of squares in words; its counts add up."""
    counts = Counter(squares)
    said = (words.tasks_of(one.mark.word, counts[one]) for one in square_key(squares))
    return labelled(words.tasks(len(squares)), join_facts(said))


def square_note(squares: Iterable[TaskSquare]) -> str:
    """The legend in words, for a page where a bar above has named every mark."""
    key = square_key(squares)
    names = {
        "solid": gettext("Solid square"),
        "half": gettext("Half-filled square"),
        "hollow": gettext("Hollow square"),
    }
    said = [sentence(labelled(names[one.form], one.mark.word)) for one in key if one.form != "mark"]
    if len(said) < len(key):
        said.append(gettext("One shape a task; the shapes are those explained above."))
    return join_sentences(*said)
