"""The grammar of 责任单位: the units in a cell, and whether one of them leads."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jiaozhang.ledger.public import LeadFrom, ResponsibilityRule
from jiaozhang.notice.word_lists import parts_of

_JOINT = "按职责分工负责"
# Words that give single units a role: the cell is then more than a list.
_PARTS = re.compile("牵头|配合|负责|参与|会同|等$")
_NOBODY = {"", "无", "—", "-", "/"}
# The level of government that a list may omit after its first name: 省科技厅、财政厅.
_LEVEL = re.compile("^[省市区县州]")
# Phrases meaning that the first of a list leads.
_FIRST_LEADS = re.compile(
    "(?:第一|首)[位个家名]?[^，。；]{0,8}牵头|牵头[^，。；]{0,8}(?:第一|首)[位个家名]"
)
_MOST_OF_RULE = 200
_BODY = re.compile(".*[局厅委办院]$")


@dataclass(frozen=True, slots=True)
class Duties:
    """The names as printed, the rule, and what a person must decide (empty if nothing).

    `lead_from` says what in the row distinguishes the leading unit: columns or words.
    """

    units: tuple[str, ...]
    rule: ResponsibilityRule
    doubt: str
    lead_from: LeadFrom | None = None


def rule_of(remark: str, prose: tuple[str, ...]) -> str:
    """The notice's statement on who leads: its remark, else a sentence of its text.

    >>> rule_of("注：责任单位列第一位的为牵头单位。", ())
    '责任单位列第一位的为牵头单位。'
    """
    plain = re.sub("^(?:备?注|说明)[：:]", "", remark)
    if _FIRST_LEADS.search(plain) and len(plain) <= _MOST_OF_RULE:
        return plain
    sentences = (part for text in (plain, *prose) for part in re.findall("[^。；]+[。；]?", text))
    found = (part.strip() for part in sentences if _FIRST_LEADS.search(part))
    return next((part for part in found if len(part) <= _MOST_OF_RULE), "")


def read_duties(cell: str, rule: str) -> Duties:
    """Parse a unit cell; `rule` is the notice's statement on who leads: without it no unit does."""
    flat = re.sub(r"[\s。]+$", "", cell)
    parts = re.split("[，；;]", flat)
    said = re.fullmatch("由?(.+?)牵头", parts[0])
    if said and all(part.endswith(("配合", "参与")) for part in parts[1:]):
        read = read_parted(said[1], "、".join(part[:-2] for part in parts[1:]))
        return replace(read, lead_from="words")
    if flat.endswith(_JOINT):
        names = _names(flat.removesuffix(_JOINT))
        return Duties(names, "joint", _doubt(names))
    if parts[0].endswith(_JOINT):
        names = _names("、".join(re.sub(f"{_JOINT}$|配合$", "", part) for part in parts))
        return Duties(names, "joint", "有的单位共同负责，有的配合，请核对怎样记")
    names = _names(flat)
    doubt = _doubt(names)
    if not doubt and len(names) > 1 and not _FIRST_LEADS.search(rule):
        doubt = "文件没有注明第一位牵头，请核对哪一家牵头"
    return Duties(names, "first-leads", doubt)


def read_parted(lead: str, support: str) -> Duties:
    """Parse the cells of a table with separate columns for 牵头单位 and 配合单位."""
    leads, supports = _names(lead), _names(support)
    names = tuple(dict.fromkeys(leads + supports))
    doubt = _doubt(names)
    if not doubt and len(leads) != 1:
        doubt = f"牵头单位有{len(leads)}家，程序只能记第一家牵头，请核对"
    return Duties(names, "first-leads", doubt, "columns")


def _names(cell: str) -> tuple[str, ...]:
    """Split names at newlines and 、, except in brackets: 市外办（市港澳办） is one unit."""
    cleaned = (part.strip(" \t") for part in parts_of(cell, "\n、，,；;"))
    return tuple(name for name in cleaned if name not in _NOBODY)


def _doubt(names: tuple[str, ...]) -> str:
    if not names:
        return "没有写责任单位，请核对"
    odd = next((name for name in names if _PARTS.search(name) or len(name) > 30), "")
    if odd:
        return f"“{odd[:30]}”不像单位名称"
    vague = next((name for name in names if name in ("各责任单位", "各有关单位", "相关单位")), "")
    if vague:
        return f"“{vague}”没有说是哪些单位"
    level = _LEVEL.match(names[0])
    short = next((n for n in names[1:] if level and _BODY.match(n) and not _LEVEL.match(n)), "")
    return f"“{short}”前面可能省略了“{level.group()}”，请补全" if level and short else ""
