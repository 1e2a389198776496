"""Rules for what is attached to a note: it is what it says, tells nothing more, and is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.attachment import form_of, size_of, words_inside
from portal.diagnostic import Diagnostic, fault
from portal.model import Filed
from portal.progress import Attachment, Note
from portal.prose import pictures_in
from portal.read.misnamed import attachment_name


def attachments_fit(filed: Filed) -> Iterator[Diagnostic]:
    """Check the attachments of every note, and the pictures that its text wants to show."""
    for ledger in filed.ledgers:
        for kept in ledger.kept:
            if isinstance(kept.fact, Note):
                place = filed.documents[kept.key].source.place()
                for code, facts in (*_pictures(kept.fact), *_files(kept.fact)):
                    yield fault(code, place, **facts)


def _pictures(note: Note) -> Iterator[tuple[str, dict[str, str]]]:
    names = {f"{note.id}/{one.name}" for one in note.attachments}
    for source, said in pictures_in(note.body):
        if source not in names:
            yield "attachment-missing", {"name": source, "folder": note.id}
        elif not said:
            yield "image-without-words", {"name": source}


def _files(note: Note) -> Iterator[tuple[str, dict[str, str]]]:
    shown = {source for source, _ in pictures_in(note.body)}
    for one in note.attachments:
        found = words_inside(one.content)
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*\.[a-z]+", one.name):
            yield "attachment-name", {"name": one.name, "nearest": attachment_name(one.name)}
        elif not _is_what_it_says(one):
            yield "attachment-form", {"name": one.name}
        elif found:
            yield "attachment-words", {"name": one.name, "found": found}
        elif not one.name.endswith(".pdf") and f"{note.id}/{one.name}" not in shown:
            yield "attachment-unused", {"name": one.name}


def _is_what_it_says(one: Attachment) -> bool:
    suffix = one.name.rpartition(".")[2]
    form = form_of(one.content)
    is_whole = form == "pdf" or size_of(one.content) is not None
    return form == {"jpg": "jpeg"}.get(suffix, suffix) and is_whole
