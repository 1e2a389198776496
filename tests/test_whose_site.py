"""Another city's site never appears: settings stand with their content and have types."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import BASE, ROOT, World, run
from jiaozhang.build.pipeline import site_beside
from jiaozhang.files.fields import Field
from jiaozhang.files.shape import Shape
from jiaozhang.read import registry_files
from repository import Repository

pytestmark = pytest.mark.slow

SHIPPED = "天津市政府重点工作"


def elsewhere(folder: Path, name: str) -> Path:
    """A small ledger under some name, without settings; the shipped ones are never far."""
    city = World(folder / "made", BASE)
    return (city.folder / "content").rename(folder / name)


@pytest.mark.parametrize(
    "words",
    [
        ("build", "--out", "out"),
        ("check",),
        ("serve",),
        ("explain", "2025/"),
    ],
)
@pytest.mark.parametrize("name", ["mycity", "content", "site.toml", "内容"])
def test_content_without_its_settings_is_nobodys_site(
    words: tuple[str, ...], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = elsewhere(tmp_path / "deep", name)
    monkeypatch.chdir(tmp_path)
    done = run(*words, "--content", str(content))
    assert done.returncode == 1, done.stderr
    assert "error[no-site]" in done.stderr and f"{name}/site.toml" in done.stderr
    assert 'name = "' in done.stderr and 'standing = "' in done.stderr
    assert SHIPPED not in done.stdout + done.stderr
    assert not (tmp_path / "out").exists()
    assert "name = " in run("check", "--content", str(content), "--lang", "en").stderr


def test_a_link_called_content_makes_no_city_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "content").symlink_to(elsewhere(tmp_path, "mycity"))
    (tmp_path / "site.toml").write_text('name = "甲"\nstanding = "unofficial"\n')
    assert "error[no-site]" in run("check", "--content", str(tmp_path / "content")).stderr


@pytest.mark.parametrize("folder", ["site.toml/", "Site.toml", "site.toml.txt", "2025/site.toml"])
def test_settings_under_another_name_are_none(folder: str, tmp_path: Path) -> None:
    content = elsewhere(tmp_path, "mycity")
    if folder.endswith("/"):
        (content / folder).mkdir()
    else:
        shutil.copy(ROOT / "site.toml", content / folder)
    assert "error[no-site]" in run("check", "--content", str(content)).stderr


def test_the_address_of_another_city_is_not_written_into_a_servers_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "site.toml").write_text(
        'name = "甲"\nstanding = "unofficial"\nbase_url = "https://jia.example"\n'
    )
    for part in ("deploy", "templates", "static"):
        (home / part).symlink_to(ROOT / part)
    monkeypatch.setattr("jiaozhang.program.HOME", home)
    content = elsewhere(tmp_path, "mycity")
    words = ("--root", str(tmp_path), "--kind", "public", "--content", str(content))
    done = run("nginx", *words)
    assert done.returncode == 2 and "jia.example" not in done.stdout + done.stderr


def test_a_commit_is_published_under_its_own_settings_alone(
    tmp_path: Path, tool: Callable[[str], str]
) -> None:
    tool("git")
    city = Repository(tmp_path)
    for name in ("cities/a", "content2"):
        shutil.copytree(city.folder / "content", city.folder / name)
    city.git("add", "-A")
    city.git("commit", "-qm", "x")
    assert city.publish("--content", "cities/a") == 1
    assert city.publish("--content", "content2") == 1
    assert not (city.root / "current").exists()
    assert city.publish() == 0


def test_where_settings_may_stand_is_a_matter_of_the_folders_name() -> None:
    assert site_beside(Path("a/content")) == Path("a/site.toml")
    assert site_beside(Path("content")) == Path("site.toml")
    for other in (".", "a", "a/content2", "a/Content", "content/a"):
        assert site_beside(Path(other)) is None


# What TOML can say, by its type. Texts that a field takes stand with the field below.
WRITTEN = {
    "string": ['"5"', "'''x'''", '"true"', '"2025"'],
    "integer": ["5", "-1", "0x10", "1_000", "0", "9" * 30],
    "float": ["5.0", "1e400", "nan", "-inf", "3e1"],
    "boolean": ["true", "false"],
    "date": ["2025-01-01", "2025-01-01T07:32:00Z", "07:32:00", "1979-05-27 07:32:00"],
    "array": ["[]", "[5]", '["a"]', "[[1], [2]]"],
    "table": ["{}", "{a = 1}", "{name = {name = 5}}"],
}
WANTED = {
    "index": "boolean",
    "current": "integer",
    "soon_days": "integer",
    "behind_percent": "integer",
    "ahead_percent": "integer",
    "contacts": "array",
    "standings": "array",
    "colours": "array",
    "official": "table",
}
GOOD = {
    ("site", "name"): '"甲"',
    ("site", "standing"): '"unofficial"',
    ("contact", "label"): '"甲"',
    ("contact", "address"): '"tel:110"',
    ("standings", "key"): '"soon"',
    ("colours", "tone"): '"done"',
    ("colours", "light"): '"#004400"',
    ("colours", "dark"): '"#ffffff"',
    ("official", "organiser"): '"甲"',
    ("official", "operator"): '"乙"',
    ("official", "site_code"): '"1200000123"',
    ("official", "icp"): '"津ICP备12345678号-1"',
    ("official", "police"): '"津公网安备12010302000000号"',
}
TABLES = {
    "site": (registry_files.SITE, ""),
    "contact": (registry_files.CONTACT, "[[contacts]]\n"),
    "standings": (registry_files.STYLE, "[[standings]]\n"),
    "colours": (registry_files.TONE_COLOUR, "[[colours]]\n"),
    "official": (registry_files.OFFICIAL_SHAPE, "[official]\n"),
}


def _lines(shape: Shape, table: str, without: str) -> Iterator[str]:
    for field in shape.fields:
        good = GOOD.get((table, field.name))
        if good and field.name != without:
            yield f"{field.name} = {good}\n"


def _fields() -> Iterator[tuple[str, Field[object], str]]:
    for table, (shape, _) in TABLES.items():
        for field in shape.fields:
            yield from ((table, field, its) for its in WRITTEN)


def toml(table: str, name: str, value: str) -> str:
    shape, head = TABLES[table]
    own = "".join(_lines(shape, table, name)) + f"{name} = {value}\n"
    site = "".join(_lines(registry_files.SITE, "site", ""))
    return own if table == "site" else f"{site}{head}{own}"


@pytest.mark.parametrize(
    ("table", "field", "its"), [(t, f, i) for t, f, i in _fields()], ids=lambda one: str(one)[:24]
)
def test_a_field_is_written_as_its_own_type(
    table: str, field: Field[object], its: str, world: Callable[[str], World]
) -> None:
    """Every field of site.toml against every type of TOML: another type is an error at its line."""
    if WANTED.get(field.name, "string") == its:
        return
    for value in WRITTEN[its]:
        text = toml(table, field.name, value)
        found = world(f"-- site.toml --\n{text}").check()
        row = 1 + text[: text.index(f"{field.name} = {value}")].count("\n")
        errors = [one for one in found if one.level == "error"]
        assert (row, "site.toml") in {(one.place.line, one.place.path) for one in errors}, (
            field.name,
            value,
            found,
        )
        assert all(one.place.column > 0 for one in errors)


@pytest.mark.parametrize("table", TABLES)
def test_the_same_fields_written_right_are_right(table: str, world: Callable[[str], World]) -> None:
    def faults(text: str) -> list[str]:
        return [code for code in world(f"-- site.toml --\n{text}").codes() if code != "no-contact"]

    (name, good), *_ = ((own, value) for (its, own), value in GOOD.items() if its == table)
    assert faults(toml(table, name, good)) == []
    more = "index = false\ncurrent = 2025\nsoon_days = 30\nbehind_percent = 0\n"
    site = "".join(_lines(registry_files.SITE, "site", ""))
    assert faults(f"{site}{more}") == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [("name = 5", '"5"'), ('soon_days = "30"', "30"), ('index = "true"', "true")],
)
def test_what_was_probably_meant_is_said(
    written: str, meant: str, world: Callable[[str], World]
) -> None:
    rest = 'standing = "unofficial"\n' + ("" if "name" in written else 'name = "甲"\n')
    said = world(f"-- site.toml --\n{rest}{written}\n").said()
    assert "error[wrong-type]" in said and f"是不是“{meant}”" in said


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000, "-" + "9" * 5000, "1e9999"])
def test_a_number_of_any_length_is_told_and_no_bug(
    number: str, world: Callable[[str], World]
) -> None:
    city = world(f'-- site.toml --\nname = {number}\nstanding = "unofficial"\n')
    (found,) = city.check()
    assert found.code in ("wrong-type", "toml-syntax") and found.place.line == 1
    assert city.said()
