"""Pages become bytes. A template gets one frozen value and may loop, choose and link, no more."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath

from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from portal.pages import BytesPage, HtmlPage, Page, path_of
from portal.settings import ToneColour

ASSETS = "assets/"
STYLE = "site.css"
_HASHED = re.compile(r"(assets|search)/(.+/)?[^/]+\.[0-9a-f]{8,64}\.[a-z0-9]+(\.(gz|br))?")


def asset_names(assets: Mapping[str, bytes]) -> Mapping[str, str]:
    """From each asset's own name to one that holds its digest: it may be cached for ever."""
    names = {}
    for name, content in assets.items():
        path = PurePosixPath(name)
        digest = hashlib.sha256(content).hexdigest()[:10]
        names[name] = f"{ASSETS}{path.with_suffix('')}.{digest}{path.suffix}"
    return names


def uncommented(assets: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The assets without the lines of scripts that speak to developers: they need not travel."""
    return {
        name: re.sub(rb"(?m)^ *//.*\n", b"", content) if name.endswith(".js") else content
        for name, content in assets.items()
    }


def pictured(assets: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The assets with the pictures that the style sheet names by their names with digests."""
    style = assets[STYLE]
    for name, hashed in asset_names(assets).items():
        own = PurePosixPath(hashed).name
        style = style.replace(f'url("{name}")'.encode(), f'url("{own}")'.encode())
    return {**assets, STYLE: style}


def is_hashed(path: str) -> bool:
    """Tell whether a file's name holds its digest: other bytes would have another name."""
    return bool(_HASHED.fullmatch(path))


def painted(assets: Mapping[str, bytes], colours: Sequence[ToneColour]) -> Mapping[str, bytes]:
    """The assets with a city's own colours for the tones, where it has any.

    They stand in the layer of the tokens, so that elder mode and high contrast still decide.
    """
    if not colours:
        return assets
    pairs = " ".join(f"--{own.tone}: light-dark({own.light}, {own.dark});" for own in colours)
    own = f"@layer tokens {{ :root {{ {pairs} }} }}\n"
    return {**assets, STYLE: assets[STYLE] + own.encode()}


def render(
    pages: tuple[Page, ...],
    templates: Mapping[str, str],
    assets: Mapping[str, bytes],
    base_path: str,
) -> Mapping[str, bytes]:
    """Render every page and place the assets; the result maps paths to bytes.

    `base_path` is where the site stands on its host: only the error page, which a server shows
    at any address, has links that begin there.
    """
    environment = _environment(tuple(templates.items()))
    names = asset_names(assets)
    files = {names[name]: content for name, content in assets.items()}
    for page in pages:
        if isinstance(page, BytesPage):
            files[path_of(page)] = page.content
            continue
        if isinstance(page, HtmlPage):
            href = _linker(page.address, base_path)
            text = environment.get_template(page.template).render(
                this=page.this, href=href, asset=lambda name, href=href: href(names[name])
            )
        else:
            text = page.text
        files[path_of(page)] = text.encode("utf-8")
    return files


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox that decides once for each class and attribute: pages ask a hundred thousand
    times, and the answer depends on nothing else."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        super().__init__(
            loader=DictLoader(dict(templates)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._decided: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        key = (type(obj), attr)
        if key not in self._decided:
            self._decided[key] = super().is_safe_attribute(obj, attr, value)
        return self._decided[key]


@functools.lru_cache(maxsize=2)
def _environment(templates: tuple[tuple[str, str], ...]) -> _Environment:
    """Templates are compiled once for as long as they say the same."""
    return _Environment(dict(templates))


def _linker(address: str, base_path: str) -> Callable[[str], str]:
    """Make the function that turns an address into a link from one page."""
    if address.endswith(".html"):
        return lambda to: to if ":" in to else base_path + to
    # Everything before the last slash is a folder to climb out of.
    own = address.split("/")[:-1]

    def href(to: str) -> str:
        if ":" in to:  # a scheme: the address of another site, checked when it was read
            return to
        path, mark, anchor = to.partition("#")
        there = path.split("/")
        shared = 0
        while shared < min(len(own), len(there) - 1) and own[shared] == there[shared]:
            shared += 1
        way = "../" * (len(own) - shared) + "/".join(there[shared:])
        return (way or "./") + mark + anchor

    return href
