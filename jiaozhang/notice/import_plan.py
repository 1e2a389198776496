"""Plan the changes of an import without touching a file.

Existing files are not overwritten. Only with `accept`, and only if the notice itself now prints
other words, the four verbatim lines of a task are replaced; the rest stays.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from jiaozhang.faults.diagnostic import Diagnostic, Place
from jiaozhang.files.fields import Faults
from jiaozhang.files.source import Source
from jiaozhang.files.yaml_tree import Document, parse_yaml
from jiaozhang.notice.grid import Grid
from jiaozhang.notice.new_names import NewName, all_names, new_districts, new_leaders, new_units
from jiaozhang.notice.next_year import notes_on
from jiaozhang.notice.propose import Doubt, ProposedLedger, ProposedTask, propose
from jiaozhang.notice.proposed_files import entries_text, ledger_file, task_file, verbatim
from jiaozhang.notice.task_table import read_notice
from jiaozhang.notice.text_lock import digest, lock_text
from jiaozhang.read.registry_files import Registry, read_districts, read_leaders, read_units
from jiaozhang.read.task_file import read_task

T = TypeVar("T")

_HEADS = {
    "units.yaml": "# 责任单位。slug 是网址里的名字，定了就不改；别的叫法写进 aliases。\n",
    "districts.yaml": "# 各区，按 GB/T 2260 行政区划代码。\n",
    "leaders.yaml": "# 分管市领导。display 保留文件里两字姓名的排法。\n",
}


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file to write: its key, its new text, and its old text (`None`: a new file)."""

    key: str
    text: str
    before: str | None

    def difference(self) -> str:
        """A unified diff, for a person to read."""
        before = (self.before or "").splitlines()
        after = self.text.splitlines()
        return "\n".join(difflib.unified_diff(before, after, self.key, self.key, lineterm="", n=0))


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """`changes` are to be written; files in `kept` differ from the proposal and stay unchanged.

    `conflicts` are tasks whose printed words differ from the notice: they are written only with
    `accept`. `doubts` are (place, line in the notice, reason); `notes` compare with the year
    before.
    """

    changes: tuple[FileChange, ...]
    kept: tuple[FileChange, ...]
    conflicts: tuple[FileChange, ...]
    unchanged: int
    doubts: tuple[tuple[str, Doubt, Place], ...]
    notes: tuple[str, ...]


def plan_import(
    grid: Grid | None, whole: Place, year: int, existing: Mapping[str, Source], accept: bool
) -> tuple[ImportPlan | None, tuple[Diagnostic, ...]]:
    """Compare a notice with the existing files; refuse a notice whose table cannot be parsed.

    `whole` is the place of the notice's file.
    """
    read, faults = read_notice(grid, whole)
    if read is None:
        return None, faults
    ledger = propose(read, year)
    plan = _Plan(existing, accept)
    for name, entries in _registries(ledger, existing).items():
        plan.append(name, entries)
    plan.create(f"{year}/ledger.yaml", ledger_file(ledger))
    plan.create(f"{year}/notice.md", ledger.notice)
    for task in ledger.tasks:
        plan.task(f"{year}/tasks/{task.number:03}.yaml", task)
    plan.lock(f"{year}/notice.lock", lock_text(ledger.tasks))
    doubts = [
        (f"{year}/tasks/{task.number:03}.yaml", doubt, task.place)
        for task in ledger.tasks
        for doubt in task.doubts
        if f"{year}/tasks/{task.number:03}.yaml" not in existing
    ]
    if f"{year}/ledger.yaml" not in existing:
        doubts += [(f"{year}/ledger.yaml", doubt, whole) for doubt in ledger.doubts]
    return plan.done([*doubts, *plan.doubts], notes_on(ledger, existing)), ()


