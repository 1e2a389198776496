"""Types of option arguments, and how each is parsed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Literal

from jiaozhang.cli.option_fields import Value

ReviewLevel = int | Literal["secrecy"]


def _path(text: str) -> Path:
    if not text:
        raise ValueError(text)
    return Path(text)


def _whole(text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise ValueError(text)
    return int(text)


def _level(text: str) -> ReviewLevel:
    return "secrecy" if text == "secrecy" else _whole(text, 1, 9)


def _size(text: str) -> int:
    """A size in bytes: a number, optionally with the suffix K, M or G."""
    found = re.fullmatch(r"([1-9][0-9]{0,11})([KMG]?)", text, re.ASCII)
    if not found:
        raise ValueError(text)
    return int(found[1]) << {"": 0, "K": 10, "M": 20, "G": 30}[found[2]]


FOLDER = Value("DIR", _path)
FILE = Value("FILE", _path)
DAY = Value("DATE", date.fromisoformat)
YEAR = Value("YEAR", lambda text: _whole(text, 1949, 2199))
TASK = Value("N", lambda text: _whole(text, 1, 99_999))
RELEASE = Value("SEQ", lambda text: _whole(text, 1, 999_999_999))
LEVEL = Value("LEVEL", _level)
COUNT = Value("COUNT", lambda text: _whole(text, 1, 1000))
FILES = Value("FILES", lambda text: _whole(text, 1, 999_999_999))
SECONDS = Value("SECONDS", lambda text: _whole(text, 1, 999_999))
SIZE = Value("SIZE", _size)
PORT = Value("PORT", lambda text: _whole(text, 1, 65535))
# Arguments that are only passed on or compared.
CITY = Value("CITY", str)
UNIT = Value("UNIT", str)
POST = Value("POST", str)
ENTRY = Value("ENTRY", str)
ADDRESS = Value("ADDRESS", str)
REVISION = Value("REV", str)
COMMIT = Value("COMMIT", str)
BRANCH = Value("BRANCH", str)
CONTENT = Value("PATH", str)
SERVER_NAME = Value("NAME", str)
NETWORK = Value("CIDR", str)
URL = Value("URL", str)
URL_PATH = Value("PATH", str)
# A path for the web server's configuration: not opened here, shown as written if refused.
SERVER_FILE = Value("FILE", str)
