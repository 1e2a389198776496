"""The public side does not tick with the intranet, and goes on over releases of older programs."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_publisher import COLOURS

from conftest import ROOT
from jiaozhang.cli.arguments import parser
from jiaozhang.publisher import carry
from jiaozhang.publisher.carry import carrying
from jiaozhang.publisher.release import Part, from_json
from jiaozhang.publisher.request import Result
from jiaozhang.publisher.store import live_release
from jiaozhang.server.nginx_config import Host
from repository import Repository
from servers import ERRORS, Answer, Site, certificate, free_port, hold, running, text_of

pytestmark = pytest.mark.slow

INTERNAL = """
-- content/2025/ledger.yaml --
title: 示例市人民政府关于做好2025年重点工作的通知
issuer: 示例市人民政府
source: 示例
reporting: monthly
sections:
  - {{number: 1, title: 坚持创新，发展产业}}
  - {{number: 2, title: 改善民生}}
seasons:
  汛前: {{}}
-- content/2025/internal/notes/001/2025-06-30-kejiju.md --
---
origin: report
unit: 市科技局
period: 2025-06
date: 2025-06-30
status: 正常推进
---
只在内网看的第{}次报送。
"""
SHOWN = ("Site-Release", "ETag", "Last-Modified", "Cache-Control", "Content-Type")


@pytest.fixture
def city(tmp_path: Path, tool: Callable[[str], str]) -> Repository:
    tool("git")
    return Repository(tmp_path)


@contextmanager
def served(nginx: str, openssl: str, city: Repository) -> Iterator[Site]:
    """The public side of a root, by a real nginx."""
    folder = city.root.parent / "nginx"
    folder.mkdir()
    pem = certificate(folder, openssl)
    host = Host(
        kind="public",
        root=str(city.root),
        errors=str(ERRORS),
        names=("localhost",),
        port=free_port(),
        ipv6=False,
        certificate=str(pem[0]),
        key=str(pem[1]),
    )
    with running(nginx, hold(folder, {"site": text_of(host)}), (host.port,)):
        yield Site(host.port, True, city.root)


def seen(site: Site, paths: list[str]) -> Mapping[str, tuple[int, bytes, tuple[str, ...]]]:
    """All that a reader is told of these addresses, but for the time of the answer."""
    answers: dict[str, Answer] = {path: site.ask(path, Accept_Encoding="gzip") for path in paths}
    return {
        path: (answer.status, answer.body, tuple(answer[name] for name in SHOWN))
        for path, answer in answers.items()
    }


def is_sheet(path: str) -> bool:
    """The style sheet that a commit of these tests changes."""
    return path.removeprefix("/").startswith("assets/site.") and path.endswith(".css")


def test_what_only_the_intranet_shows_changes_nothing_outside(
    city: Repository, tool: Callable[..., str]
) -> None:
    city.commit(COLOURS.format("11"))
    city.publish()
    city.commit(COLOURS.format("22") + INTERNAL.format(0))
    city.publish()
    # Every file, those of older pages too, and what is not there.
    paths = [f"/{path}" for path in city.live() if not path.endswith((".gz", ".br"))]
    paths = [path.removesuffix("index.html") for path in paths if path != "/404.html"]
    with served(tool("nginx"), tool("openssl"), city) as site:
        before, files = seen(site, [*paths, "/nothing/"]), city.live()
        stats = {path: (city.root / "current/public" / path).stat() for path in files}
        assert sum(is_sheet(path) for path in paths) == 2
        assert {status for status, _, _ in before.values()} == {200, 404}
        version = json.loads(files["build.json"])["version"]
        assert {told[0] for _, _, told in before.values()} == {version, ""}  # assets name none
        inside = city.live("intranet")
        # More of them than releases are kept.
        for number in range(1, 4):
            commit = city.commit(INTERNAL.format(number))
            assert city.publish("--keep", "2") == 0
            assert city.live_commit() == commit
            assert seen(site, [*paths, "/nothing/"]) == before
            assert city.live() == files
        assert city.live("intranet") != inside
        for path, stat in stats.items():
            now = (city.root / "current/public" / path).stat()
            assert (now.st_ino, now.st_mtime_ns) == (stat.st_ino, stat.st_mtime_ns), path
        assert city.run("rollback") == 0
        assert seen(site, [*paths, "/nothing/"]) == before
        assert city.is_whole()
        city.title("改造5个小区")
        city.publish()
        assert site.ask("/")["Site-Release"] not in ("", version)
    assert not [name for name in city.live() if city.first.encode() in city.live()[name]]


def test_the_operator_still_knows_the_commit(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    city.publish()
    capsys.readouterr()
    city.run("status", "--format", "json")
    parts = json.loads(capsys.readouterr().out)["live"]["audiences"]
    release = live_release(city.root)
    assert release
    for name in ("public", "intranet"):
        manifest = json.loads(city.live(name)["build.json"])
        assert parts[name]["commit"] == release.parts[name].commit == city.first
        assert parts[name]["version"] == release.parts[name].version == manifest["version"]
        assert manifest.get("commit") == (city.first if name == "intranet" else None)
    folder = (city.root / "current/public").resolve()
    assert folder.name == f"public-{release.parts['public'].version}"


def test_without_a_public_site_its_server_shows_nothing(
    city: Repository, tool: Callable[..., str]
) -> None:
    """Least of all the folders of releases, below which the intranet's lie."""
    city.publish("--audience", "intranet")
    name = city.releases()[0]
    with served(tool("nginx"), tool("openssl"), city) as site:
        for path in ("/", f"/{name}/release.json", f"/{name}/intranet/", "/intranet/", "/assets/"):
            answer = site.ask(path)
            assert (answer.status, answer["Site-Release"]) == (404, "")
            assert b"intranet" not in answer.body


