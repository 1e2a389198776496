"""What a release was made with lies beside it, and stays true for as long as it is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from conftest import ROOT
from jiaozhang.publisher.generator import generator_of
from jiaozhang.publisher.release import from_json
from jiaozhang.publisher.sbom import SBOM, bill, read_lock, sbom_of
from repository import REPORT, Repository

LOCK = """\
brotli==1.2.1 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via -r requirements.in
jinja2[i18n]==3.1.6 ; python_version > "3" \\
    --hash=sha256:{b}
    # via
    #   -r requirements.in
    #   other-one
markupsafe==3.0.4 \\
    --hash=sha256:{a}
    # via jinja2
""".format(a="a" * 64, b="b" * 64)


@pytest.fixture
def city(tmp_path: Path, tool: Callable[[str], str]) -> Repository:
    tool("git")
    return Repository(tmp_path)


@pytest.fixture
def upgrade(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Pretend that another version of a package is installed; none for an empty one."""

    def to(name: str, its: str) -> None:
        def found(package: str) -> str:
            if package == name and not its:
                raise PackageNotFoundError(name)
            return its if package == name else version(package)

        monkeypatch.setattr("jiaozhang.publisher.sbom.version", found)

    return to


@pytest.mark.slow
def test_it_is_cyclonedx_by_its_own_schema(city: Repository) -> None:
    city.publish()
    text = (city.root / "current" / SBOM).read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    # The validator finds faults where there are some.
    broken = text.replace('"type": "library"', '"type": "book"')
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(broken) is not None


def test_it_names_the_program_the_python_and_every_package_of_the_lock() -> None:
    found = json.loads(sbom_of(ROOT, generator_of(ROOT)))
    program = found["metadata"]["component"]
    assert f"{program['name']} {program['version']}" == generator_of(ROOT)
    python, *packages = found["components"]
    assert (python["name"], python["type"]) == ("CPython", "platform")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = [line.split()[0] for line in lock.splitlines() if "==" in line]
    assert [f"{one['name']}=={one['version']}" for one in packages] == pins
    hashes = [
        digest["content"] for one in packages for digest in one["externalReferences"][0]["hashes"]
    ]
    assert hashes == [rest[:64] for rest in lock.split("--hash=sha256:")[1:]]
    # Everything is reached from the program: what nobody asks for is not installed.
    needs = {row["ref"]: row["dependsOn"] for row in found["dependencies"]}
    reached, left = set(), [generator_of(ROOT)]
    while left:
        reached.add(one := left.pop())
        left += needs.get(one, [])
    assert reached == {generator_of(ROOT), *(one["bom-ref"] for one in found["components"])}


def test_a_lock_is_read_with_extras_markers_and_reasons() -> None:
    brotli, jinja, markup = read_lock(LOCK)
    assert (brotli.version, brotli.hashes) == ("1.2.1", ("a" * 64, "b" * 64))
    assert (jinja.purl, jinja.needed_by) == (
        "pkg:pypi/jinja2@3.1.6",
        ("-r requirements.in", "other-one"),
    )
    assert markup.needed_by == ("jinja2",)


def test_it_has_no_time_and_another_program_has_another() -> None:
    packages = tuple(read_lock(LOCK))
    first = bill("jiaozhang 1+a", ("CPython", "3.11.2"), packages)
    assert bill("jiaozhang 1+a", ("CPython", "3.11.2"), packages) == first
    others = [
        bill("jiaozhang 1+b", ("CPython", "3.11.2"), packages),
        bill("jiaozhang 1+a", ("CPython", "3.11.4"), packages),
        bill("jiaozhang 1+a", ("CPython", "3.11.2"), packages[1:]),
    ]
    numbers = {json.loads(text)["serialNumber"] for text in (first, *others)}
    assert len(numbers) == 4


def test_what_is_not_installed_is_not_named_and_what_was_exchanged_is(
    upgrade: Callable[[str, str], None],
) -> None:
    upgrade("brotli", "")
    assert b"brotli" not in sbom_of(ROOT, "jiaozhang 1")
    upgrade("jinja2", "9.9")
    rows = {one["name"]: one for one in json.loads(sbom_of(ROOT, "jiaozhang 1"))["components"]}
    assert rows["brotli"]["scope"] == "optional"
    assert rows["jinja2"]["purl"] == "pkg:pypi/jinja2@9.9"
    # Nobody compared that one with a hash.
    assert "externalReferences" not in rows["jinja2"]


def test_brotli_that_cannot_be_loaded_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiaozhang.publisher.sbom.HAS_BROTLI", False)
    assert b"brotli" not in sbom_of(ROOT, "jiaozhang 1")


@pytest.mark.slow
def test_another_package_alone_makes_no_release(
    city: Repository, upgrade: Callable[[str, str], None]
) -> None:
    """The site is the same, and was made with what stands beside it."""
    city.publish()
    before = (city.root / "current" / SBOM).read_bytes()
    upgrade("pyyaml", "9.9")
    city.publish()
    assert city.results() == ["live", "unchanged"]
    assert (city.root / "current" / SBOM).read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["变了", "缺少"])
def test_verify_covers_it(fault: str, city: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    city.publish()
    file = city.root / "current" / SBOM
    if fault == "缺少":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes().replace(b"jinja2", b"django"))
    assert city.run("verify") == 1
    assert f"{fault} {SBOM}" in capsys.readouterr().err
    assert city.publish("--force") == 0
    assert city.run("verify") == 0


@pytest.mark.slow
def test_a_release_that_is_gone_back_to_has_its_own(
    city: Repository, upgrade: Callable[[str, str], None]
) -> None:
    city.publish()
    first = (city.root / "current" / SBOM).read_bytes()
    upgrade("jinja2", "9.9")
    city.title("改造5个小区")
    city.publish()
    assert b"jinja2@9.9" in (city.root / "current" / SBOM).read_bytes()
    city.run("rollback")
    assert (city.root / "current" / SBOM).read_bytes() == first
    assert city.is_whole()


@pytest.mark.slow
def test_a_site_that_stays_behind_keeps_what_it_was_made_with(
    city: Repository, upgrade: Callable[[str, str], None]
) -> None:
    city.publish()
    first = (city.root / "current" / SBOM).read_bytes()
    older = city.root / "current" / f"public.{SBOM}"
    city.commit(REPORT)  # stops the public site alone
    for its in ("9.9", "9.10"):
        upgrade("jinja2", its)
        assert city.publish("--force") == 1
        assert older.read_bytes() == first
        assert f"jinja2@{its}".encode() in (city.root / "current" / SBOM).read_bytes()
        assert city.run("verify") == 0
    # Somebody took it away: `verify` says so, and no publish stops for it.
    older.unlink()
    assert city.run("verify") == 1
    assert city.publish("--force") == 1
    assert city.run("verify") == 0
    assert not older.exists()


@pytest.mark.slow
def test_a_release_of_a_program_without_it_is_still_one(city: Repository) -> None:
    city.publish()
    description = city.root / "current" / "release.json"
    found = json.loads(description.read_bytes())
    del found["beside"]
    description.write_text(json.dumps(found), encoding="utf-8")
    (city.root / "current" / SBOM).unlink()
    assert from_json(description.read_bytes()).beside == {}
    assert city.run("verify") == 0
    city.title("改造5个小区")
    assert city.publish() == 0
    assert city.run("rollback") == 0
    assert city.is_whole()
