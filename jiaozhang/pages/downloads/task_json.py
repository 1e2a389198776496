"""A task as JSON: the same facts as its page, for programs, and the schema of it (2020-12).

The symbols are those of the types that the facts are made of, so that a new one is in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.duties import Duty, DutyWay, Role, Tie
from jiaozhang.derive.finding import Finding, FindingKind, TargetFinding, TargetState
from jiaozhang.derive.measure import Pace, Reading
from jiaozhang.derive.schedule import DerivedClause, Settlement, Timing
from jiaozhang.derive.standing import Closing, Evidence
from jiaozhang.ledger.events import (
    Citation,
    Figure,
    FigureRelease,
    Milestone,
    Note,
    NoteOrigin,
    ReportedStatus,
)
from jiaozhang.ledger.public import (
    Clause,
    ClauseKind,
    Comparison,
    Counts,
    Origin,
    Section,
    Target,
)
from jiaozhang.ledger.settings import Site, StandingKey
from jiaozhang.markdown.prose import to_text
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.marks import mark_of
from jiaozhang.pages.downloads.json_file import (
    COUNT,
    DAY,
    DAY_OR_MONTH,
    NATURAL,
    NUMBER,
    TEXT,
    TRUTH,
    Json,
    JsonObject,
    Property,
    list_of,
    number,
    one_of,
    or_null,
)
from jiaozhang.wording import finding_sentences, sentences

# Rises when a property is removed, renamed or means something else: docs/contracts.md.
SCHEMA = 2


@dataclass(frozen=True, slots=True)
class _Task:
    """A task with what its properties are made of."""

    site: Site
    year: DerivedYear
    one: DerivedTask


@dataclass(frozen=True, slots=True)
class _Clause:
    task: DerivedTask
    derived: DerivedClause

    @property
    def clause(self) -> Clause:
        return self.derived.clause


@dataclass(frozen=True, slots=True)
class _Record:
    """A note with the one that replaces it."""

    note: Note
    newer: Note | None


_SECTION: JsonObject[Section] = JsonObject(
    (
        Property("number", NATURAL, lambda section: section.number),
        Property("name", TEXT, lambda section: section.title),
    )
)
_RELATIVE: JsonObject[Clause] = JsonObject(
    (
        Property("event", TEXT, lambda clause: clause.after),
        Property("months", or_null(NATURAL), lambda clause: clause.months),
    )
)
_CLAUSE: JsonObject[_Clause] = JsonObject(
    (
        Property("id", TEXT, lambda c: c.clause.id),
        Property("scope", or_null(TEXT), lambda c: c.clause.scope),
        Property("kind", one_of(get_args(ClauseKind)), lambda c: c.clause.kind),
        Property("due", or_null(DAY), lambda c: c.clause.due.isoformat() if c.clause.due else None),
        Property(
            "relative_to",
            or_null(_RELATIVE.schema()),
            lambda c: _RELATIVE.json(c.clause) if c.clause.after is not None else None,
        ),
        Property("season", or_null(TEXT), lambda c: c.clause.season),
        Property("origin", one_of(get_args(Origin)), lambda c: c.clause.origin),
        Property(
            "quote",
            or_null(TEXT),
            lambda c: c.task.task.deadline if c.clause.origin == "deadline" else c.clause.scope,
        ),
        Property(
            "effective_due",
            or_null(DAY),
            lambda c: c.derived.due.isoformat() if c.derived.due else None,
        ),
        Property("timing", one_of(get_args(Timing)), lambda c: c.derived.timing),
        Property("settlement", one_of(get_args(Settlement)), lambda c: c.derived.settlement),
    )
)
_TARGET: JsonObject[Target] = JsonObject(
    (
        Property("id", TEXT, lambda target: target.id),
        Property("clause", or_null(TEXT), lambda target: target.clause),
        Property("measure", TEXT, lambda target: target.measure),
        Property("value", or_null(NUMBER), lambda target: number(target.value)),
        Property("upper", or_null(NUMBER), lambda target: number(target.upper)),
        Property("base", or_null(NUMBER), lambda target: number(target.base)),
        Property("unit", or_null(TEXT), lambda target: target.unit),
        Property("comparison", one_of(get_args(Comparison)), lambda target: target.comparison),
        Property("verb", or_null(TEXT), lambda target: target.verb),
        Property("counts", one_of(get_args(Counts)), lambda target: target.counts),
        Property("follows", or_null(NATURAL), lambda target: target.follows),
    )
)
# A figure in front of a target or task, with the record that says it.
_SHOWN: JsonObject[Reading] = JsonObject(
    (
        Property("record", TEXT, lambda reading: reading.note.id),
        Property("name", TEXT, lambda reading: reading.figure.name),
        Property("value", NUMBER, lambda reading: number(reading.figure.value)),
        Property("unit", TEXT, lambda reading: reading.figure.unit),
        Property("period", TEXT, lambda reading: reading.figure.period),
        Property("differs", or_null(TEXT), lambda reading: reading.figure.differs),
    )
)
# What is known of a target: its state, and the figure that is published for it.
_FOUND_TARGET: JsonObject[TargetFinding] = JsonObject(
    (
        Property("target", TEXT, lambda found: found.target.target.id),
        Property("state", one_of(get_args(TargetState)), lambda found: found.state),
        Property(
            "figure", or_null(_SHOWN.schema()), lambda found: _SHOWN.json_or_null(found.shown)
        ),
    )
)
_FINDING: JsonObject[Finding] = JsonObject(
    (
        Property("kind", one_of(get_args(FindingKind)), lambda finding: finding.kind),
        Property("text", TEXT, finding_sentences.plain),
        Property(
            "target",
            or_null(TEXT),
            lambda finding: finding.front.target.target.id if finding.front else None,
        ),
        Property(
            "record", or_null(TEXT), lambda finding: finding.note.id if finding.note else None
        ),
        Property(
            "figure", or_null(_SHOWN.schema()), lambda finding: _SHOWN.json_or_null(finding.figure)
        ),
        Property(
            "targets",
            list_of(_FOUND_TARGET.schema()),
            lambda finding: _FOUND_TARGET.json_of_all(finding.targets),
        ),
    )
)
# `via` is the group that reaches a unit, by its id.
_UNIT: JsonObject[Duty] = JsonObject(
    (
        Property("id", TEXT, lambda duty: duty.unit.id),
        Property("name", TEXT, lambda duty: duty.unit.name),
        Property("as_printed", TEXT, lambda duty: duty.printed),
        Property("role", one_of(get_args(Role)), lambda duty: duty.role),
        Property("via", or_null(TEXT), lambda duty: duty.via.id if duty.via else None),
    )
)
# `via` says how a task concerns a district, and `group` which body reaches it.
_DISTRICT: JsonObject[Tie] = JsonObject(
    (
        Property(
            "code",
            or_null({"type": "string", "pattern": "^[0-9]{6}$"}),
            lambda tie: tie.district.code,
        ),
        Property("name", TEXT, lambda tie: tie.district.name),
        Property("via", one_of(get_args(DutyWay)), lambda tie: tie.way),
        Property("group", or_null(TEXT), lambda tie: tie.duty.via.id if tie.duty.via else None),
    )
)
_STANDING: JsonObject[_Task] = JsonObject(
    (
        Property("key", one_of(get_args(StandingKey)), lambda t: t.one.standing.key),
        Property("word", TEXT, lambda t: mark_of(t.site, t.one.standing.key).word),
        Property("reason", TEXT, lambda t: sentences.reason(t.year, t.one)),
        Property(
            "declared", or_null(one_of(get_args(ReportedStatus))), lambda t: t.one.standing.declared
        ),
        Property("evidence", one_of(get_args(Evidence)), lambda t: t.one.standing.evidence),
        Property("timing", one_of(get_args(Timing)), lambda t: t.one.standing.timing),
        Property("pace", or_null(one_of(get_args(Pace))), lambda t: t.one.standing.pace),
        Property("closing", one_of(get_args(Closing)), lambda t: t.one.standing.closing),
        Property("records", COUNT, lambda t: t.one.standing.records),
        Property(
            "latest",
            or_null(DAY_OR_MONTH),
            lambda t: t.one.standing.latest.on_text if t.one.standing.latest else None,
        ),
    )
)
_FIGURE: JsonObject[Figure] = JsonObject(
    (
        Property("name", TEXT, lambda figure: figure.name),
        Property("value", NUMBER, lambda figure: number(figure.value)),
        Property("unit", TEXT, lambda figure: figure.unit),
        Property("period", TEXT, lambda figure: figure.period),
        Property("target", or_null(TEXT), lambda figure: figure.target),
        Property("beside", or_null(TEXT), lambda figure: figure.beside),
        Property("differs", or_null(TEXT), lambda figure: figure.differs),
        Property("release", one_of(get_args(FigureRelease)), lambda figure: figure.release),
    )
)
_SOURCE: JsonObject[Citation] = JsonObject(
    (
        Property("title", TEXT, lambda source: source.title),
        Property("publisher", TEXT, lambda source: source.publisher),
        Property(
            "published",
            or_null(DAY),
            lambda source: source.published.isoformat() if source.published else None,
        ),
        Property("url", or_null(TEXT), lambda source: source.url),
        Property("reposted", TRUTH, lambda source: source.reposted),
    )
)
_RECORD: JsonObject[_Record] = JsonObject(
    (
        Property("id", TEXT, lambda r: r.note.id),
        Property("origin", one_of(get_args(NoteOrigin)), lambda r: r.note.origin),
        Property("unit", or_null(TEXT), lambda r: r.note.unit),
        Property("period", or_null(TEXT), lambda r: r.note.period),
        Property("date", DAY_OR_MONTH, lambda r: r.note.on_text),
        Property("status", or_null(one_of(get_args(ReportedStatus))), lambda r: r.note.status),
        Property("text", TEXT, lambda r: to_text(r.note.body)),
        Property(
            "figures", list_of(_FIGURE.schema()), lambda r: _FIGURE.json_of_all(r.note.figures)
        ),
        Property(
            "source", or_null(_SOURCE.schema()), lambda r: _SOURCE.json_or_null(r.note.source)
        ),
        Property("district", or_null(TEXT), lambda r: r.note.district),
        Property("caveat", or_null(TEXT), lambda r: r.note.caveat),
        Property("replaced_by", or_null(TEXT), lambda r: r.newer.id if r.newer else None),
    )
)
_NODE: JsonObject[Milestone] = JsonObject(
    (
        Property("id", TEXT, lambda node: node.id),
        Property("text", TEXT, lambda node: node.text),
        Property("planned", DAY, lambda node: node.planned.isoformat()),
        Property(
            "actual", or_null(DAY), lambda node: node.actual.isoformat() if node.actual else None
        ),
        Property("evidence", or_null(TEXT), lambda node: node.evidence),
    )
)
_TASK: JsonObject[_Task] = JsonObject(
    (
        Property("number", NATURAL, lambda t: t.one.task.number),
        Property("section", _SECTION.schema(), lambda t: _SECTION.json(t.one.section)),
        Property("title", TEXT, lambda t: t.one.task.title),
        Property("text", TEXT, lambda t: t.one.task.text),
        Property("deadline", TEXT, lambda t: t.one.task.deadline),
        Property(
            "clauses",
            list_of(_CLAUSE.schema()),
            lambda t: _CLAUSE.json_of_all(_Clause(t.one, clause) for clause in t.one.clauses),
        ),
        Property(
            "targets", list_of(_TARGET.schema()), lambda t: _TARGET.json_of_all(t.one.task.targets)
        ),
        Property("leaders", list_of(TEXT), lambda t: list(t.one.task.leaders)),
        Property("units", list_of(_UNIT.schema()), lambda t: _UNIT.json_of_all(t.one.duties)),
        Property(
            "districts", list_of(_DISTRICT.schema()), lambda t: _DISTRICT.json_of_all(t.one.ties)
        ),
        Property("remarks", list_of(TEXT), lambda t: list(t.one.task.remarks)),
        Property("finding", _FINDING.schema(), lambda t: _FINDING.json(t.one.finding)),
        Property("standing", _STANDING.schema(), _STANDING.json),
        Property(
            "records",
            list_of(_RECORD.schema()),
            lambda t: _RECORD.json_of_all(
                _Record(note, t.one.replaced.get(note.id)) for note in t.one.own.notes
            ),
        ),
        Property("nodes", list_of(_NODE.schema()), lambda t: _NODE.json_of_all(t.one.own.nodes)),
        Property(
            "url",
            {"type": "string", "pattern": "^[0-9]{4}/tasks/[0-9]{3}/$"},
            lambda t: addresses.task(t.year.ledger.year, t.one.task.number),
        ),
    )
)
_WHOLE: JsonObject[tuple[Derived, DerivedYear]] = JsonObject(
    (
        Property("schema", {"const": SCHEMA}, lambda _: SCHEMA),
        Property("ledger", NATURAL, lambda own: own[1].ledger.year),
        Property("as_of", DAY, lambda own: own[1].as_of.isoformat()),
        Property(
            "tasks",
            list_of({"$ref": "#/$defs/task"}),
            lambda own: [task_json(own[0].record.site, own[1], one) for one in own[1].tasks],
        ),
    )
)


def task_json(site: Site, year: DerivedYear, one: DerivedTask) -> dict[str, Json]:
    """Everything known of one task."""
    return _TASK.json(_Task(site, year, one))


def tasks_json(derived: Derived, year: DerivedYear) -> Json:
    """All tasks of a year."""
    return _WHOLE.json((derived, year))


def task_schema() -> Json:
    """The schema of tasks.json; that of a task's own file is `$defs/task`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tasks.json",
        **_WHOLE.schema(),
        "$defs": {"task": _TASK.schema()},
    }
