"""The verb `nginx`: writes a server configuration."""

from __future__ import annotations

from urllib.parse import urlsplit

from jiaozhang import program
from jiaozhang.build.pipeline import examine
from jiaozhang.cli.console import print_error, print_result, print_text
from jiaozhang.cli.verb_options import NginxOptions
from jiaozhang.cli.working_folder import load_ledger
from jiaozhang.files.output_folder import write_file
from jiaozhang.processes.exit_codes import Exit
from jiaozhang.server.nginx_config import PRIVATE_NETWORKS, Host, configuration, refusals


def write_configuration(options: NginxOptions) -> Exit:
    """Write or print the configuration; missing options default to the site's address."""
    filed, _ = examine(load_ledger(options))
    host = _host(options, (filed.site.base_url if filed else None) or "")
    refused = list(refusals(host))
    for what, word in refused:
        print_error(options.lang, what, word=word)
    if refused:
        return Exit.MISUSED
    template = program.HOME / "deploy" / "nginx" / "site.conf.j2"
    text = configuration(host, template.read_text(encoding="utf-8"))
    if options.out is None:
        print_text(text)
    else:
        write_file(options.out, text.encode())
        print_result(options.lang, "wrote", path=options.out)
    return Exit.FINE


def _host(options: NginxOptions, base_url: str) -> Host:
    base = urlsplit(base_url)
    is_public = options.kind == "public"
    own_name = (base.hostname,) if base.hostname and is_public else ()
    networks = () if is_public else PRIVATE_NETWORKS
    return Host(
        kind=options.kind,
        root=str(options.root.absolute()),
        errors=str(program.HOME / "deploy" / "nginx" / "errors"),
        names=options.server_name or own_name,
        path=options.path or f"{base.path.rstrip('/')}/",
        allow=options.allow or networks,
        auth_basic=options.auth_basic,
        auth_request=options.auth_request,
        certificate=options.certificate,
        key=options.key,
        brotli=options.brotli,
        port=options.port or (80 if options.kind == "intranet" else 443),
        redirect_port=80 if is_public else None,
        ipv6=not options.ipv4_only,
    )
