"""Render pages and prepare static files (scripts, style sheet, images) as bytes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from jiaozhang.cache import recall
from jiaozhang.pages.core.addresses import links_from
from jiaozhang.pages.site_plan import BytesPage, FilePage, Page, path_of
from jiaozhang.render.stylesheet import STYLE
from jiaozhang.wording.catalogue import form_for, gettext

ASSETS = "assets/"
# Comment and type lines, and indentation: of no use to browsers.
_REMARK = re.compile(rb"(?m)^ *(?://.*|/\*\*(?:(?!\*/)(?:.|\n))*\*/)\n|^ +")
_STRING = r'("(?:[^"\\]|\\.)*")'
_CALL = re.compile(rf"\bgettext\({_STRING}|\bngettext\({_STRING},\s*{_STRING}")


def asset_names(assets: Mapping[str, bytes]) -> Mapping[str, str]:
    """From each asset's name to one with its digest, which may be cached forever."""
    names = {}
    for name, content in assets.items():
        path = PurePosixPath(name)
        digest = hashlib.sha256(content).hexdigest()[:10]
        names[name] = f"{ASSETS}{path.with_suffix('')}.{digest}{path.suffix}"
    return names


def strip_js_comments(assets: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The assets, with comments and indentation removed from scripts."""
    return {
        name: _REMARK.sub(b"", content) if name.endswith(".js") else content
        for name, content in assets.items()
    }


def with_translations(assets: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The assets, with the messages in scripts, `gettext("…")` and `ngettext("…", "…"`, translated
    by the catalogue; of two plural forms the first is for 1, the second for other numbers.
    """

    def said(call: re.Match[str]) -> str:
        if call[1]:
            return f"gettext({_quoted(gettext(json.loads(call[1])))}"
        one, many = (form_for(json.loads(call[2]), json.loads(call[3]), n) for n in (1, 2))
        return f"ngettext({_quoted(one)}, {_quoted(many)}"

    return {
        name: _CALL.sub(said, content.decode()).encode() if name.endswith(".js") else content
        for name, content in assets.items()
    }


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def with_hashed_image_urls(assets: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The assets, with image URLs in the style sheet replaced by the hashed names."""
    style = assets[STYLE]
    for name, hashed in asset_names(assets).items():
        own = PurePosixPath(hashed).name
        style = style.replace(f'url("{name}")'.encode(), f'url("{own}")'.encode())
    return {**assets, STYLE: style}


def render(
    pages: tuple[Page, ...],
    templates: Mapping[str, str],
    assets: Mapping[str, bytes],
    base_path: str,
) -> Mapping[str, bytes]:
    """Render every page and place the assets; the result maps paths to bytes.

    `base_path` is the site's path on its host. Only the error page, which a server shows at any
    address, uses it in links; all others are relative.
    """
    names = asset_names(assets)
    files = {names[name]: content for name, content in assets.items()}
    # Everything that affects a page besides its value, as a digest: it is long, and equal for all
    # pages.
    skin = repr((sorted(templates.items()), sorted(names.items()), base_path))
    digest = hashlib.sha256(skin.encode()).hexdigest()
    for page in pages:
        files[path_of(page)] = _content(page, digest, templates, names, base_path)
    return files


def _content(
    page: Page,
    skin: str,
    templates: Mapping[str, str],
    names: Mapping[str, str],
    base_path: str,
) -> bytes:
    if isinstance(page, FilePage):
        return page.text.encode()
    if isinstance(page, BytesPage):
        return page.content

    def make() -> bytes:
        from jiaozhang.render.jinja import fill  # imported here: 60 ms, not needed if all is cached

        href = _linker(page.address, base_path)
        text = fill(
            templates,
            page.template,
            page.this,
            href,
            lambda name: href(names[name]),
            names.__getitem__,
        )
        return text.encode()

    return recall("page", (skin, page.address, page.template, page.this), make)


def _linker(address: str, base_path: str) -> Callable[[str], str]:
    """Return the function that turns a site address into a link from one page."""
    if address.endswith(".html"):
        return lambda to: to if ":" in to else base_path + to
    return links_from(address)
