"""Every message can be said in both languages with the facts that come with it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from conftest import ROOT
from jiaozhang.faults.messages import MESSAGES, Language
from jiaozhang.faults.messages.prose_messages import PROSE
from jiaozhang.faults.messages.publication_messages import LINT

LANGUAGES: tuple[Language, ...] = ("zh", "en")
# Ways to report a fault, and which of their arguments is the code.
_REPORTERS = {"fault": 0, "add": 0, "refuse": 0, "at": 1}


def test_a_fault_brings_every_fact_that_its_message_needs() -> None:
    reported = dict.fromkeys(MESSAGES, False)
    for code, facts, where in _reports():
        reported[code] = True
        message = MESSAGES[code]
        for language in LANGUAGES:
            text = message.said[language] + message.advice[language]
            assert set(re.findall(r"\{(\w+)\}", text)) <= facts, (where, language)
    # The code or the facts of these are put together while the program runs.
    chosen = {
        "unknown-unit", "unknown-leader", "unknown-district", "missing-space", "tab-indent",
        "not-one-line", "blank-edge", "empty-value", "control-character", "invisible-character",
        "unassigned-character",
        "row-wide", "not-a-period", "not-a-digest", "unknown-target", "odd-space",
        "not-a-registration", "needs-quotes", "comma-between-keys", "fullwidth-bracket", "unclosed",
        "dash-space", "missing-colon", "uneven-indent", "yaml-feature", "unread-file",
        "duplicate-key", "fullwidth-colon",
        "unknown-node", "review-void", "renamed-after-review", "old-digest", "review-order",
        "review-same-post", "review-dates",
        "published-before-review", "attachment-name", "attachment-form", "attachment-words",
        "pdf-words", "pdf-unreadable", "picture-unsound", "attachment-missing", "attachment-unused",
        "image-without-words", "folder-too-deep", "path-too-long", *LINT, *PROSE,
    }  # fmt: skip
    assert {code for code, found in reported.items() if not found} <= chosen


def _reports() -> Iterator[tuple[str, set[str], str]]:
    """Every call that reports a fixed code: the code, the names of its facts, and its place.

    A call that hands on a whole map of facts (`**facts`) does not tell their names.
    """
    for file in sorted((ROOT / "jiaozhang").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            at = _REPORTERS.get(name, len(node.args))
            code = node.args[at] if at < len(node.args) else None
            facts = {keyword.arg for keyword in node.keywords}
            if isinstance(code, ast.Constant) and code.value in MESSAGES and None not in facts:
                yield str(code.value), {str(fact) for fact in facts}, f"{file.name}:{node.lineno}"
