"""What must not be published, and slips that a reader would stumble over, found in plain text.

Numbers of persons are the business of `personal_data`; they are shown masked, because a log is
read by more people than a note.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

# What stands alone, and what stands anywhere; their characters may be parted by blanks.
# `_` is blanks, `~` blanks and a line end.
_LEVELS = "[绝机秘]~密"
_WORDS = ("内部资料", "仅供内部", "不得外传", "严禁外传", "注意保密", "注意保存")
# A mark of secrecy, not a talk about secrets: with its star or its term, or alone on a line.
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
# An address, with its scheme or with a domain and a path.
_URL = re.compile(
    r"(?:https?://|(?<![\w@.-])(?:[A-Za-z][A-Za-z0-9-]*\.)+[A-Za-z]{2,6}/)[^\s\u4e00-\u9fff，。；）》”]+"
)

# Where a link or a picture of a text leads.
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
class Finding:
    """A code, where in the text, and what was found.

    What is personal is masked in `found`, and has to be masked from `start` to `end` wherever the
    text is shown.
    """

    code: str
    start: int
    found: str
    end: int | None = None


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The names that a slip of one character is measured against."""

    leaders: tuple[str, ...]
    units: tuple[str, ...]
    full_names: tuple[str, ...]

    def __repr__(self) -> str:
        """A digest stands for all names: what is remembered of a text asks for it each time."""
        return f"Lexicon({self.digest})"

    @functools.cached_property
    def digest(self) -> str:
        names = repr((self.leaders, self.units, self.full_names))
        return hashlib.sha256(names.encode("utf-8", "surrogatepass")).hexdigest()

    @functools.cached_property
    def printed(self) -> Printed:
        """All names of units."""
        return Printed((*self.units, *self.full_names))

    @functools.cached_property
    def leading(self) -> Printed:
        return Printed(self.leaders)

    @functools.cached_property
    def long_units(self) -> Mapping[str, tuple[str, ...]]:
        """The names of units that a slip can be told from, by their first two characters."""
        found: dict[str, list[str]] = {}
        for name in self.units:
            # One change makes Chinese of a name only where no more than one sign is something else.
            if len(name) >= _SHORTEST_UNIT and len(_NO_HAN.findall(name)) < 2:
                found.setdefault(name[:2], []).append(name)
        return {start: tuple(own[:_MOST_LIKE]) for start, own in found.items()}

    @functools.cached_property
    def plain_leaders(self) -> frozenset[str]:
        """Leaders without the blanks that set two characters apart."""
        return frozenset(re.sub("[ 　]", "", name) for name in self.leaders)

    @functools.cached_property
    def like_leaders(self) -> Mapping[str, tuple[str, ...]]:
        """The leaders that a text may be one change away from, by itself or less one character."""
        found: dict[str, tuple[str, ...]] = {}
        for name in sorted(self.plain_leaders):
            for part in _parts(name) if len(name) > 2 else ():
                found[part] = (*found.get(part, ()), name)[:_MOST_LIKE]
        return found


_SHORTEST_UNIT = 5
_NO_HAN = re.compile("[^\u4e00-\u9fff]")
# So many names are compared with one text.
_MOST_LIKE = 200


class Printed:
    """Names, to be found where a text prints one: by their beginning and their length."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {start: sorted(own, reverse=True) for start, own in lengths.items()}
        firsts = "".join(sorted({re.escape(name[0]) for name in self._names if name}))
        self._first = re.compile(f"[{firsts}]" if firsts else "(?!)")

    def at(self, text: str, at: int) -> Iterator[str]:
        """The names that a text prints at a place, the longest first."""
        for length in (*self._lengths.get(text[at : at + 2], ()), *self._lengths.get(text[at], ())):
            if text[at : at + length] in self._names:
                yield text[at : at + length]

    def blanked_in(self, text: str) -> str:
        """The text with blanks for every name; the longest of those that begin at a place."""
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
    """A text, and what it is without any one of its characters."""
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}


def lint(text: str, lexicon: Lexicon) -> tuple[Finding, ...]:
    """Find what must not be published in a text, in order."""
    # Addresses are blanked, and full-width digits folded, without moving anything.
    plain = without_addresses(text).translate(_WIDE)
    found = [finding for rule in (_personal, _unpaired, *_RULES) for finding in rule(plain)]
    addresses = [found.span() for found in _URL.finditer(text)]
    addresses += [found.span(1) for found in _TARGET.finditer(text)]
    handed_on = [one for a, b in dict(addresses).items() for one in _handed_on(text[a:b], a)]
    return joined([*found, *_names_in(plain, lexicon)], handed_on)


def lint_words(text: str, lexicon: Lexicon) -> tuple[Finding, ...]:
    """Find marks of secrecy and slips of names, days and stops in a text as it is shown."""
    plain = without_addresses(text).translate(_WIDE)
    found = [finding for rule in _RULES for finding in rule(plain)]
    return joined([*found, *_names_in(plain, lexicon)], ())


def without_addresses(text: str) -> str:
    """The text with blanks for web addresses; as long as before."""
    return _URL.sub(lambda found: " " * len(found.group()), text)


def _names_in(plain: str, lexicon: Lexicon) -> Iterator[Finding]:
    yield from _near_leaders(plain, lexicon)
    yield from _near_titles(plain, lexicon)
    yield from _near_units(plain, lexicon)


def joined(found: Iterable[Finding], more: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of two readings in order; what both found is told once, as the first told it."""
    kept = {(one.code, one.start): one for one in reversed([*found])}
    taken = {(one.code, at) for one in kept.values() for at in range(one.start, _end(one))}
    for one in more:
        if not any((one.code, at) in taken for at in range(one.start, _end(one))):
            kept.setdefault((one.code, one.start), one)
    return tuple(sorted(kept.values(), key=lambda finding: (finding.start, finding.code)))


