"""One notice in every form that offices send it: each gives the same tasks."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_hostile import limits

from conftest import ROOT
from jiaozhang.faults.diagnostic import Place
from jiaozhang.notice.propose import ProposedLedger, propose
from jiaozhang.notice.read_notice import read_grid
from jiaozhang.notice.task_table import read_notice

TITLE = "示例市人民政府关于做好2025年重点工作的通知"
OPENING = "各区人民政府："
STATED = "现将3项重点任务印发给你们。"
HEADS = ["序号", "主要任务", "重点工作", "完成时限", "分管市领导", "责任单位"]
SECTIONS = ["一、坚持创新，发展产业", "二、改善民生"]
ROWS = [
    ["1", SECTIONS[0], "新建3个实验室，推动转化。", "年底前完成", "张三", ["市科技局", "市财政局"]],
    ["2", SECTIONS[0], "建强队伍。", "年底前取得明显进展", "李四", ["市商务局"]],
    ["5", SECTIONS[1], "改造管网60公里。", "6月底前完成", "李四", ["市水务局", "东城区人民政府"]],
]
REMARK = "注：责任单位列第一位的为牵头单位，其他为配合单位。"


def flat(row: list[object], joint: str) -> list[str]:
    return [joint.join(cell) if isinstance(cell, list) else str(cell) for cell in row]


def tab_stream() -> bytes:
    rows = "".join("\n\n\t" + "\n\t".join(flat(row, "\n\n")) for row in ROWS)
    head = f"{TITLE}\n{OPENING}\n{STATED}\n附件\n"
    return (head + "\n\t" + "\n\t".join(HEADS) + rows + f"\n\n{REMARK}\n").encode()


def tab_lines() -> bytes:
    lines = [TITLE, OPENING, STATED, "\t".join(HEADS)]
    lines += ["\t".join(flat(row, "、")) for row in ROWS]
    return "\n".join([*lines, REMARK]).encode("gb18030")


def bars() -> bytes:
    lines = [TITLE, OPENING, STATED, "|".join(HEADS) + "|"]
    lines += ["|".join(flat(row, "\n")) + "|" for row in ROWS]
    return "\n".join([*lines, REMARK]).encode()


def markdown() -> bytes:
    lines = [
        TITLE,
        OPENING,
        STATED,
        "",
        "| " + " | ".join(HEADS) + " |",
        "|---|---|---|---|---|---|",
    ]
    lines += ["| " + " | ".join(flat(row, "、")) + " |" for row in ROWS]
    return "\n".join([*lines, "", REMARK]).encode()


def one_a_line() -> bytes:
    lines = [TITLE, OPENING, STATED, *HEADS]
    before = ""
    for row in ROWS:
        cells = flat(row, "\n")
        lines += [cell for at, cell in enumerate(cells) if at != 1 or cell != before]
        before = cells[1]
    return "\n".join([*lines, REMARK]).encode()


def prose() -> bytes:
    lines = [TITLE, OPENING, STATED]
    before = ""
    for number, section, text, deadline, leader, units in ROWS:
        lines += [str(section)] if section != before else []
        before = str(section)
        lead, *rest = units
        support = f"；配合单位：{'、'.join(rest)}" if rest else ""
        lines.append(
            f"{number}.{text}（完成时限：{deadline}；责任领导：{leader}；牵头单位：{lead}{support}）"
        )
    return "\n".join(lines).encode()


def table_csv(encoding: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([[TITLE], [OPENING], [STATED], HEADS, *(flat(row, "\n") for row in ROWS)])
    writer.writerow([REMARK])
    return out.getvalue().encode(encoding)


def html() -> bytes:
    """Sections are cells that span rows; cells hold markup; a script stands in the page."""
    parts = [
        f"<html><head><title>x</title><script>var a='<td>';</script></head><body><h1>{TITLE}</h1>"
        f"<p>{OPENING}</p><p>{STATED}</p><table><tr>"
        + "".join(f"<th><b>{head}</b></th>" for head in HEADS)
        + "</tr>"
    ]
    spans = {SECTIONS[0]: 2, SECTIONS[1]: 1}
    before = ""
    for row in ROWS:
        cells = flat(row, "<br>")
        parts.append("<tr>")
        for at, cell in enumerate(cells):
            if at == 1 and cell == before:
                continue
            span = f' rowspan="{spans[cell]}"' if at == 1 else ""
            parts.append(f"<td{span}><p><span>{cell}</span></p></td>")
        before = cells[1]
        parts.append("</tr>")
    return "".join([*parts, f"</table><p>{REMARK}</p></body></html>"]).encode()


def word() -> bytes:
    """Two tables: the second goes on over the page and repeats the headings; cells are merged."""
    document = docx.Document()
    for text in (TITLE, OPENING, STATED):
        document.add_paragraph(text)
    for rows in (ROWS[:2], ROWS[2:]):
        table = document.add_table(rows=1 + len(rows), cols=len(HEADS))
        for at, head in enumerate(HEADS):
            table.cell(0, at).text = head
        for line, row in enumerate(rows, 1):
            for at, cell in enumerate(flat(row, "\n")):
                if at != 1:
                    table.cell(line, at).text = cell
        merged = table.cell(1, 1).merge(table.cell(len(rows), 1))
        merged.text = str(rows[0][1])
    document.add_paragraph(REMARK)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def workbook() -> bytes:
    """Numbers are numbers, sections are merged cells, the table stands on the second sheet."""
    book = openpyxl.Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("任务")
    for line in ([TITLE], [OPENING], [STATED], HEADS):
        sheet.append(line)
    for row in ROWS:
        number, *rest = flat(row, "\n")
        sheet.append([int(number), *rest])
    sheet.cell(row=6, column=2).value = None
    sheet.merge_cells("B5:B6")
    sheet.append([REMARK])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FORMS: dict[str, Callable[[], bytes]] = {
    "tab-stream.txt": tab_stream,
    "tab-lines-gbk.txt": tab_lines,
    "bars.txt": bars,
    "markdown.md": markdown,
    "one-a-line.txt": one_a_line,
    "prose.txt": prose,
    "utf8.csv": lambda: table_csv("utf-8-sig"),
    "gbk.csv": lambda: table_csv("gb18030"),
    "utf16.csv": lambda: table_csv("utf-16"),
    "page.html": html,
    "word.docx": word,
    "book.xlsx": workbook,
}


def proposed(path: Path) -> ProposedLedger:
    grid, faults = read_grid(path, path.name)
    assert faults == ()
    notice, faults = read_notice(grid, Place(path.name))
    assert faults == ()
    assert notice
    return propose(notice, 2025)


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_tasks(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FORMS[name]())
    ledger = proposed(path)
    assert ledger.title == TITLE
    assert ledger.stated_count == 3
    assert ledger.sections == ("坚持创新，发展产业", "改善民生")
    assert [(task.number, task.section) for task in ledger.tasks] == [(1, 1), (2, 1), (5, 2)]
    for task, row in zip(ledger.tasks, ROWS, strict=True):
        assert (task.text.rstrip("。"), task.deadline) == (str(row[2]).rstrip("。"), row[3])
        assert task.leaders == (row[4],)
        assert list(task.units) == row[5]
        assert task.responsibility == "first-leads"
        assert task.doubts == ()


def test_columns_stand_in_any_order_under_any_name(tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    path.write_text(
        "牵头部门,工作内容,时限,编号,协办单位\n"
        "市科技局,新建实验室,年底前完成,7,市教委\n"
        "市教委,扩建学校,年底前完成,9,\n"
    )
    ledger = proposed(path)
    assert [(task.number, task.units) for task in ledger.tasks] == [
        (7, ("市科技局", "市教委")),
        (9, ("市教委",)),
    ]
    assert ledger.sections == ("重点工作",)
    assert {doubt.field for doubt in ledger.doubts} == {"title", "issuer", "sections"}


def test_a_table_may_lack_deadlines_and_leaders(tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    path.write_text("序号,重点工作,责任单位\n1,新建实验室,市科技局\n")
    (task,) = proposed(path).tasks
    assert (task.deadline, task.leaders, task.clauses) == ("", (), ())


def test_a_row_merged_across_is_the_title_of_a_section(tmp_path: Path) -> None:
    path = tmp_path / "n.html"
    path.write_text(
        "<table><tr><td>序号<td>重点工作<td>责任单位</tr>"
        "<tr><td colspan=3>一、产业发展</tr><tr><td>1<td>建实验室<td>市科技局</tr>"
        "<tr><td colspan=3>二、民生</tr><tr><td>2<td>建学校<td>市教委</tr></table>"
    )
    ledger = proposed(path)
    assert ledger.sections == ("产业发展", "民生")
    assert [task.section for task in ledger.tasks] == [1, 2]


def refused(path: Path) -> tuple[str, str]:
    grid, faults = read_grid(path, path.name)
    if not faults:
        _, faults = read_notice(grid, Place(path.name))
    (fault,) = faults
    return fault.code, str(fault.place)


@pytest.mark.parametrize("name", ["x.doc", "x.pdf", "x.wps", "x.xls", "x.ods"])
def test_a_form_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert refused(tmp_path / name) == ("notice-form", name)


@pytest.mark.parametrize("name", ["x.docx", "x.xlsx"])
@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_a_broken_office_file_is_a_diagnostic(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name) == ("notice-broken", name)


@pytest.mark.parametrize("name", ["x.docx", "x.xlsx"])
def test_an_archive_that_is_no_office_file_is_a_diagnostic(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x")
        archive.writestr("xl/workbook.xml", "<x")
        archive.writestr("word/document.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")
    assert refused(tmp_path / name) == ("notice-broken", name)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["x.docx", "x.xlsx"])
def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for index in range(3):
            archive.writestr(f"word/{index}.xml", b"0" * (90 * 1024 * 1024))
    assert refused(tmp_path / name) == ("file-too-large", name)


def test_a_row_with_more_cells_than_headings_is_ambiguous(tmp_path: Path) -> None:
    path = tmp_path / "n.txt"
    path.write_text("序号\n责任单位\n重点工作\n1\n市科技局\n市教委\n新建实验室\n")
    assert refused(path) == ("row-wide", "n.txt:4:1")


def test_a_cell_longer_than_any_task_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    path.write_text(f"序号,重点工作,责任单位\n1,{'建' * 2001},市科技局\n")
    assert refused(path) == ("too-long", "n.csv:2:1")


def test_invisible_characters_in_a_workbook_are_named_with_their_cell(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "任务"
    for line in (["序号", "重点工作", "责任单位"], [1, "建实\u202e验室", "市科技局"]):
        book.active.append(line)
    book.save(tmp_path / "n.xlsx")
    assert refused(tmp_path / "n.xlsx") == ("invisible-character", "n.xlsx!任务!B2")


def test_a_formula_is_not_run(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "任务"
    for line in (["序号", "重点工作", "责任单位"], ["=1+1", "建实验室", "市科技局"]):
        book.active.append(line)
    book.save(tmp_path / "n.xlsx")
    assert refused(tmp_path / "n.xlsx") == ("row-number", "n.xlsx!任务!A2")


def hidden_row() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book["任务"].row_dimensions[6].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hidden_text() -> bytes:
    document = docx.Document(io.BytesIO(word()))
    document.add_paragraph().add_run("密").font.hidden = True
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("name", "make"), [("h.xlsx", hidden_row), ("h.docx", hidden_text)])
def test_what_a_file_hides_is_asked_about(
    tmp_path: Path, name: str, make: Callable[[], bytes]
) -> None:
    (tmp_path / name).write_bytes(make())
    doubts = [doubt.reason for doubt in proposed(tmp_path / name).doubts]
    assert any("隐藏" in reason for reason in doubts)
    (tmp_path / name).write_bytes(FORMS["word.docx" if "docx" in name else "book.xlsx"]())
    assert not any("隐藏" in doubt.reason for doubt in proposed(tmp_path / name).doubts)


@pytest.mark.parametrize("name", ["word.docx", "book.xlsx"])
@pytest.mark.parametrize("at", [0, 40, 200, -60, -10])
def test_an_office_file_with_a_flipped_byte_is_read_or_told(
    tmp_path: Path, name: str, at: int
) -> None:
    raw = bytearray(FORMS[name]())
    raw[at] ^= 0xFF
    (tmp_path / name).write_bytes(bytes(raw))
    _, faults = read_grid(tmp_path / name, name)
    assert [fault.code for fault in faults] in ([], ["notice-broken"], ["file-too-large"])


PIECES = [
    "序号",
    "重点工作",
    "责任单位",
    "完成时限",
    "1",
    "2",
    "一、甲",
    "\n",
    "\t",
    "\n\t",
    "|",
    ",",
    "建",
    "（责任单位：甲）",
    "1.建",
    "注：",
    "<td>",
    "<tr>",
    "<table>",
    "</table>",
    " ",
    "\u3000",
    '"',
    "年底前完成",
]


@pytest.mark.slow
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["txt", "csv", "html"]))
def test_any_text_is_a_notice_or_is_refused(pieces: list[str], kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"n.{kind}"
        path.write_text("".join(pieces), encoding="utf-8")
        grid, faults = read_grid(path, path.name)
    if faults:
        return
    notice, faults = read_notice(grid, Place(path.name))
    assert (notice is None) == bool(faults)
    if notice:
        assert propose(notice, 2025).tasks


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/stdin"])
def test_a_device_is_no_notice(name: str) -> None:
    assert refused(Path(name)) == ("special-file", Path(name).name)


def test_a_cell_of_a_workbook_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "任务"
    for line in (
        ["序号", "重点工作", "责任单位"],
        [1, "建实验室", "市科技局"],
        ["甲", "建", "市教委"],
    ):
        book.active.append(line)
    book.save(tmp_path / "n.xlsx")
    assert refused(tmp_path / "n.xlsx") == ("row-number", "n.xlsx!任务!A3")


ATTACKS: dict[str, Callable[[Path], None]] = {
    "bomb.docx": lambda path: bomb(path),
    "bomb.xlsx": lambda path: bomb(path),
    "spans.html": lambda path: spans(path),
    "rows.csv": lambda path: lines(path, "序号,重点工作,责任单位", "{0},新建{0}个,市科技局"),
    "items.txt": lambda path: lines(path, "通知", "{0}.新建{0}个（牵头单位：市科技局）"),
    "brackets.txt": lambda path: lines(path, "通知", "（" * 500),
    "tags.html": lambda path: lines(path, "<table>", "<tr><td>" * 50),
}


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for index in range(3):
            archive.writestr(f"word/{index}.xml", b"0" * (90 * 1024 * 1024))


def spans(path: Path) -> None:
    cell = '<td rowspan="999999999" colspan="999999999">x</td>'
    path.write_text(f"<table>{'<tr>' + cell * 20 + '</tr>'}</table>" * 200, encoding="utf-8")


def lines(path: Path, head: str, line: str) -> None:
    body = "\n".join(line.format(number) for number in range(1, 20_000))
    path.write_text(f"{head}\n{body}\n", encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", ATTACKS)
def test_a_notice_made_to_hurt_is_read_within_a_minute_and_a_gibibyte(
    tmp_path: Path, name: str
) -> None:
    ATTACKS[name](tmp_path / name)
    into = tmp_path / "content"
    done = subprocess.run(
        [sys.executable, "-m", "jiaozhang", "import", name, "--year", "2025", "--into", str(into)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        preexec_fn=limits,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr[-400:]
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or not into.exists()


def test_a_span_as_long_as_a_book_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "n.html"
    cell = '<td rowspan="999999999" colspan="999999999">'
    path.write_text(f"<table><tr>{cell}x</tr></table>" * 20)
    assert refused(path)[0] == "no-table"


def test_a_sheet_with_a_far_corner_is_not_laid_out(tmp_path: Path) -> None:
    """Two cells, but between them the largest sheet there is: 168 GB for the parser."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as old:
        files = {name: old.read(name) for name in old.namelist()}
    name = "xl/worksheets/sheet2.xml"
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    files[name] = files[name].replace(b"</sheetData>", corner)
    with zipfile.ZipFile(tmp_path / "n.xlsx", "w") as new:
        for key, content in files.items():
            new.writestr(key, content)
    assert refused(tmp_path / "n.xlsx") == ("file-too-large", "n.xlsx")


