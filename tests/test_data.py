"""The data files: what programs and spreadsheets read."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from posixpath import join, normpath

import jsonschema
import openpyxl
import pytest
from generated import write_city

from conftest import ROOT, TODAY, Built, World
from jiaozhang.build.pipeline import BuildDay, build, examine, load
from jiaozhang.pages.downloads.task_json import task_schema
from jiaozhang.wall.audience import Audience

DATA = "2025/data/"
Tables = dict[str, list[dict[str, str]]]
KNOWN = """
-- site.toml --
name = "示例市重点工作"
standing = "unofficial"
base_url = "https://www.example.org/zdgz"
"""


@pytest.fixture(scope="module")
def real() -> Built:
    inputs = load(ROOT / "content", "content", ROOT / "site.toml", ROOT)
    filed, _ = examine(inputs)
    assert filed
    return Built(build(filed, inputs, "public", BuildDay(None, TODAY), None)[0])


@pytest.fixture(scope="module")
def demo_data() -> Built:
    folder = ROOT / "examples" / "demo"
    inputs = load(folder, "demo", folder / "site.toml", ROOT)
    filed, _ = examine(inputs)
    assert filed
    return Built(build(filed, inputs, "public", BuildDay(None, TODAY), None)[0])


def rows(site: Built, name: str) -> list[dict[str, str]]:
    text = site.files[f"2025/data/{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def validate(whole: object) -> None:
    checker = jsonschema.FormatChecker()
    jsonschema.Draft202012Validator(task_schema(), format_checker=checker).validate(whole)


@pytest.mark.parametrize("folder", ["content", "examples/demo"])
@pytest.mark.parametrize("audience", ["public", "intranet"])
def test_tasks_json_keeps_its_schema(folder: str, audience: Audience) -> None:
    site = ROOT / folder / "site.toml"
    inputs = load(ROOT / folder, folder, site if site.exists() else ROOT / "site.toml", ROOT)
    filed, _ = examine(inputs)
    assert filed
    files = build(filed, inputs, audience, BuildDay(None, TODAY), None)[0].files
    wholes = [json.loads(raw) for path, raw in files.items() if path.endswith("data/tasks.json")]
    assert len(wholes) == len(filed.ledgers)
    for whole in wholes:
        validate(whole)


def test_symbols_are_explained_once(demo_data: Built) -> None:
    page = demo_data.html("2025/data/")
    said = re.findall(r"<caption>([^<]+)</caption>", page)
    assert len(said) == len(set(said)) > 4


def test_the_schema_stands_beside_what_it_describes(demo_data: Built) -> None:
    published = {path for path in demo_data.files if path.endswith("/tasks.schema.json")}
    assert published == {"2024/data/tasks.schema.json", "2025/data/tasks.schema.json"}
    for path in published:
        assert json.loads(demo_data.files[path]) == task_schema()
        assert "tasks.schema.json" in demo_data.html(path.rpartition("/")[0] + "/")


def test_the_schema_allows_nothing_else(demo_data: Built) -> None:
    """Whatever is left out, added or of another type, at whatever depth, is refused."""
    whole = json.loads(demo_data.files["2025/data/tasks.json"])
    tried = 0
    for spot in list(_objects(whole)):
        for name, value in list(spot.items()):
            del spot[name]
            refused(whole)
            spot[name] = {"odd": 1}
            refused(whole)
            spot[name] = value
            tried += 1
        spot["odd"] = 1
        refused(whole)
        del spot["odd"]
    validate(whole)
    # Of each kind of object one at least.
    assert tried > 60


def _objects(whole: dict[str, object]) -> Iterator[dict[str, object]]:
    """An object of every kind: the file, a task, and the first of each of its parts anywhere."""
    yield whole
    tasks = whole["tasks"]
    assert isinstance(tasks, list)
    yield tasks[0]
    seen: set[str] = set()
    for task in tasks:
        for name, part in _parts(task, ""):
            if name not in seen:
                seen.add(name)
                yield part
    assert {"records.figures", "records.source", "clauses.relative_to", "nodes"} <= seen


def _parts(value: object, name: str) -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(value, list):
        for one in value:
            yield from _parts(one, name)
    elif isinstance(value, dict):
        if name:
            yield name, value
        for key, own in value.items():
            yield from _parts(own, f"{name}.{key}".strip("."))


def refused(whole: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        validate(whole)


@pytest.mark.slow
def test_every_task_has_its_own_file_with_the_same_facts(real: Built) -> None:
    whole = json.loads(real.files["2025/data/tasks.json"])
    for task in whole["tasks"]:
        assert json.loads(real.files[f"{task['url']}index.json"]) == task


@pytest.mark.slow
def test_how_a_district_is_reached_is_said(real: Built) -> None:
    tasks = json.loads(real.files["2025/data/tasks.json"])["tasks"]
    ways = {d["via"] for task in tasks for d in task["districts"]}
    assert ways == {"named", "group", "zone"}
    for task in tasks:
        units = {unit["id"] for unit in task["units"]}
        reached = [d["group"] for d in task["districts"] if d["via"] == "group"]
        assert set(reached) <= units and None not in reached
        assert all(d["group"] is None for d in task["districts"] if d["via"] != "group")
        assert {unit["via"] for unit in task["units"]} - {None} <= units


@pytest.mark.slow
def test_numbers_stay_numbers_and_keep_their_digits(real: Built) -> None:
    tasks = json.loads(real.files["2025/data/tasks.json"])["tasks"]
    values = {t["unit"]: t["value"] for task in tasks for t in task["targets"]}
    assert values["万个"] == 1.62
    assert values["亿元"] == 1600
    assert b'"value": 1600,' in real.files["2025/data/tasks.json"]
    assert {r["value"] for r in rows(real, "targets")} >= {"1.62", "5.5", "1600", ""}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "count"),
    [("tasks", "tasks"), ("clauses", "clauses"), ("targets", "targets")],
)
def test_the_tables_hold_what_the_json_holds(real: Built, name: str, count: str) -> None:
    tasks = json.loads(real.files["2025/data/tasks.json"])["tasks"]
    expected = len(tasks) if count == "tasks" else sum(len(task[count]) for task in tasks)
    assert len(rows(real, name)) == expected


def test_json_says_all_that_a_figure_says(world: Callable[[str], World]) -> None:
    """A figure counts for a target because it names it: without the name it would be any number."""
    note = """
