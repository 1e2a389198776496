"""Records with a file each: amendments, corrections, verifications, blockers, inspections."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from jiaozhang.files.fields import (
    DAY,
    QUANTITY,
    Faults,
    Field,
    FieldKind,
    Shape,
    Values,
    choice,
    line_of_text,
    list_of,
    one_of_shape,
    read_fields,
    symbol_of,
)
from jiaozhang.files.yaml_tree import Document
from jiaozhang.ledger.events import (
    Amendment,
    Correction,
    CorrectionKind,
    Method,
    Verification,
    VerificationResult,
    range_of,
)
from jiaozhang.ledger.filed import Kept
from jiaozhang.ledger.identity import TaskNumber, Year
from jiaozhang.ledger.public import Blocker, BlockerState, Difference, Inspection
from jiaozhang.ledger.record_kinds import Fact
from jiaozhang.read.review_trail import REVIEWS, SECRECY, trail_of

_ID = line_of_text(8)
_WHO = line_of_text(60)
_DOCUMENT = line_of_text(200)
_LONG = line_of_text(500)
_METHOD: FieldKind[Method] = symbol_of(
    {
        "四不两直": "unannounced",
        "明查暗访": "open-and-covert",
        "现场核查": "on-site",
        "查阅资料": "documents",
        "电话核实": "telephone",
    }
)
_RESULT: FieldKind[VerificationResult] = symbol_of(
    {"一致": "agrees", "部分一致": "partly", "不一致": "disagrees"}
)
_KIND: FieldKind[CorrectionKind] = choice("correction", "replacement", "outdated", "withdrawal")
_STATE: FieldKind[BlockerState] = symbol_of(
    {"待答复": "waiting", "已答复": "answered", "已解决": "solved"}
)

A_CLAUSE = Field("clause", _ID, "调整哪一条时限；与 target 只写一个", required=False)
A_TARGET = Field("target", _ID, "调整哪个量化指标", required=False)
A_OLD = Field("old", line_of_text(30), "原来的日期或数值")
A_NEW = Field("new", line_of_text(30), "调整后的日期或数值")
A_AUTHORITY = Field("authority", _WHO, "谁批准的")
A_DOCUMENT = Field("document", _DOCUMENT, "凭哪份文件")
A_DATE = Field("date", DAY, "批准日期")
AMENDMENT = Shape(
    "amendment",
    (A_CLAUSE, A_TARGET, A_OLD, A_NEW, A_AUTHORITY, A_DOCUMENT, A_DATE, REVIEWS, SECRECY),
)

C_KIND = Field(
    "kind",
    _KIND,
    "correction 写错了，replacement 整份由另一份取代，outdated 其中一部分过时，withdrawal 撤回",
)
C_OF = Field("of", line_of_text(120), "哪份记录，如 notes/004/2025-06-30-kejiju 或 tasks/004")
C_DATE = Field("date", DAY, "更正或撤回的日期，可以晚于 ledger.yaml 的 closed")
C_SINCE = Field("since", DAY, "从哪天起是错的、过时的")
C_WRONG = Field(
    "wrong", line_of_text(200), "原来怎么写的（correction 必填，别的不写）", required=False
)
C_RIGHT = Field(
    "right", line_of_text(200), "应当怎么写（correction 必填，别的不写）", required=False
)
C_PART = Field(
    "part",
    line_of_text(200),
    "哪一句过时了，照抄那份记录（outdated 必填，别的不写）",
    required=False,
)
C_NEWER = Field(
    "newer",
    line_of_text(120),
    "由哪份记录取代（replacement 必填）；现在的情况见哪份记录（outdated 可以写）",
    required=False,
)
C_REASON = Field(
    "reason",
    line_of_text(300),
    "为什么（withdrawal 可以不写，写了要审核以后才显示；别的必填）",
    required=False,
)
C_BY = Field("by", _WHO, "谁决定的")
CORRECTION = Shape(
    "correction",
    (
        C_KIND,
        C_OF,
        C_DATE,
        C_SINCE,
        C_WRONG,
        C_RIGHT,
        C_PART,
        C_NEWER,
        C_REASON,
        C_BY,
        REVIEWS,
        SECRECY,
    ),
)
# What each kind of correction must say; `newer` may stand in one that says what is out of date, and
# a reason in any.
_SAYS: Mapping[CorrectionKind, tuple[Field[str], ...]] = {
    "correction": (C_WRONG, C_RIGHT, C_REASON),
    "replacement": (C_NEWER, C_REASON),
    "outdated": (C_PART, C_REASON),
    "withdrawal": (),
}
_MAY_SAY: Mapping[CorrectionKind, tuple[Field[str], ...]] = {
    "correction": (),
    "replacement": (),
    "outdated": (C_NEWER,),
    "withdrawal": (C_REASON,),
}

V_DATE = Field("date", DAY, "核实日期")
V_METHOD = Field("method", _METHOD, "核实方式")
V_RESULT = Field("result", _RESULT, "与报送的情况是否一致；不公开结论就不写", required=False)
V_TEXT = Field("text", _LONG, "可以公开的说明", required=False)
VERIFICATION = Shape("verification", (V_DATE, V_METHOD, V_RESULT, V_TEXT, REVIEWS, SECRECY))

I_RESULT = Field("result", _RESULT, "与报送的情况是否一致")
I_BY = Field("by", _WHO, "谁去核实的", required=False)
I_FOUND = Field("found", _LONG, "核实到什么")
D_NAME = Field("name", line_of_text(60), "数的是什么")
D_REPORTED = Field("reported", QUANTITY, "报送的数")
D_FOUND = Field("found", QUANTITY, "核实的数")
D_UNIT = Field("unit", line_of_text(20), "单位")
DIFFERENCE = Shape("difference", (D_NAME, D_REPORTED, D_FOUND, D_UNIT))


def _difference(v: Values) -> Difference:
    return Difference(v[D_NAME], v[D_REPORTED], v[D_FOUND], v[D_UNIT])


I_DIFFERS = Field(
    "differs", list_of(one_of_shape(DIFFERENCE, _difference)), "哪些数不一致", required=False
)
I_OF = Field("of", line_of_text(60), "公开的那一半，如 007-2025-09-12", required=False)
INSPECTION = Shape("inspection", (V_DATE, V_METHOD, I_RESULT, I_BY, I_FOUND, I_DIFFERS, I_OF))

B_RAISED = Field("raised_by", _WHO, "哪个单位提出的")
B_NEEDS = Field("needs", _WHO, "需要谁协调")
B_SINCE = Field("since", DAY, "从哪天起")
B_STATE = Field("state", _STATE, "待答复、已答复、已解决")
B_TEXT = Field("text", _LONG, "堵在哪里")
B_ANSWER = Field("answer", _LONG, "怎么答复的（已答复、已解决必填）", required=False)
BLOCKER = Shape("blocker", (B_RAISED, B_NEEDS, B_SINCE, B_STATE, B_TEXT, B_ANSWER))


@dataclass(frozen=True, slots=True)
class Paper:
    """The file being parsed: year, name without suffix, and task if the name has one."""

    year: Year
    id: str
    task: TaskNumber | None
    document: Document
    faults: Faults

    def need(self, v: Values, *fields: Field[str]) -> None:
        """Report missing fields that this record must have."""
        for field in fields:
            if v.get(field) is None:
                place = self.document.place()
                self.faults.at(place, "missing-field", field=field.name, meaning=field.meaning)


BuildRecord = Callable[[Values, Paper], Fact]


@dataclass(frozen=True, slots=True)
class PaperKind:
    shape: Shape
    build: BuildRecord


def _amendment(v: Values, paper: Paper) -> Fact:
    clause, target = v.get(A_CLAUSE), v.get(A_TARGET)
    if (clause is None) == (target is None):
        paper.faults.at(paper.document.place(), "clause-or-target")
    kind: FieldKind[object] = DAY if clause else QUANTITY
    # The values are days, quantities or ranges (5—6), and must be written as such.
    for field in (A_OLD, A_NEW):
        node = paper.document.node(field.name)
        if target and range_of(v[field]):
            continue
        if node is not None and field.name not in v.doubtful and bool(clause) != bool(target):
            kind.read(node, paper.faults)
    assert paper.task is not None  # noqa: S101 - the route's pattern has a task
    return Amendment(
        paper.id,
        paper.task,
        clause,
        target,
        v[A_OLD],
        v[A_NEW],
        v[A_AUTHORITY],
        v[A_DOCUMENT],
        v[A_DATE],
    )


def _correction(v: Values, paper: Paper) -> Fact:
    if C_KIND.name not in v.doubtful:
        paper.need(v, *_SAYS[v[C_KIND]])
        _report_other_kinds(v, paper)
    found = re.match(r"[a-z]+/([0-9]{3})\b", v[C_OF])
    return Correction(
        paper.id,
        v[C_KIND],
        _address(v[C_OF]),
        TaskNumber(int(found[1])) if found else None,
        v[C_DATE],
        v[C_SINCE],
        v.get(C_WRONG),
        v.get(C_RIGHT),
        v.get(C_REASON) or "",
        v[C_BY],
        _address(v[C_NEWER]) if v.get(C_NEWER) else None,
        v.get(C_PART),
    )


def _report_other_kinds(v: Values, paper: Paper) -> None:
    """Report what a correction of this kind may not say."""
    kind = v[C_KIND]
    for field in (C_WRONG, C_RIGHT, C_PART, C_NEWER):
        if v.get(field) is None or field in _SAYS[kind] + _MAY_SAY[kind]:
            continue
        place = paper.document.place(field.name)
        if kind == "withdrawal" and field is not C_NEWER:
            # It would publish the withdrawn text again.
            paper.faults.at(place, "withdrawal-quotes", field=field.name)
        else:
            paper.faults.at(place, "correction-field", field=field.name, kind=kind)


def _address(written: str) -> str:
    """A record's address below its year, also where it was written with its suffix."""
    return PurePosixPath(written).with_suffix("").as_posix()


