"""What is remembered changes nothing but the time a build takes."""

from __future__ import annotations

import dataclasses
import importlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import ROOT, TODAY
from jiaozhang import cache
from jiaozhang.build.pipeline import BuildDay, Inputs, build_all, load
from jiaozhang.faults.diagnostic import is_fatal
from jiaozhang.render import jinja
from jiaozhang.wall.audience import Audience

pytestmark = pytest.mark.slow

DEMO = ROOT / "examples" / "demo"
BOTH: tuple[Audience, ...] = ("public", "intranet")
Site = dict[str, bytes]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Path]:
    """A folder in which this test remembers."""
    cache.remember_in(tmp_path / "memory")
    yield tmp_path / "memory" / "memory.sqlite"
    cache.forget()


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The fictional city, whose public records need no review: they are edited and moved."""
    return Path(shutil.copytree(DEMO, tmp_path / "demo"))


def read(content: Path) -> Inputs:
    return load(content, "demo", content / "site.toml", ROOT)


def sites(
    inputs: Inputs, day: date = TODAY, audiences: tuple[Audience, ...] = BOTH
) -> dict[Audience, Site] | str:
    """Every byte of the sites, or what keeps them from being built."""
    made, faults = build_all(inputs, audiences, BuildDay(day, TODAY), None)
    if is_fatal(faults, True):
        return repr(faults)
    return {audience: dict(site.files) for audience, site in made.items()}


# --- Edits: each takes the content folder and dice, and leaves something changed.


def _notes(content: Path) -> list[Path]:
    """Those without a review: a reviewed text may not change unseen."""
    notes = sorted(content.glob("*/notes/*/*.md"))
    return [note for note in notes if "reviews:" not in note.read_text(encoding="utf-8")]


def _write_more(content: Path, dice: random.Random) -> None:
    note = dice.choice(_notes(content))
    text = note.read_text(encoding="utf-8")
    note.write_text(f"{text}\n又完成{dice.randrange(99)}处。\n", encoding="utf-8")


def _take_away(content: Path, dice: random.Random) -> None:
    dice.choice(_notes(content)).unlink()


def _move(content: Path, dice: random.Random) -> None:
    note = dice.choice(_notes(content))
    note.rename(note.with_name(note.name.replace(".md", f"-{dice.randrange(99)}.md")))


def _rename_site(content: Path, dice: random.Random) -> None:
    file = content / "site.toml"
    text = file.read_text(encoding="utf-8")
    name = f'name = "第{dice.randrange(99)}市重点工作"'
    lines = [name if line.startswith("name =") else line for line in text.split("\n")]
    file.write_text("\n".join(lines), encoding="utf-8")


def _reorder_units(content: Path, dice: random.Random) -> None:
    file = content / "units.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("市科技局", f"市科技{dice.randrange(9)}局"), encoding="utf-8")


def _break(content: Path, dice: random.Random) -> None:
    dice.choice(_notes(content)).write_text("---\nno: [\n", encoding="utf-8")


EDITS: tuple[Callable[[Path, random.Random], None], ...] = (
    _write_more,
    _write_more,
    _take_away,
    _move,
    _rename_site,
    _reorder_units,
    _break,
)


def history(content: Path, seed: int, steps: int) -> Iterator[tuple[str, Inputs, date]]:
    """A history of edits, some of which are taken back; templates, styles and days change too."""
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    original = read(content)
    for step in range(steps):
        edit = dice.choice(EDITS)
        edit(content, dice)
        inputs = read(content)
        if dice.random() < 0.2:
            footer = original.templates["base.html"].replace("</main>", f"</main><!-- {step} -->")
            inputs = replace(inputs, templates={**inputs.templates, "base.html": footer})
        if dice.random() < 0.2:
            style = inputs.assets["site.css"] + f"/* {step} */".encode()
            inputs = replace(inputs, assets={**inputs.assets, "site.css": style})
        yield edit.__name__, inputs, TODAY - timedelta(days=dice.choice((0, 0, 1, 300)))
        if edit is _break or dice.random() < 0.3:
            shutil.rmtree(content)
            shutil.copytree(DEMO, content)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.full)])
def test_a_remembered_site_equals_a_clean_one_after_any_history(
    seed: int, demo: Path, store: Path
) -> None:
    for name, inputs, day in history(demo, seed, 6 if seed == 1 else 60):
        remembered = sites(inputs, day)
        assert store.exists()
        cache.forget()
        assert remembered == sites(inputs, day), name
        cache.remember_in(store.parent)


def test_the_same_content_again_renders_no_page(
    demo: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = public(demo)
    filled = watched(monkeypatch)
    assert public(demo) == first
    assert filled == []


def test_one_note_renders_the_pages_that_show_it_and_no_other(
    demo: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = public(demo)
    note = _notes(demo)[0]
    note.write_text(note.read_text(encoding="utf-8") + "\n又完成三处。\n", encoding="utf-8")
    filled = watched(monkeypatch)
    after = public(demo)
    changed = {
        path
        for path, content in after.items()
        if path.endswith(".html") and before.get(path) != content
    }
    assert f"{note.parts[-4]}/tasks/{note.parts[-2]}/index.html" in changed
    # A note may be part of what a page is made of without being shown there.
    # Every list of the task shows its newest words.
    assert len(filled) <= 10


def public(content: Path) -> Site:
    """Built in this process, where it can be watched."""
    made = sites(read(content), audiences=("public",))
    assert isinstance(made, dict)
    return made["public"]


def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that are filled from now on in this process."""
    filled: list[str] = []
    real = jinja.fill

    def fill(
        templates: Mapping[str, str],
        name: str,
        this: object,
        href: Callable[[str], str],
        asset: Callable[[str], str],
        asset_file: Callable[[str], str],
    ) -> str:
        filled.append(name)
        return real(templates, name, this, href, asset, asset_file)

    monkeypatch.setattr(jinja, "fill", fill)
    return filled


