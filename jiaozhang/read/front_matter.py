"""Markdown with front matter: the part between two lines of `---`, and the body after it."""

from __future__ import annotations

from dataclasses import replace

from jiaozhang.faults.diagnostic import Diagnostic, fault
from jiaozhang.files.source import Source
from jiaozhang.files.yaml_tree import Document, parse_yaml

FENCE = "---"


def split_front(source: Source) -> tuple[Document | None, str, tuple[Diagnostic, ...]]:
    """Return the front matter as a document, the body, and faults.

    Line numbers are those of the file: the opening fence is replaced by an empty line.
    """
    lines = source.text.split("\n")
    if lines[0].rstrip() != FENCE:
        return None, "", (fault("no-front-matter", source.place(1, 1)),)
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), 0)
    if not end:
        at = _last_entry(lines)
        return None, "", (fault("front-matter-open", source.place(at + 1, 1)),)
    front = replace(source, text="\n".join(["", *lines[1:end]]))
    document, faults = parse_yaml(front)
    if document is None:
        is_empty = all(found.code == "empty-file" for found in faults)
        faults = (fault("no-front-matter", source.place(1, 1)),) if is_empty else faults
        return None, "", faults
    body = "\n".join(lines[end + 1 :])
    found = () if body.strip() else (fault("empty-body", source.place(end + 1, 1)),)
    return Document(source, document.root), body, (*faults, *found)


def body_line(document: Document) -> int:
    """The line number of the body's first line, after the closing fence."""
    lines = document.source.text.split("\n")
    return next(at for at, line in enumerate(lines[1:], 2) if line.rstrip() == FENCE) + 1


def _last_entry(lines: list[str]) -> int:
    """The line before which the closing fence is probably missing: the first that is no entry."""
    for at, line in enumerate(lines[1:], 1):
        if line.strip() and not (line.startswith((" ", "#", "- ")) or ":" in line or "：" in line):
            return at
    return len(lines) - 1
