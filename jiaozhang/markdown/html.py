"""Render Markdown to safe HTML: python-markdown provides the frame, nh3 sanitises the result.

Its own processors, except the last one for line breaks, are replaced by `blocks` and `inline`,
which accept a closed list of markup: the originals interpret HTML and entities, `_`, underlined
headings, indented code and references, and drop list numbers and table cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, tostring

import markdown
import nh3
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import PrettifyTreeprocessor
from markdown.util import Registry

from jiaozhang.files.urls import is_address, is_inside
from jiaozhang.markdown.blocks import parse
from jiaozhang.markdown.inline import Inline

_TAGS = {
    "p", "br", "em", "strong", "code", "blockquote", "hr", "a", "ul", "ol", "li", "h3", "h4", "h5",
    "h6", "div", "table", "thead", "tbody", "tr", "th", "td", "sup", "img",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "sup": {"id"},
    "li": {"id", "value"},
    "ol": {"start"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "th": {"align", "class", "scope"},
    "td": {"align", "class"},
    "img": {"src", "alt", "width", "height"},
}


# The HTML; images as (source, alt text, index in the text); links as (address, index).
Rendered = tuple[str, tuple[tuple[str, str, int], ...], tuple[tuple[str, int], ...]]


def rendered(
    text: str, name: str, sizes: Mapping[str, tuple[int, int]], under: int, back: str
) -> Rendered:
    """Render Markdown; HTML in it is text, and links with other schemes are removed.

    `name` makes footnote ids unique among several texts on a page. Only images whose source is in
    `sizes` (width and height in pixels) are shown, of others the alt text. Headings are placed
    below level `under`. `back` is the title of the links from footnotes back to the text.
    """
    inline = Inline(name, sizes, back)
    tool = markdown.Markdown(extensions=[_ClosedList(inline, under)])
    # Its own serializer keeps entities; here they are literal text.
    tool.serializer = lambda root: tostring(root, encoding="unicode", method="html")
    raw = tool.convert(text)

    def kept(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            return value if is_address(value) or is_inside(value) else None
        return value

    clean = nh3.clean(
        raw,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        # Schemes are checked by the same rule as in fields.
        url_schemes={"http", "https", "mailto", "tel"},
        attribute_filter=kept,
    )
    return clean, tuple(inline.pictures), tuple(inline.links)


class _ClosedList(Extension):
    """Replaces python-markdown's processors by our own."""

    def __init__(self, inline: Inline, under: int) -> None:
        super().__init__()
        self.inline = inline
        self.under = under

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - name given by python-markdown
        md.preprocessors = Registry()
        md.postprocessors = Registry()
        md.parser.blockprocessors = Registry()
        md.parser.blockprocessors.register(_Whole(md.parser, self.inline, self.under), "whole", 1)
        md.treeprocessors = Registry()
        md.treeprocessors.register(PrettifyTreeprocessor(md), "prettify", 1)


class _Whole(BlockProcessor):
    """Processes the whole text as one block."""

    def __init__(self, parser: BlockParser, inline: Inline, under: int) -> None:
        super().__init__(parser)
        self.inline = inline
        self.under = under

    def test(self, parent: Element, block: str) -> bool:
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        text = "\n\n".join(blocks)
        blocks.clear()
        parse(parent, text, self.inline, self.under)