def _verification(v: Values, paper: Paper) -> Fact:
    assert paper.task is not None  # noqa: S101 - the route's pattern has a task
    return Verification(
        paper.id, paper.task, v[V_DATE], v[V_METHOD], v.get(V_RESULT), v.get(V_TEXT)
    )


def _inspection(v: Values, paper: Paper) -> Fact:
    assert paper.task is not None  # noqa: S101 - the route's pattern has a task
    return Inspection(
        paper.year,
        paper.id,
        paper.task,
        v[V_DATE],
        v[V_METHOD],
        v[I_RESULT],
        v.get(I_BY),
        v[I_FOUND],
        v.get(I_DIFFERS) or (),
        v.get(I_OF),
    )


def _blocker(v: Values, paper: Paper) -> Fact:
    assert paper.task is not None  # noqa: S101 - the route's pattern has a task
    if v[B_STATE] != "waiting":
        paper.need(v, B_ANSWER)
    return Blocker(
        paper.year,
        paper.id,
        paper.task,
        v[B_RAISED],
        v[B_NEEDS],
        v[B_SINCE],
        v[B_STATE],
        v[B_TEXT],
        v.get(B_ANSWER),
    )


PAPERS = {
    "amendments": PaperKind(AMENDMENT, _amendment),
    "corrections": PaperKind(CORRECTION, _correction),
    "verifications": PaperKind(VERIFICATION, _verification),
    "internal/verifications": PaperKind(INSPECTION, _inspection),
    "internal/blockers": PaperKind(BLOCKER, _blocker),
}


def read_paper(kind: PaperKind, paper: Paper, internal: bool) -> list[Kept]:
    """Parse a file that is one record."""
    v = read_fields(paper.document.root, kind.shape, paper.faults)
    if v is None:
        return []
    key = paper.document.source.key
    trail = None if internal else trail_of(v, key, paper.document.root)
    return [Kept(kind.build(v, paper), internal, trail, None, key, ())]
