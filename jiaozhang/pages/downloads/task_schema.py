"""The JSON Schema of tasks.json: every property, and nothing else (draft 2020-12).

The symbols are those of the types that the facts are made of, so that a new one is in both.
"""

from __future__ import annotations

from typing import get_args

from jiaozhang.derive.duties import Role, Way
from jiaozhang.derive.measure import Pace
from jiaozhang.derive.schedule import Settlement, Timing
from jiaozhang.derive.standing import Closing, Evidence
from jiaozhang.ledger.events import Declared, NoteOrigin, Release
from jiaozhang.ledger.public import ClauseKind, Comparison, Counts, Origin
from jiaozhang.ledger.settings import StandingKey
from jiaozhang.pages.downloads.json_file import Json
from jiaozhang.pages.downloads.task_json import SCHEMA

_TEXT: Json = {"type": "string"}
_NUMBER: Json = {"type": "number"}
_WHOLE: Json = {"type": "integer", "minimum": 1}
_DAY: Json = {"type": "string", "format": "date"}
_DAY_OR_MONTH: Json = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"}


def _exactly(**properties: Json) -> dict[str, Json]:
    """An object with these properties, all of them and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list_of(items: Json) -> Json:
    return {"type": "array", "items": items}


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(symbols: tuple[str, ...]) -> Json:
    return {"enum": list(symbols)}


_CLAUSE = _exactly(
    id=_TEXT,
    scope=_or_null(_TEXT),
    kind=_one_of(get_args(ClauseKind)),
    due=_or_null(_DAY),
    relative_to=_or_null(_exactly(event=_TEXT, months=_or_null(_WHOLE))),
    season=_or_null(_TEXT),
    origin=_one_of(get_args(Origin)),
    quote=_or_null(_TEXT),
    effective_due=_or_null(_DAY),
    timing=_one_of(get_args(Timing)),
    settlement=_one_of(get_args(Settlement)),
)
_TARGET = _exactly(
    id=_TEXT,
    clause=_or_null(_TEXT),
    measure=_TEXT,
    value=_or_null(_NUMBER),
    upper=_or_null(_NUMBER),
    base=_or_null(_NUMBER),
    unit=_or_null(_TEXT),
    comparison=_one_of(get_args(Comparison)),
    verb=_or_null(_TEXT),
    counts=_one_of(get_args(Counts)),
    follows=_or_null(_WHOLE),
)
_UNIT = _exactly(
    id=_TEXT,
    name=_TEXT,
    as_printed=_TEXT,
    role=_one_of(get_args(Role)),
    via=_or_null(_TEXT),
)
_DISTRICT = _exactly(
    code=_or_null({"type": "string", "pattern": "^[0-9]{6}$"}),
    name=_TEXT,
    via=_one_of(get_args(Way)),
    group=_or_null(_TEXT),
)
_STANDING = _exactly(
    key=_one_of(get_args(StandingKey)),
    word=_TEXT,
    reason=_TEXT,
    declared=_or_null(_one_of(get_args(Declared))),
    evidence=_one_of(get_args(Evidence)),
    timing=_one_of(get_args(Timing)),
    pace=_or_null(_one_of(get_args(Pace))),
    closing=_one_of(get_args(Closing)),
    records={"type": "integer", "minimum": 0},
    latest=_or_null(_DAY_OR_MONTH),
)
_FIGURE = _exactly(
    name=_TEXT,
    value=_NUMBER,
    unit=_TEXT,
    period=_TEXT,
    target=_or_null(_TEXT),
    release=_one_of(get_args(Release)),
)
_SOURCE = _exactly(
    title=_TEXT,
    publisher=_TEXT,
    published=_or_null(_DAY),
    url=_or_null(_TEXT),
    reposted={"type": "boolean"},
)
_RECORD = _exactly(
    id=_TEXT,
    origin=_one_of(get_args(NoteOrigin)),
    unit=_or_null(_TEXT),
    period=_or_null(_TEXT),
    date=_DAY_OR_MONTH,
    status=_or_null(_one_of(get_args(Declared))),
    text=_TEXT,
    figures=_list_of(_FIGURE),
    source=_or_null(_SOURCE),
    district=_or_null(_TEXT),
    caveat=_or_null(_TEXT),
)
_NODE = _exactly(
    id=_TEXT, text=_TEXT, planned=_DAY, actual=_or_null(_DAY), evidence=_or_null(_TEXT)
)
_TASK = _exactly(
    number=_WHOLE,
    section=_exactly(number=_WHOLE, name=_TEXT),
    title=_TEXT,
    text=_TEXT,
    deadline=_TEXT,
    clauses=_list_of(_CLAUSE),
    targets=_list_of(_TARGET),
    leaders=_list_of(_TEXT),
    units=_list_of(_UNIT),
    districts=_list_of(_DISTRICT),
    remarks=_list_of(_TEXT),
    standing=_STANDING,
    records=_list_of(_RECORD),
    nodes=_list_of(_NODE),
    url={"type": "string", "pattern": "^[0-9]{4}/tasks/[0-9]{3}/$"},
)
_WHOLE_FILE = _exactly(
    schema={"const": SCHEMA}, ledger=_WHOLE, as_of=_DAY, tasks=_list_of({"$ref": "#/$defs/task"})
)


def task_schema() -> Json:
    """The schema of tasks.json; that of a task's own file is `$defs/task`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tasks.json",
        **_WHOLE_FILE,
        "$defs": {"task": _TASK},
    }
