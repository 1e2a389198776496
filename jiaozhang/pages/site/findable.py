"""What can be found: tasks and their records, units, districts and other pages, as documents.

Here stands by what each is found, and with which weight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jiaozhang.derive import Derived, DerivedTask, DerivedYear
from jiaozhang.derive.duties import Duty
from jiaozhang.derive.rollup import tasks_by_unit
from jiaozhang.ledger.public import Alias, Unit
from jiaozhang.markdown.visible_text import text_of
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import current_year
from jiaozhang.pages.core.marks import mark_of
from jiaozhang.pages.core.page import HtmlPage, Page
from jiaozhang.pages.core.timeline import entries_of
from jiaozhang.pages.core.timeline_entry import Entry
from jiaozhang.pages.task.answers import inside_notes
from jiaozhang.search.document import Also, Document, Field
from jiaozhang.wording import words


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
        *everyday(derived.record.aliases, one),
        *(Also(d.printed, _others_of(d.unit, d.printed), 5) for d in leading),
        *(Also(d.printed, _others_of(d.unit, d.printed), 4) for d in supporting),
    )
    unit_ids = dict.fromkeys(str(duty.unit.id) for duty in one.duties)
    return Document(
        "task",
        addresses.task(of, task.number),
        str(task.number),
        task.title,
        f"{year_prefix(derived, year)}主要任务{words.ordinal(one.section.number)}",
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


def everyday(aliases: Sequence[Alias], one: DerivedTask) -> Iterator[Also]:
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
    body = " ".join(text_of(entry.body).split()) if entry.body else ""
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


def year_prefix(derived: Derived, year: DerivedYear) -> str:
    return f"{year.ledger.year}年" if len(derived.years) > 1 else ""
