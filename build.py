"""Set the project up and run it: `python3 build.py [--wheels DIR] [VERB …]`.

Standard library only, in the syntax of Python 3.6, so that an old Python can still report that it
is too old. It knows nothing of the site: the arguments are passed to `jiaozhang`.
"""

import contextlib
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Tuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / ".stamp"
OLDEST_PYTHON = (3, 11)
CORE = "requirements.lock"
EXTRA_OF = {"serve": "serve", "import": "import", "new city": "import", "test": "test"}
EXIT_CANNOT_SET_UP = 2
EXIT_INTERRUPTED = 130


class CannotSetUp(Exception):  # noqa: N818 - it reads as the sentence it carries
    """Wrong usage, or a missing precondition of this machine; the text says what to do."""


def main(arguments: List[str]) -> int:
    """Set up what the verb needs, pass the arguments on, and return the exit code."""
    try:
        refuse_old_python(sys.version_info[:3])
        wheels, handed_on = take_wheels(arguments)
        return _run_jiaozhang(_ready_python(_lock_for(handed_on), wheels), handed_on)
    except CannotSetUp as reason:
        _say(str(reason))
    except OSError as fault:
        _say(MESSAGES["disk"].format(fault=fault))
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    return EXIT_CANNOT_SET_UP


def refuse_old_python(version: Tuple[int, ...]) -> None:
    """Raise when this version cannot run the project."""
    if version < OLDEST_PYTHON:
        running = ".".join(map(str, version))
        raise CannotSetUp(MESSAGES["old-python"].format(running=running, path=sys.executable))


def take_wheels(arguments: List[str]) -> Tuple[Optional[Path], List[str]]:
    """Remove `--wheels DIR`, at any position, from the arguments to pass on."""
    wheels, handed_on = take_option(arguments, "--wheels")
    if wheels is None:
        return None, handed_on
    if not wheels or not Path(wheels).is_dir():
        raise CannotSetUp(MESSAGES["no-wheels"].format(wheels=wheels))
    return Path(wheels).resolve(), handed_on


def take_option(arguments: List[str], name: str) -> Tuple[Optional[str], List[str]]:
    """Remove an option and its value (the last of several) from the arguments."""
    found = None
    others = []
    left = iter(arguments)
    for argument in left:
        if argument == name:
            found = next(left, "")
        elif argument.startswith(name + "="):
            found = argument[len(name) + 1 :]
        else:
            others.append(argument)
    return found, others


def _lock_for(arguments: List[str]) -> Path:
    """Return the lock file for a verb: each extra has its own; the site needs no extra."""
    words = take_option(arguments, "--lang")[1]
    extra = EXTRA_OF.get(" ".join(words[:2])) or EXTRA_OF.get(" ".join(words[:1]))
    return ROOT / (f"requirements-{extra}.lock" if extra else CORE)


def _ready_python(lock: Path, wheels: Optional[Path]) -> str:
    """Return a Python with the locked packages, after setting it up if needed."""
    if _in_foreign_venv() and _has_installed(lock):
        return sys.executable
    if not _is_set_up(lock):
        with _one_at_a_time():
            if not _is_set_up(lock):  # another start may have done it while this one waited
                _set_up(lock, wheels)
    return str(VENV_PYTHON)


def _run_jiaozhang(python: str, arguments: List[str]) -> int:
    # -P prevents importing a `jiaozhang` or `yaml.py` from the user's folder; PYTHONPATH is
    # replaced, since its entries would take precedence over the locked packages.
    command = [python, "-P", "-m", "jiaozhang", *arguments]
    environment = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONUTF8="1")
    # Ctrl-C also reaches the child. A handler, unlike SIG_IGN, is not inherited by it.
    signal.signal(signal.SIGINT, lambda *_: None)
    with subprocess.Popen(command, env=environment) as child:
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        code = child.wait()
    return code if code >= 0 else 128 - code


def _in_foreign_venv() -> bool:
    return sys.prefix != sys.base_prefix and Path(sys.prefix).resolve() != VENV.resolve()


def _has_installed(lock: Path) -> bool:
    from importlib import metadata  # here, because a warm start has no use for it

    for name, version, marker in _pins(lock):
        try:
            if metadata.version(name) != version:
                return False
        except metadata.PackageNotFoundError:
            if not marker:  # a line with a marker may be meant for another system
                return False
    return True


def _pins(lock: Path) -> List[Tuple[str, str, str]]:
    """List name, version and marker ("" if none) of each package in a lock."""
    pin = re.compile(r"^([\w.-]+)(?:\[.*?\])?==([^\s;\\]+)[ \t]*(;?)", re.MULTILINE)
    return pin.findall(lock.read_text("utf-8"))


def _is_set_up(lock: Path) -> bool:
    try:
        stamp: Dict[str, str] = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return VENV_PYTHON.exists() and stamp.get(lock.name) == _fingerprint(lock)


