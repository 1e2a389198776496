"""What a site says about its notice is what the notice says: who leads, its number, its meeting."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import BASE, ROOT, World
from jiaozhang.faults.diagnostic import Place
from jiaozhang.files.source import Source
from jiaozhang.files.yaml_tree import parse_yaml
from jiaozhang.notice.duty_grammar import read_duties, rule_of
from jiaozhang.notice.plain_grid import read_plain
from jiaozhang.notice.propose import ProposedLedger, propose
from jiaozhang.notice.proposed_files import ledger_file
from jiaozhang.notice.task_table import read_notice

LEDGER = BASE.partition("-- content/2025/ledger.yaml --\n")[2].partition("-- content/")[0]
RULE = "责任单位排在首位的为牵头单位，其他为配合单位。"
FIRST = ("第一位", "首位", "文件注明", "附件注明")
JOINT = """
-- content/2025/tasks/002.yaml --
section: 2
title: 办好实事
text: 办好实事。
deadline: 年底前完成
units: [市科技局, 市财政局]
responsibility: joint
clauses:
  - {id: a, kind: complete, due: 2025-12-31}
"""


def with_head(lines: str) -> str:
    return f"-- content/2025/ledger.yaml --\n{lines}{LEDGER}"


def pages(city: World) -> dict[str, str]:
    built = city.build("intranet")
    return {path: built.files[path].decode() for path in built.files if path.endswith(".html")}


@pytest.mark.slow
@pytest.mark.parametrize("lead", ["", "lead_from: columns\n", "lead_from: words\n"])
def test_without_a_remark_no_page_says_that_there_is_one(
    world: Callable[[str], World], lead: str
) -> None:
    city = world(with_head(lead) + JOINT)
    assert city.check() == ()
    for path, html in pages(city).items():
        assert not any(word in html for word in FIRST), path


PAGES_OF_THE_RULE = (
    "",
    "about/",
    "2025/tasks/001/",
    "2025/tasks/lead/",
    "2025/tasks/support/",
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lead", "said"),
    [
        (f"lead_rule: {RULE}\n", f"文件注明：{RULE}"),
        (f"lead_rule: {RULE.rstrip('。')}\n", f"文件注明：{RULE}"),
        ("lead_from: columns\n", "文件分别列出牵头单位和配合单位。"),
        ("lead_from: words\n", "文件在责任单位里写明谁牵头、谁配合。"),
    ],
)
def test_every_page_that_parts_the_roles_says_where_they_come_from(
    world: Callable[[str], World], lead: str, said: str
) -> None:
    site = world(with_head(lead)).build()
    addresses = [path.removesuffix("index.html") for path in site.files if "tasks/" in path]
    assert set(PAGES_OF_THE_RULE[2:]) <= set(addresses)
    for address in PAGES_OF_THE_RULE:
        assert said in site.text(address), address


@pytest.mark.slow
@pytest.mark.parametrize("tasks", ["", JOINT])
def test_the_words_for_a_joint_duty_stand_where_there_is_one(
    world: Callable[[str], World], tasks: str
) -> None:
    said = "写明“按职责分工负责”的不分牵头和配合。"
    assert (said in world(tasks).build().text("")) == bool(tasks)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["number", "meeting"])
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", None),
        ("{}:\n", None),
        ("{}: null  # 看过了\n", "未载明"),
        ("{}: ~\n", "未载明"),
        ("{}: 示政发〔2025〕5号\n", "示政发〔2025〕5号"),
    ],
)
def test_a_fact_is_called_unstated_only_where_somebody_looked(
    world: Callable[[str], World], key: str, line: str, said: str | None
) -> None:
    city = world(with_head(line.format(key)))
    assert city.check() == ()
    site = city.build()
    name = {"number": "发文字号", "meeting": "审议会议"}[key]
    notice, task = site.text("2025/notice/"), site.text("2025/tasks/001/")
    if said is None:
        assert name not in notice
        assert "未载明" not in notice
    else:
        assert f"{name} {said}" in notice
    if key == "number":
        assert ("文号：" in task) == (said is not None)
        assert said is None or f"文号：{said}。" in task


@pytest.mark.slow
def test_a_day_that_the_site_does_not_know_is_left_out(world: Callable[[str], World]) -> None:
    city = world(f"-- content/2025/ledger.yaml --\n{LEDGER.replace('published: 2025-03-01', '')}")
    assert "本站公布" not in city.build().text("2025/notice/")


@pytest.mark.parametrize("year", ["content/2025", "examples/demo/2024", "examples/demo/2025"])
def test_the_committed_rules_are_words_of_their_notices(year: str) -> None:
    text = (ROOT / year / "ledger.yaml").read_text(encoding="utf-8")
    document, _ = parse_yaml(Source("l", "l", text))
    rule = document.node("lead_rule") if document else None
    assert rule and getattr(rule, "text", "") in (ROOT / year / "notice.md").read_text("utf-8")


TITLE = "示例市人民政府关于做好2025年重点工作的通知"
OPENING = "各区人民政府："
CITED = "根据国办发〔2024〕3号，现将重点工作印发给你们。"
ROWS = "1\t新建3个实验室。\t年底前完成\t张三\t市科技局、市财政局"
HEADS = "序号\t重点工作\t完成时限\t分管市领导\t责任单位"


def proposed(
    above: list[str], heads: str = HEADS, rows: str = ROWS, below: str = ""
) -> ProposedLedger:
    text = "\n".join([*above, heads, rows, below]) + "\n"
    notice, faults = read_notice(read_plain(Source("n", "n", text)), Place("n"))
    assert notice, faults
    return propose(notice, 2025)


NUMBERS = (
    "示政发〔2025〕5号",
    "示政发[2025]5号",
    "示政办发（2025）15号",
    "示政发(2025)5号",
    "示政发【2025】5号",
    "国办发〔２０２５〕３号",
    "示政发〔2025〕第5号",
    "2025年第5号",
)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_number_is_read_off_the_head_and_is_no_part_of_the_title(number: str) -> None:
    heads = [
        [number, TITLE, OPENING, CITED],
        [TITLE, number, OPENING, CITED],
        ["示例市人民政府文件", number, TITLE, OPENING, CITED],
        [f"发文字号：{number}", TITLE, OPENING, CITED],
        [TITLE, f"（{number}）", OPENING, CITED],
        [f"{TITLE}（{number}）", OPENING, CITED],
        [f"{number} 签发人：张三", TITLE, OPENING, CITED],
        [TITLE, f" {number[:3]} {number[3:]}" if "〔" in number[:4] else number, OPENING, CITED],
        [number, TITLE],
    ]
    for above in heads:
        ledger = proposed(above)
        assert ledger.number == number, above
        assert ledger.title.endswith(TITLE) and number not in ledger.title, above
        assert f"number: {number}\n" in ledger_file(ledger).replace('"', ""), above


def test_a_number_that_the_text_cites_is_another_documents() -> None:
    ledger = proposed([TITLE, OPENING, CITED])
    assert ledger.number == ""
    assert "\nnumber: null " in ledger_file(ledger)


def test_where_only_a_table_was_read_nobody_looked_for_a_number() -> None:
    lines = ledger_file(proposed([])).split("\n")
    assert not any(line.startswith("number:") for line in lines)


@pytest.mark.parametrize(
    "remark",
    [
        "注：除文中有单独表述外，其他每项工作责任单位列第一位的为牵头单位，其他为配合单位。",
        "注：责任单位排名第一的为牵头单位。",
        "注：列首位的为牵头单位。",
        "注：牵头单位列在第一位。",
        "备注：1.数据为预计数。2.责任单位第一个为牵头单位。",
    ],
)
def test_the_remark_is_kept_word_for_word_and_decides_who_leads(remark: str) -> None:
    ledger = proposed([TITLE, OPENING, CITED], below=remark)
    assert ledger.lead_rule and ledger.lead_rule in remark
    assert f"lead_rule: {ledger.lead_rule}\n" in ledger_file(ledger).replace('"', "")
    assert not any(doubt.field == "units" for doubt in ledger.tasks[0].doubts)
    assert read_duties("市科技局\n市财政局", ledger.lead_rule).doubt == ""


def test_a_sentence_of_the_text_may_say_who_leads() -> None:
    said = "附表中责任单位列第一位的为牵头单位。"
    assert rule_of("注：数据为预计数。", (f"一、加强组织。{said}各单位要落实。",)) == said


@pytest.mark.parametrize("remark", ["", "注：数据为预计数。", "注：牵头单位负总责。"])
def test_a_remark_on_something_else_is_no_rule(remark: str) -> None:
    ledger = proposed([TITLE, OPENING, CITED], below=remark)
    assert (ledger.lead_rule, ledger.lead_from) == ("", None)
    assert "lead_rule" not in ledger_file(ledger)
    assert any("没有注明第一位牵头" in doubt.reason for doubt in ledger.tasks[0].doubts)


def test_columns_and_words_are_kept_where_they_part_every_row() -> None:
    above = [TITLE, OPENING, CITED]
    parted = HEADS.replace("责任单位", "牵头单位\t配合单位")
    assert proposed(above, parted, ROWS.replace("、", "\t")).lead_from == "columns"
    said = ROWS.replace("市科技局、市财政局", "市科技局牵头，市财政局配合")
    assert proposed(above, HEADS, said).lead_from == "words"
    mixed = f"{said}\n{ROWS.replace('1', '2', 1)}"
    assert proposed(above, HEADS, mixed).lead_from is None
    ruled = proposed(above, parted, ROWS.replace("、", "\t"), f"注：{RULE}")
    assert (ruled.lead_rule, ruled.lead_from) == (RULE, None)
