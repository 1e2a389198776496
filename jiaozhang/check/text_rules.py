"""Find forbidden content and typos in plain text.

Personal numbers are found by `personal_data`; findings show them masked, since logs have more
readers than notes.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

# Marks alone on a line, and marks anywhere; their characters may be separated by spaces.
# In these patterns `_` stands for spaces, `~` for spaces and a line end.
_LEVELS = "[绝机秘]~密"
_WORDS = ("内部资料", "仅供内部", "不得外传", "严禁外传", "注意保密", "注意保存")
# A security classification mark, not a mention of secrets: with a star or a term, or alone.
_SECRECY = re.compile(
    rf"({_LEVELS}~(?:[-·—)）〕\]】」(（〔\[]_)?(?:[★☆✩✭✮✯✰⭐🌟])|{_LEVELS}_[*＊]?_\d+[年月]"
    rf"|^_{_LEVELS}_$|密级[^\w\n]{{0,4}}{_LEVELS}"
    rf"|{'|'.join(map('~'.join, _WORDS))})".replace("_", "[ 　]*").replace("~", "[ 　]*\n?[ 　]*"),
    re.M,
)
_MAY_BE_SECRET = re.compile("[密秘内外存]|&[#a-z]")
_DOUBLED = re.compile(r"[。，、；：？！]{2,}")
_DATE = re.compile(r"(?<!\d)(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,3})日)?")
_TITLED = re.compile(
    r"(?:常务副|副)?(?:市长|区长|秘书长)[ 　]?([\u4e00-\u9fff][ 　]?[\u4e00-\u9fff]{1,2})"
)
# A web address, with its scheme or with a domain and a path.
_URL = re.compile(
    r"(?:https?://|(?<![\w@.-])(?:[A-Za-z][A-Za-z0-9-]*\.)+[A-Za-z]{2,6}/)[^\s\u4e00-\u9fff，。；）》”]+"
)

# The target of a Markdown link or image.
_TARGET = re.compile(r"\]\(\s*<?((?:[^\s()<>]|\([^\s()<>]*\))+)")

_TITLES = ("副市长", "常务副市长", "市委书记", "副秘书长")
_OFFICES = frozenset(
    (
        "市长",
        "书记",
        "秘书长",
        "副区长",
        "副县长",
        "副省长",
        "副局长",
        "副书记",
        "区委书记",
        "县委书记",
    )
)

_PAIRS = {"》": "《", "”": "“", "）": "（", "〕": "〔", "」": "「", "】": "【"}
_WIDE = str.maketrans("０１２３４５６７８９－＋ＸｘＥＧ", "0123456789-+XxEG")


@dataclass(frozen=True, slots=True)
class TextFinding:
    """A finding: its code, its range in the text, and the text found.

    Personal data is masked in `found`, and must be masked from `start` to `end` wherever the text
    is shown.
    """

    code: str
    start: int
    found: str
    end: int | None = None


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The known names, for finding misspellings by one character."""

    leaders: tuple[str, ...]
    units: tuple[str, ...]
    full_names: tuple[str, ...]

    def __repr__(self) -> str:
        """A digest of all names, since every cache key contains this."""
        return f"Lexicon({self.digest})"

    @functools.cached_property
    def digest(self) -> str:
        names = repr((self.leaders, self.units, self.full_names))
        return hashlib.sha256(names.encode("utf-8", "surrogatepass")).hexdigest()

    @functools.cached_property
    def printed(self) -> PrintedNames:
        """All names of units."""
        return PrintedNames((*self.units, *self.full_names))

    @functools.cached_property
    def leading(self) -> PrintedNames:
        return PrintedNames(self.leaders)

    @functools.cached_property
    def long_units(self) -> Mapping[str, tuple[str, ...]]:
        """Names of units long enough to recognise a misspelling, by their first two characters."""
        found: dict[str, list[str]] = {}
        for name in self.units:
            # If at most one character of a name is not Chinese, one change can make it all Chinese.
            if len(name) >= _SHORTEST_UNIT and len(_NO_HAN.findall(name)) < 2:
                found.setdefault(name[:2], []).append(name)
        return {start: tuple(own[:_MOST_LIKE]) for start, own in found.items()}

    @functools.cached_property
    def plain_leaders(self) -> frozenset[str]:
        """Leaders' names without the spaces between two characters."""
        return frozenset(re.sub("[ 　]", "", name) for name in self.leaders)

    @functools.cached_property
    def like_leaders(self) -> Mapping[str, tuple[str, ...]]:
        """Index from names, and names without one character, to the leaders they may mean."""
        found: dict[str, tuple[str, ...]] = {}
        for name in sorted(self.plain_leaders):
            for part in _parts(name) if len(name) > 2 else ():
                found[part] = (*found.get(part, ()), name)[:_MOST_LIKE]
        return found


