"""Installed from its wheel the program does what it does in a checkout, for a city elsewhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, World
from jiaozhang import VERSION
from jiaozhang.publisher.generator import generator_of
from repository import REPORT, Repository

pytestmark = pytest.mark.slow

# What the program reads below its home.
SHIPPED = ("templates", "static", "deploy")
DAY = ("--as-of", "2026-02-20")


class Installed:
    """A bare environment with the wheel; it sees the packages of the tests by their path alone."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.wheel = wheel
        self.venv = folder / "venv"
        self.home = folder / "home"
        self.home.mkdir()
        self.python, self.command = self.venv / "bin" / "python", self.venv / "bin" / "jiaozhang"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.venv], check=True)
        uv = Path(sysconfig.get_path("scripts")) / "uv"
        install = [uv, "pip", "install", "-q", "--offline", "--no-index", "--no-deps"]
        subprocess.run([*install, "--python", self.python, wheel], check=True)
        (site,) = self.venv.glob("lib/*/site-packages")
        (site / "packages.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
        assert (site / "jiaozhang" / "__init__.py").is_file()

    def run(self, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return self._run([self.command, *words], cwd)

    def say(self, code: str, *words: str) -> subprocess.CompletedProcess[str]:
        return self._run([self.python, "-c", code, *words], self.home)

    def _run(self, words: list[str | Path], cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            list(map(str, words)),
            cwd=cwd,
            env={"HOME": str(self.home), "PATH": os.environ["PATH"]},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed")
    code = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    words = [sys.executable, "-c", code, str(folder)]
    built = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return Installed(folder, folder / built.stdout.split()[-1])


def files_of(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_both_sites_of_the_demo_are_those_of_the_checkout(
    installed: Installed, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "examples" / "demo", tmp_path / "示例 市")
    words = ["build", "--content", "示例 市", "--audience", "all", *DAY]
    done = installed.run(*words, "--out", "wheel", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    checkout = [sys.executable, "-P", "-m", "jiaozhang", *words, "--out", "checkout"]
    subprocess.run(checkout, cwd=tmp_path, env=environment, check=True, capture_output=True)
    first, second = files_of(tmp_path / "wheel"), files_of(tmp_path / "checkout")
    assert len(first) > 500 and set(first) == set(second)
    assert [path for path in first if first[path] != second[path]] == []


def test_it_is_the_same_program_by_name(installed: Installed) -> None:
    code = (
        "from jiaozhang.program import HOME; from jiaozhang.publisher.sbom import sbom_of; "
        "from jiaozhang.publisher.generator import generator_of; "
        "name = generator_of(HOME); print(name); print(len(sbom_of(HOME, name)))"
    )
    name, size = installed.say(code).stdout.splitlines()
    assert name == generator_of(ROOT) and int(size) > 1000
    done = installed.run("--version", cwd=installed.home)
    assert done.stdout == f"jiaozhang {VERSION}\n"
    assert installed.wheel.name.startswith(f"jiaozhang-{VERSION}-")


def test_every_file_of_the_program_is_in_it_and_no_content(installed: Installed) -> None:
    names = set(zipfile.ZipFile(installed.wheel).namelist())
    for folder, prefix in (("jiaozhang", ""), *((own, "jiaozhang/shipped/") for own in SHIPPED)):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert prefix + path.relative_to(ROOT).as_posix() in names
    tops = {name.split("/")[0] for name in names}
    assert tops == {"jiaozhang", f"jiaozhang-{VERSION}.dist-info"}
    assert "jiaozhang/shipped/requirements.lock" in names


def test_nothing_else_is_read_below_its_home() -> None:
    named = {
        name
        for file in (ROOT / "jiaozhang").rglob("*.py")
        for name in re.findall(r'\b(?:HOME|home) / "([\w.]+)"', file.read_text(encoding="utf-8"))
    }
    # Those of a checkout alone: its door, and the content that it came with.
    assert named - {"build.py", "content"} == {*SHIPPED, "requirements.lock"}


@pytest.mark.parametrize("where", ["beside", "inside"])
def test_a_city_is_found_in_the_current_folder(
    where: str, installed: Installed, world: Callable[[str], World]
) -> None:
    city = world("").folder
    if where == "inside":
        (city / "site.toml").rename(city / "content" / "site.toml")
        city = (city / "content").rename(city / "mycity")
    done = installed.run("build", *DAY, cwd=city)
    assert done.returncode == 0, done.stderr
    manifest = json.loads((city / "dist" / "public" / "build.json").read_text(encoding="utf-8"))
    assert manifest["generator"] == f"jiaozhang {VERSION}"


def test_where_there_is_no_ledger_the_advice_names_the_command(
    installed: Installed, tmp_path: Path
) -> None:
    (tmp_path / "content").mkdir()
    for language in ("zh", "en"):
        done = installed.run("check", "--lang", language, cwd=tmp_path)
        assert done.returncode == 1
        assert "jiaozhang import" in done.stderr and "build.py" not in done.stderr


def test_nothing_is_made_where_there_is_no_city(installed: Installed, tmp_path: Path) -> None:
    assert installed.run("build", cwd=tmp_path).returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_a_scaffold_names_the_command_that_there_is(
    installed: Installed, world: Callable[[str], World]
) -> None:
    city = world("").folder
    assert installed.run("new", "note", "--task", "1", cwd=city).returncode == 0
    ledger = city / "content" / "2025" / "ledger.yaml"
    text = ledger.read_text(encoding="utf-8").replace("reporting: none", "reporting: monthly")
    ledger.write_text(text, encoding="utf-8")
    done = installed.run("new", "note", "--task", "1", "--unit", "市科技局", cwd=city)
    assert done.returncode == 0, done.stderr
    (report,) = (city / "content").rglob("*-kejiju.md")
    written = report.read_text(encoding="utf-8")
    assert "否则 jiaozhang check" in written and "build.py" not in written


@pytest.mark.parametrize(
    ("verb", "absent", "extra"),
    [
        (["serve", "--content", str(ROOT / "examples" / "demo")], "livereload", "serve"),
        (["import", "notice.docx", "--year", "2025"], "docx", "import"),
    ],
)
def test_an_extra_that_is_missing_is_named_as_pip_takes_it(
    verb: list[str], absent: str, extra: str, installed: Installed
) -> None:
    import docx

    docx.Document().save(str(installed.home / "notice.docx"))
    code = (
        f"import sys; sys.modules[{absent!r}] = None; sys.modules['tornado'] = None; "
        "from jiaozhang.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    done = installed.say(code, *verb)
    assert done.returncode == 2, done.stderr
    assert f"pip install 'jiaozhang[{extra}]'" in done.stderr
    assert "build.py" not in done.stderr and "Traceback" not in done.stderr


def test_the_tests_are_in_a_checkout(installed: Installed) -> None:
    done = installed.run("test", "--lang", "en", cwd=installed.home)
    assert done.returncode == 2
    assert "in a checkout" in done.stderr


def test_help_names_the_command(installed: Installed) -> None:
    assert installed.run("--help", cwd=installed.home).stdout.startswith("用法：jiaozhang ")


def test_hooks_and_units_that_it_writes_call_it(
    installed: Installed, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    tool("git")
    city, bare = Repository(tmp_path), tmp_path / "city.git"
    city.git("init", "-q", "--bare", "-b", "main", str(bare))
    city.git("remote", "add", "origin", str(bare))
    units = tmp_path / "units"
    words = ["--repo", str(bare), "--root", str(city.root), "--units", str(units)]
    done = installed.run("install-hooks", *words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for hook in ("pre-receive", "post-receive"):
        text = (bare / "hooks" / hook).read_text(encoding="utf-8")
        assert f'\njiaozhang() {{ {installed.command} "$@"; }}\n' in text
    service = (units / "jiaozhang-nightly.service").read_text(encoding="utf-8")
    assert f'\nExecStart="{installed.command}" publish --live ' in service

    push = ["git", "-C", str(city.folder), "push", "-q", "origin", "main"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(installed.home)}
    done = subprocess.run(push, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert city.live_commit() == city.first
    release = json.loads((city.root / "current" / "release.json").read_text(encoding="utf-8"))
    assert generator_of(ROOT) in json.dumps(release)
    city.commit("-- content/units.yaml --\nbroken: [\n")
    done = subprocess.run(push, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0 and "content/units.yaml" in done.stderr
    assert city.live_commit() == city.first
    # A report that waits for its review is told with the command that there is.
    city.git("reset", "-q", "--hard", city.first)
    city.commit(REPORT)
    done = subprocess.run(push, env=environment, capture_output=True, text=True, check=False)
    assert "jiaozhang approve" in done.stderr and "build.py" not in done.stderr


def test_nginx_is_told_of_files_that_there_are(installed: Installed, tmp_path: Path) -> None:
    words = ["--root", str(tmp_path), "--kind", "public", "--server-name", "a.example"]
    more = ["--certificate", "/etc/a.pem", "--key", "/etc/a.key"]
    done = installed.run("nginx", *words, *more, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    folders = set(re.findall(r"/\S+/deploy/nginx/errors", done.stdout))
    assert len(folders) == 1
    assert sorted(file.name for file in Path(folders.pop()).iterdir()) == [
        "403.html",
        "50x.html",
        "error.css",
    ]
