"""A task as JSON: the same facts as its page, for programs. The schema has a version."""

from __future__ import annotations

from decimal import Decimal

from jiaozhang.derive import DerivedTask, DerivedYear
from jiaozhang.derive.duties import Duty
from jiaozhang.derive.schedule import DerivedClause
from jiaozhang.ledger.events import Node, Note
from jiaozhang.ledger.public import Target
from jiaozhang.ledger.settings import Site
from jiaozhang.markdown.prose import to_text
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.marks import mark_of
from jiaozhang.pages.downloads.json_file import Json
from jiaozhang.wording import sentences, words

# Rises when a property is removed, renamed or means something else: docs/contracts.md.
SCHEMA = 2


def task_json(site: Site, year: DerivedYear, one: DerivedTask) -> dict[str, Json]:
    """Everything known of one task.

    `via` of a district says how the task concerns it, and `group` which body reaches it; `via` of
    a unit is the group that reaches it. Bodies are named by their ids, which stand in `units`.
    """
    of = year.ledger.year
    return {
        "number": one.task.number,
        "section": {"number": one.section.number, "name": one.section.title},
        "title": one.task.title,
        "text": one.task.text,
        "deadline": one.task.deadline,
        "clauses": [_clause_json(one, c) for c in one.clauses],
        "targets": [_target_json(target) for target in one.task.targets],
        "leaders": list(one.task.leaders),
        "units": [_duty_json(duty) for duty in one.duties],
        "districts": [
            {
                "code": tie.district.code,
                "name": tie.district.name,
                "via": tie.way,
                "group": tie.duty.via.id if tie.duty.via else None,
            }
            for tie in one.ties
        ],
        "remarks": list(one.task.remarks),
        "standing": _standing_json(site, year, one),
        "records": [_note_json(note) for note in one.own.notes],
        "nodes": [_node_json(node) for node in one.own.nodes],
        "url": addresses.task(of, one.task.number),
    }


def _standing_json(site: Site, year: DerivedYear, one: DerivedTask) -> Json:
    standing = one.standing
    return {
        "key": standing.key,
        "word": mark_of(site, standing.key).word,
        "reason": sentences.reason(year, one),
        "declared": words.declared(standing.declared),
        "evidence": standing.evidence,
        "timing": standing.timing,
        "pace": standing.pace,
        "closing": standing.closing,
        "records": standing.records,
        "latest": standing.latest.on_text if standing.latest else None,
    }


def _note_json(note: Note) -> Json:
    source = note.source
    return {
        "id": note.id,
        "origin": note.origin,
        "unit": note.unit,
        "period": note.period,
        "date": note.on_text,
        "status": words.declared(note.status),
        "text": to_text(note.body),
        "figures": [
            {
                "name": figure.name,
                "value": _number(figure.value),
                "unit": figure.unit,
                "period": figure.period,
                "target": figure.target,
                "release": figure.release,
            }
            for figure in note.figures
        ],
        "source": {
            "title": source.title,
            "publisher": source.publisher,
            "published": source.published.isoformat() if source.published else None,
            "url": source.url,
            "reposted": source.reposted,
        }
        if source
        else None,
        "district": note.district,
        "caveat": note.caveat,
    }


def _node_json(node: Node) -> Json:
    return {
        "id": node.id,
        "text": node.text,
        "planned": node.planned.isoformat(),
        "actual": node.actual.isoformat() if node.actual else None,
        "evidence": node.evidence,
    }


def _clause_json(one: DerivedTask, derived: DerivedClause) -> Json:
    clause = derived.clause
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
        "effective_due": derived.due.isoformat() if derived.due else None,
        "timing": derived.timing,
        "settlement": derived.settlement,
    }


def _target_json(target: Target) -> Json:
    return {
        "id": target.id,
        "clause": target.clause,
        "measure": target.measure,
        "value": _number(target.value),
        "upper": _number(target.upper),
        "base": _number(target.base),
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
        "via": duty.via.id if duty.via else None,
    }


def _number(value: Decimal | None) -> Json:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
