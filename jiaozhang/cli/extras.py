"""Packages that only some verbs need: the site is the same without them, to the byte."""

from __future__ import annotations

from collections.abc import Mapping

# By the name that is imported: the package, and the extra of pyproject.toml that brings it.
EXTRAS: Mapping[str, tuple[str, str]] = {
    "livereload": ("livereload", "serve"),
    "tornado": ("livereload", "serve"),
    "docx": ("python-docx", "import"),
    "python_calamine": ("python-calamine", "import"),
    "pypinyin": ("pypinyin", "import"),
    "pytest": ("pytest", "test"),
}


def missing_extra(error: ModuleNotFoundError) -> tuple[str, str] | None:
    """The package and the extra that an import lacked; nothing where it was none of them."""
    return EXTRAS.get((error.name or "").partition(".")[0])
