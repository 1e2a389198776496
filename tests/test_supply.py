"""What the program is made of: extras change no byte, known flaws, a parser that is shunned."""

from __future__ import annotations

import hashlib
import html.parser
import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_setup import load_build

import audit
from conftest import ROOT, World, run
from jiaozhang.cli.extras import EXTRAS
from jiaozhang.markdown.prose import to_html
from jiaozhang.markdown.visible_text import TAG, text_of
from jiaozhang.notice.read_notice import read_grid
from repository import REPORT, Repository

pytestmark = pytest.mark.slow

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
# A Python in which what the extras bring cannot be imported, and one parser may not be fed.
BARE = """
import html.parser, sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
def feed(self, data):
    raise AssertionError("html.parser was fed")
html.parser.HTMLParser.feed = feed
from jiaozhang.cli.main import main
if MARKDOWN_TOO:
    import markdown.htmlparser
    markdown.htmlparser.htmlparser.HTMLParser.feed = feed
sys.exit(main(sys.argv[1:]))
"""


def names_of(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE))


def bare(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    code = f"ABSENT = {set(EXTRAS)!r}\nMARKDOWN_TOO = True\n{BARE}"
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *words],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "CACHE_DIRECTORY": str(folder / "cache"), "PATH": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("content", ["content", "examples/demo"])
def test_no_byte_of_a_site_depends_on_an_extra(content: str, tmp_path: Path) -> None:
    words = ("--content", str(ROOT / content), "--audience", "all", "--as-of", "2026-01-31")
    assert run("build", *words, "--clean", "--out", str(tmp_path / "whole")).returncode == 0
    done = bare(tmp_path, "build", *words, "--clean", "--out", str(tmp_path / "bare"))
    assert done.returncode == 0, done.stderr
    whole, without = tree(tmp_path / "whole"), tree(tmp_path / "bare")
    for name in ("public/build.json", "intranet/build.json"):
        # Without git in reach nobody names the commit.
        facts = [json.loads((tmp_path / own / name).read_text()) for own in ("whole", "bare")]
        assert len({fact["version"] for fact in facts}) == 1
        del whole[name], without[name]
    assert whole == without
    assert len(whole) > 100


@pytest.mark.parametrize(
    ("words", "extra"),
    [
        (("serve", "--content", str(ROOT / "examples/demo")), "serve"),
        (("import", "NOTICE.docx", "--year", "2025", "--into", "made"), "import"),
        (("import", "NOTICE.xlsx", "--year", "2025", "--into", "made"), "import"),
        (("new", "city", "示例市", "--notice", "NOTICE.docx", "--into", "made"), "import"),
        (("test",), "test"),
    ],
)
def test_a_verb_names_the_extra_that_it_lacks(
    words: tuple[str, ...], extra: str, tmp_path: Path
) -> None:
    import docx

    docx.Document().save(str(tmp_path / "NOTICE.docx"))
    (tmp_path / "NOTICE.xlsx").write_bytes(b"PK")
    done = bare(tmp_path, *words)
    assert done.returncode == 2, done.stderr
    assert f"requirements-{extra}.lock" in done.stderr and "Traceback" not in done.stderr
    assert any(package in done.stderr for package, its in EXTRAS.values() if its == extra)
    assert not (tmp_path / "made").exists()


def test_the_table_of_extras_is_that_of_the_project() -> None:
    own = {extra: set(names) for extra, names in PROJECT["optional-dependencies"].items()}
    for package, extra in EXTRAS.values():
        assert package in own["dev" if extra == "test" else extra]
    packages = importlib.metadata.packages_distributions()
    imported = {package for name in EXTRAS for package in packages[name]}
    assert own["serve"] | own["import"] <= imported


def test_every_lock_is_hashed_and_pins_what_the_site_is_published_with() -> None:
    core = names_of("requirements.lock")
    assert {name.lower() for name in PROJECT["dependencies"]} <= set(core)
    for lock in LOCKS:
        text = (ROOT / lock).read_text(encoding="utf-8")
        pins = re.findall(r"^[\w.-]+(?:\[.*\])?==.*", text, re.MULTILINE)
        blocks = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
        assert len(pins) == len(blocks) and all("--hash=sha256:" in block for block in blocks)
        assert core.items() <= names_of(lock).items()
        assert "://" not in text
    whole = names_of("requirements-test.lock")
    for lock in LOCKS:
        assert names_of(lock).items() <= whole.items()
    # An extra's package that the site is built without is in no lock of the site.
    assert not {package for package, _ in EXTRAS.values()} & set(core)


@pytest.mark.parametrize(
    ("words", "lock"),
    [
        ([], "requirements.lock"),
        (["build", "--out", "serve"], "requirements.lock"),
        (["check"], "requirements.lock"),
        (["publish", "--repo", "x"], "requirements.lock"),
        (["new", "note", "--task", "1"], "requirements.lock"),
        (["--lang", "en"], "requirements.lock"),
        (["serve"], "requirements-serve.lock"),
        (["import", "x.docx"], "requirements-import.lock"),
        (["new", "city", "x"], "requirements-import.lock"),
        (["test", "--full"], "requirements-test.lock"),
    ],
)
def test_a_verb_is_given_what_it_needs(words: list[str], lock: str) -> None:
    found = load_build()._lock_for(words)
    assert found.name == lock and found.exists()


@pytest.fixture
def shunned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeding html.parser, or Markdown's copy of it, fails."""
    import markdown.htmlparser

    def feed(self: object, data: str) -> None:
        raise AssertionError("html.parser was fed")

    monkeypatch.setattr(html.parser.HTMLParser, "feed", feed)
    monkeypatch.setattr(markdown.htmlparser.htmlparser.HTMLParser, "feed", feed)


