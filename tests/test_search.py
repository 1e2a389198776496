"""What is indexed: tokens, weights, files; and that an index knows only what its audience may."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, World
from jiaozhang.derive.attention import AttentionKey
from jiaozhang.search.analyzer import index_tokens, normalise, sequences
from jiaozhang.search.document import DocumentField, SearchDocument
from jiaozhang.search.index import impacts_of, index, shard_of
from jiaozhang.search.question_words import ASKED

CASES = [
    json.loads(line)
    for line in (ROOT / "tests/search/analyzer.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_text_is_found_by_what_a_browser_looks_up(case: dict[str, list[str]]) -> None:
    """The tokens are those of static/query.js: tests/scripts/query.test.js holds it to them."""
    assert set(case["tokens"]) <= index_tokens(str(case["text"]), fine=True)


def test_blanks_between_characters_are_typesetting() -> None:
    assert sequences("张　玲、李 四") == (("张", "玲"), ("李", "四"))
    assert sequences("PM 2.5 浓度") == (("pm",), ("2.5",), ("浓", "度"))


def test_readings_are_tokens_of_their_own() -> None:
    tokens = index_tokens("老旧小区", fine=True)
    assert {"~lao jiu", "~jiu xiao", "~xiao qu", "^ljx", "^jxq"} <= tokens
    # 行 is read two ways, 重 too.
    assert {"~yin hang", "~yin xing"} <= index_tokens("银行", fine=True)


def test_notes_are_not_found_by_single_characters_or_readings() -> None:
    assert index_tokens("老旧小区", fine=False) == {"老旧", "旧小", "小区"}


def test_a_run_of_letters_is_found_while_it_is_typed() -> None:
    assert {"pm", "pm2", "pm2.5", "2.5"} <= index_tokens("PM2.5", fine=False)


@given(st.from_regex(r"[a-z][a-z0-9]{0,12}", fullmatch=True))
def test_a_run_is_found_by_every_beginning_of_two_letters_or_more(run: str) -> None:
    assert {run[:end] for end in range(2, len(run) + 1)} <= index_tokens(run, fine=False)


@pytest.mark.parametrize(("fields", "impact"), [(1, 3), (2, 4), (3, 5), (4, 5)])
def test_what_stands_in_more_fields_weighs_more_up_to_two_of_them(fields: int, impact: int) -> None:
    """The best field counts whole, each further one as one, and the third of them as nothing."""
    own = [DocumentField("", "公园", weight) for weight in (3, 2, 1, 1)[:fields]]
    tokens, impacts = impacts_of(SearchDocument("task", "1/", "", "", "", tuple(own)))
    assert impacts[tokens.index("公园")] == impact


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet="老旧小区重点工作行业abc12.% 、", max_size=40))
def test_every_part_of_a_text_finds_it(text: str) -> None:
    tokens = index_tokens(text, fine=True)
    for sequence in sequences(text):
        for unit in sequence:
            assert unit in tokens


def test_shards_are_the_same_everywhere() -> None:
    # The browser computes these: test_search_browser.py would find nothing otherwise.
    assert [shard_of(token, 64) for token in ("老旧", "pm2.5", "~lao jiu")] == [
        fnv("老旧") % 64,
        fnv("pm2.5") % 64,
        # A pair of syllables stands where it is looked for when its second one is just begun.
        fnv("~lao j") % 64,
    ]


def fnv(token: str) -> int:
    """FNV-1a as its authors write it, over 16-bit units."""
    digest = 0x811C9DC5
    for char in token:
        digest = (digest ^ ord(char)) * 0x01000193 % 2**32
    return digest


@pytest.mark.slow
def test_two_builds_give_the_same_index(world: Callable[[str], World]) -> None:
    city = world("")
    one, other = city.build().files, city.build().files
    own = {path: content for path, content in one.items() if path.startswith("search/")}
    assert own and own == {p: c for p, c in other.items() if p.startswith("search/")}


def test_one_changed_text_changes_only_the_shards_of_its_words() -> None:
    def documents(last: str) -> list[SearchDocument]:
        texts = [f"新建第{n}个实验室" for n in range(200)] + [last]
        return [
            SearchDocument("task", f"{n}/", "", t, "", (DocumentField("", t, 3),))
            for n, t in enumerate(texts)
        ]

    one, other = index(documents("建设公园")).files, index(documents("建设花园")).files
    changed = [path for path in one if path.startswith("t") and path not in other]
    assert 0 < len(changed) < 25
    assert sum(path.startswith("t") for path in one) == 256


ALIASES = """
-- content/aliases.yaml --
- words: [科研平台]
  means: [实验室]
