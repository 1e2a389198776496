"""Texts made to cost much: runs of every sign of Markdown, of their pairs, and all that nests.

Each generator gives a text of about so many characters. `benchmarks/markdown_cost.py` measures what
they cost, and the tests that twice as much costs no more than twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from jiaozhang.check.text_rules import Lexicon, lint
from jiaozhang.markdown.conservation import paragraphs
from jiaozhang.markdown.html import rendered
from jiaozhang.markdown.slips import slips_of

NAMES = Lexicon(
    tuple(f"王{chr(0x4E00 + n)}五" for n in range(20)),
    tuple(f"市{chr(0x4E00 + n)}{chr(0x4F00 + n)}局" for n in range(60)),
    ("示例市科学技术局",),
)
SIGNS = "[]()<>*_#|-!&`\\"
Generator = Callable[[int], str]
# A note with lines longer than this is not read at all (`source.MAX_LINE`).
_LINE = 19_000


def _of(unit: str) -> Generator:
    """The same unit over and over, broken into lines that are read."""

    def make(size: int) -> str:
        a_line = (unit * (_LINE // len(unit) + 1))[:_LINE]
        return ("\n".join([a_line] * (size // _LINE + 1)))[:size]

    return make


def _in_paragraphs(unit: str, length: int) -> Generator:
    """The same unit in paragraphs of `length` characters."""

    def make(size: int) -> str:
        one = (unit * (length // len(unit) + 1))[:length] + "\n\n"
        return (one * (size // len(one) + 1))[:size]

    return make


def _halves(first: str, second: str) -> Generator:
    """What opens over and over, and then what closes."""

    def make(size: int) -> str:
        half = size // 2
        return f"{_of(first)(half)}\n{_of(second)(half)}"

    return make


def _lines(line: Callable[[int], str]) -> Generator:
    """Lines that differ by their number."""

    def make(size: int) -> str:
        found: list[str] = []
        length = 0
        while length < size:
            found.append(line(len(found)))
            length += len(found[-1]) + 1
        return "\n".join(found)

    return make


def _backticks(size: int) -> str:
    """Runs of backticks of every length, none of which closes another."""
    runs: list[str] = []
    length = nth = 0
    while length < size:
        nth += 1
        runs.append("`" * nth + "a")
        length += nth + 1
    return "".join(runs)


def _stairs(mark: str, step: int) -> Generator:
    """Lists or quotes within each other, as deep as the text is long."""

    def make(size: int) -> str:
        found: list[str] = []
        length = 0
        while length < size:
            found.append(" " * (step * len(found) % 400) + mark + "甲")
            length += len(found[-1]) + 1
        return "\n".join(found)

    return make


def _to_one_note(size: int) -> str:
    return "[^1]" * (size // 4) + "\n\n[^1]: 注。\n"


def _wide_table(size: int) -> str:
    cells = size // 8
    return "\n".join(["|a" * cells + "|", "|-" * cells + "|", "|b" * cells + "|"])


def _ragged_table(size: int) -> str:
    """A table with one wide row and many narrow ones."""
    wide = "|a" * (size // 8)
    return f"{wide}|\n|-|\n" + "|b|\n" * (size // 6)


_PLAIN: Mapping[str, str] = {
    "tag": "<a ", "angle-word": "<a", "link-open": "[a](", "link-close": "](",
    "image-open": "![a](", "nested-link": "[[a](b)", "address-in-brackets": "[a](b(c)",
    "address-blank": "[a]( ", "address-title": "[a](b \"c", "address-titles": "[a](b 'c\" ",
    "angled-address": "[a](<b", "link": "[甲](https://example.org/)", "image": "![甲](a.png)",
    "autolink": "<https://a.b/c>", "autolink-open": "<https://a", "mark": "[^1]",
    "mark-open": "[^a", "comment-open": "<!--", "break": "<br>", "break-open": "<br ",
    "strong": "**甲", "strong-pair": "**甲**", "em": "*甲 ", "em-pair": "*甲*",
    "three-stars": "***甲", "star-steps": "*甲 **乙 ***丙 ", "code": "`甲`", "code-open": "`甲 ",
    "code-twice": "``甲`", "escapes": "\\*", "escaped-ticks": "\\`", "struck": "~~甲~~",
    "struck-open": "~~甲 ", "tildes": "~", "entity": "&amp;", "entity-open": "&am",
    "entity-number": "&#51;", "number-open": "&#5", "blanks": " ", "tabs": "\t",
    "wide-blanks": "\u3000", "letters": "a", "words": "甲", "digits": "1",
    "digit-groups": "138 ", "digit-list": "12,", "digit-x": "1X", "mobile": "13812345678 ",
    "landline": "022-", "thirteens": "13", "han-digits": "一三", "circled-digits": "①③",
    "dates": "2025年12月31日", "dates-open": "2025年1", "dots": "1.",
    "addresses": "https://a.b/?c=138&d=1", "equals": "a=1&", "hosts": "a.", "stops": "。，",
    "quotation": "“", "quotation-pairs": "“甲”", "book-titles": "《", "titles": "副市长张",
    "units": "市科技", "secret": "机密 ", "secret-marks": "机密★", "plates": "车牌京A",
    "passports": "护照E1", "called": "电话：", "masks": "****", "letter-x": "x",
    "mentions": "身份证", "percent": "百分之", "pipes-spaced": "| ", "rule": "|-",
    "rule-spaced": "| - ", "rule-colons": "|:-:", "minus-spaced": "- ", "dash-bar": "-|",
    "amount": "- 3% ", "emoji": "👩\u200d👩", "accents": "e\u0301", "escaped-two": "\\``",
    "amount-blanks": "- 1          ", "struck-lines": "~~甲\n", "list-commas": "- 1,",
    "html-tags": "<b>甲</b>", "brackets-round": "[甲](x y)", "same-prefix": "市科技居",
}  # fmt: skip
_ROWS: Mapping[str, Callable[[int], str]] = {
    "items": lambda nth: f"- 第{nth}项",
    "numbered-items": lambda nth: f"{nth % 1000}. 甲",
    "items-apart": lambda nth: f"- 甲{nth}\n",
    "items-far-apart": lambda nth: "- 甲\n\n\n\n" if nth % 2 else "",
    "empty-lines": lambda nth: "",
    "blank-lines": lambda nth: " " * 40,
    "moved-lines": lambda nth: " " * (nth % 200) + "甲",
    "one-item-and-more": lambda nth: "  甲" if nth else "- 甲",
    "one-item-and-gaps": lambda nth: "\n  甲" if nth else "- 甲",
    "quote": lambda nth: "> 甲",
    "quote-and-text": lambda nth: "> 甲" if nth % 2 else "乙",
    "quotes-of-items": lambda nth: "> - > - > - > - 甲",
    "deep-quotes": lambda nth: "> " * (nth % 40) + "甲",
    "headings": lambda nth: "#" * (1 + nth % 6) + f" 甲{nth}",
    "definitions": lambda nth: f"[甲{nth}]: https://example.org/{nth}",
    "notes": lambda nth: f"[^{nth}]: 注",
    "notes-named": lambda nth: f"[^{nth}]: 见[^{nth + 1}]",
    "notes-and-marks": lambda nth: f"甲[^{nth}]\n\n[^{nth}]: 注\n",
    "notes-of-one-name": lambda nth: "[^1]: 注",
    "note-and-lines": lambda nth: "续" if nth else "[^1]: 注",
    "long-table": lambda nth: "|-|-|" if nth == 1 else "|a|b|",
    "tables": lambda nth: ("|a|", "|-|", "|b|", "")[nth % 4],
    "heads-of-tables": lambda nth: "|-|" if nth % 2 else "|a|",
    "rules-of-tables": lambda nth: "|-|-|",
    "table-in-items": lambda nth: ("- |a|", "  |-|", "  |b|")[nth % 3],
    "bars-in-lines": lambda nth: "|甲|乙|",
    "fences": lambda nth: "```",
    "fences-open": lambda nth: "~~~" + "a" * (nth % 9),
    "lines": lambda nth: "---",
    "bars-open": lambda nth: "|甲",
    "lone-amounts": lambda nth: "- 3%\n",
    "tasks": lambda nth: "- [ ] 甲",
    "phones": lambda nth: f"138{nth:08}",
    "phones-in-cells": lambda nth: f"|138|{nth:04}|5678|",
    "wide-first-lines": lambda nth: "\u3000\u3000甲",
}  # fmt: skip


def a_body(text: str) -> None:
    """Everything that the text of a note passes on its way to a page."""
    html = rendered(text, "", {}, 3, "")[0]
    for _ in slips_of(text, html):
        pass
    paragraphs(text)
    lint(text, NAMES)


def generators() -> Mapping[str, Generator]:
    """Every generator by its name."""
    return dict(_all())


def _all() -> Iterator[tuple[str, Generator]]:
    for first in SIGNS:
        for second in SIGNS:
            pair = first + second if first != second else first
            yield f"run {pair}", _of(pair)
            yield f"run {pair} spaced", _of(f"{first} {second} ")
            yield f"run {pair} with words", _of(f"{first}甲{second}乙")
            yield f"run {pair} in paragraphs", _in_paragraphs(pair, 1_900)
            if first != second:
                yield f"halves {pair}", _halves(first, second)
    for name, unit in _PLAIN.items():
        yield f"run {name}", _of(unit)
        yield f"run {name} in paragraphs", _in_paragraphs(unit, 1_900)
    for name, row in _ROWS.items():
        yield f"lines {name}", _lines(row)
    yield "halves of code", _halves("``甲 ", "`乙 ")
    yield "halves of stars", _halves("*甲", "甲**")
    yield "halves of links", _halves("[甲 ", "](https://a.b/)")
    yield "halves of marks", _halves("[^1]", "\n[^1]: 注\n")
    yield "backticks of every length", _backticks
    yield "stairs of items", _stairs("- ", 2)
    yield "stairs of numbers", _stairs("1. ", 3)
    yield "stairs of quotes", _stairs("> ", 2)
    yield "marks of one note", _to_one_note
    yield "wide table", _wide_table
    yield (
        "one line of blanks",
        lambda size: "- 1" + " " * min(size, _LINE) + "(" + "甲" * max(0, size - _LINE),
    )
    yield "ragged table", _ragged_table
