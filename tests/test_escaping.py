"""What is printed obeys nobody but us: not a terminal, not a pipeline's runner, not a table."""

from __future__ import annotations

import ast
import html
import json
import os
import re
import string
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_publisher_hooks import Pushed

from conftest import ROOT, World
from jiaozhang.cli import console
from jiaozhang.cli.arguments import parser
from jiaozhang.cli.messages.results import RESULTS
from jiaozhang.faults.diagnostic import Diagnostic, Place
from jiaozhang.faults.escaping import as_cell, as_json, as_line, as_lines, visible
from jiaozhang.faults.messages import MESSAGES
from jiaozhang.faults.reports import WRITERS, report
from jiaozhang.publisher.log import LogLine, append_line, read_lines
from repository import Repository

pytestmark = pytest.mark.slow

# By Unicode's own account, and what is drawn as nothing though it counts as a letter.
_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Cs"}
_DRAWN_AS_NOTHING = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_OWN_ANNOTATION = re.compile(
    r"::(error|warning) file=[^:,]*,line=\d+,col=\d+,title=[a-z0-9-]+::[^\r\n]*"
)
_PIECES = st.sampled_from(
    ["::error::x", "  ::set-output name=a::b", "\u3000::add-mask::x", "::stop-commands::t", ":::",
     "##[error]x", "###[add-mask]x", "##vso[task.setvariable variable=a]b", "##[[", "\x1b[31m",
     "\x1b]8;;http://a\x07", "\r", "\n", "\r\n::debug::x", "\x9b31m", "\u202e", "\u2028::error::",
     "\u200b", "\u0085::error::x", "|", "\\|", "\\", "`", "``|``", "<b>", "</td><td>", "&#124;",
     "![](http://a/b.png)", "@all", "%0A::error::x", "%", "{0}", "{x}", ",title=a::", "\ufeff",
     "\t", "\x00", "\udcff", "\U000e0041", "section_start:1:a\r\x1b[0K", "市科技局", "\u00a0::a::"]
)  # fmt: skip
NASTY = st.lists(st.one_of(_PIECES, st.text(st.characters(), max_size=6)), max_size=5).map("".join)


def fields_of(code: str) -> set[str]:
    message = MESSAGES[code]
    texts = [*message.said.values(), *message.advice.values()]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@st.composite
def diagnostics(draw: st.DrawFn) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            Place(draw(NASTY), draw(st.integers(0, 9)), draw(st.integers(1, 9)), draw(NASTY)),
            code,
            tuple((name, draw(NASTY)) for name in sorted(fields_of(code) | {"nearest"})),
        )
        for code in draw(st.lists(st.sampled_from(sorted(MESSAGES)), min_size=1, max_size=3))
    )


def is_harmless(text: str, lines: int) -> None:
    """`lines` of them, in which nothing stands that is obeyed and not seen."""
    assert text.count("\n") == lines - 1
    unseen = {char for char in text.replace("\n", "") if unicodedata.category(char) in _UNSEEN}
    assert unseen | (set(text) & set(_DRAWN_AS_NOTHING)) == set()
    for line in text.split("\n"):
        assert not re.search(r"##\w*\[", line), line
        if line.lstrip().startswith("::"):
            assert _OWN_ANNOTATION.fullmatch(line), line


@given(diagnostics(), st.sampled_from(["zh", "en"]))
@settings(deadline=None, max_examples=150)
def test_every_form_of_a_report_is_harmless(found: tuple[Diagnostic, ...], lang: str) -> None:
    for form in WRITERS:
        text = report(found, form, lang)
        lines = {
            "text": sum(
                1 + 2 * bool(d.place.line and d.place.excerpt.strip()) + bool(d.help(lang))
                for d in found
            ),
            "github": len(found),
            "markdown": 2 + len(found),
        }.get(form, text.count("\n") + 1)
        is_harmless(text, lines)
        text.encode()


@given(diagnostics())
@settings(deadline=None)
def test_programs_read_back_what_was_meant(found: tuple[Diagnostic, ...]) -> None:
    for row, d in zip(json.loads(report(found, "json", "zh")), found, strict=True):
        assert (row["path"], row["facts"]) == (d.place.path, d.shown_facts)
        assert (row["message"], row["help"]) == (d.message("zh"), d.help("zh"))
    rows = json.loads(report(found, "gitlab", "zh"))
    assert [row["location"]["path"] for row in rows] == [d.place.path for d in found]
    assert len({row["fingerprint"] for row in rows}) == len(found)


