"""The command line: says what to do, tells what was done, knows the clock and git."""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from jiaozhang import cache
from jiaozhang.build.pipeline import (
    BuiltSite,
    Day,
    Inputs,
    build,
    build_all,
    examine,
    load,
    site_beside,
)
from jiaozhang.cli.arguments import audiences_to_check, bounds_of, parse
from jiaozhang.cli.console import (
    label_of,
    print_error,
    print_error_lines,
    print_lines,
    print_result,
    report_check,
    report_faults,
)
from jiaozhang.cli.extras import missing_extra
from jiaozhang.faults.diagnostic import Diagnostic, is_fatal
from jiaozhang.files.bounds import DEFAULT
from jiaozhang.files.output_folder import ForeignFolderError, write_file, write_tree
from jiaozhang.files.yaml_tree import HAS_FAST_LOADER
from jiaozhang.processes.exit_codes import Exit
from jiaozhang.wall.audience import Audience

HOME = Path(__file__).resolve().parent.parent.parent
# The ledgers are kept in China; a day begins there whatever the machine's clock is set to.
_SHANGHAI = timezone(timedelta(hours=8))


def main(arguments: Sequence[str] | None = None) -> Exit:
    """Run one verb and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words.insert(0, "build")
    options = parse(words)
    cache.remember_in(cache.default_folder())
    try:
        return _VERBS[options.verb](options)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FINE
    except OSError as error:
        print_error(options.lang, "disk", why=f"{error.strerror} {error.filename or ''}".strip())
        return Exit.MISUSED
    except Exception as error:
        return _report_broken(options, error)


def _report_broken(options: argparse.Namespace, error: Exception) -> Exit:
    """Say what broke: a package that this verb alone needs is no bug."""
    extra = missing_extra(error) if isinstance(error, ModuleNotFoundError) else None
    if extra is not None:
        print_error(options.lang, "no-extra", package=extra[0], extra=extra[1], verb=options.verb)
        return Exit.MISUSED
    print_error_lines("".join(traceback.format_exception(error)))
    print_error(options.lang, "bug")
    return Exit.BROKEN


def _build(options: argparse.Namespace) -> Exit:
    start = time.perf_counter()
    if options.clean:
        cache.forget()
    inputs = _load(options)
    sites, faults = _sites(options, inputs, _audiences(options))
    report_faults(options.lang, faults, tuple(audience for audience, _ in sites))
    for audience, site in sites:
        folder = Path(options.out) / audience
        try:
            done = write_tree(folder, site.files, options.clean)
        except ForeignFolderError as error:
            print_error(options.lang, "foreign", folder=error)
            return Exit.MISUSED
        seconds = time.perf_counter() - start
        print_result(
            options.lang,
            "built",
            folder=folder,
            pages=len(site.pages),
            written=done.written,
            removed=done.removed,
            seconds=seconds,
        )
    return Exit.FINE if len(sites) == len(_audiences(options)) else Exit.FAULTY


def _check(options: argparse.Namespace) -> Exit:
    if options.repo:
        return _operate(options)
    _, faults = _sites(options, _load(options), audiences_to_check(options))
    intranet = options.audience == "intranet"
    report_check(faults, options.format, options.lang, intranet)
    return Exit.FAULTY if is_fatal(faults, intranet) else Exit.FINE


def _operate(options: argparse.Namespace) -> Exit:
    from jiaozhang.cli.publisher_commands import (
        run,
    )  # its locks are Unix's; the other verbs run anywhere

    return run(options, HOME, lambda: datetime.now(_SHANGHAI))


def _serve(options: argparse.Namespace) -> Exit:
    from jiaozhang.server.preview import Shown, serve  # tornado costs what no other verb should pay

    def rebuild() -> BuiltSite | None:
        sites, faults = _sites(options, _load(options), (options.audience,))
        report_faults(options.lang, faults, tuple(audience for audience, _ in sites))
        return sites[0][1] if sites else None

    site = rebuild()
    if site is None:
        return Exit.FAULTY
    content = Path(options.content)
    beside = site_beside(content.resolve())
    watched = [content, HOME / "templates", HOME / "static", *([beside] if beside else [])]
    try:
        serve(
            Shown(site, rebuild),
            watched,
            options.port,
            lambda address: print_result(options.lang, "serving", address=address),
        )
    except OSError as error:
        print_error(options.lang, "port", port=options.port, why=error.strerror)
        return Exit.MISUSED
    return Exit.FINE


def _explain(options: argparse.Namespace) -> Exit:
    from jiaozhang.build.explain import explain
    from jiaozhang.pages.site_plan import path_of

    inputs = _load(options)
    filed, faults = examine(inputs)
    intranet = options.audience == "intranet"
    if filed is None or is_fatal(faults, intranet):
        report_faults(options.lang, faults)
        return Exit.FAULTY
    site, _ = build(filed, inputs, options.audience, _day(options), None)
    wanted = options.page.strip("/").removesuffix("index.html").strip("/")
    for page in site.pages:
        if path_of(page).removesuffix("index.html").strip("/") == wanted:
            print_lines(explain(page, filed, inputs.tree))
            return Exit.FINE
    print_error(options.lang, "no-page", page=options.page)
    return Exit.MISUSED


def _import(options: argparse.Namespace) -> Exit:
    from jiaozhang.cli.import_command import import_notice

    root = Path(options.into or HOME / "content")
    notice = Path(options.file)
    return import_notice(notice, options.year, root, options.accept, options.lang)


def _new(options: argparse.Namespace) -> Exit:
    from jiaozhang.cli.import_command import new_city

    if options.what == "note":
        return _new_note(options)
    root = Path(options.into or options.name)
    return new_city(options.name, Path(options.notice), options.year, root, options.lang)


def _new_note(options: argparse.Namespace) -> Exit:
    from jiaozhang.cli.editor_commands import new_note

    inputs = _load(options)
    filed, faults = examine(inputs)
    if filed is None:
        report_faults(options.lang, faults)
        return Exit.FAULTY
    root, today = Path(options.content), _day(options).today
    made = new_note(filed, root, options.task, options.unit, options.year, today)
    if isinstance(made, str):
        print_error(options.lang, made, task=options.task, unit=options.unit, year=options.year)
        return Exit.MISUSED
    path, text = made
    if path.exists():
        print_error(options.lang, "note-exists", path=path)
        return Exit.MISUSED
    write_file(path, text.encode())
    print_result(options.lang, "wrote", path=path)
    return Exit.FINE


def _approve(options: argparse.Namespace) -> Exit:
    from jiaozhang.cli.editor_commands import approve_file, migrate_trails
    from jiaozhang.editing.approval import Step

    inputs = _load(options)
    if options.migrate:
        return migrate_trails(inputs, Path(options.content), options.write, options.lang)
    step = Step(options.level, options.by, options.at or _day(options).today, options.result)
    root = Path(options.content)
    return approve_file(inputs, root, Path(options.file), options.entry, step, options.lang)


def _history(options: argparse.Namespace) -> Exit:
    from jiaozhang.cli.editor_commands import history

    root = Path(options.content or HOME / "content")
    years = sorted(path.name for path in root.glob("[0-9][0-9][0-9][0-9]"))
    year = str(options.year or (years[-1] if years else ""))
    told = history(root, year, options.task)
    if told is None:
        print_error(options.lang, "no-git", folder=root)
        return Exit.MISUSED
    print_lines(told)
    return Exit.FINE


def _nginx(options: argparse.Namespace) -> Exit:
    from jiaozhang.cli.nginx_command import write_configuration

    filed, _ = examine(_load(options))
    base = filed.site.base_url if filed else None
    return write_configuration(options, base or "", HOME / "deploy" / "nginx")


def _test(options: argparse.Namespace) -> Exit:
    if importlib.util.find_spec("pytest") is None:
        raise ModuleNotFoundError("pytest", name="pytest")
    command = [sys.executable, "-m", "pytest", *options.pytest]
    for name in ("full", "quick", "all_tools"):
        command += [f"--{name.replace('_', '-')}"] if getattr(options, name) else []
    # Whoever names tests may want to stop in a debugger, which workers cannot.
    jobs = options.jobs or (1 if options.pytest else os.cpu_count() or 1)
    command += ["--numprocesses", str(jobs), "--dist", "worksteal"] if jobs > 1 else []
    return Exit.FAULTY if subprocess.call(command, cwd=HOME) else Exit.FINE  # noqa: S603 - our own words


_VERBS = {
    "build": _build,
    "check": _check,
    "serve": _serve,
    "explain": _explain,
    "import": _import,
    "new": _new,
    "approve": _approve,
    "history": _history,
    "nginx": _nginx,
    "publish": _operate,
    "rollback": _operate,
    "status": _operate,
    "verify": _operate,
    "install-hooks": _operate,
    "test": _test,
}


def _audiences(options: argparse.Namespace) -> tuple[Audience, ...]:
    return ("public", "intranet") if options.audience == "all" else (options.audience,)


def _day(options: argparse.Namespace) -> Day:
    return Day(getattr(options, "as_of", None), datetime.now(_SHANGHAI).date())


def _load(options: argparse.Namespace) -> Inputs:
    if not HAS_FAST_LOADER:
        print_error(options.lang, "slow")
    options.content = options.content or str(HOME / "content")
    folder = Path(options.content)
    bounds = bounds_of(options) if hasattr(options, "limit_files") else DEFAULT
    site_file = site_beside(folder.resolve())
    return load(folder, label_of(folder), site_file, HOME, bounds)


def _sites(
    options: argparse.Namespace, inputs: Inputs, audiences: tuple[Audience, ...]
) -> tuple[list[tuple[Audience, BuiltSite]], tuple[Diagnostic, ...]]:
    """Check the content and build for each audience; with a fatal fault nothing is built."""
    commit = _commit(Path(options.content)) if options.verb == "build" else None
    sites, faults = build_all(inputs, audiences, _day(options), commit)
    return list(sites.items()), faults


def _commit(content: Path) -> str | None:
    """The commit of a clean work tree; a tree with changes is no commit's."""
    git = ["git", "-C", str(content)]
    try:
        status = subprocess.run(  # noqa: S603 - fixed words, our own path
            [*git, "status", "--porcelain"], capture_output=True, text=True, check=True
        )
        head = subprocess.run(  # noqa: S603
            [*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return head.stdout.strip() if not status.stdout.strip() else None
