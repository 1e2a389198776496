"""Reading the working folder: the ledger, its settings and its commit."""

from __future__ import annotations

import subprocess
from pathlib import Path

from jiaozhang import program
from jiaozhang.build.pipeline import Inputs, load, site_beside
from jiaozhang.cli.console import label_of, print_error
from jiaozhang.cli.verb_options import BoundedOptions, LedgerOptions
from jiaozhang.files.bounds import DEFAULT
from jiaozhang.files.yaml_tree import HAS_FAST_LOADER
from jiaozhang.read.content import SITE


def ledger_folder(given: str | Path | None) -> Path:
    """The folder of the ledger: the given one, or the one found in the current folder.

    That is its `content`, or the folder itself if it is a city's. A checkout called from another
    folder falls back to its own content.
    """
    if given:
        return Path(given)
    here, own = Path("content"), program.HOME / "content"
    if not here.is_dir():
        if Path(SITE).is_file() and any(Path().glob("[0-9][0-9][0-9][0-9]/ledger.yaml")):
            return Path()
        if program.IS_CHECKOUT and own.is_dir():
            return own
    return here


def load_ledger(options: LedgerOptions) -> Inputs:
    """Load the ledger, the templates and the static files."""
    if not HAS_FAST_LOADER:
        print_error(options.lang, "slow")
    folder = ledger_folder(options.content)
    bounds = options.bounds if isinstance(options, BoundedOptions) else DEFAULT
    site_file = site_beside(folder.resolve())
    return load(folder, label_of(folder), site_file, program.HOME, bounds)


def commit_of(content: Path) -> str | None:
    """The commit of a clean work tree; None if there are uncommitted changes."""
    git = ["git", "-C", str(content)]
    try:
        status = subprocess.run(  # noqa: S603 - fixed words, our own path
            [*git, "status", "--porcelain"], capture_output=True, text=True, check=True
        )
        head = subprocess.run(  # noqa: S603
            [*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return head.stdout.strip() if not status.stdout.strip() else None
