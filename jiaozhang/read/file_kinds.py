"""Every kind of content file: its path pattern and its fields.

The parser, the reference of all fields and the JSON Schemas are made from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jiaozhang.files.shape import Shape
from jiaozhang.ledger.record_kinds import RECORD_KINDS, Layout, RecordKind
from jiaozhang.read.event_files import EVENT_FILES
from jiaozhang.read.ledger_file import LEDGER, PERSONS_FILE
from jiaozhang.read.note_file import NOTE
from jiaozhang.read.redirects_file import REDIRECT
from jiaozhang.read.registry_files import ALIAS, DISTRICT_SHAPE, LEADER, SITE, UNIT
from jiaozhang.read.single_records import PAPERS
from jiaozhang.read.task_file import TASK

# Years that are plausible for a ledger; [0-9], since \d would match full-width digits too.
YEAR = r"(1949|19[5-9][0-9]|2[01][0-9]{2})"
_TASK = r"((?!000)[0-9]{3})"
_DATED = r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?"
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its path pattern, an example path, and its Chinese title.

    `shape` has the fields of the file, or of each list item if `is_list`, or of a Markdown file's
    front matter. Files without a shape have a text format of their own.
    """

    name: str
    pattern: str
    example: str
    title: str
    shape: Shape | None = None
    is_list: bool = False


# File names below the kind's folder, for each layout.
_LAYOUTS: Mapping[Layout, tuple[str, str]] = {
    "note": (rf"{_TASK}/{_DATED}-{_SLUG}\.md", "023/2025-06-30-kejiju.md"),
    "list": (rf"{_TASK}\.yaml", "023.yaml"),
    "task-day": (rf"{_TASK}-{_DATED}(?:-{_SLUG})?\.yaml", "023-2025-06-30.yaml"),
    "task": (rf"{_TASK}-{_SLUG}\.yaml", "023-tongguan.yaml"),
    "day": (rf"{_DATED}-{_SLUG}\.yaml", "2025-06-30-kejiju.yaml"),
}
_SHAPES: Mapping[str, Shape] = {
    "notes": NOTE,
    **{folder: kind.shape for folder, kind in EVENT_FILES.items()},
    **{folder: kind.shape for folder, kind in PAPERS.items()},
}


def _records(kind: RecordKind) -> FileKind:
    pattern, example = _LAYOUTS[kind.layout]
    # A note may be below `internal` too, and is then for the intranet only.
    folder = rf"(?:internal/)?{kind.folder}" if kind.layout == "note" else kind.folder
    return FileKind(
        kind.folder,
        f"{YEAR}/{folder}/{pattern}",
        f"2025/{kind.folder}/{example}",
        kind.title,
        _SHAPES[kind.folder],
        kind.layout == "list",
    )


# To add a kind of file, add a row here and its parser in `content`.
FILE_KINDS: tuple[FileKind, ...] = (
    *(_records(kind) for kind in RECORD_KINDS if kind.layout in _LAYOUTS),
    FileKind("task", rf"{YEAR}/tasks/{_TASK}\.yaml", "2025/tasks/023.yaml", "一项重点工作", TASK),
    FileKind("ledger", rf"{YEAR}/ledger\.yaml", "2025/ledger.yaml", "一年的台账", LEDGER),
    FileKind(
        "persons",
        rf"{YEAR}/internal/persons/[a-z0-9-]+\.yaml",
        "2025/internal/persons/kejiju.yaml",
        "单位人员，只在内网版显示",
        PERSONS_FILE,
    ),
    FileKind("units", r"units\.yaml", "units.yaml", "责任单位", UNIT, True),
    FileKind("districts", r"districts\.yaml", "districts.yaml", "各区", DISTRICT_SHAPE, True),
    FileKind("leaders", r"leaders\.yaml", "leaders.yaml", "分管市领导", LEADER, True),
    FileKind("aliases", r"aliases\.yaml", "aliases.yaml", "大家的说法", ALIAS, True),
    FileKind(
        "redirects",
        r"(?:internal/)?redirects\.yaml",
        "redirects.yaml",
        "搬走或撤下的网址",
        REDIRECT,
        True,
    ),
    FileKind("site", r"site\.toml", "site.toml", "网站设置", SITE),
    FileKind("notice", rf"{YEAR}/notice\.md", "2025/notice.md", "文件原文"),
    FileKind("lock", rf"{YEAR}/notice\.lock", "2025/notice.lock", "原文的校验值"),
)