@given(diagnostics())
@settings(deadline=None)
def test_annotations_name_the_file_and_nothing_else(found: tuple[Diagnostic, ...]) -> None:
    """Read as a runner reads them: properties between commas, then the text."""
    for line, d in zip(report(found, "github", "zh").split("\n"), found, strict=True):
        head, _, text = line[2:].partition("::")
        level, _, properties = head.partition(" ")
        read = dict(one.partition("=")[::2] for one in properties.split(","))
        assert level == d.level and set(read) == {"file", "line", "col", "title"}
        assert decoded(read["file"]) == as_line(d.place.path)
        assert decoded(text) == as_line(f"{d.message('zh')}。{d.help('zh')}")


def decoded(text: str) -> str:
    for code, char in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, char)
    return text


@given(diagnostics())
@settings(deadline=None)
def test_a_table_keeps_its_columns_and_its_words(found: tuple[Diagnostic, ...]) -> None:
    text = report(found, "markdown", "zh")
    for line in text.split("\n"):
        assert line.count("|") == 4
    page = markdown.markdown(text, extensions=["tables"])
    rows = re.findall(r"<tr>\s*(.*?)\s*</tr>", page, re.S)[1:]
    assert len(rows) == len(found)
    for row, d in zip(rows, found, strict=True):
        place, fault, advice = re.findall(r"<td>(.*?)</td>", row, re.S)
        assert not re.search(r"<(?!/?code>)", place + fault + advice)
        assert plain(place) == visible(str(d.place)).strip()
        assert plain(fault) == f"{visible(d.message('zh'))} {d.code}".strip()
        assert plain(advice) == visible(d.help("zh")).strip()


def plain(cell: str) -> str:
    return html.unescape(re.sub("</?code>", "", cell)).strip()


