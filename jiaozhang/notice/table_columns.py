"""Identify columns by their headings, which vary in wording and order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# A heading gets the first role with a matching name. Within a role earlier names take precedence.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "number": ("序号", "编号", "项目序号", "任务序号"),
    "lead": ("牵头单位", "牵头部门", "主要责任单位", "牵头责任单位"),
    "support": ("配合单位", "配合部门", "协办单位", "参与单位", "协同单位"),
    "units": ("责任单位", "责任部门", "承办单位", "责任主体", "落实单位"),
    "leaders": (
        "分管市领导",
        "责任领导",
        "分管领导",
        "牵头领导",
        "责任市领导",
        "市领导",
        "分管副市长",
    ),
    "deadline": ("完成时限", "时限", "完成时间", "时间要求", "时限要求", "时间节点", "办结时限"),
    "text": (
        "重点工作",
        "工作内容",
        "任务内容",
        "工作任务",
        "重点任务",
        "具体任务",
        "具体内容",
        "任务",
    ),
    "section": ("主要任务", "任务类别", "类别", "分类", "工作领域", "领域", "板块", "所属领域"),
}
_LEAST = ("text",)


@dataclass(frozen=True, slots=True)
class Columns:
    """Map each role to the index of its column; missing roles are absent."""

    at: Mapping[str, int]
    headings: tuple[str, ...]

    @property
    def width(self) -> int:
        return len(self.headings)


def columns_of(headings: Iterable[str]) -> Columns | None:
    """Recognise a row of headings; None for any other row."""
    names = tuple(_plain_heading(heading) for heading in headings)
    at: dict[str, int] = {}
    for role, known in _NAMES.items():
        found = next((names.index(name) for name in known if name in names), None)
        if found is not None:
            at[role] = found
    if "text" not in at and "section" in at:
        # A table with one column of tasks may head it 主要任务.
        at["text"] = at.pop("section")
    has_duties = any(role in at for role in ("units", "lead"))
    if not all(role in at for role in _LEAST) or not has_duties:
        return None
    return Columns(at, names)


def is_heading(text: str) -> bool:
    """Tell whether a cell is the heading of some column."""
    return any(_plain_heading(text) in known for known in _NAMES.values())


def wanted() -> str:
    """The required columns, for a message."""
    return "重点工作、责任单位（或牵头单位），最好还有序号、主要任务、完成时限、分管市领导"


def _plain_heading(text: str) -> str:
    return re.sub(r"[\s\u3000*＊：:]+|（.*?）|\(.*?\)", "", text)
