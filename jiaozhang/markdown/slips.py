"""Find mistakes in Markdown: text that the page would lose, and text that looks like markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from html import unescape
from html.entities import html5

from jiaozhang.files.characters import IN_FILES, refused, spelled
from jiaozhang.files.urls import is_address, is_inside
from jiaozhang.markdown.conservation import lost, slanted, tables, visible, without_code
from jiaozhang.markdown.visible_text import text_of

MOST_ROWS, MOST_COLUMNS = 60, 12
# Characters of the text quoted in a message.
_QUOTED = 12

# A fault in a text: its code, the index of the character, and its facts.
FoundSlip = tuple[str, int, tuple[tuple[str, str], ...]]

_FENCE = re.compile(r"(?m)^[ \t>]*(`{3,}(?=[^`\n]*$)|~{3,}(?=[^~\n]*$))")
_STRUCK = re.compile(r"~~(?=\S)(?:(?!\n\s*\n)[^~])+~~")
_TASK = re.compile(r"(?m)^[ \t>]*(?:(?:[-*+]|\d+\.)[ \t\u3000]+)?(\[[ xX]\])(?=\s)")
_LINK = re.compile(r"\[[^\[\]\n]*\](\((?P<address>(?:[^()\n]|\([^()\n]*\))*)\))")
_NOTE = re.compile(r"\[\^[\w-]+\](?P<text>:)?")
_LONE = re.compile(
    r"[-+>][ \t\u3000]+(?P<amount>\d[\d,.]*\s*(?:[%％‰‱℃]|[\u4e00-\u9fffA-Za-z²³/]{1,8})?)"
    r"[。；;，,]?"
)
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(
    r"</?(?:a|b|br|center|del|div|em|font|h[1-6]|hr|i|img|li|ol|p|s|span|strong|sub|sup|table|td|th"
    r"|tr|u|ul)(?:\s[^<>\n]*)?/?>",
    re.IGNORECASE,
)
_LINE = re.compile(r"(?m)^[ \t]*((?:-{3,}|={3,}|_{3,}|\*{3,}))[ \t]*$")
_BOLD = re.compile(r"(?<!\*)\*\*(?!\*)(?<![0-9A-Za-z]\*\*(?=[0-9A-Za-z]))")
_ROWS = re.compile(r"(?m)^[ \t]*(\|[^\n]*\|)[ \t]*(?:\n[ \t]*\|[^\n]*\|[ \t]*)+$")
_FILLED = re.compile(r"\S")
_BULLET = re.compile(r"\s*[-*+>][ \t\u3000]+\S")


def slips_of(text: str, html: str) -> Iterator[FoundSlip]:
    """Find text that the page would lose, and text that only looks like markup.

    `html` is the rendered text.
    """
    plain = without_code(text)
    words = text_of(html)
    # The indices of source characters that are displayed themselves.
    raw = {one.at for one in visible(text) if text[one.at] == one.char}
    yield from _not_markup(text, plain)
    yield from _links(plain, raw)
    yield from _comments(plain)
    yield from _tables(text)
    yield from _signs(text)
    yield from _stars(text)
    yield from _shown_raw(plain, words, raw)
    yield from _footnotes(plain, raw)
    yield from _refused(text, html)
    first = lost(text, words)
    if first:
        quoted = text[first.at :].split("\n")[0][:_QUOTED] or first.char
        yield "text-lost", first.at, (("text", quoted),)


def _refused(text: str, html: str) -> Iterator[FoundSlip]:
    """Find forbidden characters in a page's text, whatever their origin."""
    if not any(refused(unescape(html), IN_FILES)):
        return
    for piece in re.finditer(r"&[^&;\s]*;|.", html, re.DOTALL):
        for at, code in refused(unescape(piece[0]), IN_FILES):
            before = text_of(html[: piece.start()])
            seen = visible(text)[: sum(not char.isspace() for char in before)]
            yield code, seen[-1].at if seen else 0, (("char", spelled(unescape(piece[0])[at])),)
            return


def _not_markup(text: str, plain: str) -> Iterator[FoundSlip]:
    for fence in _FENCE.finditer(text):
        yield _wrong(
            fence.start(1),
            fence[1],
            "删去这一行；文字直接写，要照原样显示的词前后各加一个 `",
            "remove this line; write the text directly, with single backticks around a literal",
        )
    for struck in _STRUCK.finditer(plain):
        yield _wrong(
            struck.start(),
            text[struck.start() : struck.end()],
            "没有删除线；改掉的数写成“由……改为……”，公布过的用更正",
            "remove the strikethrough; describe the change, or correct a published record",
        )
    for task in _TASK.finditer(plain):
        yield _wrong(
            task.start(1),
            task[1],
            "没有打勾的列表；写成“已办：……”“未办：……”",
            "remove the checkbox; write in words what is done and what is not",
        )


