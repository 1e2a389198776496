"""tasks/NNN.yaml: one row of the notice, its clauses and targets."""

from __future__ import annotations

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
    names,
    one_of_shape,
    read_fields,
    whole_number,
)
from jiaozhang.files.yaml_tree import Document
from jiaozhang.ledger import public
from jiaozhang.ledger.events import Summary
from jiaozhang.ledger.filed import FiledTask, Kept, Unsettled
from jiaozhang.ledger.public import (
    Clause,
    ClauseKind,
    Comparison,
    Counts,
    Origin,
    ResponsibilityRule,
    SectionNumber,
    Target,
    TaskNumber,
)
from jiaozhang.read.review_trail import SUMMARY_REVIEW, summary_trail_of

TITLE_LIMIT = 24
_NUMBER = whole_number(1, 999)
_ID = line_of_text(8)

_CLAUSE_KIND: FieldKind[ClauseKind] = choice("progress", "complete")
_COMPARISON: FieldKind[Comparison] = choice(
    "about", "at-least", "at-most", "between", "exactly", "follows", "external"
)
_COUNTS: FieldKind[Counts] = choice(
    "level", "added", "completed", "started", "advanced", "maintained"
)
_ORIGIN: FieldKind[Origin] = choice("deadline", "body")
_RESPONSIBILITY: FieldKind[ResponsibilityRule] = choice("first-leads", "joint")

C_ID = Field("id", _ID, "条款编号，定了就不改，如 a")
C_KIND = Field("kind", _CLAUSE_KIND, "progress 取得明显进展，complete 完成")
C_SCOPE = Field(
    "scope", line_of_text(200), "条款说的是哪一段，照抄原文；不写表示整项", required=False
)
C_DUE = Field("due", DAY, "到期日", required=False)
C_AFTER = Field("after", line_of_text(60), "从哪件事起算", required=False)
C_MONTHS = Field("months", whole_number(1, 60), "起算后几个月内", required=False)
C_SEASON = Field("season", line_of_text(12), "没有日期的时段，如 汛前", required=False)
C_ORIGIN = Field("origin", _ORIGIN, "写在时限栏 deadline，还是正文 body", required=False)
CLAUSE = Shape("clause", (C_ID, C_KIND, C_SCOPE, C_DUE, C_AFTER, C_MONTHS, C_SEASON, C_ORIGIN))

T_ID = Field("id", _ID, "指标编号，定了就不改，如 t1")
T_CLAUSE = Field("clause", _ID, "属于哪一条时限", required=False)
T_MEASURE = Field("measure", line_of_text(60), "数的是什么")
T_VALUE = Field("value", QUANTITY, "目标数", required=False)
T_UPPER = Field("upper", QUANTITY, "区间的上限，只和 comparison: between 一起写", required=False)
T_BASE = Field(
    "base", QUANTITY, "从多少降下来（由60处减至50处写 60），只和 at-most 一起写", required=False
)
T_UNIT = Field("unit", line_of_text(12), "单位", required=False)
T_COMPARISON = Field(
    "comparison",
    _COMPARISON,
    "about 左右，at-least 以上，at-most 以下、以内、不超过，between 从多少到多少，exactly 正好，"
    "follows 与另一项同步，external 上级下达",
)
T_VERB = Field(
    "verb", line_of_text(12), "原文的动词，如 新增、启动；原文没有就不写", required=False
)
T_COUNTS = Field(
    "counts",
    _COUNTS,
    "怎样算数：level 水平，added 新增，completed 建成，"
    "started 启动，advanced 推进，maintained 保持",
)
T_FOLLOWS = Field("follows", _NUMBER, "与第几项同步", required=False)
TARGET = Shape(
    "target",
    (
        T_ID,
        T_CLAUSE,
        T_MEASURE,
        T_VALUE,
        T_UPPER,
        T_BASE,
        T_UNIT,
        T_COMPARISON,
        T_VERB,
        T_COUNTS,
        T_FOLLOWS,
    ),
)

U_FIELD = Field("field", line_of_text(40), "哪一项没有定")
U_REASON = Field("reason", line_of_text(200), "为什么没有定")
UNSETTLED = Shape("unsettled", (U_FIELD, U_REASON))


