"""Optional packages for some verbs; they do not change a byte of the sites."""

from __future__ import annotations

from collections.abc import Mapping

# Import name → (package, extra of pyproject.toml).
EXTRAS: Mapping[str, tuple[str, str]] = {
    "livereload": ("livereload", "serve"),
    "tornado": ("livereload", "serve"),
    "docx": ("python-docx", "import"),
    "python_calamine": ("python-calamine", "import"),
    "pypinyin": ("pypinyin", "import"),
    "pytest": ("pytest", "test"),
}


def missing_extra(error: ModuleNotFoundError) -> tuple[str, str] | None:
    """The package and extra whose import failed; None for any other package."""
    return EXTRAS.get((error.name or "").partition(".")[0])
