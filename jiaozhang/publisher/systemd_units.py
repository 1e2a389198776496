"""systemd units that rebuild the live commit each night, filled with a site's values."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from jiaozhang.files.output_folder import write_file
from jiaozhang.publisher.hooks import Hooks

UNITS = ("jiaozhang-nightly.service", "jiaozhang-nightly.timer")
# Allowances on top of the build: seconds for start, flush and log; bytes of memory besides those of
# the two parallel builds.
_MORE_SECONDS, _MORE_MEMORY = 120, 512 * 1024**2


def write_units(repository: Path, samples: Path, folder: Path, hooks: Hooks) -> tuple[Path, ...]:
    """Write the units into a folder, from the samples; the operator reviews and installs them."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = tuple(folder / name for name in UNITS)
    for path in paths:
        text = (samples / path.name).read_text(encoding="utf-8")
        for name, value in _values(repository, hooks).items():
            text = re.sub(rf"(?m)^{name}=.*$", partial(_line, f"{name}={value}"), text)
        write_file(path, text.encode())
    return paths


def _line(line: str, _: re.Match[str]) -> str:
    return line


def _values(repository: Path, hooks: Hooks) -> dict[str, str]:
    root, repo = _word(hooks.root), _word(repository)
    program = " ".join(map(_word, hooks.program))
    options = f"--keep {hooks.keep} {hooks.words}{' --trusted' if hooks.trusted else ''}"
    content = f"--content {_word(hooks.content)} --lang {hooks.language}"
    return {
        "ExecStart": f"{program} publish --live --repo {repo} --root {root} {content} {options}",
        "RequiresMountsFor": f"{root} {repo}",
        "ReadWritePaths": root,
        "TimeoutStartSec": str(hooks.limits.seconds + _MORE_SECONDS),
        "MemoryMax": str(2 * hooks.limits.memory + _MORE_MEMORY),
    }


def _word(text: str | Path) -> str:
    """Quote and escape a word for a systemd unit."""
    plain = str(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + plain.replace("%", "%%").replace("$", "$$") + '"'
