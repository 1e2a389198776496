"""Read tasks written as prose into a grid: `3.任务……（责任领导：甲、乙；牵头单位：某局）`.

The labels may be in brackets at the end of an item, or on separate lines below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jiaozhang.files.source import Source
from jiaozhang.notice.grid import Cell, Grid
from jiaozhang.notice.table_columns import columns_of, is_heading

_ITEM = re.compile(r"(\d{1,3})[.．、][ \t]*(?=\D)(.+)")
_CHAPTER = re.compile(
    r"([一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]).{2,80}"
)
_LABEL = re.compile(r"([\u4e00-\u9fff]{2,8})[：:]")


@dataclass
class _Item:
    """One item while it is parsed."""

    number: str
    text: str
    line: int
    section: str
    labels: dict[str, str] = field(default_factory=dict)


def read_items(source: Source) -> Grid | None:
    """Find numbered items with labelled duties; None if there are none."""
    items: list[_Item] = []
    above: list[str] = []
    below: list[str] = []
    section = ""
    for number, line in enumerate(source.text.split("\n"), 1):
        text = line.strip(" \t\u3000")
        found = _ITEM.match(text)
        if found:
            item = _Item(found[1], found[2], number, section)
            _take_brackets(item)
            items.append(item)
        elif items and _take_line(items[-1], text):
            continue
        elif _CHAPTER.fullmatch(text):
            section = text
            if not items:
                above.append(text)
        elif text:
            (below if items else above).append(text)
    items = [item for item in items if item.labels]
    return _grid(source, items, above, below) if items else None


def _take_brackets(item: _Item) -> None:
    """Separate the labels in the last brackets of an item from its text."""
    for found in re.finditer("[（(]", item.text):
        label = _LABEL.match(item.text, found.end())
        if label and is_heading(label[1]):
            inside = re.sub(r"[）)][。；;]?$", "", item.text[found.end() :])
            item.labels.update(_labels(inside))
            item.text = item.text[: found.start()]
            return


def _take_line(item: _Item, text: str) -> bool:
    """Parse a line of labels below an item, with or without brackets."""
    inside = re.sub(r"^[（(]|[）)][。；;]?$", "", text)
    label = _LABEL.match(inside)
    if not (label and is_heading(label[1])):
        return False
    item.labels.update(_labels(inside))
    return True


def _labels(text: str) -> dict[str, str]:
    """Map each known label to the text up to the next one."""
    found = [label for label in _LABEL.finditer(text) if is_heading(label[1])]
    ends = [label.start() for label in found[1:]] + [len(text)]
    return {
        label[1]: text[label.end() : end].strip(" 。；;，")
        for label, end in zip(found, ends, strict=True)
    }


def _grid(source: Source, items: list[_Item], above: list[str], below: list[str]) -> Grid | None:
    labels = list(dict.fromkeys(label for item in items for label in item.labels))
    has_sections = any(item.section for item in items)
    headings = ["序号", *(["主要任务"] if has_sections else []), "重点工作", *labels]
    if columns_of(headings) is None:
        return None
    rows = [tuple(Cell(heading, source.place(items[0].line, 1)) for heading in headings)]
    for item in items:
        place = source.place(item.line, 1)
        texts = [item.number, *([item.section] if has_sections else []), item.text]
        texts += [item.labels.get(label, "") for label in labels]
        rows.append(tuple(Cell(text, place) for text in texts))
    prose = [text for text in above if not _CHAPTER.fullmatch(text) or not has_sections]
    return Grid(tuple(rows), tuple(prose), tuple(below))
