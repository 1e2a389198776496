"""The texts of pages as Markdown: whoever renders them shows what the page says, no more."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import ROOT, TODAY, Built, World
from jiaozhang.build.pipeline import BuildDay, build, examine, load
from jiaozhang.markdown.literal import heading, items, link, literal, literal_lines

COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = st.text(st.sampled_from("\\`*_{}[]()#+-.!|<>~&=:;19甲a\n\t \u3000"), max_size=40)
# No content holds a control character; the older program marks its own places with some.
TEXTS = SIGNS | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
ADDRESSES = st.from_regex(r"https://a\.org/[ -~甲]{0,20}", fullmatch=True)


def shown(html: str) -> str:
    """The words of rendered Markdown, one blank between them."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def tags(html: str) -> set[str]:
    return set(re.findall(r"<([a-z0-9]+)", html))


def plain(text: str) -> str:
    return " ".join(text.split())


@given(TEXTS)
@example("1. 一\n- 二\n===\n---\n    三\n~~~\n<!-- 四 -->\n[五]: https://a.org\n&copy;")
@example("a|b\n:-|:-\nc|d")
@example("甲\\")
def test_a_text_is_shown_as_it_is(text: str) -> None:
    if not text.strip():
        return
    written = literal_lines(text)
    html = COMMONMARK.render(written)
    assert shown(html) == plain(text)
    assert tags(html) <= {"p", "br"}
    quoted = COMMONMARK.render(literal_lines(text, "> "))
    assert shown(quoted) == plain(text) and tags(quoted) <= {"blockquote", "p", "br"}
    # Another program, which reads Markdown as it was before there was a standard.
    old = markdown.markdown(written)
    assert shown(old) == plain(text) and tags(old) <= {"p", "br"}


@given(TEXTS)
def test_a_line_is_shown_as_it_is_wherever_it_stands(text: str) -> None:
    if not text.strip():
        return
    for written, allowed in (
        (literal(text), {"p"}),
        (heading(2, text), {"h2"}),
        (items((literal(text), literal(text))), {"ul", "li"}),
    ):
        html = COMMONMARK.render(written)
        times = 2 if "ul" in allowed else 1
        assert shown(html) == " ".join([plain(text)] * times)
        assert tags(html) <= allowed, written


@given(SIGNS, ADDRESSES)
def test_a_link_leads_where_it_says(text: str, address: str) -> None:
    html = COMMONMARK.render(link(f"甲{text}", address))
    found = re.findall(r'<a href="([^"]*)">', html)
    assert len(found) == 1 and tags(html) == {"p", "a"}
    assert shown(html) == plain(f"甲{text}")
    # The same address, however its signs are written.
    assert same(unescape(found[0])) == same(address)


def same(address: str) -> str:
    return unquote(address)


SITES = {"real": ROOT / "content", "demo": ROOT / "examples/demo"}


@pytest.fixture(scope="module", params=SITES)
def site(request: pytest.FixtureRequest) -> Built:
    folder = SITES[request.param]
    inputs = load(folder, folder.name, ROOT / "site.toml", ROOT)
    filed, _ = examine(inputs)
    assert filed
    return Built(build(filed, inputs, "public", BuildDay(None, TODAY), None)[0])


def twins(site: Built) -> dict[str, str]:
    return {path: content.decode() for path, content in site.files.items() if path.endswith(".md")}


@pytest.mark.slow
def test_each_task_section_and_unit_has_its_text_and_names_it(site: Built) -> None:
    pages = {
        path.removesuffix("index.html")
        for path in site.files
        if re.fullmatch(r"\d{4}/(tasks/\d{3}|sections/\d+|units/[^/]+)/index\.html", path)
        and b'http-equiv="refresh"' not in site.files[path]
    }
    assert {path.removesuffix("index.md") for path in twins(site)} == pages
    for page in pages:
        head = site.html(page).partition("</head>")[0]
        assert re.search(
            r'<link rel="alternate" type="text/markdown" title="[^"]+" href="index\.md">', head
        ), page
    named = sum(
        "text/markdown" in content.decode()
        for path, content in site.files.items()
        if path.endswith(".html")
    )
    assert named == len(pages)


