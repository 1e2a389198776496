"""搜索: the page, and what can be found: tasks, their records, units, districts, other pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal import words
from portal.derive import Derived, DerivedTask, DerivedYear
from portal.derive.duties import Duty
from portal.derive.rollup import tasks_by_unit
from portal.pages import addresses
from portal.pages.answers import inside_notes
from portal.pages.entry import Entry
from portal.pages.frame import current_year, frame_of, head_of
from portal.pages.marks import mark_of
from portal.pages.page import FilePage, Frame, Head, HtmlPage, Link, Page
from portal.pages.timeline import entries_of
from portal.record import Alias, Unit
from portal.search.document import Also, Document, Field, Kind
from portal.search.index import index

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
    there = [also for one in year.tasks for also in _everyday(derived.record.aliases, one)]
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


def documents(derived: Derived, pages: Sequence[Page]) -> Iterator[Document]:
    """Everything that can be found, in the order of the kinds, newest year first."""
    owned = [(year, one) for year in derived.years for one in year.tasks]
    for year, one in owned:
        yield _task(derived, year, one)
    for owner, (year, one) in enumerate(owned):
        yield from _notes(derived, year, one, owner)
    for year in derived.years:
        tasks = tasks_by_unit(year)
        for unit in derived.record.units:
            if unit in tasks:
                yield _unit(year, unit, len(tasks[unit]))
    year = current_year(derived)
    for district in derived.record.districts:
        address = addresses.district(year.ledger.year, district.id)
        name = Field("", district.name, 5)
        yield Document("district", address, "区", district.name, "各区", (name,))
    yield from _others(pages)


def _task(derived: Derived, year: DerivedYear, one: DerivedTask) -> Document:
    task, of = one.task, year.ledger.year
    printed = [duty for duty in one.duties if duty.via is None]
    leading = [duty for duty in printed if duty.role != "support"]
    supporting = [duty for duty in printed if duty.role == "support"]
    mark = mark_of(derived.record.site, one.standing.key)
    days = [words.full_day(clause.due) for clause in one.clauses if clause.due]
    fields = (
        Field("", task.text, 3),
        Field("标题", task.title if task.title not in task.text else "", 4),
        Field("说明", task.summary or "", 3),
        Field("牵头" if task.responsibility != "joint" else "共同负责", _names(leading), 5),
        Field("配合", _names(supporting), 4),
        Field("分管市领导", "、".join(task.leaders), 4),
        *_through_groups(one),
        Field("时限", "；".join((task.deadline, *dict.fromkeys(days))), 2),
        Field("指标", "；".join(words.target_name(target) for target in task.targets), 3),
        Field("主要任务", one.section.title, 2),
        Field("进展状态", mark.word, 2),
    )
    also = (
        *_everyday(derived.record.aliases, one),
        *(Also(d.printed, _others_of(d.unit, d.printed), 5) for d in leading),
        *(Also(d.printed, _others_of(d.unit, d.printed), 4) for d in supporting),
    )
    unit_ids = dict.fromkeys(str(duty.unit.id) for duty in one.duties)
    return Document(
        "task",
        addresses.task(of, task.number),
        str(task.number),
        task.title,
        f"{_prefix(derived, year)}主要任务{words.ordinal(one.section.number)}",
        tuple(field for field in fields if field.text),
        tuple(one for one in also if one.words),
        (mark.word, mark.shape, mark.tone),
        (of, task.number),
        facets=(
            ("section", (f"{of}-{one.section.number}",)),
            ("standing", (one.standing.key,)),
            ("unit", tuple(unit_ids)),
        ),
    )


def _through_groups(one: DerivedTask) -> Iterator[Field]:
    """The districts that a task reaches without naming them: found, below those that it names."""
    for group in dict.fromkeys(tie.duty.via.name for tie in one.ties if tie.duty.via):
        names = (t.district.name for t in one.ties if t.duty.via and t.duty.via.name == group)
        yield Field(f"通过“{group}”", "、".join(dict.fromkeys(names)), 1)


def _names(duties: Sequence[Duty]) -> str:
    return "、".join(duty.printed for duty in duties)


def _others_of(unit: Unit, printed: str) -> tuple[str, ...]:
    """The other names of a unit: 市发改委 finds 市发展改革委."""
    names = dict.fromkeys((unit.name, unit.full_name, *unit.aliases))
    return tuple(name for name in names if name != printed)


def _everyday(aliases: Sequence[Alias], one: DerivedTask) -> Iterator[Also]:
    """The everyday words for what a task says, or for who answers for it."""
    task = one.task
    said = "\n".join(
        (task.title, task.text, task.deadline, *task.units, *(t.measure for t in task.targets))
    )
    for alias in aliases:
        meaning = next((meaning for meaning in alias.means if meaning in said), None)
        if meaning:
            yield Also(meaning, alias.words, 3)


def _notes(derived: Derived, year: DerivedYear, one: DerivedTask, owner: int) -> Iterator[Document]:
    for entry in entries_of(derived, year, one):
        state = f"　{entry.inside.state}" if entry.inside and entry.inside.state else ""
        place = f"{entry.kind}　{entry.day}{state}"
        fields = _entry_fields(entry)
        at = entry.task.address
        yield Document("note", at, "进展", one.task.title, place, fields, owner=owner)
    for text in inside_notes(derived, year, one):
        address = addresses.task(year.ledger.year, one.task.number)
        fields = (Field("", text, 1, fine=False),)
        yield Document("note", address, "堵点", one.task.title, "堵点难点", fields, owner=owner)


def _entry_fields(entry: Entry) -> tuple[Field, ...]:
    body = " ".join(entry.body.striptags().split()) if entry.body else ""
    figures = "；".join(f"{f.place}{f.name}{f.amount}（{f.period}）" for f in entry.figures)
    texts = (
        ("", "　".join(text for text in (entry.headline, body) if text)),
        ("数据", figures),
        ("来源", entry.source),
        ("说明", entry.caveat),
        ("下一步", entry.next_step),
        ("更正", "；".join(entry.corrections)),
    )
    return tuple(Field(label, text, 1, fine=False) for label, text in texts if text)


def _unit(year: DerivedYear, unit: Unit, count: int) -> Document:
    kind = words.UNIT_KIND[unit.kind]
    others = "、".join(_others_of(unit, unit.name))
    fields = (Field("", unit.name, 5), *((Field("也叫", others, 4),) if others else ()))
    address = addresses.unit(year.ledger.year, unit.id)
    place = f"{kind}　{year.ledger.year}年负责{count}项"
    return Document("unit", address, "单位", unit.name, place, fields)


def _others(pages: Sequence[Page]) -> Iterator[Document]:
    """Pages that are neither a task's nor a unit's nor a district's, by their titles."""
    for page in pages:
        if not isinstance(page, HtmlPage) or page.address in (addresses.HOME, addresses.NOT_FOUND):
            continue
        parts = page.address.strip("/").split("/")
        is_year = len(parts) == 1 and parts[0].isdigit()
        is_own = len(parts) == 3 and parts[1] != "sections" and parts[2].isdigit()
        if is_year or is_own or (len(parts) == 3 and parts[1] in ("units", "districts")):
            continue
        head = page.this.head
        trail = "　".join(crumb.text for crumb in head.crumbs[1:-1])
        place = "　".join(part for part in (_year_of(parts), trail) if part) or "本站"
        fields = (Field("", head.title, 5), Field("", head.description[:120], 2))
        yield Document("page", page.address, "页面", head.title, place, fields)


def _year_of(parts: Sequence[str]) -> str:
    return f"{parts[0]}年" if parts[0].isdigit() else ""


def _prefix(derived: Derived, year: DerivedYear) -> str:
    return f"{year.ledger.year}年" if len(derived.years) > 1 else ""


def _facets(derived: Derived) -> tuple[Facet, ...]:
    """The questions that narrow a search; their values are those of the documents' facets."""
    tasks = [one for year in derived.years for one in year.tasks]
    keys = dict.fromkeys(one.standing.key for one in tasks)
    units = {duty.unit.id for one in tasks for duty in one.duties}
    site = derived.record.site
    sections = tuple(
        (
            f"{year.ledger.year}-{section.number}",
            f"{_prefix(derived, year)}{words.ordinal(section.number)}、{section.title}",
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
