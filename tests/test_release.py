"""The wall: what only the intranet may know changes no public byte, and a test looks for it."""

from __future__ import annotations

import dataclasses
import gzip
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BASE, World
from jiaozhang.editing.approval import ApprovalStep, approve
from jiaozhang.files.source import Source

pytestmark = pytest.mark.slow

CANARY = "金丝雀8f3a"
MONTHLY = """
-- content/2025/ledger.yaml --
title: 通知
issuer: 示例市人民政府
source: 示例
reporting: monthly
sections:
  - {number: 1, title: 产业}
  - {number: 2, title: 民生}
"""


CORRECTION = """kind: correction
of: {of}
date: 2025-08-05
since: 2025-08-01
wrong: {words}
right: {words}
reason: {words}
by: 市政府督查室
"""


@dataclasses.dataclass(frozen=True)
class Secrets:
    """One value for every fact that only the intranet may know. None leaves the record out."""

    person: str | None = None
    blocker: str | None = None
    inspection: str | None = None
    internal_note: str | None = None
    unreviewed: str | None = None
    problems: str = "无"
    post: str = "科室"
    reviewed_in: int = 2
    node_end: str | None = None
    closure: str | None = None
    reopening: str | None = None
    trigger: str | None = None
    judgement: str | None = None
    plan: str | None = None
    node_plan: str | None = None
    amendment: str | None = None
    correction: str | None = None
    reason: str | None = None
    verification: str | None = None
    record: str | None = None
    summary: str | None = None


def reviewed(name: str, text: str, entry: str | None = None) -> tuple[str, str]:
    """A file with every step of a review: what stands in it is public."""
    return name, trail(name, text, 4, "岗位", entry)


def trail(name: str, text: str, steps: int, post: str, entry: str | None = None) -> str:
    """Put the first steps of a trail into a file; the last of four is the secrecy review."""
    levels: tuple[int | Literal["secrecy"], ...] = (1, 2, 3, "secrecy")
    key = f"2025/{name}"
    for at, level in enumerate(levels[:steps], 1):
        step = ApprovalStep(level, f"{post}{at}", date(2025, 7, at), "可公开")
        text = approve(Source(key, key, text), entry, step)
    return text


def secret_files(secrets: Secrets) -> str:
    """The files of a city in which everything restricted is as given."""
    report = (
        "---\norigin: report\nunit: 市科技局\nperiod: 2025-06\ndate: 2025-06-30\nstatus: 正常推进\n"
        f"published: 2025-07-10 09:00\nproblems: {secrets.problems}\n---\n第一个实验室建成。\n"
    )
    first = "notes/001/2025-06-30-kejiju.md"
    parts = {first: trail(first, report, 4, secrets.post)}
    parts |= inside_files(secrets)
    if secrets.unreviewed:
        text = (
            "---\norigin: report\nunit: 市科技局\nperiod: 2025-07\ndate: 2025-07-31\n"
            f"status: 已完成\nnext: {secrets.unreviewed}\ncaveat: {secrets.unreviewed}\n"
            f"figures: [{{name: {secrets.unreviewed}, value: 3, unit: 个, period: 七月, "
            "target: t1}]\n"
            f"---\n{secrets.unreviewed}\n"
        )
        steps = min(secrets.reviewed_in, 3)
        name = "notes/001/2025-07-31-kejiju.md"
        parts[name] = trail(name, text, steps, secrets.post)
        parts["corrections/2025-08-05-x.yaml"] = CORRECTION.format(
            of="notes/001/2025-07-31-kejiju", words=secrets.unreviewed
        )
    # Its plan is public in every world, and was before it was done.
    name, node = reviewed("nodes/001.yaml", "- {id: n1, text: 选址, planned: 2025-03-31}\n")
    if secrets.node_end:
        end = f"  actual: 2025-03-30\n  evidence: {secrets.node_end}\n"
        node = trail(name, node.replace("  plan_review", f"{end}  plan_review"), 1, secrets.post)
    if secrets.node_plan:
        node += f"- {{id: n2, text: {secrets.node_plan}, planned: 2025-02-28}}\n"
    parts[name] = node
    if secrets.closure:
        line = (
            "- {id: c1, clause: a, on: 2025-11-01, "
            f"by: {secrets.closure}, evidence: {secrets.closure}}}\n"
        )
        name = "closures/001.yaml"
        parts[name] = trail(name, line, 3, secrets.post)
    parts |= waiting_files(secrets)
    return "".join(f"-- content/2025/{name} --\n{text}" for name, text in parts.items())


