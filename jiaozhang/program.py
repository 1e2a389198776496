"""Where this program's own files are, and how it is called: from a checkout, or installed.

A checkout has them at its top, and `build.py` for a door. A wheel carries copies in `shipped`,
below the package, and a command of the program's own name.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_SHIPPED = PACKAGE / "shipped"
IS_CHECKOUT = not _SHIPPED.is_dir()
# What holds `templates`, `static`, `deploy` and the locks.
HOME = PACKAGE.parent if IS_CHECKOUT else _SHIPPED
NAME = "jiaozhang"
# How messages and files for editors say it; whoever installed the program has another way.
DOOR = "python3 build.py"


def as_called(text: str) -> str:
    """A text of the program's own with the call that its reader can make."""
    return text if IS_CHECKOUT else text.replace(DOOR, NAME)


def command() -> tuple[str, ...]:
    """The words that start this program from any folder, for files that call it later."""
    if IS_CHECKOUT:
        return (str(_base_python()), str(HOME / "build.py"))
    own = Path(sysconfig.get_path("scripts")) / (f"{NAME}.exe" if os.name == "nt" else NAME)
    return (str(own),) if own.is_file() else (sys.executable, "-P", "-m", NAME)


def _base_python() -> Path:
    """The Python that the environment was made of: it stays when the environment is made anew."""
    base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return base if base.exists() else Path(sys.executable)
