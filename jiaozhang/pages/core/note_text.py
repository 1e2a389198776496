"""The text of a note as a page shows it: its heading, and what it says besides."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from jiaozhang.ledger.events import Note
from jiaozhang.markdown.first_sentence import split_first
from jiaozhang.markdown.prose import pictures_of, to_html
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
