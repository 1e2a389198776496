"""Checks of Markdown files before they are rendered."""

from __future__ import annotations

from jiaozhang.faults.diagnostic import Diagnostic, fault
from jiaozhang.files.source import Source
from jiaozhang.markdown.conservation import paragraphs

# In characters. The longest known paragraph has 400, the longest notice 4,000. Tables are limited
# by rows and columns (check/body_rules.py).
MOST_OF_PARAGRAPH = 2_000
MOST_OF_FILE = 100_000


def prose_faults(source: Source, text: str, first: int) -> list[Diagnostic]:
    """Report texts too long to be prose: a file, a paragraph, a list item or a table cell.

    `text` is the file's Markdown, which begins on line `first`.
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