def inside_files(secrets: Secrets) -> dict[str, str]:
    """What stands in folders named `internal`."""
    parts = {}
    if secrets.person:
        parts["internal/persons/x.yaml"] = (
            f"unit: 市科技局\npersons:\n  - {{role: {secrets.person}, name: {secrets.person}, "
            f"post: {secrets.person}, phone: {secrets.person}}}\n"
        )
    if secrets.blocker:
        parts["internal/blockers/001-x.yaml"] = (
            f"raised_by: 市科技局\nneeds: {secrets.blocker}\nsince: 2025-05-01\nstate: 已答复\n"
            f"text: {secrets.blocker}\nanswer: {secrets.blocker}\n"
        )
    if secrets.inspection:
        parts["internal/verifications/001-2025-08-01.yaml"] = (
            f"of: 001-2025-08-01\ndate: 2025-08-01\nmethod: 明查暗访\nresult: 不一致\n"
            f"by: {secrets.inspection}\nfound: {secrets.inspection}\n"
        )
    if secrets.internal_note:
        parts["internal/notes/001/2025-08-02-x.md"] = (
            "---\norigin: public-record\ndate: 2025-08-02\nsource: {title: 专报, "
            f"publisher: {secrets.internal_note}}}\nfigures: [{{name: 数, value: 3, unit: 个, "
            f"period: 八月, target: t1}}]\n---\n{secrets.internal_note}\n"
        )
    return parts


TASK = """section: 2
title: 完善机制
text: 完善机制。
deadline: 方案印发后半年内完成，12月底前取得明显进展
leaders: [张三]
units: [市科技局]
responsibility: first-leads
clauses:
  - {id: a, kind: complete, after: 方案印发, months: 6}
  - {id: b, kind: progress, due: 2025-12-31}
"""


def waiting_files(secrets: Secrets) -> dict[str, str]:
    """A second task, of which a record of every kind may wait for its review."""
    steps, post = min(secrets.reviewed_in, 3), secrets.post
    name, closures = reviewed(
        "closures/002.yaml",
        "- {id: c1, clause: b, on: 2025-11-01, by: 市政府督查室, evidence: 意见}\n",
    )
    if secrets.reopening:
        words = secrets.reopening
        closures += f"- {{id: c2, clause: b, reopened: 2025-11-05, by: 市政府, reason: {words}}}\n"
        closures = trail(name, closures, steps, post, "c2")
    parts = {name: closures}
    # Taken back in every world; why, is told once that was reviewed.
    gone = "notes/002/2025-09-01-x.md"
    head = "---\norigin: public-record\n"
    parts[gone] = trail(
        gone, f"{head}date: 2025-09-01\nsource: {{title: 文, publisher: 报}}\n---\n误。\n", 4, "甲"
    )
    withdrawal = (
        "kind: withdrawal\nof: notes/002/2025-09-01-x\ndate: 2025-09-02\n"
        "since: 2025-09-01\nby: 市政府\n"
    )
    waiting = {
        "tasks/002.yaml": (secrets.summary, TASK + "summary: {}\n", TASK),
        "corrections/2025-09-02-x.yaml": (secrets.reason, withdrawal + "reason: {}\n", withdrawal),
        "triggers/002.yaml": (
            secrets.trigger,
            "- {clause: a, on: 2025-02-01, document: {}}\n",
            "",
        ),
        "judgements/001.yaml": (
            secrets.judgement,
            "- {target: t1, verdict: 未达到, on: 2025-12-20, by: {}, document: 文}\n",
            "",
        ),
        "plans/001.yaml": (
            secrets.plan,
            "- {target: t1, curve: stepped, steps: [{by: 2025-03-31, value: 3}], source: {}}\n",
            "",
        ),
        "amendments/002-2025-08-01.yaml": (
            secrets.amendment,
            "clause: b\nold: 2025-12-31\nnew: 2026-03-31\nauthority: {}\ndocument: 纪要\n"
            "date: 2025-08-01\n",
            "",
        ),
        "corrections/2025-09-03-x.yaml": (
            secrets.correction,
            "kind: correction\nof: tasks/002\ndate: 2025-09-03\nsince: 2025-09-01\n"
            "wrong: 甲\nright: 乙\nreason: {}\nby: 市政府\n",
            "",
        ),
        "verifications/002-2025-08-02.yaml": (
            secrets.verification,
            "date: 2025-08-02\nmethod: 现场核查\nresult: 不一致\ntext: {}\n",
            "",
        ),
        "notes/002/2025-08-03-x.md": (
            secrets.record,
            head + "date: 2025-08-03\nsource: {title: 文, publisher: 报}\n---\n{}\n",
            "",
        ),
    }
    for file, (words, text, without) in waiting.items():
        if words:
            parts[file] = trail(file, text.replace("{}", words), steps, post)
        elif without:
            parts[file] = without
    return parts


# The same facts in every world: a public half of an inspection among them.
OPEN = "-- content/2025/{} --\n{}".format(
    *reviewed("verifications/001-2025-08-01.yaml", "date: 2025-08-01\nmethod: 明查暗访\n")
)


