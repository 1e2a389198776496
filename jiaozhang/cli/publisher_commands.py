"""The operator's verbs: publish, rollback, status, verify, install-hooks, and their output."""

from __future__ import annotations

import os
import re
import tempfile
from datetime import date
from functools import singledispatch
from pathlib import Path, PurePosixPath

from jiaozhang import program
from jiaozhang.build.pipeline import BuildDay, Inputs, build_all, load, nothing_read, site_beside
from jiaozhang.cli.clock import now, today
from jiaozhang.cli.console import (
    listed,
    print_error,
    print_error_lines,
    print_lines,
    print_result,
    print_text,
    report_check,
    report_faults,
)
from jiaozhang.cli.option_fields import Options
from jiaozhang.cli.verb_options import (
    AUDIENCES,
    CheckOptions,
    HookOptions,
    PublishOptions,
    RollbackOptions,
    RootOptions,
    StatusOptions,
    VerifyOptions,
    audiences_of,
)
from jiaozhang.faults.diagnostic import Diagnostic, is_fatal
from jiaozhang.faults.escaping import as_line
from jiaozhang.faults.messages import Language
from jiaozhang.files.bounds import Bounds
from jiaozhang.pages.core.addresses import comes_and_goes
from jiaozhang.processes.exit_codes import Exit
from jiaozhang.publisher.commits import NoCommitError, resolve
from jiaozhang.publisher.extract import extract
from jiaozhang.publisher.generator import generator_of
from jiaozhang.publisher.hooks import HookError, Hooks, install_hooks
from jiaozhang.publisher.limited import LimitError, limited
from jiaozhang.publisher.publish import publish
from jiaozhang.publisher.release import DamagedError, Release
from jiaozhang.publisher.request import Made, Make, NothingLiveError, Order, Outcome, Wanted
from jiaozhang.publisher.rollback import NoReleaseError, rollback
from jiaozhang.publisher.sbom import sbom_of
from jiaozhang.publisher.status import State, state_json, state_of
from jiaozhang.publisher.store import live_release
from jiaozhang.publisher.systemd_units import write_units
from jiaozhang.publisher.trusted import build_by_itself
from jiaozhang.publisher.vanished import vanished
from jiaozhang.publisher.verify import flaws


def run(options: Options) -> Exit:
    """Run one of these verbs and return the exit code."""
    root = options.root if isinstance(options, RootOptions | CheckOptions) else None
    is_writing = isinstance(options, PublishOptions | RollbackOptions)
    if not is_writing or root is None or not _is_root_in_foreign(root):
        try:
            return _run_or_say_why(options)
        except PermissionError:
            if root is None or not root.is_dir() or root.stat().st_uid == os.geteuid():
                raise
    print_error(options.lang, "not-yours", root=root, owner=_owner_of(root))
    return Exit.MISUSED


def _run_or_say_why(options: Options) -> Exit:
    try:
        return _run(options)
    except NoCommitError as missing:
        print_error(options.lang, "no-commit", why=missing)
    except NothingLiveError as where:
        print_error(options.lang, "nothing-live", root=where)
    except NoReleaseError as none:
        print_error(options.lang, "no-release", names=none)
    except DamagedError as damage:
        print_error(options.lang, "damaged", why=damage)
    except LimitError as beyond:
        print_error(options.lang, f"limit-{beyond.what}", limit=beyond.limit)
    except HookError as foreign:
        print_error(options.lang, "foreign-hook", path=foreign)
    return Exit.MISUSED


@singledispatch
def _run(options: Options) -> Exit:
    raise NotImplementedError(options.verb)


def _is_root_in_foreign(root: Path) -> bool:
    """Tell whether root would write files that the owner of this folder could not change.

    Every later push by the owner would then fail.
    """
    return os.geteuid() == 0 and root.is_dir() and root.stat().st_uid != 0


def _owner_of(root: Path) -> str:
    try:
        return root.owner()
    except KeyError:  # a user ID of another machine
        return str(root.stat().st_uid)


