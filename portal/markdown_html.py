"""Markdown becomes HTML that cannot do anything: python-markdown writes it, nh3 cleans it last.

Written for Chinese notes: a list may stand right under a paragraph, two blanks nest, lines are
joined without a gap between Chinese characters, and an indented line is never code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import markdown
import nh3
from markdown.preprocessors import Preprocessor

from portal.urls import is_address, is_inside

_TAGS = {
    "p", "br", "em", "strong", "del", "code", "pre", "blockquote", "hr", "a", "ul", "ol", "li",
    "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "sup", "sub",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "sup": {"id"},
    "li": {"id"},
    "th": {"align"},
    "td": {"align"},
    "ol": {"start"},
    "img": {"src", "alt"},
}
_CJK = "\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
# A line end between Chinese characters, whatever tags stand around it, would show as a blank.
_JOIN = re.compile(rf"(?<=[{_CJK}])((?:</\w+>)*)\n *((?:<\w+[^<>]*>)*)(?=[{_CJK}])")
_ITEM = re.compile(r"( *)([-*+]|\d{1,3}[.)]) +(?=\S)")
_FOOTNOTE = re.compile(r"#?(fn(?:ref)?\d*):([\w-]+)")


def clean_html(text: str, name: str, sizes: Mapping[str, tuple[int, int]]) -> str:
    """Render Markdown; raw HTML, scripts, styles and odd schemes do not survive.

    `name` keeps the footnotes of several texts on one page apart. Of images only those are shown
    whose source has a size (in pixels).
    """
    tool = markdown.Markdown(
        extensions=["tables", "sane_lists", "footnotes"],
        extension_configs={"footnotes": {"BACKLINK_TEXT": "↩", "BACKLINK_TITLE": "回到正文"}},
        output_format="html",
    )
    tool.parser.blockprocessors.deregister("code")
    tool.preprocessors.register(_Lists(tool), "chinese-lists", 25)
    raw = _JOIN.sub(r"\1\2", tool.convert(text))

    def kept(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "src":
            return value if value in sizes else None
        return _kept_attribute(attribute, value, name)

    clean = nh3.clean(
        raw,
        tags=_TAGS | ({"img"} if sizes else set()),
        attributes=_ATTRIBUTES,
        # Schemes are judged by the rule that fields obey too.
        url_schemes={"http", "https", "mailto", "tel"},
        attribute_filter=kept,
    )
    for source, (width, height) in sizes.items():
        src = f'src="{source}"'
        clean = clean.replace(src, f'{src} width="{width}" height="{height}"')
    return clean


def _kept_attribute(attribute: str, value: str, name: str) -> str | None:
    """Keep a link that obeys the rule, and an id only where a footnote made it."""
    footnote = _FOOTNOTE.fullmatch(value)
    if footnote:
        own = f"{footnote[1]}-{name}-{footnote[2]}" if name else f"{footnote[1]}-{footnote[2]}"
        return f"#{own}" if value.startswith("#") else own
    if attribute == "id":
        return None
    if attribute == "href":
        return value if is_address(value) or is_inside(value) else None
    return value


class _Lists(Preprocessor):
    """Write lists the way python-markdown reads them: a blank line before, four blanks a level."""

    def run(self, lines: list[str]) -> list[str]:
        return list(self._mended(lines))

    def _mended(self, lines: list[str]) -> Iterator[str]:
        levels: list[int] = []  # the indents of the lists that are open
        is_text_above = False
        for line in lines:
            item = _ITEM.match(line)
            indent = len(line) - len(line.lstrip(" "))
            if item:
                if not levels and is_text_above:
                    yield ""
                levels = [*(own for own in levels if own < indent), indent]
                yield "    " * (len(levels) - 1) + line.lstrip(" ")
            elif levels and line.strip() and indent:
                depth = max(sum(own < indent for own in levels), 1)
                yield "    " * depth + line.lstrip(" ")
            else:
                # A line at the margin ends the list only after an empty one.
                levels = levels if levels and (not line.strip() or is_text_above) else []
                yield line
            is_text_above = bool(line.strip())
