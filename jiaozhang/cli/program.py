"""Where this program's own files are: templates, static files, samples and locks."""

from __future__ import annotations

from pathlib import Path

HOME = Path(__file__).resolve().parent.parent.parent
