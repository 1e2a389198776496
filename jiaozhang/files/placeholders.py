"""What a scaffold leaves for a person to fill in, and how the checker knows that nobody did."""

from __future__ import annotations

import re

# Begins with a bracket of document numbers that no text has before these words.
_BLANK = re.compile(r"〔填写(?:：([^〔〕]*))?〕?")
# What scaffolds of earlier versions left, as a whole value or a whole line.
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
    """The mark that stands where something has to be filled in."""
    return f"〔填写：{what}〕"


def blank_in(text: str) -> tuple[int, str] | None:
    """Where in a line or a value the first blank stands, and what was to be filled in there."""
    found = _BLANK.search(text)
    if found:
        return found.start(), found[1] or found[0]
    if text.strip() in _EARLIER:
        return len(text) - len(text.lstrip()), text.strip()
    return None
