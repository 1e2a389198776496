"""Check every text that is or may become public for content that must not be published.

Findings in text that the public site would show are errors; in text that still waits for review
they are warnings, so that its author sees them first. Text below `internal`, withdrawn, or never to
be public is not checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from jiaozhang.cache import recall
from jiaozhang.check.text_rules import Lexicon, TextFinding, lint, lint_address
from jiaozhang.faults.diagnostic import Diagnostic, fault
from jiaozhang.files.source import Source
from jiaozhang.files.yaml_tree import Document, ListNode, Node, Scalar
from jiaozhang.ledger.events import Note, Summary
from jiaozhang.ledger.filed import Filed, FiledLedger, Kept
from jiaozhang.read.front_matter import body_line
from jiaozhang.wall.review import FieldPath, Visibility, visibility_of, visible_parts, withdrawn_of

Diagnostics = tuple[Diagnostic, ...]
# Visibility of everything below a path; a longer path overrides.
Visibilities = Mapping[FieldPath, Visibility]

# Fields without prose: addresses, numbers, and what only the intranet shows.
NOT_READ = frozenset({"reviews", "secrecy", "problems", "base_url", "address", "value"})
# A notice is quoted unchanged, typos included, but must contain nothing personal or secret.
_OF_A_NOTICE = frozenset(
    {"personal-id", "personal-phone", "bank-card", "passport", "plate", "secrecy-mark"}
)


def check_public(filed: Filed) -> Iterator[Diagnostic]:
    """Check every open document, the prose of notes and notices, and file names."""
    lexicon = Lexicon(
        tuple(leader.name for leader in filed.leaders),
        tuple(name for unit in filed.units for name in (unit.name, *unit.aliases)),
        tuple(unit.full_name for unit in filed.units),
    )
    seen: dict[str, dict[FieldPath, Visibility]] = {}
    for ledger in filed.ledgers:
        yield from _notice(filed, ledger)
        withdrawn = withdrawn_of(ledger)
        for kept in ledger.kept:
            visibility = visibility_of(kept, ledger, withdrawn)
            seen.setdefault(kept.key, {}).update(visible_parts(kept, ledger, withdrawn))
            if visibility != "never" and not isinstance(kept.fact, Summary):
                yield from _own_file(filed.documents[kept.key], kept, visibility, lexicon)
    for key, document in filed.documents.items():
        if "internal" not in key.split("/"):
            yield from _document(document, seen.get(key, {}), lexicon)


def _own_file(
    document: Document, kept: Kept, visibility: Visibility, lexicon: Lexicon
) -> Iterator[Diagnostic]:
    """Check the body of a note, and the names of its file and attachments."""
    names = [] if kept.path else [PurePosixPath(kept.key).stem]
    if isinstance(kept.fact, Note):
        names += [one.name for one in kept.fact.attachments]
        for one in _prose(document.source, body_line(document), kept.fact.body, lexicon):
            yield replace(one, pending=visibility == "pending")
    place = document.source.place()
    for code, shown in recall("names", names, partial(_numbers_in, names)):
        yield replace(fault(code, place, found=shown), pending=visibility == "pending")


def _numbers_in(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    from jiaozhang.personal_data.numbers import personal_numbers  # here, as in `text_rules`

    return tuple((one.code, one.shown) for name in names for one in personal_numbers(name))


def _notice(filed: Filed, ledger: FiledLedger) -> Iterator[Diagnostic]:
    beside = filed.documents[ledger.key].source
    key = ledger.key.replace("ledger.yaml", "notice.md")
    source = Source(beside.path.replace("ledger.yaml", "notice.md"), key, ledger.notice)
    for found in _prose(source, 1, ledger.notice, Lexicon((), (), ())):
        if found.code in _OF_A_NOTICE:
            yield found


def _document(document: Document, seen: Visibilities, lexicon: Lexicon) -> Diagnostics:
    # Cached: the same text has the same findings.
    facts = (document.source, sorted(seen.items(), key=repr), lexicon)
    root = document.root
    read = _Reader(document, seen, lexicon)
    return recall("lint", facts, lambda: tuple(read.fields(root, (), "public")))


class _Reader:
    """Checks the values of one document."""

    def __init__(self, document: Document, seen: Visibilities, lexicon: Lexicon) -> None:
        self.document = document
        self.seen = seen
        self.lexicon = lexicon

    def fields(self, node: Node, path: FieldPath, above: Visibility) -> Iterator[Diagnostic]:
        visibility = self.seen.get(path, above)
        if isinstance(node, Scalar):
            if visibility != "never":
                for one in self.scalar(node, path[-1:] == ("url",)):
                    yield replace(one, pending=visibility == "pending")
            return
        inner: list[tuple[str | int, Node]]
        if isinstance(node, ListNode):
            inner = list(enumerate(node.items))
        else:
            read = [(key, value) for key, value in node.entries if key.text not in NOT_READ]
            inner = [(key.text, value) for key, value in read]
            # Keys of free maps are shown on pages too.
            for key, _ in read:
                yield from self.fields(key, (*path, key.text), visibility)
        for step, value in inner:
            yield from self.fields(value, (*path, step), visibility)

    def scalar(self, node: Scalar, is_address: bool) -> Iterator[Diagnostic]:
        findings = lint_address(node.text) if is_address else lint(node.text, self.lexicon)
        first = node.column + (0 if node.plain else 1)
        hidden = _hidden(node.text, findings)
        for found in findings:
            place = self.document.source.place(node.line, first + found.start)
            before, behind = place.excerpt[: first - 1], place.excerpt[first - 1 :]
            if behind.startswith(node.text):
                shown = before + hidden + behind[len(hidden) :]
                place = replace(place, excerpt=shown)
            yield fault(found.code, place, found=found.found)


def _prose(source: Source, first: int, text: str, lexicon: Lexicon) -> Diagnostics:
    def read() -> Iterator[Diagnostic]:
        from jiaozhang.check.shown_text import (
            lint_prose,  # imported here: results are usually cached
        )

        findings = lint_prose(text, lexicon)
        lines = _hidden(text, findings).split("\n")
        for found in findings:
            line = text.count("\n", 0, found.start)
            column = found.start - (text.rfind("\n", 0, found.start) + 1) + 1
            place = replace(source.place(first + line, column), excerpt=lines[line])
            yield fault(found.code, place, found=found.found)

    return recall("lint prose", (source, text, lexicon), lambda: tuple(read()))


def _hidden(text: str, findings: Iterable[TextFinding]) -> str:
    """The text with personal data masked, also where a line contains only part of it."""
    spans = [(found.start, found.end) for found in findings if found.end is not None]
    if not spans:
        return text
    from jiaozhang.personal_data.numbers import starred_out

    for start, end in spans:
        text = text[:start] + starred_out(text[start:end]) + text[end:]
    return text
