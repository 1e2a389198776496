"""A task as JSON: the same facts as its page, for programs. The schema has a version."""

from __future__ import annotations

import json
from decimal import Decimal

from portal import words
from portal.derive import DerivedTask, DerivedYear
from portal.derive.duties import Duty
from portal.pages import addresses
from portal.record import Clause, Target

SCHEMA = 1
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def task_json(year: DerivedYear, one: DerivedTask) -> dict[str, Json]:
    """Everything known of one task; `via` says how it concerns a district."""
    of = year.ledger.year
    return {
        "number": one.task.number,
        "section": {"number": one.section.number, "name": one.section.title},
        "title": one.task.title,
        "text": one.task.text,
        "deadline": one.task.deadline,
        "clauses": [_clause_json(one, c.clause) for c in one.clauses],
        "targets": [_target_json(target) for target in one.task.targets],
        "leaders": list(one.task.leaders),
        "units": [_duty_json(duty) for duty in one.duties],
        "districts": [
            {
                "code": tie.district.code,
                "name": tie.district.name,
                "via": tie.duty.via.name.removesuffix("人民政府") if tie.duty.via else tie.way,
            }
            for tie in one.ties
        ],
        "remarks": list(one.task.remarks),
        "standing": {"timing": one.timing, "word": words.TIMING[one.timing]},
        "url": addresses.task(of, one.task.number),
    }


def _clause_json(one: DerivedTask, clause: Clause) -> Json:
    relative: Json = (
        {"event": clause.after, "months": clause.months} if clause.after is not None else None
    )
    quote = one.task.deadline if clause.origin == "deadline" else clause.scope
    return {
        "id": clause.id,
        "scope": clause.scope,
        "kind": clause.kind,
        "due": clause.due.isoformat() if clause.due else None,
        "relative_to": relative,
        "season": clause.season,
        "origin": clause.origin,
        "quote": quote,
    }


def _target_json(target: Target) -> Json:
    return {
        "id": target.id,
        "clause": target.clause,
        "measure": target.measure,
        "value": _number(target.value),
        "unit": target.unit,
        "comparison": target.comparison,
        "verb": target.verb,
        "counts": target.counts,
        "follows": target.follows,
    }


def _duty_json(duty: Duty) -> Json:
    return {
        "id": duty.unit.id,
        "name": duty.unit.name,
        "as_printed": duty.printed,
        "role": duty.role,
        "via": duty.via.name if duty.via else None,
    }


def _number(value: Decimal | None) -> Json:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def json_text(value: Json) -> str:
    """Write a value so that equal values are equal bytes."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
