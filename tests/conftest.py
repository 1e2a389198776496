"""What the tests share: a whole site from one string, real tools, and the switches of the CLI."""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import difflib
import functools
import io
import os
import re
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import hypothesis
import pytest

from jiaozhang import cache
from jiaozhang.build.pipeline import BuildDay, BuiltSite, Inputs, build, examine, load
from jiaozhang.cli.main import main
from jiaozhang.faults.diagnostic import Diagnostic, as_text, is_fatal
from jiaozhang.files.fields import Faults
from jiaozhang.files.source import Source, read_bytes, read_texts
from jiaozhang.files.yaml_tree import parse_yaml
from jiaozhang.notice.text_lock import lock_text
from jiaozhang.read.task_file import read_task
from jiaozhang.wall.audience import Audience

if TYPE_CHECKING:
    from servers import Releases

# A busy machine is no fault: how long one example takes is not what these tests are about.
hypothesis.settings.register_profile("jiaozhang", deadline=None)
hypothesis.settings.load_profile("jiaozhang")

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 24)

# The smallest city: every test writes over this only what it is about.
BASE = """
-- site.toml --
name = "示例市重点工作"
standing = "unofficial"
contacts = [{label = "我要纠错", address = "mailto:office@example.org"}]
-- content/units.yaml --
- {slug: kejiju, name: 市科技局, kind: department, aliases: [市科委]}
- {slug: caizhengju, name: 市财政局, kind: department}
- {slug: dongcheng-zhengfu, name: 东城区人民政府, kind: district, district: 东城区}
- {slug: xicheng-zhengfu, name: 西城区人民政府, kind: district, district: 西城区}
- {slug: gaoxinqu, name: 高新区管委会, kind: zone, district: 东城区}
- slug: gequ
  name: 各区人民政府
  kind: group
  member_kind: districts
  members: [东城区人民政府, 西城区人民政府]
  as_of: 2025-01-01
  source: 示例市区划
- {slug: youguanqu, name: 有关区人民政府, kind: group, member_kind: districts, members: unknown}
-- content/districts.yaml --
- {slug: dongcheng, code: 990101, name: 东城区}
- {slug: xicheng, code: 990102, name: 西城区}
-- content/leaders.yaml --
- {slug: zhangsan, name: 张三}
- {slug: lisi, name: 李四, display: 李　四}
-- content/2025/ledger.yaml --
title: 示例市人民政府关于做好2025年重点工作的通知
issuer: 示例市人民政府
source: 示例
published: 2025-03-01
reporting: none
sections:
  - {number: 1, title: 坚持创新，发展产业}
  - {number: 2, title: 改善民生}
seasons:
  汛前: {}
-- content/2025/notice.md --
各区人民政府：

现将重点工作印发给你们。
-- content/2025/tasks/001.yaml --
section: 1
title: 新建3个实验室
text: 新建3个实验室，启动20个小区改造。
deadline: 年底前完成
leaders: [张三]
units: [市科技局, 市财政局]
responsibility: first-leads
clauses:
  - {id: a, kind: complete, due: 2025-12-31}
targets:
  - id: t1
    clause: a
    measure: 实验室
    value: 3
    unit: 个
    comparison: exactly
    verb: 新建
    counts: completed
"""


# A record that nobody reviewed is no fault of what a test is about.
WAITS = "waits-for-review"
# For ledgers of tests that are not about reviews: only what units report, the ends of nodes and
# closures wait for one.
FEW_REVIEWS = (
    "review: {public-record: none, node-plan: none, plan: none, reopening: none, trigger: none, "
    "judgement: none, amendment: none, correction: none, verification: none, summary: none}"
)

# And for those in which nothing does.
NO_REVIEWS = FEW_REVIEWS.replace("}", ", report: none, node-end: none, closure: none}")


