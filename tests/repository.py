"""What the tests of the publisher share: a city in a git repository, and a root to publish to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from conftest import BASE, ROOT, World, write_files
from jiaozhang.cli.main import main
from jiaozhang.publisher.store import live_release
from jiaozhang.publisher.verify import flaws

SECOND_TASK = """
-- content/2025/tasks/002.yaml --
section: 2
title: {title}
text: 改造5个小区。
deadline: 年底前完成
leaders: [李四]
units: [市财政局]
responsibility: first-leads
clauses:
  - {{id: a, kind: complete, due: 2025-12-31}}
"""
# A report that was edited after its review: it stops the public site and not the intranet's.
REPORT = """
-- content/2025/ledger.yaml --
title: 示例市人民政府关于做好2025年重点工作的通知
issuer: 示例市人民政府
source: 示例
reporting: monthly
sections:
  - {number: 1, title: 坚持创新，发展产业}
  - {number: 2, title: 改善民生}
seasons:
  汛前: {}
-- content/2025/notes/001/2025-06-30-kejiju.md --
---
origin: report
unit: 市科技局
period: 2025-06
date: 2025-06-30
status: 正常推进
reviews:
  - level: 1
    by: 市政府督查室
    at: 2025-07-01
    digest: v2:0000000000000000000000000000000000000000000000000000000000000000
---
建成1个实验室。
"""


class Repository:
    """A checkout with a city in it, and beside it the folder that is published to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repository"
        self.root = folder / "root"
        self.audience = ""
        self.folder.mkdir()
        World(self.folder, BASE)
        self.git("init", "-q", "-b", "main")
        self.first = self.commit("")

    def git(self, *words: str) -> str:
        who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "gc.auto=0"]
        command = ["git", *who, "-C", str(self.folder), *words]
        return subprocess.run(
            command, check=True, capture_output=True, text=True, env=environment()
        ).stdout.strip()

    def commit(self, text: str, *gone: str) -> str:
        """Commit these files over those that are there; return the commit's name."""
        for path in gone:
            (self.folder / path).unlink()
        for lock in self.folder.glob("content/*/notice.lock"):
            lock.unlink()
        World(self.folder, text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")
        return self.git("rev-parse", "HEAD")

    def title(self, title: str) -> str:
        """A commit that gives a second task this title."""
        return self.commit(SECOND_TASK.format(title=title))

    def words(self, verb: str, *more: str) -> list[str]:
        repository = ["--repo", str(self.folder)] if verb == "publish" else []
        repository += ["--audience", self.audience] if repository and self.audience else []
        return [verb, *repository, "--root", str(self.root), *more]

    def run(self, verb: str, *more: str) -> int:
        return main(self.words(verb, *more))

    def publish(self, *more: str) -> int:
        return self.run("publish", *more)

    def spawn(self, *words: str, **env: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "jiaozhang", *words],
            env={**environment(), "PYTHONPATH": str(ROOT), **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def live(self, audience: str = "public") -> dict[str, bytes]:
        """Every file of the live site, by its path."""
        return tree(self.root / "current" / audience)

    def live_commit(self) -> str:
        release = live_release(self.root)
        return release.commit if release else ""

    def is_whole(self) -> bool:
        """Whether the live site is byte for byte one release."""
        release = live_release(self.root)
        return release is not None and flaws(self.root, release)[1] == ()

    def log(self) -> list[dict[str, object]]:
        text = (self.root / "log.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def results(self) -> list[object]:
        return [line["result"] for line in self.log()]

    def releases(self) -> list[str]:
        return sorted(path.name for path in (self.root / "releases").iterdir())

    def litter(self) -> list[str]:
        """Whatever a run left behind that is no release."""
        there = [*self.root.iterdir(), *(self.root / "releases").iterdir()]
        return [path.name for path in there if path.name.startswith(".")]


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def environment() -> Mapping[str, str]:
    """The caller's environment without what git would take for its own."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))
    }


__all__ = ["REPORT", "Repository", "environment", "tree", "write_files"]
