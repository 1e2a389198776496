"""Responsibility for tasks: roles by printed order, group members by the list.

Editors do not enter roles, and districts are not found by searching text for their names: 南开医院
is not 南开区.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from jiaozhang.ledger.public import District, Record, Task, Unit

Role = Literal["lead", "joint", "support"]
DutyWay = Literal["named", "group", "zone"]


@dataclass(frozen=True, slots=True)
class Duty:
    """One unit's role in one task. `via` is the group that includes it, `None` if printed."""

    unit: Unit
    role: Role
    printed: str
    via: Unit | None


@dataclass(frozen=True, slots=True)
class Tie:
    """Why a task concerns a district: its government is named, or a group or zone includes it."""

    district: District
    way: DutyWay
    duty: Duty


def units_by_name(record: Record) -> Mapping[str, Unit]:
    """Map every name and alias to its unit."""
    return {name: unit for unit in record.units for name in (unit.name, *unit.aliases)}


def duties_of(task: Task, units: Mapping[str, Unit]) -> tuple[Duty, ...]:
    """The printed units in order with their roles, then the members of groups.

    Group members only support: the notice names the group, not the member.
    """
    printed = tuple(
        Duty(units[name], _role(task, index), name, None) for index, name in enumerate(task.units)
    )
    named = {duty.unit.id for duty in printed}
    reached = tuple(
        Duty(units[member], "support", duty.printed, duty.unit)
        for duty in printed
        for member in duty.unit.members or ()
        if units[member].id not in named
    )
    return printed + reached


def ties_of(duties: tuple[Duty, ...], districts: Mapping[str, District]) -> tuple[Tie, ...]:
    """The districts that a task's duties concern, in the order of the duties."""
    return tuple(
        Tie(districts[duty.unit.district], _way(duty), duty)
        for duty in duties
        if duty.unit.district and duty.unit.kind in ("district", "zone")
    )


def _role(task: Task, index: int) -> Role:
    if task.responsibility == "joint":
        return "joint"
    return "lead" if index == 0 else "support"


def _way(duty: Duty) -> DutyWay:
    if duty.via:
        return "group"
    return "zone" if duty.unit.kind == "zone" else "named"
