"""The documents that are made from the code, so that they cannot be wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conftest import ROOT, parts_of
from jiaozhang.faults.messages import GROUPS, Message
from jiaozhang.files.fields import Shape
from jiaozhang.read.file_kinds import FILE_KINDS

# What is about a file as a whole is shown well by the file and its place, not by a text.
GOOD_PLACES: dict[str, str] = {
    "no-content": "python3 build.py check --content mycity    文件夹里有 units.yaml 和 2025/",
    "unreadable-file": "-rw-r--r--  content/2025/tasks/002.yaml    自己能读",
    "unread-file": "content/2025/tasks/002.yaml    三位序号，.yaml 结尾，放在 tasks/ 里",
    "misnamed-file": "content/2025/notes/023/2025-06-30-kejiju.md    序号三位，日期写全，.md 结尾",
    "copied-file": "content/2025/notes/023/2025-06-30-kejiju.md    只留这一个",
    "attachment-too-large": "content/2025/notes/001/2025-06-30-kejiju/damen.jpg    0.4 MB",
    "not-yet": "date: 2025-06-30    数据截至 2025-07-03",
    "not-yet-more": "python3 build.py build    不写 --as-of，就是今天",
    "too-many-files": "$ find content -type f | wc -l    不到 20000",
    "content-too-large": "$ du -sh content    不到 512M",
    "folder-too-deep": "content/2025/internal/notes/023/2025-06-30-kejiju.md",
    "path-too-long": "content/2025/notes/023/2025-06-30-kejiju.md",
    "symlink": "content/2025/tasks/002.yaml    文件本身，不是链接",
    "special-file": "content/2025/tasks/002.yaml    普通文件",
    "reserved-name": "content/2025/notes/001/2025-06-30-kejiju.md    小写字母、数字和连字符",
    "case-collision": "content/2025/notice.md    只有这一个",
    "file-too-large": "content/2025/tasks/002.yaml    1 KB 左右",
    "line-too-long": "text: 原文写在一行里，通常不超过 200 字",
    "not-utf8": "content/2025/notice.md    另存为 UTF-8",
    "no-ledger": "content/2025/ledger.yaml",
    "no-site": 'mycity/site.toml    name = "示例市政府重点工作"，standing = "unofficial"',
    "year-without-ledger": "content/2026/ledger.yaml\ncontent/2026/tasks/001.yaml",
    "no-registry": "content/units.yaml\ncontent/districts.yaml\ncontent/leaders.yaml",
    "no-lock": "content/2025/notice.lock    由 import 写出，和任务文件一起提交",
    "lock-missing": "content/2025/notice.lock    每项一行，由 import --accept 更新",
    "lock-broken": "text: 和文件原文一字不差",
    "lock-syntax": "001 （64 位校验值）    由 import 写出，不手改",
    "lock-surplus": "content/2025/tasks/002.yaml    每一行对应一个任务文件",
    "broken-link": "见[第 24 项](../024/)，[公告](https://example.org/a)",
    "redirect-taken": "- {from: 2025/units/kejiwei/, to: 2025/units/kejiju/}    旧网址已经没有页面",
    "redirect-nowhere": "- {from: 2025/units/kejiwei/, to: 2025/units/kejiju/}    新网址现在有页面",
    "vanished-address": "- {from: 2025/units/kejiwei/, to: 2025/units/kejiju/}",
    "notice-form": "python3 build.py import 文件.docx --year 2025",
    "notice-costly": "python3 build.py import 文件.docx --year 2025    只有一张任务表",
    "notice-broken": "python3 build.py import 文件.docx --year 2025    先用 Word 打开，另存一份",
    "attachment-name": "content/2025/notes/001/2025-06-30-kejiju/damen.jpg",
    "picture-unsound": "content/2025/notes/001/2025-06-30-kejiju/damen.jpg    完整，能打开",
    "attachment-form": "content/2025/notes/001/2025-06-30-kejiju/damen.jpg    真的是 JPEG",
    "attachment-words": "damen.jpg    属性里没有拍摄地点、相机、作者",
    "pdf-words": "fangan.pdf    属性里没有作者，没有批注，没有附件；有软件的名称不要紧",
    "pdf-unreadable": "fangan.pdf    不要密码，用软件重新导出",
    "attachment-missing": "![实验室的大门](2025-06-30-kejiju/damen.jpg)",
    "attachment-unused": "![实验室的大门](2025-06-30-kejiju/damen.jpg)",
    "image-without-words": "![实验室的大门](2025-06-30-kejiju/damen.jpg)",
}


def fields_document() -> str:
    """docs/fields.md: every file and field, from the tables that drive the reader."""
    parts = [
        "# 文件和字段\n\n"
        "这一页由程序里的字段表生成，和读文件时用的是同一份。"
        "文件放在哪里见[编辑指南](编辑指南.md)。\n"
    ]
    shared: dict[str, tuple[Shape, list[str]]] = {}
    for kind in FILE_KINDS:
        if kind.shape is None:
            continue
        path = re.sub("^[0-9]{4}/", "", kind.example)
        is_front = " 开头" if path.endswith(".md") else ""
        is_list = "，一个列表" if kind.is_list else ""
        parts.append(_table(f"{path}{is_front}：{kind.title}{is_list}", kind.shape))
        for name, shape in _nested(kind.shape):
            if _uses(shape) == 1:
                parts.append(_table(f"{path} 的 {name}", shape))
            else:
                names = shared.setdefault(shape.name, (shape, []))[1]
                names += [name] * (name not in names)
    parts += [_table("、".join(names), shape) for shape, names in shared.values()]
    return "".join(parts)


def _table(heading: str, shape: Shape) -> str:
    rows = (
        f"| `{field.name}` | {'是' if field.required else ''} "
        f"| {field.kind.words} | {field.meaning} |\n"
        for field in shape.fields
    )
    head = f"\n## {heading}\n\n| 项目 | 必填 | 写法 | 意思 |\n| --- | --- | --- | --- |\n"
    return head + "".join(rows)


def _nested(shape: Shape) -> Iterator[tuple[str, Shape]]:
    """Maps within a map, each by the name of its entry, at whatever depth."""
    for field in shape.fields:
        if field.kind.shape:
            yield field.name, field.kind.shape
            yield from _nested(field.kind.shape)


def _uses(shape: Shape) -> int:
    """How many kinds of file have such a map in them."""
    own = [[one for _, one in _nested(kind.shape)] for kind in FILE_KINDS if kind.shape]
    return sum(shape in one for one in own)


def diagnostics_documents() -> dict[str, str]:
    """docs/diagnostics.md and a page for each code, with a bad and a good example."""
    index = [
        "# 报错说明\n\n"
        "`python3 build.py check` 一次列出全部问题。每条的第一行是\n"
        "`文件:行:列: error[代码]: 说明`，下面是那一行和插入符，最后是怎么办。\n"
        "`error` 表示有错，网站不更新，旧网站原样保留；`warning` 只是提醒。\n"
        "`--lang en` 换成英文；`--format` 可以换成 "
        "`json`、`github`、`gitlab`、`markdown`，给程序和代码托管平台用。\n\n"
        "代码定了就不改，可以用来搜索。每一页的例子就是测试用例，由程序生成。\n"
    ]
    pages = {}
    for heading, group in GROUPS:
        index.append(f"\n## {heading}\n\n")
        for code, message in group.items():
            index.append(f"- [{code}](diagnostics/{code}.md)：{_filled(message.said['zh'])}\n")
            pages[f"diagnostics/{code}.md"] = _code_page(code, message)
    return {"diagnostics.md": "".join(index), **pages}


def _code_page(code: str, message: Message) -> str:
    said, advice = _filled(message.said["zh"]), _filled(message.advice["zh"])
    parts = [f"# {code}\n\n{said}。\n\n**怎么办**：{advice}。\n"]
    folder = ROOT / "tests" / "diagnostics"
    is_notice = (folder / "notices" / f"{code}.txt").exists()
    case = folder / "notices" / f"{code}.txt" if is_notice else folder / f"{code}.txt"
    if case.exists():
        given, said, good = parts_of(case)
        parts.append(f"\n## 这样写会报错\n\n```\n{said.rstrip()}\n```\n")
        lines = good.rstrip() if is_notice else _changed(given, good)
        if lines:
            parts.append(f"\n## 应该这样写\n\n```\n{lines}\n```\n")
    if code in GOOD_PLACES:
        parts.append(f"\n## 应该是这样\n\n```\n{GOOD_PLACES[code]}\n```\n")
    parts.append("\n[全部报错](../diagnostics.md)\n")
    return "".join(parts)


def _changed(given: str, good: str) -> str:
    """The lines of the good files that the bad ones lack; the whole where nothing was changed."""
    before = given.splitlines()
    lines = [line for line in good.splitlines() if line not in before and line[:3] != "-- "]
    return "\n".join(lines) or "\n".join(good.splitlines()[1:])


def _filled(text: str) -> str:
    """A message without its facts; the example below it has them."""
    return re.sub(r"\{\w+\}", "……", text)
