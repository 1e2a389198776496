"""The verbs that build from the working folder: `build`, `check`, `serve` and `explain`."""

from __future__ import annotations

import time

from jiaozhang import cache, program
from jiaozhang.build.pipeline import BuildDay, BuiltSite, build, build_all, examine, site_beside
from jiaozhang.cli.clock import today
from jiaozhang.cli.console import (
    print_error,
    print_lines,
    print_result,
    report_check,
    report_faults,
)
from jiaozhang.cli.verb_options import (
    BuildOptions,
    CheckOptions,
    ExplainOptions,
    SchemaOptions,
    ServeOptions,
    SiteOptions,
    audiences_of,
)
from jiaozhang.cli.working_folder import commit_of, ledger_folder, load_ledger
from jiaozhang.faults.diagnostic import is_fatal
from jiaozhang.files.output_folder import ForeignFolderError, write_file, write_tree
from jiaozhang.processes.exit_codes import Exit


def build_sites(options: BuildOptions) -> Exit:
    """Build and write a site for each audience."""
    start = time.perf_counter()
    if options.clean:
        cache.forget()
    audiences = audiences_of(options.audience)
    inputs = load_ledger(options)
    commit = commit_of(ledger_folder(options.content))
    sites, faults = build_all(inputs, audiences, _day(options), commit)
    report_faults(options.lang, faults, tuple(sites))
    for audience, site in sites.items():
        folder = options.out / audience
        try:
            done = write_tree(folder, site.files, options.clean)
        except ForeignFolderError as error:
            print_error(options.lang, "foreign", folder=error)
            return Exit.MISUSED
        print_result(
            options.lang,
            "built",
            folder=folder,
            pages=len(site.pages),
            written=done.written,
            removed=done.removed,
            seconds=time.perf_counter() - start,
        )
    return Exit.FINE if len(sites) == len(audiences) else Exit.FAULTY


def check_content(options: CheckOptions) -> Exit:
    """Report all faults of the content, and of the sites built from it."""
    _, faults = build_all(load_ledger(options), options.audiences, _day(options), None)
    intranet = options.audience == "intranet"
    report_check(faults, options.format, options.lang, intranet)
    return Exit.FAULTY if is_fatal(faults, intranet) else Exit.FINE


def serve_site(options: ServeOptions) -> Exit:
    """Serve a site on localhost, and rebuild it whenever a file changes."""
    from jiaozhang.server.preview import Shown, serve  # imported here: tornado is slow to load

    def rebuild() -> BuiltSite | None:
        inputs = load_ledger(options)
        sites, faults = build_all(inputs, (options.audience,), _day(options), None)
        report_faults(options.lang, faults, tuple(sites))
        return sites.get(options.audience)

    site = rebuild()
    if site is None:
        return Exit.FAULTY
    content = ledger_folder(options.content)
    beside = site_beside(content.resolve())
    own = (program.HOME / "templates", program.HOME / "static")
    try:
        serve(
            Shown(site, rebuild),
            [content, *own, *([beside] if beside else [])],
            options.port,
            lambda address: print_result(options.lang, "serving", address=address),
        )
    except OSError as error:
        print_error(options.lang, "port", port=options.port, why=error.strerror)
        return Exit.MISUSED
    return Exit.FINE


def explain_file(options: ExplainOptions) -> Exit:
    """Explain what made a file of the site, and from which facts."""
    from jiaozhang.build.explain import explain

    inputs = load_ledger(options)
    filed, faults = examine(inputs)
    intranet = options.audience == "intranet"
    if filed is None or is_fatal(faults, intranet):
        report_faults(options.lang, faults)
        return Exit.FAULTY
    site, _ = build(filed, inputs, options.audience, _day(options), None)
    wanted = options.page.strip("/").removesuffix("index.html").strip("/")
    for path in site.files:
        if path.removesuffix("index.html").strip("/") == wanted:
            print_lines(explain(path, site, filed, inputs.tree))
            return Exit.FINE
    print_error(options.lang, "no-page", page=options.page)
    return Exit.MISUSED


def write_schemas(options: SchemaOptions) -> Exit:
    """Write the schemas of content files and of tasks.json."""
    from jiaozhang.build.schemas import schemas

    for name, text in schemas().items():
        write_file(options.out / name, text.encode())
        print_result(options.lang, "wrote", path=options.out / name)
    return Exit.FINE


def _day(options: SiteOptions) -> BuildDay:
    return BuildDay(options.as_of, today())
