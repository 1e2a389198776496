"""Rules for what is attached to a note: it is what it says, tells nothing more, and is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.attachment import form_of, size_of, words_inside
from portal.check.bodies import Body, bodies
from portal.diagnostic import Diagnostic, fault
from portal.model import Filed
from portal.progress import Attachment, Note


def attachments_fit(filed: Filed) -> Iterator[Diagnostic]:
    """Check the attachments of every note, and the pictures that texts want to show."""
    for body in bodies(filed):
        yield from _pictures(body)
        if body.note is not None:
            shown = {source for source, _, _ in body.prose.pictures}
            for code, facts in _files(body.note, shown):
                yield fault(code, body.source.place(), **facts)


def _pictures(body: Body) -> Iterator[Diagnostic]:
    """A notice has no attachments, so it shows no pictures."""
    folder = body.note.id if body.note else ""
    names = {f"{folder}/{one.name}" for one in body.note.attachments} if body.note else set()
    for source, said, at in body.prose.pictures:
        if body.note is None:
            yield body.fault(
                "not-markup",
                at,
                given=f"![{said}]({source})",
                mended="文件正文里放不了图片：删去这一处，留下文字",
                mended_en="a notice cannot show pictures: remove this and keep the words",
            )
        elif source not in names:
            yield body.fault("attachment-missing", at, name=source, folder=folder)
        elif not said:
            yield body.fault("image-without-words", at, name=source)


def _files(note: Note, shown: set[str]) -> Iterator[tuple[str, dict[str, str]]]:
    for one in note.attachments:
        found = words_inside(one.content)
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*\.[a-z]+", one.name):
            yield "attachment-name", {"name": one.name}
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
