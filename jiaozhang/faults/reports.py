"""Output formats of diagnostics: for terminals, programs and code forges."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Literal

from jiaozhang.faults.diagnostic import Diagnostic, as_text
from jiaozhang.faults.escaping import as_cell, as_code, as_data, as_json, as_property
from jiaozhang.faults.messages import Language

Format = Literal["text", "json", "github", "gitlab", "markdown"]


def report(diagnostics: tuple[Diagnostic, ...], form: Format, language: Language) -> str:
    """Format diagnostics; every format contains the same facts."""
    return WRITERS[form](diagnostics, language)


def _as_text(diagnostics: tuple[Diagnostic, ...], language: Language) -> str:
    return "\n".join(as_text(diagnostic, language) for diagnostic in diagnostics)


def _json(diagnostics: tuple[Diagnostic, ...], language: Language) -> str:
    rows = [
        {
            "path": d.place.path,
            "line": d.place.line,
            "column": d.place.column,
            "level": d.level,
            "code": d.code,
            "message": d.message(language),
            "help": d.help(language),
            "facts": d.shown_facts,
        }
        for d in diagnostics
    ]
    return as_json(rows, indent=1)


def _github(diagnostics: tuple[Diagnostic, ...], language: Language) -> str:
    """GitHub workflow commands; it shows only ten errors a step, so the log needs the text form."""
    return "\n".join(
        f"::{d.level} file={as_property(d.place.path)},line={max(1, d.place.line)},"
        f"col={max(1, d.place.column)},title={as_property(d.code)}"
        f"::{as_data(f'{d.message(language)}。{d.help(language)}')}"
        for d in diagnostics
    )


def _gitlab(diagnostics: tuple[Diagnostic, ...], language: Language) -> str:
    """GitLab code quality JSON; fingerprints must be unique, or GitLab drops duplicates."""
    rows = []
    seen: dict[str, int] = {}
    for d in diagnostics:
        text = f"{d.place}:{d.code}:{d.message(language)}"
        seen[text] = seen.get(text, 0) + 1
        rows.append(
            {
                "description": f"{d.message(language)}。{d.help(language)}",
                "check_name": d.code,
                "fingerprint": _digest(f"{text}#{seen[text]}"),
                "severity": {"error": "major", "warning": "minor"}[d.level],
                "location": {"path": d.place.path, "lines": {"begin": max(1, d.place.line)}},
            }
        )
    return as_json(rows, indent=1)


def _markdown(diagnostics: tuple[Diagnostic, ...], language: Language) -> str:
    """A Markdown summary to post as a comment."""
    if not diagnostics:
        return {"zh": "没有发现问题。", "en": "Nothing found."}[language]
    heads = {"zh": "| 位置 | 问题 | 怎么办 |", "en": "| place | fault | what to do |"}
    rows = [
        f"| {as_code(str(d.place))} | {as_cell(d.message(language))} {as_code(d.code)} "
        f"| {as_cell(d.help(language))} |"
        for d in diagnostics
    ]
    return "\n".join([heads[language], "| --- | --- | --- |", *rows])


def _digest(text: str) -> str:
    # A file name that is not UTF-8 contains lone surrogates.
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


WRITERS: Mapping[Format, Callable[[tuple[Diagnostic, ...], Language], str]] = {
    "text": _as_text,
    "json": _json,
    "github": _github,
    "gitlab": _gitlab,
    "markdown": _markdown,
}