def public_files(folder: Path, secrets: Secrets) -> Mapping[str, bytes]:
    return World(folder, BASE, MONTHLY, OPEN, secret_files(secrets)).build("public").files


TOLD = Secrets(
    **{
        field.name: CANARY  # type: ignore[arg-type]
        for field in dataclasses.fields(Secrets)
        if field.name != "reviewed_in"
    }
)


def test_the_intranet_shows_every_canary_and_the_public_site_none(tmp_path: Path) -> None:
    world = World(tmp_path, BASE, MONTHLY, OPEN, secret_files(TOLD))
    inside = world.build("intranet").files
    pages = {
        "2025/units/kejiju/index.html": 4,  # role, name, post, telephone
        "2025/blockers/index.html": 3,  # needs, text, answer
        "2025/verifications/index.html": 2,  # by, found
        # Of the task: notes (their text, next step, caveat, figure, source), problems, reviews,
        # the node's evidence, the closure's, the blocker, the inspection.
        "2025/tasks/001/index.html": 14,
        # Summary, reopening, trigger, amendment, correction, reason, verification and record.
        "2025/tasks/002/index.html": 8,
    }
    for path, least in pages.items():
        assert inside[path].decode().count(CANARY) >= least, path
    assert "仅内网" in inside["2025/tasks/001/index.html"].decode()
    for path, content in world.build("public").files.items():
        assert CANARY not in path
        for text in unpacked(content):
            assert CANARY.encode() not in text, path
            assert CANARY.encode("utf-16-le") not in text, path
            assert CANARY.encode("unicode_escape") not in text, path


def unpacked(content: bytes) -> list[bytes]:
    """A file's bytes, and those of everything packed in it."""
    found = [content]
    if content[:2] == b"\x1f\x8b":
        found += unpacked(gzip.decompress(content))
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                found += [name.encode(), *unpacked(packed.read(name))]
    return found


def test_the_public_site_is_the_same_without_the_internal_folder(tmp_path: Path) -> None:
    told = public_files(tmp_path / "a", dataclasses.replace(TOLD, unreviewed=None))
    untold = dataclasses.replace(
        TOLD, person=None, blocker=None, inspection=None, internal_note=None, unreviewed=None
    )
    assert told == public_files(tmp_path / "b", untold)


WORDS = st.text(alphabet="王李张处长科员资金缺口", min_size=2, max_size=8)
MAYBE = st.none() | WORDS
SECRETS = st.builds(
    Secrets,
    person=MAYBE,
    blocker=MAYBE,
    inspection=MAYBE,
    internal_note=MAYBE,
    unreviewed=MAYBE,
    problems=WORDS,
    post=WORDS,
    reviewed_in=st.integers(0, 3),
    node_end=MAYBE,
    closure=MAYBE,
    reopening=MAYBE,
    trigger=MAYBE,
    judgement=MAYBE,
    plan=MAYBE,
    node_plan=MAYBE,
    amendment=MAYBE,
    correction=MAYBE,
    reason=MAYBE,
    verification=MAYBE,
    record=MAYBE,
    summary=MAYBE,
)


