"""Publishing: a commit goes live whole, is logged, and can be taken back."""

from __future__ import annotations

import gzip
import json
import os
import stat
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from jiaozhang.files.bounds import Bounds
from jiaozhang.files.hashed_names import is_hashed
from jiaozhang.publisher import compress
from jiaozhang.publisher.extract import extract
from jiaozhang.publisher.pin import Pinned, after_rollback
from jiaozhang.publisher.release import DamagedError, Part, Release, from_json, to_json
from jiaozhang.publisher.request import Wanted, decide
from jiaozhang.publisher.store import superfluous
from repository import REPORT, Repository, tree

pytestmark = pytest.mark.slow

VANISHED = "vanished-address"


@pytest.fixture
def city(tmp_path: Path, tool: Callable[[str], str]) -> Repository:
    tool("git")
    return Repository(tmp_path)


def test_a_commit_goes_live_for_both_audiences(city: Repository) -> None:
    assert city.publish() == 0
    assert city.releases() == [f"000001-{city.first[:12]}"]
    assert str((city.root / "current").readlink()) == f"releases/{city.releases()[0]}"
    assert json.loads(city.live("intranet")["build.json"])["commit"] == city.first
    assert city.first[:12].encode() not in b"".join(city.live().values())
    assert "内网版".encode() in city.live("intranet")["index.html"]
    assert city.is_whole()
    assert city.run("verify") == 0


def test_the_work_tree_has_no_say(city: Repository) -> None:
    (city.folder / "content" / "units.yaml").write_text("broken: [", encoding="utf-8")
    assert city.publish() == 0
    assert city.live_commit() == city.first


def test_any_commit_and_branch_can_be_named(city: Repository) -> None:
    second = city.title("改造5个小区")
    assert city.publish("--rev", city.first) == 0
    assert city.live_commit() == city.first
    assert city.publish("--rev", "main") == 0
    assert city.live_commit() == second


