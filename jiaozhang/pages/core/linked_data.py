"""What pages say to programs in JSON-LD, with the vocabulary of schema.org.

It stands in a script element as a data block: no browser runs it, so no policy has to allow it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from markupsafe import Markup

from jiaozhang.pages.core.addresses import links_for_programs
from jiaozhang.pages.core.page import Link

LinkedData = None | bool | int | str | Sequence["LinkedData"] | dict[str, "LinkedData"]

# In a script element nothing is escaped as in HTML: `</script>` would end it, and `<!--` hide its
# end. In a string of JSON any character may be written by its number.
_ESCAPES = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&"})


def data_block(type_: str, facts: dict[str, LinkedData]) -> Markup:
    """The content of a script element that holds a thing of a type, without what is not known."""
    known = {name: value for name, value in facts.items() if value not in ("", None)}
    whole = {"@context": "https://schema.org", "@type": type_, **known}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - no character of HTML is left


def breadcrumbs(crumbs: Sequence[Link], base_url: str) -> Markup:
    """The path to a page, the page itself last."""
    link = links_for_programs(base_url, crumbs[-1].address)
    items: list[LinkedData] = [
        {"@type": "ListItem", "position": at, "name": crumb.text, "item": link(crumb.address)}
        for at, crumb in enumerate(crumbs, 1)
    ]
    return data_block("BreadcrumbList", {"itemListElement": items})