@_run.register
def _check(options: CheckOptions) -> Exit:
    """Check a commit in a repository, before or after it is pushed."""
    content, repository = _content(options.content or "content"), options.repo
    if repository is None:
        raise NoCommitError("--repo")
    commit = resolve(repository, _revisions(options.rev))
    day = BuildDay(options.as_of, today())
    live = live_release(options.root) if options.root else None

    def found(folder: Path) -> tuple[Diagnostic, ...]:
        wanted, bounds = _paths(content, is_whole=False), options.bounds
        faults = extract(repository, commit, wanted, folder, bounds)
        inputs = nothing_read(content, faults) if faults else _load(folder, content, bounds)
        sites, faults = build_all(inputs, options.audiences, day, None)
        files = {str(name): site.files for name, site in sites.items()}
        return (*faults, *vanished(files, live, content, comes_and_goes))

    with tempfile.TemporaryDirectory() as name:
        faults = limited(lambda: found(Path(name)), options.limits, (NoCommitError,))
    intranet = options.audience == "intranet"
    report_check(faults, options.format, options.lang, intranet)
    return Exit.FAULTY if is_fatal(faults, intranet) else Exit.FINE


@_run.register
def _publish(options: PublishOptions) -> Exit:
    content = _content(options.content)
    generator = "the commit's own" if options.trusted else generator_of(program.HOME)
    order = Order(
        repository=options.repo,
        revisions=_revisions(options.rev),
        root=options.root,
        paths=_paths(content, options.trusted),
        content=content,
        audiences=audiences_of(options.audience) if options.audience else (),
        day=options.as_of,
        generator=generator,
        sbom=sbom_of(program.HOME, generator),
        keep=options.keep,
        is_live=options.live,
        is_trusted=options.trusted,
        force=options.force,
        may_vanish=comes_and_goes,
        replace=_commit_said(options.replace),
        bounds=options.bounds,
        limits=options.limits,
    )
    start = now()
    outcome = publish(order, _make(options, content), now)
    seconds = (now() - start).total_seconds()
    return _report_outcome(outcome, options.lang, seconds)


def _make(options: PublishOptions, content: str) -> Make:
    """The function that builds a site: by this program, or by the commit's own (`--trusted`)."""

    def by_this(folder: Path, wanted: Wanted) -> Made:
        audiences = tuple(one for one in AUDIENCES if one in wanted.audiences)
        day = BuildDay(options.as_of, date.fromisoformat(wanted.day))
        inputs = _load(folder, content, options.bounds)
        sites, faults = build_all(inputs, audiences, day, wanted.commit)
        return Made({name: site.files for name, site in sites.items()}, faults)

    def by_its_own(folder: Path, wanted: Wanted) -> Made:
        return build_by_itself(folder, content, wanted, options.lang)

    return by_its_own if options.trusted else by_this


def _report_outcome(outcome: Outcome, language: Language, seconds: float) -> Exit:
    going_on = tuple(outcome.made.sites)
    report_faults(language, outcome.made.faults, going_on)
    if outcome.made.said:
        print_error_lines(outcome.made.said)
    result, release = outcome.result, outcome.release
    whole = outcome.wanted.commit
    commit = whole[:12]
    if result == "live" and release is not None:
        print_result(language, "went-live", name=release.name, seconds=seconds)
        _print_parts(release, language)
    elif result in ("unchanged", "superseded", "diverged", "pinned"):
        print_result(
            language,
            result,
            commit=commit,
            live=_release_said(release),
            whole=outcome.wanted.commit,
        )
    elif outcome.decision == "unknown":
        print_error(
            language, "unknown-live", commit=commit, live=_release_said(release), whole=whole
        )
        return Exit.MISUSED
    for audience in outcome.held:
        print_error(language, f"held-{audience}")
    return Exit.FAULTY if result == "faulty" or outcome.held else Exit.FINE


@_run.register
def _rollback(options: RollbackOptions) -> Exit:
    start = now()
    before, after = rollback(options.root, options.to, now)
    if before.seq == after.seq:
        print_result(options.lang, "already-live", live=after.name)
    else:
        seconds = (now() - start).total_seconds()
        what = "rolled-back" if after.seq < before.seq else "gone-forward"
        print_result(options.lang, what, live=after.name, before=before.name, seconds=seconds)
    return Exit.FINE


