"""The licence of an installed package according to its metadata; as an SPDX identifier if known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, metadata

# Names as found in metadata, and their SPDX identifiers.
_SPDX: Mapping[str, str] = {
    "MIT": "MIT",
    "MIT License": "MIT",
    "BSD-2-Clause": "BSD-2-Clause",
    "BSD-3-Clause": "BSD-3-Clause",
    "Apache-2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "MPL-2.0": "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
# Their metadata say only "BSD"; their licence files are the three-clause BSD licence.
_THREE_CLAUSES = frozenset(("jinja2", "livereload", "segno"))
_MOST = 60


def licences_of(package: str) -> Sequence[Mapping[str, object]]:
    """The licence of an installed package in CycloneDX's form; empty if it declares none."""
    try:
        own = metadata(package)
    except PackageNotFoundError:
        return []
    for expression in own.get_all("License-Expression") or ():
        return [{"expression": str(expression)}]
    if package in _THREE_CLAUSES:
        return [{"license": {"id": "BSD-3-Clause"}}]
    named = [str(text).strip().split("\n")[0] for text in own.get_all("License") or ()]
    classes = own.get_all("Classifier") or []
    named += [str(one).rpartition(" :: ")[2] for one in classes if str(one).startswith("License")]
    known = next((_SPDX[name] for name in named if name in _SPDX), None)
    if known:
        return [{"license": {"id": known}}]
    return [{"license": {"name": name[:_MOST]}} for name in named if name][:1]
