"""JSON Schemas of every kind of content file and of tasks.json, as files.

Text editors use those of the content to complete and check a file while it is typed; the checker
itself is stricter (docs/diagnostics.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from jiaozhang.files.shape import schema_of
from jiaozhang.pages.downloads.json_file import json_text
from jiaozhang.pages.downloads.task_json import task_schema
from jiaozhang.read.file_kinds import FILE_KINDS, FileKind

_DRAFT = "http://json-schema.org/draft-07/schema#"


def schemas() -> Mapping[str, str]:
    """Every schema as JSON text, by file name."""
    own = {file_of(kind): _text(kind) for kind in FILE_KINDS if kind.shape}
    return {**own, "tasks.schema.json": json_text(task_schema())}


def file_of(kind: FileKind) -> str:
    """The file name of a kind's schema: internal-blockers.schema.json."""
    return f"{kind.name.replace('/', '-')}.schema.json"


def editor_settings(folder: str, ledgers: Sequence[str]) -> Mapping[str, str]:
    """Settings with which text editors find the schemas in `folder` for the files of some ledgers.

    For Visual Studio Code with its YAML extension (other editors read its workspace too), and for
    Taplo, which several editors use for TOML.
    """
    shown = [kind for kind in FILE_KINDS if kind.shape and kind.example.endswith(".yaml")]
    settings = {
        "yaml.yamlVersion": "1.2",
        "yaml.schemas": {
            f"./{folder}/{file_of(kind)}": [f"{ledger}/{_glob(kind)}" for ledger in ledgers]
            for kind in shown
        },
    }
    site = next(kind for kind in FILE_KINDS if kind.name == "site")
    taplo = (
        '[[rule]]\ninclude = ["**/site.toml"]\n\n'
        f'[rule.schema]\npath = "./{folder}/{file_of(site)}"\n'
    )
    return {
        ".vscode/settings.json": json.dumps(settings, ensure_ascii=False, indent=2) + "\n",
        ".taplo.toml": taplo,
    }


def _text(kind: FileKind) -> str:
    assert kind.shape is not None  # noqa: S101 - the caller asks for no other
    own = schema_of(kind.shape)
    whole = {"type": "array", "items": own} if kind.is_list else own
    titled = {"$schema": _DRAFT, "title": f"{kind.example} {kind.title}", **whole}
    return json.dumps(titled, ensure_ascii=False, indent=1) + "\n"


def _glob(kind: FileKind) -> str:
    """The glob pattern for the files of a kind; variable parts of the example become stars."""
    *folders, name = kind.example.split("/")
    is_only = kind.pattern.endswith(re.escape(name))
    shown = ["*" if folder.isdigit() else folder for folder in folders]
    return "/".join((*shown, name if is_only else "*.yaml"))
