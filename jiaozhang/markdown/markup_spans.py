"""Find the markup characters within a paragraph: the second part of `conservation`.

It removes markup kind by kind; whatever remains must be visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jiaozhang.files.urls import is_address, is_inside

_MOST_OPEN = 8
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BEHIND = re.compile(
    r"\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>(?:[^\s()<>]|\([^\s()<>]*\))+))"
    r"(?:\s+(?P<quote>[\"'])(?P<title>(?:(?!(?P=quote))[^\n])*)(?P=quote))?\s*\)"
)
_BEGINS = re.compile(r"!\[|\[|<")
_CUT = re.compile(r"<br ?/?>", re.IGNORECASE)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")
_MARK = re.compile(r"\[\^([\w-]+)\]")
_IN_WORD = re.compile(r"[0-9A-Za-z]")
# A single asterisk between these is a multiplication sign; characters at the ends of emphasis.
_TIMES = re.compile(r"(?:[^\W_]|[)）%％])\d|\d(?:[^\W_]|[(（])|[)）%％][(（]")
_STARTS = re.compile(r"[^\s，。、；：！？）》」』】〕”’]")
_ENDS = re.compile(r"[^\s（《「『【〔“‘]")
_TICK = re.compile(r"[\\`]")
_FILLED = re.compile(r"\S")
# Placeholder for a non-markup character during the search for markup.
_LETTER = "\0"


def literals(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of code spans, and of a backslash with the punctuation after it."""
    if "`" not in text and "\\" not in text:
        return
    left = _ticks(text)
    at = 0
    while found := _TICK.search(text, at):
        start = found.start()
        escaped = _ESCAPED.match(text, start)
        if escaped:
            at = escaped.end()
            yield start, at
        elif text[start] == "`":
            at = start + 1
            while text[at : at + 1] == "`":
                at += 1
            close = _next_one(left.get(at - start, []), at)
            if close and _FILLED.search(text, at, close):
                at = close + at - start
                yield start, at
        else:
            at = start + 1


def _ticks(text: str) -> dict[int, list[int]]:
    """The start of runs of backticks by length, last one first."""
    found: dict[int, list[int]] = {}
    for run in reversed([*re.finditer("`+", text)]):
        found.setdefault(len(run[0]), []).append(run.start())
    return found


def _next_one(runs: list[int], at: int) -> int:
    """The first run at or after `at`, removing earlier ones; 0 if there is none."""
    while runs and runs[-1] < at:
        runs.pop()
    return runs[-1] if runs else 0