class _Plan:
    """Collects the changes while the plan is made."""

    def __init__(self, existing: Mapping[str, Source], accept: bool) -> None:
        self.existing = existing
        self.accept = accept
        self.changes: list[FileChange] = []
        self.kept: list[FileChange] = []
        self.conflicts: list[FileChange] = []
        self.unchanged = 0
        self.doubts: list[tuple[str, Doubt, Place]] = []

    def done(self, doubts: list[tuple[str, Doubt, Place]], notes: tuple[str, ...]) -> ImportPlan:
        return ImportPlan(
            tuple(self.changes),
            tuple(self.kept),
            tuple(self.conflicts),
            self.unchanged,
            tuple(doubts),
            notes,
        )

    def before(self, key: str) -> str | None:
        return self.existing[key].text if key in self.existing else None

    def create(self, key: str, text: str) -> None:
        change = FileChange(key, text, self.before(key))
        if change.before is None:
            self.changes.append(change)
        elif change.before == text:
            self.unchanged += 1
        else:
            self.kept.append(change)

    def append(self, key: str, entries: tuple[NewName, ...]) -> None:
        """Append new names to a registry; existing entries stay unchanged."""
        before = self.before(key)
        if not entries:
            self.unchanged += before is not None
            return
        start = before if before is not None else _HEADS[key]
        joint = "" if start.endswith("\n") else "\n"
        self.changes.append(FileChange(key, start + joint + entries_text(entries), before))
        for entry in entries:
            name = dict(entry.fields)["name"]
            place = Place(f"{key}（{name}）")
            self.doubts += [(key, doubt, place) for doubt in entry.doubts]

    def task(self, key: str, task: ProposedTask) -> None:
        filed = self.existing.get(key)
        if filed is None or filed.text == task_file(task) or _same_words(filed, task):
            self.create(key, task_file(task))
            return
        doubt = Doubt("text", "原文有更正，请核对标题、条款和指标")
        change = FileChange(
            key, _with_words(filed.text, replace(task, doubts=(doubt,))), filed.text
        )
        (self.changes if self.accept else self.conflicts).append(change)

    def lock(self, key: str, text: str) -> None:
        before = self.before(key)
        if before is not None and before != text and not self.accept:
            self.conflicts.append(FileChange(key, text, before))
        elif before == text:
            self.unchanged += 1
        else:
            self.changes.append(FileChange(key, text, before))


def _same_words(filed: Source, task: ProposedTask) -> bool:
    """Tell whether a filed task has the notice's words, whatever else was edited."""
    document, _ = parse_yaml(filed)
    if document is None:
        return False
    read = read_task(document, task.number, Faults(document))
    return read is not None and digest(read.public) == digest(task)


def _with_words(text: str, task: ProposedTask) -> str:
    """Replace the four verbatim entries of a task file, and mark the task unsettled."""
    for line in verbatim(task):
        name = line.split(":")[0]
        # An entry ends before the next line with a key; list items may be unindented.
        entry = rf"(?m)^{name}:.*\n(?:(?:[ \t]|- ).*\n)*"
        text = re.sub(entry, line.replace("\\", r"\\") + r"\n", text)
    doubt = f"  - {{field: text, reason: {task.doubts[0].reason}}}\n"
    if re.search("(?m)^unsettled:", text):
        return re.sub("(?m)^(unsettled:.*\n)", rf"\1{doubt}", text)
    return text + f"unsettled:\n{doubt}"


def _registries(
    ledger: ProposedLedger, existing: Mapping[str, Source]
) -> dict[str, tuple[NewName, ...]]:
    units = [entry.value for entry in _read(existing, "units.yaml", read_units)]
    districts = [entry.value for entry in _read(existing, "districts.yaml", read_districts)]
    leaders = [entry.value for entry in _read(existing, "leaders.yaml", read_leaders)]
    return {
        "units.yaml": new_units(
            ledger,
            all_names((unit.name, unit.aliases) for unit in units),
            frozenset(unit.id for unit in units),
        ),
        "districts.yaml": new_districts(
            ledger,
            frozenset(district.name for district in districts),
            frozenset(district.id for district in districts),
        ),
        "leaders.yaml": new_leaders(
            ledger,
            frozenset(leader.name for leader in leaders),
            frozenset(leader.id for leader in leaders),
        ),
    }


def _read(
    existing: Mapping[str, Source], key: str, read: Callable[[Document, Faults], Registry[T]]
) -> Registry[T]:
    source = existing.get(key)
    document = parse_yaml(source)[0] if source else None
    return read(document, Faults(document)) if document else ()
