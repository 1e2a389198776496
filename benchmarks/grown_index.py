"""Index content/ grown to a multiple of itself, and leave what search_cost.py needs in a folder.

    PYTHONPATH=. .venv/bin/python benchmarks/grown_index.py TIMES FOLDER

A process of its own for each size, so that its peak memory is that of one index. Growth is seeded:
the texts of new tasks are clauses of real ones in a new order with new numbers, and each has a name
that no other has, so that somebody can look for it. Names and numbers are invented, and stay here.
"""

from __future__ import annotations

import gzip
import html
import itertools
import json
import random
import re
import resource
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from jiaozhang.build.pipeline import BuildDay, as_of_days, build, examine, load
from jiaozhang.derive import derive
from jiaozhang.files.output_folder import write_tree
from jiaozhang.pages.site.findable import documents
from jiaozhang.pages.site_plan import plan
from jiaozhang.search import analyzer
from jiaozhang.search.document import Also, DocumentField, SearchDocument
from jiaozhang.search.index import Index, impacts_of, index
from jiaozhang.wall.audience import release

ROOT = Path(__file__).resolve().parent.parent
DAY = BuildDay(None, date(2026, 11, 24))
NOTES_PER_TASK = 6.06  # 80,000 at 13,200 tasks
TASKS_PER_YEAR = 1320
# A name is one of each and a kind: 云栖渡产业园.
NAMES = ("云松锦梧翠鹤磐澜芷岚昭璞霁槐沅", "栖溪屏麓汀崖舟禾薇埠泊苑棠垣", "渡坞坪堰冈浦墅桥岭湾塬")
PLACES = ("产业园", "片区", "枢纽", "水厂", "小学", "医院", "湿地公园", "变电站", "码头", "泵站")
FACTS = ("完成投资{n}万元", "敷设管线{n}米", "安置{n}户", "栽种乔木{n}株", "培训{n}人次")


