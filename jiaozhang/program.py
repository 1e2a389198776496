"""Paths of this program's own files, and the command to call it: from a checkout, or installed.

A checkout has the files at its top, and `build.py` as its command. A wheel has copies in `shipped`,
below the package, and installs the command `jiaozhang`.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_SHIPPED = PACKAGE / "shipped"
IS_CHECKOUT = not _SHIPPED.is_dir()
# The folder of `templates`, `static`, `deploy` and the lock files.
HOME = PACKAGE.parent if IS_CHECKOUT else _SHIPPED
NAME = "jiaozhang"
# The command as written in messages and in files for editors; an installed program has another.
DOOR = "python3 build.py"


def as_called(text: str) -> str:
    """Replace the checkout's command in a text by the one that its reader can run."""
    return text if IS_CHECKOUT else text.replace(DOOR, NAME)


def command() -> tuple[str, ...]:
    """The command (argv) that starts this program from any folder, for generated files."""
    if IS_CHECKOUT:
        return (str(_base_python()), str(HOME / "build.py"))
    own = Path(sysconfig.get_path("scripts")) / (f"{NAME}.exe" if os.name == "nt" else NAME)
    return (str(own),) if own.is_file() else (sys.executable, "-P", "-m", NAME)


def _base_python() -> Path:
    """The interpreter that the virtual environment was made from: it remains when that is
    recreated.
    """
    base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return base if base.exists() else Path(sys.executable)