-- content/2025/notes/001/2025-06-30-ribao.md --
---
origin: public-record
date: 2025-06-30
source: {title: 实验室建成, publisher: 示例日报}
figures:
  - {name: 建成, value: 1.5, unit: 个, period: 上半年, target: t1, release: revised}
  - {name: 参观, value: 20, unit: 人, period: 六月}
  - {name: 东城区建成, value: 1, unit: 个, period: 上半年, beside: t1, differs: 区里的数}
---
第一个实验室建成。
"""
    tasks = json.loads(world(note).build().files["2025/data/tasks.json"])
    assert tasks["tasks"][0]["records"][0]["figures"] == [
        {
            "name": "建成",
            "value": 1.5,
            "unit": "个",
            "period": "上半年",
            "target": "t1",
            "beside": None,
            "differs": None,
            "release": "revised",
        },
        {
            "name": "参观",
            "value": 20,
            "unit": "人",
            "period": "六月",
            "target": None,
            "beside": None,
            "differs": None,
            "release": "first",
        },
        {
            "name": "东城区建成",
            "value": 1,
            "unit": "个",
            "period": "上半年",
            "target": None,
            "beside": "t1",
            "differs": "区里的数",
            "release": "first",
        },
    ]
    validate(tasks)


@pytest.mark.slow
def test_the_dictionary_names_every_column(real: Built) -> None:
    page = real.html("2025/data/")
    for name in ("tasks", "clauses", "targets", "responsibilities"):
        for column in rows(real, name)[0]:
            assert f"<code>{column}</code>" in page


@pytest.mark.slow
def test_a_column_holds_what_its_name_says(demo_data: Built) -> None:
    """The same facts stand in the JSON under the same names, and in the workbook for people."""
    tasks = json.loads(demo_data.files["2025/data/tasks.json"])["tasks"]
    table = rows(demo_data, "tasks")
    for name in ("number", "title", "text", "deadline", "url"):
        assert [row[name] for row in table] == [str(task[name]) for task in tasks], name
    for name in ("standing", "timing", "declared", "evidence", "records", "latest"):
        key = "key" if name == "standing" else name
        said = [task["standing"][key] for task in tasks]
        assert [row[name] for row in table] == ["" if v is None else str(v) for v in said], name
    assert len({(row["title"], row["text"]) for row in table}) == len(table) > 5
    for part, ids in (("clauses", "clause"), ("targets", "target"), ("nodes", "node")):
        found = {(row["number"], row[ids]): row for row in rows(demo_data, part)}
        own = {(str(t["number"]), one["id"]): one for t in tasks for one in t[part]}
        assert found.keys() == own.keys() and len(own) > 3, part
        for key, one in own.items():
            shared = [n for n in one.keys() & found[key].keys() if n not in ("due", "clause")]
            assert len(shared) >= 3, part
            for name in shared:
                value = "" if one[name] is None else str(one[name])
                assert found[key][name] == value, (key, name)
    sheet = openpyxl.load_workbook(io.BytesIO(demo_data.files["2025/data/tasks.xlsx"])).active
    assert sheet is not None
    head, *shown = [list(row) for row in sheet.iter_rows(values_only=True)]
    at = {str(name): index for index, name in enumerate(head)}
    for name, heading in (("number", "序号"), ("text", "重点工作"), ("records", "记载条数")):
        assert [str(row[at[heading]]) for row in shown] == [row[name] for row in table], name
    for row, task in zip(shown, tasks, strict=True):
        assert (row[at["进展状态"]], row[at["为什么"]]) == (
            task["standing"]["word"],
            task["standing"]["reason"],
        )


@pytest.mark.slow
def test_a_spreadsheet_reads_the_tables(real: Built) -> None:
    raw = real.files["2025/data/tasks.csv"]
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")
    assert b"\r\n" in raw and b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize("first", ["=", "+", "-", "@"])
def test_a_cell_is_never_a_formula(world: Callable[[str], World], first: str) -> None:
    task = f"""
