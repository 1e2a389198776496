"""`explain` names what in fact made a file: watched while the sites of the demo are made."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import CodeType
from typing import get_args

import pytest

from conftest import ROOT
from jiaozhang.build import pipeline
from jiaozhang.build.explain import explain
from jiaozhang.build.pipeline import BuildDay, BuiltSite, Inputs, build, examine, load
from jiaozhang.files.output_folder import MANIFEST
from jiaozhang.ledger.filed import Filed
from jiaozhang.pages.core.page import BytesPage, FilePage, HtmlPage, Page, path_of
from jiaozhang.wall.audience import Audience

DAY = BuildDay(date(2026, 2, 20), date(2026, 2, 20))


@dataclass
class Watched:
    """Who was running when each page came to be, innermost first; and what became of assets."""

    running: dict[str, list[CodeType]] = field(default_factory=dict)
    assets: dict[str, bytes] = field(default_factory=dict)
    manifest: bytes = b""


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    found = Watched()

    def watch(kind: type[Page]) -> None:
        real = kind.__init__

        def init(self: Page, *args: object, **names: object) -> None:
            real(self, *args, **names)
            # The plan copies a page in order to say where it stands; it was made before.
            found.running.setdefault(path_of(self), codes(sys._getframe(1)))

        monkeypatch.setattr(kind, "__init__", init)

    for kind in (HtmlPage, FilePage, BytesPage):
        watch(kind)

    def render(pages: object, templates: object, assets: dict[str, bytes], base: str) -> object:
        found.assets.update(assets)
        return real_render(pages, templates, assets, base)

    def manifest(*args: object) -> bytes:
        found.manifest = real_manifest(*args)
        return found.manifest

    real_render, real_manifest = pipeline.render, pipeline._manifest
    for own in (render, manifest):
        real = getattr(pipeline, {"manifest": "_manifest"}.get(own.__name__, own.__name__))
        own.__module__, own.__qualname__ = real.__module__, real.__qualname__
        monkeypatch.setattr(pipeline, real.__name__, own)
    return found


def codes(frame: object) -> list[CodeType]:
    found = []
    while frame is not None:
        found.append(frame.f_code)
        frame = frame.f_back
    return found


def place(code: CodeType) -> str:
    """A function as `explain` names it."""
    return f"{Path(code.co_filename).relative_to(ROOT).as_posix()}: {code.co_qualname}"


@pytest.fixture(scope="module")
def demo() -> tuple[Inputs, Filed]:
    inputs = load(ROOT / "examples" / "demo", "examples/demo", None, ROOT)
    filed, _ = examine(inputs)
    assert filed is not None
    return inputs, filed


@pytest.mark.slow
@pytest.mark.parametrize("audience", get_args(Audience))
def test_every_file_is_explained_by_what_made_it(
    audience: Audience, watched: Watched, demo: tuple[Inputs, Filed]
) -> None:
    inputs, filed = demo
    site, _ = build(filed, inputs, audience, DAY, None)
    assert set(site.makers) == set(site.files)
    pages = {path_of(page): page for page in site.pages}
    for path, made in site.makers.items():
        told = explain(path, site, filed, inputs.tree).splitlines()
        assert told[0] == path
        assert f"  {made.function}" in told[1:3]
        if path in pages:
            made_by_watching(path, pages[path], watched, site)
        elif path == MANIFEST:
            assert made.function == "jiaozhang/build/pipeline.py: _manifest"
            assert site.files[path] == watched.manifest
        else:
            assert made.function == "jiaozhang/render/rendering.py: render"
            assert site.files[path] == watched.assets[made.source.removeprefix("static/")]
            assert (ROOT / made.source).is_file()
    endings = {Path(path).suffix for path in pages}
    assert endings >= {".html", ".xml", ".ics", ".csv", ".json", ".xlsx", ".txt", ".js"}


def made_by_watching(path: str, page: Page, watched: Watched, site: BuiltSite) -> None:
    made, running = site.makers[path], watched.running[path]
    # It was running when the page came to be, and the page came to be in its module.
    assert made.function in map(place, (code for code in running if is_ours(code)))
    module = made.function.partition(":")[0]
    assert Path(running[0].co_filename) == ROOT / module
    if isinstance(page, HtmlPage):
        assert made.source == f"templates/{page.template}"
        assert (ROOT / made.source).is_file()
    else:
        assert made.source == ""


def is_ours(code: CodeType) -> bool:
    return code.co_filename.startswith(str(ROOT / "jiaozhang"))


@pytest.mark.slow
def test_a_page_in_two_modules_is_noticed(
    watched: Watched, demo: tuple[Inputs, Filed], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison above fails for a plan that names somebody else."""
    from jiaozhang.pages import site_plan

    def stranger(kind: Callable[..., object]) -> Callable[..., object]:
        def made_elsewhere(*args: object) -> object:
            return kind(*args)

        return made_elsewhere

    kinds = tuple(replace(kind, make=stranger(kind.make)) for kind in site_plan.KINDS)
    monkeypatch.setattr(site_plan, "KINDS", kinds)
    inputs, filed = demo
    site, _ = build(filed, inputs, "public", DAY, None)
    with pytest.raises(AssertionError):
        for page in site.pages:
            made_by_watching(path_of(page), page, watched, site)
