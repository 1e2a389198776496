"""What a page's head says to programs: its other forms, how it is shared, its path as data."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import urljoin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from conftest import Built, World
from jiaozhang.pages.core.linked_data import breadcrumbs
from jiaozhang.pages.core.page import Link

BASE_URL = "https://www.example.org/zdgz"
KNOWN = f"""
-- site.toml --
name = "示例市重点工作"
standing = "unofficial"
base_url = "{BASE_URL}"
"""
TYPES = {"feed.xml": "application/atom+xml", "index.json": "application/json"}
SHARED = ("og:type", "og:site_name", "og:locale", "og:title", "og:description")


@pytest.fixture(params=["", KNOWN], ids=["anywhere", "known"])
def site(request: pytest.FixtureRequest, world: Callable[[str], World]) -> Built:
    return world(request.param).build()


def pages(site: Built) -> dict[str, str]:
    """The head of every page."""
    return {
        path: content.decode().partition("</head>")[0]
        for path, content in site.files.items()
        if path.endswith(".html")
    }


def shared(head: str) -> dict[str, str]:
    found = re.findall(
        r'<meta (?:property|name)="((?:og|twitter):[a-z:_]+)" content="([^"]*)">', head
    )
    assert len(dict(found)) == len(found)
    return {name: unescape(content) for name, content in found}


def test_every_page_says_how_it_is_shared(site: Built) -> None:
    is_known = "www.example.org" in site.html("")
    for path, head in pages(site).items():
        tags = shared(head)
        assert all(tags[name] for name in SHARED), path
        described = re.search(r'<meta name="description" content="([^"]*)">', head)
        assert described and unescape(described[1]) == tags["og:description"], path
        # The error page stands at every address, and so at none.
        if is_known and path != "404.html":
            assert tags["twitter:card"] == "summary_large_image"
            canonical = re.search(r'<link rel="canonical" href="([^"]*)">', head)
            assert canonical and unescape(canonical[1]) == tags["og:url"], path
            picture = tags["og:image"].removeprefix(f"{BASE_URL}/")
            assert Image.open(io.BytesIO(site.files[picture])).size == (1200, 630)
        else:
            # A program that shows a link elsewhere can make nothing of an address within the site.
            assert not tags.keys() & {"og:url", "og:image"} and tags["twitter:card"] == "summary"


def test_the_shared_picture_is_small(site: Built) -> None:
    (picture,) = (raw for path, raw in site.files.items() if path.endswith(".png"))
    assert len(picture) < 40_000


def test_every_other_form_of_a_page_is_named_with_a_title_and_there(site: Built) -> None:
    found = set()
    for path, head in pages(site).items():
        for kind, title, link in re.findall(
            r'<link rel="alternate" type="([^"]+)" title="([^"]+)" href="([^"]+)">', head
        ):
            target = normpath(join(dirname(path), link))
            assert target in site.files and title, (path, link)
            found.add((kind, target.rpartition("/")[2]))
        assert head.count('rel="alternate"') == head.count('rel="alternate" type="')
        # Whoever has a feed beside it names it.
        if f"{dirname(path)}/feed.xml" in site.files:
            assert 'type="application/atom+xml"' in head, path
    assert set(TYPES.items()) <= {(name, kind) for kind, name in found}


class Scripts(HTMLParser):
    """The texts of a page's script elements, by type, as a browser takes them apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._is_in = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_in = tag == "script"
        if self._is_in:
            self.found.append((dict(attrs).get("type") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        self._is_in = False

    def handle_data(self, data: str) -> None:
        if self._is_in:
            kind, text = self.found[-1]
            self.found[-1] = kind, text + data


def blocks(html: str) -> list[dict[str, object]]:
    return [json.loads(text) for kind, text in Scripts(html).found if kind == "application/ld+json"]


def test_every_path_is_data_that_leads_to_its_pages(site: Built) -> None:
    seen = 0
    for path, head in pages(site).items():
        address = f"{BASE_URL}/{path.removesuffix('index.html')}"
        trail = re.search(r'<nav class="crumbs".*?</nav>', site.files[path].decode(), re.S)
        own = [one for one in blocks(head) if one["@type"] == "BreadcrumbList"]
        assert len(own) == bool(trail), path
        if not own or path == "404.html":
            continue
        items = own[0]["itemListElement"]
        assert isinstance(items, list) and len(items) > 1
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        targets = [urljoin(address, item["item"]) for item in items]
        assert targets[0] == f"{BASE_URL}/" and targets[-1] == address
        files = [f"{target.removeprefix(BASE_URL + '/')}index.html" for target in targets]
        assert set(files) <= site.files.keys(), path
        assert all(item["name"] in unescape(trail[0] if trail else "") for item in items)
        seen += 1
    assert seen > 20


@given(st.text())
@example("</script><script>")
@example("<!--<script>")
@example("]]>")
@example("&lt;/script&gt;")
def test_a_data_block_holds_any_text_and_never_ends_early(name: str) -> None:
    block = breadcrumbs((Link("", ""), Link(name, "a/")), "")
    html = f'<script type="application/ld+json">{block}</script><p>'
    assert not set("<>&") & set(block)
    ((_, text),) = Scripts(html).found
    assert json.loads(text)["itemListElement"][1]["name"] == name
