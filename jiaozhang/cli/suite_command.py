"""The verb `test`: runs pytest with one worker per processor."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

from jiaozhang import program
from jiaozhang.cli.console import print_error
from jiaozhang.cli.verb_options import SuiteOptions
from jiaozhang.processes.exit_codes import Exit


def run_suite(options: SuiteOptions) -> Exit:
    """Run the project's tests and return the exit code."""
    if not program.IS_CHECKOUT:
        print_error(options.lang, "no-tests")
        return Exit.MISUSED
    if importlib.util.find_spec("pytest") is None:
        raise ModuleNotFoundError("pytest", name="pytest")
    asked = (
        ("--full", options.full),
        ("--quick", options.quick),
        ("--all-tools", options.all_tools),
    )
    measured = ["coverage", "run", "-m"] if options.coverage else []
    command = ["-m", *measured, "pytest", *options.pytest]
    command += [name for name, is_given in asked if is_given]
    # Selected tests run without workers, because a debugger needs that.
    jobs = options.jobs or (1 if options.pytest else os.cpu_count() or 1)
    command += ["--numprocesses", str(jobs), "--dist", "worksteal"] if jobs > 1 else []
    commands = [command]
    if options.coverage:
        # The last command lists uncovered lines, and fails below `fail_under` of pyproject.toml.
        commands += [["-m", "coverage", "combine", "--quiet"], ["-m", "coverage", "report"]]
    return Exit.FAULTY if any(map(_python, commands)) else Exit.FINE


def _python(words: list[str]) -> int:
    """Run this Python in the program's folder; return its exit code."""
    return subprocess.call([sys.executable, *words], cwd=program.HOME)  # noqa: S603 - our own words
