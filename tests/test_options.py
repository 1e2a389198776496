"""Every verb's options: one typed value of the words, help in two languages, `--lang` anywhere."""

from __future__ import annotations

import dataclasses
import re
import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_setup import load_build

from conftest import ROOT
from jiaozhang.cli.arguments import parse, parser
from jiaozhang.cli.main import run
from jiaozhang.cli.messages import help as texts
from jiaozhang.cli.messages.results import RESULTS
from jiaozhang.cli.option_fields import Options, declared
from jiaozhang.cli.verb_options import VERBS, BuildOptions, CheckOptions, NginxOptions
from jiaozhang.processes.exit_codes import Exit

CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff01-\uffef]")
# The words of a call that has what its verb must have, and no more.
CALLS = {
    "explain": "explain 2025/",
    "schemas": "schemas --out schemas",
    "import": "import notice.docx --year 2025",
    "new city": "new city 示例市 --notice notice.docx",
    "new note": "new note --task 3",
    "history": "history 3",
    "nginx": "nginx --root r --kind public",
    "publish": "publish --repo c --root r",
    "rollback": "rollback --root r",
    "status": "status --root r",
    "verify": "verify --root r",
    "install-hooks": "install-hooks --repo c --root r",
}
NAMES = [kind.verb for kind in VERBS]


def call(verb: str) -> list[str]:
    return CALLS.get(verb, verb).split()


@pytest.mark.parametrize("kind", VERBS, ids=NAMES)
def test_a_call_becomes_the_options_of_its_verb(kind: type[Options]) -> None:
    options = parse(call(kind.verb))
    assert type(options) is kind
    with pytest.raises(dataclasses.FrozenInstanceError):
        options.lang = "en"  # type: ignore[misc]
    for one in declared(kind):
        if not one.words.is_required and one.field != "lang":
            assert getattr(options, one.field) == one.default


@pytest.mark.slow
@given(st.sampled_from(NAMES), st.data())
def test_the_language_may_stand_anywhere(verb: str, data: st.DataObject) -> None:
    words = call(verb)
    at = data.draw(st.integers(0, len(words)))
    if at and words[at - 1].startswith("--"):  # the next word is this option's
        at -= 1
    written = data.draw(st.sampled_from([["--lang", "en"], ["--lang=en"]]))
    found = parse([*words[:at], *written, *words[at:]])
    assert found == dataclasses.replace(parse(words), lang="en")


@pytest.mark.parametrize("words", [[], ["--content", "x"], ["--as-of=2025-06-30", "--clean"]])
def test_without_a_verb_it_builds(words: list[str]) -> None:
    for language in ([], ["--lang", "en"]):
        options = parse([*language, *words])
        assert options == parse(["build", *words, *language])
        assert isinstance(options, BuildOptions)


