"""Printing: results to standard output, the rest to standard error. No other module prints."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from jiaozhang.cli.messages.results import COMMA, RESULTS
from jiaozhang.faults.diagnostic import Diagnostic, is_fatal
from jiaozhang.faults.escaping import as_line, as_lines
from jiaozhang.faults.messages import Language
from jiaozhang.faults.reports import Format, report
from jiaozhang.program import as_called


def print_result(language: Language, what: str, **facts: object) -> None:
    """Print a message of the catalogue to standard output."""
    print(_sentence(language, what, facts), flush=True)


def _sentence(language: Language, what: str, facts: Mapping[str, object]) -> str:
    return as_line(as_called(RESULTS[what][language]).format(**facts))


def print_lines(text: str) -> None:
    """Print foreign lines, escaped: a diff, git's output, file names."""
    print(as_lines(text), flush=True)


def print_text(text: str) -> None:
    """Print a text that is itself the result, and is already escaped or checked."""
    print(text, end="", flush=True)


def print_error(language: Language, what: str, **facts: object) -> None:
    """Print a message of the catalogue to standard error."""
    print(_sentence(language, what, facts), file=sys.stderr, flush=True)


def print_error_lines(text: str) -> None:
    """Print foreign lines, escaped, to standard error: another program's error message."""
    print(as_lines(text), file=sys.stderr, flush=True)


def report_faults(
    language: Language, faults: tuple[Diagnostic, ...], going_on: tuple[str, ...] = ()
) -> bool:
    """Print faults, and what continues despite them; return whether there are errors."""
    if not faults:
        return False
    print(report(faults, "text", language), file=sys.stderr)
    errors = sum(fault.level == "error" for fault in faults)
    if errors:
        what = "faults-public" if going_on else "faults"
        print_error(language, what, errors=errors, warnings=len(faults) - errors)
    return errors > 0


def report_check(
    faults: tuple[Diagnostic, ...], form: Format, language: Language, intranet: bool = False
) -> None:
    """Report the faults of a check in the requested format.

    Faults count as errors if they make the check of this audience fail.
    """
    if form != "text":
        print(report(faults, form, language))
        return
    if not faults:
        print_result(language, "fine")
        return
    print(report(faults, form, language), file=sys.stderr)
    errors = sum(fault.level == "error" for fault in faults)
    warnings = len(faults) - errors
    if intranet and errors and not is_fatal(faults, intranet):
        print_error(language, "found-intranet", held=errors, warnings=warnings)
    else:
        print_error(language, "found", errors=errors, warnings=warnings)


def listed(language: Language, names: Iterable[str]) -> str:
    """The names joined in one line."""
    return COMMA[language].join(names)


def label_of(folder: Path) -> str:
    """A folder's name in diagnostics: its path relative to the current folder."""
    if folder.is_absolute() and folder.is_relative_to(Path.cwd()):
        return folder.relative_to(Path.cwd()).as_posix()
    return folder.as_posix()
