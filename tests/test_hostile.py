"""What a person, a spreadsheet or a stranger can put into a file: a value or a diagnostic, always.

Classes that a golden case in tests/diagnostics/ shows already are not repeated here.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BASE, ROOT, TODAY, World, foreign_scripts
from jiaozhang.build.pipeline import BuildDay, build, examine
from jiaozhang.check import check
from jiaozhang.files.source import Source, Tree
from jiaozhang.ledger.events import Note
from jiaozhang.markdown.prose import to_html
from jiaozhang.read import read_content
from jiaozhang.wall.audience import Audience

pytestmark = pytest.mark.slow

WHOLE: dict[str, object] = {
    "content/2025/tasks/001.yaml": {
        "number": 1,
        "section": 1,
        "title": "新建3个实验室",
        "summary": "白话",
        "text": "新建3个实验室。",
        "deadline": "年底前完成",
        "leaders": ["张三"],
        "units": ["市科技局"],
        "responsibility": "first-leads",
        "clauses": [{"id": "a", "kind": "complete", "due": "2025-12-31"}],
        "targets": [
            {
                "id": "t1",
                "clause": "a",
                "measure": "实验室",
                "value": 3,
                "unit": "个",
                "comparison": "exactly",
                "verb": "新建",
                "counts": "completed",
            }
        ],
        "remarks": ["尽早"],
    },
    "content/2025/ledger.yaml": {
        "year": 2025,
        "title": "通知",
        "issuer": "示例市人民政府",
        "meeting": "会议",
        "number": "示政发〔2025〕1号",
        "source": "示例",
        "published": "2025-02-01",
        "stated_count": 1,
        "reporting": "monthly",
        "closed": "2026-01-31",
        "sections": [{"number": 1, "title": "产业"}],
        "seasons": {"汛前": {"before": "2025-05-31", "source": "条例"}},
        "themes": [{"slug": "minsheng", "name": "民生", "tasks": [1]}],
        "review_levels": ["初审", "终审"],
        "report_within": 5,
        "holidays": ["2025-10-01"],
        "workdays": ["2025-09-28"],
    },
    "content/units.yaml": [
        {"slug": "kejiju", "name": "市科技局", "full_name": "科技局", "kind": "department"},
        {
            "slug": "gequ",
            "name": "各区",
            "kind": "group",
            "aliases": ["全区"],
            "member_kind": "units",
            "members": ["市科技局"],
            "as_of": "2025-01-01",
            "source": "示例",
        },
    ],
    "content/districts.yaml": [{"slug": "dong", "code": 990101, "name": "东区"}],
    "content/leaders.yaml": [{"slug": "zhangsan", "name": "张三", "display": "张　三"}],
    "content/2025/notes/001/2025-06-30-kejiju.md": {
        "origin": "report",
        "unit": "市科技局",
        "period": "2025-06",
        "date": "2025-06-30",
        "status": "正常推进",
        "published": "2025-07-04 09:30",
        "figures": [
            {
                "name": "实验室",
                "value": 1,
                "unit": "个",
                "period": "上半年",
                "target": "t1",
                "release": "revised",
            },
            {
                "name": "实验室",
                "value": 1,
                "unit": "个",
                "period": "上半年",
                "beside": "t1",
                "differs": "东区的数",
            },
        ],
        "nodes": ["n1"],
        "district": "东区",
        "caveat": "口径",
        "problems": "没有",
        "next": "下一步",
    },
    "content/2025/notes/001/2025-07-ribao.md": {
        "origin": "public-record",
        "date": "2025-07",
        "source": {
            "title": "实验室",
            "title_described": "true",
            "publisher": "日报",
            "published": "2025-07-02",
            "url": "https://example.org/",
            "reposted": "true",
        },
        "caveat": "只是启动",
    },
    "content/2025/nodes/001.yaml": [
        {
            "id": "n1",
            "text": "选址",
            "planned": "2025-03-31",
            "actual": "2025-03-30",
            "evidence": "批复",
        }
    ],
    "content/2025/closures/001.yaml": [
        {"id": "c1", "clause": "a", "on": "2025-12-01", "by": "督查室", "evidence": "意见"},
        {"id": "c2", "clause": "all", "reopened": "2025-12-20", "by": "督查室", "reason": "抽查"},
    ],
    "content/2025/plans/001.yaml": [
        {
            "target": "t1",
            "curve": "stepped",
            "steps": [{"by": "2025-06-30", "value": 1}],
            "source": "方案",
        }
    ],
    "content/2025/judgements/001.yaml": [
        {"target": "t1", "verdict": "达到", "on": "2026-01-20", "by": "局", "document": "公报"}
    ],
    "content/2025/amendments/001-2025-09-01.yaml": {
        "clause": "a",
        "old": "2025-12-31",
        "new": "2026-03-31",
        "authority": "会议",
        "document": "纪要",
        "date": "2025-09-01",
    },
    "content/2025/verifications/001-2025-08-01.yaml": {
        "date": "2025-08-01",
        "method": "现场核查",
        "result": "一致",
        "text": "说明",
    },
    "content/2025/corrections/2025-09-02-shuzi.yaml": {
        "kind": "correction",
        "of": "notes/001/2025-07-ribao",
        "date": "2025-09-02",
        "since": "2025-08-01",
        "wrong": "两个",
        "right": "一个",
        "reason": "有误",
        "by": "办公室",
    },
    "content/2025/corrections/2025-09-03-guoshi.yaml": {
        "kind": "outdated",
        "of": "notes/001/2025-07-ribao",
        "part": "只是启动",
        "newer": "notes/001/2025-06-30-kejiju",
        "date": "2025-09-03",
        "since": "2025-08-01",
        "reason": "已经建成",
        "by": "办公室",
    },
    "content/2025/internal/verifications/001-2025-08-01.yaml": {
        "date": "2025-08-01",
        "method": "现场核查",
        "result": "一致",
        "by": "一组",
        "found": "属实",
        "differs": [{"name": "数", "reported": 2, "found": 1, "unit": "个"}],
        "of": "001-2025-08-01",
    },
    "content/2025/internal/blockers/001-zijin.yaml": {
        "raised_by": "市科技局",
        "needs": "市财政局",
        "since": "2025-05-01",
        "state": "已答复",
        "text": "资金",
        "answer": "已拨",
    },
    "content/2025/internal/persons/kejiju.yaml": {
        "unit": "市科技局",
        "persons": [{"role": "联络", "name": "甲", "post": "科长", "phone": "000"}],
    },
}
ODD: list[object] = [
    "", " ", "甲" * 400, [], {}, [[]], [{}], {"a": {"b": []}}, "null", "~", "-1", "1e9", "9" * 40,
    "0x10", "２０２５", "2025-13-45", "../../etc/passwd", "{{ 7*7 }}", "<script>alert(1)</script>",
    "javascript:alert(1)", "=1+1", "&#60;", "%s%n", "\\", "\n", "a\nb", "con", "NaN",
]  # fmt: skip


def paths(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place of a value, its whole included."""
    found = [at]
    if isinstance(value, dict):
        found += [path for key, inner in value.items() for path in paths(inner, (*at, key))]
    if isinstance(value, list):
        found += [path for i, inner in enumerate(value) for path in paths(inner, (*at, i))]
    return found


