"""Hooks of a bare repository: a push with errors is refused, any other is published."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jiaozhang.files.bounds import DEFAULT, Bounds, size_as_option
from jiaozhang.files.output_folder import write_file
from jiaozhang.processes.limits import DEFAULT as DEFAULT_LIMITS
from jiaozhang.processes.limits import Limits
from jiaozhang.publisher.commits import hooks_folder

HOOKS = ("pre-receive", "post-receive")
# Each hook we write contains the first mark, so that a foreign hook is never overwritten. The
# second mark is from before the program was renamed.
_MARKS = ("# jiaozhang: written by install-hooks", "# portal: written by install-hooks")


class HookError(Exception):
    """There is a hook that this program did not write."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """Values for the hooks; `program` is the command that starts it from any folder."""

    program: tuple[str, ...]
    root: Path
    branch: str
    content: str
    audience: str
    keep: int
    trusted: bool
    language: str
    bounds: Bounds = DEFAULT
    limits: Limits = DEFAULT_LIMITS

    @property
    def words(self) -> str:
        """The command-line options that limit a commit's content and the cost of building it."""
        bounds, limits = self.bounds, self.limits
        return (
            f"--limit-memory {size_as_option(limits.memory)} --limit-time {limits.seconds} "
            f"--limit-files {bounds.files} --limit-file-size {size_as_option(bounds.file)} "
            f"--limit-size {size_as_option(bounds.total)}"
        )


def install_hooks(repository: Path, samples: Path, hooks: Hooks) -> tuple[Path, ...]:
    """Write both hooks; if one is foreign, raise `HookError` before writing anything."""
    folder = hooks_folder(repository)
    paths = tuple(folder / name for name in HOOKS)
    for path in paths:
        if path.exists() and not _is_ours(path):
            raise HookError(str(path))
    for path in paths:
        text = (samples / path.name).read_text(encoding="utf-8")
        for begun, line in _lines(hooks, path.name).items():
            text = _set(text, begun, line)
        write_file(path, text.encode())
        path.chmod(0o755)
    return paths


def _is_ours(hook: Path) -> bool:
    text = hook.read_text(encoding="utf-8", errors="replace")
    return any(mark in text for mark in _MARKS)


def _lines(hooks: Hooks, hook: str) -> Mapping[str, str]:
    """The lines of a hook to be replaced, by their prefix."""
    # Where both audiences are published, a push is refused for errors of the intranet's site; see
    # the hook.
    stopped = "public" if hooks.audience == "public" else "intranet"
    values = {
        "root": str(hooks.root),
        "branch": hooks.branch,
        "content": hooks.content,
        "audience": stopped if hook == "pre-receive" else hooks.audience,
        "keep": str(hooks.keep),
        "trusted": "--trusted" if hooks.trusted else "",
        "lang": hooks.language,
        "limits": hooks.words,
    }
    return {
        "jiaozhang() {": f'jiaozhang() {{ {shlex.join(hooks.program)} "$@"; }}',
        **{f"{name}=": f"{name}={shlex.quote(value)}" for name, value in values.items()},
    }


def _set(text: str, begun: str, line: str) -> str:
    """Replace the line with the prefix `begun`, if the hook has one."""
    return "\n".join(line if own.startswith(begun) else own for own in text.split("\n"))