def _fingerprint(lock: Path) -> str:
    made_by = "\0".join([sys.version, sys.platform, os.environ.get("PROCESSOR_ARCHITECTURE", "")])
    return hashlib.sha256(lock.read_bytes() + made_by.encode()).hexdigest()


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Make concurrent first starts wait; the system drops the lock of a killed process."""
    try:
        import fcntl
    except ImportError:  # Windows has none: there two first starts are the user's to avoid
        yield
        return
    with (ROOT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _set_up(lock: Path, wheels: Optional[Path]) -> None:
    """Create the virtual environment and install a lock; the stamp is written last, when complete.

    Packages of the site and of other extras stay installed when an extra is added.
    """
    start = time.monotonic()
    can_add = _is_set_up(ROOT / CORE)
    here = [one for one in sorted(ROOT.glob("requirements*.lock")) if can_add and _is_set_up(one)]
    uv = _find("uv")
    if not can_add:
        _say(MESSAGES["venv"].format(version=sys.version.split()[0]))
        _make_venv(uv)
    tool = "uv" if uv and _install_with_uv(uv, lock, wheels) else "pip"
    if tool == "pip":
        _install_with_pip(lock, wheels)
    # An extra's lock includes the site's packages, and that of the tests includes all extras.
    here += [lock, ROOT / CORE]
    if lock.name == "requirements-test.lock":
        here += ROOT.glob("requirements*.lock")
    whole = {one.name: _fingerprint(one) for one in here}
    unfinished = STAMP.with_name(".stamp.new")
    unfinished.write_text(json.dumps(whole), "utf-8")
    unfinished.replace(STAMP)
    _say(MESSAGES["ready"].format(seconds=round(time.monotonic() - start), tool=tool))


def _make_venv(uv: str) -> None:
    if uv:
        made = _run([uv, "venv", "--clear", "--quiet", "--python", sys.executable, str(VENV)])
        if made.returncode == 0:
            return
    made = _run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if made.returncode:
        missing = "ensurepip" in made.stdout or "No module named venv" in made.stdout
        raise CannotSetUp(MESSAGES["no-venv" if missing else "venv-failed"] + made.stdout[-2000:])


def _install_with_uv(uv: str, lock: Path, wheels: Optional[Path]) -> bool:
    _say(MESSAGES["install"].format(count=len(_pins(lock)), tool="uv"))
    command = [uv, "pip", "install", "--quiet", "--require-hashes", "--python", str(VENV_PYTHON)]
    done = _run([*command, *_offline(wheels), "-r", str(lock)])
    if done.returncode:
        _say(MESSAGES["uv-failed"])
    return done.returncode == 0


def _install_with_pip(lock: Path, wheels: Optional[Path]) -> None:
    _say(MESSAGES["install"].format(count=len(_pins(lock)), tool="pip"))
    pip = [str(VENV_PYTHON), "-m", "pip"]
    if _run([*pip, "--version"]).returncode:  # an environment that uv made has no pip
        _make_venv("")
    command = [*pip, "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    done = _run([*command, "--only-binary", ":all:", *_offline(wheels), "-r", str(lock)])
    if done.returncode:
        raise CannotSetUp(done.stdout[-4000:] + MESSAGES["no-packages"].format(lock=lock.name))


def _offline(wheels: Optional[Path]) -> List[str]:
    return ["--no-index", "--find-links", str(wheels)] if wheels else []


def _run(command: List[str]) -> "subprocess.CompletedProcess[str]":
    """Run an installer; its output is shown only if it fails."""
    environment = dict(os.environ, PYTHONUTF8="1", PIP_ROOT_USER_ACTION="ignore")
    # The caller's Python settings would affect the new environment.
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"):
        environment.pop(name, None)
    return subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def _find(program: str) -> str:
    from shutil import which  # here, because a warm start has no use for it

    return which(program) or ""


def _say(text: str) -> None:
    try:
        sys.stderr.write(text + "\n")
    except UnicodeEncodeError:  # LANG is unset and this Python then speaks ASCII
        sys.stderr.buffer.write((text + "\n").encode("utf-8"))
    sys.stderr.flush()


MESSAGES = {
    "old-python": (
        "需要 Python 3.11 或更新的版本，现在用的是 {running}（{path}）。\n"
        "Python 3.11 or newer is needed; this is {running}."
    ),
    "no-wheels": "没有这个文件夹：--wheels {wheels}\nthere is no such folder of wheels",
    "disk": "写不进去：{fault}",
    "venv": "[1/3] 建立 .venv（Python {version}）",
    "install": "[2/3] 安装 {count} 个依赖（{tool}）",
    "uv-failed": "      uv 没有装成，改用 pip",
    "ready": "[3/3] 准备好了，用时 {seconds} 秒（{tool}）",
    "no-venv": (
        "这个 Python 缺少 venv 模块。请先运行：sudo apt install python3-venv\n"
        "This Python lacks the venv module: sudo apt install python3-venv\n"
    ),
    "venv-failed": "建立 .venv 没有成功：\n",
    "no-packages": (
        "\n依赖没有装成。没有网络的机器：先在能上网的机器上运行\n"
        "  python3 -m pip download -r {lock} -d wheels\n"
        "再把 wheels 文件夹拷过来，加上 --wheels wheels 重新运行。"
    ),
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
