"""Markdown becomes HTML that cannot do anything: python-markdown frames it, nh3 cleans it last.

Of python-markdown's own processors none but the last, which breaks lines, fits the closed list of
markup that notes may use (`markdown_blocks`, `markdown_inline`): they read HTML and entities, `_`,
underlined headings, code by indent and references, drop numbers of lists and cells of tables.
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


# The page's HTML; pictures by source, with their words and where they begin in the text; links by
# address, and where they begin.
Rendered = tuple[str, tuple[tuple[str, str, int], ...], tuple[tuple[str, int], ...]]


def rendered(
    text: str, name: str, sizes: Mapping[str, tuple[int, int]], under: int, back: str
) -> Rendered:
    """Render Markdown; HTML is text, and odd schemes are no links.

    `name` keeps the footnotes of several texts on one page apart. Of images only those are shown
    whose source has a size (in pixels), of others the words. Headings stand below level `under`.
    `back` is the title of the links from footnotes back to the text.
    """
    inline = Inline(name, sizes, back)
    tool = markdown.Markdown(extensions=[_ClosedList(inline, under)])
    # Its own serializer leaves entities as they are, and here they are text.
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
        # Schemes are judged by the rule that fields obey too.
        url_schemes={"http", "https", "mailto", "tel"},
        attribute_filter=kept,
    )
    return clean, tuple(inline.pictures), tuple(inline.links)


class _ClosedList(Extension):
    """Takes python-markdown's processors out, and puts in the closed list's."""

    def __init__(self, inline: Inline, under: int) -> None:
        super().__init__()
        self.inline = inline
        self.under = under

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - its name there
        md.preprocessors = Registry()
        md.postprocessors = Registry()
        md.parser.blockprocessors = Registry()
        md.parser.blockprocessors.register(_Whole(md.parser, self.inline, self.under), "whole", 1)
        md.treeprocessors = Registry()
        md.treeprocessors.register(PrettifyTreeprocessor(md), "prettify", 1)


class _Whole(BlockProcessor):
    """Takes the whole text at once."""

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
