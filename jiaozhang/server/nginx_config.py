"""The nginx configuration for one audience: its parameters, and its text.

Independent of the content. Parameters are refused if nginx would interpret them.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import unquote

from jiaozhang.server.content_policy import policy

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
HostKind = Literal["public", "intranet", "intranet-tls"]
KINDS: tuple[HostKind, ...] = get_args(HostKind)
POLICY = policy()
# Networks not routed on the internet: RFC 1918, RFC 4193 and loopback.
PRIVATE_NETWORKS = (
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7",
)  # fmt: skip
# The complement of these is the internet: a list that covers it restricts nobody.
_NOT_THE_INTERNET = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.168.0.0/16", "224.0.0.0/3", "::/3", "4000::/2", "8000::/1",
)  # fmt: skip
# Excludes characters that end a directive, open a block or start a variable.
_FILE = r"/[\w./@+~-]*"
_ADDRESS = r"https?://[\w.:\[\]@-]+(/[\w.:/@+~%-]*)?"
_HOST_NAME = r"(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
# Browsers parse host names with such an end as IPv4 addresses.
_NUMBER_LAST = re.compile(r"(^|\.)([0-9]+|0[xX][0-9A-Fa-f]*)$")
_PATH = r"/([\w.~-]+/)*"
_UPWARDS = re.compile(r"(^|/)\.\.?(/|$)")


@dataclass(frozen=True, slots=True)
class Host:
    """The parameters of a site's host; the template uses nothing else."""

    kind: HostKind
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
        """Prefix of its variables: several hosts may share one nginx configuration."""
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
    def served_names(self) -> tuple[str, ...]:
        """The names as browsers send them: IPv6 addresses in brackets, compressed."""
        return tuple(_name(name) or name for name in self.names)

    @property
    def is_named_by_address(self) -> bool:
        return any(_address(name) for name in self.names)

    @property
    def networks(self) -> tuple[str, ...]:
        """The allowed networks, in nginx's notation."""
        return tuple(str(ipaddress.ip_network(network)) for network in self.allow)

    @property
    def private(self) -> str:
        """The Cache-Control value that keeps intranet pages out of shared caches."""
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
    """The text of the configuration; `refusals` must be empty."""
    from jinja2 import (
        DictLoader,
        Environment,
        StrictUndefined,
    )  # imported here: 20 ms, builds do not need it

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
    """The reasons for refusal: name of a message, and the parameter."""
    for pattern, word in _words(host):
        if not re.fullmatch(pattern, word) or _UPWARDS.search(unquote(word)):
            yield "nginx-word", word
    yield from _refused_names(host)
    yield from _refused_networks(host.allow)
    if host.tls and not (host.certificate and host.key):
        yield "nginx-certificate", ""


def _refused_names(host: Host) -> Iterator[tuple[str, str]]:
    if not host.names:
        yield "nginx-name" if host.is_public else "nginx-inside-name", ""
    for name in host.names:
        if _name(name) is None:
            yield "nginx-word", name
        elif not host.is_public and name.startswith("*"):
            yield "nginx-star", name


def _refused_networks(allow: Sequence[str]) -> Iterator[tuple[str, str]]:
    networks = [_network(text) for text in allow]
    for text, network in zip(allow, networks, strict=True):
        if network is None:
            yield "nginx-network", text
    if _is_everybody([network for network in networks if network]):
        yield "nginx-everybody", " ".join(allow)


def _words(host: Host) -> Iterator[tuple[str, str]]:
    """Every path and address, with the pattern that it must match."""
    for file in (host.root, host.errors, host.auth_basic, host.certificate, host.key):
        if file is not None:
            yield _FILE, file
    yield _PATH, host.path
    if host.auth_request is not None:
        yield _ADDRESS, host.auth_request


def _name(text: str) -> str | None:
    """A name or address for `server_name`, as browsers send it; `None` if invalid."""
    address = _address(text)
    if address:
        return f"[{address}]" if address.version == 6 else str(address)
    if _NUMBER_LAST.search(text) or not re.fullmatch(_HOST_NAME, text):
        return None
    return text.lower()


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Parse an IP address; one with a zone (fe80::1%eth0) is not valid here."""
    try:
        address = ipaddress.ip_address(re.sub(r"^\[(.*:.*)\]$", r"\1", text))
    except ValueError:
        return None
    return None if "%" in text else address


def _network(text: str) -> Network | None:
    try:
        return None if "%" in text else ipaddress.ip_network(text)
    except ValueError:
        return None


def _is_everybody(networks: Sequence[Network]) -> bool:
    """Tell whether the networks together cover the whole internet, IPv4 or IPv6."""
    held = [*networks, *map(ipaddress.ip_network, _NOT_THE_INTERNET)]
    four = [one for one in held if isinstance(one, ipaddress.IPv4Network)]
    six = [one for one in held if isinstance(one, ipaddress.IPv6Network)]
    whole = [ipaddress.IPv4Network("0.0.0.0/0")] == list(ipaddress.collapse_addresses(four))
    return whole or [ipaddress.IPv6Network("::/0")] == list(ipaddress.collapse_addresses(six))
