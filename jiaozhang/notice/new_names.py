"""Propose registry entries for names of a notice that no registry contains."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jiaozhang.files.nearest import Known, nearest
from jiaozhang.notice.propose import Doubt, ProposedLedger

# The first match decides. Without a match it is a department, to be confirmed.
_KINDS: tuple[tuple[str, str], ...] = (
    (r"^(各|有关|其他).*|.*成员单位$", "group"),
    (r".+(区|县|旗|市)人民政府$", "district"),
    (r".*管委会$", "zone"),
    (r".*(海关|监管局|证监局|税务局|通信管理局|邮政管理局)$|^中国人民银行.*", "central"),
    (r".*(集团|公司)$", "enterprise"),
    (r".*(科协|总工会|残联|红十字会|妇联|团委|工商联|侨联|文联|社科联)$", "organisation"),
    (r"^[市省区县].*(局|委|办|厅|院|中心|办公厅)(（.*）)?$", "department"),
)


@dataclass(frozen=True, slots=True)
class NewName:
    """A proposed registry entry: its fields in order, and what is uncertain."""

    fields: tuple[tuple[str, str], ...]
    doubts: tuple[Doubt, ...]


_SURNAMES = dict(
    zip("翟曾单解仇朴查任区盖缪尉冼覃宓逄员", "宅增善谢求瓢渣人欧葛妙玉险秦蜜旁运", strict=True)
)


def new_units(
    ledger: ProposedLedger, known: frozenset[str], slugs: frozenset[str]
) -> tuple[NewName, ...]:
    """Entries for units that are not in the registry under any name."""
    names = Known(known)
    printed = dict.fromkeys(name for task in ledger.tasks for name in task.units)
    taken = set(slugs)
    return tuple(_unit(name, taken, nearest(name, names)) for name in printed if name not in known)


def new_leaders(
    ledger: ProposedLedger, known: frozenset[str], slugs: frozenset[str]
) -> tuple[NewName, ...]:
    """Entries for unknown leaders; `display` keeps the notice's typesetting."""
    displays = dict.fromkeys(name for task in ledger.tasks for name in task.displays)
    taken = set(slugs)
    entries = []
    for display in displays:
        name = re.sub("[\u3000 ]", "", display)
        if name not in known:
            fields = [("slug", _slug(_surname_spelt(name), taken)), ("name", name)]
            entries.append(
                NewName((*fields, *([("display", display)] if display != name else [])), ())
            )
    return tuple(entries)


def new_districts(
    ledger: ProposedLedger, known: frozenset[str], slugs: frozenset[str]
) -> tuple[NewName, ...]:
    """Entries for districts whose governments are named; their codes are not in a notice."""
    printed = dict.fromkeys(name for task in ledger.tasks for name in task.units)
    taken = set(slugs)
    entries = []
    for unit in printed:
        name = unit.removesuffix("人民政府")
        if kind_of(unit) == "district" and name not in known:
            doubt = Doubt("code", "请写 GB/T 2260 行政区划代码")
            short = name[:-1] if len(name) > 2 else name
            fields = (("slug", _slug(short, taken)), ("code", ""), ("name", name))
            entries.append(NewName(fields, (doubt,)))
    return tuple(entries)


def kind_of(name: str) -> str:
    """Guess the kind of a unit by its name; empty when no pattern fits."""
    return next((kind for pattern, kind in _KINDS if re.fullmatch(pattern, name)), "")


def _unit(name: str, taken: set[str], alike: str) -> NewName:
    kind = kind_of(name)
    short = re.sub("^[市省]|（.*）$|管委会$|人民政府$", "", name)
    # The district's page has its short name; that of its government adds 政府.
    spoken = f"{short.removesuffix('区')}政府" if kind == "district" else short
    fields = [("slug", _slug(spoken, taken)), ("name", name), ("kind", kind or "department")]
    doubts = [] if kind else [Doubt("kind", "看不出是哪类单位")]
    if alike and kind not in ("district", "group"):
        doubts.append(Doubt("name", f"和已有的“{alike}”是同一个单位吗？是就写进它的 aliases"))
    if kind == "district":
        fields.append(("district", name.removesuffix("人民政府")))
    if kind == "zone":
        doubts.append(Doubt("district", "位于哪个区？不确定就不写"))
    if kind == "group":
        fields.append(("members", "unknown"))
        member_kind = "districts" if name.endswith("人民政府") else "units"
        fields.append(("member_kind", member_kind))
        doubts.append(Doubt("members", "合称包括哪些单位？文件没有写明就保留 unknown"))
    return NewName(tuple(fields), tuple(doubts))


def _slug(name: str, taken: set[str]) -> str:
    """Convert a name to pinyin; a number is appended to duplicates."""
    # Imported here because only an import of new names needs it, and it costs 0.2 s.
    from pypinyin import lazy_pinyin

    letters = "".join(lazy_pinyin(name)).lower()
    base = re.sub("[^a-z0-9]+", "", letters).lstrip("0123456789")[:50] or "x"
    slug, count = base, 1
    while slug in taken:
        count += 1
        slug = f"{base}-{count}"
    taken.add(slug)
    return slug


def _surname_spelt(name: str) -> str:
    """Respell a surname with an uncommon pronunciation, which pinyin tables miss."""
    return _SURNAMES.get(name[0], name[0]) + name[1:]


def all_names(entries: Iterable[tuple[str, tuple[str, ...]]]) -> frozenset[str]:
    """Every name and alias of a registry."""
    return frozenset(name for main, others in entries for name in (main, *others))
