"""The software bill of materials (SBOM) of a release, in CycloneDX 1.6 form.

It lists installed packages, not declared ones, and contains no time and no random number: the same
program with the same packages gives the same bytes.
"""

from __future__ import annotations

import json
import platform
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from jiaozhang.files.output_folder import GENERATOR
from jiaozhang.publisher.compress import HAS_BROTLI
from jiaozhang.publisher.licences import licences_of

SBOM = "sbom.cdx.json"
# Without it the site is the same, only its compressed copies are fewer.
_OPTIONAL = "brotli"
_PIN = re.compile(r"([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"^ +# +(?:via +)?(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the lock file. `hashes` are those of all its distributions, for any system.

    `needed_by` names packages, or a file (`-r FILE`, `jiaozhang (pyproject.toml)`) for direct
    requirements of the program.
    """

    name: str
    version: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def sbom_of(home: Path, generator: str) -> bytes:
    """The SBOM of the program in `home`, identified by `generator`, with its installed packages."""
    lock = (home / "requirements.lock").read_text(encoding="utf-8")
    python = (platform.python_implementation(), platform.python_version())
    return bill(generator, python, tuple(_installed(read_lock(lock))))


def bill(generator: str, python: tuple[str, str], packages: Sequence[Package]) -> bytes:
    """Serialise the SBOM of a program, the Python it runs on and these packages."""
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "lifecycles": [{"phase": "build"}],
            "component": {
                "type": "application",
                "bom-ref": generator,
                "name": GENERATOR,
                "version": generator.removeprefix(f"{GENERATOR} "),
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": [_platform(*python), *map(_component, packages)],
        "dependencies": list(_dependencies(generator, " ".join(python), packages)),
    }
    number = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(content, ensure_ascii=False))
    named = {"serialNumber": f"urn:uuid:{number}", **content}
    return (json.dumps(named, ensure_ascii=False, indent=1) + "\n").encode()


def read_lock(text: str) -> Iterator[Package]:
    """Parse a lock file of `uv pip compile`: pins, their hashes, and who requires them."""
    for block in re.split(r"^(?=\w)", text, flags=re.MULTILINE):
        if pin := _PIN.match(block):
            via = (who for who in _VIA.findall(block) if who != "via")
            yield Package(pin[1], pin[2], tuple(_HASH.findall(block)), tuple(via))


def _installed(packages: Iterator[Package]) -> Iterator[Package]:
    """The installed packages of the lock, with the versions that are actually installed."""
    for package in packages:
        try:
            found = version(package.name)
        except PackageNotFoundError:  # optional, or for other systems
            continue
        if package.name == _OPTIONAL and not HAS_BROTLI:  # installed, but it cannot be imported
            continue
        is_locked = found == package.version
        yield package if is_locked else replace(package, version=found, hashes=())


def _component(package: Package) -> Mapping[str, object]:
    found: dict[str, object] = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "scope": "optional" if package.name == _OPTIONAL else "required",
        "purl": package.purl,
    }
    licences = licences_of(package.name)
    if licences:
        found["licenses"] = licences
    if package.hashes:
        # Not the component's own `hashes`: these belong to several files, one of which was
        # installed.
        distribution = {
            "type": "distribution",
            "url": package.purl,
            "comment": "one of these files, compared when it was installed",
            "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
        }
        found["externalReferences"] = [distribution]
    return found


def _platform(implementation: str, its_version: str) -> Mapping[str, object]:
    return {
        "type": "platform",
        "bom-ref": f"{implementation} {its_version}",
        "name": implementation,
        "version": its_version,
        "licenses": [{"license": {"id": "PSF-2.0"}}],
        # Vulnerability databases know Python by its CPE; they have no package URL for it.
        "cpe": f"cpe:2.3:a:python:python:{its_version}:*:*:*:*:*:*:*",
    }


def _dependencies(
    generator: str, python: str, packages: Sequence[Package]
) -> Iterator[Mapping[str, object]]:
    asked = (one.purl for one in packages if any(_is_ours(who) for who in one.needed_by))
    yield {"ref": generator, "dependsOn": [python, *asked]}
    for package in packages:
        needed = (one.purl for one in packages if package.name in one.needed_by)
        yield {"ref": package.purl, "dependsOn": list(needed)}


def _is_ours(who: str) -> bool:
    return who.startswith("-r ") or who.endswith("(pyproject.toml)")
