"""Printing: results on standard output, all else on standard error. Nothing else prints."""

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
    """Print a sentence as a result."""
    print(_sentence(language, what, facts), flush=True)


def _sentence(language: Language, what: str, facts: Mapping[str, object]) -> str:
    return as_line(as_called(RESULTS[what][language]).format(**facts))


def print_lines(text: str) -> None:
    """Print lines that came from elsewhere: a difference, git's account, names of files."""
    print(as_lines(text), flush=True)


def print_text(text: str) -> None:
    """Print a text that is itself the result and was made harmless, or checked, before."""
    print(text, end="", flush=True)


def print_error(language: Language, what: str, **facts: object) -> None:
    """Print a sentence beside the results, on standard error."""
    print(_sentence(language, what, facts), file=sys.stderr, flush=True)


def print_error_lines(text: str) -> None:
    """Print lines that came from elsewhere beside the results: another program's complaint."""
    print(as_lines(text), file=sys.stderr, flush=True)


def report_faults(
    language: Language, faults: tuple[Diagnostic, ...], going_on: tuple[str, ...] = ()
) -> bool:
    """Print what was found, and what goes on in spite of it; tell whether there are errors."""
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
    """Report what a check found, in the form that was asked for.

    What is counted as an error is what makes the check of this audience fail.
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
    """The names in one line."""
    return COMMA[language].join(names)


def label_of(folder: Path) -> str:
    """What diagnostics call a folder: the way to it from where the caller stands."""
    if folder.is_absolute() and folder.is_relative_to(Path.cwd()):
        return folder.relative_to(Path.cwd()).as_posix()
    return folder.as_posix()
