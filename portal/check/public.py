"""Before publication: every text that would be public is read for what must not be there.

What lies below `internal`, and what no review has opened yet, is nobody's business here; approving
the last level runs these rules again.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.diagnostic import Diagnostic, fault
from portal.lint import Lexicon, lint
from portal.located import Document, ListNode, Node, Scalar
from portal.memory import recall
from portal.model import Filed
from portal.progress import Note
from portal.read.front import body_line
from portal.review import state_of

Path = tuple[str | int, ...]
Faults = tuple[Diagnostic, ...]

# No prose: addresses, and what only the intranet shows.
_NOT_READ = frozenset({"url", "problems", "reviews", "secrecy", "base_url", "address"})


def check_public(filed: Filed) -> Iterator[Diagnostic]:
    """Lint every open document, and the prose of notes and notices."""
    lexicon = Lexicon(
        tuple(leader.name for leader in filed.leaders),
        tuple(name for unit in filed.units for name in (unit.name, *unit.aliases)),
        tuple(unit.full_name for unit in filed.units),
    )
    withheld = _withheld(filed)
    for key, document in filed.documents.items():
        if "internal" not in key.split("/"):
            yield from _document(document, withheld.get(key, frozenset()), lexicon)
    for ledger in filed.ledgers:
        for kept in ledger.kept:
            if isinstance(kept.fact, Note) and state_of(kept, ledger.levels) == "public":
                document = filed.documents[kept.key]
                yield from _prose(document, kept.fact.body, lexicon)


def _withheld(filed: Filed) -> dict[str, frozenset[Path]]:
    """For each file, the paths of its records that are not public."""
    closed: dict[str, set[Path]] = {}
    for ledger in filed.ledgers:
        for kept in ledger.kept:
            if state_of(kept, ledger.levels) != "public":
                closed.setdefault(kept.key, set()).add(kept.path)
    return {key: frozenset(paths) for key, paths in closed.items()}


def _document(document: Document, withheld: frozenset[Path], lexicon: Lexicon) -> Faults:
    # A file that says what it said has the slips it had.
    facts = (document.source, sorted(withheld, key=repr), lexicon)
    root = document.root
    return recall("lint", facts, lambda: tuple(_fields(document, root, (), withheld, lexicon)))


def _fields(
    document: Document,
    node: Node,
    path: Path,
    withheld: frozenset[Path],
    lexicon: Lexicon,
) -> Iterator[Diagnostic]:
    if path in withheld:
        return
    if isinstance(node, Scalar):
        yield from _scalar(document, node, lexicon)
        return
    inner: list[tuple[str | int, Node]]
    if isinstance(node, ListNode):
        inner = list(enumerate(node.items))
    else:
        inner = [(key.text, value) for key, value in node.entries if key.text not in _NOT_READ]
    for step, value in inner:
        yield from _fields(document, value, (*path, step), withheld, lexicon)


def _scalar(document: Document, node: Scalar, lexicon: Lexicon) -> Iterator[Diagnostic]:
    for found in lint(node.text, lexicon):
        column = node.column + found.start + (0 if node.plain else 1)
        yield fault(found.code, document.source.place(node.line, column), found=found.found)


def _prose(document: Document, text: str, lexicon: Lexicon) -> Faults:
    first = body_line(document)

    def read() -> Iterator[Diagnostic]:
        for found in lint(text, lexicon):
            line = text.count("\n", 0, found.start)
            column = found.start - (text.rfind("\n", 0, found.start) + 1) + 1
            yield fault(found.code, document.source.place(first + line, column), found=found.found)

    return recall("lint prose", (document.source, text, lexicon), lambda: tuple(read()))
