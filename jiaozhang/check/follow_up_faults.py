"""Recognise findings that are only consequences of parsing faults.

Parsing continues after a fault with a guess or a stand-in. Rules applied to those would report
correct text; the parsing fault has been reported and comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from jiaozhang.faults.diagnostic import Diagnostic
from jiaozhang.files.yaml_tree import NOTHING, Document, ListNode, MapNode, Node, Scalar
from jiaozhang.ledger.filed import Filed
from jiaozhang.notice.text_lock import VERBATIM

Position = tuple[int, int]

# What a rule depends on besides the value that it reports: files below the content, and their
# fields. `*` is the whole file; {year} and {task} are those of the finding.
_TASK, _LEDGER, _OWN = "{year}/tasks/{task}.yaml", "{year}/ledger.yaml", ""
_LOCK, _NODES = "{year}/notice.lock", "{year}/nodes/{task}.yaml"
_ANY_TASK = "{year}/tasks/"
_RESTS_ON: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "lock-broken": ((_OWN, VERBATIM),),
    "lock-missing": ((_LOCK, ("*",)),),
    "lock-surplus": ((_ANY_TASK, ("*",)),),
    "no-lock": ((_LOCK, ("*",)),),
    "count-mismatch": ((_ANY_TASK, ("*",)),),
    "alias-nowhere": (("*/tasks/", ("*",)),),
    "no-contact": (("site.toml", ("contacts",)),),
    "unknown-year": (("{given}/ledger.yaml", ("*",)),),
    "scope-not-in-text": ((_OWN, ("text",)),),
    "value-not-in-text": ((_OWN, ("text", "targets.unit")),),
    "unknown-section": ((_LEDGER, ("sections",)),),
    "unknown-season": ((_LEDGER, ("seasons",)),),
    "unknown-task": (("{year}/tasks/{given:03}.yaml", ("*",)),),
    "unknown-unit": (("units.yaml", ("name", "aliases")),),
    "unknown-leader": (("leaders.yaml", ("name",)),),
    "unknown-district": (("districts.yaml", ("name",)),),
    "unit-name": (("units.yaml", ("name", "aliases", "full_name")),),
    "leader-name": (("leaders.yaml", ("name",)),),
    "not-its-unit": ((_TASK, ("units",)), ("units.yaml", ("name", "aliases", "members"))),
    "reports-not-taken": ((_LEDGER, ("reporting",)),),
    "unknown-clause": ((_TASK, ("clauses.id",)),),
    "unknown-target": ((_TASK, ("targets.id",)),),
    "target-and-beside": ((_OWN, ("figures.target", "figures.beside")),),
    "figure-unit": ((_TASK, ("targets.unit",)),),
    "plan-not-cumulative": ((_TASK, ("targets.counts",)),),
    "amendment-old": ((_TASK, ("clauses.due", "targets.value")),),
    "unknown-node": ((_NODES, ("id",)),),
    "unknown-record": (("{year}/{given}.md", ("*",)), ("{year}/{given}.yaml", ("*",))),
    "not-replaceable": (("{year}/{given}.md", ("origin",)),),
    "part-not-there": (("{year}/{given}.md", ("*",)),),
    "not-the-same-task": ((_OWN, ("of", "newer")),),
    "newer-too-late": ((_OWN, ("date",)), ("{year}/{given}.md", ("*",))),
    "attachment-missing": (("{folder}/{name}", ("*",)),),
    "other-measure": ((_OWN, ("figures.name",)), (_TASK, ("targets.measure",))),
    "reopened-not-closed": ((_OWN, ("*",)),),
    "review-order": ((_LEDGER, ("review_levels",)),),
    "review-void": ((_OWN, ("*",)),),
    "renamed-after-review": ((_OWN, ("*",)),),
    "old-digest": ((_OWN, ("reviews", "secrecy", "plan_review", "summary_review")),),
    "waits-for-review": ((_LEDGER, ("review",)),),
}
# These codes depend on a file's path only, not on its content.
_OF_THE_PATH = frozenset({"unknown-task", "duplicate-id", "no-lock"})


@dataclass(frozen=True, slots=True)
class Slips:
    """All parsing faults, by path below the content, and the parsed trees."""

    label: str
    documents: Mapping[str, Document]
    faults: Mapping[str, tuple[Diagnostic, ...]]
    lost: frozenset[str]
    # End positions of values by start position, for each file; computed on demand.
    _ends: dict[str, Mapping[Position, Position]] = field(default_factory=dict, compare=False)

    def is_echo(self, found: Diagnostic) -> bool:
        """Tell whether a finding is a consequence of a parsing fault."""
        if found.code not in _OF_THE_PATH and self._is_inside(found):
            return True
        key = self._key(found.place.path)
        names = _names_of(key, found)
        for template, fields in _RESTS_ON.get(found.code, ()):
            try:
                file = template.format(**names) if template else key
            except (KeyError, ValueError):
                continue
            if any(self._is_doubtful(file, field) for field in fields):
                return True
        return False

    def _key(self, path: str) -> str:
        return path.removeprefix(self.label)

    def _is_inside(self, found: Diagnostic) -> bool:
        """Tell whether a parsing fault lies within the value that a finding refers to."""
        key = self._key(found.place.path)
        document, slips = self.documents.get(key), self.faults.get(key, ())
        if document is None or not slips or not found.place.line:
            return False
        first = (found.place.line, found.place.column)
        if key not in self._ends:
            self._ends[key] = _ends(document.root)
        last = self._ends[key].get(first, first)
        return any(
            first <= (slip.place.line, slip.place.column) <= last
            # In 1,200 the comma ends the value, so the fault lies after it.
            or (slip.code == "thousands" and slip.place.line == first[0])
            for slip in slips
        )

    def _is_doubtful(self, file: str, field: str) -> bool:
        if file.endswith("/"):
            below = (key for key in {*self.faults, *self.lost} if fnmatchcase(key, f"{file}*"))
            return any(self._is_doubtful(key, field) for key in below)
        slips = self.faults.get(file, ())
        if file in self.lost or (field == "*" and slips):
            return True
        if file not in self.documents:
            return False
        nodes: tuple[Node, ...] = (self.documents[file].root,)
        names = field.split(".")
        is_open = any(slip.code in ("unknown-key", "missing-field") for slip in slips)
        for name in names[:-1]:
            # A missing list may be what an unknown key was meant for.
            if is_open and not any(own.get(name) for own in _maps(nodes)):
                return True
            nodes = tuple(own for map_ in _maps(nodes) if (own := map_.get(name)) is not None)
        return any(_concerns(slip, nodes, names[-1]) for slip in slips)


def _concerns(slip: Diagnostic, nodes: tuple[Node, ...], field: str) -> bool:
    """Tell whether a parsing fault makes a field unknown, because it is in its value or the field
    is missing.
    """
    at = (slip.place.line, slip.place.column)

    def holds(node: Node) -> bool:
        return _start(node) <= at <= _end(node)

    maps = _maps(nodes)
    # An unknown key may be meant for a missing field.
    is_misspelt = slip.code == "unknown-key" and any(
        own.get(field) is None and any(_start(key) == at for key, _ in own.entries) for own in maps
    )
    is_missing = is_misspelt or dict(slip.facts).get("field") == field
    values = (value for own in maps if (value := own.get(field)) is not None)
    if any(holds(value) for value in values):
        return True
    inside = [own for own in maps if holds(own)]
    # A value that should be a map and is not may have been anything.
    return (is_missing and bool(inside)) or (not inside and any(holds(node) for node in nodes))


def _maps(nodes: Iterable[Node]) -> tuple[MapNode, ...]:
    """The maps among nodes and among the items of their lists."""
    items = (
        item for node in nodes for item in (node.items if isinstance(node, ListNode) else (node,))
    )
    return tuple(item for item in items if isinstance(item, MapNode))


def slips_of(filed: Filed, faults: Iterable[Diagnostic]) -> Slips:
    """Group the parsing errors by file, and find the files that could not be parsed."""
    ledger = filed.documents[filed.ledgers[0].key].source
    label = ledger.path.removesuffix(ledger.key)
    by_key: dict[str, list[Diagnostic]] = {}
    lost: set[str] = set()
    for one in faults:
        if one.level == "error":
            key = one.place.path.removeprefix(label)
            by_key.setdefault(key, []).append(one)
            document = filed.documents.get(key)
            if document is None or _says_nothing(document, one):
                lost.add(key)
            if one.code in ("misnamed-file", "no-registry"):
                # The file is misnamed or missing; its content is unknown.
                facts = dict(one.facts)
                lost.add((facts.get("file") or facts["nearest"]).removeprefix(label))
    sorted_ = {key: tuple(own) for key, own in by_key.items()}
    return Slips(label, filed.documents, sorted_, frozenset(lost))


def _says_nothing(document: Document, slip: Diagnostic) -> bool:
    """Tell whether a file's root is not the expected map or list, so that nothing was parsed."""
    root = document.root
    at = (slip.place.line, slip.place.column)
    is_other = slip.code == "wrong-shape" and at == _start(root)
    return root == NOTHING or isinstance(root, Scalar) or is_other


