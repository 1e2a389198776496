"""Markdown files: what is refused before anybody renders them."""

from __future__ import annotations

import re

from portal.diagnostic import Diagnostic, fault
from portal.source import Source

# Markdown's links cost the square of a paragraph's brackets. The longest paragraph known has 400
# characters, the longest notice 4,000.
MOST_OF_PARAGRAPH = 2_000
MOST_OF_FILE = 100_000


def prose_faults(source: Source) -> list[Diagnostic]:
    """Find texts too long to be prose."""
    if len(source.text) > MOST_OF_FILE:
        facts = {"what": "全文", "what_en": "the file", "limit": MOST_OF_FILE}
        return [fault("prose-too-long", source.place(1, 1), **facts)]
    facts = {"what": "这一段", "what_en": "this paragraph", "limit": MOST_OF_PARAGRAPH}
    return [
        fault("prose-too-long", source.place(_line(source.text, found.start()), 1), **facts)
        for found in re.finditer(r"(?:[^\n]+\n?)+", source.text)
        if len(found.group()) > MOST_OF_PARAGRAPH
    ]


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