def with_odd(value: object, path: tuple[str | int, ...], odd: object) -> object:
    if not path:
        return odd
    copy = json.loads(json.dumps(value))
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = odd
    return copy


def write(folder: Path, files: dict[str, object]) -> None:
    for name, value in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        # JSON is YAML: every value is written just as it is meant.
        text = json.dumps(value, ensure_ascii=False)
        text = f"---\n{text}\n---\n正文。\n" if name.endswith(".md") else text
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def full(world: Callable[[str], World]) -> World:
    """A city that uses every field."""
    city = world("")
    (city.folder / "content/2025/notice.lock").unlink()
    write(city.folder, WHOLE)
    return World(city.folder)


def test_the_city_with_every_field_is_sound(full: World) -> None:
    assert full.said() == ""


@pytest.mark.usefixtures("cached")
@pytest.mark.parametrize("name", WHOLE)
def test_any_value_at_any_field_is_taken_or_told(full: World, name: str) -> None:
    for path in paths(WHOLE[name]):
        for odd in ODD:
            write(full.folder, {name: with_odd(WHOLE[name], path, odd)})
            for fault in full.check():
                assert fault.message("zh") and fault.message("en")
                assert fault.place.path.startswith(("content", "site.toml")), (path, odd)


# One of each class that a text field may meet.
EVIL = (
    "<img src=//evil.example/x onerror=window.pwned=1>",
    "<script>window.pwned=1</script>",
    "</title></textarea><svg/onload=window.pwned=1>",
    '" onmouseover=window.pwned=1 x="',
    "'-window.pwned=1-'",
    "{{ 7*7 }}{% raw %}",
    "]]><script>window.pwned=1</script>",
)
EVIL_PROSE = (
    "<script>window.pwned=1</script>", "<img src=x onerror=window.pwned=1>",
    "![x](//evil.example/a.png)", "![x](https://evil.example/a.png)", "![x](data:image/png,x)",
    "[a](javascript:window.pwned=1)", "[a](JaVa\tScript:window.pwned=1)", "[a](&#106;avascript:x)",
    "[a](jav&#x0A;ascript:x)", "[a](data:text/html,<script>window.pwned=1</script>)",
    "[a](vbscript:x)", "[a](//evil.example)", "[a](/\\evil.example)", "[a](file:///etc/passwd)",
    "[r]\n\n[r]: javascript:window.pwned=1", "<javascript:window.pwned=1>",
    "<svg><script>window.pwned=1</script></svg>",
    "<math><mi xlink:href='javascript:x'>x</mi></math>",
    "<iframe src=//evil.example></iframe>", "<style>@import '//evil.example/x.css';</style>",
    "<link rel=stylesheet href=//evil.example/x.css>", "<base href=//evil.example/>",
    "<form action=//evil.example><button>x</button></form>",
    "<p style='background:url(//evil.example)'>",
    "# 标题 {: onclick=window.pwned=1 }",
    "<a href='https://example.org/' onclick='window.pwned=1'>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=window.pwned=1>'>",
    "<!--><img src=x onerror=y>-->",
    "<details open ontoggle=window.pwned=1>", "`<script>window.pwned=1</script>`",
    "|a|\n|-|\n|<img src=x onerror=window.pwned=1>|",
    "[^1]\n\n[^1]: <script>window.pwned=1</script>",
    "<a id='main'>x</a>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>window.pwned=1</x:script>",
)  # fmt: skip