class Struck:
    """The removed characters of a run, and replacements displayed before some of them."""

    def __init__(self, text: str, order: Mapping[str, str], is_cell: bool) -> None:
        self.text = text
        self.order = order
        self.is_cell = is_cell
        self.kept = [True] * len(text)
        self.instead: dict[int, str] = {}
        # Positions of pairs of single asterisks.
        self.slanted: list[tuple[int, int]] = []
        # The text in which markup may still be found.
        self.open = list(text)
        # Asterisks pair only within one piece: the text of a link is one.
        self.pieces = [0] * len(text)
        for start, end in literals(text):
            self._literal(start, end)
        self._brackets()
        self._asterisks()

    def _literal(self, start: int, end: int) -> None:
        if self.text[start] == "\\":
            self._strike(start, start + 1)
        else:
            ticks = len(self.text[start:end]) - len(self.text[start:end].lstrip("`"))
            self._strike(start, start + ticks)
            self._strike(end - ticks, end)
        self._close(start, end)

    def _strike(self, start: int, end: int) -> None:
        self.kept[start:end] = [False] * (end - start)

    def _close(self, start: int, end: int) -> None:
        """Exclude a range from the search for markup."""
        self.open[start:end] = [_LETTER] * (end - start)

    def _brackets(self) -> None:
        plain = "".join(self.open)
        ends = _pairs(plain)
        address = (0, 0)  # range of the current or last link
        at = 0
        while found := _BEGINS.search(plain, at):
            at = found.start()
            if address[0] <= at < address[1]:
                at = address[1]
            elif found[0] == "<":
                at = self._angle(at, at < address[0])
            elif found[0] == "![":
                at = self._image(at, ends.get(at + 1))
            elif at < address[0]:
                at += 1
            else:
                mark = self._mark(at)
                address = address if mark else self._link(at, ends.get(at)) or address
                at = mark or at + 1

    def _angle(self, at: int, in_link: bool) -> int:
        cut = _CUT.match(self.text, at) if self.is_cell else None
        if cut:
            self._strike(at, cut.end())
            self.instead[at] = "\n"
            return cut.end()
        link = _AUTOLINK.match(self.text, at)
        if not link or in_link or not is_address(link[1]):
            return at + 1
        self._strike(at, at + 1)
        self._strike(link.end() - 1, link.end())
        self._close(at, link.end())
        return link.end()

    def _mark(self, at: int) -> int | None:
        mark = _MARK.match(self.text, at)
        if not mark or mark[1] not in self.order:
            return None
        self.instead[at] = self.order[mark[1]]
        self._strike(at, mark.end())
        self._close(at, mark.end())
        return mark.end()

    def _image(self, at: int, end: int | None) -> int:
        behind = _BEHIND.match(self.text, end + 1) if end else None
        if not end or not behind:
            return at + 1
        words = range(at + 2, end)
        for place in words:
            self.kept[place] = True
        for escaped in _ESCAPED.finditer(self.text, at + 2, end):
            self.kept[escaped.start()] = False
        self._strike(at, at + 2)
        self._address(end, behind)
        self._close(at, behind.end())
        return behind.end()

    def _link(self, at: int, end: int | None) -> tuple[int, int] | None:
        behind = _BEHIND.match(self.text, end + 1) if end else None
        if not end or not behind or not _FILLED.search(self.text, at + 1, end):
            return None
        name = behind["angled"] if behind["plain"] is None else behind["plain"]
        if not (is_address(name.strip()) or is_inside(name.strip())):
            return None
        self._strike(at, at + 1)
        self._address(end, behind)
        self._close(end, behind.end())
        self.pieces[at + 1 : end] = [at + 1] * (end - at - 1)
        return end, behind.end()

    def _address(self, end: int, behind: re.Match[str]) -> None:
        """Remove the URL; a title after it must be visible."""
        self._strike(end, behind.end())
        for place in range(*behind.span("title")):
            self.kept[place] = True

    def _asterisks(self) -> None:
        begun: dict[int, list[re.Match[str]]] = {}
        for run in re.finditer(r"\*+", "".join(self.open)):
            before = self.text[: run.start()][-1:]
            after = self.text[run.end() : run.end() + 1]
            if len(run[0]) > 3 or (_IN_WORD.match(before) and _IN_WORD.match(after)):
                continue
            if len(run[0]) == 1 and _TIMES.fullmatch(before + after):
                continue
            waiting = begun.setdefault(self.pieces[run.start()], [])
            own = [nth for nth, one in enumerate(waiting) if one[0] == run[0]]
            if own and _ENDS.match(before):
                first = waiting[own[-1]]
                self._strike(*first.span())
                self._strike(*run.span())
                if len(run[0]) == 1:
                    self.slanted.append((first.start(), run.start()))
                del waiting[own[-1] :]
            elif _STARTS.match(after) and len(waiting) < _MOST_OPEN:
                waiting.append(run)


def _pairs(plain: str) -> dict[int, int]:
    """Map each opening bracket to its closing one."""
    found: dict[int, int] = {}
    begun: list[int] = []
    for bracket in re.finditer(r"[\[\]]", plain):
        if bracket[0] == "[":
            begun.append(bracket.start())
        elif begun:
            found[begun.pop()] = bracket.start()
    return found
