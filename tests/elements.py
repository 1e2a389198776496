"""Pages as trees, so that a test can compare what they say with what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}


@dataclass(eq=False)
class Element:
    """An element with its attributes and children; a text is a child that is a string."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self, tag: str = "", kind: str = "") -> list[Element]:
        """The descendants with a tag and a class, in document order."""
        return [one for one in self.walk() if one.tag == (tag or one.tag) and one.has(kind)]

    def first(self, tag: str = "", kind: str = "") -> Element | None:
        return next(iter(self.all(tag, kind)), None)

    def walk(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def has(self, kind: str) -> bool:
        return not kind or kind in self.attributes.get("class", "").split()

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        """All words, without blanks."""
        words = (c if isinstance(c, str) else c.text for c in self.children)
        return re.sub(r"\s", "", "".join(words))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(one.tag == tag for one in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def main_of(html: str) -> Element:
    """The main part of a page."""
    builder = _Builder()
    builder.feed(html[html.index("<main") : html.index("</main>")])
    return builder.open[0]


def numbers(text: str) -> list[int]:
    """Every whole number of a text, in order."""
    return [int(digits) for digits in re.findall(r"\d+", text)]


def counted(text: str, pattern: str) -> int:
    """The number that stands where a pattern has its group; 0 when it does not occur."""
    found = re.search(pattern, text)
    return int(found[1]) if found else 0