def evil_city(folder: Path) -> World:
    """A city with every class of attack in every text field, and in the prose of its notes."""
    World(folder, BASE)
    (folder / "content/2025/notice.lock").unlink()
    (folder / "content/2025/notice.md").write_text("\n\n".join(EVIL_PROSE), encoding="utf-8")
    write(folder, _with_evil("<img src=x onerror=pwned=1>"))
    for at, evil in enumerate(EVIL):
        note = json.dumps(
            {
                "origin": "public-record",
                "date": f"2025-06-{at + 1:02}",
                "source": {"title": evil, "publisher": evil[:60]},
                "caveat": evil,
                "figures": [
                    {"name": evil[:60], "value": 1, "unit": evil[:20], "period": evil[:30]}
                ],
            },
            ensure_ascii=False,
        )
        path = folder / f"content/2025/notes/001/2025-06-{at + 1:02}-evil.md"
        path.write_text(f"---\n{note}\n---\n{evil}\n", encoding="utf-8")
    for at, prose in enumerate(EVIL_PROSE):
        if prose.startswith("!["):
            continue  # an image that is no attachment is refused by the checker
        path = folder / f"content/2025/notes/001/2025-07-{at % 28 + 1:02}-prose-{at}.md"
        head = "origin: public-record\ndate: 2025-07\nsource: {title: 甲, publisher: 乙}"
        path.write_text(f"---\n{head}\n---\n{prose}\n", encoding="utf-8")
    return World(folder)


def unchecked(city: World) -> Mapping[str, bytes]:
    """The intranet of a city, also of what the checker refuses: as if the checker were blind."""
    inputs = city.inputs()
    filed, _ = examine(inputs)
    assert filed
    return build(filed, inputs, "intranet", BuildDay(None, TODAY), None)[0].files


def test_scripts_in_every_text_field_stay_text(full: World) -> None:
    files = _with_evil("<img src=x onerror=alert(1)>")
    (full.folder / "content/2025/notice.lock").unlink()
    write(full.folder, files)
    (full.folder / "content/2025/notice.md").write_text(f"正文{EVIL[0]}\n\n<script>x</script>")
    for audience in get_args(Audience):
        site = World(full.folder).build(audience)
        pages = [path for path in site.files if path.endswith(".html")]
        for path in pages:
            html = site.html(path)
            assert "<img" not in html and foreign_scripts(html) == 0, path


