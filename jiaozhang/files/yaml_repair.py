"""Guess what was meant by a line that YAML cannot parse, or parses as something else.

A guess is a line and the name of the mistake. The caller (`yaml_tree`) tries guesses by parsing the
file again; this module does not decide which is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

ODD_SPACE = "\u3000\u00a0"
_NAME = r"[A-Za-z_\u4e00-\u9fff][\w-]*"
_KEY = rf" *(?:- +)*{_NAME}"
_ENTRY = re.compile(
    rf"(?P<head> *(?:- +)*(?:{_NAME}: +|(?<=- )))(?P<value>\S.*?)(?P<tail>(?:  +#.*)?)$"
)
_PAIR = re.compile(
    rf"(?P<head>[{{,] *{_NAME}: +)(?P<value>\S.*?)(?= *(?:, *{_NAME}:(?: |$)|}}+ *(?:#.*)?$))"
)
_ITEM = re.compile(r"(?P<head>[\[,] *)(?P<value>[@%`&*!|>#][^,\]]*)(?=[,\]])")
_BRACKETS = str.maketrans("［］｛｝", "[]{}")
_PAIRS = {"[": "]", "{": "}"}
_NO_BLANKS = ("不空格", "without spaces")
# YAML's indicator characters and their meanings, in both languages.
_SIGNS = {
    "[": ("以 [ 开头，会被当成列表", "starts with [ and is read as a list"),
    "{": ("以 { 开头，会被当成“键: 值”", "starts with { and is read as `key: value`"),
    ">": ("以 > 开头，会被当成多行文字的记号", "starts with >, which marks folded text"),
    "|": ("以 | 开头，会被当成多行文字的记号", "starts with |, which marks a block of text"),
    "#": ("以 # 开头，会被当成注释", "starts with # and is read as a comment"),
    "-": ("以 - 开头，会被当成列表的一项", "starts with - and is read as a list item"),
    "[]": (
        "里面有方括号或花括号，会被当成列表或“键: 值”",
        "contains brackets and is read as a list or as `key: value`",
    ),
    '"': ("只有一部分在引号里", "is only partly quoted"),
    "'": ("只有一部分在引号里", "is only partly quoted"),
    ":": (
        "里面有“: ”（冒号加空格），会被当成“键: 值”",
        "contains “: ” and is read as `key: value`",
    ),
}


@dataclass(frozen=True, slots=True)
class Guess:
    """A line as it was probably meant; the code, column and facts of the mistake."""

    code: str
    line: str
    column: int
    facts: dict[str, str] = field(default_factory=dict)


def guesses(line: str, above: Sequence[str]) -> Iterator[Guess]:
    """Every way in which a line may have been meant, likeliest first.

    `above` are the preceding lines, for their indentation.
    """
    yield from _keyboard(line, above)
    yield from _commas(line)
    parts = (_closed, _quoted_values) if _is_left_open(line) else (_quoted_values, _closed)
    for part in parts:
        yield from part(line)
    yield from _others(line, above)


def needs_quotes(line: str, column: int) -> Guess | None:
    """The guess that the value at a column (from 1) is a string without its quotation marks."""
    own = [one for one in _quoted_values(line, is_text=True) if one.column == column]
    return own[0] if own else None


def slip(line: str) -> str:
    """The mistake of a Chinese keyboard in a line, or an empty string."""
    return next((code for code, pattern, _ in _SLIPS if pattern.match(line)), "")


def respelt(line: str) -> str:
    """A line with the mistake of a Chinese keyboard corrected."""
    return next((mend(line) for _, pattern, mend in _SLIPS if pattern.match(line)), line)


def _plain_blanks(line: str) -> str:
    at = len(line) - len(line.lstrip(" " + ODD_SPACE))
    indent = re.sub("[\u3000]", "  ", line[:at]).replace("\u00a0", " ")
    return indent + re.sub(rf"^({_KEY}:)[ {ODD_SPACE}]+", r"\1 ", line[at:])


_SLIPS = (
    (
        "odd-space",
        re.compile(rf"{_KEY}: *[{ODD_SPACE}]| *[{ODD_SPACE}]|{_KEY}: *$(?<=[{ODD_SPACE}])"),
        _plain_blanks,
    ),
    (
        "fullwidth-colon",
        re.compile(rf"{_KEY} *："),
        lambda line: re.sub(rf"^({_KEY}) *：[ {ODD_SPACE}]*", r"\1: ", line).rstrip(),
    ),
    (
        "missing-space",
        re.compile(rf"{_KEY}:[^\s/]|.*[{{,] *[A-Za-z_]\w*:[^\s/{{}}\[\],]"),
        lambda line: re.sub(
            rf"^({_KEY}:)(?=[^\s/])|([{{,] *[A-Za-z_]\w*:)(?=[^\s/{{}}\[\],])",
            lambda found: f"{found[1] or found[2]} ",
            line,
        ),
    ),
    ("tab-indent", re.compile(r" *\t"), lambda line: _without_tabs(line)),
)


def _without_tabs(line: str) -> str:
    text = line.lstrip(" \t")
    return line[: len(line) - len(text)].replace("\t", "  ") + text


def _keyboard(line: str, above: Sequence[str]) -> Iterator[Guess]:
    code = slip(line)
    if not code:
        return
    column = len(line) - len(line.lstrip()) + 1
    mended = respelt(line)
    yield Guess(code, mended, column, {"line": line.strip()[:40], "mended": mended.strip()})
    if code == "tab-indent":
        for indent in _indents(above):
            again = indent + mended.lstrip()
            yield Guess(code, again, column, {"line": line.strip()[:40], "mended": again.strip()})


def _commas(line: str) -> Iterator[Guess]:
    """Chinese commas in a flow map: `{id: a，kind: complete}`."""
    pattern = r"[，、；;] *(?=[A-Za-z_]\w*[ ]?[:：])"
    found = re.search(pattern, line)
    if found and "{" in line[: found.start()]:
        mended = re.sub(pattern, ", ", line)
        mended = re.sub(r"([{,] *[A-Za-z_]\w*) ?： *", r"\1: ", mended)
        facts = {"mark": found[0].strip(), "mended": mended.strip()}
        yield Guess("comma-between-keys", mended, found.start() + 1, facts)
    colons = re.sub(r"([{,] *[A-Za-z_]\w*) ?： *", r"\1: ", line)
    if colons != line:
        at = re.search(r"[{,] *[A-Za-z_]\w* ?：", line)
        facts = {"line": line.strip()[:40], "mended": colons.strip()}
        yield Guess("fullwidth-colon", colons, at.end() if at else 1, facts)


def _quoted_values(line: str, *, is_text: bool = False) -> Iterator[Guess]:
    """Quote a value that begins with a YAML indicator."""
    entry = _ENTRY.match(line)
    if entry and (is_text or _sign(entry["value"])):
        yield _quoted(line, entry, _sign(entry["value"]) or entry["value"][0])
    for pattern in (_PAIR, _ITEM):
        for found in pattern.finditer(line):
            value = found["value"]
            inside = "[]" if re.search(r"[\[\]{}]", value) else ""
            sign = _sign(value) or (value[0] if value[0] in "[{" else inside)
            if sign or is_text:
                yield _quoted(line, found, sign or value[0])


def _quoted(line: str, found: re.Match[str], sign: str) -> Guess:
    value = found["value"]
    start, end = found.span("value")
    mended = line[:start] + _in_quotes(value) + line[end:]
    why, why_en = _SIGNS.get(
        sign, (f"以 {sign} 开头，会被当成 YAML 的记号", f"starts with {sign}, a YAML indicator")
    )
    facts = {"value": value[:40], "why": why, "why_en": why_en, "mended": mended.strip()}
    return Guess("needs-quotes", mended, start + 1, facts)


def _in_quotes(value: str) -> str:
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False)


def _sign(value: str) -> str:
    """The indicator that makes YAML misread a plain string, or an empty string."""
    first = value[0]
    if first in "[{":
        end = _end_of_flow(value)
        return first if end is None or value[end:].strip() else ""
    if first in "\"'":
        is_whole = re.fullmatch(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'', value)
        return "" if is_whole else first
    if first in "]},>|!&*@%`#" or re.match(r"[-?](?= )", value):
        return first
    return ":" if re.search(r":(?=\s|$)", value) else ""


def _end_of_flow(value: str) -> int | None:
    """The index at which the bracket that begins a value is closed, or None."""
    open_: list[str] = []
    for at, char in enumerate(value):
        if char in _PAIRS:
            open_.append(_PAIRS[char])
        elif open_ and char == open_[-1]:
            open_.pop()
            if not open_:
                return at + 1
    return None


def _is_left_open(line: str) -> bool:
    """Tell whether a value lacks the closing bracket or quotation mark that it opened."""
    entry = _ENTRY.match(line)
    value = entry["value"] if entry else ""
    if value[:1] in ('"', "'"):
        return value.count(value[0]) % 2 == 1
    return value[:1] in _PAIRS and _end_of_flow(value) is None and bool(re.search("[,:]", value))


def _closed(line: str) -> Iterator[Guess]:
    """Close brackets and quotation marks that were not closed, or closed in full width."""
    narrow = line.translate(_BRACKETS)
    if narrow != line:
        at = next(i for i, char in enumerate(line) if narrow[i] != char)
        facts = {"mark": line[at], "mended": narrow.strip()}
        yield Guess("fullwidth-bracket", narrow, at + 1, facts)
    entry = _ENTRY.match(line)
    body = line[: entry.end("value")] if entry else line.rstrip()
    tail = line[len(body) :]
    for mark in ('"', "'"):
        if body.count(mark) % 2:
            for end in (mark, *(f"{mark}{more}" for more in ("}", "]", "}]"))):
                yield _closing(line, body, tail, mark, body.index(mark), end)
    yield from _brackets(line, body, tail)


def _brackets(line: str, body: str, tail: str) -> Iterator[Guess]:
    open_: list[tuple[str, int]] = []
    for at, char in enumerate(body):
        if char in _PAIRS:
            open_.append((char, at))
        elif open_ and char == _PAIRS[open_[-1][0]]:
            open_.pop()
        elif char in "]}":
            mended = body[:at] + body[at + 1 :] + tail
            facts = {"mark": char, "mended": mended.strip()}
            yield Guess("unclosed", mended, at + 1, facts)
    if open_:
        end = "".join(_PAIRS[mark] for mark, _ in reversed(open_))
        yield _closing(line, body, tail, open_[-1][0], open_[-1][1], end)


def _closing(line: str, body: str, tail: str, mark: str, at: int, end: str) -> Guess:
    mended = body + end + tail
    return Guess("unclosed", mended, at + 1, {"mark": mark, "mended": mended.strip()})


def _others(line: str, above: Sequence[str]) -> Iterator[Guess]:
    text = line.strip()
    dash = re.match(r"( *)[-—－·•](?=[^\s-])", line)
    if dash:
        mended = f"{dash[1]}- {line[dash.end() :]}"
        yield Guess("dash-space", mended, dash.end(), {"line": text[:40], "mended": mended.strip()})
    bare = re.match(r"( *(?:- +)*)([a-z_]+)(?: *[=＝] *| +)(?=\S)", line)
    if bare:
        mended = f"{bare[1]}{bare[2]}: {line[bare.end() :]}"
        facts = {"key": bare[2], "mended": mended.strip()}
        yield Guess("missing-colon", mended, bare.end(2) + 1, facts)
    for indent in _indents(above):
        if indent + text != line:
            zh, en = (
                (f"空 {len(indent)} 格", f"with {len(indent)} spaces") if indent else _NO_BLANKS
            )
            facts = {"blanks": zh, "blanks_en": en, "mended": text[:60]}
            yield Guess("uneven-indent", indent + text, len(line) - len(line.lstrip()) + 1, facts)


def _indents(above: Sequence[str]) -> list[str]:
    """The indentations of the preceding lines, nearest first, and that of a key after a dash."""
    found: list[str] = []
    for line in reversed(above[-30:]):
        if line.strip() and not line.lstrip().startswith("#"):
            own = re.match(r" *", line)
            dashed = re.match(r" *(?:- +)+", line)
            for indent in (dashed, own):
                if indent and " " * len(indent[0]) not in found:
                    found.append(" " * len(indent[0]))
    return found