_SHORTEST_UNIT = 5
_NO_HAN = re.compile("[^\u4e00-\u9fff]")
# The maximum of names compared with one text.
_MOST_LIKE = 200


class PrintedNames:
    """An index of names, by prefix and length, to find them in a text."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {start: sorted(own, reverse=True) for start, own in lengths.items()}
        firsts = "".join(sorted({re.escape(name[0]) for name in self._names if name}))
        self._first = re.compile(f"[{firsts}]" if firsts else "(?!)")

    def at(self, text: str, at: int) -> Iterator[str]:
        """The names that begin at a position of a text, longest first."""
        for length in (*self._lengths.get(text[at : at + 2], ()), *self._lengths.get(text[at], ())):
            if text[at : at + length] in self._names:
                yield text[at : at + length]

    def found_in(self, text: str) -> Iterator[tuple[int, str]]:
        """The names in a text with their positions, longest first at each."""
        for found in self._first.finditer(text):
            for name in self.at(text, found.start()):
                yield found.start(), name

    def blanked_in(self, text: str) -> str:
        """The text with every name replaced by spaces; the longest of those at a position."""
        pieces: list[str] = []
        end = 0
        for found in self._first.finditer(text):
            start = found.start()
            name = next(self.at(text, start), "") if start >= end else ""
            if name:
                pieces += text[end:start], " " * len(name)
                end = start + len(name)
        return "".join((*pieces, text[end:]))


def _parts(text: str) -> set[str]:
    """A text, and all versions of it without one character."""
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}


def lint(text: str, lexicon: Lexicon) -> tuple[TextFinding, ...]:
    """Find forbidden content in a text; findings are in order."""
    # Addresses become spaces and full-width digits are folded, without changing positions.
    plain = without_addresses(text).translate(_WIDE)
    found = [finding for rule in (_personal, _unpaired, *_RULES) for finding in rule(plain)]
    addresses = [found.span() for found in _URL.finditer(text)]
    addresses += [found.span(1) for found in _TARGET.finditer(text)]
    handed_on = [one for a, b in dict(addresses).items() for one in _handed_on(text[a:b], a)]
    return joined([*found, *_names_in(plain, lexicon)], handed_on)


def lint_words(text: str, lexicon: Lexicon) -> tuple[TextFinding, ...]:
    """Find classification marks, misspelt names, wrong dates and punctuation in rendered text."""
    plain = without_addresses(text).translate(_WIDE)
    found = [finding for rule in _RULES for finding in rule(plain)]
    return joined([*found, *_names_in(plain, lexicon)], ())


def without_addresses(text: str) -> str:
    """The text with web addresses replaced by spaces; same length."""
    return _URL.sub(lambda found: " " * len(found.group()), text)


def _names_in(plain: str, lexicon: Lexicon) -> Iterator[TextFinding]:
    yield from _near_leaders(plain, lexicon)
    yield from _near_titles(plain, lexicon)
    yield from _near_units(plain, lexicon)


def joined(found: Iterable[TextFinding], more: Iterable[TextFinding]) -> tuple[TextFinding, ...]:
    """Merge two sequences of findings in order; of duplicates the first is kept."""
    kept = {(one.code, one.start): one for one in reversed([*found])}
    taken = {(one.code, at) for one in kept.values() for at in range(one.start, _end(one))}
    for one in more:
        if not any((one.code, at) in taken for at in range(one.start, _end(one))):
            kept.setdefault((one.code, one.start), one)
    return tuple(sorted(kept.values(), key=lambda finding: (finding.start, finding.code)))


def _end(finding: TextFinding) -> int:
    return finding.start + 1 if finding.end is None else finding.end


def lint_address(text: str) -> tuple[TextFinding, ...]:
    """Find forbidden content in a value that is a web address."""
    return tuple(_handed_on(text, 0))


def _handed_on(address: str, at: int) -> Iterator[TextFinding]:
    if re.search(r"\d|%3", address):
        from jiaozhang.personal_data.web_addresses import numbers_in_address  # here, as below

        for one in numbers_in_address(address):
            yield TextFinding(one.code, at + one.start, one.shown, at + one.end)


def _personal(text: str) -> Iterator[TextFinding]:
    from jiaozhang.personal_data.numbers import (
        personal_numbers,
    )  # here, because what was read is remembered

    for number in personal_numbers(text):
        yield TextFinding(number.code, number.start, number.shown, number.end)


def _secret(text: str) -> Iterator[TextFinding]:
    if not _MAY_BE_SECRET.search(text):
        return
    from jiaozhang.personal_data.folding import fold  # here, as below

    folded = fold(text)
    for found in _SECRECY.finditer(text):
        yield TextFinding("secrecy-mark", found.start(1), found[1].strip())
    for found in _SECRECY.finditer(folded.plain):
        yield TextFinding("secrecy-mark", folded.starts[found.start(1)], found[1].strip())


def _unpaired(text: str) -> Iterator[TextFinding]:
    """Brackets and quotation marks without a counterpart in their paragraph."""
    open_: list[tuple[str, int]] = []
    for at, char in enumerate(text + "\n"):
        if char in _PAIRS.values():
            open_.append((char, at))
        elif char in _PAIRS:
            if open_ and open_[-1][0] == _PAIRS[char]:
                open_.pop()
            # 1） and a） are list markers, not closing brackets.
            elif not (char == "）" and re.search(r"(^|\s)\w{1,2}$", text[max(at - 4, 0) : at])):
                yield TextFinding("unpaired", at, char)
        elif char == "\n":
            yield from (TextFinding("unpaired", where, mark) for mark, where in open_)
            open_ = []


def _doubled(text: str) -> Iterator[TextFinding]:
    for found in _DOUBLED.finditer(text):
        yield TextFinding("doubled-punctuation", found.start(), found.group())


def _bad_dates(text: str) -> Iterator[TextFinding]:
    for found in _DATE.finditer(text):
        # Without a year 29 February is allowed; a month alone is tested with its first day.
        if not _is_day(found[1] or "2024", found[2], found[3] or "1"):
            yield TextFinding("bad-date", found.start(), found.group())


_RULES: tuple[Callable[[str], Iterator[TextFinding]], ...] = (_secret, _doubled, _bad_dates)


def _near_leaders(text: str, lexicon: Lexicon) -> Iterator[TextFinding]:
    """A name after a title that differs from a leader's by one character and is no other known
    name.
    """
    known = lexicon.plain_leaders
    for found in _TITLED.finditer(text):
        given = re.sub("[ 　]", "", found[1])
        heads = [given[:length] for length in range(len(given) + 1)]
        if known.intersection(heads):
            continue
        parts = {part for head in heads[2:] for part in _parts(head)}
        like = {name for part in sorted(parts) for name in lexicon.like_leaders.get(part, ())}
        near = [name for name in sorted(like) if _is_one_edit(given[: len(name)], name)]
        if near:
            yield TextFinding("leader-name", found.start(1), f"{given}（{near[0]}）")


def _near_titles(text: str, lexicon: Lexicon) -> Iterator[TextFinding]:
    """A title next to a leader's name that is one character off, and is no other office."""
    for at, name in lexicon.leading.found_in(text):
        yield from _near_title(text, at, name)


