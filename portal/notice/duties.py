"""The language of 责任单位: which bodies a cell names, and whether one of them leads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.record import ResponsibilityRule

_JOINT = "按职责分工负责"
# Words that give single bodies a part of their own: the cell then says more than a list.
_PARTS = re.compile("牵头|配合|负责|参与|会同|等")


@dataclass(frozen=True, slots=True)
class Duties:
    """The names as printed, the rule, and what a person has to decide (empty when nothing)."""

    units: tuple[str, ...]
    rule: ResponsibilityRule
    doubt: str


def read_duties(cell: str, remark: str) -> Duties:
    """Read a unit cell; `remark` is the notice's own 注, without which nobody is said to lead."""
    joint = cell.endswith(_JOINT)
    names = tuple(_names(cell.removesuffix(_JOINT)))
    if joint:
        return Duties(names, "joint", _doubt(names))
    doubt = _doubt(names)
    if not doubt and len(names) > 1 and not _first_leads(remark):
        doubt = "文件没有注明第一位牵头，请核对哪一家牵头"
    return Duties(names, "first-leads", doubt)


def _first_leads(remark: str) -> bool:
    return "第一位的为牵头单位" in remark


def _names(cell: str) -> list[str]:
    """Part names at newlines and 、, but not inside brackets: 市外办（市港澳办） is one body."""
    parts = re.split(r"[\n、](?![^（]*）)", cell)
    return [part.strip(" ") for part in parts if part.strip(" ")]


def _doubt(names: tuple[str, ...]) -> str:
    odd = next((name for name in names if _PARTS.search(name)), "")
    return f"“{odd[:30]}”不像单位名称" if odd else ""