@_run.register
def _status(options: StatusOptions) -> Exit:
    if not options.root.is_dir():
        print_error(options.lang, "no-root", root=options.root)
        return Exit.MISUSED
    state = state_of(options.root)
    if options.format == "json":
        print_text(f"{state_json(state)}\n")
    else:
        _print_state(state, options.lang)
    return Exit.FINE


def _print_state(state: State, language: Language) -> None:
    if state.live is None:
        print_result(language, "status-none")
    else:
        print_result(language, "status-live", live=state.live.name, since=state.since)
        _print_parts(state.live, language)
    print_result(
        language,
        "status-kept",
        names=listed(language, (one.name for one in reversed(state.kept))) or "-",
    )
    for one in state.pin:
        print_result(language, "status-pin", seq=one.seq, commit=one.commit[:12], time=one.time)
    if state.is_busy:
        print_result(language, "status-busy")
    if state.failure is not None:
        what = "status-failing" if state.is_standing else "status-failed"
        print_result(
            language, what, time=state.failure.get("time"), commit=state.failure.get("commit")
        )
        rows = state.failure.get("diagnostics")
        for row in rows if isinstance(rows, list) else ():
            print_lines(f"  {as_line(_place_said(row))}{as_line(str(row.get('message')))}")


def _print_parts(release: Release, language: Language) -> None:
    for name, part in release.parts.items():
        print_result(
            language,
            f"status-{name}",
            pages=part.pages,
            commit=part.commit[:12],
            as_of=listed(language, (f"{year}: {day}" for year, day in part.as_of.items())),
        )


def _place_said(row: dict[str, object]) -> str:
    if "path" not in row:
        return ""
    return f"{row['path']}:{row['line']}:{row['column']}: " if row["line"] else f"{row['path']}: "


@_run.register
def _verify(options: VerifyOptions) -> Exit:
    live = live_release(options.root)
    if live is None:
        raise NothingLiveError(str(options.root))
    count, found = flaws(options.root, live)
    for flaw in found:
        print_error(options.lang, f"flaw-{flaw.kind}", path=flaw.path)
    if found:
        print_error(options.lang, "flawed", live=live.name, count=len(found))
        return Exit.FAULTY
    print_result(options.lang, "verified", live=live.name, count=count)
    return Exit.FINE


@_run.register
def _install_hooks(options: HookOptions) -> Exit:
    hooks = Hooks(
        program=program.command(),
        root=options.root.resolve(),
        branch=options.branch,
        content=_content(options.content),
        audience=options.audience or "all",
        keep=options.keep,
        trusted=options.trusted,
        language=options.lang,
        bounds=options.bounds,
        limits=options.limits,
    )
    repository, samples = options.repo.resolve(), program.HOME / "deploy"
    written = install_hooks(repository, samples / "git", hooks)
    if options.units:
        written += write_units(repository, samples / "systemd", options.units, hooks)
    for path in written:
        print_result(options.lang, "wrote", path=path)
    return Exit.FINE


def _load(folder: Path, content: str, bounds: Bounds) -> Inputs:
    """Load the content of an extracted commit."""
    return load(folder / content, content, site_beside(folder / content), program.HOME, bounds)


def _paths(content: str, is_whole: bool) -> tuple[str, ...]:
    """The paths of a commit to extract; empty means all."""
    if is_whole or content == ".":
        return ()
    beside = site_beside(Path(content))
    return (content, *([beside.as_posix()] if beside else []))


def _content(text: str) -> str:
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts:
        raise NoCommitError(f"--content {text}")
    return path.as_posix()


def _commit_said(commit: str | None) -> str | None:
    """Return a full commit hash only: a branch or an abbreviated hash could change its meaning."""
    if commit is not None and not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", commit):
        raise NoCommitError(f"--replace {commit}")
    return commit


def _revisions(given: str | None) -> tuple[str, ...]:
    return (given,) if given else ("HEAD", "refs/heads/main")


def _release_said(release: Release | None) -> str:
    return release.name if release else "-"
