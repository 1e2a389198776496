"""Count the Chinese literals that do not come from the catalogue, file by file.

    .venv/bin/python tools/chinese_literals.py            # counts
    .venv/bin/python tools/chinese_literals.py --show     # and the literals

A literal is a string of the program, or a run of Chinese in a template or script, that holds a
Chinese letter or mark and is neither a comment nor a docstring.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff01-\uffef]")
# What is looked up in the catalogue, in a template or script: messages and their contexts.
_CALL = re.compile(r'\b[np]?gettext\((?:\s*"(?:[^"\\]|\\.)*"\s*,?)+')
_RUN = re.compile("[\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uff01-\uffef]+")
# What may say Chinese itself, and why.
EXCEPTED: Mapping[str, str] = {
    "jiaozhang/attachments/": "what is looked for in files",
    "jiaozhang/check/": "words of the content format and of notices that are compared",
    "jiaozhang/cli/editor_commands.py": "files that are written for editors",
    "jiaozhang/cli/import_command.py": "files that are written for editors",
    "jiaozhang/cli/messages/": "help and results of the command line, in both languages",
    "jiaozhang/cli/verb_options.py": "words of the content format",
    "jiaozhang/derive/notice_words.py": "the grammar of notices",
    "jiaozhang/derive/spans.py": "how figures write the time that they speak of",
    "jiaozhang/editing/": "files that are written for editors",
    "jiaozhang/faults/": "messages to editors, in both languages side by side",
    "jiaozhang/files/": "descriptions of fields, and the words of the content format",
    "jiaozhang/ledger/": "the words of the content format",
    "jiaozhang/markdown/": "marks and words of the text that is read",
    "jiaozhang/notice/": "the grammar of notices",
    "jiaozhang/personal_data/": "what is looked for in texts",
    "jiaozhang/publisher/": "log lines for operators",
    "jiaozhang/read/": "words of the content format, mapped to symbols",
    "jiaozhang/search/": "tables of letters and of how words are written",
    "jiaozhang/wording/ordinals.py": "how Chinese counts chapters",
    "jiaozhang/wording/po/": "the catalogue",
    "jiaozhang/wording/zh.py": "the catalogue, compiled",
    "static/query.js": "how readers write what they look for",
}


def literals(path: Path) -> list[str]:
    """The Chinese literals of one file, in its order."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return list(_of_program(ast.parse(text)))
    text = _CALL.sub("", text)
    if path.suffix == ".html":
        return _RUN.findall(re.sub(r"(?s){#.*?#}|<!--.*?-->", "", text))
    return _RUN.findall(re.sub(r"(?m)^\s*//.*$|/\*.*?\*/", "", text))


def _of_program(tree: ast.Module) -> Iterator[str]:
    spoken = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_shown = id(node) not in spoken and CHINESE.search(node.value)
            yield from [node.value] if is_shown else []


def by_file() -> dict[str, list[str]]:
    """Every file of program, templates and scripts with such literals, and them."""
    files = (
        *(ROOT / "jiaozhang").rglob("*.py"),
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "static").glob("*.[jc]s*"),
    )
    found = {}
    for path in sorted(files):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(tuple(EXCEPTED)) and (there := literals(path)):
            found[name] = there
    return found


if __name__ == "__main__":
    found = by_file()
    for name, there in found.items():
        print(f"{len(there):5} {name}")
        if "--show" in sys.argv:
            print(*(f"          {one!r}" for one in there), sep="\n")
    print(f"{sum(map(len, found.values())):5} in {len(found)} files")