@pytest.fixture(scope="session", autouse=True)
def _own_memory(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the command line remembers while it is tested is nobody else's."""
    os.environ["CACHE_DIRECTORY"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    """A test that calls the command line leaves no memory to the next."""
    yield
    cache.forget()


@pytest.fixture(scope="module")
def _cache_of_module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def cached(_cache_of_module: Path) -> Iterator[None]:
    """For a city of which one file at a time changes: the others are worked out once a module."""
    cache.remember_in(_cache_of_module)
    yield
    cache.save()


@pytest.fixture
def world(tmp_path: Path) -> Callable[[str], World]:
    """Make a city out of the base and the files of a string."""
    return lambda text="": World(tmp_path, BASE, text)


@functools.cache
def _program() -> tuple[Mapping[str, str], Mapping[str, bytes]]:
    """Templates and assets: no test changes those of the project, and all cities share them."""
    return read_texts(ROOT / "templates", ".html"), read_bytes(ROOT / "static")


@functools.cache
def _without_program() -> Path:
    """A folder with no templates and no assets, for who has read them already."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    for name in ("templates", "static"):
        (folder / name).mkdir()
    return folder


class World:
    """A city on disk. Locks are computed, unless a test writes its own."""

    def __init__(self, folder: Path, *texts: str) -> None:
        self.folder = folder
        for text in texts:
            write_files(folder, text)
        for ledger in folder.glob("content/*/ledger.yaml"):
            if not (ledger.parent / "notice.lock").exists():
                _write_lock(ledger.parent)

    def inputs(self) -> Inputs:
        content, site = self.folder / "content", self.folder / "site.toml"
        read = load(content, "content", site, _without_program())
        templates, assets = _program()
        return dataclasses.replace(read, templates=templates, assets=assets)

    def check(self) -> tuple[Diagnostic, ...]:
        return examine(self.inputs())[1]

    def found(self) -> tuple[Diagnostic, ...]:
        """What the checker finds besides what waits for its review."""
        return tuple(fault for fault in self.check() if fault.code != WAITS)

    def said(self) -> str:
        """All of it, as an editor reads it."""
        return "\n".join(as_text(fault, "zh") for fault in self.found())

    def codes(self) -> list[str]:
        return [fault.code for fault in self.found()]

    def build(self, audience: Audience = "public", as_of: str | None = None) -> Built:
        inputs = self.inputs()
        filed, faults = examine(inputs)
        assert filed is not None and not is_fatal(faults), self.said()
        day = BuildDay(date.fromisoformat(as_of) if as_of else None, TODAY)
        site, more = build(filed, inputs, audience, day, None)
        assert not more, more
        return Built(site)


class Built:
    """A site in memory, read as a visitor would."""

    def __init__(self, site: BuiltSite) -> None:
        self.site = site
        self.files = site.files

    def html(self, address: str) -> str:
        path = f"{address}index.html" if not address or address.endswith("/") else address
        return self.files[path].decode()

    def text(self, address: str) -> str:
        """The words of a page's main part, one blank between pieces."""
        html = self.html(address)
        main = html[html.index("<main") : html.index("</main>")]
        words = re.sub(r"<[^>]+>", " ", main)
        for entity, char in (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"')):
            words = words.replace(entity, char)
        return " ".join(words.split())

    def joined(self, address: str) -> str:
        """The words of a page's main part without any blanks."""
        return self.text(address).replace(" ", "")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a verb of the command line in this process; test_cli.py has processes of their own."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(words)
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())


def foreign_scripts(html: str) -> int:
    """How many scripts of a page are neither one of our own files nor a data block."""
    own = re.findall(r'<script src="[./]*/?assets/[a-z]+\.[0-9a-f]{10}\.js" defer></script>', html)
    # Nothing in a block looks like HTML, so that none can end early or hold another.
    blocks = re.findall(r'<script type="application/ld\+json">\{[^<>&]*\}</script>', html)
    return html.count("<script") - len(own) - len(blocks)


def parts_of(case: Path) -> tuple[str, str, str]:
    """The files given, what is said of them, and the files as they should be (if any)."""
    given, _, rest = case.read_text(encoding="utf-8").partition("\n==\n")
    expected, _, good = rest.partition("\n== good\n")
    return given + "\n", expected, good


def write_files(folder: Path, text: str) -> None:
    """Write the files of a string: `-- path --` begins one, `-- path (how) --` an odd one.

    How: absent, gbk, utf-16, crlf, bom, bytes (escapes are read), fifo, symlink TARGET, repeat N
    (without its line end).
    """
    parts = re.split(r"(?m)^-- (.+?)(?: \((.+?)\))? --\n", text)
    for name, how, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        _write(folder / name, how or "", body)


def _write(path: Path, how: str, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    verb, _, rest = how.partition(" ")
    if verb == "absent":
        path.unlink()
    elif verb == "fifo":
        os.mkfifo(path)
    elif verb == "symlink":
        path.symlink_to(rest)
    else:
        ways: dict[str, Callable[[str], bytes]] = {
            "": str.encode,
            "gbk": lambda text: text.encode("gb18030"),
            "utf-16": lambda text: text.encode("utf-16"),
            "crlf": lambda text: text.replace("\n", "\r\n").encode(),
            "bom": lambda text: text.encode("utf-8-sig"),
            "bytes": lambda text: text.encode().decode("unicode_escape").encode("utf-8"),
            "repeat": lambda text: (text.rstrip("\n") * int(rest) + "\n").encode(),
        }
        path.write_bytes(ways[verb](body))


def _write_lock(year: Path) -> None:
    tasks = []
    for file in sorted(year.glob("tasks/[0-9][0-9][0-9].yaml")):
        if not file.is_file() or file.is_symlink():
            continue
        text = file.read_bytes().decode("utf-8-sig", "replace")
        document, _ = parse_yaml(Source(file.name, file.name, text.replace("\r\n", "\n")))
        task = read_task(document, int(file.stem), Faults(document)) if document else None
        tasks += [task.public] if task else []
    (year / "notice.lock").write_text(lock_text(tasks), encoding="utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the long rigs too")
    parser.addoption("--all-tools", action="store_true", help="a missing tool is a failure")
    parser.addoption("--accept", action="store_true", help="write golden files anew; runs no more")
    parser.addoption("--quick", action="store_true", help="leave out tests marked `slow`")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    def is_wanted(item: pytest.Item) -> bool:
        if config.getoption("--accept"):
            return "golden" in getattr(item, "fixturenames", ())
        left_out = () if config.getoption("--full") else ("full",)
        left_out += ("slow",) if config.getoption("--quick") else ()
        return not any(item.get_closest_marker(name) for name in left_out)

    config.hook.pytest_deselected(items=[item for item in items if not is_wanted(item)])
    items[:] = [item for item in items if is_wanted(item)]


_STARTED = time.perf_counter()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the run cost, the processes that tests and workers started included."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(own.ru_utime + own.ru_stime for own in used)
    wall = time.perf_counter() - _STARTED
    terminalreporter.write_line(f"{cpu:.0f} CPU seconds, {wall:.0f} seconds on the clock")


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Callable[[Path, str], None]:
    """Compare a text with the file that holds it as it should be; `--accept` writes the file."""

    def compare(file: Path, text: str) -> None:
        if pytestconfig.getoption("--accept"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        written = file.read_text(encoding="utf-8") if file.exists() else ""
        if written != text:
            lines = [one.splitlines(keepends=True) for one in (written, text)]
            diff = "".join(difflib.unified_diff(*lines, str(file), "what it should hold"))
            pytest.fail(f"{diff}\nIf this is meant: python3 build.py test --accept", pytrace=False)

    return compare


@pytest.fixture(scope="session")
def tool(pytestconfig: pytest.Config) -> Callable[[str], str]:
    """Find a program; without it a test is skipped, or fails where all tools are demanded."""

    # Debian keeps servers where the search path of an ordinary user does not lead.
    searched = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])

    def find(*names: str) -> str:
        for name in names:
            found = shutil.which(name, path=searched)
            if found:
                return found
        if pytestconfig.getoption("--all-tools"):
            pytest.fail(f"{' or '.join(names)} is missing, and --all-tools demands it")
        pytest.skip(f"{' or '.join(names)} is not installed")

    return find


@pytest.fixture(scope="session")
def nginx(tool: Callable[..., str]) -> str:
    return tool("nginx")


@pytest.fixture(scope="session")
def pem(tmp_path_factory: pytest.TempPathFactory, tool: Callable[..., str]) -> tuple[Path, Path]:
    """A throwaway certificate, and its key."""
    from servers import certificate  # which needs this module

    return certificate(tmp_path_factory.mktemp("pem"), tool("openssl"))


@pytest.fixture(scope="session")
def files() -> dict[Audience, Mapping[str, bytes]]:
    """Both sites of the fictional city."""
    from servers import built  # as above

    return {name: built("examples/demo", name) for name in get_args(Audience)}


@pytest.fixture(scope="module")
def releases(
    tmp_path_factory: pytest.TempPathFactory, files: dict[Audience, Mapping[str, bytes]]
) -> Releases:
    """A release of both sites that is live; a module may add to it."""
    from servers import Releases  # as above

    made = Releases(tmp_path_factory.mktemp("root"))
    made.switch(made.place(files))
    return made