def as_an_older_program_left_it(city: Repository) -> None:
    """The live release as it was written before the public folder was named by its version."""
    folder = (city.root / "current").resolve()
    public = (folder / "public").resolve()
    (folder / "public").unlink()
    public.rename(folder / "public")
    description = json.loads((folder / "release.json").read_bytes())
    for part in description["audiences"].values():
        del part["since"], part["folder"]
    (folder / "release.json").write_text(json.dumps(description))


def test_releases_of_an_older_program_go_on_working(
    city: Repository, tool: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    city.commit(COLOURS.format("11"))
    city.publish()
    as_an_older_program_left_it(city)
    old = city.live()
    style = next(path for path in old if is_sheet(path))
    assert city.run("verify") == city.run("status") == 0
    with served(tool("nginx"), tool("openssl"), city) as site:
        page = site.ask("/")
        assert (page.status, page["Site-Release"]) == (200, "")  # its path names no version
        # The same commit again moves it to a folder of its own.
        assert city.publish() == 0
        assert city.results()[-1] == "unchanged"
        assert city.publish("--live", "--as-of", "2025-03-01") == 0
        assert site.ask("/")["Site-Release"] == json.loads(city.live()["build.json"])["version"]
        city.commit(COLOURS.format("22"))
        assert city.publish() == 0
        assert style in city.live()
        assert city.is_whole()
        assert city.run("rollback", "--to", "1") == 0
        assert {path: city.live()[path] for path in old} == old
        assert site.ask("/").body == old["index.html"]
        assert city.is_whole()
    assert city.run("rollback", "--to", "3") == 0
    city.title("改造5个小区")
    assert city.publish("--keep", "1") == 0
    assert "000001" not in " ".join(city.releases())
    assert city.is_whole()
    capsys.readouterr()


def test_a_part_that_stays_is_moved_out_of_an_older_programs_folder(city: Repository) -> None:
    city.publish()
    as_an_older_program_left_it(city)
    public = city.live()
    city.commit(INTERNAL.format(1))
    assert city.publish("--audience", "intranet") == 0
    assert city.live() == public
    assert (city.root / "current/public").is_symlink()
    assert city.is_whole()


@pytest.mark.parametrize("there", ["elsewhere", None, "folder"])
def test_verify_sees_a_link_that_was_bent(
    there: str | None, city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    city.publish()
    link = city.root / "current" / "public"
    folder = link.resolve()
    link.unlink()
    if there == "folder":
        shutil.copytree(folder, link)
    elif there:
        link.symlink_to(there)
    assert city.run("verify") == 1
    assert "变了 public" in capsys.readouterr().err
    assert city.publish("--force") == 0
    assert city.run("verify") == 0


@pytest.mark.parametrize("folder", ["../intranet", "/etc", "public-", "public-a/b", "."])
def test_a_description_leads_into_its_own_release(folder: str, city: Repository) -> None:
    city.publish()
    description = (city.root / "current" / "release.json").read_bytes()
    found = json.loads(description)
    found["audiences"]["public"]["folder"] = folder
    (city.root / "current" / "release.json").write_text(json.dumps(found))
    assert city.run("verify") == 2
    assert from_json(description).parts["public"].folder.startswith("public-")


def test_what_is_carried_ends_with_its_age(city: Repository) -> None:
    sheets = []
    for number in ("11", "22", "33"):
        city.commit(COLOURS.format(number))
        city.publish("--keep", "1")
        sheets.append(next(path for path in city.live() if is_sheet(path)))
    styles = {path for path in city.live() if is_sheet(path)}
    assert len(styles) == 3  # longer than their releases are kept
    description = city.root / "current" / "release.json"
    found = json.loads(description.read_bytes())
    part = found["audiences"]["public"]
    oldest = min(part["since"].values())
    for path, stamp in part["since"].items():
        part["since"][path] = stamp - (31 * 24 * 3600 if stamp == oldest else 0)
    description.write_text(json.dumps(found))
    city.commit(COLOURS.format("44"))
    city.publish()
    left = {path for path in city.live() if is_sheet(path)}
    assert len(left) == 3
    assert len(styles - left) == 1
    assert city.is_whole()


def test_force_carries_nothing_that_was_tampered_with(city: Repository) -> None:
    city.commit(COLOURS.format("11"))
    city.publish()
    old = next(path for path in city.live() if is_sheet(path))
    city.commit(COLOURS.format("22"))
    city.publish()
    (city.root / "current" / "public" / old).write_text("hacked")
    assert city.publish("--force") == 0
    assert old not in city.live()
    assert old + ".gz" in city.live()
    assert city.is_whole()


NAMES = [f"{folder}/{n}.{n:08x}.js{end}" for folder in ("assets", "search/k") for n in range(4)
         for end in ("", ".gz", ".br")]  # fmt: skip
SITES = st.frozensets(st.sampled_from([*NAMES, "index.html", "assets/plain.js"]))
HOUR = 3600


@given(
    st.lists(st.tuples(SITES, st.integers(1, 40 * 24)), min_size=2, max_size=8),
    st.integers(0, 12),
    st.integers(0, 120),
)
@settings(deadline=None, max_examples=300)
def test_what_is_carried_is_bounded_and_the_release_before_is_whole(
    history: list[tuple[frozenset[str], int]], most_files: int, most_bytes: int
) -> None:
    sizes = {name: 1 + len(name) % 7 for name in [*NAMES, "index.html", "assets/plain.js"]}
    patch = pytest.MonkeyPatch()
    patch.setattr(carry, "MOST_FILES", most_files)
    patch.setattr(carry, "MOST_BYTES", most_bytes)
    live, stamp = part(history[0][0]), 0
    last_own = dict.fromkeys(live.files, 0)
    for files, hours in history[1:]:
        before, live_stamp, stamp = live, stamp, stamp + hours * HOUR
        live = carrying(part(files), stamp, before, live_stamp, sizes)
        if live.files == before.files:
            assert live.carried == before.carried
            continue
        last_own |= dict.fromkeys(before.files, stamp)
        left = {path for path in before.files if path in NAMES} - files
        older = live.carried.keys() - left
        assert left <= live.carried.keys()
        assert not live.carried.keys() & (files | {"index.html", "assets/plain.js"})
        assert all(stamp - last_own[path] <= carry.MOST_DAYS * 24 * HOUR for path in older)
        if older:
            assert len(live.carried) <= most_files
            assert sum(sizes[path] for path in live.carried) <= most_bytes
        # The youngest stay: nothing that is gone was left later than anything that is there.
        gone = before.carried.keys() - live.carried.keys() - files
        stays = [last_own[path] for path in older]
        assert all(last_own[path] <= min(stays, default=stamp) for path in gone)
    patch.undo()


def part(files: frozenset[str]) -> Part:
    return Part("c", "v", {}, 1, {name: f"digest of {name}" for name in files}, {})


def test_a_file_that_is_gone_from_the_disk_is_not_carried() -> None:
    live = part(frozenset(NAMES[:6]))
    sizes = dict.fromkeys(NAMES[1:6], 1)
    assert set(carrying(part(frozenset()), 5, live, 1, sizes).carried) == set(NAMES[1:6])


@pytest.mark.parametrize("guide", ["operating.md", "运维指南.md"])
def test_the_guides_say_what_is_carried_and_what_may_be_replaced(guide: str) -> None:
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    for limit in (f"{carry.MOST_FILES:,}", f"{carry.MOST_BYTES >> 20} MiB", f"{carry.MOST_DAYS} "):
        assert limit in text
    verbs = next(action for action in parser()._actions if action.dest == "verb")
    options = {
        word for action in verbs.choices["publish"]._actions for word in action.option_strings
    }
    assert {f"--{word}" for word in ("rev", "root", "force", "replace", "keep")} <= options
    # Every option that the guide shows with this verb is one that it has.
    for call in re.findall(r"build\.py publish ([^`\n]*)", text):
        assert set(re.findall(r"--[a-z-]+", call)) <= options, call
    for result in get_args(Result):
        assert f"| `{result}` |" in text
