"""Every message an editor can meet: the input, and word for word what the checker says.

A case is a text file in tests/diagnostics/, named after its code (`code.txt`, or `code.what.txt`
for further cases): the files that differ from the smallest city, a line `==`, the expected output,
and after a line `== good` the same files as they should be. `build.py test --accept` rewrites
the expected part. Cases of the importer stand in tests/diagnostics/notices/.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import BASE, ROOT, WAITS, World, parts_of
from documents import GOOD_PLACES
from jiaozhang.faults.diagnostic import Diagnostic, Place, as_text
from jiaozhang.faults.messages import MESSAGES, Language
from jiaozhang.files.source import Source
from jiaozhang.notice.plain_grid import read_plain
from jiaozhang.notice.task_table import read_notice

LANGUAGES: tuple[Language, ...] = ("zh", "en")
CASES = sorted((ROOT / "tests" / "diagnostics").glob("*.txt"))
NOTICES = sorted((ROOT / "tests" / "diagnostics" / "notices").glob("*.txt"))
# These are said about a rendered site or by the importer; their own tests show them.
ELSEWHERE = {
    "broken-link": "test_prose.py",
    "address-collision": "test_pages.py",
    "wrong-total": "test_standing.py",
    "redirect-taken": "test_redirects.py",
    "redirect-nowhere": "test_redirects.py",
    "vanished-address": "test_publisher.py",
    "notice-form": "test_notice_forms.py",
    "notice-broken": "test_notice_forms.py",
    "attachment-name": "test_attachments.py",
    "attachment-form": "test_attachments.py",
    "picture-unsound": "test_hostile_attachments.py",
    "notice-costly": "test_supply.py",
    "attachment-words": "test_attachments.py",
    "pdf-words": "test_attachments.py",
    "pdf-unreadable": "test_attachments.py",
    "attachment-missing": "test_attachments.py",
    "attachment-unused": "test_attachments.py",
    "image-without-words": "test_attachments.py",
    "attachment-too-large": "test_attachments.py",
    "not-yet": "test_dates.py",
    "not-yet-more": "test_dates.py",
    "no-content": "test_cli.py",
    "unreadable-file": "test_cli.py",
    "too-many-files": "test_cost.py",
    "content-too-large": "test_cost.py",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_checker_says_exactly_this(
    case: Path, tmp_path: Path, golden: Callable[[Path, str], None]
) -> None:
    given, _, good = parts_of(case)
    found = World(tmp_path, BASE, given).check()
    said = "\n".join(as_text(one, "zh") for one in found)
    mended = f"== good\n{good}" if good else ""
    golden(case, f"{given}==\n{said}\n{mended}")
    for one in found:
        assert_reads_in_both_languages(one)


def assert_reads_in_both_languages(fault: Diagnostic) -> None:
    """The words between the facts stand as written, and the facts in their places."""
    message = MESSAGES[fault.code]
    for language in LANGUAGES:
        said = as_text(fault, language)
        for template in (message.said[language], message.advice[language]):
            assert all(words in said for words in re.split(r"\{\w+\}", template)), template
            for name in re.findall(r"\{(\w+)\}", template):
                assert dict(fault.facts)[name] in said


@pytest.mark.parametrize(
    "case", [case for case in CASES if parts_of(case)[2]], ids=lambda case: case.stem
)
def test_what_is_shown_as_good_is_good(case: Path, tmp_path: Path) -> None:
    # What is well written may still wait for its review; its own case shows that it does not.
    waits = [] if case.stem == WAITS else [WAITS]
    said = World(tmp_path, BASE, parts_of(case)[2]).check()
    assert [one for one in said if one.code not in waits] == []


@pytest.mark.parametrize("case", NOTICES, ids=lambda case: case.stem)
def test_the_importer_says_exactly_this(case: Path, golden: Callable[[Path, str], None]) -> None:
    given, _, good = parts_of(case)
    (fault,) = refusals(given)
    assert fault.code == case.stem
    golden(case, f"{given}==\n{as_text(fault, 'zh')}\n== good\n{good}")
    assert refusals(good) == ()


def refusals(text: str) -> tuple[Diagnostic, ...]:
    source = Source("文件.txt", "文件.txt", text)
    return read_notice(read_plain(source), Place("文件.txt"))[1]


def test_every_code_about_what_is_written_shows_it_written_well() -> None:
    shown = {case.stem.split(".")[0] for case in [*CASES, *NOTICES] if parts_of(case)[2]}
    # Bugs of ours, not anybody's text.
    ours = {"address-collision", "wrong-total"}
    assert shown | set(GOOD_PLACES) | ours == set(MESSAGES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_case_shows_the_code_it_is_named_after(case: Path) -> None:
    code = case.name.split(".")[0]
    expected = parts_of(case)[1]
    assert code in MESSAGES
    assert f"[{code}]" in expected


def test_every_code_has_a_case() -> None:
    shown = {case.name.split(".")[0] for case in [*CASES, *NOTICES]} | set(ELSEWHERE)
    assert shown == set(MESSAGES)


@pytest.mark.parametrize(("code", "file"), ELSEWHERE.items())
def test_codes_shown_elsewhere_are_shown_there(code: str, file: str) -> None:
    assert f'"{code}"' in (ROOT / "tests" / file).read_text(encoding="utf-8")


def test_a_clause_without_a_scope_is_spelled_in_the_readers_language(
    world: Callable[[str], World],
) -> None:
    given, _, _ = parts_of(ROOT / "tests/diagnostics/deadline-differs.txt")
    (fault,) = (one for one in world(given).check() if one.code == "deadline-differs")
    assert "(all) complete 2025-12-31" in as_text(fault, "en")
    assert "整项 complete 2025-12-31" in as_text(fault, "zh")


def test_the_smallest_city_has_no_fault(world: Callable[[str], World]) -> None:
    assert world("").said() == ""


@pytest.mark.parametrize(
    ("field", "near"), [("leaders", "张三"), ("units", "市科技局")], ids=["leaders", "units"]
)
def test_the_first_twenty_unknown_names_of_a_list_are_told_what_was_meant(
    world: Callable[[str], World], field: str, near: str
) -> None:
    """Looking for more would be slow where all are wrong, and nobody reads them."""
    names = ", ".join(f"{near}{n:02}" for n in range(21))
    task = BASE[BASE.index("-- content/2025/tasks/001.yaml --") :]
    lists = {"leaders": "[张三]", "units": "[市科技局, 市财政局]"}
    text = task.replace(f"{field}: {lists[field]}", f"{field}: [{names}]")
    said = [dict(fault.facts)["nearest"] for fault in world(text).check()]
    assert said == [near] * 20 + [""]
