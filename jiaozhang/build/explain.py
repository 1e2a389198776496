"""Explain a file of the site: what made it, and file:line of every fact in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiaozhang.build.pipeline import BuiltSite
from jiaozhang.faults.escaping import as_line
from jiaozhang.files.source import Tree
from jiaozhang.files.yaml_tree import Document, ListNode, MapNode, Node, Scalar
from jiaozhang.ledger.filed import Filed
from jiaozhang.pages.site_plan import path_of


def explain(path: str, site: BuiltSite, filed: Filed, tree: Tree) -> str:
    """Describe one file; for lists of tasks, only the files of the facts are named."""
    made = site.makers[path]
    lines = [path, *(f"  {name}" for name in (made.source, made.function) if name)]
    for page in site.pages:
        if path_of(page) == path:
            for fact in page.facts:
                lines += _fact(fact, filed, tree)
    return "\n".join(lines)


def _fact(fact: str, filed: Filed, tree: Tree) -> list[str]:
    task = re.fullmatch(r"(\d{4})/task/(\d+)", fact)
    if task:
        return _document(filed, f"{task[1]}/tasks/{int(task[2]):03}.yaml")
    records = re.fullmatch(r"(\d{4})/records/(\d+)", fact)
    if records:
        own = rf"{records[1]}/(internal/)?[a-z]+/{int(records[2]):03}[./-].*"
        keys = [key for key in filed.documents if re.fullmatch(own, key) and "/tasks/" not in key]
        return [line for key in keys for line in _document(filed, key)]
    whole = re.fullmatch(r"\d{4}/(records|internal)", fact)
    if whole:
        folder = fact.removesuffix("/records")
        count = sum(key.startswith(f"{folder}/") for key in tree.sources)
        return [f"  {tree.label}/{folder}/**/* ({count})"]
    if re.fullmatch(r"\d{4}/tasks", fact):
        count = sum(key.startswith(f"{fact}/") for key in tree.sources)
        return [f"  {tree.label}/{fact}/*.yaml ({count})"]
    if fact.endswith("/notice"):
        return [f"  {tree.label}/{fact}.md"]
    registry = re.fullmatch("(unit|district|leader)/(.+)", fact)
    if registry:
        return _entry(filed, f"{registry[1]}s.yaml", registry[2])
    key = {"site": "site.toml"}.get(fact, f"{fact}.yaml")
    return _document(filed, key) if fact in ("site",) or fact.endswith("ledger") else [f"  {key}"]


def _document(filed: Filed, key: str) -> list[str]:
    document = filed.documents[key]
    return [f"  {_line(document, name, node)}" for name, node in _leaves(document.root, "")]


def _entry(filed: Filed, key: str, slug: str) -> list[str]:
    document = filed.documents[key]
    items = document.root.items if isinstance(document.root, ListNode) else ()
    for item in items:
        own = item.get("slug") if isinstance(item, MapNode) else None
        if isinstance(own, Scalar) and own.text == slug:
            return [f"  {_line(document, name, node)}" for name, node in _leaves(item, "")]
    return []


def _leaves(node: Node, name: str) -> Iterator[tuple[str, Scalar]]:
    if isinstance(node, Scalar):
        yield name, node
    elif isinstance(node, ListNode):
        for index, item in enumerate(node.items):
            yield from _leaves(item, f"{name}[{index}]")
    else:
        for key, value in node.entries:
            yield from _leaves(value, f"{name}.{key.text}" if name else key.text)


def _line(document: Document, name: str, node: Scalar) -> str:
    text = node.text if len(node.text) <= 40 else node.text[:39] + "…"
    return as_line(f"{document.source.path}:{node.line}: {name} = {text}")
