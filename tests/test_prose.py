"""How notes are written: Chinese Markdown as clerks type it."""

from __future__ import annotations

import pytest

from portal.prose import first_words, to_html
from portal.urls import is_address, is_inside


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("做了：\n- 甲\n- 乙", "<p>做了：</p>\n<ul>\n<li>甲</li><li>乙</li>\n</ul>"),
        ("1. 甲\n  - 子\n2. 乙", "<ol>\n<li>甲<ul>\n<li>子</li>\n</ul>\n</li>\n<li>乙</li>\n</ol>"),
        ("- 甲\n  续写\n- 乙", "<ul>\n<li>甲续写</li><li>乙</li>\n</ul>"),
        ("第一行\n第二行", "<p>第一行第二行</p>"),
        ("第一行\n**第二行**\n第三行", "<p>第一行<strong>第二行</strong>第三行</p>"),
        ("PM2.5\nlevel", "<p>PM2.5\nlevel</p>"),
        ("第一段\n\n第二段", "<p>第一段</p><p>第二段</p>"),
        ("甲\n\n        缩进", "<p>甲</p><p>缩进</p>"),
        ("5 < 6 & 7 > 3", "<p>5 &lt; 6 &amp; 7 &gt; 3</p>"),
    ],
)
def test_what_a_clerk_types_becomes_what_is_meant(text: str, html: str) -> None:
    assert to_html(text).replace("</p>\n<p>", "</p><p>") == html


def test_a_table_and_a_footnote() -> None:
    table = to_html("| 项 | 数 |\n| --- | --: |\n| 甲 | 3 |")
    assert "<table>" in table and "<td>甲</td>" in table
    noted = to_html("建成[^a]。\n\n[^a]: 验收单。", "n1")
    assert 'href="#fn-n1-a"' in noted and 'id="fn-n1-a"' in noted and 'href="#fnref-n1-a"' in noted
    # Two notes with the same footnote stand on one page.
    assert 'id="fn-n2-a"' in to_html("建成[^a]。\n\n[^a]: 验收单。", "n2")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**甲**建成。\n\n乙", "甲建成。"),
        ("很长的一句话，" * 20, ("很长的一句话，" * 11).rstrip("，") + "……"),
        ("- 甲\n- 乙", "甲乙"),
    ],
)
def test_the_first_words_of_a_text(text: str, words: str) -> None:
    assert first_words(text).replace("\n", "") == words


@pytest.mark.parametrize(
    "link",
    ["https://a.cn/b?c=1#d", "http://a.cn", "mailto:a@b.cn", "tel:+86-22-12345"],
)
def test_a_full_address_may_stand_in_a_field_and_in_prose(link: str) -> None:
    assert is_address(link)
    assert f'href="{link}"' in to_html(f"[x]({link})")


@pytest.mark.parametrize("link", ["../024/", "#clause-1", "a/b.pdf", "?q=1", "/2025/"])
def test_a_way_inside_may_stand_in_prose(link: str) -> None:
    assert is_inside(link) and not is_address(link)


@pytest.mark.parametrize(
    "link",
    ["javascript:x", "JAVA\tSCRIPT:x", "data:,x", "//a.cn", "/\\a.cn", "ftp://a.cn",
     "https:a.cn", "http://a.cn/<b>", " javascript:x", "java\nscript:x", "vbscript:x", "file:///x"],
)  # fmt: skip
def test_nothing_else_is_a_link(link: str) -> None:
    assert not is_address(link) and not is_inside(link)
    assert "href" not in to_html(f"[x]({link})")
