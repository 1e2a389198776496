"""How a value is written as JSON: equal values are equal bytes."""

from __future__ import annotations

import json

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def json_text(value: Json) -> str:
    """Write a value as a file."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
