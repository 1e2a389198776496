"""Rules for the Markdown of notes and notices: what is written is what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from portal.conserved import lost, tables, without_code
from portal.diagnostic import Diagnostic, Place, fault
from portal.memory import recall
from portal.model import Filed
from portal.progress import Note
from portal.prose import UNDER_NOTE, UNDER_NOTICE, Picture, Prose, pictures_of, prose_of
from portal.read.front import body_line
from portal.source import Source
from portal.text_of import text_of
from portal.urls import is_address, is_inside

MOST_ROWS, MOST_COLUMNS = 60, 12
# How much of the text a message quotes.
_QUOTED = 12

# A fault of a text: its code, the place of the character, and its facts.
_Found = tuple[str, int, tuple[tuple[str, str], ...]]

_FENCE = re.compile(r"(?m)^[ \t>]*(`{3,}(?=[^`\n]*$)|~{3,}(?=[^~\n]*$))")
_STRUCK = re.compile(r"~~(?=\S)[^~\n]*~~")
_TASK = re.compile(r"(?m)^[ \t>]*(?:[-*+]|\d+\.)[ \t\u3000]+(\[[ xX]\])(?=\s)")
_LINK = re.compile(r"\[[^\[\]\n]+\]\(\s*([^\s()<>]+)\s*\)")
_LONE = re.compile(
    r"[-+][ \t\u3000]+(?P<amount>\d[\d,.]*\s*(?:[%％‰‱℃]|[\u4e00-\u9fffA-Za-z²³/]{1,8})?)"
    r"[。；;，,]?\s*"
)
_BULLET = re.compile(r"\s*[-*+][ \t\u3000]+\S")


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


def _remembered(body: Body) -> tuple[_Found, ...]:
    return recall("bodies", body.shown_as, lambda: tuple(_faults(body)))


def _faults(body: Body) -> Iterator[_Found]:
    plain = without_code(body.text)
    told = [*_not_markup(body.text, plain), *_links(plain), *_comments(plain)]
    yield from told
    yield from _tables(body.text)
    yield from _signs(body.text)
    # What is told already is not told twice.
    first = lost(body.text, text_of(body.prose.html))
    if first and not told:
        quoted = body.text[first.at :].split("\n")[0][:_QUOTED] or first.char
        yield "text-lost", first.at, (("text", quoted),)


def _not_markup(text: str, plain: str) -> Iterator[_Found]:
    for fence in _FENCE.finditer(text):
        yield _wrong(
            fence.start(1),
            fence[1],
            "删去这一行；文字直接写，要照原样显示的词前后各加一个 `",
            "remove this line; write the text as it is, and put single backticks around a word",
        )
    for struck in _STRUCK.finditer(plain):
        yield _wrong(
            struck.start(),
            text[struck.start() : struck.end()],
            "没有删除线；改掉的数写成“由……改为……”，公布过的用更正",
            "nothing is struck out here: say what was changed; published records have corrections",
        )
    for task in _TASK.finditer(plain):
        yield _wrong(
            task.start(1),
            task[1],
            "没有打勾的列表；写成“已办：……”“未办：……”",
            "lists have no boxes to tick; write what is done and what is not",
        )


def _wrong(at: int, given: str, zh: str, en: str) -> _Found:
    return "not-markup", at, (("given", given), ("mended", zh), ("mended_en", en))


def _links(plain: str) -> Iterator[_Found]:
    for link in _LINK.finditer(plain):
        if not (is_address(link[1]) or is_inside(link[1])):
            yield "not-an-address", link.start(1), (("given", link[1]),)


def _comments(plain: str) -> Iterator[_Found]:
    for comment in re.finditer("<!--", plain):
        yield "html-comment", comment.start(), ()


def _tables(text: str) -> Iterator[_Found]:
    for table in tables(text):
        if table.rows > MOST_ROWS or table.columns > MOST_COLUMNS:
            facts = {
                "rows": table.rows,
                "columns": table.columns,
                "most_rows": MOST_ROWS,
                "most_columns": MOST_COLUMNS,
            }
            told = tuple((name, str(value)) for name, value in facts.items())
            yield "table-too-large", table.at, told


def _signs(text: str) -> Iterator[_Found]:
    """Find lists of one item that is nothing but an amount."""
    at = 0
    filled = [line for line in text.split("\n") if line.strip()]
    nth = -1
    for line in text.split("\n"):
        nth += bool(line.strip())
        found = _LONE.fullmatch(line.strip())
        beside = (*filled[max(nth - 1, 0) : nth], *filled[nth + 1 : nth + 2])
        if found and not any(_BULLET.match(other) for other in beside):
            sign = "−" if line.strip()[0] == "-" else "+"
            facts = (("given", line.strip()), ("mended", sign + found["amount"].strip()))
            yield "sign-or-bullet", at + len(line) - len(line.lstrip()), facts
        at += len(line) + 1
