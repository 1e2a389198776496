"""The configuration of nginx for one audience: a value that says where and for whom, and its text.

It knows nothing of content. What a caller wrote is refused where nginx would read more into it.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["public", "intranet", "intranet-tls"]
KINDS: tuple[Kind, ...] = get_args(Kind)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Addresses that no router of the internet forwards: RFC 1918, RFC 4193 and the machine itself.
PRIVATE_NETWORKS = (
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7",
)  # fmt: skip
# Nothing that ends a directive, opens a block or stands for a variable.
_FILE = r"/[\w./@+~-]*"
_ADDRESS = r"https?://[\w.:\[\]/@+~%-]+"
_HOST_NAME = r"(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
_PATH = r"/([\w.~-]+/)*"


@dataclass(frozen=True, slots=True)
class Host:
    """Where a site stands and who may come; the template asks for nothing else."""

    kind: Kind
    root: str
    errors: str
    names: tuple[str, ...] = ()
    path: str = "/"
    allow: tuple[str, ...] = ()
    auth_basic: str | None = None
    auth_request: str | None = None
    certificate: str | None = None
    key: str | None = None
    brotli: bool = False
    port: int = 80
    redirect_port: int | None = None
    ipv6: bool = True

    @property
    def name(self) -> str:
        """What its variables begin with: several hosts may stand in one configuration."""
        return self.kind.replace("-", "_")

    @property
    def audience(self) -> str:
        return self.kind.removesuffix("-tls")

    @property
    def is_public(self) -> bool:
        return self.kind == "public"

    @property
    def tls(self) -> bool:
        return self.kind != "intranet"

    @property
    def private(self) -> str:
        """What keeps the intranet's answers out of caches that several people share."""
        return "" if self.is_public else "private, "

    @property
    def listens(self) -> str:
        return " ssl http2" if self.tls else ""

    @property
    def shown_port(self) -> str:
        return "" if self.port == 443 else f":{self.port}"

    @property
    def path_pattern(self) -> str:
        return re.escape(self.path)

    @property
    def policy(self) -> str:
        return POLICY


def configuration(host: Host, template: str) -> str:
    """The text for nginx; `refusals` has to be empty first."""
    from jinja2 import DictLoader, Environment, StrictUndefined  # 20 ms that no build should pay

    environment = Environment(  # noqa: S701 - this is no HTML
        loader=DictLoader({"site": template}),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    text = environment.get_template("site").render(this=host)
    return re.sub(r"\n{3,}", "\n\n", text)


def refusals(host: Host) -> Iterator[tuple[str, str]]:
    """What stands in the way: the name of a sentence and the word it is about."""
    files = (host.root, host.errors, host.auth_basic, host.certificate, host.key)
    words = [(_FILE, word) for word in files] + [(_HOST_NAME, name) for name in host.names]
    words += [(_PATH, host.path), (_ADDRESS, host.auth_request)]
    for pattern, word in words:
        if word is not None and not re.fullmatch(pattern, word):
            yield "nginx-word", word
    for network in host.allow:
        if not _is_network(network):
            yield "nginx-network", network
    if host.is_public and not host.names:
        yield "nginx-name", ""
    if host.tls and not (host.certificate and host.key):
        yield "nginx-certificate", ""


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True
