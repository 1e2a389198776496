"""搜索: the page, its questions that narrow, and the ways in without it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.derive.rollup import tasks_by_unit
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import current_year, frame_of, head_of
from jiaozhang.pages.core.marks import mark_of
from jiaozhang.pages.core.page import FilePage, Frame, Head, HtmlPage, Link, Page
from jiaozhang.pages.site.findable import documents, everyday, year_prefix
from jiaozhang.search.document import Kind
from jiaozhang.search.index import index
from jiaozhang.wording import words

# What a question asks with; what is left is what it asks about.
QUESTIONS = (
    "请问|什么时候|什么时间|啥时候|何时|几月份?|哪一?年|哪一?天|多少[个家所套公里项亿万元人户处条座]*"
    "|有多少|几[个家所条]|由谁|谁来?|哪[些个里家]?个?(?:单位|部门|领导)?|怎么样?|如何|为什么|什么|是否|有没有|有无"
    "|能不能|会不会|要不要|可以|负责|牵头|主管|分管|进展|情况|完成|开通|通车|建成|建好|完工|到底|今年"
    "|修[好通完建]|盖好|[修吗呢吧啊呀的了要想在有是通建到]"
)
# Each kind with its name and the measure word of its count.
KINDS: Mapping[Kind | str, tuple[str, str]] = {
    "all": ("全部", ""),
    "task": ("重点工作", "项"),
    "note": ("进展", "条"),
    "unit": ("责任单位", "个"),
    "district": ("区", "个"),
    "page": ("其他页面", "个"),
}


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`manifest` names the index; what the script has to know stands in attributes."""

    frame: Frame
    head: Head
    manifest: str
    questions: str
    kinds: str
    facets: tuple[Facet, ...]
    examples: tuple[str, ...]
    directories: tuple[tuple[str, tuple[Link, ...]], ...]


def search_pages(derived: Derived, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Index everything and build the page; it is planned after the pages it finds."""
    made = index(tuple(documents(derived, pages)))
    year = current_year(derived)
    lede = "搜索重点工作、进展、责任单位和各区，可以用简称、拼音和平常的说法。"
    this = SearchPage(
        frame=frame_of(derived, year),
        head=head_of(derived, addresses.SEARCH, "搜索", lede, "search"),
        manifest=made.manifest,
        questions=QUESTIONS,
        kinds=json.dumps(KINDS, ensure_ascii=False),
        facets=_facets(derived),
        examples=tuple(dict.fromkeys(_examples(derived, year))),
        directories=_directories(derived, year),
    )
    facts = ("site", "units", "districts", "aliases")
    files = (FilePage(address, text, facts) for address, text in made.files.items())
    return (HtmlPage(addresses.SEARCH, "search.html", this, facts), *files)


def _examples(derived: Derived, year: DerivedYear) -> Iterator[str]:
    """Something of every kind that can be typed, taken from the ledger itself."""
    units = [duty.unit for one in year.tasks for duty in one.duties]
    short = next((unit.aliases[0] for unit in units if unit.aliases), None)
    if short:
        yield short
    there = [also for one in year.tasks for also in everyday(derived.record.aliases, one)]
    if there:
        yield there[len(there) // 2].words[0]
    measures = [t.measure for one in year.tasks for t in one.task.targets if len(t.measure) < 8]
    if measures:
        yield measures[len(measures) // 2]
    if derived.record.districts:
        yield derived.record.districts[0].name
    if year.tasks:
        yield f"第{year.tasks[-1].task.number}项"
    days = sorted(clause.due for one in year.tasks for clause in one.clauses if clause.due)
    if days:
        yield f"{days[0].month}月底"


def _facets(derived: Derived) -> tuple[Facet, ...]:
    """The questions that narrow a search; their values are those of the documents' facets."""
    tasks = [one for year in derived.years for one in year.tasks]
    keys = dict.fromkeys(one.standing.key for one in tasks)
    units = {duty.unit.id for one in tasks for duty in one.duties}
    site = derived.record.site
    sections = tuple(
        (
            f"{year.ledger.year}-{section.number}",
            f"{year_prefix(derived, year)}{words.ordinal(section.number)}、{section.title}",
        )
        for year in derived.years
        for section in year.ledger.sections
    )
    return (
        Facet("section", "主要任务", sections),
        Facet("standing", "进展状态", tuple((key, mark_of(site, key).word) for key in keys)),
        Facet(
            "unit", "责任单位", tuple((u.id, u.name) for u in derived.record.units if u.id in units)
        ),
    )


def _directories(derived: Derived, year: DerivedYear) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """The ways in without a search: what stands here without scripts, or when nothing is found."""
    of, tasks = year.ledger.year, tasks_by_unit(year)
    sections = tuple(
        Link(f"{words.ordinal(s.number)}、{s.title}", addresses.section(of, s.number))
        for s in year.ledger.sections
    )
    districts = tuple(Link(d.name, addresses.district(of, d.id)) for d in derived.record.districts)
    units = tuple(
        Link(unit.name, addresses.unit(of, unit.id))
        for unit in derived.record.units
        if unit in tasks
    )
    whole = (
        Link("全部任务", addresses.tasks(of)),
        Link("按日期看时限", addresses.deadlines(of)),
        Link("文件全文", addresses.notice(of)),
        Link("网站地图", addresses.SITE_MAP),
    )
    groups = (("总目录", whole), ("主要任务", sections), ("各区", districts), ("责任单位", units))
    return tuple((name, links) for name, links in groups if links)
