"""Lists of one task's records: nodes/, closures/, triggers/, judgements/ and plans/NNN.yaml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from jiaozhang.files.fields import (
    DAY,
    NO_DAY,
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
from jiaozhang.files.yaml_tree import Document, ListNode, Node
from jiaozhang.ledger.events import (
    Closure,
    Curve,
    Judgement,
    PlanStep,
    TargetPlan,
    Trigger,
    Verdict,
)
from jiaozhang.ledger.events import Milestone as PlannedNode
from jiaozhang.ledger.filed import Kept
from jiaozhang.ledger.identity import TaskNumber
from jiaozhang.read.review_trail import PLAN_REVIEW, REVIEWS, SECRECY, plan_trail_of, trail_of

_ID = line_of_text(8)
_WHO = line_of_text(60)
_DOCUMENT = line_of_text(200)
_VERDICT: FieldKind[Verdict] = symbol_of({"达到": "met", "未达到": "not-met"})
_CURVE: FieldKind[Curve] = choice("linear", "stepped", "seasonal")

N_ID = Field("id", _ID, "节点编号，定了就不改，如 n1")
N_TEXT = Field("text", line_of_text(120), "做到什么，要能核对")
N_PLANNED = Field("planned", DAY, "计划哪天完成")
N_ACTUAL = Field("actual", DAY, "实际哪天完成；没有完成就不写", required=False)
N_EVIDENCE = Field("evidence", _DOCUMENT, "完成的依据；写了 actual 就要写", required=False)
NODE = Shape("node", (N_ID, N_TEXT, N_PLANNED, N_ACTUAL, N_EVIDENCE, REVIEWS, SECRECY, PLAN_REVIEW))

K_ID = Field("id", _ID, "编号，定了就不改，如 c1；没有编号的旧文件由 approve --migrate 补上")
K_CLAUSE = Field("clause", _ID, "销哪一条；all 表示全部条款")
K_ON = Field("on", DAY, "销号日期", required=False)
K_REOPENED = Field("reopened", DAY, "重新办理的日期；与 on 只写一个", required=False)
K_BY = Field("by", _WHO, "谁决定的")
K_EVIDENCE = Field("evidence", _DOCUMENT, "销号的依据（销号必填）", required=False)
K_REASON = Field("reason", _DOCUMENT, "为什么重新办理（重新办理必填）", required=False)
CLOSURE = Shape(
    "closure", (K_ID, K_CLAUSE, K_ON, K_REOPENED, K_BY, K_EVIDENCE, K_REASON, REVIEWS, SECRECY)
)

G_CLAUSE = Field("clause", _ID, "哪一条从这件事起算")
G_ON = Field("on", DAY, "这件事发生在哪天")
G_DOCUMENT = Field("document", _DOCUMENT, "凭哪份文件")
TRIGGER = Shape("trigger", (G_CLAUSE, G_ON, G_DOCUMENT, REVIEWS, SECRECY))

J_TARGET = Field("target", _ID, "哪个量化指标")
J_VERDICT = Field("verdict", _VERDICT, "达到、未达到")
J_ON = Field("on", DAY, "认定日期")
J_BY = Field("by", _WHO, "有权认定的机关")
J_DOCUMENT = Field("document", _DOCUMENT, "凭哪份文件")
JUDGEMENT = Shape("judgement", (J_TARGET, J_VERDICT, J_ON, J_BY, J_DOCUMENT, REVIEWS, SECRECY))

S_BY = Field("by", DAY, "到哪天")
S_VALUE = Field("value", QUANTITY, "累计至少多少；由多降少的指标写至多多少")
STEP = Shape("step", (S_BY, S_VALUE))
P_TARGET = Field("target", _ID, "哪个量化指标")
P_CURVE = Field("curve", _CURVE, "linear 按时间均匀，stepped 分步，seasonal 按月份额")
P_STEPS = Field(
    "steps",
    list_of(one_of_shape(STEP, lambda v: PlanStep(v[S_BY], v[S_VALUE]))),
    "stepped 的各步",
    required=False,
)
P_SHARES = Field("shares", list_of(QUANTITY), "seasonal 的十二个月份额", required=False)
P_SOURCE = Field("source", _DOCUMENT, "计划的依据")
PLAN = Shape("plan", (P_TARGET, P_CURVE, P_STEPS, P_SHARES, P_SOURCE, REVIEWS, SECRECY))

ListedEvent = PlannedNode | Closure | Trigger | Judgement | TargetPlan
BuildEvent = Callable[[Values, Node, TaskNumber, Faults], ListedEvent]


@dataclass(frozen=True, slots=True)
class EventFile:
    """A kind of file with a list of one task's records: its shape, and the conversion of a map."""

    shape: Shape
    build: BuildEvent