def _wrong(at: int, given: str, zh: str, en: str) -> FoundSlip:
    return "not-markup", at, (("given", given), ("mended", zh), ("mended_en", en))


def _links(plain: str, raw: Set[int]) -> Iterator[FoundSlip]:
    """Find text that looks like a link but has no valid target."""
    for link in _LINK.finditer(plain):
        given = link["address"].strip()
        if link.start(1) in raw and not (given and (is_address(given) or is_inside(given))):
            yield "not-an-address", link.start(1) + 1, (("given", given or link[0]),)


def _footnotes(plain: str, raw: Set[int]) -> Iterator[FoundSlip]:
    """Find references without a footnote, and footnotes with a duplicate name."""
    for note in _NOTE.finditer(plain):
        if note.start() + 1 in raw:
            mark = note[0].rstrip(":")
            zh = f"这个编号没有注；注另起一行写 {mark}: ……"
            en = f"add the missing footnote on a separate line: {mark}: …"
            yield _shown(note.start(), mark, zh, en)
        elif note["text"] and note.end() - 1 in raw and _is_first(plain, note.start()):
            zh, en = (
                "同一个编号的注写了两次，换一个编号",
                "choose another number; this footnote is defined twice",
            )
            yield _shown(note.start(), note[0], zh, en)


def _is_first(plain: str, at: int) -> bool:
    """Whether only white space precedes a character on its line."""
    return not _FILLED.search(plain, plain.rfind("\n", 0, at) + 1, at)


def _comments(plain: str) -> Iterator[FoundSlip]:
    for comment in re.finditer("<!--", plain):
        yield "html-comment", comment.start(), ()


def _shown_raw(plain: str, words: str, raw: Set[int]) -> Iterator[FoundSlip]:
    for entity in _ENTITY.finditer(plain):
        if entity[1][0] == "#" or f"{entity[1]};" in html5:
            yield _shown(entity.start(), entity[0], "直接写这个字符", "write the character itself")
    for tag in _TAG.finditer(plain):
        if tag[0] in words:
            yield _shown(tag.start(), tag[0], "正文里不用网页标签", "remove the HTML tag")
    for rule in _LINE.finditer(plain):
        yield _shown(
            rule.start(1), rule[1], "分段空一行就够", "separate paragraphs with an empty line"
        )
    yield from _shown_marks(plain, raw)


def _shown_marks(plain: str, raw: Set[int]) -> Iterator[FoundSlip]:
    """Find table rows and bold text displayed with their markup, because part of it is missing."""
    for rows in _ROWS.finditer(plain):
        if rows.start(1) in raw:
            yield _shown(
                rows.start(1),
                "|",
                "真是表格，第二行写 | --- | --- |，用半角的竖线和减号",
                "for a table, write | --- | --- | as its second line, with half-width characters",
            )
    for stars in _BOLD.finditer(plain):
        if stars.start() in raw:
            yield _shown(
                stars.start(),
                "**",
                "加粗的字，前后各写 **，星号里侧不留空白，不跨段",
                "for bold, put ** on both sides without spaces inside, within one paragraph",
            )


def _shown(at: int, given: str, zh: str, en: str) -> FoundSlip:
    return "raw-markup", at, (("given", given), ("mended", zh), ("mended_en", en))


def _tables(text: str) -> Iterator[FoundSlip]:
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


def _stars(text: str) -> Iterator[FoundSlip]:
    """Find emphasis within words: its asterisks are probably multiplication signs, or mask part of
    a name.
    """
    for first, last in slanted(text):
        around = (text[at + step : at + step + 1] for at in (first, last) for step in (-1, 1))
        if first and all(char.isalnum() for char in around):
            inside = text[first + 1 : last]
            yield "stars-in-words", first, (("given", f"*{inside}*"), ("mended", f"**{inside}**"))


def _signs(text: str) -> Iterator[FoundSlip]:
    """Find one-item lists whose only content is an amount."""
    at = 0
    filled = [line for line in text.split("\n") if line.strip()]
    nth = -1
    for line in text.split("\n"):
        nth += bool(line.strip())
        found = _LONE.fullmatch(line.strip())
        beside = (*filled[max(nth - 1, 0) : nth], *filled[nth + 1 : nth + 2])
        if found and not any(_BULLET.match(other) for other in beside):
            sign = line.strip()[0].replace("-", "−")
            facts = (("given", line.strip()), ("mended", sign + found["amount"].strip()))
            yield "sign-or-bullet", at + len(line) - len(line.lstrip()), facts
        at += len(line) + 1