-- content/2025/tasks/001.yaml --
section: 1
title: 标题
text: "{first}HYPERLINK(1)"
deadline: 年底前完成
units: [市科技局]
responsibility: first-leads
clauses: [{{id: a, kind: complete, due: 2025-12-31}}]
"""
    (row,) = rows(world(task).build(), "tasks")
    assert row["text"] == f"'{first}HYPERLINK(1)"


@pytest.mark.slow
def test_the_intranets_manifest_alone_names_the_commit(
    real: Built, world: Callable[[str], World]
) -> None:
    inputs = load(ROOT / "content", "content", ROOT / "site.toml", ROOT)
    filed, _ = examine(inputs)
    assert filed
    commit = "c0ffee" * 6
    site, _ = build(filed, inputs, "public", BuildDay(None, TODAY), commit)
    assert site.files == real.files
    manifest = json.loads(site.files["build.json"])
    assert manifest["as_of"] == {"2025": "2026-02-28"}
    assert set(manifest) == {"version", "as_of", "pages", "generator"}
    inside, _ = build(filed, inputs, "intranet", BuildDay(None, TODAY), commit)
    without, _ = build(filed, inputs, "intranet", BuildDay(None, TODAY), None)
    different = {path for path in inside.files if inside.files[path] != without.files[path]}
    assert different == {"build.json"}
    assert json.loads(inside.files["build.json"])["commit"] == commit


@pytest.mark.slow
def test_the_package_describes_every_table_as_it_is(real: Built) -> None:
    package = json.loads(real.files["2025/data/datapackage.json"])
    readers = {"integer": int, "number": float, "date": date.fromisoformat, "string": str}
    for resource in package["resources"]:
        table = rows(real, resource["name"])
        fields = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        header = real.files[f"2025/data/{resource['path']}"].decode("utf-8-sig").split("\r\n")[0]
        assert header.split(",") == list(fields)
        for row in table:
            for name, kind in fields.items():
                assert row[name] == "" or readers[kind](row[name]) is not None
    assert len(package["resources"]) == 9


@pytest.mark.slow
def test_the_same_tables_are_described_for_csv_on_the_web(real: Built) -> None:
    metadata = json.loads(real.files["2025/data/csv-metadata.json"])
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    for table in metadata["tables"]:
        header = real.files[f"2025/data/{table['url']}"].decode("utf-8-sig").split("\r\n")[0]
        columns = table["tableSchema"]["columns"]
        assert header.split(",") == [column["titles"] for column in columns]
        assert all(column["dc:description"]["@value"] for column in columns)
    assert len(metadata["tables"]) == 9


@pytest.mark.slow
def test_a_record_of_a_month_is_given_no_day(real: Built) -> None:
    newest = [row["number"] for row in rows(real, "tasks") if row["latest"] == "2025-12"]
    assert newest
    for number in newest:
        assert "最近一条2025年12月。" in real.joined(f"2025/tasks/{int(number):03}/")
    known = sum(row["date"] == "2025-12" for row in rows(real, "records"))
    label = re.search(r'aria-label="(2025年12月：[^"]*)"', real.html("2025/updates/"))
    assert label and label[1].endswith(f"{known}条只知道月份") and "31日" not in label[1]


@pytest.mark.slow
def test_the_latest_record_is_named_by_its_own_day(real: Built) -> None:
    """Not by the day on which its source published it: that is the day from which it is known."""
    assert "最近一条2026年1月26日。" in real.joined("2025/tasks/001/")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A city made by chance, at a day on which everything is known."""
    folder = tmp_path_factory.mktemp("made")
    write_city(folder, 5)
    return World(folder).build(as_of="2026-01-31")


