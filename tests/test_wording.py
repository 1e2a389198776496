"""What readers see comes from the catalogue, whole and in step with the program."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys

import pytest

from chinese_literals import CHINESE, by_file
from conftest import ROOT
from jiaozhang.render.rendering import with_translations
from jiaozhang.wording import zh
from jiaozhang.wording.catalogue import gettext_html, ngettext, pgettext


def test_the_catalogue_is_in_step_with_the_program() -> None:
    command = [sys.executable, str(ROOT / "tools" / "catalogue.py"), "--check"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, f"run tools/catalogue.py and translate:\n{done.stdout}"


def test_no_literal_stands_outside_the_catalogue() -> None:
    assert by_file() == {}


@pytest.mark.parametrize("message", [*zh.MESSAGES, *zh.PLURALS])
def test_a_translation_names_the_same_parts(message: str) -> None:
    forms = zh.PLURALS.get(message) or (zh.MESSAGES[message],)
    # The number itself may be left unsaid: "the only task".
    number = {"n"} if message in zh.PLURALS else set()
    for form in forms:
        assert parts_of(form) | number == parts_of(message) | number, form


@pytest.mark.parametrize("message", [*zh.MESSAGES, *zh.PLURALS])
def test_a_message_is_english(message: str) -> None:
    # A Chinese message would be seen neither by the count of literals nor by a translator.
    assert not CHINESE.search(message)


def test_every_message_of_a_module_is_found_in_its_own_place() -> None:
    # Babel's reader loses the plural of a call that has another one among its arguments.
    for path in (ROOT / "jiaozhang").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                table = zh.PLURALS if node.func.id == "ngettext" else zh.MESSAGES
                match node.func.id, *node.args:
                    case ("gettext" | "ngettext" | "mark", ast.Constant(str(said)), *_):
                        assert said in table, (path, node.lineno)
                    case ("pgettext", ast.Constant(str(context)), ast.Constant(str(said)), *_):
                        assert f"{context}\x04{said}" in table, (path, node.lineno)


def parts_of(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_markup_in_a_part_stays_and_anything_else_is_escaped() -> None:
    said = gettext_html("{a} & {b}", a=gettext_html("<i>"), b="<b>")
    assert said == "&lt;i&gt; &amp; &lt;b&gt;"


def test_context_and_number_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zh, "MESSAGES", {"a\x04Lead": "牵头", "b\x04Lead": "首要"})
    monkeypatch.setattr(zh, "PLURALS", {"{n} task": ("{n}项任务",)})
    assert (pgettext("a", "Lead"), pgettext("b", "Lead")) == ("牵头", "首要")
    assert ngettext("{n} task", "{n} tasks", 3) == "3项任务"
    assert ngettext("{n} unit", "{n} units", 3) == "3 unit"


def test_scripts_say_what_the_catalogue_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zh, "MESSAGES", {'Say "{n}"': '说“{n}”"', "Yes": "是"})
    monkeypatch.setattr(zh, "PLURALS", {"{n} day": ("{n}天",)})
    source = (
        rb'a(gettext("Say \"{n}\"", {n: 1}), gettext("Yes"), ngettext("{n} day", "{n} days", 2));'
    )
    said = with_translations({"a.js": source, "b.css": source})
    assert said["a.js"].decode() == (
        'a(gettext("说“{n}”\\"", {n: 1}), gettext("是"), ngettext("{n}天", "{n}天", 2));'
    )
    assert said["b.css"] == source


def test_no_message_of_a_script_is_made_up_of_parts() -> None:
    # with_translations() finds a call by its first words, which must be strings in one piece.
    for script in (ROOT / "static").glob("*.js"):
        text = script.read_text(encoding="utf-8")
        for call in re.findall(r"\bgettext\(.{0,9}", text):
            assert call.startswith(('gettext("', "gettext(text", "gettext(message")), call
        for call in re.findall(r"\bngettext\(.*", text):
            assert re.match(r'ngettext\((one, many, |"[^"]+", "[^"]+", )', call), call