@given(first=SECRETS, second=SECRETS)
@settings(max_examples=25)
def test_worlds_that_differ_in_restricted_facts_give_one_public_site(
    first: Secrets, second: Secrets
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one, other = (
            public_files(Path(folder) / name, secrets)
            for name, secrets in (("a", first), ("b", second))
        )
    assert one == other


def test_what_was_never_public_is_neither_corrected_nor_taken_back_in_public(
    tmp_path: Path,
) -> None:
    """The page says 本站公开过、后来更正或撤回; of a record that waits this would be false."""
    withdrawal = re.sub("kind.*|(wrong|right).*\n", "", CORRECTION).lstrip()
    for of, is_public in (
        ("notes/001/2025-06-30-kejiju", True),
        ("notes/001/2025-07-31-kejiju", False),
        # Of the first step the plan was public, of the second nothing.
        ("nodes/001#n1", True),
        ("nodes/001#n2", False),
        ("judgements/001", False),
        ("tasks/002#summary", False),
        ("closures/001#1", False),
        ("tasks/001", True),
    ):
        for form in (CORRECTION, f"kind: withdrawal\n{withdrawal}"):
            if of.startswith("tasks") and form is not CORRECTION:
                continue
            name, text = reviewed(
                "corrections/2025-08-05-y.yaml", form.format(of=of, words="写错了")
            )
            folder = tmp_path / re.sub(r"\W", "", of) / form[6:10]
            secrets = dataclasses.replace(TOLD, reviewed_in=3)
            files = f"{secret_files(secrets)}-- content/2025/{name} --\n{text}"
            page = World(folder, BASE, MONTHLY, OPEN, files).build("public")
            assert ("写错了" in page.text("2025/corrections/")) == is_public, (of, form)


def test_a_hidden_figure_turns_no_public_standing(tmp_path: Path) -> None:
    """Filtering after deriving would tell: the unreviewed report says 已完成."""
    world = World(tmp_path, BASE, MONTHLY, OPEN, secret_files(TOLD))
    assert "已销号" in world.build("intranet").text("2025/tasks/001/")
    public = world.build("public", as_of="2025-12-01")
    assert "已完成" not in public.text("2025/tasks/001/")
    assert "核实不一致" not in public.text("2025/tasks/001/")


# Verdicts; none of them may follow from a record that is not there, for it may wait for its review.
VERDICTS = ("逾期", "欠序时进度", "未按计划", "未报送", "没有报送", "数字未达目标")


@given(secrets=SECRETS, as_of=st.dates(date(2025, 1, 1), date(2026, 6, 30)))
@settings(max_examples=25, deadline=None)
def test_no_public_verdict_follows_from_an_absence(secrets: Secrets, as_of: date) -> None:
    """The released report says 正常推进 in June; all that is due later may have been reported."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), BASE, MONTHLY, OPEN, secret_files(secrets))
        files = world.build("public", as_of=str(as_of)).files
    said = [
        (path, word)
        for path, content in files.items()
        for word in VERDICTS
        # The table of rules names every word that records may give.
        if path != "about/index.html"
        and path.endswith((".html", ".json", ".csv", ".js", ".xml"))
        # What a reader may ask for is no word of the site's.
        and word in re.sub('data-asked="[^"]*"', "", content.decode())
    ]
    assert said == []


@pytest.mark.parametrize(
    ("as_of", "node", "clause"),
    [
        # A node of March is reported by 7 April and reviewed by 21 April.
        ("2025-03-31", "未到计划日", "未到期"),
        ("2025-04-01", "计划日已过", "未到期"),
        ("2025-04-21", "计划日已过", "未到期"),
        ("2025-04-22", "计划日已过，未见经审核的完成记载", "未到期"),
        # A clause of December is reported by 7 January and reviewed by 21 January.
        ("2025-12-31", "计划日已过，未见经审核的完成记载", "未到期"),
        ("2026-01-01", "计划日已过，未见经审核的完成记载", "已到期，还在报送审核期"),
        ("2026-01-21", "计划日已过，未见经审核的完成记载", "已到期，还在报送审核期"),
        ("2026-01-22", "计划日已过，未见经审核的完成记载", "到期，未见经审核的销号"),
    ],
)
def test_an_absence_is_named_only_after_its_review_should_have_ended(
    world: Callable[[str], World], as_of: str, node: str, clause: str
) -> None:
    city = world(MONTHLY + OPEN + secret_files(Secrets()))
    page = city.build("public", as_of=as_of).html("2025/tasks/001/")
    assert f"计划2025-03-31，{node}<" in page
    assert f'<span class="word">{clause}</span>' in page


def test_the_intranet_hides_nothing_so_there_an_absence_counts_at_once(
    world: Callable[[str], World],
) -> None:
    city = world(MONTHLY + OPEN + secret_files(Secrets()))
    assert "未按计划完成" not in city.build("intranet", as_of="2025-03-31").text("2025/tasks/001/")
    assert "未按计划完成" in city.build("intranet", as_of="2025-04-01").text("2025/tasks/001/")
    assert "已逾期" in city.build("intranet", as_of="2026-01-01").text("2025/tasks/001/")


def test_a_city_sets_how_long_its_reviews_take(world: Callable[[str], World]) -> None:
    quick = MONTHLY.replace("reporting: monthly", "reporting: monthly\nreview_within: 1")
    city = world(quick + OPEN + secret_files(Secrets()))
    word = "计划日已过，未见经审核的完成记载"
    assert word not in city.build("public", as_of="2025-04-08").text("2025/tasks/001/")
    assert word in city.build("public", as_of="2025-04-09").text("2025/tasks/001/")


def test_leaders_are_not_compared_in_public(world: Callable[[str], World]) -> None:
    """Their list says what the notice lists under each, in the order of the notice, and no more."""
    city = world("")
    inside, outside = (city.build(name).html("2025/leaders/") for name in ("intranet", "public"))
    for html in (inside, outside):
        assert "1项" in html and '<svg class="bar"' not in html


def test_the_intranets_site_says_so_on_every_page(world: Callable[[str], World]) -> None:
    city = world("")
    inside, outside = city.build("intranet"), city.build("public")
    pages = [path for path in inside.files if path.endswith(".html")]
    assert all("内网版" in inside.files[path].decode() for path in pages)
    assert not any("内网版".encode() in content for content in outside.files.values())
