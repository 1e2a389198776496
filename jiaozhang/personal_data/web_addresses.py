"""Find personal numbers that a URL passes on: in its query, its fragment, or after `tel:`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

from jiaozhang.personal_data.numbers import PersonalNumber, personal_numbers

_HEAD = re.compile(r"(?P<scheme>[A-Za-z]+):(?://(?:(?P<user>[^/?#@]*)@)?(?P<host>[^/?#]*))?")
_STEP = re.compile(r"[^/@,;]+")
_HANDED_ON = re.compile(r"[?&;#](?:(?P<name>[^=&;#?]*)=)?(?P<value>[^&;#?]+)")
# Schemes, hosts and path segments after which a number is no article id.
_CALLS = re.compile(r"tel|phone|mobile|mob|sms|mailto|wechat|weixin|whatsapp|wa\.me")
# Names of parameters with counters or times.
_COUNTED = re.compile(r"(?i)[a-z_]*id|no|num|t|ts|time|timestamp|v|_")
# What a part may contain besides a number: its name, or a file suffix.
_BESIDE = re.compile(
    r"(?i)(?<![a-z0-9])(?:tel|phone|mobile|mob|sms|wechat|weixin|wx|id|sfz)(?![a-z0-9])"
    r"|\.[a-z]{2,5}$"
)
_WITHIN = re.compile(r"://|[?&=]")
_MOST_ENCODED = 5


def numbers_in_address(address: str) -> tuple[PersonalNumber, ...]:
    """Find personal numbers in a URL, as in `?tel=…` or `tel:…`.

    Only parts that consist of numbers and non-ASCII words are tested. Paths, and parameters named
    like an id or a time, usually contain other numbers: in these only resident ids count, or
    numbers that the path calls a telephone.
    """
    return tuple(one for part in _parts(address) for one in _in_part(address, *part))


def _in_part(address: str, is_counted: bool, start: int, end: int) -> Iterator[PersonalNumber]:
    plain = _decoded(address[start:end]).strip()
    # The value may be a complete URL, or an encoded query.
    if len(plain) < end - start and _WITHIN.search(plain):
        inside = numbers_in_address(plain if "://" in plain else f"?{plain}")
        yield from (PersonalNumber(one.code, start, end, one.shown) for one in inside)
        return
    own = personal_numbers(plain)
    rest = plain
    for one in reversed(own):
        rest = rest[: one.start] + rest[one.end :]
    if own and not re.search("[0-9A-Za-z]", _BESIDE.sub("", rest)):
        for one in own:
            if one.code == "personal-id" or not is_counted:
                yield PersonalNumber(one.code, start, end, one.shown)


def _parts(address: str) -> Iterator[tuple[bool, int, int]]:
    """The parts of a URL: whether a number there is probably an article id, and the range."""
    head = _HEAD.match(address)
    path = head.end() if head else 0
    behind = min((at for at in map(address.find, "?#") if at >= 0), default=len(address))
    if head and head["user"]:
        yield (False, *head.span("user"))
    before = (head["host"] or head["scheme"]).lower() if head else ""
    for step in _STEP.finditer(address, path, behind):
        name, sign, _ = step[0].partition("=")
        start = step.start() + len(name + sign) if sign else step.start()
        yield not _CALLS.fullmatch(name.lower() if sign else before), start, step.end()
        before = step[0].lower()
    for part in _HANDED_ON.finditer(address, behind):
        yield (bool(_COUNTED.fullmatch(part["name"] or "")), *part.span("value"))


def _decoded(value: str) -> str:
    """A part of a URL with percent escapes decoded, also doubly encoded ones."""
    for _ in range(_MOST_ENCODED):
        before, value = value, unquote_plus(value)
        if value == before:
            break
    return value
