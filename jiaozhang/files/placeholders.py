"""Placeholders in scaffolds, to be filled in by a person, and how the checker finds those left."""

from __future__ import annotations

import re

# The mark starts with the bracket of document numbers, which never precedes these words otherwise.
_BLANK = re.compile(r"〔填写(?:：([^〔〕]*))?〕?")
# Placeholders of earlier versions, each a whole value or line.
_EARLIER = frozenset(
    (
        "文章标题",
        "谁发布的",
        "数的是什么",
        "用一两句话概括。",
        "用一两句话写清楚做了什么、做到哪一步。",
    )
)


def blank(what: str) -> str:
    """The placeholder for `what` is to be filled in."""
    return f"〔填写：{what}〕"


def blank_in(text: str) -> tuple[int, str] | None:
    """The index of the first placeholder in a line or value, and what is to be filled in there."""
    found = _BLANK.search(text)
    if found:
        return found.start(), found[1] or found[0]
    if text.strip() in _EARLIER:
        return len(text) - len(text.lstrip()), text.strip()
    return None