def _with_evil(evil: str) -> dict[str, object]:
    files = json.loads(json.dumps(WHOLE))
    task = files["content/2025/tasks/001.yaml"]
    task.update(summary=evil, text=evil, title=evil[:24], remarks=[evil], targets=[])
    files["content/2025/ledger.yaml"].update(title=evil, issuer=evil, meeting=evil, source=evil)
    files["content/2025/ledger.yaml"]["sections"] = [{"number": 1, "title": evil}]
    files["content/units.yaml"][0].update(full_name=evil, aliases=[evil])
    record = files["content/2025/notes/001/2025-07-ribao.md"]
    figure = {"name": evil, "value": 1, "unit": evil[:20], "period": evil}
    record.update(caveat=evil, figures=[figure])
    record["source"].update(title=evil, publisher=evil)
    files["content/2025/notes/001/2025-06-30-kejiju.md"].update(next=evil, problems=evil)
    files["content/2025/nodes/001.yaml"][0].update(text=evil, evidence=evil)
    files["content/2025/closures/001.yaml"][1].update(by=evil, reason=evil)
    files["content/2025/judgements/001.yaml"][0].update(by=evil, document=evil)
    files["content/2025/amendments/001-2025-09-01.yaml"].update(authority=evil, document=evil)
    files["content/2025/verifications/001-2025-08-01.yaml"].update(text=evil)
    files["content/2025/corrections/2025-09-02-shuzi.yaml"].update(
        wrong=evil, right=evil, reason=evil, by=evil
    )
    files["content/2025/corrections/2025-09-03-guoshi.yaml"].update(part=evil, reason=evil, by=evil)
    files["content/2025/internal/blockers/001-zijin.yaml"].update(text=evil, answer=evil)
    files["content/2025/plans/001.yaml"] = []
    files["content/2025/judgements/001.yaml"] = []
    files["content/2025/notes/001/2025-06-30-kejiju.md"]["figures"] = []
    whole: dict[str, object] = files
    return whole


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[a](javascript:alert(1))",
            "[a](JaVaScRiPt&colon;alert(1))",
            "![x](http://evil.example/x.png)",
            "<svg onload=x>",
            "[a](//evil.example)",
            "<a href='data:text/html,x'>",
            "`",
            "**",
            "[",
            "](",
            "\n\n",
            "> ",
            "- ",
            "|a|b|\n|-|-|\n|",
            "&lt;script&gt;",
            "<style>*{}</style>",
            "正文",
            "<math><mi>",
            "{: onclick=x }",
            "[r]: javascript:x\n[r]",
            "<javascript:x>",
            "\t",
            "1. ",
            "[a](/\\evil.example)",
            "[a](/&Tab;/evil.example)",
        ]
    ),
    max_size=12,
)


@given(MARKDOWN)
def test_any_prose_becomes_html_that_can_do_nothing(pieces: list[str]) -> None:
    html = str(to_html("".join(pieces))).lower()
    for tag in ("<script", "<img", "<svg", "<style", "<math", "<iframe"):
        assert tag not in html
    inside = "".join(part.split(">")[0] for part in html.split("<")[1:])
    for word in ("onerror", "onload", "onclick", 'href="//', 'href="/\\'):
        assert word not in inside
    for target in re.findall(r'href="([^"]*)"', html):
        # What stands before the first colon is a scheme, unless the way inside has begun.
        scheme = re.match(r"[^/?#]*:", unescape(target))
        assert scheme is None or scheme[0] in ("http:", "https:", "mailto:", "tel:"), target


FRONT = st.lists(
    st.sampled_from(
        [
            "---\n", "---", "--- \n", "\n", "origin: report\n", "origin: public-record\n",
            "date: 2025-06\n", "date: 2025-13\n", "source: {title: 甲, publisher: 乙}\n",
            "figures:\n", "  - {name: 数, value: 1}\n", "正文。\n", "- 列表\n  - 二层\n",
            "reviews:\n", "  - {level: 1}\n", "：", "\t", "[a](b)", "{{ x }}", "[^1]: 注\n",
            "status: 正常推进\n",
            "unit: 市科技局\n", "period: 2025-06\n", "'", '"', "|\n", ">\n", "# 标题\n",
        ]
    ),
    max_size=14,
)  # fmt: skip