def test_the_same_once_more_is_nothing(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    city.publish()
    assert city.publish() == 0
    assert "没有变化" in capsys.readouterr().out
    assert city.results() == ["live", "unchanged"]
    assert len(city.releases()) == 1


def test_another_day_is_another_release_unless_every_byte_is_the_same(city: Repository) -> None:
    city.publish("--as-of", "2025-07-01")
    city.publish("--as-of", "2025-07-02")
    assert city.results() == ["live", "live"]
    closed = "closed: 2025-08-01\nreporting: none"
    ledger = (city.folder / "content/2025/ledger.yaml").read_text(encoding="utf-8")
    city.commit("-- content/2025/ledger.yaml --\n" + ledger.replace("reporting: none", closed))
    city.publish()
    # A day passes; the ledger is closed.
    description = city.root / "current" / "release.json"
    text = description.read_text(encoding="utf-8")
    day = json.loads(text)["day"]
    description.write_text(text.replace(f'"day": "{day}"', '"day": "2025-08-02"'), encoding="utf-8")
    assert city.publish("--live") == 0
    assert city.results()[-2:] == ["live", "unchanged"]


def test_an_older_commit_is_superseded(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    second = city.title("改造5个小区")
    city.publish()
    assert city.publish("--rev", city.first) == 0
    assert "superseded" in capsys.readouterr().out
    assert (city.live_commit(), city.results()[-1]) == (second, "superseded")
    assert city.publish("--rev", city.first, "--force") == 0
    assert city.results()[-1] == "superseded"
    # It may go live, but the second task's page would be gone.
    assert city.publish("--rev", city.first, "--replace", city.first) == 1
    assert city.live_commit() == second


def test_a_repository_that_lacks_the_live_commit_decides_nothing(
    city: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    city.title("改造5个小区")
    city.publish()
    (tmp_path / "other").mkdir()
    other = Repository(tmp_path / "other")
    other.commit("-- content/2025/notice.md --\n另一处的历史。\n")
    other.root = city.root
    assert other.publish() == 2
    assert "是新是旧" in capsys.readouterr().err


def test_live_again_never_advances(city: Repository) -> None:
    city.publish("--as-of", "2025-07-01")
    city.title("改造5个小区")
    assert city.publish("--live") == 0
    assert city.live_commit() == city.first
    assert [line["action"] for line in city.log()] == ["publish", "publish-live"]
    assert json.loads(city.live()["build.json"])["as_of"] != {"2025": "2025-07-01"}


@pytest.mark.parametrize("words", [("publish", "--live"), ("rollback",), ("verify",)])
def test_where_nothing_is_live_it_is_said(
    words: tuple[str, ...], city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert city.run(*words) == 2
    assert "还没有上线过" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [("--rev", "nothing"), ("--rev=--all",), ("--content", "../x"), ("--content", "/x")],
)
def test_a_commit_or_path_that_is_not_there_is_exit_2(
    words: tuple[str, ...], city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert city.publish(*words) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_content_that_the_commit_lacks_is_said(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert city.publish("--content", "elsewhere") == 1
    assert "error[no-content]" in capsys.readouterr().err


def test_content_at_the_top_and_below_a_folder(city: Repository, tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    other = Repository(top)
    for entry in (other.folder / "content").iterdir():
        entry.rename(other.folder / entry.name)
    other.git("add", "-A")
    other.git("commit", "-qm", "x")
    assert other.publish("--content", ".") == 0
    (city.folder / "city").mkdir()
    for name in ("content", "site.toml"):
        (city.folder / name).rename(city.folder / "city" / name)
    city.git("add", "-A")
    city.git("commit", "-qm", "x")
    assert city.publish("--content", "city/content") == 0
    assert city.live()["index.html"] == other.live()["index.html"]


def test_errors_leave_the_site_and_stand_in_the_log(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    city.publish()
    before = tree(city.root / "releases")
    units = (city.folder / "content" / "units.yaml").read_text(encoding="utf-8")
    bad = city.commit(f"-- content/units.yaml --\n{units.replace('department', 'office', 1)}")
    capsys.readouterr()
    assert city.publish() == 1
    said = capsys.readouterr().err
    assert "content/units.yaml:1:36: error[not-a-choice]" in said
    assert tree(city.root / "releases") == before
    line = city.log()[-1]
    assert (line["result"], line["commit"]) == ("faulty", bad)
    assert (line["live_before"], line["live_after"]) == (1, 1)
    rows = line["diagnostics"]
    assert isinstance(rows, list)
    assert rows[0]["code"] == "not-a-choice"
    city.run("status")
    told = capsys.readouterr().out
    assert "最近一次发布没有成功" in told
    assert "content/units.yaml:1:36" in told


def test_what_stops_the_public_site_alone_lets_the_intranet_go_on(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    city.publish()
    public, second = city.live(), city.commit(REPORT)
    assert city.publish() == 1
    assert "公开版有错，保留原来的一版" in capsys.readouterr().err
    assert city.live() == public
    assert json.loads(city.live("intranet")["build.json"])["commit"] == second
    assert city.is_whole()
    assert (city.log()[-1]["result"], city.log()[-1]["held"]) == ("live", ["public"])
    assert city.publish() == 0
    assert city.results()[-1] == "unchanged"


def test_an_audience_that_is_not_asked_for_stays(city: Repository) -> None:
    city.publish()
    intranet, second = city.live("intranet"), city.title("改造5个小区")
    assert city.publish("--audience", "public") == 0
    assert city.live_commit() == second
    assert city.live("intranet") == intranet
    assert city.is_whole()


def test_one_audience_alone(city: Repository) -> None:
    assert city.publish("--audience", "public") == 0
    assert not (city.root / "current" / "intranet").exists()
    assert city.publish("--live", "--as-of", "2025-07-01") == 0
    assert not (city.root / "current" / "intranet").exists()


def test_unchanged_files_are_shared_and_changed_ones_are_newer(city: Repository) -> None:
    city.title("改造5个小区")
    city.publish()
    first = sites(city)
    for title in ("改造6个小区", "改造7个小区"):
        city.title(title)
        city.publish()
        second = sites(city)
        same = changed = 0
        for path, old in (
            (path, before / path.relative_to(after))
            for before, after in zip(first, second, strict=True)
            for path in after.rglob("*")
            if path.is_file()
        ):
            if old.exists() and old.read_bytes() == path.read_bytes():
                assert old.samefile(path)
                same += 1
            elif old.exists():
                assert int(path.stat().st_mtime) > int(old.stat().st_mtime)
                changed += 1
        assert same > 20 and changed > 5
        first = second


@pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=-1)])
def test_a_changed_file_is_newer_though_the_clock_stands_still_or_is_set_back(
    later: timedelta, city: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server's ETag is made of time and size: two titles of one length differ in nothing else."""
    start = datetime(2025, 7, 1, 9, 0, tzinfo=UTC)
    stamps = []
    for number, title in enumerate(("改造5个小区", "改造6个小区", "改造7个小区")):
        now = start + number * later
        monkeypatch.setattr("jiaozhang.cli.clock.datetime", SimpleNamespace(now=now.astimezone))
        city.title(title)
        city.publish()
        page = city.root / "current/public/2025/tasks/002/index.html"
        assert title in page.read_text(encoding="utf-8")
        stamps.append(int(page.stat().st_mtime))
    assert stamps == [int(start.timestamp()) + seconds for seconds in range(3)]


def sites(city: Repository) -> list[Path]:
    """The folders of both audiences in the live release."""
    return [(city.root / "current" / name).resolve() for name in ("public", "intranet")]


def test_every_text_has_its_compressed_copies(city: Repository) -> None:
    city.publish()
    files = city.live()
    home = files["index.html"]
    assert gzip.decompress(files["index.html.gz"]) == home
    if compress.HAS_BROTLI:
        import brotli

        assert brotli.decompress(files["index.html.br"]) == home
    assert "robots.txt.gz" not in files  # a packet carries it whole
    assert not [path for path in files if path.endswith((".gz.gz", ".xlsx.gz"))]


def test_compressing_is_the_same_everywhere() -> None:
    content = "进展\n".encode() * 400
    packed = compress.gzipped(content)
    assert packed == compress.gzipped(content)
    assert packed[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    assert gzip.decompress(packed) == content
    assert compress.copies_of("index.html", compress.LEAST_BYTES - 1) == ()
    assert compress.copies_of("photo.jpg", 9999) == ()
    assert compress.copies_of("index.html", 9999)[0][0] == ".gz"


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("assets/site.0123456789.css", True),
        ("assets/site.0123456789.css.br", True),
        ("assets/fonts/song.0123456789abcdef.woff2", True),
        ("search/k/ab.01234567.js", True),
        ("search/index.html", False),
        ("assets/site.css", False),
        ("2025/data/tasks.0123456789.json", False),
    ],
)
def test_a_hashed_file_is_known_by_its_name(path: str, is_one: bool) -> None:
    assert is_hashed(path) is is_one


def test_a_web_server_can_read_the_site_and_only_the_site(city: Repository) -> None:
    before = os.umask(0o077)
    try:
        city.publish()
    finally:
        os.umask(before)
    release = (city.root / "current").resolve()
    for folder in (city.root, city.root / "releases", release):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755, folder
    for path in release.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        if path.parent == release and path.is_file():
            assert mode == 0o640
        else:
            assert mode == (0o755 if path.is_dir() else 0o644), path


COLOURS = """
-- site.toml --
name = "示例市重点工作"
standing = "unofficial"
[[colours]]
tone = "done"
light = "#00{}00"
dark = "#ffffff"
"""


def test_going_back_carries_what_newer_pages_ask_for(city: Repository) -> None:
    city.commit(COLOURS.format("11"))
    city.publish()
    city.commit(COLOURS.format("22"))
    city.publish()
    newer = _style_of(city)
    assert city.run("rollback") == 0
    assert newer != _style_of(city)
    assert newer in city.live()
    assert city.is_whole()
    # Whoever then publishes hands both on.
    older = _style_of(city)
    city.commit(COLOURS.format("33"))
    city.publish()
    assert {older, newer, _style_of(city)} <= set(city.live())
    assert city.is_whole()


def _style_of(city: Repository) -> str:
    page = city.live()["index.html"].decode()
    start = page.index("assets/site.")
    return page[start : page.index('"', start)]


def test_rollback_goes_to_what_was_live_and_pins(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    city.publish()
    second = city.title("改造5个小区")
    city.publish()
    assert city.run("rollback") == 0
    assert city.live_commit() == city.first
    assert city.is_whole()
    capsys.readouterr()
    # The same push again, an older one and the nightly build do not bring it back.
    for words in ((), ("--rev", second), ("--rev", city.first, "--as-of", "2025-07-01")):
        assert city.publish(*words) == 0
        assert "不比退下来的那一版新" in capsys.readouterr().out
    assert city.publish("--live", "--as-of", "2025-07-01") == 0
    assert city.live_commit() == city.first
    city.run("status")
    assert "固定" in capsys.readouterr().out
    third = city.title("改造6个小区")
    assert city.publish() == 0
    assert city.live_commit() == third
    assert not (city.root / "pin.json").exists()


def test_force_takes_the_pin_away(city: Repository) -> None:
    city.publish()
    second = city.title("改造5个小区")
    city.publish()
    city.run("rollback")
    assert city.publish("--force") == 0
    assert city.live_commit() == second
    assert not (city.root / "pin.json").exists()


def test_rollback_skips_what_had_been_rolled_back_from(city: Repository) -> None:
    """Not to the number before, but to what was live before."""
    commits = [city.first]
    city.publish()
    for number in (2, 3):
        commits.append(city.title(f"改造{number}个小区"))
        city.publish()
    city.run("rollback")
    assert city.live_commit() == commits[1]
    city.title("改造4个小区")
    city.publish()
    city.run("rollback")
    assert city.live_commit() == commits[1]
    city.run("rollback")
    assert city.live_commit() == commits[0]
    assert city.run("rollback") == 2
    # Everything rolled back from stays pinned, the newest as well as the last.
    for commit in commits[1:]:
        city.publish("--rev", commit)
        assert city.results()[-1] == "pinned"


def test_rollback_to_a_number(city: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    for number in (1, 2, 3):
        city.title(f"改造{number}个小区")
        city.publish()
    third = city.live_commit()
    assert city.run("rollback", "--to", "1") == 0
    assert city.run("rollback", "--to", "1") == 0
    assert "本来就在线" in capsys.readouterr().out
    assert city.run("rollback", "--to", "9") == 2
    assert "000002-" in capsys.readouterr().err
    assert city.run("rollback", "--to", "3") == 0
    assert "不会自动上线" not in capsys.readouterr().out
    assert city.live_commit() == third
    assert not (city.root / "pin.json").exists()
    assert [line["action"] for line in city.log()].count("rollback") == 2


def test_a_page_address_may_not_vanish(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    city.title("改造5个小区")
    city.publish()
    city.commit("", "content/2025/tasks/002.yaml")
    before = city.live()
    assert city.publish() == 1
    said = capsys.readouterr().err
    assert f"content/redirects.yaml: error[{VANISHED}]: 已经公布过的网址 /2025/tasks/002/" in said
    assert city.live() == before
    assert city.results()[-1] == "faulty"


def test_lists_of_the_day_may_come_and_go(city: Repository) -> None:
    city.commit(REPORT.partition("-- content/2025/notes")[0])
    city.publish("--as-of", "2025-01-01")
    before = set(city.live())
    assert city.publish("--as-of", "2026-07-01") == 0
    assert "2025/tasks/not-due/index.html" in before - set(city.live())


def test_links_and_large_files_of_a_commit_are_refused(
    city: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "secret.yaml").write_text("section: 1\n", encoding="utf-8")
    (city.folder / "content/2025/tasks/009.yaml").symlink_to(tmp_path / "secret.yaml")
    with (city.folder / "content/2025/tasks/008.yaml").open("wb") as file:
        file.truncate(20_000_000)
    city.git("add", "-A")
    city.git("commit", "-qm", "x")
    assert city.publish() == 1
    said = capsys.readouterr().err
    assert "009.yaml: error[symlink]" in said
    assert "008.yaml: error[file-too-large]" in said


def test_site_toml_is_never_read_through_a_link(city: Repository, tmp_path: Path) -> None:
    (city.folder / "site.toml").rename(tmp_path / "site.toml")
    (city.folder / "site.toml").symlink_to(tmp_path / "site.toml")
    city.git("add", "-A")
    city.git("commit", "-qm", "x")
    assert city.publish() == 1


def test_modules_and_names_that_climb_out_are_refused(
    city: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    module = f"160000,{city.first},content/2025/tasks/007.yaml"
    city.git("update-index", "--add", "--cacheinfo", module)
    city.git("commit", "-qm", "x")
    assert city.publish() == 1
    assert "007.yaml: error[special-file]" in capsys.readouterr().err
    blob = bytes.fromhex(city.git("rev-parse", "HEAD:site.toml"))
    (tmp_path / "tree").write_bytes(b"100644 ..\0" + blob)
    words = ("-t", "tree", "-w", "--literally", str(tmp_path / "tree"))
    climbing = city.git("commit-tree", "-m", "x", city.git("hash-object", *words))
    assert city.publish("--rev", climbing, "--content", ".") == 2
    assert not list(tmp_path.glob("*.toml"))


def test_many_large_files_are_read_in_parts(
    city: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiaozhang.publisher.extract._BATCH", 500)
    extract(city.folder, city.first, (), tmp_path / "out", Bounds(), needs_all=True)
    (city.folder / ".git").rename(tmp_path / "git")
    assert tree(tmp_path / "out") == tree(city.folder)


def test_attributes_of_a_repository_change_no_byte(city: Repository) -> None:
    city.publish()
    files = city.live()
    city.commit("-- .gitattributes --\n* export-ignore\n*.yaml text eol=crlf\n")
    city.publish()
    assert city.live() == files


def test_a_publish_and_status_tell_the_same_pages(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    city.publish()
    published = capsys.readouterr().out.splitlines()[1:]
    city.run("status")
    assert capsys.readouterr().out.splitlines()[1:3] == published
    assert len(published) == 2


NOBODY = 65534


def test_root_writes_nothing_into_a_folder_of_somebody_else(
    city: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every later push of its owner would fail at the files that root left there."""
    city.root.mkdir()
    if os.geteuid() == 0:
        os.chown(city.root, NOBODY, -1)
    else:
        monkeypatch.setattr("os.geteuid", lambda: 0)
    for verb in ("publish", "rollback"):
        assert city.run(verb) == 2
        assert f"su {city.root.owner()}" in capsys.readouterr().err
    assert list(city.root.iterdir()) == []
    assert city.run("status") == 0


@pytest.mark.parametrize("verb", ["status", "verify", "rollback"])
def test_somebody_who_may_not_read_or_write_there_is_told_who_may(
    verb: str, city: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    city.publish()
    owner = city.root.owner()
    monkeypatch.setattr("os.geteuid", lambda: city.root.stat().st_uid + 1)
    opened = Path.read_bytes

    def denied(path: Path) -> bytes:
        if path.name == "release.json":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path)

    monkeypatch.setattr(Path, "read_bytes", denied)
    capsys.readouterr()
    assert city.run(verb) == 2
    said = capsys.readouterr().err
    assert f"su {owner}" in said
    assert "改动过" not in said


def test_a_repository_that_git_mistrusts_is_not_said_to_be_missing(
    city: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setattr(
        "jiaozhang.publisher.commits._KEPT", ("PATH", "GIT_TEST_ASSUME_DIFFERENT_OWNER")
    )
    assert city.publish() == 2
    assert "dubious ownership" in capsys.readouterr().err


def test_a_trusted_commit_is_built_by_its_own_program(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    program = """
-- jiaozhang/__init__.py --
-- jiaozhang/__main__.py --
import json, os, pathlib, sys
out = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
for audience in ("public", "intranet"):
    (out / audience).mkdir(parents=True)
    (out / audience / "index.html").write_text(f"own {sorted(os.environ)}")
    (out / audience / "build.json").write_text(json.dumps(
        {"commit": None, "version": "1", "as_of": {}, "pages": 1, "generator": "own"}))
"""
    commit = city.commit(program)
    assert city.publish("--trusted") == 0
    assert city.live()["index.html"].startswith(b"own")
    assert b"GIT" not in city.live()["index.html"]
    assert json.loads(city.live("intranet")["build.json"])["commit"] == commit
    assert "commit" not in json.loads(city.live()["build.json"])
    city.commit("-- jiaozhang/__main__.py --\nraise SystemExit('错了')\n")
    capsys.readouterr()
    assert city.publish("--trusted") == 1
    assert "错了" in capsys.readouterr().err
    assert city.live_commit() == commit


def test_status_for_programs(city: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    # A folder that is not there is a slip of the hand, and not an empty one.
    assert city.run("status") == 2
    city.root.mkdir()
    assert city.run("status", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["live"] is None
    assert city.run("status") == 0
    city.publish()
    capsys.readouterr()
    city.run("status", "--format", "json")
    state = json.loads(capsys.readouterr().out)
    assert state["live"]["commit"] == city.first
    assert state["live"]["audiences"]["public"]["pages"] > 20
    assert [one["seq"] for one in state["releases"]] == [1]
    assert (state["failing"], state["publishing"], state["pin"]) == (False, False, [])


def test_verify_finds_every_kind_of_difference(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    city.publish()
    site = city.root / "current" / "public"
    (site / "robots.txt").unlink()
    (site / "map" / "index.html").write_text("hacked")
    (site / "shell.php").write_text("hacked")
    assert city.run("verify") == 1
    said = capsys.readouterr().err
    for words in ("缺少 public/robots.txt", "变了 public/map/index.html", "多出 public/shell.php"):
        assert words in said
    assert city.publish("--force") == 0
    assert city.run("verify") == 0


def test_a_folder_that_was_tampered_with_is_said_and_mended(
    city: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    city.publish()
    (city.root / "current" / "release.json").write_text("[]")
    for verb in ("publish", "status", "verify", "rollback"):
        assert city.run(verb) == 2
        assert "改动过" in capsys.readouterr().err
    assert city.publish("--force") == 0
    assert city.run("verify") == 0


def test_a_line_cut_short_does_not_spoil_the_log(city: Repository) -> None:
    city.publish()
    log = city.root / "log.jsonl"
    log.write_bytes(log.read_bytes() + b'{"time": "2025-')
    city.publish()
    assert [line for line in log.read_text().splitlines() if line.endswith("}")][-1]
    assert city.run("status") == 0


DAY = date(2025, 7, 1).isoformat()
PART = Part("c", "v", {"2025": DAY}, 3, {"index.html": "0"}, {"assets/a.01234567.css": "1"})


def release(seq: int, commit: str, *before: int) -> Release:
    return Release(
        seq, commit, DAY, DAY, "g", ("public",), seq, before, {"public": PART}, {"x": "2"}
    )


def test_a_description_says_everything() -> None:
    one = release(3, "c" * 40, 2, 1)
    assert from_json(to_json(one)) == one
    for text in (b"", b"[]", b"{}", to_json(one).replace(b'"seq": 3', b'"seq": "3"')):
        with pytest.raises(DamagedError):
            from_json(text)


def test_pruning_keeps_what_is_needed_and_prefers_other_commits() -> None:
    kept = (release(1, "a"), release(2, "b"), release(3, "b"), release(4, "b"), release(5, "c"))
    live = release(5, "c", 2, 1)
    assert {r.seq for r in superfluous(kept, live, 1)} == {1, 3, 4}
    assert {r.seq for r in superfluous(kept, live, 3)} == {1, 3}
    assert {r.seq for r in superfluous(kept, live, 4)} == {3}
    assert superfluous(kept, live, 5) == ()


def test_the_rule_of_what_goes_live() -> None:
    def ancestry(old: str, new: str) -> bool | None:
        return None if "x" in (old, new) else old < new

    def said(commit: str, *pin: Pinned, day: str = "2026-01-01", is_live: bool = False) -> str:
        wanted = Wanted(commit, day, "g", ("public",), is_live)
        return decide(wanted, release(2, "b"), pin, ancestry)

    assert said("b", day=DAY) == "unchanged"
    assert said("b") == "go"
    assert said("a") == "superseded"
    assert said("c") == "go"
    assert said("x") == "unknown"
    pin = Pinned(3, "c", DAY)
    assert said("c", pin) == said("a", pin) == said("b", pin) == "pinned"
    assert said("b", pin, is_live=True) == said("d", pin) == "go"
    assert said("b", Pinned(3, "b", DAY), is_live=True) == "pinned"


def test_going_forward_again_takes_the_pin_away() -> None:
    back = after_rollback((), release(3, "c"), release(2, "b"), DAY)
    assert [one.seq for one in back] == [3]
    further = after_rollback(back, release(2, "b"), release(1, "a"), DAY)
    assert [one.seq for one in further] == [3, 2]
    assert after_rollback(further, release(1, "a"), release(3, "c"), DAY) == (further[1],)