def main() -> None:
    times, folder = int(sys.argv[1]), Path(sys.argv[2])
    inputs = load(ROOT / "content", "content", ROOT / "site.toml", ROOT)
    filed, faults = examine(inputs)
    if filed is None:
        sys.exit(f"content/ has {len(faults)} faults")
    record = release(filed, "public")
    derived = derive(record, as_of_days(record, DAY))
    real = tuple(documents(derived, plan(derived).pages))
    site = build(filed, inputs, "public", DAY, None)[0].files
    grown, known = (real, []) if times == 1 else grow(real, times)
    # The build above has filled the memos with the real documents.
    for memo in (*vars(analyzer).values(), impacts_of):
        if hasattr(memo, "cache_clear"):
            memo.cache_clear()
    made, figures = measure(grown)
    write_tree(folder / "site", dict(_search_site(site, made)))
    write_tree(folder / "pages", dict(_plain_pages(grown)))
    report = {"figures": figures, "known": known, "documents": len(grown)}
    (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")


def measure(grown: Sequence[SearchDocument]) -> tuple[Index, dict[str, float]]:
    """Index twice, the second time with one changed note."""
    before, start = _peak(), time.process_time()
    made = index(grown)
    first, peak = time.process_time() - start, _peak()
    at = next(at for at, document in enumerate(grown) if document.kind == "note")
    changed = replace(grown[at], fields=(DocumentField("", "泵站试运行满三个月", 1, fine=False),))
    start = time.process_time()
    again = index((*grown[:at], changed, *grown[at + 1 :]))
    second = time.process_time() - start
    packed = sum(len(gzip.compress(text.encode(), 6)) for text in made.files.values())
    return made, {
        "build": first,
        "rebuild": second,
        "changed": len(again.files.keys() - made.files.keys()),
        "peak": peak / 1e6,
        "own": (peak - before) / 1e6,
        "raw": sum(len(text.encode()) for text in made.files.values()) / 1000,
        "gzip": packed / 1000,
        "files": len(made.files),
    }


def _peak() -> float:
    """The most memory that this process has held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def grow(
    real: Sequence[SearchDocument], times: int
) -> tuple[tuple[SearchDocument, ...], list[tuple[str, str]]]:
    """The documents of a larger city, and queries with the task that each means."""
    dice = random.Random(times)  # noqa: S311 - repeatable, not secret
    own = [document for document in real if document.kind == "task"]
    clauses = [c for d in own for c in re.split(r"(?<=[。；，])", d.fields[0].text) if len(c) > 3]
    names = ["".join(one) for one in itertools.product(*NAMES)]
    sites = [name + place for name, place in itertools.product(names, PLACES)]
    dice.shuffle(sites)
    tasks = [_task(dice, own, clauses, sites[n], n) for n in range(len(own) * times)]
    notes, facts = _notes(dice, real, tasks)
    others = [document for document in real if document.kind not in ("task", "note")]
    known = list(_known(dice, tasks, sites, facts))
    return (*tasks, *notes, *others), known


def _task(
    dice: random.Random, own: Sequence[SearchDocument], clauses: Sequence[str], site: str, n: int
) -> SearchDocument:
    """A task of the length of a real one, with that one's units and other fields."""
    base = own[n % len(own)]
    year, number = 2025 - n // TASKS_PER_YEAR, n % TASKS_PER_YEAR + 1
    text = f"建设{site}，"
    while len(text) < max(30, len(base.fields[0].text)):
        text += _renumbered(dice, dice.choice(clauses))
    text = text.rstrip("，；。") + "。"
    title = text.split("，")[0] + text.split("，")[1].rstrip("；。")
    kept = tuple(f for f in dice.choice(own).fields[1:] if f.label not in ("标题", "说明", "指标"))
    fields = (DocumentField("", text, 3), *kept)
    said = "\n".join(field.text for field in fields)
    also: dict[str, Also] = {a.said: a for d in own for a in d.also if a.said in said}
    address = f"{year}/tasks/{number:03}/"
    return replace(
        base,
        address=address,
        label=str(number),
        title=title,
        place=f"{year}年{base.place}",
        fields=fields,
        also=tuple(also.values()),
        number=(year, number),
    )


def _renumbered(dice: random.Random, text: str) -> str:
    """Other amounts; days and years stay."""

    def other(found: re.Match[str]) -> str:
        return str(dice.randrange(1, 2 * int(found[0]) + 9))

    return re.sub(r"(?<![\d.])\d+(?![\d.年月日])", other, text)


def _notes(
    dice: random.Random, real: Sequence[SearchDocument], tasks: Sequence[SearchDocument]
) -> tuple[list[SearchDocument], dict[str, str]]:
    """Notes, each with a fact of its own; which fact stands under which task."""
    own = [document for document in real if document.kind == "note"]
    sentences = [
        s for d in own for f in d.fields[:1] for s in re.split(r"(?<=[。；])", f.text) if len(s) > 5
    ]
    owners = sorted(dice.randrange(len(tasks)) for _ in range(round(len(tasks) * NOTES_PER_TASK)))
    numbers = list(range(10_000, 10_000 + 11 * len(owners)))
    dice.shuffle(numbers)
    notes, facts = [], {}
    for owner, number in zip(owners, numbers, strict=False):
        fact = dice.choice(FACTS).format(n=number)
        body = _renumbered(dice, dice.choice(sentences))
        base = dice.choice(own)
        fields = (DocumentField("", f"{body}{fact}。", 1, fine=False), *base.fields[1:])
        address = f"{tasks[owner].address}#{number}"
        title = tasks[owner].title
        notes.append(replace(base, address=address, title=title, fields=fields, owner=owner))
        facts[fact] = tasks[owner].address
    return notes, facts


def _known(
    dice: random.Random,
    tasks: Sequence[SearchDocument],
    sites: Sequence[str],
    facts: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """Queries that mean one task: its name, a piece of its text, its name and a unit, a fact."""
    for n in dice.sample(range(len(tasks)), 12):
        yield sites[n], tasks[n].address
    for n in dice.sample(range(len(tasks)), 8):
        yield f"建设{sites[n]}，{tasks[n].fields[0].text.split('，')[1][:6]}", tasks[n].address
    for n in dice.sample(range(len(tasks)), 8):
        unit = next(field.text for field in tasks[n].fields[1:] if field.weight >= 4)
        yield f"{sites[n]} {unit.split('、')[0]}", tasks[n].address
    for fact in dice.sample(sorted(facts), 12):
        yield fact, facts[fact]


def _search_site(site: Mapping[str, bytes], made: Index) -> Iterator[tuple[str, bytes]]:
    """The search page with its assets, and another index than its own."""
    page = site["search/index.html"].decode()
    page = re.sub(r"manifest\.[0-9a-f]{8}\.js", made.manifest, page)
    yield "search/index.html", page.encode()
    for path, content in site.items():
        if not path.startswith("search/") and path.endswith((".css", ".js", ".svg")):
            yield path, content
    for name, text in made.files.items():
        yield f"search/{name}", text.encode()


def _plain_pages(grown: Sequence[SearchDocument]) -> Iterator[tuple[str, bytes]]:
    """The same documents as pages with no more than a title, texts, and the notes of a task."""
    notes_by_owner: dict[int, list[SearchDocument]] = {}
    for document in grown:
        if document.owner is not None:
            notes_by_owner.setdefault(document.owner, []).append(document)
    for place, document in enumerate(grown):
        if document.kind == "note":
            continue
        parts = (document, *notes_by_owner.get(place, ()))
        texts = "".join(f"<p>{html.escape(f.text)}</p>\n" for part in parts for f in part.fields)
        title = html.escape(document.title)
        yield (
            f"{document.address.strip('/') or 'home'}/index.html",
            f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
            f"</head><body><main><h1>{title}</h1>\n{texts}</main></body></html>\n".encode(),
        )


if __name__ == "__main__":
    main()
