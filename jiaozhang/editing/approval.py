"""Approve a record: add a review step to the text of a file.

Pure: text in, text out. The checker verifies the resulting trail.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from jiaozhang.files.source import Source
from jiaozhang.files.yaml_tree import NOTHING, ListNode, MapNode, Node, Scalar, parse_yaml
from jiaozhang.ledger.events import NODE_END, Attachment
from jiaozhang.ledger.filed import bound_digest
from jiaozhang.read.front_matter import split_front
from jiaozhang.read.review_trail import content_of, name_of


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """A step to add: a numbered level, or the secrecy review with its result."""

    level: int | Literal["secrecy"]
    by: str
    at: date
    result: Literal["可公开", "不公开"]


class NoSuchEntryError(Exception):
    """The file has no such entry, or none that is reviewed."""


def approve(
    source: Source, entry: str | None, step: ApprovalStep, attachments: Sequence[Attachment] = ()
) -> str:
    """Return the file's text with a step added to the trail of a record, or of a list item.

    In a task file the summary is approved; for a node that is not completed, its plan.
    """
    if source.key.endswith(".md"):
        document, body, _ = split_front(source)
        if document is None or not isinstance(document.root, MapNode):
            raise NoSuchEntryError
        end = source.text.split("\n").index("---", 1)
        seal = _seal(source, document.root, content_of(document.root, body, attachments))
        return _with_step(source, document.root, 1, end, "", step, seal)
    document, _ = parse_yaml(source)
    if document is None or isinstance(document.root, Scalar):
        raise NoSuchEntryError
    if isinstance(document.root, ListNode):
        return _in_list(source, document.root, entry, step)
    return _in_map(source, document.root, step)


def _in_map(source: Source, root: MapNode, step: ApprovalStep) -> str:
    """Add a step to a file that is one record, or to the summary of a task."""
    end = len(source.text.rstrip("\n").split("\n"))
    name = name_of(source.key, root)
    if name is None:
        raise NoSuchEntryError
    if "/tasks/" not in source.key:
        return _with_step(source, root, 0, end, "", step, sealed(name, content_of(root)))
    summary = root.get("summary")
    if not isinstance(summary, Scalar) or summary.is_null:
        raise NoSuchEntryError
    seal = sealed(name, content_of(summary))
    return _below(source, root, "summary_review", end, "", step, seal)


def _in_list(source: Source, root: ListNode, entry: str | None, step: ApprovalStep) -> str:
    index = _index_of(root, entry)
    node = root.items[index]
    if not isinstance(node, MapNode):
        raise NoSuchEntryError
    lines = source.text.split("\n")
    first = node.line - 1
    end = root.items[index + 1].line - 1 if index + 1 < len(root.items) else len(lines)
    while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    name = name_of(source.key, node) or ""
    is_plan = "/node-plan/" in name
    seal = _seal(source, node, content_of(node, without=NODE_END if is_plan else ()))
    if lines[first].lstrip("- ").startswith("{"):
        # A flow map is rewritten in block style: a trail does not fit on its line.
        text = "\n".join([*lines[:first], *_written_out(node), *lines[end:]])
        return approve(Source(source.path, source.key, text), str(index + 1), step)
    if is_plan:
        return _below(source, node, "plan_review", end, "  ", step, seal)
    return _with_step(source, node, first, end, "  ", step, seal)


def _below(
    source: Source, node: MapNode, key: str, end: int, indent: str, step: ApprovalStep, seal: str
) -> str:
    """Add a step to a trail with its own key, `plan_review` or `summary_review`."""
    lines = source.text.split("\n")
    start, stop = _range_of(node, key, end)
    own = node.get(key)
    if isinstance(own, MapNode) and own.line - 1 > start:
        return _with_step(source, own, start + 1, stop, f"{indent}  ", step, seal)
    head = f"{indent}{key}:"
    if own is None:
        with_key = "\n".join([*lines[:start], head, *lines[stop:]])
        end_ = start + 1
        return _with_step(
            replace(source, text=with_key), NOTHING, end_, end_, f"{indent}  ", step, seal
        )
    raise NoSuchEntryError


def _seal(source: Source, node: MapNode, content: str) -> str:
    """The last entries of a step: the record's name, and the digest that binds it to the record."""
    name = name_of(source.key, node)
    if name is None:
        raise NoSuchEntryError
    return sealed(name, content)


def sealed(name: str, content: str) -> str:
    """The last two entries of a step in YAML."""
    return f"record: {quoted(name)}, digest: {bound_digest(name, content)}"


def _index_of(root: ListNode, entry: str | None) -> int:
    """The index of an item, given its id or its number from 1; optional if there is one item."""
    ids = [
        own.text if isinstance(item, MapNode) and isinstance(own := item.get("id"), Scalar) else ""
        for item in root.items
    ]
    if entry is None and len(ids) == 1:
        return 0
    if entry in ids:
        return ids.index(entry)
    if entry and entry.isdecimal() and 1 <= int(entry) <= len(ids):
        return int(entry) - 1
    raise NoSuchEntryError


def _with_step(
    source: Source, node: MapNode, first: int, end: int, indent: str, step: ApprovalStep, seal: str
) -> str:
    """Add a step to the map in lines first..end (from 0, end exclusive)."""
    lines = source.text.split("\n")
    by, at = quoted(step.by), step.at.isoformat()
    if step.level == "secrecy":
        new = [f"{indent}secrecy: {{result: {step.result}, by: {by}, at: {at}, {seal}}}"]
        return "\n".join(_replaced(lines, node, "secrecy", new, end))
    review = f"{indent}  - {{level: {step.level}, by: {by}, at: {at}, {seal}}}"
    old = _lines_of(lines, node, "reviews", end)
    kept = old[1:] if old and old[0].strip() == "reviews:" else []
    return "\n".join(_replaced(lines, node, "reviews", [f"{indent}reviews:", *kept, review], end))


def _lines_of(lines: Sequence[str], node: MapNode, key: str, end: int) -> Sequence[str]:
    start, stop = _range_of(node, key, end)
    return lines[start:stop]


def _range_of(node: MapNode, key: str, end: int) -> tuple[int, int]:
    """The lines of an entry: from its key to the next; if missing, the end of the map."""
    for at, (own, _) in enumerate(node.entries):
        if own.text == key:
            following = node.entries[at + 1 :]
            return own.line - 1, following[0][0].line - 1 if following else end
    return end, end


def _replaced(lines: list[str], node: MapNode, key: str, new: list[str], end: int) -> list[str]:
    start, stop = _range_of(node, key, end)
    return [*lines[:start], *new, *lines[stop:]]


def _written_out(node: MapNode) -> list[str]:
    """A flow map in block style, with values as typed."""
    lines = []
    for at, (key, value) in enumerate(node.entries):
        lines.append(f"{'- ' if not at else '  '}{key.text}: {_as_typed(value)}")
    return lines


def _as_typed(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text if node.plain else quoted(node.text, always=True)
    if isinstance(node, ListNode):
        return f"[{', '.join(_as_typed(item) for item in node.items)}]"
    pairs = (f"{key.text}: {_as_typed(value)}" for key, value in node.entries)
    return "{" + ", ".join(pairs) + "}"


def quoted(text: str, always: bool = False) -> str:
    """A string as YAML scalar: plain if nothing in it is an indicator, else quoted."""
    is_bare = not always and not set(text) & set("{}[],:#&*!|>'\"%@`") and text == text.strip()
    return text if is_bare else json.dumps(text, ensure_ascii=False)
