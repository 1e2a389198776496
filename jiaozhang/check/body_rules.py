"""Rules for the Markdown of notes and notices: the rendered page must show all that is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jiaozhang.cache import recall
from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.files.source import Source
from jiaozhang.ledger.events import Note
from jiaozhang.ledger.filed import Filed
from jiaozhang.markdown.prose import UNDER_NOTE, UNDER_NOTICE, Picture, Prose, pictures_of, prose_of
from jiaozhang.markdown.slips import FoundSlip, slips_of
from jiaozhang.read.front_matter import body_line


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown of one record: its place, and how it is rendered."""

    source: Source
    first: int  # line number of its first line in the file
    text: str
    note: Note | None

    @property
    def shown_as(self) -> tuple[str, str, tuple[Picture, ...], int]:
        """All inputs of rendering the text, as a cache key."""
        if self.note is None:
            return self.text, "", (), UNDER_NOTICE
        files = ((one.name, one.content) for one in self.note.attachments)
        return self.text, self.note.id, pictures_of(self.note.id, files), UNDER_NOTE

    @property
    def prose(self) -> Prose:
        return prose_of(*self.shown_as)

    def place(self, at: int) -> Place:
        """The place in the file of a character of the text."""
        return self.source.place_at(self.text, at, self.first)

    def fault(self, code: str, at: int, **facts: object) -> Diagnostic:
        """A fault at a character of the text."""
        return fault(code, self.place(at), **facts)


def bodies(filed: Filed) -> Iterator[Body]:
    """All Markdown texts: notes and notices."""
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
    """Compare each text with its rendered page, and report what looks like unintended markup."""
    for body in bodies(filed):
        for code, at, more in _remembered(body):
            yield body.fault(code, at, **dict(more))


def _remembered(body: Body) -> tuple[FoundSlip, ...]:
    facts = body.shown_as
    return recall("bodies", facts, lambda: tuple(slips_of(body.text, body.prose.html)))