@given(FRONT)
@settings(max_examples=300)
def test_any_note_is_taken_or_told(pieces: list[str]) -> None:
    """A value or a diagnostic in the file, and nothing is lost in between."""
    key = "2025/notes/001/2025-06-30-kejiju.md"
    sources = {key: Source(key, key, "".join(pieces))}
    for name in ("units.yaml", "districts.yaml", "leaders.yaml"):
        sources[name] = Source(name, name, "[]")
    ledger = "title: 甲\nissuer: 乙\nsource: 丙\nreporting: none\nsections: []\n"
    sources["2025/ledger.yaml"] = Source("2025/ledger.yaml", "2025/ledger.yaml", ledger)
    site = Source("site.toml", "site.toml", 'name = "甲"\nstanding = "unofficial"\n')
    filed, faults = read_content(Tree("content", sources, ()), site)
    assert filed
    faults += check(filed, faults)
    assert filed.ledgers[0].kept or any(fault.place.path == key for fault in faults)
    for kept in filed.ledgers[0].kept:
        assert isinstance(kept.fact, Note)
        to_html(kept.fact.body, kept.fact.id)


PIECES = ("- 甲\n", "[^1]", "**", "[a](", "|a|\n", "> ", "    - 甲\n", "甲\n")


@pytest.mark.parametrize("piece", PIECES)
def test_prose_takes_time_in_proportion(piece: str) -> None:
    def seconds(count: int) -> float:
        text = (piece * 40 + "\n\n") * count
        start = time.process_time()
        to_html(text)
        return time.process_time() - start

    seconds(2)
    assert seconds(60) < 6 * seconds(20) + 0.3


LIMIT_SECONDS, LIMIT_BYTES = 60, 1024**3


def limits() -> None:
    """The seconds are the processor's: how busy a machine is otherwise is nobody's fault."""
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT_SECONDS, LIMIT_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))


ATTACKS: dict[str, str] = {
    "a-bomb-of-aliases": "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n",
    "a-tower-of-brackets": "text: " + "[" * 15_000,
    "a-tower-of-lines": "".join(f"{' ' * i}a:\n" for i in range(1200)),
    "ten-thousand-unknown-units": "units: [" + ", ".join(f"市{i}局" for i in range(900)) + "]\n",
    "ten-thousand-unknown-keys": "".join(f"key{i}: 1\n" for i in range(30_000)),
    "ten-thousand-faulty-rows": "clauses:\n" + "  - {id: a, kind: no, due: x}\n" * 900,
    "a-megabyte-of-one-key": "".join(f"{'k' * 900}{i}: 1\n" for i in range(1000)),
    "a-text-of-regexes": "deadline: " + "年底前完成，" * 2000 + "\n",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_file_made_to_hurt_costs_little_and_writes_nothing(tmp_path: Path, name: str) -> None:
    city = World(tmp_path, BASE)
    task = city.folder / "content/2025/tasks/001.yaml"
    text = task.read_text(encoding="utf-8")
    keys = {line.split(":")[0] for line in ATTACKS[name].splitlines()}
    kept = [line for line in text.splitlines() if line.split(":")[0] not in keys]
    if "clauses" in keys:
        kept = kept[: kept.index("targets:")][:-1] if "targets:" in kept else kept
    task.write_text("\n".join(kept) + "\n" + ATTACKS[name], encoding="utf-8")
    (city.folder / "site.toml").rename(city.folder / "content/site.toml")
    done = subprocess.run(
        [sys.executable, "-m", "jiaozhang", "build", "--content", "content", "--out", "out"],
        cwd=city.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        preexec_fn=limits,
        check=False,
    )
    assert done.returncode == 1, done.stderr[-400:]
    assert "Traceback" not in done.stderr
    assert "content/2025/tasks/001.yaml" in done.stderr
    assert not (city.folder / "out").exists()


def test_nothing_outside_the_content_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("number: 金丝雀", encoding="utf-8")
    city = World(tmp_path / "city", BASE)
    tasks = city.folder / "content/2025/tasks"
    (tasks / "002.yaml").symlink_to(secret)
    (city.folder / "content/2026").symlink_to(city.folder / "content/2025")
    (tasks / "loop").symlink_to(tasks)
    said = city.said()
    assert "金丝雀" not in said
    assert said.count("error[symlink]") == 3
