"""The first sentence of a rendered text, cut off as its heading; nothing is lost or said twice."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from markupsafe import Markup

from jiaozhang.markdown.prose import to_html
from jiaozhang.markdown.visible_text import TAG, text_of

_CLOSES = dict(zip("“‘「『《〈（(【〔[", "”’」』》〉）)】〕]", strict=True))
_ENDS = "。！？"
# What follows a Latin mark that ends a sentence: not in 3.5 or No. 5, nor in an address.
_AFTER_LATIN = {
    ".": re.compile(r"\s*(?:$|<)|\s+(?![0-9a-z\s])"),
    "!": re.compile(r"$|[\s<]|[^\x00-\x7f]"),
    "?": re.compile(r"$|[\s<]|[^\x00-\x7f]"),
}
_VOID = frozenset({"br", "img"})
_FIRST = re.compile(r"\s*<(p|h[4-6])>(.*?)</\1>", re.DOTALL)
# What still belongs to a sentence after its end: more marks, and references to footnotes.
_AFTER = re.compile(rf"[{_ENDS}!?]*(?:\s*<sup[ >].*?</sup>)*", re.DOTALL)
_BREAK = re.compile(r"^\s*(?:<br ?/?>)?\s*")


def split_first(html: Markup) -> tuple[Markup, Markup]:
    """The first sentence of a text's first paragraph or heading, as inline HTML, and the rest.

    A sentence does not end within a quotation, a bracket, a number or marked words. The first is
    empty where the text begins with something else: a list, a quotation, a table or a picture.
    `html` is the output of `prose.to_html`.
    """
    first = _FIRST.match(html)
    if first is None:
        return Markup(), html
    block, inner = first[1], first[2]
    end = len(inner) if block != "p" else _Reader(inner).end()
    if "<img" in inner[:end] or not TAG.sub("", inner[:end]).strip():
        return Markup(), html
    rest = _BREAK.sub("", inner[end:], 1)
    left = f"<{block}>{rest}</{block}>" if rest else ""
    # Both are pieces of cleaned HTML, cut where no element is open.
    return Markup(inner[:end].strip()), Markup(left + str(html)[first.end() :])  # noqa: S704


_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|tr|pre)>")
_LIST_TAG = re.compile(r"<(?:[ou]l|li)\b[^>]*>")


@functools.lru_cache(maxsize=4096)
def first_sentence(text: str) -> str:
    """The first sentence of a Markdown text without markup; of a list its first item."""
    html = to_html(text)
    heading = split_first(html)[0] or _LIST_TAG.sub("", _BLOCK_END.split(html, maxsplit=1)[0])
    return " ".join(text_of(heading, has_marks=False).split())


@dataclass(slots=True)
class _Reader:
    """Reads a paragraph up to the end of its first sentence.

    `_open` are the closing marks of quotations that are open, `_depth` counts elements, `_last` is
    the character before, but for blanks.
    """

    inner: str
    _open: list[str] = field(default_factory=list)
    _depth: int = 0
    _last: str = ""
    _is_sentence: bool = False  # the open quotation is a sentence of its own
    _is_ended: bool = False  # a sentence ended within an element that is still open

    def end(self) -> int:
        at = 0
        for tag in TAG.finditer(self.inner):
            found = self._in_text(at, tag.start())
            if found is None and self._ends_with(tag):
                found = tag.end()
            if found is not None:
                return self._whole(found)
            at = tag.end()
        found = self._in_text(at, len(self.inner))
        return len(self.inner) if found is None else self._whole(found)

    def _whole(self, end: int) -> int:
        after = _AFTER.match(self.inner, end)
        return after.end() if after else end

    def _ends_with(self, tag: re.Match[str]) -> bool:
        """Tell whether a tag closes marked words that are a sentence."""
        if tag[2] in _VOID:
            return False
        self._depth += -1 if tag[1] else 1
        return bool(tag[1]) and not self._depth and self._is_ended

    def _in_text(self, start: int, end: int) -> int | None:
        for at in range(start, end):
            char = self.inner[at]
            if char.isspace():
                continue
            self._is_ended = self._is_end(char, at)
            self._last = char
            if self._is_ended and not self._depth:
                return at + 1
        return None

    def _is_end(self, char: str, at: int) -> bool:
        if self._open and char == self._open[-1]:
            self._open.pop()
            return not self._open and self._is_sentence and self._last in _ENDS
        if char in _CLOSES or char == '"':
            if not self._open:
                self._is_sentence = self._last in ("", "：", ":")
            self._open.append(_CLOSES.get(char, char))
            return False
        after = _AFTER_LATIN.get(char)
        is_end = char in _ENDS or (after is not None and bool(after.match(self.inner, at + 1)))
        return is_end and not self._open
