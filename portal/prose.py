"""Markdown becomes HTML that cannot do anything: python-markdown writes it, nh3 cleans it last."""

from __future__ import annotations

import re

import markdown
import nh3
from markupsafe import Markup

_TAGS = {
    "p", "br", "em", "strong", "del", "code", "pre", "blockquote", "hr", "a", "ul", "ol", "li",
    "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "sup", "sub",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "th": {"align"}, "td": {"align"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}


def to_html(text: str) -> Markup:
    """Render Markdown; raw HTML, scripts, styles, images and odd schemes do not survive."""
    raw = markdown.markdown(text, extensions=["tables", "sane_lists"], output_format="html")
    return Markup(  # noqa: S704 - cleaned on the line below
        nh3.clean(
            raw,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes=_SCHEMES,
            attribute_filter=_kept_attribute,
        )
    )


def _kept_attribute(tag: str, name: str, value: str) -> str | None:
    """Drop links to another host without a scheme; a browser reads \\ as / and skips tabs."""
    is_elsewhere = re.match(r"[\\/]{2}", re.sub(r"[\t\n\r]", "", value).strip())
    return None if name == "href" and is_elsewhere else value
