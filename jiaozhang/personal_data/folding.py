"""A text in one spelling: every form of a digit as 0–9, every dash as -, unseen marks gone.

A number is written in many spellings: full-width, in circles, in Chinese, cut by dashes, blanks or
a line end, half of it bold. What is searched is a copy in one spelling; each of its characters
knows where it stands in the text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

# Where a masked number has its stars: no digit beside it is one of a whole number.
MASK = "\0"
# In this order: an entity, a comment or a tag, stars (three at most are emphasis, more are a mask),
# marks of Markdown that are not shown, anything that is no plain ASCII.
_ODD = re.compile(
    r"(?P<entity>&(?:#\d{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z]{2,8});)"
    r"|(?P<dropped><!--[^<>]{0,80}?-->|</?[A-Za-z][^<>\n]{0,80}>|(?<!\*)\*{1,3}(?!\*)|~~|`+|\\(?=[!-/:-@\[-`{-~\d\n]))"
    r"|(?P<mask>\*{4,}|[xX]{4,}|[＊×●]{2,})"
    r"|(?P<other>[^\x00-\x7f]|[\t{}])"
)
# Digits that are words or signs, unless eleven and more of one kind stand on end: then a number.
_DIGITS = (
    ("〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789"),
    ("⓪①②③④⑤⑥⑦⑧⑨❶❷❸❹❺❻❼❽❾➀➁➂➃➄➅➆➇➈⒈⒉⒊⒋⒌⒍⒎⒏⒐", "0" + "123456789" * 4),
    ("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789"),
)
# Signs that are typed for the X that ends a resident id.
_LIKE_X = re.compile(r"(?<=\d)([ ./·\n-]{0,3})[×ХхΧχ╳✕](?![0-9A-Za-z])")
# Letters and circles that are typed for a zero, in what else is a mobile number.
_ZERO = str.maketrans("Oo〇○零", "00000")
_ZEROS = re.compile(r"(?<![0-9A-Za-z])1[3-9][0-9Oo〇○零]{9}(?![0-9A-Za-z〇○零])")
_RUNS = tuple(
    (re.compile(rf"[{forms}](?:[ ,·_-]{{0,3}}[{forms}]){{10,}}"), str.maketrans(forms, digits))
    for forms, digits in _DIGITS
)
# Signs that stand for another one between groups of a number; 〔 and 〕 belong to documents.
_SIGNS = {
    **dict.fromkeys("·•・‧∙", "·"),
    **dict.fromkeys("−﹣⁃", "-"),
    **dict.fromkeys("∕⁄", "/"),
    **dict.fromkeys("【{「“", "("),
    **dict.fromkeys("】}」”", ")"),
}


@dataclass(frozen=True, slots=True)
class Folded:
    """`plain` in one spelling; character i of it is `starts[i]`..`ends[i]` of the text."""

    plain: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def fold(text: str) -> Folded:
    """Bring a text to one spelling."""
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece, start, end in _pieces(text):
        if end - start == len(piece):
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:  # an entity, or a character that becomes several
            starts.extend([start] * len(piece))
            ends.extend([end] * len(piece))
        plain.append(piece)
    return Folded(_digits_of_runs("".join(plain)), tuple(starts), tuple(ends))


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """The pieces of a text in one spelling, each with its place; what is dropped is left out."""
    at = 0
    for found in _ODD.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], at, found.start()
        at = found.end()
        piece = _piece(found)
        if piece:
            yield piece, found.start(), at
    if at < len(text):
        yield text[at:], at, len(text)


def _piece(found: re.Match[str]) -> str:
    if found.lastgroup == "dropped":
        return ""
    if found.lastgroup == "mask":
        return MASK
    if found.lastgroup == "entity":
        return "".join(_character(char) for char in html.unescape(found.group()))
    return _character(found.group())


@lru_cache(maxsize=8192)
def _character(char: str) -> str:
    """A character in its plain spelling, or nothing where it is not seen."""
    if char in _SIGNS:
        return _SIGNS[char]
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(char)
    if category in ("Cf", "Mn", "Me"):
        return ""
    if category == "Zs" or char == "\t":
        return " "
    if category == "Pd":
        return "-"
    if any(char in forms for forms, _ in _DIGITS):
        return char
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 and folded.isascii() else char


def _digits_of_runs(plain: str) -> str:
    """Eleven and more Chinese or circled digits on end are a number; fewer are words."""
    plain = _LIKE_X.sub(r"\1X", plain)
    plain = _ZEROS.sub(lambda found: found.group().translate(_ZERO), plain)
    for run, digits in _RUNS:
        plain = run.sub(partial(_translated, digits), plain)
    return plain


# A mobile number; the lengths of one, of resident ids and of one behind 86.
_NUMBER_IN_RUN = re.compile(r"1[3-9](?:[ ·_-]{0,3}\d){9}")
_WHOLE_RUNS = (11, 13, 15, 18)


def _translated(digits: dict[int, int], found: re.Match[str]) -> str:
    """A run as digits; only the number in it where a name or a floor (王五, 一楼) joins it."""
    run = found.group()
    whole = run.translate(digits)
    number = _NUMBER_IN_RUN.search(whole)
    if not number or sum(map(str.isdecimal, whole)) in _WHOLE_RUNS:
        return whole
    start, end = number.span()
    return run[:start] + whole[start:end] + run[end:]
