"""Rules for attachments of notes: correct format, no hidden metadata, shown in the text."""

from __future__ import annotations

import difflib
import functools
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from jiaozhang.attachments.decoding import flaw_of
from jiaozhang.attachments.inspection import form_of, size_of, told_by_picture
from jiaozhang.attachments.pdf import PdfFindings, Told, inside_pdf
from jiaozhang.cache import recall
from jiaozhang.check.body_rules import Body, bodies
from jiaozhang.faults.diagnostic import Diagnostic, fault
from jiaozhang.faults.messages.attachment_messages import INSIDE, UNSOUND, WHY
from jiaozhang.ledger.events import Attachment, Note
from jiaozhang.ledger.filed import Filed
from jiaozhang.processes.bounded import TooCostlyError, within_limits
from jiaozhang.read.misnamed_files import attachment_name
from jiaozhang.wall.review import visibility_of, withdrawn_of

FileFaults = Iterator[tuple[str, dict[str, str]]]


def attachments_fit(filed: Filed) -> Iterator[Diagnostic]:
    """Check the attachments of every note, and the images that texts refer to."""
    for body in bodies(filed):
        yield from _pictures(body)
        if body.note is not None:
            shown = {source for source, _, _ in body.prose.pictures} | {*_meant(body).values()}
            for code, facts in _files(body.note, shown):
                yield fault(code, body.source.place(), **facts)
    yield from _all_told(filed)


def _pictures(body: Body) -> Iterator[Diagnostic]:
    """Report images in a notice, which has no attachments."""
    folder = body.note.id if body.note else ""
    names = _names(body)
    meant = _meant(body)
    for source, said, at in body.prose.pictures:
        if body.note is None:
            yield body.fault(
                "not-markup",
                at,
                given=f"![{said}]({source})",
                mended="文件正文里放不了图片：删去这一处，留下文字",
                mended_en="remove the image and keep the text; a notice cannot contain images",
            )
        elif source not in names:
            nearest = meant.get(source, "")
            yield body.fault("attachment-missing", at, name=source, folder=folder, nearest=nearest)
        elif not said:
            yield body.fault("image-without-words", at, name=source)


def _names(body: Body) -> set[str]:
    """The files of a note, as its text must refer to them."""
    return {f"{body.note.id}/{one.name}" for one in body.note.attachments} if body.note else set()


def _meant(body: Body) -> dict[str, str]:
    """Map each image name without a file to the file probably meant; each file is used once."""
    called = [source for source, _, _ in body.prose.pictures]
    names = _names(body)
    left = sorted(name for name in names - {*called} if not name.endswith(".pdf"))
    found: dict[str, str] = {}
    for source in dict.fromkeys(one for one in called if one not in names):
        near = difflib.get_close_matches(source, left, 1, 0.0)
        if near:
            found[source] = near[0]
            left.remove(near[0])
    return found


def _files(note: Note, shown: set[str]) -> FileFaults:
    for one in note.attachments:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*\.[a-z]+", one.name):
            yield "attachment-name", {"name": one.name, "nearest": attachment_name(one.name)}
        elif not _is_what_it_says(one):
            yield "attachment-form", {"name": one.name}
        elif not one.name.endswith(".pdf"):
            if f"{note.id}/{one.name}" not in shown:
                yield "attachment-unused", {"name": one.name}
            if why := _flaw(one.content):
                why_zh, why_en = UNSOUND[why]
                yield "picture-unsound", {"name": one.name, "why": why_en, "why_zh": why_zh}


def _is_what_it_says(one: Attachment) -> bool:
    suffix = one.name.rpartition(".")[2]
    form = form_of(one.content)
    is_whole = form == "pdf" or size_of(one.content) is not None
    return form == {"jpg": "jpeg"}.get(suffix, suffix) and is_whole


def _flaw(raw: bytes) -> str:
    """Why an image cannot be decoded, or an empty string; cached by content."""
    size = size_of(raw)
    if size is None:
        return "broken"
    facts = (hashlib.sha256(raw).hexdigest(), size)
    decode = functools.partial(flaw_of, raw, form_of(raw), size.width, size.height)
    try:
        return recall("pixels", facts, lambda: within_limits(decode))
    except TooCostlyError:
        return "cost"


def _all_told(filed: Filed) -> Iterator[Diagnostic]:
    """Report metadata in attachments of notes; a warning until the note becomes public."""
    for ledger in filed.ledgers:
        withdrawn = withdrawn_of(ledger)
        for kept in ledger.kept:
            if not isinstance(kept.fact, Note):
                continue
            visibility = visibility_of(kept, ledger, withdrawn)
            place = filed.documents[kept.key].source.place()
            for code, facts in _told(kept.fact) if visibility != "never" else ():
                yield replace(fault(code, place, **facts), pending=visibility == "pending")


def _told(note: Note) -> FileFaults:
    """Report metadata in the files of a note; cached by content."""
    for one in note.attachments:
        digest = hashlib.sha256(one.content).hexdigest()
        if form_of(one.content) == "pdf":
            yield from _told_by_pdf(one.name, _inside(one.content, digest))
        else:
            kinds = recall("picture", digest, functools.partial(told_by_picture, one.content))
            if kinds:
                yield (
                    "attachment-words",
                    {"name": one.name, **_names_joined([INSIDE[k] for k in kinds])},
                )


def _inside(raw: bytes, digest: str) -> PdfFindings:
    def read() -> PdfFindings:
        import pikepdf  # noqa: F401 - loaded before the fork, so that children share it

        return within_limits(functools.partial(inside_pdf, raw))

    try:
        return recall("pdf", digest, read)
    except TooCostlyError:
        return PdfFindings(why="cost")


def _told_by_pdf(name: str, inside: PdfFindings) -> FileFaults:
    if inside.why:
        why_zh, why = WHY[inside.why]
        yield "pdf-unreadable", {"name": name, "why": why, "why_zh": why_zh}
    if inside.told:
        yield "pdf-words", {"name": name, **_names_joined([_words(told) for told in inside.told])}


def _words(told: Told) -> tuple[str, str]:
    zh, en = INSIDE[told.kind]
    value = f"{told.field}: {told.shown}" if told.shown else told.field
    return f"{zh}（{value}）", f"{en} ({value})"


def _names_joined(words: list[tuple[str, str]]) -> dict[str, str]:
    """Names in both languages, as the facts of a message."""
    return {
        "found": "、".join(zh for zh, _ in words),
        "found_en": ", ".join(en for _, en in words),
    }