@pytest.mark.slow
def test_a_million_empty_rows_are_not_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("任务")
    sheet.append(["序号", "重点工作", "责任单位"])
    sheet.append([1, "建实验室", "市科技局"])
    book.save(tmp_path / "n.xlsx")
    # The dimension says a million rows; the sheet holds two.
    with zipfile.ZipFile(tmp_path / "n.xlsx") as old:
        files = {name: old.read(name) for name in old.namelist()}
    name = "xl/worksheets/sheet1.xml"
    row = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t></t></is></c></row>'
    files[name] = files[name].replace(b"</sheetData>", row + b"</sheetData>")
    with zipfile.ZipFile(tmp_path / "n.xlsx", "w") as new:
        for key, content in files.items():
            new.writestr(key, content)
    assert [task.number for task in proposed(tmp_path / "n.xlsx").tasks] == [1]


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_a_new_city_is_a_site_once_its_questions_are_answered(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FORMS[name]())
    done = run("new", "city", "示例市", "--notice", name, "--into", "city", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "python3 build.py serve --content city" in done.stdout
    assert 'name = "示例市政府重点工作"' in (tmp_path / "city" / "site.toml").read_text()
    first = run("check", "--content", "city", cwd=tmp_path)
    assert first.returncode == 1 and set(re.findall(r"error\[(.+?)\]", first.stderr)) == {
        "unsettled"
    }
    settle(tmp_path / "city")
    built = run("build", "--content", "city", "--out", "out", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "out/public/2025/tasks/005/index.html").exists()


@pytest.mark.slow
def test_a_city_that_exists_is_not_made_again(tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_bytes(tab_stream())
    (tmp_path / "city").mkdir()
    (tmp_path / "city" / "mine.txt").write_text("mine")
    done = run("new", "city", "示例市", "--notice", "n.txt", "--into", "city", cwd=tmp_path)
    assert done.returncode == 2
    assert [path.name for path in (tmp_path / "city").iterdir()] == ["mine.txt"]


@pytest.mark.slow
def test_a_second_year_keeps_the_first_and_names_what_changed(tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_bytes(tab_stream())
    run("new", "city", "示例市", "--notice", "n.txt", "--into", "city", cwd=tmp_path)
    settle(tmp_path / "city")
    run("build", "--content", "city", "--out", "out", cwd=tmp_path)
    before = {p for p in (tmp_path / "out").rglob("index.html") if "2025" in p.parts}
    text = tab_stream().decode().replace("2025", "2026").replace("李四", "王五")
    (tmp_path / "m.txt").write_text(text.replace("市水务局", "市水务管理局"))
    done = run("import", "m.txt", "--year", "2026", "--into", "city", cwd=tmp_path)
    assert "新出现的市领导：王五" in done.stdout
    assert "2025年有、这一年没有的市领导：李四" in done.stdout
    assert "和已有的“市水务局”是同一个单位吗" in done.stdout
    settle(tmp_path / "city")
    built = run("build", "--content", "city", "--out", "out", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    assert all(path.exists() for path in before)
    page = (tmp_path / "out/public/2025/tasks/001/index.html").read_text()
    assert "2025年台账，已归档" in page


def settle(city: Path) -> None:
    """Answer every question as an editor would who finds each proposal right."""
    for file in city.rglob("*.yaml"):
        text = file.read_text()
        file.write_text(re.sub(r"(?m)^ *unsettled:.*\n(?: +- .*\n)+", "", text))


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jiaozhang", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
