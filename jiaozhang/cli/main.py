"""The main function: parses arguments, runs the verb's function, returns an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from functools import singledispatch

from jiaozhang import cache, program
from jiaozhang.cli import verb_options as verbs
from jiaozhang.cli.arguments import parse
from jiaozhang.cli.console import print_error, print_error_lines
from jiaozhang.cli.extras import missing_extra
from jiaozhang.cli.option_fields import Options
from jiaozhang.processes.exit_codes import Exit


def main(words: Sequence[str] | None = None) -> Exit:
    """Run one verb; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = parse(sys.argv[1:] if words is None else words)
    cache.remember_in(cache.default_folder())
    try:
        return run(options)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader of the pipe has exited; prevent a second error at the final flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FINE
    except OSError as error:
        print_error(options.lang, "disk", why=f"{error.strerror} {error.filename or ''}".strip())
        return Exit.MISUSED
    except Exception as error:
        return _report_broken(options, error)


def _report_broken(options: Options, error: Exception) -> Exit:
    """Report an unexpected exception, or a missing optional package, which is no bug."""
    extra = missing_extra(error) if isinstance(error, ModuleNotFoundError) else None
    if extra is not None:
        package, name = extra
        what = "no-extra" if program.IS_CHECKOUT else "no-extra-installed"
        print_error(options.lang, what, package=package, extra=name, verb=options.verb)
        return Exit.MISUSED
    print_error_lines("".join(traceback.format_exception(error)))
    print_error(options.lang, "bug")
    return Exit.BROKEN


@singledispatch
def run(options: Options) -> Exit:
    """Run the verb of these options.

    The verb's module is imported here, so that each verb loads only what it needs.
    """
    raise NotImplementedError(options.verb)


@run.register
def _build(options: verbs.BuildOptions) -> Exit:
    from jiaozhang.cli.site_commands import build_sites

    return build_sites(options)


@run.register
def _check(options: verbs.CheckOptions) -> Exit:
    if options.repo:
        return _publisher(options)
    from jiaozhang.cli.site_commands import check_content

    return check_content(options)


@run.register
def _serve(options: verbs.ServeOptions) -> Exit:
    from jiaozhang.cli.site_commands import serve_site

    return serve_site(options)


@run.register
def _explain(options: verbs.ExplainOptions) -> Exit:
    from jiaozhang.cli.site_commands import explain_file

    return explain_file(options)


@run.register
def _schemas(options: verbs.SchemaOptions) -> Exit:
    from jiaozhang.cli.site_commands import write_schemas

    return write_schemas(options)


@run.register
def _import(options: verbs.ImportOptions) -> Exit:
    from jiaozhang.cli.import_command import import_notice

    return import_notice(options)


@run.register
def _new_city(options: verbs.NewCityOptions) -> Exit:
    from jiaozhang.cli.import_command import new_city

    return new_city(options)


@run.register
def _new_note(options: verbs.NewNoteOptions) -> Exit:
    from jiaozhang.cli.editor_commands import write_note

    return write_note(options)


@run.register
def _approve(options: verbs.ApproveOptions) -> Exit:
    from jiaozhang.cli.editor_commands import approve_or_migrate

    return approve_or_migrate(options)


@run.register
def _history(options: verbs.HistoryOptions) -> Exit:
    from jiaozhang.cli.editor_commands import print_history

    return print_history(options)


@run.register
def _nginx(options: verbs.NginxOptions) -> Exit:
    from jiaozhang.cli.nginx_command import write_configuration

    return write_configuration(options)


@run.register(verbs.PublishOptions)
@run.register(verbs.RollbackOptions)
@run.register(verbs.StatusOptions)
@run.register(verbs.VerifyOptions)
@run.register(verbs.HookOptions)
def _publisher(options: Options) -> Exit:
    # File locks (fcntl) exist only on Unix; the other verbs run anywhere.
    from jiaozhang.cli.publisher_commands import run as run_publisher

    return run_publisher(options)


@run.register
def _test(options: verbs.SuiteOptions) -> Exit:
    from jiaozhang.cli.suite_command import run_suite

    return run_suite(options)
