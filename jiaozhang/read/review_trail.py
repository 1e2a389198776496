"""The review trail of a record, the name and the digest that approvals refer to."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from jiaozhang.files.fields import (
    DAY,
    Field,
    FieldKind,
    Shape,
    Values,
    line_of_text,
    list_of,
    one_of_shape,
    symbol_of,
    whole_number,
)
from jiaozhang.files.yaml_tree import ListNode, MapNode, Node, Scalar
from jiaozhang.ledger.events import NODE_END, Attachment
from jiaozhang.ledger.filed import Approval, Publicity, Secrecy, Trail, bound_digest
from jiaozhang.ledger.record_kinds import RecordKind, kind_in
from jiaozhang.read.field_kinds import DIGEST

# Fields written by approval and publication; they are not part of the approved content.
NOT_APPROVED = ("reviews", "secrecy", "published", "plan_review")

_RESULT: FieldKind[Publicity] = symbol_of({"可公开": "public", "不公开": "not-public"})

R_LEVEL = Field("level", whole_number(1, 9), "第几级审核")
R_BY = Field("by", line_of_text(40), "审核人的岗位，不写姓名")
R_AT = Field("at", DAY, "审核日期")
R_RECORD = Field(
    "record", line_of_text(120), "审的是哪一条：年份/种类/序号/编号，摘要里也算了它", required=False
)
R_DIGEST = Field("digest", DIGEST, "审核时这一条记录的摘要，以 v2: 开头")
REVIEW = Shape("review", (R_LEVEL, R_BY, R_AT, R_RECORD, R_DIGEST))

S_RESULT = Field("result", _RESULT, "保密审查结论")
S_BY = Field("by", line_of_text(40), "审查人的岗位")
S_AT = Field("at", DAY, "审查日期")
SECRECY_SHAPE = Shape("secrecy", (S_RESULT, S_BY, S_AT, R_RECORD, R_DIGEST))


def _approval(v: Values) -> Approval:
    return Approval(v[R_LEVEL], v[R_BY], v[R_AT], v[R_DIGEST], v.get(R_RECORD))


def _secrecy(v: Values) -> Secrecy:
    return Secrecy(v[S_RESULT], v[S_BY], v[S_AT], v[R_DIGEST], v.get(R_RECORD))


REVIEWS = Field(
    "reviews",
    list_of(one_of_shape(REVIEW, _approval)),
    "审核记录，由 approve 命令写入",
    required=False,
)
SECRECY = Field(
    "secrecy",
    one_of_shape(SECRECY_SHAPE, _secrecy),
    "保密审查，由 approve 命令写入",
    required=False,
)


def _steps(v: Values) -> Steps:
    return v.get(REVIEWS) or (), v.get(SECRECY)


Steps = tuple[tuple[Approval, ...], Secrecy | None]
STEPS = Shape("steps", (REVIEWS, SECRECY))
PLAN_REVIEW = Field(
    "plan_review",
    one_of_shape(STEPS, _steps),
    "计划的审核，由 approve 命令写入；reviews、secrecy 是完成以后的审核",
    required=False,
)
SUMMARY_REVIEW = Field(
    "summary_review",
    one_of_shape(STEPS, _steps),
    "白话说明的审核，由 approve 命令写入",
    required=False,
)


def trail_of(
    v: Values, key: str, node: Node, body: str = "", attachments: Sequence[Attachment] = ()
) -> Trail:
    """The review trail of a record in file `key`; the other arguments determine its digest."""
    record = _kind_of_file(key)
    # A node's `reviews` refer to its end, even before it has one.
    kind = record.reviewed[-1] if record and record.folder == "nodes" else None
    name = name_of(key, node, kind) or key
    return _bound(_steps(v), name, content_of(node, body, attachments))


def plan_trail_of(v: Values, key: str, node: Node) -> Trail:
    """The review trail of a node's plan alone."""
    name = name_of(key, node, "node-plan") or key
    return _bound(v.get(PLAN_REVIEW) or ((), None), name, content_of(node, without=NODE_END))


def summary_trail_of(v: Values, key: str, summary: Node) -> Trail:
    """The review trail of a task's summary; its digest covers this text only."""
    name = name_of(key, summary) or key
    return _bound(v.get(SUMMARY_REVIEW) or ((), None), name, content_of(summary))


def _bound(steps: Steps, name: str, content: str) -> Trail:
    return Trail(*steps, bound_digest(name, content), name)


_FILE = re.compile(r"(\d{4})/(internal/)?([a-z]+)/(\d{3})?(.*)")


def _kind_of_file(key: str) -> RecordKind | None:
    """The record kind of a file; notes have the same kind inside and outside `internal`."""
    found = _FILE.fullmatch(key)
    folder = f"{found[2] or ''}{found[3]}" if found else ""
    return kind_in(folder) or kind_in(folder.removeprefix("internal/"))


def name_of(key: str, node: Node, kind: str | None = None) -> str | None:
    """The name of a record in approvals: `2025/report/004/2025-06-30-kejiju`,
    `2025/node-end/004/n1`.

    Year, kind, task and the entry's id. The folder `internal` is no part of it, so that a record
    can be moved in or out of it unchanged. None for records that are not reviewed.
    """
    found, record = _FILE.fullmatch(key), _kind_of_file(key)
    if found is None or record is None:
        return None
    kind = kind or record.review_kind(_text_at(node, record.told_by))
    if not kind:
        return None
    own = [_text_at(node, name) for name in record.entry]
    if record.layout not in ("list", "field"):
        own = [PurePosixPath(key).stem]
    # Corrections are filed by day, other records by task.
    task = found[4] if record.layout != "day" else None
    return "/".join(part for part in (found[1], kind, task, *own) if part)


def _text_at(node: Node, name: str) -> str:
    """The text of an entry as typed; empty if absent."""
    own = node.get(name) if isinstance(node, MapNode) else None
    return own.text if isinstance(own, Scalar) and not own.is_null else ""


def content_of(
    node: Node, body: str = "", attachments: Sequence[Attachment] = (), without: Sequence[str] = ()
) -> str:
    """SHA-256 of a record's content as its reviewers saw it, independent of its path.

    Digest of canonical JSON of the entries, every scalar as typed, without the trail (and
    `without`); then the body without trailing white space, so that editors which trim lines void
    nothing; then the attachments' names and digests.
    """
    plain = _plain_value(node)
    if isinstance(plain, dict):
        left_out = {*NOT_APPROVED, *without}
        plain = {key: value for key, value in plain.items() if key not in left_out}
    lines = [line.rstrip() for line in body.strip("\n").split("\n")]
    whole: list[Plain] = [plain, "\n".join(lines)]
    for attachment in attachments:
        whole.append([attachment.name, hashlib.sha256(attachment.content).hexdigest()])
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


Plain = str | list["Plain"] | dict[str, "Plain"]


def _plain_value(node: Node) -> Plain:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, ListNode):
        return [_plain_value(item) for item in node.items]
    assert isinstance(node, MapNode)  # noqa: S101 - the third and last kind of node
    return {key.text: _plain_value(value) for key, value in node.entries}