def _end(finding: Finding) -> int:
    return finding.start + 1 if finding.end is None else finding.end


def lint_address(text: str) -> tuple[Finding, ...]:
    """Find what must not be published in a value that is a web address as a whole."""
    return tuple(_handed_on(text, 0))


def _handed_on(address: str, at: int) -> Iterator[Finding]:
    if re.search(r"\d|%3", address):
        from jiaozhang.personal_data.web_addresses import numbers_in_address  # here, as below

        for one in numbers_in_address(address):
            yield Finding(one.code, at + one.start, one.shown, at + one.end)


def _personal(text: str) -> Iterator[Finding]:
    from jiaozhang.personal_data.numbers import (
        personal_numbers,
    )  # here, because what was read is remembered

    for number in personal_numbers(text):
        yield Finding(number.code, number.start, number.shown, number.end)


def _secret(text: str) -> Iterator[Finding]:
    if not _MAY_BE_SECRET.search(text):
        return
    from jiaozhang.personal_data.folding import fold  # here, as below

    folded = fold(text)
    for found in _SECRECY.finditer(text):
        yield Finding("secrecy-mark", found.start(1), found[1].strip())
    for found in _SECRECY.finditer(folded.plain):
        yield Finding("secrecy-mark", folded.starts[found.start(1)], found[1].strip())


def _unpaired(text: str) -> Iterator[Finding]:
    """Brackets and quotation marks that do not close in their own paragraph."""
    open_: list[tuple[str, int]] = []
    for at, char in enumerate(text + "\n"):
        if char in _PAIRS.values():
            open_.append((char, at))
        elif char in _PAIRS:
            if open_ and open_[-1][0] == _PAIRS[char]:
                open_.pop()
            # 1） and a） count a list; they close nothing.
            elif not (char == "）" and re.search(r"(^|\s)\w{1,2}$", text[max(at - 4, 0) : at])):
                yield Finding("unpaired", at, char)
        elif char == "\n":
            yield from (Finding("unpaired", where, mark) for mark, where in open_)
            open_ = []


def _doubled(text: str) -> Iterator[Finding]:
    for found in _DOUBLED.finditer(text):
        yield Finding("doubled-punctuation", found.start(), found.group())


def _bad_dates(text: str) -> Iterator[Finding]:
    for found in _DATE.finditer(text):
        # Without a year 29 February may exist; a month alone begins on its first day.
        if not _is_day(found[1] or "2024", found[2], found[3] or "1"):
            yield Finding("bad-date", found.start(), found.group())


_RULES: tuple[Callable[[str], Iterator[Finding]], ...] = (_secret, _doubled, _bad_dates)


def _near_leaders(text: str, lexicon: Lexicon) -> Iterator[Finding]:
    """A name behind a title that is one character off a leader's, and is nobody's own."""
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
            yield Finding("leader-name", found.start(1), f"{given}（{near[0]}）")


def _near_titles(text: str, lexicon: Lexicon) -> Iterator[Finding]:
    """A title beside a leader's name that is one character off, and is no other office."""
    for at in range(len(text)):
        for name in lexicon.leading.at(text, at):
            yield from _near_title(text, at, name)


def _near_title(text: str, at: int, name: str) -> Iterator[Finding]:
    end = at + len(name)
    before, after = text[max(at - 5, 0) : at], text[end : end + 5]
    windows = [w for n in (3, 4, 5, 2) for w in (before[-n:], after[:n]) if len(w) == n]
    if any(window in _OFFICES or window in _TITLES for window in windows):
        return
    near = [(w, title) for w in windows for title in _TITLES if _is_one_edit(w, title)]
    if near:
        yield Finding("leader-name", at, f"{near[0][0]}（{near[0][1]}）")


def _near_units(text: str, lexicon: Lexicon) -> Iterator[Finding]:
    """A unit's name with one character inside it wrong, missing or too many.

    Both ends must agree: what follows a name would otherwise look like a slip of its last one.
    """
    plain = lexicon.printed.blanked_in(text)
    for at in range(len(plain)):
        for name in lexicon.long_units.get(plain[at : at + 2], ()):
            windows = (plain[at : at + len(name) + more] for more in (0, -1, 1))
            near = next((w for w in windows if w[-1:] == name[-1] and _is_slip(w, name)), None)
            if near:
                yield Finding("unit-name", at, f"{near}（{name}）")
                break


def _is_slip(window: str, name: str) -> bool:
    # 和 and 与 are often added or left out; a bracket or quotation mark ends a name.
    is_plain = not _NO_HAN.search(window)
    return is_plain and _is_one_edit(window, name) and set(window) ^ set(name) != {"和"}


def _is_one_edit(one: str, other: str) -> bool:
    """Tell whether one change, one insertion or one deletion turns a text into another."""
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
