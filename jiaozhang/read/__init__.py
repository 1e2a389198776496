"""Parsing sources into the filed model; parsing continues after a fault."""

from jiaozhang.read.content import read_content

__all__ = ["read_content"]