def _near_title(text: str, at: int, name: str) -> Iterator[TextFinding]:
    end = at + len(name)
    before, after = text[max(at - 5, 0) : at], text[end : end + 5]
    windows = [w for n in (3, 4, 5, 2) for w in (before[-n:], after[:n]) if len(w) == n]
    if any(window in _OFFICES or window in _TITLES for window in windows):
        return
    near = [(w, title) for w in windows for title in _TITLES if _is_one_edit(w, title)]
    if near:
        yield TextFinding("leader-name", at, f"{near[0][0]}（{near[0][1]}）")


def _near_units(text: str, lexicon: Lexicon) -> Iterator[TextFinding]:
    """A unit's name with one character inside it wrong, missing or added.

    Both ends must match, or text after a name would look like a wrong last character.
    """
    plain = lexicon.printed.blanked_in(text)
    for at in range(len(plain)):
        for name in lexicon.long_units.get(plain[at : at + 2], ()):
            windows = (plain[at : at + len(name) + more] for more in (0, -1, 1))
            near = next((w for w in windows if w[-1:] == name[-1] and _is_slip(w, name)), None)
            if near:
                yield TextFinding("unit-name", at, f"{near}（{name}）")
                break


def _is_slip(window: str, name: str) -> bool:
    # 和 and 与 are often added or omitted; a bracket or quotation mark ends a name.
    is_plain = not _NO_HAN.search(window)
    return is_plain and _is_one_edit(window, name) and set(window) ^ set(name) != {"和"}


def _is_one_edit(one: str, other: str) -> bool:
    """Tell whether one substitution, insertion or deletion turns one text into the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    at = next((i for i, char in enumerate(shorter) if char != longer[i]), len(shorter))
    rest = shorter[at + 1 :] if len(shorter) == len(longer) else shorter[at:]
    return rest == longer[at + 1 :]


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