@pytest.mark.parametrize("which", ["real", "demo_data", "made"])
def test_the_keys_that_are_promised_hold(which: str, request: pytest.FixtureRequest) -> None:
    site: Built = request.getfixturevalue(which)
    tried = 0
    for path in (path for path in site.files if path.endswith("datapackage.json")):
        package = json.loads(site.files[path])
        folder = path.rpartition("/")[0]
        tables = {
            one["name"]: list(
                csv.DictReader(
                    io.StringIO(site.files[f"{folder}/{one['path']}"].decode("utf-8-sig"))
                )
            )
            for one in package["resources"]
        }

        def values(
            table: str, columns: list[str], tables: Tables = tables
        ) -> list[tuple[str, ...]]:
            return [tuple(row[column] for column in columns) for row in tables[table]]

        keys = {one["name"]: one["schema"].get("primaryKey") for one in package["resources"]}
        for name, key in keys.items():
            if key:
                own = values(name, key)
                assert len(set(own)) == len(own) and all("" not in one for one in own), name
        for one in package["resources"]:
            for foreign in one["schema"].get("foreignKeys", []):
                there, columns = foreign["reference"]["resource"], foreign["reference"]["fields"]
                assert keys[there] == columns
                named = {v for v in values(one["name"], foreign["fields"]) if any(v)}
                assert named <= set(values(there, columns)), (one["name"], foreign)
                tried += bool(named)
        # CSV on the Web says the same.
        web = json.loads(site.files[f"{folder}/csv-metadata.json"])
        for one, other in zip(package["resources"], web["tables"], strict=True):
            schema, own_schema = one["schema"], other["tableSchema"]
            assert schema.get("primaryKey") == own_schema.get("primaryKey")
            said = [
                (f["fields"], f"{f['reference']['resource']}.csv", f["reference"]["fields"])
                for f in schema.get("foreignKeys", [])
            ]
            assert said == [
                (
                    f["columnReference"],
                    f["reference"]["resource"],
                    f["reference"]["columnReference"],
                )
                for f in own_schema.get("foreignKeys", [])
            ]
    assert tried > 5


def test_a_package_says_of_which_day_it_is_and_what_may_be_done_with_it(
    world: Callable[[str], World],
) -> None:
    package = json.loads(world(KNOWN).build(as_of="2025-10-31").files["2025/data/datapackage.json"])
    assert package["version"] == "2025-10-31"
    assert datetime.fromisoformat(package["created"]).date() == date(2025, 10, 31)
    assert package["homepage"] == "https://www.example.org/zdgz/2025/data/"
    (licence,) = package["licenses"]
    assert licence["name"] == "other-at" and "注明出处" in licence["title"]


def test_without_an_address_no_homepage_is_made_up(demo_data: Built) -> None:
    assert "homepage" not in json.loads(demo_data.files["2025/data/datapackage.json"])


def test_the_page_of_the_data_is_a_dataset_with_every_file(world: Callable[[str], World]) -> None:
    root = "https://www.example.org/zdgz/"
    site = world(KNOWN).build()
    (text,) = re.findall(r'ld\+json">(\{[^<]*"@type":"Dataset"[^<]*)</script>', site.html(DATA))
    dataset = json.loads(text)
    assert dataset["url"] == root + DATA and 50 <= len(dataset["description"]) <= 5000
    files = {one["contentUrl"].removeprefix(root) for one in dataset["distribution"]}
    offered = {
        normpath(join(DATA, link))
        for link in re.findall(r'<h2[^>]*><a href="([^"]+)">', site.html(DATA))
    }
    assert files == offered <= site.files.keys()


def test_a_workbook_leads_to_the_pages_of_its_rows(world: Callable[[str], World]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(world(KNOWN).build().files[f"{DATA}tasks.xlsx"]))
    assert book.properties.creator == "示例市重点工作"
    headings = [cell.value for cell in book.active[1]]
    cell = book.active.cell(2, headings.index("任务页面") + 1)
    assert cell.hyperlink.target == "https://www.example.org/zdgz/2025/tasks/001/"
    # A workbook may be anywhere: without an address of the site there is nothing to follow.


def test_without_an_address_a_workbook_holds_no_link(demo_data: Built) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(demo_data.files[f"{DATA}tasks.xlsx"])).active
    assert all(cell.hyperlink is None for row in sheet for cell in row)