def _node(v: Values, node: Node, task: TaskNumber, faults: Faults) -> ListedEvent:
    actual, evidence = v.get(N_ACTUAL), v.get(N_EVIDENCE)
    if (actual is None) != (evidence is None):
        missing = N_EVIDENCE if actual else N_ACTUAL
        faults.add("missing-field", node, field=missing.name, meaning=missing.meaning)
    return PlannedNode(task, v[N_ID], v[N_TEXT], v[N_PLANNED], actual, evidence)


def _closure(v: Values, node: Node, task: TaskNumber, faults: Faults) -> ListedEvent:
    on, reopened = v.get(K_ON), v.get(K_REOPENED)
    ground = K_EVIDENCE if on else K_REASON
    if (on is None) == (reopened is None):
        faults.add("closure-or-reopening", node)
    elif v.get(ground) is None:
        faults.add("missing-field", node, field=ground.name, meaning=ground.meaning)
    day, is_reopened = on or reopened or NO_DAY, reopened is not None
    return Closure(task, v[K_CLAUSE], day, is_reopened, v[K_BY], v.get(ground) or "", v[K_ID])


def _trigger(v: Values, node: Node, task: TaskNumber, faults: Faults) -> ListedEvent:
    return Trigger(task, v[G_CLAUSE], v[G_ON], v[G_DOCUMENT])


def _judgement(v: Values, node: Node, task: TaskNumber, faults: Faults) -> ListedEvent:
    return Judgement(task, v[J_TARGET], v[J_VERDICT], v[J_ON], v[J_BY], v[J_DOCUMENT])


def _plan(v: Values, node: Node, task: TaskNumber, faults: Faults) -> ListedEvent:
    curve, steps, shares = v[P_CURVE], v.get(P_STEPS) or (), v.get(P_SHARES) or ()
    days = [step.by for step in steps]
    values = [step.value for step in steps]
    is_complete = {
        "linear": not steps and not shares,
        "stepped": bool(steps) and not shares and days == sorted(days) and _is_one_way(values),
        "seasonal": not steps and len(shares) == 12 and min(shares, default=0) >= 0 < sum(shares),
    }[curve]
    if not is_complete and not v.doubtful:
        faults.add("plan-incomplete", node, curve=curve)
    return TargetPlan(task, v[P_TARGET], curve, steps, shares, v[P_SOURCE])


def _is_one_way(values: list[Decimal]) -> bool:
    """Tell whether the values only rise or only fall; whether that fits the target is checked
    elsewhere.
    """
    return values in (sorted(values), sorted(values, reverse=True))


EVENT_FILES = {
    "nodes": EventFile(NODE, _node),
    "closures": EventFile(CLOSURE, _closure),
    "triggers": EventFile(TRIGGER, _trigger),
    "judgements": EventFile(JUDGEMENT, _judgement),
    "plans": EventFile(PLAN, _plan),
}


def read_events(
    document: Document, kind: EventFile, task: TaskNumber, faults: Faults
) -> list[Kept]:
    """Parse the list of one task; items that are no map are left out, the others keep an index."""
    if not isinstance(document.root, ListNode):
        list_of(QUANTITY).read(document.root, faults)
        return []
    found = []
    for index, node in enumerate(document.root.items):
        v = read_fields(node, kind.shape, faults)
        if v is not None:
            fact = kind.build(v, node, task, faults)
            if isinstance(fact, Closure):
                fact = replace(fact, place=index + 1)
            key = document.source.key
            plan = plan_trail_of(v, key, node) if isinstance(fact, PlannedNode) else None
            found.append(Kept(fact, False, trail_of(v, key, node), None, key, (index,), plan))
    return found
