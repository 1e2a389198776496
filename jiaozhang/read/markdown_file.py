"""Markdown files: what is refused before anybody renders them."""

from __future__ import annotations

from jiaozhang.faults.diagnostic import Diagnostic, fault
from jiaozhang.files.source import Source
from jiaozhang.markdown.conservation import paragraphs

# The longest paragraph known has 400 characters, the longest notice 4,000. Tables are counted by
# rows and columns (check/bodies.py).
MOST_OF_PARAGRAPH = 2_000
MOST_OF_FILE = 100_000


def prose_faults(source: Source, text: str, first: int) -> list[Diagnostic]:
    """Find texts too long to be prose: a whole file, a paragraph, an item or a cell.

    `text` is the Markdown of the file and begins on line `first`.
    """
    if len(source.text) > MOST_OF_FILE:
        facts = {"what": "全文", "what_en": "the file", "limit": MOST_OF_FILE}
        return [fault("prose-too-long", source.place(1, 1), **facts)]
    if len(text) <= MOST_OF_PARAGRAPH:
        return []
    facts = {"what": "这一段", "what_en": "this paragraph", "limit": MOST_OF_PARAGRAPH}
    return [
        fault("prose-too-long", source.place_at(text, start, first), **facts)
        for start, length in paragraphs(text)
        if length > MOST_OF_PARAGRAPH
    ]