def _names_of(key: str, found: Diagnostic) -> dict[str, object]:
    facts = dict(found.facts)
    names: dict[str, object] = {"year": key.partition("/")[0], "folder": key.rpartition("/")[0]}
    names["name"] = facts.get("name", "")
    number = re.search(r"/([0-9]{3})[./-]", key)
    if number:
        names["task"] = number[1]
    given = facts.get("given", "")
    names["given"] = int(given) if given.isdigit() else given.partition("#")[0]
    return names


def _ends(root: Node) -> Mapping[Position, Position]:
    """From each start position to the last end position of the values that begin there."""
    found: dict[Position, Position] = {}

    def end(node: Node) -> Position:
        if isinstance(node, MapNode):
            ends = [*(_end(name) for name, _ in node.entries), *(end(v) for _, v in node.entries)]
        else:
            ends = [end(item) for item in node.items] if isinstance(node, ListNode) else []
        last = max(ends, default=_end(node))
        found[_start(node)] = max(last, found.get(_start(node), last))
        return last

    end(root)
    return found


def _start(node: Node) -> Position:
    return node.line, node.column


def _end(node: Node) -> Position:
    """The end of a value; for text of several lines, the end of its first line."""
    if isinstance(node, Scalar):
        return node.line, node.column + len(node.text) + 1
    parts = node.items if isinstance(node, ListNode) else [v for _, v in node.entries]
    ends = [_end(part) for part in parts]
    if isinstance(node, MapNode):
        ends += [_end(name) for name, _ in node.entries]
    return max(ends, default=_start(node))
