"""What a message is: its words in both languages, its advice, and what it stops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Message:
    said: Mapping[Language, str]
    advice: Mapping[Language, str]
    level: Severity = "error"
    public_only: bool = False


def message(zh: str, en: str, help_zh: str, help_en: str, level: Severity = "error") -> Message:
    return Message({"zh": zh, "en": en}, {"zh": help_zh, "en": help_en}, level)


def public(zh: str, en: str, help_zh: str, help_en: str, level: Severity = "error") -> Message:
    """A fault that stops the public site alone: the intranet goes on and shows it."""
    return Message({"zh": zh, "en": en}, {"zh": help_zh, "en": help_en}, level, True)
