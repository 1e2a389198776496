"""The review trail of a record, and the digest by which an edit afterwards is noticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Literal

from portal.fields import (
    DAY,
    Field,
    Kind,
    Shape,
    Values,
    choice,
    line_of_text,
    list_of,
    one_of_shape,
    whole_number,
)
from portal.located import ListNode, MapNode, Node, Scalar
from portal.model import Approval, Secrecy, Trail
from portal.progress import Attachment
from portal.read.kinds import DIGEST

# What approving writes, and when the site published: none of it is part of what was approved.
NOT_APPROVED = ("reviews", "secrecy", "published")

_RESULT: Kind[Literal["可公开", "不公开"]] = choice("可公开", "不公开")

R_LEVEL = Field("level", whole_number(1, 9), "第几级审核")
R_BY = Field("by", line_of_text(40), "审核人的岗位，不写姓名")
R_AT = Field("at", DAY, "审核日期")
R_DIGEST = Field("digest", DIGEST, "审核时内容的摘要")
REVIEW = Shape("review", (R_LEVEL, R_BY, R_AT, R_DIGEST))

S_RESULT = Field("result", _RESULT, "保密审查结论")
S_BY = Field("by", line_of_text(40), "审查人的岗位")
S_AT = Field("at", DAY, "审查日期")
SECRECY_SHAPE = Shape("secrecy", (S_RESULT, S_BY, S_AT, R_DIGEST))


def _approval(v: Values) -> Approval:
    return Approval(v[R_LEVEL], v[R_BY], v[R_AT], v[R_DIGEST])


def _secrecy(v: Values) -> Secrecy:
    return Secrecy(v[S_RESULT], v[S_BY], v[S_AT], v[R_DIGEST])


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


def trail_of(
    v: Values, node: Node, body: str = "", attachments: Sequence[Attachment] = ()
) -> Trail:
    """The trail of a record; `node` and `body` are what its digest is taken of."""
    return Trail(v.get(REVIEWS) or (), v.get(SECRECY), digest_of(node, body, attachments))


def digest_of(node: Node, body: str = "", attachments: Sequence[Attachment] = ()) -> str:
    """Sha256 of a record as its reviewers saw it.

    Canonical JSON of the entries, every scalar as typed, without the trail itself; then the body
    with trailing blanks off, so that an editor's tool which trims lines voids nothing; then the
    attachments by name and digest.
    """
    plain = _plain(node)
    if isinstance(plain, dict):
        plain = {key: value for key, value in plain.items() if key not in NOT_APPROVED}
    lines = [line.rstrip() for line in body.strip("\n").split("\n")]
    whole: list[Plain] = [plain, "\n".join(lines)]
    for attachment in attachments:
        whole.append([attachment.name, hashlib.sha256(attachment.content).hexdigest()])
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


Plain = str | list["Plain"] | dict[str, "Plain"]


def _plain(node: Node) -> Plain:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, ListNode):
        return [_plain(item) for item in node.items]
    assert isinstance(node, MapNode)  # noqa: S101 - the third and last kind of node
    return {key.text: _plain(value) for key, value in node.entries}
