"""The verb `nginx`: from the words of a call to a file, or to what has to be said first."""

from __future__ import annotations

import argparse
from pathlib import Path
from urllib.parse import urlsplit

from jiaozhang.cli.console import print_error, print_result, print_text
from jiaozhang.files.output_folder import write_file
from jiaozhang.processes.exit_codes import Exit
from jiaozhang.server.nginx_config import PRIVATE_NETWORKS, Host, configuration, refusals


def write_configuration(options: argparse.Namespace, base_url: str, ours: Path) -> Exit:
    """Write or print the configuration and return the exit code.

    `base_url` is the site's own address and says what the call does not; `ours` is deploy/nginx.
    """
    host = _host(options, base_url, ours)
    refused = list(refusals(host))
    for what, word in refused:
        print_error(options.lang, what, word=word)
    if refused:
        return Exit.MISUSED
    text = configuration(host, (ours / "site.conf.j2").read_text(encoding="utf-8"))
    if options.out is None:
        print_text(text)
    else:
        write_file(Path(options.out), text.encode())
        print_result(options.lang, "wrote", path=options.out)
    return Exit.FINE


def _host(options: argparse.Namespace, base_url: str, ours: Path) -> Host:
    base = urlsplit(base_url)
    is_public = options.kind == "public"
    own_name = (base.hostname,) if base.hostname and is_public else ()
    networks = () if is_public else PRIVATE_NETWORKS
    return Host(
        kind=options.kind,
        root=str(Path(options.root).absolute()),
        errors=str(ours / "errors"),
        names=tuple(options.server_name) or own_name,
        path=options.path or f"{base.path.rstrip('/')}/",
        allow=networks if options.allow is None else tuple(options.allow),
        auth_basic=options.auth_basic,
        auth_request=options.auth_request,
        certificate=options.certificate,
        key=options.key,
        brotli=options.brotli,
        port=options.port or (80 if options.kind == "intranet" else 443),
        redirect_port=80 if is_public else None,
        ipv6=not options.ipv4_only,
    )
