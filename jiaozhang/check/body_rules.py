"""Rules for the Markdown of notes and notices: what is written is what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jiaozhang.cache import recall
from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.files.source import Source
from jiaozhang.ledger.events import Note
from jiaozhang.ledger.filed import Filed
from jiaozhang.markdown.prose import UNDER_NOTE, UNDER_NOTICE, Picture, Prose, pictures_of, prose_of
from jiaozhang.markdown.slips import Found, slips_of
from jiaozhang.read.front_matter import body_line


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown of one record: where it stands, and how it is shown."""

    source: Source
    first: int  # the line of the file on which it begins
    text: str
    note: Note | None

    @property
    def shown_as(self) -> tuple[str, str, tuple[Picture, ...], int]:
        """All that decides how the text is shown."""
        if self.note is None:
            return self.text, "", (), UNDER_NOTICE
        files = ((one.name, one.content) for one in self.note.attachments)
        return self.text, self.note.id, pictures_of(self.note.id, files), UNDER_NOTE

    @property
    def prose(self) -> Prose:
        return prose_of(*self.shown_as)

    def place(self, at: int) -> Place:
        """Where a character of the text stands in its file."""
        return self.source.place_at(self.text, at, self.first)

    def fault(self, code: str, at: int, **facts: object) -> Diagnostic:
        """A fault at a character of the text."""
        return fault(code, self.place(at), **facts)


def bodies(filed: Filed) -> Iterator[Body]:
    """Everything in Markdown: the notes and the notices."""
    for ledger in filed.ledgers:
        for kept in ledger.kept:
            if isinstance(kept.fact, Note):
                document = filed.documents[kept.key]
                yield Body(document.source, body_line(document), kept.fact.body, kept.fact)
        if ledger.notice:
            own = filed.documents[ledger.key].source
            path, key = (f"{name.rpartition('/')[0]}/notice.md" for name in (own.path, own.key))
            yield Body(replace(own, path=path, key=key, text=ledger.notice), 1, ledger.notice, None)


def what_is_written_is_shown(filed: Filed) -> Iterator[Diagnostic]:
    """Compare each text with the page that is made of it, and refuse what looks like markup."""
    for body in bodies(filed):
        for code, at, more in _remembered(body):
            yield body.fault(code, at, **dict(more))


def _remembered(body: Body) -> tuple[Found, ...]:
    facts = body.shown_as
    return recall("bodies", facts, lambda: tuple(slips_of(body.text, body.prose.html)))
