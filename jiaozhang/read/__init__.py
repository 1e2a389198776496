"""Sources become the filed model; every fault is reported and reading goes on."""

from jiaozhang.read.content import read_content

__all__ = ["read_content"]
