"""The first start on a fresh machine, for real: a stub of the site and tiny wheels."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from conftest import ROOT

pytestmark = pytest.mark.slow

STUB = "import sys\nprint('jiaozhang got', sys.argv[1:])\nraise SystemExit(len(sys.argv) - 1)\n"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "市政府 重点工作")


class Machine:
    """A folder with a blank and Chinese in its name, an empty HOME, no LANG and no network."""

    path = "/usr/bin:/bin"

    def __init__(self, folder: Path) -> None:
        self.project, self.home, self.wheels = folder / "w", folder / "home", folder / "wheels"
        for new in (self.project / "jiaozhang", self.home, self.wheels):
            new.mkdir(parents=True)
        shutil.copy(ROOT / "build.py", self.project)
        (self.project / "jiaozhang" / "__init__.py").touch()
        (self.project / "jiaozhang" / "__main__.py").write_text(STUB)
        self.lock("requirements.lock", "alpha")
        self.lock("requirements-test.lock", "alpha", "beta")

    def lock(self, name: str, *packages: str) -> None:
        pins = (f"{p}==1.0 --hash=sha256:{make_wheel(self.wheels, p)}\n" for p in packages)
        (self.project / name).write_text("".join(pins))

    def with_uv(self) -> Machine:
        """The same machine with uv, which sets up in a tenth of pip's time."""
        binaries = self.home / "bin"
        binaries.mkdir()
        (binaries / "uv").symlink_to(Path(sys.executable).parent / "uv")
        self.path = f"{binaries}:{self.path}"
        return self

    def start(self, *words: str, path: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(self.project / "build.py"), *words],
            env={
                "HOME": str(self.home),
                "PATH": path or self.path,
                "PIP_NO_INDEX": "1",
                "LC_ALL": "C",
            },
            cwd=self.home,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def first_start(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.start("--wheels", str(self.wheels), *words)

    def has(self, package: str) -> bool:
        return any((self.project / ".venv").glob(f"lib/*/site-packages/{package}.py"))


def make_wheel(folder: Path, name: str) -> str:
    """Write the smallest wheel there can be and return its digest."""
    file = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    entries = {
        f"{name}.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(file, "w") as wheel:
        for path, text in entries.items():
            wheel.writestr(zipfile.ZipInfo(path), text)
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_the_first_start_sets_up_and_hands_the_words_on(machine: Machine) -> None:
    done = machine.first_start("check", "--lang", "en")
    assert done.stdout == "jiaozhang got ['check', '--lang', 'en']\n"
    assert done.returncode == 3, "the exit code is the site's own"
    assert [line[:5] for line in done.stderr.splitlines()] == ["[1/3]", "[2/3]", "[3/3]"]
    again = machine.start("check")
    assert again.stderr == ""
    assert again.stdout == "jiaozhang got ['check']\n"


def test_the_tests_add_their_tools_and_the_site_does_not_lose_its_own(machine: Machine) -> None:
    machine.first_start()
    assert not machine.has("beta")
    added = machine.first_start("test")
    assert "[1/3]" not in added.stderr, "the environment is kept"
    assert machine.has("beta")
    assert machine.start("build").stderr == ""


def test_an_extra_is_added_and_the_other_one_stays(machine: Machine) -> None:
    machine.with_uv().lock("requirements-serve.lock", "alpha", "delta")
    machine.lock("requirements-import.lock", "alpha", "epsilon")
    machine.first_start("build")
    assert not machine.has("delta") and not machine.has("epsilon")
    assert "[1/3]" not in machine.first_start("serve").stderr
    assert "[1/3]" not in machine.first_start("new", "city", "甲").stderr
    assert machine.has("delta") and machine.has("epsilon")
    for verb in (("build",), ("serve",), ("import", "x")):
        assert machine.start(*verb).stderr == ""
    # Another lock of one extra is no reason to make the rest anew.
    machine.lock("requirements-serve.lock", "alpha", "zeta")
    assert "[1/3]" not in machine.first_start("serve").stderr
    assert machine.has("zeta")
    assert machine.start("import", "x").stderr == ""


def test_an_interrupted_set_up_heals(machine: Machine) -> None:
    machine.first_start()
    (machine.project / ".venv" / ".stamp").unlink()
    shutil.rmtree(machine.project / ".venv" / "bin")
    assert machine.first_start("a").stdout == "jiaozhang got ['a']\n"


def test_a_new_lock_is_installed(machine: Machine) -> None:
    machine.with_uv().first_start()
    machine.lock("requirements.lock", "alpha", "gamma")
    assert "[1/3]" in machine.first_start().stderr
    assert machine.has("gamma")


def test_a_package_with_another_digest_is_refused_and_the_next_start_heals(
    machine: Machine,
) -> None:
    lock = machine.project / "requirements.lock"
    right = lock.read_text()
    lock.write_text(right.replace("sha256:", "sha256:00")[: len(right) - 1])
    done = machine.first_start()
    assert done.returncode == 2
    assert "--wheels" in done.stderr
    assert done.stdout == ""
    lock.write_text(right)
    assert machine.first_start("a").stdout == "jiaozhang got ['a']\n"


def test_wheels_that_are_not_there_are_named(machine: Machine) -> None:
    done = machine.start("--wheels=nowhere", "serve")
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert not (machine.project / ".venv").exists()


def test_uv_is_used_where_it_is(machine: Machine) -> None:
    uv = Path(sys.executable).parent / "uv"  # it is among the tests' own packages
    words = ("--wheels", str(machine.wheels), "a")
    done = machine.start(*words, path=f"{uv.parent}:/usr/bin:/bin")
    assert done.stdout == "jiaozhang got ['a']\n"
    assert "uv" in done.stderr


def test_a_uv_that_fails_is_replaced_by_pip(machine: Machine, tmp_path: Path) -> None:
    broken = tmp_path / "bin" / "uv"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    words = ("--wheels", str(machine.wheels), "a")
    done = machine.start(*words, path=f"{broken.parent}:/usr/bin:/bin")
    assert done.stdout == "jiaozhang got ['a']\n"
    assert "pip" in done.stderr


def test_inside_an_environment_that_satisfies_the_lock_nothing_is_set_up(
    machine: Machine, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    subprocess.run([sys.executable, "-m", "venv", own], check=True)
    python = own / "bin" / "python"
    install = [python, "-m", "pip", "install", "-q", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*install, machine.wheels / "alpha-1.0-py3-none-any.whl"], check=True)
    done = subprocess.run(
        [python, machine.project / "build.py", "a"],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout == "jiaozhang got ['a']\n"
    assert done.stderr == ""
    assert not (machine.project / ".venv").exists()


@pytest.mark.parametrize("version", [(3, 10, 12), (3, 9, 2), (2, 7, 18)])
def test_an_old_python_is_told_which_one_is_needed(version: tuple[int, ...]) -> None:
    build = load_build()
    with pytest.raises(build.CannotSetUp, match=r"3\.11"):
        build.refuse_old_python(version)


def test_a_python_without_venv_is_told_what_to_install(machine: Machine, tmp_path: Path) -> None:
    # A folder that hides ensurepip, as Debian without python3-venv does.
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "ensurepip.py").write_text("raise ImportError('No module named ensurepip')")
    (hidden / "venv.py").write_text("raise SystemExit('No module named venv')")
    build = machine.project / "build.py"
    code = (
        f"import sys; sys.argv = ['build.py']; import runpy, os; "
        f"import subprocess; real = subprocess.run; "
        f"subprocess.run = lambda c, **k: real(c, **{{**k, 'env': {{**k['env'], "
        f"'PYTHONPATH': {str(hidden)!r}}}}}); runpy.run_path({str(build)!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "apt install python3-venv" in done.stderr


def test_the_first_lines_are_readable_for_an_old_python() -> None:
    import ast

    source = (ROOT / "build.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))


def load_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_script", ROOT / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
