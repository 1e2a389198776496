"""No page contradicts itself or another: each number of a statement, and the rows it talks of.

Nothing here knows what a page should say. It reads two statements about the same thing and asks
that they agree, on the real ledger, the demo and cities made by chance.
"""

from __future__ import annotations

import csv
import functools
import io
import json
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from elements import Element, counted, main_of, numbers
from generated import write_city

from conftest import BASE, ROOT, TODAY, Built, World
from jiaozhang.build.pipeline import BuildDay, build, examine, load
from jiaozhang.wall.audience import Audience

pytestmark = pytest.mark.slow

SITES = (
    "real public",
    "demo public",
    "demo intranet",
    "made-1 public",
    "made-1 intranet",
    "made-2 intranet",
)
DAY = r"\d{4}年\d{1,2}月(?:\d{1,2}日)?"


class Site:
    """A built site by its addresses; each page is read once."""

    def __init__(self, built: Built) -> None:
        self.files = built.files
        self.html = built.html
        self.page = functools.lru_cache(None)(lambda address: main_of(built.html(address)))
        self.years = sorted(
            int(path[:4]) for path in self.files if re.fullmatch(r"\d{4}/index\.html", path)
        )

    def has(self, address: str) -> bool:
        return f"{address}index.html" in self.files

    def below(self, folder: str) -> list[str]:
        """The addresses of the pages directly in a folder."""
        pattern = re.compile(re.escape(folder) + r"([^/]+/)index\.html")
        return [folder + m[1] for path in sorted(self.files) if (m := pattern.fullmatch(path))]

    def tasks(self, of: int) -> list[str]:
        return [one for one in self.below(f"{of}/tasks/") if re.search(r"/\d{3}/$", one)]

    def table(self, path: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.files[path].decode("utf-8-sig"))))

    def json(self, path: str) -> Any:  # noqa: ANN401 - what JSON holds
        return json.loads(self.files[path])

    @property
    def pages(self) -> list[str]:
        """The addresses of all pages of a year."""
        found = (path.removesuffix("index.html") for path in sorted(self.files))
        return [one for one in found if re.match(r"\d{4}/(.*/)?$", one)]

    def said_of_deadlines(self, of: int) -> str:
        """What the home says right above its strip of months."""
        parts = (part for part in self.page(f"{of}/").all("section") if part.all("ul", "months"))
        return next(parts).all("p")[-2].text

    def as_of(self, of: int) -> str:
        """The day of the data, as the year's own home says it."""
        found = re.search(f"数据截至({DAY})", self.page(f"{of}/").text)
        assert found
        return found[1]


