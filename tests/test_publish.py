"""Writing: only what differs, nothing left behind, nothing of anybody else's touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jiaozhang.files.output_folder import ForeignFolderError, write_file, write_tree

MANIFEST = b'{"generator": "jiaozhang 0"}'


def site(**pages: str) -> dict[str, bytes]:
    files = {name.replace("__", "/"): text.encode() for name, text in pages.items()}
    return {**files, "build.json": MANIFEST}


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_folder_holds_exactly_the_site(tmp_path: Path) -> None:
    out = tmp_path / "不存在" / "site"
    done = write_tree(out, site(a="1", b__c="2"))
    assert (done.written, done.removed) == (3, 0)
    assert tree(out) == site(a="1", b__c="2")
    done = write_tree(out, site(a="1", d__e__f="3"))
    assert (done.written, done.removed) == (1, 1)
    assert tree(out) == site(a="1", d__e__f="3")
    assert not (out / "b").exists()


def test_what_did_not_change_is_not_written(tmp_path: Path) -> None:
    write_tree(tmp_path / "s", site(a="1", b="2"))
    before = (tmp_path / "s" / "a").stat()
    assert write_tree(tmp_path / "s", site(a="1", b="3")).written == 1
    after = (tmp_path / "s" / "a").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert write_tree(tmp_path / "s", site(a="1", b="3"), clean=True).written == 3


def test_a_changed_file_is_newer_by_a_whole_second(tmp_path: Path) -> None:
    file = tmp_path / "a"
    write_file(file, b"1")
    times = [int(file.stat().st_mtime)]
    for content in (b"2", b"3", b"4"):
        write_file(file, content)
        times.append(int(file.stat().st_mtime))
    assert times == sorted(set(times))


def test_a_folder_of_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(ForeignFolderError):
        write_tree(tmp_path, site(a="1"))
    assert tree(tmp_path) == {"thesis.txt": b"mine"}


@pytest.mark.parametrize("manifest", ["[]", "{}", '{"generator": "hugo"}', "not json"])
def test_another_programs_manifest_does_not_make_a_folder_ours(
    tmp_path: Path, manifest: str
) -> None:
    (tmp_path / "build.json").write_text(manifest)
    with pytest.raises(ForeignFolderError):
        write_tree(tmp_path, site(a="1"))


def test_a_file_in_the_way_of_a_folder_goes_and_the_other_way_round(tmp_path: Path) -> None:
    write_tree(tmp_path / "s", site(a="1", b__c="2"))
    write_tree(tmp_path / "s", site(a__x="1", b="2"))
    assert tree(tmp_path / "s") == site(a__x="1", b="2")


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "c").write_text("theirs")
    write_tree(tmp_path / "s", site(a="1", b__c="2"))
    (tmp_path / "s" / "b" / "c").unlink()
    (tmp_path / "s" / "b").rmdir()
    (tmp_path / "s" / "b").symlink_to(outside)
    (tmp_path / "s" / "a").unlink()
    (tmp_path / "s" / "a").symlink_to(outside / "c")
    write_tree(tmp_path / "s", site(a="1", b__c="2"))
    assert tree(tmp_path / "s") == site(a="1", b__c="2")
    assert not (tmp_path / "s" / "b").is_symlink()
    assert tree(outside) == {"c": b"theirs"}


def test_a_web_server_can_read_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_tree(tmp_path / "s", site(b__c="2"))
    finally:
        os.umask(before)
    assert (tmp_path / "s" / "b").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "s" / "b" / "c").stat().st_mode & 0o777 == 0o644


def test_a_disk_that_refuses_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a"
    write_file(file, b"old")

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="No space"):
        write_file(file, b"new")
    assert tree(tmp_path) == {"a": b"old"}
