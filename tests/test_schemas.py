"""The schemas: current, true of every content file there is, and strict."""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import ClassVar

import jsonschema
import pytest
import yaml
from test_approvals import KINDS as RECORDS
from test_approvals import Spot

from conftest import ROOT, run
from jiaozhang.build.schemas import editor_settings, file_of, schemas
from jiaozhang.read.file_kinds import FILE_KINDS, FileKind

FOLDER = "docs/schemas"
LEDGERS = ("content", "examples/demo")
KINDS = [kind for kind in FILE_KINDS if kind.shape]


class Yaml12(yaml.SafeLoader):
    """Types as editors' tools read them: no days, and no `yes`, `no`, `on` or `off`."""

    yaml_implicit_resolvers: ClassVar = {
        first: [
            (tag, re.compile("true|false|True|False") if tag.endswith(":bool") else pattern)
            for tag, pattern in resolvers
            if not tag.endswith(":timestamp")
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def test_the_committed_schemas_are_current(golden: Callable[[Path, str], None]) -> None:
    for name, text in schemas().items():
        golden(ROOT / FOLDER / name, text)
    assert {file.name for file in (ROOT / FOLDER).iterdir()} == set(schemas())
    for name, text in editor_settings(FOLDER, LEDGERS).items():
        golden(ROOT / name, text)


def test_the_verb_writes_what_is_committed(tmp_path: Path) -> None:
    done = run("schemas", "--out", str(tmp_path / "schemas"))
    assert done.returncode == 0, done.stderr
    written = {file.name: file.read_text("utf-8") for file in (tmp_path / "schemas").iterdir()}
    assert written == dict(schemas())


def test_every_schema_is_one() -> None:
    for text in schemas().values():
        own = json.loads(text)
        jsonschema.validators.validator_for(own).check_schema(own)


def files_of(kind: FileKind) -> Iterator[tuple[str, Path]]:
    for ledger in (*LEDGERS, "."):
        folder = ROOT / ledger
        found = folder.rglob("*") if ledger != "." else folder.glob("site.toml")
        for path in sorted(found):
            key = path.relative_to(folder).as_posix()
            if re.fullmatch(kind.pattern, key):
                yield ledger, path


def value_of(name: str, text: str) -> object:
    if name.endswith(".toml"):
        return tomllib.loads(text)
    return yaml.load(text.split("---\n")[1] if name.endswith(".md") else text, Yaml12)  # noqa: S506


def values_of(kind: FileKind) -> dict[str, object]:
    """Every file of a kind in both ledgers, and the records that the tests of approvals write."""
    texts = {str(path): path.read_text(encoding="utf-8") for _, path in files_of(kind)}
    written = dict(write(Spot(2025, 1, "a"), "甲乙") for write in RECORDS.values())
    texts |= {key: text for key, text in written.items() if re.fullmatch(kind.pattern, key)}
    return {name: value_of(name, text) for name, text in texts.items()}


@cache
def validator_of(file: str) -> jsonschema.Draft7Validator:
    own = json.loads(schemas()[file])
    return jsonschema.Draft7Validator(own, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_content_file_fits_and_none_with_a_key_that_nobody_knows(kind: FileKind) -> None:
    found = values_of(kind)
    assert found
    for name, value in found.items():
        wrong = [error.message for error in validator_of(file_of(kind)).iter_errors(value)]
        assert wrong == [], name
    # At whatever depth, whichever map it stands in.
    value = max(found.values(), key=lambda one: len(list(_maps(one))))
    for at in range(len(list(_maps(value)))):
        odd = copy.deepcopy(value)
        if _is_named_by_editors(odd, at):
            continue
        list(_maps(odd))[at]["zzz"] = 1
        assert not validator_of(file_of(kind)).is_valid(odd), at


def _maps(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for own in inner:
        yield from _maps(own)


def _is_named_by_editors(value: object, at: int) -> bool:
    """Tell whether a map holds names that an editor chooses: the seasons of a ledger."""
    own = list(_maps(value))[at]
    return any(outer.get("seasons") is own for outer in _maps(value))


def test_editors_find_the_schema_of_every_file() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    for kind in KINDS:
        for ledger, path in files_of(kind):
            if path.suffix != ".yaml":
                continue
            name = path.relative_to(ROOT).as_posix()
            fits = [
                schema
                for schema, globs in settings["yaml.schemas"].items()
                if any(name.count("/") == own.count("/") and fnmatch(name, own) for own in globs)
            ]
            assert fits == [f"./{FOLDER}/{file_of(kind)}"], (ledger, name)