- words: [财政部门]
  means: [市财政局]
"""


def test_everyday_words_stand_with_what_the_ledger_says(world: Callable[[str], World]) -> None:
    files = world(ALIASES).build().files
    text = "".join(c.decode() for p, c in files.items() if p.startswith("search/"))
    assert '["实验室","科研平台"]' in text
    assert re.search(r"[\";]科研[!#$&()*]", text)
    # A unit is found by its other names, and through an everyday word.
    assert '["市科技局","市科委"]' in text and '["市财政局","财政部门"]' in text


@pytest.mark.slow
def test_an_index_knows_what_its_audience_may_know(world: Callable[[str], World]) -> None:
    inside = """
-- content/2025/internal/blockers/001-zijin.yaml --
raised_by: 市科技局
needs: 市财政局
since: 2025-05-01
state: 待答复
text: 隐秘缺口尚待落实
"""
    city = world(inside)
    words = "隐秘缺口"

    def said(audience: str) -> str:
        files = city.build(audience).files  # type: ignore[arg-type]
        return "".join(c.decode() for p, c in files.items() if p.startswith("search/"))

    token = re.compile(r"[\";]隐秘[!#$&()*]")
    assert words in said("intranet") and token.search(said("intranet"))
    assert words not in said("public") and not token.search(said("public"))


RECORDS = """
-- content/2025/notes/001/2025-04-02-guoban.md --
---
origin: public-record
date: 2025-04-02
source: {publisher: 示例日报, title: 一季度情况, published: 2025-04-02}
figures:
  - {name: 新建实验室, value: 2, unit: 个, period: 2025年1—3月, target: t1}
  - {name: 市级实验室, value: 5, unit: 个, period: 2025年1—3月, beside: t1, differs: 只含市级}
  - {name: 新增设备, value: 7, unit: 台, period: 2025年1—3月}
---
新建实验室2个。
-- content/2025/notes/001/2025-07-02-banian.md --
---
origin: public-record
date: 2025-07-02
source: {publisher: 示例日报, title: 上半年情况, published: 2025-07-02}
figures:
  - {name: 新建实验室, value: 3, unit: 个, period: 2025年1—6月, target: t1}
---
上半年新建实验室3个。
"""


def test_each_figure_stands_beside_the_target_that_it_answers(
    world: Callable[[str], World],
) -> None:
    """What a figure says of its target is said of the newest one; of another scope, why it is."""
    files = world(RECORDS).build("public", "2025-08-01").files
    blocks = [c.decode() for p, c in files.items() if re.match(r"search/d\d", p)]
    rows = [row for b in blocks for row in json.loads(b[b.index(",") + 1 : -1])]
    shown = {row[3]: [(f[0], f[3], f[4] and f[4][0], f[5]) for f in row[7]] for row in rows}
    newest = ("3", "目标3个", "数字达到目标", "")
    assert shown["市科技局 等2家　年底完成　主要任务一"] == [newest]
    assert shown["示例日报　2025年7月2日"] == [newest]
    assert shown["示例日报　2025年4月2日"] == [
        ("2", "目标3个", 0, ""),
        ("5", "目标新建实验室3个", "口径不同", "只含市级"),
        ("7", "", 0, ""),
    ]


@pytest.mark.parametrize(
    ("question", "lists"),
    [
        ("逾期", {"lapsed"}),
        ("没完成的", {"lapsed"}),
        ("到期", {"lapsed"}),
        ("还没办结的有哪些", {"lapsed"}),
        ("快到期", {"lapsed", "next"}),
        ("上个月", {"recent"}),
        ("最近", {"recent"}),
        ("没有进展", {"silent"}),
        ("老旧小区", set()),
        ("预期目标", set()),
        ("完成城市更新", set()),
    ],
)
def test_who_asks_for_a_list_is_understood(question: str, lists: set[str]) -> None:
    assert {key for key, words in ASKED.items() if re.search(words, question)} == lists


def test_every_list_of_a_question_can_be_asked_for() -> None:
    assert set(ASKED) == set(get_args(AttentionKey))
