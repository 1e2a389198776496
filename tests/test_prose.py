"""How notes are written: Chinese Markdown as clerks type it, and nothing of it is lost."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import TODAY, World
from jiaozhang.build.pipeline import BuildDay, build, examine
from jiaozhang.faults.diagnostic import Diagnostic, in_order
from jiaozhang.files.urls import is_address, is_inside
from jiaozhang.markdown.conservation import lost, visible
from jiaozhang.markdown.prose import first_words, to_html, to_text
from jiaozhang.markdown.slips import MOST_COLUMNS, MOST_ROWS, slips_of

NOTE = """
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {title: 实验室建成, publisher: 示例日报}
---
"""
BODY_LINE = 5


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("做了：\n- 甲\n- 乙", "<p>做了：</p>\n<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
        ("1. 甲\n  - 子\n2. 乙", "<ol>\n<li>甲<ul>\n<li>子</li>\n</ul>\n</li>\n<li>乙</li>\n</ol>"),
        ("1. 甲\n3. 丙", '<ol>\n<li>甲</li>\n<li value="3">丙</li>\n</ol>'),
        ("2. 乙\n\n3. 丙", '<ol start="2">\n<li>乙</li>\n<li>丙</li>\n</ol>'),
        ("- 甲\n  续写\n- 乙", "<ul>\n<li>甲<br>\n续写</li>\n<li>乙</li>\n</ul>"),
        ("第一行\n第二行", "<p>第一行<br>\n第二行</p>"),
        ("第一行\n**第二行**\n第三行", "<p>第一行<br>\n<strong>第二行</strong><br>\n第三行</p>"),
        ("第一段\n\n第二段", "<p>第一段</p>\n<p>第二段</p>"),
        ("　　甲\n　　乙", "<p>甲</p>\n<p>乙</p>"),
        ("（1）甲\n（2）乙", "<p>（1）甲<br>\n（2）乙</p>"),
        ("甲\n\n        缩进", "<p>甲</p>\n<p>缩进</p>"),
        ("5 < 6 & 7 > 3", "<p>5 &lt; 6 &amp; 7 &gt; 3</p>"),
        ("# 甲\n乙\n### 丙", "<h4>甲</h4>\n<p>乙</p>\n<h5>丙</h5>"),
        ("> 甲\n>\n> 乙", "<blockquote>\n<p>甲</p>\n<p>乙</p>\n</blockquote>"),
        ("***甲*** *乙*", "<p><strong><em>甲</em></strong> <em>乙</em></p>"),
    ],
)
def test_what_a_clerk_types_becomes_what_is_meant(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # What looks like markup and is none.
        ("A<B且C>D", "A<B且C>D"),
        ("60*24*9", "60*24*9"),
        ("3米*4米*5米，100*(1+2)*3，甲*3，乙*4", "3米*4米*5米，100*(1+2)*3，甲*3，乙*4"),
        ("李*、王*，李**、王**", "李*、王*，李**、王**"),
        ("**重点：**3座，*重*（*3*）", "重点：3座，重（3）"),
        ("2025. 年初印发\n999. 甲", "2025. 年初印发\n\n999. 甲"),
        ("2**10与a*b*c", "2**10与a*b*c"),
        ("3*（注）", "3*（注）"),
        ("__init__ 和 _甲_", "__init__ 和 _甲_"),
        ("#1机组\n#", "#1机组\n#"),
        ("####### 七个", "####### 七个"),
        ("# C#\n继续", "C#\n\n继续"),
        (">5%", ">5%"),
        ("-5.2%", "-5.2%"),
        ("[备注]: 无\n[甲][乙]", "[备注]: 无\n[甲][乙]"),
        ("[甲](乙 丙)", "[甲](乙 丙)"),
        ("1) 甲\n1、乙\n01. 丙", "1) 甲\n1、乙\n01. 丙"),
        ("甲\n===\n---", "甲\n===\n---"),
        ("&amp;&nbsp;&#60;", "&amp;&nbsp;&#60;"),
        ("<b>甲</b><br>", "<b>甲</b><br>"),
        ("甲[^1]", "甲[^1]"),
        ("a | b\nc | d", "a | b\nc | d"),
        (r"C:\数据 \乙", r"C:\数据 \乙"),
        ("**甲", "**甲"),
        ("** 甲 **", "** 甲 **"),
        ("`甲", "`甲"),
        ("    甲\n        乙", "甲\n乙"),
        ("～～3座～～", "～～3座～～"),
        # Markup.
        (r"\*甲\* \_ \# \~~乙~~", "*甲* _ # ~~乙~~"),
        ("`60*24` ``a`b``", "60*24 a`b"),
        ("[公告](https://a.cn/b) <https://a.cn/c?d=1&e=2>", "公告 https://a.cn/c?d=1&e=2"),
        ("**[甲](../024/)**：`*`", "甲：*"),
        ("3. 丙\n1. 甲", "3. 丙\n1. 甲"),
        ("甲[^b]乙[^a]\n\n[^a]: 一\n[^b]: 二\n续", "甲[2]乙[1]\n\n[1] 一\n\n[2] 二\n续"),
        ("[^a]: 没有人提到\n\n甲", "甲\n\n[1] 没有人提到"),
        ("甲[^a]\n\n[^a]: 一\n[^a]: 又一", "甲[1]\n\n[1]: 又一\n\n[1] 一"),
        ("说明：\n|甲|乙|\n|-|-|\n|1|2|3|\n|4|\n完", "说明：\n\n甲\t乙\t\n1\t2\t3\n4\t\t\n\n完"),
        ("甲 | 乙\n--- | ---\n`a|b` | c\\|d<br>e", "甲\t乙\na|b\tc|d e"),
        ("![门](a/b.png) 甲", "门 甲"),
        ('![门](a/b.png "大门")', "门\n大门"),
    ],
)
def test_everything_but_the_closed_list_is_text(text: str, words: str) -> None:
    assert to_text(text) == words.strip()
    assert lost(text, to_text(text)) is None


def test_no_cell_of_a_table_is_lost() -> None:
    table = to_html("| 项 | 数 |\n| --- | --: |\n| 甲 | 3 | 其中1处停工 |\n| 乙 |")
    assert '<th scope="col">项</th>' in table
    assert '<td align="right">3</td>\n<td>其中1处停工</td>' in table
    # Every row has as many cells as the widest.
    assert [row.count("<t") for row in table.split("<tr>")[1:]] == [3 + 1, 3, 3]
    assert 'tabindex="0"' in table


def test_a_footnote_leads_there_and_back() -> None:
    noted = to_html("建成[^a]，验收[^a]。\n\n[^a]: 验收单。", "n1")
    assert 'href="#fn-n1-a"' in noted and 'id="fn-n1-a"' in noted
    for way in ("fnref-n1-a", "fnref2-n1-a"):
        assert f'href="#{way}"' in noted and f'id="{way}"' in noted
    # Two notes with the same footnote stand on one page.
    assert 'id="fn-n2-a"' in to_html("建成[^a]。\n\n[^a]: 验收单。", "n2")


# -- conservation ---------------------------------------------------------------------------------

WORDS = st.text("甲乙丙丁aZ09，。：（）“”%<>&_~=/@$'\"", min_size=1, max_size=8).map(
    # A tag or an entity would be text too; they are tried by the soups.
    lambda text: text.replace("<", "< ").replace("&", "& ")
)
PLAIN = st.text("甲乙丙丁，。：（）", min_size=1, max_size=8)
# Emphasis begins with no stop and ends with no opening bracket.
STRONG = PLAIN.filter(lambda text: text[0] not in "，。：）" and text[-1] != "（")
Piece = tuple[str, str]


def spans() -> st.SearchStrategy[Piece]:
    """Inline pieces: what is written, and what is seen of it."""
    return st.one_of(
        WORDS.map(lambda w: (w, w)),
        STRONG.map(lambda w: (f"**{w}**", w)),
        STRONG.map(lambda w: (f"*{w}*", w)),
        PLAIN.map(lambda w: (f"`{w}*|`", f"{w}*|")),
        PLAIN.map(lambda w: (f"[{w}](https://a.cn/x_y*z)", w)),
        PLAIN.map(lambda w: (f"![{w}](a/b.png)", w)),
        st.sampled_from("*_`#[]()<>\\|!-+.~").map(lambda c: (f"\\{c}", c)),
        st.just(("<https://a.cn/b>", "https://a.cn/b")),
        st.just(("60*24*9", "60*24*9")),
    )


# Pieces are parted by a character that is no markup, so that they keep their meaning side by side.
LINES = st.lists(spans(), min_size=1, max_size=4).map(
    lambda parts: ("甲" + "、".join(p[0] for p in parts), "甲" + "、".join(p[1] for p in parts))
)


def blocks() -> st.SearchStrategy[Piece]:
    lines = st.lists(LINES, min_size=1, max_size=3)
    cells = st.lists(st.lists(LINES, min_size=1, max_size=4), min_size=1, max_size=4)

    def listed(marks: list[str], rows: list[Piece]) -> Piece:
        texts = [f"{mark} {row[0]}" for mark, row in zip(marks, rows, strict=False)]
        seen = [mark.strip("-*+") + row[1] for mark, row in zip(marks, rows, strict=False)]
        return "\n".join(texts), "".join(seen)

    def table(rows: list[list[Piece]]) -> Piece:
        texts = [f"| {' | '.join(cell[0] for cell in row)} |" for row in rows]
        return (
            "\n".join([texts[0], "| --- | :-: |", *texts[1:]]),
            "".join(cell[1] for row in rows for cell in row),
        )

    return st.one_of(
        lines.map(lambda ls: ("\n".join(w for w, _ in ls), "".join(s for _, s in ls))),
        lines.map(lambda ls: ("\n".join(f"> {w}" for w, _ in ls), "".join(s for _, s in ls))),
        lines.map(lambda ls: ("\n".join(f"　　{w}" for w, _ in ls), "".join(s for _, s in ls))),
        LINES.map(lambda p: (f"## {p[0]}", p[1])),
        st.builds(listed, st.just(["-"] * 3), lines),
        st.builds(listed, st.lists(st.integers(0, 99).map(lambda n: f"{n}."), min_size=3), lines),
        cells.map(table),
    )


@pytest.mark.slow
@given(st.lists(blocks(), min_size=1, max_size=6), st.lists(LINES, max_size=3))
@settings(deadline=None, max_examples=300)
def test_of_a_text_made_of_known_pieces_every_character_is_seen(
    parts: list[Piece], notes: list[Piece]
) -> None:
    """The pieces say themselves what is seen: the page and the second reading have to agree."""
    marks = "".join(f"[^n{at}]" for at in range(len(notes)))
    text = "\n\n".join(
        [*(p[0] for p in parts), f"尾{marks}", *(f"[^n{i}]: {n[0]}" for i, n in enumerate(notes))]
    )
    seen = "".join([*(p[1] for p in parts), "尾", *(f"[{i}]" for i in range(1, len(notes) + 1))])
    seen += "".join(f"[{i}]{note[1]}" for i, note in enumerate(notes, 1))
    assert packed(to_text(text)) == packed(seen)
    assert "".join(one.char for one in visible(text)) == packed(seen)
    assert all(text[one.at] == one.char for one in visible(text) if one.char not in "[]0123456789")
    assert slips_of(text, to_html(text)) is not None
    assert not [code for code, _, _ in slips_of(text, to_html(text)) if code == "text-lost"]


SOUP = st.lists(
    st.sampled_from(
        [
            "*", "**", "***", "`", "``", "[", "]", "](", "(", ")", "![", "](a)", "](https://a.cn/x)",
            "[^a]", "[^a]: ", "\n", "\n\n", "\n- ", "\n1. ", "\n3. ", "\n> ", ">", "# ", "\n## ",
            "|", "\n|---|---|\n", "\n|a|b|\n|-|-|\n", "a", "1", "9", "甲", "乙丙", "。", " ", "　",
            "\n　　", "    ", "\\", "\\*", "\\|", "<", "<br>", "<https://a.cn/b>", "<b>", "&amp;",
            "&", "_", "~~", "---", "\n---\n", "+", "-", "- ", "1. ", "\t", "“", "\"", "'t'", "!",
            "{", ":", "=", "\n===\n", "<!-- x -->", "\u200d", "😀", "1) ", "- [x] ", "```\n",
        ]
    ),
    max_size=30,
).map("".join)  # fmt: skip
ANY = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=60)


@pytest.mark.slow
@given(st.one_of(SOUP, ANY, st.builds("".join, st.lists(st.one_of(SOUP, ANY), max_size=4))))
@settings(deadline=None, max_examples=1000)
def test_of_any_soup_the_page_shows_what_the_second_reading_says(text: str) -> None:
    """Both readings were written apart; where they differ, an editor would be told."""
    assert lost(text, to_text(text)) is None


# Whatever these are, they are no markup: all of them are seen, in order.
WORDY = re.compile(r"[^\W\d_]|[，。、：；（）“”%$@/{}=_&~]")
UNADDRESSED = st.lists(
    st.sampled_from(
        ["*", "**", "`", "``", "\n", "\n\n", "\n- ", "\n1. ", "\n> ", "# ", "|", "\n|-|-|\n", "\\",
         "    ", "\t", "　", "<", ">", "<b>", "<br>", "&lt;", "<!--", "---", "甲", "乙", "a", "Z",
         "。", "（", "$", "_", "~~", "%", "{", "}", "@", "\"", "[丙]", "]", "["]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@pytest.mark.slow
@given(UNADDRESSED)
@settings(deadline=None, max_examples=500)
def test_letters_are_never_lost_whatever_stands_between_them(text: str) -> None:
    """Says nothing of markup, so that a slip in both readings would be found as well."""
    wanted = "".join(WORDY.findall(re.sub(r"(?i)<br>", "", text)))
    assert "".join(WORDY.findall(re.sub(r"(?i)<br>", "", to_text(text)))) == wanted


@pytest.mark.slow
@given(SOUP, st.integers(0, 200))
@settings(deadline=None)
def test_a_character_less_or_more_is_told(text: str, at: int) -> None:
    words = packed(to_text(text))
    if not words:
        return
    at %= len(words)
    assert lost(text, words[:at] + words[at + 1 :]) is not None
    assert lost(text, f"{words[:at]}\u2042{words[at:]}") is not None


def packed(text: str) -> str:
    return "".join(char for char in text if not char.isspace())


def test_towers_of_markup_are_shown_or_told() -> None:
    for piece in ("> ", "- ", "1. ", "*甲 **", "[", "![", "`"):
        text = piece * 300 + "甲"
        assert lost(text, to_text(text)) is None, piece


# -- what check says ------------------------------------------------------------------------------


def told(world: Callable[[str], World], body: str) -> list[Diagnostic]:
    # That a percentage should be a figure is no matter of Markdown.
    found = world(f"{NOTE}{body}\n").check()
    return [one for one in found if one.code != "percent-in-text"]


@pytest.mark.parametrize(
    ("body", "code", "line", "column"),
    [
        ('甲\n见[公告](https://a.cn/ "市府")。', "text-lost", 2, 22),
        ("甲<!-- 给同事 -->", "html-comment", 1, 2),
        ("原计划~~3座~~4座。", "not-markup", 1, 4),
        ("甲\n- [x] 已办\n- 乙", "not-markup", 2, 3),
        ("甲\n```\n乙\n```", "not-markup", 2, 1),
        ("同比：\n- 5.2%", "sign-or-bullet", 2, 1),
        ("+ 3万元。", "sign-or-bullet", 1, 1),
        ("> 5%", "sign-or-bullet", 1, 1),
        ("甲\n\n~~乙\n丙~~", "not-markup", 3, 1),
        ("甲\n长*宽*高", "stars-in-words", 2, 2),
        ("甲\n\n|区|数|\n| — | — |\n|乙|3|", "raw-markup", 3, 1),
        ("甲\n[x] 已办", "not-markup", 2, 1),
        ("见[甲](附 件.pdf)", "not-an-address", 1, 6),
        ("见[甲]()", "not-an-address", 1, 6),
        ("见[甲](www.a.gov.cn/b)", "not-an-address", 1, 6),
        ("甲[^1]", "raw-markup", 1, 2),
        ("甲[^1]\n\n[^1]: 乙\n[^1]: 丙", "raw-markup", 4, 1),
        ("见[甲](ftp://a.cn)", "not-an-address", 1, 6),
        ("见[甲](javascript:alert(1))", "not-an-address", 1, 6),
        ("甲\n**乙", "raw-markup", 2, 1),
        ("甲&nbsp;乙", "raw-markup", 1, 2),
        ("甲<br>乙", "raw-markup", 1, 2),
        ("甲\n\n---\n\n乙", "raw-markup", 3, 1),
    ],
)
def test_it_is_told_at_its_line_and_column(
    world: Callable[[str], World], body: str, code: str, line: int, column: int
) -> None:
    found = [one for one in told(world, body) if one.code != "not-markup" or code == "not-markup"]
    assert {one.code for one in found} == {code}
    assert (found[0].place.line, found[0].place.column) == (line + BODY_LINE, column)
    assert found[0].place.path == "content/2025/notes/001/2025-06-30-ribao.md"


@pytest.mark.parametrize(
    "body",
    [
        "- 5.2%\n- 3.1%",
        "- 下降5.2%",
        "-5.2%",
        ">5%",
        "甲[^1][^2]\n\n[^1]: 乙[^2]\n[^2]: 丙",
        "甲[1](乙)[^1]：丙\n\n[^1]: 丁".replace("(乙)", "（乙）"),
        "`~~甲~~` 和 \\~~乙~~，`<!--` 和 `**`",
        "2**10",
        "*重点*，（*甲*）",
        "一条 |竖线|",
        "|甲|\n|-|\n|乙<br>丙|",
        "1. 甲\n2. [x](https://a.cn)",
        "`甲\n\n`乙",
    ],
)
def test_nothing_is_told_of_what_is_fine(world: Callable[[str], World], body: str) -> None:
    assert told(world, body) == []


def test_a_stray_backtick_hides_nothing_of_the_next_paragraph(
    world: Callable[[str], World],
) -> None:
    assert [one.code for one in told(world, "甲`乙\n\n~~丙~~\n\n丁`")] == ["not-markup"]


def test_a_notice_is_compared_as_well(world: Callable[[str], World]) -> None:
    notice = "-- content/2025/notice.md --\n各区：\n\n见[甲](https://a.cn/ '乙')。![丙](d.png)\n"
    found = [(one.code, str(one.place)) for one in world(notice).check()]
    assert found == [
        ("text-lost", "content/2025/notice.md:3:21"),
        ("not-markup", "content/2025/notice.md:3:25"),
    ]
    assert "文件正文里放不了图片" in world(notice).said()


def grid(rows: int, columns: int) -> str:
    row = f"|{'10.5万元|' * columns}"
    return "\n".join([row, "|---" * columns + "|", *[row] * rows])


def test_tables_are_counted_by_rows_and_columns(world: Callable[[str], World]) -> None:
    assert told(world, f"各区：\n{grid(MOST_ROWS, MOST_COLUMNS)}") == []
    for rows, columns in ((MOST_ROWS + 1, 2), (2, MOST_COLUMNS + 1)):
        (found,) = told(world, f"各区：\n{grid(rows, columns)}")
        facts = dict(found.facts)
        assert (found.code, facts["rows"], facts["columns"]) == (
            "table-too-large",
            str(rows),
            str(columns),
        )
        assert found.place.line == BODY_LINE + 2


@pytest.mark.slow
def test_running_text_has_a_limit_and_a_list_of_it_has_none(
    world: Callable[[str], World],
) -> None:
    assert told(world, "\n".join(["- " + "字" * 500] * 20)) == []
    (found,) = told(world, f"甲\n\n- {'字' * 2001}")
    assert (found.code, found.place.line) == ("prose-too-long", BODY_LINE + 3)


def test_a_broken_link_is_told_where_it_was_written(world: Callable[[str], World]) -> None:
    body = "甲[乙](../001/)\n依据[附件](附件.pdf?a=1&b)执行，[条](#nowhere)。\n"
    found = broken(world(f"{NOTE}{body}"))
    path = "content/2025/notes/001/2025-06-30-ribao.md"
    # The code is "broken-link", and the place is the note's.
    assert found == [
        (f"{path}:{BODY_LINE + 2}:3", "附件.pdf?a=1&b"),
        (f"{path}:{BODY_LINE + 2}:24", "#nowhere"),
    ]


def test_a_broken_link_of_a_notice_is_told_there(world: Callable[[str], World]) -> None:
    notice = "-- content/2025/notice.md --\n各区：\n\n见[甲](../nothing/)。\n"
    assert broken(world(notice)) == [("content/2025/notice.md:3:2", "../nothing/")]


def broken(city: World) -> list[tuple[str, str]]:
    inputs = city.inputs()
    filed, _ = examine(inputs)
    assert filed is not None
    _, faults = build(filed, inputs, "public", BuildDay(None, TODAY), None)
    return [(str(one.place), dict(one.facts)["link"]) for one in in_order(faults)]


def test_what_leaves_the_site_carries_words_and_no_markup(
    world: Callable[[str], World],
) -> None:
    body = "**完成**`3`座，见[公告](https://example.org/a)。[^1]\n1. 甲\n3. 丙\n\n[^1]: 验收。\n"
    site = world(f"{NOTE}{body}").build()
    words = "完成3座，见公告。[1]\n\n1. 甲\n3. 丙\n\n[1] 验收。"
    row = next(csv.DictReader(io.StringIO(site.files["2025/data/records.csv"].decode("utf-8-sig"))))
    assert row["text"] == words
    task = json.loads(site.files["2025/tasks/001/index.json"])
    assert task["records"][0]["text"] == words
    for path, content in site.files.items():
        text = content.decode("utf-8", "replace")
        for markup in ("**完成", "[公告]", "`3`", "[^1]"):
            assert markup not in text, path
    assert "完成3座，见公告。</summary>" in site.files["2025/updates/feed.xml"].decode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**甲**建成。\n\n乙", "甲建成。"),
        ("很长的一句话，" * 20, ("很长的一句话，" * 11).rstrip("，") + "……"),
        ("- 甲\n- 乙", "甲 乙"),
        ("三个入口。[^1]\n\n[^1]: 西岸。", "三个入口。"),
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


@pytest.mark.parametrize(
    "link", ["../024/", "#clause-1", "a/b.pdf", "?q=1", "/2025/", "a.png", "b/a.cn", "a.comb"]
)
def test_a_way_inside_may_stand_in_prose(link: str) -> None:
    assert is_inside(link) and not is_address(link)


@pytest.mark.parametrize(
    "link",
    ["javascript:x", "JAVA\tSCRIPT:x", "data:,x", "//a.cn", "/\\a.cn", "ftp://a.cn",
     "https:a.cn", "http://a.cn/<b>", " javascript:x", "java\nscript:x", "vbscript:x", "file:///x",
     "www.a.cn", "WWW.a/b", "tj.a.gov.cn/b?c", "a.com"],
)  # fmt: skip
def test_nothing_else_is_a_link(link: str) -> None:
    assert not is_address(link) and not is_inside(link)
    assert "href" not in to_html(f"[x]({link})")
