"""The configuration of nginx for one audience: a value that says where and for whom, and its text.

It knows nothing of content. What a caller wrote is refused where nginx would read more into it.
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
Kind = Literal["public", "intranet", "intranet-tls"]
KINDS: tuple[Kind, ...] = get_args(Kind)
POLICY = policy()
# Addresses that no router of the internet forwards: RFC 1918, RFC 4193 and the machine itself.
PRIVATE_NETWORKS = (
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7",
)  # fmt: skip
# The rest of both spaces is the internet: a list that holds all of it keeps nobody out.
_NOT_THE_INTERNET = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.168.0.0/16", "224.0.0.0/3", "::/3", "4000::/2", "8000::/1",
)  # fmt: skip
# Nothing that ends a directive, opens a block or stands for a variable.
_FILE = r"/[\w./@+~-]*"
_ADDRESS = r"https?://[\w.:\[\]@-]+(/[\w.:/@+~%-]*)?"
_HOST_NAME = r"(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
# Browsers read what ends so as an address, in their own spelling of it.
_NUMBER_LAST = re.compile(r"(^|\.)([0-9]+|0[xX][0-9A-Fa-f]*)$")
_PATH = r"/([\w.~-]+/)*"
_UPWARDS = re.compile(r"(^|/)\.\.?(/|$)")


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
    def served_names(self) -> tuple[str, ...]:
        """The names as a browser sends them: addresses of IPv6 in brackets, and shortened."""
        return tuple(_name(name) or name for name in self.names)

    @property
    def is_named_by_address(self) -> bool:
        return any(_address(name) for name in self.names)

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks that may come in, as nginx reads them."""
        return tuple(str(ipaddress.ip_network(network)) for network in self.allow)

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
    """Every path and address of a host, with the pattern that it has to fit."""
    for file in (host.root, host.errors, host.auth_basic, host.certificate, host.key):
        if file is not None:
            yield _FILE, file
    yield _PATH, host.path
    if host.auth_request is not None:
        yield _ADDRESS, host.auth_request


def _name(text: str) -> str | None:
    """A name or address as `server_name` takes it, and as browsers send it; else `None`."""
    address = _address(text)
    if address:
        return f"[{address}]" if address.version == 6 else str(address)
    if _NUMBER_LAST.search(text) or not re.fullmatch(_HOST_NAME, text):
        return None
    return text.lower()


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that a text is; one with a zone (fe80::1%eth0) is no address of a host."""
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
    """Tell whether together they hold all of the internet, of the fourth or the sixth version."""
    held = [*networks, *map(ipaddress.ip_network, _NOT_THE_INTERNET)]
    four = [one for one in held if isinstance(one, ipaddress.IPv4Network)]
    six = [one for one in held if isinstance(one, ipaddress.IPv6Network)]
    whole = [ipaddress.IPv4Network("0.0.0.0/0")] == list(ipaddress.collapse_addresses(four))
    return whole or [ipaddress.IPv6Network("::/0")] == list(ipaddress.collapse_addresses(six))
