"""The scripts of the pages: linted, type-checked, and tried under node without a browser.

`npm ci` brings the checkers, with the versions of package-lock.json; nothing of them is served.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from conftest import ROOT
from jiaozhang.search.document import Also, DocumentField, SearchDocument
from jiaozhang.search.index import index

Tool = Callable[..., str]
SCRIPTS = ROOT / "tests" / "scripts"
BINARIES = ROOT / "node_modules" / ".bin"


def run(*words: str, told: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=ROOT, input=told, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="session")
def node(tool: Tool) -> str:
    return tool("node", "nodejs")


@pytest.mark.parametrize("file", sorted(SCRIPTS.glob("*.test.js")), ids=lambda file: file.stem)
def test_the_scripts_do_what_they_say(node: str, file: Path) -> None:
    done = run(node, "--test", str(file))
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("checker", "options"), [("biome", ("lint", "--error-on-warnings")), ("tsc", ())]
)
def test_the_checkers_of_scripts_find_nothing(
    tool: Tool, node: str, checker: str, options: Sequence[str]
) -> None:
    done = run(node, tool(str(BINARIES / checker)), *options)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("checker", "options", "fault"),
    [("biome", ("lint", "--error-on-warnings"), "noUnusedVariables"), ("tsc", (), "TS2322")],
)
def test_the_checkers_of_scripts_object_where_there_is_reason(
    tool: Tool, node: str, tmp_path: Path, checker: str, options: Sequence[str], fault: str
) -> None:
    """With the settings that the scripts are checked by."""
    for name in ("biome.json", "tsconfig.json"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    (tmp_path / "static").mkdir()
    script = '"use strict";\n(() => {\n  /** @type {number} */\n  const a = "b";\n})();\n'
    (tmp_path / "static" / "a.js").write_text(script, encoding="utf-8")
    words = (node, tool(str(BINARIES / checker)), *options)
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode != 0 and fault in done.stdout + done.stderr


def test_the_lock_of_the_checkers_is_exact_and_names_no_registry() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert "resolved" not in json.dumps(lock)
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all(one["integrity"].startswith("sha512-") for name, one in lock.items() if name)


TEXTS = ["老旧小区改造", "新增停车泊位", "PM2.5浓度降到38", "建成地铁8号线", "银行网点进社区"]
# A token of the build, and what is typed for it.
TYPED = [
    ("laojiuxiaoqu", 0),
    ("ljxq", 0),
    ("老 旧 小 区", 0),
    ("tingche", 1),
    ("车位", 1),
    ("ＰＭ２．５", 2),
    ("pm2", 2),
    ("第33项", 2),
    ("dtei", None),
    ("yinhang", 4),
    ("银行 社区", 4),
    ("機場", None),
]


def test_what_the_build_indexes_is_found_by_the_query_side(node: str, tmp_path: Path) -> None:
    """Both sides of the index agree: by every part of two characters or more, and as one types."""
    documents = [
        SearchDocument(
            "task",
            f"{at}/",
            "",
            text,
            "",
            (DocumentField("", text, 3),),
            also=(Also("停车泊位", ("车位",), 2),) if "停车" in text else (),
            number=(2025, at + 31),
        )
        for at, text in enumerate(TEXTS)
    ]
    made = index(documents)
    for address, text in made.files.items():
        (tmp_path / address).write_text(text, encoding="utf-8")
    chinese = [(at, text) for at, text in enumerate(TEXTS) if text.isalpha()]
    parts = [
        (text[start:end], at)
        for at, text in chinese
        for start in range(len(text))
        for end in range(start + 2, len(text) + 1)
    ]
    assert len(parts) > 30
    asked = parts + TYPED
    queries = "\n".join(query for query, _ in asked)
    words = (node, str(SCRIPTS / "find.js"), str(tmp_path))
    done = run(*words, made.manifest, told=queries)
    assert done.returncode == 0, done.stderr
    for (query, at), (full, _) in zip(asked, json.loads(done.stdout), strict=True):
        assert full == ([] if at is None else [at]), query