@given(st.sampled_from(sorted(RESULTS)), st.sampled_from(["zh", "en"]), st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_sentence_is_one_harmless_line(
    capfd: pytest.CaptureFixture[str], what: str, lang: str, data: st.DataObject
) -> None:
    facts = {
        name: 1.5 if spec else data.draw(NASTY)
        for _, name, spec, _ in string.Formatter().parse(RESULTS[what][lang])
        if name
    }
    capfd.readouterr()
    console.print_result(lang, what, **facts)
    console.print_error(lang, what, **facts)
    for text in capfd.readouterr():
        is_harmless(text.removesuffix("\n"), 1)


@given(NASTY)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lines_from_elsewhere_stay_as_many(capfd: pytest.CaptureFixture[str], text: str) -> None:
    capfd.readouterr()
    console.print_lines(text)
    console.print_error_lines(text)
    for said in capfd.readouterr():
        is_harmless(said.removesuffix("\n"), text.count("\n") + 1)
    with pytest.raises(SystemExit):
        parser().parse_args(["check", f"--unknown{text}"])
    out, err = capfd.readouterr()
    is_harmless(out + err, (out + err).count("\n") + 1)


@given(NASTY)
@settings(deadline=None)
def test_escapes_are_made_once_and_leave_what_is_seen(text: str) -> None:
    assert as_lines(as_line(text)) == as_line(text)
    assert json.loads(as_json({text: [text]})) == {text: [text]}
    seen = "".join(char for char in text if char.isprintable() and char not in "\\")
    assert visible(seen) == seen or set(seen) & set(_DRAWN_AS_NOTHING)
    assert "|" not in as_cell(text)


def test_every_character_that_is_not_seen_is_escaped() -> None:
    for number in range(sys.maxunicode + 1):
        char = chr(number)
        if unicodedata.category(char) in _UNSEEN or char in _DRAWN_AS_NOTHING:
            assert visible(char).isprintable() and visible(char).startswith("\\"), hex(number)


@given(st.lists(NASTY, min_size=1, max_size=3))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_log_holds_a_harmless_line_for_each_thing_done(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    root = tmp_path_factory.mktemp("root")
    for text in texts:
        rows = ({"path": text, "message": text},)
        append_line(root, LogLine("t", "publish", text, "faulty", 1, {}, None, None, (text,), rows))
    is_harmless((root / "log.jsonl").read_text(encoding="utf-8"), len(texts) + 1)
    for text, line in zip(texts, read_lines(root), strict=True):
        assert (line["commit"], line["held"]) == (text, [text])
        assert line["diagnostics"] == [{"path": text, "message": text}]


def test_nothing_prints_but_the_module_that_escapes() -> None:
    """Who prints past `console` prints raw."""
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in sorted((ROOT / "jiaozhang").rglob("*.py"))
        if file.name != "console.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _prints(node)
    ]
    assert found == []


def _prints(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    is_escaped = any(ast.unparse(one).startswith("as_lines(") for one in call.args)
    return name == "print" or bool(
        re.fullmatch(r"sys\.(stdout|stderr)(\.buffer)?\.write\w*|traceback\.print_\w+", name)
        and not is_escaped
    )


# Names that a file can have on this disk; the last is no UTF-8.
NAMES = [b"::error::x.md", b"\x1b[31mred.md", b"a\rb.md", b"a\n::error file=x::y.md", b"a|b`c.md",
         "\u202egpj.md".encode(), "\u2028::error::x.yaml".encode(), b"##[error]x.yaml", b"\xff.md",
         b"a\x7f\x9b.md"]  # fmt: skip


@pytest.fixture
def hostile(world: Callable[[str], World]) -> Path:
    folder = world("").folder
    (folder / "site.toml").rename(folder / "content" / "site.toml")
    # A value, too: in a message, in the line shown beside it, and as what was probably meant.
    task = folder / "content" / "2025" / "tasks" / "001.yaml"
    text = task.read_text(encoding="utf-8")
    task.write_text(text.replace("units: [", 'units: ["::error::a|b", "\\e[31m##[error]", '))
    for name in NAMES:
        Path(os.fsdecode(os.fsencode(folder / "content" / "2025") + b"/" + name)).write_text("x")
    return folder


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_names_on_the_disk_reach_nobody_raw(hostile: Path, form: str) -> None:
    words = ["-m", "jiaozhang", "check", "--content", "content", "--format", form]
    done = subprocess.run(
        [sys.executable, *words],
        cwd=hostile,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    for out in (done.stdout.decode(), done.stderr.decode()):
        is_harmless(out, out.count("\n") + 1)
    said = done.stdout.decode() + done.stderr.decode()
    assert said.count("reserved-name") >= 7
    assert "Traceback" not in said


def test_the_pusher_gets_no_name_raw(
    tmp_path: Path, tool: Callable[[str], str], hostile: Path
) -> None:
    tool("git")
    (tmp_path / "pushed").mkdir()
    city = Pushed(tmp_path / "pushed")
    for file in (hostile / "content" / "2025").iterdir():
        if file.is_file() and os.fsencode(file.name) in NAMES:
            (city.folder / "content" / "2025" / file.name).write_bytes(b"x")
    city.commit("")
    done = subprocess.run(
        ["git", "-C", str(city.folder), "push", "-q", "origin", "main"],
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
    answer = done.stderr.decode()
    assert "reserved-name" in answer
    ours = [line.removeprefix("remote: ").rstrip() for line in answer.splitlines()]
    for line in ours:
        is_harmless(line, 1)


def test_gits_account_of_a_task_is_harmless(
    tmp_path: Path, tool: Callable[[str], str], capfd: pytest.CaptureFixture[str]
) -> None:
    from jiaozhang.cli.main import main

    tool("git")
    city = Repository(tmp_path)
    task = "content/2025/tasks/001.yaml"
    text = (city.folder / task).read_text(encoding="utf-8")
    (city.folder / task).write_text(text + "# once more\n", encoding="utf-8")
    city.git("-c", "user.name=\x1b[31m\u202eliu", "commit", "-qam", "::error::x \x1b[2J\r##[error]")
    capfd.readouterr()
    assert main(["history", "1", "--content", str(city.folder / "content")]) == 0
    out = capfd.readouterr().out
    assert "error" in out
    is_harmless(out, out.count("\n") + 1)