def _clause(v: Values) -> Clause:
    return Clause(
        v[C_ID],
        v[C_KIND],
        v.get(C_SCOPE),
        v.get(C_DUE),
        v.get(C_AFTER),
        v.get(C_MONTHS),
        v.get(C_SEASON),
        v.get(C_ORIGIN) or "deadline",
    )


def _read_target(v: Values) -> Target:
    follows = v.get(T_FOLLOWS)
    return Target(
        v[T_ID],
        v.get(T_CLAUSE),
        v[T_MEASURE],
        v.get(T_VALUE),
        v.get(T_UNIT),
        v[T_COMPARISON],
        v.get(T_VERB),
        v[T_COUNTS],
        TaskNumber(follows) if follows is not None else None,
        v.get(T_UPPER),
        v.get(T_BASE),
    )


def unsettled_of(v: Values) -> Unsettled:
    return Unsettled(v[U_FIELD], v[U_REASON])


UNSETTLED_LIST = Field(
    "unsettled",
    list_of(one_of_shape(UNSETTLED, unsettled_of)),
    "导入时拿不准的地方；核对后删去",
    required=False,
)

NUMBER = Field("number", _NUMBER, "序号；可以不写，以文件名为准", required=False)
SECTION = Field("section", whole_number(1, 99), "属于第几个主要任务")
TITLE = Field("title", line_of_text(TITLE_LIMIT), f"短标题，不超过{TITLE_LIMIT}字，取自原文")
SUMMARY = Field("summary", line_of_text(300), "白话说明，可以不写", required=False)
TEXT = Field("text", line_of_text(2000), "原文，一字不改")
DEADLINE = Field(
    "deadline", line_of_text(300), "完成时限原文，一字不改；文件没有写就不写", required=False
)
LEADERS = Field("leaders", names(), "分管市领导，按原文顺序", required=False)
UNITS = Field("units", names(), "责任单位，按原文的叫法和顺序")
RESPONSIBILITY = Field(
    "responsibility",
    _RESPONSIBILITY,
    "first-leads 第一位牵头，joint 按职责分工负责",
)
CLAUSES = Field("clauses", list_of(one_of_shape(CLAUSE, _clause)), "时限条款")
TARGETS = Field(
    "targets", list_of(one_of_shape(TARGET, _read_target)), "原文写明的量化指标", required=False
)
REMARKS = Field("remarks", names(), "原文里没有日期的时间词，如 尽早", required=False)

TASK = Shape(
    "task",
    (
        NUMBER,
        SECTION,
        TITLE,
        SUMMARY,
        TEXT,
        DEADLINE,
        LEADERS,
        UNITS,
        RESPONSIBILITY,
        CLAUSES,
        TARGETS,
        REMARKS,
        SUMMARY_REVIEW,
        UNSETTLED_LIST,
    ),
)


def read_task(document: Document, number: int, faults: Faults) -> FiledTask | None:
    """Parse one task; `number` is from the path, and the file must agree with it."""
    v = read_fields(document.root, TASK, faults)
    if v is None:
        return None
    inside = v.get(NUMBER)
    if inside not in (None, number) and NUMBER.name not in v.doubtful:
        place = document.place("number")
        faults.at(place, "number-mismatch", inside=inside, outside=number)
    return FiledTask(
        public.Task(
            number=TaskNumber(number),
            section=SectionNumber(v[SECTION]),
            title=v[TITLE],
            summary=None,
            text=v[TEXT],
            deadline=v.get(DEADLINE) or "",
            leaders=v.get(LEADERS) or (),
            units=v[UNITS],
            responsibility=v[RESPONSIBILITY],
            clauses=v[CLAUSES],
            targets=v.get(TARGETS) or (),
            remarks=v.get(REMARKS) or (),
        ),
        v.get(UNSETTLED_LIST) or (),
        document.source.key,
    )


def read_summary(document: Document, number: int) -> Kept | None:
    """Parse the summary of a task with its review; faults were reported with the task."""
    node = document.node(SUMMARY.name)
    v = read_fields(document.root, TASK, Faults(document)) if node else None
    if v is None or node is None or not v.get(SUMMARY):
        return None
    summary = Summary(TaskNumber(number), v.get(SUMMARY) or "")
    key = document.source.key
    return Kept(summary, False, summary_trail_of(v, key, node), None, key, (SUMMARY.name,))
