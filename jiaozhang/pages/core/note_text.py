"""A note as a page shows it: its heading, what it says besides, its figures and papers."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from jiaozhang.attachments.inspection import form_of
from jiaozhang.derive import DerivedTask
from jiaozhang.ledger.events import Figure, Note
from jiaozhang.markdown.first_sentence import split_first
from jiaozhang.markdown.prose import pictures_of, to_html
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.page import Link
from jiaozhang.pages.core.timeline_entry import FigureLine
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext
from jiaozhang.wording.joining import labelled


@dataclass(frozen=True, slots=True)
class NoteText:
    """`heading` and `rest` together are the `body`; where the body is not taken apart, the heading
    says where it is from.
    """

    heading: Markup
    body: Markup
    rest: Markup


def note_text(note: Note) -> NoteText:
    """A report is headed by who reports what, a public record by its first sentence."""
    files = ((one.name, one.content) for one in note.attachments)
    pictures = pictures_of(note.id, files)
    body = to_html(note.body, note.id, pictures, back=gettext("Back to the text"))
    if note.origin == "report":
        return NoteText(Markup.escape(report_head(note)), body, body)
    heading, rest = split_first(body)
    return NoteText(heading or Markup.escape(_named_by_source(note)), body, rest)


def report_head(note: Note) -> str:
    """Who reports on which period, and how far it got."""
    return gettext(
        "{unit} reports on {period}: {status}",
        unit=note.unit,
        period=words.period(note.period or ""),
        status=words.declared(note.status),
    )


def _named_by_source(note: Note) -> str:
    """What a public record is called that begins with a list, a table or a picture."""
    kind = gettext("Public record")
    return labelled(kind, note.source.title) if note.source else kind


def figure_line(one: DerivedTask, figure: Figure, district: str | None) -> FigureLine:
    """A figure of a note as a line; one of another scope names the target that it stands beside."""
    amount = f"{words.quantity(figure.value)}{figure.unit}"
    revised = gettext("revised") if figure.release == "revised" else ""
    beside = next((t for t in one.targets if t.target.id == figure.beside), None)
    differs = (
        gettext(
            "The target is {measure} {amount}; the scope differs: {reason}",
            measure=words.target_name(beside.target),
            amount=words.amount(beside.target, beside.goal, beside.upper),
            reason=figure.differs,
        )
        if beside
        else ""
    )
    return FigureLine(figure.name, amount, district or "", figure.period, revised, differs)


def papers_of(of: int, note: Note) -> tuple[Link, ...]:
    """The PDFs of a note."""
    return tuple(
        Link(one.name, addresses.attachment(of, note.task, note.id, one.name))
        for one in note.attachments
        if form_of(one.content) == "pdf"
    )
