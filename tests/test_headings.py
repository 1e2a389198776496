"""A record's heading is its first sentence: nothing is lost, said twice, or cut in two."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import ROOT, World
from jiaozhang.markdown.first_sentence import split_first
from jiaozhang.markdown.prose import to_html
from jiaozhang.markdown.visible_text import text_of
from servers import built

# A text, and its first sentence.
CASES = {
    "完成3个。另有2个在建。": "完成3个。",
    "没有句号": "没有句号",
    "增长4.8%。其中工业5.2%。": "增长4.8%。",
    "at No. 5 street. Done.": "at No. 5 street.",
    "版本v1.2.3已上线！随后停机。": "版本v1.2.3已上线！",
    "真的？！是的。": "真的？！",
    "他说：“好。快做。”大家散了。": "他说：“好。快做。”",
    "“好。”大家散了。": "“好。”",
    "提出“快干。实干。”的要求，已落实。次日开工。": "提出“快干。实干。”的要求，已落实。",
    "见《通知（试行。）》第3条。另有说明。": "见《通知（试行。）》第3条。",
    "完成（其中“一期。”已建成。）全部。后来扩建。": "完成（其中“一期。”已建成。）全部。",
    "引号“没有合上。第二句。": "引号“没有合上。第二句。",
    "**已完成。**随后验收。": "**已完成。**",
    "**已完成。随后验收**，再扩建。结束。": "**已完成。随后验收**，再扩建。",
    "见[公告。全文](https://example.org/a?b=1.5)。下一句。": "见[公告。全文](https://example.org/a?b=1.5)。",
    "公里数是A&B。5<6。": "公里数是A&B。",
    "开工。[^1]竣工。\n\n[^1]: 注。": "开工。[^1]",
    "一行写不完\n的一句。第二句。": "一行写不完的一句。",
    "第一句。\n第二句。": "第一句。",
    '说"好。行。"了。完。': '说"好。行。"了。',
    "完成了吗?完成了。": "完成了吗?",
}
# Texts that begin with something else.
OTHERS = ("- 甲。\n- 乙。", "> 引文。\n\n正文。", "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n", "")


def plain(html: str) -> str:
    return "".join(text_of(html).split())


@pytest.mark.parametrize("text", CASES)
def test_the_first_sentence_is_found(text: str) -> None:
    heading, _ = split_first(to_html(text, "a"))
    assert plain(heading) == plain(to_html(CASES[text].partition("\n")[0], "a")).replace("[^", "[")
    assert "<p>" not in heading


@pytest.mark.parametrize("text", OTHERS)
def test_what_begins_with_no_sentence_has_no_heading_of_it(text: str) -> None:
    html = to_html(text)
    assert split_first(html) == ("", html)


def test_a_title_within_a_text_is_its_heading() -> None:
    heading, rest = split_first(to_html("## 一期。二期\n\n正文。"))
    assert heading == "一期。二期" and plain(rest) == "正文。"


WORDS = (
    "甲", "3.5", "%", "。", "！", "？", "；", "，", "“", "”", "（", "）", "《", "》", '"', "'", ".",
    "!", "?", " ", "  \n", "\n", "\n\n", "**", "*", "`", "[", "](https://example.org/a.b?c=1)",
    "[^1]", "\n\n[^1]: 注。\n\n", "\n- ", "\n1. ", "> ", "## ", "| ", "&", "<", ">", "\\", "Ab",
    "：",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)


@given(TEXTS)
@example("甲[^1]\n\n[^1]: 注。\n\n")
def test_heading_and_rest_are_the_text(text: str) -> None:
    html = to_html(text, "a")
    heading, rest = split_first(html)
    assert plain(f"<p>{heading}</p>") + plain(rest) == plain(html)
    # Each of the two opens and closes its own elements, and no element is lost.
    for part in (heading, rest):
        opened: list[str] = []
        for slash, tag in re.findall(r"<(/?)([a-z][a-z0-9]*)", part):
            if slash:
                assert opened.pop() == tag
            elif tag not in ("br", "hr", "img"):
                opened.append(tag)
        assert opened == []
    ids = re.findall(' id="[^"]*"', html)
    assert sorted(re.findall(' id="[^"]*"', heading + rest)) == sorted(ids)


PAIRS = dict(zip("“（《【", "”）》】", strict=True))
CLOSED = st.recursive(
    st.sampled_from(
        ["甲。", "乙", "3.5", "1,200.5", "No. 5", "丙！", "丁？", " ", "；", "：", "**戊。**"]
    ),
    lambda inner: st.tuples(
        st.sampled_from(sorted(PAIRS.items())), st.lists(inner, max_size=3)
    ).map(lambda pair: pair[0][0] + "".join(pair[1]) + pair[0][1]),
)


@given(st.lists(CLOSED, max_size=8).map("".join))
def test_no_quotation_and_no_number_is_cut(text: str) -> None:
    heading, rest = (text_of(part) for part in split_first(to_html(text, "a")))
    for opens, closes in PAIRS.items():
        assert heading.count(opens) == heading.count(closes), (heading, rest)
    for number in ("3.5", "1,200.5", "No. 5"):
        assert heading.count(number) + rest.count(number) == text.count(number)
    assert not rest or heading.endswith(("。", "！", "？", "”", "）", "》", "】"))


@pytest.mark.parametrize("name", ["content", "examples/demo"])
@pytest.mark.slow
def test_every_record_of_a_page_is_headed_by_what_it_says(name: str) -> None:
    files = built(name, "public")
    count = 0
    for path, content in files.items():
        if not re.fullmatch(r"\d{4}/tasks/\d{3}/index\.html", path):
            continue
        page = content.decode()
        headings = [
            re.sub("<.*?>", "", one) for one in re.findall("<h3>(.*?)</h3>", page, re.DOTALL)
        ]
        entries = page.count('<p class="when">')
        assert len(headings) == entries
        kinds = ("公开记载", "单位报送", "更正", "销号", "调整", "节点完成", "认定", "核实", "督查")
        assert not [one for one in headings if one.strip() in kinds], path
        assert not [one for one in headings if one.startswith(("单位报送市", "更正更正"))], path
        # Every entry has its own link.
        ids = re.findall(r'<li id="([^"]+)"[^>]*>\s*<p class="when">', page)
        links = re.findall(r'<a class="permalink" href="#([^"]+)">本条链接', page)
        assert links == ids and len(ids) == entries
        count += entries
    assert count > 20
    assert (ROOT / name).is_dir()


def test_a_record_is_shown_once_and_whole(world: Callable[[str], World]) -> None:
    note = """