@pytest.mark.slow
def test_a_text_says_everything_that_is_known_of_a_task(site: Built) -> None:
    for path in (path for path in site.files if path.endswith("data/tasks.json")):
        for task in json.loads(site.files[path])["tasks"]:
            raw = site.files[f"{task['url']}index.md"].decode()
            html = COMMONMARK.render(raw)
            (promise,) = re.findall(r"<blockquote>(.*?)</blockquote>", html, re.S)
            assert shown(promise) == plain(task["text"])
            words = shown(html)
            # Names of two characters are printed with a gap.
            assert all(leader in words.replace(" ", "") for leader in task["leaders"])
            for part in parts(task):
                assert plain(part) in words, (path, task["number"], part)
            sources = {r["source"]["url"] for r in task["records"] if r["source"]} - {None}
            linked = {same(unescape(one)) for one in re.findall(r'href="([^"]*)"', html)}
            assert {same(one) for one in sources} <= linked


def parts(task: dict[str, Any]) -> list[str]:
    """What must be said of a task, besides its promise."""
    said = [task["deadline"], task["finding"]["text"]]
    said += [unit["as_printed"] for unit in task["units"]]
    said += [clause["scope"] or "" for clause in task["clauses"]]
    for record in task["records"]:
        said.append(record["text"])
        said += [figure["name"] for figure in record["figures"]]
        said += [f"{figure['unit']}，" for figure in record["figures"]]
        said += [record["source"]["publisher"]] if record["source"] else []
    return said + [node["text"] for node in task["nodes"]]


def test_every_link_of_a_text_leads_somewhere(site: Built) -> None:
    for path, text in {**twins(site), "llms.txt": site.files["llms.txt"].decode()}.items():
        links = [unescape(one) for one in re.findall(r'href="([^"]*)"', COMMONMARK.render(text))]
        assert links, path
        for one in (one for one in links if ":" not in one):
            target, _, anchor = one.partition("#")
            whole = normpath(join(dirname(path), target))
            file = f"{whole}/index.html" if target.endswith("/") else whole
            assert file in site.files, (path, one)
            assert not anchor or f'id="{anchor}"' in site.files[file].decode(), (path, one)


def test_the_file_for_agents_is_short_and_leads_to_every_section(site: Built) -> None:
    text = site.files["llms.txt"].decode()
    assert text.startswith("# ") and len(text.encode()) < 12_000
    assert text.count("\n# ") == 0 and "\n> " in text
    sections = {path for path in twins(site) if "/sections/" in path}
    assert sections and all(f"({path})" in text for path in sections)


EVIL = """
-- content/2025/tasks/002.yaml --
section: 1
title: "*强调*与[链接](x)"
text: "*强调*与[链接](x)，# 不是标题，<b>不是标记</b>&copy;，1. ~~不删~~|表|。"
deadline: "年底前完成"
units: [市科技局]
responsibility: first-leads
clauses: [{id: a, kind: complete, due: 2025-12-31}]
-- content/2025/notes/002/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {title: "_报道_ <i>一</i>", publisher: "示例*日报*", url: "https://a.org/b_(c)?d=1&copy=2"}
figures: [{name: "`数`", value: 3, unit: "个*", period: "[上半年]"}]
---
# 小标题

1\\. 甲\\*乙\\*，3<5。

- 一
- 二
"""


def test_no_text_of_an_editor_is_read_as_markdown(world: Callable[[str], World]) -> None:
    site = world(EVIL).build()
    html = COMMONMARK.render(site.files["2025/tasks/002/index.md"].decode())
    assert tags(html) <= {"h1", "h2", "h3", "p", "br", "ul", "li", "a", "blockquote"}
    assert 'href="x"' not in html
    assert 'href="https://a.org/b_%28c%29?d=1&amp;copy=2"' in html
    (promise,) = re.findall(r"<blockquote>(.*?)</blockquote>", html, re.S)
    (task,) = (
        one for one in json.loads(site.files["2025/data/tasks.json"])["tasks"] if one["number"] == 2
    )
    assert shown(promise) == task["text"]
    for text in ("_报道_", "示例*日报*", "`数`", "个*", "[上半年]", "年底前完成"):
        assert text in shown(html), text
    assert "小标题 1. 甲*乙*，3<5。" in shown(html)
