"""Kinds of fields for progress records: periods, times, digests, a day or month."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

from jiaozhang.files.date_spelling import meant_day, meant_moment, meant_month, meant_period
from jiaozhang.files.fields import NO_DAY, Faults, FieldKind, line_of_text
from jiaozhang.files.toml_tree import TomlScalar, TomlType
from jiaozhang.files.yaml_tree import Node

T = TypeVar("T")
_SHORT = line_of_text(40)
_TYPES: Mapping[TomlType, tuple[str, str]] = {
    "string": ("加双引号的文字", "text in double quotes"),
    "integer": ("不加引号的整数", "an integer without quotes"),
    "float": ("小数", "a number"),
    "boolean": ("true 或 false，不加引号", "true or false without quotes"),
    "date": ("日期", "a date"),
}


def typed(wanted: TomlType, kind: FieldKind[T]) -> FieldKind[T]:
    """A kind whose value must have this TOML type, since TOML distinguishes `5` from `"5"`."""

    def read(node: Node, faults: Faults) -> T | None:
        if isinstance(node, TomlScalar) and node.type != wanted:
            zh, en = _TYPES[wanted]
            quoted = json.dumps(node.text[:40], ensure_ascii=False)
            is_meant = wanted == "string" or kind.read(node, Faults(faults.document)) is not None
            near = quoted if wanted == "string" else node.text[:40]
            faults.add(
                "wrong-type",
                node,
                wanted=zh,
                wanted_en=en,
                given=quoted if node.type == "string" else node.text[:40],
                nearest=near if is_meant else "",
            )
            return None
        return kind.read(node, faults)

    return FieldKind(read, kind.schema, kind.words, kind.stand_in)


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as written; a month means its last day."""

    on: date
    text: str


def _read_day_or_month(node: Node, faults: Faults) -> WrittenDay | None:
    text = _SHORT.read(node, faults)
    if text is None:
        return None
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?", text)
    if not found:
        meant = meant_day(text, faults.year) or meant_month(text, faults.year)
        faults.add("not-a-date", node, given=text, nearest=meant)
        return _day(meant) if meant else None
    try:
        return _day(text)
    except ValueError:
        faults.add("no-such-day", node, given=text)
        return None


def _day(text: str) -> WrittenDay:
    """Parse a valid day or month; raises ValueError for a nonexistent date."""
    year, month, *rest = (int(part) for part in text.split("-"))
    day = rest[0] if rest else calendar.monthrange(date(year, month, 1).year, month)[1]
    return WrittenDay(date(year, month, day), text)


def _read_moment(node: Node, faults: Faults) -> datetime | None:
    text = _SHORT.read(node, faults)
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", text):
        meant = meant_moment(text, faults.year)
        faults.add("not-a-moment", node, given=text, nearest=meant)
        return datetime.fromisoformat(meant) if meant else None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        faults.add("no-such-day", node, given=text)
        return None


def _read_colour(node: Node, faults: Faults) -> str | None:
    text = _SHORT.read(node, faults)
    if text is not None and not re.fullmatch("#[0-9a-f]{6}", text):
        faults.add("not-a-colour", node, given=text)
        return None
    return text


_LONG = line_of_text(80)


def _no_guess(text: str, year: str) -> str:
    return ""


def _matching(
    pattern: str,
    code: str,
    schema: dict[str, object],
    words: str,
    guess: Callable[[str, str], str] = _no_guess,
) -> FieldKind[str]:
    def read(node: Node, faults: Faults) -> str | None:
        text = _SHORT.read(node, faults) if code != "not-a-digest" else _LONG.read(node, faults)
        if text is not None and not re.fullmatch(pattern, text):
            meant = guess(text, faults.year)
            faults.add(code, node, given=text[:40], nearest=meant)
            return meant or None
        return text

    return FieldKind(read, schema, words, lambda: "")


COLOUR = FieldKind(
    _read_colour,
    {"type": "string", "pattern": "^#[0-9a-f]{6}$"},
    "颜色，写作 #14506e",
    lambda: "#000000",
)
# Formats of registration numbers (gov.cn footers); one repeated digit is a placeholder, and
# refused.
SITE_CODE = _matching(
    "(?!(.)\\1{9})[0-9]{10}", "not-a-registration", {"type": "string"}, "10位数字"
)
ICP = _matching(
    "[\u4e00-\u9fff]ICP备(?!0{8})[0-9]{8,10}号(-[0-9]+)?",
    "not-a-registration",
    {"type": "string"},
    "如 津ICP备12345678号-1",
)
POLICE = _matching(
    "[\u4e00-\u9fff]公网安备 ?(?!0{14})[0-9]{14}号",
    "not-a-registration",
    {"type": "string"},
    "如 津公网安备12010302000000号",
)
DAY_OR_MONTH = FieldKind(
    _read_day_or_month,
    {"type": "string"},
    "日期 2025-06-30，或月份 2025-06",
    lambda: WrittenDay(NO_DAY, ""),
)
MOMENT = FieldKind(
    _read_moment,
    {"type": "string"},
    "时刻，写作 2025-07-04 09:30",
    lambda: datetime.combine(NO_DAY, time()),
)
PERIOD_PATTERN = r"[0-9]{4}-(0[1-9]|1[0-2]|Q[1-4])"
PERIOD = _matching(
    PERIOD_PATTERN,
    "not-a-period",
    {"type": "string", "pattern": f"^{PERIOD_PATTERN}$"},
    "期，写作 2025-06（月）或 2025-Q2（季）",
    meant_period,
)
# Digests without `v2:` have an older format: they are parsed, but void (`check.trail_rules`).
_DIGEST_PATTERN = "(v2:)?[0-9a-f]{64}"
DIGEST = _matching(
    _DIGEST_PATTERN,
    "not-a-digest",
    {"type": "string", "pattern": f"^{_DIGEST_PATTERN}$"},
    "approve 写入的摘要，不要手改",
)