-- content/2025/notes/001/2025-06-30-kejiju.md --
---
origin: public-record
date: 2025-06-30
source: {title: 实验室建成, publisher: 示例日报}
---
**3个**实验室建成，见[公告](https://example.org/a)。经费1.5亿元。

- 甲
-- content/2025/notes/001/2025-07-30-kejiju.md --
---
origin: public-record
date: 2025-07-30
source: {title: 名单, publisher: 示例日报}
---
- 甲
- 乙
"""
    html = world(note).build().html("2025/tasks/001/")
    link = '<a href="https://example.org/a" rel="noopener noreferrer">公告</a>'
    assert f"<h3><strong>3个</strong>实验室建成，见{link}。</h3>" in html
    assert '<div class="prose"><p>经费1.5亿元。</p>' in html
    assert html.count("实验室建成，见") == 1
    assert "<h3>公开记载：名单</h3>" in html


def test_the_three_answers_stand_in_headings(world: Callable[[str], World]) -> None:
    html = world().build().html("2025/tasks/001/")
    part = html[html.index('class="questions"') :]
    part = part[: part.index("</section>")]
    headings = [re.sub("<.*?>", "", one) for one in re.findall("<h2>(.*?)</h2>", part)]
    assert [one.partition("：")[0] for one in headings] == ["单位怎么说", "证据显示", "对照时间"]
    assert all(one.partition("：")[2] for one in headings)