@pytest.mark.parametrize("verb", ["", *NAMES])
def test_help_comes_in_the_language_that_is_named(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = []
    verbs, english = verb.split(), ["--lang", "en"]
    for words in ([*english, *verbs, "--help"], [*verbs, "--help", *english], [*verbs, "--help"]):
        with pytest.raises(SystemExit) as ended:
            parse(words)
        assert ended.value.code == 0
        shown.append(capsys.readouterr().out)
    first, second, chinese = shown
    assert first == second
    # The two words that an approval takes are words of the content.
    assert not CHINESE.search(re.sub(r"\{可公开,不公开\}|可公开", "", first))
    assert chinese.startswith("用法：build.py") and CHINESE.search(chinese)
    assert "usage" not in chinese and "show this" not in chinese


def test_every_option_says_what_it_is_for_and_nothing_else_does() -> None:
    used = set()
    for kind in VERBS:
        for one in declared(kind):
            key = f"{kind.verb} {one.name}"
            used.add(key if key in texts.OPTIONS else one.name)
            name = one.words.value.name if one.words.value else ""
            # A word that any text will do for needs no account of what would do.
            assert name in texts.VALUES or not name or one.words.value.read is str, key
    assert used == set(texts.OPTIONS)
    assert set(texts.VERBS) == {*NAMES, "new"}


@pytest.mark.parametrize("table", [texts.FRAME, texts.VERBS, texts.OPTIONS, texts.VALUES, RESULTS])
def test_both_languages_say_it_with_the_same_facts(table: dict[str, texts.Said]) -> None:
    for key, said in table.items():
        assert set(said) == {"zh", "en"}, key
        assert not CHINESE.search(said["en"]), key
        facts = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for text in said.values()
        ]
        assert facts[0] == facts[1], key


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["serve", "--port", "0"], "PORT"),
        (["build", "--as-of", "2025.6.30"], "DATE"),
        (["import", "x", "--year", "25"], "YEAR"),
        (["history", "三"], "N"),
        (["check", "--limit-size", "2T"], "SIZE"),
        (["publish", "--repo", "c", "--root", "", "--keep", "1"], "DIR"),
        (["publish", "--repo", "c", "--root", "r", "--keep", "0"], "COUNT"),
        (["check", "--limit-time", "1.5"], "SECONDS"),
    ],
)
def test_a_word_that_cannot_be_read_is_told_what_it_should_be(
    words: list[str], wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for language in ("zh", "en"):
        with pytest.raises(SystemExit) as ended:
            parse([*words, "--lang", language])
        assert ended.value.code == Exit.MISUSED
        assert texts.VALUES[wanted][language] in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["--lang", "fr", "check"], ["check", "--lang"], ["--lang=", "x"]]
)
def test_a_language_that_there_is_not_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(words)
    assert ended.value.code == Exit.MISUSED
    assert "--lang" in capsys.readouterr().err


def test_words_become_values_of_their_type() -> None:
    options = parse(
        [
            "check",
            "--as-of",
            "2025-06-30",
            "--limit-size",
            "64M",
            "--root",
            "r",
            "--audience",
            "intranet",
        ]
    )
    assert isinstance(options, CheckOptions)
    assert (options.as_of, options.root) == (date(2025, 6, 30), Path("r"))
    assert (options.bounds.total, options.limits.seconds) == (64 << 20, 600)
    assert options.audiences == ("intranet",)
    nginx = parse(
        [*call("nginx"), "--server-name", "a.example", "b.example", "--allow", "10.0.0.0/8"]
    )
    assert isinstance(nginx, NginxOptions)
    assert nginx.server_name == ("a.example", "b.example") and nginx.allow == ("10.0.0.0/8",)


def test_what_excludes_another_is_refused_with_it() -> None:
    for words in (
        ["test", "--full", "--quick"],
        [*call("nginx"), "--auth-basic", "f", "--auth-request", "u"],
    ):
        with pytest.raises(SystemExit):
            parse(words)


def test_only_one_module_reads_untyped_words() -> None:
    """A function of a verb that were given argparse's own value would be checked by nobody."""
    reading = {
        file.name
        for file in (ROOT / "jiaozhang").rglob("*.py")
        if re.search(r"^ *(import|from) argparse", file.read_text("utf-8"), re.M)
    }
    assert reading == {"arguments.py"}


def test_the_launcher_and_the_program_end_alike_and_find_the_same_verb() -> None:
    launcher = load_build()
    assert (launcher.EXIT_CANNOT_SET_UP, launcher.EXIT_INTERRUPTED) == (
        Exit.MISUSED,
        Exit.INTERRUPTED,
    )
    assert set(launcher.EXTRA_OF) <= set(NAMES)
    for verb in NAMES:
        words = call(verb)
        plain = launcher._lock_for(words).name
        extra = launcher.EXTRA_OF.get(verb)
        assert plain == (f"requirements-{extra}.lock" if extra else "requirements.lock")
        for at in range(len(words)):
            for written in (["--lang", "en"], ["--lang=en"]):
                if not at or not words[at - 1].startswith("--"):
                    assert launcher._lock_for([*words[:at], *written, *words[at:]]).name == plain


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["--version"])
    assert ended.value.code == 0
    assert re.fullmatch(r"jiaozhang \d+\.\d+\.\d+\n", capsys.readouterr().out)


@pytest.mark.parametrize("kind", VERBS)
def test_every_verb_has_a_function_that_runs_it(kind: type[Options]) -> None:
    assert run.dispatch(kind) is not run.dispatch(object)