# --- A store that cannot be trusted.


def test_a_damaged_store_costs_time_only(demo: Path, store: Path) -> None:
    inputs = read(demo)
    whole = sites(inputs)
    bytes_ = store.read_bytes()
    dice = random.Random(5)  # noqa: S311 - repeatable, not secret
    for _ in range(3):
        torn = bytearray(bytes_)
        for _ in range(400):
            torn[dice.randrange(len(torn))] ^= 1 << dice.randrange(8)
        store.write_bytes(torn)
        cache.remember_in(store.parent)
        assert sites(inputs) == whole
    for content in (b"", b"no database at all" * 99, bytes_[: len(bytes_) // 2]):
        store.write_bytes(content)
        cache.remember_in(store.parent)
        assert sites(inputs) == whole


def test_an_answer_under_another_key_is_not_believed(store: Path) -> None:
    assert cache.recall("x", 1, lambda: "one") == "one"
    assert cache.recall("x", 2, lambda: "two") == "two"
    cache.save()
    with sqlite3.connect(store) as opened:
        keys = [key for (key,) in opened.execute("SELECT key FROM known")]
        for key, other in ((keys[0], b"-"), (keys[1], keys[0]), (b"-", keys[1])):
            opened.execute("UPDATE known SET key = ? WHERE key = ?", (other, key))
    cache.remember_in(store.parent)
    assert cache.recall("x", 1, lambda: "again") == "again"


@pytest.mark.parametrize("value", ["7", "'text'", "NULL", "x'00'"])
def test_what_damage_made_of_a_value_is_not_believed(store: Path, value: str) -> None:
    cache.recall("x", 1, lambda: "one")
    cache.save()
    with sqlite3.connect(store) as opened:
        opened.execute(f"UPDATE known SET value = {value}")  # noqa: S608 - four words of ours
    cache.remember_in(store.parent)
    assert cache.recall("x", 1, lambda: "again") == "again"


def test_what_names_a_place_in_memory_is_not_remembered(store: Path) -> None:
    assert cache.recall("x", object(), lambda: 1) == 1
    cache.save()
    assert not store.exists()


def test_another_program_remembers_nothing_of_this_one(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "module.py"
    module.write_text("A = 1")
    code = cache._code
    monkeypatch.setattr(cache, "_code", lambda: [*code(), module])
    cache.remember_in(store.parent)
    cache.recall("x", 1, lambda: "old")
    cache.save()
    cache.remember_in(store.parent)
    assert cache.recall("x", 1, lambda: "new") == "old"
    module.write_text("A = 22")
    cache.remember_in(store.parent)
    assert cache.recall("x", 1, lambda: "new") == "new"


@pytest.mark.parametrize("mode", [0o777, 0o770])
def test_a_folder_that_others_can_write_to_is_not_used(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    cache.remember_in(tmp_path)
    cache.recall("x", 1, lambda: "one")
    cache.save()
    assert list(tmp_path.iterdir()) == []


def test_without_a_place_to_remember_in_a_site_is_built(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    environment = {**os.environ, "CACHE_DIRECTORY": str(tmp_path / "file")}
    words = ["-m", "jiaozhang", "build", "--content", str(DEMO), "--out", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "out" / "public" / "build.json").exists()


def test_a_user_without_a_home_remembers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CACHE_DIRECTORY", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000)
    cache.remember_in(cache.default_folder())
    assert cache.recall("x", 1, lambda: 1) + cache.recall("x", 1, lambda: 2) == 3


def test_it_begins_anew_before_it_fills_a_disk(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.recall("x", 1, lambda: "x" * 100_000)
    cache.save()
    monkeypatch.setattr(cache, "_MOST_BYTES", 50_000)
    cache.remember_in(store.parent)
    cache.recall("x", 2, lambda: "y")
    cache.save()
    assert store.stat().st_size < 50_000


def test_every_value_says_all_of_itself() -> None:
    """A key is made of `repr`: a field that it leaves out could change unseen."""
    files = (ROOT / "jiaozhang").rglob("*.py")
    names = (".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files)
    modules = [importlib.import_module(n) for n in names if not n.endswith("__main__")]
    classes = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and dataclasses.is_dataclass(value)
    }
    assert len(classes) > 150
    silent = [
        f"{one.__qualname__}.{field.name}"
        for one in classes
        for field in dataclasses.fields(one)
        if not field.repr
    ]
    own = [
        one.__qualname__
        for one in classes
        if "__repr__" in one.__dict__ and not one.__dataclass_params__.repr
    ]
    assert silent == own == []