@pytest.mark.usefixtures("shunned")
def test_no_build_check_or_publish_feeds_the_parser(
    tmp_path: Path, tool: Callable[[str], str]
) -> None:
    tool("git")
    for content in ("content", "examples/demo"):
        words = ("--content", str(ROOT / content))
        assert run("check", *words).returncode == 0
        out = str(tmp_path / content)
        assert run("build", *words, "--audience", "all", "--clean", "--out", out).returncode == 0
    (tmp_path / "city").mkdir()
    city = Repository(tmp_path / "city")
    city.commit(REPORT)
    assert city.publish("--audience", "intranet") == 0
    assert city.run("check", "--audience", "intranet") == 0


@pytest.mark.usefixtures("shunned")
def test_the_fixture_finds_who_feeds_it(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="was fed"):
        html.parser.HTMLParser().feed("<p>")
    with pytest.raises(AssertionError, match="was fed"):
        __import__("markdown").markdown("a <b>c</b>")


class _Data(html.parser.HTMLParser):
    """The texts between tags, and the tags, as the standard library reads them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")


MARKUP = st.text("甲1ab <>&;\"'=/#*_`[]()!|-\n\t.:?", max_size=120)


@settings(max_examples=300)
@given(MARKUP)
def test_tags_are_found_where_the_standard_library_finds_them(text: str) -> None:
    made = to_html(text)
    reader = _Data()
    reader.feed(made)
    reader.close()
    own = [f"{found[1]}{found[2]}" for found in TAG.finditer(made)]
    assert own == reader.tags
    assert "<" not in TAG.sub("", made)
    text_of(made)


@pytest.mark.parametrize(
    "page",
    [
        "<table>" * 1000,
        "<table><tr><td>序号</td></tr>" + "<a " * 200_000,
        "<!" * 400_000,
        "<table><tr><td>" + "x" * (5 * 1024 * 1024),
    ],
    ids=["deep", "open", "declarations", "long"],
)
def test_a_notice_that_costs_too_much_is_refused_in_time(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiaozhang.notice.html_grid.MOST_SECONDS", 2)
    file = tmp_path / "notice.html"
    file.write_text(page.replace("><", ">\n<"), encoding="utf-8")
    grid, faults = read_grid(file, "notice.html")
    assert grid is None or faults == ()
    assert {one.code for one in faults} <= {"notice-costly", "line-too-long"}


def test_tables_too_deep_in_tables_are_told(tmp_path: Path) -> None:
    file = tmp_path / "notice.html"
    file.write_text("<table>\n" * 100, encoding="utf-8")
    _, faults = read_grid(file, "notice.html")
    assert [one.code for one in faults] == ["notice-costly"]


ENTRY = '[[accepted]]\nid = "CVE-1"\npackage = "jinja2"\nreason = "unused"\ndate = 2026-11-26\n'


def answer(*flaws: str, skipped: bool = False) -> str:
    own: dict[str, object] = {"name": "jinja2", "version": "3"}
    own |= {"skip_reason": "not found"} if skipped else {"vulns": [{"id": f} for f in flaws]}
    return json.dumps({"dependencies": [own]})


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        ([answer()], 0, "1 packages, 0 advisories, 0 not accepted"),
        ([answer()], 0, "CVE-1 of jinja2 is accepted, and no longer told"),
        ([answer("CVE-1")], 0, "1 advisories, 0 not accepted"),
        ([answer("CVE-2")], 1, "error: jinja2 3: CVE-2"),
        ([answer("CVE-1", "CVE-2")], 1, "2 advisories, 1 not accepted"),
        ([answer(skipped=True)], 0, "nothing could be asked about 1 packages"),
        ([""], 0, "no answer"),
        (["<html>"], 0, "no answer"),
        (["", answer("CVE-2")], 1, "no answer"),
    ],
)
def test_an_advisory_that_nobody_accepted_fails(answers: list[str], code: int, said: str) -> None:
    found, lines = audit.verdict(answers, audit.read_accepted(ENTRY))
    assert found == code and said in "\n".join(lines)


def test_an_advisory_is_known_by_each_of_its_names() -> None:
    row = {"name": "jinja2", "version": "3", "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"]}]}
    told = json.dumps({"dependencies": [row]})
    assert audit.verdict([told], audit.read_accepted(ENTRY))[0] == 0


@pytest.mark.parametrize("line", ENTRY.splitlines()[1:])
def test_an_accepted_advisory_has_a_reason_and_a_day(line: str) -> None:
    name = line.partition(" ")[0]
    for broken in (ENTRY.replace(f"{line}\n", ""), ENTRY.replace(line, f'{name} = ""')):
        with pytest.raises(audit.ListError, match=name):
            audit.read_accepted(broken)


def test_the_committed_list_can_be_read_and_no_network_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    audit.read_accepted(audit.ACCEPTED.read_text(encoding="utf-8"))
    monkeypatch.setattr(audit, "ask", lambda lock: "")
    assert audit.main([]) == 0
    assert "warning: no answer" in capsys.readouterr().out


def test_every_component_names_its_licence(world: Callable[[str], World]) -> None:
    from jiaozhang.publisher.sbom import sbom_of

    found = json.loads(sbom_of(ROOT, "jiaozhang 1"))
    rows = [found["metadata"]["component"], *found["components"]]
    licences = {row["name"]: row["licenses"][0] for row in rows}
    assert licences["jinja2"] == {"license": {"id": "BSD-3-Clause"}}
    assert licences["pikepdf"] == {"expression": "MPL-2.0"}
    assert licences["pyyaml"] == {"license": {"id": "MIT"}}
    # All of them are known to SPDX.
    assert not [name for name, own in licences.items() if "name" in own.get("license", {})]
