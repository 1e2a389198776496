"""Normalise text for the search for numbers: digits to 0–9, dashes to -, no invisible marks.

Numbers occur full-width, circled, in Chinese, split by dashes, spaces or line ends, half bold. The
search runs on a normalised copy, which maps each character to its range in the original.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

# Replaces the stars of a masked number: digits next to it are no whole number.
MASK = "\0"
# In this order: an entity, a comment or tag, stars (up to three are emphasis, more a mask),
# invisible Markdown markup, any non-ASCII character.
_ODD = re.compile(
    r"(?P<entity>&(?:#\d{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z]{2,8});)"
    r"|(?P<dropped><!--[^<>]{0,80}?-->|</?[A-Za-z][^<>\n]{0,80}>|(?<!\*)\*{1,3}(?!\*)|~~|`+|\\(?=[!-/:-@\[-`{-~\d\n]))"
    r"|(?P<mask>\*{4,}|[xX]{4,}|[＊×●]{2,})"
    r"|(?P<other>[^\x00-\x7f]|[\t{}])"
)
# Chinese or circled digits: words, unless eleven or more of one kind are consecutive.
_DIGITS = (
    ("〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789"),
    ("⓪①②③④⑤⑥⑦⑧⑨❶❷❸❹❺❻❼❽❾➀➁➂➃➄➅➆➇➈⒈⒉⒊⒋⒌⒍⒎⒏⒐", "0" + "123456789" * 4),
    ("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789"),
)
# Characters typed instead of the final X of a resident id.
_LIKE_X = re.compile(r"(?<=\d)([ ./·\n-]{0,3})[×ХхΧχ╳✕](?![0-9A-Za-z])")
# Characters typed instead of zero in what otherwise is a mobile number.
_ZERO = str.maketrans("Oo〇○零", "00000")
_ZEROS = re.compile(r"(?<![0-9A-Za-z])1[3-9][0-9Oo〇○零]{9}(?![0-9A-Za-z〇○零])")
_RUNS = tuple(
    (re.compile(rf"[{forms}](?:[ ,·_-]{{0,3}}[{forms}]){{10,}}"), str.maketrans(forms, digits))
    for forms, digits in _DIGITS
)
# Variants of separators between groups of a number; 〔 and 〕 belong to document numbers.
_SIGNS = {
    **dict.fromkeys("·•・‧∙", "·"),
    **dict.fromkeys("−﹣⁃", "-"),
    **dict.fromkeys("∕⁄", "/"),
    **dict.fromkeys("【{「“", "("),
    **dict.fromkeys("】}」”", ")"),
}


@dataclass(frozen=True, slots=True)
class Folded:
    """`plain` is the normalised text; its character i is `starts[i]`..`ends[i]` of the original."""

    plain: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def fold(text: str) -> Folded:
    """Normalise a text."""
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece, start, end in _pieces(text):
        if end - start == len(piece):
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:  # an entity, or a character with several replacements
            starts.extend([start] * len(piece))
            ends.extend([end] * len(piece))
        plain.append(piece)
    return Folded(_digits_of_runs("".join(plain)), tuple(starts), tuple(ends))


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """The normalised pieces of a text, each with its range; dropped ones are omitted."""
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
    """The normalised character; empty if invisible."""
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
    """Convert runs of eleven or more Chinese or circled digits; shorter ones are words."""
    plain = _LIKE_X.sub(r"\1X", plain)
    plain = _ZEROS.sub(lambda found: found.group().translate(_ZERO), plain)
    for run, digits in _RUNS:
        plain = run.sub(partial(_translated, digits), plain)
    return plain


# Pattern of a mobile number; lengths of mobile numbers, resident ids, and numbers after 86.
_NUMBER_IN_RUN = re.compile(r"1[3-9](?:[ ·_-]{0,3}\d){9}")
_WHOLE_RUNS = (11, 13, 15, 18)


def _translated(digits: dict[int, int], found: re.Match[str]) -> str:
    """A run as digits; if a name or floor (王五, 一楼) is attached, only the number in it."""
    run = found.group()
    whole = run.translate(digits)
    number = _NUMBER_IN_RUN.search(whole)
    if not number or sum(map(str.isdecimal, whole)) in _WHOLE_RUNS:
        return whole
    start, end = number.span()
    return run[:start] + whole[start:end] + run[end:]
