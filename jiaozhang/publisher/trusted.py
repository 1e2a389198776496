"""Build a commit with the program contained in that commit, in a child process.

Only for repositories whose every committer may run programs on this machine: nothing is held back
from that process but the caller's environment. It runs on the packages that are installed here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from jiaozhang.files.output_folder import MANIFEST
from jiaozhang.processes.exit_codes import Exit
from jiaozhang.publisher.request import Made, Wanted

_KEPT = ("PATH", "TMPDIR", "SYSTEMROOT")


def build_by_itself(folder: Path, content: str, wanted: Wanted, language: str) -> Made:
    """Run the `build` of the commit's own program, and read its output folder."""
    out = folder / ".out"
    audience = "all" if len(wanted.audiences) > 1 else wanted.audiences[0]
    words = ["build", "--audience", audience, "--out", str(out), "--as-of", wanted.day]
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {"PYTHONPATH": str(folder), "PYTHONUTF8": "1", "HOME": str(folder)}
    done = subprocess.run(  # noqa: S603 - a program declared trusted by the operator
        [sys.executable, "-P", "-m", "jiaozhang", *words, "--content", content, "--lang", language],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    sites = {
        name: _with_commit(_files(out / name), wanted.commit if name == "intranet" else None)
        for name in wanted.audiences
        if (out / name / MANIFEST).is_file() and done.returncode in (Exit.FINE, Exit.FAULTY)
    }
    return Made(sites, (), done.stderr.strip())


def _files(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def _with_commit(files: Mapping[str, bytes], commit: str | None) -> Mapping[str, bytes]:
    """The files with the commit added to the manifest, if the audience's manifest names it.

    The extracted folder is no repository, so the build could not know its commit.
    """
    found = {key: value for key, value in json.loads(files[MANIFEST]).items() if key != "commit"}
    manifest = found if commit is None else {"commit": commit, **found}
    return {**files, MANIFEST: (json.dumps(manifest, indent=1) + "\n").encode()}
