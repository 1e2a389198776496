"""What CONTRIBUTING.md tells a newcomer is so: files exist, and a checklist leaves none out."""

from __future__ import annotations

import re

import pytest

from conftest import ROOT
from jiaozhang.cli.arguments import parse

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# Made by tools/catalogue.py of what the other files say.
COMPILED = ROOT / "jiaozhang" / "wording" / "zh.py"
CHECKLISTS: dict[str, str] = dict(re.findall(r"(?ms)^### (.+?)\n(.*?)(?=^##|\Z)", TEXT))
# Strings of several words: what readers are told names kinds of records too, and depends on none.
_STRING = re.compile(r'"[^"\n]*"')


def _word(string: re.Match[str]) -> str:
    return "" if " " in string[0] else string[0]


def test_every_file_named_is_there() -> None:
    named = re.findall(r"`([\w./-]+/[\w./-]*)`", TEXT) + re.findall(r"\]\(([\w./-]+)\)", TEXT)
    assert len(named) > 40
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("title", CHECKLISTS)
def test_a_checklist_names_every_file_that_its_example_touches(title: str) -> None:
    body = CHECKLISTS[title]
    example = re.match(r"\s*Example: `([\w-]+)`", body)
    assert example
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("jiaozhang", "templates")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in (".py", ".html")
        and path != COMPILED
        and example[1] in _STRING.sub(_word, path.read_text(encoding="utf-8")).lower()
    }
    assert len(found) > 1
    assert sorted(found - set(re.findall(r"`([\w./-]+)`", body))) == []


def test_every_call_of_the_tests_can_be_made() -> None:
    calls = re.findall(r"(?m)^python3 build\.py (.+?)(?: +#.*)?$", TEXT)
    assert len(calls) >= 5
    for call in calls:
        assert parse(call.split()).verb in ("serve", "test")
