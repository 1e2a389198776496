"""The documents are true: what is generated is current, what is linked exists."""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import jsonschema
import pytest
import yaml

from conftest import ROOT
from documents import GROUPS, diagnostics_documents, fields_document
from jiaozhang import VERSION
from jiaozhang.build.pipeline import examine, load
from jiaozhang.cli.arguments import parser
from jiaozhang.faults.diagnostic import as_text
from jiaozhang.faults.messages import MESSAGES
from jiaozhang.files.fields import Shape, schema_of
from jiaozhang.publisher.request import Action, Result
from jiaozhang.read.file_kinds import FILE_KINDS
from jiaozhang.read.task_file import TASK


def documents() -> dict[str, str]:
    return {"fields.md": fields_document(), **diagnostics_documents()}


def test_the_generated_documents_are_current(golden: Callable[[Path, str], None]) -> None:
    folder = ROOT / "docs"
    for name, text in documents().items():
        golden(folder / name, text)
    pages = {f"diagnostics/{file.name}" for file in (folder / "diagnostics").iterdir()}
    assert pages == {name for name in documents() if "/" in name}


def test_every_code_has_an_entry() -> None:
    assert [code for _, group in GROUPS for code in group] == list(MESSAGES)


def test_english_messages_are_english() -> None:
    # Words of the domain that an English reader has to see as they are printed.
    allowed = re.compile("汛前|一、…|docs/编辑指南.md")
    for code, message in MESSAGES.items():
        for text in (message.said["en"], message.advice["en"]):
            assert not re.search("[\u4e00-\u9fff]", allowed.sub("", text)), code


def test_both_languages_use_the_same_facts() -> None:
    for code, message in MESSAGES.items():
        names = [
            set(re.findall(r"\{(\w+)\}", message.said[lang] + message.advice[lang]))
            for lang in ("zh", "en")
        ]
        # English has its own words for a few facts.
        zh, en = ({name.removesuffix("_zh").removesuffix("_en") for name in n} for n in names)
        assert en - zh == set() or code == "row-empty", code


GUIDES = ["docs/operating.md", "docs/运维指南.md"]


@pytest.mark.parametrize(
    "file", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "SECURITY.md", *GUIDES]
)
def test_links_between_documents_lead_somewhere(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert ((ROOT / file).parent / target).exists(), target


@pytest.mark.parametrize("file", GUIDES)
def test_the_operators_guides_name_every_result_and_option(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    for result in get_args(Result):
        assert f"| `{result}` |" in text, result
    for action in get_args(Action):
        assert f"`{action}`" in text, action
    for option in ("--keep", "--force", "--trusted", "--branch", "--content", "--audience", "--to"):
        assert option in text, option


def test_the_readme_names_every_verb_and_option() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    verbs = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    for name, verb in verbs.choices.items():
        assert f"`{name}" in text, name
        for action in verb._actions:
            for option in action.option_strings:
                assert option in ("-h", "--help") or option in text, (name, option)


def test_every_promise_names_tests_that_there_are() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    promised = text.split("## What is promised")[1].split("\n## ")[0]
    promises = promised.split("\n- ")[1:]
    assert len(promises) >= 7
    for promise in promises:
        named = re.findall(r"`(tests/test_\w+\.py)`", promise)
        assert named and all((ROOT / name).is_file() for name in named), promise


@pytest.mark.slow
@pytest.mark.parametrize("file", ["README.md", "docs/编辑指南.md"])
def test_the_example_of_a_message_is_what_an_editor_gets(file: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    task = tmp_path / "content" / "2025" / "tasks" / "023.yaml"
    text = task.read_text(encoding="utf-8")
    task.write_text(text.replace("due: 2025-06-30", "due: 2025.6.30"), encoding="utf-8")
    # Nothing else is said: an example that leaves half of the answer out would mislead.
    all_found = examine(load(tmp_path / "content", "content", ROOT / "site.toml", ROOT))[1]
    (found,) = (one for one in all_found if one.code != "no-contact")
    assert as_text(found, "zh") in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("shape", [kind.shape for kind in FILE_KINDS if kind.shape])
def test_every_shape_is_a_schema_that_editors_tools_read(shape: Shape) -> None:
    jsonschema.Draft7Validator.check_schema(schema_of(shape))


@pytest.mark.slow
def test_the_schema_accepts_the_committed_tasks() -> None:
    schema = schema_of(TASK)
    for file in (ROOT / "content").glob("*/tasks/*.yaml"):
        task = yaml.safe_load(file.read_text(encoding="utf-8"))
        for clause in task["clauses"]:
            clause.update({k: str(v) for k, v in clause.items() if k == "due"})
        jsonschema.validate(task, schema)


def test_the_version_has_its_section_in_the_changelog() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"(?m)^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", text)
    assert released and released[0][0] == VERSION
    assert [day for _, day in released] == sorted((day for _, day in released), reverse=True)
    # Whoever installs by the wheel is told the name that it has.
    for name in ("README.md", *GUIDES):
        wheels = re.findall(r"jiaozhang-([\d.]+)-py3", (ROOT / name).read_text(encoding="utf-8"))
        assert set(wheels) <= {VERSION}, name