@pytest.fixture(scope="module", params=SITES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    name, audience = request.param.split()
    return Site(_built(name, audience, tmp_path_factory.mktemp(name)))


def _built(name: str, audience: Audience, folder: Path) -> Built:
    if name.startswith("made"):
        write_city(folder, int(name.removeprefix("made-")))
        return World(folder).build(audience)
    content = ROOT / ("content" if name == "real" else "examples/demo")
    inputs = load(content, name, ROOT / "site.toml", ROOT)
    filed, _ = examine(inputs)
    assert filed
    made, _ = build(filed, inputs, audience, BuildDay(None, TODAY), None)
    return Built(made)


def target_of(address: str, link: Element) -> tuple[str, str]:
    """Where a link of a page leads: the address and the fragment."""
    path, _, fragment = link["href"].partition("#")
    if not path:
        return address, fragment
    found = posixpath.normpath(posixpath.join(address or ".", path)).removeprefix(".")
    return (f"{found}/" if found else ""), fragment


def rows_of(page: Element, kind: str = "tasks") -> list[Element]:
    return [row for table in page.all("table", kind) for row in table.all("tr") if row.all("td")]


def lede_of(page: Element) -> str:
    lede = page.first("p", "lede")
    return lede.text if lede else ""


def legend_of(part: Element) -> dict[str, int]:
    """The words of a legend with their counts."""
    found: dict[str, int] = {}
    whole = part.first("dl", "groups") or part.first("ul", "legend")
    for one in whole.all("li") if whole else ():
        word, count = one.first("span", "word"), one.first("b")
        if word and count:
            found[word.text] = int(count.text)
    return found


def groups_of(part: Element) -> dict[str, int]:
    """The groups of a bar with their counts, in its order."""
    whole = part.first("dl", "groups")
    heads = whole.all("dt") if whole else []
    return {head.text.lstrip("0123456789 "): numbers(head.text)[0] for head in heads}


# What every page owes.


def test_no_sentence_counts_nothing(site: Site) -> None:
    for address in site.pages:
        found = re.search("[：:，、][。；]|：，|共0[^年月日]{1,6}[：，]", site.page(address).text)
        assert found is None, (address, found)


def test_the_count_of_a_heading_is_that_of_its_rows(site: Site) -> None:
    for address in site.pages:
        for part in site.page(address).all("section", "list"):
            heading = part.first("h2")
            count = re.search(r"(\d+)[项个份]$", heading.text if heading else "")
            rows = len([r for table in part.all("table") for r in table.all("tr") if r.all("td")])
            assert not count or int(count[1]) == rows, address


def test_the_parts_of_a_bar_are_its_legend_and_sum_to_its_rows(site: Site) -> None:
    """A bar inside a list speaks of that list; one at a page's head of the page's only list."""
    for address in site.pages:
        page = site.page(address)
        lists = [part for part in page.all("section", "list") if part.all("svg", "bar")]
        if len(page.all("section", "list")) == 1 and "/periods/" not in address:
            lists.append(page)
        for part in lists:
            for bar in part.all("svg", "bar")[:1]:
                said = re.findall(r"(\d+)项([^；]+)", bar["aria-label"].rpartition("：")[2])
                assert {word: int(count) for count, word in said} == legend_of(part), address
                cells = [cell for row in rows_of(part) for cell in row.all("td", "by")]
                words = [one.text for cell in cells for one in cell.all("span", "word")]
                assert Counter(words) == legend_of(part), address


def test_groups_stand_in_one_order_and_hold_what_they_count(site: Site) -> None:
    for address in site.pages:
        page = site.page(address)
        for whole in page.all("dl", "groups"):
            words = list(groups_of(page))
            assert words == [word for word in ("要盯", "正常", "办结") if word in words], address
            for part in whole.all("div"):
                head, *counts = (int(one.text) for one in part.all("b"))
                assert head == sum(counts) > 0, address


def test_a_period_says_the_same_on_its_page_in_the_index_and_on_the_home(site: Site) -> None:
    for of in site.years:
        home = site.page(f"{of}/").first("ol", "trend-periods")
        rows = home.all("li") if home else []
        assert [target_of(f"{of}/", row.all("a")[0])[0] for row in rows] == site.below(
            f"{of}/periods/"
        )
        for row in rows:
            address, _ = target_of(f"{of}/", row.all("a")[0])
            page = site.page(address)
            heading = page.first("h1")
            assert heading
            said = dict(reversed(one) for one in re.findall(r"(\d+)项([^\d，；。]+)", heading.text))
            assert {word: int(count) for word, count in said.items()} == groups_of(page)
            assert re.findall(r"(\d+)项", row.text) == re.findall(r"(\d+)项", heading.text)
            lists = [len(rows_of(part, "matters")) for part in page.all("section", "list")[1:]]
            assert lists == list(groups_of(page).values())
            assert sum(lists) == len(site.tasks(of)) == counted(lede_of(page), r"共(\d+)项")


def test_the_columns_of_the_trend_hold_every_record(site: Site) -> None:
    for of in site.years:
        trend = site.page(f"{of}/").first("ol", "trend")
        whole = re.search(r"(\d+)条", lede_of(site.page(f"{of}/updates/")))
        assert bool(trend) == (bool(whole) and not site.below(f"{of}/periods/"))
        if trend and whole:
            part = next(p for p in site.page(f"{of}/").all("section") if p.all("ol", "trend"))
            said = counted(part.text, r"共(\d+)条")
            assert sum(numbers(one.text)[0] for one in trend.all("b")) == said == int(whole[1])


def test_no_month_without_deadlines_is_a_link(site: Site) -> None:
    for of in site.years:
        for address in (f"{of}/", f"{of}/deadlines/"):
            for strip in site.page(address).all("ul", "months"):
                for box in strip.all("li"):
                    assert bool(box.all("a")) == (numbers(box.all("b")[0].text)[0] > 0)


def test_a_count_that_links_leads_to_so_many_rows(site: Site) -> None:
    """On a year's home: the standings, the questions, all tasks, all targets, all units."""
    kinds = {"项": "tasks", "项指标": "target-list", "个单位": "units"}
    for of in site.years:
        page = site.page(f"{of}/")
        lists = [page.first("dl", "groups"), page.first("ul", "ways")]
        counts = [link for one in lists if one for link in one.all("a")]
        links = [(link, link.all("b")[0].text, "tasks") for link in counts]
        assert links
        for link in page.all("a"):
            whole = re.fullmatch(r"全部(\d+)(项|项指标|个单位)", link.text)
            if whole:
                links.append((link, whole[1], kinds[whole[2]]))
        assert len(links) > len(counts)
        for link, count, kind in links:
            address, _ = target_of(f"{of}/", link)
            assert len(rows_of(site.page(address), kind)) == int(count), address


def test_every_drawing_names_the_same_day_of_the_data(site: Site) -> None:
    for of in site.years:
        for address in (f"{of}/chart/", *site.tasks(of), f"{of}/updates/"):
            days = re.findall(f"数据截至日?（?({DAY})", site.page(address).text)
            assert set(days) <= {site.as_of(of)}, address


# The home.


def test_the_headline_sums_to_all_tasks(site: Site) -> None:
    for of in site.years:
        page = site.page(f"{of}/")
        heading = page.first("h1")
        assert heading
        total, *told = numbers(heading.text)
        if "项指标" in heading.text:
            targets = site.table(f"{of}/data/targets.csv")
            listed = rows_of(site.page(f"{of}/targets/"), "target-list")
            assert total == sum(told) == len(targets) == len(listed)
            continue
        parts = [int(one.text) for one in heading.all("b")]
        assert sum(parts) == total == sum(legend_of(page).values())
        assert total == len(rows_of(site.page(f"{of}/tasks/"))) == len(site.tasks(of))


def test_the_sentence_of_deadlines_sums(site: Site) -> None:
    for of in site.years:
        page = site.page(f"{of}/")
        lede = lede_of(page)
        tasks = re.match(r"(\d+)项重点工作中，(\d+)项有公开记载，(\d+)项没有查到。", lede)
        if tasks:
            whole, found, rest = map(int, tasks.groups())
            with_records = [o for o in site.table(f"{of}/data/tasks.csv") if int(o["records"])]
            assert (found + rest, found) == (whole, len(with_records))
            continue
        total, parts = counted(lede, r"时限栏共(\d+)条时限"), re.search("条时限：(.*?)。", lede)
        assert total == sum(map(int, re.findall(r"(\d+)条", parts[1] if parts else "")))
        clauses = site.table(f"{of}/data/clauses.csv")
        body = counted(lede, r"正文里另?写有(\d+)条")
        assert total == sum(one["origin"] == "deadline" for one in clauses)
        assert total + body == len(clauses)


def test_cells_are_drawn_as_their_legend_says(site: Site) -> None:
    """Each cell means, by the legend of the page, what the list of its section says of its task."""
    for of in site.years:
        page = site.page(f"{of}/sections/")
        key = {_drawn(one): one.text for one in (page.first("ul", "cells-key") or page).all("li")}
        used = set()
        for row in rows_of(page, "sections"):
            link, figure = row.first("a"), row.first("td", "figure")
            cells = row.first("span", "cells")
            assert link and figure and cells
            section = site.page(target_of(f"{of}/sections/", link)[0])
            drawn = [_drawn(one) for one in cells.children if isinstance(one, Element)]
            assert [key[one] for one in drawn] == [_known(row) for row in rows_of(section)]
            assert len(drawn) == numbers(figure.text)[1] == numbers(cells["aria-label"])[0]
            used |= set(drawn)
        assert used == set(key)
        home = site.page(f"{of}/")
        rows = [numbers(one.text) for one in home.all("td", "figure") if "/" in one.text]
        whole = re.search(r"合计(\d+)/(\d+)", home.text)
        assert whole
        assert [sum(r[0] for r in rows), sum(r[1] for r in rows)] == numbers(whole[0])
        squares = {"solid": "实心格", "half": "半格", "hollow": "空心格"}
        for form, name in squares.items():
            drawn_so = [word for one, word in key.items() if one == form]
            assert re.findall(f"{name}：(.*?)。", home.text) == drawn_so


def _known(row: Element) -> str:
    """What a list says of a task: its status where units report, else what is on public record."""
    (by,), (known,) = row.all("td", "by"), row.all("td", "finding")
    status = by.first("span", "word")
    if status:
        return status.text
    words = [one.text for one in known.all("span", "word")]
    if any(word not in ("口径不同", "没有查到公开记载") for word in words):
        return "有同口径的数字"
    return "没有查到公开记载" if "没有查到公开记载" in words else "有公开记载"


def _drawn(one: Element) -> str:
    """What a cell looks like: its square, or the name of its silhouette with its tone."""
    square, glyph = ([one] if one.tag == "i" else one.all("i")), one.all("use")
    if square:
        return square[0]["class"]
    return glyph[0]["href"]


def test_what_a_page_knows_of_its_tasks_sums(site: Site) -> None:
    """The sentence that sums, the squares, and the concerns count the tasks of the page's lists."""
    for of in site.years:
        kinds = ("units", "leaders", "sections", "themes")
        for address in (one for kind in kinds for one in site.below(f"{of}/{kind}/")):
            page = site.page(address)
            overview, said = page.first("div", "overview"), page.first("p", "sum")
            rows = rows_of(page)
            if not rows:
                continue
            assert overview and said, address
            whole, *targets = said.text.strip("。").split("；")
            total, *parts = map(int, re.findall(r"(\d+)项", whole))
            squares = overview.first("span", "cells")
            assert squares
            drawn = [one for one in squares.children if isinstance(one, Element)]
            assert total == sum(parts) == len(drawn) == numbers(squares["aria-label"])[0], address
            assert total <= len(rows)
            if targets:
                count, *states = map(int, re.findall(r"(\d+)项", "；".join(targets)))
                assert count == sum(states), address
            for one in overview.all("ul", "concerns")[:1]:
                for item in one.all("li"):
                    links = item.all("a")
                    assert not links or len(links) == numbers(item.text)[0]


# Deadlines.


def test_the_strip_counts_what_the_list_shows(site: Site) -> None:
    for of in site.years:
        address = f"{of}/deadlines/"
        page = site.page(address)
        listed: dict[str, int] = {}
        for part in page.all("section", "side"):
            key = re.sub(r"^m(\d{4})-(\d\d).*", r"\1-\2", part["id"])
            shown = len(rows_of(part, "promises")) + len(
                [li for ul in part.all("ul", "grid") for li in ul.all("li")]
            )
            assert shown, (address, part["id"])
            listed[key] = listed.get(key, 0) + shown
        boxes = dict(_boxes(of, address, page))
        assert boxes == listed
        assert dict(_boxes(of, f"{of}/", site.page(f"{of}/"))) == boxes
        total = len(site.table(f"{of}/data/clauses.csv"))
        assert sum(boxes.values()) == total
        assert counted(site.said_of_deadlines(of), r"共(\d+)条时限") == total
        assert counted(lede_of(page), r"共(\d+)条时限") == total
        asked = re.search("条时限.*?：(.*?)。", lede_of(page))
        assert sum(map(int, re.findall(r"(\d+)条要求", asked[1] if asked else ""))) == total
        events = site.files[f"{of}/deadlines/deadlines.ics"].count(b"BEGIN:VEVENT")
        assert events == total - boxes.get("pending", 0) - boxes.get("undated", 0)


def _boxes(of: int, address: str, page: Element) -> Iterator[tuple[str, int]]:
    """The boxes of a strip by month; a box leads somewhere exactly when it counts something."""
    strip = page.first("ul", "months")
    assert strip
    for box in strip.all("li"):
        label, count, link = box.first("span"), box.first("b"), box.first("a")
        assert label and count
        number = numbers(count.text)[0]
        assert bool(link) == bool(number), box.text
        if not link:
            continue
        leads, fragment = target_of(address, link)
        assert leads == f"{of}/deadlines/"
        *year, month = numbers(label.text) or [0, 0]
        key = re.sub(r"^m(\d{4}-\d\d).*", r"\1", fragment)
        assert not month or key == f"{(year or [of])[0]}-{month:02}", box.text
        yield key, number


def test_a_month_lists_the_tasks_of_its_clauses(site: Site) -> None:
    for of in site.years:
        months: dict[str, set[str]] = {}
        for clause in site.table(f"{of}/data/clauses.csv"):
            if clause["due"]:
                months.setdefault(clause["due"][:7], set()).add(clause["number"])
        pages = {one[-8:-1]: one for one in site.below(f"{of}/tasks/") if "/due-" in one}
        assert set(pages) == set(months)
        for month, address in pages.items():
            page = site.page(address)
            listed = {numbers(row.text)[0] for row in rows_of(page)}
            assert listed == {int(number) for number in months[month]}
            assert numbers(lede_of(page))[0] == len(months[month])


# Lists by what their lede says.


def test_a_lede_counts_its_rows(site: Site) -> None:
    for of in site.years:
        total = len(site.tasks(of))
        for address in site.below(f"{of}/tasks/"):
            page = site.page(address)
            found = re.search(r"(\d+)项重点工作里，(\d+)项", page.text)
            if found:
                assert [total, len(rows_of(page))] == [int(found[1]), int(found[2])]
        for address in site.below(f"{of}/sections/"):
            page = site.page(address)
            lede = lede_of(page)
            rows = [numbers(row.text)[0] for row in rows_of(page)]
            span, _, rest = lede.partition("，共")
            assert _spelt(span) == rows, address
            whole, *parts = re.findall(r"(\d+)项", rest) or ["0"]
            assert int(whole) == sum(map(int, parts)) == len(rows), address
        for address in site.below(f"{of}/themes/"):
            page = site.page(address)
            lede = lede_of(page)
            assert counted(lede, r"，(\d+)项") == len(rows_of(page)), address


def _spelt(span: str) -> list[int]:
    found: list[int] = []
    for part in re.findall(r"\d+(?:至\d+)?", span):
        first, _, last = part.partition("至")
        found += range(int(first), int(last or first) + 1)
    return found


def test_units_count_what_their_pages_list(site: Site) -> None:
    for of in site.years:
        index = site.page(f"{of}/units/")
        rows = rows_of(index, "units")
        lede = lede_of(index)
        assert sum(numbers(lede)) == len(rows)
        for row in rows:
            link = row.first("a")
            assert link
            page = site.page(target_of(f"{of}/units/", link)[0])
            listed = _listed(page)
            figures = [int(one.text) for one in row.all("td", "figure")]
            assert figures == [listed.get(k, 0) for k in ("lead", "joint", "support", "via")]
            said = lede_of(page)
            named, _, others = said.partition("。")
            words = (("牵头", "lead"), ("共同负责", "joint"), ("配合", "support"))
            for word, key in words:
                assert counted(named, rf"{word}(\d+)项") == listed.get(key, 0), link.text
            assert counted(others, r"经由合称另有(\d+)项") == listed.get("via", 0), link.text


def _listed(page: Element) -> dict[str, int]:
    """How many tasks the lists of a unit or a district have, those through groups together: a task
    that two groups reach is one."""
    found: dict[str, set[int]] = {}
    for part in page.all("section", "list"):
        key = re.sub("^via-.*", "via", part["id"])
        found.setdefault(key, set()).update(numbers(row.text)[0] for row in rows_of(part))
    return {key: len(tasks) for key, tasks in found.items()}


def test_districts_count_what_their_pages_list(site: Site) -> None:
    for of in site.years:
        if not site.has(f"{of}/districts/"):
            continue
        address = f"{of}/districts/"
        index = site.page(address)
        cards = [one for ul in index.all("ul", "cards") for one in ul.all("li")]
        lede = lede_of(index)
        assert numbers(lede) == [len(cards), sum("未点名" not in one.text for one in cards)]
        home = [one.text for ul in site.page(f"{of}/").all("ul", "cards") for one in ul.all("li")]
        assert home == [one.text for one in cards]
        for card in cards:
            link = card.first("a")
            assert link
            page = site.page(target_of(address, link)[0])
            listed, said = _listed(page), lede_of(page)
            for key, word in (("named", "点名"), ("via", "经由合称"), ("zone", "功能区")):
                assert counted(card.text, rf"{word}(\d+)项") == listed.get(key, 0), link.text
            for group, count in re.findall(r"经由“(.*?)”另?有(\d+)项", said):
                heading = f"经由“{group}”{count}项"
                assert heading in [one.text for one in page.all("h2")], link.text
            assert counted(said, r"点名(\d+)项") == listed.get("named", 0)
            assert counted(said, r"功能区有(\d+)项") == listed.get("zone", 0)
            roles = re.search("点名\\d+项：(.*?)[；。]", said)
            if roles:
                assert sum(map(int, re.findall(r"(\d+)项", roles[1]))) == listed["named"], said


def test_the_matrix_of_districts_says_what_the_data_say(site: Site) -> None:
    """A task is named for a district exactly where the district's own list has it."""
    for of in site.years:
        address = f"{of}/districts/"
        tables = site.page(address).all("table", "matrix") if site.has(address) else []
        for table in tables:
            columns = [numbers(one.text)[0] for one in table.all("thead")[0].all("a")]
            drawn: set[int] = set()
            for row in (row for row in table.all("tr") if row.all("td")):
                link = row.first("a")
                assert link
                marks = [cell.first("i") for cell in row.all("td")]
                assert len(marks) == len(columns)
                page = site.page(target_of(address, link)[0])
                lists = [part for part in page.all("section", "list") if part["id"] == "named"]
                listed = [numbers(one.text)[0] for part in lists for one in rows_of(part)]
                kinds = {
                    number: one["class"] for number, one in zip(columns, marks, strict=True) if one
                }
                named = [number for number, kind in kinds.items() if kind in ("both", "named")]
                assert named == listed, link.text
                drawn |= set(kinds)
                figures = page.all("table", "district-figures")
                told = {
                    numbers(one.text)[0]
                    for table in figures
                    for one in table.all("a")
                    if one.text.startswith("第")
                }
                assert told <= {n for n, kind in kinds.items() if kind in ("both", "recorded")}
            assert drawn == set(columns)


def test_leaders_and_the_intranets_lists_count_their_rows(site: Site) -> None:
    for of in site.years:
        if site.has(f"{of}/leaders/"):
            index = site.page(f"{of}/leaders/").first("main")
            assert index
            for item in index.all("li"):
                link, count = item.first("a"), item.first("span", "note")
                assert link and count
                page = site.page(target_of(f"{of}/leaders/", link)[0])
                rows = rows_of(page)
                lede = lede_of(page)
                assert numbers(lede)[-1] == len(rows) == numbers(count.text)[0]
        for name in ("blockers", "verifications", "owed"):
            if site.has(f"{of}/{name}/"):
                page = site.page(f"{of}/{name}/")
                rows = rows_of(page, "matters")
                assert numbers(lede_of(page))[1 if name == "owed" else 0] == len(rows), name
        if site.has(f"{of}/owed/"):
            listed = site.table(f"{of}/owed/owed.csv")
            lede = lede_of(site.page(f"{of}/owed/"))
            assert numbers(lede) == [len({one["unit_id"] for one in listed}), len(listed)]
            assert len(site.json(f"{of}/owed/owed.json")["owed"]) == len(listed)


# A task's own page.


def test_the_head_is_as_new_as_the_timeline(site: Site) -> None:
    for of in site.years:
        sorted_by = {
            row["data-number"]: row["data-latest"] for row in rows_of(site.page(f"{of}/tasks/"))
        }
        for address in site.tasks(of):
            page = site.page(address)
            timeline = page.first("ol", "timeline")
            days = [one.text for one in timeline.all("p", "when")] if timeline else []
            assert re.findall(f"最近记载：({DAY})", page.text) == days[:1], address
            listed = [_last_day(day) for day in days]
            assert listed == sorted(listed, reverse=True), address
            number = str(int(address.split("/")[-2]))
            assert _last_day(sorted_by[number]) == (listed[0] if days else ()), address


def _last_day(day: str) -> tuple[int, ...]:
    """A day as numbers; a month is its last day."""
    if not day:
        return ()
    year, month, *rest = numbers(day)
    long = 31 - (month in (4, 6, 9, 11)) - 2 * (month == 2) - (month == 2 and year % 4 > 0)
    return (year, month, *rest) if rest else (year, month, long + (month == 2))


def test_the_head_says_two_facts_and_not_one(site: Site) -> None:
    """Who issued the notice, and when this site published: each as the page's own tags have it."""
    for of in site.years:
        notice = site.page(f"{of}/notice/").text
        for address in site.tasks(of):
            head = site.page(address).first("div", "side-head")
            assert head
            facts = dict(re.findall(r"<span class=\"gap\">(.*?)：(.*?)</span>", site.html(address)))
            tags = dict(re.findall(r'<meta name="(\w+)" content="(.*?)">', site.html(address)))
            assert facts["发文机关"] == tags["ContentSource"]
            assert tags["ContentSource"] in notice
            assert facts.get("本站最近发布") == tags.get("PubDate")
            assert "来源" not in facts and "发布" not in facts


def test_a_task_says_of_the_whole_what_the_whole_is(site: Site) -> None:
    for of in site.years:
        addresses = site.tasks(of)
        for at, address in enumerate(addresses, 1):
            page, data = site.page(address), site.json(f"{address}index.json")
            assert f"第{at}项，共{len(addresses)}项" in page.text
            told = page.first("p", "standing")
            word = told.first("span", "word") if told else None
            if word:
                assert word.text == data["standing"]["word"]
            else:  # the finding says it
                assert data["standing"]["key"] in ("recorded", "unrecorded", "figure-reached")
            timeline = page.first("ol", "timeline")
            entries = {one["id"] for one in timeline.all("li")} if timeline else set()
            assert {one["id"] for one in data["records"]} <= entries
            assert data["standing"]["records"] == len(data["records"])
            assert len(rows_of(page, "clauses")) == len(data["clauses"])
            assert len(rows_of(page, "targets")) == len(data["targets"])


def test_no_number_is_denied(site: Site) -> None:
    for of in site.years:
        for address in site.tasks(of):
            page, data = site.page(address), site.json(f"{address}index.json")
            denied = "原文没有可以核对的数字" in page.text
            untyped = "本站没有把它们列作可以核对的指标" in page.text
            assert (denied or untyped) == (not data["targets"]), address
            assert not (denied and re.search(r"\d", data["text"])), address


@pytest.mark.parametrize(
    "text",
    [
        [
            *(
                "三支队伍",
                "五百名工匠",
                "三十天展会",
                "两条线",
                "压到一小时",
                "三分之二",
                "十大工程",
            ),
            *("一半以上", "半数以上", "翻一番", "零增长", "八成", "百分之五", "数百家", "PM２.5"),
        ],
        "五百名工匠",
        "三十天展会",
        "两条线",
        "压到一小时",
        "三分之二",
        "十大工程",
        "一半以上",
        "半数以上",
        "翻一番",
        "零增长",
        "八成",
        "百分之五",
        "数百家",
        "PM２.5",
    ],
)
def test_a_number_in_words_is_not_denied(world: Callable[[str], World], text: str) -> None:
    assert "没有可以核对的数字" not in task_page(world, f"办好{text}。")


@pytest.mark.parametrize(
    "text", ["一批项目", "一体化发展", "统一条件", "零售业", "零部件产业", "第二实验室", "两岸交流"]
)
def test_what_only_sounds_like_a_number_is_none(world: Callable[[str], World], text: str) -> None:
    assert "原文没有可以核对的数字" in task_page(world, f"推进{text}。")


def test_one_section_is_not_said_to_part_the_tasks(world: Callable[[str], World]) -> None:
    """A notice without sections gets one that is ours."""
    both = world().build().joined("2025/sections/")
    assert "文件把1项重点工作分在2个主要任务里" in both


def test_a_ledger_of_one_section_says_nothing_of_parts(world: Callable[[str], World]) -> None:
    ledger = BASE[BASE.index("-- content/2025/ledger.yaml") : BASE.index("-- content/2025/notice")]
    city = world(ledger.replace("  - {number: 2, title: 改善民生}\n", ""))
    assert "共1项重点工作，没有再分。" in city.build().joined("2025/sections/")


def task_page(world: Callable[[str], World], text: str) -> str:
    task = "\n".join(
        [
            "-- content/2025/tasks/001.yaml --",
            "section: 1",
            f"title: {text[:20]}",
            f"text: {text}",
            "leaders: [张三]",
            "units: [市科技局]",
            "responsibility: first-leads",
            "clauses: []",
            "",
        ]
    )
    return world(task).build().joined("2025/tasks/001/")


# Drawings.


def test_the_track_reaches_the_day_of_the_data(site: Site) -> None:
    for of in site.years:
        as_of = _last_day(site.as_of(of))
        for address in site.tasks(of):
            page = site.page(address)
            figure = page.first("figure", "track")
            if figure is None:
                continue
            assert f"数据截至{site.as_of(of)}" in figure.text
            lines = {_x(one, "x1") for one in figure.all("line", "as-of")}
            assert len(lines) == 1, address
            (today,) = lines
            assert 0 <= today <= 100
            due = [row for row in rows_of(page, "clauses") if _due(row)]
            for row, drawn in zip(due, figure.all("li"), strict=True):
                end = _x(drawn.all("line", "due")[0], "x1")
                assert 0 <= end <= 100
                assert (end < today) == (_due(row) < as_of) and (end == today) == (
                    _due(row) == as_of
                )
                since = [(_x(one, "x1"), _x(one, "x2")) for one in drawn.all("line", "since")]
                assert all(end <= a < b <= today for a, b in since), address
                state = row.all("span", "word")[0].text
                reaches = bool(since) and since[-1][1] == today
                assert reaches == (_due(row) < as_of and state != "已销号"), (address, state)


def _x(one: Element, name: str) -> float:
    return float(one[name].removesuffix("%"))


def _due(row: Element) -> tuple[int, ...]:
    cell = next(one for one in row.all("td") if one["data-label"] == "到期日")
    found = re.search(r"(\d{4})-(\d\d)-(\d\d)$", cell.text)
    return tuple(map(int, found.groups())) if found else ()


def test_charts_reach_the_day_of_the_data(site: Site) -> None:
    for of in site.years:
        as_of = _last_day(site.as_of(of))
        for address in site.tasks(of):
            for chart in site.page(address).all("figure", "plan"):
                assert f"数据截至{site.as_of(of)}" in chart.text
                (line,) = chart.all("line", "as-of")
                (axis,) = chart.all("line", "axis")
                today = _x(line, "x1")
                assert _x(axis, "x1") <= today <= _x(axis, "x2")
                days = [tuple(numbers(r.all("th")[0].text)) for r in rows_of(chart, "readings")]
                dots = [_x(one, "cx") for one in chart.all("circle")]
                assert dots == sorted(dots) and len(dots) == len(days)
                for day, dot in zip(days, dots, strict=True):
                    assert (dot <= today) == (day <= as_of), address


def test_the_sheets_of_days_reach_the_day_of_the_data(site: Site) -> None:
    for of in site.years:
        page = site.page(f"{of}/updates/")
        total = counted(page.text, r"全部记载(\d+)条")
        months = page.all("section", "side")
        entries = [len(part.all("li")) for part in months]
        assert [numbers(part.all("p", "note")[0].text)[0] for part in months] == entries
        whole = sum(
            len(t.all("h3")) for a in site.tasks(of) for t in site.page(a).all("ol", "timeline")
        )
        assert total == sum(entries) == whole
        latest = [one.text for one in site.page(f"{of}/").all("p", "when")]
        assert latest == [one.text for one in page.all("p", "when")][: len(latest)]
        # The feed tells of corrections of the notice, too, and of those after the closing.
        feed = site.files[f"{of}/updates/feed.xml"].decode()
        entries_of_feed = feed.split("<entry>")[1:]
        others = [e for e in entries_of_feed if "/corrections/#" in e or "收录截止后更正" in e]
        assert len(entries_of_feed) - len(others) == total
        sheets = page.first("ul", "sheets")
        if sheets is None:
            continue
        names = [numbers(one.text)[:2] for one in sheets.all("li")]
        assert tuple(names[-1]) >= _last_day(site.as_of(of))[:2]
        assert sum(numbers(one.all("span", "note")[0].text)[0] for one in sheets.all("li")) == total
        marked = [one for one in sheets.all("li") if one.all("rect", "as-of")]
        assert [tuple(numbers(one.text)[:2]) for one in marked] == [_last_day(site.as_of(of))[:2]]


# The sheet of all tasks, and what can be taken away.


def test_the_wall_chart_says_every_deadline(site: Site) -> None:
    for of in site.years:
        page = site.page(f"{of}/chart/")
        common = re.search("时限没有写出来的，都是“(.*?)”", page.text)
        cells = 0
        for part in page.all("section"):
            items = part.all("li")
            cells += len(items)
            assert numbers(part.all("span", "note")[0].text) == [len(items)]
            for item in items:
                number = int(item.all("span", "number")[0].text)
                deadline = site.json(f"{of}/tasks/{number:03}/index.json")["deadline"]
                line = item.all("span", "line")[0]
                # Who leads, the deadline where it is another one, and the mark.
                written = [one for one in line.all("span")[1:] if not one["class"]]
                is_common = bool(common) and common[1] == deadline
                assert bool(written) == (not is_common and bool(common or deadline)), number
        assert cells == len(site.tasks(of)) == sum(legend_of(page).values())


def test_downloads_hold_as_many_as_is_said(site: Site) -> None:
    for of in site.years:
        page = site.page(f"{of}/data/")
        for part in page.all("section", "side"):
            link, count = part.first("a"), part.first("p", "note")
            if link is None or count is None or not re.fullmatch(r"\d+条", count.text):
                continue
            path = posixpath.normpath(posixpath.join(f"{of}/data/", link["href"]))
            content = site.files[path]
            if path.endswith(".csv"):
                held = len(site.table(path))
            elif path.endswith(".ics"):
                held = content.count(b"BEGIN:VEVENT")
            elif path.endswith(".json"):
                data = site.json(path)
                held = len(data.get("tasks") or data.get("resources") or data.get("tables"))
            else:
                held = len(site.tasks(of))
            assert numbers(count.text) == [held], path


def test_corrections_are_counted(site: Site) -> None:
    for of in site.years:
        page = site.page(f"{of}/corrections/")
        assert counted(page.text, r"共(\d+)处") == len(page.all("section", "side"))
