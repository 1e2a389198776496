"""Check a text as readers see it: without markup, across table cells and paragraphs.

The text comes from `markdown.conservation`, which `slips` compares with the page; findings are
mapped back to the source. Numbers are also searched across adjacent cells of a row or column and
across adjacent paragraphs; headings and labels tell whether such cells contain figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from jiaozhang.check.text_rules import (
    Lexicon,
    TextFinding,
    joined,
    lint,
    lint_words,
    without_addresses,
)
from jiaozhang.markdown.conservation import Piece, pieces
from jiaozhang.personal_data.digit_groups import MET, MET_AS_FIGURES
from jiaozhang.personal_data.folding import fold
from jiaozhang.personal_data.numbers import personal_numbers

# A separator that ends any number.
_END = "\n\n"
# A piece of text that is a number, or part of one.
_DIGITS = re.compile(r"\W{0,2}\d[\d ./·()-]*\W{0,2}")
_DATE = re.compile(r"(?:19|20)\d\d(?:[-./]\d{1,2}){1,2}")
_LONGEST = 60
# Column headings that name nothing countable: signs, single characters, ordinals.
_NAMELESS = re.compile(
    r"\W*|\w|[A-Za-z0-9]{1,2}|(?:col|column|field|header)\W?\d*|第?[一二三四五六七八九十\d]{1,3}[列栏项行]?"
    r"|.*(?:姓名|名字|名单|人员|负责|经办|备注|说明|内容|事项|名称|单位|部门|职务|地址|住址|邮箱|序号|方式"
    r"|信息|其他|其它|情况|表头|标题).*"
)
_CALLED = re.compile(
    r"(?i)电话|手机|联系|号码|号段|[前中后][一二三四五六七八\d]位|微信|传真|通讯"
    r"|\b(?:tel|phone|mobile|wechat)\b"
)
_FIGURES = re.compile(
    r"[数量额率值比重价积度长宽高距差]$|合计|小计|总计|累计|投资|收入|支出|年|季|月|[（(]\S{1,6}[）)]"
    r"|[个件次户家套份条笔辆亩元吨米里处所座张台%％]$"
)
# Headings of columns that number the rows.
_SERIAL = re.compile("序号|编号|号|No\\.?|#")
# Headings of codes, which unlike figures may begin with a zero.
_CODES = re.compile("代码|编码|编号|文号|案号|证号|单号|流水")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text to check, and the source index of each of its characters."""

    text: str
    places: tuple[int, ...]

    def in_source(self, found: TextFinding) -> TextFinding:
        """The finding with its range in the source, from its first character to its last."""
        if found.end is None:
            return TextFinding(found.code, self.places[found.start], found.found)
        own = self.places[found.start : found.end]
        return TextFinding(found.code, min(own), found.found, max(own) + 1)

    def numbers(self) -> Iterator[TextFinding]:
        for one in personal_numbers(without_addresses(self.text)):
            yield self.in_source(TextFinding(one.code, one.start, one.shown, one.end))


def lint_prose(text: str, lexicon: Lexicon) -> tuple[TextFinding, ...]:
    """Find forbidden content in a Markdown text, both in its source and as rendered."""
    own = pieces(text)
    whole = _joined_by(own, ["\n"] * len(own))
    found = [whole.in_source(one) for one in lint_words(whole.text, lexicon)]
    found += [one for reading in _text_readings(own) for one in reading.numbers()]
    return joined(lint(text, lexicon), found)


def _joined_by(own: Sequence[Piece], between: Sequence[str]) -> _Reading:
    """Join pieces to one text; `between` has the separator after each."""
    text: list[str] = []
    places: list[int] = []
    for piece, sign in zip(own, between, strict=True):
        text += (piece.text, sign)
        places += (*piece.places, *[piece.end] * len(sign))
    return _Reading("".join(text), tuple(places))


def _text_readings(own: Sequence[Piece]) -> Iterator[_Reading]:
    """The texts to check: consecutive paragraphs, and each table's rows and columns."""
    cells = [_Cell(piece, _is_digits(piece.text)) for piece in own]
    for is_table, group in groupby(cells, key=lambda cell: cell.piece.row is not None):
        part = list(group)
        yield from _lines_of_table(part) if is_table else _met(part, MET)


class _Cell(NamedTuple):
    """A piece of text, and whether it consists only of a number or part of one."""

    piece: Piece
    is_digits: bool

    @property
    def words(self) -> str:
        return self.piece.text.strip()


def _is_digits(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    plain = fold(text).plain.strip()
    return bool(_DIGITS.fullmatch(plain)) and not _DATE.fullmatch(plain)


def _met(line: Sequence[_Cell], sign: str) -> Iterator[_Reading]:
    """Join adjacent cells: runs of numbers, alone and with the words at either end."""
    filled = [cell for cell in line if cell.words]
    for enough in (all, any):
        pairs = ((a.is_digits, b.is_digits) for a, b in pairwise(filled))
        meet = (sign if enough(pair) else _END for pair in pairs)
        yield _joined_by([cell.piece for cell in filled], [*meet, _END][: len(filled)])


def _lines_of_table(cells: Sequence[_Cell]) -> Iterator[_Reading]:
    rows = [list(group) for _, group in groupby(cells, key=lambda cell: cell.piece.row)]
    counts = [sum(cell.is_digits for cell in row) for row in rows]
    for row in rows:
        above = rows[0] if row is not rows[0] else []
        first = 1 if above and _SERIAL.fullmatch(above[0].words) else 0
        over = zip(above[first:], row[first:], strict=False)
        heads = [head.words for head, cell in over if cell.is_digits]
        yield from _met(row[first:], _sign(heads, row[first:]))
    for at in range(max(map(len, rows))):
        crossing = [(row, count) for row, count in zip(rows, counts, strict=True) if at < len(row)]
        # A column of numbers next to other number columns contains figures.
        if all(count == row[at].is_digits for row, count in crossing):
            labels = [cell for row, _ in crossing if row[at].is_digits for cell in row]
            heads = [head.words for head in rows[0][at : at + 1] if not head.is_digits]
            yield from _met([row[at] for row, _ in crossing], _sign(heads, labels))


def _sign(heads: Sequence[str], labels: Sequence[_Cell]) -> str:
    """The separator between joined cells of a line, given the headings of its numbers and the
    labels next to them.
    """
    said = [*heads, *(cell.words for cell in labels if not cell.is_digits)]
    if any(map(_CODES.search, said)):
        return _END
    if any(map(_FIGURES.search, said)):
        return MET_AS_FIGURES
    if any(map(_CALLED.search, said)) or all(map(_NAMELESS.fullmatch, heads)):
        return MET
    return MET_AS_FIGURES
